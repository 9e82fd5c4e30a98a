"""The survey's workbook: the sheet that one municipality or district answers on, and the staff list, without names."""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Protection

from oj.facts.editions import domain_of
from oj.facts.places import Place
from oj.forms import style
from oj.forms.guide import texts
from oj.forms.style import height, open_cell, write, write_key
from oj.sources.survey import layout
from oj.sources.survey.layout import COLUMNS, STAFF_COLUMNS, mark, staff_titles
from oj.sources.survey.questions import TENURES, Question

Lists = Mapping[tuple[str, ...], str]  # where the alternatives of each drop-down stand, by their labels
WIDTHS = {"A": 4, "B": 43, "C": 25, "D": 17, "E": 19}
HEADER_ROW = 3
NUMBER_TOLD = "Skriv ett tal som är 0 eller större, till exempel 12,5, eller Vet ej."
STAFF_WIDTHS = {"place": 24, "degree": 20, "hours": 16, "days_away": 18, "on_leave": 13, "qualified": 12,
                "social_work": 16, "tenure": 20}  # fmt: skip
STAFF_HEADER, FIRST, FRAMED, LAST = 7, 8, 100, 5000  # rows; those below the framed ones may be filled in too
TOLD = {
    "degree": "Skriv procenten, högst {most:.0f} och utan procenttecken: 75 för den som arbetar tre fjärdedelar.",
    "hours": "Skriv timmarna i oktober, högst {most:.0f}. Bara för den som har timlön.",
    "days_away": "Skriv antalet dagar, högst {most:.0f}.",
}


def unit_sheet(sheet: Any, unit: Place, edition: str, lists: Lists, folder: Path | None = None) -> None:
    """Write the sheet that one municipality or district answers on."""
    _head(sheet, unit, edition)
    corrected, rules, row = layout.asked_of_last_year(edition, folder), dict[str, Any](), HEADER_ROW
    for _section, questions in groupby(layout.asked(edition, folder).values(), key=lambda one: one.section):
        for at, question in enumerate(questions):
            if not at:
                row += 1
                _write_section(sheet, row, question)
            row += 1
            _question(sheet, row, question, last_year=question.id in corrected)
            _rule(sheet, row, question, lists, rules)
    sheet.print_area = f"B1:E{row}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    style.page(sheet)
    style.protect(sheet)


def _head(sheet: Any, unit: Place, edition: str) -> None:
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    write_key(sheet["A1"], mark(edition, unit.code))
    for row, (text, size) in enumerate(
        [(unit.name, 16.0), (f"Öppna jämförelser {edition} · preliminärt arbetsmaterial", 11.0)], start=1
    ):
        sheet.merge_cells(f"B{row}:E{row}")
        write(sheet.cell(row, 2), text, bold=row == 1, size=size)
        sheet.row_dimensions[row].height = size * 1.6
    key, *titles = COLUMNS.values()
    write_key(sheet.cell(HEADER_ROW, 1), key)
    for column, title in enumerate(titles, start=2):
        style.head(sheet.cell(HEADER_ROW, column), title, style.DARK, style.WHITE, framed=False)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1)


