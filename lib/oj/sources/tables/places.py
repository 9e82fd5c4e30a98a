"""Which place each row of a table is about; what else stands below the heading is told, or a fault."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from oj.facts.places import NATION, Place
from oj.sources.files.cells import Cell, is_empty, shown
from oj.sources.tables.layout import IGNORE, Table
from oj.sources.tables.model import Facts, Problem, Spot, TableRead, refuse_many, refuse_more
from oj.sources.tables.seen import Columns, Seen
from oj.sources.terms.places import Level, PlaceError
from oj.sources.terms.words import heading, pattern, plain, squeezed
from oj.words.vocabulary import UNITS

OURS = "place"  # the heading of codes in the project's own tables
BY_COUNTY, SECTION = pattern("by_county"), pattern("section")
SKIPPED = "Ska raden inte läsas: skriv dess nummer under skip_rows i layouten"
ONE_TEXT = len("redovisas ej")  # longer texts alone on a row are notes


@dataclass(frozen=True)
class Where:
    """Where a table says the places, what a name is that two places share, and whether the codes are the project's."""

    columns: Columns
    level: Level
    ours: bool


def where_of(seen: Seen, facts: Facts) -> Where:
    """Return how the rows of a table say their places."""
    told: dict[int, str] = {}
    for _row, at, text in seen.head_texts:
        told[at] = told.get(at, "") + squeezed(text)
    return Where(seen.columns, _level(seen, told, facts), told.get(seen.columns.get("code", -1)) == OURS)


def _level(seen: Seen, told: Mapping[int, str], facts: Facts) -> Level:
    """Return what a name is that both a municipality and a county have, "" where neither heading nor company tells."""
    at = seen.columns.get("name", seen.columns.get("code"))
    if at is None:  # they are hidden, which is told
        return ""
    of_counties = any(heading(text) == "county" for _row, own, text in seen.head_texts if own == at)
    if of_counties and "county" not in seen.columns:
        return "county"
    above = [text for _where, text in seen.headlines[0 if seen.is_text else 1 :]]
    texts = [text for row in seen.texts.values() if (text := row[at])]
    found = [(text, place) for text in texts if (place := facts.names.named(text, ""))]
    is_short = any(one.level == "county" and squeezed(one.short) == squeezed(text) for text, one in found)
    if is_short or any(map(BY_COUNTY.search, above)):
        return ""
    is_units = told.get(at, "").startswith(("kommun", "stadsdel"))
    return "unit" if is_units or any(one.level == "municipality" for _text, one in found) else ""


def place_rows(seen: Seen, table: Table, facts: Facts, read: TableRead) -> dict[int, Place]:
    """Return the rows that are about a place and have a value; what else stands below the heading is told."""
    where = where_of(seen, facts)
    rows, unknown = dict[int, Place](), dict[str, None]()
    for row in seen.rows:
        refuse_more(read.problems)
        told = _no_place(seen, table, row, facts, read)
        if isinstance(told, Problem):
            read.problems.append(told)
        elif told is not None:
            read.unread.append((row, told))
        else:
            try:
                rows[row] = row_place(seen, row, where, facts)
            except PlaceError as wrong:
                _tell(seen, row, wrong, read)
                unknown |= {wrong.value: None} if wrong.kind != "other" else {}
                refuse_many(unknown)
    for row, rule in under_others(seen, rows, facts, {0: facts.names.county(seen.name)}).items():
        read.problems.append(Problem(Spot(seen.name, row), rows.pop(row).name, rule))
    read.places += rows.values()
    return rows


def _no_place(seen: Seen, table: Table, row: int, facts: Facts, read: TableRead) -> Problem | str | None:
    """Return what a row is that is about no place, or that a layout wrongly skips; None for a row to read."""
    code, name = (seen.columns.get(role) for role in ("code", "name"))
    shown_at, filled = seen.texts[row], seen.filled[row]
    texts = [shown_at[at] for at in filled]
    named = [shown_at[at] for at in (code, name) if at is not None]
    about = any(map(facts.names.is_about, named))
    if row in seen.repeats:
        return "rubriken en gång till"
    if row in table.skip_rows:
        try:
            place = row_place(seen, row, Where(seen.columns, "unit", ours=True), facts)
            read.skipped += [(row, place)] if place.level in UNITS else []  # the file is not of that shape any more
        except PlaceError as wrong:
            read.kinds[wrong.kind] += 1
        return f"hoppas över enligt layouten: {texts[0]}"
    has_values = any(one.at in filled for one in table.columns if one.indicator != IGNORE)
    if not has_values or (not about and len(texts) == 1 and len(texts[0]) > ONE_TEXT):
        return f"{'utan värden: ' if about else ''}{' '.join(texts[:2])}"
    if any(named):
        return None
    rule = "har värden men varken kod eller namn på någon kommun"
    if any(top < row <= bottom and left in (code, name) for top, bottom, left, _right in seen.merged):
        rule += ": namnet ovanför är sammanfogat över flera rader. Dela cellen och skriv varje kommun på sin rad"
    return Problem(Spot(seen.name, row), "", rule)  # what stands there may be hidden


