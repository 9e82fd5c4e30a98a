"""Shares of the regions as marks, a row for each answer, and numbers place by place in order: nothing is ranked."""

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from oj.present import nobody
from oj.present.chart.marks import MARKERS, by_measure, intervals, marks_of, rows_said, scatter
from oj.present.chart.spots import across
from oj.present.output import Figure, Parts, Shown
from oj.present.style import FAINT, TEXT_WIDTH, as_svg, page
from oj.tidy.measures import SHARE, Measure
from oj.tidy.schema import Figures
from oj.words.errors import UserError
from oj.words.groups import whose
from oj.words.swedish import counted, listing, number, percent
from oj.words.vocabulary import UNITS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_HEIGHT = 0.2  # inches for one measure
PLACE_HEIGHT = 0.185  # inches for one place, less where they are many
TALLEST = 8.6  # inches: what a page holds with the caption
LEGEND_HEIGHT = 0.52  # inches for the legend above and the axis below
TITLE_HEIGHT = 0.62
NAME_LETTER = 0.065  # inches for a letter of a place's name
LINES = ((4, 2), (1, 1.4))  # dashes of the nation's and the county's line
ROOM = 1.38  # of the axis to its last value, for the figures to the right
LETTER, MARK = 0.055, 0.05  # inches: a figure's letter, half a mark
APART = 0.13  # rows: how far the regions' marks stand from each other, so that none hides another
STEPS = (1, 2, 3, 4, 5, 6, 8, 10)


def dots(figures: Figures) -> Shown:
    """Return what was asked for as dots: answers above, numbers below; of an area its answers.

    What nobody has a figure of is told under it; nothing where that is all. Raises UserError for an area that has only
    numbers, which are too many for one chart.
    """
    lacking, figures = nobody.told(figures), nobody.had(figures)
    if not figures.measures:
        return Parts()
    rows, (answers, values) = figures.frame, _parted(figures)
    whole = any(one.part != figures.chosen for one in [*answers, *values])
    svg, spots = _drawn(rows, answers, values, whole=whole)
    return Figure(
        svg=svg,
        label=f"fig-{figures.chosen}",
        caption=" ".join(
            [f"{figures.heading}, utgåvan {figures.edition}{whose(rows)}.", *_reading(rows, answers, values), lacking]
        ).strip(),
        summary=_summary(figures, answers, values),
        told=described(figures),
        rows=tuple(rows.index[rows["measure"].isin([one.id for one in [*answers, *values]])]),
        spots=spots,
    )


def _parted(figures: Figures) -> tuple[list[Measure], list[Measure]]:
    """Return the answers and the numbers that are drawn, of an area its answers; numbers are named as in their part."""
    asked = set(figures.frame["measure"])
    measures = [one for one in figures.measures.values() if one.id in asked]
    answers = [one for one in measures if one.is_answer]
    values = [one for one in measures if not one.is_answer]
    parts = list(dict.fromkeys(one.part for one in values))
    is_area = figures.chosen in {one.area for one in measures}
    if is_area and not answers:
        raise UserError(f"Området ”{figures.chosen}” har bara tal, inga svar. Välj ett delområde: {', '.join(parts)}.")
    if not is_area and len(parts) > 1:
        raise UserError(f"”{figures.chosen}” har tal i flera delområden. Välj ett av dem: {', '.join(parts)}.")
    return answers, [] if is_area else values


def _summary(figures: Figures, answers: list[Measure], values: list[Measure]) -> str:
    """Return in a sentence what is drawn."""
    asked = counted(len(answers), "fråga", "frågor")
    shares = f"andelen {figures.domain.answering} med Ja på {asked}" if answers else ""
    numbers = f"en prick för varje plats och mått, {len(values)} mått" if values else ""
    return f"{figures.heading}: {listing([one for one in (shares, numbers) if one])}."


def described(figures: Figures) -> tuple[tuple[str, str], ...]:
    """Return the chart in words, row by row: every region's share and the municipalities' Ja, every place's number."""
    rows, (answers, values) = by_measure(figures.frame), _parted(figures)
    told = [(one.short, _answers_said(rows[one.id])) for one in answers]
    return (*told, *((one.short, rows_said(rows[one.id])) for one in values))


def _of(rows: pd.DataFrame, *measures: Measure) -> pd.DataFrame:
    return rows[rows["measure"].isin([one.id for one in measures])]


