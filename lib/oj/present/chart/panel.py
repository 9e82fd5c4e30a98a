"""One small panel of figures over the years: a line for each place, or every figure at its mark."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from oj.figures.measures import SHARE, Measure
from oj.present.style import COUNTY_COLOUR, FAINT, MUNICIPALITY_COLOUR, NATION_COLOUR
from oj.words.frames import each_row
from oj.words.swedish import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GRID = "#E3E6EB"


@dataclass(frozen=True)
class Line:
    """How a line is drawn: its colour, width in points, dashes and order."""

    colour: str
    width: float
    dashes: Any
    order: int


LINES = {
    "one": Line(MUNICIPALITY_COLOUR, 2.2, "-", 5),
    "municipality": Line(FAINT, 0.8, "-", 2),
    "county": Line(COUNTY_COLOUR, 2.0, "-", 4),
    "nation": Line(NATION_COLOUR, 1.4, (0, (4, 2)), 3),
}


def years_panel(rows: pd.DataFrame, measure: Measure, ax: "Axes") -> None:
    """Draw a measure year by year: a line per place, broken where years cannot be compared; a lone year is a dot.

    `rows` has `place`, `level` (LINES), `year` and `value`.
    """
    drawn = rows.assign(value=rows["value"].map(measure.as_read)).sort_values("year", kind="stable")
    for (level, _place), line in drawn.groupby(["level", "place"], sort=False):
        style = LINES[str(level)]
        joined: dict[str, Any] = {"linewidth": style.width, "linestyle": style.dashes}
        lone: dict[str, Any] = {"marker": "o", "markersize": style.width + 1}
        for part in unbroken(line, measure):
            look = joined if len(part) > 1 else lone
            ax.plot(part["year"], part["value"], color=style.colour, zorder=style.order, clip_on=False, **look)
    highest = float(drawn["value"].max())
    top = 100.0 if measure.unit == SHARE and highest > 45 else highest * 1.12
    first, last = int(drawn["year"].min()), int(drawn["year"].max())
    ax.set(xlim=(first - 0.3, last + 0.3), ylim=(0, top or 1), xlabel="", ylabel="")
    _draw_axes(ax, (first, last), top)


def unbroken(line: pd.DataFrame, measure: Measure) -> list[pd.DataFrame]:
    """Return a place's rows, which stand by year, in the parts that may be compared."""
    since = line["year"].map(lambda year: sum(int(start) <= year for start in measure.breaks))
    return [part for _, part in line.groupby(since)]


def sources_panel(rows: pd.DataFrame, joined: pd.DataFrame, measure: Measure, ax: "Axes") -> None:
    """Draw what the sources tell of one place: each figure at its mark, breaks between, lines where `joined` has steps.

    Disputed values are hollow and not joined. The years are those with a figure.
    """
    points = rows.drop_duplicates(["year", "value"]).sort_values(["year", "value"])
    by_year = dict(list(points.groupby("year")))
    for step in each_row(joined[(joined["measure"] == measure.id) & (joined["why"] == "")]):
        ends = [int(step.first), int(step.last)]
        ax.plot(ends, [step.value_from, step.value_to], color=COUNTY_COLOUR, linewidth=1.6, zorder=2)
    for row in each_row(points):
        face = "white" if len(by_year[row.year]) > 1 else COUNTY_COLOUR
        ax.scatter(row.year, row.value, s=26, facecolor=face, edgecolor=COUNTY_COLOUR, linewidth=1.2, zorder=3)
    for year, part in by_year.items():
        told = "/".join(part["display"]).replace("\u00a0%/", "/")
        ax.annotate(told, (year, part["value"].max()), (0, 5), textcoords="offset points", ha="center", fontsize=8.5)
    for first_year, last_year in pairwise(by_year):
        for start in measure.breaks_between(first_year, last_year):
            at = start - 0.5
            ax.axvline(at, color=NATION_COLOUR, linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
            ax.annotate(f"brott\n{start}", (at, 0.03), (2, 0), textcoords="offset points", fontsize=8,
                        color=NATION_COLOUR)  # fmt: skip
    ax.set(ylim=(0, 1.12), xlabel="", ylabel="", yticks=[])
    ax.set_xticks(list(by_year), [str(year) for year in by_year])


def _draw_axes(ax: "Axes", years: tuple[int, int], top: float) -> None:
    """Draw gridlines with their figures, and the first and last year; ticks of matplotlib's take five times as long."""
    ax.set_xticks([])
    ax.set_yticks([])
    ax.patch.set_visible(False)
    steps = round_steps(top)
    ax.hlines(steps, 0, 1, transform=ax.get_yaxis_transform(), color=GRID, linewidth=0.6, zorder=0)
    for step in steps:
        ax.annotate(number(step, 0 if steps[1] >= 1 else 1), (0, step), (-3, 0), xycoords=("axes fraction", "data"),
                    textcoords="offset points", ha="right", va="center", fontsize=8)  # fmt: skip
    for year in dict.fromkeys(years):
        ax.annotate(str(year), (year, 0), (0, -4), xycoords=("data", "axes fraction"), textcoords="offset points",
                    ha="center", va="top", fontsize=8)  # fmt: skip


def round_steps(top: float) -> list[float]:
    """Return 0 and two to four round steps up to `top`.

    >>> round_steps(100), round_steps(23.5), round_steps(1.7)
    ([0.0, 50.0, 100.0], [0.0, 5.0, 10.0, 15.0, 20.0], [0.0, 0.5, 1.0, 1.5])
    """
    size = 10.0 ** math.floor(math.log10(top or 1))
    step = next(one * size for one in (0.1, 0.2, 0.5, 1, 2, 5) if top / (one * size) < 5)
    return [round(step * at, 6) for at in range(int(top / step + 1e-9) + 1)]
