"""One sheet of an .xlsx file read as it is seen: shown numbers, what is struck out or unseen, and what is hidden."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import accumulate
from typing import Any
from xml.etree.ElementTree import Element

from oj.sources.files.cells import (
    LONGEST,
    WIDEST,
    Area,
    Cell,
    Rows,
    Sheet,
    Unreadable,
    index,
    shown,
    too_large,
)  # fmt: skip
from oj.sources.files.looks import Look, veiled
from oj.sources.files.number_format import displayed, shown_text
from oj.sources.files.xml import Words, ended, name_of, seen, words

LOW, NARROW = 3.0, 0.6  # points of a row, and signs of a column, under which nothing is seen
NO_VALUE = "är en formel utan sparat värde; skriv värdet i stället"
EXCEL_FAULT = "är ett felvärde från Excel; skriv värdet i stället"
NO_ZEROS = "är 0, men bladet visar inte nollor; visa dem i Excel (Arkiv > Alternativ > Avancerat)"
INSIDE = ("}c", "}v", "}t", "}f", "}is")  # what a row has
MEND = "gör den synlig, eller skriv det som ska gälla i cellen"


class TooLargeError(Exception):
    """A sheet of more than is read: in Swedish what follows the file's name, where `title` is the sheet's."""


@dataclass
class _Found:
    """What has been found of a sheet so far."""

    rows: Rows = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    veiled: list[tuple[str, str]] = field(default_factory=list)
    is_filtered: bool = False
    shows_zeros: bool = True
    blank: list[str] = field(default_factory=list)
    last: int = 0


def read_sheet(
    part: bytes,
    shared: Sequence[Words],
    looks: Sequence[Look],
    hiding: Sequence[str],
    widest: int | None = None,
    **about: Any,
) -> Sheet:
    """Return a sheet's cells as they are seen, of more columns than `widest` only those, where one is given."""
    found = _Found()
    for element in ended(BytesIO(part)):
        if element.tag.endswith(INSIDE):
            continue
        name = name_of(element)
        if name == "row":
            _row(element, found, (shared, looks), widest)
            element.clear()
        else:
            _other(name, element, found, hiding)
    if rule := too_large(len(found.rows), max(map(len, found.rows.values()), default=0)):
        raise TooLargeError(rule)
    for area, why in found.veiled:
        _veil(found.rows, area, why)
    return Sheet(
        found.rows, apart(found.merged), frozenset(found.hidden_rows), frozenset(found.hidden_columns),
        is_filtered=found.is_filtered, blank=tuple(found.blank), **about,
    )  # fmt: skip


def _other(name: str, element: Element, found: _Found, hiding: Sequence[str]) -> None:
    """Add what an element that is no row says of its sheet."""
    if name == "col":
        first, last = int(element.get("min", 1)), int(element.get("max", 1))
        if _is_set(element, "hidden") or float(element.get("width", 9)) < NARROW:
            found.hidden_columns.update(range(first - 1, min(last, WIDEST + 1)))
    elif name == "mergeCell":
        found.merged.append(area_of(element.get("ref", "A1")))
    elif name == "autoFilter":
        found.is_filtered = True
    elif name == "sheetView":
        found.shows_zeros = element.get("showZeros", "1") not in ("0", "false")
    elif name == "conditionalFormatting":
        found.veiled += veiled(element, hiding)


def _is_set(element: Element, attribute: str) -> bool:
    return element.get(attribute, "0") in ("1", "true")


def area_of(reference: str) -> Area:
    """Return the area that a reference is."""
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = range_boundaries(reference.replace("$", ""))
    return top or 1, bottom or 1_048_576, (left or 1) - 1, (right or 16_384) - 1


def apart(areas: Sequence[Area]) -> tuple[Area, ...]:
    """Return the merged areas as far as columns are read; raise ValueError where they overlap, as Excel's never do."""
    unlike = dict.fromkeys(areas)
    read = [(top, bottom, left, min(right, WIDEST)) for top, bottom, left, right in unlike if left <= WIDEST]
    change = Counter[int]()
    for top, bottom, left, right in read:
        change[top] += right - left + 1
        change[bottom + 1] -= right - left + 1
    if max(accumulate(change[row] for row in sorted(change)), default=0) > WIDEST + 1:
        raise ValueError("areas on each other")
    return tuple(read)


