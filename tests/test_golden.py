"""The results agree with the printed tables of 2015, cell by cell."""

from pathlib import Path

import pytest

from conftest import RESULTS, replace
from golden import (
    GROUP_SHEET,
    RESULT_SHEETS,
    SHEETS,
    Cell,
    expected_cells,
    expected_groups,
    normalised,
    sheet,
    sheet_tables,
)
from oj.facts.catalog import in_table, indicators
from oj.facts.datapackage import read_table
from oj.facts.params import read_parameters
from oj.facts.places import all_places
from written import results


def shown_cells(folder: Path | None = None) -> list[Cell]:
    """Return what a report with params/stockholm.yml shows, in its order."""
    params = read_parameters("Stockholm")
    frame = results(params.county, params.edition, params.municipalities, params.compare_with, folder=folder)
    known = indicators()
    return [
        Cell(known[row.indicator].table, row.indicator, row.place_name, row.display)
        for row in frame[["indicator", "place_name", "display"]].itertuples(index=False)
    ]


def differences(shown: list[Cell], expected: list[Cell]) -> list[tuple[Cell, str | None]]:
    """Return each expected cell that is shown otherwise, with what is shown (None where nothing is)."""
    texts = {cell[:3]: cell.text for cell in shown}
    assert len(texts) == len(shown), "a cell is shown twice"
    found = [(cell, texts.get(cell[:3])) for cell in expected]
    return [(cell, text) for cell, text in found if text is None or normalised(text) != normalised(cell.text)]


@pytest.fixture(scope="module")
def shown() -> list[Cell]:
    """Return what the report shows, worked out once."""
    return shown_cells()


def test_there_are_fourteen_sheets() -> None:
    assert {path.stem for path in SHEETS.glob("*.csv")} == {*RESULT_SHEETS, GROUP_SHEET}
    assert len(RESULT_SHEETS) + 1 == 14


def test_every_cell_is_shown_as_printed(shown: list[Cell]) -> None:
    expected = expected_cells()
    assert differences(shown, expected) == []
    assert len(expected) == len(shown) == 572
    assert {cell[:3] for cell in shown} == {cell[:3] for cell in expected}


def test_no_shown_cell_is_empty(shown: list[Cell]) -> None:
    """An empty cell counts as bortfall when compared, so what is shown must say it in words."""
    assert [cell for cell in shown if not cell.text.strip()] == []


@pytest.mark.parametrize("name", RESULT_SHEETS)
def test_columns_are_the_catalogues(name: str) -> None:
    """Titles and their order."""
    assert sheet(name)[0] == [indicator.title for indicator in in_table(sheet_tables()[name])]


@pytest.mark.parametrize("name", RESULT_SHEETS)
def test_rows_are_in_the_reports_order(shown: list[Cell], name: str) -> None:
    expected = list(sheet(name)[1])
    for indicator in in_table(sheet_tables()[name]):
        assert [cell.place_name for cell in shown if cell.indicator == indicator.id] == expected


def test_groups_are_as_printed() -> None:
    names = {code: place.name for code, place in all_places().items()}
    groups = read_table("groups").query("edition == '2015' and source == 'fou-nordvast-2015'")
    found = [
        Cell(GROUP_SHEET, classification, names[place], str(group))
        for classification, place, group in zip(groups["classification"], groups["place"], groups["class"], strict=True)
    ]
    assert sorted(found) == sorted(expected_groups())
    assert len(found) == 16


@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        ("2015,foraldrar-hvb,0114,,no", "2015,foraldrar-hvb,0114,,yes", ("foraldrar-hvb", "Upplands Väsby", "Ja")),
        (
            "2015,behoriga-alla,0125,,,suppressed",
            "2015,behoriga-alla,0125,,,missing",
            ("behoriga-alla", "Ekerö", "bortfall"),
        ),
    ],
)
def test_one_changed_cell_is_one_difference(data_copy: Path, old: str, new: str, cell: tuple[str, str, str]) -> None:
    replace(data_copy / RESULTS, old, new)
    found = differences(shown_cells(data_copy), expected_cells())
    assert [(want.indicator, want.place_name, normalised(str(text))) for want, text in found] == [cell]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("59%", "59%"),
        ("59 %", "59%"),
        ("59\u00a0%", "59%"),
        ("1,7\u202f%", "1,7%"),
        ("1442", "1442"),
        ("1\u00a0442", "1442"),
        ("1 234 567", "1234567"),
        ("", "bortfall"),
        ("\u00a0", "bortfall"),
        ("bortfall", "bortfall"),
        (" Ja\n", "Ja"),
        ("x (1–3)", "x (1–3)"),
        ("12 34", "12 34"),
    ],
)
def test_normalised(text: str, plain: str) -> None:
    assert normalised(text) == plain
