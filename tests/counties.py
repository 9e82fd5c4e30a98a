"""Made-up counties, and an attacker of its own who knows only what is published.

The attacker shares no code with the library: numerators and the others of their denominators are its variables, whole
persons, with a choice for each hidden cell of which side is few. It sees finished tables only, one or several, and
knows which places there are and how they add up.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from oj.disclosure.margins import Key, Relation

COLUMNS = ["edition", "indicator", "place", "value", "answer", "status", "numerator", "denominator"]
HIDDEN = ("suppressed", "secret", "small_base", "secondary")
WHOLE, INLAND, ABROAD = "behoriga-alla", "behoriga-fodda-i-sverige", "behoriga-fodda-i-annat-land"
PERSONS, BASE, WIDTH = 3, 20, 2
HALF_STEP = 0.005  # of a share shown in whole per cent
BASED = 2  # after the numerator and the others comes the denominator
TRIES = 10  # solutions in random directions, before each cell has its own
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Pair = tuple[float, float]
Counts = Mapping[Key, Pair]


def counted(counts: Counts) -> pd.DataFrame:
    """Return a results table of (edition, indicator, place) -> (numerator, denominator)."""
    rows = [(*key, n / d if d else np.nan, None, "observed", n, d) for key, (n, d) in counts.items()]
    return typed(pd.DataFrame(rows, columns=COLUMNS))


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a results table with the types of its columns."""
    return frame.astype(dict.fromkeys(["value", "numerator", "denominator"], "float64") | {"answer": "object"})


def added(counts: dict[Key, Pair], relation: Relation) -> Relation:
    """Give a relation's total the sum of its parts' counts, and return the relation."""
    pairs = [counts[part] for part in relation.parts]
    counts[relation.total] = (sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs))
    return relation


@dataclass(frozen=True)
class World:
    """Every true count, how they add up, and the files that tell some of them, in the order that they are read in."""

    counts: dict[Key, Pair]
    relations: list[Relation]
    files: list[pd.DataFrame]

    @property
    def sure(self) -> set[Key]:
        """Return the cells whose counts the program has, so that what it says of them is so."""
        paired = self.files[-1].dropna(subset=["numerator", "denominator"])
        return {(row.edition, row.indicator, row.place) for row in paired.itertuples()}


def random_counties(random: np.random.Generator) -> tuple[pd.DataFrame, list[Relation]]:
    """Return all counts of small counties, and how they add up."""
    counts, relations = _counties(random)
    return counted(counts), relations


def random_world(random: np.random.Generator) -> World:
    """Return small counties with rows that are absent, half given, without counts, hidden by the source, or later."""
    counts, relations = _counties(random)
    rate = random.choice([0.0, 0.1, 0.3])
    rows = [told for key, pair in counts.items() if (told := _told(key, pair, rate, random))]
    frame = typed(pd.DataFrame(rows, columns=COLUMNS))
    later = random.random(len(frame)) < 0.3
    frame = frame[np.isfinite(frame["value"]) | (frame["status"] != "observed")]
    later = later[: len(frame)]
    if random.random() < 0.7 or later.all():
        return World(counts, relations, [frame.reset_index(drop=True)])
    return World(counts, relations, [frame[~later].reset_index(drop=True), frame.reset_index(drop=True)])


def _told(key: Key, pair: Pair, rate: float, random: np.random.Generator) -> tuple[Any, ...] | None:
    """Return what a file tells of a cell: all of it, half, a share with some decimals, why it has none, or nothing."""
    n, d = pair
    share = n / d if d else np.nan
    kind = random.choice(["absent", "missing", "above", "below", "share", "x"]) if random.random() < rate else "whole"
    if kind == "absent" or not d:
        return None
    if kind in ("missing", "x"):
        return (*key, np.nan, None, "missing" if kind == "missing" else "suppressed", np.nan, np.nan)
    value = round(share, 2 + int(random.integers(0, 4))) if kind != "whole" else share
    return (*key, value, None, "observed", n if kind in ("whole", "above") else np.nan,
            d if kind in ("whole", "below") else np.nan)  # fmt: skip


