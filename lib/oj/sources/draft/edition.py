"""The files of an edition that nobody has written yet, made of what a workbook asks in one year."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from oj.facts.catalog import Indicator, every_indicator
from oj.facts.editions import EDITION, Domain, domain_of
from oj.facts.places import slug
from oj.facts.questions import Question, questions
from oj.sources.sheets.model import Figure
from oj.sources.terms.words import plain, squeezed
from oj.sources.terms.years import year_level
from oj.words.vocabulary import ANSWER_SCALES, PublishedLevel

NOTEBOOK, GENERAL = "omrade", ("fragor", "Frågor")  # an area that is not said
SAYS_NOTHING = re.compile(r"(?:blad|sheet|tabell|data|resultat|kommun(?:er)?|län|riket)?[\s\d,.–-]*", re.IGNORECASE)
COLUMNS = {
    "areas": ["area", "order", "name", "former_name", "notebook"],
    "tables": ["table", "order", "area", "short", "title", "source_title"],
    "subareas": ["subarea", "order", "area", "table", "name"],
    "sources": ["source", "title", "publisher", "year", "address", "note"],
}
LEVELS: Mapping[str, PublishedLevel] = {
    "district": "district", "municipality": "municipality", "county": "county", "nation": "nation",
}  # fmt: skip


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


def asked_in(year: str, figures: Iterable[Figure], measures: Mapping[str, Indicator], home: Path) -> list[Asked]:
    """Return the questions that a workbook has figures of in a year, in its order, each with its area."""
    domain, known = domain_of(home), questions(home)
    found: dict[str, list[Figure]] = {}
    for one in figures:
        if one.item.heading.period == year:
            found.setdefault(one.measure, []).append(one)
    earlier = every_indicator(home)
    return [
        Asked(
            _described(measures[name], earlier.get(name), known.get(name)),
            _area(measures[name], own[0], domain),
            tuple(level for level in LEVELS.values() if any(one.item.place.level == level for one in own)),
        )
        for name, own in found.items()
    ]  # fmt: skip


def _described(item: Indicator, earlier: Indicator | None, known: Question | None) -> Indicator:
    """Return a measure with what is known of the same question: its words of another edition, or the survey's."""
    if earlier is not None:
        texts = {key: getattr(earlier, key) for key in ("short", "phrase", "polarity", "kind", "protected", "decimals")}
        return item.model_copy(update={**texts, "target": earlier.target, "purpose": earlier.purpose, "rule": ""})
    phrase = item.title[:1].lower() + item.title[1:]
    points = {"polarity": "higher-better"} if item.scale in ANSWER_SCALES and known else {}
    rule = known.description if known else ""
    return item.model_copy(update={"phrase": phrase, "rule": rule, **points})


def _area(item: Indicator, one: Figure, domain: Domain) -> tuple[str, str]:
    """Return the area of a question: the one that is known, or the heading or the sheet that it stands under."""
    if item.area in domain.areas:
        return item.area, domain.areas[item.area]
    words = one.item.heading.words
    name = plain(words[0]) if len(words) > 1 else plain(one.item.page.name)
    if SAYS_NOTHING.fullmatch(name) or year_level(name):
        return GENERAL
    known = {squeezed(own): key for key, own in domain.areas.items()}
    key = known.get(squeezed(name), slug(name) or GENERAL[0])
    return key, domain.areas.get(key, name)


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
    found = {f"{name}.csv": _csv(COLUMNS[name], own) for name, own in rows.items()}
    title = f"Öppna jämförelser {year} – {domain_of(home).name}"
    found[EDITION] = _yaml({"name": title, "published_first": int(year), "source": source.id})
    for key in areas:
        found[f"indicators/{key}.yml"] = _yaml([_family(one, key) for one in asked if one.area[0] == key])
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
        "indicators": [{"id": item.id, "title": item.title, "short": item.short, "phrase": item.phrase}],
    }  # fmt: skip


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    return str(pd.DataFrame(rows, columns=list(columns)).to_csv(index=False, lineterminator="\n"))


def _yaml(content: Any) -> str:
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110))
