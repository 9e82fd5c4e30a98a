"""Which place each row of a table is about; what else stands below the heading is told, or a fault."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from oj.facts.places import NATION, Place
from oj.sources.files.cells import Cell, index, is_empty, shown
from oj.sources.files.sheet import Sheet
from oj.sources.tables.doubt import repeats_heading
from oj.sources.tables.head import is_place_row
from oj.sources.tables.layout import Table
from oj.sources.tables.model import Facts, Problem, Spot, TableRead, refuse_many, refuse_more
from oj.sources.terms.places import Level, PlaceError
from oj.sources.terms.words import is_county_heading, plain, squeezed
from oj.words.vocabulary import UNITS

OURS = "place"  # the heading of codes in the project's own tables
BY_COUNTY = re.compile(
    r"\b(?:per|efter|alla) (?:län|region)\b|länsvis|regionvis|\blänen\b|\bregionerna\b", re.IGNORECASE
)
SECTION = re.compile(r"^(?:kommuner(?:na)?|stadsdelar(?:na)?) i (.+)$", re.IGNORECASE)
SKIPPED = "Ska raden inte läsas: skriv dess nummer under skip_rows i layouten"
ONE_TEXT = len("redovisas ej")  # longer texts alone on a row are notes


def place_rows(sheet: Sheet, table: Table, facts: Facts, read: TableRead) -> dict[int, Place]:
    """Return the rows that are about a place and have a value; what else stands below the heading is told."""
    level, ours = level_of(sheet, table, facts), _heading(sheet, table, table.code) == OURS
    rows, unknown = dict[int, Place](), dict[str, None]()
    for row in (at for at in sheet.rows if at > table.header[1]):
        refuse_more(read.problems)
        told = _no_place(sheet, table, row, facts, read)
        if told is not None:
            read.problems += [told] if isinstance(told, Problem) else []
            read.unread += [] if isinstance(told, Problem) else [(row, told)]
            continue
        try:
            rows[row] = _place(sheet, table, row, facts, (level, ours))
        except PlaceError as wrong:
            _tell(sheet, table, row, wrong, read)
            if wrong.kind != "other":
                unknown[wrong.value] = None
            refuse_many(unknown)
    for row, rule in _under_others(sheet, table, rows, facts).items():
        read.problems.append(Problem(Spot(table.sheet, row), rows.pop(row).name, rule))
    read.places += rows.values()
    return rows


def _no_place(sheet: Sheet, table: Table, row: int, facts: Facts, read: TableRead) -> Problem | str | None:
    """Return what a row is that is about no place, or that a layout wrongly skips; None for a row to read."""
    code, name = (index(one) if one else None for one in (table.code, table.name))
    values = [
        one for one in table.columns if one.indicator != "ignore" and not is_empty(sheet.cell(row, index(one.column)))
    ]
    texts = [shown(one) for one in sheet.rows[row] if not is_empty(one)]
    about = is_place_row(sheet, row, code, name, facts.names)
    if repeats_heading(sheet, table, row):
        return "rubriken en gång till"
    if row in table.skip_rows:
        _look_at_skipped(sheet, table, row, facts, read)
        return f"hoppas över enligt layouten: {texts[0]}"
    if not values or (not about and len(texts) == 1 and len(texts[0]) > ONE_TEXT):
        return f"{'utan värden: ' if about else ''}{' '.join(texts[:2])}"
    if not shown(sheet.cell(row, code)) and not shown(sheet.cell(row, name)):
        rule = "har värden men varken kod eller namn på någon kommun"
        if any(top < row <= bottom and left in (code, name) for top, bottom, left, _right in sheet.merged):
            rule += ": namnet ovanför är sammanfogat över flera rader. Dela cellen och skriv varje kommun på sin rad"
        return Problem(Spot(table.sheet, row), "", rule)  # what stands there may be hidden
    return None


def _look_at_skipped(sheet: Sheet, table: Table, row: int, facts: Facts, read: TableRead) -> None:
    """Note that a row that the layout skips is a municipality's, so that the file is not of that shape any more."""
    try:
        place = _place(sheet, table, row, facts, ("unit", True))
    except PlaceError as wrong:
        read.kinds[wrong.kind] += 1
        return
    if place.level in UNITS:
        read.skipped.append((row, place))


def _tell(sheet: Sheet, table: Table, row: int, wrong: PlaceError, read: TableRead) -> None:
    """Add a row whose place cannot be read to what is told: a row of another county is no fault."""
    read.kinds[wrong.kind] += 1
    if wrong.kind == "other":
        read.others[wrong.county] += 1
        return
    code = index(table.code) if table.code else None
    at = code if not is_empty(sheet.cell(row, code)) else index(table.name or table.code)
    rule = f"{wrong.rule} {SKIPPED}" if wrong.kind == "none" else wrong.rule
    read.problems.append(Problem(Spot(table.sheet, row, at), wrong.value, rule))


