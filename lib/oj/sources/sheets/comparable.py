"""What a workbook says of comparing its years: in a heading, a note with a mark, a sheet of its indicators, or of all.

Of which questions it is said is asked from the nearest outwards: the column or the row that says it, those with the
note's mark, those that its row names, the table above it, the file. Where it is said of some and not of which it is
told, and nothing follows from it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from oj.sources.sheets.headings import Table
from oj.sources.sheets.model import Figure, Page, Remark
from oj.sources.tables.information import Told
from oj.sources.terms.comparable import Said, mark_of, marks_on, said_of, speaks
from oj.sources.terms.words import LONGEST_HEADING, squeezed
from oj.sources.terms.years import year_level

Asked = tuple[str, str]  # a measure and a year
SHORTEST = 12  # letters of a title that is looked for in a text
PARTS = re.compile(r"\n(?=\s*(?:\*|†|‡|[¹²³⁰-⁹]|\d{1,2}\s?[):]))")  # each with a mark of its own
COLUMN = re.compile(r"^(?:är |kan )?jämför(?:bar|as)\w*\b[^.]{0,40}$", re.IGNORECASE)  # over what is said of each
NO = frozenset(("nej", "ej", "inte", "n"))


@dataclass(frozen=True)
class _Spoken:
    """A text about comparing: its page, where it stands there as it is walked, and the cell's whole text."""

    page: Page
    row: int
    column: int
    text: str
    whole: str
    row_texts: Sequence[str] = ()


@dataclass(frozen=True)
class _Scope:
    """What a text is said of: all of a table or of the file, or what it stands beside the results of."""

    asked: set[Asked]
    is_all: bool = False
    is_beside: bool = False


@dataclass(frozen=True)
class _Index:
    """What is asked in each column and row of the tables, and by each title."""

    tables: Sequence[Table]
    told: Told
    columns: Mapping[tuple[int, int], set[Asked]] = field(default_factory=dict)
    rows: Mapping[tuple[int, int], set[Asked]] = field(default_factory=dict)
    titles: Mapping[str, set[Asked]] = field(default_factory=dict)

    @cached_property
    def marks(self) -> dict[str, list[tuple[Table, int, int]]]:
        """The headings and the questions on rows that have each mark: the table, and the column or the row, else -1."""
        found: dict[str, list[tuple[Table, int, int]]] = {}
        for table in self.tables:
            for at in table.results:
                for mark in {mark for level in table.seen.heads[at] for mark in marks_on(level)}:
                    found.setdefault(mark, []).append((table, at, -1))
            for at in (at for at, role in table.roles.items() if role in ("question", "period")):
                for row, texts in table.seen.texts.items():
                    for mark in marks_on(texts[at]):
                        found.setdefault(mark, []).append((table, -1, row))
        return found

    def all_of(self, table: Table, columns: Iterable[int]) -> set[Asked]:
        """Return what is asked in some columns of a table."""
        return {asked for at in columns for asked in self.of(table, at)}

    def of(self, table: Table, column: int = -1, row: int = -1) -> set[Asked]:
        """Return what is asked in a column or on a row of a table, or in all of it."""
        if column >= 0:
            return self.columns.get((id(table), column), set())
        if row >= 0:
            return self.rows.get((id(table), row), set())
        return {one for (own, _at), every in self.columns.items() if own == id(table) for one in every}


def remarks_of(
    pages: Sequence[Page], tables: Sequence[Table], figures: Sequence[Figure], told: Told
) -> tuple[Remark, ...]:
    """Return what a file says of comparing its years, each with the measures that it breaks, from which years.

    One without measures is only told. What several cells say in the same words is one.
    """
    spoken = [one for page in pages if not page.sheet.is_hidden for one in _spoken(page)]
    if not spoken:
        return ()
    index = _index(tables, figures, told)
    found: dict[tuple[str, str], tuple[_Spoken, _Scope, Said]] = {}
    for one in spoken:
        said = said_of(one.text)
        scope = _scope(one, index) if said else None
        if said is None or scope is None:
            continue
        is_none = not said.is_break or (said.is_some and scope.is_all)
        scope = replace(scope, asked=set() if is_none else {*scope.asked})  # its own: more is added
        first = found.setdefault((one.page.name, one.text), (one, scope, said))
        first[1].asked.update(scope.asked)
    return tuple(_remark(*one) for one in found.values())


