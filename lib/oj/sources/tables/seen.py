"""A table as it stands on its sheet, found and walked once: its headings, the texts above it, and the rows below."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from oj.sources.files.cells import Area, Cell, Sheet
from oj.sources.tables.hidden import Hidden
from oj.sources.terms.comparable import without_remarks
from oj.sources.terms.places import Names
from oj.sources.terms.words import ROLES, heading, plain, squeezed, value_column

CODES = re.compile(r"\d{1,6}(\.0)?").fullmatch
MOST_LEVELS = 6  # rows that a heading may have
FURTHEST = 200  # rows that are looked through for a heading
LOOKED_AT = 40  # rows below a heading that tell what its columns hold
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


@dataclass(frozen=True)
class Seen:
    """A table of the sheet `name`, with its heading on the rows `first` to `last`; the sheet begins at the row `top`.

    `columns` are where its places stand, and all else that is read where it `is_long`: a row for each result.
    `headlines` are the texts above it with where they stand, the sheet's name among them, `titles` all that stands
    above it. `heads` are the headings of every column, the uppermost first, `captions` the same on one line, as the
    layout file has them, and `head_texts` their cells: row, column and text.
    `rows` are those below, all of one width, `texts` what they show, `filled` which columns have something, and
    `words` those that have a text.
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
    words: Mapping[int, Mapping[int, str]]
    repeats: frozenset[int]  # the rows that are one of the heading's again, as at the top of a printed page
    alone: Sequence[tuple[int, Sequence[str]]]  # the rows above and below that have one text or two
    merged: tuple[Area, ...]
    hidden: Hidden
    lowest: Mapping[int, str]  # the texts of the heading's last row, by column


def see(sheet: Sheet, name: str, head: Head, *, is_text: bool) -> Seen:
    """Return a sheet's table by its heading."""
    first, last, texts, filled = head.first, head.last, sheet.texts, sheet.filled
    above, own = [row for row in sheet.rows if row < first], [row for row in sheet.rows if first <= row <= last]
    below = [row for row in sheet.rows if row > last]
    areas = [one for one in sheet.merged if one[0] <= last and one[1] >= first]
    heads = [_levels(sheet, head, at, areas) for at in range(sheet.width)]
    again = [[squeezed(plain(text)) for text in texts[row]] for row in own]
    told = [(f"{name} rad {row}", plain(one)) for row in above for one in sheet.words[row].values()]
    return Seen(
        name, first, last, head.columns, head.is_long, is_text, min(sheet.rows, default=first),
        headlines=told if is_text else [(f"bladets namn {name}", name), *told],
        titles=[plain(texts[row][at]) for row in above for at in filled[row]],
        heads=heads,
        captions=[" | ".join(map(plain, levels)) for levels in heads],
        head_texts=[(row, at, plain(texts[row][at])) for row in own for at in filled[row]],
        rows={row: sheet.rows[row] for row in below},
        texts={row: texts[row] for row in below},
        filled={row: filled[row] for row in below},
        words={row: sheet.words[row] for row in below},
        repeats=frozenset(row for row in below if any(_is_again(texts[row], keys) for keys in again)),
        alone=[(row, [texts[row][at] for at in filled[row]]) for row in above + below if 1 <= len(filled[row]) <= 2],
        merged=sheet.merged,
        hidden=_hidden(sheet, own + below),
        lowest=dict(enumerate(texts.get(last, ()))),
    )  # fmt: skip


def _hidden(sheet: Sheet, rows: Sequence[int]) -> Hidden:
    """Return what is hidden of a table's rows: what has something in it."""
    columns = sheet.hidden_columns & {at for row in rows for at in sheet.filled[row]}
    gone = tuple(row for row in rows if row in sheet.hidden_rows)
    return Hidden(sheet.is_hidden, gone, tuple(sorted(columns)), sheet.is_filtered)


def _is_again(texts: Sequence[str], keys: Sequence[str]) -> bool:
    return all(squeezed(plain(text)) == key for text, key in zip(texts, keys, strict=True))


def _levels(sheet: Sheet, head: Head, column: int, areas: Sequence[Area]) -> list[str]:
    """Return a column's headings, the uppermost first; what is merged says the same for all that it covers."""
    told: list[str] = []
    rows = range(head.first, head.last + 1)
    over = any(left <= column <= right for _top, _bottom, left, right in areas)
    if over or any(column in sheet.filled.get(row, ()) for row in rows):
        for row in rows:
            text = _heading(sheet, head, row, column, areas)
            told += [text] if text and told[-1:] != [text] else []
    return told


