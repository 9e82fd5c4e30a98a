"""What is measured: one model for an edition's indicators, the key figures of today and the series of the years."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oj.facts.catalog import Indicator, indicators
from oj.facts.key_figures import KeyFigure, key_figures
from oj.sources.history import SHARES, read_series
from oj.words.vocabulary import ANSWER_SCALES, Polarity

SHARE, COUNT = "share", "count"
OF_TODAY = {"percent": SHARE}  # Kolada's units that have another name here
"""Shares are 0-1 in the table, whatever their source has."""


@dataclass(frozen=True)
class Measure:
    """One measure: its names, where it stands in a report, its unit and what more its own catalogue says (`about`).

    `decimals` are those that are shown: of a share in per cent. `breaks` are the first periods that may not be compared
    with those before.
    """

    id: str
    title: str
    short: str
    phrase: str
    area: str
    table: str
    part: str
    unit: str
    decimals: int = 0
    polarity: Polarity = "none"
    is_background: bool = False
    breaks: tuple[str, ...] = ()
    about: Any = field(default=None, repr=False, compare=False)

    @property
    def is_answer(self) -> bool:
        """Whether a municipality answers in words, and a region has the share of Ja."""
        return self.unit in ANSWER_SCALES

    @property
    def is_share(self) -> bool:
        """Whether a region's value, or everybody's, is a share."""
        return self.is_answer or self.unit == SHARE


def of_edition(folder: Path) -> dict[str, Measure]:
    """Return the measures that an edition asks, in the order of the report."""
    return {name: _of_indicator(item) for name, item in indicators(folder).items()}


def _of_indicator(item: Indicator) -> Measure:
    return Measure(
        item.id, item.title, item.short, item.phrase, item.area, item.table, item.subarea, item.scale, item.decimals,
        item.polarity, item.is_background, about=item,
    )  # fmt: skip


def of_today(folder: Path) -> dict[str, Measure]:
    """Return the key figures of today, in the order of the catalogue."""
    return {name: _of_key_figure(item) for name, item in key_figures(folder).items()}


def _of_key_figure(item: KeyFigure) -> Measure:
    answers = "yes-partly-no" if "partly" in item.coding.values() else "yes-no"
    unit = answers if item.is_answer else OF_TODAY.get(item.unit, item.unit)
    return Measure(
        item.id, item.title, item.name, item.phrase, item.area, item.table, item.id, unit, item.decimals, item.polarity,
        breaks=tuple(str(one.year) for one in item.breaks), about=item,
    )  # fmt: skip


def of_the_years(folder: Path, breaks: Mapping[str, set[str]]) -> dict[str, Measure]:
    """Return what is followed over the years; `breaks` are the first editions after a break, by series."""
    return {
        row.series: Measure(
            row.series, row.title, row.short, row.phrase, row.area, row.area, row.series,
            SHARE if row.unit in SHARES else COUNT, breaks=tuple(sorted(breaks[row.series])), about=row,
        )
        for row in read_series(folder).itertuples()
    }  # fmt: skip
