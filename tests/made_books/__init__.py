"""Workbooks made at random as strangers make them, with the right answer beside, to try a reader against."""

from dataclasses import replace
from pathlib import Path
from random import Random

from made_books.book import MadeBook
from made_books.desk import Desk
from made_books.errors import plant
from made_books.facts import DOMAINS, said
from made_books.figures import Habit, a_habit
from made_books.manners import LAYOUTS
from made_books.naming import a_naming
from made_books.paper import save_csv, save_workbook

HABITS = ("coded", "own_words", "legend")  # a habit of writing, in any of the layouts
MANNERS = (*LAYOUTS, *HABITS)
WITH_ROOM = (
    "area_sheets",
    "year_sheets",
    "levels",
    "transposed",
    "long_xlsx",
    "stacked",
    "side_by_side",
    "information",
)


def made(seed: int, manner: str, folder: Path, errors: int | None = None, domain: str = "") -> MadeBook:
    """Make a book of a manner and domain; `errors` is how many are planted at most, or at random none to three."""
    random = Random(f"{manner} {seed}")
    layout = random.choice(WITH_ROOM) if manner in HABITS else manner
    desk = _desk(random, manner, layout, domain)
    LAYOUTS[layout](desk)
    _information(desk)
    if desk.edition and errors is None and random.random() < 0.3:
        return _without_year(desk, manner, seed, folder)
    number = random.choice((0, 0, 1, 2, 3)) if errors is None else errors
    bench = plant(desk, number)
    path = folder / f"bok-{manner}-{seed}.{'csv' if desk.csv else 'xlsx'}".replace("_", "-")
    if desk.csv:
        save_csv(desk.papers[0], path)
    else:
        save_workbook(desk.papers, path)
    rights = [spot.right for laid in desk.tables for spot in laid.spots]
    editions = tuple(sorted({one.period for one in rights}))
    cells = [one for one in rights if (one.sheet, one.cell) not in bench.gone]
    book = MadeBook(path, manner, seed, desk.domain, editions, desk.edition)
    return replace(book, cells=cells, ignored=desk.ignored, errors=bench.planted)


def _without_year(desk: Desk, manner: str, seed: int, folder: Path) -> MadeBook:
    """Write a book of which nobody says the year: nothing can be read."""
    path = folder / f"bok-{manner}-{seed}.xlsx".replace("_", "-")
    save_workbook(desk.papers, path)
    return MadeBook(path, manner, seed, desk.domain, (), yearless=True)


def _desk(random: Random, manner: str, layout: str, domain: str) -> Desk:
    """Choose domain, habits and naming."""
    habit = a_habit(random)
    if manner == "coded":
        habit = replace(habit, coded=random.choice(("header", "note", "information")))
    if manner == "legend":
        habit = _with_own_signs(random, habit)
    naming = a_naming(random)
    some = random.choice(list(DOMAINS))
    desk = Desk(random, domain or some, habit, naming)
    desk.text_years = random.random() < 0.3
    desk.legend, desk.own_words = manner == "legend", manner == "own_words"
    if layout == "information" and habit.coded == "note":
        desk.habit = replace(habit, coded="information")
    return desk


def _with_own_signs(random: Random, habit: Habit) -> Habit:
    """Give a habit signs that mean something else than usual, to be said by the book's legend."""
    signs = random.sample([random.choice("-–"), "..", ".", "x"], random.choice((2, 3)))
    meant = random.sample(["missing", "suppressed", "not_applicable"], len(signs))
    return replace(habit, signs=dict(zip(signs, meant, strict=True)), signed=0.12)


def _information(desk: Desk) -> None:
    """Add an Information sheet that says the coding, where that is where it is said."""
    if desk.habit.coded != "information" or any(paper.name == "Information" for paper in desk.papers):
        return
    lines = [f"Öppna jämförelser – {desk.subject}", None, f"Svaren är kodade: {said(desk.coding)}"]
    desk.sheet("Information", before=True).lines(1, 1, lines)
