"""The unit of a table's numbers: what its layout or its rows say, or else their heading, and what size they are."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import isfinite

from oj.facts.catalog import Indicator
from oj.sources.files.cells import Cell, CellError, shown
from oj.sources.files.written_numbers import TwoReadingsError, written
from oj.sources.tables.model import Line, Problem, Spot
from oj.sources.terms.cells import PERCENT, Unit, is_share, said, unit_of
from oj.sources.terms.words import unit_told
from oj.words.errors import nearest
from oj.words.vocabulary import UNITS

WORDS: Mapping[str, Unit] = {
    "procent": "percent", "%": "percent", "percent": "percent", "andel 0-1": "share", "0-1": "share", "share": "share",
    "kvot 0-1": "share", "antal": "number", "tal": "number", "number": "number", "timmar": "number", "kvot": "number",
    "timmar/vecka": "number", "timmar per vecka": "number", "timmar i veckan": "number",
    "barn per handläggare": "number",
}  # fmt: skip
FAR = 10  # times larger or smaller: another unit, not another year
Key = tuple[int, str]  # a column and an indicator, whose numbers have one unit
Units = Mapping[Key, Unit | None]


@dataclass(frozen=True)
class Told:
    """What says the units of a table's columns: the layout (`given`), their headings, and all that stands above.

    Where one is unsure, it is told with `mend`: at the row `head` with the column's heading, without such a row at its
    first number with the indicator's title.
    """

    mend: str
    headings: Mapping[int, str]
    given: Mapping[int, Unit]
    above: Sequence[str]
    head: int | None = None


def key_of(line: Line) -> Key:
    """Return whose numbers have the same unit as a line's."""
    return line.spot.column or 0, line.item.id


def units_of(lines: Sequence[Line], told: Told) -> tuple[dict[Key, Unit | None], list[Problem]]:
    """Return the unit of every column's numbers of an indicator, None where it is unsure, and a problem for each.

    Lines that say their own unit are not asked.
    """
    each: dict[Key, list[Line]] = {}
    for line in lines:
        own = each.setdefault(key_of(line), [])
        own += [line] if not line.beside.get("unit") and has_numbers(line.item, line.place.level) else []
    items = {line.item.id: line.item for line in lines}
    units: dict[Key, Unit | None] = {}
    problems = []
    for key, own in each.items():
        (column, name), item = key, items[key[1]]
        heading = told.headings[column]
        try:
            units[key] = told.given[column] or column_unit([one.value for one in own], item, heading, told.above)
        except CellError as error:
            units[key] = None
            spot = Spot(lines[0].spot.sheet, told.head or own[0].spot.row, column)
            rule = told.mend.format(told=error.rule)
            problems.append(Problem(spot, heading if told.head else item.title, rule, name))
    return units, problems


def has_numbers(item: Indicator, level: str) -> bool:
    """Return whether an indicator has numbers of places of a level: not where its answers stand."""
    return not (item.is_answer and level in UNITS)


def column_unit(cells: Sequence[Cell], item: Indicator, title: str, above: Sequence[str] = ()) -> Unit:
    """Return the unit of a column's numbers, "" where it has none; raise CellError where it cannot be decided.

    `title` stands over the column, `above` over the table.
    """
    if not is_share(item):
        return "number"
    numbers = []
    for one in cells:
        with suppress(CellError):  # what is no value is told with its cell
            found = said(one, item, answers=False)
            numbers += [found] if found and found.number is not None else []
    return unit_of(numbers, unit_told(title, above))


def unit_of_line(line: Line, units: Units) -> Unit | None:
    """Return the unit of a line: its own, or its column's; raise CellError for one that does not go with it."""
    told, item = line.beside.get("unit", ""), line.item
    unit = WORDS.get(" ".join(told.replace("–", "-").casefold().split()), "")
    if not told or (not unit and not has_numbers(item, line.place.level)):
        return units.get(key_of(line), "")
    if not has_numbers(item, line.place.level):
        return unit
    if not unit:
        raise CellError(told, f"är ingen enhet som kan läsas.{nearest(told, WORDS)} Skriv procent, andel 0–1 eller tal")
    if is_share(item) != (unit != "number"):
        right = "procent eller andel 0–1" if is_share(item) else "tal"
        raise CellError(told, f"är inte indikatorns enhet, som är {right}")
    return unit


def numbers_of(cells: Sequence[Cell], *, signed: bool = True) -> list[float]:
    """Return the numbers of cells as they are seen, with or without those that have a percent sign.

    >>> numbers_of([20.5, "24 %", "x", None]), numbers_of([20.5, "24 %"], signed=False)
    ([20.5, 24.0], [20.5])
    """
    found = []
    for one in cells:
        bare = PERCENT.sub("", shown(one))
        if isinstance(one, bool) or not isinstance(one, float | str) or (bare != shown(one) and not signed):
            continue
        try:
            number = one if isinstance(one, float) else written(bare)
        except TwoReadingsError:
            continue
        found += [float(number)] if number is not None and isfinite(float(number)) else []
    return found


def range_of(cells: Sequence[Cell]) -> dict[str, float]:
    """Return the lowest and the highest number of a column as its layout has them, nothing where it has none.

    >>> range_of([24.0, "20,5 %", None]), range_of(["Ja"])
    ({'lowest': 20.5, 'highest': 24.0}, {})
    """
    found = numbers_of(cells)
    return {"lowest": min(found), "highest": max(found)} if found else {}


def other_range(cells: Sequence[Cell], unit: str, kept: Sequence[float]) -> str:
    """Return what is asked of a column whose numbers are of another size than those its layout was written for.

    Numbers with a percent sign say their own unit. A unit that small numbers are given without a range is asked about.

    >>> other_range([0.205, 0.28], "percent", [20.5, 28.0])[:77]
    'hade 20,5–28 när layouten skrevs och har nu 0,205–0,28: är enheten densamma? '
    >>> other_range([19.0, 31.0], "percent", [20.5, 28.0]), other_range(["0,2 %"], "percent", [20.5, 28.0])
    ('', '')
    """
    bare = numbers_of(cells, signed=False)
    if not bare:
        return ""
    largest, before = max(map(abs, bare)), max(map(abs, kept), default=0.0)
    now = [min(bare), max(bare)]
    mend = f"Skriv rätt unit vid kolumnen i layouten, lowest: {now[0]:.12g} och highest: {now[1]:.12g}"
    if not kept:
        asked = f"har unit: {unit}, bara tal till och med 1 ({_told(now)}) men inte lowest och highest: stämmer den? "
        return asked + mend if unit in ("percent", "share") and 0 < largest <= 1 else ""
    if not largest or not before or before / FAR < largest < before * FAR:
        return ""
    return f"hade {_told(kept)} när layouten skrevs och har nu {_told(now)}: är enheten densamma? {mend}"


def _told(kept: Sequence[float]) -> str:
    return "–".join(dict.fromkeys(shown(float(one)) for one in kept))
