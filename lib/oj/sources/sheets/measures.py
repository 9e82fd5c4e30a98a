"""Which measure a question of the file is: one that its edition has word for word, or a new one."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from oj.facts.catalog import Indicator, indicators_by_edition
from oj.facts.places import slug
from oj.facts.questions import questions
from oj.sources.files.cells import CellError, Unreadable, written
from oj.sources.sheets.model import Item, Measure
from oj.sources.tables.information import Told
from oj.sources.terms.cells import ANSWERS, PERCENT, is_number, without_stop
from oj.sources.terms.coding import BETWEEN, Coding, coding_of, may_code, steps_of, without_coding
from oj.sources.terms.known import SCALES, known_in, unwritten
from oj.sources.terms.legend import folded
from oj.sources.terms.match import ALONE, Known, match
from oj.sources.terms.words import WORDS, plain, squeezed, unit_told, without_unit
from oj.words.vocabulary import ANSWER_WORDS

LONGEST_ID = 60
AMOUNT = re.compile(
    r"\b(?:antal\w*|kostnad\w*|kronor|kr|timmar|dagar|medelvärde\w*|index|per 1[ .]?000)\b", re.IGNORECASE
)
SHARE = re.compile(r"\b(?:andel\w*|procent\w*)\b|%", re.IGNORECASE)
IN_PERCENT = re.compile(r"\bi procent\b", re.IGNORECASE)
MOST_PERCENT = 100
MOSTLY = 0.6
DIGITS = frozenset("0123456789")
BARE = frozenset(map(squeezed, ("Antal", "Andel", "Procent", "Andel i procent", "Ja/Nej", "N", "Svar", "Värde")))
UNSURE = "kan vara ett svar som kod, men filen säger inte tydligt vad talen står för; skriv svaret, till exempel Ja"
OF_PERSONS = (
    "är ett antal i en fråga om personer, där få döljs. Ge kolumnen rubriken Täljare eller Nämnare om den är andelens, "
    "eller ta bort den"
)
NOTHING = Told()
Key = tuple[str, str]  # a question's squeezed title, and the year


@dataclass(frozen=True)
class Series:
    """The cells of one question in all years of the file."""

    title: str
    words: tuple[str, ...]
    items: tuple[Item, ...]

    @cached_property
    def counted(self) -> Counter[str]:
        """How many of those that answer have each text in their cells."""
        read = [one for one in self.items if one.is_of_unit and not isinstance(one.cell, Unreadable)]
        return Counter(one.text for one in read if one.text)

    @cached_property
    def years(self) -> list[str]:
        """The years of its cells."""
        return list(dict.fromkeys(one.heading.period for one in self.items))


def series_of(items: Iterable[Item]) -> list[Series]:
    """Return the questions of a file in its order, each with its cells of every year, group and place."""
    found: dict[str, list[Item]] = {}
    keys: dict[tuple[str, ...], str] = {}
    for one in items:
        words = one.heading.words
        if words not in keys:
            keys[words] = squeezed(" ".join([*words[:-1], *map(without_coding, words[-1:])]))
        found.setdefault(keys[words], []).append(one)
    return [Series(own[0].heading.title, own[0].heading.words, tuple(own)) for own in found.values()]


def measures_of(every: Sequence[Series], folder: Path, told: Told) -> dict[Key, Measure]:
    """Return the measure of each question and year: one that is known word for word in the domain, else a new one.

    `told` is what the file says of its own codes.
    """
    editions = known_in(folder, {year for one in every for year in one.years})
    asked, described = questions(folder), indicators_by_edition(folder)
    titles = {squeezed(question.title) for question in asked.values()}
    found: dict[Key, Measure] = {}
    used = {name for known in editions.values() for name in known.indicators}
    for one in every:
        steps = _steps(one, told, is_asked=squeezed(without_coding(" ".join(one.words[-1:]))) in titles)
        known = {year: _known(one, editions[year]) for year in one.years}
        known = {year: _answered(item, steps, described.get(year, {})) for year, item in known.items()}
        new = None if all(known.values()) else _new(one, steps, told, used)
        for year in one.years:
            if item := known[year] or new:
                own = asked[item.id].codes_in(int(year)) if item.id in asked else {}
                coding = told.coding_for(one.words, year) or own
                codes, doubt = _codes(item, one, coding), _doubt(item, one, told) if not coding else ""
                doubt = doubt if known[year] else doubt or _of_persons(one, editions[year])
                found[one.title, year] = Measure(item, is_new=not known[year], codes=codes, doubt=doubt)
    return found


def _known(one: Series, known: Known) -> Indicator | None:
    """Return the measure of an edition that a question is word for word; a short name that nothing supports is none."""
    words = [*one.words[:-1], *map(without_coding, one.words[-1:])]
    if len(words) > 1 and _is_bare(words[-1]) and not AMOUNT.search(words[-1]):
        words = words[:-1]  # what stands over it is the question
    found = match(words, one.items[0].above, known)
    return known.indicators[found.indicator] if found.indicator and found.by != ALONE else None


def _of_persons(one: Series, known: Known) -> str:
    """Return why the numbers under a known question of persons, that are not its own, cannot be read; else ""."""
    if len(one.words) < 2 or not _is_bare(one.words[-1]):
        return ""
    over = known.indicators.get(match(one.words[:-1], one.items[0].above, known).indicator)
    return OF_PERSONS if over and over.protected else ""


def _answered(item: Indicator | None, steps: Mapping[str, str], asked: Collection[str]) -> Indicator | None:
    """Return a known question with the answers that the file has, in an edition where it is not `asked` yet."""
    if (
        item is None
        or item.id in asked
        or not steps
        or {*map(squeezed, steps)} <= {*map(squeezed, item.answer_words.values())}
    ):
        return item
    return unwritten(item.id, item.title, SCALES[tuple(steps.values())], list(steps), item.area)


def _steps(one: Series, told: Told, *, is_asked: bool) -> dict[str, str]:
    """Return the answers of a question's cells, best first, with their steps; nothing where they are numbers."""
    codings = [coding for year in one.years if (coding := told.coding_for(one.words, year))]
    coded = [word for coding in codings if _is_coded(one, coding, is_asked=is_asked) for word in coding.values()]
    return steps_of(coded or _answer_texts(one, told))


