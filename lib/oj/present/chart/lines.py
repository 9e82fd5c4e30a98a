"""Figures over the years: a small panel for each measure, with lines only where years may be compared."""

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pandas as pd

from oj.compare.steps import steps
from oj.facts.places import NATION
from oj.present.chart.sources import sources_panel
from oj.present.output import Figure, Parts
from oj.present.style import COUNTY_COLOUR, FAINT, MUNICIPALITY_COLOUR, NATION_COLOUR, as_svg, page
from oj.tidy.measures import SHARE, Measure
from oj.tidy.schema import Figures
from oj.words.groups import TOTAL
from oj.words.swedish import capital, count, genitive, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point = tuple[int, float]  # a year and its value
SAID = ("one", "county", "nation")  # the levels whose lines are told, in this order
FEWEST = 2  # years with a figure
TOP = 0.56  # inches for the legend and the titles of the first row
BROKEN = " Där en linje är bruten saknas uppgift eller har måttet ändrats."
READING = (
    "Linjer binder bara samman tal som går att jämföra; en streckad lodrät linje är ett brott i serien, från det "
    "året, och ofyllda märken är tal där källorna säger olika. Andelar är ritade från 0 till 100 procent."
)
LINES: dict[str, dict[str, Any]] = {
    "one": {"color": MUNICIPALITY_COLOUR, "linewidth": 2.2, "linestyle": "-", "zorder": 5, "marker": "^"},
    "municipality": {"color": FAINT, "linewidth": 0.8, "linestyle": "-", "zorder": 2, "marker": "o"},
    "county": {"color": COUNTY_COLOUR, "linewidth": 2.2, "linestyle": (0, (1, 1)), "zorder": 4, "marker": "o"},
    "nation": {"color": NATION_COLOUR, "linewidth": 1.4, "linestyle": (0, (4, 2)), "zorder": 3, "marker": "D"},
}


@dataclass(frozen=True)
class Layout:
    """Small panels: how many side by side, heights and edges and gaps, letters in a title, whose lines in the legend.

    `has` is whether a measure has a panel, and `most` how many there may be in a figure, 0 for all.
    """

    columns: int
    height: float
    legend: float
    edges: dict[str, float]
    foot: float
    title: int
    lines: tuple[str, ...] = ()
    has: Callable[[Measure], bool] = lambda _measure: True
    most: int = 0


BY_YEAR = {"left": 0.055, "right": 0.985, "wspace": 0.24}
IN_CHAPTER = Layout(3, 1.7, 0.36, BY_YEAR | {"hspace": 0.5}, 0.22, 33, ("county", "nation", "one", "municipality"))
ON_SHEET = Layout(
    4, 1.42, 0.36, BY_YEAR | {"hspace": 0.72}, 0.22, 23, ("one", "county", "nation"),
    has=lambda measure: measure.unit != "persons",  # they cannot be compared with the nation's
)  # fmt: skip
OF_SOURCES = Layout(
    2, 1.12, 0.0, {"left": 0.012, "right": 0.988, "wspace": 0.06, "hspace": 1.0}, 0.24, 53,
    has=lambda measure: measure.is_share,  # on a scale from 0 to 100 per cent
    most=16,  # on a page
)  # fmt: skip


def rows_of(drawn: Mapping[Measure, pd.DataFrame]) -> tuple[int, ...]:
    """Return the numbers of the rows of what is drawn."""
    return tuple(at for own in drawn.values() for at in own.index)


def lines(figures: Figures, municipality: str = "") -> Parts:
    """Return the measures that have at least two years as lines; nothing without any.

    Of a municipality beside its county and the nation where one is said; of the years those of one place.
    """
    place = figures.place_of(municipality) if municipality else ""
    layout = OF_SOURCES if figures.is_over_time else ON_SHEET if place else IN_CHAPTER
    rows = _rows(figures, place)
    own = rows if figures.is_over_time else rows[rows["level"].isin(["one", "municipality"])]
    years = own.groupby("measure")["year"].nunique()
    fit = figures.where(lambda one: years.get(one.id, 0) >= FEWEST and layout.has(one) and not one.of_survey)
    if not (measures := [*fit.measures.values()]):
        return Parts()
    said = years_said if figures.is_over_time else lines_said
    label, caption = _captioned(figures, layout, rows, measures)
    most, made = layout.most or len(measures), list[Figure]()
    for at in range(0, len(measures), most):
        drawn = {one: rows[rows["measure"] == one.id] for one in measures[at : at + most]}
        told = tuple(said(own, one) for one, own in drawn.items())
        more = f"{label}-{at // most + 1}", f"{caption.partition('. ')[0]}, fortsättning."
        named = more if at else (label, caption)
        made.append(Figure(_svg(figures, drawn, layout), *named, _summary(drawn), told=told, rows=rows_of(drawn)))
    return Parts(made)


