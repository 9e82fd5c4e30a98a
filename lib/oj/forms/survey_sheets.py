"""The survey's workbook: the sheet that one municipality or district answers on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from oj.facts.places import Place
from oj.forms import style
from oj.forms.style import height, open_cell, write, write_key
from oj.sources.survey.layout import COLUMNS, asked, asked_of_last_year, mark
from oj.sources.survey.questions import Question

WIDTHS = {"A": 4, "B": 43, "C": 25, "D": 17, "E": 19}
WHOLE = WIDTHS["B"] + WIDTHS["C"] + WIDTHS["D"] + WIDTHS["E"]
HEADER_ROW = 3
NUMBER_TOLD = "Skriv ett tal som är 0 eller större, till exempel 12,5, eller Vet ej."


@dataclass(frozen=True)
class Lists:
    """Where the alternatives of each drop-down stand, by their labels, and the names of the units."""

    references: Mapping[tuple[str, ...], str]
    units: tuple[str, ...]


def unit_sheet(sheet: Any, unit: Place, edition: str, lists: Lists, folder: Path | None = None) -> None:
    """Write the sheet that one municipality or district answers on."""
    _head(sheet, unit, edition)
    corrected, rules, row = asked_of_last_year(edition, folder), dict[str, Any](), HEADER_ROW
    for row, (kind, question) in enumerate(_entries(asked(edition, folder)), start=HEADER_ROW + 1):
        if kind == "section":
            _section(sheet, row, question)
        else:
            _question(sheet, row, question, last_year=question.id in corrected)
            _rule(sheet, row, question, lists, rules)
    sheet.print_area = f"B1:E{row}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    style.page(sheet)
    style.protect(sheet)


def _entries(known: Mapping[str, Question]) -> Iterator[tuple[str, Question]]:
    """Yield what the rows are about: a section, then its questions."""
    for _section, group in groupby(known.values(), key=lambda one: one.section):
        questions = list(group)
        yield "section", questions[0]
        yield from (("question", question) for question in questions)


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
        write(sheet.cell(HEADER_ROW, column), title, bold=True, colour="FFFFFF")
        style.fill(sheet.cell(HEADER_ROW, column), style.DARK)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1)


def _section(sheet: Any, row: int, question: Question) -> None:
    """Write a section's title and explanation across the page, in one cell so that no page parts them."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=len(WIDTHS))
    title, about = InlineFont(rFont=style.FONT, b=True, sz=13, color=style.DARK), InlineFont(rFont=style.FONT, sz=10.5)
    write(sheet.cell(row, 2), CellRichText(TextBlock(title, f"{question.title}\n"), TextBlock(about, question.about)))
    style.fill(sheet.cell(row, 2), style.PALE)
    sheet.row_dimensions[row].height = height((f"{question.title}\n{question.about}", WHOLE)) + 4


def _question(sheet: Any, row: int, question: Question, *, last_year: bool) -> None:
    """Write a question with its open cells, the row high enough for its longest alternative."""
    write_key(sheet.cell(row, 1), question.id)
    write(sheet.cell(row, 2), question.text)
    style.frame(sheet.cell(row, 2))
    for column, name in enumerate(COLUMNS, start=1):
        if name in ("answer", "comment") or (name == "last_year" and last_year):
            open_cell(sheet.cell(row, column))
    style.frame(sheet.cell(row, 4))
    answers = [(label, width) for label in question.alternatives.values() for width in _answer_widths(last_year)]
    sheet.row_dimensions[row].height = height((question.text, WIDTHS["B"]), *answers)


def _answer_widths(last_year: bool) -> list[float]:
    return [WIDTHS["C"], WIDTHS["D"]] if last_year else [WIDTHS["C"]]


def _rule(sheet: Any, row: int, question: Question, lists: Lists, rules: dict[str, Any]) -> None:
    """Let a question's open cells take only what answers it; `rules` are the sheet's drop-downs so far."""
    answer, last_year = sheet.cell(row, 3), sheet.cell(row, 4)
    if question.kind == "number":
        at = answer.coordinate
        rule = style.numeric(f'OR(AND(ISNUMBER({at}),{at}>=0),{at}="Vet ej")', NUMBER_TOLD)
        sheet.add_data_validation(rule)
        rule.add(at)
    if question.kind == "choice":
        reference = lists.references[tuple(question.alternatives.values())]
        if reference not in rules:
            rules[reference] = style.drop_down(reference)
            sheet.add_data_validation(rules[reference])
        for cell in (answer, last_year):
            if not cell.protection.locked:
                rules[reference].add(cell.coordinate)
