"""Development over the years as it is shown: words, chart and tables, none of which reaches across a break."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import oj
import written
from conftest import DATA, DOMAIN, append
from oj.compare.steps import steps
from oj.present.chart.sources import sources_panel
from oj.present.output import Figure, Table, Text, as_parts
from oj.present.style import use_style
from oj.sources.comparability import break_editions
from oj.words.errors import UserError
from oj.words.swedish import MOST_WORDS, word_count

NATION, KALMAR = written.observations("Riket"), written.observations("Kalmar")
YEARS = oj.figures("Riket", "over-tid")
YEARS_OF_KALMAR = oj.figures("Kalmar", "over-tid")
ROW = re.compile(r"<tr>(.*?)</tr>")
FILL = re.compile(r"background-color:(#\w+)\">(\w+)</td>")
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>")


def plain(text: str) -> str:
    """Return a text as it is read, no-break spaces as spaces and soft hyphens left out."""
    return text.replace("\u00a0", " ").replace("\u00ad", "")


def rows_of(table: object) -> list[list[str]]:
    """Return a table's body, cell by cell."""
    assert isinstance(table, Table)
    return [[plain(cell) for cell in CELL.findall(row)] for row in ROW.findall(table.html)][1:]


def lines_of(text: object) -> list[str]:
    """Return a text's lines, empty ones left out."""
    assert isinstance(text, Text)
    return [line for line in plain(text.markdown).splitlines() if line]


def test_the_opening_has_a_name_in_its_genitive() -> None:
    assert "visar Kalmars resultat 2016–2019 bredvid rikets" in plain(str(oj.opening(YEARS_OF_KALMAR)))
    named = YEARS_OF_KALMAR.frame["place_name"].replace("Kalmar", "Torsås")
    another = replace(YEARS_OF_KALMAR, frame=YEARS_OF_KALMAR.frame.assign(place_name=named))
    assert "visar Torsås resultat" in plain(str(oj.opening(another)))


def test_what_rose_fell_and_stood_still_is_told_and_what_is_not_computed() -> None:
    assert lines_of(oj.findings(YEARS.at("riket"))) == [
        "- **Ökade 2014–2015:** BBIC-licens (81 till 92 procent, 11 procentenheter) och samlad plan för "
        "kompetensutveckling (25 till 37 procent, 12 procentenheter). Också uppföljning för att utveckla dygnsvården "
        "(16 till 20 procent, 4 procentenheter).",
        "- **Minskade 2014–2015:** överenskommelse med förskolan (75 till 72 procent, 3 procentenheter).",
        "- **Lika, eller inom avrundningen, 2014–2015:** socionomer med minst tre års erfarenhet (70 procent båda "
        "åren) och uppföljning för att utveckla öppenvården (26 till 27 procent, 1 procentenhet).",
        "- **Lika, eller inom avrundningen, 2018–2019:** information till placerade barn (48 procent båda åren) och "
        "uppföljning för att utveckla öppenvården (15 procent båda åren).",
        "- **Ökade 2021–2022:** placerade som fullföljt grundskolan vid 17 års ålder (81 till 83 procent, 2 "
        "procentenheter) och pojkars treåriga gymnasium vid 20 års ålder (19 till 32 procent, 13 procentenheter).",
        "- **Ökade 2022–2023:** samlad plan för familjehemmens kompetens (50 till 55 procent, 5 procentenheter).",
        "- **Minskade 2022–2023:** information till placerade barn (52 till 49 procent, 3 procentenheter).",
        "- **Lika, eller inom avrundningen, 2022–2023:** utbildad personal med mer än fem års erfarenhet (48 till 47 "
        "procent, 1 procentenhet).",
        "- **Räknas inte 2014–2015:** socionomer med mer än fem års erfarenhet; för 2014 har källorna 49 % och 50 %.",
        "- **Ökade enligt källan 2014:** BBIC-licens (”en ökning med 53 procentenheter sedan 2010”); samlad plan för "
        "kompetensutveckling (”en ökning med 6 procentenheter på nationell nivå sedan 2013”).",
        "- **Ökade enligt källan 2019:** placerade barn som fullföljt grundskolan (”en förbättring jämfört med "
        "tidigare år”); fortbildning om våld i nära relationer (”en fortsatt ökning från tidigare år”). Också "
        "uppföljning för att utveckla dygnsvården (”en ökning från tidigare år”); uppföljning med ett könsperspektiv "
        "(”fler kommuner”).",
        "- **Jämförs inte över ett brott i serien:** verksamhetssystem som visar barns delaktighet; information till "
        "placerade barn; socionomer med minst tre års erfarenhet; socionomer med mer än fem års erfarenhet. Också "
        "samlad plan för familjehemmens kompetens; uppföljning för att utveckla öppenvården; uppföljning för att "
        "utveckla dygnsvården.",
        "- **Att förbättra enligt källorna 2016:** systematisk uppföljning, sammanställning av resultat på gruppnivå, "
        "systematisk uppföljning i hela socialtjänsten, systematisk uppföljning i ekonomiskt bistånd och systematisk "
        "uppföljning i äldreomsorgen.",
        "- **Att förbättra enligt källorna 2017:** systematisk uppföljning och sammanställning av resultat på "
        "gruppnivå.",
        "- **Att förbättra enligt källorna 2019:** verksamhetssystem som visar barns delaktighet, placerade barns "
        "utbildning och hälsa, uppföljning för att utveckla öppenvården och uppföljning för att utveckla dygnsvården.",
    ]


