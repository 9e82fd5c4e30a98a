"""The chart of results over the years: one small panel per series, lines only where figures may be compared."""

import textwrap
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from oj.doors.observations import steps
from oj.facts.places import NATION
from oj.present.output import Figure, Text
from oj.present.style import COUNTY_COLOUR, NATION_COLOUR, TEXT_WIDTH, as_svg, use_style
from oj.sources.comparability import break_editions
from oj.words.errors import UserError
from oj.words.swedish import capital, listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = 3
PANEL_HEIGHT = 1.62  # inches, title and years included
TITLE_WIDTH = 37  # letters in a line
FEWEST = 2  # editions with an exact figure
CAPTION = (
    "Riket över åren, alla serier med exakta andelar från minst två utgåvor. Linjer binder bara samman tal som "
    "går att jämföra; en streckad lodrät linje är ett brott, och ofyllda märken är tal där källorna säger olika. "
    "Andelar är ritade från 0 till 100 procent."
)


def trends(observations: pd.DataFrame, place: str = NATION, folder: Path | None = None) -> Figure | Text:
    """Return the series of a place with at least two exact shares as small multiples; nothing without any.

    `observations` is what `oj.observations` gives; shares 0-1. Raises UserError where the
    place is not in it.

    >>> from oj.doors.observations import observations
    >>> trends(observations("Riket")).label
    'fig-over-tid'
    """
    own = observations[observations["place"] == place]
    if own.empty:
        raise UserError(f"Platsen ”{place}” finns inte i uppgifterna. Välj: {listing(_codes(observations))}.")
    exact = own[(own["status"] == "observed") & own["value"].notna() & (own["qualifier"] == "")]
    exact = exact[exact["unit"] != "count"]  # on another scale than shares
    editions = exact.groupby("series", sort=False)["edition"].nunique()
    names = editions.index[editions >= FEWEST].tolist()
    if not names:
        return Text("")
    use_style()
    breaks = break_editions(folder)
    caption = CAPTION.replace("Riket", str(own["place_name"].iloc[0]), 1)
    alt = " ".join(describe(exact[exact["series"] == name], breaks[name]) for name in names)
    return Figure(_svg(exact, names, breaks), "fig-over-tid", caption, alt)


def _codes(observations: pd.DataFrame) -> list[str]:
    return [str(code) for code in observations["place"].unique()]


def describe(rows: pd.DataFrame, breaks: set[str]) -> str:
    """Return a series' figures and breaks in a sentence, for those who cannot see its panel."""
    years = {str(edition): list(part["display"].unique()) for edition, part in rows.groupby("edition")}
    told: list[str] = []
    for edition, figures in years.items():
        told += [f"brott {start}" for start in breaks_between(breaks, list(years), edition)]
        told.append(f"{edition} {' eller '.join(figures)}")
    return f"{rows['title'].iloc[0]}: {', '.join(told)}."


def breaks_between(breaks: set[str], editions: list[str], edition: str) -> list[str]:
    """Return the breaks after the edition before this one and not later than this one.

    >>> breaks_between({"2016"}, ["2014", "2015", "2018"], "2018")
    ['2016']
    """
    at = editions.index(edition)
    return sorted(start for start in breaks if at and editions[at - 1] < start <= edition)


def _svg(exact: pd.DataFrame, names: list[str], breaks: dict[str, set[str]]) -> str:
    import matplotlib.pyplot as plt

    lines = -(-len(names) // COLUMNS)
    years = [int(year) for year in (exact["edition"].min(), exact["edition"].max())]
    figure, axes = plt.subplots(lines, COLUMNS, figsize=(TEXT_WIDTH, lines * PANEL_HEIGHT), squeeze=False)
    panels = list(axes.flat)
    for ax, name in zip(panels, names, strict=False):
        panel(exact[exact["series"] == name], ax, breaks[name])
        ax.set_xlim(years[0] - 0.45, years[1] + 0.45)
    for ax in panels[len(names) :]:
        ax.set_axis_off()
    height = lines * PANEL_HEIGHT
    figure.subplots_adjust(
        left=0.012, right=0.988, bottom=0.24 / height, top=1 - 0.56 / height, wspace=0.09, hspace=0.97
    )
    return as_svg(figure)


def panel(rows: pd.DataFrame, ax: "Axes", breaks: set[str]) -> "Axes":
    """Draw one series: a mark and its figure for each exact value, lines within segments, breaks between.

    Disputed values are hollow and not joined. The years are those with a figure. Returns the axes.
    """
    points = rows.drop_duplicates(["edition", "value"]).sort_values(["edition", "value"])
    disputed = points["edition"].duplicated(keep=False)
    for step in steps(rows).query("why == ''").itertuples():
        ends = [int(str(step.edition_from)), int(str(step.edition_to))]
        ax.plot(ends, [step.value_from, step.value_to], color=COUNTY_COLOUR, linewidth=1.6, zorder=2)
    for row, open_mark in zip(points.itertuples(), disputed, strict=True):
        face = "white" if open_mark else COUNTY_COLOUR
        year, value = int(str(row.edition)), float(str(row.value))
        ax.scatter(year, value, s=26, facecolor=face, edgecolor=COUNTY_COLOUR, linewidth=1.2, zorder=3)
    for year, part in points.groupby("edition"):
        figures = "/".join(str(text) for text in part["display"]).replace("\u00a0%/", "/")
        ax.annotate(figures, (int(str(year)), part["value"].max()), (0, 5), textcoords="offset points", ha="center",
                    fontsize=8.5)  # fmt: skip
    _draw_breaks(ax, sorted(points["edition"].unique()), breaks)
    ax.set(ylim=(0, 1.12), xlabel="", ylabel="", yticks=[])
    years = sorted(int(year) for year in points["edition"].unique())
    ax.set_xticks(years, [str(year) for year in years])
    title = "\n".join(textwrap.wrap(capital(str(rows["title"].iloc[0])), TITLE_WIDTH))
    ax.set_title(title, loc="left", fontsize=8.5, linespacing=1.0)
    return ax


def _draw_breaks(ax: "Axes", editions: list[str], breaks: set[str]) -> None:
    """Draw every break between two of the editions as a dashed line with its name."""
    for first, last in pairwise(editions):
        for start in (start for start in breaks if first < start <= last):
            at = int(start) - 0.5
            ax.axvline(at, color=NATION_COLOUR, linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
            ax.annotate(
                f"brott\n{start}", (at, 0.03), (2, 0), textcoords="offset points", fontsize=8, color=NATION_COLOUR
            )
