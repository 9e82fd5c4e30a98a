"""A workbook of any edition into the facts: its editions have its questions, and its results are imported.

All of it happens in a copy of the facts first, where every check is made; then all that is new is moved into place at
once, or nothing is.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import nan
from pathlib import Path
from typing import Any

import pandas as pd

from oj.facts.catalog import indicators, indicators_by_edition, is_drafted
from oj.facts.datapackage import read_text
from oj.facts.editions import EDITION, domain_of, home_domain, root_of, using
from oj.facts.places import DISTRICTS, READ_IN, all_places, districts
from oj.sources.aside import said_of_edition, set_aside
from oj.sources.draft.breaks import breaks_told
from oj.sources.draft.copying import in_copy
from oj.sources.draft.draft import as_csv, as_yaml, changed_files, draft_of, write_texts
from oj.sources.draft.edition import asked_in, entry_of
from oj.sources.draft.settling import Settled, settle
from oj.sources.files.cells import CellError
from oj.sources.imported import COLUMNS, NUMBERS, Origin, Trial, as_kept, imported, write_imported
from oj.sources.origins import NOT_SAID, LeftOut, import_names
from oj.sources.sheets.model import Figure
from oj.sources.spots import kept_spots
from oj.sources.terms.harmless import told_of_cell
from oj.sources.workbook.read import BookRead
from oj.words.errors import DataError, Fault, UserError, why
from oj.words.groups import TOTAL, id_of
from oj.words.vocabulary import UNITS

OF_GROUP = "gäller kvinnor och män i frågor som filen inte har för alla och läses inte in"
ONLY_APART = (
    "har bara uppgifter om kvinnor och män var för sig. Rapportens tabeller gäller alla: lägg till en rad eller en "
    "kolumn för alla (Totalt) och läs in filen igen."
)
DISTRICT = "gäller stadsdelar eller förvaltningar som programmet inte känner, och läses in under sin stad"
NO_PLACE = "gäller en stadsdel eller förvaltning utan namn och läses inte in"
APART = "gäller kvinnor eller män för sig; rapporten visar dem i tabeller för sig"
NOT_ASKED = "gäller frågor som utgåvan {} inte har och läses inte in; en utgåva som följer med programmet ändras inte"
TWICE = "finns redan med samma värde i inläsningen ”{}” och läses inte in igen"
GONE = (
    "fanns i den tidigare inläsningen ”{}”, som filen ersätter, men inte i filen, och är borta. Ska båda gälla: läs in "
    "den förra igen med ett annat namn (--name)"
)
There = Mapping[tuple[str, str], tuple[object, ...]]  # what an import has of a question and place


@dataclass(frozen=True)
class Wanted:
    """How an import is to be called and where it comes from; what is empty is taken from the file."""

    name: str
    sha256: str
    source: str = ""
    publisher: str = ""
    date: str = ""
    accept_valid: bool = False


@dataclass
class Done:
    """What an import did: results by edition, new questions of editions that it made or joined, and what is told of it.

    `notes` has how many figures there are of what, in Swedish: those that are left out, and those that are set apart.
    """

    results: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    joined: dict[str, int] = field(default_factory=dict)
    notes: dict[str, Counter[str]] = field(default_factory=dict)
    settled: list[Settled] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    def note(self, why: str, what: str = "") -> None:
        """Say of a figure that it is left out, or set apart."""
        self.notes.setdefault(why, Counter())[what] += 1


def import_any(read: BookRead, wanted: Wanted, home: Path, trial: Trial) -> Done:
    """Import a workbook's figures of every year that it has; editions that workbooks make are made, or get more.

    `home` is the domain's folder. Raises DataError with every fault, unless what is right is accepted; then, or where
    nothing can be read, nothing has changed. Nor has it where `trial` is only one.
    """
    if read.account.doubts and not wanted.accept_valid:
        raise DataError(faults_of(read))
    if all(one.item.heading.group != TOTAL for one in read.figures):
        told = ONLY_APART if read.figures else "har inga uppgifter att läsa in."
        told = f"{read.file} {told}"
        raise DataError(faults_of(read), told) if read.account.doubts else UserError(told)
    root = root_of(home)
    try:
        with in_copy(root, "Resultat läses in", only=trial.only) as (copy, files):
            done = _in_copy(read, wanted, copy / home.name, replace(trial, only=False))
            done.files = files
    except OSError as error:
        raise UserError(f"Resultaten kan inte skrivas i {root}: {why(error)}. Inget har lästs in.") from error
    return done


def faults_of(read: BookRead) -> list[Fault]:
    """Return a workbook's faults, each with its sheet and cell, without what somebody wrote as an answer."""
    return [
        told_of_cell(
            CellError(one.value, one.rule, one.detail), read.file, f"{one.sheet} {one.cell}", is_name=not one.is_result
        )
        for one in read.account.doubts
    ]


