"""A correction written: which cell of a source is wrong, what it should be, why, when and who decided."""

from dataclasses import asdict
from pathlib import Path

import yaml

from oj.facts.datapackage import read_text
from oj.facts.editions import domain_folder, root_of
from oj.facts.yaml_file import read_yaml
from oj.sources.corrections import NAME, RULES, Correction, read_corrected, table_paths
from oj.sources.draft.copying import in_copy
from oj.sources.published import checked
from oj.words.errors import UserError, nearest, why

COLUMNS = ("value", "answer", "status", "numerator", "denominator")
AS_IT_IS = "Det står redan så i källan; det finns inget att rätta."


def picked(table: str, edition: str, about: str, place: str) -> dict[str, str]:
    """Return what picks a row of a table: its edition, its indicator, or series in `history`, and its place.

    >>> picked("history", "2014", "socialjour", "00")
    {'edition': '2014', 'series': 'socialjour', 'place': '00'}
    """
    return {"edition": edition, "series" if table == "history" else "indicator": about, "place": place}


def old_value(table: str, row: dict[str, str], column: str, home: Path) -> str:
    """Return what a cell has now, as text; raise UserError where there is no such table or row."""
    paths = table_paths(home)
    if table not in paths:
        raise UserError(f"Tabellen ”{table}” finns inte.{nearest(table, paths)} Tabeller: {', '.join(paths)}.")
    text = read_text(root_of(home) / paths[table], f"data/{paths[table]}")
    if column not in text or column not in COLUMNS:
        raise UserError(f"Kolumnen ”{column}” finns inte.{nearest(column, COLUMNS)} Kolumner: {', '.join(COLUMNS)}.")
    found = text[(text[list(row)] == list(row.values())).all(axis=1)]
    if len(found) != 1:
        told = ", ".join(f"{name} {value}" for name, value in row.items())
        raise UserError(f"{table} har ingen rad med {told}." if found.empty else f"{table} har flera rader med {told}.")
    return str(found.iloc[0][column])


def add_correction(one: Correction, home: Path) -> Path:
    """Write a correction last in a domain's file, tried on the facts first; raise UserError where it cannot be.

    What stands in the file, notes too, is left as it is.
    """
    if lacking := [name for name in ("table", "column", "reason", "date", "decided_by") if not getattr(one, name)]:
        raise UserError("\n".join(f"{name}: {RULES[name]}." for name in lacking))
    if one.new == one.old:
        raise UserError(AS_IT_IS)
    path = domain_folder(home) / NAME
    try:
        with in_copy(root_of(home), "En rättelse skrivs") as (copy, _files):
            own = copy / domain_folder(home).name
            (own / NAME).write_text(_with(path, one), encoding="utf-8", newline="\n")
            table = read_corrected(one.table, own)
            if one.table != "history":
                checked(table, one.table, own)
    except OSError as error:
        raise UserError(f"{path} kan inte skrivas: {why(error)}. Inget har ändrats.") from error
    return path


def _with(path: Path, one: Correction) -> str:
    """Return the file's text with a correction added."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if path.exists() and not read_yaml(path, NAME):
        text = text.rstrip().removesuffix("[]")
    added = yaml.safe_dump([asdict(one)], allow_unicode=True, sort_keys=False, width=110)
    return f"{text.rstrip()}\n{added}".lstrip()
