"""A sheet's cells as they are seen: a text, a number, nothing, or what cannot be read; and numbers as people write."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from oj.words.errors import Fault
from oj.words.swedish import number as told_number

WIDEST, LONGEST = 1000, 100_000  # columns and rows that are read
MOST_CELLS = 1_000_000  # of a table, with those that are empty
SPACES = "\xa0\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"  # set between thousands, and seldom between two numbers
WHOLE = re.compile(r"[-−+]?\d+(?:[.,]\d+)?")
GROUPED = re.compile(rf"([-−+]?)(\d{{1,3}}(?:([ .,'’{SPACES}])\d{{3}})(?:\3\d{{3}})*)(?:([.,])(\d+))?")
ONE = re.compile(r"\d+(?:[.,]\d+)?")
MONTHS = "jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
DAY = re.compile(
    rf"\d{{4}}-\d\d-\d\d(?:[ T].*)?|\d{{1,2}}[-/. ](?:{MONTHS})[a-z]*\.?(?:[-/. ]\d{{2,4}})?"
    rf"|(?:{MONTHS})[a-z]*[-/. ]\d{{1,4}}|\d{{1,2}}-\d\d-\d{{2,4}}"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"\d\s*%?\s*[\u00b9\u00b2\u00b3\u2070-\u2079\u2080-\u2089*†‡]+$")
CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?=:|$)")
UNSEEN = dict.fromkeys(map(ord, "\u00ad"))


@dataclass(frozen=True)
class Unreadable:
    """A cell without a value that can be trusted: what it shows and, in Swedish, why it cannot be read."""

    shown: str
    rule: str


Cell = str | float | bool | Unreadable | None
Rows = dict[int, list[Cell]]
Area = tuple[int, int, int, int]  # the first and last row, then the first and last column (0 the first)


class CellError(Exception):
    """A cell that does not answer what is asked: the value, what is allowed in Swedish, and what quotes the cell."""

    def __init__(self, value: str, rule: str, detail: str = "") -> None:
        self.value, self.rule, self.detail = value.replace("\n", "⏎"), rule, detail
        super().__init__(rule)

    def told(self, file: str, where: str) -> Fault:
        """Return it as a fault in a cell of a file, such as Solna D14."""
        return Fault(file, None, where, self.value, self.rule + self.detail)


def shown(cell: Cell) -> str:
    """Return a cell as it is read by a person, without space around it."""
    match cell:
        case None:
            return ""
        case bool():
            return "Sant" if cell else "Falskt"
        case float():
            return f"{cell:.12g}".replace(".", ",")
        case Unreadable():
            return cell.shown
    return str(cell).strip()


def is_empty(cell: Cell) -> bool:
    """Return whether a cell says nothing."""
    return not isinstance(cell, Unreadable) and shown(cell) == ""


def text(cell: Cell) -> str:
    """Return a cell's text; raise CellError where it cannot be read."""
    if isinstance(cell, Unreadable):
        raise CellError(cell.shown, cell.rule)
    return shown(cell)


def number(cell: Cell, told: str, most: float = float("inf")) -> float:
    """Return a cell's number, 0 to `most`, also where it is written as text; raise CellError, with what is `told`."""
    said = text(cell)
    found = cell if isinstance(cell, float) else written(said, most)
    if isinstance(cell, bool) or found is None:
        raise CellError(said, f"{told}{why_not(said)}")
    value = float(found)
    if value < 0:
        raise CellError(shown(cell), f"kan inte vara negativt; {told}")
    if not value <= most:
        raise CellError(shown(cell)[:60], f"kan inte vara större än {most:.0f}; {told}")
    return value


def written(text: str, most: float = float("inf"), shown: str = "") -> Decimal | None:
    """Return the number that a text is, None where it is none; raise CellError, as `shown`, where it may be another.

    `most` is the largest that the number can be: what would be larger is no reading.

    >>> written("1 012,5"), written("1.234,5"), written("0,155"), written("1,155", 168), written("12 st")
    (Decimal('1012.5'), Decimal('1234.5'), Decimal('0.155'), Decimal('1.155'), None)
    """
    said = text.translate(UNSEEN).strip()
    if grouped := GROUPED.fullmatch(said):
        return _grouped(grouped, said, most, shown or text)
    return _decimal(said) if WHOLE.fullmatch(said) else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ".").replace("−", "-"))


