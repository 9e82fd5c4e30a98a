"""What stands in pictures: places' marks, the text of a small cell, what is said of a figure, and rows' names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain, groupby, repeat
from typing import TYPE_CHECKING, Any

import pandas as pd

from oj.compare.rates import SMALL_BASE, wilson
from oj.present.style import COMPARISON_COLOUR, COUNTY_COLOUR, MUNICIPALITY_COLOUR, NATION_COLOUR
from oj.tidy.measures import Measure
from oj.words.frames import each_row
from oj.words.swedish import listing
from oj.words.vocabulary import HIDDEN, STATUSES, UNITS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LONGEST_SIGN = 6  # letters; a longer one becomes a dash
SIGNS = {status.sign for status in STATUSES.values()}
READ = ["measure", "level", "place_name", "value", "answer", "status", "display"]  # of a row, to draw and tell it
Mark = tuple[str, str, int]  # colour, shape, size in square points

MARKERS = (
    (NATION_COLOUR, "D", 30), (COUNTY_COLOUR, "o", 52), (COMPARISON_COLOUR, "s", 34), ("#801650", "^", 44),
    ("#7A5FB5", "v", 44), ("#8A6D00", "P", 44),
)  # fmt: skip


def marks_of(rows: pd.DataFrame) -> dict[str, Mark]:
    """Return each place's mark: all municipalities have one; the nation, the county, those compared with their own."""
    places, regional = rows.drop_duplicates("place_name"), chain(MARKERS, repeat(MARKERS[-1]))
    own = places["level"] == UNITS[0]
    return {
        str(name): (MUNICIPALITY_COLOUR, "o", 42) if is_own else next(regional)
        for name, is_own in zip(places["place_name"], own, strict=True)
    }


def scatter(ax: "Axes", drawn: pd.DataFrame, marks: dict[str, Mark], *, legend: bool = False) -> None:
    """Draw a mark for every figure there is, at its `value` and `position`, as its `place_name` is marked."""
    import seaborn as sns

    known = drawn.dropna(subset="value")
    there = set(known["place_name"])
    marks = {name: mark for name, mark in marks.items() if name in there}  # the legend's too
    colours, shapes, sizes = ({name: mark[at] for name, mark in marks.items()} for at in range(3))
    if len(known):
        ax.set(xlabel=" ", ylabel=" ")  # named already: seaborn would else make every tick to see whether it is shown
        sns.scatterplot(
            known, x="value", y="position", hue="place_name", style="place_name", size="place_name", ax=ax, zorder=3,
            hue_order=list(marks), style_order=list(marks), palette=colours, markers=shapes, sizes=sizes,
            legend="full" if legend else False,
        )  # fmt: skip


def intervals(ax: "Axes", drawn: pd.DataFrame, marks: dict[str, Mark]) -> None:
    """Draw the 95 per cent interval of every share with a known base; a small base gets a hollow mark."""
    known = drawn.dropna(subset=["value", "numerator", "denominator"])
    for row in each_row(known):
        colour, shape, size = marks[row.place_name]
        low, high = wilson(row.numerator, row.denominator)
        ax.hlines(row.position, low, high, color=colour, linewidth=1.2, zorder=2)
        if row.denominator < SMALL_BASE:
            ax.scatter(row.value, row.position, s=size, marker=shape, facecolor="white", edgecolor=colour, zorder=4)


def short_sign(display: str) -> str:
    """Return a cell's text where it has room in a small cell, else a dash for a sign and an answer's first letters.

    >>> short_sign("Ja"), short_sign("bortfall"), short_sign("Till viss del")
    ('Ja', '–', 'T.v.d.')
    """
    if len(display) <= LONGEST_SIGN:
        return display
    if not display[0].isalpha() or display.startswith("x (") or display in SIGNS:
        return "–"
    words = display.split()
    return "".join(f"{word[0]}." for word in words[:3]) if len(words) > 1 else f"{display[: LONGEST_SIGN - 1]}."


def dash_note(rows: pd.DataFrame) -> str:
    """Return what a dash or a shortened answer stands for in these rows, to add to a caption; nothing without one."""
    short = {sign: short_sign(sign) for sign in rows["display"].unique() if short_sign(sign) != sign}
    dashed = [sign for sign, told in short.items() if told == "–"]
    words = "".join(f" {told}: {sign}." for sign, told in short.items() if told != "–")
    return words + (f" Streck: {listing(dashed, 'eller')}." if dashed else "")


def by_measure(rows: pd.DataFrame) -> Mapping[str, list[Any]]:
    """Return the rows of each measure, with what is drawn and told of them."""
    found = defaultdict[str, list[Any]](list)
    for row in each_row(rows[READ]):
        found[row.measure].append(row)
    return found


def said(row: Any) -> str:
    """Return a figure as it is said: a lone x says nothing to somebody who hears it."""
    return "döljs" if row.status in HIDDEN else str(row.display)


def places_said(rows: pd.DataFrame) -> str:
    """Return each place's name and figure in a row."""
    return rows_said(each_row(rows))


def rows_said(rows: Iterable[Any]) -> str:
    """Return the name and figure of the place of each row."""
    return ", ".join(f"{row.place_name} {said(row)}" for row in rows)


def lines_of(measures: Iterable[Measure], headings: Mapping[str, str]) -> list[str | Measure]:
    """Return the rows of a picture of all areas: an area's name, then its measures."""
    lines: list[str | Measure] = []
    for area, own in groupby(measures, lambda one: one.area):
        lines += [headings[area], *own]
    return lines


def name_line(ax: "Axes", line: str | Measure, position: float) -> None:
    """Write a row's name from the figure's left edge: an area in bold, a measure under it."""
    from matplotlib.transforms import blended_transform_factory

    edge = blended_transform_factory(ax.figure.transFigure, ax.transData)
    if isinstance(line, str):
        ax.text(0, position, line, transform=edge, va="center", fontweight="semibold")
    else:
        ax.text(0.015, position, line.full_name, transform=edge, va="center")
