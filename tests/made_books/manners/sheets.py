"""Manners of whole workbooks: Information with codes, units and variants; several result sheets; a table in text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from made_books.book import named
from made_books.desk import Desk
from made_books.districts import known_districts, new_districts
from made_books.facts import Measure, Place, above, municipalities, places, said
from made_books.manners.wide import Manner, one_year, plain
from made_books.naming import in_order
from made_books.table import Laid, Line

VARIANTS = ("Offentlig", "Enskild")


def information(desk: Desk) -> None:
    """Make Information, a sheet of units and a sheet of results whose columns are called Ind 2 and B11."""
    year, told = one_year(desk, ("information", "information", "title", "edition"))
    chosen = _numbered(desk, desk.measures(4, 9))
    _information(desk, year if told == "information" else "", chosen)
    subject = desk.subject[:12].strip()
    _units(desk, f"{subject}, enheter", list(chosen))
    paper = desk.sheet(f"{subject}, kommun, län, rike")
    top = desk.opening(paper, [year] if told == "title" else [])
    heads, rows = _variant_rows(desk, year)
    columns = [Line((code,), None, one, _called(desk, code, one)) for code, one in chosen.items()]
    laid = desk.table(paper, heads, rows, columns, top=top, code_at=None)
    desk.ignored += [(paper.name, named(at)) for at in laid.left_out if at in paper.cells]
    desk.closing(laid)


def _numbered(desk: Desk, chosen: Sequence[Measure]) -> dict[str, Measure]:
    """Return the measures by the codes of their columns: Ind 2 …, and B9 … for the background."""
    numbers = sorted(desk.random.sample(range(1, 33), len(chosen)))
    codes = [f"B{number}" if one.area == "Bakgrund" else f"Ind {number}"
             for number, one in zip(numbers, chosen, strict=True)]  # fmt: skip
    return dict(zip(codes, chosen, strict=True))


def _called(desk: Desk, code: str, measure: Measure) -> tuple[str, ...]:
    full = desk.words(measure)[0]
    return (full, code, measure.title, f"{code} – {full}", f"{code} {full}", f"{code}. {full}")


def _information(desk: Desk, year: str, chosen: dict[str, Measure]) -> None:
    paper = desk.sheet("Information")
    lines: list[Any] = [f"Öppna jämförelser{' ' + year if year else ''} – {desk.subject}", None,
                        "Här beskrivs indikatorerna. Andelar anges i procent.", None]  # fmt: skip
    if desk.coding and desk.random.random() < 0.5:
        lines += [f"Svaren är kodade: {said(desk.coding)}"]
        coded = False
    else:
        coded = bool(desk.habit.coded)
    lines += [("Indikator", "Beskrivning", *(["Kodning"] if coded else []))]
    for code, one in chosen.items():
        lines.append((code, desk.words(one)[0], *([said(one.coding)] if coded else [])))
    if any(one.coding for one in chosen.values()):
        lines += [None, "För län och riket visas andelen (%) av kommunerna som har svarat Ja."]
    paper.lines(1, desk.corner(), lines + (desk.signs() if desk.legend else []))


def _units(desk: Desk, name: str, codes: Sequence[str]) -> None:
    """Make the sheet of units: nobody's results here are read."""
    paper = desk.sheet(name)
    some = municipalities(desk.random, 5, 8)
    heads = ("Kommun", "Enhetens namn", "Regi", *codes)
    rows = [(one.name, f"Enhet {desk.random.choice('ABCDE')}{number}", desk.random.choice(VARIANTS),
             *(desk.random.randint(0, 100) for _ in codes))
            for one in some for number in range(desk.random.randint(1, 3))]  # fmt: skip
    paper.lines(1, 1, [heads, *rows])
    desk.ignored.append((name, f"{named((2, 4))}:{named((1 + len(rows), 3 + len(codes)))}"))


def _variant_rows(desk: Desk, year: str) -> tuple[tuple[str, ...], list[Line]]:
    """Return the rows rike, län, kommun and stadsdel, each mostly with what is public and private after it."""
    below = municipalities(desk.random, 6, 12)
    everywhere = [*reversed(above(below)), *below, *known_districts(desk.random, 2)]
    shape = desk.random.choice(("level", "columns"))
    heads = ("Nivå", "Namn", "Regi") if shape == "level" else ("Län", "Kommun", "Stadsdel", "Regi")
    total = desk.random.choice(("Totalt", "Samtliga", None))
    found: list[Line] = []
    for place in everywhere:
        labels = _level_labels(place) if shape == "level" else _column_labels(place)
        found.append(Line((*labels, total), place, period=year))
        for variant in VARIANTS if desk.random.random() < 0.6 else ():
            found.append(Line((*labels, variant), place, period=year, kind="left out"))
    return heads, found


LEVELS = {"nation": "Rike", "county": "Län", "municipality": "Kommun", "district": "Stadsdel"}


