"""The results of an edition: of what was not asked, of what nobody answered, and unlike the sums that they are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from oj.facts.catalog import Indicator, indicators
from oj.facts.datapackage import read_text, resources, typed
from oj.facts.editions import domain_folder, label_of, root_of
from oj.sources.corrections import read_corrected, table_paths
from oj.sources.origins import imported
from oj.sources.published import checked
from oj.sources.which import KEY
from oj.words.errors import DataError, Fault

COUNTS = ("numerator", "denominator")


def results_of(home: Path) -> tuple[int, int]:
    """Return how many results an edition has and from how many files; raise DataError with every fault."""
    faults: list[Fault] = []
    if not _names(home):
        own = _imported(home)
        return len(own), own["source"].nunique()
    tables = {name: _readable(name, home, faults) for name in _names(home)}
    for name, (table, lines) in tables.items():
        try:
            checked(table, name, domain_folder(home))
        except DataError as error:
            faults += [replace(one, row=lines[one.row - 2]) if one.row else one for one in error.faults]
    together = pd.concat([table.assign(name=name, row=lines) for name, (table, lines) in tables.items()])
    for row in together[together.duplicated(KEY)].to_dict("records"):
        told = ", ".join(str(row[column]) for column in KEY)
        faults.append(Fault(_label(row["name"], home), row["row"], "+".join(KEY), told, "finns redan på en rad före"))
    if faults:
        raise DataError(faults)
    return len(together), len(tables)


def _imported(home: Path) -> pd.DataFrame:
    """Return the imported results of an edition: all that one which a workbook made has."""
    names = [name for name, one in imported(home).items() if one.edition == home.name]
    paths = [root_of(home) / "results" / f"{name}.csv" for name in names]
    return pd.concat([pd.DataFrame(columns=["indicator", "source"]), *(read_text(one, label_of(one)) for one in paths)])


def _readable(name: str, home: Path, faults: list[Fault]) -> tuple[pd.DataFrame, list[int]]:
    """Return the rows of a file that can be read, and their numbers; add to `faults` what keeps others from it."""
    try:
        table = read_corrected(name, domain_folder(home))
        return table, list(range(2, len(table) + 2))
    except DataError as error:
        faults += error.faults
    label, schema = _label(name, home), resources(home)[name]["schema"]
    raw = read_text(root_of(home) / table_paths(domain_folder(home))[name], label)
    try:
        return typed(raw, schema, label), list(map(int, raw.index))
    except DataError as error:
        faults += [one for one in error.faults if one not in faults]
        raw = raw.drop(index=list({one.row for one in error.faults} & {*raw.index}))
    return typed(raw, schema, label), list(map(int, raw.index))


def unanswered(home: Path) -> list[Fault]:
    """Return a fault for each question without a result."""
    tables = list(_tables(home).values()) or [_imported(home)]
    answered = {name for table in tables for name in table["indicator"]}
    rule = "har inget resultat i results/; stryk frågan, eller lägg in ett för varje plats"
    files = {item.id: f"{label_of(home)}/indicators/" for item in indicators(home).values()}
    return [Fault(file, None, "id", name, rule) for name, file in files.items() if name not in answered]


def unlike_their_parts(home: Path) -> list[Fault]:
    """Return a fault for each count that is not the sum of its parts' where all of them are told."""
    wholes = [item for item in indicators(home).values() if item.parts]
    return [fault for name, table in _tables(home).items() for fault in _sums(table, wholes, _label(name, home))]


def _sums(table: pd.DataFrame, wholes: Sequence[Indicator], label: str) -> Iterator[Fault]:
    numbered: Any = table.assign(row=range(2, len(table) + 2)).set_index(["indicator", "place"])
    numbered = numbered[~numbered.index.duplicated()]
    for item in wholes:
        for place in numbered.loc[numbered.index.get_level_values(0) == item.id].index.get_level_values(1):
            keys = [(part, place) for part in item.parts]
            if not set(keys) <= set(numbered.index):
                continue
            for column in COUNTS:
                told, parts = numbered.loc[(item.id, place), column], numbered.loc[keys, column]
                if pd.notna(told) and parts.notna().all() and told != parts.sum():
                    rule = f"är inte summan av delarna ({' + '.join(f'{one:g}' for one in parts)} = {parts.sum():g})"
                    row = int(numbered.loc[(item.id, place), "row"])
                    yield Fault(label, row, column, f"{told:g}", f"{rule}: {', '.join(item.parts)}")


def _tables(home: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of an edition's own results, with their corrections made."""
    return {name: read_corrected(name, domain_folder(home)) for name in _names(home)}


def _names(home: Path) -> list[str]:
    inside = f"{home.relative_to(root_of(home)).as_posix()}/"
    return [name for name, path in table_paths(domain_folder(home)).items() if path.startswith(inside)]


def _label(name: str, home: Path) -> str:
    return label_of(root_of(home) / table_paths(domain_folder(home))[name])
