"""Words in other people's tables, compared without what differs by chance: spaces, line breaks, hyphens, case.

Which words there are stands in `words.yml`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from oj.facts.yaml_file import read_yaml
from oj.sources.files.cells import Cell
from oj.words.swedish import letters

WORDS = read_yaml(Path(__file__).with_name("words.yml"), "words.yml")
KEPT = 200  # signs of a text that is kept with what was made of it
PERCENT = re.compile(r"[(\[,]?\s*(?:andel\s+)?i?\s*(?:%|procent)(?=\W|$)\s*[)\]]?", re.IGNORECASE)
SAYS_PERCENT = re.compile(r"(?<![\d\s])\s*%|(?<!\d)(?<!\d\s)\bprocent\b|^\s*%", re.IGNORECASE)
CLAUSE = re.compile(r"(?:^|[.,:;(–-]\s*|\bi )(?:procent|%)\s*(?:[.,;:)]|$|\bav\b)", re.IGNORECASE)
SHARE = re.compile(r"\b0\s*[–-]\s*1\b(?!\s*(?:år|\d))|\bandel av 1\b", re.IGNORECASE)
OF_ONE = re.compile(r"[(\[,]\s*(?:andel\w*\s+)?0\s*[–-]\s*1\s*(?:[)\]]|$)", re.IGNORECASE)
FOOTNOTE = re.compile(r"(?:[\u00b9\u00b2\u00b3\u2070-\u2079*†]+|(?<=[a-zåäö)])\s?\d\))$", re.IGNORECASE)


AND = re.compile(r"\s*(?:[/,&–-]|\b(?:och|eller|samt)\b)\s*")
LONGEST_HEADING = 60  # letters of one that is written once over several columns


def squeezed(text: str) -> str:
    """Return a text's letters and figures only, so that hyphenation and line breaks do not matter."""
    return _squeezed(text) if len(text) <= KEPT else letters(text)


_squeezed = lru_cache(maxsize=20_000)(letters)


def plain(text: str) -> str:
    """Return a heading on one line, without soft hyphens, double spaces and the mark of a footnote."""
    return _plain(text) if len(text) <= KEPT else _plain.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    joined = re.sub(r"(?<=[a-zåäö])-[ \t]*\r?\n\s*(?=[a-zåäö])", "", text.replace("\u00ad", "").replace("\u200b", ""))
    return FOOTNOTE.sub("", " ".join(joined.split())).strip()


def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a name in `words.yml`."""
    return re.compile("|".join(WORDS["patterns"][name]), re.IGNORECASE)


def written(words: Iterable[str]) -> list[str]:
    """Return words squeezed, also as a program writes them that has no å, ä and ö.

    >>> written(["Värde"]), written(["Län"])
    (['varde', 'värde'], ['lan', 'län'])
    """
    own = [squeezed(word) for word in words]
    return [*(one.translate(BARE) for one in own), *own]


BARE = str.maketrans("åäöé", "aaoe")
TITLE = pattern("title_alone")
LISTS = {name: frozenset(written(words)) for name, words in WORDS["lists"].items()}
HEADINGS: dict[str, str] = {word: kind for kind, words in WORDS["headings"].items() for word in written(words)}
ROLES: dict[str, str] = {word: role for role, words in WORDS["roles"].items() for word in written(words)}
_FIRST = "".join({word[0] for word in {*HEADINGS, *LISTS["places_told"]}})
_OTHER = re.compile(rf"[\W_]*[^\W_{_FIRST}{_FIRST.upper()}]", re.ASCII)  # begins as no heading does


def is_one_of(name: str, text: str) -> bool:
    """Return whether a text is a word of a list in `words.yml`."""
    return squeezed(text) in LISTS[name]


def heading(cell: Cell) -> str:
    """Return what a column with a heading says of the places: "code", "name" or "county", "" for another heading.

    >>> heading("Kommunkod"), heading("Riket/län/kommun"), heading("Rike, län och kommun"), heading("Län")
    ('code', 'name', 'name', 'county')
    """
    if not isinstance(cell, str) or (cell.isascii() and _OTHER.match(cell)):
        return ""
    return HEADINGS.get(squeezed(plain(cell)), "") or _of_several(cell)


def _of_several(text: str) -> str:
    """Return "name" for a heading that is nothing but several levels of places, "" for another."""
    parts = AND.split(plain(text)) if len(text) <= LONGEST_HEADING else []
    return "name" if len(parts) > 1 and all(is_one_of("places_told", part) for part in parts) else ""


def value_column(headings: Mapping[int, str]) -> int | None:
    """Return which of some columns, by their headings, has the values of a table with a question on each row.

    It is the only one that is called results, or else the only one that is called shares, or numbers; None where none
    is, or where it may be several.

    >>> value_column({2: "Resultat, %", 3: "Antal"}), value_column({2: "Andel", 3: "Antal"}), value_column({4: "Antal"})
    (2, None, 4)
    """
    for name in ("results", "amounts"):
        own = [at for at, text in headings.items() if is_one_of(name, without_unit(text) or text)]
        if own:
            return own[0] if len(own) == 1 else None
    return None


def may_be_title(text: str) -> bool:
    """Return whether a text that stands alone over a table may be its title, and no heading of its columns.

    >>> may_be_title("Trygghet"), may_be_title("Tabell 2. Rutiner"), may_be_title("Resultat från enkäten")
    (False, True, True)
    """
    said = plain(text)
    return len(said) > LONGEST_HEADING or bool(TITLE.search(said)) or not squeezed(said)


def is_heading(cell: Cell) -> bool:
    """Return whether a cell is the heading of a column of codes or names."""
    return heading(cell) in ("code", "name")


def without_unit(text: str) -> str:
    """Return a heading without what it says of percent, or of shares of 1."""
    return PERCENT.sub("", OF_ONE.sub("", text)).strip(" ,;:–-")


def unit_told(heading: str, above: Sequence[str]) -> Literal["", "percent", "share"]:
    """Return the unit that a column's heading, or else the sheet's name or the table's title, says of its shares."""
    percent, share = bool(SAYS_PERCENT.search(heading)), bool(SHARE.search(heading))
    if not percent and not share:
        percent, share = any(map(CLAUSE.search, above)), any(map(SHARE.search, above))
    return "" if percent == share else "percent" if percent else "share"
