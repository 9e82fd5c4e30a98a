"""Read the tables of `data/` as `datapackage.json` describes them, and refuse what breaks the description.

The description follows the Frictionless Data Package standard (https://specs.frictionlessdata.io/).
It is the only place where a column's type and limits are written; the checks are pandera's.
"""

import csv
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from oj.disk.bounded import read_bounded
from oj.facts.editions import (
    LARGEST,
    data_folder,
    described,
    domain_folder,
    edition_folder,
    editions,
    is_edition,
    label_of,
    root_of,
)
from oj.facts.kept import kept, kept_by_content
from oj.words.errors import DataError, Fault, UserError, nearest, not_read
from oj.words.frames import as_records

FACTS, PATIENCE = "underlag", 30  # the lock of what changes facts, and how many seconds to wait for another's
LEVELS, RESULTS = {"domain": 1, "edition": 2}, "results-"  # how many folders a table of each level lies in
MOST_KEPT, MOST_BYTES = 2_000, 200_000  # rows of a table that is kept typed, and bytes of a file that is kept read
DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "date": "str"}


def rows_of(rows: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return the rows of the edition where the folder is one's, else all of them.

    >>> years = pd.DataFrame({"edition": ["2014", "2015"]})
    >>> len(rows_of(years, edition_folder())), len(rows_of(years, domain_folder()))
    (1, 2)
    """
    return rows[rows["edition"] == folder.name] if is_edition(folder) else rows


def resources(folder: Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the tables that an edition has, with those of its domain and those that all share, by name.

    `path` is from the folder of all facts. A table of another edition or domain has the same description as the one of
    that level in `datapackage.json`; one that is `optional` may be lacking. Results are those of the whole domain.
    Raises UserError when the description cannot be read.
    """
    return dict(_resources(folder or data_folder()))


@kept
def _resources(folder: Path) -> dict[str, dict[str, Any]]:
    root, years = root_of(folder), editions(folder)
    homes = {"domain": domain_folder(folder)} | ({"edition": edition_folder(folder)} if years else {})
    found: dict[str, dict[str, Any]] = {}
    for one in described(root)["resources"]:
        name = str(one["name"])
        if name.startswith(RESULTS):
            found |= {key: one | {"path": path} for key, path in _results(years, root).items()}
        elif one.get("level") != "edition" or "edition" in homes:
            found[name] = one | {"path": _path(one, homes, root)}
    return found


def _path(resource: dict[str, Any], homes: dict[str, Path], root: Path) -> str:
    """Return where a table is, from the root."""
    parts, level = Path(resource["path"]).parts, resource.get("level")
    if level not in homes:
        return Path(*parts).as_posix()
    return (homes[level].relative_to(root) / Path(*parts[LEVELS[level] :])).as_posix()


def _results(years: Mapping[str, Path], root: Path) -> dict[str, str]:
    """Return the paths of the shipped results of all editions of the domain, by table."""
    files = [path for home in years.values() for path in sorted((home / "results").glob("*.csv"))]
    return {f"{RESULTS}{path.stem}": path.relative_to(root).as_posix() for path in files}


def read_table(name: str, folder: Path | None = None) -> pd.DataFrame:
    """Return one table with typed columns, one row per line of its file; without rows where it may be lacking and is.

    Raises DataError with every fault, its file, row and column.

    >>> read_table("places").query("level == 'county'").shape[0]
    21
    """
    folder = folder or data_folder()
    return _read(folder, name).copy()


@kept
def _read(folder: Path, name: str) -> pd.DataFrame:
    resource = resources(folder)[name]
    path, schema = root_of(folder) / resource["path"], resource["schema"]
    label = label_of(path)
    if resource.get("optional") and not path.exists():
        return typed(pd.DataFrame(columns=[one["name"] for one in schema["fields"]], dtype=str), schema, label)
    table = typed(read_text(path, label), schema, label)
    _refuse_other_editions(table, path, folder, resource)
    return table


def _refuse_other_editions(table: pd.DataFrame, path: Path, folder: Path, resource: dict[str, Any]) -> None:
    """Raise DataError for a row of an edition that the domain does not have, or not the folder's where it is a key."""
    level, faults = resource.get("level"), []
    for name in (one for one in ("edition", "edition_from", "edition_to") if level and one in table):
        own = level == "edition" and name in resource["schema"]["primaryKey"]
        known = [edition_folder(folder).name] if own else list(editions(folder))
        for at, year in enumerate(table[name]):
            if year not in known:
                rule = f"ska vara {known[0]}, som mappen heter" if own else f"okänd utgåva.{nearest(str(year), known)}"
                faults.append(Fault(label_of(path), at + 2, name, str(year), rule))
    if faults:
        raise DataError(faults)


def read_text(path: Path, label: str) -> pd.DataFrame:
    """Return a CSV file as text, indexed by line number; raise DataError for a row of another length."""
    try:
        content = read_bounded(path, LARGEST, label)
    except OSError as error:
        why = "saknas" if isinstance(error, FileNotFoundError) else f"kan inte läsas: {not_read(error)}"
        raise UserError(f"{label} {why}.") from error
    return (_known_rows if len(content) <= MOST_BYTES else _rows)(content, label).copy()


def _rows(content: bytes, label: str) -> pd.DataFrame:
    line = 1
    try:
        text = content.decode("utf-8-sig")
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        header, rows, lines = next(reader, []), [], []
        line = reader.line_num + 1
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise UserError(f"{label} är inte sparad som UTF-8. Spara om filen som ”CSV UTF-8”.") from error
    except csv.Error as error:
        rule = "är skadad och kan inte läsas. Ett citattecken saknas eller är för mycket, eller ett fält är för långt"
        raise UserError(f"{label} rad {line} {rule}.") from error
    rule = f"raden ska ha {len(header)} fält, som rubrikraden, men har "
    if wrong := [(line, row) for line, row in zip(lines, rows, strict=True) if len(row) != len(header)]:
        raise DataError([Fault(label, line, "", "", f"{rule}{len(row)}") for line, row in wrong])
    return pd.DataFrame(rows, index=lines, columns=header, dtype=str)


_known_rows = kept_by_content(_rows)


def typed(raw: pd.DataFrame, schema: dict[str, Any], label: str) -> pd.DataFrame:
    """Return `raw` (all text, indexed by line) with the types of `schema`.

    Raises DataError with every broken rule. What is not large is checked once, whichever copy of it is read.
    """
    return (_known_table if len(raw) <= MOST_KEPT else _typed)(raw, schema, label).copy()


def _typed(raw: pd.DataFrame, schema: dict[str, Any], label: str) -> pd.DataFrame:
    import pandera.errors
    import pandera.pandas as pa

    columns: dict[str, Any] = {field["name"]: _column(field) for field in schema["fields"]}
    if list(raw.columns) != list(columns):
        raise DataError(_column_faults(list(raw.columns), list(columns), label))
    parsed, faults = _parsed(raw, schema["fields"], label)
    model = pa.DataFrameSchema(columns, unique=schema["primaryKey"], report_duplicates="exclude_first")
    try:
        valid = model.validate(parsed, lazy=True)
    except pandera.errors.SchemaErrors as error:
        known = {(fault.row, fault.column) for fault in faults}
        found = (_fault(case, raw, schema["primaryKey"], label) for case in as_records(error.failure_cases))
        faults += [fault for fault in found if (fault.row, fault.column) not in known]
    if faults:
        raise DataError(sorted(set(faults), key=lambda fault: (fault.row or 0, fault.column)))
    whole: pd.DataFrame = valid.reset_index(drop=True)
    return whole


_known_table = kept_by_content(_typed)


def _parsed(raw: pd.DataFrame, fields: list[dict[str, Any]], label: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Return the table with its numbers as numbers, and a fault for every text that is none."""
    parsed, faults = raw.where(raw != "", None), []
    for field in fields:
        name = field["name"]
        if field["type"] in ("integer", "number"):
            numbers = pd.to_numeric(parsed[name], errors="coerce")
            whole = field["type"] == "number" or numbers.fillna(0) % 1 == 0
            wrong = parsed[name].notna() & ~(numbers.abs().lt(float("inf")) & whole)
            rule = "ska vara ett tal, med decimalpunkt" if field["type"] == "number" else "ska vara ett heltal"
            parsed[name] = numbers.mask(wrong)
        elif field["type"] == "date":
            wrong = parsed[name].notna() & pd.to_datetime(parsed[name], format="%Y-%m-%d", errors="coerce").isna()
            rule = "ska vara ett datum, ÅÅÅÅ-MM-DD"
        else:
            continue
        faults += [Fault(label, int(line), name, str(raw.loc[line, name]), rule) for line in raw.index[wrong]]
    return parsed, faults


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
    pattern = limits.get("pattern")
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


def _fault(case: dict[Any, Any], raw: pd.DataFrame, key: list[str], label: str) -> Fault:
    """Return one of pandera's failure cases as a fault with its line."""
    line, rule, column = int(case["index"]), str(case["check"]), str(case["column"])
    if rule == "multiple_fields_uniqueness":
        value = ", ".join(map(str, raw.loc[line, key]))
        return Fault(label, line, "+".join(key), value, "raden finns redan tidigare i filen")
    words = {"not_nullable": "får inte vara tom", "field_uniqueness": "förekommer redan i kolumnen"}
    told = words.get(rule) or (rule if rule.startswith("ska ") else "godtas inte")
    return Fault(label, line, column, str(raw.loc[line, column]), told)
