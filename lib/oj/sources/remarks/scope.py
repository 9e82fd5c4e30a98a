"""Of which questions a workbook says something of comparing its years."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from oj.sources.remarks.asked import Asked, Index, tables_of
from oj.sources.sheets.headings import Table
from oj.sources.sheets.model import Page
from oj.sources.tables.spoken import Spoken, marks_on, numbers_in
from oj.sources.terms.comparable import Said, is_beside_title
from oj.sources.terms.words import plain, squeezed

SHORTEST = 12  # letters of a title that is looked for in a text
OF_TABLE = re.compile(r"^(?:tabell|diagram|figur)\s*\d", re.IGNORECASE)


@dataclass(frozen=True)
class Scope:
    """What a text is said of: all of a table or of the file, or what it stands beside the results of, row by row."""

    asked: set[Asked]
    is_all: bool = False
    is_beside: bool = False
    rows: list[set[Asked]] = field(default_factory=list)


def scope_of(page: Page, one: Spoken, said: Said, index: Index) -> Scope | None:
    """Return what a text is said of, None where it is no remark."""
    tables, is_title = tables_of(index, page, one.row), squeezed(plain(one.whole)) in index.titles
    if is_title and not one.is_comment and not is_beside_title(one.whole, said):
        return None
    for table in tables:
        if table.block.first <= one.row <= table.block.last:
            if not said.is_break:
                return None
            if own := {asked for at in _under(one, table) for asked in index.of(table, at)}:
                return Scope(own)
        elif table.is_of_place(one.row):
            own = index.of(table, row=one.row)
            return Scope({*own}, is_beside=True, rows=[own])
    if one.is_name and not any(table.page is page for table in index.tables):
        return Scope({asked for texts in page.sheet.texts.values() for text in texts for asked in index.known_as(text)})
    found = _marked(page, one, tables, index) or _named(page, one, index)
    return found or Scope(_of_all(page, one, tables, index), is_all=True)


def _under(one: Spoken, table: Table) -> list[int]:
    """Return the columns under a heading that says something; of a comment, those right of its cell that it is over."""
    under = [at for at in table.results if one.whole and one.whole in table.seen.heads[at]]
    if not one.is_comment:
        return under
    own = [at for at in table.results if at >= one.column]
    return [*takewhile(lambda at: at in under, own)]


def _marked(page: Page, one: Spoken, tables: Sequence[Table], index: Index) -> Scope | None:
    """Return what a note with a mark is said of, None where no heading and no place has the mark.

    Another table with a note of its own with that mark is not meant.
    """
    if not one.mark:
        return None
    if every := index.marks.get(one.mark, []):
        near = [at for at in every if at[0].page is page] or every
        own = [at for at in near if at[0] in tables or (id(at[0]), one.mark) not in index.notes]
        return Scope({asked for at in own for asked in index.of(*at)})
    rows = [(own, row) for own in index.tables if own.page is page for row in own.seen.rows if own.is_of_place(row)]
    of_places = any(one.mark in marks_on(text) for own, row in rows for text in own.seen.texts[row])
    return Scope(set(), is_beside=True) if of_places else None


def _named(page: Page, one: Spoken, index: Index) -> Scope | None:
    """Return the questions whose titles or numbers stand in a text, in a list after it, or beside it.

    Beside it may also stand a question that the file does not have.
    """
    sheet = page.source or page.sheet
    row, at = (one.column + 1, one.row - 1) if page.is_turned else (one.row, one.column)
    listed = [texts for below, texts in sheet.texts.items() if below > row] if one.text.endswith(":") else []
    after = [*takewhile(bool, (_titled(" ".join(filter(None, texts)), index) for texts in listed))]
    for own in (_titled(one.text, index), {each for some in after for each in some}, _titled(one.whole, index)):
        if own:
            return Scope(own)
    beside = [text for other, text in enumerate(one.row_texts) if text and (one.is_comment or other != at)]
    named = {asked for text in beside for asked in index.known_as(text) or _titled(text, index, numbers=False)}
    if named:
        return Scope(named)
    every = [] if any(table.page is page for table in index.tables) else sheet.texts.values()
    columns = {other for texts in every for other, text in enumerate(texts) if text and index.known_as(text)}
    is_of_another = any(one.row_texts[other] for other in columns - {at} if other < len(one.row_texts))
    return Scope(set()) if is_of_another else None


def _titled(text: str, index: Index, *, numbers: bool = True) -> set[Asked]:
    """Return the questions whose whole titles, or else numbers, a text has."""
    said = squeezed(f"{text} {index.told.title(text)}")
    named = [title for title in index.titles if len(title) >= SHORTEST and title in said]
    longest = [title for title in named if not any(title != other and title in other for other in named)]
    found = {asked for title in longest for asked in index.titles[title]}
    own = numbers_in(text) if numbers and not found else set()
    return found or {asked for number in own for asked in index.leads.get(number, set())}


def _of_all(page: Page, one: Spoken, tables: Sequence[Table], index: Index) -> set[Asked]:
    """Return what a text that names nothing is said of: its table, the sheet if it is over or after all, the file."""
    own = [table for table in index.tables if table.page is page]
    if not own:
        return {asked for every in index.titles.values() for asked in every}
    is_over = one.row < own[0].block.first and not OF_TABLE.match(one.whole)
    have_own = any((id(table), "") in index.notes for table in own if table not in tables)
    is_after = own[-1] in tables and one.row - 1 not in page.sheet.rows and not have_own
    return {asked for table in (own if is_over or is_after else tables) for asked in index.of(table)}
