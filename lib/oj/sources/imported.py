"""Write results that were read from somebody's own file beside the shipped ones, and take them away again.

An import is two files, the results and their origin, which change together or not at all; nothing that is shipped
changes. What is there is read in `oj.sources.origins`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from math import isnan
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from oj.disk.changes import Change, change
from oj.facts.catalog import Indicator
from oj.facts.datapackage import FACTS, PATIENCE, read_text, resources
from oj.facts.editions import data_folder, domain_folder, root_of
from oj.facts.places import Place, all_places, slug
from oj.sources.corrections import corrected_file
from oj.sources.origins import LeftOut, Origin, checked_origin, import_names, imported, sources
from oj.sources.published import checked, persons
from oj.sources.which import KEY, clashing, counties_of
from oj.words.errors import DataError, Fault, UserError, nearest, why
from oj.words.swedish import as_shown, listing, number
from oj.words.vocabulary import UNITS

NUMBERS = ("value", "numerator", "denominator")
COLUMNS = [*KEY, "value", "answer", "status", "numerator", "denominator", "source"]
__all__ = ["LeftOut", "Origin", "Trial", "checked_import", "imported", "remove_imported", "sources", "write_imported"]


@dataclass(frozen=True)
class Trial:
    """How an import is tried: `also` raises what else speaks against its checked results in a folder of facts.

    It returns the texts that are to be written with them, by their files. While it looks nobody else changes the facts.
    With `only` nothing is changed in the end, though all is tried: what is refused then is what an import refuses.
    """

    also: Callable[[pd.DataFrame, Origin, Path], Mapping[Path, str]] = lambda _table, _origin, _folder: {}
    only: bool = False


TRIAL = Trial()


def write_imported(
    table: pd.DataFrame,
    origin: Origin,
    folder: Path | None = None,
    beside: Mapping[Path, str] | None = None,
    trial: Trial = TRIAL,
) -> list[Path]:
    """Write results and their origin as an import, in place of an earlier one of that name; return both files.

    `table` has the columns of the results, one row per edition, indicator and place, its source the import's name.
    The texts `beside`, by their files, are written with it. `trial` is how much of all this is done.
    Raises DataError with every fault, also for a cell that another import has; then nothing has changed.
    """
    folder = folder or data_folder()
    content = asdict(origin) | {"left_out": [asdict(one) for one in origin.left_out]}
    sidecar = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    checked_origin(yaml.safe_load(sidecar), origin.name, folder)
    if table.empty:
        raise UserError("Det finns inga resultat att läsa in.")
    columns = sorted(table, key=[*COLUMNS, *table].index)  # one that is unknown stands last, to be told of
    files = [root_of(folder) / "results" / f"{origin.name}{ending}" for ending in (".csv", ".yml")]
    try:
        with change(root_of(folder), FACTS, "Resultat läses in", PATIENCE) as work:
            table_file, origin_file = (work.new(path) for path in files)
            table[columns].to_csv(table_file, index=False, lineterminator="\n")
            origin_file.write_text(sidecar, encoding="utf-8", newline="\n")
            more = trial.also(checked_import(table_file, origin, folder), origin, folder)
            for path, text in {**(beside or {}), **more}.items():
                work.new(path).write_text(text, encoding="utf-8", newline="\n")
            if trial.only:
                work.steps.clear()
    except OSError as error:
        places = [path.parent for path in (beside or {}) if str(path.parent) in str(error.filename)]
        where = [*places, files[0].parent][0]
        raise UserError(
            f"Resultaten kan inte skrivas i {where}: {why(error)}. Inget har lästs in; det som fanns är kvar."
        ) from error
    return files


def as_kept(item: Indicator, value: float, numerator: float, denominator: float) -> float:
    """Return a value as it is kept: a share of persons without both its counts as rounded as it is shown."""
    exact = not item.protected or isnan(value) or not (isnan(numerator) or isnan(denominator))
    return value if exact else as_shown(value, item.decimals + 2)


def remove_imported(
    name: str, folder: Path | None = None, also: Callable[[Change, list[str]], None] = lambda _work, _names: None
) -> list[str]:
    """Remove an import, also one that cannot be read, or all years of a workbook, and return what is gone.

    `also` adds what else is to change with it. Raises UserError for an unknown or a shipped one.
    """
    folder = folder or data_folder()
    tables, sidecars = import_names(folder)
    known = sorted(tables | sidecars)
    if f"results-{name}" in resources(folder):
        raise UserError(
            f"”{name}” följer med projektet och tas inte bort. Inlästa filer: {', '.join(known) or 'inga'}."
        )
    own = [name] if name in known else _years_of(name, folder)
    if not own:
        raise UserError(
            f"Det finns ingen inläst fil som heter ”{name}”.{nearest(name, known)} "
            f"Inlästa filer: {', '.join(known) or 'inga'}."
        )
    try:
        with change(root_of(folder), FACTS, "En inläsning tas bort", PATIENCE) as work:
            for one, ending in product(own, (".csv", ".yml")):
                work.remove(root_of(folder) / "results" / f"{one}{ending}")
            also(work, own)
    except OSError as error:
        raise UserError(f"”{name}” kan inte tas bort: {why(error)}. Allt är kvar.") from error
    return own


def _years_of(name: str, folder: Path) -> list[str]:
    """Return the imports, one for each year, of a workbook of several that is read in as `name`."""
    found = {one: origin for one, origin in imported(folder).items() if one == f"{name}-{origin.edition}"}
    return [one for one, origin in found.items() if slug(Path(origin.file).stem) != one]  # a file's own name is whole


def checked_import(file: Path, origin: Origin, folder: Path) -> pd.DataFrame:
    """Return the written results; raise DataError where they break a rule, or the domain has one of them already."""
    label, name = f"data/results/{origin.name}.csv", f"results-{origin.name}"
    table = checked(corrected_file(file, label, name, folder), name, folder, origin)
    own = domain_folder(root_of(folder), origin.domain)  # another domain may ask by the same id
    others, places = _others(origin.name, own), all_places(folder)
    every = pd.concat([*others, table], ignore_index=True)
    about = counties_of(every, {one.name: one.county for one in (*imported(own).values(), origin)}, places)
    found: dict[str, list[tuple[int, Any]]] = {}
    for at, other in clashing(every, about, persons(folder)).items() if others else ():
        row = int(str(at)) - len(every) + len(table)
        if row >= 0:  # what others have between them is no fault of this one
            found.setdefault(other, []).append((row + 2, tuple(table.loc[row, KEY])))
    if found:
        raise DataError([_also_in(label, other, cells, places) for other, cells in found.items()])
    return table


def _also_in(label: str, other: str, cells: Sequence[tuple[int, Any]], places: Mapping[str, Place]) -> Fault:
    """Return that another import has these cells: the only one, or the first of them and how many they are."""
    at, key = cells[0]
    more = f" liksom {number(len(cells) - 1)} andra uppgifter" if len(cells) > 1 else ""
    names = list(dict.fromkeys(places[key[2]].name for _at, key in cells if key[2] in places))
    own = any(key[2] not in places or places[key[2]].level in UNITS for _at, key in cells)
    row = "" if own else f"töm {'raden' if len(names) == 1 else 'raderna'} för {listing(names)} i filen, eller "
    base = other.removesuffix(f"-{key[0]}")  # of a file of several years
    instead = f"ta bort den först med oj data remove {other}, eller läs in filen i dess ställe med --name {base}"
    rule = f"finns redan i inläsningen ”{other}”{more}; {row}{instead}"
    return Fault(label, at, "+".join(KEY), ", ".join(key), rule)


def _others(name: str, folder: Path) -> list[pd.DataFrame]:
    """Return the results of the other imports of a domain, as far as they can be read."""
    found, places = [], all_places(folder)
    for other in sorted(set(imported(folder)) - {name}):
        path = root_of(folder) / "results" / f"{other}.csv"
        table = read_text(path, f"data/results/{path.name}").reindex(columns=COLUMNS).assign(source=other)
        numbers = {column: pd.to_numeric(table[column], errors="coerce") for column in COLUMNS if column in NUMBERS}
        found.append(table.assign(**numbers)[table["place"].isin([*places])])
    return found
