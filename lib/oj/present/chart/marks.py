"""The marks of places in charts: a colour and a shape each, and an interval where the base is known."""

from typing import TYPE_CHECKING

import pandas as pd

from oj.compare.rates import SMALL_BASE, wilson
from oj.present.style import COMPARISON_COLOUR, COUNTY_COLOUR, NATION_COLOUR
from oj.words.frames import each_row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Mark = tuple[str, str, int]  # colour, shape, size in square points

MARKERS = (
    (NATION_COLOUR, "D", 30),
    (COUNTY_COLOUR, "o", 52),
    (COMPARISON_COLOUR, "s", 34),
    ("#801650", "^", 44),
    ("#7A5FB5", "v", 44),
    ("#8A6D00", "P", 44),
)


def markers(count: int) -> list[Mark]:
    """Return a mark for each of so many regions: the nation, the county, those compared with.

    >>> [shape for _, shape, _ in markers(3)]
    ['D', 'o', 's']
    """
    return [MARKERS[min(position, len(MARKERS) - 1)] for position in range(count)]


def scatter(ax: "Axes", drawn: pd.DataFrame, marks: dict[str, Mark], *, legend: bool = False) -> None:
    """Draw a mark for every figure there is, at its `value` and `position`, as its `place_name` is marked."""
    import seaborn as sns

    known = drawn.dropna(subset="value")
    if len(known):
        sns.scatterplot(
            known, x="value", y="position", hue="place_name", style="place_name", size="place_name",
            hue_order=list(marks), style_order=list(marks), palette={name: mark[0] for name, mark in marks.items()},
            markers={name: mark[1] for name, mark in marks.items()}, zorder=3, ax=ax,
            sizes={name: mark[2] for name, mark in marks.items()}, legend="full" if legend else False,
        )  # fmt: skip


def intervals(ax: "Axes", drawn: pd.DataFrame, marks: dict[str, Mark]) -> None:
    """Draw the 95 per cent interval of every share with a known base; a small base gets a hollow mark."""
    known = drawn.dropna(subset=["value", "numerator", "denominator"])
    for row in each_row(known):
        colour, shape, size = marks[row.place_name]
        low, high = wilson(row.numerator, row.denominator)
        ax.hlines(row.position, low, high, color=colour, linewidth=1.2, zorder=2)
        if row.denominator < SMALL_BASE:
            ax.scatter(row.value, row.position, s=size, marker=shape, facecolor="white", edgecolor=colour, zorder=4)
