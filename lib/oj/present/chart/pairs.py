"""Girls beside boys, or women beside men: a mark each on one line, for the nation and the county."""

import math
from typing import TYPE_CHECKING

import pandas as pd

from oj.present.output import Figure, Parts
from oj.present.style import BAND, FAINT, as_svg, page
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.swedish import listing, number

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

MARKS = {"women": ("#801650", "^"), "men": ("#28807A", "s")}  # colour and shape
YOUNG, GROWN = ("Flickor", "Pojkar"), ("Kvinnor", "Män")
ROW = 0.2  # inches
EDGES = 0.7  # inches for the legend above and the axis below


def pairs(figures: Figures) -> Parts:
    """Return girls beside boys (women beside men) in each measure's latest year, for the nation and the county.

    A picture for each unit; only where both are shown, and nothing without any.
    """
    latest = figures.latest()
    groups: dict[tuple[str, bool], list[Measure]] = {}
    for one in figures.measures.values():
        if one.about.gendered and not one.is_count:
            groups.setdefault((one.unit, one.about.young), []).append(one)
    parts = []
    for position, ((_unit, young), measures) in enumerate(groups.items(), start=1):
        rows = rows_of(latest, measures)
        if len(rows):
            label = f"fig-{figures.chosen}-kon" + (f"-{position}" if position > 1 else "")
            parts.append(_figure(rows, label, figures.heading, YOUNG if young else GROWN))
    return Parts(parts)


def rows_of(latest: Figures, measures: list[Measure]) -> pd.DataFrame:
    """Return a row per measure and region that has both figures: `women` and `men` as read, and as they are told."""
    rows = []
    for one in measures:
        own = latest.frame[(latest.frame["measure"] == one.id) & latest.frame["group"].isin(list(MARKS))]
        for level in ("nation", "county", "municipality"):
            both = own[own["level"] == level]
            if sorted(both["group"]) != sorted(MARKS) or not both["status"].eq("observed").all():
                continue
            values = {str(group): float(value) for group, value in zip(both["group"], both["value"], strict=True)}
            read = {group: one.as_read(value) for group, value in values.items()}
            told = {f"{group}_told": one.told(value) for group, value in values.items()}
            rows.append(
                {
                    "behind": tuple(both.index),
                    "name": one.short,
                    "place_name": both["place_name"].iloc[0],
                    **read,
                    **told,
                }
            )
    return pd.DataFrame(rows)


def _figure(rows: pd.DataFrame, label: str, heading: str, names: tuple[str, str]) -> Figure:
    first, second = (name.lower() for name in names)
    told = tuple(
        (f"{row.name} {row.place_name}", f"{first} {row.women_told}, {second} {row.men_told}") for row in each_row(rows)
    )
    summary = f"{names[0]} bredvid {second} i {listing(rows['place_name'].unique().tolist())}, {len(told)} rader."
    caption = f"{heading}: {first} och {second}, senaste året."
    behind = tuple(at for own in rows["behind"] for at in own)
    return Figure(as_svg(draw(rows, names)), label, caption, summary, told=told, rows=behind)


def draw(rows: pd.DataFrame, names: tuple[str, str]) -> "Drawing":
    """Draw the rows, one line each, grouped by measure; `names` are those of the two marks. Returns the drawing."""
    groups = rows["name"].ne(rows["name"].shift()).cumsum()
    positions = [at + 0.7 * group for at, group in enumerate(groups)]
    height = (positions[-1] + 1) * ROW + EDGES
    drawing = page(height)
    ax = drawing.add_axes((0.47, 0.32 / height, 0.5, 1 - EDGES / height))
    both = rows[list(MARKS)]
    ax.hlines(positions, both.min(axis=1), both.max(axis=1), color=FAINT, linewidth=2)
    for (group, (colour, shape)), name in zip(MARKS.items(), names, strict=True):
        ax.scatter(rows[group], positions, color=colour, marker=shape, s=34, zorder=3, label=name, clip_on=False)
    ax.set_yticks(positions, rows["place_name"].tolist())
    for _, part in rows.assign(at=positions).groupby(groups):
        first, last = part["at"].iloc[0], part["at"].iloc[-1]
        ax.annotate(part["name"].iloc[0], (-0.93, first), xycoords=("axes fraction", "data"), va="center",
                    fontweight="semibold", annotation_clip=False)  # fmt: skip
        ax.axhspan(first - 0.6, last + 0.6, color=BAND, zorder=0)
    ax.set_ylim(positions[-1] + 0.8, -0.0)
    low, top = min(0.0, float(both.min().min())), max(0.0, float(both.max().max()))
    top = top if top > low else 1.0
    decimals = max(0, 1 + math.floor(math.log10(4 / (top - low))))
    ax.set_xlim(low * 1.1, 100 if "%" in rows["women_told"].iloc[0] and top > 45 else top * 1.1)
    ax.xaxis.set_major_formatter(lambda value, _at: number(value, decimals))
    ax.tick_params(axis="both", length=0)
    ax.grid(axis="x")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, frameon=False, borderpad=0, handletextpad=0.2)
    return drawing
