"""The staff list in the survey's workbook to one row for each case worker."""

from collections.abc import Mapping
from math import nan

from oj.sources.files.cells import Cell, CellError, is_empty, number, text
from oj.sources.survey.layout import LIMITS, STAFF_COLUMNS, YES_NO
from oj.sources.survey.parts import Part, Row
from oj.sources.survey.questions import TENURES
from oj.sources.survey.units import choice
from oj.words.errors import Fault

TOLD = {
    "degree": "ska vara procent av heltid, 0–100, till exempel 75",
    "hours": "ska vara timmarna i oktober, 0–744",
    "days_away": "ska vara antalet dagar, 0–61",
}
YES_NO_CODES = {str(value): label for value, label in YES_NO.items()}


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
