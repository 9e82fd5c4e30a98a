"""Every printed cell of 2015 stands in every file that a reader opens, as it was printed."""

import csv
from collections.abc import Callable
from typing import Any

import pytest

from golden import Cell, expected_cells, expected_groups
from oj.facts.catalog import indicators
from oj.present.style import ANSWER_FILLS, LACKING_FILL, REGION_FILL
from oj.words.swedish import number, percent
from oj.words.vocabulary import ANSWER_WORDS, STATUSES
from publish import read_html, read_pdf, read_word
from publish.building import Built
from publish.grids import (
    Grid,
    Spanned,
    by_title,
    differences,
    group_cells,
    result_cells,
    result_grids,
    texts_of,
    told,
    with_meaning,
)
from publish.read_html import Element
from publish.read_pdf import Pdf

FORMATS = ("html", "docx", "pdf")
COLUMNS = [
    "edition", "area", "subarea", "indicator", "title", "place", "place_name", "level", "value", "answer", "status",
    "numerator", "denominator", "display", "source",
]  # fmt: skip
Grids = Callable[[str], dict[str, Grid]]


@pytest.fixture(scope="module")
def grids(pages: dict[str, Element], word: Any, pdf: Pdf) -> Grids:
    """Return the tables of a format by caption."""
    read = {
        "html": by_title(found for page in pages.values() for found in read_html.grids_of(page)),
        "docx": by_title(read_word.grids_of(word)),
        "pdf": by_title(read_pdf.grids_of(pdf)),
    }
    return lambda name: read[name]


@pytest.fixture(scope="module")
def rows(report: Built) -> list[dict[str, str]]:
    """Return the rows of resultat.csv."""
    with (report.path / "resultat.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def test_differences_are_told() -> None:
    cells = [Cell("t", "i", place, text) for place, text in (("Solna", "Ja"), ("Ekerö", "59 %"), ("Sigtuna", ""))]
    same = [Cell("t", "i", "Solna", "Ja"), Cell("t", "i", "Ekerö", "59\u00a0%"), Cell("t", "i", "Sigtuna", "bortfall")]
    assert differences(same, cells) == []
    assert differences([same[0], same[2]], cells) == ["t / i / Ekerö: trycket ”59 %”, rapporten ingenting"]
    changed = [same[0]._replace(text="Nej"), *same[1:]]
    assert differences(changed, cells) == ["t / i / Solna: trycket ”Ja”, rapporten ['Nej']"]
    assert differences([*same, same[0]], cells) == ["t / i / Solna: trycket ”Ja”, rapporten ['Ja', 'Ja']"]
    assert differences(same, cells[1:]) == ["t / i / Solna: inte väntad"]


def test_merged_cells_stand_in_every_place() -> None:
    rows = [[Spanned("a", rows=2), Spanned("b", columns=2)], [Spanned("c"), Spanned("d")]]
    assert texts_of(rows) == [["a", "b", "b"], ["a", "c", "d"]]


def test_the_key_has_all_cells() -> None:
    assert (len(expected_cells()), len(expected_groups())) == (572, 16)


@pytest.mark.parametrize("name", FORMATS)
def test_every_cell_is_as_printed(grids: Grids, name: str) -> None:
    told(differences(result_cells(grids(name)), expected_cells()))


@pytest.mark.parametrize("name", FORMATS)
def test_every_group_is_as_printed(grids: Grids, name: str) -> None:
    told(differences(group_cells(grids(name)), with_meaning(expected_groups())))


def results_of(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows of indicators; the others are the municipalities' groups."""
    return [row for row in rows if row["subarea"] != "grupper"]


def test_every_row_of_the_csv_is_as_printed(rows: list[dict[str, str]]) -> None:
    known, own = indicators(), results_of(rows)
    shown = [Cell(known[row["indicator"]].table, row["indicator"], row["place_name"], row["display"]) for row in own]
    told(differences(shown, expected_cells()))
    assert len(own) == 572


def test_every_group_of_the_csv_is_as_printed(rows: list[dict[str, str]]) -> None:
    groups = rows[572:]
    assert [row for row in groups if row["subarea"] != "grupper" or row["area"] != "bakgrund"] == []
    shown = [Cell("grupper", row["indicator"], row["place_name"], row["display"]) for row in groups]
    told(differences(shown, expected_groups()))
    assert [row for row in groups if float(row["value"]) != float(row["display"]) or row["answer"]] == []


def test_the_csv_holds_nothing_behind_a_hidden_figure(rows: list[dict[str, str]]) -> None:
    lacking = [row for row in rows if row["status"] != "observed"]
    assert [row for row in lacking if row["value"] or row["answer"]] == []
    assert {row["display"] for row in lacking} == {"x", "bortfall"}
    assert [row for row in rows if row["status"] == "observed" and bool(row["value"]) == bool(row["answer"])] == []


def test_the_csv_says_the_same_in_figures_and_words(rows: list[dict[str, str]]) -> None:
    assert [row for row in results_of(rows) if row["display"] != _in_words(row)] == []


def _in_words(row: dict[str, str]) -> str:
    """Return what a row's own value, answer and status should be shown as."""
    indicator = indicators()[row["indicator"]]
    if row["status"] != "observed":
        return STATUSES[row["status"]].sign
    if row["answer"]:
        return ANSWER_WORDS[row["answer"]]
    write = number if indicator.scale in ("hours-per-week", "ratio") else percent
    return write(float(row["value"]), indicator.decimals)


@pytest.mark.parametrize("name", FORMATS)
def test_every_cell_has_the_colour_of_what_it_says(grids: Grids, name: str) -> None:
    answers = {ANSWER_WORDS[answer]: fill for answer, fill in ANSWER_FILLS.items()}
    wrong = []
    for table, item in result_grids(grids(name)).items():
        for row, fills in zip(item.body, item.fills, strict=True):
            region = REGION_FILL if row[0] == "Riket" or row[0].endswith(" län") else ""
            lacking = {"x": LACKING_FILL, "bortfall": LACKING_FILL}
            wanted = [region, *(lacking.get(text) or answers.get(text, region) for text in row[1:])]
            if [fill.lstrip("#").upper() for fill in wanted] != fills:
                wrong.append((table, row, fills))
    assert wrong == []


def test_the_county_alone_has_no_municipality(county_report: Built) -> None:
    """A county without municipalities' results shows the nation and itself, also in the data."""
    with (county_report.path / "resultat.csv").open(encoding="utf-8", newline="") as file:
        shown = list(csv.DictReader(file))
    assert {row["place_name"] for row in shown} == {"Riket", "Jönköpings län"}
    expected = [cell for cell in expected_cells() if cell.place_name in ("Riket", "Jönköpings län")]
    found = by_title(
        grid for path in county_report.path.glob("*.html") for grid in read_html.grids_of(read_html.read_page(path))
    )
    told(differences(result_cells(found), expected))
    printed = by_title(read_word.grids_of(read_word.read_word(county_report.path / "rapport.docx")))
    told(differences(result_cells(printed), expected))
