"""A general notebook written out for what it is about: its cells of each table of an area, or of each area."""

import re
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from oj.facts.catalog import in_area
from oj.facts.datapackage import read_table
from oj.words.frames import as_records

EACH_TABLE, EACH_AREA, ANSWERS = "each-table", "each-area", "answers"
HEADING = re.compile(r"^(#+) .+ \{#sec-[\w-]+\}$", re.MULTILINE)
Cell = dict[str, Any]


def written_out(notebook: dict[str, Any], area: str, folder: Path) -> dict[str, Any]:
    """Return a notebook with its cells of each table of an area, or of each area, written out, and its own named.

    What stands in a stored notebook is an example, which its metadata name: `{"oj": {"area": …, "table": …}}`.
    """
    example = notebook["metadata"].get("oj", {})
    areas = {str(row["area"]): str(row["name"]) for row in areas_of(folder)}
    cells: list[Cell] = []
    for tag, group in groupby(notebook["cells"], key=_each):
        some = list(group)
        if tag == EACH_AREA:
            cells += [_named(cell, {example["area"]: one}, one) for one in areas for cell in some]
        elif tag == EACH_TABLE:
            for name, title in _tables(area, folder).items():
                cells += [_named(cell, {example["table"]: name, example["area"]: area}, name, title) for cell in some]
        else:
            cells += [_titled(cell, example, area, areas) for cell in some if _is_shown(cell, area, folder)]
    return {**notebook, "cells": cells}


def _each(cell: Cell) -> str:
    tags = cell["metadata"].get("tags", [])
    return next((tag for tag in (EACH_TABLE, EACH_AREA) if tag in tags), "")


def _tables(area: str, folder: Path) -> dict[str, str]:
    """Return an area's tables in order, with their short titles."""
    titles = read_table("tables", folder).set_index("table")["short"]
    return {name: str(titles[name]) for name in dict.fromkeys(item.table for item in in_area(area, folder))}


def _is_shown(cell: Cell, area: str, folder: Path) -> bool:
    """Return whether a cell is for the area: one of answers is not where it has only numbers."""
    return ANSWERS not in cell["metadata"].get("tags", []) or any(item.is_answer for item in in_area(area, folder))


def _titled(cell: Cell, example: Mapping[str, str], area: str, areas: Mapping[str, str]) -> Cell:
    return _named(cell, {example["area"]: area}, area, areas[area]) if area else cell


def _named(cell: Cell, names: Mapping[str, str], name: str, title: str = "") -> Cell:
    """Return a cell with the names of the example as those that it is for, and its heading."""
    text = "".join(cell["source"])
    for before, after in names.items():
        text = text.replace(f'"{before}"', f'"{after}"').replace(f"/{before}.html", f"/{after}.html")
    if title and cell["cell_type"] == "markdown":
        text = HEADING.sub(lambda found: f"{found[1]} {title} {{#sec-{name}}}", text)
    return {**cell, "id": f"{cell['id']}-{name}"[:64], "source": text.splitlines(keepends=True)}


def is_general(notebook: Mapping[str, Any]) -> bool:
    """Return whether a notebook has cells that are written out once for each table or area."""
    return any(_each(cell) for cell in notebook["cells"])


def areas_of(folder: Path) -> list[dict[str, Any]]:
    """Return an edition's areas in order, as rows of `areas.csv`."""
    rows: list[dict[str, Any]] = as_records(read_table("areas", folder).sort_values("order"))
    return rows
