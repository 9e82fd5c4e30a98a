"""Rows of any source in the order and with the columns that the one table has."""

from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from oj.figures.measures import Measure
from oj.figures.schema import COLUMNS, TOTAL
from oj.words.errors import UserError, nearest

NUMBERS = ("low", "high", "numerator", "denominator", "of")
TEXTS = ("words", "answer", "passage", "note", "population", "direction", "trend", "improve")
MEAN = "mean"


def arranged(
    rows: pd.DataFrame, known: Mapping[str, Measure], places: Mapping[str, tuple[str, str]], folder: object = ""
) -> pd.DataFrame:
    """Return rows as the one table: measures in the order of `known`, places in that of `places`.

    `rows` have measure, place, period, value, status, method and source, and what else their source knows; `places` are
    names and levels by code. Raises UserError for a measure that is not known.
    """
    strange = [name for name in rows["measure"].unique() if name not in known]
    if strange:
        hint = nearest(strange[0], known)
        raise UserError(f"Måttet ”{strange[0]}” finns inte i {folder}.{hint} Hämta eller läs in uppgifterna på nytt.")
    lacking = dict.fromkeys(NUMBERS, float("nan")) | dict.fromkeys(TEXTS, "") | {"group": TOTAL, "segment": 0}
    rows = rows.assign(**{name: usual for name, usual in lacking.items() if name not in rows})
    rows = rows.fillna(dict.fromkeys(TEXTS, ""))
    order = {"measure": _positions(known), "place": _positions(places)}
    rows = rows.sort_values(
        ["measure", "place", "period", "group", "source"],
        key=lambda column: column.map(order[column.name]) if column.name in order else column,
        kind="stable",
    )
    rows["title"] = rows["measure"].map({name: one.title for name, one in known.items()})
    for at, column in enumerate(("place_name", "level")):
        rows[column] = rows["place"].map({code: about[at] for code, about in places.items()})
    rows["display"] = _displays(rows, known)
    return rows[COLUMNS].reset_index(drop=True)


def _positions(names: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}


def _displays(rows: pd.DataFrame, known: Mapping[str, Measure]) -> list[str]:
    """Return what a reader sees in each row; one of what is lacking is as another."""

    @cache
    def shown(cell: tuple[str, float, str, str, str, str]) -> str:
        name, value, answer, status, words, method = cell
        return known[name].shown(value, answer, status, words=words, is_mean=method == MEAN)

    there = rows["value"].where((rows["status"] == "observed") & rows["value"].notna(), 0.0)
    cells = zip(rows["measure"], there, rows["answer"], rows["status"], rows["words"], rows["method"], strict=True)
    return [shown(cell) for cell in cells]
