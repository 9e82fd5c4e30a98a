"""Where each place stands in a drawing, as outlines for the pages: what is chosen there is marked, and the rest fades.

An outline is an SVG path in thousandths of the drawing's width from its upper left corner. It says where a place is
drawn, never what its figure is, and is no part of the drawing: print knows nothing of it.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 1000
Point = tuple[float, float]


def across(ax: "Axes", low: float, high: float) -> str:
    """Return the outline of a row between two heights of the axes, as wide as the drawing.

    >>> from oj.present.style import page
    >>> ax = page(1).add_axes((0.5, 0, 0.5, 1), ylim=(2, 0))
    >>> across(ax, 0, 1)
    'M0 0L1000 0L1000 77L0 77Z'
    """
    top, bottom = (ax.transData.transform((0, at))[1] for at in (low, high))
    right = _whole(ax).width
    return _path(ax, [(0, top), (right, top), (right, bottom), (0, bottom)]) + "Z"


def down(ax: "Axes", left: float, right: float) -> str:
    """Return the outline of a column between two places of the axes, from the drawing's top to the axes' foot."""
    start, end = (ax.transData.transform((at, 0))[0] for at in (left, right))
    top, bottom = _whole(ax).height, ax.get_window_extent().y0
    return _path(ax, [(start, top), (end, top), (end, bottom), (start, bottom)]) + "Z"


def line(ax: "Axes", points: Iterable[Point]) -> str:
    """Return the outline of a line through points of the axes; of a lone point a dot."""
    seen = [tuple(ax.transData.transform(point)) for point in points]
    return _path(ax, seen if len(seen) > 1 else seen * 2)


def shape(ax: "Axes", rings: Iterable[Sequence[Point]]) -> str:
    """Return the outline of a shape: its rings, in places of the axes."""
    return "".join(_path(ax, [tuple(one) for one in ax.transData.transform(ring)]) + "Z" for ring in rings)


def _whole(ax: "Axes") -> Any:
    """Return the box of the drawing that holds the axes, in dots of the screen."""
    return ax.get_figure(root=True).bbox  # type: ignore[union-attr]


def _path(ax: "Axes", seen: Sequence[Any]) -> str:
    """Return points of the screen as a path."""
    whole = _whole(ax)
    size = WIDTH / whole.width
    return "M" + "L".join(f"{x * size:.0f} {(whole.height - y) * size:.0f}" for x, y in seen)
