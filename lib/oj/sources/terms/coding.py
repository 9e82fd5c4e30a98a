"""What numbers and words stand for answers: ”(Ja=2, Nej, men fattat beslut=1, Nej=0)”, ”1 = Ja”, ”Delvis”."""

import re
from collections.abc import Iterable, Mapping

from oj.sources.terms.words import plain, squeezed
from oj.words.vocabulary import ANSWER_SCALES

PAIR = re.compile(r"(?P<word>[A-Za-zÅÄÖåäö][^=;():.\d]*?)\s*=\s*(?P<code>\d)(?!\d)")
TURNED = re.compile(
    r"(?P<code>\b\d)\s*(?:=|betyder|är)\s*(?P<word>[A-Za-zÅÄÖåäö][^=;():.\d]*?)(?=[;.)]|,\s*\d|,?\s*\boch\b|$|\s\d)"
)
SAYS = r"(?:=|:|\(|\b(?:kodas |redovisas |anges |skrivs )?(?:som|med)\b|\bbetyder\b|\bär\b)"
NONE = r"(?:(?:vet|ej|inte|inget) (?:ej|inte|svar|besvara|aktuell|relevant)\w*|bortfall|\w* ?saknas|okänt?)"
LOOSE = re.compile(rf"\b(?P<word>ja|nej|delvis)\s*{SAYS}\s*(?P<code>\d)(?![\d%])", re.IGNORECASE)
BEFORE = re.compile(rf"(?<![\d,.])(?P<code>\d)\s*(?:{SAYS}|[–)-])?\s*(?P<word>ja|nej|delvis)\b", re.IGNORECASE)
TOKEN = r"(?:\b(?:Ja|Nej|Delvis)\s*(?:[=:(]|som\b)\s*\d|(?<!\d)\d\s*[=:]?\s*(?:Ja|Nej|Delvis)\b)"
ENDING = re.compile(rf"[\s,.;:–-]*(?:[(\[][^()\[\]]*?{TOKEN}|[(\[]?\s*{TOKEN}).*$", re.IGNORECASE | re.DOTALL)
TAIL = re.compile(r"[\s.,]*\(?-\s?20\d\d\)?[\s.,]*$")
CHANGED = re.compile(
    r"(?:\b(?:från|fr\.? ?o\.? ?m\.?|sedan)(?: och med)?(?: år(?:et)?)?\s+)?"
    r"\b(20\d\d)\s?(?:[–-]|:|,|gäller|är|och framåt:?|och senare:?)\s*(?=\(?(?:Ja|Nej|\d)\s*=)",
    re.IGNORECASE,
)  # from a year on, numbers stand for other answers
UNTIL = re.compile(r"(?:till och med|t\.? ?o\.? ?m\.?|fram till|före)(?: år(?:et)?)? 20\d\d\s*:?", re.IGNORECASE)
NO_ANSWER = re.compile(NONE, re.IGNORECASE)
MIDDLE = re.compile(
    r"^(?:(?:ja|nej)\b[^\w\d]*[^\W\d]{2}[^\d]*|delvis|till viss del.*|i viss mån.*|i vissa .*|ibland)$", re.IGNORECASE
)
BETWEEN = re.compile(
    r"^(?:(?:ja|nej)\W+)?(?:delvis|till viss del|i viss mån|ibland)$", re.IGNORECASE
)  # in so many words
STEPS = {len(steps): steps for steps in ANSWER_SCALES.values()}  # best first, by how many there are
Coding = Mapping[str, str]  # an answer's words by the number that stands for it


def coding_of(text: str, year: str = "") -> Coding:
    """Return the words that numbers stand for by a text, in a year where they have changed; nothing where none is told.

    >>> coding_of("Kontakt efter larm, (Ja=2, Nej, men fattat beslut=1, Nej=0)")
    {'2': 'Ja', '1': 'Nej, men fattat beslut', '0': 'Nej'}
    >>> coding_of("Kod: 1 = Ja, 0 = Nej"), coding_of("N=20")
    ({'1': 'Ja', '0': 'Nej'}, {})
    >>> coding_of("Plan, (Ja=1, Nej=0). (-2021), (Ja=1, Nej=0)"), coding_of("(Ja=1, Nej=0), (Ja=0, Nej=1)")
    ({'1': 'Ja', '0': 'Nej'}, {})
    >>> coding_of("(Ja=1, Nej=0. 2018- Ja=2, Delvis=1, Nej=0)", "2019")
    {'2': 'Ja', '1': 'Delvis', '0': 'Nej'}
    """
    first, *later = CHANGED.split(UNTIL.sub("", plain(text).replace("=,", ",")))
    since = dict(zip(later[::2], later[1::2], strict=True))
    said = next((since[one] for one in sorted(since, reverse=True) if one <= year), first)
    for pattern in (PAIR, TURNED, LOOSE, BEFORE):
        pairs = [(one["code"], _word(one["word"])) for one in pattern.finditer(said)]
        pairs = list(dict.fromkeys((code, word) for code, word in pairs if not NO_ANSWER.fullmatch(word)))  # once said
        pairs = [(code, word.capitalize()) for code, word in pairs] if pattern in (LOOSE, BEFORE) else pairs
        found = dict(pairs)
        ends = {one.casefold() for one in found.values()}
        if {"ja", "nej"} <= ends and len(pairs) == len(found) == len(ends) and len(found) in STEPS:
            return found
    return {}


def may_code(text: str) -> bool:
    """Return whether a text seems to say what numbers stand for, though it may not be told which.

    >>> may_code("Ja är 1 och nej är 0"), may_code("Svaren är ja eller nej")
    (True, False)
    """
    said = plain(text).casefold()
    return all(re.search(rf"\b{word}\b", said) for word in ("ja", "nej")) and bool(re.search(r"(?<!\d)\d(?!\d)", said))


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
