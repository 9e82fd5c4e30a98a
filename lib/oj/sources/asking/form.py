"""The sheet where a person says what a workbook's questions are: its marks, its columns and the words of its lists."""

import re
from collections.abc import Mapping

from oj.facts.catalog import Indicator
from oj.words.vocabulary import Polarity, Scale

SHEET, KNOWN, LISTS, ENDING = "Frågor", "Kända frågor", "Val", "-fragor.xlsx"
MARK = re.compile(r"ÖJ frågor ([a-z0-9-]+)")  # what the first cell says: the domain
KNOWN_MARK = "ÖJ kända frågor"  # what the first cell says of the sheet where a known question can change its area
HEAD, FIRST = 4, 5  # the rows of the headings and of the first question
TITLE, KEY = "Fråga", "Nyckel"
SAME, AREA, UNIT, DIRECTION, SINCE, SHORT, MEANING = (
    "Samma fråga som", "Område", "Enhet", "Riktning", "Jämförs från", "Kort namn", "Beskrivning",
)  # fmt: skip
BREAKS = "Brott i serien"
TOLD = (TITLE, "År", "Läst som", "Står nu under", "Mest lik tidigare fråga", "Det som skiljer", BREAKS)
ANSWERED = (SAME, AREA, UNIT, DIRECTION, SINCE, SHORT, MEANING)
COLUMNS = (*TOLD, *ANSWERED, KEY)
KNOWN_COLUMNS = (*TOLD[:4], BREAKS, AREA, SINCE, KEY)
LATER = frozenset((BREAKS, SINCE))  # columns that a sheet from an earlier version has not
ALL_YEARS = "alla år"
LIKE_NONE = "Ingen liknar den."
NEW = "ny fråga"
DIRECTIONS: Mapping[str, Polarity] = {
    "högre är bättre": "higher-better", "lägre är bättre": "lower-better", "ingen bedömning": "none",
}  # fmt: skip
UNITS: Mapping[str, tuple[Scale, float]] = {  # what numbers are, and what they are divided by
    "procent (0–100)": ("share", 100), "andel (0–1)": ("share", 1), "antal, kronor eller annat tal": ("ratio", 1),
    "timmar i veckan": ("hours-per-week", 1),
}  # fmt: skip
LONGEST: Mapping[str, int] = {SHORT: 40, MEANING: 400}  # signs


def mark(domain: str) -> str:
    """Return what the first cell of the sheet says."""
    return f"ÖJ frågor {domain}"


def asks_unit(item: Indicator) -> bool:
    """Return whether a question's unit is to be answered: its numbers may be of any kind."""
    return item.scale == "ratio"