def test_a_new_break_is_heeded_in_words(data_copy: Path) -> None:
    append(data_copy / DOMAIN / "breaks.csv", "2015,*,break,source,Ny enkät.,skl-2016,x")
    told = plain(str(oj.findings(oj.figures("Riket", "over-tid", folder=data_copy).at("riket"))))
    assert "2014–2015:" not in told
    line = next(line for line in told.splitlines() if "Jämförs inte över ett brott i serien" in line)
    assert "överenskommelse med förskolan; BBIC-licens;" in line


def drawn() -> Figure:
    """Return the nation's chart."""
    (figure,) = as_parts(oj.chart(oj.figures("Riket", "over-tid")))
    assert isinstance(figure, Figure)
    return figure


def test_the_chart_has_every_series_with_two_exact_figures() -> None:
    exact = NATION[NATION["value"].notna() & (NATION["unit"] != "count")]
    editions = exact.groupby("title")["edition"].nunique()
    alt = plain(drawn().said)
    assert [title for title in editions.index if (f"{title}: " in alt) != (editions[title] >= 2)] == []
    assert "BBIC): 2014 81 %, 2015 92 %." in alt
    assert "2014 49 % eller 50 %, 2015 49 %, brott i serien 2016, 2019 36 %." in alt
    assert (
        "2014 42 %, brott i serien 2015, 2015 58 %, brott i serien 2016, 2018 48 %, 2019 48 %, "
        "brott i serien 2022, 2022 52 %, 2023 49 %." in alt
    )


def test_the_chart_prints_every_figure_and_only_the_years_there_are() -> None:
    texts = [plain(text) for text in re.findall(r">([^<>]+)</text>", drawn().svg)]
    assert {"81 %", "92 %", "50 %", "49 %", "36 %", "från"} <= set(texts)
    assert {text for text in texts if re.fullmatch(r"20\d\d", text)} == {
        "2014", "2015", "2016", "2018", "2019", "2021", "2022", "2023",
    }  # fmt: skip
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", drawn().svg)]
    assert min(sizes) >= 9


def test_the_chart_is_the_same_each_time() -> None:
    assert drawn().svg == drawn().svg


LINES = {
    "overenskommelse-forskola": [(2014, 2015)],
    "bbic-licens": [(2014, 2015)],
    "grundskola-17-ar": [(2021, 2022)],
    "information-placerade-barn": [(2018, 2019), (2022, 2023)],
    "plan-familjehem": [(2022, 2023)],
    "socionomer-tre-ar": [(2014, 2015)],
    "socionomer-fem-ar": [],
    "plan-handlaggare": [(2014, 2015)],
    "uppfoljning-oppenvard": [(2014, 2015), (2018, 2019)],
    "uppfoljning-dygnsvard": [(2014, 2015)],
}


