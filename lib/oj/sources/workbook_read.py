"""A file's tables to results, by its layout: every cell is read, or told with what is wrong with it."""

from collections.abc import Mapping, Sequence

from oj.catalog import Indicator
from oj.places import Place
from oj.sources.survey_answers import CellError, is_empty, shown
from oj.sources.workbook_cells import Unit, said
from oj.sources.workbook_find import cell, column_unit, is_place_row, numeric_rows, titles_above
from oj.sources.workbook_layout import IGNORE, Column, Table
from oj.sources.workbook_legend import Legend
from oj.sources.workbook_model import Facts, Problem, Result, Spot, TableRead
from oj.sources.workbook_open import Book
from oj.sources.workbook_places import PlaceError
from oj.sources.workbook_result import result
from oj.sources.xlsx import Sheet
from oj.vocabulary import UNITS

UNSURE = (
    "{told}. Skriv procenttecken i cellerna, eller ange unit för kolumnen i layouten: percent (59) eller share (0,59)"
)


def read_wide(book: Book, table: Table, facts: Facts) -> TableRead:
    """Return the results of a sheet with a row for each place and a column for each indicator."""
    read, sheet = TableRead(table.sheet), book.sheets[table.sheet]
    read.problems += _unknown_columns(table, facts)
    columns = [one for one in table.columns if one.indicator in facts.indicators]
    rows = _place_rows(sheet, table, columns, facts, read)
    merged = _merged_cells(sheet, rows, columns)
    for column in columns:
        _read_column(sheet, table, column, rows, (facts, merged, read))
    return read


def _read_column(
    sheet: Sheet,
    table: Table,
    column: Column,
    rows: Mapping[int, Place],
    about: tuple[Facts, set[tuple[int, int]], TableRead],
) -> None:
    """Add what one column says to what is read; a column without a value is not read, which its count tells."""
    facts, merged, read = about
    at, item = number(column.column), facts.indicators[column.indicator]
    unit, unsure = _unit(sheet, table, column, rows, item)
    read.units[column.column] = unit
    filled = [row for row in rows if not is_empty(cell(sheet, row, at))]
    read.filled[column.column], read.empty[column.column] = len(filled), len(rows) - len(filled)
    read.problems += [unsure] if unsure else []
    for row, place in rows.items() if filled else ():
        spot = Spot(table.sheet, row, at)
        if (row, at) in merged:
            rule = "är sammanfogad med andra celler; dela den, så att varje kommun har sitt värde"
            found: Result | Problem | None = Problem(spot, shown(cell(sheet, row, at)), rule, item.id, place.code)
        else:
            found = _result(sheet, spot, item, place, (None if unsure else unit, facts.legend))
        if isinstance(found, Problem):
            read.problems.append(found)
        elif found is not None:
            read.results.append(found)


def number(column: str) -> int:
    """Return the place of a column that Excel has letters for, 0 the first.

    >>> number("A"), number("AB")
    (0, 27)
    """
    from openpyxl.utils import column_index_from_string

    return int(column_index_from_string(column)) - 1


def _unknown_columns(table: Table, facts: Facts) -> list[Problem]:
    """Return a problem for each column that is neither an indicator nor said to be ignored."""
    found = []
    for column in table.columns:
        if column.indicator in facts.indicators or column.indicator == IGNORE:
            continue
        near = [f"”{facts.indicators[one].title}” ({one})" for one in column.nearest if one in facts.indicators]
        hint = f" Närmast: {'; '.join(near)}." if near else ""
        rule = f"är ingen entydig indikator.{hint} Skriv rätt id, eller ignore, vid kolumnen i layouten"
        spot = Spot(table.sheet, table.header[1], number(column.column))
        found.append(Problem(spot, column.title or "(ingen rubrik)", rule))
    return found


