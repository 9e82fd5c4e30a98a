"""The summary in English: what the first pages say, word for word by forms, so that no figure is worked out twice.

What measures and parts are called in English is data (`english` in the edition's texts.yml), and is our translation.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from oj.facts.places import all_places
from oj.facts.texts import texts_of
from oj.present.front.lines import CALL, FURTHEST, REACHES, STRONGEST, WEAKEST
from oj.present.front.pages import OTHERS, REACHED
from oj.present.front.parts import EVERY
from oj.present.output import Figure, Parts, Table, Text
from oj.tidy.measures import table_names
from oj.tidy.schema import Figures
from oj.words.swedish import NO_BREAK_SPACE, WORDS, capital

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = dict(zip(WORDS, NUMBERS, strict=True))
ALSO = ". Det gäller också "
REST = "Also <1>."  # a long list goes on
LEFT_OUT = "Something more stands out; it is told in the Swedish summary only."
MEAN = "The average is <{}> in <{}> and <{}> in Sweden."
FORMS = {
    r"Kommunerna når i genomsnitt (.+?) av (\d+) mål\. Kommun.+ i (.+) når i genomsnitt (.+), i riket (.+)\.": (
        f"The municipalities reach on average <1> of <2> targets. {MEAN.format(4, 3, 5)}"
    ),
    r"(.+) når (\d+) av (\d+) mål\. Kommun.+ i (.+) når i genomsnitt (.+), i riket (.+)\.": (
        f"<1> reaches <2> of <3> targets. {MEAN.format(5, 4, 6)}"
    ),
    r"Kommun.+ i (.+) når i genomsnitt (.+) av (\d+) mål; i riket är det (.+)\.": (
        "On average <2> of <3> targets are reached in <1>, and <4> in Sweden."
    ),
    r"Alla (\S+) kommuner når målet för (.+)\.": "All <1> municipalities reach the target for <2>.",
    r"Båda kommunerna når målet för (.+)\.": "Both municipalities reach the target for <1>.",
    r"Ingen av de (\S+) kommunerna når målet för (.+)\.": "None of the <1> municipalities reaches the target for <2>.",
    r"Kommunerna är svagast mot riket inom (.+): i genomsnitt (.+) av (\d+) mål, riket (.+)\.": (
        "The municipalities are weakest against Sweden in <1>: on average <2> of <3> targets, Sweden <4>."
    ),
    r"(.+) är svagast mot riket inom (.+): i genomsnitt (.+) av (\d+) mål, riket (.+)\.": (
        "<1>: weakest against Sweden in <2>, on average <3> of <4> targets, Sweden <5>."
    ),
    r"Rapporten gäller (\S+) kommuner och (\S+) stadsdelar i (\D+?)(?: \(.+\))?\.": (
        "The report covers <1> municipalities and <2> city districts in <3>."
    ),
    r"Rapporten gäller (\S+) kommuner i (\D+?)(?: \(.+\))?\.": "The report covers <1> municipalities in <2>.",
    r"Rapporten gäller (\S+) stadsdelar i (\D+?)(?: \(.+\))?\.": "The report covers <1> city districts in <2>.",
    r"Rapporten gäller (.+) i (\D+?)\.": "The report covers <1> in <2>.",
    re.escape(OTHERS): "Other municipalities in the county have no line of their own here.",
    re.escape(REACHED): "A target is reached when the answer is Yes.",
    r"Längst från rikets tal ligger (.+)\.": "Furthest from Sweden's figures: <1>.",
}
HEADS = {
    "Kommun": "Municipality", REACHES: "Targets", STRONGEST: "Strongest", WEAKEST: "Weakest", CALL: "Call about it",
    FURTHEST: "Figures furthest from Sweden's", "Ändrat": "Changed", "Delområde (antal mål)": "Part (targets)",
    "Länet": "County", "Riket": "Sweden",
}  # fmt: skip
CAPTIONS = {
    "sammanfattning": "The municipalities, a line for each, {}.",
    "svaren": "The answers in one picture: targets reached in each part, {}.",
}
NOTES = {
    "sammanfattning": (
        "Strongest and weakest: the parts with at least three targets furthest above and below Sweden's average, a "
        "whole target or more, all that are as far; a dash: none. Call: comparable municipalities that reach at least "
        "half of what is missed there. Figures: at least a quarter from Sweden's; first the municipality's own, then "
        "Sweden's. Children's results rest on few."
    ),
    "svaren": "Blue and +: a whole target or more above Sweden's average. Orange and −: a whole target or more below. "
    "The county: all that answer in it.",
}
SMALL = {
    EVERY: "All targets",
    ", riket ": ", Sweden ", " och ": " and ", " mot ": " against ", " av ": " of ", " i ": " in ", "cirka ": "about ",
    " %": "%", " kommuner (": " municipalities (", "timmar per vecka": "hours a week", "nya Ja": "new Yes",
    "nya Nej": "new No",
}  # fmt: skip
ENDED = re.compile(r"(?<=\.) (?=[A-ZÅÄÖ])")
FIGURE = re.compile(r"(?<=\d)(?:,(?=\d)| (?=\d{3}\b))")


def in_english(parts: Parts, figures: Figures) -> Parts:
    """Return the first pages' parts in English; nothing for an edition that has no words for it."""
    names = _names(figures)
    return Parts(_part(part, names, figures.edition) for part in (parts if names else ()))


