"""Read the tables of `data/` as `datapackage.json` describes them, and refuse what breaks the description.

The description follows the Frictionless Data Package standard (https://specs.frictionlessdata.io/).
It is the only place where a column's type and limits are written; the checks are pandera's.
"""

import csv
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from oj.errors import DataError, Fault, UserError, nearest

DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "date": "str"}
ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"


def data_folder() -> Path:
    """Return the folder of the facts: `OJ_DATA` where it is set, else the project's own `data/`."""
    return Path(os.environ.get("OJ_DATA") or Path(__file__).parents[2] / "data")


def resources(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the described tables by name; raise UserError when the description cannot be read."""
    path = folder / "datapackage.json"
    try:
        described = json.loads(path.read_text(encoding="utf-8"))["resources"]
    except (OSError, ValueError, KeyError) as error:
        raise UserError(f"Beskrivningen {path} kan inte läsas: {error}") from error
    return {resource["name"]: resource for resource in described}


def read_table(name: str, folder: Path | None = None) -> pd.DataFrame:
    """Return one table with typed columns, one row per line of its file.

    Raises DataError with every fault, its file, row and column.

    >>> read_table("places").query("level == 'county'").shape[0]
    21
    """
    folder = folder or data_folder()
    return _read(name, folder, (folder / resources(folder)[name]["path"]).stat().st_mtime_ns).copy()


@cache
def _read(name: str, folder: Path, _changed: int) -> pd.DataFrame:
    resource = resources(folder)[name]
    label = f"data/{resource['path']}"
    return typed(_read_text(folder / resource["path"], label), resource["schema"], label)


def _read_text(path: Path, label: str) -> pd.DataFrame:
    """Return a CSV file as text, an empty cell as an empty string; a row of another length is a fault."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
    except UnicodeDecodeError as error:
        raise UserError(f"{label} är inte sparad som UTF-8. Spara om filen som ”CSV UTF-8”.") from error
    except (OSError, ValueError, csv.Error) as error:
        raise UserError(f"{label} är skadad eller saknas och kan inte läsas: {error}") from error
    rule = f"raden ska ha {len(header)} fält, som rubrikraden, men har "
    faults = [
        Fault(label, number, "", "", f"{rule}{len(row)}")
        for number, row in enumerate(rows, start=2)
        if len(row) != len(header)
    ]
    if faults:
        raise DataError(faults)
    return pd.DataFrame(rows, columns=header, dtype=str)


def typed(raw: pd.DataFrame, schema: dict[str, Any], label: str) -> pd.DataFrame:
    """Return `raw` (all text) with the types of `schema`; raise DataError with every broken rule."""
    import pandera.errors
    import pandera.pandas as pa

    fields = schema["fields"]
    names = [field["name"] for field in fields]
    if list(raw.columns) != names:
        raise DataError(_column_faults(list(raw.columns), names, label))
    blank = raw.where(raw != "", None)
    columns: dict[str, Any] = {field["name"]: _column(field) for field in fields}
    model = pa.DataFrameSchema(columns, unique=schema["primaryKey"], report_duplicates="exclude_first")
    try:
        return model.validate(blank, lazy=True)
    except pandera.errors.SchemaErrors as error:
        raise DataError(_faults(error.failure_cases, raw, schema["primaryKey"], label)) from error


def _column_faults(seen: list[str], allowed: list[str], label: str) -> list[Fault]:
    lacking = [Fault(label, 1, name, "", "kolumnen saknas") for name in allowed if name not in seen]
    extra = [name for name in seen if name not in allowed]
    unknown = [Fault(label, 1, name, "", f"okänd kolumn.{nearest(name, allowed)}") for name in extra]
    order = Fault(label, 1, "", ", ".join(seen), f"kolumnerna ska stå så här: {', '.join(allowed)}")
    return [*lacking, *unknown] or [order]


def _column(field: dict[str, Any]) -> Any:
    """Return pandera's column for one field of a Table Schema, with Swedish words for each rule."""
    import pandera.pandas as pa

    limits = field.get("constraints", {})
    checks = []
    if "enum" in limits:
        checks.append(pa.Check.isin(limits["enum"], error=f"ska vara en av: {', '.join(limits['enum'])}"))
    pattern = ISO_DATE if field["type"] == "date" else limits.get("pattern")
    if pattern:
        checks.append(pa.Check.str_matches(pattern, error=f"ska ha formen {pattern}"))
    if "minimum" in limits:
        checks.append(pa.Check.ge(limits["minimum"], error=f"ska vara minst {limits['minimum']}"))
    if "maximum" in limits:
        checks.append(pa.Check.le(limits["maximum"], error=f"ska vara högst {limits['maximum']}"))
    return pa.Column(
        DTYPES[field["type"]],
        checks,
        nullable=not limits.get("required", False),
        unique=limits.get("unique", False),
        coerce=True,
    )


def _faults(cases: pd.DataFrame, raw: pd.DataFrame, key: list[str], label: str) -> list[Fault]:
    """Return pandera's failure cases as faults, in the order of the file's rows."""
    faults = {_fault(case, raw, key, label) for case in cases.to_dict("records")}
    return sorted(faults, key=lambda fault: (fault.row or 0, fault.column))


def _fault(case: dict[Any, Any], raw: pd.DataFrame, key: list[str], label: str) -> Fault:
    row = None if pd.isna(case["index"]) else int(case["index"])
    rule, column = str(case["check"]), str(case["column"])
    if rule == "multiple_fields_uniqueness" and row is not None:
        value = ", ".join(raw.loc[row, key])
        return Fault(label, row + 2, "+".join(key), value, "raden finns redan tidigare i filen")
    words = {"not_nullable": "får inte vara tom", "field_uniqueness": "förekommer redan i kolumnen"}
    if rule.startswith("coerce_dtype") or rule.startswith("dtype"):
        rule = "ska vara ett tal, med decimalpunkt"
    value = "" if row is None else str(raw.loc[row, column])
    return Fault(label, None if row is None else row + 2, column, value, words.get(rule, rule))
