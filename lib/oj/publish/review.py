"""The review list for people: `granskning.xlsx`, with what was found in a form and what is published otherwise."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from oj.catalog import indicators
from oj.places import Place
from oj.results import display
from oj.sources.survey import Question

ABOUT = (
    "Granskning av en ifylld enkät. Inget är rättat; gå igenom listorna med kommunerna och ändra i enkätfilen.",
    "Bladet Granskning: ”antal som inte går ihop” är tal som inte kan stämma med varandra, ”motsägelse” är svar som "
    "säger emot varandra, ”lucka” är det som saknas och gör att ett resultat blir bortfall eller Nej, och "
    "”kommentar” är det ni själva har skrivit.",
    "Bladet Skillnader: där svaren ger något annat än det som redan är publicerat för samma utgåva. Ur svaren är det "
    "som reglerna ger, Publicerat det som står i källan. En plats utan publicerade resultat finns inte där.",
)


def listed(
    found: pd.DataFrame, answers: pd.DataFrame, asked: Mapping[str, Question], places: Mapping[str, Place]
) -> pd.DataFrame:
    """Return the review list for people: Kommun, Avsnitt, Fråga, Svar, Slag and Iakttagelse."""
    given = {(row.place, row.question): row.answer for row in answers.itertuples()}

    def said(place: str, question: str) -> str:
        answer = given.get((place, question))
        if answer is None or pd.isna(answer):
            return ""
        return asked[question].alternatives.get(str(answer), str(answer).replace(".", ","))

    rows = [
        (places[row.place].name, asked[row.question].title, asked[row.question].text, said(row.place, row.question),
         row.kind, row.finding)
        for row in found.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Kommun", "Avsnitt", "Fråga", "Svar", "Slag", "Iakttagelse"])


def differing(found: pd.DataFrame, places: Mapping[str, Place], folder: Path | None) -> pd.DataFrame:
    """Return where the form gives something else than what is published: Plats, Indikator, Ur svaren, Publicerat."""
    known = indicators(folder)
    rows = [
        (places[row.place].name, known[row.indicator].title, *(
            display(known[row.indicator], value, answer if isinstance(answer, str) else "", status)
            for value, answer, status in ((row.value, row.answer, row.status),
                                          (row.published_value, row.published_answer, row.published_status))))
        for row in found.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Plats", "Indikator", "Ur svaren", "Publicerat"])


def write_review(listed: pd.DataFrame, otherwise: pd.DataFrame, target: Path, edition: str) -> None:
    """Write the review list and the differences from what is published as a workbook, the same bytes each time."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    from oj.sources.xlsx import saved

    book = Workbook()
    about = book.active
    about.title, about.column_dimensions["A"].width = "Läs först", 100
    for text in ABOUT:
        about.append([text])
        about.cell(about.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    for title, table in (("Granskning", listed), ("Skillnader", otherwise)):
        _write_sheet(book.create_sheet(title), table)
    target.write_bytes(saved(book, datetime(int(edition), 1, 1)))


def _write_sheet(sheet: Any, table: pd.DataFrame) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    rows: Sequence[Sequence[str]] = [list(table.columns), *table.to_numpy().tolist()]
    for row in rows:
        sheet.append(list(row))
    for number, name in enumerate(table.columns, start=1):
        longest = max(len(str(value)) for value in [name, *table[name]])
        sheet.column_dimensions[get_column_letter(number)].width = min(max(12, longest + 2), 60)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
