"""Reports of overlapping groups of one county: what they show together gives away no more than the county's own does.

Each group's report is built of all the county's figures with what earlier reports have shown in mind; the attacker of
`counties.py` has them all, of groups whose difference is one municipality, in any order.
"""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import oj
from counties import World, random_world, recovered
from importing import result, write
from oj.disclosure.door import overtaken
from oj.disclosure.ledger import COLUMNS
from oj.disclosure.protection import protect
from oj.facts.editions import using

FOSTER = "andel-familjehemsvard"
PAIRS = {"1060": (10, 24), "1080": (40, 80), "1081": (30, 60), "1082": (2, 40), "1083": (25, 50), "10": (107, 254)}
NAMES = ("Olofström", "Karlskrona", "Ronneby", "Karlshamn", "Sölvesborg")


def overlapping(towns: Sequence[str], random: np.random.Generator) -> list[set[str]]:
    """Return groups in some order: some towns, those and one more, as many others, and all."""
    order, size = list(random.permutation(towns)), int(random.integers(1, len(towns)))
    found = [set(order[:size]), set(order[: size + 1]), set(order[1 : size + 1]), set(order)]
    return [found[at] for at in random.permutation(len(found))]


def shown_in_turn(world: World, random: np.random.Generator) -> list[pd.DataFrame]:
    """Return what each group's report shows, in turn; a later file is read in after the first report."""
    found: list[pd.DataFrame] = []
    towns = sorted({place for place in world.files[-1]["place"] if len(place) == 4})
    for number, group in enumerate(overlapping(towns, random)):
        out = [one.loc[one["status"] != "missing", COLUMNS] for one in found]
        before = pd.concat(out, ignore_index=True).drop_duplicates() if out else None
        rows = protect(world.files[-1 if number else 0], world.relations, shown_before=before)
        found.append(rows[rows["place"].map(lambda place, own=group: place[:4] in own or len(place) == 2)])
    return found


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in (*range(3, 6), *range(1000, 1150)))]
)
def test_overlapping_groups_give_nothing_away_together(seed: int) -> None:
    random = np.random.default_rng(seed)
    world = random_world(random)
    while len({place for place in world.files[0]["place"] if len(place) == 4}) < 2:
        world = random_world(random)
    assert recovered(shown_in_turn(world, random), world) == []


@pytest.mark.parametrize("seed", [pytest.param(20_267, marks=pytest.mark.long), 20_333])
def test_reports_built_side_by_side_give_nothing_away_together(seed: int) -> None:
    """One is begun before another is shown, a third after it: together they would tell, so the first is refused."""
    random = np.random.default_rng(seed)
    world = random_world(random)
    results = world.files[-1]
    towns = sorted({place for place in results["place"] if len(place) == 4})
    size = int(random.integers(1, len(towns)))
    group = set(random.permutation(towns)[:size])
    first = protect(results, world.relations)
    out = first[first["place"].map(lambda place: place[:4] in group or len(place) == 2)]
    shown = out.loc[out["status"] != "missing", COLUMNS].drop_duplicates()
    third = protect(results, world.relations, shown_before=shown)
    assert recovered([out, first, third], world) != [], "the attack is one"
    assert overtaken(first, third)
    assert not overtaken(out, third)
    assert recovered([out, third, third], world) == []


def test_a_municipality_has_the_same_figures_in_every_group(data_copy: Path) -> None:
    """And no figure is of a group as a whole, which two groups could be subtracted of."""
    rows = [
        result(FOSTER, place, n / d) | {"numerator": float(n), "denominator": float(d)}
        for place, (n, d) in PAIRS.items()
    ]
    write(data_copy, rows)
    with using(data_copy):
        whole = oj.figures("Blekinge").of(FOSTER).frame.set_index("place")["display"]
        assert {place for place in whole.index if whole[place].startswith("x")} >= {"1060", "1082"}
        for size in (1, 2, 4):
            for group in combinations(NAMES, size):
                own = oj.figures("Blekinge", municipalities=group).of(FOSTER).frame.set_index("place")["display"]
                assert own.equals(whole[own.index])
                assert len(own.index.intersection(whole.index[whole.index.str.len() == 4])) == size
