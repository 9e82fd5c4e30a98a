"""Key results, the survey, dates, groups, conflicts and sources: whole, and with the figures of their tables."""

import re
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from lxml import html as parser

import oj
from conftest import DATA, DOMAIN, EDITION, append, replace
from frames import JONKOPING, KNOWN, LACKING, MUNICIPALITIES, PLACES, SOLNA, STOCKHOLM, figures_of, made
from oj.facts.datapackage import read_table
from oj.present.method.quality import (
    conflicts,
    measuring_dates,
    national_statements,
    peer_groups,
    plain_table,
    references,
    signs,
    survey,
    versions,
)
from oj.present.output import Table
from oj.words.swedish import MONTHS
from oj.words.vocabulary import STATUSES, WITHHELD_BY_SOURCE

FIGURES = oj.figures("Stockholm", compare_with="Jönköping", folder=DATA)
FACTS = read_table("facts", DATA)
CONFLICTS = read_table("conflicts", DATA)
OF_2015 = CONFLICTS[CONFLICTS["edition"] == "2015"]
SOURCES = read_table("sources", DATA)
STATEMENTS = read_table("statements", DATA)
GROUPS = read_table("groups", DATA)
CLASSES = read_table("group-classes", DATA)


def plain(text: str) -> str:
    """Return text with ordinary spaces only."""
    return text.replace("\u00a0", " ")


def rows_of(table: Table) -> list[list[str]]:
    """Return the texts of a table's body, row by row; fail where the table is not accessible and whole."""
    element = parser.fromstring(table.html)
    (header,) = element.findall("thead/tr")
    assert [cell.get("scope") for cell in header] == ["col"] * len(header)
    widths = [int(re.fullmatch(r"width:(\d+)%", column.get("style"))[1]) for column in element.findall("colgroup/col")]
    assert len(widths) == len(header)
    assert sum(widths) == 100
    rows = element.findall("tbody/tr")
    for row in rows:
        assert [cell.tag for cell in row] == ["th", *["td"] * (len(header) - 1)]
        assert row[0].get("scope") == "row"
    return [[plain(cell.text_content()) for cell in row] for row in rows]


def amount(row: pd.Series) -> str:
    """Return how a statement's figure has to be read."""
    if row["unit"] == "share":
        points = f"{abs(round(row['value'] * 100))} procent"
        return f"{points}enheter" if row["measure"] in ("difference", "change-since-2013") else points
    unit = {"hours-per-week": "timmar", "minutes-per-week": "minuter"}[row["unit"]]
    return f"{row['value']:g} {unit}".replace(".", ",")


def test_every_figure_of_the_statements_is_told() -> None:
    """Each line has its statement's figures, and no others than the sizes of the municipalities and years."""
    lines = plain(national_statements("2015").markdown).splitlines()
    said = STATEMENTS.groupby("statement", sort=False)
    assert len(lines) == len(said) == 7
    for line, (name, rows) in zip(lines, said, strict=True):
        figures = [amount(row) for _, row in rows.iterrows()]
        shares = re.findall(r"\d+(?:,\d+)? (?:procent(?:enheter)?|timmar|minuter)", line)
        spans = [f"{low} procent" for low in re.findall(r"från (\d+) till", line)]
        same = ["70 procent"] if name == "tre-ar" else []  # lika stor andel som året före
        assert sorted([*shares, *spans, *same]) == sorted(figures), name
        assert line.startswith(("- **", "- En handläggare"))
        assert f"**{figures[0]}**" in line


def test_a_span_is_told_from_its_lowest_to_its_highest() -> None:
    text = plain(national_statements("2015").markdown)
    assert "varierar den från 17 till 100 procent." in text
    assert "varierar den från 4 till 100 procent." in text
    assert "varierar tiden från 6 minuter till 20 timmar." in text


def test_the_statements_point_at_tables_that_exist() -> None:
    tables = set(read_table("tables", DATA)["table"])
    found = re.findall(r"@tbl-([a-z-]+)", national_statements("2015").markdown)
    assert set(found) <= tables
    assert len(found) == 7


def test_a_changed_statement_is_told(data_copy: Path) -> None:
    replace(
        data_copy / EDITION / "statements.csv",
        "plan,18,2015,plan-handlaggare,riket,value,0.37",
        "plan,18,2015,plan-handlaggare,riket,value,0.38",
    )
    assert "**38 procent** av kommunerna" in plain(national_statements("2015", data_copy).markdown)


def test_the_order_of_the_statements_rows_does_not_matter(data_copy: Path) -> None:
    """The table has a column for their order."""
    path = data_copy / EDITION / "statements.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *reversed(rows), ""]), encoding="utf-8")
    assert national_statements("2015", data_copy).markdown == national_statements("2015").markdown


