"""Light axes of small panels: a few gridlines with their figures, and the first and last year."""

import math
from typing import TYPE_CHECKING

from oj.words.swedish import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GRID = "#E3E6EB"


def draw_axes(ax: "Axes", years: tuple[int, int], top: float) -> None:
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
