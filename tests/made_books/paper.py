"""A sheet to write on, cell by cell, and the ways to save sheets: a workbook or a CSV file."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from made_books.book import Position, named


@dataclass
class Paper:
    """A sheet: what each cell holds, its number format, and which areas are merged."""

    name: str
    cells: dict[Position, Any] = field(default_factory=dict)
    formats: dict[Position, str] = field(default_factory=dict)
    merged: list[tuple[Position, Position]] = field(default_factory=list)

    def put(self, position: Position, raw: Any, number_format: str = "") -> None:
        """Write one cell."""
        if raw is not None and raw != "":
            self.cells[position] = raw
        else:
            self.cells.pop(position, None)
        self.formats.pop(position, None)
        if number_format:
            self.formats[position] = number_format

    def lines(self, top: int, left: int, texts: Sequence[Any]) -> int:
        """Write texts below each other; return the row after them."""
        for step, text in enumerate(texts):
            for aside, one in enumerate(text if isinstance(text, tuple) else (text,)):
                self.put((top + step, left + aside), one)
        return top + len(texts)

    @property
    def bottom(self) -> int:
        """Return the last row that holds anything."""
        return max((row for row, _ in self.cells), default=0)


def save_workbook(papers: Sequence[Paper], path: Path) -> None:
    """Save sheets as .xlsx; formulas get no saved value."""
    book = Workbook()
    for number, paper in enumerate(papers):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = paper.name
        for (row, column), raw in sorted(paper.cells.items()):
            cell = sheet.cell(row, column, raw)
            cell.number_format = paper.formats.get((row, column), cell.number_format)
        for first, last in paper.merged:
            sheet.merge_cells(f"{named(first)}:{named(last)}")
    book.save(path)


def as_text(raw: Any) -> str:
    """Return a cell as a Swedish spreadsheet writes it to CSV."""
    if isinstance(raw, date):
        return f"{raw:%Y-%m-%d}"
    return str(raw).replace(".", ",") if isinstance(raw, float) else str(raw)


def save_csv(paper: Paper, path: Path, encoding: str = "cp1252") -> None:
    """Save a sheet as semicolon CSV."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    last = max(column for _, column in paper.cells)
    for row in range(1, paper.bottom + 1):
        writer.writerow([as_text(paper.cells.get((row, column), "")) for column in range(1, last + 1)])
    path.write_bytes(text.getvalue().encode(encoding))
