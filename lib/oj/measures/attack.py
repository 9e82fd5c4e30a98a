"""What a reader can work out about hidden counts, by linear programming over everything that is published.

The reader knows every published numerator and denominator, how they add up, that no count is negative, and
what a status tells: `secret` that 1-3 persons are in the numerator or outside it, `small_base` and `secondary`
that they are not, and on which side of the smallest base the denominator is. After Fischetti and
Salazar-González (2000), "Models and algorithms for optimizing cell suppression in tabular data with linear
constraints", Journal of the American Statistical Association 95: 916-928.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
import pandas as pd

from oj.errors import UserError
from oj.measures.margins import Relation
from oj.measures.table import Flags, Limits, Numbers, Table, connected, tabulate
from oj.sources.which import KEY

TRIES = 6  # solutions in random directions, which settle most cells at once, before each cell has its own
FAILED = 4  # a status of scipy.optimize.milp
NEARLY = 1e-6  # persons; what the solver may be wrong by


@dataclass(frozen=True)
class System:
    """Hidden cells that are tied together: every cell's persons in the numerator, then every cell's others.

    `limits` are matrix, lowest and highest: how both counts add up, and on which side of the base the denominator
    is. `secret` is where one of the counts is within `few`; `open` is where both are none or above the few, which
    is what it tells that a hidden cell is not secret. `roof` is a denominator that each cell is not above.
    """

    cells: Any
    limits: Any
    secret: Flags
    open: Flags
    few: tuple[float, float]
    many: float
    roof: Numbers


def systems(table: Table, limits: Limits) -> list[System]:
    """Return one system per group of connected unknown cells in which something is hidden."""
    sensitive = table.sensitive
    return [_system(table, cells, limits) for cells in connected(table.sums, table.unknown) if sensitive[cells].any()]


def _system(table: Table, cells: Any, limits: Limits) -> System:
    """Return the system of some cells; whole counts are known to be whole, so that few is 1 to 3."""
    from scipy.sparse import block_array, eye_array, vstack

    touching = np.flatnonzero(abs(table.sums[:, cells]).sum(axis=1))
    left = -(table.sums[touching] @ np.nan_to_num(table.counts).T).T
    sums = table.sums[touching][:, cells]
    status = np.array(table.status)[cells]
    step = 1.0 if table.whole else 0.0
    highest = np.where(status == "small_base", limits.base - step, inf)
    lowest = np.where(status == "secondary", limits.base, 0.0)
    based = (status == "small_base") | (status == "secondary")
    one = eye_array(len(cells)).tocsr()[based]
    matrix = vstack([block_array([[sums, None], [None, sums]]), block_array([[one, one]])]).tocsr()
    return System(
        cells=cells,
        limits=(matrix, np.append(left, lowest[based]), np.append(left, highest[based])),
        secret=status == "secret",
        open=based,
        few=(step, limits.persons + 1 - step),
        many=limits.persons + 1,
        roof=_roof(sums, np.abs(left.sum(axis=0)), limits.base),
    )


def _roof(sums: Any, left: Numbers, base: float) -> Numbers:
    """Return a denominator that each cell is not above: what its total leaves, or enough where no total does.

    A low roof keeps the solver exact. One that is too low could only make the reader know more.
    """
    roof = np.full(sums.shape[1], 2 * float(left.sum()) + base * (sums.shape[1] + 1))
    for row in np.flatnonzero(abs(sums.sum(axis=1)) == abs(sums).sum(axis=1)):  # the total is known
        members = sums[[row]].indices
        roof[members] = np.minimum(roof[members], left[row])
    return roof


def solve(system: System, weights: Numbers, sides: Flags | None = None) -> Numbers | None:
    """Return numerators that the reader must think possible, with the highest weighted sum; None if there are none.

    `sides` are two rows, as the counts: for a secret cell, whether it is the numerator that is few (first row);
    for another, whether there is anybody. Without it the best is chosen for each cell, and then the counts are
    found anew, so that no rounding is left of the choice.
    """
    from scipy.optimize import Bounds, LinearConstraint

    if sides is None:
        sides = _sides(system, weights)
        if sides is None:
            return None
    size = len(system.cells)
    lowest, highest = np.zeros((2, size)), np.vstack([system.roof, system.roof])
    lowest[system.open & sides] = system.many
    highest[system.open & ~sides] = 0
    for row, side in enumerate((system.secret & sides[0], system.secret & ~sides[0])):
        lowest[row, side], highest[row, side] = system.few
    if (lowest > highest).any():
        return None
    bounds = Bounds(lowest.ravel(), highest.ravel())
    cost = -np.append(weights, np.zeros(size))
    found = _solution(c=cost, bounds=bounds, constraints=LinearConstraint(*system.limits))
    return None if found is None else found[:size]


def _sides(system: System, weights: Numbers) -> Flags | None:
    """Return the sides of the solution with the highest weighted sum of numerators."""
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.sparse import block_array, coo_array

    size = len(system.cells)
    chosen = np.append(system.secret | system.open, system.open).astype(float)
    if not chosen.any():
        return np.zeros((2, size), dtype=bool)
    matrix, lowest, highest = system.limits
    found = _solution(
        c=-np.append(weights, np.zeros(3 * size)),
        integrality=np.repeat([0.0, 1.0], 2 * size),
        bounds=Bounds(0, np.concatenate([system.roof, system.roof, chosen])),
        constraints=[
            LinearConstraint(block_array([[matrix, coo_array((matrix.shape[0], 2 * size))]]).tocsr(), lowest, highest),
            *_choices(system),
        ],
    )
    return None if found is None else found[2 * size :].reshape(2, size) > 0.5


def _choices(system: System) -> list[Any]:
    """Return what the sides z mean: z = 1 holds a secret numerator within few, z = 0 the others; else z = 0 is none."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import block_array, diags_array, eye_array

    low, high = system.few
    secret, roof = np.flatnonzero(system.secret), system.roof[system.secret]
    every = eye_array(len(system.cells)).tocsr()
    pick, none = every[secret], 0 * every[secret]
    room = diags_array(roof - high) @ pick
    few = [[pick, None, -low * pick, none], [pick, None, room, none]]
    others = [[None, pick, low * pick, none], [None, pick, -room, none]]
    ones = np.ones(len(secret))
    lowest, highest = [0 * ones, -inf * ones, low * ones, -inf * ones], [inf * ones, roof, inf * ones, high * ones]
    both = eye_array(2 * len(system.cells)).tocsr()[np.flatnonzero(np.tile(system.open, 2))]
    roofs = diags_array(np.tile(system.roof[system.open], 2)) @ both
    somebody = block_array([[both, -system.many * both], [-both, roofs]])
    found = [LinearConstraint(somebody.tocsr(), 0, inf)] if both.shape[0] else []
    if len(secret):
        matrix = block_array([*few, *others]).tocsr()
        found.append(LinearConstraint(matrix, np.concatenate(lowest), np.concatenate(highest)))
    return found


