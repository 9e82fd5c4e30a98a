"""What a workbook says of comparing its years: in a heading, a note with a mark, a sheet of its indicators, or of all.

Of which questions it is said is asked from the nearest outwards: the column or the row that says it, those with the
note's mark, those that it or its row names, the table above it, the file. Where it is said of some and not of which,
or of a place, it is told, and nothing follows from it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from oj.sources.sheets.headings import Table
from oj.sources.sheets.model import Figure, Page, Remark
from oj.sources.tables.information import Told
from oj.sources.tables.spoken import Spoken, lead_of, mark_of, marks_on, numbers_in, spoken_in
from oj.sources.terms.comparable import Said, is_beside_title, said_of
from oj.sources.terms.words import plain, squeezed

Asked = tuple[str, str]  # a measure and a year
Where = tuple[Page, Spoken]
SHORTEST = 12  # letters of a title that is looked for in a text
OF_TABLE = re.compile(r"^(?:tabell|diagram|figur)\s*\d", re.IGNORECASE)


@dataclass(frozen=True)
class _Scope:
    """What a text is said of: all of a table or of the file, or what it stands beside the results of, row by row."""

    asked: set[Asked]
    is_all: bool = False
    is_beside: bool = False
    rows: list[set[Asked]] = field(default_factory=list)


@dataclass(frozen=True)
class _Index:
    """What is asked in each column and row of the tables, and by each title and its number.

    `latest` is each measure's last year, and `notes` the tables with the marks of what is said below them.
    """

    tables: Sequence[Table]
    told: Told
    columns: Mapping[tuple[int, int], set[Asked]]
    rows: Mapping[tuple[int, int], set[Asked]]
    titles: Mapping[str, set[Asked]]
    leads: Mapping[str, set[Asked]]
    latest: Mapping[str, str]
    notes: set[tuple[int, str]] = field(default_factory=set)

    @cached_property
    def marks(self) -> dict[str, list[tuple[Table, int, int]]]:
        """The headings and the questions on rows that have each mark: the table, and the column or the row, else -1."""
        found: dict[str, list[tuple[Table, int, int]]] = {}
        for table in self.tables:
            rows = [at for at, role in table.roles.items() if role in ("question", "period")]
            every = [(at, -1, level) for at in table.results for level in table.seen.heads[at]]
            for column, row, text in (
                *every,
                *((-1, row, own[at]) for at in rows for row, own in table.seen.texts.items()),
            ):
                for mark in marks_on(text):
                    found.setdefault(mark, []).append((table, column, row))
        return found

    def of(self, table: Table, column: int = -1, row: int = -1) -> set[Asked]:
        """Return what is asked in a column or on a row of a table, or in all of it."""
        if column >= 0:
            return self.columns.get((id(table), column), set())
        if row >= 0:
            return self.rows.get((id(table), row), set())
        return {one for (own, _at), every in self.columns.items() if own == id(table) for one in every}

    def is_of_most(self, asked: Asked, rows: int) -> bool:
        """Return whether something stands beside most of the rows of what is asked, so that it is of no one place."""
        return rows * 2 > sum(asked in own for own in self.rows.values())

    def known_as(self, text: str) -> set[Asked]:
        """Return what a cell is the title or the number of."""
        own = self.titles.get(squeezed(plain(text)), set()) or self.titles.get(squeezed(self.told.title(text)), set())
        is_number = squeezed(text) == squeezed(lead_of(text)) != ""
        return own or (self.leads.get(lead_of(text), set()) if is_number else set())


def remarks_of(
    pages: Sequence[Page], tables: Sequence[Table], figures: Sequence[Figure], told: Told
) -> tuple[Remark, ...]:
    """Return what a file says of comparing its years, each with the measures that it breaks, from which years.

    One without measures is only told. What several cells say in the same words is one.
    """
    spoken = [(page, one) for page in pages if not page.sheet.is_hidden for one in _spoken(page, tables)]
    if not spoken:
        return ()
    index = _index(tables, figures, told)
    index.notes.update(_notes(pages, spoken, index))
    found: dict[tuple[str, str, bool], tuple[Where, _Scope, Said]] = {}
    for page, one in spoken:
        said = said_of(one.text)
        scope = _scope(page, one, said, index) if said else None
        if said is not None and scope is not None:
            _where, first, _said = found.setdefault((page.name, one.text, scope.is_beside), ((page, one), scope, said))
            if first is not scope:
                first.asked.update(scope.asked)
                first.rows.extend(scope.rows)
    return tuple(_remark(*one, index) for one in found.values())


def _spoken(page: Page, tables: Sequence[Table]) -> list[Spoken]:
    """Return the texts of a sheet that are about comparing, as they stand when it is walked."""
    own, sheet = [one for one in tables if one.page is page], page.source or page.sheet
    notes: Collection[int] = {at for one in own for at, role in one.roles.items() if role != "result"}
    columns = range(0) if page.is_turned else notes if own else range(sheet.width)
    found = [*spoken_in(sheet, columns, is_list=not own)]
    return [one.turned() for one in found] if page.is_turned else found


def _remark(where: Where, scope: _Scope, said: Said, index: _Index) -> Remark:
    """Return what follows of a text: the first years after the breaks of each measure, in order."""
    (page, one), breaks = where, dict[str, set[str]]()
    asked = scope.asked if said.is_break and not (said.is_some and scope.is_all) else set()
    counted = Counter(each for own in scope.rows for each in own)
    for measure, period in sorted(asked):
        if scope.is_beside and not index.is_of_most((measure, period), counted[measure, period]):
            continue
        own = [str(year) for year in said.starts] or [period, *([] if said.is_back else [str(int(period) + 1)])]
        known = {year for year in own if year <= index.latest[measure] or year in one.text}
        breaks.setdefault(measure, set()).update(known)
    told = {name: tuple(sorted(starts)) for name, starts in breaks.items() if starts}
    return Remark(page.name, page.cell(one.row, one.column), "" if scope.is_beside else one.text, told)


def _index(tables: Sequence[Table], figures: Sequence[Figure], told: Told) -> _Index:
    columns, rows = dict[tuple[int, int], set[Asked]](), dict[tuple[int, int], set[Asked]]()
    titles, leads, latest = dict[str, set[Asked]](), dict[str, set[Asked]](), dict[str, str]()
    of_page = {id(own.page): [one for one in tables if one.page is own.page] for own in tables}
    for one in figures:
        item, asked = one.item, (one.measure, one.item.heading.period)
        near = [own for own in of_page[id(item.page)] if own.block.left <= item.column <= own.block.right]
        if own := next((own for own in reversed(near) if own.block.first <= item.row), None):
            columns.setdefault((id(own), item.column), set()).add(asked)
            rows.setdefault((id(own), item.row), set()).add(asked)
        title = item.heading.words[-1]
        titles.setdefault(squeezed(title), set()).add(asked)
        if lead := lead_of(title):
            leads.setdefault(lead, set()).add(asked)
        latest[one.measure] = max(latest.get(one.measure, ""), asked[1])
    return _Index(tables, told, columns, rows, titles, leads, latest)


def _tables_of(index: _Index, page: Page, row: int) -> list[Table]:
    """Return the tables that a row belongs to, several beside each other: the last that begin at it or above."""
    own = [one for one in index.tables if one.page is page]
    first = max((one.block.first for one in own if one.block.first <= row), default=None)
    return [one for one in own if one.block.first == first] if first is not None else own[:1]


def _notes(pages: Sequence[Page], spoken: Sequence[Where], index: _Index) -> Iterator[tuple[int, str]]:
    """Yield the tables with notes below them: the marks of all, and "" where one without a mark is about comparing."""
    own = [(page, one.row, "") for page, one in spoken if not one.mark]
    texts = [(page, row, one) for page in pages for row, words in page.sheet.words.items() for one in words.values()]
    own += [(page, row, mark) for page, row, one in texts if not page.is_turned and (mark := mark_of(one))]
    for page, row, mark in own:
        tables = _tables_of(index, page, row)
        yield from ((id(one), mark) for one in tables if one.block.last < row and not one.is_of_place(row))


def _scope(page: Page, one: Spoken, said: Said, index: _Index) -> _Scope | None:
    """Return what a text is said of, None where it is no remark."""
    tables, is_title = _tables_of(index, page, one.row), squeezed(plain(one.whole)) in index.titles
    if is_title and not is_beside_title(one.whole, said):
        return None
    for table in tables:
        if table.block.first <= one.row <= table.block.last:
            if not said.is_break:
                return None
            under = [at for at in table.results if one.whole in table.seen.heads[at]]
            if own := {asked for at in under for asked in index.of(table, at)}:
                return _Scope(own)
        elif table.is_of_place(one.row):
            own = index.of(table, row=one.row)
            return _Scope({*own}, is_beside=True, rows=[own])
    found = _marked(page, one, tables, index) or _named(page, one, index)
    return found or _Scope(_of_all(page, one, tables, index), is_all=True)


def _marked(page: Page, one: Spoken, tables: Sequence[Table], index: _Index) -> _Scope | None:
    """Return what a note with a mark is said of, None where no heading and no place has the mark.

    Another table with a note of its own with that mark is not meant.
    """
    if not one.mark:
        return None
    if every := index.marks.get(one.mark, []):
        near = [at for at in every if at[0].page is page] or every
        own = [at for at in near if at[0] in tables or (id(at[0]), one.mark) not in index.notes]
        return _Scope({asked for at in own for asked in index.of(*at)})
    rows = [(own, row) for own in index.tables if own.page is page for row in own.seen.rows if own.is_of_place(row)]
    of_places = any(one.mark in marks_on(text) for own, row in rows for text in own.seen.texts[row])
    return _Scope(set(), is_beside=True) if of_places else None


def _named(page: Page, one: Spoken, index: _Index) -> _Scope | None:
    """Return the questions whose titles or numbers stand in a text, in a list after it, or beside it.

    Beside it may also stand a question that the file does not have.
    """
    sheet = page.source or page.sheet
    row, at = (one.column + 1, one.row - 1) if page.is_turned else (one.row, one.column)
    listed = [texts for below, texts in sheet.texts.items() if below > row] if one.text.endswith(":") else []
    after = [*takewhile(bool, (_titled(" ".join(filter(None, texts)), index) for texts in listed))]
    for own in (_titled(one.text, index), {each for some in after for each in some}, _titled(one.whole, index)):
        if own:
            return _Scope(own)
    beside = [text for other, text in enumerate(one.row_texts) if text and other != at]
    named = {asked for text in beside for asked in index.known_as(text) or _titled(text, index, numbers=False)}
    if named:
        return _Scope(named)
    every = [] if any(table.page is page for table in index.tables) else sheet.texts.values()
    columns = {other for texts in every for other, text in enumerate(texts) if text and index.known_as(text)}
    is_of_another = any(one.row_texts[other] for other in columns - {at} if other < len(one.row_texts))
    return _Scope(set()) if is_of_another else None


def _titled(text: str, index: _Index, *, numbers: bool = True) -> set[Asked]:
    """Return the questions whose whole titles, or else numbers, a text has."""
    said = squeezed(f"{text} {index.told.title(text)}")
    named = [title for title in index.titles if len(title) >= SHORTEST and title in said]
    longest = [title for title in named if not any(title != other and title in other for other in named)]
    found = {asked for title in longest for asked in index.titles[title]}
    own = numbers_in(text) if numbers and not found else set()
    return found or {asked for number in own for asked in index.leads.get(number, set())}


def _of_all(page: Page, one: Spoken, tables: Sequence[Table], index: _Index) -> set[Asked]:
    """Return what a text that names nothing is said of: its table, the sheet if it is over or after all, the file."""
    own = [table for table in index.tables if table.page is page]
    if not own:
        return {asked for every in index.titles.values() for asked in every}
    is_over = one.row < own[0].block.first and not OF_TABLE.match(one.whole)
    have_own = any((id(table), "") in index.notes for table in own if table not in tables)
    is_after = own[-1] in tables and one.row - 1 not in page.sheet.rows and not have_own
    return {asked for table in (own if is_over or is_after else tables) for asked in index.of(table)}
