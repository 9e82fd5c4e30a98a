"""Editions that workbooks make, as they are made and changed: their questions one by one, and their files again."""

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import yaml

from oj.facts.catalog import Indicator, indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import QUESTIONS, label_of
from oj.facts.kept import kept_by_content
from oj.facts.yaml_file import read_yaml
from oj.sources.terms.words import squeezed
from oj.words.frames import as_records
from oj.words.plain_text import COMPUTED
from oj.words.vocabulary import PublishedLevel

NOTEBOOK, TABLE, PART = "omrade", "{}-fragor", "{}-delar"  # what a workbook's area, its table and its part are called
LEVELS: tuple[PublishedLevel, ...] = get_args(PublishedLevel)
COLUMNS = {
    "areas": ["area", "order", "name", "former_name", "notebook"],
    "tables": ["table", "order", "area", "short", "title", "source_title"],
    "subareas": ["subarea", "order", "area", "table", "name"],
}
OF_FAMILY = ("id", "title", "short", "phrase", "parts")  # what is each question's own; all else its family may say


@dataclass
class Draft:
    """An edition that workbooks made: its questions as they stand in its files, each with its area, and its tables.

    `source_title` is the title of the workbook that is read now.
    """

    home: Path
    known: Mapping[str, Indicator] = field(default_factory=dict)
    questions: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # the file, and all that is said of one
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {kind: [] for kind in COLUMNS})
    source_title: str = ""

    def ask(self, one: dict[str, Any], area: str, name: str) -> None:
        """Let the edition have a question, in an area; where it has it, at most its levels and its like are more."""
        own = next((entry for _file, entry in self.questions if entry["id"] == one["id"]), None)
        if own is None:
            one["subarea"] = self._part(area, name)
            self.questions.append((f"{area}.yml", one))
            return
        if lacking := {*one["levels"]} - {*own["levels"]}:
            own["levels"] = [level for level in LEVELS if level in {*own["levels"], *lacking}]
        if one.get("protected"):
            own["protected"] = True
        if one.get("breaks") and not own.get("breaks_answered"):
            every = {row["year"]: row for row in (*own.get("breaks", []), *one["breaks"])}
            own["breaks"] = [every[year] for year in sorted(every)]
        if own["scale"] == "ratio" and one.get("decimals", 0) > own.get("decimals", 0):
            own["decimals"] = one["decimals"]

    def tie(self, parts: Mapping[str, Sequence[str]]) -> None:
        """Let questions be the sums of their parts, where the edition has all of them."""
        asked = {one["id"] for _file, one in self.questions}
        for _file, one in self.questions:
            if (own := parts.get(one["id"])) and asked.issuperset(own):
                one["parts"] = list(own)

    def called(self, title: str, name: str, others: Collection[str]) -> dict[str, Any] | None:
        """Return what is said of the question with a title, where several have it the one with an id, or none's."""
        every = [one for _file, one in self.questions if squeezed(one["title"]) == squeezed(title)]
        own = [one for one in every if one["id"] == name] or [one for one in every if one["id"] not in others]
        return own[0] if len(own) == 1 else every[0] if len(every) == 1 else None

    def move(self, one: dict[str, Any], area: str, name: str) -> None:
        """Let a question stand in an area, which is made where the edition does not have it."""
        parts = {row["subarea"]: row["area"] for row in self.tables["subareas"]}
        if parts[one["subarea"]] == area:
            return
        one["subarea"] = self._part(area, name)
        self.questions = [(f"{area}.yml" if other is one else file, other) for file, other in self.questions]

    def _part(self, area: str, name: str) -> str:
        """Return the first part of an area, which is made where the edition does not have it."""
        if area not in [row["area"] for row in self.tables["subareas"]]:
            self._add(area, name)
        return str(next(row["subarea"] for row in self.tables["subareas"] if row["area"] == area))

    def _add(self, area: str, name: str) -> None:
        table, part = TABLE.format(area), PART.format(area)
        title = self.source_title or next((row["source_title"] for row in self.tables["tables"]), "")
        new = {
            "areas": {"area": area, "name": name, "former_name": "", "notebook": NOTEBOOK},
            "tables": {"table": table, "area": area, "short": name, "title": name, "source_title": title},
            "subareas": {"subarea": part, "area": area, "table": table, "name": name},
        }
        for kind, row in new.items():
            order = max((int(one["order"]) for one in self.tables[kind]), default=0) + 1
            self.tables[kind].append({**row, "order": order})

    @property
    def is_made(self) -> bool:
        """Whether all its tables are those that workbooks make: another is somebody's own work."""
        return all(row["table"] == TABLE.format(row["area"]) for row in self.tables["tables"])

    def texts(self) -> dict[str, str]:
        """Return the texts of the edition's files, by their paths in its folder; an area without questions is gone."""
        used = {one["subarea"] for _file, one in self.questions}
        kept = {row["area"] for row in self.tables["subareas"] if row["subarea"] in used}
        found = {}
        for kind, columns in COLUMNS.items():
            rows = [[row[key] for key in columns] for row in self.tables[kind] if row["area"] in kept]
            found[f"{kind}.csv"] = as_csv(columns, rows)
        for file in dict.fromkeys(file for file, _one in self.questions):
            own = [_family(one) for other, one in self.questions if other == file]
            found[f"indicators/{file}"] = as_yaml(own)
        return found


