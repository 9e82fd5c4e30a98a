"""Which measure a question of the file is: one that its edition has word for word, or a new one."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from oj.facts.catalog import Indicator
from oj.facts.places import slug
from oj.sources.files.cells import CellError, Unreadable, written
from oj.sources.sheets.information import Told
from oj.sources.sheets.model import Item, Measure
from oj.sources.terms.cells import ANSWERS, PERCENT
from oj.sources.terms.coding import Coding, coding_of, steps_of, without_coding
from oj.sources.terms.match import ALONE, Known, match
from oj.sources.terms.words import WORDS, plain, squeezed, unit_told
from oj.words.vocabulary import ANSWER_SCALES, ANSWER_WORDS, PublishedLevel

LONGEST_ID = 60
AMOUNT = re.compile(
    r"\b(?:antal\w*|kostnad\w*|kronor|kr|timmar|dagar|medelvärde\w*|index|per 1[ .]?000)\b", re.IGNORECASE
)
SHARE = re.compile(r"\b(?:andel\w*|procent\w*)\b|%", re.IGNORECASE)
MOSTLY = 0.6
UNWRITTEN = ("phrase", "area", "subarea", "table", "family", "target", "purpose", "question", "rule", "errors")
SCALES = {steps: scale for scale, steps in ANSWER_SCALES.items()}
Key = tuple[str, str]  # a question's squeezed title, and the year


@dataclass(frozen=True)
class Series:
    """The cells of one question in all years of the file."""

    title: str
    words: tuple[str, ...]
    items: tuple[Item, ...]


def series_of(items: Iterable[Item]) -> list[Series]:
    """Return the questions of a file in its order, each with its cells of every year, group and place."""
    found: dict[str, list[Item]] = {}
    for one in items:
        key = squeezed(" ".join([*one.heading.words[:-1], *map(without_coding, one.heading.words[-1:])]))
        found.setdefault(key, []).append(one)
    return [Series(own[0].heading.title, own[0].heading.words, tuple(own)) for own in found.values()]


def measures_of(
    every: Sequence[Series], editions: Mapping[str, Known], taken: Collection[str], told: Told
) -> dict[Key, Measure]:
    """Return the measure of each question and year: that of the edition where it has it word for word, else a new one.

    `editions` are what is known of each year, `taken` the ids that the domain has already, and `told` what the file
    says of its own codes.
    """
    found: dict[Key, Measure] = {}
    used = set(taken)
    for one in every:
        known = {year: _known(one, editions[year]) for year in _years(one) if year in editions}
        new = None if all(map(known.get, _years(one))) else _new(one, told, used)
        for year in _years(one):
            coding = told.coding_for(one.words, year)
            if item := known.get(year) or new:
                found[one.title, year] = Measure(item, is_new=not known.get(year), codes=_codes(item, one, coding))
    return found


def _years(one: Series) -> list[str]:
    return list(dict.fromkeys(item.heading.period for item in one.items))


def _known(one: Series, known: Known) -> Indicator | None:
    """Return the measure of an edition that a question is word for word; a short name that nothing supports is none."""
    words = [*one.words[:-1], *map(without_coding, one.words[-1:])]
    found = match(words, one.items[0].above, known)
    return known.indicators[found.indicator] if found.indicator and found.by != ALONE else None


def _codes(item: Indicator, one: Series, coding: Coding) -> dict[str, str]:
    """Return the steps that numbers stand for in a question's cells, where they are numbers."""
    steps = {squeezed(word): step for step, word in item.answer_words.items()}
    codes = {code: steps.get(squeezed(word), "") for code, word in coding.items()}
    return codes if item.is_answer and all(codes.values()) and _is_coded(one, coding) else {}


