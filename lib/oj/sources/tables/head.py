"""Where a table's heading is, and which of its columns say the places: by the headings and by what stands below."""

import re
from dataclasses import dataclass

from oj.sources.files.cells import Cell, is_empty, shown
from oj.sources.files.sheet import Sheet
from oj.sources.terms.places import CODE, Names
from oj.sources.terms.words import is_code_heading, is_county_heading, is_name_heading, squeezed

MOST_LEVELS = 6  # rows that a heading may have
FURTHEST = 200  # rows that are looked through for a heading
LOOKED_AT = 40  # rows below a heading that tell what its columns hold


@dataclass(frozen=True)
class Head:
    """A table's heading: its first and last row, and where codes, names and counties stand (None where nowhere)."""

    first: int
    last: int
    code: int | None
    name: int | None
    county: int | None

    @property
    def places(self) -> set[int]:
        """The columns that say which place a row is about."""
        return {at for at in (self.code, self.name, self.county) if at is not None}


def find_head(sheet: Sheet, names: Names) -> Head | None:
    """Return the heading above the first row that is about a place: the row with the column of codes, or of names.

    Where there is none, a table of counties has its heading ”Län” or ”Länskod”.
    """
    for only_counties in (False, True):
        for row in [number for number in sheet.rows if number <= FURTHEST]:
            found = _columns(sheet, row, names, only_counties=only_counties)
            head = _head(sheet, row, found, names) if found else None
            if head:
                return head
    return None


def _head(sheet: Sheet, row: int, found: tuple[int | None, ...], names: Names) -> Head | None:
    code, name, county = found
    below = [at for at in sheet.rows if row < at <= row + MOST_LEVELS + 2]
    if not any(is_place_row(sheet, at, code, name, names) for at in below):
        return None
    data = next(at for at in below if _says_place(sheet, at, code, name))
    first = _first_level(sheet, row, {at for at in found if at is not None})
    return Head(first, max(at for at in sheet.rows if at < data), code, name, county)


def _says_place(sheet: Sheet, row: int, code: int | None, name: int | None) -> bool:
    """Return whether a row below a heading is no more of the heading: it has something where the places stand."""
    return any(not is_empty(sheet.cell(row, at)) and not is_place_heading(sheet.cell(row, at)) for at in (code, name))


def is_place_heading(one: Cell) -> bool:
    """Return whether a cell is the heading of a column of codes, names or counties."""
    return is_code_heading(one) or is_name_heading(one) or is_county_heading(one)


def _columns(sheet: Sheet, row: int, names: Names, *, only_counties: bool) -> tuple[int | None, ...] | None:
    """Return where a row's headings have the codes, the names and the counties, None where it has neither of them."""
    cells = sheet.rows[row]
    told = [at for at, one in enumerate(cells) if is_name_heading(one)]
    counties = [at for at, one in enumerate(cells) if is_county_heading(one)]
    if only_counties:
        told, counties = counties, []
    coded = [at for at in told if has_codes(sheet, row, at)]
    codes = [at for at, one in enumerate(cells) if is_code_heading(one)] or coded[:1]
    named = [at for at in told if at not in coded]
    own = [at for at in named if squeezed(shown(cells[at])).startswith(("kommun", "stadsdel"))]
    name = next(iter(own or named), None)
    regions = [at for at in told if at not in (name, *codes[:1]) and _has_counties(sheet, row, at, names)]
    if not codes and name is None:
        return None
    return next(iter(codes), None), name, next(iter(counties or regions), None)


def _below(sheet: Sheet, row: int, column: int) -> list[str]:
    texts = [shown(sheet.cell(at, column)) for at in sheet.rows if row < at <= row + LOOKED_AT]
    return [text for text in texts if text]


def has_codes(sheet: Sheet, row: int, column: int) -> bool:
    """Return whether a column under a name's heading has codes: most of what stands there are digits."""
    texts = _below(sheet, row, column)
    return sum(bool(re.fullmatch(r"\d{1,6}(\.0)?", text)) for text in texts) * 2 > len(texts)


def _has_counties(sheet: Sheet, row: int, column: int, names: Names) -> bool:
    """Return whether most of what stands in a column are counties."""
    texts = _below(sheet, row, column)
    return sum(names.county(text) is not None for text in texts) * 2 > len(texts)


def is_place_row(sheet: Sheet, row: int, code: int | None, name: int | None, names: Names) -> bool:
    """Return whether a row is about a place, known or not: it has a number for a code, or a name that is known."""
    texts = [text for at in (code, name) if (text := shown(sheet.cell(row, at)))]
    return any(CODE.fullmatch(text) or names.is_known(text) for text in texts)


def _first_level(sheet: Sheet, row: int, places: set[int]) -> int:
    """Return the first row of the heading: rows above belong to it that have several cells, none over the places."""
    first = row
    while first - 1 in sheet.rows and row - first < MOST_LEVELS:
        cells = enumerate(sheet.rows[first - 1])
        filled = [at for at, one in cells if not is_empty(one) and not is_place_heading(one)]
        wide = any(top == first - 1 and right > left for top, _bottom, left, right in sheet.merged)
        if not filled or min(filled) <= max(places) or (len(filled) == 1 and not wide):
            break
        first -= 1
    return first
