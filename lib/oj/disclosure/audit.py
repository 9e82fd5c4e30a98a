"""Whether what is published leaves every hidden count open enough, for a reader who also knows the program."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from oj.disclosure.attack import System, solve, system_of
from oj.disclosure.table import Flags, Limits, Numbers, Table

TRIES = 5  # solutions in random directions, which settle most cells at once, before each cell has its own
AGAIN = 6  # more of them where only the solutions count that the program would hide in the same way
NEARLY = 1e-6  # persons; what the solver may be wrong by
BASED = ("secret", "small_base", "suppressed")  # their denominators are few, or may be

Admits = Callable[[System, Numbers], bool]


def exposed(table: Table, limits: Limits, admits: Admits | None = None) -> Flags:
    """Return the cells that can be worked out: a numerator, its others or their sum within less than the width.

    `table` is as published. A hidden cell must be open in its numerator and its others, and in its denominator where
    that is few or may be; an unknown one that is not hidden only where it may be few. `admits` tells which solutions
    count; without it all do, and the answer is exact.
    """
    found = np.zeros(len(table.keys), dtype=bool)
    if not table.unknown.any() or table.unknown.all():
        return found
    search = Search(system_of(table, limits), limits, admits)
    cells = search.system.cells
    hidden = table.sensitive[cells]
    based = hidden & np.isin(np.array(table.status)[cells], BASED)
    bad: Flags = np.asarray(search.narrow(np.array([hidden, hidden, based])).any(axis=0))
    for cell in np.flatnonzero(search.narrow(np.tile(~hidden, (3, 1))).any(axis=0)):
        bad[cell] = search.may_be_few(int(cell))
    found[cells[bad]] = True
    return found


@dataclass
class Search:
    """What a reader must think possible, as far as it has been looked for: `seen`, and of it what is `admitted`.

    A solution has two rows, as the counts, and a third that is their sum.
    """

    system: System
    limits: Limits
    admits: Admits | None
    seen: list[Numbers] = field(default_factory=list)
    admitted: list[Numbers] = field(default_factory=list)

    def look(self, weights: Numbers) -> None:
        """Add the solution with the highest weighted sum of the counts and of the denominators."""
        found = solve(self.system, weights[:2] + weights[2])
        if found is None:
            return
        whole = np.vstack([found, found.sum(axis=0)])
        if any((whole == one).all() for one in self.seen):
            return
        self.seen.append(whole)
        if self.admits is None or self.admits(self.system, found):
            self.admitted.append(whole)

    def left(self, needed: Flags) -> Flags:
        """Return what is needed, and not yet seen to be open."""
        if len(self.admitted) < 2:
            return needed
        return np.asarray(needed & (np.ptp(self.admitted, axis=0) < self.limits.width - NEARLY))

    def narrow(self, needed: Flags) -> Flags:
        """Return what of the needed is narrower than the width, in the order of numerator, others and denominator."""
        random = np.random.default_rng(len(self.system.cells))
        for _ in range(TRIES + (AGAIN if self.admits else 0)):
            if self.left(needed).any():
                self.look(np.where(self.left(needed), random.standard_normal(needed.shape), 0.0))
        for kind, cell in np.argwhere(self.left(needed)):
            unit = np.zeros(needed.shape)
            unit[kind, cell] = 1
            for sign in (1.0, -1.0):
                if self.left(needed)[kind, cell]:
                    self.look(sign * unit)
        return self.left(needed)

    def may_be_few(self, cell: int) -> bool:
        """Return whether a cell may have few persons in the numerator or outside it, or a base that is too small."""
        for kind in (2, 0, 1):
            for sign in (-1.0, 1.0):
                unit = np.zeros((3, len(self.system.cells)))
                unit[kind, cell] = sign
                self.look(unit)
            least, most = (end([one[:, cell] for one in self.seen], axis=0) for end in (np.min, np.max))
            if ((least[:2] <= self.limits.persons).any() and (most[:2] >= 1).any()) or least[2] < self.limits.base:
                return True
        return False
