"""How a book calls its places: codes, names or both, with or without kommun, and the columns that they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from made_books.facts import Place, genitive, places

CODE_HEADS = ("Kommunkod", "Kod", "Kommun-kod", "Kommunnr")
NAME_HEADS = ("Kommun", "Kommunnamn", "Kommun/län", "Område")


@dataclass(frozen=True)
class Naming:
    """The manner of naming, the same throughout a table."""

    columns: str = "both"  # name, code or both
    suffix: str = ""  # kommun: Lunds kommun
    codes: str = "text"  # text (0184), number (184) or shown (184 shown as 0184)
    code_head: str = "Kommunkod"
    name_head: str = "Kommun"
    county: bool = False  # a first column with the county's name

    @property
    def heads(self) -> tuple[str, ...]:
        """Return the headings of the columns that tell the place."""
        heads: tuple[str, ...] = (self.code_head,) if self.columns != "name" else ()
        heads += (self.name_head,) if self.columns != "code" else ()
        return ("Län", *heads) if self.county else heads

    @property
    def code_at(self) -> int | None:
        """Return which column the code stands in."""
        return self.heads.index(self.code_head) if self.columns != "name" else None

    @property
    def name_at(self) -> int | None:
        """Return which column the name stands in."""
        return self.heads.index(self.name_head) if self.columns != "code" else None

    def code(self, code: str) -> Any:
        """Return a code as it is written; the two figures of a county stay text where no name stands beside."""
        if self.codes == "text" or (self.columns == "code" and len(code) < 4):
            return code
        return int(code)

    def name(self, place: Place) -> str:
        """Return a name as it is written."""
        if place.level != "municipality" or not self.suffix:
            return place.name
        return f"{genitive(place.name)} {self.suffix}"

    def labels(self, place: Place) -> tuple[Any, ...]:
        """Return what stands in the columns that tell the place."""
        found: tuple[Any, ...] = (self.code(place.code),) if self.columns != "name" else ()
        found += (self.name(place),) if self.columns != "code" else ()
        if self.county:
            return (places()[place.county].name if place.county else place.name, *found)
        return found


def a_naming(random: Random, **fixed: Any) -> Naming:
    """Choose a manner of naming at random, but for what is fixed."""
    chosen = {
        "columns": random.choice(("both", "both", "name", "name", "code")),
        "suffix": random.choice(("", "", "kommun")),
        "codes": random.choice(("text", "text", "number", "shown")),
        "code_head": random.choice(CODE_HEADS),
        "name_head": random.choice(NAME_HEADS),
        "county": random.random() < 0.2,
    }
    return Naming(**(chosen | fixed))


def in_order(random: Random, below: Sequence[Place], over: Sequence[Place]) -> list[Place]:
    """Order places as somebody might: by code or name or not at all, the counties and the nation first or last."""
    rows = list(below)
    order = random.choice(("code", "name", "none"))
    if order == "none":
        random.shuffle(rows)
    else:
        rows.sort(key=lambda one: one.code if order == "code" else one.name)
    return [*rows, *over] if random.random() < 0.5 else [*reversed(over), *rows]
