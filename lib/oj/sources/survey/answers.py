"""One cell of the survey's workbook to one answer, or what is wrong with it."""

from collections.abc import Mapping

from oj.sources.files.written_numbers import TwoReadingsError, why_not, written
from oj.sources.files.xlsx import Cell, Unreadable
from oj.sources.survey.layout import folded
from oj.sources.survey.questions import UNKNOWN, Question
from oj.words.errors import Fault, misspelt

MOST = 100_000.0  # more than any municipality has of what the survey counts
Answer = str | float


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


def choice(cell: Cell, labels: Mapping[str, str]) -> str:
    """Return the code of the alternative, by code and label, that a cell has; raise CellError for any other.

    >>> choice(" JA ", {"ja": "Ja", "nej": "Nej"})
    'ja'
    """
    said = text(cell)
    found = {folded(name): code for code, label in labels.items() for name in (code, label)}
    if folded(said) not in found:
        allowed = "; ".join(f"”{label}”" for label in labels.values())
        raise CellError(said, f"ska vara ett av svaren i listan: {allowed}.{misspelt(said, labels.values())}")
    return found[folded(said)]


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


def answer(cell: Cell, question: Question) -> Answer:
    """Return what a cell answers to a question: an alternative's code, a number or a text; raise CellError."""
    match question.kind:
        case "choice":
            return choice(cell, question.alternatives)
        case "number":
            unknown = question.alternatives[UNKNOWN]
            if folded(text(cell)) in (UNKNOWN, folded(unknown)):
                return UNKNOWN
            hint = misspelt(text(cell), [unknown])
            told = f"ska vara ett tal, 0 eller större, till exempel 12,5, eller ”{unknown}”.{hint}"
            return number(cell, told, MOST)
    return text(cell)