def _place_rows(
    sheet: Sheet, table: Table, columns: Sequence[Column], facts: Facts, read: TableRead
) -> dict[int, Place]:
    """Return the rows that are about a place and have a value; what else stands below the heading is told."""
    code, name = (number(one) if one else None for one in (table.code, table.name))
    rows: dict[int, Place] = {}
    for row in (at for at in sheet.rows if at > table.header[1]):
        values = [one for one in columns if not is_empty(cell(sheet, row, number(one.column)))]
        texts = [shown(one) for one in sheet.rows[row] if not is_empty(one)]
        seen = shown(cell(sheet, row, code)) or shown(cell(sheet, row, name))
        about = is_place_row(sheet, row, code, name, facts.names)
        if row in table.skip_rows:
            read.unread.append((row, f"hoppas över enligt layouten: {texts[0]}"))
        elif not values or (not about and len(texts) == 1 and len(texts[0]) > len("redovisas ej")):
            read.unread.append((row, f"{'utan värden: ' if about else ''}{' '.join(texts[:2])}"))
        elif not seen:
            rule = "har värden men varken kod eller namn på någon kommun"
            read.problems.append(Problem(Spot(table.sheet, row), "", rule))  # what stands there may be hidden
        else:
            try:
                rows[row] = _place(sheet, table, row, facts)
                read.places.append(rows[row])
            except PlaceError as wrong:
                rule = f"{wrong.rule} Är det ingen kommun: skriv radens nummer under skip_rows i layouten"
                at = code if not is_empty(cell(sheet, row, code)) else name
                read.problems.append(Problem(Spot(table.sheet, row, at), wrong.value, rule))
    return rows


def _place(sheet: Sheet, table: Table, row: int, facts: Facts) -> Place:
    """Return a row's place; raise PlaceError where there is none, or where it is in another county than is said."""
    columns = (table.code, table.name, table.county)
    code, name, county = (cell(sheet, row, number(one)) if one else None for one in columns)
    return in_county(facts.names.find(code, name), shown(county), facts)


def in_county(place: Place, told: str, facts: Facts) -> Place:
    """Return a place; raise PlaceError where it is in another county than its row, or the whole file, says."""
    places = facts.names.places
    if place.level not in UNITS:
        return place
    own = places[place.county].name
    if told:
        county = facts.names.county(told)
        if county is None:
            raise PlaceError(told, "är inget län.")
        if county.code != place.county:
            raise PlaceError(place.name, f"ligger i {own}, men raden säger {county.name}.")
    if facts.county and facts.county != place.county:
        raise PlaceError(place.name, f"ligger i {own}, men filen gäller {places[facts.county].name}.")
    return place


def _merged_cells(sheet: Sheet, rows: Mapping[int, Place], columns: Sequence[Column]) -> set[tuple[int, int]]:
    """Return the cells with values that are merged with others: whose value it is cannot be known."""
    wanted = {number(one.column) for one in columns}
    areas = [(top, bottom, left, right) for top, bottom, left, right in sheet.merged if (top, left) != (bottom, right)]
    return {
        (row, at)
        for top, bottom, left, right in areas
        for row in rows
        if top <= row <= bottom
        for at in wanted
        if left <= at <= right
    }


def _unit(
    sheet: Sheet, table: Table, column: Column, rows: Mapping[int, Place], item: Indicator
) -> tuple[Unit, Problem | None]:
    """Return the unit of a column, the layout's or by its own numbers, and what is wrong where it is unsure."""
    if column.unit:
        return column.unit, None
    at = number(column.column)
    try:
        own = numeric_rows({row: place.level for row, place in rows.items()}, item)
        above = [table.sheet, *titles_above(sheet, table.header[0])]
        return column_unit([cell(sheet, row, at) for row in own], item, column.title, above), None
    except CellError as error:
        spot = Spot(table.sheet, table.header[1], at)
        return "", Problem(spot, column.title, UNSURE.format(told=error.rule), item.id)


def _result(
    sheet: Sheet, spot: Spot, item: Indicator, place: Place, about: tuple[Unit | None, Legend]
) -> Result | Problem | None:
    """Return what a cell says, a problem, or None: a number of an unsure unit, an empty cell of no result."""
    (unit, legend), one = about, cell(sheet, spot.row, spot.column)
    answers = item.is_answer and place.level in UNITS
    try:
        found = said(one, item, answers=answers, legend=legend)
    except CellError as wrong:
        return Problem(spot, wrong.value, wrong.rule, item.id, place.code)
    return result(found, (spot, shown(one)), item, place, unit)
