"""Any figures as tables: those of a table or an area, of today, of the years, of reached targets."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from oj.compare.across import is_across
from oj.facts.datapackage import read_table
from oj.present import nobody
from oj.present.followed import followed
from oj.present.grid import Cell, Column, Grid, Head, answer_cell, corner_of, ground_of, rows_of_places
from oj.present.output import Shown, Table, Text, as_parts
from oj.present.table.across import across_tables
from oj.present.table.notes import NO_VALUES, NOTHING, few_answers, notes_of_edition, notes_of_today
from oj.present.table.overview import of_one_group, overview, targets_table
from oj.present.table.pairs import pairs_table
from oj.present.table.since import since_tables
from oj.present.table.years import years_table
from oj.tidy.measures import ABSENT
from oj.tidy.schema import Figures
from oj.words.errors import UserError, nearest
from oj.words.frames import each_row
from oj.words.groups import whose
from oj.words.swedish import listing
from oj.words.vocabulary import STATUSES

PAIRS = "pairs"
MOST_YEARS = 5
WIDEST_COLUMN, WIDE_FIRST, FIRST = 20, 40, 28  # per cent of the text's width
FEW_COLUMNS = 5  # beside which groups' names have room on a line


@followed
def table(figures: Figures, kind: str = "") -> Shown:
    """Return figures as a table: places as rows, measures as columns, with signs and sources in its notes.

    Of an area or a whole edition one table after another, of a part or a measure its own columns; of all key figures of
    today an overview, of a lone one year by year; of the years each municipality's own, beside the nation's, and of the
    nation alone all that is known with its sources. Beside an earlier edition what has changed, and of themes over
    domains where the same is weak in several.

    >>> import oj
    >>> "Arbetsledning" in oj.table(oj.figures("Stockholm").of("kompetens")).html
    False
    """
    if kind and kind != PAIRS:
        raise UserError(f"Tabeller av slaget ”{kind}” finns inte.{nearest(kind, [PAIRS])} Det som finns: {PAIRS}.")
    return pairs_table(figures) if kind else _table(figures)


def _table(figures: Figures) -> Shown:
    if figures.frame.empty and not (figures.is_over_time or figures.municipalities()):
        return Text(NOTHING)
    if figures.origin:
        return across_tables(figures) if is_across(figures) else targets_table(figures)
    if figures.is_over_time:
        return years_table(figures)
    if figures.earlier is not None:
        return since_tables(figures)
    if figures.is_current and not figures.chosen:
        return overview(figures)
    make = _of_today if figures.is_current else _of_edition
    names = dict.fromkeys(one.table for one in figures.measures.values())
    made = as_parts(*(make(_only(figures, name), name) for name in names))
    return made[0] if len(made) == 1 else made


def _only(figures: Figures, table: str) -> Figures:
    """Return the figures of one table alone, also where an area has the same name."""
    known = {name: one for name, one in figures.measures.items() if one.table == table}
    return replace(figures, measures=known, frame=figures.frame[figures.frame["measure"].isin(list(known))])


def _of_edition(figures: Figures, table: str) -> Table:
    """Return a table as the compilation lays it out: the names of parts over their measures that somebody has.

    One of which nobody has anything is whole: the nation's key results may refer to it, and that must lead somewhere.
    """
    lacking, had = nobody.told(figures), nobody.had(figures)
    lacking, figures = (lacking, had) if had.measures else ("", figures)
    known = list(figures.measures.values())
    parts = {row.subarea: row.name for row in each_row(read_table("subareas", figures.folder))}
    titles = {row.table: row.title for row in each_row(read_table("tables", figures.folder))}
    upper = [Head(parts[part], len(list(same))) for part, same in groupby(known, lambda one: one.part)]
    heads = tuple(upper), tuple(Head(one.title) for one in known)
    grid = _grid(figures, [(one.id, figures.edition) for one in known], heads, 17, "saknas")
    name, title = _title(figures, table, titles, parts)
    notes = (" ".join(filter(None, [lacking, notes_of_edition(figures, grid)])),)
    return Table(
        grid.html, f"tbl-{name}", f"{title}, utgåvan {figures.edition}{whose(figures.frame)}.", notes, grid=grid
    )


def _of_today(figures: Figures, table: str) -> Table | Text:
    """Return a table's key figures, each in its latest year; those of the municipalities without any are told."""
    columns, (name, title) = _columns(figures), _title(figures, table, figures.headings)
    if not columns:
        return Text(NO_VALUES if figures.chosen == name else f"{title}: ingen av kommunerna har något värde i Kolada.")
    rows, group = of_one_group(figures.frame)
    rows = rows[[key in columns for key in zip(rows["measure"], rows["period"], strict=True)]]
    shown = rows[rows["place"].isin(rows.loc[rows["status"] != "missing", "place"])]
    sizes = [(name, len(list(same))) for name, same in groupby(name for name, _ in columns)]
    first = WIDE_FIRST if len(columns) <= FEW_COLUMNS else FIRST
    upper = [Head(figures.measures[name].short, size if size > 1 else 0) for name, size in sizes]
    lower = [Head(f"{figures.measures[name].unit_word}, {year}", is_light=True) for name, year in columns]
    grid = _grid(replace(figures, frame=shown), columns, (tuple(upper), tuple(lower)), first, STATUSES["missing"].sign)
    lacking = [name for place, name in figures.municipalities().items() if place not in set(shown["place"])]
    span = "–".join(dict.fromkeys((min(year for _, year in columns), max(year for _, year in columns))))
    where = " i kommunerna" if figures.municipalities() else ""
    caption = f"{title}{where}, {'senaste året' if len(sizes) > 1 else span}{group}."
    without = [f"Utan värde {span}: {listing(lacking)}."] if lacking else []
    few = few_answers(shown, "place_name")
    notes = (notes_of_today(figures, shown, [*few, *without], grid.statuses),)
    return Table(grid.html, f"tbl-{name}", caption, notes, grid=grid)


