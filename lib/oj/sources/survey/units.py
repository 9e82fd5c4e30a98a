"""A unit's sheet in the survey's workbook to its answers: each cell to one answer, or what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from oj.sources.files.cells import Cell, CellError, is_empty, number, shown, text
from oj.sources.survey.layout import folded
from oj.sources.survey.parts import ANSWERED, Part, Row
from oj.sources.survey.questions import UNKNOWN, Question
from oj.words.errors import Fault, misspelt, nearest

MOST = 100_000.0  # more than any municipality has of what the survey counts
Answer = str | float


@dataclass
class UnitRead:
    """What was found on a unit's sheet; `where` is, by question, the sheet and cell of its answer: Solna C14."""

    answers: list[dict[str, object]] = field(default_factory=list)
    where: dict[str, str] = field(default_factory=dict)
    last_year: list[dict[str, object]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def choice(cell: Cell, labels: Mapping[str, str]) -> str:
    """Return the code of the alternative, by code and label, that a cell has; raise CellError for any other."""
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
            said, unknown = text(cell), question.alternatives[UNKNOWN]
            if folded(said) in (UNKNOWN, folded(unknown)):
                return UNKNOWN
            told = f"ska vara ett tal, 0 eller större, till exempel 12,5, eller ”{unknown}”."
            return number(cell, f"{told}{misspelt(said, [unknown])}", MOST)
    return text(cell)


def read_unit(part: Part, asked: Mapping[str, Question], corrected: set[str]) -> UnitRead:
    """Return the answers on a unit's sheet; `asked` are the questions by id, `corrected` those also of last year."""
    read, seen = UnitRead(), dict[str, int]()
    for row, cells in part.rows.items():
        name = shown(cells["id"])
        wrong = _wrong_id(cells, seen, asked)
        said, faults = ({}, [("id", wrong)]) if wrong else _read_row(cells, asked, corrected)
        for column, fault in faults:
            read.faults.append(part.fault(column, row, fault, is_name=column == "id" and bool(name)))
        seen.setdefault(name, row)
        read.where.setdefault(name, part.cell("answer", row))
        about = {"place": part.what, "question": name}
        if {"answer", "comment"} & set(said):
            read.answers.append({**about, "answer": said.get("answer"), "comment": said.get("comment", "")})
        if "last_year" in said:
            read.last_year.append({**about, "answer": said["last_year"]})
    return read


def _wrong_id(row: Row, seen: Mapping[str, int], asked: Mapping[str, Question]) -> CellError | None:
    """Return what is wrong with a row's question id, if anything is."""
    name = shown(row["id"])
    filled = [shown(row[column]) for column in ANSWERED if not is_empty(row[column])]
    if not name:
        return CellError(filled[0], "står på en rad utan frågans id i första kolumnen") if filled else None
    if name not in asked:
        return CellError(name, f"är ingen fråga i enkäten.{nearest(name, asked)}")
    if name in seen:
        return CellError(name, f"finns redan på rad {seen[name]}; en fråga besvaras på en rad")
    return None


def _read_row(
    row: Row, asked: Mapping[str, Question], corrected: set[str]
) -> tuple[dict[str, Answer], list[tuple[str, CellError]]]:
    """Return what a row's filled cells say, by column, and what is wrong with the others."""
    name, said, wrong = shown(row["id"]), dict[str, Answer](), list[tuple[str, CellError]]()
    for column in [one for one in ANSWERED if name and not is_empty(row[one])]:
        try:
            if column == "last_year" and name not in corrected:
                raise CellError(shown(row[column]), "frågan har inget svar för året före; lämna rutan tom")
            said[column] = text(row[column]) if column == "comment" else answer(row[column], asked[name])
        except CellError as fault:
            wrong.append((column, fault))
    return said, wrong