def test_the_signs_of_a_report_are_those_met_in_it() -> None:
    assert [row[0] for row in rows_of(signs(FIGURES))] == ["x", "bortfall"]
    assert [row[0] for row in rows_of(signs(figures_of(JONKOPING)))] == ["x"]


def test_every_status_has_its_sign_and_meaning() -> None:
    cells = {("behoriga-alla", place): status for place, status in zip(MUNICIPALITIES, LACKING, strict=False)}
    rows = rows_of(signs(figures_of(made(cells))))
    assert [sign for sign, _ in rows] == [STATUSES[status].sign for status in LACKING]
    every = STATUSES | {"withheld": WITHHELD_BY_SOURCE}  # of a municipality there is no average
    for (sign, meaning), status in zip(rows, LACKING, strict=True):
        assert f"{sign}: {meaning}".casefold() == every[status].sentence.casefold()
        assert meaning[0].isupper()


def test_signs_are_unlike_and_none_is_empty() -> None:
    signs_of = [STATUSES[status].sign for status in LACKING]
    assert len(set(signs_of)) == len(signs_of)
    assert all(signs_of)


def test_the_survey_has_every_fact_with_its_place_in_the_source() -> None:
    """All but those about the edition itself, which the opening tells."""
    facts = FACTS[(FACTS["topic"] != "utgava") & (FACTS["edition"] == "2015")]
    rows = rows_of(survey(FIGURES))
    assert [(what, where) for what, _, where in rows] == list(zip(facts["description"], facts["passage"], strict=True))
    for (_, shown, _), (_, fact) in zip(rows, facts.iterrows(), strict=True):
        assert shown == fact_in_words(fact), fact["fact"]


def fact_in_words(fact: pd.Series) -> str:
    """Return how a fact's value has to be read."""
    value, unit = fact["value"], fact["unit"]
    day = [*reversed(value.split("-"))]
    words = {
        "andel": lambda: f"{round(float(value) * 100)} procent",
        "månad": lambda: f"{MONTHS[int(day[0]) - 1]} {day[1]}",
        "datum": lambda: f"{int(day[0])} {MONTHS[int(day[1]) - 1]} {day[2]}",
        "födelseår": lambda: f"födda {value.replace('/', '–')}",
        "årgång": lambda: f"årgång {value}",
        "år": lambda: value,
        "antal": lambda: value,
    }
    if unit.startswith("dag det år"):
        text = f"{int(day[0])} {MONTHS[int(day[1]) - 1]} {unit.removeprefix('dag ')}"
    else:
        text = words.get(unit, lambda: f"{value} {unit}")()
    return text if pd.isna(fact["qualifier"]) else f"{fact['qualifier']} {text}"


def test_every_indicator_has_its_measuring_dates() -> None:
    """Once, under its family's name, with every date that the catalogue has."""
    rows = rows_of(measuring_dates(FIGURES))
    shown = {(name, short): dates for name, shorts, dates in rows for short in split_shorts(name, shorts)}
    assert set(shown) == {(item.name, item.short) for item in KNOWN.values()}
    for item in KNOWN.values():
        dates = shown[item.name, item.short]
        years = {part[:4] for iso in item.measured_on for part in iso.split("/")}
        assert set(re.findall(r"\d{4}", dates)) == years, item.id
        assert len(re.split(r", | och ", dates)) == len(item.measured_on), item.id
    assert len(rows) == len({(item.name, tuple(item.measured_on)) for item in KNOWN.values()})


def split_shorts(name: str, shorts: str) -> list[str]:
    """Return the indicators' short names in one cell; a name may have a comma of its own."""
    found = []
    for item in KNOWN.values():
        if item.name == name and shorts.startswith(item.short):
            found.append(item.short)
            shorts = shorts[len(item.short) :].removeprefix(", ")
    assert shorts == "", shorts
    return found


def test_the_groups_of_every_municipality() -> None:
    rows = rows_of(table_of(STOCKHOLM))
    codes = STOCKHOLM[STOCKHOLM["level"] == "municipality"]["place"].unique()
    assert [row[0] for row in rows] == [PLACES[code].name for code in codes]
    meanings = CLASSES.set_index(["classification", "class"])
    for code, (_, population, kind) in zip(codes, rows, strict=True):
        own = GROUPS[GROUPS["place"] == code].set_index("classification")["class"]
        number = own["befolkningsgrupp"]
        assert population == plain(f"{number}: {meanings.loc[('befolkningsgrupp', number), 'meaning']}")
        number = own["kommungrupp"]
        assert kind == f"{number}: {meanings.loc[('kommungrupp', number), 'name']}"


def table_of(frame: pd.DataFrame, folder: Path | None = None) -> Table:
    """Return the table of the municipalities' groups."""
    found = peer_groups(figures_of(frame, folder))
    assert isinstance(found, Table)
    return found


