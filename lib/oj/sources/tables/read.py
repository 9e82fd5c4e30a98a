"""The tables of a file to results: each becomes lines, and every line is read, or told with what is wrong with it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from oj.sources.files.cells import Book, Sheet
from oj.sources.tables.doubt import sheet_doubts
from oj.sources.tables.found import found_layout, unfit
from oj.sources.tables.hidden import DECIDE, hidden_in, problems, read_of, without, without_columns
from oj.sources.tables.layout import IGNORE, LEAVE_OUT, Column, Layout, Table
from oj.sources.tables.lines import contradicted, long_doubts, long_lines, others_of, wide_lines
from oj.sources.tables.model import Facts, Problem, Spot, TableRead, refuse_more
from oj.sources.tables.places import place_rows
from oj.sources.tables.reader import Told, read_lines
from oj.sources.tables.seen import Head, Seen, see
from oj.sources.terms.cells import Unit
from oj.sources.terms.edition import column_part
from oj.sources.terms.match import texts_of
from oj.words.errors import DataError, Fault

UNSURE = (
    "{told}. Skriv procenttecken i cellerna, eller ange unit för kolumnen i layouten: percent (59) eller share (0,59)"
)
MEND = "{told}. Skriv procenttecken i cellerna, eller lägg till kolumnen enhet med procent eller andel 0–1 på varje rad"


def see_again(sheet: Sheet, table: Table, *, is_text: bool) -> Seen:
    """Return a sheet's table as its layout says where it is."""
    first, last = table.header
    return see(replace(sheet, least=table.width), table.sheet, Head(first, last, table.places), is_text=is_text)


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
        if wrong := unfit(wide, layout, seen, facts):
            raise DataError([Fault(file, None, where, value, rule) for where, value, rule in wrong])
    else:
        seen = {title: found[title] for title in wide if title in found}
        layout = found_layout(wide, seen, facts)
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


def read_long(sheet: Sheet, seen: Seen, facts: Facts) -> TableRead:
    """Return the results of a table with a row for each indicator and place; what is hidden of it is told."""
    read, columns = TableRead(seen.name), seen.columns
    hidden = read_of(seen.hidden, set(range(len(seen.heads))) - set(columns.values()))
    read.problems += problems(hidden, seen.name, seen.first, seen.lowest)
    if hidden.sheet or hidden.columns:
        return read
    if hidden.rows:
        head = Head(seen.first, seen.last, columns, is_long=True)
        seen = see(without(sheet, hidden, seen.last), seen.name, head, is_text=seen.is_text)
    others = others_of(seen)
    if doubts := long_doubts(seen, others, facts):
        return replace(read, problems=doubts, refused=True)
    read.unread += [(seen.first, f"kolumner som inte läses: {', '.join(others.values())}")] if others else []
    lines = long_lines(seen, others, facts, read)
    read.places += dict.fromkeys(line.place for line in lines)
    column = columns["value" if "value" in columns else "answer"]
    heading = next((text for _row, at, text in seen.head_texts if at == columns.get("value")), "")
    given: Unit = "share" if heading.casefold() == "value" else ""  # as in resultat.csv
    read_lines(lines, Told(MEND, {column: heading}, {column: given}, [seen.name, *seen.titles]), facts.legend, read)
    if doubts := contradicted(read.results, seen.name):
        return replace(read, results=[], problems=doubts, refused=True)
    return read


def read_wide(sheet: Sheet, seen: Seen, table: Table, facts: Facts) -> TableRead:
    """Return the results of a sheet's table; what is hidden of it is read or left out as the layout says, or asked."""
    hidden = hidden_in(seen.hidden, table)
    if not str(hidden) or table.hidden == "read":
        return _read_wide(seen, table, facts)
    read = TableRead(table.sheet)
    if not hidden.sheet:
        left = without_columns(table, hidden)
        again = see_again(without(sheet, hidden, table.header[1]), left, is_text=seen.is_text)
        read = _read_wide(again, left, facts)
    if table.hidden == LEAVE_OUT:
        read.unread.append((table.header[0], f"dolt i Excel, läses inte enligt layouten: {hidden}"))
    else:
        read.problems += problems(hidden, table.sheet, table.header[1], seen.lowest, f"{DECIDE}hidden_parts: {hidden}")
    return read


def _read_wide(seen: Seen, table: Table, facts: Facts) -> TableRead:
    """Return the results of a table with a row for each place and a column for each indicator."""
    read = TableRead(table.sheet)
    rows = place_rows(seen, table, facts, read)
    if doubts := sheet_doubts(seen, table, rows, read, facts):
        return replace(read, problems=doubts, unread=[], others=Counter(), refused=True)
    parts = {one.column: _part(seen.heads[one.at], one, facts) for one in table.columns}
    read.problems += _unknown_columns(table, parts, facts)
    columns = [one for one in table.columns if one.indicator in facts.indicators and not parts[one.column]]
    for one in columns:
        filled = sum(one.at in seen.filled[row] for row in rows)
        read.filled[one.column], read.empty[one.column] = filled, len(rows) - filled
    columns = [one for one in columns if read.filled[one.column]]  # one without a value is not read
    titles, given = {one.at: one.title for one in columns}, {one.at: one.unit for one in columns}
    told = Told(UNSURE, titles, given, [seen.name, *seen.titles], seen.last)
    units = read_lines(wide_lines(seen, columns, rows, facts), told, facts.legend, read)
    read.units |= {one.column: units[one.at, one.indicator] or "" for one in columns}
    return read


def _part(heads: Sequence[str], column: Column, facts: Facts) -> str:
    """Return what in a column's headings says that it is of only a part or another year, "" where nothing does.

    A column that is no indicator is compared with the nearest: an id that is written at it would be of the whole.
    """
    near = [facts.indicators[one] for one in (column.indicator, *column.nearest) if one in facts.indicators]
    if column.indicator == IGNORE or not near:
        return ""
    return column_part(heads, texts_of(near[0], facts.known), facts.edition)


def _unknown_columns(table: Table, parts: Mapping[str, str], facts: Facts) -> list[Problem]:
    """Return a problem for each column that is of a part, or neither an indicator nor said to be ignored."""
    found = []
    for column in table.columns:
        spot = Spot(table.sheet, table.header[1], column.at)
        if part := parts[column.column]:
            rule = f"gäller ”{part}”, och det är ingen indikator. Skriv ignore vid kolumnen i layouten"
            found.append(Problem(spot, column.title, rule))
        elif column.indicator not in (*facts.indicators, IGNORE):
            near = [f"”{facts.indicators[one].title}” ({one})" for one in column.nearest if one in facts.indicators]
            hint = f" Närmast: {'; '.join(near)}." if near else ""
            rule = f"är ingen entydig indikator.{hint} Skriv rätt id, eller ignore, vid kolumnen i layouten"
            found.append(Problem(spot, column.title or "(ingen rubrik)", rule))
    return found
