"""Skåne with three domains: two made workbooks that are read in, and key figures as a fetch would leave them."""

from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from conftest import DATA, DOMAIN
from oj.cli import run
from oj.facts.editions import domain_folder, using
from oj.facts.questions import questions
from oj.sources.kolada.values import COLUMNS, Fetched, write_key_figures

YEAR, OTHER, FETCHED_OF = "2021", "missbruk", "lss"
PLACES = {"1214": "Svalöv", "1280": "Malmö", "1281": "Lund", "1285": "Eslöv"}
REGIONS = {"00": "Riket", "12": "Skåne län"}
TITLES = {DOMAIN: "barn- och ungdomsvård", OTHER: "missbruk och beroende"}
ANSWERS = {  # of the nation, of Skåne, and of each municipality in order
    DOMAIN: {
        "information-sip": ["60 %", "40 %", "Nej", "Ja", "", "Nej"],
        "plan-personal": ["50 %", "45 %", "Ja", "Nej", "Ja", "Nej"],
        "familjehemmens-plan": ["50 %", "45 %", "Nej", "Nej", "Ja", "Ja"],
        "uppfattning-myndighetsutovning": ["50 %", "30 %", "Nej", "Nej", "Ja", "Nej"],
    },
    OTHER: {
        "information-sip": ["60 %", "50 %", "Nej", "Nej", "Nej", "x"],
        "plan-personal": ["50 %", "90 %", "Nej", "Nej", "Nej", "Ja"],
        "brukarrevision-genomford": ["50 %", "50 %", "Ja", "Ja", "Ja", "Ja"],
    },
}
NUMBERS = {  # of the nation and of each municipality; none where it lacks one
    "samlad-plan-boende": [50, 30, 45, 20, None],
    "samlad-plan-daglig-verksamhet": [50, 30, 41, 20, None],
    "kompetensplaner-boende": [50, 80, 60, 20, None],
    "uppfattning-boende": [50, 10, 60, 60, None],
}


def add_three(data: Path, room: Path) -> None:
    """Read the two workbooks into a copy of data/, and write the key figures there."""
    with using(data):
        for domain in ANSWERS:
            assert run(["import", str(write_book(room / f"{domain}.xlsx", domain)), "--domain", domain]) == 0
    write_numbers(data, NUMBERS)


def write_book(path: Path, domain: str) -> Path:
    """Write a domain's workbook: a title and a year over each column, a row for each place."""
    made, known = Workbook(), questions(domain_folder(DATA, domain))
    sheet = made.worksheets[0]
    sheet.title = "Resultat"
    asked = ANSWERS[domain]
    sheet.append([f"Öppna jämförelser {YEAR}, {TITLES[domain]}"])
    sheet.append([None, None, *(known[name].title for name in asked)])
    sheet.append(["Kod", "Kommun", *(int(YEAR) for _ in asked)])
    for at, (code, name) in enumerate({**REGIONS, **PLACES}.items()):
        sheet.append([code, name, *(told[at] or None for told in asked.values())])
    made.save(path)
    return path


def write_numbers(data: Path, numbers: dict[str, list[int | None]]) -> None:
    """Write key figures of 2022, and other ones of 2019, in the nation and the municipalities."""
    rows = [
        (name, place, year, "total", value if year == 2022 else 1.0, "observed", 1, "", "kolada")
        for name, told in numbers.items()
        for year in (2019, 2022)
        for place, value in zip(("00", *PLACES), told, strict=True)
        if value is not None
    ]
    told = Fetched(
        county="12", address="https://api.kolada.se/v3/", fetched="2026-11-22", stopped=[], groups=[], answers=[]
    )
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"value": "float64"})
    write_key_figures({"skane": (table, told)}, domain_folder(data, FETCHED_OF))