def _counties(random: np.random.Generator) -> tuple[dict[Key, Pair], list[Relation]]:
    """Return counts of 1-3 counties with 1-12 municipalities, some with districts, education's parts or a nation."""
    nation, parts, divided = random.random() < 0.2, random.random() < 0.25, random.random() < 0.2
    counties = ["30", "31", "32"][: random.integers(1, 4) if nation else 1]
    most = 5 if nation or parts else 13
    towns = {county: [f"{county}{at:02}" for at in range(1, int(random.integers(1, most)) + 1)] for county in counties}
    inside = {county: tuple(towns[county]) for county in counties} | ({"00": tuple(counties)} if nation else {})
    if divided:
        city = towns["30"][0]
        inside[city] = tuple(f"{city}{at:02}" for at in range(1, int(random.integers(1, 4)) + 1))
    units = [place for places in inside.values() for place in places if place not in inside]
    names = [INLAND, ABROAD] if parts else [WHOLE]
    counts: dict[Key, Pair] = {}
    for name in names:
        for unit in units:
            base = int(random.geometric(1 / random.choice([10, 40, 150])))
            counts["2015", name, unit] = (int(random.binomial(base, random.choice([0.05, 0.4, 0.8, 0.97]))), base)
    relations = []
    totals = sorted(inside, key=lambda place: (place == "00", -len(place)))  # the city before its county
    for name in names:
        for total in totals:
            inner = tuple(("2015", name, place) for place in inside[total])
            relations.append(added(counts, Relation(("2015", name, total), inner)))
    if parts:
        for place in [*units, *totals]:
            pair = tuple(("2015", part, place) for part in names)
            relations.append(added(counts, Relation(("2015", WHOLE, place), pair)))
        for total in totals:
            inner = tuple(("2015", WHOLE, place) for place in inside[total])
            relations.append(Relation(("2015", WHOLE, total), inner))
    return counts, relations


def is_few(pair: Pair) -> bool:
    """Return whether the rule protects a cell with these counts."""
    n, d = pair
    return 0 < n <= PERSONS or 0 < d - n <= PERSONS or d < BASE


def recovered(published: Sequence[pd.DataFrame], world: World) -> list[tuple[Key, str]]:
    """Return what can be told to within less than two persons: of cells that the rule protects, or that are hidden.

    A share of none or of all that is shown without counts says that itself, and is left out here; so is what a later
    source hides of figures that are not few, and that may be known since before.
    """
    seen, truth = Seen.of(published), world.counts
    places = dict.fromkeys(key for relation in world.relations for key in relation.members) | dict.fromkeys(seen.status)
    lost = [key for key in places if key not in seen.counts]
    judged = HIDDEN if len(published) == 1 else HIDDEN[1:]
    aims = [
        (at, kind)
        for at, key in enumerate(lost)
        for kind in range(3)
        if truth[key][1] and seen.shares.get(key) not in (0, 1)
        if is_few(truth[key]) or (kind < BASED and seen.status.get(key) in judged)
        if kind < BASED or truth[key][1] < BASE
    ]
    if not aims:
        return []
    problem = Problem(seen, world.relations, lost, world.sure)
    return [(lost[at], ("numerator", "others", "base")[kind]) for at, kind in problem.narrow(aims)]


@dataclass(frozen=True)
class Seen:
    """What stands in the published tables: counts, shares without counts, and the latest status."""

    counts: dict[Key, Pair]
    shares: dict[Key, float]
    status: dict[Key, str]

    @classmethod
    def of(cls, published: Sequence[pd.DataFrame]) -> "Seen":
        """Return what tables of different times tell together."""
        seen = cls({}, {}, {})
        for table in published:
            for row in table.itertuples():
                key = (str(row.edition), str(row.indicator), str(row.place))
                seen.status[key] = str(row.status)
                assert np.isnan(row.numerator) == np.isnan(row.denominator), "half a pair"
                if not np.isnan(row.numerator):
                    seen.counts[key] = (row.numerator, row.denominator)
                elif not np.isnan(row.value):
                    seen.shares[key] = row.value
        return seen


