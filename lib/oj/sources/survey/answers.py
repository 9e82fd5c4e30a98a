"""One cell of the survey's workbook to one answer, or what is wrong with it."""

from collections.abc import Mapping

from oj.sources.files.cells import Cell, CellError, number, text
from oj.sources.survey.layout import folded
from oj.sources.survey.questions import UNKNOWN, Question
from oj.words.errors import misspelt

MOST = 100_000.0  # more than any municipality has of what the survey counts
Answer = str | float


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
