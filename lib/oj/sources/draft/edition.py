"""The files of an edition that nobody has written yet, made of what a workbook asks in one year."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import yaml

from oj.facts.catalog import Indicator, every_indicator, indicators_by_edition
from oj.facts.datapackage import read_table
from oj.facts.editions import EDITION, asking_editions, domain_of
from oj.facts.places import slug
from oj.facts.questions import Question, questions
from oj.sources.draft.short import alone, short_names
from oj.sources.sheets.model import Figure
from oj.sources.terms.coding import without_coding
from oj.sources.terms.words import plain, squeezed, without_unit
from oj.sources.terms.years import year_level
from oj.words.plain_text import COMPUTED
from oj.words.vocabulary import ANSWER_SCALES, PublishedLevel

NOTEBOOK, GENERAL = "omrade", ("fragor", "Frågor")  # an area that is not said
SAYS_NOTHING = re.compile(r"(?:blad|sheet|tabell|data|resultat|kommun(?:er)?|län|riket)?[\s\d,.–-]*", re.IGNORECASE)
OF_QUESTION = ("short", "phrase", "polarity", "kind", "protected", "target", "purpose", "confirmed")
COLUMNS = {
    "areas": ["area", "order", "name", "former_name", "notebook"],
    "tables": ["table", "order", "area", "short", "title", "source_title"],
    "subareas": ["subarea", "order", "area", "table", "name"],
    "sources": ["source", "title", "publisher", "year", "address", "note"],
}
LEVELS: tuple[PublishedLevel, ...] = get_args(PublishedLevel)


@dataclass(frozen=True)
class Asked:
    """A question of an edition: its measure, what it stands under, the levels that it has figures of."""

    indicator: Indicator
    area: tuple[str, str]  # its id and its name
    levels: tuple[PublishedLevel, ...]


@dataclass(frozen=True)
class Source:
    """Where the edition's results come from: the workbook's id, title, publisher and file."""

    id: str
    title: str
    publisher: str
    file: str


def is_drafted(home: Path) -> bool:
    """Return whether an edition's questions are lacking, or were made by a workbook: it has no results of its own."""
    return not (home / "results").is_dir()


def drafted(home: Path) -> dict[str, Path]:
    """Return the editions of a domain that workbooks have made, by year."""
    return {year: path for year, path in asking_editions(home).items() if is_drafted(path)}


def asked_in(year: str, figures: Iterable[Figure], measures: Mapping[str, Indicator], home: Path) -> list[Asked]:
    """Return the questions that a workbook has figures of in a year, in its order, each with its area."""
    known, areas = questions(home), _areas(home)
    found: dict[str, list[Figure]] = {}
    for one in figures:
        if one.item.heading.period == year:
            found.setdefault(one.measure, []).append(one)
    earlier, titles = known_alone(home), titles_of(home)
    asked = {name: _as_asked(measures[name], own[0], titles.get(name, ())) for name, own in found.items()}
    described = {name: _described(item, earlier.get(name), known.get(name)) for name, item in asked.items()}
    taken = {item.short for name, item in described.items() if name in earlier}
    short = short_names({name: item.short for name, item in described.items() if name not in earlier}, taken)
    return [
        Asked(
            described[name].model_copy(update={"short": short.get(name, described[name].short)}),
            _area(measures[name], own[0], areas),
            tuple(level for level in LEVELS if any(one.item.place.level == level for one in own)),
        )
        for name, own in found.items()
    ]  # fmt: skip


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


def titles_of(home: Path) -> dict[str, set[str]]:
    """Return everything that each question of a domain has been called, by its id, squeezed."""
    found: dict[str, set[str]] = {}
    for item in (one for own in indicators_by_edition(home).values() for one in own.values()):
        found.setdefault(item.id, set()).add(squeezed(without_unit(item.title)))
    return found


def _as_asked(item: Indicator, one: Figure, titles: Collection[str]) -> Indicator:
    """Return a measure with the title that a year asks it by, where it has been asked in several."""
    said = without_coding(one.item.heading.words[-1])
    return item.model_copy(update={"title": said}) if squeezed(without_unit(said)) in titles else item


