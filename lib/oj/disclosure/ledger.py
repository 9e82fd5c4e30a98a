"""What has been shown: a file for each report in a domain's `published/`, with no hidden figure in it.

A figure that is out stays out, so what comes later is protected with it in mind. Only protected indicators stand here,
and only where a report shows counts or figures that were read in: what is shipped without counts needs no memory.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from oj.disclosure.margins import keys_of, known_of, of_persons
from oj.disk.changes import change
from oj.facts.datapackage import FACTS, PATIENCE, read_text, typed
from oj.facts.editions import domain_folder, label_of, root_of
from oj.facts.kept import kept
from oj.sources.origins import imported
from oj.sources.which import KEY
from oj.words.errors import UserError, nearest, why
from oj.words.groups import id_of
from oj.words.vocabulary import HIDDEN, STATUSES

FOLDER = "published"
APART = "kvinnor-och-man.csv"  # a report's file of women and men alone
COLUMNS = [*KEY, "status", "value", "numerator", "denominator"]
NUMBERS = ["value", "numerator", "denominator"]
SCHEMA: dict[str, Any] = {
    "primaryKey": COLUMNS,
    "fields": [
        *({"name": name, "type": "string", "constraints": {"required": True}} for name in KEY),
        {"name": "status", "type": "string", "constraints": {"required": True, "enum": list(STATUSES)}},
        *({"name": name, "type": "number", "constraints": {"minimum": 0}} for name in NUMBERS),
    ],
}


def read_shown(folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """Return what each report has shown, by its name: a row for each way that a cell has been shown."""
    folder = domain_folder(folder)
    return dict(_read(folder))


@kept
def _read(folder: Path) -> dict[str, pd.DataFrame]:
    found = {}
    for path in sorted((folder / FOLDER).glob("*.csv")):
        label = label_of(path)
        found[path.stem] = typed(read_text(path, label), SCHEMA, label)
    return found


def shown_before(folder: Path | None = None) -> pd.DataFrame | None:
    """Return all that reports have shown, None where nothing is written."""
    tables = read_shown(folder)
    return pd.concat(tables.values(), ignore_index=True).drop_duplicates() if tables else None


def memory_files(folder: Path) -> dict[str, bytes]:
    """Return the files of what has been shown in a domain, by name."""
    return {path.name: path.read_bytes() for path in sorted((folder / FOLDER).glob("*.csv"))}


def remember(report: Path, folder: Path, check: Callable[[pd.DataFrame], None] = lambda _rows: None) -> None:
    """Add what a finished report shows, as its `resultat.csv` has it, to what is known to be out.

    So is what its file of women and men alone has, where it has one. `check` may refuse it; meanwhile none is added.
    """
    files = [path for name in ("resultat.csv", APART) if (path := report / name).exists()]
    tables = [pd.read_csv(path, dtype=dict.fromkeys(KEY, str)) for path in files]
    rows = pd.concat([_by_group(one) for one in tables], ignore_index=True)
    if set(COLUMNS) <= set(rows) and memory_of(report.name, rows, folder):
        with change(root_of(folder), FACTS, f"Det som {report.name} visar skrivs upp", PATIENCE) as work:
            check(rows)
            for path, text in memory_of(report.name, rows, folder).items():
                work.new(path).write_text(text, encoding="utf-8", newline="\n")


def _by_group(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a report under the ids that women's and men's have in the results."""
    if "group" not in rows:
        return rows
    return rows.assign(indicator=[id_of(*pair) for pair in zip(rows["indicator"], rows["group"], strict=True)])


def memory_of(name: str, rows: pd.DataFrame, folder: Path) -> dict[Path, str]:
    """Return what a table of results adds under a name to what is known to be out, by its file; else nothing."""
    known, own = known_of(rows, folder), list(imported(folder))
    protected = of_persons(keys_of(rows), known)
    counted = rows["numerator"].notna() | rows["status"].isin(HIDDEN[1:])
    new = rows[protected & (counted | rows["source"].isin(own)) & (rows["status"] != "missing")][COLUMNS]
    if new.empty:
        return {}
    before = read_shown(folder).get(name, new.iloc[:0])
    every = pd.concat([before, new], ignore_index=True) if len(before) else new
    every = every.drop_duplicates().sort_values(COLUMNS, ignore_index=True)
    if every.equals(before):
        return {}
    text = str(every.to_csv(index=False, lineterminator="\n"))
    return {domain_folder(folder) / FOLDER / f"{name}.csv": text}


def forget(name: str, folder: Path | None = None) -> None:
    """Take away what is known to be shown in a report; raise UserError for one that is not known."""
    folder = domain_folder(folder)
    known = [path.stem for path in sorted((folder / FOLDER).glob("*.csv"))]
    if name not in known:
        raise UserError(
            f"Ingen rapport som heter ”{name}” är uppskriven.{nearest(name, known)} "
            f"Uppskrivna: {', '.join(known) or 'inga'}."
        )
    try:
        with change(root_of(folder), FACTS, "Det som en rapport har visat stryks", PATIENCE) as work:
            work.remove(folder / FOLDER / f"{name}.csv")
    except OSError as error:
        raise UserError(f"”{name}” kan inte strykas: {why(error)}. Allt är kvar.") from error
