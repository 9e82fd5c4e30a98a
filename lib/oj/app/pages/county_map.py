"""A county's municipalities as shapes to press: each is in the label of its own checkbox, so no script is needed."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("municipalities.json")


@dataclass(frozen=True)
class Drawn:
    """A county's drawing: its width and height, and each municipality's outline as an SVG path by its code."""

    size: tuple[int, int]
    shapes: dict[str, str]


def county_map(county: str) -> Drawn | None:
    """Return the drawing of a county, None where there is nothing to choose among; `tools/county_map.py` makes them.

    >>> county_map("01").size[1], sorted(county_map("01").shapes)[0], county_map("00"), county_map("09")
    (500, '0114', None, None)
    """
    found = _every().get(county)
    return found if found and len(found.shapes) > 1 else None


@cache
def _every() -> dict[str, Drawn]:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {county: Drawn((one["size"][0], one["size"][1]), one["shapes"]) for county, one in told.items()}
