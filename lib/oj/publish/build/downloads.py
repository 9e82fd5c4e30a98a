"""The results behind the report, for those who want to count on: one row per indicator and place."""

from pathlib import Path

import pandas as pd

from oj.disclosure.ledger import APART
from oj.facts.datapackage import read_table
from oj.tidy.schema import Figures
from oj.tidy.written import apart_as_written, as_written
from oj.words.plain_text import COMPUTED


def write_csv(figures: Figures, target: Path) -> None:
    """Write `resultat.csv`, tidy and in UTF-8; a figure that is hidden, lacking or not exact is an empty cell.

    An edition's municipalities' groups stand last, as rows of the area bakgrund. What women and men have apart is in a
    file of its own beside it, that no total is mixed with.
    """
    rows = as_written(figures)
    if not figures.is_current and not figures.is_over_time:
        rows = pd.concat([rows, group_rows(figures, rows)], ignore_index=True)
    for table, file in ((rows, target), (apart_as_written(figures), target.with_name(APART))):
        if table is not None:
            write_texts(table.drop(columns=["domain", "phrase"], errors="ignore"), file)


def write_texts(table: pd.DataFrame, target: Path) -> None:
    """Write a table as CSV; a text that a spreadsheet would take for a formula has an apostrophe before it."""
    texts = table.select_dtypes(exclude="number")
    kept = {str(name): texts[name].map(plain_text, na_action="ignore") for name in texts}
    table.assign(**kept).to_csv(target, index=False, encoding="utf-8", lineterminator="\n")


def plain_text(text: object) -> object:
    """Return a text as no spreadsheet computes it.

    >>> plain_text("=1+1"), plain_text("Solna")
    ("'=1+1", 'Solna')
    """
    return f"'{text}" if isinstance(text, str) and text.startswith(COMPUTED) else text


def group_rows(figures: Figures, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the groups of an edition's municipalities as rows of the same form as `rows`, the class as value."""
    folder = figures.folder
    places = rows[rows["level"] == "municipality"].drop_duplicates("place")[["place", "place_name", "level"]]
    titles = read_table("classifications", folder)[["classification", "order", "title"]]
    groups = read_table("groups", folder)
    groups = groups[groups["edition"] == figures.edition].merge(places, on="place").merge(titles, on="classification")
    position = groups["place"].map({code: at for at, code in enumerate(places["place"])})
    ordered = groups.assign(position=position).sort_values(["order", "position"])
    return ordered.assign(
        area="bakgrund",
        subarea="grupper",
        indicator=ordered["classification"],
        value=ordered["class"].astype(float),
        answer=None,
        status="observed",
        numerator=float("nan"),
        denominator=float("nan"),
        display=ordered["class"].astype(str),
        domain=folder.parent.name,
    )[list(rows.columns)]
