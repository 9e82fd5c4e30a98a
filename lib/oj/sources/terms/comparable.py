"""What a text says of comparing over time: from which years the figures are others than before, or only that it is so.

”Från och med 2022 är frågan ändrad och inte jämförbar” is a break in 2022. What is said of comparing municipalities,
or that an earlier year is comparable, is none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oj.sources.terms.words import WORDS, plain

LIKE: dict[str, re.Pattern[str]] = {
    name: re.compile("|".join(words), re.IGNORECASE) for name, words in WORDS["comparable"].items()
}
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9”\"])|;\s+")
YEARS = re.compile(r"(?<![\d–-])((?:19|20)\d\d)(?:\s?[–-]\s?((?:19|20)?\d\d))?(?![\d])")
MARK = re.compile(r"^\W*?(?:(?:fot)?not\s*)?(\*+|†+|‡+|[¹²³⁰-⁹]+|\d{1,2}(?=\s?[):]|\s))", re.IGNORECASE)
MARKED = re.compile(r"(\*+|†+|‡+|[¹²³⁰-⁹]+|(?<=[a-zåäö)\d])\s?\(?\d{1,2}\))$", re.IGNORECASE)
RAISED = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
FEWEST, MOST = 12, 600  # signs of a text that says something of it
Span = tuple[int, int, int]  # the first and the last year, and where it stands


@dataclass(frozen=True)
class Said:
    """What a text says of comparing: whether it `is_break`, and the first years after one, none where it says none.

    `is_some` where it is said of some questions and not of which.
    """

    is_break: bool
    starts: tuple[int, ...] = ()
    is_some: bool = False


def speaks(text: str) -> bool:
    """Return whether a text is about comparing over time, or about a question that has changed."""
    return FEWEST <= len(text) <= MOST and bool(LIKE["speaks"].search(LIKE["name"].sub("", text)))


def said_of(text: str) -> Said | None:
    """Return what a text says of comparing over time, None where it says nothing.

    >>> said_of("Från och med 2022 är frågan ändrad och inte jämförbar med tidigare år.")
    Said(is_break=True, starts=(2022,), is_some=False)
    >>> said_of("Resultaten kan inte jämföras mellan kommuner."), said_of("Frågan är ändrad 2021.")
    (None, Said(is_break=False, starts=(), is_some=False))
    """
    whole = " ".join(LIKE["kept"].sub("", LIKE["name"].sub("", plain(text))).split())
    if not speaks(text):
        return None
    sentences = [one for one in SENTENCE.split(whole) if one]
    told = [(one, bool(LIKE["broken"].search(one))) for one in sentences]
    found = [_starts(one, is_broken=is_broken) for one, is_broken in told if _is_over_time(one, whole, is_broken)]
    if not found:
        is_told = any(LIKE["over_time"].search(one) or YEARS.search(one) for one in sentences)
        return Said(is_break=False) if is_told and not LIKE["among"].search(whole) else None
    starts = {year for one in found for year in one} or {*_starts(whole, is_broken=True)}
    is_some = bool(LIKE["some"].search(whole) or (LIKE["all"].search(whole) and not starts))
    return Said(True, tuple(sorted(starts)), is_some)


def mark_of(text: str) -> str:
    """Return the mark that a note begins with, "" where it has none.

    >>> mark_of("* Ny fråga 2022."), mark_of("1) Ändrad 2022."), mark_of("² Ändrad"), mark_of("2022 är ändrat.")
    ('*', '1', '2', '')
    """
    found = MARK.match(text)
    return found[1].translate(RAISED) if found else ""


def marks_on(text: str) -> set[str]:
    """Return the marks that a heading has before and after its words.

    >>> marks_on("Rutin för våld*"), marks_on("Stöd till barn 2)"), marks_on("2022¹"), marks_on("Rutin")
    ({'*'}, {'2'}, {'1'}, set())
    """
    said = " ".join(text.split())
    after = MARKED.search(said)
    before = re.match(r"(\*+|†+|‡+|[¹²³⁰-⁹]+)", said)
    return {one[1].strip(" ()").translate(RAISED) for one in (before, after) if one}


def _is_over_time(sentence: str, whole: str, is_broken: bool) -> bool:
    """Return whether a sentence says of years that they cannot be compared, or from which year they can."""
    if not is_broken:
        return bool(LIKE["since"].search(sentence))
    if LIKE["over_time"].search(sentence):
        return True
    if LIKE["among"].search(sentence):
        return False
    return bool(YEARS.search(sentence) or YEARS.search(whole) or LIKE["alone"].search(sentence))


def _starts(sentence: str, *, is_broken: bool) -> list[int]:
    """Return the first years after the breaks that a sentence tells of."""
    after = [int(year) + 1 for found in LIKE["until"].finditer(sentence) for year in found.groups() if year]
    at = [int(year) for found in LIKE["from"].finditer(sentence) for year in found.groups() if year]
    if after or at:
        return sorted({*after, *at})
    spans = [_span(one) for one in YEARS.finditer(sentence)]
    if not is_broken:
        return [first for first, _last, _at in spans[:1]]
    if LIKE["between"].search(sentence) and len(spans) > 1:
        return [max(first for first, _last, _at in spans)]
    compared = LIKE["with"].search(sentence)
    return _apart(spans, compared.end() if compared else len(sentence) + 1, LIKE["earlier"].search(sentence))


def _apart(spans: Sequence[Span], end: int, earlier: re.Match[str] | None) -> list[int]:
    """Return the first years after the breaks between years and those that they are not compared `with`."""
    own, others = ([one for one in spans if (one[2] >= end) is is_other] for is_other in (False, True))
    if own and others:
        low, high = sorted((own, others), key=lambda some: min(first for first, _last, _at in some))
        return [min((first for first, _last, _at in high if first > low[0][1]), default=high[0][0])]
    if others:
        return [max(last for _first, last, _at in others) + 1]
    if earlier:
        return sorted({first for first, _last, _at in own})
    return sorted({year for first, last, _at in own for year in range(first, last + 2)})  # they stand alone


def _span(found: re.Match[str]) -> Span:
    first, last = int(found[1]), found[2] or found[1]
    return first, max(first, int(last if len(last) > len("19") else found[1][:2] + last)), found.start()
