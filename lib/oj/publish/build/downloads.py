"""The results behind the report, for those who want to count on: one row per indicator and place."""

from pathlib import Path

import pandas as pd

from oj.facts.datapackage import read_table
from oj.facts.editions import of_results
from oj.forms.style import COMPUTED


def write_csv(results: pd.DataFrame, target: Path) -> None:
    """Write `resultat.csv`, tidy and in UTF-8; a figure that is hidden or lacking is an empty cell.

    The municipalities' groups stand last, as rows of the area bakgrund.
    """
    together = pd.concat([results, group_rows(results)], ignore_index=True).drop(columns="domain")
    write_texts(together, target)


def write_texts(table: pd.DataFrame, target: Path) -> None:
    """Write a table as CSV; a text that a spreadsheet would take for a formula has an apostrophe before it."""
    texts = table.select_dtypes(exclude="number")
    kept = {name: texts[name].map(plain_text, na_action="ignore") for name in texts}
    table.assign(**kept).to_csv(target, index=False, encoding="utf-8", lineterminator="\n")


def plain_text(text: object) -> object:
    """Return a text as no spreadsheet computes it.

    >>> plain_text("=1+1"), plain_text("Solna")
    ("'=1+1", 'Solna')
    """
    return f"'{text}" if isinstance(text, str) and text.startswith(COMPUTED) else text


def group_rows(results: pd.DataFrame, folder: Path | None = None) -> pd.DataFrame:
    """Return the groups of the results' municipalities as rows of the same form, the class as value.

    >>> from oj.doors.results import results
    >>> group_rows(results("Stockholm", municipalities="Sigtuna"))["display"].tolist()
    ['3', '5']
    """
    folder = of_results(results, folder)
    places = results[results["level"] == "municipality"].drop_duplicates("place")[["place", "place_name", "level"]]
    titles = read_table("classifications", folder)[["classification", "order", "title"]]
    groups = read_table("groups", folder)
    groups = (
        groups[groups["edition"].isin(results["edition"])].merge(places, on="place").merge(titles, on="classification")
    )
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
    )[list(results.columns)]
