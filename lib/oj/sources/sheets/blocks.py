"""Where the tables of a sheet are: one or several, below or beside each other, with places down or across."""

import itertools
from collections.abc import Iterable, Mapping, Sequence

from oj.sources.files.cells import Cell, Sheet, shown
from oj.sources.sheets.columns import are_counties, has_figures, is_about_place, is_value
from oj.sources.sheets.model import LOOKED_AT, Block, Page
from oj.sources.sheets.places import Lookup, are_coded, joined_codes, kind_of
from oj.sources.terms.comparable import without_remarks
from oj.sources.terms.places import SUMS
from oj.sources.terms.words import heading, is_one_of, may_be_title, pattern, plain, squeezed
from oj.sources.terms.years import year_level

MOST_LEVELS = 6  # rows that a heading may have
MOST_TURNED = 600  # rows of a sheet whose places may stand across
FEWEST = 2  # places below each other, where no heading says that they are places
WIDER = ("county", "district")  # what says more of a place beside its name or code
LABELS = ("questions", "years", "genders", "question_areas", "providers")  # over what stands beside places across
PAGE = pattern("page")
Found = tuple[int, dict[str, int]]  # a row of headings, and the columns of places by what they hold


def page_of(name: str, sheet: Sheet, look: Lookup) -> Page:
    """Return a sheet with its places down: turned where they stand across."""
    if len(sheet.rows) > MOST_TURNED or any(_head(sheet, row, look) for row in sheet.rows):
        return Page(name, sheet)
    down = [_different((row[at] for row in sheet.rows.values()), look) for at in range(sheet.width)]
    across = [_different(row, look) for row in sheet.rows.values()]
    most = max(across, default=0)
    if most < 2 or most <= max(down, default=0):
        return Page(name, sheet)
    return Page(name, sheet.turned(), sheet)


def _different(cells: Iterable[Cell], look: Lookup) -> int:
    """Return how many different places there are among cells; a year is none, though it may be a code."""
    return len({look.place(one) for one in cells if look.is_place(one) and not year_level(shown(one))})


def blocks_of(page: Page, look: Lookup) -> list[Block]:
    """Return the tables of a sheet, from its top and from the left."""
    sheet = page.sheet
    heads = _joined(sheet, [one for row in sheet.rows if (one := _head(sheet, row, look))], look)
    heads = heads or _of_districts(sheet, look) or _without_headings(sheet, look)
    found: list[Block] = []
    bottoms = [_bottom(sheet, row, after, look) for row, after in itertools.pairwise(heads)]
    for (row, columns), bottom in zip(heads, [*bottoms, max(sheet.rows, default=0)], strict=False):
        groups = _groups(sheet, row, columns, look)
        lefts = [min(one.values()) for one in groups]
        for number, places in enumerate(groups):
            left = 0 if number == 0 else lefts[number]
            right = lefts[number + 1] - 1 if number + 1 < len(groups) else sheet.width - 1
            found.append(_block(sheet, (row, bottom), (left, right), places, [one.bottom for one in found]))
    return found


def _bottom(sheet: Sheet, head: Found, after: Found, look: Lookup) -> int:
    """Return the last row of a table with another below it: what stands right over the other's heading is that one's.

    Notes right below the table are its own, where a blank row parts them from what is over the other.
    """
    (row, columns), (other, others) = head, after
    inside = [at for at in sheet.rows if row < at < other]
    places = [at for at in inside if is_about_place(sheet, at, columns.values(), look)]
    first = _first(sheet, other, max(places, default=row) + 1, (0, sheet.width - 1), others)
    texts = [at for at in inside if max(places, default=row) < at < first]
    told = {at: [sheet.texts[at][one] for one in sheet.filled[at]] for at in texts}
    figures = [at for at, some in told.items() if any(is_value(one) and not year_level(one) for one in some)]
    last = max([*places, *figures], default=row)
    notes = [at for at in texts if at > last]
    gaps = [at for at in notes if at - 1 not in sheet.rows and at - 1 > last]
    return max(at for at in [row, *inside] if at < gaps[0]) if notes and notes[0] == last + 1 and gaps else last


