"""Words that say that figures are of only a part: girls, an age, another year, a change; and columns that say so."""

import re
from collections.abc import Iterable

from oj.sources.terms.words import plain, squeezed

BOTH = re.compile(
    r"\b(?:flickor|kvinnor|tjejer|pojkar|män|killar)\s*(?:och|/|&|\+|samt)\s*(?:flickor|kvinnor|tjejer|pojkar|män|killar)\b"
)
PARTS = re.compile(
    r"\b(?:flick(?:a|or|orna|ors)|pojk(?:e|ar|arna|ars)|kvinn(?:a|or|orna|ors|lig\w*)|män(?:nen|s)?|manlig\w*|tjej(?:er)?|"
    r"kill(?:e|ar)|mödrar|fäder|mammor|pappor|utrikes|inrikes|utlandsfödda|utländsk\w*|ensamkommande|nyanlän\w*|asyl\w*|"
    r"flyktingbarn|förändring\w*|skillnad\w*|differens\w*|prognos\w*|budget\w*|målvärde\w*|måltal\w*|riktvärde\w*|"
    r"(?:enskild|privat|kommunal|egen|offentlig)\s+regi|test\s?data|exempeldata|fiktiv\w*|påhitt\w*|"
    r"konfidens\w*|felmarginal\w*|föregående|rangordning|rank\w*|"
    r"\d{1,2}\s*[-–]\s*\d{1,2}\s*år\w*|(?:över|under|minst|högst)\s+\d{1,2}\s*år\w*|\d{1,2}\s*\+?\s*år\s+(?:och|eller)\s+\w+)"
)
AMOUNTS = re.compile(
    r"(?:antal(?: \w+)?|täljare|nämnare|n|n\s*=\s*\d+|bortfall|osäkerhet|rang)[,:]?(?: \(.*\))?", re.IGNORECASE
)
SCALES = re.compile(
    r"‰|\bpromille\b|\btusental\w*|\b(?:i|antal) tusen\b|\b(?:tkr|mnkr|mkr|kronor|index)\b|\bmiljon\w*|"
    r"\bper (?:100|1[ .]?000|10[ .]?000|100[ .]?000)\b|\bminut\w*|\bper (?:månad|dag|år)\b",
    re.IGNORECASE,
)
DATE = re.compile(
    r"\b(?:den\s+)?\d{1,2}[ ./]*(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*\.?\s+(?:19|20)\d\d\b|"
    r"\b(?:19|20)\d\d[-._]?(?:0[1-9]|1[0-2])[-._]?(?:[0-2]\d|3[01])\b|\b\d{1,2}/\d{1,2}[ -]+(?:19|20)\d\d\b|"
    r"\b\d{1,2}[.:]\d\d\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MADE = re.compile(
    r"\b(?:hämta|utskri|utdrag|uttag|uppdatera|spara|skapa|exportera|ändra|ladda|utskick|skicka)\w*\D{0,25}?"
    rf"(?:{DATE.pattern}|{YEAR.pattern})",
    re.IGNORECASE,
)
TERM = re.compile(r"\b(?:ht|vt|hösten|våren)\s?[-’'´]?(\d\d)(?![\d-])", re.IGNORECASE)  # vt-20
LONGEST_BEFORE = 2  # years from what an edition's figures are of to its own
ALL = frozenset(map(squeezed, (
    "", "Alla", "Totalt", "Total", "Tot", "T", "Samtliga", "Båda", "Båda könen", "Kvinnor och män",
    "Flickor och pojkar", "Pojkar och flickor", "Män och kvinnor", "Kvinnor/män", "Flickor/pojkar", "1+2",
    "Ej könsuppdelat", "Alla åldrar", "-",
)))  # fmt: skip
DIMENSIONS = frozenset(map(squeezed, (
    "Kön", "Sex", "Gender", "Ålder", "Åldersgrupp", "Åldrar", "Grupp", "Delgrupp", "Målgrupp", "Undergrupp", "Kategori",
    "Typ", "Födelseland", "Födelseregion", "Bakgrund", "Härkomst", "Population", "Urval", "Insats", "Insatstyp",
    "Placeringsform", "Boendeform", "Verksamhet", "Utförare", "Regi", "Enhet", "Skola", "Skolenhet", "Skolnamn", "Mått",
    "Måttyp", "Variabel", "Statistikmått", "Redovisning", "Uppdelning", "Version", "Scenario", "Undersökning", "Enkät",
)))  # fmt: skip
YEARS = frozenset(map(squeezed, (
    "Mätår", "År", "Period", "Tid", "Tidsperiod", "Årtal", "Datum", "Mätdatum", "Mätperiod", "Mättidpunkt",
    "Kalenderår", "Läsår", "Year", "Uppgiftsår", "Undersökningsår", "Publiceringsår", "Redovisningsår",
    "Verksamhetsår", "Statistikår",
)))  # fmt: skip
AREAS = frozenset(map(squeezed, (
    "Församling", "Församlingskod", "Församlingsnamn", "LKF", "LKF-kod", "Distrikt", "Distriktskod", "Distriktsnamn",
    "DeSO", "DeSO-kod", "RegSO", "RegSO-kod", "RegSO-namn", "SAMS", "SAMS-kod", "Tätort", "Tätortskod", "Postnummer",
    "Valkrets", "Valdistrikt", "Nyckelkod", "NYKO", "Stadsdelsnämndsområde", "Basområde", "Bostadsområde", "FA-region",
    "NUTS", "NUTS-kod", "Riksområde", "Sjukvårdsområde", "Upptagningsområde",
)))  # fmt: skip


