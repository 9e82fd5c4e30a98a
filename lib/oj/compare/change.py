"""What has changed in figures that come year by year.

A mean over other municipalities than last year can change though none of them has. Changes are therefore computed for
the municipalities that have a value in both years, and never across a year from which the figure is another one.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import fsum

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


def change(
    figures: Iterable[tuple[str, str, float]], breaks: Collection[str] = (), fewest: int = FEWEST
) -> Change | None:
    """Return how the mean of the same municipalities has changed to the last year; None where too few have both.

    `figures` are one measure's, one group's: a municipality, a period and its value, one for each of both. The first
    year is the earliest within WINDOW that `fewest` municipalities share with the last.

    >>> figures = [("a", "2018", 0), ("b", "2018", 1), ("c", "2018", 2), ("a", "2022", 3), ("b", "2022", 4)]
    >>> change([*figures, ("c", "2022", 5)])
    Change(first='2018', last='2022', value_from=1.0, value_to=4.0, municipalities=3)
    >>> change(figures) is None, change([*figures, ("c", "2022", 5)], breaks=["2020"]) is None
    (True, True)
    """
    years: dict[str, dict[str, float]] = {}
    for place, period, value in figures:
        years.setdefault(period, {})[place] = value
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
