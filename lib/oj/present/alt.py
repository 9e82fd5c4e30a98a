"""Alt texts: what a chart shows, in the same figures, for those who cannot see it."""

from typing import Any

import pandas as pd

from oj.catalog import Indicator
from oj.swedish import listing
from oj.vocabulary import HIDDEN


def describe_answers(rows: pd.DataFrame, shown: list[Indicator]) -> str:
    """Return a sentence per indicator with the share of every region and the municipalities' Ja.

    >>> import oj
    >>> from oj.catalog import in_subarea
    >>> text = describe_answers(oj.results("Jönköping"), in_subarea("utanfor-kontorstid"))
    >>> text.replace(chr(160), " ")
    'Andel kommuner och stadsdelar med Ja. Socialjour: Riket 72 %, Jönköpings län 42 %.'
    """
    return " ".join(["Andel kommuner och stadsdelar med Ja.", *(_answers(rows, item) for item in shown)])


def describe_values(rows: pd.DataFrame, shown: list[Indicator]) -> str:
    """Return a sentence per indicator with the figure of every place, or the sign that replaces it."""
    return " ".join(f"{item.short}: {_places(rows[rows['indicator'] == item.id])}." for item in shown)


def _answers(rows: pd.DataFrame, item: Indicator) -> str:
    own = rows[rows["indicator"] == item.id]
    regions = _places(own[own["level"] != "municipality"])
    municipalities = own[(own["level"] == "municipality") & (own["status"] == "observed")]
    yes = municipalities.loc[municipalities["answer"] == "yes", "place_name"].tolist()
    if municipalities.empty:
        return f"{item.short}: {regions}."
    names = f": {listing(yes)}" if yes else ""
    return f"{item.short}: {regions}; Ja i {len(yes)} av {len(municipalities)} kommuner{names}."


def _places(rows: pd.DataFrame) -> str:
    return ", ".join(f"{row.place_name} {said(row)}" for row in rows.itertuples())


def said(row: Any) -> str:
    """Return a figure as it is said: a lone x says nothing to somebody who hears it."""
    return "döljs" if row.status in HIDDEN else str(row.display)
