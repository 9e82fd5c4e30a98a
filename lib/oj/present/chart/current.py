"""Charts of current key figures: year by year in small panels, and girls beside boys, as SVG with alt texts."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from oj.compare.change import first_comparable
from oj.doors.current import full_name, latest
from oj.doors.results import name_of, place_of
from oj.facts.key_figures import KeyFigure, key_figures, table_titles
from oj.present.chart.alt import describe_years
from oj.present.chart.gender import draw, rows_of
from oj.present.output import Figure, Parts
from oj.present.style import COUNTY_COLOUR, FAINT, MUNICIPALITY_COLOUR, NATION_COLOUR, TEXT_WIDTH, as_svg, use_style
from oj.present.table.current import UNITS, in_current_table
from oj.words.swedish import genitive, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEGEND = 0.36  # inches
FEWEST_YEARS = 2
GRID = "#E3E6EB"
LINES = {  # colour, width in points, dashes, order of drawing
    "one": (MUNICIPALITY_COLOUR, 2.2, "-", 5),
    "municipality": (FAINT, 0.8, "-", 2),
    "county": (COUNTY_COLOUR, 2.0, "-", 4),
    "nation": (NATION_COLOUR, 1.4, (0, (4, 2)), 3),
}


@dataclass(frozen=True)
class Grid:
    """Small panels: how many side by side, their height in inches, their titles' width in letters, the gap below."""

    columns: int
    height: float
    title: int
    gap: float


IN_CHAPTER, ON_SHEET = Grid(3, 1.7, 36, 0.5), Grid(4, 1.42, 25, 0.72)


def current_chart(figures: pd.DataFrame, table: str, folder: Path | None = None) -> Parts:
    """Return a table's key figures year by year: every municipality faint, the county and the nation above them.

    `figures` is what `oj.current` gives. Lines are broken at years from which a figure is another one. Nothing where no
    key figure has two years.
    """
    items = [item for item in in_current_table(table, folder) if _years(figures, item) >= FEWEST_YEARS]
    if not items:
        return Parts()
    rows = figures[figures["gender"] == "total"]
    caption = f"{table_titles(folder)[table]} år för år.{_of_lines(rows)}{_of_breaks(items)}"
    alt = " ".join(describe_years(rows[rows["indicator"] == item.id], item) for item in items)
    return Parts([Figure(_svg(rows, items, IN_CHAPTER), f"fig-{table}-over-tid", caption, alt)])


def municipality_chart(figures: pd.DataFrame, municipality: str, folder: Path | None = None) -> Parts:
    """Return a municipality's key figures year by year beside the county and the nation; nothing without two years.

    Raises UserError for a municipality that is not in `figures`.
    """
    place = place_of(figures, municipality)
    rows = figures[(figures["gender"] == "total") & figures["level"].isin(["municipality", "county", "nation"])]
    rows = rows[(rows["place"] == place) | (rows["level"] != "municipality")]
    mine = rows[rows["place"] == place]
    known = [item for item in key_figures(folder).values() if item.unit not in ("persons", "answer")]
    items = [item for item in known if _years(mine, item) >= FEWEST_YEARS]
    if not items:
        return Parts()
    name = name_of(figures, place)
    drawn = rows.assign(level=rows["level"].where(rows["place"] != place, "one"))
    caption = f"{genitive(name)} nyckeltal år för år, med länet och riket.{_of_breaks(items)}"
    alt = " ".join(describe_years(drawn[drawn["indicator"] == item.id], item) for item in items)
    return Parts([Figure(_svg(drawn, items, ON_SHEET, name), f"fig-over-tid-{place}", caption, alt)])


def _years(figures: pd.DataFrame, item: KeyFigure) -> int:
    """Return how many years a key figure has a value for one of the report's municipalities."""
    own = figures[(figures["indicator"] == item.id) & figures["level"].isin(["municipality", "one"])]
    return int(own.loc[own["value"].notna(), "year"].nunique())


def _of_lines(rows: pd.DataFrame) -> str:
    one = rows.loc[rows["level"] == "municipality", "place"].nunique() == 1
    return "" if one else " Varje tunn linje är en kommun."


def _of_breaks(items: Sequence[KeyFigure]) -> str:
    return (
        " Där en linje är bruten saknas uppgift eller har måttet ändrats." if any(item.breaks for item in items) else ""
    )


