"""The one door for a notebook: the figures of a county, of an edition, of today or over the years.

Hidden figures are hidden already here: there is nothing behind.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from oj.compare.comparability import break_editions
from oj.doors.current import current
from oj.doors.observations import observations
from oj.doors.results import names_of, results
from oj.facts.editions import data_folder, domain_folder, edition_folder, is_edition
from oj.facts.key_figures import table_titles
from oj.facts.params import CURRENT, OVER_TIME
from oj.figures import measures
from oj.figures.schema import COLUMNS, TOTAL, Figures
from oj.sources.kolada.values import OWN
from oj.sources.origins import imported
from oj.words.vocabulary import PRELIMINARY

NUMBERS, TEXTS = ("low", "high", "numerator", "denominator", "of"), (
    "words", "answer", "passage", "note", "population", "direction", "trend", "improve",
)  # fmt: skip
KOLADA = "kolada"


def figures(  # noqa: PLR0913, PLR0917
    county: str,
    edition: str = "",
    municipalities: str | Sequence[str] = (),
    compare_with: str | Sequence[str] = (),
    domain: str = "",
    folder: Path | None = None,
) -> Figures:
    """Return the figures of a county: one row per measure, place, period, group and source, in the report's order.

    `edition` is a year, `aktuell` (what is fetched from Kolada, by year and gender) or `over-tid` (all that the sources
    tell of the years); without one the domain's own. Without `municipalities` all in the county that have any are in,
    before the nation, the county and those that it is compared with. Raises UserError where there is nothing to show.

    >>> answers = figures("Stockholm", municipalities=["Solna"]).of("socialjour").frame
    >>> answers["display"].str.replace(chr(160), " ").tolist()
    ['Ja', '72 %', '89 %']
    """
    counties = (county, *names_of(compare_with))
    if edition in (CURRENT, OVER_TIME):
        home = folder or data_folder()
        if not is_edition(home) or domain not in ("", home.parent.name):
            home = domain_folder(folder, domain)  # an edition's own folder has no other's figures
        made = _of_today if edition == CURRENT else _of_the_years
        return made(counties, municipalities, home)
    home = edition_folder(folder, str(edition), domain)
    return of_results(results(county, "", municipalities, compare_with, folder=home), home, counties)


def of_results(native: pd.DataFrame, home: Path, counties: tuple[str, ...]) -> Figures:
    """Return an edition's results as figures; `home` is its folder."""
    rows = native.rename(columns={"indicator": "measure", "edition": "period"})
    rows = rows.assign(method=_methods(rows["source"], home), group=TOTAL)
    return Figures(
        _table(rows), measures.of_edition(home), home.name, home, counties, measures.headings_of(home), native=native
    )


def _of_today(counties: tuple[str, ...], municipalities: str | Sequence[str], home: Path) -> Figures:
    native = current(counties[0], municipalities, counties[1:], home)
    known = measures.of_today(home)
    rows = native.rename(columns={"indicator": "measure", "gender": "group"})
    rows = rows.assign(
        period=rows["year"].astype(str), title=rows["measure"].map({key: one.title for key, one in known.items()})
    )
    shares = rows["measure"].map({key: one.is_share for key, one in known.items()}) & ~_coded(rows, known)
    rows["answer"] = [
        known[name].about.coding[f"{value:g}"] if coded and status == "observed" else None
        for name, value, coded, status in zip(
            rows["measure"], rows["value"], _coded(rows, known), rows["status"], strict=True
        )
    ]
    values = rows["value"].mask(_coded(rows, known))
    rows["value"] = values.where(~shares, (values / 100).round(6))
    own = rows["source"] == OWN
    rows = rows.assign(
        method=own.map({True: "mean", False: "published"}), source=KOLADA, of=rows["count"].astype("float64")
    )
    return Figures(_table(rows), known, CURRENT, home, counties, table_titles(home), native=native)


def _coded(rows: pd.DataFrame, known: dict[str, measures.Measure]) -> pd.Series:
    """Return which rows are a municipality's answer, in Kolada's code for it."""
    return rows["measure"].map({key: one.is_answer for key, one in known.items()}).astype(bool) & (
        rows["source"] != OWN
    )


def _of_the_years(counties: tuple[str, ...], municipalities: str | Sequence[str], home: Path) -> Figures:
    native = observations(counties[0], municipalities, home)
    rows = native.rename(columns={"series": "measure", "edition": "period", "qualifier": "words"})
    rows = rows.assign(method=_methods(rows["source"], home), group=TOTAL)
    known = measures.of_the_years(home, break_editions(home))
    shown = {name: one for name, one in known.items() if name in set(rows["measure"])}
    return Figures(_table(rows), shown, OVER_TIME, home, counties, native=native)


def _methods(sources: pd.Series, folder: Path) -> pd.Series:
    """Return how each row's source came to its figures: published, imported or preliminary."""
    read_in = {*imported(folder)}
    return sources.map(
        lambda name: "preliminary" if name.startswith(PRELIMINARY) else "imported" if name in read_in else "published"
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with all the table's columns, empty where their source has none."""
    lacking = {name: float("nan") for name in NUMBERS if name not in rows} | {
        name: "" for name in TEXTS if name not in rows
    }
    made = rows.assign(**lacking).assign(segment=rows.get("segment", 0))
    return made.fillna(dict.fromkeys(TEXTS, ""))[COLUMNS]
