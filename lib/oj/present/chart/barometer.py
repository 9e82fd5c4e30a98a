"""A municipality's barometer: its every answer and share against its county and the nation, on one page."""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from oj.doors.results import name_of, place_of
from oj.facts.catalog import Indicator, indicators
from oj.facts.editions import domain_of, of_results
from oj.present.chart.alt import said
from oj.present.chart.heat import dash_note, lines_of, name_line, short_sign
from oj.present.chart.marks import MARKERS, scatter
from oj.present.output import Figure
from oj.present.style import ANSWER_FILLS, BAND, FAINT, LACKING_FILL, MUNICIPALITY_COLOUR, TEXT_WIDTH, as_svg, use_style
from oj.words.swedish import capital, genitive, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_HEIGHT = 0.154  # inches, so that all indicators fit on a page
HEAD_HEIGHT = 0.5
LABEL_WIDTH = 0.555  # of the figure's width; the figure's own value stands last in it
CHIP = (-0.11, 0.09)  # where the own value stands and how wide, in widths of the axis
SMALL = 8  # points
APART = 0.1  # rows: how far the county's and the nation's marks stand from each other


def barometer(results: pd.DataFrame, municipality: str, folder: Path | None = None) -> Figure:
    """Return a municipality's barometer; raise UserError for one that is not in the results.

    >>> from oj.doors.results import results
    >>> barometer(results("Stockholm"), "Solna").label
    'fig-barometer-0184'
    """
    folder = of_results(results, folder)
    use_style()
    import matplotlib.pyplot as plt

    place = place_of(results, municipality)
    known = indicators(folder)
    rows = results[results["indicator"].map(lambda name: not known[name].is_background)]
    rows = rows[(rows["place"] == place) | (rows["level"] != "municipality")]
    lines = lines_of([known[name] for name in rows["indicator"].unique()], folder)
    height = len(lines) * ROW_HEIGHT + HEAD_HEIGHT
    figure = plt.figure(figsize=(TEXT_WIDTH, height))
    ax = figure.subplots()
    figure.subplots_adjust(left=LABEL_WIDTH, right=0.97, bottom=0.24 / height, top=1 - 0.24 / height)
    draw_barometer(rows, lines, ax)
    whose = genitive(name_of(rows, place))
    both = (rows["level"] == "county").any()
    where = "länet och riket, eller länets och rikets egna tal" if both else "riket, eller rikets egna tal"
    caption = (
        f"{whose} barometer, utgåvan {rows['edition'].iloc[0]}: kommunens svar och tal, och på axeln andelen "
        f"{domain_of(folder).answering} med Ja i {where}.{dash_note(rows)}"
    )
    return Figure(as_svg(figure), f"fig-barometer-{place}", caption, describe_barometer(rows, place, folder))


def draw_barometer(rows: pd.DataFrame, lines: list[str | Indicator], ax: "Axes | None" = None) -> "Axes":
    """Draw the rows of one municipality and its regions: its value as text, theirs as marks; return the axes.

    `lines` are the areas' names and indicators, from the top. Shares are 0-1; hours are told in words.
    """
    import matplotlib.pyplot as plt

    ax = ax or plt.gca()
    by_indicator = dict(list(rows.groupby("indicator", sort=False)))
    for position, line in enumerate(lines):
        if isinstance(line, str):
            name_line(ax, line, position + 0.08)
        else:
            _draw_line(ax, by_indicator[line.id], line, position)
    shares = [line for line in lines if isinstance(line, Indicator) and _is_share(line)]
    _draw_shares(ax, rows, {item.id: lines.index(item) for item in shares})
    ax.set(xlim=(-0.02, 1.02), ylim=(len(lines) - 0.5, -0.5), xlabel="", ylabel="")
    ax.set_yticks([])
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    ax.xaxis.set_major_formatter(lambda share, _: percent(share))
    ax.grid(axis="x")
    ax.legend(loc="lower right", bbox_to_anchor=(1.03, 1.0), ncols=3, frameon=False, borderpad=0, borderaxespad=0.2,
              handletextpad=0.1, columnspacing=0.9)  # fmt: skip
    return ax


def _draw_shares(ax: "Axes", rows: pd.DataFrame, at: dict[str, int]) -> None:
    """Draw the shares of the nation, the county and the municipality, each at its indicator's row."""
    regions = rows.loc[rows["level"] != "municipality", "place_name"].unique()[:2]
    own = rows.loc[rows["level"] == "municipality", "place_name"].iloc[0]
    marks = dict(zip(regions, MARKERS, strict=False)) | {own: (MUNICIPALITY_COLOUR, "^", 44)}
    apart = dict(zip(regions, (-APART, APART), strict=False))
    shares = rows[rows["indicator"].isin(at) & rows["place_name"].isin(marks)]
    shares = shares.sort_values("level", key=lambda level: level == "municipality", kind="stable")  # drawn on top
    position = shares["indicator"].map(at) + shares["place_name"].map(apart).fillna(0)
    scatter(ax, shares.assign(position=position), marks, legend=True)


def _is_share(item: Indicator) -> bool:
    return item.is_answer or item.scale == "share"


def _draw_line(ax: "Axes", own: pd.DataFrame, item: Indicator, position: int) -> None:
    """Draw one indicator: its name, the municipality's value on its colour, and the line between the regions."""
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import blended_transform_factory

    across = blended_transform_factory(ax.figure.transFigure, ax.transData)
    if position % 2:
        ax.add_patch(Rectangle((0, position - 0.5), 1, 1, transform=across, clip_on=False, facecolor=BAND, zorder=0))
    name_line(ax, item, position, SMALL)
    mine = own[own["level"] == "municipality"].iloc[0]
    lacking = LACKING_FILL if mine["status"] != "observed" else "white"
    start, width = CHIP
    inside = ax.get_yaxis_transform()
    ax.add_patch(Rectangle((start - width / 2, position - 0.45), width, 0.9, transform=inside, clip_on=False,
                           facecolor=ANSWER_FILLS.get(mine["answer"], lacking), linewidth=0))  # fmt: skip
    ax.text(
        start, position, short_sign(str(mine["display"])), transform=inside, ha="center", va="center", fontsize=SMALL
    )
    regional = own[own["level"] != "municipality"].head(2)
    if _is_share(item):
        values = regional["value"].dropna()
        if len(values):
            ax.hlines(position, values.min(), values.max(), color=FAINT, linewidth=2.2, zorder=1)
    else:
        told = ", ".join(
            f"{name} {display}" for name, display in zip(regional["place_name"], regional["display"], strict=True)
        )
        ax.text(0, position, f"{told} timmar per vecka", va="center", fontsize=SMALL, color="#1c2430")


def describe_barometer(rows: pd.DataFrame, place: str, folder: Path | None = None) -> str:
    """Return each indicator's value for the municipality, the nation and the county."""
    parts = []
    known = indicators(folder)
    for name, own in rows.groupby("indicator", sort=False):
        mine = own[own["place"] == place].iloc[0]
        regional = own[own["level"] != "municipality"].head(2)
        told = ", ".join(f"{row.place_name} {said(row)}" for row in regional.itertuples())
        beside = f" ({told})" if told else ""
        parts.append(f"{capital(known[str(name)].phrase)}: {said(mine)}{beside}.")
    return " ".join(parts)
