"""The one reader of lines: what a table says of an indicator and a place, as a result or what is wrong with it."""

from collections.abc import Iterable
from dataclasses import replace

from oj.facts.catalog import Indicator
from oj.facts.places import Place
from oj.sources.files.cells import CellError, number
from oj.sources.published import broken_counts, broken_rules, unlike_counts
from oj.sources.tables.model import NONE, Line, Problem, Result, TableRead, refuse_more
from oj.sources.tables.units import Units, unit_of_line
from oj.sources.terms.cells import Said, Unit, allowed, is_share, said, value
from oj.sources.terms.legend import Legend
from oj.words.errors import nearest
from oj.words.vocabulary import STATUSES, UNITS

LEVELS = {"district": "stadsdelar", "municipality": "kommuner", "county": "län", "nation": "riket"}


def read_lines(lines: Iterable[Line], units: Units, legend: Legend, read: TableRead) -> None:
    """Add what each line says of its indicator and its place to what is read."""
    for line in lines:
        found = _read(line, units, legend)
        if isinstance(found, Problem):
            read.problems.append(found)
            refuse_more(read.problems)
        elif found is not None:
            read.results.append(found)


def _read(line: Line, units: Units, legend: Legend) -> Result | Problem | None:
    """Return what a line says, a problem, or None: a number of an unsure unit, an empty cell of no result."""
    try:
        unit = unit_of_line(line, units)
        found = _said(line, legend)
        above, below = (_count(line.beside.get(role, "")) for role in ("numerator", "denominator"))
    except CellError as error:
        return Problem(line.spot, error.value, error.rule, line.item.id, line.place.code, detail=error.detail)
    one = _result(found, line, unit)
    if not isinstance(one, Result):
        return one
    share = is_share(line.item)
    wrong = broken_counts(above, below, one.status, share=share, fractions=line.item.fractions)
    wrong += unlike_counts(one.value, above, below) if share else []
    for role, told in wrong:
        rule, colon, numbers = told.partition(":")  # which are for the one who imports alone
        there = replace(line, spot=replace(line.spot, column=line.columns[role]))
        seen = line.beside.get(role, line.shown)
        return replace(_problem(there, seen, rule), detail=colon + numbers)
    return replace(one, numerator=above, denominator=below)


def _said(line: Line, legend: Legend) -> Said | None:
    """Return what a line's value, answer and status say together; raise CellError where they contradict each other."""
    answers = line.item.is_answer and line.place.level in UNITS
    each = [said(one, line.item, answers=answers, legend=legend) for one in line.said]
    found, status = [one for one in each if one is not None], line.beside.get("status", "")
    if status and status not in STATUSES:
        raise CellError(status, f"är ingen status.{nearest(status, STATUSES)} Tillåtna: {', '.join(STATUSES)}.")
    if status not in ("", "observed"):
        found.append(Said(status=status))
    elif status and not found:
        raise CellError(status, "säger att uppgift finns, men raden har varken värde eller svar")
    if len(found) > 1:
        raise CellError("", "säger två saker; en rad har antingen ett värde, ett svar eller en status")
    return found[0] if found else None


def _count(text: str) -> float:
    """Return a numerator or a denominator; raise CellError for what is no number, or less than none."""
    return number(text, "ska vara ett antal, 0 eller större") if text else NONE


def _problem(line: Line, text: str, rule: str) -> Problem:
    return Problem(line.spot, text, rule, line.item.id, line.place.code)


def _result(found: Said | None, line: Line, unit: Unit | None) -> Result | Problem | None:
    """Return what was said as a result of an indicator and a place, or what is wrong with it.

    An empty cell is a result that is missing where the place has one at all. `unit` is None where it is unsure: then
    numbers are left, for the column is told.
    """
    item, place, text = line.item, line.place, line.shown
    if place.level not in item.levels:
        rule = f"ska vara tom: indikatorn redovisas inte för {LEVELS[place.level]}"
        return None if found is None else _problem(line, text, rule)
    if found is None:
        return Result(line.spot, item.id, place.code, status="missing")
    if found.number is not None and unit is None:
        return None
    amount = NONE if found.number is None else value(found, unit or "")
    if found.has_sign and not is_share(item):
        return _problem(line, text, "ska vara ett tal utan procenttecken")
    for _column, rule in broken_rules(item, place.level, amount, found.answer, found.status):
        return _problem(line, text, _told(rule, item, place, found))
    return Result(line.spot, item.id, place.code, amount, found.answer, found.status, shown=text)


def _told(rule: str, item: Indicator, place: Place, found: Said) -> str:
    """Return a rule of the field as it is told of a cell."""
    if rule.startswith("en andel"):
        return "en andel ska ligga mellan 0 och 100 procent (0 och 1)"
    if item.is_answer and place.level in UNITS:
        return f"{'är ett tal, men' if found.number is not None else 'passar inte;'} {allowed(item, answers=True)}"
    return f"är ett svar, men {allowed(item, answers=False)}" if found.answer else rule
