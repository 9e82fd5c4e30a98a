"""Words in other people's tables, compared without what differs by chance: spaces, line breaks, hyphens, case."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from oj.sources.files.cells import Cell, shown

CODES = (
    "Kommunkod", "K-kod", "Kommun-/stadsdels-kod", "Kommun-/stadsdelskod", "Kommun/stadsdelskod", "Stadsdelskod",
    "Kommunkod/stadsdelskod", "Kommun- och stadsdelskod", "Kod", "Kommunnr", "Kommunnummer", "Knr", "Regionkod",
    "Områdeskod", "Kommun kod", "place", "plats",
)  # fmt: skip
NAMES = (
    "Kommun", "Kommunnamn", "Namn", "Kommun/stadsdel", "Kommun/län", "Kommunens namn", "Område", "Region", "Stadsdel",
    "Kommun eller stadsdel", "Kommun, län", "Kommun och län", "Kommun/stadsdelsnamn", "Ort", "place_name",
    "Radetiketter",
)  # fmt: skip
COUNTIES = ("Län", "Länsnamn", "Länskod", "Län kod", "Länets namn")
NATIONS = ("Riket", "Sverige", "Hela riket", "Hela landet", "Totalt riket", "Riket totalt")
KEPT = 200  # signs of a text that is kept with what was made of it
PERCENT = re.compile(r"[(\[,]?\s*(?:andel\s+)?i?\s*(?:%|procent)(?=\W|$)\s*[)\]]?", re.IGNORECASE)
CLAUSE = re.compile(r"(?:^|[.,:;(–-]\s*|\bi )(?:procent|%)\s*(?:[.,;:)]|$|\bav\b)", re.IGNORECASE)
SHARE = re.compile(r"\b0\s*[–-]\s*1\b(?!\s*(?:år|\d))|\bandel av 1\b", re.IGNORECASE)
OF_ONE = re.compile(r"[(\[,]\s*(?:andel\w*\s+)?0\s*[–-]\s*1\s*(?:[)\]]|$)", re.IGNORECASE)
FOOTNOTE = re.compile(r"(?:[\u00b9\u00b2\u00b3\u2070-\u2079*†]+|(?<=[a-zåäö)])\s?\d\))$", re.IGNORECASE)
LETTERED = re.compile(r"^([a-z])[).:]\s+(?=\S)", re.IGNORECASE)


def squeezed(text: str) -> str:
    """Return a text's letters and figures only, so that hyphenation and line breaks do not matter.

    >>> squeezed("Barn- och ungdoms-\\nmedicin\\u00a0"), squeezed("K-kod")
    ('barnochungdomsmedicin', 'kkod')
    """
    return _squeezed(text) if len(text) <= KEPT else _squeezed.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _squeezed(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def plain(text: str) -> str:
    """Return a heading on one line, without soft hyphens, double spaces and the mark of a footnote.

    >>> plain("Social\\u00a0jour-\\nverksamhet\\u00b9"), plain("BBIC 1)")
    ('Social jourverksamhet', 'BBIC')
    """
    return _plain(text) if len(text) <= KEPT else _plain.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    joined = re.sub(r"(?<=[a-zåäö])-[ \t]*\r?\n\s*(?=[a-zåäö])", "", text.replace("\u00ad", "").replace("\u200b", ""))
    return FOOTNOTE.sub("", " ".join(joined.split())).strip()


def without_unit(text: str) -> str:
    """Return a heading without what it says of percent, or of shares of 1.

    >>> without_unit("Andel barn (%)"), without_unit("Alla, procent"), without_unit("Alla (0–1)")
    ('Andel barn', 'Alla', 'Alla')
    """
    return PERCENT.sub("", OF_ONE.sub("", text)).strip(" ,;:–-")


def says_percent(text: str) -> bool:
    """Return whether a heading says that its numbers are percent.

    >>> says_percent("Andel i procent"), says_percent("(%)"), says_percent("fler än 20 procent")
    (True, True, False)
    """
    return bool(re.search(r"(?<![\d\s])\s*%|(?<!\d)(?<!\d\s)\bprocent\b|^\s*%", text, re.IGNORECASE))


def unit_told(heading: str, above: Sequence[str]) -> Literal["", "percent", "share"]:
    """Return the unit that a column's heading, or else the sheet's name or the table's title, says of its shares.

    >>> unit_told("Andel barn", ["Tabell 3. Öppna jämförelser 2015. Procent"]), unit_told("Andel (0–1)", [])
    ('percent', 'share')
    >>> unit_told("Andel barn 0-1 år", ["Redovisas ej där bortfallet är över 20 procent"])
    ''
    """
    titles = [one for one in above if CLAUSE.search(one)]
    percent, share = says_percent(heading), bool(SHARE.search(heading))
    if not percent and not share:
        percent, share = bool(titles), any(SHARE.search(one) for one in above)
    return "" if percent == share else "percent" if percent else "share"


def unlettered(text: str) -> tuple[str, str]:
    """Return the letter that a heading begins with, if any, and the rest.

    >>> unlettered("b) Missbruk"), unlettered("BBIC")
    (('b', 'Missbruk'), ('', 'BBIC'))
    """
    found = LETTERED.match(text)
    return (found[1].lower(), text[found.end() :]) if found else ("", text)


_CODES, _NAMES, _COUNTIES = (frozenset(map(squeezed, words)) for words in (CODES, NAMES, COUNTIES))
_BOTH = _CODES | _NAMES
_FIRST = "".join({word[0] for word in _BOTH | _COUNTIES})
_OTHER = re.compile(rf"[\W_]*[^\W_{_FIRST}{_FIRST.upper()}]", re.ASCII)  # begins as no heading does


def _among(cell: Cell, words: frozenset[str]) -> bool:
    if not isinstance(cell, str) or (cell.isascii() and _OTHER.match(cell)):
        return False
    return squeezed(plain(shown(cell))) in words


def is_code_heading(cell: Cell) -> bool:
    """Return whether a cell is the heading of a column of codes.

    >>> is_code_heading("Kommun-/stads-\\ndels-kod"), is_code_heading("Kommun")
    (True, False)
    """
    return _among(cell, _CODES)


def is_name_heading(cell: Cell) -> bool:
    """Return whether a cell is the heading of a column of names."""
    return _among(cell, _NAMES)


def is_county_heading(cell: Cell) -> bool:
    """Return whether a cell is the heading of a column that says which county a municipality is in."""
    return _among(cell, _COUNTIES)


def is_heading(cell: Cell) -> bool:
    """Return whether a cell is the heading of a column of codes or names."""
    return _among(cell, _BOTH)