def _names(figures: Figures) -> dict[str, str]:
    """Return what Swedish names are in English, the longest first; nothing where there are none."""
    words = texts_of(figures.folder, figures.edition).english if not figures.is_current else {}
    called = {one.phrase: words[name] for name, one in figures.measures.items() if name in words}
    called |= {short: words[name] for name, short in table_names(figures.folder).items() if name in words}
    called = {capital(name): capital(text) for name, text in called.items()} | called
    called |= {place.name: f"{place.short} County" for place in all_places().values() if place.level == "county"}
    return {name: called[name] for name in sorted(called, key=len, reverse=True)} if words else {}


def _part(part: Text | Table | Figure, names: Mapping[str, str], edition: str) -> Text | Table | Figure:
    if isinstance(part, Table) and part.grid:
        grid, own = part.grid, part.label.removeprefix("tbl-")
        heads = tuple(
            tuple(replace(head, text=HEADS.get(head.text, head.text)) for head in level) for level in grid.heads
        )
        rows = tuple(tuple(replace(cell, text=_words(cell.text, names)) for cell in row) for row in grid.rows)
        grid = replace(grid, corner=HEADS[grid.corner], heads=heads, rows=rows)
        caption = CAPTIONS[own].format(f"edition {edition}")
        return replace(part, html=grid.html, label=f"{part.label}-en", caption=caption, notes=(NOTES[own],), grid=grid)
    if isinstance(part, Text) and part.before:
        lines = [line.removeprefix("- ") for line in part.markdown.split("\n")]
        told = _told(lines, names)
        behind = part.rows if len(told) == len(lines) else ()
        markdown = "\n".join(f"- {one}" for one in told)
        return replace(part, markdown=markdown, rows=behind, before="## What stands out {#sec-stands-out .unnumbered}")
    if isinstance(part, Text):
        return replace(part, markdown=" ".join(_told(ENDED.split(part.markdown), names)))
    return part


def _told(sentences: list[str], names: Mapping[str, str]) -> list[str]:
    """Return sentences in English, and once that something is left out."""
    return list(dict.fromkeys(_sentence(one, names) or LEFT_OUT for one in sentences))


def _sentence(line: str, names: Mapping[str, str]) -> str:
    """Return a sentence in English, by the form that it has; nothing where it has none."""
    first, *rest = line.replace(NO_BREAK_SPACE, " ").removesuffix(".").split(ALSO)
    for form, text in FORMS.items():
        if found := re.fullmatch(form, f"{first}."):
            return " ".join([_filled(text, found.groups(), names), *(_filled(REST, (one,), names) for one in rest)])
    return ""


def _filled(text: str, parts: tuple[str, ...], names: Mapping[str, str]) -> str:
    said = [COUNTS.get(part, _words(part, names)) for part in parts]
    return re.sub(r"<(\d)>", lambda one: said[int(one[1]) - 1], text)


def _words(text: str, names: Mapping[str, str]) -> str:
    """Return names, figures and the small words between them in English."""
    text = text.replace(NO_BREAK_SPACE, " ")
    for swedish, english in {**names, **SMALL}.items():
        text = text.replace(swedish, english)
    text = FIGURE.sub(lambda one: "." if one[0] == "," else ",", text)
    return re.sub(r"(?<=\d) (?=of \d|hours)|(?<=\d of) (?=\d)", NO_BREAK_SPACE, text)
