"""What checks a finished report without the program that built it: the script, how it is run, and what it must know."""

import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

from oj.facts.datapackage import read_table
from oj.facts.editions import is_edition
from oj.facts.places import all_places, find_report_place
from oj.tidy.measures import Measure, of_the_years
from oj.tidy.schema import Figures
from oj.words.frames import each_row

TOOLS = Path(__file__).parents[4] / "tools"
FILES = {"verify.py": "verify.py", "verify_text.py": "verify_text.py", "verify.md": "LASMIG.md"}
FOLDER, NAMES = "verify", "namn.json"


def write_verify(figures: Figures, report: Path) -> None:
    """Write the folder `verify` of a finished report."""
    folder = report / FOLDER
    folder.mkdir()
    for name, called in FILES.items():
        shutil.copyfile(TOOLS / name, folder / called)
    written = json.dumps(names_of(figures), ensure_ascii=False, indent=1)
    (folder / NAMES).write_text(written + "\n", encoding="utf-8")


def names_of(figures: Figures) -> dict[str, Any]:
    """Return what measures, places, tables and areas are called, and how figures are read; no figure of the report."""
    home, places = figures.folder, all_places(figures.folder)
    own = find_report_place(figures.counties[0], home).code
    rows = figures.frame.drop_duplicates("place")
    followed = {} if figures.is_current else of_the_years(home, defaultdict(set))
    return {
        "county": own,
        "places": dict(zip(rows["place"], rows["place_name"], strict=True)),
        "inside": [code for code, one in places.items() if one.county == own],
        "measures": {name: _about(one) for name, one in figures.measures.items()},
        "series": {name: _about(one) for name, one in followed.items()},
    } | (_of_edition(figures) if is_edition(home) else {"tables": {}, "areas": {}, "groups": {}, "answering": {}})


def _about(one: Measure) -> dict[str, Any]:
    coded = {code: one.answer_words[answer] for code, answer in getattr(one.about, "coding", {}).items()}
    same_as = getattr(one.about, "same_as", "")
    return {
        "title": one.title, "short": one.short, "phrase": one.phrase, "full": one.full_name, "area": one.area,
        "table": one.table, "share": one.is_share, "decimals": one.decimals, "target": one.is_target,
        "count": one.is_count, "nought": getattr(one.about, "nought_is_real", True),
        "words": coded or dict(one.answer_words) if one.is_answer or hasattr(one.about, "same_as") else {},
        "same_as": same_as,
    }  # fmt: skip


def _of_edition(figures: Figures) -> dict[str, Any]:
    home = figures.folder
    answering, groups = (read_table(name, home) for name in ("answering", "groups"))
    return {
        "tables": {row.table: row.short for row in each_row(read_table("tables", home))},
        "areas": {row.area: row.name for row in each_row(read_table("areas", home))},
        "groups": {f"{row.classification} {row.place}": str(row["class"]) for _, row in groups.iterrows()},
        "answering": {f"{row.place} {row.source}": int(row.answering) for row in each_row(answering)},
    }