@pytest.mark.parametrize("series", LINES)
def test_lines_join_only_what_may_be_compared(series: str) -> None:
    use_style()
    figures = oj.figures("Riket", "over-tid").of(series)
    rows = figures.frame[figures.frame["value"].notna()]
    breaks = break_editions(DATA)[series]
    ax = plt.figure().subplots()
    sources_panel(rows.assign(year=rows["period"].astype(int)), steps(figures), figures.measures[series], ax)
    across = [line for line in ax.lines if len(set(line.get_xdata())) == 2]  # type: ignore[arg-type]
    assert [tuple(int(year) for year in line.get_xdata()) for line in across] == LINES[series]  # type: ignore[union-attr]
    upright = {float(line.get_xdata()[0]) for line in ax.lines if line not in across}  # type: ignore[index]
    span = [int(year) for year in (rows["period"].min(), rows["period"].max())]
    assert upright == {int(start) - 0.5 for start in breaks if span[0] < int(start) <= span[1]}
    plt.close("all")


@pytest.mark.parametrize("series", LINES)
def test_no_text_stands_over_another_or_over_a_mark(series: str) -> None:
    use_style()
    figures = oj.figures("Riket", "over-tid").of(series)
    rows = figures.frame[figures.frame["value"].notna()].assign(year=lambda own: own["period"].astype(int))
    drawing = plt.figure(figsize=(3.1, 0.58))  # as a panel of the chart
    ax = drawing.add_axes((0, 0, 1, 1), xlim=(2013.55, 2023.45))
    sources_panel(rows, steps(figures), figures.measures[series], ax)
    boxes = [text.get_window_extent() for text in ax.texts]
    assert [(one, other) for one, other in combinations(boxes, 2) if one.overlaps(other)] == []
    marks = ax.transData.transform(rows[["year", "value"]].to_numpy())
    assert [(box, mark) for box in boxes for mark in marks if box.contains(*mark)] == []
    plt.close("all")


def test_a_place_without_two_figures_has_no_chart_and_an_unknown_one_is_told() -> None:
    kalmar = oj.figures("Kalmar", "over-tid")
    assert oj.chart(kalmar, municipality="Kalmar") == oj.chart(kalmar.at("Kalmar")) == ()
    with pytest.raises(UserError, match="Kommunerna är: Kalmar"):
        oj.chart(kalmar, municipality="Solna")


def test_every_observation_stands_in_the_tables_with_its_source() -> None:
    own, context = (rows_of(table) for table in oj.table(YEARS))
    cells = {title: figures.split("<br>") for title, figures, _ in [*own, *context]}
    told = NATION[NATION["series"].isin(NATION.loc[NATION["passage"] != "Tabellerna", "series"])]
    assert set(cells) == set(told["title"])
    left_to_the_edition = NATION[~NATION["series"].isin(told["series"])]
    assert set(left_to_the_edition["edition"]) == {"2015"}
    assert set(left_to_the_edition["source"]) == {"fou-nordvast-2015"}
    assert len(context) == 5
    for row in told.itertuples():
        lines = [
            line for line in cells[str(row.title)] if line.startswith(f"{row.edition}: {plain(str(row.display))} (")
        ]
        assert len(lines) == 1, row
    assert cells["Handläggare med socionomutbildning och mer än fem års erfarenhet av barnutredningar"] == [
        "2014: 49 % (FoU-Nordväst 2015)",
        "2014: 50 % (Kalmar kommun 2019, Socialstyrelsen 2014)",
        "2015: 49 % (FoU-Nordväst 2015)",
        "– brott i serien 2016 –",
        "2019: 36 % (Kalmar kommun 2019)",
    ]


MOST = "Ett utvecklingsområde för de flesta kommuner"


