"""A file with tables, Excel or CSV, opened as sheets of cells; nothing in it is trusted, computed or followed."""

from hashlib import sha256
from pathlib import Path

from oj.sources.files.sheet import Book, Sheet
from oj.sources.files.text import decoded, parted
from oj.sources.files.xlsx import read_bytes, read_tables
from oj.sources.terms.words import is_heading
from oj.words.errors import UserError

CSV_SUFFIXES = (".csv", ".tsv", ".txt")
MOST_ROWS = 100_000


def open_book(path: Path) -> Book:
    """Return an .xlsx or a CSV file as sheets of cells; raise UserError for a file that cannot be read safely."""
    if path.suffix.lower() in CSV_SUFFIXES:
        content = read_bytes(path, path.suffix.lower())
        text = decoded(content, path.name)
        if max(text.count("\n"), text.count("\r")) > MOST_ROWS:
            raise UserError(_too_long(path.name))
        sheets = {path.name: Sheet(parted(text, path.name, is_heading))}
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
