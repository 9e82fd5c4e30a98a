"""Manners in long form and with more than one table on a sheet, and Kolada's export."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from made_books.desk import Desk
from made_books.facts import Measure, Place, above, municipalities, places
from made_books.figures import USUAL
from made_books.manners.wide import GROUPS, Manner, one_year, some_places
from made_books.naming import in_order
from made_books.paper import Paper
from made_books.table import Laid, Line


def long_xlsx(desk: Desk) -> None:
    """Make a row for each figure, in a workbook."""
    _long(desk, desk.sheet(desk.random.choice(("Data", "Blad1"))))


def long_csv(desk: Desk) -> None:
    """Make a row for each figure, in a semicolon CSV."""
    desk.csv = True
    desk.habit = replace(desk.habit, shares="percent", above="percent")
    _long(desk, desk.sheet("CSV"))


def _long(desk: Desk, paper: Paper) -> None:
    naming = desk.naming
    chosen, below = desk.measures(3, 5), municipalities(desk.random, 6, 12)
    everywhere = in_order(desk.random, below, above(below) if desk.random.random() < 0.5 else [])
    sexes = desk.random.random() < 0.6
    asked = ("År", desk.random.choice(("Indikator", "Mått", "Fråga")), *(("Kön",) if sexes else ()))
    rows = [
        Line((*naming.labels(place), int(year), desk.words(one)[0], *((sex,) if sexes else ())), place, one,
             desk.words(one), year, group)
        for one in chosen for year in desk.years(1, 3) for place in everywhere
        for sex, group in (GROUPS if sexes and one.kind != "answer" else {"Totalt": "total"}).items()
    ]  # fmt: skip
    value = Line((desk.random.choice(("Värde", "Resultat", "Svar/värde")),))
    top = 1 if desk.csv or desk.random.random() < 0.6 else desk.opening(paper)
    laid = desk.table(paper, (*naming.heads, *asked), rows, [value], top=top)
    if not desk.csv:
        desk.closing(laid, desk.explained([laid]))


def kolada_export(desk: Desk) -> None:
    """Make what Kolada's pages export: key figure, sex and place in rows, years in columns, its own signs."""
    desk.habit = replace(desk.habit, coded="header", shares="percent", signs=USUAL)
    paper, years = desk.sheet(desk.random.choice(("Data", "Kolada"))), desk.years(2, 6)
    ids = desk.random.random() < 0.5
    below = municipalities(desk.random, 6, 12)
    heads = ("Nyckeltal-id", "Nyckeltal", "Kommun-id", "Kommun", "Kön") if ids else ("Nyckeltal", "Kommun", "Kön")
    rows = []
    for number, one in enumerate(desk.measures(3, 5)):
        for place in below if one.kind == "answer" else [*below, places()["00"]]:
            for sex, group in (GROUPS if one.kind == "share" else {"Totalt": "total"}).items():
                where: tuple[Any, ...] = (place.code.zfill(4), place.name) if ids else (place.name,)
                asked = (f"U990{number}{number}", desk.words(one)[0]) if ids else (desk.words(one)[0],)
                rows.append(Line((*asked, *where, sex), place, one, desk.words(one), group=group))
    columns = [Line((int(year) if desk.random.random() < 0.9 else year,), period=year) for year in years]
    laid = desk.table(paper, heads, rows, columns, top=1, code_at=None)
    desk.closing(laid, [*desk.explained([laid]), *desk.fetched()])


def stacked(desk: Desk) -> None:
    """Make tables below each other on a sheet, each with its own heading and places."""
    year, told = one_year(desk, ("title", "title", "edition"))
    chosen, paper = desk.measures(4, 9), desk.sheet("Resultat")
    top = desk.opening(paper, [year] if told == "title" else [])
    titled, everywhere = desk.random.random() < 0.5, some_places(desk, 6, 14)
    tables: list[Laid] = []
    for number, part in enumerate(_parts(desk, chosen)):
        if titled:
            top = paper.lines(top, 1, [f"Tabell {number + 1}. {part[0].area}"])
        tables.append(_part(desk, paper, part, everywhere, year, top, 1))
        top = paper.bottom + 2 + desk.random.choice((0, 1))
    desk.closing(tables[-1], desk.explained(tables))


def side_by_side(desk: Desk) -> None:
    """Make tables beside each other on a sheet, each with its own places in its own order."""
    year, told = one_year(desk, ("title", "title", "edition"))
    chosen, paper = desk.measures(4, 8), desk.sheet("Resultat")
    top, left = desk.opening(paper, [year] if told == "title" else []), 1
    everywhere = some_places(desk, 6, 14)
    tables: list[Laid] = []
    for part in _parts(desk, chosen):
        tables.append(_part(desk, paper, part, everywhere, year, top, left))
        left = tables[-1].right + 2 + desk.random.choice((0, 0, 1))
    desk.closing(tables[-1], desk.explained(tables))


def _parts(desk: Desk, chosen: Sequence[Measure]) -> list[Sequence[Measure]]:
    middle = desk.random.randint(1, len(chosen) - 1)
    return [chosen[:middle], chosen[middle:]]


def _part(desk: Desk, paper: Paper, part: Sequence[Measure], everywhere: Sequence[Place], year: str, top: int,
          left: int) -> Laid:  # fmt: skip
    own = list(everywhere)
    if desk.random.random() < 0.7:
        desk.random.shuffle(own)
        own = own[: max(4, len(own) - desk.random.choice((0, 2)))]
    rows = desk.rows(own, period=year)
    return desk.table(paper, desk.naming.heads, rows, desk.columns(part), top=top, left=left)


LONG: dict[str, Manner] = {
    "long_xlsx": long_xlsx, "long_csv": long_csv, "kolada_export": kolada_export, "stacked": stacked,
    "side_by_side": side_by_side,
}  # fmt: skip
