"""A table as HTML: two header levels, a heading per row, every cell's text and ground, and the notes below."""

import re
from itertools import groupby
from pathlib import Path

import pandas as pd
import pytest
from lxml import html as parser
from lxml.html import HtmlElement

import oj
from conftest import DATA, EDITION, RESULTS, append, refused, replace
from frames import JONKOPING, KNOWN, LACKING, MUNICIPALITIES, REGIONS, REPORTS, SOLNA, STOCKHOLM, figures_of, full, made
from oj.facts.catalog import in_table
from oj.facts.datapackage import read_table
from oj.present.grid import Grid, Head
from oj.present.output import Table
from oj.words.vocabulary import STATUSES, WITHHELD_BY_SOURCE
from written import results

NAMES = read_table("tables", DATA)["table"].tolist()
TITLES = read_table("tables", DATA).set_index("table")["title"]
SUBAREAS = read_table("subareas", DATA).set_index("subarea")["name"]
SOFT_HYPHEN = "\u00ad"
GROUNDS = {"Ja": "#9cc4e8", "Delvis": "#f7ecc3", "Nej": "#fbe3d2"}
HIDDEN_GROUND, REGION_GROUND = "#e3e3e3", "#f1f4f8"
SHARE_NOTE = "Riket och län: andel av de svarande kommunerna och stadsdelarna som har Ja"
OTHER_NOTE = "; för talen samma mått som för kommunerna"
SOURCE = "Källa: FoU-Nordväst (2015), efter Socialstyrelsens öppna jämförelser."


def table(frame: pd.DataFrame, name: str, folder: Path | None = None) -> Table:
    """Return a table of results."""
    shown = oj.table(figures_of(frame, folder).of(name))
    assert isinstance(shown, Table)
    return shown


def parsed(frame: pd.DataFrame, name: str) -> HtmlElement:
    """Return a table's HTML; fail where it is not one whole table."""
    shown = table(frame, name).html
    element = parser.fromstring(shown)
    assert element.tag == "table"
    assert parser.tostring(element, encoding="unicode").count("<t") == shown.count("<t")
    return element


def rows_of(element: HtmlElement) -> dict[str, list[HtmlElement]]:
    """Return the cells of each row of the body by the row's heading."""
    rows = {row.findall("th")[0].text_content(): row.findall("td") for row in element.findall("tbody/tr")}
    assert len(rows) == len(element.findall("tbody/tr")), "a place stands twice"
    return rows


def texts(element: HtmlElement) -> dict[str, list[str]]:
    """Return what the cells of each row say."""
    return {place: [cell.text_content() for cell in cells] for place, cells in rows_of(element).items()}


def ground(element: HtmlElement) -> str:
    """Return a cell's colour, empty where it has none; fail where it has several."""
    styles = [part.split(":") for part in element.get("style").split(";")]
    assert len({name for name, _ in styles}) == len(styles)
    return dict(styles).get("background-color", "")


def expected_ground(level: str, text: str, status: str) -> str:
    """Return the colour that a cell has to have."""
    if status != "observed":
        return HIDDEN_GROUND
    return GROUNDS.get(text, "") if level == "municipality" else REGION_GROUND


@pytest.fixture(
    scope="module", params=[(report, name) for report in ("stockholm", "jonkoping") for name in NAMES], ids=str
)
def shown(request: pytest.FixtureRequest) -> tuple[pd.DataFrame, str, HtmlElement]:
    """Return every table of two reports: its results, name and HTML."""
    report, name = request.param
    frame = REPORTS[report]
    own = frame[frame["indicator"].map(lambda indicator: KNOWN[indicator].table == name)]
    return own, name, parsed(frame, name)


def test_the_header_has_subareas_over_indicators(shown: tuple[pd.DataFrame, str, HtmlElement]) -> None:
    own, name, element = shown
    upper, lower = element.findall("thead/tr")
    corner, *subareas = upper
    first = "Kommun" if (own["level"] == "municipality").any() else "Område"
    assert (corner.text, corner.get("scope"), corner.get("rowspan")) == (first, "col", "2")
    spans = [(SUBAREAS[key], len(list(items))) for key, items in groupby(in_table(name), lambda item: item.subarea)]
    assert [(plain(cell), int(cell.get("colspan")), cell.get("scope")) for cell in subareas] == [
        (subarea, span, "colgroup") for subarea, span in spans
    ]
    assert [(plain(cell), cell.get("scope")) for cell in lower] == [(item.title, "col") for item in in_table(name)]
    assert {cell.tag for row in (upper, lower) for cell in row} == {"th"}


