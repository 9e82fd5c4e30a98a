"""The answers in one picture: how many targets every municipality, the county and the nation reach, part by part."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from oj.compare.against import county_of
from oj.compare.reached import DISTINCT, answers, reached, rows_counted
from oj.facts.places import NATION, units
from oj.present.findings.municipality import from_nation, parts_apart
from oj.present.findings.sentences import rows_at
from oj.present.grid import HOW_AVERAGE, HOW_REACHED, Cell, Grid, Head, ground_of
from oj.present.output import Table
from oj.present.style import ANSWER_FILLS
from oj.tidy.measures import table_names
from oj.tidy.schema import Figures
from oj.words.swedish import NO_BREAK_SPACE, number

NONE = "–"
COLOUR_NOTE = (
    "Blått och +: minst ett helt mål över rikets genomsnitt. Orange och −: minst ett helt mål under. "
    "Delområden med färre än tre mål har inga tecken."
)
COUNTY_NOTE = " Länet: alla som svarar där, också kommuner utan en egen kolumn här."
EVERY, ABOVE, BELOW = "Alla mål", "+", "−"
SPOKEN = {ABOVE: ", över riket", BELOW: ", under riket"}  # 1, under riket: not one below


def parts_table(figures: Figures) -> Table:
    """Return how many targets every municipality, the county and the nation reach, part by part, in one picture."""
    every = reached(figures).assign(table=EVERY).set_index("table", append=True)
    sums, short = pd.concat([reached(figures, "table"), every]), {**table_names(figures.folder), EVERY: EVERY}
    places = [*figures.municipalities(), *([county_of(figures)] if county_of(figures) else []), NATION]
    sides = {place: _sides(figures, place) for place in figures.municipalities()}
    tables = list(dict.fromkeys(sums.index.get_level_values("table")))
    names = [*figures.municipalities().values(), *(["Länet"] if county_of(figures) else []), "Riket"]
    size = sums.groupby("table")["of"].max()
    rows = tuple(
        (
            Cell(f"{short[table]} ({number(size[table])})"),
            *(
                replace(
                    _part_cell(sums, sides, place, table, size[table]),
                    rows=_behind(figures, place, table),
                    how=HOW_REACHED if place in sides else HOW_AVERAGE,
                )
                for place in places
            ),
        )
        for table in tables
    )
    widths = (20.0, *[round(80 / len(places), 2)] * len(places))
    grid = Grid("Delområde (antal mål)", (tuple(Head(name) for name in names),), rows, widths, "number-table")
    caption = f"Svaren i en bild: mål som nås, delområde för delområde, utgåvan {figures.edition}."
    return Table(grid.html, "tbl-svaren", caption, (COLOUR_NOTE + _of_the_county(figures),), grid=grid)


def _of_the_county(figures: Figures) -> str:
    """Return who the county is, where some that answer in it have no column of their own."""
    county = county_of(figures)
    return COUNTY_NOTE if county and len(figures.municipalities()) < len(units(county)) else ""


def _behind(figures: Figures, place: str, table: str) -> tuple[int, ...]:
    """Return the rows of the targets of a part, or of all parts, that a place has a figure for."""
    rows = answers(figures)
    return rows_at(rows[rows["reached"].notna()], (place,)) if table == EVERY else rows_counted(figures, table, place)


def _sides(figures: Figures, place: str) -> dict[str, str]:
    """Return + for the parts, and for all of them, that are a whole target above the nation, − for those below.

    They are those that may be called strongest and weakest, so that a sign is never beside "none above".
    """
    above, below = parts_apart(figures, place)
    sides = dict.fromkeys(map(str, above.index), ABOVE) | dict.fromkeys(map(str, below.index), BELOW)
    for distance in from_nation(figures, place)["difference"]:
        sides |= {EVERY: ABOVE if distance > 0 else BELOW} if abs(distance) >= DISTINCT else {}
    return sides


def _part_cell(sums: pd.DataFrame, sides: Mapping[str, Mapping[str, str]], place: str, table: str, size: float) -> Cell:
    """Return how many of a part's targets are reached; of fewer than all, that is told."""
    if (place, table) not in sums.index or not sums.loc[(place, table), "of"]:
        return Cell(NONE)
    one: Any = sums.loc[(place, table)]
    of = "" if one["of"] == size else f" av {number(one['of'])}"
    if place not in sides:
        return Cell(number(one["reached"], 1) + of, ground_of("county"))
    side = sides[place].get(table, "")
    told = f"{number(one['reached'])}{of}{NO_BREAK_SPACE if side else ''}{side}"
    fill = {ABOVE: ANSWER_FILLS["yes"], BELOW: ANSWER_FILLS["no"]}.get(side, "")
    return Cell(told, fill, spoken=SPOKEN.get(side, ""))