def _solution(**problem: Any) -> Numbers | None:
    """Return the solution, None where there is none; where the solver's presolve fails it is left out."""
    from scipy.optimize import milp

    found = milp(**problem)
    if found.status == FAILED:
        found = milp(**problem, options={"presolve": False})
    return None if found.x is None else np.asarray(found.x, dtype=float)


def exposed(system: System, sensitive: Flags, width: float, true: Numbers) -> bool:
    """Return whether any sensitive cell's numerator can be worked out to within less than `width` persons.

    Every solution found is one that the reader must think possible, so a cell that differs enough between two of
    them is safe. The search starts at the `true` counts (two rows) where they are known, near which most solutions
    are; only a cell that is not settled by them is asked for its lowest and highest of all.
    """
    size = len(system.cells)
    known = not np.isnan(true).any()
    sides = _sides_of(system, true) if known else None
    seen = [true[0]] if known else []
    random = np.random.default_rng(size)

    def narrow() -> Flags:
        spread = np.ptp(seen, axis=0) if seen else np.zeros(size)
        return np.asarray(sensitive & (spread < width - NEARLY))

    def look(weights: Numbers, sides: Flags | None) -> None:
        found = solve(system, weights, sides)
        seen.extend([] if found is None else [found])

    for _ in range(TRIES):
        if narrow().any():
            look(np.where(narrow(), random.standard_normal(size), 0.0), sides)
    while (cells := np.flatnonzero(narrow())).size:
        unit = np.eye(size)[cells[0]]
        for guess in [] if sides is None else [sides ^ np.array([unit > 0, 0 * unit > 0])]:
            look(unit if guess[0, cells[0]] else -unit, guess)
        for sign in (1.0, -1.0):
            if narrow()[cells[0]]:
                look(sign * unit, None)
        if narrow()[cells[0]]:
            return True
    return False


def _sides_of(system: System, true: Numbers) -> Flags:
    """Return the sides of known counts."""
    few = (true >= system.few[0]) & (true <= system.few[1])
    return np.where(system.secret, few, true > 0)


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