def plain(cell: HtmlElement) -> str:
    """Return a heading's text without its soft hyphens."""
    return str(cell.text_content()).replace(SOFT_HYPHEN, "")


def test_every_row_has_a_heading_and_a_cell_per_column(shown: tuple[pd.DataFrame, str, HtmlElement]) -> None:
    own, name, element = shown
    rows = element.findall("tbody/tr")
    assert [row[0].text for row in rows] == list(dict.fromkeys(own["place_name"]))
    for row in rows:
        heading, *cells = row
        assert (heading.tag, heading.get("scope")) == ("th", "row")
        assert [cell.tag for cell in cells] == ["td"] * len(in_table(name))


def test_every_cell_says_its_result_in_words_and_colour(shown: tuple[pd.DataFrame, str, HtmlElement]) -> None:
    own, name, element = shown
    position = {item.id: at for at, item in enumerate(in_table(name))}
    rows = rows_of(element)
    for row in own.itertuples():
        cell = rows[row.place_name][position[row.indicator]]
        assert cell.text_content() == row.display
        assert ground(cell) == expected_ground(row.level, row.display, row.status), (row.place_name, row.indicator)
    assert sum(map(len, rows.values())) == len(own)


def test_the_regions_headings_have_a_ground_of_their_own(shown: tuple[pd.DataFrame, str, HtmlElement]) -> None:
    own, _, element = shown
    regions = set(own.loc[own["level"] != "municipality", "place_name"])
    for row in element.findall("tbody/tr"):
        assert (ground(row[0]) == REGION_GROUND) == (row[0].text in regions)


@pytest.mark.parametrize("name", NAMES)
def test_the_widths_are_within_the_page(name: str) -> None:
    columns = parsed(STOCKHOLM, name).findall("colgroup/col")
    widths = [float(re.fullmatch(r"width:([\d.]+)%", column.get("style"))[1]) for column in columns]
    assert len(widths) == 1 + len(in_table(name))
    assert round(sum(widths), 2) <= 100
    assert min(widths) > 9
    assert len(set(widths[1:])) == 1


@pytest.mark.parametrize("name", NAMES)
def test_only_headers_have_soft_hyphens(name: str) -> None:
    """They break long words in narrow columns; in a cell or a name they would hinder a search."""
    shown = table(STOCKHOLM, name)
    header, body = shown.html.split("<tbody>")
    assert SOFT_HYPHEN in header
    assert SOFT_HYPHEN not in body + shown.caption + "".join(shown.notes)
    words = re.findall(r"[\w\u00ad-]+", parser.fromstring(shown.html).find("thead").text_content())
    for word in words:
        parts = word.split(SOFT_HYPHEN)
        assert len(parts) == 1 or (len(parts[0]) > 2 and len(parts[-1]) > 2), word
        assert len(parts) > 1 or len(word) < 19, f"{word} cannot be broken"


@pytest.mark.parametrize("name", NAMES)
def test_the_caption_and_the_label(name: str) -> None:
    shown = table(STOCKHOLM, name)
    assert (shown.label, shown.caption) == (f"tbl-{name}", f"{TITLES[name]}, utgåvan 2015.")


@pytest.mark.parametrize("report", ["stockholm", "jonkoping"])
@pytest.mark.parametrize("name", NAMES)
def test_the_notes_of_a_report_tell_its_shares_signs_and_source_once(report: str, name: str) -> None:
    (note,) = table(REPORTS[report], name).notes
    items, own = in_table(name), REPORTS[report]
    met = set(own[own["indicator"].map(lambda indicator: KNOWN[indicator].table == name)]["status"])
    answers = [item for item in items if item.is_answer]
    expected = [f"{SHARE_NOTE}{OTHER_NOTE if len(answers) < len(items) else ''}."] if answers else []
    graded = [item.phrase for item in answers if item.scale == "yes-partly-no"]
    if graded and report == "stockholm":
        expected.append(
            f"Källan visar inga Delvis: om ett Nej för {' och '.join(graded)} kan vara ett Delvis framgår inte."
        )
    expected += [STATUSES[status].sentence for status in LACKING if status in met]
    assert note == " ".join([*expected, SOURCE])


