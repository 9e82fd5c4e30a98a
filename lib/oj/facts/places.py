"""The nation, its 21 counties, 290 municipalities and 29 city districts: codes, names, and finding what is meant.

Codes are strings: "00" the nation, "01" a county, "0114" a municipality, as Statistics Sweden has them; "018001" a
district of the municipality 0180, by a number of our own. A district that only a workbook has, which was read in, has
its name behind its city: "1480-nordost". It is of the editions that have results of it, and answers in no other.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from oj.facts.editions import root_of
from oj.facts.kept import kept
from oj.words.errors import UserError, nearest, shortened
from oj.words.swedish import folded, genitive
from oj.words.vocabulary import UNITS

if TYPE_CHECKING:
    import pandas as pd

NATION = "00"
DISTRICTS = "districts.csv"  # those that were read in
READ_IN = "-"  # in the codes of districts that only a workbook has: 1480-nordost


@dataclass(frozen=True)
class Place:
    """A place that results are published for; `short` is a county's name without "län"."""

    code: str
    name: str
    short: str
    level: str
    county: str


def all_places(folder: Path | None = None, *, shipped: bool = False) -> dict[str, Place]:
    """Return every place by code, the nation first; with `shipped` without the districts that were read in.

    >>> all_places()["0114"].name
    'Upplands Väsby'
    """
    return dict(_all_places(root_of(folder), shipped))


@kept
def _all_places(root: Path, shipped: bool) -> dict[str, Place]:
    from oj.facts.datapackage import read_table

    table = read_table("places", root).fillna("")
    if not shipped and (root / DISTRICTS).exists():
        from pandas import concat

        table = concat([table, districts(root)])
    rows = zip(*(table[name].tolist() for name in ("place", "name", "short", "level", "county")), strict=True)
    return {row[0]: Place(*row) for row in rows}


def districts(root: Path) -> "pd.DataFrame":
    """Return the districts that only workbooks have, which were read in, with the columns of the places."""
    from oj.facts.datapackage import read_table, read_text

    path, known = root / DISTRICTS, read_table("places", root).head(0)
    read = read_text(path, f"data/{DISTRICTS}") if path.exists() else known
    if {*read} != {*known}:
        raise UserError(f"data/{DISTRICTS} ska ha kolumnerna {', '.join(map(str, known))}. Läs in arbetsboken igen.")
    return read


def with_districts(folder: Path | None = None) -> set[str]:
    """Return the codes of the nation and of the counties where a city answers district by district.

    >>> sorted(with_districts())
    ['00', '01', '12', '14']
    """
    return {NATION, *(place.county for place in all_places(folder, shipped=True).values() if place.level == "district")}


def find_county(text: str, folder: Path | None = None) -> Place:
    """Return the county that `text` names: Stockholm, "Stockholms län", 01, in any case.

    Raises UserError with the nearest name, also for a municipality's name.

    >>> find_county("stockholms LÄN").code, find_county("01").short
    ('01', 'Stockholm')
    """
    places = all_places(folder).values()
    wanted = folded(text)
    counties = [place for place in places if place.level == "county"]
    for county in counties:
        if wanted in {county.code, *map(folded, (county.name, county.short))}:
            return county
    if wanted in {NATION, "riket"}:
        raise UserError(
            f"”{text}” är inget län. Riket står alltid bredvid länet. En rapport om riket över åren byggs med "
            "COUNTY=Riket."
        )
    for place in places:
        if place.level == "municipality" and wanted in {place.code, folded(place.name)}:
            county = next(county for county in counties if county.code == place.county)
            raise UserError(
                f"”{text}” är en kommun i {county.name}, inte ett län. Skriv COUNTY={shell_word(county.short)} och "
                f"ange kommunen under municipalities i params/{slug(county.short)}.yml."
            )
    names = [county.short for county in counties]
    raise UserError(
        f"Det finns inget län som heter ”{shortened(text)}”.{nearest(text, names)} "
        f"Länen är: {', '.join(names)}. Länets kod (01–25) går också bra."
    )


def find_report_place(text: str, folder: Path | None = None) -> Place:
    """Return what a report can be about: the nation (Riket, 00) or a county; raise UserError for another.

    >>> find_report_place("riket").code, find_report_place("Kalmar").name
    ('00', 'Kalmar län')
    """
    nation = all_places(folder)[NATION]
    return nation if folded(text) in {nation.code, folded(nation.name)} else find_county(text, folder)


def find_municipality(text: str, county: Place, folder: Path | None = None) -> Place:
    """Return the municipality or city district in `county` that `text` names or codes; raise UserError with a guess.

    >>> find_municipality("upplands väsby", find_county("01")).code
    '0114'
    """
    wanted = folded(text)
    places = [place for place in all_places(folder).values() if place.level in UNITS]
    for place in places:
        if wanted in {place.code, folded(place.name)}:
            if place.county == county.code:
                return place
            other = all_places(folder)[place.county].name
            raise UserError(f"Kommunen {place.name} ligger i {other}, inte i {county.name}.")
    names = [place.name for place in places if place.county == county.code and place.level == "municipality"]
    raise UserError(
        f"Det finns ingen kommun i {county.name} som heter ”{shortened(text)}”.{nearest(text, names)} "
        f"Kommunerna är: {', '.join(names)}."
    )


def municipalities_of(county: str, folder: Path | None = None) -> dict[str, str]:
    """Return the municipalities of a county, by code.

    >>> municipalities_of("09")
    {'0980': 'Gotland'}
    """
    every = all_places(folder).values()
    return {one.code: one.name for one in every if one.level == "municipality" and one.county == county}


def is_district(code: str) -> bool:
    """Return whether a code is that of a city district.

    >>> is_district("018001"), is_district("0180")
    (True, False)
    """
    return len(code) > len("0180")


def city_of(code: str) -> str:
    """Return the municipality of a city district's code; a municipality is its own.

    >>> city_of("018001"), city_of("0184")
    ('0180', '0184')
    """
    return code[: len("0180")]


def units(area: str, folder: Path | None = None) -> list[Place]:
    """Return those that answer the survey in a county or the nation: municipalities, or their districts where they are.

    >>> len(units("06")), len(units("01")), len(units("00"))
    (13, 39, 316)
    """
    places = all_places(folder, shipped=True).values()
    divided = {city_of(place.code) for place in places if is_district(place.code)}
    return [
        place
        for place in places
        if area in (NATION, place.county)
        and (is_district(place.code) or (place.level == "municipality" and place.code not in divided))
    ]


def kommun(name: str, folder: Path | None = None) -> str:
    """Return a municipality's name with the word: in the genitive where its county's name has it so.

    >>> kommun("Gotland"), kommun("Kalmar"), kommun("Habo")
    ('Gotlands kommun', 'Kalmar kommun', 'Habo kommun')
    """
    counties = {place.name for place in all_places(folder).values() if place.level == "county"}
    return f"{genitive(name) if f'{genitive(name)} län' in counties else name} kommun"


def slug(name: str) -> str:
    """Return `name` as an ASCII word for file names.

    >>> slug("Västra Götaland")
    'vastra-gotaland'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def shell_word(name: str) -> str:
    """Return `name` as it is written on a command line, quoted where it has a space."""
    return f'"{name}"' if " " in name else name
