"""What a file itself says that its signs mean: ”– = noll”, a list of signs below the table, a sheet of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from oj.sources.terms.edition import Words
from oj.sources.terms.words import WORDS

Meaning = Literal[
    "zero", "missing", "suppressed", "secret", "small_base", "not_applicable", "withheld", "yes", "partly", "no", ""
]
LONGEST = 600  # signs of a text that may be a legend
NAMES: Mapping[str, str] = WORDS["legend"]["names"]
MEANINGS: Mapping[Meaning, re.Pattern[str]] = {
    meaning: re.compile("|".join(words)) for meaning, *words in WORDS["legend"]["meanings"]
}
SIGN = rf"(?:[x×–—−*]|-|\.{{1,3}}|…|✓|✔|√|{'|'.join(NAMES)}|tom(?:ma|t)?(?: (?:cell|ruta|rutor|celler))?|blankt?)"
SAYS = r"(?:=|:|betyder|står för|avser|innebär|markerar|anger|är lika med|är)"
QUOTE, UNQUOTE = "[”\"'(]?", "[”\"')]?"
EQUAL = re.compile(
    rf"(?:^|[\s(;,.:”\"']){QUOTE}({SIGN}){UNQUOTE}\s*({SAYS})\s*([^;\n=]+?)"
    rf"(?=[;\n]|$|,(?=[^;\n=]*=)|[,.]?\s*{QUOTE}{SIGN}{UNQUOTE}\s*{SAYS})",
    re.IGNORECASE,
)
FOR = re.compile(
    rf"\b(?:kryssa?|markera\w*)\b[^.;\n]{{0,20}}{QUOTE}\b(x|✓|✔){UNQUOTE}\s*(?:för|om|=|:|betyder)\s+([^.;\n]+)",
    re.IGNORECASE,
)
MARKED = re.compile(rf"([^.;\n]*)\bmarkera\w*\s+med\s+(?:ett\s+)?{QUOTE}(x|kryss|✓){UNQUOTE}([^.;\n]*)", re.IGNORECASE)
WRITTEN = r"(?:(?:är |av )?(?:anges|givet|givna|skrivs|visas|redovisas|betecknas|markera\w*)\s+(?:med|som|av)|=)"
REVERSED = re.compile(
    rf"(?:^|[.;,(:]\s*)([^.;,:=]+?)\s*{WRITTEN}\s*(?:ett |en )?{QUOTE}({SIGN}){UNQUOTE}(?=$|[\s,.;)])", re.IGNORECASE
)
WORDED = re.compile(r"\b(ja|nej|delvis)\s*[=:]\s*([0-9x✓])(?![\w%])", re.IGNORECASE)
SMALL = re.compile(r"(?:^|[;,:]\s*)(0)\s+(?:[–-]\s+)?(mindre än [^;,\n]*)", re.IGNORECASE)
CODED = re.compile(r"(?:^|[\s(;,.:])([0-9]|[JND])\s*(?:=|betyder)\s*([^;,.\n=)]+)", re.IGNORECASE)
LISTED = re.compile(
    rf"(?:^|[;,:]\s*){QUOTE}([x–*-]|\.{{1,3}}){UNQUOTE}\s+(?:[–-]\s+)?([a-zåäö][^;,\n]*)", re.IGNORECASE
)
LOOSER = (  # patterns with the meanings that they are taken for, and the sign that is taken whatever it means
    (LISTED, tuple(meaning for meaning in MEANINGS if meaning), ""), (CODED, ("yes", "no", "partly"), "0"),
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What one sign means by the file: its meaning, "" where it is none that is known, the words, and where."""

    meaning: Meaning
    words: str
    where: str


Legend = Mapping[str, Entry]


def folded(sign: str) -> str:
    """Return a sign as it is compared: without spaces and case, every dash the same."""
    return re.sub("[‐‑‒–—−]", "-", re.sub(r"\s", "", sign).casefold().replace("…", "..."))


def legend_of(words: Words, *, is_text: bool) -> Legend:
    """Return what each sign means by a file's own words; an entry without a meaning where they quarrel."""
    found: dict[str, Entry] = {}
    done: set[tuple[str, ...]] = {()}
    for title, rows in words.items():
        for row, cells in rows.items():
            texts = tuple(cells.values())
            if texts in done:
                continue
            done.add(texts)
            for sign, told in _told(texts):
                key = "" if re.match("tom|blank", sign, re.IGNORECASE) else folded(NAMES.get(sign.casefold(), sign))
                one = Entry(meaning_of(told), told.strip(" .,"), f"rad {row}" if is_text else f"{title} rad {row}")
                earlier = found.setdefault(key, one)
                if earlier.meaning != one.meaning:
                    found[key] = Entry("", f"{earlier.words}” ({earlier.where}) och ”{one.words}", one.where)
    return found


def _told(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each sign that a row tells of, with what it tells."""
    if len(texts) == 2 and re.fullmatch(rf"{QUOTE}{SIGN}{UNQUOTE}|[0-9JND]", texts[0], re.IGNORECASE):
        if re.search("[A-Za-zÅÄÖåäö]{2}", texts[1]) and (meaning_of(texts[1]) or texts[0] not in "-–"):
            yield texts[0].strip("”\"'()"), texts[1]
        return
    for text in texts:
        if 3 < len(text) <= LONGEST:
            equal = (one for one in EQUAL.finditer(text) if one[2] not in ("är", ":") or meaning_of(one[3]))
            yield from ((one[1], one[3]) for one in equal)
            yield from ((found[1], found[2]) for pattern in (FOR, SMALL) for found in pattern.finditer(text))
            yield from ((found[2], f"{found[1]} {found[3]}") for found in MARKED.finditer(text))
            yield from ((found[2], found[1]) for found in REVERSED.finditer(text) if meaning_of(found[1]))
            yield from ((found[2], found[1]) for found in WORDED.finditer(text))
            yield from _looser(text)


def _looser(text: str) -> Iterator[tuple[str, str]]:
    """Yield the signs of the looser patterns, where what stands beside them is a meaning that they are taken for."""
    for pattern, wanted, also in LOOSER:
        for sign, told in (found.groups() for found in pattern.finditer(text)):
            if sign in "-–*" and len(told.split()) > (5 if meaning_of(told) == "zero" else 3):
                continue  # an item of a list, not a sign
            if not re.match(SAYS, told, re.IGNORECASE) and (meaning_of(told) in wanted or sign == also):
                yield sign, told


def meaning_of(told: str) -> Meaning:
    """Return what a sign's words mean, "" where it is nothing that is known."""
    said = " ".join(told.split()).casefold().strip(" ”\"'(.")
    found = [meaning for meaning, words in MEANINGS.items() if words.search(said)]
    if {"secret", "small_base"} & set(found) and (len(found) > 2 or " eller " in said):
        return "suppressed"  # of one reason or another
    return found[0] if found else ""


def told_legend(legend: Legend) -> list[str]:
    """Return, as lines, the signs that the file uses in another way than is usual."""
    usual: Mapping[str, str] = WORDS["signs"]
    unlike = [(sign, one) for sign, one in legend.items() if one.meaning and one.meaning != usual.get(sign, "")]
    names = [(f"”{sign}”" if sign else "en tom ruta", one) for sign, one in unlike]
    return [f"Läst efter filens egen teckenförklaring: {name} är ”{one.words}” ({one.where})." for name, one in names]
