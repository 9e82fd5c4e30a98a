"""Counts of made-up counties, and an attacker of its own who knows only what is published.

The attacker shares no code with the library: numerators and denominators are its variables, with a choice
for each secret cell of whether it is the numerator that is few.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from oj.measures.margins import Key, Relation

COLUMNS = ["edition", "indicator", "place", "value", "answer", "status", "numerator", "denominator"]
HIDDEN = ("suppressed", "secret", "small_base", "secondary")
WHOLE, INLAND, ABROAD = "behoriga-alla", "behoriga-fodda-i-sverige", "behoriga-fodda-i-annat-land"
TRIES = 12  # guesses in random directions, before each cell has its own solution
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Counts = Mapping[Key, tuple[float, float]]


def counted(counts: Counts) -> pd.DataFrame:
    """Return a results table of (edition, indicator, place) -> (numerator, denominator)."""
    rows = [(*key, n / d if d else np.nan, None, "observed", n, d) for key, (n, d) in counts.items()]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype(dict.fromkeys(["value", "numerator", "denominator"], "float64") | {"answer": "object"})


def added(counts: dict[Key, tuple[float, float]], relation: Relation) -> Relation:
    """Give a relation's total the sum of its parts' counts, and return the relation."""
    pairs = [counts[part] for part in relation.parts]
    counts[relation.total] = (sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs))
    return relation


def random_counties(random: np.random.Generator) -> tuple[pd.DataFrame, list[Relation]]:
    """Return small counts of 1-3 counties with 1-15 municipalities, some with education's parts or a nation."""
    nation, parts = random.random() < 0.15, random.random() < 0.2
    counts: dict[Key, tuple[float, float]] = {}
    names = [INLAND, ABROAD] if parts else [WHOLE]
    counties = ["20", "21", "22"][: random.integers(2, 4) if nation else 1]
    sizes = {county: int(random.integers(1, 5 if nation or parts else 16)) for county in counties}
    towns = {county: [f"{county}{number:02}" for number in range(1, sizes[county] + 1)] for county in counties}
    relations = []
    for name in names:
        for county in counties:
            for town in towns[county]:
                base = int(random.geometric(1 / random.choice([10, 40, 150])))
                counts["2015", name, town] = (int(random.binomial(base, random.choice([0.05, 0.4, 0.8, 0.97]))), base)
    for name in [*names, WHOLE] if parts else names:
        if name == WHOLE and parts:
            for town in [town for county in counties for town in towns[county]]:
                pair = tuple(("2015", part, town) for part in names)
                relations.append(added(counts, Relation(("2015", WHOLE, town), pair)))
        for county in counties:
            inside = tuple(("2015", name, town) for town in towns[county])
            relations.append(added(counts, Relation(("2015", name, county), inside)))
        if nation:
            inside = tuple(("2015", name, county) for county in counties)
            relations.append(added(counts, Relation(("2015", name, "00"), inside)))
    if parts:
        for place in [*counties, *(["00"] if nation else [])]:
            pair = tuple(("2015", part, place) for part in names)
            relations.append(added(counts, Relation(("2015", WHOLE, place), pair)))
    return counted(counts), relations


def worked_out(published: pd.DataFrame, relations: Sequence[Relation], width: float = 2) -> list[Key]:
    """Return the hidden cells whose numerator an attacker can tell to within less than `width` persons."""
    rows = {
        (row.edition, row.indicator, row.place): (row.status, row.numerator, row.denominator)
        for row in published.itertuples()
    }
    lost = [key for key, row in rows.items() if row[0] in HIDDEN]
    if not lost:
        return []
    problem, random = Problem(rows, relations, lost), np.random.default_rng(7)
    low, high = np.full(len(lost), np.inf), np.full(len(lost), -np.inf)
    found: list[int] = []
    for turn in range(1000):
        narrow = [cell for cell in np.flatnonzero(~(high - low >= width - 1e-5)) if cell not in found]
        if not narrow:
            return [lost[cell] for cell in found]
        own = np.eye(len(lost))[narrow[0]]
        if turn < TRIES:  # guess at random which side is few; what is possible then, is possible
            guess = (random.random(2 * len(lost)) < random.random()).astype(float)
            aims = [(np.where(np.isin(range(len(lost)), narrow), random.standard_normal(len(lost)), 0), guess)]
        else:
            aims = [(own, None), (-own, None)]
        for aim, sides in aims:
            numerators = problem.highest(aim, sides)
            assert sides is not None or numerators is not None, "what is published contradicts itself"
            if numerators is not None:
                low, high = np.minimum(low, numerators), np.maximum(high, numerators)
        if turn >= TRIES and high[narrow[0]] - low[narrow[0]] < width - 1e-5:
            found.append(int(narrow[0]))
    raise AssertionError("the attack does not end")