def test_a_table_with_a_delvis_does_not_say_that_there_are_none() -> None:
    cells = full("utanfor-kontorstid", 2) | {("socialjour", MUNICIPALITIES[0]): "partly"}
    (note,) = table(made(cells), "utanfor-kontorstid").notes
    assert "Delvis" not in note


@pytest.mark.parametrize("statuses", [[], ["missing"], ["secondary", "suppressed"], LACKING], ids=len)
def test_the_notes_name_each_sign_met_exactly_once(statuses: list[str]) -> None:
    """Each of them in several cells, hidden in another order than the notes have."""
    cells = full("utbildningsniva", 8)
    names = [item.id for item in in_table("utbildningsniva")]
    for status, place in zip(reversed(statuses), MUNICIPALITIES[:8], strict=False):
        cells |= {(name, place): status for name in names[:2]}
    (note,) = table(made(cells), "utbildningsniva").notes
    told = STATUSES | {"withheld": WITHHELD_BY_SOURCE}  # of a municipality the source alone knows why
    sentences = [told[status].sentence for status in LACKING if status in statuses]
    assert note == " ".join([*sentences, SOURCE])


@pytest.mark.parametrize("status", LACKING)
def test_a_lacking_figure_shows_its_sign_on_grey(status: str) -> None:
    """At every level, for answers as for numbers; a sign such as x (<20) is not taken for a tag."""
    place = {"withheld": "01"}.get(status, MUNICIPALITIES[0])
    cells = full("kompetens", 2)
    cells |= {(name, place): status for name in ("socionomer-tre-ar", "plan-handlaggare")}
    rows = rows_of(parsed(made(cells), "kompetens"))
    lacking = [cell for row in rows.values() for cell in row if ground(cell) == HIDDEN_GROUND]
    assert [cell.text_content() for cell in lacking] == [STATUSES[status].sign] * 2
    assert [cell.text_content() for cell in rows[{"01": "Stockholms län"}.get(place, "Upplands Väsby")]].count(
        STATUSES[status].sign
    ) == 2


def test_a_sign_is_no_tag_to_a_browser() -> None:
    shown = table(made(full("familjehem", 2) | {("plan-familjehem", "01"): "small_base"}), "familjehem").html
    assert ">x (&lt;20)</td>" in shown


def test_every_answer_has_its_colour() -> None:
    answers = {"yes": "Ja", "partly": "Delvis", "no": "Nej"}
    cells = {("socialjour", place): answer for place, answer in zip(MUNICIPALITIES, answers, strict=False)}
    rows = rows_of(parsed(made({**cells, ("socialjour", "00"): 0.72}), "utanfor-kontorstid")).values()
    shown = [(cell.text_content(), ground(cell)) for (cell,) in rows]
    assert shown == [*GROUNDS.items(), ("72\u00a0%", REGION_GROUND)]


def test_the_colours_of_the_answers_are_unlike_and_light() -> None:
    """Told apart by luminance or hue is for the eye; here: none is another's, and black text stands out (WCAG)."""
    colours = [*GROUNDS.values(), HIDDEN_GROUND, REGION_GROUND]
    assert len(set(colours)) == len(colours)
    for colour in colours:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
        assert (luminance + 0.05) / 0.05 > 7


def test_a_place_that_lacks_a_row_says_so() -> None:
    """As where one source has fewer indicators than another: no crash, no empty cell, no other's figure."""
    cells = full("bedomning", 3)
    del cells["bedomning-missbruk", MUNICIPALITIES[1]]
    rows = rows_of(parsed(made(cells), "bedomning"))
    assert [cell.text_content() for cell in rows["Vallentuna"]] == ["Ja", "saknas", "Ja"]
    assert ground(rows["Vallentuna"][1]) == HIDDEN_GROUND
    assert sum(cell.text_content() == "saknas" for row in rows.values() for cell in row) == 1