def _doubt(item: Indicator, one: Series, told: Told) -> str:
    """Return why a question's numbers may be codes that the file does not explain, "" where they are none."""
    texts = {text.removesuffix(",0") for text in _unit_texts(one)}
    is_amount = any(AMOUNT.search(word) or SHARE.search(word) for word in one.words)
    unsure = told.is_unsure or any(map(may_code, one.words))
    return UNSURE if unsure and texts and texts <= DIGITS and not is_amount and not item.is_answer else ""


def _codes(item: Indicator, one: Series, coding: Coding) -> dict[str, str]:
    """Return the steps that numbers stand for in a question's cells, where they are numbers."""
    steps = {squeezed(word): step for step, word in item.answer_words.items()}
    codes = {code: steps.get(squeezed(word), "") for code, word in coding.items()}
    return codes if item.is_answer and all(codes.values()) and _is_coded(one, coding, is_asked=True) else {}


def _new(one: Series, steps: Mapping[str, str], told: Told, used: set[str]) -> Indicator:
    """Return a question as a new measure, with the scale that its coding, its words and its cells say."""
    bare = len(one.words) > 1 and _is_bare(one.words[-1])
    title = without_coding(" – ".join(one.words[-2:]) if bare else one.words[-1]) if one.words else one.title
    name = _id(title, used)
    used.add(name)
    scale = SCALES.get(tuple(steps.values()), "share" if _is_share(one, told) else "ratio")
    return unwritten(name, title, scale, list(steps))


def _is_bare(word: str) -> bool:
    """Return whether a heading says only what its numbers are, and not what they are of."""
    return squeezed(without_unit(word)) in BARE | {""}


