"""The questions that a workbook asks in one year, for the edition that it makes or joins."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oj.facts.catalog import Indicator, drafted, every_indicator, indicators_by_edition
from oj.facts.datapackage import read_table
from oj.facts.editions import asking_editions, domain_of
from oj.facts.places import slug
from oj.facts.questions import Question, questions
from oj.sources.aside import Aside, set_aside
from oj.sources.draft.draft import LEVELS
from oj.sources.draft.short import alone, short_names
from oj.sources.sheets.model import Figure
from oj.sources.terms.coding import without_coding
from oj.sources.terms.words import pattern, plain, squeezed, without_unit
from oj.sources.terms.years import year_level
from oj.words.vocabulary import ANSWER_SCALES, PublishedLevel

GENERAL = ("fragor", "Frågor")  # an area that is not said
NO_AREA = pattern("no_area")
OF_QUESTION = ("short", "phrase", "polarity", "kind", "protected", "target", "purpose", "confirmed")


@dataclass(frozen=True)
class DraftQuestion:
    """A question of an edition: its measure, what it stands under, the levels that it has figures of."""

    indicator: Indicator
    area: tuple[str, str]  # its id and its name
    levels: tuple[PublishedLevel, ...]


def asked_in(
    year: str, figures: Sequence[Figure], measures: Mapping[str, Indicator], home: Path
) -> list[DraftQuestion]:
    """Return the questions that a workbook has figures of in a year, in its order, each with its area.

    Numbers that are whole in all its years are shown so. What is said of one that is set aside is said of it again.
    """
    kept, known = set_aside(home, year), questions(home)
    measures = {**measures, **{name: one.item for name, one in kept.items() if _is_still(one, measures.get(name))}}
    areas = dict(one.area for one in kept.values()) | _areas(home)
    found: dict[str, list[Figure]] = {}
    for one in figures:
        if one.item.heading.period == year:
            found.setdefault(one.measure, []).append(one)
    earlier, there = known_alone(home) | {name: one.item for name, one in kept.items()}, indicators_by_edition(home)
    asked = _with_decimals(_asked_as(measures, found, kept, home), figures, home)
    said = {name: _said_over(own[0], asked[name].title) for name, own in found.items()}
    parts = len({*said.values()}) > 1
    described = {name: _described(item, earlier.get(name), known.get(name)) for name, item in asked.items()}
    named = {
        name: item for name, item in earlier.items() if is_named(item) or item.title == asked.get(name, item).title
    }
    taken = {item.short for name, item in named.items() if name in described or name in there.get(year, {})}
    short = short_names({name: item.title for name, item in described.items() if name not in named}, taken)
    return [
        DraftQuestion(
            described[name].model_copy(update=_called(short[name]) if name in short else {}),
            _area(measures[name], said[name], areas, parts=parts),
            tuple(level for level in LEVELS if any(one.item.place.level == level for one in own)),
        )
        for name, own in found.items()
    ]  # fmt: skip


def _is_still(kept: Aside, item: Indicator | None) -> bool:
    """Return whether a question that was set aside is read as the same kind of answer or number again."""
    return item is not None and (item.scale, item.answers) == (kept.item.scale, kept.item.answers)


def described_as(earlier: Indicator) -> dict[str, Any]:
    """Return what is said of a question, for another edition: what it means only where a person has said so."""
    told = {key: getattr(earlier, key) for key in OF_QUESTION}
    return {**told, "rule": earlier.rule if earlier.confirmed else ""}


def known_alone(home: Path) -> dict[str, Indicator]:
    """Return the questions of a domain's editions by id, as the last one has it, each with a name understood alone.

    A short name of an edition that is written is understood in its own table: Familjehemmen.
    """
    own = drafted(home)
    last = {name: year for year, known in indicators_by_edition(home).items() for name in known}
    return {
        name: item if last[name] in own else item.model_copy(update={"short": alone(item.phrase, item.title)})
        for name, item in every_indicator(home).items()
    }


def _with_decimals(asked: Mapping[str, Indicator], figures: Sequence[Figure], home: Path) -> dict[str, Indicator]:
    """Return measures with as many decimals as their numbers need, or as somebody has written that they have."""
    parted = {one.measure for one in figures if one.value is not None and one.value != int(one.value)}
    own, every = drafted(home), indicators_by_edition(home).items()
    written = {name for year, known in every if year not in own for name in known}
    ratios = {name for name, item in asked.items() if item.scale == "ratio"} - written
    found = {name: int(name in ratios) or item.decimals for name, item in asked.items() if name in parted}
    return {name: item.model_copy(update={"decimals": found.get(name, 0)}) for name, item in asked.items()}


def titles_of(home: Path) -> dict[str, set[str]]:
    """Return everything that each question of a domain has been called, by its id, squeezed."""
    found: dict[str, set[str]] = {}
    for item in (one for own in indicators_by_edition(home).values() for one in own.values()):
        found.setdefault(item.id, set()).add(squeezed(without_unit(item.title)))
    return found


def _asked_as(
    measures: Mapping[str, Indicator], found: Mapping[str, Sequence[Figure]], kept: Mapping[str, Aside], home: Path
) -> dict[str, Indicator]:
    """Return measures with the titles that a year asks them by."""
    titles = titles_of(home)
    for name, one in kept.items():
        titles.setdefault(name, set()).add(squeezed(without_unit(one.item.title)))
    return {name: _as_asked(measures[name], own[0], titles.get(name, ())) for name, own in found.items()}


def _as_asked(item: Indicator, one: Figure, titles: Collection[str]) -> Indicator:
    """Return a measure with the title that a year asks it by, where it has been asked in several."""
    said = without_coding(one.item.heading.words[-1])
    return item.model_copy(update={"title": said}) if squeezed(without_unit(said)) in titles else item


def is_named(item: Indicator) -> bool:
    """Return whether somebody has given a question its short name; one that is only its title cut is quoted."""
    return item.phrase != _called(item.short)["phrase"]


def _called(short: str) -> dict[str, str]:
    """Return the names of a question that nobody has named: in a sentence it is quoted, for it may be any words."""
    return {"short": short, "phrase": f"”{short}”"}


def _described(item: Indicator, earlier: Indicator | None, known: Question | None) -> Indicator:
    """Return a measure with what is known of the same question: its words of another edition, or the survey's."""
    if earlier is not None:
        return item.model_copy(update=described_as(earlier) | {"decimals": max(item.decimals, earlier.decimals)})
    points = {"polarity": "higher-better"} if item.scale in ANSWER_SCALES and known else {}
    rule = known.description if known else ""
    return item.model_copy(update={"rule": rule, **points})