class Problem:
    """Everything that is published, as equations and limits on the numerators, denominators and choices."""

    def __init__(
        self, rows: Mapping[Key, tuple[str, float, float]], relations: Sequence[Relation], lost: Sequence[Key]
    ) -> None:
        self.size = len(lost)
        at = {key: number for number, key in enumerate(lost)}
        big = 4 * sum(row[2] for row in rows.values() if row[2] == row[2]) + 100 * self.size
        self.matrix: list[dict[int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.big = big
        for relation in relations:
            for count in (0, 1):
                line, known = {}, 0.0
                for key, sign in [(relation.total, 1.0), *((part, -1.0) for part in relation.parts)]:
                    if key in at:
                        line[2 * at[key] + count] = sign
                    else:
                        known += sign * rows[key][1 + count]
                self._line(line, -known, -known)
        for key in lost:
            self._told(at[key], rows[key][0])
        matrix = np.zeros((len(self.matrix), 4 * self.size))
        for row, line in enumerate(self.matrix):
            matrix[row, list(line)] = list(line.values())
        self.limits = LinearConstraint(csr_array(matrix), self.low, self.high)

    def _line(self, line: dict[int, float], low: float, high: float) -> None:
        if line:
            self.matrix.append(line)
            self.low.append(low)
            self.high.append(high)

    def _told(self, number: int, status: str) -> None:
        """Add what a status tells, and that a numerator is within its denominator."""
        n, d = 2 * number, 2 * number + 1
        first, second = 2 * self.size + 2 * number, 2 * self.size + 2 * number + 1
        self._line({d: 1.0, n: -1.0}, 0, np.inf)
        if status == "secret":
            self._line({n: 1.0, first: -1.0}, 0, np.inf)
            self._line({n: 1.0, first: self.big}, -np.inf, self.big + 3)
            self._line({d: 1.0, n: -1.0, first: 1.0}, 1, np.inf)
            self._line({d: 1.0, n: -1.0, first: -self.big}, -np.inf, 3)
        elif status in ("small_base", "secondary"):  # then it is not secret: none, or four at least
            self._line({d: 1.0}, *((0, 19) if status == "small_base" else (20, np.inf)))
            self._line({n: 1.0, first: -4.0}, 0, np.inf)
            self._line({n: 1.0, first: -self.big}, -np.inf, 0)
            self._line({d: 1.0, n: -1.0, second: -4.0}, 0, np.inf)
            self._line({d: 1.0, n: -1.0, second: -self.big}, -np.inf, 0)

    def highest(self, aim: Numbers, sides: Numbers | None) -> Numbers | None:
        """Return every hidden numerator where the weighted sum is highest; the choices are free or as guessed."""
        cost = np.concatenate([np.column_stack([-aim, 0 * aim]).ravel(), np.zeros(2 * self.size)])
        free = sides is None
        least = np.append(np.zeros(2 * self.size), np.zeros(2 * self.size) if free else sides)
        most = np.append(np.full(2 * self.size, self.big), np.ones(2 * self.size) if free else sides)
        kinds = np.repeat([0, int(free)], [2 * self.size, 2 * self.size])
        for presolve in (True, False):  # with it, HiGHS fails now and then
            options = {"presolve": presolve}
            found = milp(cost, integrality=kinds, bounds=Bounds(least, most), constraints=self.limits, options=options)
            if found.status != 4:
                break
        return None if found.x is None else np.asarray(found.x[: 2 * self.size : 2])
