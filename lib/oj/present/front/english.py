"""The summary in English: what the first pages say, word for word by forms, so that no figure is worked out twice.

What measures and parts are called in English is data (`english` in the edition's texts.yml), and is our translation.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from oj.facts.places import all_places
from oj.facts.texts import english_of
from oj.present.front.lines import (
    BOTH,
    CALL,
    CHANGED_NOTE,
    EACH,
    FEW_NOTE,
    FURTHEST,
    HOW_BESIDE,
    HOW_FAR,
    HOW_MOVED,
    MOVED_NOTE,
    NO_NUMBER,
    NO_ONE,
    NO_PART,
    NOTHING,
    OTHERS,
    REACHES,
    SAID_ALONE,
    STRONGEST,
    TARGET_NOTES,
    WEAKEST,
)
from oj.present.front.parts import ABOVE, BELOW, COLOUR_NOTE, COUNTY_NOTE, EVERY, SPOKEN
from oj.present.grid import HOW_AVERAGE, HOW_REACHED, Cell
from oj.present.output import Figure, Parts, Table, Text
from oj.tidy.measures import table_names
from oj.tidy.schema import Figures
from oj.words.swedish import NO_BREAK_SPACE, WORDS, capital

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = dict(zip(WORDS, NUMBERS, strict=True)) | {
    capital(one): capital(other) for one, other in zip(WORDS, NUMBERS, strict=True)
}
WIDEST_HEAD = 13.5  # per cent
ALSO = re.compile(r"\. Det gäller (?:också|även) ")
REST = "Also <1>."  # a long list goes on
LEFT_OUT = "Something more stands out; it is told in the Swedish summary only."
MEAN = "The average is <{}> in <{}> and <{}> in Sweden."
NOBODY = "None of the municipalities has an answer to show."
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
    r"(?:De s|S)varande kommun.+ i (.+) når i genomsnitt (.+) av (\d+) mål; i riket är det (.+)\.": (
        "Those that have answered reach on average <2> of <3> targets in <1>, and <4> in Sweden."
    ),
    r"Ingen av .+ att visa\. Källans genomsnitt för (.+) är (.+) av (\d+) mål, och för riket (.+)\.": (
        f"{NOBODY} The source's average is <2> of <3> targets for <1>, and <4> for Sweden."
    ),
    r"Ingen av .+ att visa\. Källans andel som når målet för (.+) är (.+ %) i (.+) och (.+ %) i riket\.": (
        f"{NOBODY} The source's share that reaches the target for <1> is <2> in <3> and <4> in Sweden."
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
    r"Det enda målet, (.+), nås av (.+ %) av .+ i (.+), i riket av (.+)\.": (
        "The only target, <1>, is reached by <2> of the municipalities in <3>, and by <4> in Sweden."
    ),
    r"Längst från rikets tal ligger (.+)\.": "Furthest from Sweden's figures: <1>.",
}
HEADS = {
    "Kommun": "Municipality", REACHES: "Targets", STRONGEST: "Strongest", WEAKEST: "Weakest", CALL: "Call about it",
    FURTHEST: "Figures furthest from Sweden's", "Ändrat": "Changed", "Delområde (antal mål)": "Part (targets)",
    "Länet": "County", "Riket": "Sweden",
}  # fmt: skip
CAPTIONS = {
    r"(\S+) kommuner och (\S+) stadsdelar i (.+)\.": "<1> municipalities and <2> city districts in <3>",
    r"(\S+) kommuner i (.+)\.": "<1> municipalities in <2>",
    r"(\S+) stadsdelar i (.+)\.": "<1> city districts in <2>",
    r"Svaren i en bild: .+\.": "The answers in one picture: targets reached in each part",
    r"(.+) i (.+)\.": "<1> in <2>",
}
NOTES = {
    SAID_ALONE: "Only questions of which it is said whether Yes is better are targets.",
    TARGET_NOTES[WEAKEST]: (
        "Weakest and strongest: the parts with at least three targets that are most targets below and above Sweden's "
        "average, at least one; the lowest number is not always furthest."
    ),
    TARGET_NOTES[CALL]: "Call: municipalities of the same size or kind that reach at least half of what is missed.",
    TARGET_NOTES[FURTHEST]: (
        "Figures furthest from Sweden's: the largest ratio, at least a quarter; whether it is good they do not say."
    ),
    CHANGED_NOTE: "Changed: the answers to all questions with Yes and No, since the latest edition to compare with.",
    MOVED_NOTE: (
        "Changed: the figure that has changed most for its size, from the first to the last comparable year, at most "
        "five years apart; whether that is good is not said."
    ),
    NOTHING: "There are no answers or figures to show.",
    FEW_NOTE: "Children's results rest on few; one child more or less may change a share much.",
    OTHERS: "Other municipalities in the county have no line of their own.",
    COLOUR_NOTE: (
        "Blue and +: a whole target or more above Sweden's average. Orange and −: a whole target or more below. "
        "Parts with fewer than three targets have no sign."
    ),
    COUNTY_NOTE.strip(): "The county: all that answer in it, also municipalities without a column here.",
}
HOWS = {
    HOW_REACHED: "The number of Yes, of the targets that the municipality has an answer for.",
    HOW_AVERAGE: "The sum of the shares of Yes, of the targets that have a share: how many are reached on average.",
    HOW_BESIDE: (
        "The number of Yes, of the targets that the municipality has an answer for. Sweden: the sum of the shares of "
        "Yes, of the targets that have a share: how many are reached on average."
    ),
    HOW_MOVED: "The municipality's figure in the first and the last comparable year, at most five years apart.",
    HOW_FAR: "The municipality's figure, and Sweden's of the same measure: those that are furthest apart.",
}
NONE = {
    NO_PART[WEAKEST]: "None a target below",
    NO_PART[STRONGEST]: "None a target above",
    NO_ONE: "Nobody",
    NO_NUMBER: "None",
}
HEARD = {SPOKEN[ABOVE]: ", above Sweden", SPOKEN[BELOW]: ", below Sweden"}
SMALL = {
    EVERY: "All targets", f"{BOTH}: ": "Both: ", f"{EACH}: ": "All: ",
    " och ": " and ", " mot ": " vs ", " av ": " of ", " i ": " in ", " på ": " on ", "cirka ": "about ",
    " %": "%", " kommuner (": " municipalities (", "timmar per vecka": "hours a week", "nya Ja": "new Yes",
    "nya Nej": "new No", "nytt Ja": "new Yes", "nytt Nej": "new No", "Inget nytt": "Nothing new", ": från ": ": from ",
    ") till ": ") to ", " dagar": " days",
}  # fmt: skip
FIGURE = re.compile(r"(?<=\d)(?:,(?=\d)| (?=\d{3}\b))")


def in_english(parts: Parts, figures: Figures) -> Parts:
    """Return the first pages' parts in English; a name that has no words in it is in Swedish, in quotation marks."""
    names = _names(figures)
    return Parts(_part(part, names) for part in (parts if names else ()))