def test_kalmars_answers_stand_beside_the_nations() -> None:
    tables = {part.label: rows_of(part) for part in oj.table(YEARS_OF_KALMAR) if isinstance(part, Table)}
    assert list(tables) == [f"tbl-ar-{year}-0880" for year in (2019, 2018, 2017, 2016)]
    found = {label[7:11]: [row[1:3] for row in rows] for label, rows in tables.items()}
    assert found == {
        "2019": [["Ja", "37 %"], ["Nej", "48 %"], ["19 %", "25 %"], ["38 %", "36 %"]],
        "2018": [["Nej", "25 kommuner"], ["Ja", "48 %"], ["Bortfall", "57 %"], ["Nej", "15 %"]],
        "2017": [["Saknas dock i många fall", "Ingen uppgift"], ["Flera olika", "Ingen uppgift"],
                 ["Ett utvecklingsområde", MOST]],
        "2016": [["Ja", "Ingen uppgift"], *[["Nej", "Ingen uppgift"]] * 3, ["Ett utvecklingsområde", MOST]],
    }  # fmt: skip
    notes = {row[0]: row[3] for row in tables["tbl-ar-2019-0880"]}
    assert any("inte IVO:s funktion" in note and "läses därför som Nej" in note for note in notes.values())
    assert oj.table(YEARS.at("kommunerna")) == ()
    fills = [fill for part in oj.table(YEARS_OF_KALMAR) if isinstance(part, Table) for fill in FILL.findall(part.html)]
    assert Counter(fills) == {("#9cc4e8", "Ja"): 3, ("#fbe3d2", "Nej"): 6}


def test_a_sheet_of_the_years_is_the_municipalitys_tables() -> None:
    assert oj.sheet(YEARS_OF_KALMAR, "Kalmar") == oj.table(YEARS_OF_KALMAR)
    lacking = oj.sheet(YEARS_OF_KALMAR.of("bbic-licens"), "Kalmar")
    assert [str(part) for part in lacking] == ["Det finns inga uppgifter för det som valdes."]
    for part in oj.table(YEARS_OF_KALMAR):
        for _, cell, nation, _ in part.grid.rows if isinstance(part, Table) else ():
            (row,) = cell.rows
            assert YEARS_OF_KALMAR.frame.loc[row, "display"].casefold() == cell.text.casefold()
            assert set(YEARS_OF_KALMAR.frame.loc[list(nation.rows), "place"]) <= {"00"}


def test_kalmar_in_short() -> None:
    (text,) = oj.findings(YEARS_OF_KALMAR)
    assert lines_of(text) == [
        "- **2019.** Ja: användning av brukarundersökning. Nej: information till placerade barn. Kommunen mot riket: "
        "socionomer med mindre än ett års erfarenhet (19 mot 25 %) och socionomer med mer än fem års erfarenhet (38 "
        "mot 36 %).",
        "- **2018.** Ja: information till placerade barn. Nej: verksamhetssystem som visar barns delaktighet och "
        "uppföljning för att utveckla öppenvården. Uppgift saknas: socionomer med minst tre års erfarenhet.",
        "- **2017.** Med källans ord: överenskommelser om samverkan (”saknas dock i många fall”), manualbaserade "
        "insatser (”flera olika”) och systematisk uppföljning (”ett utvecklingsområde”).",
        "- **2016.** Ja: rutiner för intern samordning. Nej: överenskommelse med barn- och ungdomspsykiatrin, "
        "överenskommelse med förskolan och överenskommelse med skolan. Med källans ord: systematisk uppföljning (”ett "
        "utvecklingsområde”).",
        "- **Ändrat svar 2018–2019:** information till placerade barn, från Ja till Nej.",
    ]


@cache
def all_news() -> tuple[object, ...]:
    """Return the nation's news of every edition."""
    return tuple(oj.findings(YEARS))


def news(edition: str) -> list[str]:
    """Return the nation's news of an edition, line by line."""
    (text,) = (part for part in all_news() if part.before.startswith(f"### {edition} "))  # type: ignore[union-attr]
    return lines_of(text)


def test_the_news_are_told_newest_first() -> None:
    headings = [part.before.split()[1] for part in oj.findings(YEARS)]  # type: ignore[union-attr]
    assert headings == ["2023", "2022", "2021", "2020", "2019", "2018", "2017", "2016", "2015", "2014"]


def test_every_series_of_an_edition_is_news_once() -> None:
    for edition in ("2014", "2016", "2017", "2018", "2019", "2020", "2022", "2023"):
        told = [line for line in news(edition) if line.startswith("- ")]
        assert len(told) == NATION.loc[NATION["edition"] == edition, "series"].nunique()


