"""Whether a layout fits a file: the sheets, headings and columns that it names are there, and hold what they held."""

from collections.abc import Iterator, Mapping

from oj.sources.files.cells import letter
from oj.sources.files.sheet import Book
from oj.sources.tables.head import is_place_row
from oj.sources.tables.layout import IGNORE, UNKNOWN, Layout, Table
from oj.sources.tables.model import Facts
from oj.sources.tables.seen import Seen
from oj.sources.tables.units import other_range
from oj.sources.terms.match import Known
from oj.words.errors import nearest

Wrong = tuple[str, str, str]  # where, the value seen, the rule


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
        title, where = seen.title(column.at), f"kolumn {column.column}"
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
