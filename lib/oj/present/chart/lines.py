"""Figures over the years: a small panel for each measure, with lines only where years may be compared.

Year by year every municipality is a faint line behind the county's and the nation's. The few years that the sources
tell of one place have their figures written at the marks.
"""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from oj.compare.steps import steps
from oj.facts.places import NATION
from oj.figures.measures import COUNT, Measure
from oj.figures.schema import TOTAL, Figures
from oj.present.chart.panel import LINES, sources_panel, unbroken, years_panel
from oj.present.output import Figure, Parts
from oj.present.style import TEXT_WIDTH, as_svg, use_style
from oj.words.swedish import genitive

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

FEWEST = 2  # years with a figure
TOP = 0.56  # inches for the legend and the titles of the first row
READING = (
    "Linjer binder bara samman tal som går att jämföra; en streckad lodrät linje är ett brott, och ofyllda märken är "
    "tal där källorna säger olika. Andelar är ritade från 0 till 100 procent."
)


@dataclass(frozen=True)
class Layout:
    """Small panels: how many side by side, heights in inches, edges, gaps across and down, letters in a title."""

    columns: int
    height: float
    legend: float
    foot: float
    edges: tuple[float, float]
    gaps: tuple[float, float]
    title: int


IN_CHAPTER = Layout(3, 1.7, 0.36, 0.22, (0.055, 0.985), (0.24, 0.5), 36)
ON_SHEET = Layout(4, 1.42, 0.36, 0.22, (0.055, 0.985), (0.24, 0.72), 25)
OF_SOURCES = Layout(3, 1.62, 0.0, 0.24, (0.012, 0.988), (0.09, 0.97), 37)


def lines(figures: Figures, municipality: str = "") -> Parts:
    """Return the measures that have at least two years as lines; nothing without any.

    Of a municipality beside its county and the nation where one is said.
    """
    place = figures.place_of(municipality) if municipality else ""
    frame = figures.frame.assign(year=figures.frame["period"].astype(int))
    frame = frame[frame["value"].notna() & (frame["group"] == TOTAL)]
    if figures.is_over_time:
        return _of_sources(figures, frame, place)
    frame = frame[frame["level"].isin(list(LINES))]
    return _of_one(figures, frame, place) if place else _in_chapter(figures, frame)


def _in_chapter(figures: Figures, rows: pd.DataFrame) -> Parts:
    """Return all places year by year."""
    measures = _followed(figures, rows[rows["level"] == "municipality"])
    if not measures:
        return Parts()
    alone = len(figures.municipalities()) == 1
    thin = "" if alone else " Varje tunn linje är en kommun."
    drawn = rows.replace({"level": {"municipality": "one"}}) if alone else rows
    caption = f"{figures.heading} år för år.{thin}{_of_breaks(measures)}"
    label = f"fig-{figures.chosen}-over-tid"
    return Parts([_year_by_year(drawn, measures, IN_CHAPTER, label, caption)])


def _of_one(figures: Figures, rows: pd.DataFrame, place: str) -> Parts:
    """Return a municipality year by year beside its county and the nation, of what can be compared with them."""
    rows = rows[(rows["place"] == place) | (rows["level"] != "municipality")]
    measures = [one for one in _followed(figures, rows[rows["place"] == place]) if one.unit != "persons"]
    if not measures:
        return Parts()
    name = figures.municipalities()[place]
    drawn = rows.assign(level=rows["level"].where(rows["place"] != place, "one"))
    caption = f"{genitive(name)} nyckeltal år för år, med länet och riket.{_of_breaks(measures)}"
    return Parts([_year_by_year(drawn, measures, ON_SHEET, f"fig-over-tid-{place}", caption)])


def _of_sources(figures: Figures, frame: pd.DataFrame, place: str) -> Parts:
    """Return the exact shares that the sources tell of one place: the one asked for, the only one or the nation."""
    places = figures.frame["place"].unique()
    place = place or (str(places[0]) if len(places) == 1 else NATION)
    rows = frame[(frame["place"] == place) & (frame["status"] == "observed") & (frame["words"] == "")]
    measures = [one for one in _followed(figures, rows) if one.unit != COUNT]  # on another scale than shares
    if not measures:
        return Parts()
    which = "serierna i urvalet" if figures.chosen else "alla serier"
    start = f"{rows['place_name'].iloc[0]} över åren, {which} med exakta andelar från minst två utgåvor."
    label = f"fig-over-tid-{figures.chosen}" if figures.chosen else "fig-over-tid"
    rows = rows[rows["measure"].isin([one.id for one in measures])]
    joined = steps(replace(figures, frame=rows))
    span = (rows["year"].min() - 0.45, rows["year"].max() + 0.45)

    def draw(measure: Measure, ax: "Axes") -> None:
        sources_panel(rows[rows["measure"] == measure.id], joined, measure, ax)
        ax.set_xlim(*span)
        ax.set_title(_wrapped(measure.full_name, OF_SOURCES), loc="left", fontsize=8.5, linespacing=1.0)

    alt = " ".join(_years_said(rows[rows["measure"] == one.id], one) for one in measures)
    return Parts([Figure(as_svg(_panels(measures, draw, OF_SOURCES)), label, f"{start} {READING}", alt)])