def _head(sheet: Sheet, row: int, look: Lookup) -> Found | None:
    """Return a row of headings with the columns that hold places below it, None where it is none."""
    kinds = {at: kind for at in sheet.filled[row] if (kind := kind_of(sheet.rows[row][at]))}
    told = {at: _below(sheet, row, at) for at in kinds}
    for at, other in itertools.pairwise(kinds):
        if kinds[at] == kinds[other] in ("name", "county") and are_coded(told[at]) and not are_coded(told[other]):
            kinds |= {at: "code", other: "name"}
    roles: dict[str, int] = {}
    for at, kind in kinds.items():
        may_be_years = kind != "code" or _different(sheet.rows[row], look) > 1  # with places beside it, not below it
        below = [one for one in told[at] if not (may_be_years and year_level(shown(one)))]  # 2023 is a municipality too
        if kind == "code" and "county" in kinds.values():
            below += joined_codes(told[next(one for one in kinds if kinds[one] == "county")], told[at])
        if kind == "district" or any(map(look.is_place, below)) or are_counties(sheet, (row, at), told, kinds, look):
            roles[f"{kind} {at}"] = at
    if len(roles) == 1:
        roles = look.with_names(sheet, row, roles)
    return (row, roles) if any(not role.startswith("district") for role in roles) else None


def _below(sheet: Sheet, row: int, column: int) -> list[Cell]:
    """Return the cells with something in them below a heading, up to the next heading of places."""
    told: list[Cell] = []
    for at in (one for one in sheet.rows if one > row):
        cell = sheet.rows[at][column]
        if heading(cell) or len(told) >= LOOKED_AT:
            break
        told += [cell] if sheet.texts[at][column] else []
    return told


def _joined(sheet: Sheet, heads: Sequence[Found], look: Lookup) -> list[Found]:
    """Return the rows of headings, those of one heading as one, and without those that only repeat the one above."""
    found: list[Found] = []
    for row, columns in heads:
        if found:
            above, earlier = found[-1]
            own = list({*earlier.values(), *columns.values()})
            between = [at for at in sheet.rows if above < at < row]
            places = [at for at in between if is_about_place(sheet, at, own, look)]
            if not places and len(between) <= 1:
                found[-1] = (row, earlier | columns)
                continue
            same = [*map(squeezed, sheet.texts[row])] == [*map(squeezed, sheet.texts[above])]
            if same and not _says_more(sheet, above, [at for at in between if at > max(places, default=0)], look):
                continue
        found.append((row, columns))
    return found


def _says_more(sheet: Sheet, above: int, between: Sequence[int], look: Lookup) -> bool:
    """Return whether texts over a heading that comes again say another year, question or group than over the first.

    A page's number, a county, and what stands over the first heading too say nothing more; nor do figures.
    """
    known = {squeezed(text) for row in sheet.rows if row <= above for text in sheet.words[row].values()}
    cells = [(row, at) for row in between for at in sheet.filled[row]]
    texts = [sheet.texts[row][at] for row, at in cells if sheet.words[row].get(at) or year_level(sheet.texts[row][at])]
    more = [one for one in texts if squeezed(one) not in known and not PAGE.match(plain(one))]
    alone = {
        sheet.texts[row][at] for row, at in cells if len(sheet.filled[row]) == 1
    }  # ”Antal platser” is a title there
    sums = [one for one in more if SUMS.match(plain(one)) and (one not in alone or " " not in plain(one))]
    return any(not look.names.county(one) and one not in sums for one in more)


def _of_districts(sheet: Sheet, look: Lookup) -> list[Found]:
    """Return the rows of headings that say that districts, whose city stands elsewhere, are below them."""
    found = []
    for row in sheet.rows:
        at = next((one for one in sheet.filled[row] if kind_of(sheet.rows[row][one]) == "district"), None)
        if at is not None and sum(map(look.is_place, _below(sheet, row, at))) >= FEWEST:
            found.append((row, {"name": at}))
    return found


def _without_headings(sheet: Sheet, look: Lookup) -> list[Found]:
    """Return the row above the first places of a table that has no heading over them."""
    for at in range(sheet.width):
        rows = [row for row, filled in sheet.filled.items() if len(filled) > 1 and look.is_place(sheet.rows[row][at])]
        texts = {sheet.texts[row][at] for row in rows}
        if len(texts) >= FEWEST and not any(map(year_level, texts)):
            columns = _beside_codes(sheet, rows, at, look)
            above = [row for row in sheet.rows if row < rows[0] and len(sheet.filled[row]) > 1]
            heads = [row for row in above if not _is_about(sheet, row, columns, look)]
            return [(heads[-1] if heads else min([*above, *rows]) - 1, columns)]
        if len(rows) == 1 and _is_headed(sheet, rows[0], at):
            return [(rows[0] - 1, {f"name {at}": at})]
    return []


def _is_about(sheet: Sheet, row: int, columns: Mapping[str, int], look: Lookup) -> bool:
    """Return whether a row over the first places has figures, and so is no heading: the nation has no code."""
    return any(look.is_place(sheet.rows[row][at]) for at in columns.values()) or has_figures(sheet, row, columns)


