"""Reached targets of results frames, for rooms that do not yet take Figures; see `oj.compare.reached`."""

from pathlib import Path

import pandas as pd

from oj.compare import reached as of_figures
from oj.facts.editions import of_results
from oj.figures.measures import of_edition
from oj.figures.schema import COLUMNS, Figures


def _figures(results: pd.DataFrame, folder: Path | None) -> Figures:
    home = of_results(results, folder)
    rows = results.rename(columns={"indicator": "measure", "edition": "period"}).reindex(columns=COLUMNS)
    return Figures(rows, of_edition(home), home.name, home, ())


def answers(results: pd.DataFrame, folder: Path | None = None) -> pd.DataFrame:
    """Return the rows of the answer indicators, with `table`, `reached` and `width`."""
    found = of_figures.answers(_figures(results, folder))
    return results.loc[found.index].assign(table=found["table"], reached=found["reached"], width=found["width"])


def reached(results: pd.DataFrame, by: str = "area", folder: Path | None = None) -> pd.DataFrame:
    """Return one row per place and `by` (area, table or edition): `reached` of those with a figure, and `width`."""
    figures = _figures(results, folder)
    if by != "edition":
        return of_figures.reached(figures, by)
    return of_figures.reached(figures).assign(edition=figures.edition).set_index("edition", append=True)


def against(results: pd.DataFrame, place: str, other: str, by: str, folder: Path | None = None) -> pd.DataFrame:
    """Return one row per `by`: targets `place` reached, `of` how many, `other`'s with its `width`, the difference."""
    return of_figures.against(_figures(results, folder), place, other, "" if by == "edition" else by)


def missed(results: pd.DataFrame, place: str, folder: Path | None = None) -> pd.DataFrame:
    """Return the rows of the targets that `place` answered and did not reach."""
    return answers(results, folder).loc[of_figures.missed(_figures(results, folder), place).index]


def comparable(results: pd.DataFrame, place: str, folder: Path | None = None) -> list[str]:
    """Return the report's municipalities of the same population group or municipality group as `place`."""
    return of_figures.comparable(_figures(results, folder), place)
