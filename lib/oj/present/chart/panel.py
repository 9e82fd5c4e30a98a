"""A measure's panel: a line for each place, year by year, and the same in words."""

import math
from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pandas as pd

from oj.present.style import COUNTY_COLOUR, FAINT, FOOT, GRID, MUNICIPALITY_COLOUR, NATION_COLOUR
from oj.tidy.measures import SHARE, Measure
from oj.words.swedish import number

if TYPE_CHECKING:
    from oj.present.chart.boxes import Box

Point = tuple[int, float]  # a year and its value
Place = tuple[float, float]  # on the drawing's axes
ROOM = 1.12  # of a scale beyond its furthest figure
SMALL = 45.0  # per cent, up to which a share's axis ends at its own highest
SAID = ("one", "county", "nation")  # the levels whose lines are told, in this order
LINES: dict[str, dict[str, Any]] = {
    "one": {"color": MUNICIPALITY_COLOUR, "linewidth": 2.2, "linestyle": "-", "zorder": 5, "marker": "^"},
    "municipality": {"color": FAINT, "linewidth": 0.8, "linestyle": "-", "zorder": 2, "marker": "o"},
    "county": {"color": COUNTY_COLOUR, "linewidth": 2.2, "linestyle": (0, (1, 1)), "zorder": 4, "marker": "o"},
    "nation": {"color": NATION_COLOUR, "linewidth": 1.4, "linestyle": (0, (4, 2)), "zorder": 3, "marker": "D"},
}


def years_panel(
    rows: pd.DataFrame, measure: Measure, box: "Box", *, to_whole: bool = False
) -> dict[str, list[list[Place]]]:
    """Draw a measure year by year: a line per place, broken where years cannot be compared; a lone year is a dot.

    Years that have a figure are marked where others between them lack one. Return the parts of each place's line, by
    its code, in places of the axes. `to_whole` has the box go to 100 per cent though no figure is near.
    """
    from matplotlib.lines import Line2D

    drawn, parts = _points_of(rows, by_year=True), dict[str, list[list[Place]]]()
    years = [year for line in drawn.values() for year, _ in line]
    values = [measure.as_read(value) for line in drawn.values() for _, value in line]
    low, top = min(*values, 0.0) * ROOM, max(*values, 0.0) * ROOM
    top = 100.0 if to_whole or goes_to_whole(rows, measure) else top if top > low else 1.0
    box = box.of(min(years), max(years), top, low)
    for (level, _, place), line in drawn.items():
        look = LINES[level] | {"markersize": LINES[level]["linewidth"] + 2}
        parts[place] = []
        for part in _unbroken(line, measure):
            seen = [box.place(year, measure.as_read(value)) for year, value in part]
            is_marked = level in SAID and _has_gaps(part)
            one = ({} if is_marked else {"marker": ""}) if len(part) > 1 else {"linestyle": ""}
            box.ax.add_artist(Line2D(*zip(*seen, strict=True), **look | one, clip_on=False))
            parts[place].append(seen)
    _draw_axes(box)
    return parts


def goes_to_whole(rows: pd.DataFrame, measure: Measure) -> bool:
    """Return whether a measure's axis goes to 100 per cent: a share's does, where one of its figures is not small."""
    return measure.unit == SHARE and bool(measure.as_read(rows["value"].max()) > SMALL)


def _has_gaps(line: Sequence[Point]) -> bool:
    """Return whether a line is drawn over a year that has no figure."""
    return any(after - before > 1 for (before, _), (after, _) in pairwise(line))


def _points_of(rows: pd.DataFrame, *, by_year: bool = False) -> dict[tuple[str, str, str], list[Point]]:
    """Return each place's years with their values, in order, by level, name and code; places as they are first met.

    Lists, for a sheet has hundreds of lines of a few years each, and a frame for each costs more than the drawing.
    """
    found = zip(rows["level"], rows["place_name"], rows["place"], rows["year"], rows["value"], strict=True)
    lines: dict[tuple[str, str, str], list[Point]] = {}
    for level, name, place, year, value in sorted(found, key=itemgetter(3)) if by_year else found:
        lines.setdefault((level, name, place), []).append((int(year), float(value)))
    return {key: sorted(line, key=itemgetter(0)) for key, line in lines.items()}


