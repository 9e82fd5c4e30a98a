"""Small panels as boxes on a drawing's one axes, in points from its lower left corner.

Axes of its own for each panel take longer to make than all that is drawn in them.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oj.present.style import TEXT_WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INCH = 72  # points
BESIDE = 0.3  # years before the first and after the last


@dataclass(frozen=True)
class Box:
    """A panel's place on the axes, in points, and what it spans: years, and values from `low` to `top`."""

    ax: "Axes"
    left: float
    bottom: float
    width: float
    height: float
    first: int = 0
    last: int = 1
    top: float = 1.0
    low: float = 0.0

    def of(self, first: int, last: int, top: float, low: float = 0.0) -> "Box":
        """Return the box for these years and values from `low` to `top`."""
        return replace(self, first=first, last=last, top=top, low=low)

    def place(self, year: float, value: float) -> tuple[float, float]:
        """Return where a year's value is on the axes.

        >>> from oj.present.style import page
        >>> Box(whole_axes(page(1)), 0, 10, 100, 50).of(2018, 2022, 80).place(2020, 40)
        (50.0, 35.0)
        """
        across = (year - self.first + BESIDE) / (self.last - self.first + 2 * BESIDE)
        return self.left + self.width * across, self.bottom + self.height * (value - self.low) / (self.top - self.low)


def whole_axes(drawing: "Figure") -> "Axes":
    """Return axes over the whole of a drawing, in points, of which nothing is seen."""
    height = drawing.get_figheight()
    ax = drawing.add_axes((0, 0, 1, 1), xlim=(0, TEXT_WIDTH * INCH), ylim=(0, height * INCH))
    ax.set_axis_off()
    return ax


def boxes(ax: "Axes", rows: int, columns: int, edges: dict[str, float]) -> list[Box]:
    """Return boxes of one size in rows, from the upper left; `edges` and gaps as matplotlib's `subplots_adjust` has.

    >>> from oj.present.style import page
    >>> edges = {"left": 0.0, "right": 1.0, "bottom": 0.0, "top": 1.0, "wspace": 0.0, "hspace": 1.0}
    >>> [(one.left, one.bottom, one.height) for one in boxes(whole_axes(page(1)), 2, 1, edges)]
    [(0.0, 48.0, 24.0), (0.0, 0.0, 24.0)]
    """
    wide, high = float(ax.get_xlim()[1]), float(ax.get_ylim()[1])
    width = (edges["right"] - edges["left"]) * wide / (columns + edges["wspace"] * (columns - 1))
    height = (edges["top"] - edges["bottom"]) * high / (rows + edges["hspace"] * (rows - 1))
    lefts = [edges["left"] * wide + at * width * (1 + edges["wspace"]) for at in range(columns)]
    tops = [edges["top"] * high - at * height * (1 + edges["hspace"]) for at in range(rows)]
    return [Box(ax, left, top - height, width, height) for top in tops for left in lefts]