def _heading(sheet: Sheet, table: Table, column: str) -> str:
    """Return what stands over a column of places, squeezed."""
    if not column:
        return ""
    rows = range(table.header[0], table.header[1] + 1)
    return squeezed(plain(" ".join(shown(sheet.cell(row, index(column))) for row in rows)))


def level_of(sheet: Sheet, table: Table, facts: Facts) -> Level:
    """Return what a name is that both a municipality and a county have, "" where neither heading nor company tells."""
    rows = range(table.header[0], table.header[1] + 1)
    if not (table.name or table.code):  # they are hidden, which is told
        return ""
    at = index(table.name or table.code)
    if any(is_county_heading(sheet.cell(row, at)) for row in rows) and not table.county:
        return "county"
    above = [shown(one) for row, cells in sheet.rows.items() if row < rows[0] for one in cells if isinstance(one, str)]
    texts = [shown(sheet.cell(row, at)) for row in sheet.rows if row > rows[-1]]
    return level_among(texts, _heading(sheet, table, table.name or table.code), above, facts)


def level_among(texts: Sequence[str], heading: str, above: Sequence[str], facts: Facts) -> Level:
    """Return what shared names are among the names of a column, by its heading, squeezed, and the table's titles."""
    found = [(text, place) for text in texts if text and (place := facts.names.named(text, ""))]
    if any(one.level == "county" and squeezed(one.short) == squeezed(text) for text, one in found):
        return ""
    if any(BY_COUNTY.search(text) for text in above):
        return ""
    is_units = heading.startswith(("kommun", "stadsdel")) or any(one.level == "municipality" for _text, one in found)
    return "unit" if is_units else ""


def _place(sheet: Sheet, table: Table, row: int, facts: Facts, read_as: tuple[Level, bool]) -> Place:
    """Return a row's place; raise PlaceError where there is none, or where it is in another county than is said."""
    columns = (table.code, table.name, table.county)
    code, name, county = (sheet.cell(row, index(one)) if one else None for one in columns)
    above = _county_above(sheet, table, row) if table.county and is_empty(county) else county
    place = facts.names.find(code, name, county if is_empty(name) else above, level=read_as[0], ours=read_as[1])
    return in_county(place, above if place.level in UNITS else county, facts)


def _county_above(sheet: Sheet, table: Table, row: int) -> Cell:
    """Return the county that is written once, above or merged over several rows, for a row that has none itself."""
    at = index(table.county)
    said = (sheet.cell(one, at) for one in range(row, table.header[1], -1))
    return next((one for one in said if not is_empty(one)), None)


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


def _under_others(sheet: Sheet, table: Table, rows: Mapping[int, Place], facts: Facts) -> dict[int, str]:
    """Return the rows of municipalities that stand under another county's name, with what is wrong."""
    sections = _sections(sheet, table, rows, facts)
    if not sections:
        return {}
    under: dict[int, Place] = {}
    below, fits, breaks = None, 0, 0
    for row in sorted({*rows, *sections}):
        below = sections.get(row, below)
        if below and row in rows and rows[row].level in UNITS and rows[row].county != below.code:
            under[row] = below
    for row, place in rows.items():
        after = next((one for at, one in sorted(sections.items()) if at > row), None)
        if place.level in UNITS and after:
            fits, breaks = fits + (place.county == after.code), breaks + (place.county != after.code)
    if fits and not breaks:
        return {}  # the counties stand below their municipalities
    where = facts.names.places
    return {
        row: f"ligger i {where[rows[row].county].name}, men står under {county.name}" for row, county in under.items()
    }


def _sections(sheet: Sheet, table: Table, rows: Mapping[int, Place], facts: Facts) -> dict[int, Place]:
    """Return the rows that are a county's name and nothing more: headings of the municipalities below."""
    found = {}
    for row in (at for at in sheet.rows if at not in rows and at != table.header[0]):
        texts = [shown(one) for one in sheet.rows[row] if not is_empty(one)]
        if table.header[0] < row <= table.header[1] or not 1 <= len(texts) <= 2:
            continue
        if not re.search(r"[^\W\d]{2}", texts[-1]):
            continue  # a figure, which a county's code would be as well
        named = SECTION.match(plain(texts[-1]))
        county = facts.names.county(named[1] if named else texts[-1])
        if county and (named or len(texts) == 1 or facts.names.county(texts[0]) == county):
            found[row] = county
    own = facts.names.county(table.sheet) if not table.sheet.isdigit() else None
    return ({0: own} if own and not Counter(found) else {}) | found
