"""What a cell says, as a result of an indicator and a place, or what is wrong with it."""

from oj.facts.catalog import Indicator
from oj.facts.places import Place
from oj.sources.published import broken_rules
from oj.sources.terms.cells import Said, Unit, allowed, is_share, value
from oj.sources.terms.model import NONE, Problem, Result, Spot
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
