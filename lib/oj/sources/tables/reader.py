"""The one reader of lines: what a table says of an indicator and a place, as a result or what is wrong with it.

Numbers have the unit that their line says, or else their column: its layout, its heading, or the numbers' own size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan

from oj.facts.catalog import Indicator
from oj.facts.places import Place
from oj.sources.files.cells import CellError, number
from oj.sources.published import NO_SHARE, OUTSIDE, broken_rules, counts_broken, is_share
from oj.sources.tables.model import NONE, Line, Problem, Result, Spot, TableRead, refuse_more
from oj.sources.terms.cells import Said, Unit, allowed, column_unit, has_numbers, said
from oj.sources.terms.legend import Legend
from oj.sources.terms.words import WORDS
from oj.words.errors import nearest
from oj.words.vocabulary import STATUSES, UNITS

LEVELS = {"district": "stadsdelar", "municipality": "kommuner", "county": "län", "nation": "riket"}
A_COUNT = "ska vara ett antal, 0 eller större"  # as a rule of a cell
UNIT_WORDS: Mapping[str, Unit] = {word: unit for unit, words in WORDS["units"].items() for word in words}
Units = Mapping[tuple[int, str], Unit | None]  # by column and indicator


@dataclass(frozen=True)
class Told:
    """What says the units of a table's columns: the layout (`given`), their headings, and all that stands above.

    Where one is unsure, it is told with `mend`: at the row `head` with the column's heading, without such a row at its
    first number with the indicator's title.
    """

    mend: str
    headings: Mapping[int, str]
    given: Mapping[int, Unit]
    above: Sequence[str]
    head: int | None = None


def read_lines(
    lines: Sequence[Line], told: Told, legend: Legend, read: TableRead
) -> dict[tuple[int, str], Unit | None]:
    """Add what each line says of its indicator and its place to what is read; return the units of their columns."""
    units, unsure = _units_of(lines, told)
    read.problems += unsure
    for line in lines:
        found = _read(line, units, legend)
        if isinstance(found, Problem):
            read.problems.append(found)
            refuse_more(read.problems)
        elif found is not None:
            read.results.append(found)
    return units


def _units_of(lines: Sequence[Line], told: Told) -> tuple[dict[tuple[int, str], Unit | None], list[Problem]]:
    """Return the unit of every column's numbers of an indicator, None where it is unsure, and a problem for each."""
    each: dict[tuple[int, str], list[Line]] = {}
    for line in lines:
        own = each.setdefault((line.spot.column or 0, line.item.id), [])
        own += [line] if not line.beside.get("unit") and has_numbers(line.item, line.place.level) else []
    items = {line.item.id: line.item for line in lines}
    units: dict[tuple[int, str], Unit | None] = {}
    problems = []
    for (column, name), own in each.items():
        item, heading = items[name], told.headings[column]
        try:
            unit = told.given[column] or column_unit([one.value for one in own], item, heading, told.above)
            units[column, name] = unit
        except CellError as error:
            units[column, name] = None
            spot = Spot(lines[0].spot.sheet, told.head or own[0].spot.row, column)
            rule = told.mend.format(told=error.rule)
            problems.append(Problem(spot, heading if told.head else item.title, rule, name))
    return units, problems


def _unit_of_line(line: Line, units: Units) -> Unit | None:
    """Return the unit of a line: its own, or its column's; raise CellError for one that does not go with it."""
    told, item = line.beside.get("unit", ""), line.item
    unit = UNIT_WORDS.get(" ".join(told.replace("–", "-").casefold().split()), "")
    numbers = has_numbers(item, line.place.level)
    if not told or (not unit and not numbers):
        return units.get((line.spot.column or 0, item.id), "")
    if not unit:
        hint = nearest(told, UNIT_WORDS)
        raise CellError(told, f"är ingen enhet som kan läsas.{hint} Skriv procent, andel 0–1 eller tal")
    if numbers and is_share(item) != (unit != "number"):
        right = "procent eller andel 0–1" if is_share(item) else "tal"
        raise CellError(told, f"är inte indikatorns enhet, som är {right}")
    return unit


def _read(line: Line, units: Units, legend: Legend) -> Result | Problem | None:
    """Return what a line says, a problem, or None: a number of an unsure unit, an empty cell of no result."""
    try:
        unit = _unit_of_line(line, units)
        found = _said(line, legend)
        counts = [line.beside.get(role, "") for role in ("numerator", "denominator")]
        above, below = (number(text, A_COUNT) if text else NONE for text in counts)
    except CellError as error:
        return Problem(line.spot, error.value, error.rule, line.item.id, line.place.code, detail=error.detail)
    one = _result(found, line, unit)
    if not isinstance(one, Result):
        return one
    if isnan(above) and isnan(below):
        return one
    for role, told in counts_broken(line.item, one.value, above, below, one.status):
        rule, colon, numbers = told.partition(":")  # which are for the one who imports alone
        spot, value = replace(line.spot, column=line.columns[role]), line.beside.get(role, line.shown)
        return Problem(spot, value, rule, line.item.id, line.place.code, detail=colon + numbers)
    return replace(one, numerator=above, denominator=below)


def _said(line: Line, legend: Legend) -> Said | None:
    """Return what a line's value, answer and status say together; raise CellError where they contradict each other."""
    answers, status = line.item.is_answer and line.place.level in UNITS, line.beside.get("status", "")
    each = [said(one, line.item, answers=answers, legend=legend) for one in line.said]
    found = [one for one in each if one is not None]
    if status and status not in STATUSES:
        raise CellError(status, f"är ingen status.{nearest(status, STATUSES)} Tillåtna: {', '.join(STATUSES)}.")
    if status not in ("", "observed"):
        found.append(Said(status=status))
    elif status and not found:
        raise CellError(status, "säger att uppgift finns, men raden har varken värde eller svar")
    if len(found) > 1:
        raise CellError("", "säger två saker; en rad har antingen ett värde, ett svar eller en status")
    return found[0] if found else None


def _result(found: Said | None, line: Line, unit: Unit | None) -> Result | Problem | None:
    """Return what was said as a result of an indicator and a place, or what is wrong with it.

    An empty cell is a result that is missing where the place has one at all. `unit` is None where it is unsure: then
    numbers are left, for the column is told.
    """
    item, place, text = line.item, line.place, line.shown
    if place.level not in item.levels:
        rule = f"ska vara tom: indikatorn redovisas inte för {LEVELS[place.level]}"
        return None if found is None else Problem(line.spot, text, rule, item.id, place.code)
    if found is None:
        return Result(line.spot, item.id, place.code, status="missing")
    if found.number is not None and unit is None:
        return None
    in_percent = found.has_sign or unit == "percent"
    amount = NONE if found.number is None else float(found.number / 100 if in_percent else found.number)
    rules = ["ska vara ett tal utan procenttecken"] if found.has_sign and not is_share(item) else []
    broken = broken_rules(item, place.level, amount, found.answer, found.status)
    for rule in [*rules, *(_told(told, item, place, found) for _column, told in broken)]:
        return Problem(line.spot, text, rule, item.id, place.code)
    return Result(line.spot, item.id, place.code, amount, found.answer, found.status, shown=text)


def _told(rule: str, item: Indicator, place: Place, found: Said) -> str:
    """Return a rule of the field as it is told of a cell."""
    if rule == NO_SHARE:
        return OUTSIDE
    if item.is_answer and place.level in UNITS:
        return f"{'är ett tal, men' if found.number is not None else 'passar inte;'} {allowed(item, answers=True)}"
    return f"är ett svar, men {allowed(item, answers=False)}" if found.answer else rule