def _grouped(found: re.Match[str], said: str, most: float, shown: str) -> Decimal:
    """Return the number that a text with signs between its thousands is."""
    sign, whole, mark, point, decimals = found.groups()
    groups = whole.split(mark)
    if mark == point and point is not None:  # 1.234.5 is none of both
        raise CellError(shown, f"har ”{mark}” både som tusental och som decimaltecken; skriv talet med bara siffror")
    thousands = _decimal(f"{sign}{''.join(groups)}" + (f".{decimals}" if decimals else ""))
    if mark in ".,":
        alone = len(groups) == 2 and not decimals
        if not alone or abs(thousands) > most or groups[0] == "0":
            return _decimal(said) if alone else thousands
        small, large = said.replace(".", ","), f"{sign}{''.join(groups)}"
        detail = (
            f": som decimaltalet {small} eller som {large}. Menas {large}: skriv det utan ”{mark}”. "
            f"Menas {small}: skriv {small}0"
        )
        raise CellError(shown, "kan läsas på två sätt", detail)
    if (mark == " " or (mark in SPACES and len(groups[0]) == 3)) and not any(one[0] == "0" for one in groups[1:]):
        apart = " och ".join([*groups[:-1], f"{groups[-1]}{point or ''}{decimals or ''}"])
        joined = f"{thousands:f}".replace(".", ",")
        detail = f": {joined}, eller {apart}. Skriv ett tal utan mellanslag"
        raise CellError(shown, "kan vara ett tal eller flera", detail)
    return thousands


def why_not(text: str) -> str:
    """Return what is the matter with a text that has figures but is no number, as an addition to a rule, or ""."""
    said = text.translate(UNSEEN).strip()
    if DAY.fullmatch(said):
        return " Det är ett datum: Excel gör datum av 1–3 och 1/3. Skriv värdet på nytt i en cell med talformatet Text."
    if FOOTNOTE.search(said):
        return " Efter talet står en fotnot; skriv bara talet."
    is_several = len(ONE.findall(said)) > 1 and not re.search(r"[A-Za-zÅÄÖåäö]", said)
    return " Cellen har flera tal; den ska ha ett." if is_several else ""


def letter(column: int) -> str:
    """Return the letters that Excel has for a column, 0 the first."""
    told, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        told = chr(ord("A") + rest) + told
    return told


def index(letters: str) -> int:
    """Return the place of a column that Excel has letters for, 0 the first."""
    place = 0
    for one in letters:
        place = place * 26 + ord(one) - ord("A") + 1
    return place - 1


def place_of(cell: str) -> tuple[int, int] | None:
    """Return the row and the column (0 the first) of what Excel calls a cell, the first of several; None for no cell.

    >>> place_of("C5"), place_of("$AA$12"), place_of("C2:D2"), place_of("C0")
    ((5, 2), (12, 26), (2, 2), None)
    """
    found = CELL.match(cell)
    return (int(found[2]), index(found[1])) if found else None


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells by row number, without the rows that are empty, which areas are merged, and what is not seen.

    `hidden_rows` and `hidden_columns` (0 the first) are hidden in Excel, rows maybe by a filter (`is_filtered`);
    `notes` are what is written beside cells, by their names (C5), `blank` the cells whose formula has saved nothing and
    may give an empty text. All rows are of one `width`, at least `least`; `texts` are what their cells show, `filled`
    which of them say something, and `words` the cells that are texts, by column.
    """

    rows: Rows
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    is_filtered: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    blank: tuple[str, ...] = ()
    least: int = 0
    width: int = field(init=False)
    texts: Mapping[int, Sequence[str]] = field(init=False, repr=False)
    filled: Mapping[int, Sequence[int]] = field(init=False, repr=False)
    words: Mapping[int, Mapping[int, str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        width = max([self.least, *map(len, self.rows.values())])
        rows = {row: [*cells, *[None] * (width - len(cells))] for row, cells in self.rows.items()}
        found: dict[str, Any] = {"rows": rows, "width": width, "texts": {}, "filled": {}, "words": {}}
        for row, cells in rows.items():
            found["texts"][row] = told = list(map(shown, cells))
            found["filled"][row] = [at for at, one in enumerate(cells) if told[at] or isinstance(one, Unreadable)]
            found["words"][row] = {at: told[at] for at in found["filled"][row] if isinstance(cells[at], str)}
        for name, value in found.items():
            object.__setattr__(self, name, value)

    def turned(self) -> "Sheet":
        """Return a sheet whose rows are this one's columns."""
        last, columns = max(self.rows), dict[int, list[Cell]]()
        for at in range(self.width):
            cells = [self.rows[row][at] if row in self.rows else None for row in range(1, last + 1)]
            if any(one is not None and one != "" for one in cells):
                columns[at + 1] = cells
        merged = tuple((left + 1, right + 1, top - 1, bottom - 1) for top, bottom, left, right in self.merged)
        rows, gone = (frozenset(at + 1 for at in self.hidden_columns), frozenset(row - 1 for row in self.hidden_rows))
        return replace(self, rows=columns, merged=merged, hidden_rows=rows, hidden_columns=gone, least=0)


@dataclass(frozen=True)
class Book:
    """A file's name and SHA-256, its sheets by name, and whether it is text, with rows but no columns A, B."""

    file: str
    sha256: str
    sheets: Mapping[str, Sheet]
    is_text: bool = False


def too_large(rows: int, width: int) -> str:
    """Return in Swedish, as what follows its file's name, that a table has more cells than are read; else ""."""
    if rows * width <= MOST_CELLS:
        return ""
    told = (
        f" har {told_number(rows)} rader och {width} kolumner, fler än {told_number(MOST_CELLS)} rutor, och läses inte"
    )
    return f"{told}. Spara bara tabellen i en egen fil"