def _in_copy(read: BookRead, wanted: Wanted, home: Path, trial: Trial) -> Done:
    """Make or join the editions and import the results of each, in a copy of the facts."""
    done, years = Done(), read.editions
    _add_districts(read.figures, home)
    for year in years:
        with using(home.parent):
            name = _name(wanted.name, home / year, several=len(years) > 1)
            if is_drafted(home / year):
                _ask(read, wanted.source or read.file, home / year, name, done)
            kept = _kept(read, home / year, name, done)
            done.results[year] = len(kept)
            if kept:
                write_imported(*_table(kept, name, (read, wanted), home / year), home / year, trial=trial)
    with using(home.parent):
        done.settled = settle([home / year for year in years if is_drafted(home / year)])
    return done


def _add_districts(figures: Sequence[Figure], home: Path) -> None:
    """Let the facts have the districts that only a workbook has, each under its code below its city."""
    places = {one.item.place.code: one.item.place for one in figures}
    new = [one for code, one in places.items() if code not in all_places(home) and re.fullmatch(r"\d{4}-.+", code)]
    if new:
        table = districts(root_of(home))
        rows = [*table.to_numpy().tolist(), *([one.code, one.name, one.short, one.level, one.county] for one in new)]
        write_texts({root_of(home) / DISTRICTS: as_csv([*table], sorted(rows))})


def _name(wanted: str, home: Path, *, several: bool) -> str:
    """Return what an edition's import is called: as an earlier one of the file, which it replaces, and no other's."""
    names = [wanted, f"{wanted}-{home.name}", f"{wanted}-{home.parent.name}-{home.name}"]
    own, taken = imported(home), import_names(home)[0]
    earlier = [name for name in names if name in own and own[name].edition == home.name]
    return next(iter([*earlier, *(name for name in names[several:] if name not in taken)]), names[-1])


def _ask(read: BookRead, title: str, home: Path, name: str, done: Done) -> None:
    """Let an edition have the questions of a workbook that it has not: it is made where there is none."""
    places, measures = all_places(home), {one.indicator.id: one.indicator for one in read.measures}
    before, draft = draft_of(home), replace(draft_of(home), source_title=title)
    of_all = [one for one in read.figures if one.item.heading.group == TOTAL and one.item.place.code in places]
    persons, kept, breaks = _of_persons(read.figures), set_aside(home, home.name), breaks_told(read, home)
    for one in asked_in(home.name, of_all, measures, home.parent):
        entry = entry_of(one, kept.get(one.indicator.id), breaks.get(one.indicator.id))
        draft.ask(entry | ({"protected": True} if one.indicator.id in persons else {}), *one.area)
    draft.tie({item.id: item.parts for own in indicators_by_edition(home.parent).values() for item in own.values()})
    texts = changed_files(before, draft)
    if not (home / EDITION).exists():
        called = f"Öppna jämförelser {home.name} – {domain_of(home.parent).name}"
        own = {"name": called, "published_first": int(home.name)} | said_of_edition(home.parent, home.name)
        texts[home / EDITION] = as_yaml(own | {"source": name})
    write_texts(texts)
    if new := len(draft.questions) - len(before.questions):
        (done.joined if before.questions else done.made)[home.name] = new