def _answered(rows: Sequence[Any]) -> tuple[int, list[str]]:
    """Return how many municipalities answered, and who said Ja."""
    own = [row for row in rows if row.level == UNITS[0] and row.status == "observed"]
    return len(own), [row.place_name for row in own if row.answer == "yes"]


def _answers_said(rows: Sequence[Any]) -> str:
    """Return an answer's shares, and who of how many municipalities said Ja."""
    regions = rows_said(row for row in rows if row.level != UNITS[0])
    size, yes = _answered(rows)
    names = f": {listing(yes)}" if yes else ""
    return regions + (f"; Ja i {len(yes)} av {size} kommuner{names}" if size else "")


def _reading(rows: pd.DataFrame, answers: list[Measure], values: list[Measure]) -> list[str]:
    """Return what the caption must say for the chart to be read."""
    regions = rows.loc[rows["level"] != "municipality", "place_name"].drop_duplicates().tolist()
    own = (rows["level"] == "municipality").any()
    order = ["Ordnade efter länets avstånd till riket."] if len(answers) > 2 and len(regions) > 1 else []
    order += ["Till höger antalet kommuner med Ja."] if answers and own else []
    lines = [f"Linjer: riket (streckad) och {regions[1]} (prickad)."] if len(regions) > 1 else []
    return order + (lines if values and own else [])


