"""What has changed at a glance: a row per question, a column per municipality, a mark for each kind of change."""

from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from oj.compare.since import (
    BETTER,
    LACKING,
    NEW_NO,
    NEW_YES,
    STILL_NO,
    STILL_PARTLY,
    STILL_YES,
    WORSE,
    changes,
    is_any_compared,
    of_answers,
    rows_behind,
)
from oj.present.chart.marks import lines_of, name_line
from oj.present.chart.spots import down
from oj.present.output import Figure, Parts
from oj.present.style import LACKING_FILL, TEXT_WIDTH, as_svg, page
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.swedish import counted, listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARKS = {  # shape, ground, mark's colour, size in square points; told apart also without colour
    NEW_YES: ("^", "#9cc4e8", "#12436d", 34),
    NEW_NO: ("v", "#f3b48c", "#7a2e00", 34),
    STILL_NO: ("x", "#fbe3d2", "#7a2e00", 22),
    STILL_YES: ("o", "#e6f0f9", "#12436d", 7),
    BETTER: ("2", "#cfe0f1", "#12436d", 40),
    WORSE: ("1", "#fbe3d2", "#7a2e00", 40),
    STILL_PARTLY: ("_", "#f7ecc3", "#3d3d3d", 26),
}
WORDS = {
    NEW_YES: "nytt Ja", NEW_NO: "nytt Nej", STILL_NO: "fortfarande Nej", STILL_YES: "fortfarande Ja",
    BETTER: "bättre, till mellansvar", WORSE: "sämre, till mellansvar", STILL_PARTLY: "fortfarande mellansvar",
}  # fmt: skip
HEADING = "## Fråga för fråga, kommun för kommun {#sec-andrat-bild}"
LACKS = "saknas eller visas inte något av åren"
MOST_PLACES = 20  # side by side
ROW_HEIGHT, HEAD_HEIGHT, FOOT = 0.2, 0.95, 0.62  # inches
LABEL_WIDTH = 0.56  # of the figure's width
WIDEST_CELL = 0.3  # inches
LETTER = 0.06  # inches for a letter of a name that stands on end
LONGEST = 58  # letters of a name; a longer one is cut


def since_chart(figures: Figures) -> Parts:
    """Return the changes in answers as squares, a long county on several figures; nothing where none is compared."""
    found = of_answers(figures, changes(figures))
    if not is_any_compared(found):
        return Parts()
    places = found["place"].unique()
    pieces = np.array_split(places, -(-len(places) // MOST_PLACES))
    first, *rest = (
        _figure(figures, found[found["place"].isin(piece)], at, several=len(pieces) > 1)
        for at, piece in enumerate(pieces, start=1)
    )
    return Parts([replace(first, before=HEADING), *rest])


def _figure(figures: Figures, found: pd.DataFrame, at: int, *, several: bool) -> Figure:
    known = [figures.measures[str(name)] for name in found["measure"].unique()]
    lines, places = lines_of(known, figures.headings), [*found["place"].unique()]
    names = [figures.name_of(place) for place in places]
    head = max(HEAD_HEIGHT, LETTER * max(map(len, names)))
    height = len(lines) * ROW_HEIGHT + head + FOOT
    drawing = page(height)
    right = min(0.995, LABEL_WIDTH + len(places) * WIDEST_CELL / TEXT_WIDTH)
    drawing.subplots_adjust(left=LABEL_WIDTH, right=right, bottom=FOOT / height, top=1 - head / height)
    ax = drawing.subplots()
    _draw(ax, found, lines, places)
    ax.set_xticks(range(len(names)), names, rotation=90)
    spots = {place: down(ax, at - 0.5, at + 0.5) for at, place in enumerate(places)}
    _explain(ax, found)
    span = f", {names[0]}–{names[-1]}" if several else ""
    years = listing(sorted(found["since"].unique()), "eller")
    caption = f"Svaren i utgåvan {figures.edition} mot {years}{span}. Fråga för fråga, bara det som kan jämföras."
    label = f"fig-andrat{f'-{at}' if at > 1 else ''}"
    summary = (
        f"Svaren mot {years}: {counted(len(known), 'fråga', 'frågor')} i rader och "
        f"{counted(len(places), 'kommun', 'kommuner')} i kolumner, med ett märke för vad som har ändrats."
    )
    told = tuple(_said(figures, found, one) for one in known)
    return Figure(as_svg(drawing), label, caption, summary, told=told, rows=rows_behind(found), spots=spots)


def _draw(ax: "Axes", found: pd.DataFrame, lines: list[str | Measure], places: list[str]) -> None:
    """Draw a square on its ground, with its mark, for each question and municipality."""
    from matplotlib.patches import Rectangle

    rows = {line.id: position for position, line in enumerate(lines) if isinstance(line, Measure)}
    columns = {place: position for position, place in enumerate(places)}
    for kind, own in found.groupby("kind", sort=False):
        spots = [(columns[place], rows[name]) for place, name in zip(own["place"], own["measure"], strict=True)]
        _, ground, colour, size = MARKS.get(str(kind), ("", LACKING_FILL, "", 0))
        for x, y in spots:
            ax.add_patch(Rectangle((x - 0.46, y - 0.46), 0.92, 0.92, facecolor=ground, linewidth=0))
        if kind in MARKS:
            marker = MARKS[str(kind)][0]
            across, down = ([spot[at] for spot in spots] for at in range(2))
            ax.scatter(across, down, s=size, marker=marker, color=colour, linewidth=1.1, zorder=3)
    ax.set(xlim=(-0.5, len(places) - 0.5), ylim=(len(lines) - 0.5, -0.5), yticks=[])
    ax.xaxis.tick_top()
    ax.tick_params(length=0, pad=2)
    ax.spines[:].set_visible(False)
    for position, line in enumerate(lines):
        name_line(ax, line if isinstance(line, str) else _cut(line), position)


def _cut(measure: Measure) -> Measure:
    """Return a measure whose name has room."""
    return replace(measure, full_name=shorten(measure.full_name, LONGEST, placeholder=" …"))


def _explain(ax: "Axes", found: pd.DataFrame) -> None:
    """Draw what each mark means under the squares."""
    from matplotlib.lines import Line2D

    shown = set(found["kind"])
    keys = [
        Line2D([], [], linestyle="", marker=shape, color=colour, markersize=max(size**0.5, 3.5), label=WORDS[kind])
        for kind, (shape, _, colour, size) in MARKS.items()
        if kind in shown
    ]
    if shown & {*LACKING}:
        keys.append(Line2D([], [], linestyle="", marker="s", color=LACKING_FILL, markersize=8, label=LACKS))
    ax.figure.legend(
        handles=keys, loc="lower left", bbox_to_anchor=(0, 0), ncols=3, frameon=False,
        handletextpad=0.2, columnspacing=1.4, borderaxespad=0,
    )  # fmt: skip


def _said(figures: Figures, found: pd.DataFrame, measure: Measure) -> tuple[str, str]:
    """Return a question, and who has which change on a question, in words."""
    own = found[found["measure"] == measure.id]
    parts = [(word, own[own["kind"] == kind]) for kind, word in WORDS.items()]
    parts.append((LACKS, own[own["kind"].isin(LACKING)]))
    told = [f"{word} i {listing([figures.name_of(one) for one in part['place']])}" for word, part in parts if len(part)]
    return f"{measure.full_name}, mot {own['since'].iloc[0]}", "; ".join(told)
