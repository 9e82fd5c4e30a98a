"""The survey's workbook: the first sheet, which says what it is and how it is filled in."""

from typing import Any

from oj.forms import style
from oj.forms.style import height, write
from oj.sources.survey.layout import GUIDE, STAFF

WIDTH = 92
TEXTS = {
    "Vad det är": [
        "Här svarar länets kommuner på enkäten bakom Öppna jämförelser {edition}, en kommun eller stadsdel på varje "
        "blad. Ur svaren räknas indikatorerna fram med samma regler som i källan.",
        "Filen är preliminärt arbetsmaterial. Den är till för er egen analys innan resultaten är publicerade, och det "
        "som räknas ur den ersätter inte publicerade resultat.",
    ],
    "Så fyller ni i": [
        "Öppna bladet med kommunens namn. Skriv bara i de inramade rutorna med gul botten; resten är låst, utan "
        "lösenord.",
        "Välj svaret i listan som fälls ut när ni ställer er i rutan. Antal skrivs som tal, till exempel 12,5. Är "
        "frågan öppen skriver ni med egna ord.",
        "En tom ruta betyder att frågan är obesvarad. Skriv gärna skälet under Kommentar.",
        "Svaret året före finns bara för överenskommelserna. Har kommunen en överenskommelse som inte är följd upp, "
        "men svarade Nej året före, måste den vara ny, och då rättas svaret till Ja.",
        "På bladet {staff} kan ni fylla i en rad för varje handläggare; då räknas årsarbetarna åt er. Skriv inga namn, "
        "personnummer eller annat som pekar ut någon.",
        "Blad får byta namn och flyttas till en annan arbetsbok. Ett blad som tas bort räknas som att kommunen inte "
        "har svarat. Egna blad går bra; de läses inte.",
    ],
    "Vet ej och Ej aktuellt": [
        "Vet ej finns för frågorna om antal. Då går det som bygger på antalet inte att räkna fram, och resultatet blir "
        "bortfall. Gissa inte, och skriv inte 0 när antalet är okänt.",
        "Ej aktuellt finns bara där det står i listan, och bara för det skäl som står där. Det är inte detsamma som "
        "Nej, och inte detsamma som att svaret är okänt: då lämnas rutan tom.",
    ],
    "När alla har svarat": [
        "Spara filen som Excel-arbetsbok (.xlsx), utan lösenord och makron, och skicka den till den som samordnar "
        "enkäten i länet.",
        "Den som samordnar gör den preliminära rapporten i projektets mapp, med kommandot make survey-results "
        "FILE=filens-namn.xlsx eller, utan make, oj survey results filens-namn.xlsx. Är något ifyllt fel står det där, "
        "med blad och ruta, alla fel på en gång.",
        "Utgåva: {edition}.",
    ],
}


def guide_sheet(sheet: Any, edition: str, domain: str) -> None:
    """Write the first sheet: what the workbook is and how it is filled in; `domain` is a domain's name."""
    sheet.title = GUIDE
    sheet.column_dimensions["A"].width = WIDTH
    write(sheet["A1"], f"Enkät till Öppna jämförelser {edition}: {domain.lower()}", bold=True, size=16)
    sheet.row_dimensions[1].height = 26
    row = 2
    for title, texts in TEXTS.items():
        write(sheet.cell(row, 1), title, bold=True, size=13, colour=style.DARK)
        sheet.row_dimensions[row].height = 26
        for number, text in enumerate(texts, start=row + 1):
            told = text.format(edition=edition, staff=STAFF)
            write(sheet.cell(number, 1), told)
            sheet.row_dimensions[number].height = height((told, WIDTH)) + 3
        row += 1 + len(texts)
    style.page(sheet)
    style.protect(sheet)
