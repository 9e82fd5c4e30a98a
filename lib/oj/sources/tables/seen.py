"""A table as it stands on its sheet, walked once: its headings, the texts above it, and the rows below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oj.sources.files.cells import Cell, Rows, is_empty, shown
from oj.sources.files.sheet import Area, Sheet
from oj.sources.tables.head import Columns, Head, is_place_heading
from oj.sources.tables.layout import Table
from oj.sources.terms.words import plain, squeezed


@dataclass(frozen=True)
class Seen:
    """A table of the sheet `name`, with its heading on the rows `first` to `last`; the sheet begins at the row `top`.

    `columns` are where its places stand, and all else that is read where it `is_long`: a row for each result.
    `headlines` are the texts above it with where they stand, the sheet's name among them, `titles` all that stands
    above it. `heads` are the headings of every column, the uppermost first, `captions` the same on one line, as the
    layout file has them, and `head_texts` their cells: row, column and text.
    `rows` are those below, all of one width, `texts` what they show, and `filled` which columns have something.
    """

    name: str
    first: int
    last: int
    columns: Columns
    is_long: bool
    is_text: bool
    top: int
    headlines: Sequence[tuple[str, str]]
    titles: Sequence[str]
    heads: Sequence[Sequence[str]]
    captions: Sequence[str]
    head_texts: Sequence[tuple[int, int, str]]
    rows: Mapping[int, Sequence[Cell]]
    texts: Mapping[int, Sequence[str]]
    filled: Mapping[int, Sequence[int]]
    repeats: frozenset[int]  # the rows that are one of the heading's again, as at the top of a printed page
    alone: Sequence[tuple[int, Sequence[str]]]  # the rows above and below that have one text or two
    merged: tuple[Area, ...]


def see_again(sheet: Sheet, table: Table, *, is_text: bool) -> Seen:
    """Return a sheet's table as its layout says where it is."""
    first, last = table.header
    return see(sheet, table.sheet, Head(first, last, table.places), is_text=is_text, least=table.width)


def see(sheet: Sheet, name: str, head: Head, *, is_text: bool = False, least: int = 0) -> Seen:
    """Return a sheet's table by its heading, with at `least` so many columns."""
    first, last = head.first, head.last
    width = max(sheet.width, least)
    rows = {row: [*cells, *[None] * (width - len(cells))] for row, cells in sheet.rows.items()}
    below = {row: cells for row, cells in rows.items() if row > last}
    above = [(row, one) for row, cells in rows.items() if row < first for one in cells if not is_empty(one)]
    own = {row: cells for row, cells in rows.items() if first <= row <= last}
    outside = {row: _filled(cells) for row, cells in rows.items() if row not in own}
    areas = [one for one in sheet.merged if one[0] <= last and one[1] >= first]
    heads = [_levels(own, (first, last, at), areas, rows) for at in range(width)]
    again = [list(map(_key, cells)) for cells in own.values()]
    return Seen(
        name, first, last, head.columns, head.is_long, is_text, min(sheet.rows, default=first),
        headlines=_headlines(name, above, is_text=is_text),
        titles=[plain(shown(one)) for _row, one in above],
        heads=heads,
        captions=[" | ".join(map(plain, levels)) for levels in heads],
        head_texts=[(row, at, plain(shown(cells[at]))) for row, cells in own.items() for at in _filled(cells)],
        rows=below,
        texts={row: list(map(shown, cells)) for row, cells in below.items()},
        filled={row: outside[row] for row in below},
        repeats=frozenset(row for row, cells in below.items() if any(_is_again(cells, head) for head in again)),
        alone=[(row, [shown(rows[row][at]) for at in few]) for row, few in outside.items() if 1 <= len(few) <= 2],
        merged=sheet.merged,
    )  # fmt: skip


def _headlines(name: str, above: Iterable[tuple[int, Cell]], *, is_text: bool) -> list[tuple[str, str]]:
    told = [(f"{name} rad {row}", plain(one)) for row, one in above if isinstance(one, str)]
    return told if is_text else [(f"bladets namn {name}", name), *told]


def _key(cell: Cell) -> str:
    return squeezed(plain(shown(cell)))


def _is_again(cells: Sequence[Cell], head: Sequence[str]) -> bool:
    return all(_key(one) == told for one, told in zip(cells, head, strict=True))


def _filled(cells: Iterable[Cell]) -> list[int]:
    return [at for at, one in enumerate(cells) if not is_empty(one)]


def _levels(
    own: Mapping[int, Sequence[Cell]], where: tuple[int, int, int], areas: Sequence[Area], rows: Rows
) -> list[str]:
    """Return a column's headings, the uppermost first; what is merged says the same for all that it covers."""
    first, last, column = where
    told: list[str] = []
    over = any(left <= column <= right for _top, _bottom, left, right in areas)
    if not over and all(is_empty(cells[column]) for cells in own.values()):
        return told
    for row in range(first, last + 1):
        level = [one for one in areas if one[0] <= row <= one[1]]
        text = shown(_heading(own.get(row), column, level, rows, lowest=row == last))
        if text and (not told or told[-1] != text):
            told.append(text)
    return told


def _heading(cells: Sequence[Cell] | None, column: int, areas: Sequence[Area], rows: Rows, *, lowest: bool) -> Cell:
    """Return what stands over a column on one level; what is written once over several, to the left of it."""
    for top, _bottom, left, right in areas:
        if left <= column <= right:
            return rows[top][left] if top in rows else None
    if cells is None or lowest or not is_empty(cells[column]):
        return cells[column] if cells else None
    covered = {one for _top, _bottom, left, right in areas for one in range(left, right + 1)}
    earlier = next((one for one in range(column, -1, -1) if one in covered or not is_empty(cells[one])), None)
    if earlier is None or earlier in covered or is_place_heading(cells[earlier]):
        return None
    return cells[earlier]
