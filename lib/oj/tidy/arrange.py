"""Rows of any source in the order and with the columns that the one table has."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from oj.facts.places import Place
from oj.sources.origins import imported
from oj.tidy.as_it_is import COLUMNS, displays
from oj.tidy.measures import Measure
from oj.words.errors import UserError, nearest
from oj.words.groups import TOTAL
from oj.words.vocabulary import PRELIMINARY, UNITS

NUMBERS = ("low", "high", "numerator", "denominator", "of")
TEXTS = ("words", "answer", "passage", "note", "population", "direction", "trend", "improve")
MEAN = "mean"


def arranged(
    rows: pd.DataFrame, known: Mapping[str, Measure], places: Mapping[str, tuple[str, str]], file: str
) -> pd.DataFrame:
    """Return rows as the one table: measures in the order of `known`, places in that of `places`.

    `rows` have measure, place, period, value, status, method and source, and what else their source knows; `places` are
    names and levels by code. Raises UserError for a measure that is not known, which `file` should have.
    """
    strange = [name for name in rows["measure"].unique() if name not in known]
    if strange:
        hint = nearest(strange[0], known)
        raise UserError(f"Måttet ”{strange[0]}” finns inte i {file}.{hint} Hämta eller läs in uppgifterna på nytt.")
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
    rows["display"] = displays(rows, known)
    return rows[COLUMNS].reset_index(drop=True)


def methods(sources: pd.Series, home: Path) -> pd.Series:
    """Return how each row's source came to its figures: published, imported or preliminary."""
    read_in = imported(home)
    made = {
        name: "preliminary" if name.startswith(PRELIMINARY) else "imported" if name in read_in else "published"
        for name in sources.unique()
    }
    return sources.map(made)


def named(places: Iterable[Place]) -> dict[str, tuple[str, str]]:
    """Return the name and level of each place by its code; a district that answers for itself is as a municipality."""
    return {one.code: (one.name, UNITS[0] if one.level in UNITS else one.level) for one in places}


def _positions(names: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}
