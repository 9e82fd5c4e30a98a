"""Figures over the years: a small panel for each measure, with lines only where years may be compared."""

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from oj.compare.steps import steps
from oj.facts.places import NATION
from oj.present.chart.boxes import boxes, whole_axes
from oj.present.chart.panel import LINES, goes_to_whole, lines_said, years_panel, years_said
from oj.present.chart.sources import sources_panel
from oj.present.chart.spots import line
from oj.present.output import Figure, Parts
from oj.present.style import as_svg, page
from oj.tidy.measures import SHARE, Measure
from oj.tidy.schema import Figures
from oj.words.groups import TOTAL
from oj.words.swedish import capital, count, genitive

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

FEWEST = 2  # years with a figure
TOP = 0.56  # inches for the legend and the titles of the first row
BROKEN = " Där en linje är bruten saknas uppgift eller har måttet ändrats."
READING = (
    "Linjer binder bara samman tal som går att jämföra; en streckad lodrät linje är ett brott i serien, från det "
    "året, och ofyllda märken är tal där källorna säger olika. Andelar är ritade från 0 till 100 procent."
)


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
    4, 1.1, 0.36, BY_YEAR | {"hspace": 0.95}, 0.22, 23, ("one", "county", "nation"),
    has=lambda measure: measure.unit != "persons",  # they cannot be compared with the nation's
    most=8,  # two rows, for which there is room under a table
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
        svg, spots = _drawn(figures, drawn, layout)
        made.append(Figure(svg, *named, _summary(drawn), told=told, rows=rows_of(drawn), spots=spots))
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
        beside = "länet och riket" if rows["level"].eq("county").any() else "riket"
        whose = f"{genitive(lone['place_name'].iloc[0])} nyckeltal år för år, med {beside}."
        return f"fig-over-tid-{lone['place'].iloc[0]}", f"{whose}{broken}"
    thin = " Varje tunn linje är en kommun." if lone.empty else ""
    return f"fig-{figures.chosen}-over-tid", f"{figures.heading} år för år.{thin}{broken}"


def _drawn(figures: Figures, by_measure: dict[Measure, pd.DataFrame], layout: Layout) -> tuple[str, dict[str, str]]:
    """Return a panel for each measure, side by side in rows, under a legend, and each place's line in them."""
    columns = min(layout.columns, len(by_measure)) if layout is IN_CHAPTER else layout.columns
    rows = -(-len(by_measure) // columns)
    height = rows * layout.height + layout.legend
    edges = layout.edges | {"bottom": layout.foot / height, "top": 1 - TOP / height}
    if layout is OF_SOURCES:
        return _of_sources(figures, by_measure, page(height), (rows, columns), edges), {}
    drawing, spots = page(height), dict[str, str]()
    whole = {one.table for one, rows in by_measure.items() if goes_to_whole(rows, one)}  # one scale beside each other
    panels = boxes(whole_axes(drawing), rows, columns, edges)
    for box, (measure, own) in zip(panels, by_measure.items(), strict=False):
        to_whole = measure.unit == SHARE and measure.table in whole
        for place, pieces in years_panel(own, measure, box, to_whole=to_whole).items():
            spots[place] = spots.get(place, "") + "".join(line(box.ax, piece) for piece in pieces)
        name = f"{measure.short}, {measure.unit_word}" if layout is IN_CHAPTER else measure.full_name
        title = "\n".join(textwrap.wrap(name, layout.title))
        box.ax.text(box.left, box.bottom + box.height + 5, title, fontweight="semibold", linespacing=1.0)
    _legend(drawing, pd.concat(by_measure.values()), layout)
    return as_svg(drawing), spots if layout is IN_CHAPTER else {}


def _of_sources(
    figures: Figures,
    by_measure: dict[Measure, pd.DataFrame],
    drawing: "Drawing",
    size: tuple[int, int],
    edges: dict[str, float],
) -> str:
    """Return a panel for each series that the sources tell of, on one scale of years."""
    drawn = pd.concat(by_measure.values())
    joined = steps(replace(figures, frame=drawn))
    panels = list(drawing.subplots(*size, squeeze=False).flat)
    for ax, (measure, rows) in zip(panels, by_measure.items(), strict=False):
        sources_panel(rows, joined, measure, ax)
        ax.set_xlim(drawn["year"].min() - 0.45, drawn["year"].max() + 0.45)
        title = "\n".join(textwrap.wrap(measure.full_name, OF_SOURCES.title))
        ax.set_title(title, loc="left", fontsize=9, linespacing=1.0)
    for ax in panels[len(by_measure) :]:
        ax.set_axis_off()
    drawing.subplots_adjust(**edges)
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