def draft_of(home: Path) -> Draft:
    """Return an edition that workbooks made, as its files say; one without any questions where it has none yet."""
    if not (home / QUESTIONS).exists():
        return Draft(home)
    found = Draft(home, indicators(home))
    for path in sorted((home / "indicators").glob("*.yml")):
        for family in read_yaml(path, label_of(path)):
            shared = {key: value for key, value in family.items() if key != "indicators"}
            found.questions += [(path.name, {**shared, **own}) for own in family["indicators"]]
    for kind in COLUMNS:
        found.tables[kind] = [_plain(row) for row in as_records(read_table(kind, home))]
    return found


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): "" if value is None or value != value else value for key, value in row.items()}  # noqa: PLR0124


def _family(one: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question as a family of one, as an area's file has it."""
    shared = {key: value for key, value in one.items() if key not in OF_FAMILY}
    return {**shared, "indicators": [{key: one[key] for key in OF_FAMILY if key in one}]}


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return a table of an edition, as it is written.

    No cell begins as what a spreadsheet computes, whatever the workbook says.

    >>> as_csv(["name"], [["=1+1"]])
    'name\\n1+1\\n'
    """
    return _csv(columns, rows)


@kept_by_content
def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    started = "".join(COMPUTED)
    rows = [[one.lstrip(started) or "–" if isinstance(one, str) and one else one for one in row] for row in rows]
    return str(pd.DataFrame(rows, columns=list(columns)).to_csv(index=False, lineterminator="\n"))


@kept_by_content
def as_yaml(content: Any) -> str:
    """Return what a file of an edition says, as it is written."""
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110))


def changed_files(before: Draft, after: Draft) -> dict[Path, str | None]:
    """Return the texts of the files that differ, None for one that is no longer needed."""
    first, last = before.texts(), after.texts()
    found: dict[Path, str | None] = {after.home / name: text for name, text in last.items() if first.get(name) != text}
    return found | {after.home / name: None for name in first if name not in last}


def write_texts(texts: Mapping[Path, str | None]) -> None:
    """Write files of facts, or take away those that are None, a folder with all that is in it."""
    for file, text in texts.items():
        if text is None and file.is_dir():
            shutil.rmtree(file)
        elif text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")


def years_told(years: Sequence[str]) -> str:
    """Return years as they are told: those that follow on each other as a span.

    >>> years_told(["2016", "2017", "2018", "2022"])
    '2016–2018, 2022'
    """
    spans: list[list[int]] = []
    for year in sorted(map(int, years)):
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}–{span[-1]}" for span in spans)


def editions_told(years: Collection[str]) -> str:
    """Return editions as they are told: utgåvorna 2016–2018."""
    return f"{'utgåvan' if len(years) == 1 else 'utgåvorna'} {years_told([*years])}"
