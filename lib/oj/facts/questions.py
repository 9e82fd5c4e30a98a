"""The questions that are known of a domain's municipal survey: what a workbook's columns can be.

A domain's `questions.csv` says of each its title, its answers with the number that stands for each, and its area. It
is no edition: which questions an edition asked, and what was answered, is read from its own workbook.
"""

import re
from collections import Counter
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict

from oj.facts.datapackage import read_table
from oj.facts.editions import DOMAIN, domain_folder, domain_of, label_of
from oj.facts.kept import kept, kept_by_content
from oj.words.errors import DataError, Fault, nearest
from oj.words.frames import as_records
from oj.words.swedish import letters

FILE, BETWEEN = "questions.csv", " | "
KEYS = {"title": "title", "kolada": "kolada"}  # the columns where no two questions may have the same
PARTS = re.compile(r"\s*\|\s*")


class Question(BaseModel):
    """One question; `codes` is the answer that each number stands for, in the order of `answers`: best first.

    From the edition `comparable_from` the question is another than before, in its definition or in what its numbers
    stand for: then `codes_before` says what they stood for. An edition is None where it is not known.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str
    kolada: str
    title: str
    answers: tuple[str, ...]
    codes: dict[str, str]
    area: str
    first_edition: int | None
    last_edition: int | None
    comparable_from: int | None
    codes_before: dict[str, str]
    description: str

    def codes_in(self, year: int) -> dict[str, str]:
        """Return the answer that each number stands for in the edition of a year."""
        is_before = self.comparable_from is not None and year < self.comparable_from
        return self.codes_before if is_before and self.codes_before else self.codes


def questions(folder: Path | None = None) -> dict[str, Question]:
    """Return the known questions of a domain by id, in the order of its file; an empty one where it has none.

    Raises DataError with every fault, its row and column.

    >>> questions()["overenskommelse-polis"].codes
    {'1': 'Ja', '0': 'Nej'}
    """
    home = domain_folder(folder)
    return dict(_read(home))


@kept
def _read(home: Path) -> dict[str, Question]:
    return _made(read_table("questions", home), label_of(home / FILE), domain_of(home).areas)


@kept_by_content
def _made(table: pd.DataFrame, label: str, areas: dict[str, str]) -> dict[str, Question]:
    rows = [_told(one) for one in as_records(table)]
    faults = [fault for at, row in enumerate(rows) for fault in _faults(row, at + 2, label, areas)]
    faults += [fault for column in KEYS for fault in _twice(rows, column, label)]
    if faults:
        raise DataError(sorted(faults, key=lambda fault: (fault.row or 0, fault.column)))
    return {str(row["question"]): _question(row) for row in rows}


def _told(row: dict[str, object]) -> dict[str, str]:
    """Return a row as text, "" where nothing stands."""
    return {key: "" if pd.isna(value) else str(value) for key, value in row.items()}  # type: ignore[call-overload]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(PARTS.split(text)) if text else ()


def _question(row: dict[str, str]) -> Question:
    years = {key: int(row[key]) if row[key] else None for key in ("first_edition", "last_edition", "comparable_from")}
    return Question(
        id=row["question"], kolada=row["kolada"], title=row["title"], answers=_parts(row["answers"]), area=row["area"],
        codes=_coding(row, ""), codes_before=_coding(row, "_before"), description=row["description"], **years,
    )  # fmt: skip


def _coding(row: dict[str, str], when: str) -> dict[str, str]:
    return dict(zip(_parts(row[f"codes{when}"]), _parts(row[f"answers{when}"]), strict=True))


def _faults(row: dict[str, str], line: int, label: str, areas: dict[str, str]) -> list[Fault]:
    """Return what a row says that cannot be so, beside what its columns may hold."""
    told = [fault for when in ("", "_before") for fault in _faults_of_coding(row, when, line, label)]
    if row["area"] not in areas:
        rule = f"är inget område i {DOMAIN}.{nearest(row['area'], areas)} De som finns: {', '.join(areas) or 'inga'}"
        told.append(Fault(label, line, "area", row["area"], rule))
    first, last, since = (int(row[key] or 0) for key in ("first_edition", "last_edition", "comparable_from"))
    if first and last and last < first:
        told.append(Fault(label, line, "last_edition", row["last_edition"], f"är före den första utgåvan, {first}"))
    if since and ((last and since > last) or (first and since <= first)):
        rule = "ska vara efter den första utgåvan och inte efter den sista"
        told.append(Fault(label, line, "comparable_from", row["comparable_from"], rule))
    if row["codes_before"] and not since:
        rule = "är tom: skriv den första utgåvan med de nya koderna"
        told.append(Fault(label, line, "comparable_from", "", rule))
    return told


def _faults_of_coding(row: dict[str, str], when: str, line: int, label: str) -> list[Fault]:
    """Return what is wrong with the answers and the numbers that stand for them; `when` is "" or "_before"."""
    answers, codes, column = _parts(row[f"answers{when}"]), _parts(row[f"codes{when}"]), f"codes{when}"
    if len(answers) != len(codes):
        rule = f"ska vara ett tal för vart och ett av svaren {BETWEEN.join(answers) or '(inga)'}, i samma ordning"
        return [Fault(label, line, column, row[column], rule)]
    numbers = [int(code) for code in codes]
    if numbers != sorted(set(numbers), reverse=True):
        return [Fault(label, line, column, row[column], "ska vara olika tal, det högsta först, som svaren")]
    if len({answer.casefold() for answer in answers}) != len(answers):
        return [Fault(label, line, f"answers{when}", row[f"answers{when}"], "har samma svar två gånger")]
    return []


def _twice(rows: list[dict[str, str]], column: str, label: str) -> list[Fault]:
    """Return a fault for each row that has what another has in a column, however it is written."""
    keys = [letters(row[column]) for row in rows]
    counted, first = Counter(keys), {key: at + 2 for at, key in reversed(list(enumerate(keys)))}
    return [
        Fault(label, at + 2, column, rows[at][column], f"står redan på rad {first[key]}")
        for at, key in enumerate(keys)
        if key and counted[key] > 1 and first[key] != at + 2
    ]
