"""A problem as it is told: where it stands and which rule it breaks, never what somebody wrote; and what is not read.

What stands in the cell of an answer may be a name, a telephone number or a case. It is told only where it can be
nothing of the kind, see `oj.sources.terms.harmless`.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice

from oj.facts.places import NATION, Place
from oj.sources.files.cells import letter
from oj.sources.imported import LeftOut
from oj.sources.tables.model import Facts, Problem, Spot, TooManyError
from oj.sources.terms.harmless import is_harmless
from oj.words.errors import DataError, Fault, UserError
from oj.words.swedish import listing, number

MOST_KINDS = 10
MOST_COUNTIES = 6  # that are named
NOTHING_FILLED = "har inga ifyllda värden. Fyll i något på en kommuns rad, spara filen och försök igen."
NO_TABLE = (
    "har ingen tabell som kan läsas: inget blad har en rubrik Kommunkod, Kod eller Kommun med kommuner under. "
    "Skriv en sådan rubrik över kommunerna, eller ange var de står med --layout."
)


def _without_words(one: Problem) -> Problem:
    """Return a problem of an answer's cell without what somebody wrote in it."""
    if not (one.indicator and one.place) or is_harmless(one.value):
        return one
    return replace(one, value="", rule=f"cellens text {one.rule}", detail="")


def _about(one: Problem, facts: Facts) -> str:
    item, place = facts.indicators.get(one.indicator), facts.names.places.get(one.place)
    return ", ".join(filter(None, (item.title if item else "", place.name if place else "")))


def cell_of(spot: Spot) -> str:
    """Return what Excel calls where something stands: C5; empty where it is a whole row."""
    return "" if spot.column is None else f"{letter(spot.column)}{spot.row}"


def _column(one: Problem) -> str:
    return "rad " if one.spot.column is None else letter(one.spot.column)


def fault_of(one: Problem, facts: Facts) -> Fault:
    """Return a problem as it is told: with its sheet and cell, or its row in a text file."""
    one, about = _without_words(one), _about(one, facts)
    rule = f"{one.rule}{one.detail} ({about})" if about else f"{one.rule}{one.detail}"
    item = facts.indicators.get(one.indicator)
    kind = f"{one.rule} ({item.title})" if item else one.rule
    if facts.is_text:
        field = "" if one.spot.column is None else f"fält {one.spot.column + 1}"
        return Fault(facts.file, one.spot.row, field, one.value, rule, kind)
    return Fault(facts.file, None, f"{one.spot.sheet} {_column(one)}{one.spot.row}", one.value, rule, kind)


def left_out_of(one: Problem, facts: Facts) -> LeftOut:
    """Return a problem as the method chapter tells it; a protected indicator's value is not told."""
    one, item = _without_words(one), facts.indicators.get(one.indicator)
    where = f"{facts.file} rad {one.spot.row}" if facts.is_text else f"{one.spot.sheet}!{_column(one)}{one.spot.row}"
    return LeftOut(where, _about(one, facts), "" if item and item.protected else one.value, one.rule)


@contextmanager
def few_enough(facts: Facts) -> Iterator[None]:
    """Tell of a file with more that is wrong than is collected: the first of each kind, at most a page."""
    try:
        yield
    except TooManyError as error:
        count = Counter(one.rule for one in error.problems)
        first = {one.rule: one for one in reversed(error.problems)}
        lines = [
            f"  {fault_of(first[rule], facts)}{f' ({number(many)} sådana)' if many > 1 else ''}"
            for rule, many in islice(count.items(), MOST_KINDS)
        ]
        rest = [f"  … och {number(len(count) - MOST_KINDS)} slag till"] if len(count) > MOST_KINDS else []
        told = f"{facts.file} har fler än {number(error.most)} fel, och läsningen slutade där. De första av varje slag:"
        raise UserError("\n".join([told, *lines, *rest])) from error


def refuse_nothing(places: Collection[Place], others: Counter[str], facts: Facts, *, is_found: bool) -> None:
    """Raise UserError, with the true reason, where nothing of a file is about what it was asked for."""
    if any(place.code != NATION for place in places):
        return
    if others:
        county = facts.names.places[facts.county].name
        where = f"den har kommuner i {listing(_named(list(others)))}"
        raise UserError(f"{facts.file} har inga kommuner i {county}; {where}. Är det rätt fil, och rätt län?")
    if not places:
        raise UserError(f"{facts.file} {NOTHING_FILLED if is_found else NO_TABLE}")


def told_others(others: Counter[str], facts: Facts) -> list[str]:
    """Return how many rows of which other counties are not read, as a sentence; none where there are none."""
    if not others:
        return []
    count, county = others.total(), facts.names.places[facts.county].name
    rows = "En rad" if count == 1 else f"{number(count)} rader"
    each = listing(_named([f"{name} ({many})" for name, many in others.items()]))
    return [f"{rows} om andra län än {county} läses inte: {each}."]


def _named(names: list[str]) -> list[str]:
    """Return names, when they are many the first of them and how many more there are."""
    more = len(names) - MOST_COUNTIES + 1
    return names if more < 2 else [*names[: MOST_COUNTIES - 1], f"{more} län till"]


def nothing_right(file: str, faults: Sequence[Fault]) -> UserError:
    """Return that nothing in a file can be imported: with every fault, where there are any."""
    told = f"{file} har inga uppgifter att läsa in."
    return DataError(faults, told) if faults else UserError(told)
