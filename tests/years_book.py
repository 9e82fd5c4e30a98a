"""A made workbook of several years: what every municipality answered each year, drawn by a seed, and the rest."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from conftest import DOMAIN
from oj.cli import run
from oj.facts.editions import using

PLACES = {"1214": "Svalöv", "1230": "Staffanstorp", "1231": "Burlöv", "1280": "Malmö", "1281": "Lund", "1285": "Eslöv"}
REGIONS = {"00": "Riket", "12": "Skåne län"}
YES_NO, STEPS = ("Ja", "Nej"), ("Ja", "Delvis", "Nej")
LACKING = ("", "x")
Answers = Mapping[tuple[str, str, int], str | float]  # by title, place and year


@dataclass(frozen=True)
class Asked:
    """A question of the workbook: its title, its answers (none of a number), and the years it is asked in."""

    title: str
    answers: tuple[str, ...] = YES_NO
    years: tuple[int, ...] = (2021, 2022, 2023)


QUESTIONS = (
    Asked("Aktuell plan för familjehem"),
    Asked("Rutin när barn placeras utanför kommunen", STEPS),
    Asked("Samordnad planering med skolan", years=(2021, 2023)),
    Asked("Stöd till anhöriga barn", years=(2023,)),
    Asked("Andel handläggare med lång erfarenhet, procent", ()),
)


def drawn(seed: int, lacking: float = 0.1) -> dict[tuple[str, str, int], str | float]:
    """Return what every municipality answers, by chance; some of it is blank or hidden with x."""
    chance = random.Random(seed)
    found: dict[tuple[str, str, int], str | float] = {}
    for one in QUESTIONS:
        for place in PLACES:
            for year in one.years:
                told = chance.choice(one.answers) if one.answers else float(chance.randrange(20, 80))
                found[one.title, place, year] = chance.choice(LACKING) if chance.random() < lacking else told
        if one.answers:  # so that a step is there in every edition
            for step, place in zip(one.answers, PLACES, strict=False):
                found[one.title, place, one.years[0]] = step
    return found


def write_book(path: Path, answers: Answers) -> Path:
    """Write the workbook: a sheet with an area, a title and a year over each column."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Resultat"
    columns = [(one, year) for one in QUESTIONS for year in one.years]
    sheet.append(["Öppna jämförelser 2021–2023, barn- och ungdomsvård"])
    sheet.append([None, None, *("Säker vård och omsorg" for _ in columns)])
    sheet.append([None, None, *(one.title for one, _ in columns)])
    sheet.append(["Kod", "Kommun", *(year for _, year in columns)])
    for code, name in REGIONS.items():
        sheet.append([code, name, *("61 %" if one.answers else 44.0 for one, _ in columns)])
    for code, name in PLACES.items():
        sheet.append([code, name, *(answers[one.title, code, year] or None for one, year in columns)])
    made.save(path)
    return path


def read_in(data: Path, path: Path, *more: str) -> int:
    """Read the workbook into a folder of facts."""
    with using(data):
        return run(["import", str(path), "--domain", DOMAIN, *more])