def _columns(figures: Figures) -> list[Column]:
    """Return each measure's latest year, or a lone one's latest years."""
    latest = [(name, year) for name, year in figures.latest_periods().items() if name in figures.measures]
    if len(latest) != 1:
        return latest
    rows, name = figures.frame, latest[0][0]
    seen = rows[(rows["measure"] == name) & (rows["status"] == "observed")]
    own = seen[seen["level"] == "municipality"] if figures.municipalities() else seen
    return [(name, str(year)) for year in sorted(own["period"].unique())[-MOST_YEARS:]]


def _title(
    figures: Figures, table: str, titles: Mapping[str, str], parts: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """Return the name and the title of a table, or of the part or the measure of it that alone was asked for."""
    known = figures.measures.values()
    names = {one.id: one.full_name for one in known} | dict(parts or {}) | {table: titles[table]}
    asked = figures.chosen in names and figures.chosen not in {one.area for one in known}
    name = figures.chosen if asked else table
    return name, names[name]


def _grid(
    figures: Figures, columns: Sequence[Column], heads: tuple[tuple[Head, ...], ...], first: float, absent: str
) -> Grid:
    """Return places by measures in a period; `first` is the first column's width, `absent` what is said of no row."""

    def cell(row: Any, level: str, column: Column) -> Cell:
        made = answer_cell(row, level, absent)
        says = figures.measures[column[0]].says_something(level)  # a region's that says nothing is left out
        return made if says else replace(made, text=ABSENT, fill=ground_of(level))

    width = min(WIDEST_COLUMN, math.floor((100 - first) / len(columns) * 100) / 100)
    corner = corner_of(set(figures.frame["level"]))
    body = rows_of_places(figures.frame, columns, cell)
    return Grid(corner, heads, body, (first, *[width] * len(columns)), f"columns-{len(columns)}")
