"""Where results that were read in come from: the sidecar beside each file of them, and the table of sources with them.

`data/results/<name>.csv` has the results that `oj import` has read, `data/results/<name>.yml` its origin. Neither
stands in `datapackage.json`, which describes what is shipped.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pandas as pd
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter

from oj.disk.changes import hold_still, is_whole
from oj.facts.datapackage import read_table, read_text, resources, typed
from oj.facts.editions import data_folder, domain_folder, edition_of, editions, is_edition, label_of, root_of
from oj.facts.files import is_fact
from oj.facts.kept import changed, kept
from oj.facts.places import all_places
from oj.facts.yaml_file import read_yaml, validated
from oj.words.days import written_day
from oj.words.errors import DataError, Fault, nearest
from oj.words.vocabulary import PRELIMINARY

OWN_SOURCES = "sources.csv"  # in an edition's folder, where it brings any
NOT_SAID = "ej angiven"  # who published what was read in
NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
STRICT = ConfigDict(extra="forbid", strict=True)
Some = Annotated[str, Field(pattern=r"\S")]


@dataclass(frozen=True)
class LeftOut:
    """One cell that was not read in, for the method chapter, in Swedish; `value` is empty for protected indicators."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    where: Some
    about: str
    value: str
    rule: Some


@dataclass(frozen=True)
class Origin:
    """Where imported results come from; `date` is ISO or empty, `sha256` is of the file that was read.

    `county` is the code of the county that the file was said to be for, empty where that was not said; `domain` is the
    name of its folder, empty for the one that is meant where none is said.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    name: Annotated[str, Field(pattern=NAME)]
    title: Some
    publisher: Some
    year: Annotated[int, Field(ge=2000, le=2100)]
    edition: Annotated[str, Field(pattern=r"^20\d{2}$")]
    file: Annotated[str, Field(pattern=r"^[^/\\]*[^/\\\s][^/\\]*$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    date: Annotated[str, AfterValidator(lambda day: day and written_day(day))] = ""
    note: str = ""
    county: str = ""
    domain: str = ""
    left_out: tuple[LeftOut, ...] = ()
    cells: dict[str, dict[str, str]] = field(default_factory=dict, hash=False)  # by sheet, see `oj.sources.spots`


TEXT, NOT_EMPTY = "ska vara text", "får inte vara tom"
RULES = {
    "name": "ska bestå av små bokstäver a–z, siffror och bindestreck", "title": NOT_EMPTY, "publisher": NOT_EMPTY,
    "year": "ska vara ett år mellan 2000 och 2100", "edition": "ska vara ett årtal inom citattecken",
    "file": "ska vara filens namn, utan mappar", "sha256": "ska vara filens kontrollsumma, 64 tecken 0–9 och a–f",
    "date": "", "note": TEXT, "county": "ska vara ett läns kod inom citattecken",
    "domain": "ska vara namnet på ett verksamhetsområdes mapp", "left_out": "ska vara en lista", "where": NOT_EMPTY,
    "cells": "ska vara blad med kolumner och rader",
    "about": TEXT, "value": TEXT, "rule": NOT_EMPTY,
}  # fmt: skip


def imported(folder: Path | None = None) -> dict[str, Origin]:
    """Return where the results of a domain that have been read in come from, by name in alphabetical order."""
    folder = folder or data_folder()
    root, own = root_of(folder), domain_folder(folder)
    found = _read_still(root).items()
    return {name: origin for name, origin in found if domain_folder(root, origin.domain) == own}


def _read_still(root: Path) -> dict[str, Origin]:
    """Return all that has been read in; what is faulty only because it is being changed is read again."""
    while True:
        hold_still(root)
        before = changed(root)
        try:
            return _read(root)
        except DataError:
            if is_whole(root) and changed(root) == before:
                raise


def sources(folder: Path | None = None) -> pd.DataFrame:
    """Return the sources, one row each: those of `sources.csv` in its order, then what has been read in."""
    shipped = shipped_sources(folder)
    origins = imported(folder).values()
    if not origins:
        return shipped
    rows = [
        {"source": one.name, "title": one.title, "publisher": one.publisher, "year": one.year, "address": None}
        | {"note": f"Inläst ur {one.file}.{f' {one.note}' if one.note else ''}"}
        for one in origins
    ]
    new = pd.DataFrame(rows).astype({"year": shipped["year"].dtype, "address": object})
    return pd.concat([shipped.astype({"address": object}), new], ignore_index=True)


def shipped_sources(folder: Path | None = None) -> pd.DataFrame:
    """Return the sources of `data/sources.csv`, and those that an edition brings in a `sources.csv` of its own.

    A folder of an edition has those of the edition, others those of all editions of the domain.
    """
    folder = folder or data_folder()
    homes = [folder] if is_edition(folder) else editions(folder).values()
    shared, more = read_table("sources", folder), [_brought(home) for home in homes if (home / OWN_SOURCES).exists()]
    return pd.concat([shared, *more], ignore_index=True) if more else shared


def sources_beside(home: Path) -> set[str]:
    """Return the sources that an edition brings beside the one that it is made of, such as a county's own survey."""
    return {*_brought(home)["source"]} - {edition_of(home).source} if (home / OWN_SOURCES).exists() else set()


