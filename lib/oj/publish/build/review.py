"""The review list for people: `granskning.xlsx`, with what was found in a form and what is published otherwise."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from oj.facts.editions import edition_folder
from oj.facts.places import Place
from oj.forms import style
from oj.sources.files.cells import shown
from oj.sources.survey.questions import Question
from oj.tidy.measures import of_edition
from oj.words.frames import each_row

ABOUT = (
    "Granskning av en ifylld enkät. Inget är rättat; gå igenom listorna med kommunerna och ändra i enkätfilen.",
    "Bladet Granskning: Ruta säger var svaret står i enkätfilen, med blad och ruta. ”Antal som inte går ihop” är tal "
    "som inte kan stämma med varandra; det som skulle ha räknats ur dem visas inte. ”Motsägelse” är svar som säger "
    "emot varandra, ”lucka” är det som saknas och gör att ett resultat blir bortfall eller Nej, och "
    "”kommentar” är det ni själva har skrivit.",
    "Bladet Skillnader: där svaren ger något annat än det som redan är publicerat för samma utgåva. Ur svaren är det "
    "som reglerna ger, Publicerat det som står i källan. En plats utan publicerade resultat finns inte där.",
)


def listed(
    found: pd.DataFrame,
    answers: pd.DataFrame,
    asked: Mapping[str, Question],
    places: Mapping[str, Place],
    where: Mapping[tuple[str, str], str],
) -> pd.DataFrame:
    """Return the review list for people: Kommun, Ruta, Avsnitt, Fråga, Svar, Slag and Iakttagelse.

    `where` has the sheet and cell of an answer by place and question.
    """
    given = {(row.place, row.question): row.answer for row in each_row(answers)}

    def said(place: str, question: str) -> str:
        answer = given.get((place, question))
        if answer is None or pd.isna(answer):
            return ""
        return asked[question].alternatives.get(str(answer), shown(answer))

    rows = [
        (places[row.place].name, where.get((row.place, row.question), ""), asked[row.question].title,
         asked[row.question].text, said(row.place, row.question), row.kind, row.finding)
        for row in each_row(found)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Kommun", "Ruta", "Avsnitt", "Fråga", "Svar", "Slag", "Iakttagelse"])


def differing(found: pd.DataFrame, places: Mapping[str, Place], folder: Path | None) -> pd.DataFrame:
    """Return where the form gives something else than what is published: Plats, Indikator, Ur svaren, Publicerat."""
    known = of_edition(edition_folder(folder))
    rows = [
        (places[row.place].name, known[row.indicator].title, *(
            known[row.indicator].shown(value, answer if isinstance(answer, str) else "", status)
            for value, answer, status in ((row.value, row.answer, row.status),
                                          (row.published_value, row.published_answer, row.published_status))))
        for row in each_row(found)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Plats", "Indikator", "Ur svaren", "Publicerat"])


def write_review(listed: pd.DataFrame, otherwise: pd.DataFrame, target: Path, edition: str) -> None:
    """Write the review list and the differences from what is published as a workbook, the same bytes each time."""
    from openpyxl import Workbook

    from oj.sources.files.edge import saved

    book = Workbook()
    book.active.title = "Läs först"
    _write_rows(book.active, [[text] for text in ABOUT], [100])
    for title, table in (("Granskning", listed), ("Skillnader", otherwise)):
        _write_table(book.create_sheet(title), table)
    target.write_bytes(saved(book, datetime(int(edition), 1, 1)))


def _write_table(sheet: Any, table: pd.DataFrame) -> None:
    """Write a table with its headings, each column as wide as it needs, within limits."""
    longest = [max(len(str(value)) for value in [name, *table[name]]) for name in table.columns]
    widths = [min(max(12, size + 2), 60) for size in longest]
    _write_rows(sheet, [list(table.columns), *table.to_numpy().tolist()], widths, bold=1)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _write_rows(sheet: Any, rows: Sequence[Sequence[str]], widths: Sequence[int], bold: int = 0) -> None:
    """Write rows of texts, the first `bold` of them headings, high enough to be read whole and as wide as the paper."""
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for at, row in enumerate(rows, start=1):
        for number, text in enumerate(row, start=1):
            style.write(sheet.cell(at, number), text, bold=at <= bold)
        sheet.row_dimensions[at].height = style.height(*zip(map(str, row), map(float, widths), strict=True)) + 3
    style.page(sheet, landscape=True)
