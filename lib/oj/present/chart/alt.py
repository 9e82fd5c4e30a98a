"""Alt texts: what a chart shows, in the same figures, for those who cannot see it."""

from pathlib import Path
from typing import Any

import pandas as pd

from oj.compare.change import first_comparable
from oj.doors.current import full_name, unit_words
from oj.facts.catalog import Indicator
from oj.facts.editions import domain_of, of_results
from oj.facts.key_figures import KeyFigure
from oj.present.table.current import UNITS
from oj.words.swedish import listing
from oj.words.vocabulary import HIDDEN


def describe_answers(rows: pd.DataFrame, shown: list[Indicator], folder: Path | None = None) -> str:
    """Return a sentence per indicator with the share of every region and the municipalities' Ja.

    >>> from oj.doors.results import results
    >>> from oj.facts.catalog import in_subarea
    >>> text = describe_answers(results("Jönköping"), in_subarea("utanfor-kontorstid"))
    >>> text.replace(chr(160), " ")
    'Andel kommuner och stadsdelar med Ja. Socialjour: Riket 72 %, Jönköpings län 42 %.'
    """
    who = domain_of(of_results(rows, folder)).answering
    return " ".join([f"Andel {who} med Ja.", *(_answers(rows, item) for item in shown)])


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


def describe_years(rows: pd.DataFrame, item: KeyFigure) -> str:
    """Return a panel in words: each line but the faint ones, each unbroken part from its first year to its last."""
    lines = []
    faint = rows.loc[rows["level"] == "municipality", "place"].nunique() > 1
    wanted = ["one", "county", "nation"] if faint else ["one", "municipality", "county", "nation"]
    for level in wanted:
        for name, part in rows[(rows["level"] == level) & rows["value"].notna()].groupby("place_name", sort=False):
            lines.append(f"{name} {', '.join(_line_told(part.sort_values('year'), item))}")
    return f"{full_name(item)} ({UNITS[item.unit]}): {'; '.join(lines)}."


def _line_told(line: pd.DataFrame, item: KeyFigure) -> list[str]:
    """Return a line's unbroken parts in order, each by its first year and its last, and the breaks between them."""
    starts = [one.year for one in item.breaks]
    told: list[str] = []
    before = line["year"].min()
    for _, part in line.groupby(line["year"].map(lambda year: first_comparable(starts, year))):
        ends = part.iloc[[0, -1]].drop_duplicates("year")
        told += [f"brott {start}" for start in starts if before < start <= ends["year"].iloc[0]]
        told += [
            f"{unit_words(item, value)} år {year}" for year, value in zip(ends["year"], ends["value"], strict=True)
        ]
        before = ends["year"].iloc[-1]
    return told