def _brought(home: Path) -> pd.DataFrame:
    """Return the sources in an edition's own file."""
    path, schema = home / OWN_SOURCES, resources(home)["sources"]["schema"]
    return typed(read_text(path, label_of(path)), schema, label_of(path))


def import_names(folder: Path) -> tuple[set[str], set[str]]:
    """Return the names of the imported files and of the sidecars in a folder of facts, whether they belong together."""
    files = [path for path in (root_of(folder) / "results").glob("*") if is_fact(path.name)]
    tables, sidecars = ({path.stem for path in files if path.suffix == suffix} for suffix in (".csv", ".yml"))
    return tables, sidecars


def checked_origin(values: Any, name: str, folder: Path) -> Origin:
    """Return what a sidecar holds as an Origin; raise DataError with every fault."""
    label = f"data/results/{name}.yml"
    one = validated(_adapter(), values, label, RULES)
    known = list(editions(domain_folder(root_of(folder), one.domain)))
    counties = [code for code, place in all_places(folder).items() if place.level == "county"]
    shipped = set(shipped_sources(folder)["source"])
    rules = [
        ("name", one.name != name, f"ska vara ”{name}”, som filen heter"),
        ("edition", one.edition not in known,
         f"okänd utgåva.{nearest(one.edition, known)} Utgåvor: {', '.join(known)}"),
        ("county", one.county not in ("", *counties), f"okänt län. Län: {', '.join(counties)}"),
        ("name", one.name in shipped, "är namnet på en källa som följer med; välj ett annat"),
        ("name", one.name.startswith(PRELIMINARY), f"får inte börja med ”{PRELIMINARY}”, som ifyllda enkäter gör"),
    ]  # fmt: skip
    if faults := [Fault(label, None, key, getattr(one, key), rule) for key, broken, rule in rules if broken]:
        raise DataError(faults)
    return one


@cache
def _adapter() -> TypeAdapter[Origin]:
    """Return what reads an origin: it takes longer to make than to use."""
    return TypeAdapter(Origin)


@kept
def _read(folder: Path) -> dict[str, Origin]:
    tables, sidecars = import_names(folder)
    remedy = "läs in filen igen med oj import, eller ta bort den med oj data remove"
    alone = [(name, ".csv", f"{name}.yml, som säger varifrån resultaten kommer") for name in sorted(tables - sidecars)]
    alone += [(name, ".yml", f"{name}.csv med resultaten") for name in sorted(sidecars - tables)]
    if alone:
        told = [(f"data/results/{name}{ending}", f"saknar {lacking}; {remedy}") for name, ending, lacking in alone]
        raise DataError([Fault(file, None, "", "", rule) for file, rule in told])
    files = {name: root_of(folder) / "results" / f"{name}.yml" for name in sorted(tables)}
    return {
        name: checked_origin(read_yaml(file, f"data/results/{name}.yml"), name, folder) for name, file in files.items()
    }
