"""The texts of an edition: whether they name what there is, and whether anything shows them."""

import ast
import re
from pathlib import Path

from oj.disk.folders import default_folders
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_folder, label_of
from oj.facts.key_figures import is_fetched_for, key_figures
from oj.facts.params import CURRENT, OVER_TIME
from oj.facts.texts import FILE, Texts, texts_of
from oj.facts.yaml_file import read_model
from oj.publish.chapters.edition import calls
from oj.words.errors import Fault, nearest

TABLE, PLACE = re.compile(r"@tbl-([\w-]+)"), re.compile(r"\{(\d+)\}")


def statements(home: Path) -> list[Fault]:
    """Return what is wrong between the key results' texts and their figures in `statements.csv`."""
    told, label = texts_of(home), f"{label_of(home)}/{FILE}"
    sizes = {str(name): count for name, count in read_table("statements", home)["statement"].value_counts().items()}
    faults = [
        Fault(label, None, f"statements: {name}", "", f"har ingen rad i statements.csv.{nearest(name, sizes)}")
        for name in told.statements
        if name not in sizes
    ]
    for name, text in told.statements.items():
        beyond = [number for number in map(int, PLACE.findall(text)) if number >= sizes.get(name, number + 1)]
        rule = f"är ingen av de {sizes.get(name)} raderna i statements.csv; {{0}} är den första"
        faults += [Fault(label, None, f"statements: {name}", f"{{{number}}}", rule) for number in beyond]
    for name in sizes:
        if name not in told.statements:
            rule = f"har ingen text under statements.{nearest(name, told.statements)}"
            faults.append(Fault(label, None, "statements", name, rule))
    unknown = [name for name in told.over_time if name not in told.statements]
    rule = "står inte under statements."
    return faults + [Fault(label, None, "over_time", name, rule + nearest(name, told.statements)) for name in unknown]


def texts(home: Path) -> list[Fault]:
    """Return a fault for each text that no notebook shows, and for each table that one refers to and there is not."""
    wanted, tables = _calls("oj.text") | _chosen(home), {item.table for item in indicators(home).values()} | _labels()
    faults = []
    for folder in (home, domain_folder(home)):
        path = folder / FILE
        told = read_model(Texts, path, label_of(path), {}) if path.exists() else Texts()
        label = label_of(path)
        rule = "visas inte av någon notebook."
        faults += [
            Fault(label, None, "prose", name, rule + nearest(name, wanted))
            for name in told.prose
            if _base(name, home) not in wanted
        ]
        named = [(name, one) for name, text in {**told.statements, **told.prose}.items() for one in TABLE.findall(text)]
        faults += [
            Fault(label, None, name, f"@tbl-{one}", f"är ingen tabell i utgåvan.{nearest(one, tables)}")
            for name, one in named
            if one not in tables
        ]
    return faults


def _calls(function: str) -> set[str]:
    """Return the names that the notebooks call a function of oj with."""
    found = [call for path in default_folders().notebooks.glob("*.ipynb") for call in calls(path, function)]
    named = [call.args[1] for call in found if len(call.args) > 1]
    return {str(one.value) for one in named if isinstance(one, ast.Constant)}


def _chosen(home: Path) -> set[str]:
    """Return the areas and tables that a general notebook is written out for: the edition's, and those of today."""
    of_today = key_figures(home).values() if is_fetched_for(home) else ()
    return {name for one in (*indicators(home).values(), *of_today) for name in (one.area, one.table)}


def _base(name: str, home: Path) -> str:
    """Return a text's name without the edition that it may begin with: aktuell-unga is the text of unga today."""
    first = next((one for one in (CURRENT, OVER_TIME, home.name) if name.startswith(f"{one}-")), "")
    return name.removeprefix(f"{first}-") if first else name


def _labels() -> set[str]:
    """Return the tables of the method chapters."""
    return _calls("oj.method")