def _of_persons(figures: Sequence[Figure]) -> set[str]:
    """Return the measures that are of persons, since they are counted, and women and men apart."""
    counted = {one.measure for one in figures if one.numerator is not None or one.denominator is not None}
    return counted & {one.measure for one in figures if one.item.heading.group != TOTAL}


def _kept(read: BookRead, home: Path, name: str, done: Done) -> list[Figure]:
    """Return the figures of an edition that are imported; what is left out is told, and what is no longer there."""
    there = {one: _there(one, home) for one, origin in imported(home).items() if origin.edition == home.name}
    others = {key: (one, *row) for one, rows in there.items() if one != name for key, row in rows.items()}
    known, places, found = indicators(home), all_places(home), list[Figure]()
    of_all = {(one.measure, one.item.heading.period) for one in read.figures if one.item.heading.group == TOTAL}
    for one in (one for one in read.figures if one.item.heading.period == home.name):
        here = others.get(_key(one), ("",))
        if one.item.heading.group != TOTAL and (one.measure, one.item.heading.period) not in of_all:
            done.note(OF_GROUP, f"”{one.item.heading.words[-1]}”")
        elif one.item.place.code not in places:
            done.note(NO_PLACE, one.item.place.name)
        elif one.measure not in known:
            done.note(NOT_ASKED.format(home.name), f"”{one.item.heading.words[-1]}”")
        elif one.item.place.level in UNITS and _is_same(one, here[1:]):
            done.note(TWICE.format(here[0]))
        else:
            found.append(one)
            if READ_IN in one.item.place.code:
                done.note(DISTRICT, one.item.place.name)
            if one.item.heading.group != TOTAL:
                done.note(APART)
    for _one in {*there.get(name, ())} - {*map(_key, found)}:
        done.note(GONE.format(name))
    return found


def _key(one: Figure) -> tuple[str, str]:
    """Return the id, by its group, and the place that a figure has in the results."""
    return id_of(one.measure, one.item.heading.group), one.item.place.code


def _there(name: str, home: Path) -> There:
    """Return the value, the answer, the status and the counts that an import has of each question and place."""
    rows = read_text(root_of(home) / "results" / f"{name}.csv", f"data/results/{name}.csv")
    numbers = [[float(value) if value else None for value in rows[column]] for column in NUMBERS]
    columns = (rows[column] for column in ("indicator", "place", "answer", "status"))
    return {
        (measure, place): (value, answer, status, above, below)
        for measure, place, answer, status, value, above, below in zip(*columns, *numbers, strict=True)
    }


def _is_same(one: Figure, there: Sequence[object]) -> bool:
    """Return whether an import has a figure already; counts that it has not are more than it has."""
    counts = (one.numerator, one.denominator)
    return [*there[:3]] == [one.value, one.answer, one.status] and counts in ((None, None), tuple(there[3:]))


def _spots(kept: Sequence[Figure]) -> Iterator[tuple[str, str, str, str]]:
    """Yield where each figure stood: its question, place, sheet and cell."""
    for one in kept:
        page = one.item.page
        yield *_key(one), page.name, page.cell(one.item.row, one.item.column)


def _table(kept: Sequence[Figure], name: str, of: tuple[BookRead, Wanted], home: Path) -> tuple[pd.DataFrame, Origin]:
    """Return the results of an edition as they are kept, and where they come from."""
    read, wanted = of
    known, rows = indicators(home), list[list[Any]]()
    for one in kept:
        value, *counts = (nan if number is None else number for number in (one.value, one.numerator, one.denominator))
        value = as_kept(known[one.measure], value, *counts)
        rows.append([home.name, *_key(one), value, one.answer or None, one.status, *counts, name])
    left = tuple(LeftOut(f"{one.sheet}!{one.cell}", "", "", one.rule) for one in read.account.doubts)
    origin = Origin(
        name, (wanted.source or read.file)[:200], wanted.publisher or NOT_SAID, int(wanted.date[:4] or home.name),
        home.name, read.file, wanted.sha256, wanted.date, f"{len(rows)} uppgifter.", domain=home_domain(home),
        left_out=left, cells=kept_spots(_spots(kept)),
    )  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(NUMBERS, float)), origin
