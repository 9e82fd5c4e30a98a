"""A picture of a sheet: every cell as it stands in the file, with how it is read."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from oj.facts.places import all_places
from oj.sources.files.cells import index, letter
from oj.words.vocabulary import ANSWER_WORDS, STATUSES

VALUE, SIGN, LEFT, FAULT = "value", "sign", "left", "fault"
KINDS = {VALUE: "läses som ett tal eller svar", SIGN: "läses som att uppgiften saknas eller är dold",
         LEFT: "läses inte", FAULT: "fel"}  # fmt: skip
ROWS, COLUMNS, AROUND = 60, 40, 1  # that are shown where not all are wanted; rows around a fault
Mark = tuple[str, str]  # how a cell is read, and what is told of it
Texts = Sequence[str]
AREA = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell, where it stands, and what it is called in the picture."""

    sheet: str
    cell: str
    value: str
    rule: str
    anchor: str


@dataclass(frozen=True)
class Cell:
    """A cell as it is shown: its text, how it is read, and what is told of it."""

    text: str
    kind: str = ""
    told: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it is shown: its columns' letters, its rows, and whether there is more of it."""

    name: str
    columns: list[str]
    rows: dict[int, list[Cell]]
    is_cut: bool
    kinds: Mapping[str, int]
    faults: int = 0  # that are told of it; one may be of many cells


def read_cells(folder: Path) -> dict[str, Any]:
    """Return what a trial told of a file's cells; nothing where it could not be read."""
    try:
        told: dict[str, Any] = json.loads((folder / "cells.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    as_table = told.get("as_table", {})
    if "error" in as_table:  # nothing of it would be read, as the trial tells
        return {**told, "cells": [], "faults": [], "ignored": []}
    return {**told, **as_table}


def faults(told: Mapping[str, Any], sheets: Sequence[str]) -> list[Fault]:
    """Return every fault of a file, in the order it was told."""
    return [
        Fault(one["sheet"], one["cell"], str(one["value"]), one["rule"], _anchor(one["sheet"], one["cell"], sheets))
        for one in told.get("faults", ())
    ]


def picture(folder: Path, told: Mapping[str, Any], *, is_whole: bool) -> list[Sheet]:
    """Return the sheets of a file as they are shown, of a large one what is at the top and around each fault."""
    texts = json.loads((folder / "sheets.json").read_text(encoding="utf-8"))
    marks: dict[str, dict[str, Mark]] = {}
    for sheet, cell, mark in _marks(told):
        marks.setdefault(sheet, {})[cell] = mark
    wrong = Counter(str(one["sheet"]) for one in told.get("faults", ()))
    shown = [
        _sheet(name, f"blad{at}", {int(row): own for row, own in texts[name].items()}, marks.get(name, {}), is_whole)
        for at, name in enumerate(texts)
    ]
    return [replace(one, faults=wrong[one.name]) for one in shown if one.rows]


def _sheet(name: str, anchor: str, texts: Mapping[int, Texts], marks: Mapping[str, Mark], is_whole: bool) -> Sheet:
    filled = {row: own for row, own in texts.items() if any(own)}
    width = max((at + 1 for own in filled.values() for at, text in enumerate(own) if text), default=0)
    shown = width if is_whole else min(width, COLUMNS)
    found = [re.search(r"\d+", cell) for cell, (kind, _told) in marks.items() if kind == FAULT]
    around = {int(one[0]) + step for one in found if one for step in range(-AROUND, AROUND + 1)}
    kept = {row for at, row in enumerate(filled) if is_whole or at < ROWS or row in around}
    letters = [letter(one) for one in range(shown)]
    rows = {
        row: [
            _cell(text, f"{anchor}-{at}{row}", marks.get(f"{at}{row}")) for at, text in zip(letters, own, strict=False)
        ]
        for row, own in filled.items()
        if row in kept
    }
    kinds = Counter(cell.kind for row in rows.values() for cell in row if cell.kind)
    return Sheet(name, letters, rows, is_cut=width > shown or len(kept) < len(filled), kinds=kinds)


def _cell(text: str, anchor: str, mark: Mark | None) -> Cell:
    kind, told = mark or ("", "")
    return Cell(text) if kind == LEFT and not text else Cell(text, kind, told, anchor)


def _anchor(sheet: str, cell: str, sheets: Sequence[str]) -> str:
    first = cell.partition(":")[0]
    return f"blad{sheets.index(sheet)}-{first}" if sheet in sheets and AREA.fullmatch(first) else ""


def _marks(told: Mapping[str, Any]) -> Iterator[tuple[str, str, Mark]]:
    """Yield how each cell is read, by sheet and cell: what is left out first, and faults last, so that they stand."""
    places = all_places()
    for one in told.get("ignored", ()):
        yield from ((one["sheet"], cell, (LEFT, f"läses inte: {one['why']}")) for cell in cells_of(one["range"]))
    for one in told.get("cells", ()):
        place = places[one["place"]].name if one["place"] in places else one["place"]
        kind = VALUE if one["status"] == "observed" else SIGN
        yield one["sheet"], one["cell"], (kind, f"{place}, {one['title']}: {said(one)}")
    for one in told.get("faults", ()):
        yield from ((one["sheet"], cell, (FAULT, one["rule"])) for cell in cells_of(one["cell"]))


def said(one: Mapping[str, Any]) -> str:
    """Return what a cell is read as, in Swedish."""
    if one["status"] != "observed":
        return STATUSES[str(one["status"])].sign
    if one.get("answer"):
        return str(ANSWER_WORDS.get(one["answer"], one["answer"]))
    return f"{one['value']:.6g}".replace(".", ",")


def cells_of(area: str) -> Iterator[str]:
    """Yield the cells of an area such as C5:D6.

    >>> list(cells_of("C5:D6"))
    ['C5', 'D5', 'C6', 'D6']
    """
    found = AREA.fullmatch(area)
    if found is None:
        return
    left, top, right, bottom = found[1], int(found[2]), found[3] or found[1], int(found[4] or found[2])
    for row in range(top, min(bottom, top + 2_000) + 1):
        yield from (f"{letter(column)}{row}" for column in range(index(left), index(right) + 1))