def part(text: str, own: Iterable[str] = ()) -> str:
    """Return the word of a text that says that figures are of only a part, "" where none does.

    `own` are the texts of what the figures are meant to be, whose words say nothing more.

    >>> part("Flickor"), part("Flickor och pojkar"), part("Barn 0–20 år", ["Andel 0-20 år"]), part("13–17 år")
    ('flickor', '', '', '13–17 år')
    """
    said = " ".join(map(squeezed, own))
    left = BOTH.sub(" ", plain(text).casefold())
    return next((found[0] for found in PARTS.finditer(left) if squeezed(found[0]) not in said), "")


def scale(text: str, own: Iterable[str] = ()) -> str:
    """Return the word of a title that says that its numbers are on another scale than `own`, "" where none does.

    >>> scale("Andel (‰)"), scale("Belopp i tkr"), scale("Timmar per vecka")
    ('‰', 'tkr', '')
    """
    found = SCALES.search(text)
    return found[0].casefold() if found and not any(found[0].casefold() in one.casefold() for one in own) else ""


def years(text: str) -> list[str]:
    """Return the years that a text names, not those of dates.

    >>> years("Läget 2019"), years("Befolkning 31 dec 2013"), years("uttag 2019-03-01")
    (['2019'], [], [])
    """
    return YEAR.findall(DATE.sub(" ", text))


def headline_years(text: str, edition: str) -> list[str]:
    """Return the years that a title says that its figures are of: not that of a print, nor the edition's own dates.

    >>> headline_years("31 dec 2013", "2015"), headline_years("31 dec 2019", "2015"), headline_years("Vt-20", "2015")
    ([], ['2019'], ['2020'])
    >>> headline_years("Hämtad 2021-06-15", "2015"), headline_years("Publicerad 2021-06-15", "2015")
    ([], ['2021'])
    """
    left = MADE.sub(" ", text)
    dates = [year for found in DATE.finditer(left) for year in YEAR.findall(found[0])]
    other = [year for year in dates if not 0 <= int(edition) - int(year) <= LONGEST_BEFORE]
    return [*other, *years(left), *(f"20{short}" for short in TERM.findall(left))]


def is_all(text: str) -> bool:
    """Return whether a cell under Kön or Ålder says that its row is of all."""
    return squeezed(text) in ALL


def is_dimension(heading: str) -> bool:
    """Return whether a column's heading says that it parts the rows: by sex, age, kind or unit."""
    return squeezed(plain(heading)) in DIMENSIONS


def is_year_heading(heading: str) -> bool:
    """Return whether a column's heading says that it has the rows' years."""
    return squeezed(plain(heading)) in YEARS


def is_area_heading(heading: str) -> bool:
    """Return whether a column's heading says that the rows are about other areas than municipalities."""
    return squeezed(plain(heading)) in AREAS


def column_part(levels: Iterable[str], own: Iterable[str], edition: str) -> str:
    """Return what in a column's headings says that it is of a part, an amount or another year; "" where nothing does.

    `own` are the texts of the indicator that it is meant to be.

    >>> column_part(["Andel", "Flickor"], ["Andel"], "2015"), column_part(["ÖJ 2014", "BBIC"], ["BBIC"], "2015")
    ('flickor', '2014')
    """
    own = list(own)
    said = " ".join(map(squeezed, own))
    for level in levels:
        if found := part(level, own) or scale(level, own):
            return found
        if AMOUNTS.fullmatch(plain(level)) and squeezed(level) not in said:
            return plain(level).casefold()
        for year in YEAR.findall(level):
            if year != edition and year not in said:
                return str(year)
    return ""