def _described(item: Indicator, earlier: Indicator | None, known: Question | None) -> Indicator:
    """Return a measure with what is known of the same question: its words of another edition, or the survey's."""
    if earlier is not None:
        return item.model_copy(update=described_as(earlier) | {"decimals": earlier.decimals})
    phrase = item.title[:1].lower() + item.title[1:]
    points = {"polarity": "higher-better"} if item.scale in ANSWER_SCALES and known else {}
    rule = known.description if known else ""
    return item.model_copy(update={"phrase": phrase, "rule": rule, **points})


def _areas(home: Path) -> dict[str, str]:
    """Return the names of a domain's areas by id: those of its editions, and its own."""
    told = [read_table("areas", path) for path in asking_editions(home).values()]
    own = {str(row["area"]): str(row["name"]) for table in told for row in table.to_dict("records")}
    return own | domain_of(home).areas


def _area(item: Indicator, one: Figure, areas: Mapping[str, str]) -> tuple[str, str]:
    """Return the area of a question: the one that is known, or the heading or the sheet that it stands under."""
    if item.area in areas:
        return item.area, areas[item.area]
    words = one.item.heading.words
    name = plain(words[0]) if len(words) > 1 else plain(one.item.page.name)
    if SAYS_NOTHING.fullmatch(name) or year_level(name):
        return GENERAL
    known = {squeezed(own): key for key, own in areas.items()}
    key = known.get(squeezed(name), slug(name) or GENERAL[0])
    return key, areas.get(key, name)


def files_of(year: str, asked: Sequence[Asked], source: Source, home: Path) -> dict[str, str]:
    """Return the texts of the edition's files, by their paths in its folder."""
    areas = dict(one.area for one in asked)
    each = [(at, key, f"{key}-fragor", name) for at, (key, name) in enumerate(areas.items(), 1)]
    rows: dict[str, list[list[Any]]] = {
        "areas": [[key, at, name, "", NOTEBOOK] for at, key, _table, name in each],
        "tables": [[table, at, key, name, name, source.title] for at, key, table, name in each],
        "subareas": [[f"{key}-delar", at, key, table, name] for at, key, table, name in each],
        "sources": [[source.id, source.title, source.publisher, year, "", f"Inläst ur {source.file}."]],
    }
    found = {f"{name}.csv": as_csv(COLUMNS[name], own) for name, own in rows.items()}
    title = f"Öppna jämförelser {year} – {domain_of(home).name}"
    found[EDITION] = as_yaml({"name": title, "published_first": int(year), "source": source.id})
    for key in areas:
        found[f"indicators/{key}.yml"] = as_yaml([_family(one, key) for one in asked if one.area[0] == key])
    return found


def _family(one: Asked, area: str) -> dict[str, Any]:
    """Return a question as a family of one, as an area's file has it; what nobody has written is empty."""
    item = one.indicator
    return {
        "family": item.id, "subarea": f"{area}-delar", "name": item.name, "kind": list(item.kind), "scale": item.scale,
        "polarity": item.polarity, "levels": list(one.levels), "measured_on": [], "target": item.target,
        "purpose": item.purpose, "question": "", "rule": item.rule, "errors": "",
        **({"answers": list(item.answers)} if item.answers else {}),
        **({"protected": True} if item.protected else {}),
        **({"decimals": item.decimals} if item.decimals else {}),
        **({"confirmed": True} if item.confirmed else {}),
        "indicators": [{"id": item.id, "title": item.title, "short": item.short, "phrase": item.phrase}],
    }  # fmt: skip


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return a table of an edition, as it is written.

    No cell begins as what a spreadsheet computes, whatever the workbook says.

    >>> as_csv(["name"], [["=1+1"]])
    'name\\n1+1\\n'
    """
    started = "".join(COMPUTED)
    rows = [[one.lstrip(started) or "–" if isinstance(one, str) and one else one for one in row] for row in rows]
    return str(pd.DataFrame(rows, columns=list(columns)).to_csv(index=False, lineterminator="\n"))


def as_yaml(content: Any) -> str:
    """Return what a file of an edition says, as it is written."""
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110))
