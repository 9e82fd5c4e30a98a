"""The results behind the report, for those who want to count on: one row per indicator and place."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from oj.disclosure.ledger import APART
from oj.facts.datapackage import read_table
from oj.present.followed import origins_of
from oj.publish.files.spreadsheet import spreadsheet
from oj.tidy.schema import Figures
from oj.tidy.written import apart_as_written, as_written
from oj.words.plain_text import COMPUTED

OF_MEASURE = ("title", "question", "rule")
OF_SOURCE = ("title", "publisher", "year", "address", "file", "date")
ADDED = (
    *OF_MEASURE, "base", "measured_on", "why", "passage", "correction", "how",
    *(f"source_{name}" for name in OF_SOURCE),
)  # fmt: skip


def table_of(figures: Figures) -> pd.DataFrame:
    """Return the rows of `resultat.csv`; a figure that is hidden, lacking or not exact has no value.

    An edition's municipalities' groups stand last, as rows of the area bakgrund.
    """
    rows = as_written(figures)
    if not figures.is_current and not figures.is_over_time:
        rows = pd.concat([rows, group_rows(figures, rows)], ignore_index=True)
    return rows.drop(columns=["domain", "phrase"], errors="ignore")


def write_data(figures: Figures, about: Mapping[str, Any], report: Path) -> None:
    """Write a report's figures into its folder: for programs, for a Swedish Excel, and as a workbook.

    The workbook of key figures of today has each one's latest year; the tables have all.
    """
    table, shown = table_of(figures), figures.latest() if figures.is_current else figures
    write_csv(figures, table, report / "resultat.csv")
    write_texts(table, report / "resultat-excel.csv", sep=";", decimal=",", encoding="utf-8-sig")
    rows = table_of(shown) if figures.is_current else table
    book = spreadsheet(shown, with_sources(shown, rows), about)
    (report / "resultat.xlsx").write_bytes(book)


def with_sources(figures: Figures, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `table_of` with where each figure comes from, in the columns of `ursprung.csv`.

    What `rows` have themselves is left as it is, their status is told in words as `why`, and of no figure of the
    report there is no column.
    """
    known = origins_of(figures, figures.frame.index)
    told = [
        {**record, "why": record.get("status", "")}
        | {name: known["measures"].get(record["measure"], {}).get(name, "") for name in OF_MEASURE}
        | {f"source_{name}": text for name, text in known["sources"].get(record.get("source", ""), {}).items()}
        for record in (known["rows"][str(at)] for at in figures.frame.index)
    ]
    columns = [name for name in ADDED if name not in rows]
    added = pd.DataFrame(told, index=rows.index[: len(told)]).reindex(columns=columns).replace("", None)
    return rows.join(added.dropna(axis="columns", how="all"))


def write_csv(figures: Figures, table: pd.DataFrame, target: Path) -> None:
    """Write the table as programs read it, and what women and men have apart in a file of its own beside it."""
    write_texts(table, target)
    if (apart := apart_as_written(figures)) is not None:
        write_texts(apart.drop(columns=["domain", "phrase"], errors="ignore"), target.with_name(APART))


def write_texts(table: pd.DataFrame, target: Path, sep: str = ",", decimal: str = ".", encoding: str = "utf-8") -> None:
    """Write a table as CSV, with comma and point as programs read it, unless others are said.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    texts = table.select_dtypes(exclude="number")
    kept = {str(name): texts[name].map(plain_text, na_action="ignore") for name in texts}
    plain = table.assign(**kept)
    plain.to_csv(target, sep=sep, decimal=decimal, index=False, encoding=encoding, lineterminator="\n")


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