def _summary(drawn: dict[Measure, pd.DataFrame]) -> str:
    """Return in a sentence what is drawn; nothing of how it has changed, since a series may have a break."""
    years = pd.concat(drawn.values())["year"]
    size = "Ett mått" if len(drawn) == 1 else f"{capital(count(len(drawn)))} mått"
    return f"{size} år för år mellan {years.min()} och {years.max()}, en ruta för varje mått."


def _rows(figures: Figures, place: str) -> pd.DataFrame:
    """Return the rows that are drawn, with their `year`; a lone municipality's `level` is one.

    Of the years the exact figures of one place: the one asked for, the only one or the nation.
    """
    rows = figures.frame.assign(year=figures.frame["period"].astype(int))
    rows = rows[(rows["status"] == "observed") & rows["value"].notna() & (rows["group"] == TOTAL)]
    if figures.is_over_time:
        places = figures.frame["place"].unique()
        place = place or (str(places[0]) if len(places) == 1 else NATION)
        return rows[(rows["place"] == place) & (rows["words"] == "")]
    if place or len(figures.municipalities()) == 1:
        lone = rows["place"].eq(place or next(iter(figures.municipalities())))
        rows = rows[lone | (rows["level"] != "municipality")].assign(level=rows["level"].mask(lone, "one"))
    return rows[rows["level"].isin(list(LINES))]


def _captioned(figures: Figures, layout: Layout, rows: pd.DataFrame, measures: list[Measure]) -> tuple[str, str]:
    """Return the label and the caption."""
    broken = BROKEN if any(one.breaks for one in measures) else ""
    lone = rows[rows["level"] == "one"]
    if layout is OF_SOURCES:
        which = "serierna i urvalet" if figures.chosen else "alla serier"
        start = f"{rows['place_name'].iloc[0]} över åren, {which} med exakta andelar från minst två utgåvor."
        return "-".join(filter(None, ["fig-over-tid", figures.chosen])), f"{start} {READING}"
    if layout is ON_SHEET:
        whose = f"{genitive(lone['place_name'].iloc[0])} nyckeltal år för år, med länet och riket."
        return f"fig-over-tid-{lone['place'].iloc[0]}", f"{whose}{broken}"
    thin = " Varje tunn linje är en kommun." if lone.empty else ""
    return f"fig-{figures.chosen}-over-tid", f"{figures.heading} år för år.{thin}{broken}"


