"""A file with tables, Excel or CSV, opened as sheets of cells; nothing in it is trusted, computed or followed."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path

from oj.errors import UserError
from oj.sources.workbook_words import is_heading
from oj.sources.xlsx import WIDEST, Cell, Sheet, read_bytes, read_tables

DELIMITERS = (";", "\t", ",")
CSV_SUFFIXES = (".csv", ".tsv", ".txt")
MOST_ROWS = 100_000


@dataclass(frozen=True)
class Book:
    """A file's name and SHA-256, its sheets by name, and whether it is text, with rows but no columns A, B."""

    file: str
    sha256: str
    sheets: Mapping[str, Sheet]
    is_text: bool = False


def letter(column: int) -> str:
    """Return the letters that Excel has for a column, 0 the first.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))


def open_book(path: Path) -> Book:
    """Return an .xlsx or a CSV file as sheets of cells; raise UserError for a file that cannot be read safely."""
    if path.suffix.lower() in CSV_SUFFIXES:
        content = read_bytes(path, path.suffix.lower())
        text = _text(content, path.name)
        if text.count("\n") > MOST_ROWS:
            raise UserError(_too_long(path.name))
        sheets = {path.name: Sheet(_csv_rows(text, path.name))}
        book = Book(path.name, sha256(content).hexdigest(), sheets, is_text=True)
    else:
        content = read_bytes(path)
        book = Book(path.name, sha256(content).hexdigest(), read_tables(path.name, content))
    if not any(sheet.rows for sheet in book.sheets.values()):
        raise UserError(f"{path.name} är tom.")
    if any(len(sheet.rows) > MOST_ROWS for sheet in book.sheets.values()):
        raise UserError(_too_long(path.name))
    return book


def _too_long(name: str) -> str:
    return f"{name} har fler än 100 000 rader och läses inte."


def _text(content: bytes, name: str) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UserError(f"{name} är en Excelfil som heter CSV. Ge den ändelsen .xlsx, eller spara den som CSV.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise UserError(f"{name} är ingen textfil i UTF-8 eller Windows-1252. Spara om den som ”CSV UTF-8”.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(f"{name} är varken UTF-8 eller Windows-1252. Spara om den som ”CSV UTF-8”.")


def _csv_rows(text: str, name: str) -> dict[int, list[Cell]]:
    """Return the rows by line number, parted by the sign that gives a row of headings with the most cells."""
    parted, broken = list[tuple[int, dict[int, list[Cell]]]](), list[UserError]()
    for delimiter in DELIMITERS:
        try:
            rows = _parted(text, delimiter, name)
        except UserError as error:
            broken.append(error)
            continue
        headings = [len(cells) for cells in rows.values() if any(is_heading(cell) for cell in cells)]
        parted.append((max(headings, default=0), rows))
    if not parted:
        raise broken[0]
    rows = max(parted, key=lambda one: one[0])[1]
    if any(len(cells) > WIDEST for cells in rows.values()):
        raise UserError(f"{name} har fler än {WIDEST} kolumner och läses inte.")
    return rows


def _parted(text: str, delimiter: str, name: str) -> dict[int, list[Cell]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: dict[int, list[Cell]] = {}
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows[line] = [cell if cell.strip() else None for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        rule = "kan inte läsas. Ett citattecken saknas eller är för mycket."
        raise UserError(f"{name} rad {reader.line_num} {rule}") from error
    widest = max((len(cells) for cells in rows.values()), default=0)
    return {number: cells + [None] * (min(widest, WIDEST + 1) - len(cells)) for number, cells in rows.items()}
