"""Where every figure of a report comes from, once for all its pages: numbered, as data for a script and as a table.

The cells of the notebooks say of which rows each figure was made, and what those are. Here each such record gets one
number, the same on every page, and is written once.
"""

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from oj.compare.reached import comparable
from oj.facts.editions import is_edition
from oj.present.output import ORIGINS
from oj.publish.build.downloads import OF_MEASURE, OF_SOURCE, write_texts
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.vocabulary import UNITS

FILE, SPOTS = "ursprung.json", "bilder"  # in the laid-out book; what of it the pages read where a place is chosen
ATTRIBUTES = re.compile(r'(\.findings)? data-o="([\d ,]*)"(?: data-how="([^"]*)")?')
LABEL = re.compile(r"\{#(tbl-[\w-]+)\}")
FIELDS = (
    "place_name", "period", "group", "display", "base", "measured_on", "status", "passage", "correction", "note", "how",
)  # fmt: skip


@dataclass
class Register:
    """What figures come from: texts, measures, sources and records, each once; charts' records, cells and places."""

    texts: dict[str, int] = field(default_factory=lambda: {"": 0})
    measures: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    charts: dict[str, str] = field(default_factory=dict)
    cells: dict[str, int] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)  # the cell that showed a record first
    shown: dict[str, int] = field(default_factory=dict)  # the cell of each table and chart
    spots: dict[str, dict[str, str]] = field(default_factory=dict)  # where the places stand in each chart

    def add(self, output: dict[str, Any], cell: str) -> None:
        """Number what a cell shows, in its Markdown, and note what that comes from."""
        shown = output.get("data", {})
        if ORIGINS not in shown:
            return
        made = json.loads("".join(shown[ORIGINS]))
        numbers: dict[str, int] = {}
        for name in sorted(made["rows"], key=lambda one: not one.startswith("p")):  # what others are counted from first
            numbers[name] = self._record(made["rows"][name], made, numbers)
            self.first.setdefault(numbers[name], _once(self.cells, cell))
        if "label" in made:
            self.charts[made["label"]] = runs(numbers.values())
            self.spots |= {made["label"]: made["spots"]} if made.get("spots") else {}

        def numbered(found: re.Match[str]) -> str:
            groups = [runs(numbers[row] for row in rows.split() if row in numbers) for rows in found[2].split(",")]
            how = f":{_once(self.texts, html.unescape(found[3]))}" if found[3] else ""
            where = f' data-c="{_once(self.cells, cell)}"' if found[1] else ""
            return f'{found[1] or ""} data-o="{",".join(groups)}{how}"{where}'

        text = ATTRIBUTES.sub(numbered, "".join(shown["text/markdown"]))
        self.shown |= dict.fromkeys([*LABEL.findall(text), *filter(None, [made.get("label")])], _once(self.cells, cell))
        shown["text/markdown"] = text

    def _record(self, row: Mapping[str, Any], made: Mapping[str, Any], numbers: Mapping[str, int]) -> int:
        measure = _once(self.measures, _written(made["measures"].get(row["measure"], {"title": row["measure"]})))
        source = _once(self.sources, _written(made["sources"].get(row.get("source", ""), {})))
        texts = [_once(self.texts, row.get(name, "")) for name in FIELDS]
        return _once(
            self.records, _written([measure, source, *texts, runs(numbers[at] for at in row.get("parts", ()))])
        )

    def written(self) -> dict[str, Any]:
        """Return it all as data for the pages' script."""
        lists = {"m": self.measures, "k": self.sources, "r": self.records}
        return {
            "t": [*self.texts],
            "f": self.charts,
            "c": [*self.cells],
            "w": self.shown,
            "first": [at for _, at in sorted(self.first.items())],
            SPOTS: self.spots,
        } | {name: [json.loads(one) for one in known] for name, known in lists.items()}


def _once(known: dict[str, int], one: str) -> int:
    return known.setdefault(one, len(known))


def _written(one: object) -> str:
    return json.dumps(one, ensure_ascii=False, separators=(",", ":"))


def runs(numbers: Iterable[int]) -> str:
    """Return numbers in their order, each once, those that follow on each other as a run.

    >>> runs([7, 1, 2, 3, 7])
    '7 1-3'
    """
    told: list[list[int]] = []
    for one in dict.fromkeys(numbers):
        if told and told[-1][1] == one - 1:
            told[-1][1] = one
        else:
            told.append([one, one])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in told)


def unrolled(told: str) -> list[int]:
    """Return the numbers that `runs` has told.

    >>> unrolled("7 1-3")
    [7, 1, 2, 3]
    """
    ends = (run.split("-") for run in told.split())
    return [at for first, *last in ends for at in range(int(first), int(last[0] if last else first) + 1)]


def numbered(notebooks: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Number the figures of executed notebooks (by file name) where they stand, and return what they come from."""
    register = Register()
    for name, notebook in notebooks.items():
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                register.add(output, f"analys/{Path(name).stem}.html#cell-id={cell.get('id', '')}")
    return register.written()


def write_origins(figures: Figures, project: Path, report: Path) -> None:
    """Write where the figures come from as data of the pages' script, with the places, and as a table of its own."""
    from oj.publish.render.html import write_data

    made = json.loads((project / FILE).read_text(encoding="utf-8"))
    write_data(report, SPOTS, made.pop(SPOTS))
    write_data(report, "ursprung", made)
    write_data(report, "platser", places_of(figures))
    write_texts(table_of(made), report / "ursprung.csv")


def places_of(figures: Figures) -> list[dict[str, Any]]:
    """Return the places of a report in order, each with the municipalities that it may be compared with.

    >>> from oj.tidy.door import figures
    >>> [len(one["like"]) for one in places_of(figures("Stockholm"))]
    [7, 6, 6, 6, 7, 7, 6, 3, 0, 0]
    """
    rows, grouped = figures.frame.drop_duplicates("place"), is_edition(figures.folder)
    return [
        {"code": row.place, "name": row.place_name, "level": row.level}
        | {"like": comparable(figures, row.place) if grouped and row.level == UNITS[0] else []}
        for row in each_row(rows)
    ]


def table_of(made: Mapping[str, Any]) -> pd.DataFrame:
    """Return a row for each figure of a report: what it is, its question and rule, and where it comes from."""
    rows = []
    for at, (measure, source, *texts, parts) in enumerate(made["r"]):
        about, where = made["m"][measure], made["k"][source]
        row = {"number": at} | {name: about.get(name, "") for name in OF_MEASURE}
        row |= {name: made["t"][text] for name, text in zip(FIELDS, texts, strict=True)}
        row |= {f"source_{name}": where.get(name, "") for name in OF_SOURCE}
        rows.append(row | {"counted_from": parts, "shown_in": made["c"][made["first"][at]]})
    columns = ["number", *OF_MEASURE, *FIELDS, *(f"source_{name}" for name in OF_SOURCE), "counted_from", "shown_in"]
    return pd.DataFrame(rows, columns=columns)
