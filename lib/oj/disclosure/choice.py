"""Which cells are hidden for others' sake: chosen by what is seen anyway, never by what is hidden.

The fewest are hidden that leave every hidden figure open, municipalities before counties and the nation, and of equals
the first in the order of their codes. Where a choice turns out to be too little the next is made, and what can be
worked out from its being the next counts too: of the counts that are then possible only those are taken that the
program would hide in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_array, eye_array, vstack

from oj.disclosure.attack import System
from oj.disclosure.audit import exposed
from oj.disclosure.solver import solution
from oj.disclosure.table import Flags, Limits, Numbers, Table, connected, hide
from oj.words.vocabulary import HIDDEN

FREE_ROUNDS = 1  # choices made anew after the first; after them what is hidden stays hidden
KNOWING_ROUNDS = 1  # choices after the first that are tried against a reader who knows the program
MORE_ROUNDS = 2  # of them where few cells are tied together, and the reader could try all counts
FEW_CELLS = 8  # are tried so; each round takes ten times the time of the one before
MOST_ROUNDS = 1000  # every round hides more in the end


@dataclass(frozen=True)
class Group:
    """Cells that are tied together, with the cost of hiding each, and what has been found of them already.

    `status` of the table has what is hidden for its own sake; its counts are all that are known.
    """

    table: Table
    limits: Limits
    cost: Numbers
    found: dict[tuple[bytes, bytes, int], Flags] = field(default_factory=dict)

    def until_safe(self) -> list[str]:
        """Return every cell's status when also what gives hidden cells away is hidden.

        Where no more can be hidden and it is too little, because of what is out already, the statuses do not tell why.
        """
        hidden, opened = self._run(self.table.counts)
        status = _with_secondary(self.table, hidden).status
        unseen = hide(self.table, hidden).unknown
        for cells in connected(self.table.sums, unseen) if opened.any() else []:
            for cell in cells if opened[cells].any() else []:
                status[cell] = "suppressed" if status[cell] in HIDDEN else status[cell]
        return status

    def _run(self, counts: Numbers, last: int = MOST_ROUNDS) -> tuple[Flags, Flags]:
        """Return the first choice that is safe, or that of round `last`, and what can be worked out all the same."""
        table, cuts = replace(self.table, counts=counts), list[Flags]()
        forced = np.isin(table.status, HIDDEN)
        for rounds in range(last + 1):
            hidden = choose(table, forced, cuts, self.cost)
            if rounds == last:
                break
            seen = hide(_with_secondary(table, hidden), hidden)
            opened = self._exposed(seen, hidden, counts, rounds)
            new = _around(seen, hidden, opened)
            if not new:
                return hidden, opened
            cuts += new
            forced = forced | hidden if rounds >= FREE_ROUNDS else forced
        return hidden, np.zeros_like(hidden)

    def _exposed(self, seen: Table, hidden: Flags, counts: Numbers, rounds: int) -> Flags:
        knowing = 0 < rounds <= (MORE_ROUNDS if len(self.table.keys) <= FEW_CELLS else KNOWING_ROUNDS)
        key = (hidden.tobytes(), seen.counts.tobytes(), rounds if knowing else 0)
        if key not in self.found:
            admits = partial(self._admits, counts, hidden, rounds) if knowing else None
            self.found[key] = exposed(seen, self.limits, admits)
        return self.found[key]

    def _admits(self, true: Numbers, hidden: Flags, rounds: int, system: System, found: Numbers) -> bool:
        """Return whether the program, where counts were as found, would come to the same choice."""
        counts, known = true.copy(), ~np.isnan(true[0, system.cells])
        counts[:, system.cells[known]] = found[:, known]
        return bool((self._run(counts, rounds)[0] == hidden).all())


def _with_secondary(table: Table, hidden: Flags) -> Table:
    own = np.isin(table.status, HIDDEN)
    return replace(table, status=[str(one) for one in np.where(hidden & ~own, "secondary", table.status)])


def _around(seen: Table, hidden: Flags, opened: Flags) -> list[Flags]:
    """Return for every system with an opened cell what may be hidden in the sums that touch it."""
    found = []
    for cells in connected(seen.sums, seen.unknown) if opened.any() else []:
        if opened[cells].any():
            touching = abs(seen.sums[:, cells]).sum(axis=1) > 0
            around = np.asarray(abs(seen.sums[touching]).sum(axis=0) > 0) & seen.movable & ~hidden
            found += [around] if around.any() else []
    return found


def choose(table: Table, forced: Flags, cuts: Sequence[Flags], cost: Numbers) -> Flags:
    """Return which cells to hide: at least two in each sum with a hidden one, one in each cut, at the least cost.

    Cells without counts are not seen in any case, and count as hidden in a sum. The cells are in the order of their
    keys, and the cost has a little of that order in it, so that of equals the same is always chosen.
    """
    if not forced.any() and not cuts:
        return forced
    size = len(table.keys)
    may = (forced | table.movable) & ~table.out[0]
    need = [*_needs(table, forced, may), *((csr_array(cut[None, :] * 1.0), np.ones(1)) for cut in cuts)]
    found = solution(
        c=np.where(forced, 0.0, cost + 0.1 * np.arange(size) / (size + 1) ** 2),
        integrality=np.ones(size),
        bounds=Bounds(forced.astype(float), (forced | may).astype(float)),
        constraints=LinearConstraint(
            vstack([rows for rows, _ in need]).tocsr(), np.concatenate([low for _, low in need]), np.inf
        ),
        options={"mip_rel_gap": 0},
    )
    if found is None:
        raise ArithmeticError("lösaren fann inget val av vad som ska döljas")
    return np.asarray(found > 0.5)


def _needs(table: Table, forced: Flags, may: Flags) -> list[tuple[Any, Numbers]]:
    """Return rows over what is hidden, and the least of each: as far as there are cells that may be hidden.

    Two in a sum with a forced cell; two in another where a cell of it is hidden; both or none in a sum of one part.
    """
    member = abs(table.sums).tocsr()
    unseen = np.isnan(table.counts[0]) & ~table.out[0]
    counted = member.multiply((may & ~unseen)[None, :]).tocsr()
    without = np.asarray(member @ unseen.astype(float))
    room = np.asarray(counted.sum(axis=1)).ravel() + without >= 2
    with_forced = np.asarray(member @ (forced & ~table.out[0]).astype(float)) > 0
    pairs = counted[~with_forced & room].tocoo()
    follow = counted[~with_forced & room][pairs.row] - 2 * eye_array(member.shape[1]).tocsr()[pairs.col]
    alone = (abs(table.sums).sum(axis=1) == 2) & (member @ may.astype(float) == 2)
    tied = table.sums[alone]
    none = np.zeros(tied.shape[0])
    return [
        (counted[with_forced & room], 2 - without[with_forced & room]),
        (follow, -without[~with_forced & room][pairs.row]),
        (tied, none),
        (-tied, none),
    ]
