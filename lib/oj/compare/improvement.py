"""What could be worked on: the parts where a municipality, a group or a county misses targets, sorted.

After the first step of Socialstyrelsen's analysis guide: differences to other municipalities, the peer group,
the county and the nation, and the parts with most missed targets.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import isnan

import pandas as pd

from oj.compare.against import pairs
from oj.compare.reached import answers, comparable, wide_of
from oj.facts.places import NATION
from oj.tidy.schema import Figures
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


@lru_cache(maxsize=128)  # of the same figures, for the first pages, the guide and the sheets
def improvements(figures: Figures, place: str = "") -> tuple[Part, ...]:
    """Return the parts with missed targets of a municipality, else of the group, else of the county, sorted.

    A municipality misses what it answered and did not reach; a group what fewer than half of its municipalities
    reach; a county what is told as lower than the nation's. First stand the parts furthest below the nation's average,
    as it is told, then those where most of what is missed is reached by at least half of the nation, then those with
    most missed.
    """
    rows = answers(figures)
    wide, widths = wide_of(rows), wide_of(rows, "width")
    county = next(iter(figures.named("county")), "")
    own, lacking = _own(figures, wide, place, county)
    together = pd.DataFrame(
        {
            "table": rows.drop_duplicates("measure").set_index("measure")["table"],
            "own": own,
            "lacking": lacking,
            "nation": wide.get(NATION),
            "county": wide.get(county),
            "nation_width": widths.get(NATION),
            "county_width": widths.get(county),
        }
    ).loc[wide.index]
    peers = comparable(figures, place) if place else []
    tables = [(str(table), rows) for table, rows in together.groupby("table", sort=False) if rows["lacking"].any()]
    parts = [_part(table, rows, wide[peers]) for table, rows in tables]
    return tuple(sorted(parts, key=lambda part: (_distance(part), -len(part.common), -len(part.lacking))))


def _distance(part: Part) -> float:
    """Return how far a part is from the nation; nothing where the nation has no figure for some of it."""
    return 0.0 if isnan(part.nation) else round(part.reached - as_shown(part.nation), 6)


def _own(figures: Figures, wide: pd.DataFrame, place: str, county: str) -> tuple[pd.Series, pd.Series]:
    """Return what is reached (1, 0 or a share) per measure, and whether it is missed."""
    if place:
        return wide[place], wide[place] == 0
    municipalities = list(figures.municipalities())
    if municipalities:
        means = wide[municipalities].mean(axis=1)
        return means, means < HALF
    below = [pair.measure.id for pair in pairs(figures, county) if pair.side < 0]
    return wide[county], pd.Series(wide.index.isin(below), wide.index)


def _part(table: str, rows: pd.DataFrame, peers: pd.DataFrame) -> Part:
    known = rows.dropna(subset="own")
    lacking = rows.index[rows["lacking"]]
    common = rows.index[rows["lacking"] & (rows["nation"] >= HALF)]
    reaching = peers.reindex(lacking).fillna(0).mean()
    return Part(
        table=table,
        reached=round(float(known["own"].sum()), 6),
        of=len(known),
        nation=round(float(known["nation"].sum(min_count=len(known))), 6),
        county=round(float(known["county"].sum(min_count=len(known))), 6),
        lacking=tuple(lacking),
        common=tuple(common),
        peers=tuple(str(place) for place in reaching.index[reaching >= HALF]),
        alone=not len(reaching),
        nation_width=round(float(known["nation_width"].sum()), 6),
        county_width=round(float(known["county_width"].sum()), 6),
    )
