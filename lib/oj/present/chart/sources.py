"""What the sources tell of one place and measure over the years: a mark for each figure, and breaks between them."""

from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from oj.present.style import COUNTY_COLOUR, NATION_COLOUR
from oj.tidy.measures import Measure
from oj.words.frames import each_row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FREE = 2.0  # above every share: a year without a mark


def sources_panel(rows: pd.DataFrame, joined: pd.DataFrame, measure: Measure, ax: "Axes") -> None:
    """Draw what the sources tell of one place: each figure at its mark, breaks between, lines where `joined` has steps.

    Disputed values are hollow and not joined. The years are those with a figure.
    """
    points = rows.drop_duplicates(["year", "value"]).sort_values(["year", "value"])
    by_year = {int(str(year)): part for year, part in points.groupby("year")}
    for step in each_row(joined[(joined["measure"] == measure.id) & (joined["why"] == "")]):
        ends = [int(step.first), int(step.last)]
        ax.plot(ends, [step.value_from, step.value_to], color=COUNTY_COLOUR, linewidth=1.6, zorder=2)
    for row in each_row(points):
        face = "white" if len(by_year[row.year]) > 1 else COUNTY_COLOUR
        ax.scatter(row.year, row.value, s=26, facecolor=face, edgecolor=COUNTY_COLOUR, linewidth=1.2, zorder=3)
    for year, part in by_year.items():
        told = "\n".join(part["display"][::-1])  # the highest above
        ax.annotate(told, (year, part["value"].max()), (0, 5), textcoords="offset points", ha="center", linespacing=1.0)
    for first_year, last_year in pairwise(by_year):
        for start in measure.breaks_between(first_year, last_year):
            _break(ax, start, {year: float(part["value"].min()) for year, part in by_year.items()})
    ax.set(ylim=(0, 1.3), xlabel="", ylabel="", yticks=[])
    ax.set_xticks(list(by_year), [str(year) for year in by_year])
    ax.tick_params(axis="x", length=0, pad=2)


def _break(ax: "Axes", start: int, lowest: dict[int, float]) -> None:
    """Draw a break before a year and name it, beside the line where there is no mark, or the highest one."""
    at, after, before = start - 0.5, lowest.get(start, FREE), lowest.get(start - 1, FREE)
    side = 1 if after >= before else -1
    ax.axvline(at, color=NATION_COLOUR, linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
    ax.annotate(f"från\n{start}", (at, 0.03), (2 * side, 0), textcoords="offset points", linespacing=1.0,
                ha="left" if side > 0 else "right", color=NATION_COLOUR)  # fmt: skip
