"""What cannot be so when results are put beside each other: the same cell twice, and sums that cannot be."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from oj.facts.catalog import Indicator
from oj.facts.places import Place, units
from oj.sources.files.cells import letter
from oj.sources.published import is_share
from oj.sources.tables.model import Facts, Problem, Result, TableRead, refuse_more

HALF = 0.5001  # of the last decimal that is shown
Found = tuple[Problem, tuple[Result, ...]]  # what is wrong, and the results that are not to be kept
Known = Mapping[tuple[str, str], Result]  # by indicator and place


def checked(tables: list[TableRead], facts: Facts, folder: Path | None) -> tuple[list[Result], list[Problem]]:
    """Return the results that nothing speaks against, and every problem in the order of the file."""
    results = [one for table in tables for one in table.results]
    found = _twice(results, is_text=facts.is_text)
    rest = _without(results, found)
    counties = {one.place for one in results if facts.names.places[one.place].level == "county"}
    of = {code: [one for one in facts.names.places.values() if one.county == code] for code in counties}
    own = {code: [one for one in places if one.level == "municipality"] for code, places in of.items()}
    found += _impossible(rest, facts.indicators, {code: [units(code, folder), own[code]] for code in counties})
    problems = [one for table in tables for one in table.problems] + [problem for problem, _out in found]
    refuse_more(problems)
    order = {table.sheet: at for at, table in enumerate(tables)}
    problems.sort(key=lambda one: (order[one.spot.sheet], one.spot.row, one.spot.column or 0))
    return _without(results, found), problems


def _without(results: Iterable[Result], found: Iterable[Found]) -> list[Result]:
    wrong = {id(one) for _problem, out in found for one in out}
    return [one for one in results if id(one) not in wrong]


def _twice(results: Sequence[Result], *, is_text: bool) -> list[Found]:
    """Return a problem for each result that stands twice: the later where they agree, both where they do not."""
    first: dict[tuple[str, str], Result] = {}
    found: list[Found] = []
    for one in results:
        earlier = first.setdefault((one.indicator, one.place), one)
        if earlier is one:
            continue
        spot = earlier.spot
        there = f"rad {spot.row}" if is_text else f"{spot.sheet} {letter(spot.column or 0)}{spot.row}"
        numbers = one.value == earlier.value or (one.value != one.value and earlier.value != earlier.value)
        if numbers and (one.answer, one.status) == (earlier.answer, earlier.status):
            found.append((_problem(one, f"finns redan på {there}; en uppgift ska stå en gång"), (one,)))
        else:
            found.append((_problem(one, f"säger emot {there}, som gäller samma sak; båda utelämnas"), (one, earlier)))
    return found


def _problem(one: Result, rule: str) -> Problem:
    return Problem(one.spot, one.shown, rule, one.indicator, one.place)


def _impossible(
    results: Sequence[Result], indicators: Mapping[str, Indicator], units: Mapping[str, Collection[Sequence[Place]]]
) -> list[Found]:
    """Return a problem for each figure that the others make impossible.

    `units` are those that a county's figure may be of: its municipalities, or with districts in place of their city.
    """
    seen = {(one.indicator, one.place): one for one in results}
    known = {key: one for key, one in seen.items() if one.status == "observed"}
    found: list[Found] = []
    for one in known.values():
        item = indicators[one.indicator]
        rule = _nested(one, known, indicators) or _whole(one, known, item)
        if not rule:
            each = [[seen.get((one.indicator, unit.code)) for unit in some] for some in units.get(one.place, ())]
            rules = [_county(one, [unit for unit in own if unit], item) for own in each if all(own)]
            rule = rules[0] if rules and all(rules) else ""
        if rule:
            found.append((_problem(one, rule), (one,)))
    return found


def _step(item: Indicator) -> float:
    """Return half of the last decimal that is shown, in the indicator's unit: what rounding may differ."""
    step: float = HALF * 10.0**-item.decimals
    return step / 100 if is_share(item) else step


def _nested(one: Result, known: Known, indicators: Mapping[str, Indicator]) -> str:
    item = indicators[one.indicator]
    whole = known.get((item.nested_in, one.place))
    is_larger = whole is not None and one.value > whole.value + 2 * _step(item)
    return f"är större än {indicators[item.nested_in].phrase}, som den är en del av" if is_larger else ""


def _whole(one: Result, known: Known, item: Indicator) -> str:
    """Return what is wrong with a share of all where the shares of its parts are known: it lies between them."""
    parts = [known[part, one.place].value for part in item.parts if (part, one.place) in known]
    is_all = bool(parts) and len(parts) == len(item.parts)
    return _outside(one, parts, item, "ligger utanför delgruppernas andelar") if is_all else ""


def _outside(one: Result, values: Iterable[float], item: Indicator, rule: str) -> str:
    told, margin = [value for value in values if value == value], 2 * _step(item)  # noqa: PLR0124
    return "" if not told or min(told) - margin <= one.value <= max(told) + margin else rule


def _county(one: Result, own: Sequence[Result], item: Indicator) -> str:
    """Return what is wrong with a county's figure where all its municipalities' results are known."""
    answered = [unit for unit in own if unit.status == "observed"]
    if not answered or any(unit.status not in ("observed", "not_applicable") for unit in own):
        return ""
    if not item.is_answer:
        rule = "ligger utanför det minsta och det största värdet bland länets kommuner"
        return _outside(one, [unit.value for unit in answered], item, rule)
    yes = sum(unit.answer == "yes" for unit in answered)
    if any(abs(one.value - yes / count) <= _step(item) for count in (len(answered), len(own))):
        return ""
    return f"går inte ihop med kommunernas svar: {yes} av {len(answered)} har svarat Ja"
