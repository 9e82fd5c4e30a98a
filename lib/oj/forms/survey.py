"""The survey as an Excel workbook that a county's municipalities fill in: a guide, a sheet each, and a staff list."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from oj.facts.editions import domain_of, edition_folder
from oj.facts.places import Place, slug
from oj.forms import style
from oj.forms.guide import guide_sheet
from oj.forms.survey_sheets import Lists, staff_sheet, unit_sheet
from oj.sources.files.cells import letter
from oj.sources.files.edge import saved, write_new
from oj.sources.survey.layout import GUIDE, LISTS, STAFF, YES_NO, asked
from oj.sources.survey.questions import TENURES
from oj.words.errors import UserError

LONGEST_NAME = 31  # signs in the name of an Excel sheet
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # signs that it may not have


def form_name(county: Place, edition: str) -> str:
    """Return what the survey's workbook of a county and an edition is called."""
    return f"{slug(county.short)}-enkat-{edition}.xlsx"


def write_form(units: Sequence[Place], target: Path, edition: str = "", folder: Path | None = None) -> None:
    """Write the survey's workbook for the units that answer, the same bytes for the same survey, to a new file."""
    if not units:
        raise UserError("Det finns ingen kommun att göra ett formulär för.")
    folder = edition_folder(folder, edition)
    write_new(target, saved(form(units, edition, folder), datetime(int(folder.name), 1, 1)))


def form(units: Sequence[Place], edition: str = "", folder: Path | None = None) -> Any:
    """Return the survey's workbook, as openpyxl has it, for the units that answer."""
    book, domain = Workbook(), domain_of(folder).name.lower()
    edition = edition_folder(folder, edition).name
    book.properties.title = f"Enkät, Öppna jämförelser {edition}, {domain}"
    book.properties.creator, book.properties.language = "oj", "sv-SE"
    names = tuple(unit.name for unit in units)
    lists = _lists(names, edition, folder)
    book.active.title = GUIDE
    guide_sheet(book.active, "survey", {"edition": edition, "domain": domain}, colour=style.BLACK)
    for unit, name in zip(units, sheet_names(names), strict=True):
        unit_sheet(book.create_sheet(name), unit, edition, lists, folder)
    staff_sheet(book.create_sheet(STAFF), edition, lists, names, folder)
    _write_lists(book.create_sheet(LISTS), lists)
    return book


def sheet_names(names: Sequence[str]) -> list[str]:
    """Return names that Excel takes for sheets: without forbidden signs, at most 31 signs, no two alike.

    >>> sheet_names(["Solna", "solna", "Mark/Kinna"])
    ['Solna', 'solna 2', 'Mark Kinna']
    """
    taken = {name.casefold() for name in (GUIDE, STAFF, LISTS, "History")}
    given = []
    for name in names:
        plain = " ".join(FORBIDDEN.sub(" ", name).strip("' ").split()) or "Blad"
        candidate, number = plain[:LONGEST_NAME].strip("' "), 1
        while candidate.casefold() in taken:
            number += 1
            ending = f" {number}"
            candidate = plain[: LONGEST_NAME - len(ending)].strip("' ") + ending
        taken.add(candidate.casefold())
        given.append(candidate)
    return given


def _lists(units: tuple[str, ...], edition: str, folder: Path | None) -> Lists:
    """Return where on the hidden sheet each drop-down has its alternatives, by their labels.

    A list written in the cell itself may have 255 signs and no comma; the alternatives have both.
    """
    choices = [tuple(one.alternatives.values()) for one in asked(edition, folder).values() if one.kind == "choice"]
    unique = dict.fromkeys([*choices, units, tuple(YES_NO.values()), tuple(TENURES)])
    return {labels: f"{LISTS}!${letter(at)}$1:${letter(at)}${len(labels)}" for at, labels in enumerate(unique)}


def _write_lists(sheet: Any, lists: Lists) -> None:
    for column, labels in enumerate(lists, start=1):
        for row, label in enumerate(labels, start=1):
            sheet.cell(row, column, label)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
