"""Known errors in a source, corrected where it is read: a domain's `corrections.yml`, with why, when and who decided.

A file of results or of history stays as its source has it. A correction that no longer matches it is an error.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import isclose
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pandas as pd
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter

from oj.facts.datapackage import read_table, read_text, resources, typed
from oj.facts.editions import described, domain_folder, root_of
from oj.facts.kept import kept
from oj.facts.yaml_file import read_yaml, validated
from oj.sources.origins import NOT_EMPTY, STRICT, TEXT, Some, imported
from oj.words.days import written_day
from oj.words.errors import DataError, Fault, nearest
from oj.words.vocabulary import HIDDEN

NAME = "corrections.yml"
EMPTY = "tomt"


@dataclass(frozen=True)
class Correction:
    """One cell that is not as its source has it; `row` picks exactly one row by its columns' texts."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    table: Some
    row: Annotated[dict[str, str], Field(min_length=1)]
    column: Some
    old: str
    new: str
    reason: Some
    date: Annotated[str, AfterValidator(written_day)]
    decided_by: Some


RULES = {
    "table": NOT_EMPTY, "row": "ska ha minst en kolumn med sitt värde", "column": NOT_EMPTY, "old": TEXT, "new": TEXT,
    "reason": "ska säga varför; får inte vara tom", "date": "",
    "decided_by": "ska säga vem som bestämde; får inte vara tom",
}  # fmt: skip


def read_corrections(folder: Path | None = None) -> list[Correction]:
    """Return the corrections in the order of their file; none where there is no file."""
    folder = domain_folder(folder)
    return list(_read(folder))


def read_corrected(name: str, folder: Path) -> pd.DataFrame:
    """Return a table of results or of history with typed columns and its corrections made, one row per line."""
    paths = table_paths(folder)
    faults = [
        told(at, "table", one.table, f"okänd tabell.{nearest(one.table, paths)} Tillåtna: {', '.join(paths)}")
        for at, one in enumerate(read_corrections(folder))
        if one.table not in paths
    ]
    if faults:
        raise DataError(faults)
    path = paths[name]
    if resources(folder).get(name, {}).get("optional") and not (root_of(folder) / path).exists():
        return read_table(name, folder)
    return corrected_file(root_of(folder) / path, f"data/{path}", name, folder)


def corrected_file(file: Path, label: str, name: str, folder: Path) -> pd.DataFrame:
    """Return a file as the table `name` with typed columns and its corrections made; raise DataError as above."""
    own = resources(folder).get(name)
    schema = own["schema"] if own else results_schema(folder)
    raw, known_errors = read_text(file, label), [one for one in read_corrections(folder) if one.table == name]
    return typed(corrected(raw, read_corrections(folder), name)[0] if known_errors else raw, schema, label)


def results_schema(folder: Path) -> dict[str, Any]:
    """Return how a table of results is described, also in a domain that has none yet."""
    known = described(root_of(folder))["resources"]
    schema: dict[str, Any] = next(one["schema"] for one in known if str(one["name"]).startswith("results-"))
    return schema


def table_paths(folder: Path) -> dict[str, str]:
    """Return the files that can be corrected, by table: results, the shipped ones first, and history."""
    shipped = {name: str(one["path"]) for name, one in resources(folder).items() if name.startswith("results-")}
    own = {f"results-{name}": f"results/{name}.csv" for name in imported(folder)}
    return {**shipped, **own, "history": str(resources(folder)["history"]["path"])}


def corrected(raw: pd.DataFrame, corrections: Sequence[Correction], table: str) -> tuple[pd.DataFrame, dict[int, int]]:
    """Return a table of text, indexed by line, with its corrections made, and the line of each by its position.

    Raises DataError for every correction that picks no row or several, whose old value is not there, or that would
    give a hidden cell a figure.
    """
    table_of_text, lines, faults = raw.copy(), {}, []
    for position, one in enumerate(corrections):
        if one.table != table:
            continue
        found = _faults(table_of_text, one, position)
        faults += found
        if not found:
            line = int(_picked(table_of_text, one)[0])
            table_of_text.loc[line, one.column] = one.new
            lines[position] = line
    if faults:
        raise DataError(faults)
    return table_of_text, lines


def _picked(raw: pd.DataFrame, one: Correction) -> list[int]:
    """Return the lines of the rows that a correction picks."""
    wanted = (raw[list(one.row)] == pd.Series(one.row)).all(axis=1)
    return [int(line) for line in raw.index[wanted]]


def _faults(raw: pd.DataFrame, one: Correction, position: int) -> list[Fault]:
    """Return what is wrong with a correction of a table."""
    if unknown := [name for name in (*one.row, one.column) if name not in raw.columns]:
        keys = [("column" if name == one.column else "row", name) for name in unknown]
        return [told(position, key, name, f"okänd kolumn.{nearest(name, raw.columns)}") for key, name in keys]
    lines = _picked(raw, one)
    if len(lines) != 1:
        row = ", ".join(f"{name}: {value}" for name, value in one.row.items())
        count = "ingen rad" if not lines else f"{len(lines)} rader"
        return [told(position, "row", row, f"stämmer med {count} i {one.table}; den ska stämma med exakt en")]
    found, here = raw.loc[lines[0]], f"{one.table} rad {lines[0]}"
    faults = []
    if found[one.column] != one.old and not _same_number(str(found[one.column]), one.old):
        rule = f"står inte i {here}, {one.column}; har källan rättats, så ta bort rättelsen"
        faults.append(told(position, "old", one.old or EMPTY, rule))
    hides = one.column == "status" and one.new in HIDDEN
    if "status" in raw and found["status"] in HIDDEN and one.new and not hides:
        faults.append(told(position, "new", "", f"en dold uppgift får inte rättas till något annat ({here})"))
    return faults


def _same_number(seen: str, old: str) -> bool:
    try:
        return isclose(float(seen), float(old), rel_tol=0, abs_tol=1e-12)
    except ValueError:
        return False


def told(position: int, key: str, value: str, rule: str) -> Fault:
    """Return a fault of the correction at a position, counted from one as in the file."""
    return Fault(NAME, None, f"rättelse {position + 1}: {key}", value, rule)


@kept
def _read(folder: Path) -> list[Correction]:
    path = domain_folder(folder) / NAME
    if not path.exists():
        return []
    return validated(_adapter(), read_yaml(path, NAME) or [], NAME, RULES)


@cache
def _adapter() -> TypeAdapter[list[Correction]]:
    """Return what reads corrections: it takes longer to make than to use."""
    return TypeAdapter(list[Correction])
