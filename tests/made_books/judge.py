"""Judge what a reader says of a made book, as `oj import --dry-run --json` prints it, against the right answer."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import range_boundaries

from made_books.book import MadeBook, Planted, Right, named

Where = tuple[str, str]
Judgement = tuple[str, str]  # what kind of fault of the reader's, and the complaint
KINDS = ("form", "wrong", "lost", "untold", "false")
LARGEST = 16_384  # columns, where a range names only rows


class Areas:
    """Cells and ranges of sheets, asked whether they cover a cell."""

    def __init__(self, areas: Iterable[Where]) -> None:
        self.cells: set[Where] = set()
        self.boxes: dict[str, list[tuple[int, int, int, int]]] = {}
        for sheet, area in areas:
            if re.fullmatch(r"[A-Z]+\d+", area):
                self.cells.add((sheet, area))
            else:
                self.boxes.setdefault(sheet, []).extend(boxes(area or f"1:{2**20}"))

    def cover(self, sheet: str, cell: str) -> bool:
        """Return whether a cell lies in one of them; an area without a range is the whole sheet."""
        if (sheet, cell) in self.cells:
            return True
        column, row = range_boundaries(cell)[:2]
        return any(left <= column <= right and top <= row <= bottom
                   for left, top, right, bottom in self.boxes.get(sheet, ()))  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a reader said of each cell, and which cells its ranges cover."""

    cells: dict[Where, Mapping[str, Any]]
    ignored: Areas
    faults: Areas
    each: list[Where]  # the faults, one by one


def judged(answer: Mapping[str, Any], made: MadeBook) -> list[str]:
    """Return what is wrong with an answer, a sentence each; nothing where it is right."""
    return [f"{kind}: {complaint}" for kind, complaint in judgements(answer, made)]


def judgements(answer: Mapping[str, Any], made: MadeBook) -> list[Judgement]:
    """Return what is wrong with an answer, with its kind: form, wrong, lost, untold or false."""
    lacking = [key for key in ("domain", "editions", "cells", "ignored", "faults") if key not in answer]
    if lacking:
        return [("form", f"the answer lacks {', '.join(lacking)}")]
    if made.yearless:
        return _without_year(answer)
    said = _said(answer, made)
    return [
        *(("form", one) for one in _form(answer, made)), *(("wrong", one) for one in _wrong(said, made)),
        *(("lost", one) for one in _lost(said, made)), *(("untold", one) for one in _untold(said, made)),
        *(("false", one) for one in _false(said, made)),
    ]  # fmt: skip


def _without_year(answer: Mapping[str, Any]) -> list[Judgement]:
    """Judge an answer on a book of which nobody says the year."""
    invented = [("wrong", f"a year is invented: {_short(one)}") for one in answer["cells"]]
    return invented if answer["faults"] else [*invented, ("untold", "that nobody says the year is not told")]


def _said(answer: Mapping[str, Any], made: MadeBook) -> Said:
    only = made.cells[0].sheet if made.path.suffix == ".csv" else None

    def places(key: str, name: str) -> list[tuple[str, str]]:
        return [(only or str(one.get("sheet")), str(one.get(name) or "")) for one in answer[key]]

    cells = {(only or str(one["sheet"]), str(one["cell"])): one for one in answer["cells"]}
    each = places("faults", "cell")
    return Said(cells, Areas(places("ignored", "range")), Areas(each), each)


