"""Workbooks that tests make, and what an answer says of their cells."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

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


def cells(told: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    """Return the cells of an answer with some of what they say."""
    return [tuple(one[name] for name in names) for one in told["cells"]]


def faults(told: dict[str, Any]) -> dict[str, str]:
    """Return the faults by their cells."""
    return {f"{one['sheet']}!{one['cell']}": one["rule"] for one in told["faults"]}


def ranges(told: dict[str, Any]) -> dict[str, str]:
    """Return why areas are left out."""
    return {one["range"]: one["why"] for one in told["ignored"]}
