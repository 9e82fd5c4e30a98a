"""The range of a column's numbers, kept in its layout, so that the layout is not used for numbers of another size."""

from collections.abc import Sequence
from math import isfinite

from oj.sources.files.cells import Cell, shown
from oj.sources.files.written_numbers import TwoReadingsError, written
from oj.sources.terms.cells import PERCENT

FAR = 10  # times larger or smaller: another unit, not another year


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
