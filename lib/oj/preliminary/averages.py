"""Averages for counties and the nation from those that answered, as Öppna jämförelser publish them.

The share of the answering that reach the target; those whom a question does not apply to are outside the base; nothing
where more did not answer than the edition's limits say (SKL 2019: "bortfallet … är större än 20 procent"). Shares of
staff and hours are the whole staff's: the sum of numerators through the sum of denominators.
"""

from collections.abc import Sequence
from math import nan
from typing import Any

import pandas as pd

from oj.facts.catalog import Indicator

COLUMNS = ["indicator", "place", "value", "answer", "status", "numerator", "denominator"]


def average(rows: pd.DataFrame, item: Indicator, asked: int, most_lacking: float) -> dict[str, Any]:
    """Return one indicator's average as value, status, numerator and denominator.

    `rows` are results of those in the area, one each: answer, value, numerator, denominator and status. `asked` is how
    many there are in the area; who has no row did not answer. With a larger share than `most_lacking` of those there is
    no average.

    >>> from oj.facts.catalog import indicators
    >>> rows = pd.DataFrame({"answer": ["yes", "yes", "no", "no"], "status": ["observed"] * 4})
    >>> average(rows, indicators()["socialjour"], 5, 0.2)["value"]
    0.5
    >>> average(rows, indicators()["socialjour"], 6, 0.2)["status"]
    'withheld'
    """
    known = rows[rows["status"] == "observed"]
    base = asked - int((rows["status"] == "not_applicable").sum())
    if base == 0:
        return _lacking("not_applicable")
    if known.empty:
        return _lacking("missing")
    if (base - len(known)) / base > most_lacking:
        return _lacking("withheld")
    if item.is_answer:
        numerator, denominator = float((known["answer"] == "yes").sum()), float(len(known))
    else:
        numerator, denominator = float(known["numerator"].sum()), float(known["denominator"].sum())
    return {
        "value": numerator / denominator,
        "status": "observed",
        "numerator": numerator,
        "denominator": denominator,
    }


def _lacking(status: str) -> dict[str, Any]:
    return {"value": nan, "status": status, "numerator": nan, "denominator": nan}


def averages(
    results: pd.DataFrame, items: Sequence[Indicator], area: str, members: Sequence[str], most_lacking: float
) -> pd.DataFrame:
    """Return the averages of an area, one row per indicator: `members` are the codes of all who were asked in it.

    `results` are those of municipalities and districts: indicator, place, value, answer, status and counts.
    """
    inside = results[results["place"].isin(members)]
    rows = [
        {"indicator": item.id, "place": area, "answer": None}
        | average(inside[inside["indicator"] == item.id], item, len(members), most_lacking)
        for item in items
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