def _names(figures: Figures) -> dict[str, str]:
    """Return what Swedish names are in English, the longest first; nothing of key figures that have no such words."""
    words, tables = english_of(figures.folder), {} if figures.is_current else table_names(figures.folder)
    if figures.is_current and not words:
        return {}
    called = {short: words.get(name) or quoted(short) for name, short in tables.items()}
    for name, one in figures.measures.items():
        told = words.get(name) or quoted(one.phrase)
        called |= {one.full_name: capital(told), one.phrase: told}
    called = {capital(name): capital(text) for name, text in called.items()} | called
    called |= {place.name: f"{place.short} County" for place in all_places().values() if place.level == "county"}
    return {name: called[name] for name in sorted(called, key=len, reverse=True)}


def quoted(name: str) -> str:
    """Return a name that has no words in English, in quotation marks.

    >>> quoted("Systematisk uppföljning"), quoted("”Plan för …”")
    ('”Systematisk uppföljning”', '”Plan för …”')
    """
    return name if name.startswith("”") else f"”{name}”"


def _part(part: Text | Table | Figure, names: Mapping[str, str]) -> Text | Table | Figure:
    if isinstance(part, Table) and part.grid:
        grid, note = part.grid, " ".join(part.notes)
        heads = tuple(
            tuple(replace(head, text=HEADS.get(head.text, head.text)) for head in level) for level in grid.heads
        )
        rows = tuple(tuple(_cell(cell, names) for cell in row) for row in grid.rows)
        grid = replace(grid, corner=HEADS[grid.corner], heads=heads, rows=rows, widths=_widths(grid.widths))
        notes = (" ".join(english for swedish, english in NOTES.items() if swedish in note),)
        what, _, edition = part.caption.removesuffix(".").partition(", utgåvan ")
        caption = f"{_sentence(what, names, CAPTIONS)}{edition and f', edition {edition}'}."
        return replace(part, html=grid.html, label=f"{part.label}-en", caption=caption, notes=notes, grid=grid)
    if isinstance(part, Text) and part.before:
        lines = [line.removeprefix("- ") for line in part.markdown.split("\n")]
        told = _told(lines, names)
        behind = part.rows if len(told) == len(lines) else ()
        markdown = "\n".join(f"- {one}" for one in told)
        return replace(part, markdown=markdown, rows=behind, before="## What stands out {#sec-stands-out .unnumbered}")
    return part


