"""What a text says of comparing over time: from which years the figures are others than before, or only that it is so.

”Från och med 2022 är frågan ändrad och inte jämförbar” is a break in 2022. What is said of comparing municipalities,
or that an earlier year is comparable, is none. Each sentence is read by itself, since a long text may say a break among
much else; one that says no year has that of a change which is told right before or after it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from oj.sources.terms.words import WORDS, plain

LIKE: dict[str, re.Pattern[str]] = {
    name: re.compile("|".join(words), re.IGNORECASE) for name, words in WORDS["comparable"].items()
}
SPELLED = [(re.compile(one, re.IGNORECASE), other) for one, other in WORDS["comparable_spelled"].items()]
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9”\"])|;\s+")
YEARS = re.compile(r"(?<![\d–-])((?:19|20)\d\d)(?:\s?[–-]\s?((?:19|20)?\d\d))?(?!\d|:\d)")
MARK = re.compile(  # what a note begins with
    r"^\W*?(?:(?:fot)?not\s*)?(\*+|†+|‡+|#+|§+|[¹²³⁰-⁹]+|\d{1,2}(?=\s?[]):.]|\s|$)|[a-f](?=[])]))[\s\]):.]*",
    re.IGNORECASE,
)
ASIDE = re.compile(r"[(\[\n]|\s[–-]\s|[.:;,]\s")  # what parts a remark from the words of a title
FEWEST, MOST = 6, 20_000  # signs of a text that says something of it
BACK, ON = 2, 1  # sentences before and after one without a year that may tell the year of a change
KEPT = 300  # signs of a text that is kept with what was made of it
Span = tuple[int, int, int]  # the first and the last year, and where it stands


@dataclass(frozen=True)
class Said:
    """What a text says of comparing: whether it `is_break`, and the first years after one, none where it says none.

    `is_some` where it is said of some questions and not of which. `is_back` where only of earlier years.
    """

    is_break: bool
    starts: tuple[int, ...] = ()
    is_some: bool = False
    is_back: bool = field(default=False, repr=False, compare=False)


def speaks(text: str) -> bool:
    """Return whether a text is about comparing over time, or about a question that has changed.

    >>> speaks("fom 2022 ej jmfbar m tidigare år"), speaks("Kommunerna jämförs med riket"), speaks("Nej")
    (True, True, False)
    """
    if not FEWEST <= len(text) <= MOST:
        return False
    return _speaks(text) if len(text) <= KEPT else _speaks.__wrapped__(text)


def without_remarks(text: str) -> str:
    """Return a text without the parts that say that years are not compared: their years are not those of the figures.

    >>> without_remarks("Resultat 2023 (ej jämförbart före 2022)"), without_remarks("Tidsseriebrott 2022")
    ('Resultat 2023', '')
    >>> without_remarks("Öppna jämförelser 2023, barn och unga")
    'Öppna jämförelser 2023, barn och unga'
    """
    if not speaks(text):
        return text
    ends = [0, *(found.start() for found in ASIDE.finditer(text)), len(text)]
    parts = [text[first:last] for first, last in pairwise(ends)]
    kept = [one for one in parts if not ((said := said_of(one)) and said.is_break)]
    return text if len(kept) == len(parts) else "".join(kept).strip(" .,:;–-")


@lru_cache(maxsize=20_000)
def _speaks(text: str) -> bool:
    return bool(LIKE["speaks"].search(LIKE["name"].sub("", spelled(text))))


def spelled(text: str) -> str:
    """Return a text with the words of comparing as they are spelled in full, since people shorten and misspell them.

    >>> spelled("fom 2022 ej jmfbar m tidigare år"), spelled("T.o.m. 2021 ejjämnförbart")
    ('från och med 2022 ej jämförbar med tidigare år', 'till och med 2021 ej jämförbart')
    """
    for like, other in SPELLED:
        text = like.sub(other, text)
    return text


def said_of(text: str) -> Said | None:
    """Return what a text says of comparing over time, None where it says nothing.

    >>> said_of("Från och med 2022 är frågan ändrad och inte jämförbar med tidigare år.")
    Said(is_break=True, starts=(2022,), is_some=False)
    >>> said_of("Resultaten kan inte jämföras mellan kommuner."), said_of("Frågan är ändrad 2021.")
    (None, Said(is_break=False, starts=(), is_some=False))
    """
    if not speaks(text):
        return None
    whole = " ".join(LIKE["kept"].sub("", LIKE["name"].sub("", spelled(MARK.sub("", plain(text))))).split())
    sentences = [one for one in SENTENCE.split(whole) if one]
    found = [_said(at, sentences) for at in range(len(sentences))]
    breaks = [one for one in found if one and one.is_break]
    if not breaks:
        return next((one for one in found if one), None)
    starts = {year for one in breaks for year in one.starts} if all(one.starts for one in breaks) else set[int]()
    sure = [one for one in breaks if not one.is_some]
    of_sure = {year for one in sure for year in one.starts}
    is_back = bool(LIKE["earlier"].search(whole))
    return Said(True, tuple(sorted(of_sure if sure and of_sure else starts)), not sure, is_back)


def is_beside_title(title: str, said: Said) -> bool:
    """Return whether a question's title has a remark beside its own words: it says a year, or is parted from them.

    >>> [is_beside_title(one, said_of(one)) for one in ("Resultat jämförs inte över tid", "Rutin (ej jämförbar bakåt)")]
    [False, True]
    """
    if not said.is_break or said.starts:
        return said.is_break
    parts = [said_of(title[found.start() :].strip(" ([–-.:;,\n")) for found in ASIDE.finditer(title)]
    return any(part is not None and part.is_break for part in parts)


def _said(at: int, sentences: Sequence[str]) -> Said | None:
    """Return what one sentence says, with those around it for the year where it says none itself."""
    one = sentences[at]
    is_broken = bool(LIKE["broken"].search(one))
    if not is_broken and YEARS.search(one) and LIKE["since"].search(one) and not _is_among(one):
        return Said(True, tuple(_since(one)))
    is_about = bool(LIKE["over_time"].search(one) or YEARS.search(one))
    if not is_broken:
        return Said(is_break=False) if is_about and LIKE["speaks"].search(one) and not _is_among(one) else None
    if LIKE["others"].search(one):
        return Said(is_break=False)
    near = _near(at, sentences)
    if LIKE["over_time"].search(one) or (LIKE["with"].search(one) and not LIKE["foreign"].search(one)):
        return Said(True, tuple(_starts(one) or near), _is_some(at, sentences))
    if _is_among(one) or LIKE["foreign"].search(one):
        return None if _is_among(one) else Said(is_break=False)
    is_alone = YEARS.search(one) or LIKE["alone"].search(one)
    return Said(True, tuple(_starts(one) or near), _is_some(at, sentences)) if is_alone else Said(is_break=False)


def _is_among(sentence: str) -> bool:
    return bool(LIKE["among"].search(sentence))


def _is_some(at: int, sentences: Sequence[str]) -> bool:
    """Return whether a sentence is of some questions and not of which, by itself or by what it points back to."""
    one = sentences[at]
    own = LIKE["some"].search(one) or (LIKE["all"].search(one) and not YEARS.search(one))
    return bool(own or (at and LIKE["pointing"].search(one) and LIKE["some"].search(sentences[at - 1])))


def _near(at: int, sentences: Sequence[str]) -> list[int]:
    """Return the years of a change that is told right before or after a sentence."""
    around = [*reversed(sentences[max(at - BACK, 0) : at]), *sentences[at + 1 : at + 1 + ON]]
    for one in (one for one in around if LIKE["changed"].search(one)):
        if years := _told(one) or sorted({first for first, _last, _at in _spans(one)}):
            return years
    return []


def _told(sentence: str) -> list[int]:
    """Return the first years after breaks that a sentence says by words: from, until, between, or at which years."""
    found = {int(year) + 1 for own in LIKE["until"].finditer(sentence) for year in own.groups() if year}
    found |= {int(year) for own in LIKE["from"].finditer(sentence) for year in own.groups() if year}
    for own in LIKE["at"].finditer(sentence):
        found |= {first for some in own.groups() if some for first, _last, _at in _spans(some)}
    for own in LIKE["between"].finditer(sentence):
        found |= {*range(int(min(own.groups())) + 1, int(max(own.groups())) + 1)}
    return sorted(found)


def _since(sentence: str) -> list[int]:
    """Return the first years after the breaks around the years that a sentence says can be compared."""
    if told := _told(sentence):
        return told
    spans, compared = _spans(sentence), LIKE["with"].search(sentence)
    others = [one for one in spans if compared and one[2] >= compared.end()]
    if others:
        return [min(first for first, _last, _at in others)]
    ranges = {first for first, last, _at in spans if last > first}
    return sorted({spans[0][0], *ranges, max(last for _first, last, _at in spans) + 1})


def _starts(sentence: str) -> list[int]:
    """Return the first years after the breaks that a sentence tells of."""
    parts = LIKE["parted"].split(sentence)
    if len(parts) > 1 and all(LIKE["part"].search(one) for one in parts):
        return _of_parts(parts)
    said = LIKE["of"].sub(r"\1 ", sentence)
    spans = _spans(said)
    if LIKE["rest"].search(said) and spans and "och med" not in said.casefold():
        return _alone(spans)
    if told := _told(said):
        return told
    if LIKE["mutual"].search(said) and len(spans) > 1:
        return sorted({first for first, _last, _at in spans})[1:]
    compared = LIKE["with"].search(said)
    return _apart(spans, compared.end() if compared else len(said) + 1, said)


def _of_parts(parts: Sequence[str]) -> list[int]:
    """Return the first years after the breaks of what can be compared with some years, but not with others."""
    negative = [one for one in parts if LIKE["not"].search(one)]
    whole = [one if "jämför" in one.casefold() else f"jämförs {one}" for one in negative]
    if own := sorted({year for one in whole for year in _starts(one)}):
        return own
    return [min(first for one in parts for first, _last, _at in _spans(one))] if any(map(YEARS.search, parts)) else []


def _apart(spans: Sequence[Span], end: int, sentence: str) -> list[int]:
    """Return the first years after the breaks between years and those that they are not compared with, from `end`."""
    own, others = ([one for one in spans if (one[2] >= end) is is_other] for is_other in (False, True))
    if own and others:
        low, high = sorted((own, others), key=lambda some: min(first for first, _last, _at in some))
        return [min((first for first, _last, _at in high if first > low[0][1]), default=high[0][0])]
    if others:
        is_aside = len(others) == 1 and others[0][0] == others[0][1] and "tidigare år (" in sentence
        return sorted({max(last for _first, last, _at in others) + 1, *([others[0][0]] if is_aside else [])})
    if LIKE["earlier"].search(sentence):
        return sorted({first for first, _last, _at in own})
    return _alone(own)


def _alone(spans: Sequence[Span]) -> list[int]:
    """Return the first years of breaks before and after each of some years, that stand alone."""
    return sorted({year for first, last, _at in spans for year in range(first, last + 2)})


def _spans(sentence: str) -> list[Span]:
    return [_span(one) for one in YEARS.finditer(sentence)]


def _span(found: re.Match[str]) -> Span:
    first, last = int(found[1]), found[2] or found[1]
    return first, max(first, int(last if len(last) > len("19") else found[1][:2] + last)), found.start()
