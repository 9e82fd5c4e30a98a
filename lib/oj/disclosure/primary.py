"""What is hidden for its own sake: few persons, a small base, and what an only part or half a pair of counts tells.

The source (Socialstyrelsen's note to its tables): secrecy (1-3 persons) or a share that is statistically uncertain
because of small numbers (fewer than 20).
"""

from dataclasses import replace
from math import ceil, floor, inf, isnan

import numpy as np

from oj.disclosure.margins import CLOSE
from oj.disclosure.table import Flags, Limits, Numbers, Table
from oj.facts.catalog import Indicator
from oj.words.swedish import as_shown
from oj.words.vocabulary import HIDDEN


def few(numerator: float, denominator: float, limits: Limits) -> str:
    """Return the status that a pair of counts has of its own, "" for none; secret goes first.

    >>> few(2, 40, Limits(3, 20, 2)), few(38, 40, Limits(3, 20, 2)), few(6, 12, Limits(3, 20, 2))
    ('secret', 'secret', 'small_base')
    """
    if any(0 < count < limits.persons + 1 for count in (numerator, denominator - numerator)):
        return "secret"
    return "small_base" if denominator < limits.base else ""


def few_by_half(numerator: float, denominator: float, share: tuple[float, float], limits: Limits) -> str:
    """Return the status that one count and the bounds of a share tell; where the other may be few it is hidden.

    Only where it must be few the status says so.

    >>> few_by_half(2, float("nan"), (0.045, 0.055), Limits(3, 20, 2))
    'secret'
    >>> few_by_half(float("nan"), 12, (0.495, 0.505), Limits(3, 20, 2))
    'small_base'
    """
    low, high = share
    if isnan(denominator):
        least: float = ceil(numerator / high - CLOSE) if high > 0 else 0
        most = floor(numerator / low + CLOSE) if low > 0 else inf
        inside, others, most_base = (numerator, numerator), (least - numerator, most - numerator), most
    else:
        least = most_base = denominator
        inside = (ceil(low * denominator - CLOSE), floor(high * denominator + CLOSE))
        others = (denominator - inside[1], denominator - inside[0])
    if numerator == 0:
        return ""  # nobody, of as many as it may be
    if any(fewest > 0 and most < limits.persons + 1 for fewest, most in (inside, others)):
        return "secret"
    if any(fewest < limits.persons + 1 and most >= max(fewest, 1) for fewest, most in (inside, others)):
        return "suppressed"
    return ("small_base" if most_base < limits.base else "suppressed") if least < limits.base else ""


def bounds_of(item: Indicator, value: float) -> tuple[float, float]:
    """Return the lowest and the highest that a share may be that is shown with the indicator's decimals."""
    if isnan(value):
        return 0.0, 1.0
    step, shown = 0.5 * 10.0 ** -(item.decimals + 2), rounded(item, value)
    return max(shown - step, 0.0), min(shown + step, 1.0)


def rounded(item: Indicator, value: float) -> float:
    """Return a share as rounded as it is shown."""
    return value if isnan(value) else as_shown(value, item.decimals + 2)


def primary(table: Table, named: Flags, limits: Limits) -> Table:
    """Return the table with every cell's status after the rule of few persons and small bases.

    Where there is no row, no figure or no count, but the sums tell the counts, these are as few as any.
    """
    counts = _derived(table, named & ~np.isin(table.status, HIDDEN))
    own = [
        few(inside, inside + others, limits) if is_named and not np.isnan(inside) else None
        for is_named, inside, others in zip(named, *counts, strict=True)
    ]
    nobody = np.isnan(table.counts[0]) & (counts.sum(axis=0) == 0)
    own = ["" if none else one for none, one in zip(nobody, own, strict=True)]
    own_few = np.array([bool(one) for one in own], dtype=bool)
    return replace(
        table,
        counts=np.where(own_few | nobody, counts, table.counts),
        status=[one or before for one, before in zip(own, table.status, strict=True)],
        told=[before if one is None else one or "secondary" for one, before in zip(own, table.told, strict=True)],
    )


def _derived(table: Table, lacking: Flags) -> Numbers:
    """Return the counts, with those of `lacking` cells that are the only unknown one in a sum."""
    counts = table.counts.copy()
    while True:
        unknown = np.isnan(counts[0])
        before = counts
        for row in np.flatnonzero(abs(table.sums) @ unknown.astype(float) == 1):
            members, signs = table.sums[[row]].indices, table.sums[[row]].data
            cell = members[unknown[members]][0]
            if lacking[cell]:
                counts = counts.copy()
                rest = np.where(members == cell, 0.0, np.nan_to_num(counts[:, members]))
                counts[:, cell] = -(rest @ signs) / signs[members == cell][0]
        if counts is before:
            return counts


def tied(table: Table) -> Table:
    """Return the table where an only part and its total share their fate: what hides one hides the other."""
    status = list(table.status)
    pairs = [table.sums[[row]].indices for row in np.flatnonzero(abs(table.sums).sum(axis=1) == 2)]
    for _ in pairs:
        for pair in pairs:
            for one, other in (pair, pair[::-1]):
                if status[one] in HIDDEN and status[other] == "observed":
                    status[other] = "secondary" if status[one] == "suppressed" else status[one]
    return replace(table, status=status)