def _new(one: Series, told: Told, used: set[str]) -> Indicator:
    """Return a question as a new measure, with the scale that its coding, its words and its cells say."""
    codings = [coding for year in _years(one) if (coding := told.coding_for(one.words, year))]
    coded = [word for coding in codings if _is_coded(one, coding) for word in coding.values()]
    steps = steps_of(coded or _answer_texts(one))
    name = _id(without_coding(one.words[-1]) if one.words else "", used)
    used.add(name)
    scale = SCALES.get(tuple(steps.values()), "share" if _is_share(one) else "ratio")
    usual = [ANSWER_WORDS[step] for step in steps.values()]
    return _indicator(name, one, scale, [] if [*map(squeezed, steps)] == [*map(squeezed, usual)] else list(steps))


def _indicator(name: str, one: Series, scale: str, answers: list[str]) -> Indicator:
    title = without_coding(one.words[-1]) if one.words else one.title
    texts: dict[str, Any] = dict.fromkeys(UNWRITTEN, "")
    return Indicator.model_construct(
        None, **texts, id=name, title=title, short=title, name=title, kind=["process"], scale=scale, polarity="none",
        levels=list(get_args(PublishedLevel)), measured_on=[], answers=answers, decimals=int(scale == "ratio"),
    )  # fmt: skip


def _id(title: str, used: Collection[str]) -> str:
    """Return an id of a title that is not used: its words, as many as there is room for."""
    whole = slug(title) or "fraga"
    short = whole if len(whole) <= LONGEST_ID else whole[: LONGEST_ID + 1].rpartition("-")[0] or whole[:LONGEST_ID]
    return next(name for at in range(1, len(used) + 2) if (name := short if at == 1 else f"{short}-{at}") not in used)


def _unit_texts(one: Series) -> list[str]:
    """Return what the cells of those that answer show, without signs and empty ones."""
    read = [item for item in one.items if item.is_of_unit and not isinstance(item.cell, Unreadable)]
    texts = [item.text for item in read if item.text]
    return [text for text in texts if squeezed(text) and "".join(text.split()).casefold() not in WORDS["signs"]]


def _is_coded(one: Series, coding: Coding) -> bool:
    """Return whether the cells of those that answer are codes: the question's own words say so, or most of them are."""
    texts = [text.removesuffix(",0") for text in _unit_texts(one) if any(sign.isdigit() for sign in text)]
    if any(map(coding_of, one.words)):
        return bool(texts)
    is_amount = any(AMOUNT.search(word) or SHARE.search(word) for word in one.words)
    return bool(texts) and not is_amount and sum(text in coding for text in texts) >= MOSTLY * len(texts)


def _answer_texts(one: Series) -> list[str]:
    """Return the words that are answered, those of a scale; none where the cells are mostly numbers."""
    counted = Counter(plain(text) for text in _unit_texts(one))
    words = {text: many for text, many in counted.items() if not _is_number(text)}
    if not words or sum(words.values()) * 2 < counted.total():
        return []
    first: dict[str, str] = {}
    for text in sorted(words, key=lambda text: (-words[text], text)):
        if squeezed(text) in ANSWERS or steps_of([text]):
            first.setdefault(squeezed(text), text)
    found = list(first.values())
    return ["Ja", "Nej", *(one for one in found if squeezed(one) not in ("ja", "nej"))] if found else []


def _is_number(text: str) -> bool:
    try:
        return written(PERCENT.sub("", text)) is not None
    except CellError:
        return True


def _is_share(one: Series) -> bool:
    """Return whether numbers are shares, by the question's words, a percent sign, or what stands above."""
    said = " ".join(map(without_coding, one.words))
    if SHARE.search(said) or any(PERCENT.search(item.text) for item in one.items):
        return True
    units = {squeezed(item.unit) for item in one.items if item.unit}
    if units & {squeezed(word) for unit in ("percent", "share") for word in WORDS["units"][unit]}:
        return True
    above = [text for item in one.items[:1] for text in item.above]
    return not AMOUNT.search(said) and not units and bool(unit_told(said, above))
