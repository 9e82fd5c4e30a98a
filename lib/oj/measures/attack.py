"""What a reader can work out about hidden counts, by linear programming over everything that is published.

The reader knows every published numerator and denominator, how they add up, that no count is negative, and
what a status tells: `secret` that 1-3 persons are in the numerator or outside it, `small_base` and `secondary`
on which side of the smallest base the denominator is. After Fischetti and Salazar-González (2000), "Models and
algorithms for optimizing cell suppression in tabular data with linear constraints", Journal of the American
Statistical Association 95: 916-928.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
import pandas as pd

from oj.errors import UserError
from oj.measures.margins import KEY, Relation
from oj.measures.table import Flags, Limits, Numbers, Table, connected, tabulate

TRIES = 6  # solutions in random directions, which settle most cells at once, before each cell has its own
NEARLY = 1e-6  # persons; what the solver may be wrong by


@dataclass(frozen=True)
class System:
    """Hidden cells that are tied together: `sums` times their counts is `left`, one row each for both counts.

    The variables are every cell's persons in the numerator, then every cell's others. `base` are the lowest and
    highest denominators, `secret` is where either count is within `few`, and `roof` is above any count.
    """

    cells: Any
    sums: Any
    left: Numbers
    base: Numbers
    secret: Flags
    few: tuple[float, float]
    roof: float


def systems(table: Table, limits: Limits) -> list[System]:
    """Return one system per group of connected unknown cells in which something is hidden."""
    sensitive = table.sensitive
    return [_system(table, cells, limits) for cells in connected(table.sums, table.unknown) if sensitive[cells].any()]


def _system(table: Table, cells: Any, limits: Limits) -> System:
    """Return the system of some cells; whole counts are known to be whole, so that few is 1 to 3."""
    touching = np.flatnonzero(abs(table.sums[:, cells]).sum(axis=1))
    step = 1.0 if table.whole else 0.0
    known = table.sums[touching] @ np.nan_to_num(table.counts).T
    status = np.array(table.status)[cells]
    roof = 2 * float(np.abs(known).sum()) + limits.base * (len(cells) + 1)
    highest = np.where(status == "small_base", limits.base - step, inf)
    lowest = np.where(status == "secondary", limits.base, 0.0)
    return System(
        cells=cells,
        sums=table.sums[touching][:, cells],
        left=-known.T,
        base=np.array([lowest, highest]),
        secret=status == "secret",
        few=(step, limits.persons + 1 - step),
        roof=roof,
    )


def solve(system: System, weights: Numbers, few: Flags | None = None) -> Numbers | None:
    """Return numerators that the reader must think possible, with the highest weighted sum; None if there are none.

    `few` tells for secret cells whether it is the numerator that is few (else the others are); without it, the
    best is chosen for each cell.
    """
    if few is None:
        few = _sides(system, weights)
        if few is None:
            return None
    size = len(system.cells)
    lowest, highest = np.zeros((2, size)), np.full((2, size), system.roof)
    for row, side in enumerate((system.secret & few, system.secret & ~few)):
        lowest[row, side], highest[row, side] = system.few
    found = _milp(system, weights, (lowest.ravel(), highest.ravel()), None)
    return None if found is None else found[:size]


def _sides(system: System, weights: Numbers) -> Flags | None:
    """Return for each secret cell whether the numerator is few at the highest weighted sum."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import coo_array, eye_array, hstack, vstack

    size, cells = len(system.cells), np.flatnonzero(system.secret)
    count = len(cells)
    if not count:
        return np.zeros(size, dtype=bool)
    low, high = system.few
    pick = coo_array((np.ones(count), (np.arange(count), cells)), shape=(count, size))
    none, one = coo_array((count, size)), eye_array(count)
    switch = (system.roof - high) * one
    # numerator >= low z and <= roof - (roof - high) z; the others the same with 1 - z
    matrix = vstack(
        [
            hstack([pick, none, -low * one]),
            hstack([pick, none, switch]),
            hstack([none, pick, low * one]),
            hstack([none, pick, -switch]),
        ]
    )
    lowest = np.repeat([0.0, -inf, low, -inf], count)
    highest = np.repeat([inf, system.roof, inf, high], count)
    bounds = (np.zeros(2 * size + count), np.append(np.full(2 * size, system.roof), np.ones(count)))
    found = _milp(system, weights, bounds, LinearConstraint(matrix.tocsr(), lowest, highest))
    if found is None:
        return None
    few = np.zeros(size, dtype=bool)
    few[cells] = found[2 * size :] > 0.5
    return few


