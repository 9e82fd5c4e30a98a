"""One place against another: the two figures of each measure, and whether they are told as different.

One rule for sentences, maps and tables. Shares of those who answered differ by ten percentage points, of the two as
told; anything else by a tenth of what it is compared with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, isnan

from oj.facts.places import NATION, find_report_place
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.tidy.within import once_a_call
from oj.words.frames import cells_of
from oj.words.swedish import as_shown

POINTS = 10.0  # percentage points
TENTH = 0.10  # of what it is compared with
FAR = 1.25  # times the smaller of two, from which a number is told as far from another
Known = dict[str, tuple[int, float]]  # the row and the number of each measure


def gap(measure: Measure, value: float, other: float) -> float:
    """Return how far a figure is from another, both as told: shares in percentage points."""
    return round(_told(measure, value) - _told(measure, other), 6)


def side(measure: Measure, value: float, other: float) -> int:
    """Return -1 or 1 where a figure is told as lower or higher than another, and 0 where the two are near.

    >>> from oj.tidy.door import figures
    >>> known = figures("Stockholm").measures
    >>> [side(known["socialjour"], value, 0.65) for value in (0.55, 0.72, 0.75)], side(known["arbetsledning"], 4.4, 4)
    ([-1, 0, 1], 1)
    """
    apart = gap(measure, value, other)
    least = POINTS if measure.in_points else TENTH * abs(_told(measure, other))
    return 0 if not apart or abs(apart) < least - 1e-9 else 1 if apart > 0 else -1


def _told(measure: Measure, value: float) -> float:
    return as_shown(measure.as_read(value), measure.decimals)


def county_of(figures: Figures) -> str:
    """Return the code of the report's own county; empty where it has no figures, or was not chosen.

    Another that was chosen is never told as the county of the municipalities; without any it is what is told of.
    """
    own, found = find_report_place(figures.county, figures.folder).code, figures.named("county")
    return own if own in found else "" if figures.municipalities() else next(iter(found), "")


@dataclass(frozen=True)
class Pair:
    """A measure's figures in two places, or of two groups, and their rows."""

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

    @property
    def times(self) -> float:
        """How many times the smaller the larger is, both as told; without end beside nothing."""
        low, high = sorted((_told(self.measure, self.value), _told(self.measure, self.other)))
        return high / low if low > 0 else 1.0 if high <= 0 else inf


def how_far(pair: Pair) -> tuple[float, float]:
    """Return how far two figures are from each other, to sort by: times, and of shares beside nothing also points.

    Any share is without end as many times as none: 95 and 0 % are further from each other than 32 and 0 % are.
    """
    return pair.times, abs(pair.gap) if pair.times == inf and pair.measure.is_share else 0.0


def furthest(found: Iterable[Pair]) -> list[Pair]:
    """Return the pairs that are far from each other, the furthest first; equals as they stood."""
    return sorted((pair for pair in found if pair.times >= FAR), key=how_far, reverse=True)


def pairs(figures: Figures, place: str, other: str = NATION) -> list[Pair]:
    """Return the figures of each measure that two places (codes) both have a number for, of one period and group."""
    return paired(figures.measures, numbers(figures, place), numbers(figures, other))


def numbers(figures: Figures, place: str) -> Known:
    """Return the row and the number of each measure that a place has one for."""
    return _by_place(figures).get(place, {})


@once_a_call  # of the same figures, for each place
def _by_place(figures: Figures) -> dict[str, Known]:
    found: dict[str, Known] = {}
    cells = cells_of(figures.frame, "place", "measure", "status", "value")
    for at, (place, name, status, value) in zip(figures.frame.index.tolist(), cells, strict=True):
        if status == "observed" and not isnan(value):
            found.setdefault(place, {})[name] = (at, value)
    return found


def paired(measures: Mapping[str, Measure], own: Known, other: Known) -> list[Pair]:
    """Return the measures that are known on both sides, in their order."""
    both = [(one, own[name], other[name]) for name, one in measures.items() if name in own and name in other]
    return [Pair(one, mine[1], there[1], (mine[0], there[0])) for one, mine, there in both]
