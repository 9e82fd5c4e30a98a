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
PARTS = WORDS["legend"]["parts"] | {"names": "|".join(NAMES)}
LOOSER: Mapping[str, Sequence[str]] = {"listed": list(filter(None, MEANINGS)), "coded": ["yes", "no", "partly"]}


def _pattern(text: str) -> re.Pattern[str]:
    """Return a pattern of a legend, whose parts stand in it within angle brackets."""
    while found := re.search("<<(\\w+)>>", text):
        text = text.replace(found[0], PARTS[found[1]])
    return re.compile(text, re.IGNORECASE)


PATTERNS = {name: _pattern(text) for name, text in WORDS["legend"]["patterns"].items()}
ALONE, SAYS = _pattern("<<quote>><<sign>><<unquote>>|[0-9JND]"), _pattern("<<says>>")


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
        alone = {row: next(iter(cells.values())) for row, cells in rows.items() if len(cells) == 1}
        for row, cells in rows.items():
            texts = tuple(cells.values())
            if texts in done:
                continue
            done.add(texts)
            for sign, told in [*_told(texts), *_in_list(alone, row)]:
                key = "" if re.match("tom|blank", sign, re.IGNORECASE) else folded(NAMES.get(sign.casefold(), sign))
                one = Entry(meaning_of(told), told.strip(" .,"), f"rad {row}" if is_text else f"{title} rad {row}")
                earlier = found.setdefault(key, one)
                if earlier.meaning != one.meaning:
                    found[key] = Entry("", f"{earlier.words}” ({earlier.where}) och ”{one.words}", one.where)
    return found


def _told(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each sign that a row tells of, with what it tells."""
    if len(texts) == 2 and ALONE.fullmatch(texts[0]):
        if re.search("[A-Za-zÅÄÖåäö]{2}", texts[1]) and (meaning_of(texts[1]) or texts[0] not in "-–"):
            yield texts[0].strip("”\"'()"), texts[1]
        return
    for text in (text for text in texts if 3 < len(text) <= LONGEST):
        for name, pattern in PATTERNS.items():
            for found in pattern.finditer(text):
                group = found.groupdict("")
                sign, told = group["sign"], f"{group['told']} {group.get('more', '')}".rstrip(" ")
                unsure = name == "reversed" or group.get("says") in ("är", ":")
                if name in LOOSER and not _is_told(name, sign, told):
                    continue
                if not unsure or meaning_of(told):
                    yield sign, told


def _in_list(alone: Mapping[int, str], row: int) -> Iterator[tuple[str, str]]:
    """Yield the sign of a line that may be an item of a list, where the line beside it is of another sign, alike."""
    pattern, text = PATTERNS["listed"], alone.get(row, "")
    own = pattern.match(text) if len(text) <= LONGEST else None
    if own is None or own.end() < len(text) or _is_told("listed", own["sign"], own["told"]):
        return
    beside = [pattern.match(alone.get(row + step, "")[:LONGEST]) for step in (-1, 1)]
    if meaning_of(own["told"]) and any(_are_alike(own, other) for other in beside if other):
        yield own["sign"], own["told"]


def _are_alike(own: re.Match[str], other: re.Match[str]) -> bool:
    """Return whether two lines tell of two signs in the same way: with a capital, or without."""
    is_sign = own["sign"] != other["sign"] and bool(meaning_of(other["told"]))
    return is_sign and own["told"][:1].islower() == other["told"][:1].islower()


def _is_told(name: str, sign: str, told: str) -> bool:
    """Return whether what a looser pattern has found is a sign: what stands beside it is a meaning it is taken for."""
    meaning = meaning_of(told)
    if sign in "-–*" and len(told.split()) > (5 if meaning == "zero" else 3):
        return False  # an item of a list
    return not SAYS.match(told) and (meaning in LOOSER[name] or (name == "coded" and sign == "0"))


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
