"""How counts add up, which is what gives a hidden one away: places to county and nation, parts to a whole.

Both the numerator and the denominator of a total are the sums of its parts'.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from oj.facts.catalog import Indicator, indicators_in
from oj.facts.editions import root_of
from oj.facts.kept import kept
from oj.facts.places import NATION, all_places, city_of
from oj.sources.which import KEY
from oj.words.errors import DataError, Fault

REST = "-"  # between the codes of places that the table does not have and that are one unknown together
ALONE = 6  # places that a total lacks; more are taken together
CLOSE = 1e-6  # persons

Key = tuple[str, str, str]
Asked = tuple[str, str]  # an edition and one of its indicators
Known = Mapping[Asked, Indicator]
Pair = tuple[float, float]


@dataclass(frozen=True)
class Relation:
    """A total and the parts that add up to it, as (edition, indicator, place); any of them may be unknown."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def members(self) -> tuple[Key, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)

    @property
    def of_one_place(self) -> bool:
        """Whether the parts are those of a place's whole, and not places."""
        return all(part[2] == self.total[2] for part in self.parts)


def keys_of(results: pd.DataFrame) -> list[Key]:
    """Return the key of every row, in the order of the rows."""
    return list(zip(*(results[name].astype(str).tolist() for name in KEY), strict=True))


def of_persons(keys: Iterable[Key], known: Known) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Return which of some keys are of protected indicators."""
    return np.array([key[:2] in known and known[key[:2]].protected for key in keys], dtype=bool)


def relations(results: pd.DataFrame, folder: Path | None = None) -> list[Relation]:
    """Return what adds up among the protected indicators: municipalities to county, counties to nation, and parts.

    Places that the table does not have are unknown parts: each its own where they are few, else all together.

    >>> cells = [("2015", "behoriga-alla", place) for place in ("00", "01", "0114")]
    >>> [len(relation.parts) for relation in relations(pd.DataFrame(cells, columns=KEY))]
    [2, 2]
    """
    known = indicators_in(results["edition"].astype(str).unique(), folder)
    keys = set(compress(keys_of(results), of_persons(keys_of(results), known)))
    wholes = {pair: item.parts for pair, item in known.items() if item.parts}
    of_places = _of_places(keys, _implied(keys, wholes), folder)
    every = keys | {part for relation in of_places for part in relation.parts}
    of_parts = [
        Relation((edition, name, place), tuple((edition, part, place) for part in wholes[edition, name]))
        for edition, name, place in sorted(every)
        if any((edition, part, place) in every for part in wholes.get((edition, name), ()))
    ]
    return [*of_places, *of_parts]


def _implied(keys: Set[Key], wholes: Mapping[Asked, Sequence[str]]) -> set[Key]:
    """Return what the table does not have, but tells: a whole by all its parts, a part by its whole and the others.

    Not of the nation, which would tie every county to every other.
    """
    found = set()
    for edition, place in {(edition, place) for edition, _, place in keys if place != NATION}:
        for (year, whole), parts in wholes.items():
            if year != edition:
                continue
            lacking = {(edition, name, place) for name in (whole, *parts)} - keys
            found |= lacking if len(lacking) == 1 else set()
    return found


def _of_places(keys: Set[Key], implied: Set[Key], folder: Path | None) -> list[Relation]:
    """Return every total of places that the table has or tells, with the parts it has and the rest as one."""
    inside = _inside(root_of(folder))
    found = []
    for edition, name, place in sorted(key for key in keys | implied if key[2] in inside):
        children = [(edition, name, child) for child in inside[place]]
        parts = [part for child in children for part in _present(child, inside, keys)]
        lacking = [part for part in parts if part not in keys]
        if len(lacking) < len(parts):
            together = (edition, name, REST.join(part[2] for part in lacking))
            rest = [together] if len(lacking) > ALONE else lacking
            found.append(Relation((edition, name, place), (*(part for part in parts if part in keys), *rest)))
    return found


@kept
def _inside(folder: Path) -> dict[str, list[str]]:
    """Return every divided city's districts, every county's municipalities, and the nation's counties."""
    inside: dict[str, list[str]] = defaultdict(list)
    for one in all_places(folder).values():
        above = {"district": city_of(one.code), "municipality": one.county, "county": NATION}
        inside[above.get(one.level, "")].append(one.code)
    return dict(inside)


def _present(child: Key, inside: dict[str, list[str]], keys: Set[Key]) -> list[Key]:
    """Return a part, or what it consists of where the table does not have it itself, and so on down."""
    below = [(child[0], child[1], code) for code in inside.get(child[2], [])]
    if child in keys or not below:
        return [child]
    return [part for one in below for part in _present(one, inside, keys)]


def settled(
    found: Iterable[Relation], counts: dict[Key, Pair], hidden: Set[Key], recalled: Set[Key] = frozenset()
) -> list[Relation]:
    """Return the relations without the parts that add nothing to their total: no answer, or not in the table.

    `counts` are the known numerators and denominators; a `hidden` part is kept. Raises DataError where they
    cannot add up; a sum with one that is only `recalled` from an earlier report no longer holds then.
    """
    kept: list[Relation] = []
    faults: list[Fault] = []
    for relation in dict.fromkeys(found):
        left = _left(relation, counts)
        known = [key for key in relation.members if key in counts]
        if left and max(map(abs, left)) <= CLOSE:  # nobody is left for the others
            parts = tuple(part for part in relation.parts if part in counts or part in hidden)
            kept += [Relation(relation.total, parts)] if parts else []
            continue
        if left and (min(*left, left[1] - left[0]) < -CLOSE or len(known) == len(relation.members)):
            if not recalled.isdisjoint(relation.members):
                continue
            rule = f"delarna och helheten går inte ihop: det skiljer {left[0]:g} i täljaren och {left[1]:g} i nämnaren"
            faults.append(Fault("data/results", None, "numerator+denominator", ", ".join(relation.total), rule))
        kept.append(relation)
    if faults:
        raise DataError(faults)
    return kept


def _left(relation: Relation, counts: dict[Key, Pair]) -> Pair | None:
    """Return what a total's counts are above those of its known parts, None where the total is unknown."""
    if relation.total not in counts:
        return None
    parts = [counts[part] for part in relation.parts if part in counts]
    whole = counts[relation.total]
    return whole[0] - sum(part[0] for part in parts), whole[1] - sum(part[1] for part in parts)
