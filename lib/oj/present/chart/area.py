"""Charts of one sub-area: the county against the nation, and where the municipalities lie.

Answers (Ja, Delvis, Nej) become shares at county level: one row per indicator, with the distance
between nation and county drawn out. Numbers are shown place by place, in the report's own order:
the bases are small or unknown, so nothing is ranked.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from oj.facts.catalog import Indicator
from oj.present.chart.marks import MARKERS, Mark, intervals, markers, scatter
from oj.present.style import FAINT, MUNICIPALITY_COLOUR
from oj.words.swedish import capital, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINES = ((4, 2), (1, 1.4))  # dashes of the nation's and the county's line
ROOM = 1.38  # of the axis to its last value, for the figures to the right
LETTER, MARK = 0.055, 0.05  # inches: a figure's letter, half a mark
APART = 0.13  # rows: how far the regions' marks stand from each other, so that none hides another


def shares_against_nation(
    rows: pd.DataFrame, shown: list[Indicator], ax: "Axes | None" = None, *, names_whole: bool = False
) -> "Axes":
    """Draw one row per answer indicator: the shares of the nation, the county and those compared with.

    Rows are sorted by the county's distance to the nation; beside each stands how many of the
    report's municipalities answered Ja. Shares are 0-1. `names_whole` names an indicator so that it is
    understood beside those of other sub-areas. Returns the axes.
    """
    import matplotlib.pyplot as plt

    ax = ax or plt.gca()
    regional = rows[rows["level"] != "municipality"]
    names = list(regional["place_name"].unique())
    wide = regional.pivot(index="indicator", columns="place_name", values="value")
    wide = wide.reindex(index=[item.id for item in shown], columns=names)
    ordered = _by_distance(wide, shown)
    for position, item in enumerate(ordered):
        shares = wide.loc[item.id].dropna()
        ax.hlines(position, shares.min(), shares.max(), color=FAINT, linewidth=3, zorder=1)
        ax.text(1.03, position, _yes_of(rows, item), transform=ax.get_yaxis_transform(), va="center", color="#1c2430")
    rows_at = {item.id: at for at, item in enumerate(ordered)}
    apart = {name: APART * min(at - 1, 1) for at, name in enumerate(names)}
    position = regional["indicator"].map(rows_at) + regional["place_name"].map(apart)
    marks = dict(zip(names, markers(len(names)), strict=True))
    scatter(ax, regional.assign(position=position), marks, legend=True)
    ax.set(xlim=(-0.03, 1.03), ylim=(len(ordered) - 0.5, -0.5), xlabel="", ylabel="")
    ax.set_yticks(range(len(ordered)), [capital(item.phrase) if names_whole else item.short for item in ordered])
    ax.xaxis.set_major_formatter(lambda share, _: percent(share))
    ax.grid(axis="x")
    return ax


def values_by_place(
    rows: pd.DataFrame, item: Indicator, ax: "Axes | None" = None, *, top: float | None = None
) -> "Axes":
    """Draw one number per place for one indicator, with the nation and county as lines through all.

    The figures stand in a column to the right. A hidden or lacking one has its sign there and no dot.
    `top` is the axis' last value, in the indicator's unit. Returns the axes.
    """
    import matplotlib.pyplot as plt

    ax = ax or plt.gca()
    places = rows[rows["indicator"] == item.id].reset_index(drop=True)
    top = top or common_top(places, [item])
    for colour, dashes, value in _lines(places):
        ax.axvline(value, color=colour, linewidth=1.1, linestyle=(0, dashes), zorder=1)
    marks = dict(zip(places["place_name"], _place_marks(places), strict=True))
    scatter(ax, places.assign(position=places.index), marks)
    if item.scale == "share":
        intervals(ax, places.assign(position=places.index), marks)
    for position, text in enumerate(places["display"]):
        ax.text(0.995, position, text, transform=ax.get_yaxis_transform(), va="center", ha="right", fontsize=8.5)
    ax.set(
        xlim=(0, top * _room(places, top, ax)),
        ylim=(len(places) - 0.5, -0.6),
        xlabel="",
        ylabel="",
        title=_two_lines(_with_unit(item)),
    )
    ax.set_yticks(range(len(places)), places["place_name"])
    ax.set_xticks([0, top / 2, top])
    ax.xaxis.set_major_formatter(partial(_tick, item))
    ax.grid(axis="x")
    return ax


def _room(places: pd.DataFrame, top: float, ax: "Axes") -> float:
    """Return how many times the axis is longer than to its last value, so that no figure stands on a mark."""
    width = ax.get_window_extent().width / ax.figure.dpi
    free = 0.995 - (places["display"].str.len() * LETTER + MARK) / width
    needed = (places["value"] / top / free)[free > 0]
    return float(max([ROOM, *needed.dropna()]))


def common_top(rows: pd.DataFrame, shown: list[Indicator]) -> float:
    """Return a round number at or above every value of the indicators, for their common axis."""
    largest = rows.loc[rows["indicator"].isin([item.id for item in shown]), "value"].max()
    if pd.isna(largest) or largest <= 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(largest))
    return next(step * factor for factor in (1, 2, 3, 4, 5, 6, 8, 10) if step * factor >= largest - 1e-9)


def _by_distance(wide: pd.DataFrame, shown: list[Indicator]) -> list[Indicator]:
    """Return the indicators from furthest above the nation to furthest below, as the county lies."""
    if wide.shape[1] < 2:
        return shown
    distance = (wide.iloc[:, 1] - wide.iloc[:, 0]).fillna(-math.inf)
    key: Callable[[Indicator], float] = lambda item: -distance.get(item.id, 0.0)  # noqa: E731
    return sorted(shown, key=key)


def _yes_of(rows: pd.DataFrame, item: Indicator) -> str:
    own = rows[(rows["indicator"] == item.id) & (rows["level"] == "municipality")]
    answered = own[own["status"] == "observed"]
    told = f"{(answered['answer'] == 'yes').sum()} av {len(answered)}" if len(answered) else "–"
    return told if len(own) else ""


def _place_marks(places: pd.DataFrame) -> list[Mark]:
    """Return a colour and a shape per row: municipalities, the nation, the county, those compared with."""
    regional = iter(markers(int((places["level"] != "municipality").sum())))
    return [(MUNICIPALITY_COLOUR, "o", 42) if level == "municipality" else next(regional) for level in places["level"]]


def _lines(places: pd.DataFrame) -> list[tuple[str, tuple[float, float], float]]:
    """Return colour, dashes and value of the nation's and the county's lines, where there are municipalities."""
    if not (places["level"] == "municipality").any():
        return []
    regional = places.loc[places["level"] != "municipality", "value"].head(2)
    looks = zip(MARKERS, LINES, regional, strict=False)
    return [(colour, dashes, value) for (colour, _, _), dashes, value in looks if pd.notna(value)]


def _tick(item: Indicator, value: float, _position: int | None = None) -> str:
    decimals = 0 if math.isclose(value * 100 % 1, 0, abs_tol=1e-6) else 1
    return percent(value, decimals) if item.scale == "share" else number(value, 0 if value == int(value) else 1)


def _with_unit(item: Indicator) -> str:
    return f"{item.short}, timmar per vecka" if item.scale == "hours-per-week" else item.short


def _two_lines(text: str) -> str:
    """Return `text` on two lines where it is long, broken at the space nearest its middle."""
    if len(text) < 18 or " " not in text:
        return text
    spaces = [position for position, letter in enumerate(text) if letter == " "]
    middle = min(spaces, key=lambda position: abs(position - len(text) / 2))
    return f"{text[:middle]}\n{text[middle + 1 :]}"
