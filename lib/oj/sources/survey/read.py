"""The survey's workbook read back: every sheet known by what its first cell says, every fault told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from oj.facts.places import all_places
from oj.sources.files.edge import read_bytes, told_of
from oj.sources.files.xlsx import read_sheets
from oj.sources.survey.layout import STAFF_COLUMNS, asked, asked_of_last_year
from oj.sources.survey.parts import faults_of, parts_of
from oj.sources.survey.staff import read_staff
from oj.sources.survey.units import read_unit
from oj.words.errors import DataError, Fault, UserError

NUMBERS = dict.fromkeys(("degree", "hours", "days_away"), "float64")  # of the staff list
WIDEST = 40  # columns that are read


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
        tuple(line for part in parts for line in told_of(part.name, part.sheet.notes, part.sheet.blank)),
        {(unit, name): cell for unit, one in zip(names, read, strict=True) for name, cell in one.where.items()}
        | {(unit, ""): part.name for part in parts if part.is_staff for unit in names},
    )


def _frame(rows: list[dict[str, object]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns, dtype=object)
