"""Words that say that figures are of only a part: girls, an age, another year, a change; and columns that say so."""

import re
from collections.abc import Iterable

from oj.sources.terms.words import WORDS, pattern, plain, squeezed

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
BOTH, PARTS, AMOUNTS, SCALES, DATE, TERM = map(pattern, ("both", "parts", "amounts", "scales", "date", "term"))
MADE = re.compile(rf"{WORDS['patterns']['made'][0]}(?:{DATE.pattern}|{YEAR.pattern})", re.IGNORECASE)
LONGEST_BEFORE = 2  # years from what an edition's figures are of to its own


def part(text: str, own: Iterable[str] = ()) -> str:
    """Return the word of a text that says that figures are of only a part, "" where none does.

    `own` are the texts of what the figures are meant to be, whose words say nothing more.
    """
    said = " ".join(map(squeezed, own))
    left = BOTH.sub(" ", plain(text).casefold())
    return next((found[0] for found in PARTS.finditer(left) if squeezed(found[0]) not in said), "")


def scale(text: str, own: Iterable[str] = ()) -> str:
    """Return the word of a title that says that its numbers are on another scale than `own`, "" where none does."""
    found = SCALES.search(text)
    return found[0].casefold() if found and not any(found[0].casefold() in one.casefold() for one in own) else ""


def years(text: str) -> list[str]:
    """Return the years that a text names, not those of dates."""
    return YEAR.findall(DATE.sub(" ", text))


def headline_years(text: str, edition: str) -> list[str]:
    """Return the years that a title says that its figures are of: not that of a print, nor the edition's own dates."""
    left = MADE.sub(" ", text)
    dates = [year for found in DATE.finditer(left) for year in YEAR.findall(found[0])]
    other = [year for year in dates if not 0 <= int(edition) - int(year) <= LONGEST_BEFORE]
    return [*other, *years(left), *(f"20{short}" for short in TERM.findall(left))]


def column_part(levels: Iterable[str], own: Iterable[str], edition: str) -> str:
    """Return what in a column's headings says that it is of a part, an amount or another year; "" where nothing does.

    `own` are the texts of the indicator that it is meant to be.
    """
    own = list(own)
    said = " ".join(map(squeezed, own))
    for level in levels:
        if found := part(level, own) or scale(level, own):
            return found
        if AMOUNTS.fullmatch(plain(level)) and squeezed(level) not in said:
            return plain(level).casefold()
        if other := next((year for year in YEAR.findall(level) if year != edition and year not in said), ""):
            return str(other)
    return ""