def _write_section(sheet: Any, row: int, first: Question) -> None:
    """Write a section's title and explanation across the page, in one cell so that no page parts them."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=len(WIDTHS))
    title, about = InlineFont(rFont=style.FONT, b=True, sz=13, color=style.DARK), InlineFont(rFont=style.FONT, sz=10.5)
    write(sheet.cell(row, 2), CellRichText(TextBlock(title, f"{first.title}\n"), TextBlock(about, first.about)))
    style.fill(sheet.cell(row, 2), style.PALE)
    whole = sum(WIDTHS.values()) - WIDTHS["A"]
    sheet.row_dimensions[row].height = height((f"{first.title}\n{first.about}", whole)) + 4


def _question(sheet: Any, row: int, question: Question, *, last_year: bool) -> None:
    """Write a question with its open cells, the row high enough for its longest alternative."""
    write_key(sheet.cell(row, 1), question.id)
    write(sheet.cell(row, 2), question.text)
    style.frame(sheet.cell(row, 2))
    for column, name in enumerate(COLUMNS, start=1):
        if name in ("answer", "comment") or (name == "last_year" and last_year):
            open_cell(sheet.cell(row, column))
    style.frame(sheet.cell(row, 4))
    columns = "CD" if last_year else "C"
    answers = [(label, WIDTHS[column]) for label in question.alternatives.values() for column in columns]
    sheet.row_dimensions[row].height = height((question.text, WIDTHS["B"]), *answers)


def _rule(sheet: Any, row: int, question: Question, lists: Lists, rules: dict[str, Any]) -> None:
    """Let a question's open cells take only what answers it; `rules` are the sheet's drop-downs so far."""
    at = sheet.cell(row, 3).coordinate
    if question.kind == "number":
        style.takes(sheet, at, f'OR(AND(ISNUMBER({at}),{at}>=0),{at}="Vet ej")', NUMBER_TOLD)
    if question.kind == "choice":
        reference = lists[tuple(question.alternatives.values())]
        for cell in (sheet.cell(row, 3), sheet.cell(row, 4)):
            if not cell.protection.locked and reference in rules:
                rules[reference].add(cell.coordinate)
            elif not cell.protection.locked:
                rules[reference] = style.takes(sheet, cell.coordinate, reference)


def staff_sheet(sheet: Any, edition: str, lists: Lists, units: tuple[str, ...], folder: Path | None) -> None:
    """Write the sheet with a row for each case worker; `units` are the names of those that answer."""
    the_field = domain_of(folder).the_field or "verksamheten"
    write_key(sheet["A1"], mark(edition, layout.STAFF_MARK))
    write(sheet["A2"], layout.STAFF, bold=True, size=16)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 9, 26
    whole = sum(STAFF_WIDTHS.values())
    for row, text in enumerate(texts("staff"), start=3):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(STAFF_COLUMNS))
        told = text.format(the_field=the_field)
        write(sheet.cell(row, 1), told)
        sheet.row_dimensions[row].height = height((told, whole))
    _staff_columns(sheet, staff_titles(folder))
    _staff_rules(sheet, lists, units)
    sheet.freeze_panes = sheet.cell(FIRST, 1)
    sheet.print_title_rows = f"{STAFF_HEADER}:{STAFF_HEADER}"
    style.page(sheet, landscape=True)
    style.protect(sheet)
    sheet.protection.sort = sheet.protection.deleteRows = sheet.protection.insertRows = False


def _staff_columns(sheet: Any, titles: Mapping[str, str]) -> None:
    """Write the header and the open cells: whole columns are open, the first rows are framed."""
    for column, (name, title) in enumerate(titles.items(), start=1):
        header = sheet.cell(STAFF_HEADER, column)
        style.head(header, title, style.DARK, style.WHITE)
        whole = sheet.column_dimensions[header.column_letter]
        whole.width, whole.protection = STAFF_WIDTHS[name], Protection(locked=False)
        for row in range(FIRST, FIRST + FRAMED):
            open_cell(sheet.cell(row, column))
    sheet.row_dimensions[STAFF_HEADER].height = height(*((titles[name], STAFF_WIDTHS[name]) for name in titles))


def _staff_rules(sheet: Any, lists: Lists, units: tuple[str, ...]) -> None:
    """Let each column take only what belongs there."""
    labels = {"place": units, "tenure": tuple(TENURES)}
    labels |= dict.fromkeys(("on_leave", "qualified", "social_work"), tuple(layout.YES_NO.values()))
    for column, name in enumerate(STAFF_COLUMNS, start=1):
        first = sheet.cell(FIRST, column)
        at, where = first.coordinate, f"{first.coordinate}:{first.column_letter}{LAST}"
        if name in labels:
            style.takes(sheet, where, lists[labels[name]])
        else:
            most, least = layout.LIMITS[name], 1 if name == "degree" else 0
            formula = f"AND(ISNUMBER({at}),{at}>={least},{at}<={most:.0f})"
            style.takes(sheet, where, formula, TOLD[name].format(most=most))
