"""Charts of one sub-area: the county against the nation, and where the municipalities lie.

Answers (Ja, Delvis, Nej) become shares at county level: one row per indicator, with the distance
between nation and county drawn out. Numbers are shown place by place, in the report's own order:
the bases are small or unknown, so nothing is ranked.
"""

import io
import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from oj.catalog import Indicator, in_subarea
from oj.datapackage import read_table
from oj.present.alt import describe_answers, describe_values
from oj.present.output import Figure
from oj.present.style import (
    COMPARISON_COLOUR,
    COUNTY_COLOUR,
    FAINT,
    MUNICIPALITY_COLOUR,
    NATION_COLOUR,
    TEXT_WIDTH,
    use_style,
)
from oj.swedish import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_HEIGHT = 0.25  # inches for one indicator
PLACE_HEIGHT = 0.205  # inches for one place
LEGEND_HEIGHT = 0.52  # inches for the legend above and the axis below
TITLE_HEIGHT = 0.64
LINES = ((4, 2), (1, 1.4))  # dashes of the nation's and the county's line
APART = 0.13  # rows: how far the regions' marks stand from each other, so that none hides another
MARKERS = (
    (NATION_COLOUR, "D", 30),
    (COUNTY_COLOUR, "o", 52),
    (COMPARISON_COLOUR, "s", 34),
    ("#801650", "^", 44),
    ("#7A5FB5", "v", 44),
    ("#8A6D00", "P", 44),
)


def chart(results: pd.DataFrame, subarea: str, folder: Path | None = None) -> Figure:
    """Return the chart of one sub-area, as SVG with its caption and alt text.

    `results` is what `oj.results` gives. Raises UserError for an unknown sub-area.

    >>> import oj
    >>> chart(oj.results("Stockholm"), "utanfor-kontorstid").label
    'fig-utanfor-kontorstid'
    """
    use_style()
    shown = in_subarea(subarea, folder)
    rows = results[results["subarea"] == subarea]
    answers = [item for item in shown if item.is_answer]
    values = [item for item in shown if not item.is_answer]
    name = read_table("subareas", folder).set_index("subarea").loc[subarea, "name"]
    parts = [describe_answers(rows, answers)] if answers else []
    parts += [describe_values(rows, values)] if values else []
    return Figure(
        svg=_svg(rows, answers, values),
        label=f"fig-{subarea}",
        caption=" ".join([f"{name}, utgåvan {rows['edition'].iloc[0]}.", *_reading(rows, answers, values)]),
        alt=" ".join(parts),
    )


def shares_against_nation(rows: pd.DataFrame, shown: list[Indicator], ax: "Axes | None" = None) -> "Axes":
    """Draw one row per answer indicator: the shares of the nation, the county and those compared with.

    Rows are sorted by the county's distance to the nation; beside each stands how many of the
    report's municipalities answered Ja. Shares are 0-1. Returns the axes.
    """
    import matplotlib.pyplot as plt
    import seaborn as sns

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
    marks = dict(zip(names, _markers(len(names)), strict=True))
    drawn = regional.dropna(subset="value").assign(
        position=lambda row: (
            row["indicator"].map({item.id: at for at, item in enumerate(ordered)})
            + row["place_name"].map({name: APART * min(at - 1, 1) for at, name in enumerate(names)})
        ),
    )
    sns.scatterplot(
        drawn, x="value", y="position", hue="place_name", style="place_name", size="place_name", hue_order=names,
        style_order=names, sizes={name: mark[2] for name, mark in marks.items()}, zorder=3, ax=ax,
        palette={name: mark[0] for name, mark in marks.items()},
        markers={name: mark[1] for name, mark in marks.items()},
    )  # fmt: skip
    ax.set(xlim=(-0.03, 1.03), ylim=(len(ordered) - 0.5, -0.5), xlabel="", ylabel="")
    ax.set_yticks(range(len(ordered)), [item.short for item in ordered])
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
    import seaborn as sns

    ax = ax or plt.gca()
    places = rows[rows["indicator"] == item.id].reset_index(drop=True)
    known = places.dropna(subset="value")
    top = top or _top(places, [item])
    for colour, dashes, value in _lines(places):
        ax.axvline(value, color=colour, linewidth=1.1, linestyle=(0, dashes), zorder=1)
    looks = dict(zip(places["place"], _place_marks(places), strict=True))
    sns.scatterplot(
        known.assign(position=known.index), x="value", y="position", hue="place", style="place", s=42, zorder=3, ax=ax,
        palette={code: look[0] for code, look in looks.items()},
        markers={code: look[1] for code, look in looks.items()}, legend=False,
    )  # fmt: skip
    for position, text in enumerate(places["display"]):
        ax.text(0.995, position, text, transform=ax.get_yaxis_transform(), va="center", ha="right", fontsize=8.5)
    ax.set(
        xlim=(0, top * 1.38), ylim=(len(places) - 0.5, -0.6), xlabel="", ylabel="", title=_two_lines(_with_unit(item))
    )
    ax.set_yticks(range(len(places)), places["place_name"])
    ax.set_xticks([0, top / 2, top])
    ax.xaxis.set_major_formatter(partial(_tick, item))
    ax.grid(axis="x")
    return ax


