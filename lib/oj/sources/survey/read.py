"""The survey's workbook read back: every sheet known by what its first cell says, every fault told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from oj.facts.places import all_places
from oj.sources.files.cells import Rows, shown
from oj.sources.files.sheet import Sheet
from oj.sources.files.xlsx import read_sheets, told_of
from oj.sources.survey.hidden import unseen
from oj.sources.survey.layout import COLUMNS, MARK, STAFF_COLUMNS, STAFF_MARK, asked, asked_of_last_year, mark
from oj.sources.survey.staff import read_staff
from oj.sources.survey.units import Survey, UnitRead, find_header, read_unit
from oj.words.errors import DataError, Fault, UserError

Faults = list[Fault]
HEADINGS = {False: (COLUMNS, ("answer", "last_year", "comment")), True: (STAFF_COLUMNS, tuple(STAFF_COLUMNS))}


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


@dataclass(frozen=True)
class _Sheet:
    """A sheet's name, what its first cell says of it, its cells, and as it was read."""

    name: str
    edition: str
    what: str
    rows: Rows
    whole: Sheet


def read_form(path: Path, folder: Path | None = None) -> Form:
    """Return what the units have answered in a workbook from `write_form`.

    Raises UserError for a file that is no such workbook, and DataError with every fault in one that is. Sheets
    without a mark or question ids, such as notes of one's own, are not read.
    """
    sheets, faults = _known_sheets(read_sheets(path), path.name, folder)
    edition = sheets[0].edition
    try:
        survey = Survey(asked(edition, folder), asked_of_last_year(edition, folder))
    except UserError as error:
        raise DataError([Fault(path.name, None, f"{sheets[0].name} A1", f"ÖJ {edition}", str(error))]) from error
    places, units = all_places(folder), [sheet for sheet in sheets if sheet.what != STAFF_MARK]
    read = [read_unit(unit.rows, unit.what, (path.name, unit.name), survey) for unit in units]
    names = {unit.what: places[unit.what].name for unit in units}
    lists = [read_staff(one.rows, (path.name, one.name), names) for one in sheets if one.what == STAFF_MARK]
    faults += _editions(sheets, path.name) + _twice(sheets, path.name)
    for one in sheets:
        faults += unseen(one.whole, HEADINGS[one.what == STAFF_MARK], (path.name, one.name))
    faults += [fault for found in read for fault in found.faults] + [fault for one in lists for fault in one.faults]
    if faults:
        raise DataError(faults)
    return Form(
        edition,
        tuple(names),
        _frame([row for unit in read for row in unit.answers], ["place", "question", "answer", "comment"]),
        _frame([row for unit in read for row in unit.last_year], ["place", "question", "answer"]),
        _frame([row for one in lists for row in one.people], list(STAFF_COLUMNS)),
        tuple(line for one in sheets for line in told_of(one.name, one.whole)),
        _where(units, read, sheets),
    )


def _where(units: list[_Sheet], read: list[UnitRead], sheets: list[_Sheet]) -> dict[tuple[str, str], str]:
    """Return where every answer stands by place and question, and the staff list's sheet by place and ""."""
    cells = {(unit.what, name): cell for unit, one in zip(units, read, strict=True) for name, cell in one.where.items()}
    return cells | {(unit.what, ""): one.name for one in sheets if one.what == STAFF_MARK for unit in units}


def _frame(rows: list[dict[str, object]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    numbers = [name for name in ("degree", "hours", "days_away") if name in columns]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def _known_sheets(sheets: Mapping[str, Sheet], file: str, folder: Path | None) -> tuple[list[_Sheet], Faults]:
    """Return the sheets that are part of the form, and a fault for each that only seems to be."""
    places, known, faults = all_places(folder), list[_Sheet](), Faults()
    for name, sheet in sheets.items():
        rows = sheet.rows
        first = shown(rows.get(1, [None])[0])
        found = MARK.fullmatch(first)
        if found and (found[2] == STAFF_MARK or found[2] in places):
            known.append(_Sheet(name, found[1], found[2], rows, sheet))
        elif found or first.startswith("ÖJ 2") or find_header(rows, COLUMNS, {"id", "answer"}):
            shape = mark("2015", "0184")
            rule = f"säger inte vilken kommun bladet gäller; där ska stå utgåva och kommunkod, till exempel ”{shape}”"
            faults.append(Fault(file, None, f"{name} A1", first, rule))
    if not known and faults:
        raise DataError(faults)
    if not any(sheet.what != STAFF_MARK for sheet in known):
        raise UserError(f"{file} är inget formulär från oj survey form: inget blad har en kommuns frågor.")
    return known, faults


def _editions(sheets: list[_Sheet], file: str) -> Faults:
    rule = f"hör till en annan utgåva än bladet ”{sheets[0].name}”, som gäller {sheets[0].edition}"
    other = [sheet for sheet in sheets if sheet.edition != sheets[0].edition]
    return [Fault(file, None, f"{sheet.name} A1", mark(sheet.edition, sheet.what), rule) for sheet in other]


def _twice(sheets: list[_Sheet], file: str) -> Faults:
    """Return a fault for each sheet that says the same of itself as one before it."""
    first: dict[str, str] = {}
    faults = []
    for sheet in sheets:
        if sheet.what in first:
            rule = f"gäller samma som bladet ”{first[sheet.what]}”; ett av dem ska bort"
            faults.append(Fault(file, None, f"{sheet.name} A1", mark(sheet.edition, sheet.what), rule))
        first.setdefault(sheet.what, sheet.name)
    return faults