def _svg(figures: Figures, by_measure: dict[Measure, pd.DataFrame], layout: Layout) -> str:
    """Return a panel for each measure, side by side in rows, under a legend."""
    columns = min(layout.columns, len(by_measure)) if layout is IN_CHAPTER else layout.columns
    height = -(-len(by_measure) // columns) * layout.height + layout.legend
    drawing, drawn = page(height), pd.concat(by_measure.values())
    panels = list(drawing.subplots(-(-len(by_measure) // columns), columns, squeeze=False).flat)
    joined = steps(replace(figures, frame=drawn)) if layout is OF_SOURCES else pd.DataFrame()
    for ax, (measure, rows) in zip(panels, by_measure.items(), strict=False):
        name = f"{measure.short}, {measure.unit_word}" if layout is IN_CHAPTER else measure.full_name
        title = "\n".join(textwrap.wrap(name, layout.title))
        if layout is OF_SOURCES:
            sources_panel(rows, joined, measure, ax)
            ax.set_xlim(drawn["year"].min() - 0.45, drawn["year"].max() + 0.45)
            ax.set_title(title, loc="left", fontsize=9, linespacing=1.0)
        else:
            years_panel(rows, measure, ax)
            ax.annotate(title, (0, 1), (0, 5), xycoords="axes fraction", textcoords="offset points",
                        fontweight="semibold", linespacing=1.0)  # fmt: skip
    for ax in panels[len(by_measure) :]:
        ax.set_axis_off()
    drawing.subplots_adjust(**layout.edges, bottom=layout.foot / height, top=1 - TOP / height)
    _legend(drawing, drawn, layout)
    return as_svg(drawing)


def _legend(drawing: Any, rows: pd.DataFrame, layout: Layout) -> None:
    """Explain the lines, where they are not all of one place."""
    from matplotlib.lines import Line2D

    names = dict(zip(rows["level"][::-1], rows["place_name"][::-1], strict=True)) if layout.lines else {}
    names |= {"municipality": "Kommunerna"} if "municipality" in names else {}
    handles = [Line2D([], [], **LINES[level], label=names[level]) for level in layout.lines if level in names]
    if handles:
        drawing.legend(handles=handles, loc="upper left", ncols=len(handles), frameon=False, borderaxespad=0,
                       bbox_to_anchor=(0.0, 1.0), handlelength=2.2, columnspacing=1.6)  # fmt: skip


def years_panel(rows: pd.DataFrame, measure: Measure, ax: "Axes") -> None:
    """Draw a measure year by year: a line per place, broken where years cannot be compared; a lone year is a dot."""
    drawn = _points_of(rows, by_year=True)
    for (level, *_), line in drawn.items():
        look = LINES[level] | {"markersize": LINES[level]["linewidth"] + 2}
        for part in _unbroken(line, measure):
            one = {"marker": ""} if len(part) > 1 else {"linestyle": ""}
            ax.plot(
                [year for year, _ in part], [measure.as_read(value) for _, value in part], **look | one, clip_on=False
            )
    highest = max(measure.as_read(value) for line in drawn.values() for _, value in line)
    top = 100.0 if measure.unit == SHARE and highest > 45 else highest * 1.12
    years = [year for line in drawn.values() for year, _ in line]
    first, last = min(years), max(years)
    ax.set(xlim=(first - 0.3, last + 0.3), ylim=(0, top or 1), xlabel="", ylabel="")
    _draw_axes(ax, (first, last), top)


def _points_of(rows: pd.DataFrame, *, by_year: bool = False) -> dict[tuple[str, str, str], list[Point]]:
    """Return each place's years with their values, in order, by level, name and code; places as they are first met.

    Lists, for a sheet has hundreds of lines of a few years each, and a frame for each costs more than the drawing.
    """
    found = zip(rows["level"], rows["place_name"], rows["place"], rows["year"], rows["value"], strict=True)
    lines: dict[tuple[str, str, str], list[Point]] = {}
    for level, name, place, year, value in sorted(found, key=itemgetter(3)) if by_year else found:
        lines.setdefault((level, name, place), []).append((int(year), float(value)))
    return {key: sorted(line, key=itemgetter(0)) for key, line in lines.items()}


def _unbroken(line: list[Point], measure: Measure) -> list[list[Point]]:
    """Return a place's years in the parts that may be compared."""
    starts = [int(start) for start in measure.breaks]
    return [list(part) for _, part in groupby(line, lambda point: sum(start <= point[0] for start in starts))]


def _draw_axes(ax: "Axes", years: tuple[int, int], top: float) -> None:
    """Draw gridlines with their figures, and the first and last year; ticks of matplotlib's take five times as long."""
    ax.set_xticks([])
    ax.set_yticks([])
    ax.patch.set_visible(False)
    steps = round_steps(top)
    ax.hlines(steps, 0, 1, transform=ax.get_yaxis_transform(), color="#E3E6EB", linewidth=0.6, zorder=0)
    for step in steps:
        ax.annotate(number(step, 0 if steps[1] >= 1 else 1), (0, step), (-3, 0), xycoords=("axes fraction", "data"),
                    textcoords="offset points", ha="right", va="center")  # fmt: skip
    for year in dict.fromkeys(years):
        ax.annotate(str(year), (year, 0), (0, -4), xycoords=("data", "axes fraction"), textcoords="offset points",
                    ha="center", va="top")  # fmt: skip


def round_steps(top: float) -> list[float]:
    """Return 0 and two to four round steps up to `top`.

    >>> round_steps(100), round_steps(23.5), round_steps(1.7)
    ([0.0, 50.0, 100.0], [0.0, 5.0, 10.0, 15.0, 20.0], [0.0, 0.5, 1.0, 1.5])
    """
    size = 10.0 ** math.floor(math.log10(top or 1))
    step = next(one * size for one in (0.1, 0.2, 0.5, 1, 2, 5) if top / (one * size) < 5)
    return [round(step * at, 6) for at in range(int(top / step + 1e-9) + 1)]


def _with_breaks(told: Sequence[tuple[int, str]], measure: Measure) -> str:
    """Return what is told of years in order, with the breaks between them."""
    parts = [text for _, text in told[:1]]
    for (before, _), (year, text) in pairwise(told):
        parts += [*(f"brott i serien {start}" for start in measure.breaks_between(before, year)), text]
    return ", ".join(parts)


def years_said(rows: pd.DataFrame, measure: Measure) -> tuple[str, str]:
    """Return a measure's name, and its figures and breaks, for those who cannot see its panel."""
    told = [(int(str(year)), f"{year} {' eller '.join(own['display'].unique())}") for year, own in rows.groupby("year")]
    return measure.title, _with_breaks(told, measure)


def lines_said(rows: pd.DataFrame, measure: Measure) -> tuple[str, str]:
    """Return a panel's name, and each line but the faint ones: each unbroken part from its first year to its last."""
    told, lines = [], _points_of(rows)
    told_of = sorted((key for key in lines if key[0] in SAID), key=lambda key: SAID.index(key[0]))
    for level, name, place in told_of:
        parts = _unbroken(lines[level, name, place], measure)
        ends = [point for part in parts for point in dict.fromkeys([part[0], part[-1]])]
        said = [(year, f"{measure.told(value)} år {year}") for year, value in ends]
        told.append(f"{name} {_with_breaks(said, measure)}")
    return f"{measure.full_name} ({measure.unit_word})", "; ".join(told)