def test_a_municipality_without_a_group_says_so(data_copy: Path) -> None:
    replace(data_copy / EDITION / "groups.csv", "2015,kommungrupp,0184,2,fou-nordvast-2015\n", "")
    rows = {row[0]: row[1:] for row in rows_of(table_of(STOCKHOLM, data_copy))}
    assert rows["Solna"] == ["4: 70 000–199 999 invånare", "saknas"]


def test_the_groups_stand_under_a_heading_only_where_there_are_any() -> None:
    assert table_of(SOLNA).markdown.startswith("## Jämförbara kommuner {#sec-grupper}\n\n")
    assert peer_groups(figures_of(JONKOPING)).markdown == ""
    assert peer_groups(figures_of(made({("socialjour", "0136"): "yes", ("socialjour", "00"): 0.7}))).markdown == ""


def test_groups_of_one_classification_only(data_copy: Path) -> None:
    path = data_copy / EDITION / "groups.csv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "kommungrupp" not in line]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert rows_of(table_of(SOLNA, data_copy)) == [["Solna", "4: 70 000–199 999 invånare", "saknas"]]


def test_groups_of_two_sources(data_copy: Path) -> None:
    """The description lets two sources tell a municipality's group."""
    append(data_copy / EDITION / "groups.csv", "2015,kommungrupp,0184,2,skl-kommungrupper-2011")
    assert rows_of(table_of(SOLNA, data_copy))[0][0] == "Solna"


def test_every_conflict_is_told_with_both_readings_and_what_is_shown() -> None:
    rows = rows_of(conflicts(FIGURES))
    assert len(rows) == len(OF_2015) > 15
    for (about, both, told), conflict in zip(rows, OF_2015.itertuples(), strict=True):
        assert about == conflict.about
        other = " (Socialstyrelsen 2014)" if conflict.source_b == "socialstyrelsen-2014" else ""
        first, second = both.split(f". {conflict.passage_b}{other}: ")
        assert first == f"{conflict.passage_a}: {conflict.reading_a}"
        assert second == f"{conflict.reading_b}."
        shown = {"a": f"”{conflict.reading_a}”", "b": f"”{conflict.reading_b}”", "both": "båda"}[conflict.shown]
        assert told == f"Visas: {shown}. {conflict.comment}"


def test_conflicts_are_those_of_the_edition(data_copy: Path) -> None:
    replace(data_copy / DOMAIN / "conflicts.csv", "barn-alder,2015,", "barn-alder,2016,")
    assert len(rows_of(conflicts(oj.figures("Stockholm", folder=data_copy)))) == len(OF_2015) - 1


def test_every_source_is_a_reference() -> None:
    lines = references(FIGURES).markdown.splitlines()
    assert len(lines) == len(SOURCES)
    for line, source in zip(lines, SOURCES.fillna("").itertuples(), strict=True):
        assert line.startswith(f"- {source.publisher} ({source.year}). *{source.title}*. ")
        assert line.endswith(source.note)
        assert (f"<{source.address}>" in line) == bool(source.address)


def test_the_versions_are_those_of_what_made_the_report() -> None:
    text = plain(versions(FIGURES).markdown)
    assert text.startswith("Underlagets version är ")
    tools = dict(part.split() for part in text.partition("Verktyg: ")[2].removesuffix(".").split(", "))
    assert tools == {name: version(name) for name in ("oj", "papermill", "pandas", "seaborn", "typst")}


def test_the_versions_tell_a_changed_data_folder(data_copy: Path) -> None:
    """The data's version is what they are, not when or where they were read."""
    before = versions(oj.figures("Stockholm", folder=data_copy)).markdown
    assert before == versions(FIGURES).markdown
    replace(data_copy / EDITION / "areas.csv", "Helhetssyn och samordning", "Helhetssyn och samverkan")
    assert versions(oj.figures("Stockholm", folder=data_copy)).markdown != before


def test_a_plain_table_keeps_every_sign() -> None:
    frame = pd.DataFrame({"A & B": ["<b>1</b>", "x < 2"], "C": ['"', "'&amp;'"]})
    table = plain_table(frame, "prov", "Prov.", (40, 60))
    assert rows_of(table) == [["<b>1</b>", '"'], ["x < 2", "'&amp;'"]]
    assert [cell.text_content() for cell in parser.fromstring(table.html).find("thead/tr")] == ["A & B", "C"]
    assert (table.label, table.caption) == ("tbl-prov", "Prov.")


def test_labels_are_unlike() -> None:
    tables = [signs(FIGURES), survey(FIGURES), measuring_dates(FIGURES), table_of(STOCKHOLM), conflicts(FIGURES)]
    labels = [table.label for table in tables]
    assert len(set(labels)) == len(labels)
    assert not {label.removeprefix("tbl-") for label in labels} & set(read_table("tables", DATA)["table"])