def test_a_table_with_results_for_the_county_only() -> None:
    rows = texts(parsed(JONKOPING, "familjehem"))
    assert list(rows) == ["Riket", "Jönköpings län"]
    assert all(re.fullmatch(r"\d+\u00a0%", text) for row in rows.values() for text in row)


def test_a_table_with_one_municipality() -> None:
    assert list(texts(parsed(SOLNA, "kompetens"))) == ["Solna", "Riket", "Stockholms län"]


def test_a_table_keeps_the_order_of_its_results() -> None:
    frame = results("Stockholm", municipalities=["Solna", "Ekerö"], compare_with=["Jönköping"])
    assert list(texts(parsed(frame, "familjehem"))) == ["Solna", "Ekerö", "Riket", "Stockholms län", "Jönköpings län"]


def test_every_municipality_of_a_county_has_its_row() -> None:
    rows = texts(parsed(made(full("intern-samordning", 26)), "intern-samordning"))
    assert len(rows) == 26 + len(REGIONS)
    assert rows["Nynäshamn"] == ["Ja"] * 7


def test_a_table_of_two_sources_names_both(data_copy: Path) -> None:
    replace(data_copy / RESULTS, "2015,socialjour,06,0.42,,observed,,,fou-nordvast-2015\n", "")
    append(data_copy / RESULTS, "2015,socialjour,06,0.42,,observed,,,socialstyrelsen-2014")
    frame = results("Jönköping", folder=data_copy)
    (note,) = table(frame, "utanfor-kontorstid", data_copy).notes
    assert "Källa: FoU-Nordväst (2015) och Socialstyrelsen (2014), efter" in note


def test_a_survey_of_ones_own_is_not_told_as_after_the_comparisons(data_copy: Path) -> None:
    """It stands in the edition's own file of sources; the source that the edition is made of may stand there too."""
    own = "source,title,publisher,year,address,note\negen-2015,Enkät,Länet,2015,,Egen."
    (data_copy / EDITION / "sources.csv").write_text(own, encoding="utf-8")
    replace(data_copy / RESULTS, "2015,socialjour,06,0.42,,observed,,,fou-nordvast-2015\n", "")
    append(data_copy / RESULTS, "2015,socialjour,06,0.42,,observed,,,egen-2015")
    (note,) = table(results("Jönköping", folder=data_copy), "utanfor-kontorstid", data_copy).notes
    assert note.endswith("Källa: FoU-Nordväst (2015), efter Socialstyrelsens öppna jämförelser, och Länet (2015).")
    replace(data_copy / EDITION / "edition.yml", "source: fou-nordvast-2015", "source: egen-2015")
    (note,) = table(results("Jönköping", folder=data_copy), "utanfor-kontorstid", data_copy).notes
    assert note.endswith("Källa: FoU-Nordväst (2015) och Länet (2015), efter Socialstyrelsens öppna jämförelser.")


def test_an_unknown_table_gets_a_guess() -> None:
    with refused(
        "”kompetenser” finns inte i uppgifterna.", "Menade du ”kompetens”?", "Tabeller: brukarnas-uppfattning,"
    ):
        table(STOCKHOLM, "kompetenser")


def test_how_many_answered_stands_in_the_notes_where_it_is_known() -> None:
    frame = STOCKHOLM.copy()
    assert "Svarande" not in " ".join(table(frame, "extern-ovriga").notes)
    county = (frame["place"] == "01") & (frame["area"] == "samordning")
    frame.loc[county, "denominator"] = 38.0
    frame.loc[county & (frame["indicator"] == "overenskommelse-skola"), "denominator"] = 36.0
    assert "Svarande: Stockholms län 36–38." in " ".join(table(frame, "extern-ovriga").notes)
    assert "Svarande: Stockholms län 38." in " ".join(table(frame, "intern-samordning").notes)
    frame.loc[frame["place"].eq("00"), "denominator"] = 290.0
    assert "Svarande: Riket 290 och Stockholms län 38." in " ".join(table(frame, "intern-samordning").notes)
    assert "Svarande" not in " ".join(table(frame, "utbildningsniva").notes)  # shares of persons, not of municipalities