def boxes(area: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield first column and row, last column and row of each part of a range: B7, B7:C9, B:C, 7:9, B7, C9."""
    for part in re.split(r"[,;\s]+", area.replace("$", "").strip()):
        if part:
            left, top, right, bottom = range_boundaries(part)
            yield left or 1, top or 1, right or LARGEST, bottom or 2**20


def _form(answer: Mapping[str, Any], made: MadeBook) -> Iterator[str]:
    if answer["domain"] != made.domain:
        yield f"the domain is {made.domain}, not {answer['domain']}"
    editions = sorted(map(str, answer["editions"]))
    if editions != list(made.editions) and not _some_spoiled_year(editions, made):
        yield f"the editions are {', '.join(made.editions)}, not {', '.join(editions)}"
    for where, times in Counter((str(one["sheet"]), one["cell"]) for one in answer["cells"]).items():
        if times > 1:
            yield f"{where} stands {times} times in cells"
    yield from (f"no reason for {one}" for one in answer["ignored"] if not one.get("why"))
    for one in answer["faults"]:
        area = str(one.get("cell") or "")
        if not area:
            yield f"a fault names no cell: {one}"
        elif any(right - left > 1 and bottom - top > 1 for left, top, right, bottom in boxes(area)):
            yield f"a fault names more than two rows or columns: {one}"


def _some_spoiled_year(editions: list[str], made: MadeBook) -> bool:
    """Return whether all that differs is a year that cannot be known, or of which nothing could be read."""
    sure = {one.period for one in made.cells}
    return any(one.kind.startswith("a year") for one in made.errors) and sure <= set(editions) | set(made.editions)


def _wrong(said: Said, made: MadeBook) -> Iterator[str]:
    right = {(one.sheet, one.cell): one for one in made.cells}
    spoiled = {(one.sheet, cell): one for one in made.errors for cell in one.spoiled}
    for where, one in said.cells.items():
        if where in right:
            yield from _compared(one, right[where])
        elif where not in spoiled:
            yield f"{where} is read but holds no result: {_short(one)}"
        elif spoiled[where].kind != "the same municipality twice":
            yield f"{where} is read in spite of {spoiled[where].kind}: {_short(one)}"
    yield from _two_sayings(said)
    yield from _own_codes(said, right)


def _compared(one: Mapping[str, Any], right: Right) -> Iterator[str]:
    """Yield how a cell differs from what it says."""
    fits = {
        "place": fits_place(str(one["place"]), right.place),
        "title": plain(str(one["title"])) in {plain(title) for title in right.titles},
        "period": str(one["period"]) == right.period,
        "group": one["group"] == right.group,
        "status": one["status"] == right.status,
        "answer": (one["answer"] or None) in (right.answers or (None,)),
        "value": bool(right.answers) or fits_value(one["value"], right.value),
    }
    wanted = right.as_json() | {"place": right.place}
    for key, fit in fits.items():
        if not fit:
            yield f"{right.sheet}!{right.cell}: {key} is {wanted[key]!r}, not {one[key]!r} ({right.district})"


def plain(title: str) -> str:
    """Return a title without the spaces that do not count."""
    return " ".join(title.split())


def fits_place(code: str, right: str) -> bool:
    """Return whether a place's code is right; one that ends with * is any longer code below it."""
    if right.endswith("*"):
        return code.startswith(right[:-1]) and len(code) > len(right) - 1
    return code == right


def fits_value(value: Any, right: float | None) -> bool:
    """Return whether a value is right, to 1e-9."""
    if value is None or right is None:
        return value is right
    return isinstance(value, int | float) and abs(value - right) < 1e-9


def _short(one: Mapping[str, Any]) -> str:
    said = one["answer"] or one["value"] or one["status"]
    return f"{one['place']}, {str(one['title'])[:40]}, {one['period']}, {said}"


def _two_sayings(said: Said) -> Iterator[str]:
    """Yield the results that two cells say differently, though both are read."""
    found: dict[tuple[str, ...], tuple[Where, Any]] = {}
    for where, one in said.cells.items():
        key = tuple(str(one[part]) for part in ("place", "title", "period", "group"))
        figure = (one["value"], one["answer"], one["status"])
        first = found.setdefault(key, (where, figure))
        if first[1] != figure:
            yield f"{first[0]} and {where} say different things of {key}"


def _own_codes(said: Said, right: Mapping[Where, Right]) -> Iterator[str]:
    """Yield the districts that have not one code of their own throughout."""
    codes: dict[str, set[str]] = {}
    for where, one in said.cells.items():
        if where in right and right[where].district:
            codes.setdefault(right[where].district, set()).add(str(one["place"]))
    yield from (f"{name} has the codes {', '.join(sorted(own))}" for name, own in codes.items() if len(own) > 1)
    times = Counter(code for own in codes.values() for code in own)
    yield from (f"{code} is the code of {number} districts" for code, number in times.items() if number > 1)


def _lost(said: Said, made: MadeBook) -> Iterator[str]:
    """Yield the figures and blanks that do not stand in exactly one of cells, ignored and faults."""
    for one in made.cells:
        if (one.sheet, one.cell) not in said.cells:
            left_out = " (it is ignored)" if said.ignored.cover(one.sheet, one.cell) else ""
            yield f"{one.sheet}!{one.cell} is not read{left_out}: {one.place}, {one.status}, {one.titles[0][:40]}"
        elif said.ignored.cover(one.sheet, one.cell):
            yield f"{one.sheet}!{one.cell} is both read and ignored"
    for sheet, area in [*made.ignored, *((one.sheet, cell) for one in made.errors for cell in sorted(one.spoiled))]:
        for left, top, right, bottom in boxes(area):
            for at in ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)):
                yield from _accounted(said, sheet, named(at))


def _accounted(said: Said, sheet: str, cell: str) -> Iterator[str]:
    ways = [said.ignored.cover(sheet, cell), said.faults.cover(sheet, cell), (sheet, cell) in said.cells]
    if sum(ways) != 1:
        kinds = [name for name, so in zip(("ignored", "faults", "cells"), ways, strict=True) if so]
        yield f"{sheet}!{cell} cannot be read and stands in {' and '.join(kinds) or 'nothing'}"


def _untold(said: Said, made: MadeBook) -> Iterator[str]:
    for error in made.errors:
        if not any(tells(sheet, area, error) for sheet, area in said.each):
            yield f"{error.kind} in {error.sheet}!{error.cell} is not told"


def tells(sheet: str, area: str, error: Planted) -> bool:
    """Return whether a fault stands where an error may be told."""
    return sheet == error.sheet and any(Areas([(sheet, area)]).cover(sheet, cell) for cell in error.told)


def _false(said: Said, made: MadeBook) -> Iterator[str]:
    for sheet, area in said.each:
        told = Areas([(sheet, area)])
        right = [one.cell for one in made.cells if told.cover(one.sheet, one.cell)]
        if right:
            yield f"the fault in {sheet}!{area} covers what is right: {', '.join(right[:3])}"
        elif not any(tells(sheet, area, error) for error in made.errors):
            yield f"the fault in {sheet}!{area} stands where nothing is wrong"
