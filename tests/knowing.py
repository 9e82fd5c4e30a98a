"""A reader who knows the program: it tries other counts through the rules, and keeps those that give the same table."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from counties import BASE, COLUMNS, HIDDEN, PERSONS, WHOLE, WIDTH, Pair, added, counted, is_few
from oj.disclosure.margins import Key, Relation

MOST = 300  # worlds that are tried for a county
Protect = Callable[[pd.DataFrame, list[Relation]], pd.DataFrame]
Counts = dict[Key, Pair]


def small_county(random: np.random.Generator) -> tuple[Counts, Relation]:
    """Return counts of two to four small municipalities and their county."""
    counts: Counts = {}
    for at in range(int(random.integers(2, 5))):
        base = int(random.geometric(1 / random.choice([8, 25, 60])))
        counts["2015", WHOLE, f"30{at:02}"] = (int(random.binomial(base, random.choice([0.05, 0.4, 0.8, 0.97]))), base)
    return counts, added(counts, Relation(("2015", WHOLE, "30"), tuple(counts)))


def narrowed(protect: Protect, counts: Counts, relation: Relation, random: np.random.Generator) -> list[Key]:
    """Return the hidden cells of which every world that gives the same table says nearly the same."""
    published = protect(counted(counts), [relation])
    told = dict(zip(counts, published["status"], strict=True))
    hidden = [key for key, status in told.items() if status in HIDDEN]
    possible = {key: [counts[key]] for key in hidden}
    for world in _worlds(counts, relation, told, random) if hidden else ():
        narrow = [key for key, pairs in possible.items() if _is_narrow(pairs)]
        if not narrow:
            return []
        if any(world[key] not in possible[key] for key in narrow) and protect(counted(world), [relation])[
            COLUMNS
        ].equals(published[COLUMNS]):
            for key in hidden:
                possible[key].append(world[key])
    return [key for key, pairs in possible.items() if _is_narrow(pairs)]


def _is_narrow(pairs: list[Pair]) -> bool:
    """Return whether numerators or others differ too little, or denominators where the rule protects them."""
    counts = np.array([(n, d - n, d) for n, d in pairs])
    few_base = pairs[0][1] < BASE
    return bool((np.ptp(counts, axis=0)[: 3 if few_base else 2] < WIDTH).any())


def _worlds(counts: Counts, relation: Relation, told: dict[Key, str], random: np.random.Generator) -> Iterator[Counts]:
    """Yield other counts with the same published figures and the same statuses."""
    tried, total = set(), relation.total
    free = told[total] in HIDDEN
    units = [key for key in relation.parts if told[key] in HIDDEN]
    for _ in range(60 * MOST):
        world = dict(counts)
        left = [sum(counts[key][0] for key in units), sum(counts[key][1] - counts[key][0] for key in units)]
        for rest, at in reversed(list(enumerate(random.permutation(len(units))))):
            most = [3 * BASE, 3 * BASE] if free else left
            n, o = (_drawn(side, random) for side in most) if rest or free else left
            left = [left[0] - n, left[1] - o]
            world[units[at]] = (n, n + o)
        world[total] = (sum(world[key][0] for key in relation.parts), sum(world[key][1] for key in relation.parts))
        values = tuple(world.values())
        if values not in tried and all(_fits(world[key], told[key]) for key in [*units, total] if told[key] in HIDDEN):
            tried.add(values)
            yield world
        if len(tried) >= MOST:
            return


def _drawn(most: int, random: np.random.Generator) -> int:
    """Draw a count: none, few, or any."""
    kind = random.random()
    return (
        0 if kind < 0.3 else min(int(random.integers(1, 6)), most) if kind < 0.65 else int(random.integers(0, most + 1))
    )


def _fits(pair: Pair, status: str) -> bool:
    """Return whether counts are possible, and would have this status."""
    n, d = pair
    if n < 0 or d < n:
        return False
    few = 0 < n <= PERSONS or 0 < d - n <= PERSONS
    return {"secret": few, "small_base": not few and d < BASE, "secondary": not is_few(pair)}.get(status, True)