class Problem:
    """Everything that is published, as equations and limits on the numerators, the others and the choices."""

    def __init__(self, seen: Seen, relations: Sequence[Relation], lost: Sequence[Key], sure: Set[Key]) -> None:
        self.lost, self.size = lost, len(lost)
        self.at = {key: number for number, key in enumerate(lost)}
        self.big = 2 * sum(pair[1] for pair in seen.counts.values()) + 100 * self.size + 100
        for shares, statuses in ((seen.shares, seen.status), ({}, seen.status), ({}, {})):
            self.rows: list[tuple[dict[int, float], float, float]] = []
            self._sums(seen, relations)
            self._shares({key: share for key, share in shares.items() if key in self.at})
            for key in lost:
                status = statuses.get(key, "")
                self._told(self.at[key], status if key in sure or status != "secondary" else "")
            matrix = np.zeros((len(self.rows), 4 * self.size))
            for row, (line, _low, _high) in enumerate(self.rows):
                matrix[row, list(line)] = list(line.values())
            low, high = ([row[end] for row in self.rows] for end in (1, 2))
            self.limits = LinearConstraint(csr_array(matrix), low, high)
            if self.highest(np.zeros((2, self.size))) is not None:
                return
        raise AssertionError("what is published contradicts itself")

    def _sums(self, seen: Seen, relations: Sequence[Relation]) -> None:
        for relation in relations:
            for side in (0, 1):
                line, known = {}, 0.0
                for key, sign in [(relation.total, 1.0), *((part, -1.0) for part in relation.parts)]:
                    if key in self.at:
                        line[2 * self.at[key] + side] = sign
                    else:
                        n, d = seen.counts[key]
                        known += sign * (d - n if side else n)
                if line:
                    self.rows.append((line, -known, -known))

    def _shares(self, shares: Mapping[Key, float]) -> None:
        for key, share in shares.items():
            n, o = 2 * self.at[key], 2 * self.at[key] + 1
            low, high = max(share - HALF_STEP, 0), min(share + HALF_STEP, 1)
            self.rows.append(({n: 1 - low, o: -low}, -1e-7, np.inf))
            self.rows.append(({n: 1 - high, o: -high}, -np.inf, 1e-7))
            self.rows.append(({n: 1.0, o: 1.0}, 1, np.inf))  # a share is of somebody

    def _told(self, number: int, status: str) -> None:
        """Add what a status tells: which side is few, or that none is and how large the denominator is."""
        n, o = 2 * number, 2 * number + 1
        first, second = 2 * self.size + n, 2 * self.size + o
        if status == "secret":
            for side, few, other in ((n, first, second), (o, second, first)):
                self.rows.append(({side: 1.0, few: -1.0}, 0, np.inf))
                self.rows.append(({side: 1.0, few: self.big}, -np.inf, self.big + PERSONS))
                self.rows.append(({few: 1.0, other: 1.0}, 1, 2))
        elif status in ("small_base", "secondary"):
            self.rows.append(({n: 1.0, o: 1.0}, *((0, BASE - 1) if status == "small_base" else (BASE, np.inf))))
            for side, some in ((n, first), (o, second)):
                self.rows.append(({side: 1.0, some: -1.0 - PERSONS}, 0, np.inf))
                self.rows.append(({side: 1.0, some: -self.big}, -np.inf, 0))

    def highest(self, aim: Numbers) -> Numbers | None:
        """Return numerators, others and denominators where the weighted sum of the first two rows is highest."""
        cost = np.concatenate([-aim.T.ravel(), np.zeros(2 * self.size)])
        most = np.append(np.full(2 * self.size, self.big), np.ones(2 * self.size))
        for presolve in (True, False):  # with it, HiGHS fails now and then
            options = {"presolve": presolve}
            found = milp(cost, integrality=np.ones(len(cost)), bounds=Bounds(0, most), constraints=self.limits,
                         options=options)  # fmt: skip
            if found.status != 4:
                break
        if found.x is None:
            return None
        counts = np.round(found.x[: 2 * self.size]).reshape(self.size, 2).T
        return np.vstack([counts, counts.sum(axis=0)])

    def narrow(self, aims: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the (cell, kind) that are open by less than the width."""
        random, found = np.random.default_rng(7), []
        low, high = np.full((3, self.size), np.inf), np.full((3, self.size), -np.inf)

        def look(aim: Numbers) -> None:
            numbers = self.highest(aim)
            assert numbers is not None
            np.minimum(low, numbers, out=low)
            np.maximum(high, numbers, out=high)

        def is_narrow(at: int, kind: int) -> bool:
            return bool(high[kind, at] - low[kind, at] < WIDTH)

        for _ in range(TRIES):
            if any(is_narrow(*aim) for aim in aims):
                look(random.standard_normal((2, self.size)))
        for at, kind in aims:
            unit = np.zeros((2, self.size))
            unit[[kind] if kind < 2 else [0, 1], at] = 1.0
            for sign in (1.0, -1.0):
                if is_narrow(at, kind):
                    look(sign * unit)
            if is_narrow(at, kind):
                found.append((at, kind))
        return found