def _top(rows: pd.DataFrame, shown: list[Indicator]) -> float:
    """Return a round number at or above every value of the indicators, for their common axis."""
    largest = rows.loc[rows["indicator"].isin([item.id for item in shown]), "value"].max()
    if pd.isna(largest) or largest <= 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(largest))
    return next(step * factor for factor in (1, 2, 3, 4, 5, 6, 8, 10) if step * factor >= largest - 1e-9)


def _reading(rows: pd.DataFrame, answers: list[Indicator], values: list[Indicator]) -> list[str]:
    """Return what the caption must say for the chart to be read."""
    regions = rows.loc[rows["level"] != "municipality", "place_name"].drop_duplicates().tolist()
    order = ["Ordnade efter länets avstånd till riket."] if len(answers) > 2 and len(regions) > 1 else []
    lines = [f"Linjer: riket (streckad) och {regions[1]} (prickad)."] if len(regions) > 1 else []
    return order + (lines if values and (rows["level"] == "municipality").any() else [])


def _svg(rows: pd.DataFrame, answers: list[Indicator], values: list[Indicator]) -> str:
    """Return the chart of a sub-area: its answers above, its numbers side by side below."""
    import matplotlib.pyplot as plt

    places = rows["place"].nunique()
    heights = [len(answers) * ROW_HEIGHT + LEGEND_HEIGHT] if answers else []
    heights += [places * PLACE_HEIGHT + TITLE_HEIGHT] if values else []
    figure = plt.figure(figsize=(TEXT_WIDTH, sum(heights)))
    parts = figure.subfigures(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
    if answers:
        _draw_answers(parts[0], rows, answers)
    if values:
        _draw_values(parts[-1], rows, values)
    drawing = io.StringIO()
    figure.savefig(drawing, format="svg", metadata={"Date": None})
    plt.close(figure)
    return drawing.getvalue()


def _draw_answers(part: "object", rows: pd.DataFrame, answers: list[Indicator]) -> None:
    height = len(answers) * ROW_HEIGHT + LEGEND_HEIGHT
    ax = part.subplots()  # type: ignore[attr-defined]
    part.subplots_adjust(left=0.29, right=0.86, bottom=0.24 / height, top=1 - 0.25 / height)  # type: ignore[attr-defined]
    shares_against_nation(rows, answers, ax)
    sns_legend = ax.get_legend_handles_labels()
    ax.legend(*sns_legend, loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, frameon=False, borderpad=0,
              handletextpad=0.1, columnspacing=1.2)  # fmt: skip
    if (rows["level"] == "municipality").any():
        ax.annotate("Ja", (1.03, 1.0), (0, 5), xycoords="axes fraction", textcoords="offset points",
                    fontweight="semibold")  # fmt: skip


def _draw_values(part: "object", rows: pd.DataFrame, values: list[Indicator]) -> None:
    height = rows["place"].nunique() * PLACE_HEIGHT + TITLE_HEIGHT
    axes = part.subplots(1, len(values), sharey=True, squeeze=False)[0]  # type: ignore[attr-defined]
    part.subplots_adjust(left=0.17, right=0.985, bottom=0.24 / height, top=1 - 0.38 / height, wspace=0.08)  # type: ignore[attr-defined]
    for ax, item in zip(axes, values, strict=True):
        siblings = [other for other in values if other.family == item.family]
        values_by_place(rows, item, ax, top=_top(rows, siblings))


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
    return f"{(answered['answer'] == 'yes').sum()} av {len(answered)}" if len(own) else ""


def _markers(count: int) -> list[tuple[str, str, int]]:
    return [MARKERS[min(position, len(MARKERS) - 1)] for position in range(count)]


def _place_marks(places: pd.DataFrame) -> list[tuple[str, str]]:
    """Return a colour and a shape per row: municipalities, the nation, the county, those compared with."""
    regional = iter(_markers(int((places["level"] != "municipality").sum())))
    return [(MUNICIPALITY_COLOUR, "o") if level == "municipality" else next(regional)[:2] for level in places["level"]]


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
