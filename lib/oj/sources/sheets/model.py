"""What a workbook of any edition holds: its tables, what stands over each column, and every cell with what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from oj.facts.catalog import Indicator
from oj.facts.places import Place
from oj.sources.files.cells import Cell, Sheet, Unreadable, letter
from oj.sources.terms.cells import ANSWERS, is_number
from oj.sources.terms.words import squeezed
from oj.words.vocabulary import UNITS

LOOKED_AT = 12  # rows below a heading that tell what its column holds


@dataclass(frozen=True)
class Page:
    """A sheet as it is walked, rows of places; `source` is the file's own where they are columns there."""

    name: str
    sheet: Sheet
    source: Sheet | None = None

    @property
    def is_turned(self) -> bool:
        """Whether the places are columns in the file."""
        return self.source is not None

    def cell(self, row: int, column: int) -> str:
        """Return what Excel calls a cell: C5."""
        return f"{letter(row - 1)}{column + 1}" if self.is_turned else f"{letter(column)}{row}"

    def has_figure(self, row: int, column: int) -> bool:
        """Return whether a number, an answer or something that cannot be read stands in a cell."""
        cell, text = self.sheet.rows[row][column], self.sheet.texts[row][column]
        return bool(text) and (isinstance(cell, float | Unreadable) or squeezed(text) in ANSWERS or is_number(text))

    def area(self, top: int, left: int, bottom: int, right: int) -> str:
        """Return what Excel calls an area: C5:D9, or C5 where it is one cell."""
        first, last = self.cell(top, left), self.cell(bottom, right)
        return first if first == last else f"{first}:{last}"


@dataclass(frozen=True)
class Block:
    """A table: its first and last row of headings, its last row, its columns, and those of codes, names and counties.

    `above` is the first row whose texts are about it.
    """

    above: int
    first: int
    last: int
    bottom: int
    left: int
    right: int
    places: Mapping[str, int]


@dataclass(frozen=True)
class Heading:
    """What stands over a column: its own words on every level, and what they say of the year, group and part."""

    words: tuple[str, ...] = ()
    period: str = ""
    group: str = ""
    several: str = ""  # years of which it does not say one
    unit: str = ""  # where a level says nothing else
    part: str = ""  # a kind of provider or the like: its figures are not of all

    @property
    def title(self) -> str:
        """The column's own words on one line."""
        return " – ".join(self.words)


@dataclass(frozen=True)
class Item:
    """A cell of results: where it stands, whose it is, what it is asked and of when, before its value is read."""

    page: Page
    row: int
    column: int
    place: Place
    heading: Heading
    cell: Cell
    text: str
    unit: str = ""  # what a column of units says of it
    above: tuple[str, ...] = ()  # the texts above its table
    counts: Mapping[str, str] | None = field(default_factory=dict)  # beside it, by role; None: it is unsure whose

    @property
    def is_of_unit(self) -> bool:
        """Whether it is of one that answers: a municipality or a district."""
        return self.place.level in UNITS


@dataclass(frozen=True)
class Figure:
    """A cell that is read: shares 0-1, other numbers as stored, an answer by its step, or why there is none."""

    item: Item
    measure: str
    value: float | None = None
    answer: str = ""
    status: str = "observed"
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class LeftOut:
    """A part of a sheet that is not read, why in Swedish, and how many figures stand in it that say a result."""

    sheet: str
    area: str
    why: str
    figures: int = 0


@dataclass(frozen=True)
class Doubt:
    """A cell, or a range of a row or a column, that cannot be read: the value seen and, in Swedish, the rule.

    `detail` is what the rule says more, which quotes the cell. What stands in a cell of results may be anybody's.
    """

    sheet: str
    cell: str
    value: str
    rule: str
    detail: str = ""
    is_result: bool = False


@dataclass
class Account:
    """What has been said of a sheet's cells: each in one of results, left out or faults."""

    items: list[Item] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    told: set[tuple[str, int, int]] = field(default_factory=set)

    def leave(
        self, page: Page, rows: Sequence[int], columns: Sequence[int], why: str, *, is_about: bool = False
    ) -> None:
        """Say that the cells of some rows and columns are left out; nothing where there are none.

        What `is_about` says what the results are of, and no results.
        """
        if rows and columns:
            where = page.area(min(rows), min(columns), max(rows), max(columns))
            figures = 0 if is_about else sum(page.has_figure(row, at) for row in rows for at in columns)
            self.left_out.append(LeftOut(page.name, where, why, figures))
            self._tell(page, rows, columns)

    def doubt(self, page: Page, rows: Sequence[int], columns: Sequence[int], value: str, rule: str) -> None:
        """Say that the cells of a row or of a column cannot be read."""
        if rows and columns:
            where = page.area(min(rows), min(columns), max(rows), max(columns))
            self.doubts.append(Doubt(page.name, where, value, rule))
            self._tell(page, rows, columns)

    def refuse(self, one: Item, rule: str, value: str = "", detail: str = "") -> None:
        """Say that a cell of results cannot be read; `value` is what it is where that is not its text."""
        page, row, column = one.page, one.row, one.column
        self.doubts.append(Doubt(page.name, page.cell(row, column), value or one.text, rule, detail, is_result=True))
        self._tell(page, [row], [column])

    def is_told(self, page: Page, row: int, column: int) -> bool:
        """Return whether something has been said of a cell."""
        return (page.name, row, column) in self.told

    def _tell(self, page: Page, rows: Sequence[int], columns: Sequence[int]) -> None:
        self.told |= {(page.name, row, column) for row in rows for column in columns}


@dataclass(frozen=True)
class Measure:
    """A measure of the file: as it is known in an edition, or new, with the answers that its codes stand for."""

    indicator: Indicator
    is_new: bool
    codes: Mapping[str, str] = field(default_factory=dict)  # an answer's step by the number that stands for it
    doubt: str = ""  # why its numbers cannot be read, in Swedish


@dataclass(frozen=True)
class Remark:
    """What a file says of comparing its years: where, its words, and the first years after the breaks of each measure.

    One without any `breaks` is told, and nothing follows from it. Of one that stands beside a place's results the words
    are none: they may be anybody's.
    """

    sheet: str
    cell: str
    text: str
    breaks: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """The sheet and the cell, or the sheet whose name says it."""
        return f"{self.sheet} {self.cell}" if self.cell else f"bladet {self.sheet}"


class RowError(Exception):
    """A row that cannot be read: the value seen and, in Swedish, the rule. `is_left` where it is no fault."""

    def __init__(self, value: str, rule: str, *, is_left: bool = False) -> None:
        self.value, self.rule, self.is_left = value, rule, is_left
        super().__init__(rule)
