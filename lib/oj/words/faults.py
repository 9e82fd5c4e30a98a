"""A fault in a file, and many of them as a page on the screen: one line for each kind and column, with its cells.

The whole list, a line for each fault, is for a file: nobody reads a thousand lines in a terminal.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from oj.words.plain_text import one_line

LONGEST = 100  # signs of a value that is told
ALL = 10  # faults that are told one by one
FEW = 3  # of a kind that are told one by one among others
MOST_LINES = 30
MOST_RUNS, MOST_VALUES = 6, 3
HINT = re.compile(r" Menade du ”([^”]*)”\?")
PLACE = re.compile(r"\b[A-Z]{1,3}\d{1,7}\b|\brad \d+|\bfält \d+")
CELL = re.compile(r"(?:(.*) )?([A-Z]{1,3}|rad )(\d{1,7})")


@dataclass(frozen=True)
class Fault:
    """One fault in one cell of a file, so that a list of them can be mended in one sitting.

    `kind` is the rule that all of its kind break, where `rule` says more than that, such as whose cell it is.
    """

    file: str
    row: int | None
    column: str
    value: str
    rule: str
    kind: str = field(default="", compare=False)

    def __str__(self) -> str:
        value = f" {quoted(self.value)}" if self.value else ""
        where = self.file + (f" rad {self.row}" if self.row else "")
        return f"{where}{f', {shortened(self.column)}' if self.column else ''}:{value} {self.rule}"


def shortened(text: str) -> str:
    """Return a value as it is told: no longer than that it is known again."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def quoted(value: str) -> str:
    """Return a value within quotation marks, as one line and no longer than that it is known again."""
    return f"”{shortened(one_line(value))}”"


def _spot(fault: Fault) -> tuple[str, str, int]:
    """Return where a fault stands: its sheet, the column or "rad ", and the row (0 where there is none)."""
    found = CELL.fullmatch(fault.column)
    if found and not fault.row:
        return found[1] or "", found[2], int(found[3])
    return fault.column, "rad ", fault.row or 0


def _kind(fault: Fault) -> str:
    """Return the rule that a fault breaks, without what is said of its own cell alone."""
    return PLACE.sub("…", HINT.sub("", fault.kind or fault.rule))


def page(faults: Sequence[Fault]) -> list[str]:
    """Return faults as a page of lines, those of a kind together where they are many.

    >>> page([Fault("a.xlsx", None, f"Blad1 C{row}", "7", "ska vara Ja") for row in (2, *range(4, 16))])
    ['a.xlsx, Blad1 kolumn C, 13 fel: ”7” ska vara Ja: C2, C4–C15']
    """
    if len(faults) <= ALL:
        return [str(one) for one in faults]
    groups: dict[tuple[str, ...], list[Fault]] = {}
    for one in faults:
        sheet, column, _row = _spot(one)
        groups.setdefault((one.file, sheet, column, _kind(one)), []).append(one)
    many = list(groups.values())
    lines = [line for one in many for line in (map(str, one) if len(one) <= FEW else [_together(one)])]
    if len(lines) <= MOST_LINES:
        return lines
    rest = many[MOST_LINES - 1 :]
    last = [f"… och {sum(map(len, rest))} fel till, av {len(rest)} slag"] if rest else []
    return [*(str(one[0]) if len(one) == 1 else _together(one) for one in many[: MOST_LINES - 1]), *last]


def is_whole(faults: Sequence[Fault]) -> bool:
    """Return whether the page of some faults tells everything of each of them."""
    return page(faults) == [str(one) for one in faults]


def _together(faults: Sequence[Fault]) -> str:
    """Return faults of one kind, in one column, as a line."""
    first, (sheet, column, _row) = faults[0], _spot(faults[0])
    rules = {fault.kind or fault.rule for fault in faults}
    rule = rules.pop() if len(rules) == 1 else _kind(first)
    values = list(dict.fromkeys(quoted(one.value) for one in faults if one.value))
    told = ", ".join(values[:MOST_VALUES]) + (" med flera" if len(values) > MOST_VALUES else "")
    where = " ".join(filter(None, [sheet, "" if column == "rad " else f"kolumn {column}"]))
    start = f"{first.file}, {where}" if where else first.file
    return f"{start}, {len(faults)} fel:{f' {told}' if told else ''} {rule.rstrip('.')}{_cells(faults)}"


def _cells(faults: Sequence[Fault]) -> str:
    """Return the cells of one column as ranges, the first of them where they are many."""
    column = _spot(faults[0])[1]
    rows = sorted({_spot(one)[2] for one in faults} - {0})
    if not rows:
        return ""
    gaps = [(before, after) for before, after in pairwise(rows) if after > before + 1]
    starts, ends = [rows[0], *(after for _, after in gaps)], [*(before for before, _ in gaps), rows[-1]]
    runs = list(zip(starts, ends, strict=True))
    sign = "" if column == "rad " else column
    told = [f"{sign}{a}" if a == b else f"{sign}{a}–{sign}{b}" for a, b in runs[:MOST_RUNS]]
    left = sum(b - a + 1 for a, b in runs[MOST_RUNS:])
    return f": {'' if sign else 'rad '}{', '.join(told)}{f' och {left} till' if left else ''}"
