"""The chapters of an edition's book: those of every book, and one for each of its areas."""

import ast
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from oj.facts.catalog import indicators
from oj.facts.editions import asking_editions, domains
from oj.facts.key_figures import catalogue
from oj.facts.params import CURRENT
from oj.publish.chapters.instances import Instance
from oj.publish.chapters.needs import Cell, is_fit
from oj.publish.chapters.written_out import areas_of

GENERAL = "omrade.ipynb"
DOMAIN = re.compile(r'^domain = "([\w-]+)"', re.MULTILINE)  # in the cell of parameters


def of_edition(listed: Sequence[str], notebooks: Path, folder: Path, county: str = "") -> list[Instance]:
    """Return the chapters of an edition's book in order; `listed` are those of the whole book, by file.

    The edition's areas stand where the first area of the book does. A chapter of what the edition, or the county, does
    not have is left out.
    """
    of_areas, found = _of_areas(folder), list[Instance]()
    own = [one for row in areas_of(folder) if (one := _area(row, notebooks, folder))]
    for name in listed:
        if name in of_areas:
            found, own = [*found, *own], []
        elif not name.endswith(".ipynb") or is_fit(cells_of(notebooks / name)[0], folder, county):
            found.append(Instance(name, name))
    return found


def of_today(listed: Sequence[Instance], notebooks: Path, folder: Path, county: str = "") -> list[Instance]:
    """Return the chapters of the book of today that there is something for, the general one once for each area."""
    fit = [one for one in listed if is_fit(cells_of(notebooks / one.template)[0], folder, county)]
    areas = [Instance(f"{area}.ipynb", GENERAL, area=area, edition=CURRENT) for area in catalogue(folder).areas]
    own = [(areas if one.template == GENERAL else [replace(one, edition=CURRENT)]) for one in fit]
    return [*chain(*own)]


def _of_areas(folder: Path) -> set[str]:
    """Return the files of all notebooks that are an area's own in some edition."""
    homes = [home for domain in domains(folder).values() for home in asking_editions(domain).values()]
    return {f"{row['notebook']}.ipynb" for home in homes for row in areas_of(home)}


def _area(row: Mapping[str, Any], notebooks: Path, folder: Path) -> Instance | None:
    """Return an area's chapter: its own notebook, where that is the domain's and shows just the edition's tables."""
    own = notebooks / f"{row['notebook']}.ipynb"
    tables = {item.table for item in indicators(folder).values() if item.area == row["area"]}
    if not tables:
        return None
    if own.name != GENERAL and own.exists() and _domain_of(own) == folder.parent.name and _shown(own) == tables:
        return Instance(own.name, own.name)
    return Instance(f"{row['area']}.ipynb", GENERAL, area=str(row["area"]))


def cells_of(notebook: Path) -> list[Cell]:
    """Return a notebook's cells."""
    return _cells_in(notebook.read_text(encoding="utf-8"))


def _cells_in(text: str) -> list[Cell]:
    cells: list[Cell] = json.loads(text)["cells"]
    return cells


def _domain_of(notebook: Path) -> str:
    """Return the domain that a notebook is written for: that of its parameters as they are stored."""
    found = DOMAIN.search("\n".join("".join(cell["source"]) for cell in cells_of(notebook)))
    return found[1] if found else ""


def calls(notebook: Path, function: str) -> list[ast.Call]:
    """Return the calls of a function, as it is written, in a notebook's code."""
    return _calls_in(notebook.read_text(encoding="utf-8"), function)


@lru_cache(maxsize=64)
def _calls_in(text: str, function: str) -> list[ast.Call]:
    """Return the calls of a function in a notebook as it is now, which the pages ask for again and again."""
    trees = [ast.parse("".join(cell["source"])) for cell in _cells_in(text) if cell["cell_type"] == "code"]
    found = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in found if ast.unparse(call.func) == function]


def _shown(notebook: Path) -> set[str]:
    """Return the tables that a notebook shows, by their names in its calls of oj.table."""
    shown = [one for call in calls(notebook, "oj.table") for one in ast.walk(call)]
    named = [one.args[0] for one in shown if isinstance(one, ast.Call) and ast.unparse(one.func).endswith(".of")]
    return {str(one.value) for one in named if isinstance(one, ast.Constant)}