def _milp(system: System, weights: Numbers, bounds: tuple[Numbers, Numbers], more: Any) -> Numbers | None:
    """Return the solution with the highest weighted sum of numerators; variables after the counts are 0 or 1."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_diag, coo_array, eye_array, hstack

    size, extra = len(system.cells), len(bounds[0]) - 2 * len(system.cells)
    based = np.flatnonzero(np.isfinite(system.base[1]) | (system.base[0] > 0))
    one = eye_array(size).tocsr()[based]
    rows = [
        (block_diag([system.sums, system.sums]), system.left.ravel(), system.left.ravel()),
        (hstack([one, one]), system.base[0, based], system.base[1, based]),
    ]
    constraints = [
        LinearConstraint(hstack([matrix, coo_array((matrix.shape[0], extra))]).tocsr(), low, high)
        for matrix, low, high in rows
        if matrix.shape[0]
    ]
    found = milp(
        c=-np.concatenate([weights, np.zeros(size + extra)]),
        integrality=np.append(np.zeros(2 * size), np.ones(extra)),
        bounds=Bounds(*bounds),
        constraints=[*constraints, *([more] if more is not None else [])],
    )
    return None if found.x is None else np.asarray(found.x, dtype=float)


def exposed(system: System, sensitive: Flags, width: float, few: Flags | None) -> bool:
    """Return whether any sensitive cell's numerator can be worked out to within less than `width` persons.

    `few` are sides of the secret cells that are known to be possible; from there every solution found is one that
    the reader must think possible too, so what differs enough between two solutions is safe.
    """
    size = len(system.cells)
    low, high = np.full(size, inf), np.full(size, -inf)
    random = np.random.default_rng(size)

    def open_cells() -> Any:
        return np.flatnonzero(sensitive & ~(high - low >= width - NEARLY))

    def look(weights: Numbers, sides: Flags | None) -> None:
        found = solve(system, weights, sides)
        if found is not None:
            np.minimum(low, found, out=low)
            np.maximum(high, found, out=high)

    for _ in range(TRIES):
        weights = np.where(sensitive & ~(high - low >= width - NEARLY), random.standard_normal(size), 0.0)
        if weights.any():
            look(weights, few)
    while len(open_cells()):
        cell = open_cells()[0]
        for sign in (1.0, -1.0):
            look(sign * np.eye(size)[cell], None)
        if cell in open_cells():
            return True
    return False


def attack(
    published: pd.DataFrame, relations: Sequence[Relation], persons: float = 3, base: float = 20
) -> pd.DataFrame:
    """Return every hidden cell that sums reach, with the lowest and highest numerator that it can have.

    One row per edition, indicator and place. Raises UserError where the published figures contradict each other.
    """
    table = tabulate(published, relations)
    limits = Limits(persons, base, 0)
    sensitive = table.sensitive
    rows = [
        (*table.keys[cell], *_extremes(system, number))
        for system in systems(table, limits)
        for number, cell in enumerate(system.cells)
        if sensitive[cell]
    ]
    return pd.DataFrame(rows, columns=[*KEY, "lowest", "highest"]).sort_values(KEY, ignore_index=True)


def _extremes(system: System, number: int) -> tuple[float, float]:
    unit = np.eye(len(system.cells))[number]
    low, high = solve(system, -unit), solve(system, unit)
    if low is None or high is None:
        raise UserError("De publicerade uppgifterna går inte ihop: inga dolda tal kan ge summorna.")
    return float(low[number]), float(high[number])
