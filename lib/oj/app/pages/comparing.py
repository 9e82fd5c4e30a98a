"""What a file would change: its figures against those that are shown now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path
from typing import Any

from oj.app.pages.picture import said
from oj.disclosure.door import read_protected
from oj.facts.catalog import every_indicator
from oj.facts.editions import asking_editions
from oj.facts.places import all_places

TOTAL = (None, "", "total")  # what is of women or men alone is not laid beside what is of all
MOST, NEAR = 12, 5e-4  # changes that are told one by one; how near a share is as it is shown


@dataclass
class Changes:
    """How many figures are new, others than before, and as they were; and the first that are others, in words."""

    new: int = 0
    same: int = 0
    other: int = 0
    told: list[str] = field(default_factory=list)


def compared(told: Mapping[str, Any], home: Path) -> Changes:
    """Return what the cells of a file would change in a domain; of figures of persons only how many they are."""
    found, known = Changes(), every_indicator(home) if asking_editions(home) else {}
    now = {
        (str(row["edition"]), str(row["indicator"]), str(row["place"])): row
        for row in (read_protected(home).to_dict("records") if known else ())
    }
    places = all_places()
    for one in (cell for cell in told.get("cells", ()) if cell.get("group") in TOTAL):
        before = now.get((str(one["period"]), one["measure"], one["place"]))
        if before is None:
            found.new += 1
        elif _is_same(one, before):
            found.same += 1
        else:
            found.other += 1
            if not known[one["measure"]].protected and len(found.told) < MOST:
                where = f"{places[one['place']].name}, {one['title']}, {one['period']}"
                found.told.append(f"{where}: {said(_cell(before))} → {said(one)}")
    return found


def _cell(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row of results as a cell of a file is told."""
    answer = row["answer"] if isinstance(row["answer"], str) else None
    return {"status": row["status"], "answer": answer, "value": row["value"]}


def _is_same(one: Mapping[str, Any], row: Mapping[Any, Any]) -> bool:
    before = _cell(row)
    if (one["status"], one["answer"]) != (before["status"], before["answer"]):
        return False
    value = one["value"]
    return bool(one["answer"]) or value is None or isclose(value, float(before["value"]), abs_tol=NEAR)
