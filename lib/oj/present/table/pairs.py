"""Women beside men: the two figures of each measure, place by place, and how far they are from each other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from oj.present.followed import origins_of
from oj.present.grid import Cell, Grid, Head, answer_cell, corner_of, ground_of
from oj.present.output import Parts, Table
from oj.present.table.municipality import difference
from oj.present.table.notes import named, signs, sources_said
from oj.present.table.plain import CENTRED
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.groups import GROUPS
from oj.words.vocabulary import STATUSES

HEADS = ("Kvinnor", "Män", "Skillnad")
TOLD = "Skillnad: kvinnornas tal minus männens, i procentenheter för andelar; bara där båda visas."
MOST, FIRST = 3, 22  # measures side by side, and per cent of the width
Rows = Mapping[tuple[str, str, str], Any]  # by place, measure and group


def pairs_table(figures: Figures) -> Parts:
    """Return what women and men have apart of the measures chosen, in one table if there is room; nothing without any.

    What is hidden is so here too, and no difference is told beside it.
    """
    rows = pd.concat([figures.by(group).frame for group in GROUPS]) if figures.apart is not None else pd.DataFrame()
    shown = [one for name, one in figures.measures.items() if len(rows) and name in set(rows["measure"])]
    parts = [shown[at : at + MOST] for at in range(0, len(shown), MOST)]
    return Parts(_table(figures, rows, part, f"{at}" if at > 1 else "") for at, part in enumerate(parts, start=1))


def _table(figures: Figures, rows: pd.DataFrame, measures: Sequence[Measure], number: str) -> Table:
    """Return places by women, men and the difference of some measures."""
    rows = rows[rows["measure"].isin([one.id for one in measures])]
    found = {(row.place, row.measure, row.group): row for row in each_row(rows)}
    order = {place: at for at, place in enumerate(figures.frame["place"].unique())}
    places = rows.drop_duplicates("place").sort_values("place", key=lambda column: column.map(order))
    body = tuple(
        (
            Cell(place.place_name, ground_of(place.level)),
            *(cell for one in measures for cell in _cells(found, place, one)),
        )
        for place in each_row(places)
    )
    heads = (
        tuple(Head(one.title, len(HEADS)) for one in measures),
        tuple(Head(name) for _ in measures for name in HEADS),
    )
    widths = (FIRST, *[round((100 - FIRST) / len(heads[1]), 2)] * len(heads[1]))
    grid = Grid(corner_of({*rows["level"]}), heads, body, widths, CENTRED)
    source = f"Källa: {sources_said(rows['source'], named(figures.folder))}."
    notes = (" ".join([TOLD, *signs(grid.statuses, replace(figures, frame=rows).statuses), source]),)
    caption = f"Kvinnor och män: {figures.heading}, utgåvan {figures.edition}."
    label = "-".join(filter(None, (f"tbl-kvinnor-och-man-{figures.chosen}", number)))
    behind = origins_of(replace(figures, root=rows), rows.index)
    return Table(grid.html, label, caption, notes, grid=grid, origins=behind)


def _cells(found: Rows, place: Any, measure: Measure) -> list[Cell]:
    """Return a place's cells of a measure: women, men, and the difference."""
    women, men = (found.get((place.place, measure.id, group)) for group in GROUPS)
    shown = [answer_cell(one, place.level, STATUSES["missing"].sign) for one in (women, men)]
    return [*shown, replace(difference(measure, women, men), fill=ground_of(place.level))]
