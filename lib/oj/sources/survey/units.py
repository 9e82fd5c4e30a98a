"""A unit's sheet in the survey's workbook to its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from oj.sources.files.cells import CellError, is_empty, shown, text
from oj.sources.survey.answers import Answer, answer
from oj.sources.survey.parts import ANSWERED, Part, Row
from oj.sources.survey.questions import Question
from oj.words.errors import Fault, nearest


@dataclass
class UnitRead:
    """What was found on a unit's sheet."""

    answers: list[dict[str, object]] = field(default_factory=list)
    where: dict[str, str] = field(default_factory=dict)  # by question, the sheet and cell of its answer: Solna C14
    last_year: list[dict[str, object]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Survey:
    """The questions asked, by id, and the ids of those that are also asked of the year before."""

    questions: Mapping[str, Question]
    corrected: set[str]


def read_unit(part: Part, survey: Survey) -> UnitRead:
    """Return the answers on a unit's sheet."""
    read, seen = UnitRead(), dict[str, int]()
    for row, cells in part.rows.items():
        name = shown(cells["id"])
        wrong = _wrong_id(cells, seen, survey)
        said, faults = ({}, [("id", wrong)]) if wrong else _read_row(cells, survey)
        read.faults += [
            part.fault(column, row, fault, is_name=column == "id" and bool(name)) for column, fault in faults
        ]
        seen.setdefault(name, row)
        read.where.setdefault(name, part.cell("answer", row))
        about = {"place": part.what, "question": name}
        if {"answer", "comment"} & set(said):
            read.answers.append({**about, "answer": said.get("answer"), "comment": said.get("comment", "")})
        if "last_year" in said:
            read.last_year.append({**about, "answer": said["last_year"]})
    return read


def _wrong_id(row: Row, seen: Mapping[str, int], survey: Survey) -> CellError | None:
    """Return what is wrong with a row's question id, if anything is."""
    name = shown(row["id"])
    filled = [shown(row[column]) for column in ANSWERED if not is_empty(row[column])]
    if not name:
        return CellError(filled[0], "står på en rad utan frågans id i första kolumnen") if filled else None
    if name not in survey.questions:
        return CellError(name, f"är ingen fråga i enkäten.{nearest(name, survey.questions)}")
    if name in seen:
        return CellError(name, f"finns redan på rad {seen[name]}; en fråga besvaras på en rad")
    return None


def _read_row(row: Row, survey: Survey) -> tuple[dict[str, Answer], list[tuple[str, CellError]]]:
    """Return what a row's filled cells say, by column, and what is wrong with the others."""
    name = shown(row["id"])
    said: dict[str, Answer] = {}
    wrong: list[tuple[str, CellError]] = []
    for column in ANSWERED:
        if not name or is_empty(row[column]):
            continue
        try:
            if column == "comment":
                said[column] = text(row[column])
            elif column == "last_year" and name not in survey.corrected:
                raise CellError(shown(row[column]), "frågan har inget svar för året före; lämna rutan tom")
            else:
                said[column] = answer(row[column], survey.questions[name])
        except CellError as fault:
            wrong.append((column, fault))
    return said, wrong