def _level_labels(place: Place) -> tuple[Any, ...]:
    city = f"{places()[place.code[:4]].name}, " if place.level == "district" else ""
    return LEVELS[place.level], f"{city}{place.name}"


def _column_labels(place: Place) -> tuple[Any, ...]:
    if place.level in ("nation", "county"):
        return place.name, None, None
    district = place.level == "district"
    city = places()[place.code[:4]].name if district else place.name
    return places()[place.county].name, city, place.name if district else None


def several(desk: Desk) -> None:
    """Make several result sheets with different places: municipalities, districts, counties and the nation."""
    year, told = one_year(desk, ("title", "title", "column", "edition"))
    chosen, below = desk.measures(), municipalities(desk.random)
    plain(desk, desk.sheet("Kommuner"), year, told, chosen, in_order(desk.random, below, []))
    columns = desk.naming.columns
    desk.naming = replace(desk.naming, columns="name", county=False)
    plain(desk, desk.sheet("Län och riket"), year, told, chosen, above(below))
    if desk.random.random() < 0.6:
        desk.naming = replace(desk.naming, columns="both", codes="text", name_head="Stadsdel")
        plain(desk, desk.sheet("Stadsdelar"), year, told, chosen, known_districts(desk.random, 8))
    desk.naming = replace(desk.naming, columns=columns)


def k_code(desk: Desk) -> None:
    """Make a table below text, its header row beginning with K-kod, with county headings and blank rows between."""
    year = desk.years(1, 1)[0]
    desk.naming = replace(desk.naming, columns="both", code_head="K-kod", name_head="Kommun", county=False)
    paper = desk.sheet(desk.random.choice(("Resultat", "Tabell 1")))
    texts = [f"Öppna jämförelser {year} – {desk.subject}", "Tabellen visar resultat per kommun.",
             "Läs mer om hur uppgifterna har samlats in i metodbeskrivningen.", None]  # fmt: skip
    top = paper.lines(1, 1, texts)
    below = sorted(municipalities(desk.random, 12), key=lambda one: one.code)
    chosen = desk.columns(desk.measures())
    laid = desk.table(paper, desk.naming.heads, _headed(desk, below, year), chosen, top=top)
    desk.closing(laid, desk.explained([laid]))


def _headed(desk: Desk, below: Sequence[Place], year: str) -> list[Line]:
    """Return the rows of municipalities with a heading before each county and mostly a blank row after."""
    found, at = [], desk.random.choice((0, 1))
    for county in above(list(below))[:-1]:
        labels: list[Any] = [None, None]
        labels[at] = county.name.upper() if desk.random.random() < 0.3 else county.name
        found.append(Line(tuple(labels), kind="gap"))
        found += desk.rows([one for one in below if one.county == county.code], period=year)
        if desk.random.random() < 0.7:
            found.append(Line((None, None), kind="gap"))
    nation = places()["00"]
    return [*found, *desk.rows([nation], period=year)] if desk.random.random() < 0.5 else found


@dataclass(frozen=True)
class Division:
    """How the rows of cities and their districts are told apart."""

    heads: tuple[str, ...]
    city: bool  # the city's code stands with its districts


def districts(desk: Desk) -> None:
    """Make rows of Göteborg and Stockholm with their socialförvaltningar and stadsdelar, among other municipalities."""
    year, told = one_year(desk, ("title", "title", "edition"))
    division = desk.random.choice((
        Division(("Kommunkod", "Kommun", "Stadsdel/socialförvaltning"), True),
        Division(("Kommun", "Stadsdel"), False),
        Division(("Kommun",), False),
    ))  # fmt: skip
    paper = desk.sheet("Resultat")
    top = desk.opening(paper, [year] if told == "title" else [])
    cities = [places()["0180"], places()["1480"]]
    below = [one for one in municipalities(desk.random, 4, 8) if one not in cities]
    everywhere = [*below, *cities, *known_districts(desk.random, 4), *new_districts(desk.random)]
    everywhere.sort(key=lambda one: (one.code[:4], len(one.code), one.name))
    rows = [Line(_divided(division, place), place, period=year) for place in everywhere]
    laid: Laid = desk.table(paper, division.heads, rows, desk.columns(desk.measures()), top=top, code_at=None)
    desk.closing(laid, desk.explained([laid]))


def _divided(division: Division, place: Place) -> tuple[Any, ...]:
    if place.level != "district":
        labels: tuple[Any, ...] = (place.name, None)
    elif len(division.heads) == 1:
        return (f"{places()[place.code[:4]].name}, {place.name}",)
    else:
        labels = (places()[place.code[:4]].name, place.name)
    return (place.code[:4], *labels) if division.city else labels[: len(division.heads)]


WORKBOOKS: dict[str, Manner] = {
    "information": information, "several": several, "k_code": k_code, "districts": districts,
}  # fmt: skip
