"""What a reader can work out about hidden counts, by integer programming over everything that is published.

The reader knows every published numerator and denominator, how they add up, that persons are whole and no count is
negative, that a share without counts is of somebody and within its rounding, and what a status tells: `secret` that
1-3 persons are in the numerator or outside it, `small_base` and `secondary` that they are not, and on which side of
the smallest base the denominator is. After Fischetti and Salazar-González (2000), "Models and algorithms for
optimizing cell suppression in tabular data with linear constraints", Journal of the American Statistical Association
95: 916-928.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import block_array, diags_array, eye_array, hstack, vstack

from oj.disclosure.solver import solution
from oj.disclosure.table import Flags, Limits, Numbers, Table

AGAIN = 0.1  # of what rounding leaves open is left open anew by one more decimal
NEARLY = 1e-6  # what a sum of whole counts and shares may be wrong by


@dataclass(frozen=True)
class System:
    """Unknown cells: every cell's persons in the numerator, then every cell's others, then their sides.

    `limits` are matrix, lowest and highest: how both counts add up, on which side of the base the denominator is, how
    large a share may be, and what the sides mean. `secret` is where one of the counts is within `few`; `open` is where
    both are none or above the few, which is what it tells that a hidden cell is not secret. `roof` is a denominator
    that each cell is not above.
    """

    cells: Any
    limits: Any
    secret: Flags
    open: Flags
    few: tuple[float, float]
    many: float
    roof: Numbers


def system_of(table: Table, limits: Limits) -> System:
    """Return the system of a table's unknown cells, without those of its statuses and shares that contradict others.

    They may, where a source has rounded a share before: 49.46 is 49.5 there, and 50 here.
    """
    cells = np.flatnonzero(table.unknown)
    shares, told = table.shares[:, cells], np.array(table.told)[cells]
    again = AGAIN * np.outer([-1, 1], shares[1] - shares[0])
    wider = np.clip(shares + again, 0, 1)

    def system(claims: Flags) -> System:
        status, narrow, wide = claims.reshape(3, -1)
        bounds = np.where(narrow, shares, np.where(wide, wider, np.nan))
        return _system(table, cells, limits, bounds, np.where(status, told, ""))

    def agree(claims: Flags) -> bool:
        return solve(system(claims), np.zeros((2, len(cells)))) is not None

    is_share = ~np.isnan(shares[0])
    return system(agreeing(agree, np.concatenate([told != "", is_share, is_share])))


def agreeing(agree: Callable[[Flags], bool], claims: Flags) -> Flags:
    """Return the claims without those that contradict the earlier ones.

    >>> agreeing(lambda claims: claims.sum() < 3, np.array([True, False, True, True])).tolist()
    [True, False, True, False]
    """
    if agree(claims):
        return claims
    kept, halves = np.zeros_like(claims), [np.flatnonzero(claims)]
    while halves:
        more, *halves = halves
        tried = kept.copy()
        tried[more] = True
        if agree(tried):
            kept = tried
        elif len(more) > 1:
            halves = [more[: len(more) // 2], more[len(more) // 2 :], *halves]
    return kept


def _system(table: Table, cells: Any, limits: Limits, shares: Numbers, told: Any) -> System:
    touching = np.flatnonzero(abs(table.sums[:, cells]).sum(axis=1))
    left = -(table.sums[touching] @ np.nan_to_num(table.counts).T).T
    sums = table.sums[touching][:, cells]
    roof = _roof(sums, np.abs(left.sum(axis=0)), limits.base)
    is_secret, is_open = told == "secret", np.isin(told, ("small_base", "secondary"))
    parts = [(block_array([[sums, None], [None, sums]]), left.ravel(), left.ravel()), _based(told, limits)]
    parts += [_shares(shares), *_choices(is_secret, is_open, roof, limits)]
    size = 4 * len(cells)
    rows = []
    for matrix, _low, _high in parts:
        wide = matrix.tocsr()
        wide.resize((wide.shape[0], size))
        rows.append(wide)
    lowest, highest = (np.concatenate([part[end] for part in parts]) for end in (1, 2))
    few = (1.0, limits.persons)
    return System(cells, (vstack(rows).tocsc(), lowest, highest), is_secret, is_open, few, limits.persons + 1, roof)


def _based(status: Any, limits: Limits) -> tuple[Any, Numbers, Numbers]:
    """Return on which side of the smallest base the denominators are that a status tells it of."""
    told = np.flatnonzero(np.isin(status, ("small_base", "secondary")))
    one = eye_array(len(status)).tocsr()[told]
    small = status[told] == "small_base"
    return hstack([one, one]), np.where(small, 0.0, limits.base), np.where(small, limits.base - 1, inf)


def _shares(shares: Numbers) -> tuple[Any, Numbers, Numbers]:
    """Return that there is somebody where a share is shown, and numerators within the lowest and the highest of it."""
    told = np.flatnonzero(~np.isnan(shares[0]))
    rows = [
        hstack([diags_array(1 - bound), diags_array(-bound)]).tocsr()[told] for bound in np.nan_to_num(shares, nan=0.5)
    ]
    one = eye_array(shares.shape[1]).tocsr()[told]
    none, every = np.zeros(len(told)), np.full(len(told), inf)
    low, high = np.concatenate([none, -every, none + 1]), np.concatenate([every, none, every])
    return vstack([*rows, hstack([one, one])]), low, high


def _roof(sums: Any, left: Numbers, base: float) -> Numbers:
    """Return a denominator that each cell is not above: what its total leaves, or enough where no total does.

    A low roof keeps the solver exact. One that is too low could only make the reader know more.
    """
    roof = np.full(sums.shape[1], 2 * float(left.sum()) + base * (sums.shape[1] + 1))
    for row in np.flatnonzero(abs(sums.sum(axis=1)) == abs(sums).sum(axis=1)):  # the total is known
        members = sums[[row]].indices
        roof[members] = np.minimum(roof[members], left[row])
    return roof


def solve(system: System, weights: Numbers) -> Numbers | None:
    """Return counts that the reader must think possible, with the highest weighted sum; None if there are none.

    First it is chosen for each cell which side is few, or none; then, where the solver is inexact, the counts are found
    anew, so that no rounding is left of the choice.
    """
    size = len(system.cells)
    chosen = np.append(system.secret | system.open, system.open).astype(float)
    cost = -np.append(weights.ravel(), np.zeros(2 * size))
    lowest, highest = np.zeros(4 * size), np.concatenate([system.roof, system.roof, chosen])
    for _ in range(2):
        found = solution(
            c=cost,
            integrality=np.ones(4 * size),
            bounds=Bounds(lowest, highest),
            constraints=LinearConstraint(*system.limits),
        )
        if found is None:
            return None
        counts = np.round(found)
        inside = system.limits[0] @ counts
        if (inside >= system.limits[1] - NEARLY).all() and (inside <= system.limits[2] + NEARLY).all():
            return counts[: 2 * size].reshape(2, size)
        lowest, highest = _fixed(system, counts[2 * size :].reshape(2, size) > 0.5)
        if (lowest > highest).any():
            return None
    return None


def _fixed(system: System, sides: Flags) -> tuple[Numbers, Numbers]:
    """Return the lowest and the highest of all counts and sides where the sides are these.

    For a secret cell, whether it is the numerator that is few (first row); for another, whether there is anybody.
    """
    lowest, highest = np.zeros(sides.shape), np.vstack([system.roof, system.roof])
    lowest[system.open & sides] = system.many
    highest[system.open & ~sides] = 0
    for row, side in enumerate((system.secret & sides[0], system.secret & ~sides[0])):
        lowest[row, side], highest[row, side] = system.few
    return np.append(lowest.ravel(), sides.ravel()), np.append(highest.ravel(), sides.ravel())


def _choices(is_secret: Flags, is_open: Flags, roof: Numbers, limits: Limits) -> list[tuple[Any, Numbers, Numbers]]:
    """Return what the sides z mean: z = 1 holds a secret numerator within few, z = 0 the others; else z = 0 is none."""
    low, high, size = 1.0, limits.persons, len(roof)
    secret, top = np.flatnonzero(is_secret), np.maximum(roof[is_secret], high)
    every = eye_array(size).tocsr()
    pick, none = every[secret], 0 * every[secret]
    room = diags_array(top - high) @ pick
    few = [[pick, None, -low * pick, none], [pick, None, room, none]]
    others = [[None, pick, low * pick, none], [None, pick, -room, none]]
    ones = np.ones(len(secret))
    lowest, highest = [0 * ones, -inf * ones, low * ones, -inf * ones], [inf * ones, top, inf * ones, high * ones]
    both = eye_array(2 * size).tocsr()[np.flatnonzero(np.tile(is_open, 2))]
    roofs = diags_array(np.tile(roof[is_open], 2)) @ both
    somebody = block_array([[both, -(limits.persons + 1) * both], [-both, roofs]])
    found = [(somebody, np.zeros(somebody.shape[0]), np.full(somebody.shape[0], inf))] if both.shape[0] else []
    if len(secret):
        found.append((block_array([*few, *others]), np.concatenate(lowest), np.concatenate(highest)))
    return found
