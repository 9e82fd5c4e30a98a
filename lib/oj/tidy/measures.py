"""What is measured: one model for an edition's indicators, the key figures of today and the series of the years."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from oj.facts.catalog import Indicator, indicators
from oj.facts.datapackage import read_table
from oj.facts.key_figures import KeyFigure, key_figures
from oj.sources.history import SHARES, read_series, stated_decimals
from oj.sources.limits import limits_of
from oj.words.frames import each_row
from oj.words.limits import EditionLimits
from oj.words.swedish import NO_BREAK_SPACE, capital, number, percent
from oj.words.vocabulary import ANSWER_SCALES, ANSWER_WORDS, Polarity

SHARE, COUNT = "share", "count"
CONTEXT = "ovriga"  # the area of what is followed over the years beside the domain's own
ABSENT = "–"  # no mean of too few
SPAN = re.compile(r"(?<=\d)-(?=\d)")  # 44-64 as 44–64
OF_TODAY = {"percent": SHARE}  # Kolada's units that have another name here; shares are 0-1 in the table
PER_1000 = f"per 1{NO_BREAK_SPACE}000"
UNIT_WORDS = {  # over a column or an axis, and after a figure
    SHARE: ("andel", "%"),
    "per-1000": (PER_1000, PER_1000),
    "days": ("dagar", "dagar"),
    "persons": ("antal", "invånare"),
    "answers": ("antal", "svar"),
    "kr-per-inhabitant": ("kr per invånare", "kr"),
    "hours-per-week": ("timmar per vecka", "timmar per vecka"),
} | dict.fromkeys(ANSWER_SCALES, ("svar", "%"))
COUNTED = ("persons", "answers")  # what a place has more of the larger it is
NAMED = (("tables", "table", "short"), ("subareas", "subarea", "name"), ("areas", "area", "name"))


@dataclass(frozen=True)
class Earlier:
    """The earlier edition that a measure is beside; without one `why` it is beside none: new, break or persons."""

    edition: str
    why: str = ""


@dataclass(frozen=True)
class Measure:
    """One measure: its names, where it stands in a report, its unit and what more its own catalogue says (`about`).

    `decimals` are those that are shown: of a share in per cent. `full_name` is understood beside measures of other
    tables. `breaks` are the first periods that may not be compared with those before. `in_points` is whether its
    figures are told apart by percentage points, as shares of those who answered are, else by a tenth of the other.
    `of_survey` is of what tells of a survey, as how many answered, and is no result. `limits` are what its edition does
    not show.
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
    in_points: bool = False
    full_name: str = ""
    breaks: tuple[str, ...] = ()
    of_survey: bool = False
    limits: EditionLimits = field(default_factory=EditionLimits)
    about: Any = field(default=None, repr=False, compare=False)

    @property
    def is_answer(self) -> bool:
        """Whether a municipality answers in words, and a region has the share of Ja."""
        return self.unit in ANSWER_SCALES

    @property
    def is_target(self) -> bool:
        """Whether a Ja is a target reached: not where nobody has said that it is better than a Nej."""
        return self.is_answer and self.polarity == "higher-better"

    @property
    def is_share(self) -> bool:
        """Whether a region's value, or everybody's, is a share."""
        return self.is_answer or self.unit == SHARE

    @property
    def is_count(self) -> bool:
        """Whether a place has more of it the larger it is, so that nothing can be told of by comparing places."""
        return self.unit in COUNTED

    def says_something(self, level: str) -> bool:
        """Return whether a region's figure does: a mean of inhabitants, or of how many answered, says nothing."""
        return level == "municipality" or not self.is_count or (self.unit == "persons" and level != "group")

    @property
    def unit_word(self) -> str:
        """What its figures are, as it stands over a column: andel, dagar; nothing for a lone ratio."""
        return UNIT_WORDS.get(self.unit, ("", ""))[0]

    def told(self, value: float) -> str:
        """Return a figure with its unit as it is read in a sentence: 81 %, 3,2 per 1 000, 118 dagar."""
        text = number(self.as_read(value), self.decimals)
        return f"{text}{NO_BREAK_SPACE}{UNIT_WORDS[self.unit][1]}" if self.unit in UNIT_WORDS else text

    def as_read(self, value: float) -> float:
        """Return a value in the unit that it is read in: a share in per cent."""
        return round(value * 100, 6) if self.is_share else value

    def breaks_between(self, first: int, last: int) -> list[int]:
        """Return the breaks after the first year and not later than the last."""
        return [int(start) for start in self.breaks if first < int(start) <= last]

    def shown(
        self, value: float, answer: str = "", status: str = "observed", *, words: str = "", is_mean: bool = False
    ) -> str:
        """Return a figure as a reader sees it: Ja, 59 %, 4,8, the source's words, or the sign of why there is none.

        A mean that we have computed ourselves has a star, and a dash where there are too few for one.
        """
        if status != "observed":
            return ABSENT if is_mean else self.limits.statuses[status].sign
        if answer or words:
            return self.answer_words[answer] if answer else SPAN.sub("–", words)
        told = percent(value, self.decimals) if self.is_share else number(value, self.decimals)
        return f"{told}*" if is_mean else told

    @property
    def answer_words(self) -> Mapping[str, str]:
        """The words of its answers: Ja, Delvis, Nej, or its own."""
        own: Mapping[str, str] = getattr(self.about, "answer_words", ANSWER_WORDS)
        return own


