"""What the sheets without results say: the titles of numbered indicators, what codes stand for, the years."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from oj.sources.files.cells import Sheet
from oj.sources.terms.coding import Coding, coding_of
from oj.sources.terms.words import WORDS, plain, squeezed

NUMBER = re.compile(WORDS["patterns"]["indicator_number"][0], re.IGNORECASE)
SHORTEST = 8  # letters of a title


@dataclass(frozen=True)
class Told:
    """The titles and the codings of numbered indicators, and the coding that is said of all."""

    titles: Mapping[str, str] = field(default_factory=dict)
    codings: Mapping[str, Coding] = field(default_factory=dict)
    coding: Coding = field(default_factory=dict)

    def title(self, text: str) -> str:
        """Return the title of a column that is headed by an indicator's number, "" where none is told."""
        found = NUMBER.fullmatch(plain(text))
        return self.titles.get(squeezed(found[0]), "") if found else ""

    def coding_for(self, words: Sequence[str], year: str) -> Coding:
        """Return what codes stand for in a column, by its own words, or else by what is told of it or of all."""
        own = [coding_of(one, year) for one in reversed(words)]
        named = [self.codings.get(squeezed(one), {}) for one in words]
        return next(filter(None, (*own, *named)), self.coding)


def told_by(sheets: Mapping[str, Sheet]) -> Told:
    """Return what sheets without results, and the notes around the tables of others, tell."""
    titles: dict[str, str] = {}
    codings: dict[str, Coding] = {}
    general: list[Coding] = []
    for sheet in sheets.values():
        for texts in sheet.texts.values():
            filled = [plain(one) for one in texts if one]
            number, title = _numbered(filled)
            coding = next(filter(None, map(coding_of, filled)), {})
            if number and title:
                titles.setdefault(squeezed(number), title)
            if coding and title:
                codings |= {squeezed(title): coding, squeezed(number or title): coding}
            elif coding:
                general.append(coding)
    one = general[0] if general and all(other == general[0] for other in general) else {}
    return Told(titles, codings, one)


def _numbered(texts: Sequence[str]) -> tuple[str, str]:
    """Return the number and the title of an indicator that a row is about, "" where it has none."""
    for at, text in enumerate(texts):
        if found := NUMBER.match(text):
            rest = text[found.end() :].strip(" .:–-")
            long = [one for one in (rest, *texts[at + 1 :]) if len(squeezed(one)) >= SHORTEST]
            return (found[0].rstrip(".:"), long[0]) if long else ("", "")
    first = [one for one in texts if len(squeezed(one)) >= SHORTEST and not coding_of(one)]
    return "", first[0] if len(texts) > 1 and first and len(first) == 1 else ""
