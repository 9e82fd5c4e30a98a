"""What could be worked on: the parts where a municipality, a group or a county misses targets, sorted.

After the first step of Socialstyrelsen's analysis guide: differences to other municipalities, the peer group,
the county and the nation, and the parts with most missed targets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isnan, nan

from oj.compare.against import county_of, pairs
from oj.compare.reached import Known, by_place, comparable
from oj.facts.places import NATION
from oj.tidy.schema import Figures
from oj.tidy.within import once_a_call
from oj.words.swedish import as_shown

HALF = 0.5


@dataclass(frozen=True)
class Part:
    """A part (table) where targets are missed: how many are reached of how many, and the same in nation and county.

    `lacking` are the measures missed, `common` those of them that at least half of the nation reaches, `peers` the
    comparable municipalities that reach at least half of them; `alone` where there are none to compare with. The widths
    are those of sums of rounded shares, 0 where the nation's or the county's is exact.
    """

    table: str
    reached: float
    of: int
    nation: float
    county: float
    lacking: tuple[str, ...]
    common: tuple[str, ...]
    peers: tuple[str, ...] = ()
    alone: bool = True
    nation_width: float = 0.0
    county_width: float = 0.0


@once_a_call  # of the same figures, for the first pages, the guide and the sheets
def improvements(figures: Figures, place: str = "") -> tuple[Part, ...]:
    """Return the parts with missed targets of a municipality, else of the group, else of the county, sorted.

    A municipality misses what it answered and did not reach; a group what fewer than half of its municipalities
    reach; a county what is told as lower than the nation's. First stand the parts furthest below the nation's average,
    as it is told, then those where most of what is missed is reached by at least half of the nation, then those with
    most missed.
    """
    places, about = by_place(figures)
    county, tables = county_of(figures), dict[str, list[str]]()
    own, lacking = _own(figures, places, [*about], place, county)
    for name, groups in about.items():
        tables.setdefault(groups["table"], []).append(name)
    beside = [places.get(one, {}) for one in (NATION, county)]
    peers = {one: places.get(one, {}) for one in (comparable(figures, place) if place else ())}
    found = [
        _part(table, [one for one in names if one in own], [one for one in names if one in lacking], own, beside, peers)
        for table, names in tables.items()
    ]
    parts = [part for part in found if part.lacking]
    return tuple(sorted(parts, key=lambda part: (_distance(part), -len(part.common), -len(part.lacking))))


def _distance(part: Part) -> float:
    """Return how far a part is from the nation; nothing where the nation has no figure for some of it."""
    return 0.0 if isnan(part.nation) else round(part.reached - as_shown(part.nation), 6)


def _own(
    figures: Figures, places: Mapping[str, Known], names: Sequence[str], place: str, county: str
) -> tuple[dict[str, float], set[str]]:
    """Return what is reached (1, 0 or a share) of each measure, and those that are missed."""
    if place:
        own = {name: value for name, (value, _) in places.get(place, {}).items()}
        return own, {name for name, value in own.items() if value == 0}
    if municipalities := [places.get(one, {}) for one in figures.municipalities()]:
        answered = {name: [one[name][0] for one in municipalities if name in one] for name in names}
        means = {name: fsum(values) / len(values) for name, values in answered.items() if values}
        return means, {name for name, mean in means.items() if mean < HALF}
    below = {pair.measure.id for pair in pairs(figures, county) if pair.side < 0}
    return {name: value for name, (value, _) in places.get(county, {}).items()}, below.intersection(names)


def _part(  # noqa: PLR0913, PLR0917
    table: str, known: list[str], lacking: list[str], own: Mapping[str, float], beside: list[Known],
    peers: Mapping[str, Known],
) -> Part:  # fmt: skip
    """Return a part: what is known of its measures, what is missed, and the same in the nation and the county."""
    sums = [fsum(there[name][0] for name in known) if there.keys() >= {*known} else nan for there in beside]
    widths = [fsum(there[name][1] for name in known if name in there) for there in beside]
    reaching = {one: fsum(there[name][0] for name in lacking if name in there) for one, there in peers.items()}
    return Part(
        table=table,
        reached=round(fsum(own[name] for name in known), 6),
        of=len(known),
        nation=round(sums[0], 6),
        county=round(sums[1], 6),
        lacking=tuple(lacking),
        common=tuple(name for name in lacking if name in beside[0] and beside[0][name][0] >= HALF),
        peers=tuple(one for one, reached in reaching.items() if lacking and reached / len(lacking) >= HALF),
        alone=not peers,
        nation_width=round(widths[0], 6),
        county_width=round(widths[1], 6),
    )
