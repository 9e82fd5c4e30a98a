"""Hide figures about few persons, and then whatever would give a hidden one away.

The source (Socialstyrelsen's note to its tables): secrecy (1-3 persons) or a share that is statistically
uncertain because of small numbers (fewer than 20).
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from oj.catalog import indicators
from oj.datapackage import changed, data_folder
from oj.errors import DataError, Fault
from oj.measures.attack import System, exposed, systems
from oj.measures.margins import Key, Relation, keys_of
from oj.measures.margins import relations as found_relations
from oj.measures.table import Flags, Limits, Table, connected, hide, tabulate
from oj.sources.origins import imported
from oj.sources.published import read_all
from oj.sources.which import KEY, counting
from oj.vocabulary import HIDDEN

PERSONS = 3  # persons; as few are secret
BASE = 20  # persons; fewer make an uncertain share
PROTECTION = 2  # persons between the lowest and the highest possible: three possible values, as 1-3 itself
FREE_ROUNDS = 4  # choices made anew from the start; after them what is hidden stays hidden


def protect(
    results: pd.DataFrame,
    relations: Sequence[Relation] | None = None,
    folder: Path | None = None,
    persons: float = PERSONS,
    base: float = BASE,
) -> pd.DataFrame:
    """Return results with counts of few persons hidden, and with what would give them away hidden too.

    A hidden row has no value, answer, numerator or denominator, and its cause in `status`: `secret` (1 to
    `persons` in the numerator or outside it), `small_base` (denominator under `base`) or `secondary`. Rows
    without counts stay as they are. `relations` are added to those of places and of parts. Raises DataError
    where counts do not add up.

    >>> row = {"edition": "2015", "indicator": "behoriga-alla", "place": "0114", "value": 0.1, "answer": None}
    >>> protect(pd.DataFrame([row | {"status": "observed", "numerator": 3.0, "denominator": 30.0}]))["status"].item()
    'secret'
    """
    named = {name for name, item in indicators(folder).items() if item.protected}
    own = results["indicator"].isin(named)
    if not results.loc[own, ["numerator", "denominator"]].notna().all(axis=1).any():
        return results.copy()
    _refuse_twice(results[own])
    tied = [*found_relations(results, folder), *(relations or ())]
    keys = keys_of(results)
    members = {key for relation in tied for key in relation.members}
    table = tabulate(results[own.to_numpy() | np.array([key in members for key in keys])], tied)
    limits = Limits(persons, base, PROTECTION * persons / PERSONS)
    status = dict(zip(table.keys, _secondary(table, _primary(table, named, limits), limits), strict=True))
    return _hidden(results, [status.get(key, "") for key in keys])


def read_protected(folder: Path | None = None) -> pd.DataFrame:
    """Return all published results of all editions with few persons hidden; whoever shows results reads them here.

    >>> len(read_protected())
    572
    """
    folder = folder or data_folder()
    return _read_protected(folder, changed(folder)).copy()


@cache
def _read_protected(folder: Path, _changed: int) -> pd.DataFrame:
    own, rows = imported(folder), read_all(folder)
    shipped = ~rows["source"].isin(list(own))  # what one source hides by its counts another could lay open without them
    parts = [protect(rows[part].reset_index(drop=True), folder=folder) for part in (shipped, ~shipped) if part.any()]
    if len(parts) == 1:
        return parts[0]
    return protect(counting(pd.concat(parts, ignore_index=True), own), folder=folder)


def _refuse_twice(rows: pd.DataFrame) -> None:
    twice = rows[rows.duplicated(KEY)]
    if len(twice):
        rule = "finns två gånger; då går det inte att veta vad som ska döljas"
        raise DataError([Fault("data/results", None, "+".join(KEY), ", ".join(key), rule) for key in keys_of(twice)])


def _hidden(results: pd.DataFrame, status: Sequence[str]) -> pd.DataFrame:
    """Return a copy where the rows that are newly hidden have no figures."""
    newly = np.isin(status, HIDDEN) & ~results["status"].isin(HIDDEN).to_numpy()
    copy = results.copy()
    if not newly.any():
        return copy
    copy.loc[newly, "status"] = np.array(status, dtype=object)[newly]
    copy.loc[newly, ["value", "numerator", "denominator"]] = np.nan
    copy.loc[newly, "answer"] = None
    return copy


def _primary(table: Table, named: set[str], limits: Limits) -> list[str]:
    """Return every cell's status after the rule of few persons and small bases; secret goes first."""
    few = ((table.counts > 0) & (table.counts < limits.persons + 1)).any(axis=0)
    small = table.counts.sum(axis=0) < limits.base
    own = np.array([key[1] in named for key in table.keys]) & ~table.unknown
    status = np.where(own & few, "secret", np.where(own & small, "small_base", table.status))
    return [str(one) for one in status]


