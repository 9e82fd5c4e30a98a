"""A workbook of any edition into the facts: what is lacking of its editions is made, and its results are imported.

All of it happens in a copy of the facts first, where every check is made; then all that is new is moved into place at
once, or nothing is.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from oj.facts.datapackage import using
from oj.facts.editions import asking_editions, home_domain, root_of
from oj.facts.places import all_places
from oj.sources.draft.copying import in_copy
from oj.sources.draft.edition import Source, asked_in, files_of
from oj.sources.imported import COLUMNS, Origin, Trial, write_imported
from oj.sources.origins import LeftOut
from oj.sources.sheets.model import Figure
from oj.sources.sheets.read import BookRead
from oj.words.errors import DataError, Fault, UserError, why

UNKNOWN = "ej angiven"  # who published a workbook
NO_GROUP = "uppgifter om kvinnor och män var för sig läses, men läses ännu inte in"
NO_PLACE = "är en stadsdel eller förvaltning som inte finns i data/places.csv"


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
    """What an import did: results by edition, editions that it made with their questions, and what it left out."""

    results: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    files: list[Path] = field(default_factory=list)


def import_any(read: BookRead, wanted: Wanted, home: Path, trial: Trial) -> Done:
    """Import a workbook's figures of every year that it has, and make the editions that are lacking.

    `home` is the domain's folder. Raises DataError with every fault, unless what is right is accepted; then, or where
    nothing can be read, nothing has changed. Nor has it where `trial` is only one.
    """
    if read.account.doubts and not wanted.accept_valid:
        raise DataError(faults_of(read))
    if not read.figures:
        raise UserError(f"{read.file} har inga uppgifter att läsa in.")
    root = root_of(home)
    try:
        with in_copy(root, "Resultat läses in", only=trial.only) as (copy, files):
            done = _in_copy(read, wanted, copy / home.name, replace(trial, only=False))
            done.files = files
    except OSError as error:
        raise UserError(f"Resultaten kan inte skrivas i {root}: {why(error)}. Inget har lästs in.") from error
    return done


def faults_of(read: BookRead) -> list[Fault]:
    """Return a workbook's faults, each with its sheet and cell."""
    return [Fault(read.file, None, f"{one.sheet} {one.cell}", one.value, one.rule) for one in read.account.doubts]


def _in_copy(read: BookRead, wanted: Wanted, home: Path, trial: Trial) -> Done:
    """Make the editions that are lacking and import the results of each, in a copy of the facts."""
    done, years = Done(), read.editions
    for year in years:
        with using(home.parent):
            if year not in asking_editions(home):
                done.made[year] = _made(read, wanted, home / year)
            name = wanted.name if len(years) == 1 else f"{wanted.name}-{year}"
            kept = _kept(read, home / year, done)
            done.results[year] = len(kept)
            if kept:
                write_imported(*_table(kept, name, (read, wanted), home / year), home / year, trial=trial)
    return done


def _made(read: BookRead, wanted: Wanted, home: Path) -> int:
    """Write the files of an edition that are not there yet, and return how many questions it has."""
    measures = {one.indicator.id: one.indicator for one in read.measures}
    asked = asked_in(home.name, read.figures, measures, home.parent)
    publisher = wanted.publisher or UNKNOWN
    source = Source(f"arbetsbok-{home.name}", wanted.source or read.file, publisher, read.file)
    for path, text in files_of(home.name, asked, source, home.parent).items():
        if not (home / path).exists():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_text(text, encoding="utf-8", newline="\n")
    return len(asked)


def _kept(read: BookRead, home: Path, done: Done) -> list[Figure]:
    """Return the figures of an edition that can be imported; what is left out is counted."""
    places = all_places(home)
    own = [one for one in read.figures if one.item.heading.period == home.name]
    for one in own:
        if one.item.heading.group != "total":
            done.left[NO_GROUP] += 1
        elif one.item.place.code not in places:
            done.left[f"”{one.item.place.name}” {NO_PLACE}"] += 1
    return [one for one in own if one.item.heading.group == "total" and one.item.place.code in places]


def _table(kept: Sequence[Figure], name: str, of: tuple[BookRead, Wanted], home: Path) -> tuple[pd.DataFrame, Origin]:
    """Return the results of an edition as they are kept, and where they come from."""
    read, wanted = of
    rows = [
        [home.name, one.measure, one.item.place.code, one.value, one.answer or None, one.status, None, None, name]
        for one in kept
    ]
    left = tuple(LeftOut(f"{one.sheet}!{one.cell}", "", "", one.rule) for one in read.account.doubts)
    origin = Origin(
        name, (wanted.source or read.file)[:200], wanted.publisher or UNKNOWN, int(wanted.date[:4] or home.name),
        home.name, read.file, wanted.sha256, wanted.date, f"{len(rows)} uppgifter.", domain=home_domain(home),
        left_out=left,
    )  # fmt: skip
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"value": float, "numerator": float, "denominator": float})
    return table, origin
