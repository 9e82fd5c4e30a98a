"""A table of results laid on a sheet: lines of rows and columns that tell what each figure is of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from made_books.book import Position, Right, named
from made_books.facts import Measure, Place
from made_books.figures import Figure
from made_books.paper import Paper


@dataclass(frozen=True)
class Line:
    """A row or a column: its labels, and what they tell of its figures; the rest is told by the other way."""

    labels: tuple[Any, ...]
    place: Place | None = None
    measure: Measure | None = None
    titles: tuple[str, ...] = ()
    period: str = ""
    group: str = ""
    kind: str = "results"  # or gap (blank or a heading between: no figures) or left out (with a word)


@dataclass(frozen=True)
class Spot:
    """A figure on a sheet: what it is of, how it was written, and the labels of its row and column."""

    at: Position
    right: Right
    measure: Measure
    place: Place
    figure: Figure
    table: int
    row: int  # which line of the table, whether it runs across or down
    column: int


@dataclass
class Laid:
    """A laid table: its spots, what is left out, and the cells of the labels of each line."""

    paper: Paper
    spots: list[Spot] = field(default_factory=list)
    left_out: list[Position] = field(default_factory=list)
    row_labels: dict[int, list[Position]] = field(default_factory=dict)
    column_labels: dict[int, list[Position]] = field(default_factory=dict)
    rows: Sequence[Line] = ()
    columns: Sequence[Line] = ()
    bottom: int = 0
    right: int = 0


@dataclass(frozen=True)
class Look:
    """How a table lies: where, which way, and how the headings of several levels are written."""

    top: int = 1
    left: int = 1
    across: bool = False  # places across, questions down
    merging: str = "merged"  # or repeated, or first
    heads_low: bool = True  # the headings of the places stand on the lowest level
    number: int = 0  # which table of the book
    code_at: int | None = None  # the column of the code that shows as 0184


def spot_at(look: Look, row: int, column: int) -> Position:
    """Return where a row and column of a table lie, counted from 0 with its headings."""
    return (look.top + column, look.left + row) if look.across else (look.top + row, look.left + column)


def combined(row: Line, column: Line) -> Line:
    """Return what a figure is of: what its row and its column say together."""
    kind = row.kind if row.kind != "results" else column.kind
    return Line((), row.place or column.place, row.measure or column.measure, row.titles or column.titles,
                row.period or column.period, row.group or column.group or "total", kind)  # fmt: skip


def lay(paper: Paper, heads: Sequence[Any], rows: Sequence[Line], columns: Sequence[Line],
        drawn: Callable[[Line], Figure], look: Look) -> Laid:  # fmt: skip
    """Write a table; `drawn` gives each figure."""
    laid = Laid(paper, rows=rows, columns=columns)
    levels = max(len(column.labels) for column in columns)
    _write_heads(laid, heads, levels, look)
    _write_levels(laid, len(heads), levels, look)
    for number, row in enumerate(rows):
        _write_labels(laid, number, row, levels, look)
        for aside, column in enumerate(columns):
            of = combined(row, column)
            if of.kind == "gap":
                continue
            at = spot_at(look, levels + number, len(heads) + aside)
            figure = drawn(of)
            paper.put(at, figure.raw, figure.number_format)
            if of.kind == "left out":
                laid.left_out.append(at)
                continue
            spot = _spot(paper, at, of, figure)
            laid.spots.append(replace(spot, table=look.number, row=number, column=aside))
    last = spot_at(look, levels + len(rows) - 1, len(heads) + len(columns) - 1)
    laid.bottom, laid.right = last
    return laid


def _spot(paper: Paper, at: Position, of: Line, figure: Figure) -> Spot:
    assert of.place is not None
    assert of.measure is not None
    own = of.place.name if of.place.code.endswith("*") else ""
    right = Right(paper.name, named(at), of.place.code, of.titles, of.period, of.group, figure.value, figure.answers,
                  figure.status, own)  # fmt: skip
    return Spot(at, right, of.measure, of.place, figure, 0, 0, 0)


def _write_heads(laid: Laid, heads: Sequence[Any], levels: int, look: Look) -> None:
    for aside, head in enumerate(heads):
        laid.paper.put(spot_at(look, levels - 1 if look.heads_low else 0, aside), head)


def _write_labels(laid: Laid, number: int, row: Line, levels: int, look: Look) -> None:
    places = [spot_at(look, levels + number, aside) for aside in range(len(row.labels))]
    laid.row_labels[number] = places
    for aside, (at, label) in enumerate(zip(places, row.labels, strict=True)):
        laid.paper.put(at, label, "0000" if aside == look.code_at and isinstance(label, int) else "")


def _write_levels(laid: Laid, left: int, levels: int, look: Look) -> None:
    """Write the headings of the columns level by level; equal neighbours below the same heading are one."""
    before: tuple[Any, ...] = ()
    starts: dict[int, int] = {}
    for number, column in enumerate(laid.columns):
        labels = (*column.labels, *[None] * (levels - len(column.labels)))
        laid.column_labels[number] = [spot_at(look, level, left + number) for level in range(levels)]
        for level, label in enumerate(labels):
            same = level < levels - 1 and labels[: level + 1] == before[: level + 1]
            if not same:
                _merge(laid, level, left, starts.get(level), number, look)
                starts[level] = number
            if not same or look.merging == "repeated":
                laid.paper.put(spot_at(look, level, left + number), label)
        before = labels
    for level in range(levels - 1):
        _merge(laid, level, left, starts.get(level), len(laid.columns), look)


def _merge(laid: Laid, level: int, left: int, start: int | None, end: int, look: Look) -> None:
    if look.merging == "merged" and start is not None and end - start > 1:
        laid.paper.merged.append((spot_at(look, level, left + start), spot_at(look, level, left + end - 1)))
