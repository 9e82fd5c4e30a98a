"""A table of counts as arrays: what is known, what is hidden and why, and the sums that tie them together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from oj.disclosure.margins import Key, Relation, keys_of, settled
from oj.words.vocabulary import HIDDEN

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

UNKNOWN = dict.fromkeys(("numerator", "denominator", "low", "high"), np.nan) | {  # a row that says nothing
    "status": "", "told": "", "out_counts": False, "out_share": False, "recalled": False,
}  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """What is too few persons, too small a base, and how many persons wide what can be worked out must be."""

    persons: float
    base: float
    width: float


@dataclass(frozen=True)
class Table:
    """Cells in the order of their keys; `sums` has a row per relation: 1 for its total, -1 for each part.

    `counts` has two rows, persons in the numerator and the others of the denominator, NaN where unknown; `shares`
    the lowest and the highest that a share without counts may be, NaN where none is shown. `status` is empty for a
    cell that the results do not have. `told` is what the reader knows of an unknown cell: that it is `secret` or a
    `small_base`, that it is neither (`secondary`), or nothing; `out` where an earlier report has shown the counts
    (first row) or the share; `movable` where there is something to hide.
    """

    keys: list[Key]
    counts: Numbers
    shares: Numbers
    status: list[str]
    sums: Any
    told: list[str]
    out: Flags
    movable: Flags

    @property
    def unknown(self) -> Flags:
        """Where there is no count to see."""
        return np.asarray(np.isnan(self.counts).any(axis=0))

    @property
    def sensitive(self) -> Flags:
        """Where there is a figure that is not to be seen, and that has not been seen."""
        return np.isin(self.status, HIDDEN) & self.unknown


def tabulate(rows: pd.DataFrame, relations: Sequence[Relation]) -> Table:
    """Return results as a table with the relations that hold in it; raise DataError where counts do not add up.

    The rows have whole pairs of counts or none, `low` and `high` of a share, what is `told`, whether an earlier report
    has shown them (`out_counts`, `out_share`), and `recalled` where only that has. Their order does not matter: the
    cells are in the order of their keys.
    """
    of_key = dict(zip(keys_of(rows), rows.to_dict("records"), strict=True))
    pairs = {key: (row["numerator"], row["denominator"]) for key, row in of_key.items()}
    counts = {key: pair for key, pair in pairs.items() if not np.isnan(pair).any()}
    hidden = {key for key, row in of_key.items() if row["status"] in HIDDEN}
    recalled = {key for key, row in of_key.items() if row["recalled"]}
    shares = {key for key, row in of_key.items() if not np.isnan(row["high"])}
    held = settled(_telling(relations, of_key, counts, shares), counts, hidden, recalled)
    keys = sorted({*of_key, *(key for relation in held for key in relation.members)})
    seen = np.array([counts.get(key, (np.nan, np.nan)) for key in keys], dtype=float).reshape(-1, 2).T
    cells = pd.DataFrame([of_key.get(key, UNKNOWN | {"recalled": True}) for key in keys])
    out = cells["out_counts"] | (cells["out_share"] & np.isnan(seen[0]))  # its counts, or its share where it has none
    return Table(
        keys=keys,
        counts=np.vstack([seen[0], seen[1] - seen[0]]),
        shares=cells[["low", "high"]].to_numpy(dtype=float).T,
        status=cells["status"].tolist(),
        sums=_sums(keys, held),
        told=cells["told"].tolist(),
        out=cells[["out_counts", "out_share"]].to_numpy(dtype=bool).T,
        movable=((cells["status"] == "observed") & ~out & ~cells["recalled"]).to_numpy(dtype=bool),
    )


def _telling(
    relations: Sequence[Relation], rows: Collection[Key], counts: Collection[Key], shares: Collection[Key]
) -> list[Relation]:
    """Return the sums that can tell anything.

    One whose total has no counts, and a part no row, does only where another sum that tells has that total in it: the
    counts of those born in Sweden, in a county, are those of all without those born abroad. So does a share of a whole:
    of nobody, nobody is in a part.
    """
    known = _known(relations, counts)
    more = {one for one in relations if one.total in known}
    held = more | {one for one in relations if all(part in rows for part in one.parts)}
    held |= {one for one in relations if one.total in shares and one.of_one_place}
    while more:
        inside = {key for one in more for key in one.members}
        more = {one for one in relations if one not in held and one.total in inside}
        held = held | more
    return [one for one in relations if one in held]


def _known(relations: Sequence[Relation], counts: Collection[Key]) -> set[Key]:
    """Return what has counts, and what sums tell the counts of since all others in them have."""
    known = set(counts)
    while True:
        lacking = [[key for key in one.members if key not in known] for one in relations]
        found = {keys[0] for keys in lacking if len(keys) == 1}
        if not found:
            return known
        known |= found


def _sums(keys: Sequence[Key], held: Sequence[Relation]) -> Any:
    """Return a row per relation over the keys: 1 for its total, -1 for each part."""
    from scipy.sparse import csr_array

    position = {key: number for number, key in enumerate(keys)}
    entries = [
        (row, position[key], 1.0 if key == relation.total else -1.0)
        for row, relation in enumerate(sorted(held, key=lambda one: one.members))
        for key in relation.members
    ]
    of, at, sign = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((sign, (of, at)), shape=(len(held), len(keys)), dtype=float)


def hide(table: Table, hidden: Flags) -> Table:
    """Return the table as a reader sees it with these cells hidden; what is out already is seen all the same."""
    gone = hidden & ~table.out
    return replace(
        table, counts=np.where(gone[0], np.nan, table.counts), shares=np.where(gone[1], np.nan, table.shares)
    )


def part_of(table: Table, cells: Any) -> Table:
    """Return the part of the table that some cells make."""
    rows = np.flatnonzero(abs(table.sums[:, cells]).sum(axis=1))
    return Table(
        keys=[table.keys[cell] for cell in cells],
        counts=table.counts[:, cells],
        shares=table.shares[:, cells],
        status=[table.status[cell] for cell in cells],
        sums=table.sums[rows][:, cells],
        told=[table.told[cell] for cell in cells],
        out=table.out[:, cells],
        movable=table.movable[cells],
    )


def connected(sums: Any, chosen: Flags) -> list[Any]:
    """Return the positions of the chosen cells, grouped by which share a relation, directly or through others."""
    from scipy.sparse.csgraph import connected_components

    touching = abs(sums[:, chosen])
    positions = np.flatnonzero(chosen)
    _, group = connected_components(touching.T @ touching, directed=False)
    return [positions[group == number] for number in range(group.max() + 1)] if len(positions) else []