def test_the_news_say_what_a_source_says_and_warn_of_a_break() -> None:
    assert news("2019")[:2] == [
        "#### Ökade {.unnumbered}",
        "- Fler placerade barn har fullföljt grundskolan (enligt källan ”en förbättring jämfört med tidigare år”).",
    ]
    assert (
        "- 36 procent av handläggarna har socionomutbildning och mer än fem års erfarenhet av barnutredningar. Enligt "
        "källan ”har minskat från 50 procent 2014 till 36 procent 2019”, en jämförelse över ett brott i serien."
    ) in news("2019")
    assert "- Cirka tre av fyra kommuner använder BRA-fam" in " ".join(news("2016"))
    assert "#### Ökade {.unnumbered}" not in news("2016")
    improve = news("2019").index("#### Att förbättra {.unnumbered}")
    rose = [line for line in news("2019")[:improve] if line.startswith("- 12 procent") and "dygnsvården" in line]
    assert [line.endswith("; också ett förbättringsområde).") for line in rose] == [True]
    assert any("17 kommuner" in line for line in news("2019")[improve:])
    others = news("2016").index("#### Andra delar av socialtjänsten {.unnumbered}")
    assert any(line.startswith("- 21 procent") for line in news("2016")[others:])
    assert news("2016").index(next(line for line in news("2016") if "BRA-fam" in line)) < news("2016").index(
        next(line for line in news("2016") if line.startswith("- Lika många"))
    )
    assert (
        "- 72 procent av kommunerna har en överenskommelse om samverkan med förskolan (minus 3 procentenheter sedan "
        "2014)." in news("2015")
    )


def test_no_sentence_of_the_years_is_longer_than_it_should_be() -> None:
    """Nor a municipality's, though it has answered much in one edition."""
    rows = YEARS_OF_KALMAR.frame.drop_duplicates(["measure", "place", "source"])
    kalmar = replace(YEARS_OF_KALMAR, frame=rows.assign(period="2019", answer="yes", display="Ja"))
    texts = [*all_news(), *as_parts(oj.findings(YEARS_OF_KALMAR)), *as_parts(oj.findings(kalmar))]
    told = [line for text in texts for line in lines_of(text) if line.startswith("- ")]
    found = [one for line in told for one in re.split(r"(?<=[.”)]) (?=[A-ZÅÄÖ])", line) if word_count(one) > MOST_WORDS]
    assert len(told) > 60
    assert found == []


def test_derived_values_are_marked_and_changes_across_a_break_are_not_counted() -> None:
    rows = rows_of(oj.method(YEARS, "angivna-forandringar"))
    assert len(rows) == 12
    follows = {said.partition(":")[0] + title[:8]: what for title, said, what in rows}
    assert follows["2010–2014Ordinari"].startswith("28 procent 2010, härlett av oss")
    assert follows["2013–2014Aktuell "].startswith("19 procent 2013, härlett av oss")
    assert follows["2013–2015Aktuell "].startswith("19 procent 2013, härlett av oss")
    assert follows["2014–2019Handlägg"].startswith("Jämförelsen går över brottet i serien 2016.")
    assert follows["2014–2019Informat"].startswith("Jämförelsen går över brotten i serien 2015 och 2016.")


def test_breaks_kinship_and_conflicts_are_told() -> None:
    breaks = rows_of(oj.method(YEARS, "brott"))
    assert [row[:2] for row in breaks if row[2].startswith("Brott i serien. Både")] == [["2016", "Alla uppgifter"]]
    assert any("Det är vår bedömning." in row[2] for row in breaks)
    kin = {row[0]: row[1] for row in rows_of(oj.method(YEARS, "slaktskap"))}
    assert kin["Överenskommelse om samverkan med grundskolan"] == "Aktuell överenskommelse om samverkan med skola"
    over_time, of_other = (
        rows_of(oj.method(figures, "motsagelser-over-tid")) for figures in (YEARS, oj.figures("Stockholm"))
    )
    assert [row for row in over_time if "50 procent 2014" in row[1] and "49 procent 2015" in row[1]] == over_time[:1]
    assert of_other == over_time[1:]
    assert any("58 procent 2015" in row[1] and "42 procent 2014" in row[1] for row in of_other)