def _secondary(table: Table, status: list[str], limits: Limits) -> list[str]:
    """Return every cell's status when also what gives hidden cells away is hidden, group by group."""
    status = list(status)
    forced = np.isin(status, HIDDEN)
    for group in connected(table.sums, np.ones(len(table.keys), dtype=bool)):
        if not forced[group].any() or len(group) == 1:
            continue
        part = _part(table, group)
        chosen = _until_safe(part, [status[cell] for cell in group], limits)
        for cell, found in zip(group, chosen, strict=True):
            status[cell] = found
    return status


def _part(table: Table, group: Any) -> Table:
    """Return the part of the table that some cells make."""
    rows = np.flatnonzero(abs(table.sums[:, group]).sum(axis=1))
    keys: list[Key] = [table.keys[cell] for cell in group]
    status = [table.status[cell] for cell in group]
    return Table(keys, table.counts[:, group], status, table.sums[rows][:, group], table.whole)


def _until_safe(table: Table, primary: list[str], limits: Limits) -> list[str]:
    """Return statuses with the cheapest cells hidden, one cut added for every group that the attack opens."""
    cuts: list[Flags] = []
    forced, rounds = np.isin(primary, HIDDEN), 0
    while True:
        secondary = _choose(table, forced, cuts) & ~np.isin(primary, HIDDEN)
        status = [str(one) for one in np.where(secondary, "secondary", primary)]
        published = hide(table, status)
        opened = [
            system
            for system in systems(published, limits)
            if exposed(system, published.sensitive[system.cells], limits.width, table.counts[:, system.cells])
        ]
        around = [_around(published, system) for system in opened]
        new = [cells for cells in around if cells.any()]
        if not new:
            return status
        cuts += new
        rounds += 1
        if rounds >= FREE_ROUNDS:
            forced = published.sensitive


def _around(published: Table, system: System) -> Flags:
    """Return the published cells in the relations that touch a system: hiding one of them loosens it."""
    touching = abs(published.sums[:, system.cells]).sum(axis=1) > 0
    return np.asarray(abs(published.sums[touching]).sum(axis=0) > 0) & ~published.unknown


def _choose(table: Table, forced: Flags, cuts: Sequence[Flags]) -> Flags:
    """Return which cells to hide: at least two in each relation with a hidden one, one in each cut, fewest persons.

    The cells are in the order of their keys, and the sum that is kept low has a little of that order in it, so
    that of equals the same is always chosen.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, vstack

    size = len(table.keys)
    free = table.unknown & ~forced
    member = abs(table.sums).tocsr()
    with_forced = (member @ forced.astype(float)) > 0
    if not cuts and ((member @ (forced | free).astype(float))[with_forced] >= 2).all():
        return forced
    follow = _follow(member[~with_forced], free)
    need = [(member[with_forced], 2.0), (follow, 0.0), *((csr_array(cut[None, :] * 1.0), 1.0) for cut in cuts)]
    low = np.concatenate([np.full(rows.shape[0], least) for rows, least in need])
    cost = np.nan_to_num(table.counts.sum(axis=0)) + np.arange(size) / (size + 1) ** 2
    found = milp(
        c=np.where(forced | free, 0.0, cost) / max(cost.max(), 1.0),
        integrality=np.ones(size),
        bounds=Bounds((forced | free).astype(float), np.ones(size)),
        constraints=LinearConstraint(vstack([rows for rows, _ in need]).tocsr(), low, np.inf),
        options={"mip_rel_gap": 0},
    )
    return np.asarray((found.x > 0.5) & ~free)


def _follow(member: Any, free: Flags) -> Any:
    """Return a row per relation and cell in it: the relation's hidden cells less two where that cell is hidden."""
    from scipy.sparse import csr_array, eye_array

    pairs = member.tocoo()
    own = ~free[pairs.col]
    rows: Any = member[pairs.row[own]] - 2 * eye_array(member.shape[1]).tocsr()[pairs.col[own]]
    return csr_array(rows)
