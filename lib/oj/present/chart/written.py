"""What is written in a picture: a cell's text where room is small, what is said of it, and the rows' names."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from oj.figures.measures import Measure
from oj.words.swedish import listing
from oj.words.vocabulary import HIDDEN, STATUSES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LONGEST_SIGN = 6  # letters; a longer one becomes a dash
LABEL_SIZE = 8.5  # points


def short_sign(display: str) -> str:
    """Return a cell's text where it has room in a small cell, else a dash for a sign and an answer's first letters.

    >>> short_sign("Ja"), short_sign("bortfall"), short_sign("Till viss del")
    ('Ja', '–', 'T.v.d.')
    """
    if len(display) <= LONGEST_SIGN:
        return display
    if not display[0].isalpha() or display in {status.sign for status in STATUSES.values()}:
        return "–"
    words = display.split()
    return "".join(f"{word[0]}." for word in words[:3]) if len(words) > 1 else f"{display[: LONGEST_SIGN - 1]}."


def dash_note(rows: pd.DataFrame) -> str:
    """Return what a dash or a shortened answer stands for in these rows, to add to a caption; nothing without one."""
    short = {sign: short_sign(sign) for sign in rows["display"].unique() if short_sign(sign) != sign}
    dashed = [sign for sign, told in short.items() if told == "–"]
    words = "".join(f" {told}: {sign}." for sign, told in short.items() if told != "–")
    return words + (f" Streck: {listing(dashed, 'eller')}." if dashed else "")


def said(row: Any) -> str:
    """Return a figure as it is said: a lone x says nothing to somebody who hears it."""
    return "döljs" if row.status in HIDDEN else str(row.display)


def places_said(rows: pd.DataFrame) -> str:
    """Return each place's name and figure in a row."""
    return ", ".join(f"{row.place_name} {said(row)}" for row in rows.itertuples())


def lines_of(measures: Iterable[Measure], headings: Mapping[str, str]) -> list[str | Measure]:
    """Return the rows of a picture of all areas: an area's name, then its measures."""
    lines: list[str | Measure] = []
    for area, own in groupby(measures, lambda one: one.area):
        lines += [headings[area], *own]
    return lines


def name_line(ax: "Axes", line: str | Measure, position: float, size: float = LABEL_SIZE) -> None:
    """Write a row's name from the figure's left edge: an area in bold, a measure under it in `size` points."""
    from matplotlib.transforms import blended_transform_factory

    edge = blended_transform_factory(ax.figure.transFigure, ax.transData)
    if isinstance(line, str):
        ax.text(0, position, line, transform=edge, va="center", fontsize=LABEL_SIZE, fontweight="semibold")
    else:
        ax.text(0.015, position, line.full_name, transform=edge, va="center", fontsize=size)