def _followed(figures: Figures, rows: pd.DataFrame) -> list[Measure]:
    """Return the measures that have enough years in the rows."""
    years = rows.groupby("measure")["year"].nunique()
    return [one for one in figures.measures.values() if years.get(one.id, 0) >= FEWEST]


def _of_breaks(measures: Sequence[Measure]) -> str:
    broken = any(one.breaks for one in measures)
    return " Där en linje är bruten saknas uppgift eller har måttet ändrats." if broken else ""


def _wrapped(text: str, layout: Layout) -> str:
    return "\n".join(textwrap.wrap(text, layout.title))


def _panels(measures: Sequence[Measure], draw: Callable[[Measure, "Axes"], None], layout: Layout) -> "Drawing":
    """Return a panel for each measure, side by side in rows."""
    import matplotlib.pyplot as plt

    use_style()
    columns = layout.columns if layout is not IN_CHAPTER else min(layout.columns, len(measures))
    rows = -(-len(measures) // columns)
    height = rows * layout.height + layout.legend
    drawing: Drawing
    drawing, axes = plt.subplots(rows, columns, figsize=(TEXT_WIDTH, height), squeeze=False)
    panels = list(axes.flat)
    for ax, measure in zip(panels, measures, strict=False):
        draw(measure, ax)
    for ax in panels[len(measures) :]:
        ax.set_axis_off()
    (left, right), (across, down) = layout.edges, layout.gaps
    drawing.subplots_adjust(
        left=left, right=right, bottom=layout.foot / height, top=1 - TOP / height, wspace=across, hspace=down
    )
    return drawing


def _year_by_year(rows: pd.DataFrame, measures: Sequence[Measure], layout: Layout, label: str, caption: str) -> Figure:
    """Return measures year by year with a legend, and their first and last years in words."""

    def draw(measure: Measure, ax: "Axes") -> None:
        years_panel(rows[rows["measure"] == measure.id], measure, ax)
        name = measure.full_name if layout is ON_SHEET else f"{measure.short}, {measure.unit_word}"
        ax.annotate(_wrapped(name, layout), (0, 1), (0, 5), xycoords="axes fraction", textcoords="offset points",
                    fontsize=8.2, fontweight="semibold", linespacing=1.0)  # fmt: skip

    drawing = _panels(measures, draw, layout)
    _legend(drawing, rows, layout)
    alt = " ".join(lines_said(rows[rows["measure"] == one.id], one) for one in measures)
    return Figure(as_svg(drawing), label, caption, alt)


def _legend(drawing: "Drawing", rows: pd.DataFrame, layout: Layout) -> None:
    from matplotlib.lines import Line2D

    names = {str(level): str(part["place_name"].iloc[0]) for level, part in rows.groupby("level")}
    names |= {"municipality": "Kommunerna"} if "municipality" in names else {}
    order = ("one", "county", "nation") if layout is ON_SHEET else ("county", "nation", "one", "municipality")
    handles = [
        Line2D([], [], color=style.colour, linewidth=style.width, linestyle=style.dashes, label=names[level])
        for level, style in ((level, LINES[level]) for level in order if level in names)
    ]
    drawing.legend(handles=handles, loc="upper left", ncols=len(handles), frameon=False, borderaxespad=0,
                   bbox_to_anchor=(0.0, 1.0), handlelength=2.2, columnspacing=1.6)  # fmt: skip


def _with_breaks(told: Sequence[tuple[int, str]], measure: Measure) -> str:
    """Return what is told of years in order, with the breaks between them."""
    parts = [text for _, text in told[:1]]
    for (before, _), (year, text) in pairwise(told):
        parts += [*(f"brott {start}" for start in measure.breaks_between(before, year)), text]
    return ", ".join(parts)


def _years_said(rows: pd.DataFrame, measure: Measure) -> str:
    """Return a measure's figures and breaks in a sentence, for those who cannot see its panel."""
    told = [(int(str(year)), f"{year} {' eller '.join(own['display'].unique())}") for year, own in rows.groupby("year")]
    return f"{measure.title}: {_with_breaks(told, measure)}."


def lines_said(rows: pd.DataFrame, measure: Measure) -> str:
    """Return a panel in words: each line but the faint ones, each unbroken part from its first year to its last."""
    told = []
    for level in ("one", "county", "nation"):
        for name, line in rows[rows["level"] == level].groupby("place_name", sort=False):
            parts = unbroken(line.sort_values("year"), measure)
            ends = pd.concat([part.iloc[[0, -1]].drop_duplicates("year") for part in parts])
            pairs = zip(ends["year"], ends["value"], strict=True)
            said = [(int(year), f"{measure.told(value)} år {year}") for year, value in pairs]
            told.append(f"{name} {_with_breaks(said, measure)}")
    return f"{measure.full_name} ({measure.unit_word}): {'; '.join(told)}."
