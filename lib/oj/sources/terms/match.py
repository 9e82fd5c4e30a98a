"""Which indicator a column of a table is about, by its headings on every level, its sheet and its table's title."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from oj.facts.catalog import Indicator, indicators
from oj.facts.datapackage import read_table
from oj.facts.kept import kept_by_content
from oj.sources.terms.words import plain, squeezed, without_unit

GROUPS = {"subarea": ["name"], "table": ["short", "title"], "area": ["name", "former_name"]}
LIKE = 0.6  # how like a title must be to be shown as the nearest
ALONE = "bara namnet"  # a short name that nothing above it supports: other surveys may have it too
TOLD_NAME = 10  # the letters of a context that must agree where one is longer than the other
LETTERED = re.compile(r"^([a-z])[).:]\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Match:
    """A column's indicator and, in Swedish, by what it was found; without one, the nearest, best first."""

    indicator: str
    by: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """The indicators, and what each of them is called above its column: its family, sub-area, table and area."""

    indicators: Mapping[str, Indicator]
    contexts: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]
    groups: tuple[tuple[str, ...], ...] = ()


@kept_by_content
def known(indicators: Mapping[str, Indicator], groups: Mapping[str, Sequence[str]]) -> Known:
    """Return what columns are matched with; `groups` are the names of every sub-area, table and area by its id."""
    contexts = {}
    for name, item in indicators.items():
        stands = (f"subarea {item.subarea}", f"table {item.table}", f"area {item.area}")
        told = [item.name, item.family, *(word for one in stands for word in groups.get(one, ()))]
        contexts[name] = tuple(filter(None, map(squeezed, told)))
    titles = {squeezed(without_unit(item.title)): name for name, item in indicators.items()}
    return Known(indicators, contexts, titles, tuple(map(tuple, groups.values())))


def catalog(folder: Path | None) -> Known:
    """Return the indicators, with what their sub-areas, tables and areas are called."""
    groups: dict[str, Sequence[str]] = {}
    for kind, columns in GROUPS.items():
        for row in read_table(f"{kind}s", folder).fillna("").to_dict("records"):
            groups[f"{kind} {row[kind]}"] = [str(row[column]) for column in columns]
    return known(indicators(folder), groups)


def texts_of(item: Indicator, known: Known) -> list[str]:
    """Return everything that an indicator is called, and what it stands under."""
    return [item.title, item.name, item.short, *known.contexts[item.id]]


def match(levels: Sequence[str], above: Sequence[str], known: Known) -> Match:
    """Return the indicator of a column with headings on `levels`, the uppermost first.

    `above` is what stands over the headings: the sheet's name and the table's title. An id or a whole title is
    enough; a short name that several have, or a letter, must be told apart by what stands above it.
    """
    levels = _said(levels)
    if not levels:
        return Match("", "")
    if levels[-1] in known.indicators:
        return Match(levels[-1], "id")
    for text in _joined(levels):
        if found := known.titles.get(squeezed(text)):
            return Match(found, "titel")
    for by, candidates, alone in _candidates(levels, known):
        agreed = _narrowed(candidates, [*above, *levels[:-1]], known)
        left = agreed or (candidates if alone else [])
        if len(left) == 1:
            return Match(left[0], by if agreed else ALONE)
        if left:
            return Match("", "", tuple(left))
    return Match("", "", tuple(_like(levels, known)))


def is_word_for_word(levels: Sequence[str], above: Sequence[str], known: Known) -> bool:
    """Return whether a column is surely one of the indicators: as `match` says, or by any level that is a whole title.

    A short name that nothing above it supports is none.
    """
    levels = _said(levels)
    titles = {squeezed(text) for text in (*levels, *_joined(levels))}
    if not known.titles.keys().isdisjoint(titles) or (levels and levels[-1] in known.indicators):
        return True
    each = _candidates(levels, known) if levels else ()
    return any(len(_narrowed(some, [*above, *levels[:-1]], known)) == 1 for _by, some, _alone in each)


def _said(levels: Sequence[str]) -> list[str]:
    """Return what headings say besides units."""
    return [text for text in (without_unit(plain(level)) for level in levels) if text]


def _joined(levels: Sequence[str]) -> Iterable[str]:
    """Yield the headings from each level down, with and without the letter that they begin with."""
    for first in range(len(levels)):
        told = [text for at, text in enumerate(levels[first:]) if at == 0 or text != levels[first + at - 1]]
        yield " ".join(told)
        yield " ".join(LETTERED.sub("", text) for text in told)


def _candidates(levels: Sequence[str], known: Known) -> Iterable[tuple[str, list[str], bool]]:
    """Yield how the last heading is read, whom it may be, and whether one who is alone with it needs no context."""
    letter, short = LETTERED.match(levels[-1]), squeezed(LETTERED.sub("", levels[-1]))
    named = [name for name, item in known.indicators.items() if short in (squeezed(item.short), squeezed(item.name))]
    if letter:
        named = [name for name in named if known.indicators[name].letter in (letter[1].lower(), "")]
    yield "kort namn", named, True
    alone = levels[-1].strip(" ).").lower()
    yield "bokstav", [name for name, item in known.indicators.items() if item.letter and item.letter == alone], False


def _narrowed(candidates: list[str], above: Sequence[str], known: Known) -> list[str]:
    """Return the candidates that agree with what stands above, the nearest level first; none where none does."""
    left, agreed = candidates, False
    for level in map(squeezed, reversed(above)):
        if agreeing := [name for name in left if any(_agrees(level, one) for one in known.contexts[name])]:
            left, agreed = agreeing, True
    return left if agreed else []


def _agrees(level: str, context: str) -> bool:
    is_long = min(len(level), len(context)) >= TOLD_NAME
    return level == context or (is_long and (level in context or context in level))


def _like(levels: Sequence[str], known: Known) -> list[str]:
    """Return the indicators whose title or short name is most like the headings, best first, at most three."""
    said = [squeezed(text) for text in _joined(levels)]
    called = {name: (one.title, one.short, f"{one.name} {one.short}") for name, one in known.indicators.items()}
    pairs = {name: [(text, squeezed(one)) for text in said for one in told] for name, told in called.items()}
    scores = {name: max(likeness(*pair) for pair in some) for name, some in pairs.items()}
    return [name for name in sorted(scores, key=lambda name: (-scores[name], name)) if scores[name] >= LIKE][:3]


@cache
def likeness(one: str, other: str) -> float:
    """Return how like two squeezed texts are, 0-1; 0 where they are surely less alike than is shown."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE else 0.0
