"""What has changed in figures that come year by year.

A mean over other municipalities than last year can change though none of them has. Changes are therefore computed for
the municipalities that have a value in both years, and never across a year from which the figure is another one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import fsum

import pandas as pd

WINDOW = 5  # years back at most
SHORTEST = 2  # years between
FEWEST = 3  # municipalities in a mean of ours


@dataclass(frozen=True)
class Change:
    """The unweighted means of the same municipalities in two years, and how many they are."""

    first: str
    last: str
    value_from: float
    value_to: float
    municipalities: int


def first_comparable(breaks: Collection[str], period: str) -> str:
    """Return the first period that can be compared with `period`: that of the last break not after it.

    `breaks` are the first periods that are not comparable with those before.

    >>> first_comparable(["2014", "2018"], "2022"), first_comparable([], "2022")
    ('2018', '')
    """
    return max((start for start in breaks if start <= period), default="")


def change(rows: pd.DataFrame, breaks: Collection[str] = (), fewest: int = FEWEST) -> Change | None:
    """Return how the mean of the same municipalities has changed to the last year; None where too few have both.

    `rows` are one measure's, one group's: `place`, `period`, `value`, one row per municipality and year. The first year
    is the earliest within WINDOW that `fewest` municipalities share with the last.

    >>> rows = pd.DataFrame({"place": ["a", "b", "c"] * 2, "period": ["2018"] * 3 + ["2022"] * 3, "value": range(6)})
    >>> change(rows)
    Change(first='2018', last='2022', value_from=1.0, value_to=4.0, municipalities=3)
    >>> change(rows, breaks=["2020"]) is None
    True
    """
    known = rows.dropna(subset="value")
    years: dict[str, dict[str, float]] = {}
    for place, period, value in zip(known["place"], known["period"], known["value"], strict=True):
        years.setdefault(str(period), {})[place] = float(value)
    if not years:
        return None
    last = max(years)
    earliest = max(first_comparable(breaks, last), str(int(last) - WINDOW))
    for year in sorted(one for one in years if earliest <= one <= str(int(last) - SHORTEST)):
        both = sorted(years[year].keys() & years[last].keys())
        if len(both) >= fewest:
            start, end = (fsum(years[one][place] for place in both) / len(both) for one in (year, last))
            return Change(year, last, start, end, len(both))
    return None
