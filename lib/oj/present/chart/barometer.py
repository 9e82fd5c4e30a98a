"""A municipality's barometer: its every answer and share against its county and the nation, on one page."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from oj.present.chart.marks import (
    MARKERS,
    by_measure,
    dash_note,
    lines_of,
    name_line,
    rows_said,
    said,
    scatter,
    short_sign,
)
from oj.present.output import Figure
from oj.present.style import ANSWER_FILLS, BAND, FAINT, LACKING_FILL, MUNICIPALITY_COLOUR, as_svg, page
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.groups import whose
from oj.words.swedish import genitive, percent
from oj.words.vocabulary import UNITS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_HEIGHT = 0.154  # inches, so that all indicators fit on a page
HEAD_HEIGHT = 0.5
LABEL_WIDTH = 0.555  # of the figure's width; the figure's own value stands last in it
CHIP = (-0.11, 0.09)  # where the own value stands and how wide, in widths of the axis
Values = Mapping[str, tuple[Any, list[Any]]]  # a measure's row for the municipality, and the regions
APART = 0.1  # rows: how far the county's and the nation's marks stand from each other


def barometer(figures: Figures, municipality: str) -> Figure:
    """Return a municipality's barometer; raise UserError for one that is not in the figures."""
    place = figures.place_of(municipality)
    rows = figures.beside(place).frame
    rows = rows[rows["measure"].map(lambda name: not figures.measures[name].is_background)]
    lines = lines_of([figures.measures[name] for name in rows["measure"].unique()], figures.headings)
    height = len(lines) * ROW_HEIGHT + HEAD_HEIGHT
    drawing = page(height)
    ax = drawing.subplots()
    drawing.subplots_adjust(left=LABEL_WIDTH, right=0.97, bottom=0.24 / height, top=1 - 0.24 / height)
    values = _values(rows)
    _draw(ax, rows, lines, values)
    both, numbers = (rows["level"] == "county").any(), not all(figures.measures[name].is_answer for name in values)
    where = "länet och riket" if both else "riket"
    where += f", eller {'länets och ' if both else ''}rikets egna tal" if numbers else ""
    caption = (
        f"{genitive(figures.municipalities()[place])} barometer, utgåvan {figures.edition}{whose(rows)}: "
        f"kommunens svar{' och tal' if numbers else ''}, och på axeln andelen "
        f"{figures.domain.answering} med Ja i {where}.{dash_note(rows)}"
    )
    summary = _summary(figures.municipalities()[place], rows, values)
    told, label = _described(values, lines), f"fig-barometer-{place}"
    return Figure(as_svg(drawing), label, caption, summary, told=told, rows=tuple(rows.index))


def _summary(name: str, rows: pd.DataFrame, values: Values) -> str:
    """Return in a sentence what is drawn, and how many of the questions the municipality answers with Ja."""
    own = rows.loc[(rows["level"] == "municipality") & (rows["status"] == "observed"), "answer"]
    answers, yes = int(own.isin([*ANSWER_FILLS]).sum()), int((own == "yes").sum())
    reached = f" {name} svarar Ja på {yes} av {answers} frågor." if answers else ""
    return f"{genitive(name)} svar och tal i {len(values)} rader, med länets och rikets bredvid.{reached}"


def _described(values: Values, lines: list[str | Measure]) -> tuple[tuple[str, str], ...]:
    """Return each measure's value for the municipality, the nation and the county."""
    parts = []
    for measure in (line for line in lines if isinstance(line, Measure)):
        mine, regional = values[measure.id]
        beside = f" ({rows_said(regional)})" if regional else ""
        parts.append((measure.full_name, f"{said(mine)}{beside}"))
    return tuple(parts)


def _values(rows: pd.DataFrame) -> Values:
    """Return the municipality's row of each measure, and those of the nation and the county."""
    return {
        measure: (
            next(row for row in found if row.level == UNITS[0]),
            [row for row in found if row.level != UNITS[0]][:2],
        )
        for measure, found in by_measure(rows).items()
    }


def _draw(ax: "Axes", rows: pd.DataFrame, lines: list[str | Measure], values: Values) -> None:
    """Draw a municipality's values as texts and the regions' as marks, a measure's row under its area's name."""
    for position, line in enumerate(lines):
        if isinstance(line, str):
            name_line(ax, line, position + 0.08)
        else:
            _draw_line(ax, *values[line.id], line, position)
    shares = {one.id: at for at, one in enumerate(lines) if isinstance(one, Measure) and one.is_share}
    drawn = {at: [row.value for row in values[one][1] if pd.notna(row.value)] for one, at in shares.items()}
    spans = [(at, min(known), max(known)) for at, known in drawn.items() if known]
    if spans:
        ax.hlines(*zip(*spans, strict=True), color=FAINT, linewidth=2.2, zorder=1)
    _draw_shares(ax, rows, shares)
    ax.set(xlim=(-0.02, 1.02), ylim=(len(lines) - 0.5, -0.5), xlabel="", ylabel="")
    ax.set_yticks([])
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    ax.xaxis.set_major_formatter(lambda share, _: percent(share))
    ax.grid(axis="x")
    ax.legend(loc="lower right", bbox_to_anchor=(1.03, 1.0), ncols=3, frameon=False, borderpad=0, borderaxespad=0.2,
              handletextpad=0.1, columnspacing=0.9)  # fmt: skip


def _draw_shares(ax: "Axes", rows: pd.DataFrame, at: dict[str, int]) -> None:
    """Draw the shares of the nation, the county and the municipality, each at its measure's row."""
    regions = rows.loc[rows["level"] != "municipality", "place_name"].unique()[:2]
    own = rows.loc[rows["level"] == "municipality", "place_name"].iloc[0]
    marks = dict(zip(regions, MARKERS, strict=False)) | {own: (MUNICIPALITY_COLOUR, "^", 44)}
    apart = dict(zip(regions, (-APART, APART), strict=False))
    shares = rows[rows["measure"].isin(at) & rows["place_name"].isin(marks)]
    shares = shares.sort_values("level", key=lambda level: level == "municipality", kind="stable")  # drawn on top
    position = shares["measure"].map(at) + shares["place_name"].map(apart).fillna(0)
    scatter(ax, shares.assign(position=position), marks, legend=True)


def _draw_line(ax: "Axes", mine: Any, regional: list[Any], measure: Measure, position: int) -> None:
    """Draw one measure: its name, the municipality's value on its colour, and the regions' beside."""
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import blended_transform_factory

    across = blended_transform_factory(ax.figure.transFigure, ax.transData)
    if position % 2:
        ax.add_artist(Rectangle((0, position - 0.5), 1, 1, transform=across, clip_on=False, facecolor=BAND, zorder=0))
    name_line(ax, measure, position)
    lacking = LACKING_FILL if mine.status != "observed" else "white"
    start, width = CHIP
    inside = ax.get_yaxis_transform()
    ax.add_artist(Rectangle((start - width / 2, position - 0.45), width, 0.9, transform=inside, clip_on=False,
                            facecolor=ANSWER_FILLS.get(mine.answer, lacking), linewidth=0))  # fmt: skip
    ax.text(start, position, short_sign(mine.display), transform=inside, ha="center", va="center")
    if regional and not measure.is_share:
        told = f"{', '.join(f'{row.place_name} {row.display}' for row in regional)} {measure.unit_word}"
        ax.text(0, position, told.rstrip(), va="center", color="#1c2430")
