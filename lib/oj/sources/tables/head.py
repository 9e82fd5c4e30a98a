"""Where a table's heading is, and which of its columns say what: by the headings and by what stands below."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oj.sources.files.cells import Cell, is_empty, shown
from oj.sources.files.sheet import Sheet
from oj.sources.terms.places import CODE, Names
from oj.sources.terms.words import is_code_heading, is_county_heading, is_name_heading, plain, squeezed

MOST_LEVELS = 6  # rows that a heading may have
FURTHEST = 200  # rows that are looked through for a heading
LOOKED_AT = 40  # rows below a heading that tell what its columns hold
ROLES = {
    "edition": ("edition", "utgåva"),
    "indicator": ("indicator", "indikator", "indikatorns id", "indikatornamn"),
    "value": ("value", "värde"),
    "answer": ("answer", "svar"),
    "status": ("status",),
    "unit": ("unit", "enhet", "måttenhet"),
    "numerator": ("numerator", "täljare"),
    "denominator": ("denominator", "nämnare"),
}
HEADINGS = {squeezed(word): role for role, words in ROLES.items() for word in words}
Columns = Mapping[str, int]


@dataclass(frozen=True)
class Head:
    """A table's heading: its first and last row, and where the columns of codes, names and counties stand.

    A table `is_long` that has a row for each indicator and place: then it also has the columns of ROLES.
    """

    first: int
    last: int
    columns: Columns
    is_long: bool = False


def find_head(sheet: Sheet, names: Names) -> Head | None:
    """Return the heading of a sheet's table, None where it has none."""
    return long_head(sheet) or _wide_head(sheet, names)


def long_head(sheet: Sheet) -> Head | None:
    """Return the heading of a table with a row for each indicator and place, None where the table is none of this kind.

    >>> long_head(Sheet({1: ["kommun", "indikator", "värde"]}))
    Head(first=1, last=1, columns={'name': 0, 'indicator': 1, 'value': 2}, is_long=True)
    """
    for row in (at for at in sheet.rows if at <= FURTHEST):
        roles: dict[str, int] = {}
        for at, one in enumerate(sheet.rows[row]):
            role = "" if is_empty(one) else _role(sheet, row, at, plain(shown(one)))
            if role:
                roles.setdefault(role, at)
        if "indicator" in roles and {"code", "name"} & set(roles) and {"value", "answer"} & set(roles):
            return Head(row, row, roles, is_long=True)
    return None


def _role(sheet: Sheet, row: int, column: int, heading: str) -> str:
    """Return what a column with a heading is, "" for one that is not read."""
    if role := HEADINGS.get(squeezed(heading)):
        return role
    if is_code_heading(heading):
        return "code"
    if is_name_heading(heading):
        return "code" if _has_codes(_below(sheet, row, column)) else "name"
    return "county" if is_county_heading(heading) else ""


def _wide_head(sheet: Sheet, names: Names) -> Head | None:
    """Return the heading above the first row that is about a place: the row with the column of codes, or of names.

    Where there is none, a table of counties has its heading ”Län” or ”Länskod”.
    """
    for only_counties in (False, True):
        for row in (at for at in sheet.rows if at <= FURTHEST):
            found = _columns(sheet, row, names, only_counties=only_counties)
            head = _head(sheet, row, found, names) if found else None
            if head:
                return head
    return None


def _head(sheet: Sheet, row: int, found: Columns, names: Names) -> Head | None:
    below = [at for at in sheet.rows if row < at <= row + MOST_LEVELS + 2]
    said = {at: [sheet.cell(at, found[one]) for one in ("code", "name") if one in found] for at in below}
    if not any(is_place_row(map(shown, said[at]), names) for at in below):
        return None
    data = next(at for at in below if any(not is_empty(one) and not is_place_heading(one) for one in said[at]))
    first = _first_level(sheet, row, max(found.values()))
    return Head(first, max(at for at in sheet.rows if at < data), found)


def is_place_heading(one: Cell) -> bool:
    """Return whether a cell is the heading of a column of codes, names or counties."""
    return is_code_heading(one) or is_name_heading(one) or is_county_heading(one)


def _columns(sheet: Sheet, row: int, names: Names, *, only_counties: bool) -> Columns | None:
    """Return where a row's headings have the codes, the names and the counties, None where it has neither of them."""
    cells = sheet.rows[row]
    told = [at for at, one in enumerate(cells) if is_name_heading(one)]
    counties = [at for at, one in enumerate(cells) if is_county_heading(one)]
    if only_counties:
        told, counties = counties, []
    below = {at: _below(sheet, row, at) for at in told}
    coded = [at for at in told if _has_codes(below[at])]
    codes = [at for at, one in enumerate(cells) if is_code_heading(one)] or coded[:1]
    named = [at for at in told if at not in coded]
    own = [at for at in named if squeezed(shown(cells[at])).startswith(("kommun", "stadsdel"))] or named
    if not codes and not own:
        return None
    regions = [at for at in told if at not in (*own[:1], *codes[:1]) and _has_counties(below[at], names)]
    found = {"code": codes[:1], "name": own[:1], "county": (counties or regions)[:1]}
    return {role: at for role, some in found.items() for at in some}


def _below(sheet: Sheet, row: int, column: int) -> list[str]:
    texts = [shown(sheet.cell(at, column)) for at in sheet.rows if row < at <= row + LOOKED_AT]
    return [text for text in texts if text]


def _has_codes(texts: Sequence[str]) -> bool:
    """Return whether a column under a name's heading has codes: most of what stands there are digits."""
    return sum(bool(re.fullmatch(r"\d{1,6}(\.0)?", text)) for text in texts) * 2 > len(texts)


def _has_counties(texts: Sequence[str], names: Names) -> bool:
    """Return whether most of what stands in a column are counties."""
    return sum(names.county(text) is not None for text in texts) * 2 > len(texts)


def is_place_row(texts: Iterable[str], names: Names) -> bool:
    """Return whether a row is about a place, known or not: its code is a number, or its name is known."""
    return any(text and (CODE.fullmatch(text) or names.is_known(text)) for text in texts)


def _first_level(sheet: Sheet, row: int, places: int) -> int:
    """Return the first row of the heading: rows above belong to it that have several cells, none over the places."""
    first = row
    while first - 1 in sheet.rows and row - first < MOST_LEVELS:
        cells = enumerate(sheet.rows[first - 1])
        filled = [at for at, one in cells if not is_empty(one) and not is_place_heading(one)]
        wide = any(top == first - 1 and right > left for top, _bottom, left, right in sheet.merged)
        if not filled or min(filled) <= places or (len(filled) == 1 and not wide):
            break
        first -= 1
    return first