def _id(title: str, used: Collection[str]) -> str:
    """Return an id of a title that is not used: its words, as many as there is room for."""
    whole = slug(title) or "fraga"
    short = whole if len(whole) <= LONGEST_ID else whole[: LONGEST_ID + 1].rpartition("-")[0] or whole[:LONGEST_ID]
    return next(name for at in range(1, len(used) + 2) if (name := short if at == 1 else f"{short}-{at}") not in used)


def _unit_texts(one: Series, told: Told = NOTHING) -> Counter[str]:
    """Return what the cells of those that answer show, without signs and empty ones; what a sign answers in its place.

    Signs are those that the file explains; a number that stands for an answer is none.
    """
    steps = {sign: entry.meaning for sign, entry in told.legend.items() if sign and not sign.isdigit()}
    found = Counter[str]()
    for text, many in one.counted.items():
        found[plain(ANSWER_WORDS.get(steps.get(folded(text), ""), text))] += many
    return Counter({text: many for text, many in found.items() if not _is_sign(text)})


def _is_sign(text: str) -> bool:
    return not squeezed(text) or "".join(text.split()).casefold() in WORDS["signs"]


def _is_coded(one: Series, coding: Coding, *, is_asked: bool = False) -> bool:
    """Return whether the cells of those that answer are codes: the question's own words say so, or most of them are.

    A question that is known to be answered in words `is_asked`: its title may have ”antalet” or ”andel” in it.
    """
    texts = {text: many for text, many in _unit_texts(one).items() if any(sign.isdigit() for sign in text)}
    if any(map(coding_of, one.words)):
        return bool(texts)
    is_amount = not is_asked and any(AMOUNT.search(word) or SHARE.search(word) for word in one.words)
    coded = sum(many for text, many in texts.items() if text.removesuffix(",0") in coding)
    return bool(texts) and not is_amount and coded >= MOSTLY * sum(texts.values())


def _answer_texts(one: Series, told: Told) -> list[str]:
    """Return the words that are answered, those of a scale; none where the cells are mostly numbers.

    A word between Ja and Nej is known from elsewhere, or given by several: one place's remark is none, however often.
    """
    counted = _unit_texts(one, told)
    usual = {*map(squeezed, told.answers)}
    words = {text: many for text, many in counted.items() if not is_number(text)}
    if not words or sum(words.values()) * 2 < counted.total():
        return []
    first: dict[str, str] = {}
    for text in sorted(words, key=lambda text: (-words[text], text)):
        givers = {item.place.code for item in one.items if item.is_of_unit and plain(item.text) == text}
        is_given = len(givers) > 1 or squeezed(text) in usual or BETWEEN.match(text)
        if squeezed(text) in ANSWERS or (is_given and steps_of([text])):
            first.setdefault(squeezed(text), without_stop(text))
    found = list(first.values())
    return ["Ja", "Nej", *(one for one in found if squeezed(one) not in ("ja", "nej"))] if found else []


def _is_share(one: Series, told: Told) -> bool:
    """Return whether numbers are shares, by the question's words, a percent sign, or what stands above."""
    said = " ".join(map(without_coding, one.words))
    texts = {item.text for item in one.items}
    signed = [bool(PERCENT.search(text)) for text in texts if any(sign.isdigit() for sign in text)]
    if SHARE.search(said) or told.is_share(one.words) or (any(signed) and (all(signed) or not AMOUNT.search(said))):
        return True
    units = {squeezed(item.unit) for item in one.items if item.unit}
    if units & {squeezed(word) for unit in ("percent", "share") for word in WORDS["units"][unit]}:
        return True
    above = [text for item in one.items[:1] for text in item.above]
    in_percent = any(IN_PERCENT.search(text) for text in above) and all(_at_most_100(text) for text in texts)
    return not AMOUNT.search(said) and not units and (in_percent or bool(unit_told(said, above)))


def _at_most_100(text: str) -> bool:
    try:
        number = written(text)
    except CellError:
        return False
    return number is None or abs(number) <= MOST_PERCENT