def _beside_codes(sheet: Sheet, rows: Sequence[int], at: int, look: Lookup) -> dict[str, int]:
    """Return the columns of places that no heading tells of: also that of the names where codes stand beside them."""
    own = [(sheet.rows[row][at], sheet.rows[row][at + 1] if at + 1 < sheet.width else None) for row in rows]
    coded = are_coded([one for one, _beside in own]) and look.are_same(own)
    return {f"code {at}": at, f"name {at + 1}": at + 1} if coded else {f"name {at}": at}


def _is_headed(sheet: Sheet, row: int, at: int) -> bool:
    """Return whether a place stands alone in its table, with a heading right over each of its values."""
    own = [one for one in sheet.filled[row] if one != at]
    over = [one for one in sheet.filled.get(row - 1, ()) if sheet.texts[row - 1][one]]
    return over == own and all(is_value(sheet.texts[row][one]) for one in own) and at < min(own)


def _groups(sheet: Sheet, row: int, columns: Mapping[str, int], look: Lookup) -> list[dict[str, int]]:
    """Return the columns of places of each table beside each other: what is beside a place's column says more of it.

    So does one further away that has the same places on the same rows, or their counties.
    """
    groups: list[dict[str, int]] = []
    for key, at in sorted(columns.items(), key=lambda one: one[1]):
        role, last = key.split()[0], groups[-1] if groups else {}
        if last and at - max(last.values()) <= 1 + (role in WIDER and role not in last):
            last.setdefault(role, at)
        elif last and role not in last and look.are_of_same(sheet, row, max(last.values()), at):
            last[role] = at
        elif role not in WIDER or not groups or "name" in last or "code" in last:
            groups.append({role: at})
    return [_named(one) for one in groups if not {*one} <= {"district"}]


def _named(group: Mapping[str, int]) -> dict[str, int]:
    """Return a table's columns of places where districts, or else counties, are its names if it has no others."""
    other = next((role for role in ("district", "county") if role in group and "name" not in group), "")
    alone = other == "county" and "code" in group
    return {"name" if role == other and not alone else role: at for role, at in group.items()}


def _block(
    sheet: Sheet, rows: tuple[int, int], columns: tuple[int, int], places: Mapping[str, int], earlier: Iterable[int]
) -> Block:
    """Return a table whose row of places' headings is known, with all the rows of its headings."""
    row, bottom = rows
    left, right = columns
    above = max((one + 1 for one in earlier if one < row), default=min(sheet.rows))
    data = next((at for at in sheet.rows if row < at <= bottom and _is_data(sheet, at, places)), bottom + 1)
    last = max((at for at in sheet.rows if row <= at < data), default=row)
    return Block(above, _first(sheet, row, above, columns, places), last, bottom, left, right, places)


def _is_data(sheet: Sheet, row: int, places: Mapping[str, int]) -> bool:
    told = [sheet.texts[row][at] for at in places.values() if not kind_of(sheet.rows[row][at])]
    is_told = any(one and not any(is_one_of(name, one) for name in LABELS) for one in told)
    return is_told or has_figures(sheet, row, places)


def _first(sheet: Sheet, row: int, above: int, columns: tuple[int, int], places: Mapping[str, int]) -> int:
    """Return the first row of a heading: rows above belong to it that have something over its columns of results.

    What stands alone there may be merged, a year, a heading that is written once for all columns from its own, or what
    is said of comparing; and whatever stands alone between the others is between the levels of one heading.
    """
    first, edge = row, max(places.values())
    if not any(edge < at <= columns[1] for at in sheet.filled.get(row, ())):
        edge = columns[0] - 1  # the places stand last
    while first - 1 >= above and first - 1 in sheet.rows and row - first < MOST_LEVELS:
        own = [at for at in sheet.filled[first - 1] if edge < at <= columns[1] and at not in places.values()]
        over = [at for at in own if not heading(sheet.rows[first - 1][at])]
        wide = any(
            top == first - 1 and right > left >= edge for top, _bottom, left, right in sheet.merged if left in over
        )
        told = sheet.texts[first - 1][over[0]] if over else ""
        alone = len(over) == 1 and not wide and not year_level(told) and may_be_title(told) and without_remarks(told)
        between = first - 2 >= above and len([at for at in sheet.filled.get(first - 2, ()) if at > edge]) > 1
        if not over or (alone and not (between and min(sheet.filled[first - 2]) > edge)):
            break
        first -= 1
    return first
