"""What a cell says, as a result of an indicator and a place, or what is wrong with it."""

from collections.abc import Mapping

from oj.facts.catalog import Indicator
from oj.facts.places import Place
from oj.sources.files.cells import CellError, is_empty, shown
from oj.sources.files.sheet import Sheet
from oj.sources.published import broken_rules
from oj.sources.tables.find import column_unit, numeric_rows, titles_above
from oj.sources.tables.model import NONE, Problem, Result, Spot
from oj.sources.terms.cells import Said, Unit, allowed, is_share, value
from oj.sources.terms.words import plain
from oj.words.errors import nearest
from oj.words.vocabulary import UNITS

LEVELS = {"district": "stadsdelar", "municipality": "kommuner", "county": "län", "nation": "riket"}


def result(
    found: Said | None, seen: tuple[Spot, str], item: Indicator, place: Place, unit: Unit | None
) -> Result | Problem | None:
    """Return what was said as a result of an indicator and a place, or what is wrong with it.

    An empty cell is a result that is missing where the place has one at all. `unit` is None where it is unsure: then
    numbers are left, for the column is told. `seen` is where it stands and what it shows.
    """
    spot, text = seen
    if place.level not in item.levels:
        rule = f"ska vara tom: indikatorn redovisas inte för {LEVELS[place.level]}"
        return None if found is None else Problem(spot, text, rule, item.id, place.code)
    if found is None:
        return Result(spot, item.id, place.code, status="missing")
    if found.number is not None and unit is None:
        return None
    amount = NONE if found.number is None else value(found, unit or "")
    if found.has_sign and not is_share(item):
        return Problem(spot, text, "ska vara ett tal utan procenttecken", item.id, place.code)
    for _column, rule in broken_rules(item, place.level, amount, found.answer, found.status):
        return Problem(spot, text, _told(rule, item, place, found), item.id, place.code)
    return Result(spot, item.id, place.code, amount, found.answer, found.status, shown=text)


def _told(rule: str, item: Indicator, place: Place, found: Said) -> str:
    """Return a rule of the field as it is told of a cell."""
    if rule.startswith("en andel"):
        return "en andel ska ligga mellan 0 och 100 procent (0 och 1)"
    if item.is_answer and place.level in UNITS:
        return f"{'är ett tal, men' if found.number is not None else 'passar inte;'} {allowed(item, answers=True)}"
    return f"är ett svar, men {allowed(item, answers=False)}" if found.answer else rule


WORDS: Mapping[str, Unit] = {
    "procent": "percent", "%": "percent", "percent": "percent", "andel 0-1": "share", "0-1": "share", "share": "share",
    "kvot 0-1": "share", "antal": "number", "tal": "number", "number": "number", "timmar": "number", "kvot": "number",
    "timmar/vecka": "number", "timmar per vecka": "number", "timmar i veckan": "number",
    "barn per handläggare": "number",
}  # fmt: skip
MEND = "Skriv procenttecken i cellerna, eller lägg till kolumnen enhet med procent eller andel 0–1 på varje rad"


def units_of(
    sheet: Sheet, title: str, found: tuple[int, Mapping[str, int]], rows: Mapping[int, tuple[Indicator, Place]]
) -> tuple[dict[str, Unit | None], list[Problem]]:
    """Return the unit of every indicator's numbers, None where it is unsure, and a problem for each of those.

    `found` are the row of headings and the columns. Under `value`, as in resultat.csv, shares are 0-1; under ”värde”
    the numbers of each indicator decide, but for those whose row says its unit.
    """
    head, columns = found
    at = columns.get("value")
    of_each: dict[str, list[int]] = {}
    for row, (item, place) in rows.items():
        silent = is_empty(sheet.cell(row, columns.get("unit")))
        of_each.setdefault(item.id, []).extend(numeric_rows({row: place.level}, item) if silent else [])
    items = {item.id: item for item, _place in rows.values()}
    heading = plain(shown(sheet.cell(head, at)))
    if heading.casefold() == "value":
        return {name: "share" if is_share(items[name]) else "number" for name in of_each}, []
    above = [title, *titles_above(sheet, head)]
    units: dict[str, Unit | None] = {}
    problems = []
    for name, own in of_each.items():
        try:
            units[name] = column_unit([sheet.cell(row, at) for row in own], items[name], heading, above)
        except CellError as error:
            units[name] = None
            problems.append(Problem(Spot(title, own[0], at), items[name].title, f"{error.rule}. {MEND}", name))
    return units, problems


def unit_of_row(told: str, item: Indicator, place: Place) -> Unit:
    """Return the unit that a row says, "" where it says none; raise CellError for one that does not go with it."""
    if not told:
        return ""
    unit = WORDS.get(" ".join(told.replace("–", "-").casefold().split()), "")
    if item.is_answer and place.level in UNITS:
        return unit
    if not unit:
        raise CellError(told, f"är ingen enhet som kan läsas.{nearest(told, WORDS)} Skriv procent, andel 0–1 eller tal")
    if is_share(item) != (unit != "number"):
        right = "procent eller andel 0–1" if is_share(item) else "tal"
        raise CellError(told, f"är inte indikatorns enhet, som är {right}")
    return unit