def _drawn(
    rows: pd.DataFrame, answers: list[Measure], values: list[Measure], *, whole: bool
) -> tuple[str, dict[str, str]]:
    """Return answers above and numbers side by side below, on one page, and where the places' rows are."""
    heights = [len(answers) * ROW_HEIGHT + LEGEND_HEIGHT] if answers else []
    heights += [min(rows["place"].nunique() * PLACE_HEIGHT + TITLE_HEIGHT, TALLEST - sum(heights))] if values else []
    drawing = page(sum(heights))
    parts = drawing.subfigures(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
    if answers:
        _draw_answers(parts[0], rows, answers, heights[0], whole=whole)
    spots = _draw_values(parts[-1], rows, values, heights[-1]) if values else {}
    return as_svg(drawing), spots


def _draw_answers(part: Any, rows: pd.DataFrame, answers: list[Measure], height: float, *, whole: bool) -> None:
    ax = part.subplots()
    part.subplots_adjust(left=0.49 if whole else 0.29, right=0.88, bottom=0.24 / height, top=1 - 0.25 / height)
    shares_against_nation(rows, answers, ax, whole=whole)
    side, edge = ("right", 1.0) if whole else ("left", -0.02)
    ax.legend(*ax.get_legend_handles_labels(), loc=f"lower {side}", bbox_to_anchor=(edge, 1.0), ncols=3, frameon=False,
              borderpad=0, handletextpad=0.1, columnspacing=1.2)  # fmt: skip
    if (rows["level"] == "municipality").any():
        ax.annotate("Antal Ja", (1.03, 1.0), (0, 5), xycoords="axes fraction", textcoords="offset points",
                    fontweight="semibold")  # fmt: skip


def _draw_values(part: Any, rows: pd.DataFrame, values: list[Measure], height: float) -> dict[str, str]:
    """Draw the numbers side by side, and return where the places' rows are."""
    axes = part.subplots(1, len(values), sharey=True, squeeze=False)[0]
    left = max(0.17, rows["place_name"].str.len().max() * NAME_LETTER / TEXT_WIDTH)
    part.subplots_adjust(left=left, right=0.985, bottom=0.24 / height, top=1 - 0.38 / height, wspace=0.08)
    for ax, measure in zip(axes, values, strict=True):
        siblings = [one for one in values if one.about.family == measure.about.family]
        values_by_place(_of(rows, measure), measure, ax, _round_top(_of(rows, *siblings)))
    places = _of(rows, values[0])["place"]
    return {place: across(axes[0], at - 0.5, at + 0.5) for at, place in enumerate(places)}


def shares_against_nation(rows: pd.DataFrame, answers: Sequence[Measure], ax: "Axes", *, whole: bool = False) -> None:
    """Draw a row for each answer: the regions' shares, joined by a line, and how many of the municipalities said Ja.

    Rows are sorted by the county's distance to the nation; with `whole` a measure has its whole name.
    """
    regional = rows[rows["level"] != "municipality"]
    names = list(regional["place_name"].unique())
    wide = regional.pivot(index="measure", columns="place_name", values="value")
    wide = wide.reindex(index=[one.id for one in answers], columns=names)
    ordered, asked = _by_distance(wide, answers), by_measure(rows)
    has_own = (rows["level"] == UNITS[0]).any()
    for position, measure in enumerate(ordered):
        shares, yes = wide.loc[measure.id].dropna(), _yes_of(asked[measure.id]) if has_own else ""
        ax.hlines(position, shares.min(), shares.max(), color=FAINT, linewidth=3, zorder=1)
        ax.text(1.03, position, yes, transform=ax.get_yaxis_transform(), va="center", color="#1c2430")
    rows_at = {measure.id: at for at, measure in enumerate(ordered)}
    apart = {name: APART * min(at - 1, 1) for at, name in enumerate(names)}
    positions = regional["measure"].map(rows_at) + regional["place_name"].map(apart)
    scatter(ax, regional.assign(position=positions), marks_of(regional), legend=True)
    ax.set(xlim=(-0.03, 1.03), ylim=(len(ordered) - 0.5, -0.5), xlabel="", ylabel="")
    ax.set_yticks(range(len(ordered)), [one.full_name if whole else one.short for one in ordered])
    ax.xaxis.set_major_formatter(lambda share, _: percent(share))
    ax.grid(axis="x")


def _by_distance(wide: pd.DataFrame, answers: Sequence[Measure]) -> list[Measure]:
    """Return the answers from furthest above the nation to furthest below, as the county lies."""
    if wide.shape[1] < 2:
        return list(answers)
    distance = (wide.iloc[:, 1] - wide.iloc[:, 0]).fillna(-math.inf)
    return sorted(answers, key=lambda one: -float(distance[one.id]))


def _yes_of(rows: Sequence[Any]) -> str:
    """Return how many of those that answered said Ja, as it stands beside a row."""
    size, yes = _answered(rows)
    return f"{len(yes)} av {size}" if size else "–"


def values_by_place(rows: pd.DataFrame, measure: Measure, ax: "Axes", top: float = 0.0) -> None:
    """Draw a dot for each place's number, with the nation and county as lines through all, and the figures beside."""
    places = rows.reset_index(drop=True)
    places = places.assign(position=places.index)
    top = top or _round_top(places)
    regional = places.loc[places["level"] != "municipality", "value"]
    for (colour, _, _), dashes, value in zip(MARKERS, LINES, regional, strict=False):
        if len(regional) < len(places) and pd.notna(value):
            ax.axvline(value, color=colour, linewidth=1.1, linestyle=(0, dashes), zorder=1)
    marks = marks_of(places)
    scatter(ax, places, marks)
    if measure.unit == SHARE:
        intervals(ax, places, marks)
    for position, text in enumerate(places["display"]):
        ax.text(0.995, position, text, transform=ax.get_yaxis_transform(), va="center", ha="right")
    unit = "" if measure.is_share or not measure.unit_word else f", {measure.unit_word}"
    ax.set(xlim=(0, top * _room(places, top, ax)), ylim=(len(places) - 0.5, -0.6), xlabel="", ylabel="")
    ax.set(title=_two_lines(f"{measure.short}{unit}"))
    ax.set_yticks(range(len(places)), places["place_name"])
    ax.set_xticks([0, top / 2, top])
    ax.xaxis.set_major_formatter(partial(_tick, measure))
    ax.grid(axis="x")


def _room(places: pd.DataFrame, top: float, ax: "Axes") -> float:
    """Return how many times the axis is longer than to its last value, so that no figure stands on a mark."""
    width = ax.get_window_extent().width / ax.figure.dpi
    free = 0.995 - (places["display"].str.len() * LETTER + MARK) / width
    needed = (places["value"] / top / free)[free > 0]
    return float(max([ROOM, *needed.dropna()]))


def _round_top(rows: pd.DataFrame) -> float:
    """Return a round number at or above every value, for a common axis."""
    largest = rows["value"].max()
    if pd.isna(largest) or largest <= 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(largest))
    return next(step * factor for factor in STEPS if step * factor >= largest - 1e-9)


def _tick(measure: Measure, value: float, _position: int | None = None) -> str:
    decimals = 0 if math.isclose(value * 100 % 1, 0, abs_tol=1e-6) else 1
    return percent(value, decimals) if measure.is_share else number(value, 0 if value == int(value) else 1)


def _two_lines(text: str) -> str:
    """Return `text` on two lines where it is long, broken at the space nearest its middle."""
    if len(text) < 18 or " " not in text:
        return text
    spaces = [position for position, letter in enumerate(text) if letter == " "]
    middle = min(spaces, key=lambda position: abs(position - len(text) / 2))
    return f"{text[:middle]}\n{text[middle + 1 :]}"
