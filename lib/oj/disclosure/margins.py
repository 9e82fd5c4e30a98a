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
from oj.facts.places import NATION, READ_IN, all_places, city_of
from oj.sources.which import KEY
from oj.words.errors import DataError, Fault
from oj.words.groups import GROUPS, TOTAL, id_of, measure_and_group
from oj.words.groups import REST as OTHERS

REST = "-"  # between the codes of places that the table does not have and that are one unknown together
ALONE = 6  # places that a total lacks; more are taken together
CLOSE = 1e-6  # persons

Key = tuple[str, str, str]
Asked = tuple[str, str]  # an edition and one of its indicators
Known = Mapping[Asked, Indicator]
Pair = tuple[float, float]
Inside = Mapping[str, Sequence[str]]  # the codes inside each place


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

    @property
    def others(self) -> Key | None:
        """Who may be left of all beside women and men, or of a city beside what was read in; else None."""
        year, name, place = self.total
        if not self.of_one_place:
            return (year, name, f"{place}{READ_IN}") if any(READ_IN in part[2] for part in self.parts) else None
        is_all = measure_and_group(name)[1] == TOTAL
        apart = is_all and {part[1] for part in self.parts} == {id_of(name, group) for group in GROUPS}
        return (year, id_of(name, OTHERS), place) if apart else None


def keys_of(results: pd.DataFrame) -> list[Key]:
    """Return the key of every row, in the order of the rows."""
    return list(zip(*(results[name].astype(str).tolist() for name in KEY), strict=True))


def of_persons(keys: Iterable[Key], known: Known) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Return which of some keys are of protected indicators."""
    return np.array([key[:2] in known and known[key[:2]].protected for key in keys], dtype=bool)


def known_of(results: pd.DataFrame, folder: Path | None = None, before: pd.DataFrame | None = None) -> Known:
    """Return the measures of the editions of some results, and of women, men and others alone where results have such.

    `before` is what has been shown earlier.
    """
    keys = {key[:2] for rows in (results, before) if rows is not None for key in keys_of(rows)}
    known = indicators_in({year for year, _name in keys}, folder)
    apart = {year for year, name in keys if measure_and_group(name)[1] != TOTAL}
    for (year, name), item in [(pair, item) for pair, item in known.items() if pair[0] in apart]:
        for group in (*GROUPS, OTHERS):
            new, parts = id_of(name, group), [id_of(part, group) for part in item.parts]
            known[year, new] = item.model_copy(update={"id": new, "parts": parts})
    return known


def _sums(known: Known) -> dict[Asked, list[tuple[str, ...]]]:
    """Return what each measure is the sum of: its parts, and women and men."""
    found = {pair: [tuple(item.parts)] for pair, item in known.items() if item.parts}
    for year, name in known:
        if name == id_of(measure_and_group(name)[0], GROUPS[0]):
            whole = measure_and_group(name)[0]
            found.setdefault((year, whole), []).append(tuple(id_of(whole, group) for group in GROUPS))
    return found


def relations(results: pd.DataFrame, folder: Path | None = None) -> list[Relation]:
    """Return what adds up among the protected indicators: municipalities to county, counties to nation, and parts.

    Places that the table does not have are unknown parts: each its own where they are few, else all together.

    >>> cells = [("2015", "behoriga-alla", place) for place in ("00", "01", "0114")]
    >>> [len(relation.parts) for relation in relations(pd.DataFrame(cells, columns=KEY))]
    [2, 2]
    """
    known = known_of(results, folder)
    keys = set(compress(keys_of(results), of_persons(keys_of(results), known)))
    sums = _sums(known)
    of_places = _of_places(keys, _implied(keys, sums), _divisions(results, _inside(root_of(folder))))
    every = keys | {part for relation in of_places for part in relation.parts}
    of_parts = [
        Relation((edition, name, place), tuple((edition, part, place) for part in parts))
        for edition, name, place in sorted(every)
        for parts in sums.get((edition, name), ())
        if any((edition, part, place) in every for part in parts)
    ]
    return [*of_places, *of_parts]


def _implied(keys: Set[Key], sums: Mapping[Asked, Sequence[Sequence[str]]]) -> set[Key]:
    """Return what the table does not have, but tells: a whole by all its parts, a part by its whole and the others.

    Not of the nation, which would tie every county to every other.
    """
    found = set()
    for edition, place in {(edition, place) for edition, _, place in keys if place != NATION}:
        for whole, parts in ((whole, parts) for (year, whole), own in sums.items() if year == edition for parts in own):
            lacking = {(edition, name, place) for name in (whole, *parts)} - keys
            found |= lacking if len(lacking) == 1 else set()
    return found


def _of_places(keys: Set[Key], implied: Set[Key], divisions: Mapping[str, Inside]) -> list[Relation]:
    """Return every total of places that the table has or tells, with the parts it has and the rest as one."""
    found = []
    for edition, name, place in sorted(key for key in keys | implied if key[2] in divisions[key[0]]):
        inside = divisions[edition]
        children = [(edition, name, child) for child in inside[place]]
        parts = [part for child in children for part in _present(child, inside, keys)]
        lacking = [part for part in parts if part not in keys]
        if len(lacking) < len(parts):
            together = (edition, name, REST.join(part[2] for part in lacking))
            rest = [together] if len(lacking) > ALONE else lacking
            found.append(Relation((edition, name, place), (*(part for part in parts if part in keys), *rest)))
    return found


def _divisions(results: pd.DataFrame, inside: Inside) -> dict[str, Inside]:
    """Return what is inside each place in each edition.

    A city with districts that were read in has those that the edition has, and no others.
    """
    pairs = {(key[0], key[2]) for key in keys_of(results)}
    found = dict.fromkeys({edition for edition, _place in pairs}, inside)
    for edition, place in (pair for pair in pairs if READ_IN in pair[1]):
        own = sorted(code for year, code in pairs if year == edition and city_of(code) == city_of(place) != code)
        found[edition] = {**found[edition], city_of(place): own}
    return found


@kept
def _inside(folder: Path) -> Inside:
    """Return every divided city's districts, every county's municipalities, and the nation's counties."""
    inside: dict[str, list[str]] = defaultdict(list)
    for one in all_places(folder, shipped=True).values():
        above = {"district": city_of(one.code), "municipality": one.county, "county": NATION}
        inside[above.get(one.level, "")].append(one.code)
    return dict(inside)


def _present(child: Key, inside: Inside, keys: Set[Key]) -> list[Key]:
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
        is_less = left is not None and min(*left, left[1] - left[0]) < -CLOSE
        if left and not is_less and len(known) == len(relation.members) and relation.others:
            kept.append(Relation(relation.total, (*relation.parts, relation.others)))
            continue
        if left and (is_less or len(known) == len(relation.members)):
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
