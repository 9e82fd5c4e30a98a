"""Errors that people make, put into a book: each is told by the reader with its sheet and cell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from made_books.book import Planted, named
from made_books.desk import Desk
from made_books.facts import genitive, places
from made_books.table import Laid, Spot


@dataclass
class Bench:
    """A laid book on which errors are planted; a spot or row that is spoiled is not used again."""

    desk: Desk
    planted: list[Planted] = field(default_factory=list)
    gone: set[tuple[str, str]] = field(default_factory=set)
    rows: set[tuple[int, int]] = field(default_factory=set)

    @property
    def random(self) -> Random:
        """Return the book's chance."""
        return self.desk.random

    def spots(self, kinds: Iterable[str] = ("answer", "share", "number"), coded: bool | None = None) -> list[Spot]:
        """Return the observed figures of municipalities that stand in rows where nothing is wrong yet."""
        return [
            spot for laid in self.desk.tables for spot in laid.spots
            if spot.place.level == "municipality" and spot.right.status == "observed"
            and spot.measure.kind in kinds and (spot.table, spot.row) not in self.rows
            and (coded is None or coded == bool(self.desk.habit.coded))
        ]  # fmt: skip

    def plant(self, kind: str, laid: Laid, at: str, told: Iterable[str], spoiled: Iterable[Spot]) -> bool:
        """Remember an error."""
        lost = list(spoiled)
        cells = frozenset(spot.right.cell for spot in lost)
        self.planted.append(Planted(kind, laid.paper.name, at, cells | set(told) | {at}, cells))
        self.gone |= {(laid.paper.name, cell) for cell in cells}
        self.rows |= {(spot.table, spot.row) for spot in lost}
        return True

    def table(self, spot: Spot) -> Laid:
        """Return the table that a spot stands in."""
        return self.desk.tables[spot.table]


def in_cell(kind: str, raw: Callable[[Random], Any], kinds: tuple[str, ...], coded: bool | None = None,
            number_format: str = "") -> Callable[[Bench], bool]:  # fmt: skip
    """Return the planting of an error that stands in one figure's cell."""

    def planting(bench: Bench) -> bool:
        found = bench.spots(kinds, coded)
        if not found:
            return False
        spot = bench.random.choice(found)
        laid = bench.table(spot)
        shown = number_format or laid.paper.formats.get(spot.at, "")
        laid.paper.put(spot.at, raw(bench.random), shown)
        return bench.plant(kind, laid, spot.right.cell, (), [spot])

    return planting


def over_hundred(bench: Bench) -> bool:
    """Write a share above 100 per cent, in the book's own manner."""
    raw = {"percent": 143.5, "format": 1.435, "text": "143,5"}[bench.desk.habit.shares]
    return in_cell("a percent over 100", lambda _: raw, ("share",))(bench)


def below_zero(bench: Bench) -> bool:
    """Write a negative share or number."""
    share = -0.05 if bench.desk.habit.shares == "format" else -5
    return in_cell("a negative figure", lambda _: share, ("share",))(bench)


def _a_row(bench: Bench, needed: str) -> tuple[Laid, list[Spot]] | None:
    """Choose a municipality's row whose place is told by code, name or both; not those in long form's crowd."""
    naming = bench.desk.naming
    if (needed == "both" and naming.columns != "both") or not _told_by(bench):
        return None
    found = bench.spots()
    if not found:
        return None
    spot = bench.random.choice(found)
    laid = bench.table(spot)
    return laid, [one for one in laid.spots if one.row == spot.row]


def _told_by(bench: Bench) -> bool:
    """Return whether the labels of the rows are as the book's naming says, from the first column on."""
    return all(
        row.labels[: len(bench.desk.naming.heads)] == bench.desk.naming.labels(row.place)
        for laid in bench.desk.tables for row in laid.rows if row.place
    )  # fmt: skip


def _row_cells(laid: Laid, row: list[Spot]) -> list[str]:
    return [named(at) for at in laid.row_labels[row[0].row]]


def _rename(bench: Bench, laid: Laid, row: int, code: Any, name: Any) -> str:
    """Write another code or name (None: as it was) in a row's labels; return the first cell that changed."""
    naming, changed = bench.desk.naming, []
    for at, label in ((naming.code_at, code), (naming.name_at, name)):
        if at is not None and label is not None:
            position = laid.row_labels[row][at]
            laid.paper.put(position, label, laid.paper.formats.get(position, ""))
            changed.append(named(position))
    return changed[0]


