"""Figures under the names of `resultat.csv`: what the tests that judge by those names read."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

import oj
from oj.facts.catalog import Indicator
from oj.facts.editions import data_folder
from oj.facts.params import CURRENT, OVER_TIME
from oj.sources.limits import limits_of
from oj.tidy.measures import of_indicator
from oj.tidy.written import as_written
from oj.tidy.years import of_places


def results(
    county: str,
    edition: str = "",
    municipalities: str | Sequence[str] = (),
    compare_with: str | Sequence[str] = (),
    domain: str = "",
    reference_source: str = "",
    folder: Path | None = None,
) -> pd.DataFrame:
    """Return an edition's figures of a county."""
    figures = oj.figures(county, edition, municipalities, compare_with, domain, reference_source, folder)
    return as_written(figures)


def current(
    county: str,
    municipalities: str | Sequence[str] = (),
    compare_with: str | Sequence[str] = (),
    folder: Path | None = None,
) -> pd.DataFrame:
    """Return a county's key figures of today."""
    return results(county, CURRENT, municipalities, compare_with, folder=folder)


def observations(county: str, municipalities: str | Sequence[str] = (), folder: Path | None = None) -> pd.DataFrame:
    """Return all that is known of a county over the years."""
    return results(county, OVER_TIME, municipalities, folder=folder)


def series_of(places: Iterable[str], folder: Path | None = None) -> pd.DataFrame:
    """Return all that is known over the years of the nation and of places, by code."""
    figures = of_places(places, folder or data_folder())
    return as_written(figures)


def display(item: Indicator, value: float, answer: str, status: str) -> str:
    """Return a result as a reader sees it."""
    return replace(of_indicator(item), limits=limits_of()).shown(value, answer, status)