def _unbroken(line: list[Point], measure: Measure) -> list[list[Point]]:
    """Return a place's years in the parts that may be compared."""
    starts = [int(start) for start in measure.breaks]
    return [list(part) for _, part in groupby(line, lambda point: sum(start <= point[0] for start in starts))]


def _draw_axes(box: "Box") -> None:
    """Draw gridlines with their figures, the foot, and the first and last year."""
    steps = round_steps(box.top, box.low)
    left, right = box.left, box.left + box.width
    heights, decimals = [box.place(box.first, step)[1] for step in steps], decimals_of(steps)
    box.ax.hlines(heights, left, right, color=GRID, linewidth=0.6, zorder=0)
    feet = dict.fromkeys((box.bottom, box.place(box.first, 0)[1]))  # what is under nought is below the second
    box.ax.hlines([*feet], left, right, color=FOOT, linewidth=0.6, zorder=2.5)
    for height, step in zip(heights, steps, strict=True):
        box.ax.text(left - 3, height, number(step, decimals), ha="right", va="center")
    for year in dict.fromkeys((box.first, box.last)):
        box.ax.text(box.place(year, box.low)[0], box.bottom - 4, str(year), ha="center", va="top")


def round_steps(top: float, low: float = 0.0) -> list[float]:
    """Return two to six round steps from `low` to `top`, which is over it; 0 is one of them where it lies between.

    >>> round_steps(100), round_steps(23.5), round_steps(1.7), round_steps(4, -7)
    ([0.0, 50.0, 100.0], [0.0, 5.0, 10.0, 15.0, 20.0], [0.0, 0.5, 1.0, 1.5], [-5.0, 0.0])
    """
    size = 10.0 ** math.floor(math.log10(top - low))
    step = next(one * size for one in (0.1, 0.2, 0.5, 1, 2, 5) if (top - low) / (one * size) < 5)
    first, last = math.ceil(low / step - 1e-9), math.floor(top / step + 1e-9)
    return [float(f"{step * at:.6g}") for at in range(first, last + 1)]


def decimals_of(steps: Sequence[float]) -> int:
    """Return how many decimals steps of a scale need to differ.

    >>> decimals_of([0, 50, 100]), decimals_of([0, 0.5, 1])
    (0, 1)
    """
    return max(0, -math.floor(math.log10(steps[1] - steps[0]) + 1e-9))


def _with_breaks(told: Sequence[tuple[int, str]], measure: Measure) -> str:
    """Return what is told of years in order, with the breaks between them."""
    parts = [text for _, text in told[:1]]
    for (before, _), (year, text) in pairwise(told):
        parts += [*(f"brott i serien {start}" for start in measure.breaks_between(before, year)), text]
    return ", ".join(parts)


def years_said(rows: pd.DataFrame, measure: Measure) -> tuple[str, str]:
    """Return a measure's name, and its figures and breaks, for those who cannot see its panel."""
    told = [(int(str(year)), f"{year} {' eller '.join(own['display'].unique())}") for year, own in rows.groupby("year")]
    return measure.title, _with_breaks(told, measure)


def lines_said(rows: pd.DataFrame, measure: Measure) -> tuple[str, str]:
    """Return a panel's name, and each line but the faint ones: each unbroken part from its first year to its last."""
    told, lines = [], _points_of(rows)
    told_of = sorted((key for key in lines if key[0] in SAID), key=lambda key: SAID.index(key[0]))
    for level, name, place in told_of:
        parts = _unbroken(lines[level, name, place], measure)
        ends = [point for part in parts for point in dict.fromkeys([part[0], part[-1]])]
        said = [(year, f"{measure.told(value)} år {year}") for year, value in ends]
        told.append(f"{name} {_with_breaks(said, measure)}")
    return f"{measure.full_name} ({measure.unit_word})", "; ".join(told)