def _svg(rows: pd.DataFrame, items: Sequence[KeyFigure], grid: Grid, alone: str = "") -> str:
    import matplotlib.pyplot as plt

    use_style()
    columns = min(grid.columns, len(items)) if not alone else grid.columns
    lines = -(-len(items) // columns)
    height = lines * grid.height + LEGEND
    figure, axes = plt.subplots(lines, columns, figsize=(TEXT_WIDTH, height), squeeze=False)
    panels = list(axes.flat)
    for ax, item in zip(panels, items, strict=False):
        panel(rows[rows["indicator"] == item.id], item, ax)
        title = textwrap.wrap(full_name(item) if alone else f"{item.name}, {UNITS[item.unit]}", grid.title)
        ax.annotate("\n".join(title), (0, 1), (0, 5), xycoords="axes fraction", textcoords="offset points",
                    fontsize=8.2, fontweight="semibold", linespacing=1.0)  # fmt: skip
    for ax in panels[len(items) :]:
        ax.set_axis_off()
    figure.subplots_adjust(left=0.055, right=0.985, bottom=0.22 / height, top=1 - (LEGEND + 0.2) / height,
                           wspace=0.24, hspace=grid.gap)  # fmt: skip
    _legend(figure, rows, alone)
    return as_svg(figure)


def _legend(figure: Any, rows: pd.DataFrame, alone: str) -> None:
    from matplotlib.lines import Line2D

    county = rows.loc[(rows["level"] == "county") & rows["value"].notna(), "place_name"]
    municipalities = rows.loc[rows["level"] == "municipality", "place_name"].unique()
    single = len(municipalities) == 1
    named = {
        "one": alone,
        "county": "" if county.empty else str(county.iloc[0]),
        "nation": "Riket" if (rows["level"] == "nation").any() else "",
        "municipality": "" if not len(municipalities) else str(municipalities[0]) if single else "Kommunerna",
    }
    styles = LINES | ({"municipality": LINES["one"]} if single else {})
    handles = [
        Line2D([], [], color=styles[level][0], linewidth=styles[level][1], linestyle=styles[level][2], label=text)
        for level, text in named.items()
        if text
    ]
    figure.legend(handles=handles, loc="upper left", ncols=len(handles), frameon=False, borderaxespad=0,
                  bbox_to_anchor=(0.0, 1.0), handlelength=2.2, columnspacing=1.6)  # fmt: skip


def panel(rows: pd.DataFrame, item: KeyFigure, ax: "Axes") -> "Axes":
    """Draw one key figure year by year: a line per place, broken where years cannot be compared. Returns the axes.

    `rows` has `place`, `level` (LINES), `year` and `value` in the key figure's unit.
    """
    starts = [one.year for one in item.breaks]
    single = rows.loc[rows["level"] == "municipality", "place"].nunique() == 1
    known = rows.dropna(subset="value").sort_values("year")
    drawn = known[known["level"].isin(LINES)]
    for (level, _place), line in drawn.groupby(["level", "place"], sort=False):
        style = LINES["one" if single and level == "municipality" else str(level)]
        for _, part in line.groupby(line["year"].map(lambda year: first_comparable(starts, year))):
            _draw_line(ax, part, style)
    top = 100.0 if item.unit == "percent" and drawn["value"].max() > 45 else float(drawn["value"].max()) * 1.12
    ax.set(ylim=(0, top or 1), xlabel="", ylabel="")
    first, last = int(drawn["year"].min()), int(drawn["year"].max())
    ax.set_xlim(first - 0.3, last + 0.3)
    _draw_axes(ax, (first, last), top)
    return ax


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


def _draw_line(ax: "Axes", part: pd.DataFrame, style: Any) -> None:
    """Draw one unbroken line; a lone year is a dot."""
    colour, width, dashes, order = style
    if len(part) == 1:
        ax.plot(
            part["year"], part["value"], marker="o", markersize=width + 1, color=colour, zorder=order, clip_on=False
        )
    else:
        ax.plot(
            part["year"], part["value"], color=colour, linewidth=width, linestyle=dashes, zorder=order, clip_on=False
        )


def gender_chart(figures: pd.DataFrame, table: str, folder: Path | None = None) -> Parts:
    """Return girls beside boys (women beside men) in a table's key figures, for the nation and the county.

    A picture for each unit; only where both are shown, and nothing without any.
    """
    items = in_current_table(table, folder)
    women, men = latest(figures, "women"), latest(figures, "men")
    groups = dict.fromkeys((item.unit, item.young) for item in items if item.gendered and item.unit != "persons")
    parts = []
    for position, (unit, young) in enumerate(groups):
        rows = rows_of(women, men, [item for item in items if (item.unit, item.young) == (unit, young)])
        if len(rows):
            label = f"fig-{table}-kon" + (f"-{position + 1}" if position else "")
            parts.append(_gender_figure(rows, label, table_titles(folder)[table], young=young))
    return Parts(parts)


def _gender_figure(rows: pd.DataFrame, label: str, heading: str, *, young: bool) -> Figure:
    names = ("Flickor", "Pojkar") if young else ("Kvinnor", "Män")
    told = [
        f"{row.name} {row.place_name}: {names[0].lower()} {row.women_shown}, {names[1].lower()} {row.men_shown}."
        for row in rows.itertuples(index=False)
    ]
    caption = f"{heading}: {names[0].lower()} och {names[1].lower()}, senaste året."
    return Figure(as_svg(draw(rows, names)), label, caption, " ".join(told))
