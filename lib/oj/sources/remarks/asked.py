"""What a workbook asks in each column and on each row of its tables, and by each title and its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from oj.sources.sheets.headings import Table
from oj.sources.sheets.model import Figure, Page
from oj.sources.tables.information import Told
from oj.sources.tables.spoken import lead_of, marks_on
from oj.sources.terms.words import plain, squeezed

Asked = tuple[str, str]  # a measure and a year


@dataclass(frozen=True)
class Index:
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


def index_of(tables: Sequence[Table], figures: Sequence[Figure], told: Told) -> Index:
    """Return what is asked in each column and row of the tables that figures stand in, and by each title."""
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
    return Index(tables, told, columns, rows, titles, leads, latest)


def tables_of(index: Index, page: Page, row: int) -> list[Table]:
    """Return the tables that a row belongs to, several beside each other: the last that begin at it or above."""
    own = [one for one in index.tables if one.page is page]
    first = max((one.block.first for one in own if one.block.first <= row), default=None)
    return [one for one in own if one.block.first == first] if first is not None else own[:1]
