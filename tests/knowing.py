"""A reader who knows the program: it tries other counts through the rules, and keeps those that give the same table."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from counties import BASE, COLUMNS, HIDDEN, PERSONS, WHOLE, WIDTH, Pair, added, counted, is_few
from oj.disclosure.margins import Key, Relation

FIRST, MOST = 300, 6000  # worlds that are tried for a county: drawn at random, and as long as something is narrow
DRAWS = 100_000  # of which most say nothing new
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
    """Return the hidden cells of which every world that gives the same table says nearly the same.

    First worlds are drawn at random; then so that what is still narrow has any small counts.
    """
    published = protect(counted(counts), [relation])
    told = dict(zip(counts, published["status"], strict=True))
    hidden = [key for key, status in told.items() if status in HIDDEN]
    possible, drawn, tried = [counts], {tuple(counts.values())}, 0
    for number in range(DRAWS if hidden else 0):
        pairs = {key: [world[key] for world in possible] for key in hidden}
        narrow = [key for key in hidden if _narrow(pairs[key]).any()]
        if not narrow or tried == MOST:
            break
        pinned = narrow[number % len(narrow)] if tried > FIRST else None
        world = _world(counts, relation, told, random, pinned)
        if tuple(world.values()) in drawn or not all(_fits(world[key], told[key]) for key in hidden):
            continue
        drawn.add(tuple(world.values()))
        if any(_widens(pairs[key], world[key]) for key in narrow):
            tried += 1
            seen = protect(counted(world), [relation])[COLUMNS]
            possible += [world] if seen.equals(published[COLUMNS]) else []
    return [key for key in hidden if _narrow([world[key] for world in possible]).any()]


def _narrow(pairs: list[Pair]) -> Any:
    """Return whether numerators, others, and denominators where the rule protects them, differ too little."""
    return (np.ptp(_counts(pairs), axis=0) < WIDTH) & [True, True, pairs[0][1] < BASE]


def _widens(pairs: list[Pair], pair: Pair) -> bool:
    """Return whether a pair has counts below or above the others', where these differ too little."""
    counts, own = _counts(pairs), _counts([pair])[0]
    return bool(((own < counts.min(axis=0)) | (own > counts.max(axis=0)))[_narrow(pairs)].any())


def _counts(pairs: list[Pair]) -> Any:
    return np.array([(n, d - n, d) for n, d in pairs])


def _world(
    counts: Counts, relation: Relation, told: dict[Key, str], random: np.random.Generator, pinned: Key | None
) -> Counts:
    """Return other counts with the same published figures; any small ones are as likely for the pinned cell."""
    world, free = dict(counts), told[relation.total] in HIDDEN
    units = [key for key in relation.parts if told[key] in HIDDEN and key != pinned]
    order = [*([pinned] if pinned in relation.parts else []), *(units[at] for at in random.permutation(len(units)))]
    left = [sum(counts[key][0] for key in order), sum(counts[key][1] - counts[key][0] for key in order)]
    for rest, key in reversed(list(enumerate(reversed(order)))):
        most = [3 * BASE, 3 * BASE] if free else left
        if key == pinned and rest:
            n, o = (int(random.integers(0, min(side, BASE) + 1)) for side in most)
        else:
            n, o = (_drawn(side, random) for side in most) if rest or free else left
        left = [left[0] - n, left[1] - o]
        world[key] = (n, n + o)
    return _summed(world, relation)


def _summed(world: Counts, relation: Relation) -> Counts:
    parts = [world[key] for key in relation.parts]
    return world | {relation.total: (sum(n for n, _ in parts), sum(d for _, d in parts))}


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
