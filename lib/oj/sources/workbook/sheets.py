"""Every sheet of a file, opened as cells: its table found, or as its layout says where that fits it, and read."""

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path

from oj.sources.files.cells import LONGEST, Book, Sheet
from oj.sources.files.edge import read_bytes
from oj.sources.files.text import decoded, parted
from oj.sources.files.xlsx import read_sheets
from oj.sources.tables.found import found_layout, unfit
from oj.sources.tables.layout import Layout
from oj.sources.tables.model import Facts, TableRead, refuse_more
from oj.sources.tables.read import read_long, read_wide, see_again
from oj.sources.tables.seen import Seen
from oj.sources.terms.words import is_heading
from oj.words.errors import DataError, Fault, UserError

CSV_SUFFIXES = (".csv", ".tsv", ".txt")


def open_book(path: Path) -> Book:
    """Return an .xlsx or a CSV file as sheets of cells; raise UserError for a file that cannot be read safely."""
    name, suffix = path.name, path.suffix.lower()
    too_long = UserError(f"{name} har fler än 100 000 rader och läses inte.")
    is_text = suffix in CSV_SUFFIXES
    content = read_bytes(path, suffix if is_text else ".xlsx")
    if is_text:
        text = decoded(content, name)
        if max(text.count("\n"), text.count("\r")) > LONGEST:
            raise too_long
        sheets = {name: Sheet(parted(text, name, is_heading))}
    else:
        sheets = read_sheets(name, content)
    if not any(sheet.rows for sheet in sheets.values()):
        raise UserError(f"{name} är tom.")
    if any(len(sheet.rows) > LONGEST for sheet in sheets.values()):
        raise too_long
    return Book(name, sha256(content).hexdigest(), sheets, is_text=is_text)


def read_each(
    book: Book, kept: tuple[Layout | None, str], found: Mapping[str, Seen], facts: Facts
) -> tuple[Layout | None, list[str], list[TableRead]]:
    """Return how the sheets with a row for each place are read, their titles, and what is read of every sheet.

    `kept` are the layout that is given, if any, and its file's name, `found` the sheets' tables.
    Raises DataError for a layout that does not fit, and TooManyError where too much is wrong.
    """
    given, file = kept
    wide = {title: sheet for title, sheet in book.sheets.items() if title not in found or not found[title].is_long}
    if given:
        layout = given.model_copy(update={"edition": facts.edition})
        own = [one for one in layout.sheets if not one.ignore and one.sheet in wide]
        seen = {one.sheet: see_again(wide[one.sheet], one, is_text=book.is_text) for one in own}
        if wrong := unfit(book.file, wide, layout, seen, facts):
            raise DataError([Fault(file, None, where, value, rule) for where, value, rule in wrong])
    else:
        seen = {title: found[title] for title in wide if title in found}
        layout = found_layout(book.file, wide, seen, facts)
    jobs: list[Callable[[], TableRead]] = [
        partial(read_long, book.sheets[title], table, facts) for title, table in found.items() if table.is_long
    ]
    jobs += [
        partial(read_wide, wide[one.sheet], seen[one.sheet], one, facts) for one in layout.sheets if not one.ignore
    ]
    tables: list[TableRead] = []
    for job in jobs:
        tables.append(job())
        refuse_more([problem for table in tables for problem in table.problems])
    return layout if wide else None, [title for one in seen.values() for title in one.titles[:1]], tables
