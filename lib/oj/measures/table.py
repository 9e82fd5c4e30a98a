"""A table of counts as arrays: what is known, what is hidden and why, and the sums that tie them together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from oj.measures.margins import Key, Relation, keys_of, settled
from oj.vocabulary import HIDDEN

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Limits:
    """What is too few persons, too small a base, and how many persons wide what can be worked out must be."""

    persons: float
    base: float
    width: float


@dataclass(frozen=True)
class Table:
    """Cells in the order of their keys; `sums` has a row per relation: 1 for its total, -1 for each part.

    `counts` has two rows, persons in the numerator and the others of the denominator, NaN where unknown.
    `status` is empty for a cell that the results do not have. `whole` says that all counts are whole numbers.
    """

    keys: list[Key]
    counts: Numbers
    status: list[str]
    sums: Any
    whole: bool

    @property
    def unknown(self) -> Flags:
        """Where there is no count to see."""
        return np.asarray(np.isnan(self.counts).any(axis=0))

    @property
    def sensitive(self) -> Flags:
        """Where there is a figure that is not to be seen."""
        return np.isin(self.status, HIDDEN)


def tabulate(results: pd.DataFrame, relations: Sequence[Relation]) -> Table:
    """Return results as a table with the relations that hold in it; raise DataError where counts do not add up.

    The order of the rows does not matter: the cells are in the order of their keys.
    """
    from scipy.sparse import csr_array

    rows = dict(zip(keys_of(results), results.to_dict("records"), strict=True))
    pairs = {key: (row["numerator"], row["denominator"]) for key, row in rows.items()}
    counts = {key: pair for key, pair in pairs.items() if not np.isnan(pair).any()}
    held = settled(relations, counts, {key for key, row in rows.items() if row["status"] in HIDDEN})
    keys = sorted({*rows, *(key for relation in held for key in relation.members)})
    position = {key: number for number, key in enumerate(keys)}
    entries = [
        (row, position[key], 1.0 if key == relation.total else -1.0)
        for row, relation in enumerate(sorted(held, key=lambda one: one.members))
        for key in relation.members
    ]
    of, at, sign = zip(*entries, strict=True) if entries else ((), (), ())
    seen = np.array([counts.get(key, (np.nan, np.nan)) for key in keys], dtype=float).reshape(-1, 2).T
    return Table(
        keys=keys,
        counts=np.vstack([seen[0], seen[1] - seen[0]]),
        status=[str(rows[key]["status"]) if key in rows else "" for key in keys],
        sums=csr_array((sign, (of, at)), shape=(len(held), len(keys)), dtype=float),
        whole=bool((np.nan_to_num(seen) % 1 == 0).all()),
    )


def hide(table: Table, status: Sequence[str]) -> Table:
    """Return the table as a reader sees it with these statuses: no counts where one says hidden."""
    hidden = np.isin(status, HIDDEN)
    return replace(table, status=list(status), counts=np.where(hidden, np.nan, table.counts))


def connected(sums: Any, chosen: Flags) -> list[Any]:
    """Return the positions of the chosen cells, grouped by which share a relation, directly or through others."""
    from scipy.sparse.csgraph import connected_components

    touching = abs(sums[:, chosen])
    positions = np.flatnonzero(chosen)
    _, group = connected_components(touching.T @ touching, directed=False)
    return [positions[group == number] for number in range(group.max() + 1)] if len(positions) else []
