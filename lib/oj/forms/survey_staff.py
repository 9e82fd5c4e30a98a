"""The survey's workbook: the staff list, a row for each case worker, without names."""

from typing import Any

from oj.forms import style
from oj.forms.style import height, open_cell, write, write_key
from oj.forms.survey_sheets import Lists
from oj.sources.survey.layout import LIMITS, STAFF, STAFF_COLUMNS, STAFF_MARK, YES_NO, mark
from oj.sources.survey.questions import TENURES

WIDTHS = {"place": 24, "degree": 20, "hours": 16, "days_away": 18, "on_leave": 13, "qualified": 12, "social_work": 16,
          "tenure": 20}  # fmt: skip
HEADER_ROW, FIRST, FRAMED, LAST = 7, 8, 100, 5000  # rows; those below the framed ones may be filled in too
TEXTS = (
    "Skriv en rad för varje handläggare: dem som utreder, planerar och följer upp insatser eller gör "
    "förhandsbedömningar, även vikarier, men inte chefer med verksamhets-, personal- och budgetansvar.",
    "Skriv inga namn, personnummer, titlar eller annat som pekar ut någon. Välj kommun, och fyll i antingen "
    "sysselsättningsgrad eller, för den som har timlön, timmarna i oktober.",
    "Socionom ska alltid fyllas i. För en socionom behövs också de två sista kolumnerna. Erfarenhet räknas som "
    "handläggare i barn- och ungdomsvården. Tjänstlediga och de som var lediga minst 30 dagar räknas bort åt er.",
    "Vet ni inte allt detta, lämna bladet tomt och svara på frågorna om antal på kommunens blad.",
)


def staff_sheet(sheet: Any, edition: str, lists: Lists) -> None:
    """Write the sheet with a row for each case worker."""
    write_key(sheet["A1"], mark(edition, STAFF_MARK))
    write(sheet["A2"], STAFF, bold=True, size=16)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 9, 26
    whole = sum(WIDTHS.values())
    for row, text in enumerate(TEXTS, start=3):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(STAFF_COLUMNS))
        write(sheet.cell(row, 1), text)
        sheet.row_dimensions[row].height = height((text, whole))
    _columns(sheet)
    _rules(sheet, lists)
    sheet.freeze_panes = sheet.cell(FIRST, 1)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    style.page(sheet, landscape=True)
    style.protect(sheet)
    sheet.protection.sort = sheet.protection.deleteRows = sheet.protection.insertRows = False


def _columns(sheet: Any) -> None:
    """Write the header and the open cells: whole columns are open, the first rows are framed."""
    from openpyxl.styles import Protection

    for column, (name, title) in enumerate(STAFF_COLUMNS.items(), start=1):
        header = sheet.cell(HEADER_ROW, column)
        write(header, title, bold=True, colour="FFFFFF")
        style.fill(header, style.DARK)
        style.frame(header)
        whole = sheet.column_dimensions[header.column_letter]
        whole.width, whole.protection = WIDTHS[name], Protection(locked=False)
        for row in range(FIRST, FIRST + FRAMED):
            open_cell(sheet.cell(row, column))
    sheet.row_dimensions[HEADER_ROW].height = max(
        height((title, WIDTHS[name])) for name, title in STAFF_COLUMNS.items()
    )


def _rules(sheet: Any, lists: Lists) -> None:
    """Let each column take only what belongs there."""
    yes_no = lists.references[tuple(YES_NO.values())]
    choices = {"place": lists.references[lists.units], "tenure": lists.references[tuple(TENURES)]}
    choices |= dict.fromkeys(("on_leave", "qualified", "social_work"), yes_no)
    for column, name in enumerate(STAFF_COLUMNS, start=1):
        first = sheet.cell(FIRST, column)
        if name in choices:
            rule = style.drop_down(choices[name])
        else:
            at, least = first.coordinate, 1 if name == "degree" else 0
            rule = style.numeric(f"AND(ISNUMBER({at}),{at}>={least},{at}<={LIMITS[name]:.0f})", _told(name))
        sheet.add_data_validation(rule)
        rule.add(f"{first.coordinate}:{first.column_letter}{LAST}")


def _told(name: str) -> str:
    limit = f"{LIMITS[name]:.0f}"
    return {
        "degree": f"Skriv procenten, högst {limit} och utan procenttecken: 75 för den som arbetar tre fjärdedelar.",
        "hours": f"Skriv timmarna i oktober, högst {limit}. Bara för den som har timlön.",
        "days_away": f"Skriv antalet dagar, högst {limit}.",
    }[name]
