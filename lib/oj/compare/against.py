"""One place against another: the two figures of each measure, and whether they are told as different.

One rule for sentences, maps and tables. Shares of those who answered differ by ten percentage points, of the two as
told; anything else by a tenth of what it is compared with.
"""

from dataclasses import dataclass

import pandas as pd

from oj.facts.places import NATION
from oj.figures.measures import Measure
from oj.figures.schema import Figures
from oj.words.swedish import as_shown

POINTS = 10.0  # percentage points
NOTABLE = POINTS / 100
TENTH = 0.10  # of what it is compared with


def gap(measure: Measure, value: float, other: float) -> float:
    """Return how far a figure is from another, both as told: shares in percentage points."""
    own, there = (as_shown(measure.as_read(one), measure.decimals) for one in (value, other))
    return round(own - there, 6)


def side(measure: Measure, value: float, other: float) -> int:
    """Return -1 or 1 where a figure is told as lower or higher than another, and 0 where the two are near.

    >>> from oj.figures.door import figures
    >>> known = figures("Stockholm").measures
    >>> [side(known["socialjour"], value, 0.65) for value in (0.55, 0.72, 0.75)], side(known["arbetsledning"], 4.4, 4)
    ([-1, 0, 1], 1)
    >>> relative = replace(known["socialjour"], in_points=False)
    >>> side(relative, 0.049, 0.05), side(relative, 0.02, 0.05)
    (0, -1)
    """
    apart = gap(measure, value, other)
    least = POINTS if measure.in_points else TENTH * abs(as_shown(measure.as_read(other), measure.decimals))
    return 0 if not apart or abs(apart) < least - 1e-9 else 1 if apart > 0 else -1


@dataclass(frozen=True)
class Pair:
    """A measure's figures in a place and in another, and their rows."""

    measure: Measure
    value: float
    other: float
    rows: tuple[int, int]

    @property
    def gap(self) -> float:
        """How far the first is from the other, both as told."""
        return gap(self.measure, self.value, self.other)

    @property
    def side(self) -> int:
        """Whether the first is told as lower (-1) or higher (1), or is near."""
        return side(self.measure, self.value, self.other)


def pairs(figures: Figures, place: str, other: str = NATION) -> list[Pair]:
    """Return the figures of each measure that two places (codes) both have a number for, of one period and group.

    >>> from oj.figures.door import figures
    >>> [(pair.value, pair.other, pair.gap) for pair in pairs(figures("Stockholm").of("socialjour"), "01")]
    [(0.89, 0.72, 17.0)]
    """
    rows = figures.frame[(figures.frame["status"] == "observed") & figures.frame["value"].notna()]
    found = zip(rows["measure"], rows["place"], rows.index, rows["value"], strict=True)
    known = {(name, where): (int(at), float(value)) for name, where, at, value in found if where in (place, other)}
    both = [(one, known.get((name, place)), known.get((name, other))) for name, one in figures.measures.items()]
    return [Pair(one, own[1], there[1], (own[0], there[0])) for one, own, there in both if own and there]


def regional_shares(results: pd.DataFrame, place: str, other: str) -> pd.DataFrame:
    """Return one row per indicator with a share for both places, and `difference` = place - other, both as told.

    `place` and `other` are codes. The shares are 0-1; the index is the indicator.

    >>> from oj.doors.results import results
    >>> regional_shares(results("Stockholm"), "01", "00").loc["socialjour", "difference"].round(2)
    np.float64(0.17)
    """
    observed = results[(results["status"] == "observed") & results["place"].isin([place, other])]
    wide = observed.pivot(index="indicator", columns="place", values="value").reindex(columns=[place, other])
    wide = wide.loc[list(dict.fromkeys(observed["indicator"]))].dropna()
    both = pd.DataFrame({"value": wide[place], "other": wide[other]})
    told = both.map(lambda share: as_shown(share, 2))
    return both.assign(difference=(told["value"] - told["other"]).round(6))