def _areas(home: Path) -> dict[str, str]:
    """Return the names of a domain's areas by id: those of its editions, and its own."""
    told = [read_table("areas", path) for path in asking_editions(home).values()]
    own = {str(row["area"]): str(row["name"]) for table in told for row in table.to_dict("records")}
    return own | domain_of(home).areas


def _said_over(one: Figure, title: str) -> str:
    """Return the area that a workbook puts a question in: its uppermost heading or its sheet, "" where none says one.

    A heading that is a part of the question's own title is none.
    """
    words, sheet = one.item.heading.words, one.item.page.name
    over = [words[0]] if len(words) > 1 and squeezed(words[0]) not in squeezed(title) else []
    names = [name for name in map(plain, (*over, sheet)) if not NO_AREA.match(name) and not year_level(name)]
    return names[0] if names else ""


def _area(item: Indicator, said: str, areas: Mapping[str, str], *, parts: bool) -> tuple[str, str]:
    """Return the area of a question: what the workbook says, where it says one; else the one that it had before.

    What a person has said stands. Words that are no known area's and do not part the questions say none of a known one.
    """
    known = {squeezed(own): key for key, own in areas.items()}
    key = known.get(squeezed(said), slug(said) or GENERAL[0])
    if item.area in areas and (item.confirmed or not said or not (parts or key in areas)):
        return item.area, areas[item.area]
    return (key, areas.get(key, said)) if said else GENERAL


def entry_of(one: DraftQuestion, kept: Aside | None = None, breaks: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return all that an area's file says of a question; what nobody has written is empty.

    What was written of it before it was set aside, as `kept`, is there again; else `breaks` says those in its series.
    """
    item = one.indicator
    written = {key: text for key, text in kept.entry.items() if text} if kept and _is_still(kept, item) else {}
    told = _entry(item, one)
    own = {key: text for key, text in written.items() if not told.get(key)}
    if not own.get("breaks_answered"):
        own = {key: text for key, text in own.items() if key != "breaks"} | (breaks or {})
    return told | own


def _entry(item: Indicator, one: DraftQuestion) -> dict[str, Any]:
    return {
        "family": item.id, "subarea": "", "name": item.name, "kind": list(item.kind), "scale": item.scale,
        "polarity": item.polarity, "levels": list(one.levels), "measured_on": [], "target": item.target,
        "purpose": item.purpose, "question": "", "rule": item.rule, "errors": "",
        **({"answers": list(item.answers)} if item.answers else {}),
        **({"protected": True} if item.protected else {}),
        **({"decimals": item.decimals} if item.decimals else {}),
        **({"confirmed": True} if item.confirmed else {}),
        "id": item.id, "title": item.title, "short": item.short, "phrase": item.phrase,
    }  # fmt: skip
