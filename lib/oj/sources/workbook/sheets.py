"""Every sheet of a file, opened as cells: its table found, or as its layout says where that fits it, and read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from oj.sources.files.cells import letter
from oj.sources.files.sheet import Book, Sheet
from oj.sources.files.text import decoded, parted
from oj.sources.files.xlsx import read_bytes, read_tables
from oj.sources.tables.found import found_layout
from oj.sources.tables.head import is_place_row
from oj.sources.tables.hidden import other_hidden, with_hidden
from oj.sources.tables.layout import IGNORE, UNKNOWN, Layout, Table
from oj.sources.tables.model import Facts, TableRead, refuse_more
from oj.sources.tables.read import read_long, read_wide
from oj.sources.tables.seen import Seen, see_again
from oj.sources.tables.units import other_range
from oj.sources.terms.match import Known
from oj.sources.terms.words import is_heading
from oj.words.errors import DataError, Fault, UserError, nearest

CSV_SUFFIXES = (".csv", ".tsv", ".txt")
MOST_ROWS = 100_000
Wrong = tuple[str, str, str]  # where, the value seen, the rule


def read_each(
    book: Book, kept: tuple[Layout | None, str], found: Mapping[str, Seen], facts: Facts
) -> tuple[Layout | None, list[Seen], list[TableRead]]:
    """Return how the sheets with a row for each place are read, their tables as seen, and what is read of every sheet.

    `kept` are the layout that is given, if any, and its file's name, `found` the sheets' tables.
    Raises DataError for a layout that does not fit, and TooManyError where too much is wrong.
    """
    given, file = kept
    long = {title: table for title, table in found.items() if table.is_long}
    wide = replace(book, sheets={title: sheet for title, sheet in book.sheets.items() if title not in long})
    layout, seen = _layout(wide, given, found, facts)
    if given and (wrong := [*unfit(wide, layout, seen, facts), *other_hidden(wide.sheets, layout)]):
        raise DataError([Fault(file, None, where, value, rule) for where, value, rule in wrong])
    own = [one for one in layout.sheets if not one.ignore]
    jobs = [partial(read_long, book.sheets[title], table, facts) for title, table in long.items()]
    jobs += [partial(read_wide, book.sheets[one.sheet], seen[one.sheet], one, facts) for one in own]
    return layout if wide.sheets else None, list(seen.values()), _tables(jobs)


def _layout(
    wide: Book, given: Layout | None, tables: Mapping[str, Seen], facts: Facts
) -> tuple[Layout, dict[str, Seen]]:
    """Return how the sheets with a row for each place are read, as given or found, and their tables by sheet."""
    if given:
        read = [one for one in given.sheets if not one.ignore and one.sheet in wide.sheets]
        again = {one.sheet: see_again(wide.sheets[one.sheet], one, is_text=wide.is_text) for one in read}
        return given.model_copy(update={"edition": facts.edition}), again
    found = {title: tables.get(title) for title in wide.sheets}
    layout = found_layout(found, (wide.file, facts.edition, facts.county), facts.names, facts.known)
    return with_hidden(wide.sheets, layout), {title: table for title, table in found.items() if table}


def _tables(jobs: Iterable[Callable[[], TableRead]]) -> list[TableRead]:
    """Return what is read of every sheet; raise TooManyError where too much of it is wrong."""
    tables: list[TableRead] = []
    for job in jobs:
        tables.append(job())
        refuse_more([problem for table in tables for problem in table.problems])
    return tables


def unfit(book: Book, layout: Layout, seen: Mapping[str, Seen], facts: Facts) -> list[Wrong]:
    """Return what in a layout does not fit a file: where in the layout, the value seen and the Swedish rule."""
    named = {table.sheet for table in layout.sheets}
    rule = f"bladet finns i {book.file} men inte i layouten; skriv det med ignore: true om det inte ska läsas"
    found: list[Wrong] = [("sheets", title, rule) for title in book.sheets if title not in named]
    for table in layout.sheets:
        if table.sheet not in book.sheets:
            rule = f"finns inte i {book.file}.{nearest(table.sheet, book.sheets)}"
            found.append(("sheet", table.sheet, rule))
        elif not table.ignore:
            own = seen[table.sheet]
            wrong = (*_columns(own, table, facts.known), *_left(own, table, facts), *_sizes(own, table, facts))
            found += [(f"bladet {table.sheet}, {at}", value, rule) for at, value, rule in wrong]
    return found


def _columns(seen: Seen, table: Table, known: Known) -> Iterator[Wrong]:
    for column in table.columns:
        title, where = seen.captions[column.at], f"kolumn {column.column}"
        if title != column.title:
            rule = f"är inte kolumnens rubrik i filen, som är ”{title}”. Ta bort layouten så görs en ny"
            yield where, column.title, rule
        if column.indicator not in (IGNORE, UNKNOWN) and column.indicator not in known.indicators:
            yield where, column.indicator, f"är ingen indikators id.{nearest(column.indicator, known.indicators)}"
    indicators = [column.indicator for column in table.columns if column.indicator in known.indicators]
    for name in sorted({one for one in indicators if indicators.count(one) > 1}):
        yield "columns", name, "är två kolumners indikator; skriv ignore vid den ena"


def _left(seen: Seen, table: Table, facts: Facts) -> Iterator[Wrong]:
    """Yield every column with values that the layout does not name."""
    filled = set[int]().union(*(seen.filled[row] for row in _rows(seen, table, facts)))
    for at in sorted(filled - {*table.places.values(), *(column.at for column in table.columns)}):
        rule = "har värden i filen men står inte i layouten; skriv den med indicator: ignore om den inte ska läsas"
        yield "columns", letter(at), rule


def _sizes(seen: Seen, table: Table, facts: Facts) -> Iterator[Wrong]:
    """Yield every column whose numbers are of another size than those that the layout was written for."""
    rows = _rows(seen, table, facts)
    for column in (one for one in table.columns if one.indicator != IGNORE):
        if asked := other_range([seen.rows[row][column.at] for row in rows], column.unit, column.range):
            yield f"kolumn {column.column}", column.title, asked


def _rows(seen: Seen, table: Table, facts: Facts) -> list[int]:
    places = [at for role, at in table.places.items() if role != "county"]
    return [row for row, texts in seen.texts.items() if is_place_row([texts[at] for at in places], facts.names)]


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
