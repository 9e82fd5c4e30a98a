"""A file's tables to results, by its layout: every cell is read, or told with what is wrong with it."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from oj.facts.catalog import Indicator
from oj.facts.places import Place
from oj.sources.files.cells import CellError, index, is_empty, shown
from oj.sources.files.sheet import Book, Sheet
from oj.sources.tables.doubt import sheet_doubts
from oj.sources.tables.find import column_unit, heads_of, numeric_rows, titles_above
from oj.sources.tables.layout import IGNORE, Column, Table
from oj.sources.tables.model import Facts, Problem, Result, Spot, TableRead, refuse_more
from oj.sources.tables.result import result
from oj.sources.tables.rows import place_rows
from oj.sources.terms.cells import Unit, said
from oj.sources.terms.legend import Legend
from oj.sources.terms.match import texts_of
from oj.sources.terms.part import column_part
from oj.words.vocabulary import UNITS

UNSURE = (
    "{told}. Skriv procenttecken i cellerna, eller ange unit för kolumnen i layouten: percent (59) eller share (0,59)"
)


def read_wide(book: Book, table: Table, facts: Facts) -> TableRead:
    """Return the results of a sheet with a row for each place and a column for each indicator."""
    read, sheet = TableRead(table.sheet), book.sheets[table.sheet]
    rows = place_rows(sheet, table, facts, read)
    doubts = sheet_doubts(sheet, table, rows, read, facts)
    if doubts:
        return replace(read, problems=doubts, unread=[], others=Counter(), refused=True)
    parts = {one.column: _part(sheet, table, one, facts) for one in table.columns}
    read.problems += _unknown_columns(table, parts, facts)
    columns = [one for one in table.columns if one.indicator in facts.indicators and not parts[one.column]]
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
    at, item = index(column.column), facts.indicators[column.indicator]
    unit, unsure = _unit(sheet, table, column, rows, item)
    read.units[column.column] = unit
    filled = [row for row in rows if not is_empty(sheet.cell(row, at))]
    read.filled[column.column], read.empty[column.column] = len(filled), len(rows) - len(filled)
    read.problems += [unsure] if unsure else []
    for row, place in rows.items() if filled else ():
        spot = Spot(table.sheet, row, at)
        if (row, at) in merged:
            rule = "är sammanfogad med andra celler; dela den, så att varje kommun har sitt värde"
            found: Result | Problem | None = Problem(spot, shown(sheet.cell(row, at)), rule, item.id, place.code)
        else:
            found = _result(sheet, spot, item, place, (None if unsure else unit, facts.legend))
        if isinstance(found, Problem):
            read.problems.append(found)
            refuse_more(read.problems)
        elif found is not None:
            read.results.append(found)


def _part(sheet: Sheet, table: Table, column: Column, facts: Facts) -> str:
    """Return what in a column's heading says that it is of only a part or another year, "" where nothing does.

    A column that is no indicator is compared with the nearest: an id that is written at it would be of the whole.
    """
    near = [facts.indicators[one] for one in (column.indicator, *column.nearest) if one in facts.indicators]
    if column.indicator == IGNORE or not near:
        return ""
    own = texts_of(near[0], facts.known)
    return column_part(heads_of(sheet, table, index(column.column)), own, facts.edition)


def _unknown_columns(table: Table, parts: Mapping[str, str], facts: Facts) -> list[Problem]:
    """Return a problem for each column that is of a part, or neither an indicator nor said to be ignored."""
    found = []
    for column in table.columns:
        spot = Spot(table.sheet, table.header[1], index(column.column))
        if part := parts[column.column]:
            rule = f"gäller ”{part}”, och det är ingen indikator. Skriv ignore vid kolumnen i layouten"
            found.append(Problem(spot, column.title, rule))
            continue
        if column.indicator in facts.indicators or column.indicator == IGNORE:
            continue
        near = [f"”{facts.indicators[one].title}” ({one})" for one in column.nearest if one in facts.indicators]
        hint = f" Närmast: {'; '.join(near)}." if near else ""
        rule = f"är ingen entydig indikator.{hint} Skriv rätt id, eller ignore, vid kolumnen i layouten"
        found.append(Problem(spot, column.title or "(ingen rubrik)", rule))
    return found


def _merged_cells(sheet: Sheet, rows: Mapping[int, Place], columns: Sequence[Column]) -> set[tuple[int, int]]:
    """Return the cells with values that are merged with others: whose value it is cannot be known."""
    wanted = {index(one.column) for one in columns}
    areas = [(top, bottom, left, right) for top, bottom, left, right in sheet.merged if (top, left) != (bottom, right)]
    below = sorted(rows)
    return {
        (row, at)
        for top, bottom, left, right in areas
        for row in below[bisect_left(below, top) : bisect_right(below, bottom)]
        for at in wanted
        if left <= at <= right
    }


def _unit(
    sheet: Sheet, table: Table, column: Column, rows: Mapping[int, Place], item: Indicator
) -> tuple[Unit, Problem | None]:
    """Return the unit of a column, the layout's or by its own numbers, and what is wrong where it is unsure."""
    if column.unit:
        return column.unit, None
    at = index(column.column)
    try:
        own = numeric_rows({row: place.level for row, place in rows.items()}, item)
        above = [table.sheet, *titles_above(sheet, table.header[0])]
        return column_unit([sheet.cell(row, at) for row in own], item, column.title, above), None
    except CellError as error:
        spot = Spot(table.sheet, table.header[1], at)
        return "", Problem(spot, column.title, UNSURE.format(told=error.rule), item.id)


def _result(
    sheet: Sheet, spot: Spot, item: Indicator, place: Place, about: tuple[Unit | None, Legend]
) -> Result | Problem | None:
    """Return what a cell says, a problem, or None: a number of an unsure unit, an empty cell of no result."""
    (unit, legend), one = about, sheet.cell(spot.row, spot.column)
    answers = item.is_answer and place.level in UNITS
    try:
        found = said(one, item, answers=answers, legend=legend)
    except CellError as wrong:
        return Problem(spot, wrong.value, wrong.rule, item.id, place.code, detail=wrong.detail)
    return result(found, (spot, shown(one)), item, place, unit)