def _remark(one: _Spoken, scope: _Scope, said: Said) -> Remark:
    """Return what follows of a text: the first years after the breaks of each measure, in order."""
    breaks: dict[str, set[str]] = {}
    for measure, period in sorted(scope.asked):
        breaks.setdefault(measure, set()).update(map(str, said.starts) if said.starts else [period])
    own = {name: tuple(sorted(starts)) for name, starts in breaks.items()}
    text = "" if scope.is_beside else one.text
    return Remark(one.page.name, one.page.cell(one.row, one.column), text, own)


def _spoken(page: Page) -> Iterator[_Spoken]:
    """Yield the texts of a sheet that are about comparing, and what stands under a heading that asks it of each."""
    source = page.source or page.sheet
    for row, words in source.words.items():
        for at, whole in words.items():
            is_column = len(whole) <= LONGEST_HEADING and not page.is_turned and COLUMN.match(whole)
            under = [*_under(page, row, at, " ".join(whole.split()))] if is_column else []
            yield from under
            for text in PARTS.split(whole) if not under else ():
                if speaks(text):
                    where = (at + 1, row - 1) if page.is_turned else (row, at)
                    yield _Spoken(page, *where, " ".join(text.split()), whole, source.texts[row])


def _under(page: Page, head: int, at: int, text: str) -> Iterator[_Spoken]:
    """Yield what is said of each question under a heading such as ”Jämförbar med 2022” or ”Jämförbar från”."""
    for row, texts in page.sheet.texts.items():
        if row > head and (said := texts[at]):
            is_no, is_year = squeezed(said) in NO, bool(year_level(said))
            if is_no or is_year:
                yield _Spoken(page, row, at, f"inte {text}" if is_no else f"{text} {said}", said, texts)


def _index(tables: Sequence[Table], figures: Sequence[Figure], told: Told) -> _Index:
    columns: dict[tuple[int, int], set[Asked]] = {}
    rows: dict[tuple[int, int], set[Asked]] = {}
    titles: dict[str, set[Asked]] = {}
    for one in figures:
        item, asked = one.item, (one.measure, one.item.heading.period)
        own = _table_of(tables, item.page, item.row)
        if own is not None:
            columns.setdefault((id(own), item.column), set()).add(asked)
            rows.setdefault((id(own), item.row), set()).add(asked)
        titles.setdefault(squeezed(item.heading.words[-1]), set()).add(asked)
    return _Index(tables, told, columns, rows, titles)


def _table_of(tables: Sequence[Table], page: Page, row: int) -> Table | None:
    """Return the table of a page that a row belongs to: the last that begins at it or above, else the first."""
    own = [one for one in tables if one.page is page]
    return next((one for one in reversed(own) if one.block.first <= row), own[0] if own else None)


def _scope(one: _Spoken, index: _Index) -> _Scope | None:
    """Return what a text is said of, None where it is no remark."""
    table = _table_of(index.tables, one.page, one.row)
    if table and table.block.first <= one.row <= table.block.last:
        own = [at for at in table.results if one.whole in table.seen.heads[at]]
        said = said_of(one.text)
        if said is None or not said.is_break:
            return None
        if own:
            return _Scope(index.all_of(table, own))
    elif table and one.row in table.seen.rows and any(len(text) > 1 for text in _of_places(table, one.row)):
        is_long = "question" in table.roles.values()
        return _Scope(index.of(table, row=one.row) if is_long else set(), is_beside=True)
    if own_marks := index.marks.get(mark_of(one.text), []):
        near = [at for at in own_marks if at[0].page is one.page] or own_marks
        return _Scope({asked for at in near for asked in index.of(*at)})
    if named := _named(one, index):
        return _Scope(named)
    every = index.of(table) if table else {asked for own in index.titles.values() for asked in own}
    return _Scope(every, is_all=True)


def _of_places(table: Table, row: int) -> list[str]:
    """Return what stands in the columns of places of a row, as far as it is a place's own row."""
    own = set(table.block.places.values())
    results = [at for at in table.results if table.seen.texts[row][at]]
    return [table.seen.texts[row][at] for at in own] if results else []


def _named(one: _Spoken, index: _Index) -> set[Asked]:
    """Return the questions whose titles, or numbers, stand in a text or beside it."""
    beside = [text for text in (one.whole, *one.row_texts) if text]
    said = squeezed(" ".join([*beside, *(index.told.title(text) for text in beside)]))
    named = [title for title in index.titles if len(title) >= SHORTEST and title in said]
    longest = [title for title in named if not any(title != other and title in other for other in named)]
    return {asked for title in longest for asked in index.titles[title]}
