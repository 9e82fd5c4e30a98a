"""Where the tables of a file are, and what their columns are: found by what stands in it, never assumed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from oj.facts.catalog import Indicator
from oj.sources.files.cells import Cell, CellError, is_empty, letter, shown
from oj.sources.files.sheet import Book, Sheet
from oj.sources.tables.head import Head, find_head, is_place_heading, is_place_row
from oj.sources.tables.layout import IGNORE, UNKNOWN, Column, Layout, Table
from oj.sources.tables.model import refuse_many
from oj.sources.tables.range import range_of
from oj.sources.terms.cells import Unit, is_share, said, unit_of
from oj.sources.terms.match import Known, Match, match, texts_of
from oj.sources.terms.part import column_part, is_all, is_dimension, is_year_heading
from oj.sources.terms.places import Names, PlaceError
from oj.sources.terms.words import plain, unit_told
from oj.words.vocabulary import UNITS


def found_layout(book: Book, edition: str, county: str, names: Names, known: Known) -> Layout:
    """Return how a file would be read: every sheet with its table, or that it has none."""
    tables = []
    for title, sheet in book.sheets.items():
        head = find_head(sheet, names)
        tables.append(_table(title, sheet, head, (edition, names, known)) if head else Table(sheet=title, ignore=True))
    return Layout(file=book.file, edition=edition, county=county, sheets=tables)


def levels(sheet: Sheet, first: int, last: int, column: int) -> list[str]:
    """Return a column's headings, the uppermost first; what is merged says the same for all that it covers."""
    told: list[str] = []
    if not _has_heading(sheet, first, last, column):
        return told
    for row in range(first, last + 1):
        text = shown(_heading(sheet, row, column, row == last))
        if text and (not told or told[-1] != text):
            told.append(text)
    return told


def heads_of(sheet: Sheet, table: Table, column: int) -> list[str]:
    """Return a column's headings in a table, the uppermost first."""
    return levels(sheet, table.header[0], table.header[1], column)


def _has_heading(sheet: Sheet, first: int, last: int, column: int) -> bool:
    """Return whether something stands over a column, by itself or merged over several."""
    if any(not is_empty(sheet.cell(row, column)) for row in range(first, last + 1)):
        return True
    return any(top <= last and bottom >= first and left <= column <= right for top, bottom, left, right in sheet.merged)


def _heading(sheet: Sheet, row: int, column: int, lowest: bool) -> Cell:
    """Return what stands over a column on one level; what is written once over several, to the left of it."""
    for top, bottom, left, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return sheet.cell(top, left)
    own = sheet.cell(row, column)
    if not is_empty(own) or lowest:
        return own
    covered = {at for top, bottom, left, right in sheet.merged if top <= row <= bottom for at in range(left, right + 1)}
    earlier = next((at for at in range(column, -1, -1) if at in covered or not is_empty(sheet.cell(row, at))), None)
    if earlier is None or earlier in covered or is_place_heading(sheet.cell(row, earlier)):
        return None
    return sheet.rows[row][earlier]


def title_of(sheet: Sheet, first: int, last: int, column: int) -> str:
    """Return a column's headings on one line, as the layout file has them."""
    return " | ".join(plain(text) for text in levels(sheet, first, last, column))


def titles_above(sheet: Sheet, first: int) -> list[str]:
    """Return the texts above a table's heading."""
    return [plain(shown(one)) for row, cells in sheet.rows.items() if row < first for one in cells if not is_empty(one)]


def _table(title: str, sheet: Sheet, head: Head, about: tuple[str, Names, Known]) -> Table:
    edition, names, known = about
    rows = _levels_of_rows(sheet, head, names)
    above = [title, *titles_above(sheet, head.first)]
    columns = []
    for at in (at for at in range(sheet.width) if at not in head.places):
        told = levels(sheet, head.first, head.last, at)
        if all(is_empty(sheet.cell(row, at)) for row in rows) and not (
            told and at < len(sheet.rows.get(head.last, []))
        ):
            continue
        heading = title_of(sheet, head.first, head.last, at)
        if says_no_more(told, [sheet.cell(row, at) for row in rows], edition):
            columns.append(Column(column=letter(at), title=heading, indicator=IGNORE))
            continue
        found = match(told, above, known)
        item = known.indicators.get(found.indicator)
        if item and column_part(told, texts_of(item, known), edition):
            found, item = Match("", "", (found.indicator,)), None
        own = rows if item is None else numeric_rows(rows, item)
        one = _column(letter(at), heading, found, ([sheet.cell(row, at) for row in own], above), known)
        columns.append(one.model_copy(update=range_of([sheet.cell(row, at) for row in rows])))
    code, name, county = ("" if at is None else letter(at) for at in (head.code, head.name, head.county))
    rows_of_head = [head.first, head.last]
    return Table(sheet=title, header=rows_of_head, code=code, name=name, county=county, columns=columns)


def says_no_more(levels: Sequence[str], cells: Sequence[Cell], edition: str) -> bool:
    """Return whether a column says nothing that changes what its rows are of: places again, ”Totalt”, the edition.

    >>> says_no_more(["Kön"], ["Totalt"], "2015"), says_no_more(["Kön"], ["Flickor"], "2015")
    (True, False)
    """
    texts = [shown(one) for one in cells]
    if any(is_place_heading(level) for level in levels):
        return True  # that they are the same places is seen where the rows are read
    if any(is_year_heading(level) for level in levels):
        return all(text in ("", edition) for text in texts)
    return any(is_dimension(level) for level in levels) and any(texts) and all(map(is_all, texts))


def _levels_of_rows(sheet: Sheet, head: Head, names: Names) -> dict[int, str]:
    """Return the rows that are about a place with its level, "" where it is not known."""
    rows, unknown = dict[int, str](), dict[str, None]()
    for row in (at for at in sheet.rows if at > head.last and is_place_row(sheet, at, head.code, head.name, names)):
        try:
            rows[row] = names.find(sheet.cell(row, head.code), sheet.cell(row, head.name)).level
        except PlaceError:
            rows[row] = ""  # told when the row is read
            unknown[shown(sheet.cell(row, head.name)) or shown(sheet.cell(row, head.code))] = None
            refuse_many(unknown)
    return rows


def numeric_rows(rows: Mapping[int, str], item: Indicator) -> list[int]:
    """Return the rows, given with their levels, where an indicator has numbers: not where its answers stand."""
    return [row for row, level in rows.items() if not (item.is_answer and level in UNITS)]


def _column(column: str, title: str, found: Match, stands: tuple[list[Cell], list[str]], known: Known) -> Column:
    cells, above = stands
    if not found.indicator:
        return Column(column=column, title=title, indicator=UNKNOWN, nearest=list(found.nearest))
    try:
        unit = column_unit(cells, known.indicators[found.indicator], title, above)
    except CellError:
        unit = ""  # told when the column is read
    return Column(column=column, title=title, indicator=found.indicator, unit=unit)


def column_unit(cells: Sequence[Cell], indicator: Indicator, title: str, above: Sequence[str] = ()) -> Unit:
    """Return the unit of a column's numbers, "" where it has none; raise CellError where it cannot be decided.

    `title` stands over the column, `above` over the table.
    """
    numbers = []
    for one in cells:
        with suppress(CellError):  # what is no value is told with its cell
            found = said(one, indicator, answers=False)
            if found and found.number is not None:
                numbers.append(found)
    if not is_share(indicator):
        return "number"
    return unit_of(numbers, unit_told(title, above))