def _veil(rows: Rows, reference: str, why: str) -> None:
    """Put what may be hidden by a conditional format beyond reading."""
    top, bottom, left, right = area_of(reference)
    rule = f"{why}; ta bort formateringen (Start > Villkorsstyrd formatering > Rensa regler)"
    for cells in [cells for row, cells in rows.items() if top <= row <= bottom]:
        for at, one in enumerate(cells[left : right + 1], start=left):
            if one is not None and not isinstance(one, Unreadable):
                cells[at] = Unreadable(one if isinstance(one, str) else "", rule)


def _row(row: Element, found: _Found, of: tuple[Sequence[Words], Sequence[Look]], widest: int | None) -> None:
    """Add a row's cells to what is found, if it has any."""
    found.last = number = int(row.get("r", found.last + 1))
    cells: dict[int, Cell] = {}
    last = -1
    for element in row:
        if name_of(element) != "c":
            continue
        letters = element.get("r", "").rstrip("0123456789").replace("$", "")
        last = index(letters) if letters else last + 1
        value = _cell(element, *of, shows_zeros=found.shows_zeros) if len(element) else None
        if isinstance(value, Unreadable) and value.rule == NO_VALUE and '""' in value.shown:
            found.blank.append(element.get("r", ""))
            value = None
        if value is not None and last >= WIDEST:
            raise TooLargeError(f": bladet ”{{title}}” har fler än {WIDEST} kolumner och läses inte")
        if value is not None and (widest is None or last < widest):
            cells[last] = value
    if not cells:
        return
    found.rows[number] = [cells.get(at) for at in range(max(cells) + 1)]
    if len(found.rows) > LONGEST:
        raise TooLargeError(" har fler än 100 000 rader och läses inte")
    if _is_set(row, "hidden") or float(row.get("ht", 15)) < LOW:
        found.hidden_rows.add(number)


def _cell(element: Element, shared: Sequence[Words], looks: Sequence[Look], *, shows_zeros: bool) -> Cell:
    """Return a cell as it is seen, or why it cannot be read."""
    parts = {name_of(one): one for one in element}
    kind, style = element.get("t", "n"), int(element.get("s", 0))
    look = looks[style] if style < len(looks) else Look()
    told = (parts["v"].text or "") if "v" in parts else ""
    if "is" in parts or kind == "s":
        return _written(words(parts["is"]) if "is" in parts else shared[int(told)], look)
    if kind in ("str", "d"):
        return _written(Words(seen(told)), look)
    if not told:
        return Unreadable(f"={parts['f'].text or ''}", NO_VALUE) if "f" in parts else None
    if kind == "e":
        return Unreadable(told, EXCEL_FAULT)
    if kind == "b":
        return _judged("Sant" if told == "1" else "Falskt", look) or told == "1"
    return _number(float(told), look, shows_zeros=shows_zeros)


def _written(said: Words, look: Look) -> Cell:
    """Return a text as it is seen."""
    if not said.text.strip():
        return said.text or None
    text = shown_text(said.text, look.code)
    if not text.strip():
        return Unreadable("", f"har en text som talformatet inte visar; {MEND}")
    if said.struck and not look.is_struck:
        return Unreadable(text, "är delvis överstruken; låt bara det stå som gäller")
    return _judged(text, look) or text


def _number(value: float, look: Look, *, shows_zeros: bool) -> Cell:
    """Return a number as its format shows it."""
    if value - value != 0:  # neither infinite nor none
        return Unreadable(str(value), EXCEL_FAULT)
    seen_as, wrong = displayed(value, look.code)
    if value == 0 and not shows_zeros:
        return Unreadable("", NO_ZEROS)
    if look.unseen:
        return Unreadable("", f"{look.unseen}; {MEND}")
    if wrong or look.is_struck or look.is_raised:
        return Unreadable(shown(seen_as), wrong) if wrong else _judged(shown(seen_as), look) or seen_as
    return seen_as


def _judged(text: str, look: Look) -> Unreadable | None:
    """Return why a cell is not to be read by its look, None where it is."""
    if look.is_struck:
        return Unreadable(text, "är överstruken; ta bort strecket om det gäller, eller skriv det som ska gälla")
    if look.is_raised and re.search(r"\d", text):
        return Unreadable(text, "är skriven upphöjd, som en fotnot; skriv det som ska gälla med vanliga siffror")
    return Unreadable(text, f"{look.unseen}; {MEND}") if look.unseen else None
