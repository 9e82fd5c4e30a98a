"""One sheet of an .xlsx file read as it is seen: shown numbers, what is struck out or unseen, and what is hidden."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from oj.sources.files.cells import Cell, Rows, Unreadable
from oj.sources.files.limits import apart
from oj.sources.files.looks import Look, veiled
from oj.sources.files.number_format import displayed, shown_text
from oj.sources.files.xml import Words, ended, is_set, name_of, seen, words

LOW, NARROW = 3.0, 0.6  # points of a row, and signs of a column, under which nothing is seen
NO_VALUE = "är en formel utan sparat värde; skriv värdet i stället"
EXCEL_FAULT = "är ett felvärde från Excel; skriv värdet i stället"
NO_ZEROS = "är 0, men bladet visar inte nollor; visa dem i Excel (Arkiv > Alternativ > Avancerat)"
INSIDE = ("}c", "}v", "}t", "}f", "}is")  # what a row has
MEND = "gör den synlig, eller skriv det som ska gälla i cellen"


Area = tuple[int, int, int, int]  # the first and last row, then the first and last column (0 the first)


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells by row number, without the rows that are empty, which areas are merged, and what is not seen.

    `hidden_rows` and `hidden_columns` (0 the first) are hidden in Excel, rows maybe by a filter (`is_filtered`);
    `notes` are the cells with a note, `blank` those whose formula has saved nothing and may give an empty text.
    """

    rows: Rows
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    is_filtered: bool = False
    notes: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows.values()), default=0)

    def cell(self, row: int, column: int | None) -> Cell:
        """Return a cell, None where there is none."""
        cells = self.rows.get(row, [])
        return cells[column] if column is not None and column < len(cells) else None


@dataclass(frozen=True)
class Book:
    """A file's name and SHA-256, its sheets by name, and whether it is text, with rows but no columns A, B."""

    file: str
    sha256: str
    sheets: Mapping[str, Sheet]
    is_text: bool = False


@dataclass
class Limits:
    """How much of a sheet is read: columns beyond `widest` are left; more than `most` or more `rows` are refused."""

    widest: int | None
    most: int
    rows: int


class TooWideError(Exception):
    """A sheet with more columns than a table could have."""


class TooLongError(Exception):
    """A sheet with more rows than are read."""


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
    part: bytes, shared: Sequence[Words], looks: Sequence[Look], hiding: Sequence[str], limits: Limits
) -> Sheet:
    """Return a sheet's cells as they are seen; raise TooWideError or TooLongError where it is too large."""
    found = _Found()
    for element in ended(part):
        if element.tag.endswith(INSIDE):
            continue
        name = name_of(element)
        if name == "row":
            _row(element, found, shared, looks, limits)
            element.clear()
        else:
            _other(name, element, found, hiding, limits)
    for area, why in found.veiled:
        _veil(found.rows, area, why)
    return Sheet(
        found.rows, apart(found.merged, limits.most), frozenset(found.hidden_rows), frozenset(found.hidden_columns),
        is_filtered=found.is_filtered, blank=tuple(found.blank),
    )  # fmt: skip


def _other(name: str, element: Element, found: _Found, hiding: Sequence[str], limits: Limits) -> None:
    """Add what an element that is no row says of its sheet."""
    if name == "col":
        first, last = int(element.get("min", 1)), int(element.get("max", 1))
        if is_set(element, "hidden") or float(element.get("width", 9)) < NARROW:
            found.hidden_columns.update(range(first - 1, min(last, limits.most + 1)))
    elif name == "mergeCell":
        found.merged.append(area_of(element.get("ref", "A1")))
    elif name == "autoFilter":
        found.is_filtered = True
    elif name == "sheetView":
        found.shows_zeros = element.get("showZeros", "1") not in ("0", "false")
    elif name == "conditionalFormatting":
        found.veiled += veiled(element, hiding)


def area_of(reference: str) -> Area:
    """Return the area that a reference is.

    >>> area_of("B2:C4"), area_of("A1")
    ((2, 4, 1, 2), (1, 1, 0, 0))
    """
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = range_boundaries(reference.replace("$", ""))
    return top or 1, bottom or 1_048_576, (left or 1) - 1, (right or 16_384) - 1


def _veil(rows: Rows, reference: str, why: str) -> None:
    """Put what may be hidden by a conditional format beyond reading."""
    top, bottom, left, right = area_of(reference)
    for number in [one for one in rows if top <= one <= bottom]:
        cells = rows[number]
        for at in range(left, min(right + 1, len(cells))):
            one = cells[at]
            if one is not None and not isinstance(one, Unreadable):
                rule = f"{why}; ta bort formateringen (Start > Villkorsstyrd formatering > Rensa regler)"
                cells[at] = Unreadable(one if isinstance(one, str) else "", rule)


def _row(row: Element, found: _Found, shared: Sequence[Words], looks: Sequence[Look], limits: Limits) -> None:
    """Add a row's cells to what is found, if it has any."""
    found.last = number = int(row.get("r", found.last + 1))
    cells: dict[int, Cell] = {}
    last = -1
    for element in row:
        if name_of(element) != "c":
            continue
        last = _column(element.get("r", ""), last)
        value = _cell(element, shared, looks, shows_zeros=found.shows_zeros) if len(element) else None
        if isinstance(value, Unreadable) and value.rule == NO_VALUE and '""' in value.shown:
            found.blank.append(element.get("r", ""))
            value = None
        if value is not None and last >= limits.most:
            raise TooWideError
        if value is not None and (limits.widest is None or last < limits.widest):
            cells[last] = value
    if not cells:
        return
    found.rows[number] = [cells.get(at) for at in range(limits.widest or max(cells) + 1)]
    if len(found.rows) > limits.rows:
        raise TooLongError
    if is_set(row, "hidden") or float(row.get("ht", 15)) < LOW:
        found.hidden_rows.add(number)


def _column(reference: str, last: int) -> int:
    """Return a cell's column, 0 the first: the one it names, else the next."""
    letters = reference.rstrip("0123456789").replace("$", "")
    if not letters:
        return last + 1
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


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
    shown, wrong = displayed(value, look.code)
    if value == 0 and not shows_zeros:
        return Unreadable("", NO_ZEROS)
    if look.unseen:
        return Unreadable("", f"{look.unseen}; {MEND}")
    text = shown if isinstance(shown, str) else f"{shown:.12g}".replace(".", ",")
    return Unreadable(text, wrong) if wrong else _judged(text, look) or shown


def _judged(text: str, look: Look) -> Unreadable | None:
    """Return why a cell is not to be read by its look, None where it is."""
    if look.is_struck:
        return Unreadable(text, "är överstruken; ta bort strecket om det gäller, eller skriv det som ska gälla")
    if look.is_raised and re.search(r"\d", text):
        return Unreadable(text, "är skriven upphöjd, som en fotnot; skriv det som ska gälla med vanliga siffror")
    return Unreadable(text, f"{look.unseen}; {MEND}") if look.unseen else None
