"""Whether a layout fits a file: the sheets, headings and columns that it names are there, and hold what they held."""

from collections.abc import Iterator

from oj.sources.files.cells import index, is_empty, letter
from oj.sources.files.sheet import Book, Sheet
from oj.sources.tables.find import title_of
from oj.sources.tables.head import is_place_row
from oj.sources.tables.layout import IGNORE, UNKNOWN, Layout, Table
from oj.sources.tables.model import Facts
from oj.sources.tables.range import other_range
from oj.sources.terms.match import Known
from oj.words.errors import nearest

Wrong = tuple[str, str, str]  # where, the value seen, the rule


def unfit(book: Book, layout: Layout, facts: Facts) -> list[Wrong]:
    """Return what in a layout does not fit a file: where in the layout, the value seen and the Swedish rule."""
    named = {table.sheet for table in layout.sheets}
    rule = f"bladet finns i {book.file} men inte i layouten; skriv det med ignore: true om det inte ska läsas"
    found: list[Wrong] = [("sheets", title, rule) for title in book.sheets if title not in named]
    for table in layout.sheets:
        where = f"bladet {table.sheet}"
        if table.sheet not in book.sheets:
            rule = f"finns inte i {book.file}.{nearest(table.sheet, book.sheets)}"
            found.append(("sheet", table.sheet, rule))
        elif not table.ignore:
            sheet = book.sheets[table.sheet]
            found += [(f"{where}, {at}", value, rule) for at, value, rule in _columns(sheet, table, facts.known)]
            found += [(f"{where}, {at}", value, rule) for at, value, rule in _left(sheet, table, facts)]
            found += [(f"{where}, {at}", value, rule) for at, value, rule in _sizes(sheet, table, facts)]
    return found


def _columns(sheet: Sheet, table: Table, known: Known) -> Iterator[Wrong]:
    for column in table.columns:
        title = title_of(sheet, table.header[0], table.header[1], index(column.column))
        where = f"kolumn {column.column}"
        if title != column.title:
            rule = f"är inte kolumnens rubrik i filen, som är ”{title}”. Ta bort layouten så görs en ny"
            yield where, column.title, rule
        if column.indicator not in (IGNORE, UNKNOWN) and column.indicator not in known.indicators:
            yield where, column.indicator, f"är ingen indikators id.{nearest(column.indicator, known.indicators)}"
    indicators = [column.indicator for column in table.columns if column.indicator in known.indicators]
    for name in sorted({one for one in indicators if indicators.count(one) > 1}):
        yield "columns", name, "är två kolumners indikator; skriv ignore vid den ena"


def _left(sheet: Sheet, table: Table, facts: Facts) -> Iterator[Wrong]:
    """Yield every column with values that the layout does not name."""
    told = {index(one) for one in (table.code, table.name, table.county) if one}
    told |= {index(column.column) for column in table.columns}
    rows = _rows(sheet, table, facts)
    for at in range(sheet.width):
        if at not in told and any(not is_empty(sheet.cell(row, at)) for row in rows):
            rule = "har värden i filen men står inte i layouten; skriv den med indicator: ignore om den inte ska läsas"
            yield "columns", letter(at), rule


def _sizes(sheet: Sheet, table: Table, facts: Facts) -> Iterator[Wrong]:
    """Yield every column whose numbers are of another size than those that the layout was written for."""
    rows = _rows(sheet, table, facts)
    for column in (one for one in table.columns if one.indicator != IGNORE):
        cells = [sheet.cell(row, index(column.column)) for row in rows]
        if asked := other_range(cells, column.unit, column.range):
            yield f"kolumn {column.column}", column.title, asked


def _rows(sheet: Sheet, table: Table, facts: Facts) -> list[int]:
    code, name = (index(one) if one else None for one in (table.code, table.name))
    return [row for row in sheet.rows if row > table.header[1] and is_place_row(sheet, row, code, name, facts.names)]
