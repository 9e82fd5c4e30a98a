"""A made book: the file that was written, and the right answer beside it, in the shape of `--dry-run --json`."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

Position = tuple[int, int]  # row and column, from 1
Where = tuple[str, str]  # sheet and cell


@dataclass(frozen=True)
class Right:
    """What one cell says: the place, the question, and the figure, answer or lack of one."""

    sheet: str
    cell: str
    place: str  # ends with * where the code is the reader's own: longer, below that city
    titles: tuple[str, ...]  # the column's own words; any of these is right
    period: str
    group: str
    value: float | None
    answers: tuple[str, ...]  # any of these is right; none where the cell holds no answer
    status: str
    district: str = ""  # the name of a district whose code is the reader's own

    def as_json(self) -> dict[str, Any]:
        """Return the cell as a faultless reader prints it."""
        place = self.place.replace("*", f"99{sum(map(ord, self.district))}")
        answer = self.answers[0] if self.answers else None
        return {"sheet": self.sheet, "cell": self.cell, "place": place, "title": self.titles[0], "measure": None,
                "period": self.period, "group": self.group, "value": self.value, "answer": answer,
                "status": self.status}  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """An error put into a book: where it may be told, and the figures that nobody can read because of it."""

    kind: str
    sheet: str
    cell: str  # where it was put
    told: frozenset[str]  # the cells of the sheet where it may be told
    spoiled: frozenset[str]  # the cells that must not be read

    def as_json(self) -> dict[str, str]:
        """Return the fault as a faultless reader prints it."""
        return {"sheet": self.sheet, "cell": self.cell, "value": "", "rule": self.kind}


@dataclass
class MadeBook:
    """A written file with its right answer."""

    path: Path
    manner: str
    seed: int
    domain: str
    editions: tuple[str, ...]
    edition: str | None = None  # to be given as --edition, where the file does not say the year
    yearless: bool = False  # nobody says the year: the reader asks, and reads nothing
    cells: list[Right] = field(default_factory=list)
    ignored: list[Where] = field(default_factory=list)  # sheet and range, left out with a word
    errors: list[Planted] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return what the book is called when somebody is to make it again."""
        return f"{self.manner}, seed {self.seed}"

    def as_json(self) -> dict[str, Any]:
        """Return the answer of a faultless reader."""
        left_out = [{"sheet": sheet, "range": area, "why": "lämnas ute"} for sheet, area in self.ignored]
        spoiled = [{"sheet": one.sheet, "range": cell, "why": one.kind}
                   for one in self.errors for cell in sorted(one.spoiled - {one.cell})]  # fmt: skip
        faults = [one.as_json() for one in self.errors]
        if self.yearless:
            faults.append({"sheet": "", "cell": "A1", "value": "", "rule": "no year"})
        return {
            "file": self.path.name, "domain": self.domain, "editions": list(self.editions),
            "cells": [one.as_json() for one in self.cells], "ignored": left_out + spoiled,
            "faults": faults, "new_measures": [],
        }  # fmt: skip


def named(position: Position) -> str:
    """Return a position as a spreadsheet names it: B7."""
    return f"{get_column_letter(position[1])}{position[0]}"
