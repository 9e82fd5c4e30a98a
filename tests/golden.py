"""The answer key for 2015 (tests/golden/2015) as cells, for comparing with anything the project shows."""

import csv
import re
from pathlib import Path
from typing import NamedTuple

from oj.facts.catalog import in_table
from oj.facts.datapackage import read_table

SHEETS = Path(__file__).parent / "golden" / "2015"
RESULT_SHEETS = (*(f"tabell-{number:02}" for number in range(1, 13)), "bakgrund")
GROUP_SHEET = "grupper"
CLASSIFICATIONS = {"Befolkningsgrupp (1-5)": "befolkningsgrupp", "SKL:s Kommuntyp (1-10)": "kommungrupp"}


class Cell(NamedTuple):
    """One printed cell: the ids of its table and indicator (or classification), its row's place, its text."""

    table: str
    indicator: str
    place_name: str
    text: str


def sheet(name: str) -> tuple[list[str], dict[str, list[str]]]:
    """Return a sheet's column titles and its cells by place, as they are printed."""
    with (SHEETS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        (_, *titles), *rows = csv.reader(file, strict=True)
    cells = {place: row for place, *row in rows}
    assert len(cells) == len(rows), f"{name}: a place stands twice"
    return titles, cells


def sheet_tables() -> dict[str, str]:
    """Return each sheet and the id of the table that it is the key to; both stand in the same order."""
    return dict(zip(RESULT_SHEETS, read_table("tables").sort_values("order")["table"], strict=True))


def expected_cells() -> list[Cell]:
    """Return every result cell, table by table and place by place; a column is its table's indicator by position."""
    return [
        Cell(table, indicator.id, place, text)
        for name, table in sheet_tables().items()
        for place, row in sheet(name)[1].items()
        for indicator, text in zip(in_table(table), row, strict=True)
    ]


def expected_groups() -> list[Cell]:
    """Return every cell of the municipal groups, the classification where other cells have their indicator."""
    titles, cells = sheet(GROUP_SHEET)
    return [
        Cell(GROUP_SHEET, CLASSIFICATIONS[title], place, text)
        for place, row in cells.items()
        for title, text in zip(titles, row, strict=True)
    ]


def normalised(text: str) -> str:
    """Return a cell without what is only setting: any space in a number or before %; an empty cell is bortfall."""
    plain = " ".join(text.split())
    return re.sub(r"(?<=\d) (?=%|\d{3}(?!\d))", "", plain) or "bortfall"
