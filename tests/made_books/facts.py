"""What made books are about: real questions with their coding, made-up shares and numbers, and real places."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

DATA = Path(__file__).parents[2] / "data"
DOMAINS = {
    "aldreomsorg": "Äldreomsorg",
    "barn-och-unga": "Social barn- och ungdomsvård",
    "ekonomiskt-bistand": "Ekonomiskt bistånd",
    "hemloshet": "Hemlöshet",
    "missbruk": "Missbruks- och beroendevård",
    "vald-i-nara-relationer": "Våld i nära relationer",
}
YES_NO = (("Ja", 1), ("Nej", 0))
PARTLY = (("Ja", 2), ("Delvis", 1), ("Nej", 0))
DECIDED = (("Ja", 2), ("Nej, men fattat beslut", 1), ("Nej", 0))
FOLLOWED_UP = (("Ja", 2), ("Nej, men genomfört uppföljning", 1), ("Nej", 0))
Coding = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Measure:
    """A column's question: its area, its kind (answer, share or number), its title and how it is answered."""

    area: str
    kind: str
    title: str
    coding: Coding = ()


@dataclass(frozen=True)
class Place:
    """A place of data/places.csv, or a district that is not there (with a code that ends with *)."""

    code: str
    name: str
    level: str
    county: str


def said(coding: Coding) -> str:
    """Return a coding as the titles say it: Ja=2, Delvis=1, Nej=0."""
    return ", ".join(f"{word}={code}" for word, code in coding)


@cache
def questions() -> dict[str, list[Measure]]:
    """Return the measures of each domain."""
    codings = {said(one): one for one in (YES_NO, PARTLY, DECIDED, FOLLOWED_UP)} | {"": ()}
    found: dict[str, list[Measure]] = {domain: [] for domain in DOMAINS}
    with (Path(__file__).parent / "questions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            measure = Measure(row["area"], row["kind"], row["title"], codings[row["coding"]])
            found[row["domain"]].append(measure)
    return found


@cache
def places() -> dict[str, Place]:
    """Return the places by code."""
    with (DATA / "places.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["place"]: Place(row["place"], row["name"], row["level"], row["county"]) for row in rows}


def measures(random: Random, domain: str, least: int = 3, most: int = 8) -> list[Measure]:
    """Choose measures of a domain: questions, and mostly a share or number among them; those of an area together."""
    asked = [one for one in questions()[domain] if one.kind == "answer"]
    counted = [one for one in questions()[domain] if one.kind != "answer"]
    some = random.sample(asked, min(len(asked), random.randint(least - 1, most - 2)))
    some += random.sample(counted, random.choice((1, 1, 2, 3)))
    random.shuffle(some)
    areas = list(dict.fromkeys(one.area for one in some))
    return sorted(some, key=lambda one: areas.index(one.area))


def municipalities(random: Random, least: int = 8, most: int = 30) -> list[Place]:
    """Choose the municipalities of one to three counties; Gotland, a county and a municipality, is left out."""
    counties = [code for code, one in places().items() if one.level == "county" and code != "09"]
    chosen = random.sample(counties, random.randint(1, 3))
    found = [one for one in places().values() if one.level == "municipality" and one.county in chosen]
    while len(found) < least:
        more = random.choice(counties)
        found += [one for one in places().values()
                  if one.level == "municipality" and one.county == more and one not in found]  # fmt: skip
    if len(found) > most:
        found = sorted(random.sample(found, random.randint(least, most)), key=lambda one: one.code)
    return found


def above(below: list[Place]) -> list[Place]:
    """Return the counties of some municipalities, and the nation."""
    return [places()[code] for code in dict.fromkeys(one.county for one in below)] + [places()["00"]]


def genitive(name: str) -> str:
    """Return a municipality's name as it stands before kommun: Lunds, Solna, Falu."""
    if name == "Falun":
        return "Falu"
    return name if name[-1].lower() in "aeiouyåäösxz" else f"{name}s"
