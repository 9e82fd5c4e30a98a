"""What numbers and words stand for answers: ”(Ja=2, Nej, men fattat beslut=1, Nej=0)”, ”1 = Ja”, ”Delvis”."""

import re
from collections.abc import Iterable, Mapping

from oj.sources.terms.words import plain, squeezed

PAIR = re.compile(r"(?P<word>[A-Za-zÅÄÖåäö][^=;():.\d]*?)\s*=\s*(?P<code>\d)(?!\d)")
TURNED = re.compile(
    r"(?P<code>\b\d)\s*(?:=|betyder|är)\s*(?P<word>[A-Za-zÅÄÖåäö][^=;():.\d]*?)(?=[,;.)]|\boch\b|$|\s\d)"
)
ENDING = re.compile(r"[\s,.;:–-]*\(?\s*(?:Ja\s*=|\d\s*=\s*Ja|Ja\s*=).*$", re.IGNORECASE | re.DOTALL)
TAIL = re.compile(r"[\s.,]*\(?-\s?20\d\d\)?[\s.,]*$")
CHANGED = re.compile(r"\b(20\d\d)\s?[–-]\s*(?=Ja|\d\s*=)")  # from a year on, numbers stand for other answers
MIDDLE = re.compile(r"^(?:(?:ja|nej)\b.*\w.*|delvis|till viss del.*|i viss mån.*|i vissa .*|ibland)$", re.IGNORECASE)
STEPS = {2: ("yes", "no"), 3: ("yes", "partly", "no")}
Coding = Mapping[str, str]  # an answer's words by the number that stands for it


def coding_of(text: str, year: str = "") -> Coding:
    """Return the words that numbers stand for by a text, in a year where they have changed; nothing where none is told.

    >>> coding_of("Kontakt efter larm, (Ja=2, Nej, men fattat beslut=1, Nej=0)")
    {'2': 'Ja', '1': 'Nej, men fattat beslut', '0': 'Nej'}
    >>> coding_of("Kod: 1 = Ja, 0 = Nej"), coding_of("N=20")
    ({'1': 'Ja', '0': 'Nej'}, {})
    >>> coding_of("(Ja=1, Nej=0. 2018- Ja=2, Delvis=1, Nej=0)", "2019")
    {'2': 'Ja', '1': 'Delvis', '0': 'Nej'}
    """
    first, *later = CHANGED.split(plain(text).replace("=,", ","))
    since = dict(zip(later[::2], later[1::2], strict=True))
    said = next((since[one] for one in sorted(since, reverse=True) if one <= year), first)
    for pattern in (PAIR, TURNED):
        pairs = [(one["code"], _word(one["word"])) for one in pattern.finditer(said)]
        found = dict(pairs)
        ends = {one.casefold() for one in found.values()}
        if {"ja", "nej"} <= ends and len(pairs) == len(found) == len(ends) and len(found) in STEPS:
            return found
    return {}


def _word(text: str) -> str:
    said = re.sub(r"^(?:och|kod\w*|svar\w*)\s+", "", text.strip(" ,–-"), flags=re.IGNORECASE)
    last = re.split(r"[–(]|,\s+(?=Ja\b)", said)[-1].strip(" ,")  # what stands before the first answer is no part of it
    if re.search(r"\bja$", last, re.IGNORECASE):
        return "Ja"
    if re.search(r"(?<![,\w]\s)\bnej$", last, re.IGNORECASE):
        return "Nej"
    return last


def without_coding(text: str) -> str:
    """Return a title without the coding at its end, nor the last year that the question was asked.

    >>> without_coding("Aktuell rutin för SIP, (Ja=1, Nej=0) (-2021)"), without_coding("Aktuell rutin")
    ('Aktuell rutin för SIP', 'Aktuell rutin')
    """
    said = plain(text)
    bare = ENDING.sub("", said) if coding_of(said) else said
    return TAIL.sub("", bare).strip(" ,.;:(–-")


def steps_of(words: Iterable[str]) -> dict[str, str]:
    """Return the step of each answer's words, best first: Ja, one in the middle, Nej; nothing where it is no scale.

    >>> steps_of(["Nej", "Ja"]), steps_of([]), steps_of(["Ja", "Nej", "Ja, med vissa"])
    ({'Ja': 'yes', 'Nej': 'no'}, {}, {'Ja': 'yes', 'Ja, med vissa': 'partly', 'Nej': 'no'})
    """
    own = {squeezed(one): one for one in words}
    if not own:
        return {}
    middle = [one for key, one in own.items() if key not in ("ja", "nej") and MIDDLE.match(one)]
    if len(middle) > 1 or len(own) > len({"ja", "nej", *map(squeezed, middle)} & set(own)):
        return {}
    ordered = [own.get("ja", "Ja"), *middle, own.get("nej", "Nej")]
    return dict(zip(ordered, STEPS[len(ordered)], strict=True))
