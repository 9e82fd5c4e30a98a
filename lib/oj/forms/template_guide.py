"""Our own workbook for a county's results: the first sheet, which says what it is and how it is filled in."""

from collections.abc import Mapping, Sequence
from typing import Any

from oj.facts.places import Place, shell_word
from oj.forms import style
from oj.words.swedish import genitive, listing
from oj.words.vocabulary import STATUSES

FILLING = "Så fyller ni i"
TITLE, WIDTH, SIGN_WIDTH = "Läs först", 92, 16
TEXTS = {
    "Vad det är": [
        "Här fyller ni i {county} resultat i Öppna jämförelser {edition} av {domain}: ett blad för "
        "varje område, en rad för varje kommun och en kolumn för varje indikator.",
    ],
    FILLING: [
        "Skriv bara i rutorna med gul botten; resten är låst, utan lösenord. Fyll i det ni har. Ni kan klistra in "
        "värden från en annan tabell: Redigera, Klistra in special, Värden.",
        "Kommunernas svar väljs i listan: Ja eller Nej{also}. På raderna för länet och riket "
        "skrivs i stället andelen kommuner som svarat Ja, i procent.",
        "Andelar är formaterade som procent: skriv 59 så står det 59 %. Timmar och antal skrivs som tal, till exempel "
        "2,7.",
        "En tom ruta på en rad som annars är ifylld betyder bortfall. En rad eller en kolumn som är helt tom läses "
        "inte alls.",
    ],
    "När något inte är en siffra": [],
    "Var rädd om enskilda": [
        "Uppgifter om 1–3 personer, eller om färre än 20, ska döljas med ett x. Täljare och nämnare fylls inte i här. "
        "Har ni dem, läs in en CSV-fil med kolumnerna indikator, kommun, värde, täljare och nämnare i stället.",
    ],
    "När ni är klara": [
        "Spara filen som Excel-arbetsbok (.xlsx), utan lösenord och makron. Lägg den i projektets mapp och skriv "
        "make import FILE=filens-namn.xlsx DRY_RUN=1 för att se vad som läses, och sedan samma sak utan DRY_RUN=1.",
        "Är något fel ifyllt står det där, med blad och ruta, alla fel på en gång. Inget läses in förrän allt stämmer.",
        "Rapporten byggs sedan med make report COUNTY={short}.",
    ],
}
DISTRICTS = (
    "I {cities} svarade stadsdelarna var för sig. Fyll i deras rader; stadens egen rad är för det som bara redovisas "
    "för hela staden."
)
LACKING = ("suppressed", "secret", "small_base", "missing", "not_applicable", "withheld")


def guide_sheet(sheet: Any, county: Place, told: Mapping[str, str], cities: Sequence[str]) -> None:
    """Write the first sheet: what the workbook is, how it is filled in, and what its signs mean.

    `told` are the edition, the name of its domain and the `middle`, what some questions can be answered with between
    Ja and Nej; `cities` are the county's municipalities whose districts answer.
    """
    sheet.title = TITLE
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = SIGN_WIDTH, WIDTH - SIGN_WIDTH
    also = f", för några frågor också {told['middle']}" if told["middle"] else ""
    words = {**told, "county": genitive(county.name), "short": shell_word(county.short), "also": also}
    row = _line(sheet, 1, f"Öppna jämförelser {told['edition']}: {county.name}", size=16)
    for title, texts in TEXTS.items():
        row = _line(sheet, row, title, size=13)
        for text in texts:
            row = _line(sheet, row, text.format(**words))
        if title == FILLING and cities:
            row = _line(sheet, row, DISTRICTS.format(cities=listing(cities)))
        if not texts:
            row = _signs(sheet, row)
    style.page(sheet)
    style.protect(sheet)


def _line(sheet: Any, row: int, text: str, size: float = 11) -> int:
    """Write a text over both columns and return the next row's number."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    title = size > 11
    style.write(sheet.cell(row, 1), text, bold=title, size=size, colour=style.DARK if title else "000000")
    sheet.row_dimensions[row].height = 26 if title else style.height((text, WIDTH)) + 3
    return row + 1


def _signs(sheet: Any, row: int) -> int:
    """Write what each sign means, and return the next row's number."""
    for name in LACKING:
        status = STATUSES[name]
        told = status.sentence.split(":", 1)[-1].strip()
        style.write(sheet.cell(row, 1), status.sign, bold=True)
        style.write(sheet.cell(row, 2), told[:1].upper() + told[1:])
        sheet.row_dimensions[row].height = style.height((told, WIDTH - SIGN_WIDTH)) + 3
        row += 1
    return row
