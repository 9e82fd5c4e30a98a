"""Workbooks that tests make, and what an answer says of their cells."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from conftest import DATA, DOMAIN
from oj.cli import run
from oj.facts.editions import using

Rows = Sequence[Sequence[Any]]


def book(path: Path, sheets: dict[str, Rows], merged: Sequence[str] = ()) -> Path:
    """Write a workbook; what is `merged` is so on its last sheet."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        made.worksheets[-1].merge_cells(area)
    made.save(path)
    return path


def asked_book(
    path: Path, asked: Mapping[int, Sequence[str]], places: Mapping[str, str], said: Callable[[str, str], Any]
) -> Path:
    """Write a workbook of some years' questions in one sheet; `said` gives what a place, by its code, says of one."""
    columns = [(year, title) for year, titles in asked.items() for title in titles]
    rows = [
        ["Öppna jämförelser, barn- och ungdomsvård"],
        ["", "", *(title for _year, title in columns)],
        ["Kod", "Kommun", *(year for year, _title in columns)],
        *([code, name, *(said(code, title) for _year, title in columns)] for code, name in places.items()),
    ]
    return book(path, {"Säker vård och omsorg": rows})


def read_once(home: Path, file: Path) -> Path:
    """Read a workbook in `home` in to a copy of data/ there, for all the tests of a file to have copies of both."""
    (Path(shutil.copytree(DATA, home / "data")) / "results").mkdir(exist_ok=True)
    with using(home / "data"):
        assert run(["import", str(file), "--domain", DOMAIN]) == 0
    return home


def cells(told: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    """Return the cells of an answer with some of what they say."""
    return [tuple(one[name] for name in names) for one in told["cells"]]


def faults(told: dict[str, Any]) -> dict[str, str]:
    """Return the faults by their cells."""
    return {f"{one['sheet']}!{one['cell']}": one["rule"] for one in told["faults"]}


def ranges(told: dict[str, Any]) -> dict[str, str]:
    """Return why areas are left out."""
    return {one["range"]: one["why"] for one in told["ignored"]}