def _widths(widths: Sequence[float]) -> tuple[float, ...]:
    """Return the widths of columns where the first has room for the whole word Municipality."""
    first, *others = widths
    rest = 100 - max(first, WIDEST_HEAD)
    return (max(first, WIDEST_HEAD), *(round(one * rest / sum(others), 2) for one in others))


def _cell(cell: Cell, names: Mapping[str, str]) -> Cell:
    text = NONE.get(cell.text) or _words(cell.text, names)
    return replace(cell, text=text, how=HOWS.get(cell.how, ""), spoken=HEARD.get(cell.spoken, ""))


def _told(sentences: list[str], names: Mapping[str, str]) -> list[str]:
    """Return sentences in English, and once that something is left out."""
    return list(dict.fromkeys(_sentence(one, names) or LEFT_OUT for one in sentences))


def _sentence(line: str, names: Mapping[str, str], forms: Mapping[str, str] | None = None) -> str:
    """Return a sentence in English, by the form that it has; nothing where it has none."""
    first, *rest = ALSO.split(line.replace(NO_BREAK_SPACE, " ").removesuffix("."))
    for form, text in (forms or FORMS).items():
        if found := re.fullmatch(form, f"{first}."):
            return " ".join([_filled(text, found.groups(), names), *(_filled(REST, (one,), names) for one in rest)])
    return ""


def _filled(text: str, parts: tuple[str, ...], names: Mapping[str, str]) -> str:
    said = [COUNTS.get(part, _words(part, names)) for part in parts]
    return re.sub(r"<(\d)>", lambda one: said[int(one[1]) - 1], text)


def _words(text: str, names: Mapping[str, str]) -> str:
    """Return names, figures and the small words between them in English."""
    text, held = text.replace(NO_BREAK_SPACE, " "), list[str]()
    for swedish, english in names.items():
        if swedish in text:  # held apart, so that no word inside a name is taken for one between names
            text, held = text.replace(swedish, f"\0{len(held)}\0"), [*held, english]
    for swedish, english in SMALL.items():
        text = text.replace(swedish, english)
    text = FIGURE.sub(lambda one: "." if one[0] == "," else ",", text)
    text = re.sub("\0(\\d+)\0", lambda one: held[int(one[1])], text)
    return re.sub(r"(?<=\d) (?=of \d|hours)|(?<=\d of) (?=\d)", NO_BREAK_SPACE, text)
