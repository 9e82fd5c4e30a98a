"""A cell as it is seen: a text, a number, nothing, or what cannot be read; and the names that Excel has for columns."""

from dataclasses import dataclass

from oj.sources.files.written_numbers import TwoReadingsError, why_not, written
from oj.words.errors import Fault


@dataclass(frozen=True)
class Unreadable:
    """A cell without a value that can be trusted: what it shows and, in Swedish, why it cannot be read."""

    shown: str
    rule: str


Cell = str | float | bool | Unreadable | None
Rows = dict[int, list[Cell]]


class CellError(Exception):
    """A cell that does not answer what is asked: the value, what is allowed in Swedish, and what quotes the cell."""

    def __init__(self, value: str, rule: str, detail: str = "") -> None:
        self.value, self.rule, self.detail = value.replace("\n", "⏎"), rule, detail
        super().__init__(rule)

    def told(self, file: str, where: str) -> Fault:
        """Return it as a fault in a cell of a file, such as Solna D14."""
        return Fault(file, None, where, self.value, self.rule + self.detail)


def shown(cell: Cell) -> str:
    """Return a cell as it is read by a person, without space around it.

    >>> shown(12.5), shown(3.0), shown(True), shown(" Ja "), shown(None)
    ('12,5', '3', 'Sant', 'Ja', '')
    """
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
    """Return whether a cell says nothing.

    >>> is_empty(None), is_empty("  "), is_empty(0.0)
    (True, True, False)
    """
    return not isinstance(cell, Unreadable) and shown(cell) == ""


def text(cell: Cell) -> str:
    """Return a cell's text; raise CellError where it cannot be read."""
    if isinstance(cell, Unreadable):
        raise CellError(cell.shown, cell.rule)
    return shown(cell)


def number(cell: Cell, told: str, most: float = float("inf")) -> float:
    """Return a cell's number, 0 to `most`, also where it is written as text; raise CellError, with what is `told`.

    >>> number("1 012,5", ""), number(3.0, "")
    (1012.5, 3.0)
    """
    said = text(cell)
    try:
        found = cell if isinstance(cell, float) else written(said, most)
    except TwoReadingsError as two:
        raise CellError(said, two.rule, two.detail) from two
    if isinstance(cell, bool) or found is None:
        raise CellError(said, f"{told}{why_not(said)}")
    value = float(found)
    if value < 0:
        raise CellError(shown(cell), f"kan inte vara negativt; {told}")
    if not value <= most:
        raise CellError(shown(cell)[:60], f"kan inte vara större än {most:.0f}; {told}")
    return value


def letter(column: int) -> str:
    """Return the letters that Excel has for a column, 0 the first.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))


def index(letters: str) -> int:
    """Return the place of a column that Excel has letters for, 0 the first.

    >>> index("A"), index("AB")
    (0, 27)
    """
    from openpyxl.utils import column_index_from_string

    return int(column_index_from_string(letters)) - 1