def test_every_cell_knows_its_row() -> None:
    figures = oj.figures("Stockholm", compare_with=["Jönköping"])
    for name in NAMES:
        grid = oj.table(figures.of(name)).grid
        for heading, *cells in grid.rows:
            for item, cell in zip(in_table(name), cells, strict=True):
                row = figures.frame.loc[list(cell.rows)].iloc[0]
                assert (row["place_name"], row["measure"], row["display"]) == (heading.text, item.id, cell.text)
                assert (cell.status, cell.fill) == (
                    row["status"], expected_ground(row["level"], row["display"], row["status"]),
                )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("socialjour", "Heltäckande socialjour"),
        ("rutin-missbruk", "Rutin för samordning med missbruksvården"),
        ("extern-utbildning", "Extern samverkan i enskilda ärenden – utbildning"),
    ],
)
def test_a_part_or_a_measure_is_a_table_of_its_own(name: str, title: str) -> None:
    figures = oj.figures("Stockholm").of(name)
    shown = oj.table(figures)
    element = parser.fromstring(shown.html)
    assert (shown.label, shown.caption) == (f"tbl-{name}", f"{title}, utgåvan 2015.")
    assert [plain(cell) for cell in element.findall("thead/tr")[1]] == [one.title for one in figures.measures.values()]
    assert sum(map(len, rows_of(element).values())) == len(figures.frame)


def test_an_area_is_its_tables_one_after_another() -> None:
    shown = oj.table(oj.figures("Stockholm").of("samordning"))
    assert [part.label for part in shown] == ["tbl-intern-samordning", "tbl-extern-halsa", "tbl-extern-ovriga"]
    whole = oj.table(oj.figures("Stockholm"))
    assert [part.label for part in whole] == [f"tbl-{name}" for name in NAMES]


def test_what_is_not_there_is_a_sentence() -> None:
    figures, nothing = oj.figures("Stockholm"), "Det finns inga uppgifter för det som valdes."
    for chosen in (figures.during("1999"), figures.by("women").of("kompetens"), oj.targets(figures).during("1999")):
        assert str(oj.table(chosen)) == nothing


def test_targets_of_an_area_are_a_table_too() -> None:
    targets = oj.targets(oj.figures("Stockholm", municipalities=["Solna", "Ekerö"]))
    shown = oj.table(targets.of("samordning"))
    assert texts(parser.fromstring(shown.html)) == {
        "Solna": ["9"], "Ekerö": ["6"], "Riket": ["10,1"], "Stockholms län": ["10,0"],
    }  # fmt: skip
    assert "cirka" in shown.notes[1]
    for _, cell in shown.grid.rows:
        assert len(cell.rows) == 1


def test_a_head_that_has_no_room_in_its_column_may_be_broken_with_a_hyphen() -> None:
    """Word broke Upplan/ds as it liked; a word that has room stays whole."""
    names = ("Upplands Väsby", "Ekerö", "Järfälla", "Sigtuna", "Kommunerna")
    wide, narrow = (Grid("Kommun", (tuple(map(Head, names)),), (), (10.0, *[width] * 5), "number-table").html
                    for width in (30.0, 8.0))  # fmt: skip
    assert "Upplands" in wide
    assert "Upp\u00adlands" in narrow
    for html in (wide, narrow):
        assert [name for name in names[1:4] if name not in html] == []  # narrow letters take little room
        assert "Kom\u00admu\u00adnerna" in html


def test_the_english_table_has_room_for_municipality() -> None:
    swedish, english = (
        next(one for one in oj.summary(figures_of(STOCKHOLM), language=language) if isinstance(one, Table))
        for language in ("sv", "en")
    )
    assert swedish.grid
    assert english.grid
    assert english.grid.widths[0] >= len("Municipality") + 1
    assert round(sum(english.grid.widths)) == 100
    assert len(english.grid.widths) == len(swedish.grid.widths)
