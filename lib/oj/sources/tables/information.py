"""What the sheets without results say: the titles of numbered indicators, what codes stand for, the years."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from oj.sources.files.cells import Sheet
from oj.sources.terms.coding import Coding, coding_of, may_code, without_coding
from oj.sources.terms.legend import Legend
from oj.sources.terms.words import WORDS, is_one_of, pattern, plain, squeezed

NUMBER = re.compile(WORDS["patterns"]["indicator_number"][0], re.IGNORECASE)
BARE, OF_INDICATOR = re.compile(r"\d{1,3}[a-z]?", re.IGNORECASE), pattern("of_indicator")
IN_SHARES = re.compile(r"^(?:andel|procent)\b|\bi procent\b|^%$", re.IGNORECASE)
OF_ALL = pattern("coding_of_all")
TITLES = ("questions", "titles")
SHORTEST = 8  # letters of a title
LATEST = "9"  # after every year


@dataclass(frozen=True)
class Told:
    """The titles and the codings of numbered indicators, as they are written, and the coding that is said of all.

    `is_unsure` where several codings are said of all, or one that cannot be read. `answers` are the words that known
    questions are answered in, and `legend` is what the file's signs mean.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    codings: Mapping[str, str] = field(default_factory=dict)
    coding: str = ""
    is_unsure: bool = False
    shares: Collection[str] = ()
    answers: Collection[str] = ()
    legend: Legend = field(default_factory=dict)

    def title(self, text: str) -> str:
        """Return the title of a column that is headed by an indicator's number, "" where none is told."""
        found = NUMBER.fullmatch(plain(text))
        if not found:
            return ""
        bare = OF_INDICATOR.sub("#", found[0].strip(".:"))
        return self.titles.get(squeezed(found[0]), "") or self.titles.get(bare, "")

    def is_share(self, words: Sequence[str]) -> bool:
        """Return whether what is told of a question says that its numbers are shares."""
        return any(squeezed(one) in self.shares for one in words)

    def coding_for(self, words: Sequence[str], year: str) -> Coding:
        """Return what codes stand for in a column, by its own words, or else by what is told of it or of all."""
        own = [coding_of(one, year) for one in reversed(words)]
        named = [coding_of(self.codings.get(squeezed(one), ""), year) for one in words]
        return next(filter(None, (*own, *named)), coding_of(self.coding, year))


@dataclass
class _Found:
    """What has been found so far; `last` is the indicator that the row above is of, and the column of its title."""

    titles: dict[str, str] = field(default_factory=dict)
    codings: dict[str, str] = field(default_factory=dict)
    general: dict[str, None] = field(default_factory=dict)
    shares: dict[str, None] = field(default_factory=dict)
    last: tuple[str, int] = ("", -1)


def told_by(sheets: Mapping[str, Sheet]) -> Told:
    """Return what sheets without results, and the notes around the tables of others, tell."""
    found = _Found()
    for sheet in sheets.values():
        columns: dict[int, str] = {}
        found.last = ("", -1)
        for row, filled in sheet.filled.items():
            texts = {at: plain(sheet.texts[row][at]) for at in filled}
            heads = {at: _head(text) for at, text in texts.items() if _head(text)}
            if len(heads) > 1 and not any(NUMBER.match(text) for text in texts.values()):
                columns = heads
            _add(found, texts, columns)
    codings = {str(sorted(coding_of(one, LATEST).items())) for one in found.general if coding_of(one, LATEST)}
    one = next((text for text in found.general if coding_of(text, LATEST)), "")
    is_unsure = len(codings) > 1 or (not one and bool(found.general))
    return Told(found.titles, found.codings, one if len(codings) == 1 else "", is_unsure, tuple(found.shares))


def _head(text: str) -> str:
    """Return what a column of a table of indicators has by its heading: "number" or "title", "" for another."""
    if is_one_of("numbers", text):
        return "number"
    return "title" if any(is_one_of(name, text) for name in TITLES) else ""


def _add(found: _Found, texts: Mapping[int, str], columns: Mapping[int, str]) -> None:
    """Add what a row tells to what is found."""
    number, at = _numbered(texts, columns)
    if not number and len(texts) == 1 and found.last[0] and found.last[1] in texts:
        _add_below(found, texts[found.last[1]])
        return
    said = next((one for one in texts.values() if coding_of(one, LATEST)), "")
    title = "" if _is_of_all(texts.get(at, "")) else texts.get(at, "")
    if number:
        found.last = (squeezed(title or number), at)
    if number and title:
        title = NUMBER.sub("", title, count=1).strip(" .:–-") if NUMBER.match(title) else title
        found.titles.setdefault(number, title)
    elif not number:
        found.last = ("", -1)
    if title and any(IN_SHARES.search(text) for column, text in texts.items() if column != at):
        found.shares[squeezed(title)] = None
    if said and title:
        found.codings |= {squeezed(title): said, number or squeezed(title): said}
    elif said or (len(texts) == 1 and may_code(" ".join(texts.values()))):
        found.general[said or next(iter(texts.values()))] = None
        if said and len(squeezed(without_coding(said))) >= SHORTEST and not _is_of_all(said):
            found.codings.setdefault(squeezed(without_coding(said)), said)  # a question's own, if it is its title


def _is_of_all(text: str) -> bool:
    """Return whether what stands where a title would says the coding of all: ”Svar”, ”Svaren är kodade: Ja = 1”."""
    bare = without_coding(text)
    return is_one_of("coding_labels", text) or bool(coding_of(text, LATEST) and (not bare or OF_ALL.search(bare)))


def _add_below(found: _Found, text: str) -> None:
    """Add a row below an indicator's: its title goes on, or it tells the coding."""
    name, at = found.last
    if coding_of(text, LATEST):
        found.codings[name] = text
    elif text[:1].islower():
        for number, title in found.titles.items():
            if squeezed(title) == name:
                found.titles[number] = f"{title} {text}"
        found.last = (name + squeezed(text), at)


def _numbered(texts: Mapping[int, str], columns: Mapping[int, str]) -> tuple[str, int]:
    """Return the number of the indicator that a row is about, and the column of its title: "" and -1 for none."""
    own = [at for at, kind in columns.items() if kind == "title"]
    for at, text in texts.items():
        if found := NUMBER.match(text):
            rest = text[found.end() :].strip(" .:–-")
            named = [one for one in own if one in texts and one != at]
            after = [one for one in texts if one > at and len(squeezed(texts[one])) > len("x1")]
            long = [one for one in after if len(squeezed(texts[one])) >= SHORTEST] or after
            return squeezed(found[0]), next(iter([*([at] if len(squeezed(rest)) >= SHORTEST else named + long)]), -1)
    first = next(iter(texts), -1)
    if BARE.fullmatch(texts.get(first, "")) and columns.get(first) == "number" and own and own[0] in texts:
        return f"#{texts[first]}", own[0]
    long = [at for at, one in texts.items() if len(squeezed(one)) >= SHORTEST and not coding_of(one, LATEST)]
    return "", long[0] if len(texts) > 1 and len(long) == 1 else own[0] if own and own[0] in texts else -1
