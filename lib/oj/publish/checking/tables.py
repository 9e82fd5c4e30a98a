"""The tables of an edition and of its domain: whether each can be read, points at what there is, and is used."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from oj.disk.folders import default_folders
from oj.facts.catalog import indicators, known_indicators
from oj.facts.datapackage import RESULTS, read_table, resources
from oj.facts.editions import EDITION, edition_of, label_of, root_of
from oj.publish.chapters.edition import GENERAL
from oj.sources.comparability import ALL
from oj.sources.history import read_series
from oj.sources.origins import shipped_sources, sources
from oj.words.errors import DataError, Fault, UserError, nearest
from oj.words.frames import as_records


def tables_of(home: Path) -> list[Fault]:
    """Return what keeps the tables from being read, those of the domain too, each from all of its rows."""
    faults: list[Fault] = []
    for name in _own(home):
        try:
            read_table(name, home)
        except DataError as error:
            faults += error.faults
        except UserError as error:
            file, _, rule = str(error).partition(" ")
            faults.append(Fault(file, None, "", "", rule.rstrip(".")))
    return faults


def unknown_keys(home: Path) -> list[Fault]:
    """Return a fault for each cell that names a source, a place, an area, a measure or a series that there is not."""
    faults: list[Fault] = []
    for name, about in _own(home).items():
        with suppress(UserError):  # what cannot be read is told on its own
            faults += _unknown(name, about, home)
    return faults


def unknown_source(home: Path) -> list[Fault]:
    """Return a fault where an edition says that it is of a source that there is not, shipped or read in."""
    source, known = edition_of(home).source, set(sources(home)["source"])
    rule = f"okänd källa; lägg till den i {label_of(home / 'sources.csv')}.{nearest(source, known)}"
    return [] if source in known else [Fault(label_of(home / EDITION), None, "source", source, rule)]


def unused(home: Path) -> list[Fault]:
    """Return a fault for each area, table and sub-area that no measure is in, and for each table in two areas."""
    known, faults = indicators(home).values(), list[Fault]()
    for column, name in (("area", "areas"), ("table", "tables"), ("subarea", "subareas")):
        used = {getattr(item, column) for item in known}
        for row, one in _rows(read_table(name, home)):
            if one[column] not in used:
                faults.append(Fault(_label(name, home), row, column, one[column], "har inget mått i indicators/"))
    areas = read_table("tables", home).set_index("table")["area"]
    for row, one in _rows(read_table("subareas", home)):
        if one["table"] in areas and areas[one["table"]] != one["area"]:
            rule = f"är inte det område som tabellen {one['table']} hör till, {areas[one['table']]}"
            faults.append(Fault(_label("subareas", home), row, "area", one["area"], rule))
    return faults


def chapters(home: Path) -> list[Fault]:
    """Return a fault for each area whose notebook is not there."""
    folder = default_folders().notebooks
    there = [path.stem for path in sorted(folder.glob("*.ipynb"))]
    rule = f"finns inte i notebooks/; skriv {Path(GENERAL).stem} för den som passar varje område."
    return [
        Fault(_label("areas", home), row, "notebook", one["notebook"], f"{rule}{nearest(one['notebook'], there)}")
        for row, one in _rows(read_table("areas", home))
        if one["notebook"] not in there
    ]


def _own(home: Path) -> dict[str, dict[str, Any]]:
    """Return the tables of the edition and of its domain, but for the results, by name."""
    return {
        name: one
        for name, one in resources(home).items()
        if one.get("level") and not name.startswith(RESULTS) and (root_of(home) / one["path"]).exists()
    }


def _unknown(name: str, about: dict[str, Any], home: Path) -> Iterator[Fault]:
    own = {"areas": "area", "tables": "table", "subareas": "subarea", "series": "series"}.get(name)
    table = read_table(name, home)
    free = [own, "area"] if about["level"] == "domain" else [own]  # a series may be of an area that no edition has
    for column in table.columns.intersection([*KEYS]).drop(free, errors="ignore"):
        try:
            known = KEYS[column](home, about["level"])
        except UserError:  # of another file, which is told on its own
            continue
        for row, one in _rows(table):
            if one[column] and one[column] not in known:
                rule = f"finns inte.{nearest(one[column], known)}"
                yield Fault(_label(name, home), row, column, one[column], rule)


def _values(name: str, column: str) -> Any:
    return lambda home, _level: set(read_table(name, home)[column])


def _sources(home: Path, _level: str) -> set[str]:
    return set(shipped_sources(home)["source"])


def _series(home: Path, _level: str) -> set[str]:
    return {ALL, *read_series(home)["series"], *known_indicators(home)}


KEYS = {
    "source": _sources, "source_a": _sources, "source_b": _sources, "place": _values("places", "place"),
    "area": _values("areas", "area"), "table": _values("tables", "table"), "series": _series,
    "indicator": lambda home, level: set(indicators(home) if level == "edition" else known_indicators(home)),
}  # fmt: skip


def _rows(table: pd.DataFrame) -> list[tuple[int, dict[str, Any]]]:
    """Return a table's rows, each with its number in the file."""
    return list(enumerate(as_records(table.astype(object).where(table.notna(), "")), start=2))


def _label(name: str, home: Path) -> str:
    return label_of(root_of(home) / resources(home)[name]["path"])