def _tell(seen: Seen, row: int, wrong: PlaceError, read: TableRead) -> None:
    """Add a row whose place cannot be read to what is told: a row of another county is no fault."""
    read.kinds[wrong.kind] += 1
    if wrong.kind == "other":
        read.others[wrong.county] += 1
        return
    code = seen.columns.get("code")
    at = code if code in seen.filled[row] else seen.columns.get("name", code)
    rule = f"{wrong.rule} {SKIPPED}" if wrong.kind == "none" else wrong.rule
    read.problems.append(Problem(Spot(seen.name, row, at), wrong.value, rule))


def row_place(seen: Seen, row: int, where: Where, facts: Facts) -> Place:
    """Return a row's place; raise PlaceError where there is none, or where it is in another county than is said."""
    cells = seen.rows[row]
    code, name, county = (
        cells[where.columns[role]] if role in where.columns else None for role in ("code", "name", "county")
    )
    above, at = county, where.columns.get("county")
    if is_empty(county) and at is not None:
        said = (one for one in range(row, seen.last, -1) if one in seen.rows and at in seen.filled[one])
        above = next((seen.rows[one][at] for one in said), None)
    told = county if is_empty(name) else above
    place = facts.names.find(code, name, told, level=where.level, ours=where.ours)
    return in_county(place, above if place.level in UNITS else county, facts)


def in_county(place: Place, told: Cell, facts: Facts) -> Place:
    """Return a place; raise PlaceError where it is in another county than its row, or the whole file, says."""
    places, text = facts.names.places, shown(told)
    if place.code == NATION:
        return place
    own = places[place.county if place.level in UNITS else place.code]
    if text:
        county = facts.names.county(text)
        if county is None:
            raise PlaceError(text, "är inget län.", "county")
        if county.code != own.code:
            where = f"ligger i {own.name}" if place.level in UNITS else f"är {own.name}"
            raise PlaceError(place.name, f"{where}, men raden säger {county.name}.", "disagree")
    if facts.county and facts.county != own.code:
        kind = "other" if facts.is_asked else "county"
        rule = f"ligger i {own.name}, men filen gäller {places[facts.county].name}."
        raise PlaceError(place.name, rule, kind, own.name)
    return place


def under_others(
    seen: Seen, rows: Mapping[int, Place], facts: Facts, named: Mapping[int, Place | None]
) -> dict[int, str]:
    """Return the rows of municipalities that stand under another county's name, with what is wrong.

    A county that the whole sheet is `named` after is over all of it, where no county stands in it.
    """
    whole = {} if seen.name.isdigit() else {row: one for row, one in named.items() if one}
    sections = _sections(seen, rows, facts) or whole
    units = {row: one for row, one in rows.items() if one.level in UNITS}
    under, below = dict[int, Place](), None
    for row in sorted({*rows, *sections}) if sections else ():
        below = sections.get(row, below)
        if below and row in units and units[row].county != below.code:
            under[row] = below
    after = [(one, next((sections[at] for at in sorted(sections) if at > row), None)) for row, one in units.items()]
    fits = [one.county == county.code for one, county in after if county]
    if fits and all(fits):
        return {}  # the counties stand below their municipalities
    where = facts.names.places
    return {
        row: f"ligger i {where[rows[row].county].name}, men står under {county.name}" for row, county in under.items()
    }


def _sections(seen: Seen, rows: Mapping[int, Place], facts: Facts) -> dict[int, Place | None]:
    """Return the rows that are a county's name and nothing more: headings of the municipalities below.

    Another heading after one, as of those that it is compared with, ends it: it is of no county.
    """
    found: dict[int, Place | None] = {}
    for row, texts in seen.alone:
        if row in rows or not re.search(r"[^\W\d]{2}", texts[-1]):
            continue  # a figure, which a county's code would be as well
        named = SECTION.match(plain(texts[-1]))
        county = facts.names.county(named[1] if named else texts[-1])
        if county and (named or len(texts) == 1 or facts.names.county(texts[0]) == county):
            found[row] = county
        elif found and len(texts) == 1:
            found[row] = None
    return found