def of_edition(folder: Path) -> dict[str, Measure]:
    """Return the measures that an edition asks, in the order of the report."""
    limits = limits_of(folder)
    return {name: replace(of_indicator(item), limits=limits) for name, item in indicators(folder).items()}


def of_indicator(item: Indicator) -> Measure:
    """Return an edition's indicator as a measure."""
    return Measure(
        item.id, item.title, item.short, item.phrase, item.area, item.table, item.subarea, item.scale, item.decimals,
        item.polarity, item.is_background, item.is_answer or item.scale == SHARE,
        capital(item.phrase.strip("”")), about=item,
    )  # fmt: skip


def of_today(folder: Path) -> dict[str, Measure]:
    """Return the key figures of today, in the order of the catalogue."""
    return {name: of_key_figure(item) for name, item in key_figures(folder).items()}


def of_key_figure(item: KeyFigure) -> Measure:
    """Return a key figure of today as a measure."""
    answers = "yes-partly-no" if "partly" in item.coding.values() else "yes-no"
    unit = answers if item.is_answer else OF_TODAY.get(item.unit, item.unit)
    full = f"{item.asked}: {item.name[:1].lower()}{item.name[1:]}" if item.asked else item.name
    points = item.is_answer or (unit == SHARE and item.polarity == "higher-better")
    return Measure(
        item.id, item.title, item.name, item.phrase, item.area, item.table, item.id, unit, item.decimals, item.polarity,
        in_points=points, full_name=full, breaks=tuple(str(one.year) for one in item.breaks),
        of_survey=item.of_survey, about=item,
    )  # fmt: skip


def of_the_years(folder: Path, breaks: Mapping[str, set[str]]) -> dict[str, Measure]:
    """Return what is followed over the years; `breaks` are the first editions after a break, by series."""
    decimals = stated_decimals(folder)
    return {
        row.series: Measure(
            row.series, row.title, row.short, row.phrase, row.area, row.area, row.series,
            SHARE if row.unit in SHARES else COUNT, decimals.get(str(row.series), 0), in_points=row.unit in SHARES,
            full_name=capital(str(row.title)), breaks=tuple(sorted(breaks[row.series])), about=row,
        )
        for row in each_row(read_series(folder))
    }  # fmt: skip


def headings_of(folder: Path) -> dict[str, str]:
    """Return what an edition's tables, parts and areas are called."""
    tables = [read_table(table, folder).set_index(key)[name] for table, key, name in NAMED]
    return {str(key): str(name) for table in tables for key, name in table.items()}


def table_names(folder: Path) -> dict[str, str]:
    """Return the short names of an edition's tables."""
    return {row.table: row.short for row in each_row(read_table("tables", folder))}