def unknown_place(bench: Bench) -> bool:
    """Write a municipality that does not exist."""
    chosen = _a_row(bench, "any")
    if chosen is None:
        return False
    laid, row = chosen
    county = row[0].place.county
    name = bench.random.choice(("Storköping", "Västra Lillby", "Grönkulla"))
    at = _rename(bench, laid, row[0].row, bench.desk.naming.code(_unknown_code(county)), name)
    return bench.plant("an unknown municipality", laid, at, _row_cells(laid, row), row)


def _unknown_code(county: str) -> str:
    """Return a code that no municipality of a county has."""
    return next(code for at in range(99, 0, -1) if (code := f"{county}{at:02}") not in places())


def disagreeing(bench: Bench) -> bool:
    """Write another municipality's code beside a name."""
    chosen = _a_row(bench, "both")
    if chosen is None:
        return False
    laid, row = chosen
    used = {line.place.code for line in laid.rows if line.place}
    other = [code for code, one in places().items() if one.level == "municipality" and code not in used
             and one.county == row[0].place.county] or ["0980"]  # fmt: skip
    at = _rename(bench, laid, row[0].row, bench.desk.naming.code(bench.random.choice(other)), None)
    return bench.plant("code and name that disagree", laid, at, _row_cells(laid, row), row)


def twice(bench: Bench) -> bool:
    """Write one municipality's name and code over another's, so that it stands twice with different figures."""
    chosen = _a_row(bench, "any")
    if chosen is None or any(line.measure for line in chosen[0].rows):
        return False
    laid, first = chosen
    others = [spot for spot in bench.spots() if spot.table == first[0].table and spot.row != first[0].row]
    if not others:
        return False
    row = bench.random.choice(others).row
    second = [spot for spot in laid.spots if spot.row == row]
    naming, place = bench.desk.naming, first[0].place
    name = f"{genitive(place.name)} kommun" if bench.random.random() < 0.3 else naming.name(place)
    if naming.county:
        laid.paper.put(laid.row_labels[row][0], places()[place.county].name)
    at = _rename(bench, laid, row, naming.code(place.code), name)
    return bench.plant("the same municipality twice", laid, at,
                       _row_cells(laid, first) + _row_cells(laid, second), first + second)  # fmt: skip


def contradicting_year(bench: Bench) -> bool:
    """Write another year in a heading than the sheet's name says."""
    fit = [laid for laid in bench.desk.tables if laid.columns[0].period and laid.columns[0].period in laid.paper.name]
    fit = [laid for laid in fit if str(laid.columns[0].labels[0]) == laid.columns[0].period]
    if not fit or bench.rows:
        return False
    laid = bench.random.choice(fit)
    number = bench.random.randrange(len(laid.columns))
    year, at = laid.columns[number].period, laid.column_labels[number][0]
    laid.paper.merged = []
    for labels in laid.column_labels.values():  # each column says its own year, also where one heading was merged
        laid.paper.put(labels[0], int(year))
    laid.paper.put(at, int(year) - 1)
    spoiled = [spot for spot in laid.spots if spot.column == number]
    return bench.plant("a year that contradicts the sheet", laid, named(at),
                       [named(one) for one in laid.column_labels[number]], spoiled)  # fmt: skip


def no_answer(bench: Bench) -> bool:
    """Write a word that is no answer, where the questions are not answered in other words."""
    return not bench.desk.own_words and in_cell("no answer at all", lambda _: "kanske", ("answer",))(bench)


ANY = ("answer", "share", "number")
EVERYWHERE: tuple[Callable[[Bench], bool], ...] = (
    in_cell("a misspelt answer", lambda random: random.choice(("Jaa", "Nejj")), ("answer",), coded=False),
    no_answer,
    in_cell("a code outside the coding", lambda _: 3, ("answer",), coded=True),
    over_hundred,
    below_zero,
    in_cell("two numbers", lambda _: "120 130", ("share",)),
    in_cell("a date", lambda _: datetime(2019, 3, 1), ANY, number_format="yyyy-mm-dd"),
    unknown_place,
    disagreeing,
    twice,
    contradicting_year,
)
WORKBOOKS_ONLY: tuple[Callable[[Bench], bool], ...] = (
    in_cell("a formula without a saved value", lambda _: "=1/4", ANY),
    in_cell("an Excel error", lambda random: random.choice(("#DIV/0!", "#N/A")), ANY),
)


def plant(desk: Desk, number: int) -> Bench:
    """Plant a number of errors on a laid book, each of another kind, as far as they fit."""
    bench = Bench(desk)
    kinds = list(EVERYWHERE if desk.csv else EVERYWHERE + WORKBOOKS_ONLY)
    desk.random.shuffle(kinds)
    if desk.random.random() < 0.4:  # it fits only where nothing else is wrong
        kinds.sort(key=lambda kind: kind is not contradicting_year)
    for planting in kinds:
        if len(bench.planted) < number:
            planting(bench)
    return bench