def _heading(sheet: Sheet, head: Head, row: int, column: int, areas: Sequence[Area]) -> str:
    """Return what stands over a column on one level; what is written once over several, to the left of it.

    What is said of comparing, below the level of the questions, is said of the question that it is written under.
    """
    areas = [one for one in areas if one[0] <= row <= one[1]]
    for top, _bottom, left, right in areas:
        if left <= column <= right:
            return sheet.texts[top][left] if top in sheet.texts else ""
    if row not in sheet.texts:
        return ""
    texts, filled = sheet.texts[row], sheet.filled[row]
    if row == head.last or column in filled:
        return texts[column]
    covered = {one for _top, _bottom, left, right in areas for one in range(left, right + 1)}
    earlier = max((one for one in (*covered, *filled) if one < column), default=-1)
    if earlier < 0 or earlier in covered or heading(sheet.rows[row][earlier]):
        return ""
    is_name = bool(without_remarks(texts[earlier]))
    return texts[earlier] if is_name or _is_same_above(sheet, head, row, (earlier, column)) else ""


def _is_same_above(sheet: Sheet, head: Head, row: int, columns: tuple[int, int]) -> bool:
    """Return whether the same stands over two columns on the levels above a row."""
    areas = [one for one in sheet.merged if one[0] <= head.last and one[1] >= head.first]
    first, last = ([_heading(sheet, head, above, at, areas) for above in range(head.first, row)] for at in columns)
    return first == last


def find_head(sheet: Sheet, names: Names) -> Head | None:
    """Return the heading of a sheet's table, None where it has none."""
    upper = [row for row in sheet.rows if row <= FURTHEST]
    for row in upper:
        roles = _roles(sheet, row)
        if "indicator" in roles and {"code", "name"} & set(roles) and {"value", "answer"} & set(roles):
            return Head(row, row, roles, is_long=True)
    for only_counties in (False, True):  # where there is no other, a table of counties has its heading ”Län”
        for row in upper:
            found = _columns(sheet, row, names, only_counties=only_counties)
            if found and (head := _wide_head(sheet, row, found, names)):
                return head
    return None


def _roles(sheet: Sheet, row: int) -> dict[str, int]:
    """Return the columns of a row of headings by what they are, the first of each."""
    roles: dict[str, int] = {}
    others: dict[int, str] = {}
    for at in sheet.filled[row]:
        if not isinstance(sheet.rows[row][at], float):
            text = plain(sheet.texts[row][at])
            role = ROLES.get(squeezed(text)) or heading(text)
            role = "code" if role == "name" and _are_mostly(_below(sheet, row, at), CODES) else role
            roles.setdefault(role, at)
            others |= {} if role else {at: text}
    roles = {role: at for role, at in roles.items() if role}
    value = None if {"value", "answer"} & set(roles) else value_column(others)
    return roles if value is None else {**roles, "value": value}


def _wide_head(sheet: Sheet, row: int, found: Columns, names: Names) -> Head | None:
    """Return the heading above the first row that is about a place, where its row of places is known."""
    at_places = [found[one] for one in ("code", "name") if one in found]
    below = [at for at in sheet.rows if row < at <= row + MOST_LEVELS + 2]
    if not any(names.is_about(sheet.texts[at][one]) for at in below for one in at_places):
        return None
    told = {at: [one for one in at_places if one in sheet.filled[at]] for at in below}
    data = next(at for at in below if any(not heading(sheet.rows[at][one]) for one in told[at]))
    return Head(_first_level(sheet, row, max(found.values())), max(at for at in sheet.rows if at < data), found)


def _columns(sheet: Sheet, row: int, names: Names, *, only_counties: bool) -> Columns | None:
    """Return where a row's headings have the codes, the names and the counties, None where it has neither of them."""
    kinds = {at: heading(one) for at, one in sheet.words[row].items()}
    codes, told, counties = ([at for at, one in kinds.items() if one == kind] for kind in ("code", "name", "county"))
    if only_counties:
        told, counties = counties, []
    below = {at: _below(sheet, row, at) for at in told}
    coded = [at for at in told if _are_mostly(below[at], CODES)]
    codes = codes or coded[:1]
    named = [at for at in told if at not in coded]
    own = [at for at in named if squeezed(sheet.texts[row][at]).startswith(("kommun", "stadsdel"))] or named
    if not codes and not own:
        return None
    regions = [at for at in told if at not in (*own[:1], *codes[:1]) and _are_mostly(below[at], names.county)]
    found = {"code": codes[:1], "name": own[:1], "county": (counties or regions)[:1]}
    return {role: at for role, some in found.items() for at in some}


def _below(sheet: Sheet, row: int, column: int) -> list[str]:
    texts = [sheet.texts[at][column] for at in sheet.rows if row < at <= row + LOOKED_AT]
    return [text for text in texts if text]


def _are_mostly(texts: Sequence[str], test: Callable[[str], object]) -> bool:
    """Return whether most of what stands in a column is of a kind."""
    return sum(bool(test(text)) for text in texts) * 2 > len(texts)


def _first_level(sheet: Sheet, row: int, places: int) -> int:
    """Return the first row of the heading: rows above belong to it that have several cells, none over the places."""
    first = row
    while first - 1 in sheet.rows and row - first < MOST_LEVELS:
        filled = [at for at in sheet.filled[first - 1] if not heading(sheet.rows[first - 1][at])]
        wide = any(top == first - 1 and right > left for top, _bottom, left, right in sheet.merged)
        if not filled or filled[0] <= places or (len(filled) == 1 and not wide):
            break
        first -= 1
    return first
