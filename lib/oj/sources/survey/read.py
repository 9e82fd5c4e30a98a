"""The survey's workbook read back: every sheet known by what its first cell says, every fault told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import nan
from pathlib import Path

import pandas as pd

from oj.facts.places import all_places
from oj.sources.files.cells import Cell, CellError, is_empty, number, shown, text
from oj.sources.files.edge import read_bytes, told_of
from oj.sources.files.xlsx import read_sheets
from oj.sources.survey.layout import LIMITS, STAFF_COLUMNS, YES_NO, asked, asked_of_last_year, folded
from oj.sources.survey.parts import ANSWERED, Part, Row, faults_of, parts_of
from oj.sources.survey.questions import TENURES, UNKNOWN, Question
from oj.words.errors import DataError, Fault, UserError, misspelt, nearest

WIDEST = 40  # columns that are read
MOST = 100_000.0  # more than any municipality has of what the survey counts
TOLD = {
    "degree": "ska vara procent av heltid, 0–100, till exempel 75",
    "hours": "ska vara timmarna i oktober, 0–744",
    "days_away": "ska vara antalet dagar, 0–61",
}
YES_NO_CODES = {str(value): label for value, label in YES_NO.items()}
NUMBERS = dict.fromkeys(TOLD, "float64")  # of the staff list
Answer = str | float


@dataclass(frozen=True)
class Form:
    """What a filled-in workbook says.

    `places` are the codes of the units that have a sheet; `answers` has place, question, answer (a code, a number, a
    text, or None beside a comment) and comment; `last_year` place, question and answer; `staff` a row for each case
    worker, as `oj.preliminary.staff` counts them, with its place; `notes` what is told of cells that are not read.
    `where` has the sheet and cell of each answer by place and question, and the staff list's sheet by place and "".
    """

    edition: str
    places: tuple[str, ...]
    answers: pd.DataFrame
    last_year: pd.DataFrame
    staff: pd.DataFrame
    notes: tuple[str, ...] = ()
    where: Mapping[tuple[str, str], str] = field(default_factory=dict)


def read_form(path: Path, folder: Path | None = None) -> Form:
    """Return what the units have answered in a workbook from `write_form`.

    Raises UserError for a file that is no such workbook, and DataError with every fault in one that is. Sheets
    without a mark or question ids, such as notes of one's own, are not read.
    """
    parts, faults = parts_of(read_sheets(path.name, read_bytes(path), WIDEST), path.name, folder)
    edition = parts[0].edition
    try:
        questions, corrected = asked(edition, folder), asked_of_last_year(edition, folder)
    except UserError as error:
        raise DataError([Fault(path.name, None, f"{parts[0].name} A1", f"ÖJ {edition}", str(error))]) from error
    places, units = all_places(folder), [part for part in parts if not part.is_staff]
    names = {unit.what: places[unit.what].name for unit in units}
    read = [read_unit(unit, questions, corrected) for unit in units]
    lists = [read_staff(part, names) for part in parts if part.is_staff]
    faults += faults_of(parts)
    faults += [fault for one in read for fault in one.faults] + [fault for _people, wrong in lists for fault in wrong]
    if faults:
        raise DataError(faults)
    return Form(
        edition,
        tuple(names),
        _frame([row for unit in read for row in unit.answers], ["place", "question", "answer", "comment"]),
        _frame([row for unit in read for row in unit.last_year], ["place", "question", "answer"]),
        _frame([row for people, _wrong in lists for row in people], list(STAFF_COLUMNS)).astype(NUMBERS),
        tuple(line for part in parts for line in told_of(part.name, [*part.sheet.notes], part.sheet.blank)),
        {(unit, name): cell for unit, one in zip(names, read, strict=True) for name, cell in one.where.items()}
        | {(unit, ""): part.name for part in parts if part.is_staff for unit in names},
    )


def _frame(rows: list[dict[str, object]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns, dtype=object)


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


def read_staff(part: Part, units: Mapping[str, str]) -> tuple[list[dict[str, object]], list[Fault]]:
    """Return a staff list's case workers, and what is wrong with its cells; `units` are the codes and names."""
    people, faults = list[dict[str, object]](), list[Fault]()
    for at, row in part.rows.items():
        person, wrong = _person(row, units)
        people.append(person)
        faults += [part.fault(column, at, fault, is_name=column == "place") for column, fault in wrong]
    return people, faults


def _person(row: Row, units: Mapping[str, str]) -> tuple[dict[str, object], list[tuple[str, CellError]]]:
    """Return what a row says of a case worker, and what is wrong with it by column."""
    person: dict[str, object] = dict.fromkeys(("degree", "hours", "days_away"), nan)
    person |= dict.fromkeys(("place", "qualified", "social_work", "tenure")) | {"on_leave": False}
    wrong = []
    for column in STAFF_COLUMNS:
        try:
            if not is_empty(row[column]):
                person[column] = _field(column, row[column], units)
        except CellError as fault:
            wrong.append((column, fault))
    refused = {column for column, _fault in wrong}
    wrong += [(column, fault) for column, fault in _lacking(row, person) if column not in refused]
    return person, wrong


def _field(column: str, cell: Cell, units: Mapping[str, str]) -> object:
    match column:
        case "place":
            return choice(cell, units)
        case "tenure":
            return choice(cell, dict(zip(TENURES, TENURES, strict=True)))
        case "on_leave" | "qualified" | "social_work":
            return choice(cell, YES_NO_CODES) == "True"
        case "degree":
            return _degree(cell)
    return number(cell, TOLD[column], LIMITS[column])


def _degree(cell: Cell) -> float:
    """Return a degree 0-1 from percent, with or without the sign; a bare share is refused, for it may be either."""
    said = text(cell)
    value = number(said.removesuffix("%"), TOLD["degree"], LIMITS["degree"])
    if 0 < value <= 1 and "%" not in said:
        raise CellError(said, f"{TOLD['degree']}; menade du {value * 100:g}?")
    return value / 100


def _lacking(row: Row, person: Mapping[str, object]) -> list[tuple[str, CellError]]:
    """Return what a row must have and has not, or has twice, so that nobody is silently left out of the counts."""
    empty = {column for column in STAFF_COLUMNS if is_empty(row[column])}
    qualified = person["qualified"] is True
    rules = [
        ("place", "place" in empty, "fyll i kommun eller stadsdel på raden"),
        ("degree", {"degree", "hours"} <= empty and not person["on_leave"],
         "fyll i sysselsättningsgrad, eller timmarna för den som har timlön"),
        ("hours", not {"degree", "hours"} & empty, "fyll i antingen sysselsättningsgrad eller timmar, inte båda"),
        ("qualified", "qualified" in empty, "fyll i Ja eller Nej"),
        ("social_work", qualified and "social_work" in empty, "fyll i Ja eller Nej för den som är socionom"),
        ("tenure", qualified and "tenure" in empty, "fyll i erfarenheten för den som är socionom"),
    ]  # fmt: skip
    return [(column, CellError("", rule)) for column, broken, rule in rules if broken]
