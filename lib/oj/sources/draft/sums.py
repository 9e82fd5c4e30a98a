"""Where the counts of women and of men in a workbook do not go together with those of all.

Nothing of it is a fault: some may be counted in neither. No count is quoted, for it may be of few persons.
"""

from collections.abc import Callable, Iterable

from oj.sources.sheets.model import Figure
from oj.words.groups import GROUPS, TOTAL
from oj.words.swedish import listing, some

COUNTS: dict[str, Callable[[Figure], float | None]] = {
    "Täljare": lambda one: one.numerator,
    "Nämnare": lambda one: one.denominator,
}
TOP = "Se efter: antalen för kvinnor och män går inte ihop med antalet för alla. Det kan ändå vara rätt."
WORDS = dict(zip(GROUPS, ("kvinnor", "män"), strict=True))
NEAR = 1e-6
FEW = 4  # cells that are named


def sums_noticed(figures: Iterable[Figure]) -> list[str]:
    """Return, as lines, where women and men are together others than all, or one of them more, by their counts."""
    together: dict[tuple[str, str, str], dict[str, Figure]] = {}
    for one in figures:
        if one.status == "observed":
            key = (one.measure, one.item.place.code, one.item.heading.period)
            together.setdefault(key, {})[one.item.heading.group] = one
    found: dict[tuple[str, str], list[str]] = {}
    for groups in together.values():
        for role, count in COUNTS.items():
            if (total := groups.get(TOTAL)) and (told := _told(groups, total, count)):
                found.setdefault((role, told), []).append(f"{total.item.page.name} {_cell(total)}")
    lines = [f"  {role}: {told}: {some(cells, most=FEW)}." for (role, told), cells in found.items()]
    return [TOP, *lines] if lines else []


def _told(groups: dict[str, Figure], total: Figure, count: Callable[[Figure], float | None]) -> str:
    """Return what does not go together, "" where nothing is known not to."""
    own = {group: number for group in GROUPS if group in groups and (number := count(groups[group])) is not None}
    whole = count(total)
    if not own or whole is None:
        return ""
    names = listing([WORDS[group] for group in own])
    if sum(own.values()) > whole + NEAR:
        return f"{names} är {'tillsammans ' if len(own) > 1 else ''}fler än alla"
    is_less = len(own) == len(GROUPS) and sum(own.values()) < whole - NEAR
    return f"{names} är tillsammans färre än alla" if is_less else ""


def _cell(one: Figure) -> str:
    return one.item.page.cell(one.item.row, one.item.column)
