"""What has changed, and what differs, in key figures that come year by year.

A mean over other municipalities than last year can change though none of them has. Changes are therefore computed for
the municipalities that have a value in both years, and never across a year from which the figure is another one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import fsum

import pandas as pd

NOTABLE = 0.10  # of what it is compared with: less is told as near
POINTS = 10.0  # percentage points: as much between answers to a survey, of which few can move a share
WINDOW = 5  # years back at most
SHORTEST = 2  # years between
FEWEST = 3  # municipalities in a mean of ours


@dataclass(frozen=True)
class Change:
    """The unweighted means of the same municipalities in two years, and how many they are."""

    year_from: int
    year_to: int
    value_from: float
    value_to: float
    municipalities: int


def notable(value: float, other: float) -> bool:
    """Return whether two figures differ by at least a tenth of the other.

    >>> notable(118, 100), notable(109, 100), notable(0, 0)
    (True, False, False)
    """
    return value != other and abs(value - other) >= NOTABLE * abs(other) - 1e-9


def apart(value: float, other: float, points: float) -> bool:
    """Return whether two shares of a survey (per cent) differ by at least so many percentage points.

    >>> apart(74, 66, POINTS), apart(76, 66, POINTS)
    (False, True)
    """
    return abs(value - other) >= points - 1e-9


def first_comparable(breaks: Collection[int], year: int) -> int:
    """Return the first year that can be compared with `year`: that of the last break not after it.

    `breaks` are the first years that are not comparable with those before.

    >>> first_comparable([2014, 2018], 2022), first_comparable([], 2022)
    (2018, 0)
    """
    return max((start for start in breaks if start <= year), default=0)


def change(rows: pd.DataFrame, breaks: Collection[int] = ()) -> Change | None:
    """Return how the mean of the same municipalities has changed to the last year; None where too few have both.

    `rows` are one key figure's, one gender's: `place`, `year`, `value`, one row per municipality and year, values in
    the key figure's unit. The first year is the earliest within WINDOW that FEWEST municipalities share with the last.

    >>> rows = pd.DataFrame({"place": ["a", "b", "c"] * 2, "year": [2018] * 3 + [2022] * 3, "value": range(6)})
    >>> change(rows)
    Change(year_from=2018, year_to=2022, value_from=1.0, value_to=4.0, municipalities=3)
    >>> change(rows, breaks=[2020]) is None
    True
    """
    return _between(rows, breaks, FEWEST)


def change_of_one(rows: pd.DataFrame, breaks: Collection[int] = ()) -> Change | None:
    """Return how one municipality's value has changed to its last year, as `change` does for many."""
    return _between(rows, breaks, 1)


def _between(rows: pd.DataFrame, breaks: Collection[int], fewest: int) -> Change | None:
    known = rows.dropna(subset="value")
    years: dict[int, dict[str, float]] = {}
    for place, year, value in zip(known["place"], known["year"], known["value"], strict=True):
        years.setdefault(int(year), {})[place] = float(value)
    if not years:
        return None
    last = max(years)
    earliest = max(first_comparable(breaks, last), last - WINDOW)
    for year in sorted(one for one in years if earliest <= one <= last - SHORTEST):
        both = sorted(years[year].keys() & years[last].keys())
        if len(both) >= fewest:
            first, second = (fsum(years[one][place] for place in both) / len(both) for one in (year, last))
            return Change(year, last, first, second, len(both))
    return None
