"""Where the tables of a file are, and what their columns are: found by what stands in it, never assumed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from oj.catalog import Indicator
from oj.sources.survey_answers import CellError, is_empty, shown
from oj.sources.workbook_cells import Unit, is_share, said, unit_of
from oj.sources.workbook_layout import UNKNOWN, Column, Layout, Table
from oj.sources.workbook_match import Known, Match, match
from oj.sources.workbook_open import Book, letter
from oj.sources.workbook_places import CODE, Names, PlaceError
from oj.sources.workbook_words import is_code_heading, is_county_heading, is_name_heading, plain, unit_told
from oj.sources.xlsx import Cell, Sheet
from oj.vocabulary import UNITS

MOST_LEVELS = 6  # rows that a heading may have
FURTHEST = 200  # rows that are looked through for a heading


@dataclass(frozen=True)
class Head:
    """A table's heading: its first and last row, and where codes, names and counties stand (None where nowhere)."""

    first: int
    last: int
    code: int | None
    name: int | None
    county: int | None

    @property
    def places(self) -> set[int]:
        """The columns that say which place a row is about."""
        return {at for at in (self.code, self.name, self.county) if at is not None}


def cell(sheet: Sheet, row: int, column: int | None) -> Cell:
    """Return a cell, None where there is none."""
    cells = sheet.rows.get(row, [])
    return cells[column] if column is not None and column < len(cells) else None


def found_layout(book: Book, edition: str, county: str, names: Names, known: Known) -> Layout:
    """Return how a file would be read: every sheet with its table, or that it has none."""
    tables = []
    for title, sheet in book.sheets.items():
        head = find_head(sheet, names)
        tables.append(_table(title, sheet, head, names, known) if head else Table(sheet=title, ignore=True))
    return Layout(file=book.file, edition=edition, county=county, sheets=tables)


def find_head(sheet: Sheet, names: Names) -> Head | None:
    """Return the heading above the first row that is about a place: the row with the column of codes, or of names."""
    for row in [number for number in sheet.rows if number <= FURTHEST]:
        found = _columns(sheet, row)
        if found is None:
            continue
        code, name, county = found
        below = [at for at in sheet.rows if row < at <= row + MOST_LEVELS + 2]
        if any(is_place_row(sheet, at, code, name, names) for at in below):
            data = next(at for at in below if _says_place(sheet, at, code, name))
            first = _first_level(sheet, row, {at for at in found if at is not None})
            return Head(first, max(at for at in sheet.rows if at < data), code, name, county)
    return None


def _says_place(sheet: Sheet, row: int, code: int | None, name: int | None) -> bool:
    """Return whether a row below a heading is no more of the heading: it has something where the places stand."""
    told = [one for at in (code, name) if not is_empty(one := cell(sheet, row, at))]
    return any(not (is_code_heading(one) or is_name_heading(one)) for one in told)


def _columns(sheet: Sheet, row: int) -> tuple[int | None, int | None, int | None] | None:
    cells = sheet.rows[row]
    code = next((at for at, one in enumerate(cells) if is_code_heading(one)), None)
    name = next((at for at, one in enumerate(cells) if is_name_heading(one)), None)
    county = next((at for at, one in enumerate(cells) if is_county_heading(one)), None)
    if code is None and name is None:
        return None
    return code, name, county


def is_place_row(sheet: Sheet, row: int, code: int | None, name: int | None, names: Names) -> bool:
    """Return whether a row is about a place, known or not: it has a number for a code, or a name that is known."""
    said_code, told = shown(cell(sheet, row, code)), shown(cell(sheet, row, name))
    return bool(CODE.fullmatch(said_code)) or any(names.named(text) is not None for text in (told, said_code) if text)


def _first_level(sheet: Sheet, row: int, places: set[int]) -> int:
    """Return the first row of the heading: rows above belong to it that have several cells, none over the places."""
    first = row
    while first - 1 in sheet.rows and row - first < MOST_LEVELS:
        cells = enumerate(sheet.rows[first - 1])
        filled = [at for at, one in cells if not is_empty(one) and not _is_place_heading(sheet, first - 1, at)]
        wide = any(top == first - 1 and right > left for top, _bottom, left, right in sheet.merged)
        if not filled or min(filled) <= max(places) or (len(filled) == 1 and not wide):
            break
        first -= 1
    return first


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


def _has_heading(sheet: Sheet, first: int, last: int, column: int) -> bool:
    """Return whether something stands over a column, by itself or merged over several."""
    if any(not is_empty(cell(sheet, row, column)) for row in range(first, last + 1)):
        return True
    return any(top <= last and bottom >= first and left <= column <= right for top, bottom, left, right in sheet.merged)


def _heading(sheet: Sheet, row: int, column: int, lowest: bool) -> Cell:
    """Return what stands over a column on one level; what is written once over several, to the left of it."""
    for top, bottom, left, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return cell(sheet, top, left)
    own = cell(sheet, row, column)
    if not is_empty(own) or lowest:
        return own
    covered = {at for top, bottom, left, right in sheet.merged if top <= row <= bottom for at in range(left, right + 1)}
    earlier = next((at for at in range(column, -1, -1) if at in covered or not is_empty(cell(sheet, row, at))), None)
    if earlier is None or earlier in covered or _is_place_heading(sheet, row, earlier):
        return None
    return sheet.rows[row][earlier]


def _is_place_heading(sheet: Sheet, row: int, column: int) -> bool:
    one = cell(sheet, row, column)
    return is_code_heading(one) or is_name_heading(one) or is_county_heading(one)


def title_of(sheet: Sheet, first: int, last: int, column: int) -> str:
    """Return a column's headings on one line, as the layout file has them."""
    return " | ".join(plain(text) for text in levels(sheet, first, last, column))


def titles_above(sheet: Sheet, first: int) -> list[str]:
    """Return the texts above a table's heading."""
    return [plain(shown(one)) for row, cells in sheet.rows.items() if row < first for one in cells if not is_empty(one)]


def _table(title: str, sheet: Sheet, head: Head, names: Names, known: Known) -> Table:
    rows = _levels_of_rows(sheet, head, names)
    above = [title, *titles_above(sheet, head.first)]
    columns = []
    for at in (at for at in range(max(map(len, sheet.rows.values()))) if at not in head.places):
        told = levels(sheet, head.first, head.last, at)
        if all(is_empty(cell(sheet, row, at)) for row in rows) and not (
            told and at < len(sheet.rows.get(head.last, []))
        ):
            continue
        found = match(told, above, known)
        item = known.indicators.get(found.indicator)
        own = rows if item is None else numeric_rows(rows, item)
        cells = [cell(sheet, row, at) for row in own]
        columns.append(_column(letter(at), title_of(sheet, head.first, head.last, at), found, (cells, above), known))
    code, name, county = ("" if at is None else letter(at) for at in (head.code, head.name, head.county))
    rows_of_head = [head.first, head.last]
    return Table(sheet=title, header=rows_of_head, code=code, name=name, county=county, columns=columns)


def _levels_of_rows(sheet: Sheet, head: Head, names: Names) -> dict[int, str]:
    """Return the rows that are about a place with its level, "" where it is not known."""
    rows = {}
    for row in (at for at in sheet.rows if at > head.last and is_place_row(sheet, at, head.code, head.name, names)):
        try:
            rows[row] = names.find(cell(sheet, row, head.code), cell(sheet, row, head.name)).level
        except PlaceError:
            rows[row] = ""  # told when the row is read
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
