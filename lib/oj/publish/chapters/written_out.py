"""A general notebook written out for what it is about: its cells of each table of an area, or of each area."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.facts.key_figures import catalogue, key_figures
from oj.facts.params import CURRENT
from oj.publish.chapters.needs import EDITION, Cell, book_of
from oj.tidy.measures import table_names
from oj.words.frames import as_records

EACH_TABLE, EACH_AREA, ANSWERS = "each-table", "each-area", "answers"
KINDS = ("lines", "pairs")  # tags of cells with a chart of that kind
HEADING = re.compile(r"^(#+) .+ \{#sec-[\w-]+\}$", re.MULTILINE)


def written_out(notebook: dict[str, Any], area: str, folder: Path, edition: str = "") -> dict[str, Any]:
    """Return a notebook with its cells of each table of an area, or of each area, written out, and its own named.

    `edition` is aktuell for the areas of today, else those of the edition's folder are meant. What stands in a stored
    notebook is an example, which its metadata name: `{"oj": {"area": …, "table": …}}`.
    """
    example, whole = notebook["metadata"].get("oj", {}), outline(folder, edition)
    cells: list[Cell] = []
    for tag, group in groupby(notebook["cells"], key=_each):
        some = [cell for cell in group if book_of(cell) in ("", edition or EDITION)]
        if tag == EACH_AREA:
            cells += [_named(cell, {example["area"]: one}, one) for one in whole.areas for cell in some]
        elif tag == EACH_TABLE:
            for name in whole.tables[area]:
                own = [cell for cell in some if whole.is_charted(cell, name) and not whole.is_said(cell, area)]
                names = {example["table"]: name, example["area"]: area}
                cells += [_named(cell, names, whole.label(name), whole.titles[name]) for cell in own]
        else:
            cells += [_titled(cell, example, area, whole) for cell in some if _is_shown(cell, area, whole)]
    return {**notebook, "cells": cells}


@dataclass(frozen=True)
class Outline:
    """The areas of a book, with what the chapters of them are about: their tables, and the charts of each table."""

    areas: Mapping[str, str]
    tables: Mapping[str, Sequence[str]]
    titles: Mapping[str, str]
    answering: Collection[str]
    charts: Mapping[str, Sequence[str]]
    prefix: str = ""

    def label(self, name: str) -> str:
        """Return the name of a section, which is its own over all books."""
        return f"{self.prefix}{name}"

    def is_said(self, cell: Cell, area: str) -> bool:
        """Return whether a cell is only a heading that the chapter of an area has: its only table is called as it."""
        alone = not self.prefix and [self.titles[name] for name in self.tables[area]] == [self.areas[area]]
        return alone and cell["cell_type"] == "markdown" and HEADING.fullmatch("".join(cell["source"])) is not None

    def is_charted(self, cell: Cell, table: str) -> bool:
        """Return whether a cell is for a table: one of a kind of chart is where the table has such."""
        kinds = {*cell["metadata"].get("tags", [])} & {*KINDS}
        return not kinds or bool(kinds & {*self.charts.get(table, ())})


def outline(folder: Path, edition: str = "") -> Outline:
    """Return the outline of an edition's book, or of the book of today."""
    if edition == CURRENT:
        known, file = key_figures(folder), catalogue(folder)
        tables = {
            area: [*dict.fromkeys(one.table for one in known.values() if one.area == area)] for area in file.areas
        }
        return Outline(file.areas, tables, file.tables, (), file.charts, f"{CURRENT}-")
    areas = {str(row["area"]): str(row["name"]) for row in areas_of(folder)}
    asked = indicators(folder).values()
    tables = {area: [*dict.fromkeys(one.table for one in asked if one.area == area)] for area in areas}
    return Outline(areas, tables, table_names(folder), {one.area for one in asked if one.is_answer}, {})


def _each(cell: Cell) -> str:
    tags = cell["metadata"].get("tags", [])
    return next((tag for tag in (EACH_TABLE, EACH_AREA) if tag in tags), "")


def _is_shown(cell: Cell, area: str, whole: Outline) -> bool:
    """Return whether a cell is for the area: one of answers is not where it has only numbers."""
    return ANSWERS not in cell["metadata"].get("tags", []) or area in whole.answering


def _titled(cell: Cell, example: Mapping[str, str], area: str, whole: Outline) -> Cell:
    return _named(cell, {example["area"]: area}, whole.label(area), whole.areas[area]) if area else cell


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
