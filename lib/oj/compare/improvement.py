"""What could be worked on: the parts where a municipality, a group or a county misses targets, sorted.

After the first step of Socialstyrelsen's analysis guide: differences to other municipalities, the peer group,
the county and the nation, and the parts with most missed targets.
"""

from dataclasses import dataclass
from math import isnan
from pathlib import Path

import pandas as pd

from oj.compare.against import NOTABLE
from oj.compare.targets import answers, comparable
from oj.facts.editions import of_results
from oj.facts.places import NATION
from oj.words.swedish import as_shown

HALF = 0.5


@dataclass(frozen=True)
class Part:
    """A part (table) where targets are missed: how many are reached of how many, and the same in nation and county.

    `lacking` are the indicators missed, `common` those of them that at least half of the nation reaches, `peers`
    the comparable municipalities that reach at least half of them; `alone` where there are none to compare with.
    The widths are those of sums of rounded shares, 0 where the nation's or the county's is exact.
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


def improvements(results: pd.DataFrame, place: str = "", folder: Path | None = None) -> list[Part]:
    """Return the parts with missed targets of a municipality, else of the group, else of the county, sorted.

    A municipality misses what it answered and did not reach; a group what fewer than half of its municipalities
    reach; a county what lies ten percentage points below the nation. First stand the parts where most of what is
    missed is reached by at least half of the nation, then those with most missed, then the furthest from the nation.

    >>> from oj.doors.results import results
    >>> [part.table for part in improvements(results("Stockholm"), "0184")][:2]
    ['extern-halsa', 'intern-samordning']
    """
    folder = of_results(results, folder)
    rows = answers(results, folder)
    wide = rows.pivot(index="indicator", columns="place", values="reached").reindex(rows["indicator"].unique())
    widths = rows.pivot(index="indicator", columns="place", values="width").reindex(wide.index)
    own, lacking = _own(results, wide, place)
    together = pd.DataFrame(
        {
            "table": rows.drop_duplicates("indicator").set_index("indicator")["table"],
            "own": own,
            "lacking": lacking,
            "nation": wide.get(NATION),
            "county": wide.get(_county(results)),
            "nation_width": widths.get(NATION),
            "county_width": widths.get(_county(results)),
        }
    ).loc[wide.index]
    peers = comparable(results, place, folder) if place else []
    tables = [(str(table), rows) for table, rows in together.groupby("table", sort=False) if rows["lacking"].any()]
    parts = [_part(table, rows, wide[peers]) for table, rows in tables]
    return sorted(parts, key=lambda part: (-len(part.common), -len(part.lacking), _distance(part)))


def _distance(part: Part) -> float:
    """Return how far a part is from the nation; nothing where the nation has no figure for some of it."""
    return 0.0 if isnan(part.nation) else part.reached - part.nation


def _county(results: pd.DataFrame) -> str:
    return next(iter(results.loc[results["level"] == "county", "place"]), "")


def _own(results: pd.DataFrame, wide: pd.DataFrame, place: str) -> tuple[pd.Series, pd.Series]:
    """Return what is reached (1, 0 or a share) per indicator, and whether it is missed."""
    municipalities = results.loc[results["level"] == "municipality", "place"].unique()
    if place:
        return wide[place], wide[place] == 0
    if len(municipalities):
        means = wide[municipalities].mean(axis=1)
        return means, means < HALF
    county = wide[_county(results)]
    told, nation = (shares.map(_told) for shares in (county, wide[NATION]))
    return county, (told - nation).round(6) <= -NOTABLE


def _told(share: float) -> float:
    return share if isnan(share) else as_shown(share, 2)


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
