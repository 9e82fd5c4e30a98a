"""Counts that cannot be, and texts that look like formulas, from a filled-in form to what people see of it."""

import csv
import re
from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from conftest import DATA
from filling import Answers, answers_giving, filled
from oj.facts.places import all_places, units
from oj.publish.build.downloads import write_texts
from oj.publish.build.preliminary import Preliminary, from_form, wrong_counts
from oj.publish.build.review import write_review
from oj.sources.files.edge import saved
from oj.sources.survey.read import read_form
from oj.words.errors import DataError

SOLNA = "0184"
COUNTY = [unit.code for unit in units("06", DATA)]  # each case in a municipality of its own, in the same form
STAFF = ("socionomer-tre-ar", "socionomer-fem-ar", "arbetsledning")


def read(path: Path, answers: Sequence[Answers]) -> Preliminary:
    """Return what a form gives where each of the county's first municipalities has answers of its own."""
    given = dict(zip(COUNTY, answers, strict=False))
    return from_form(read_form(filled(path, given), DATA), DATA)


def result(found: Preliminary, indicator: str, place: str) -> Any:
    rows = found.results.set_index(["indicator", "place"])
    return rows.loc[(indicator, place)]


def rows_of(path: Path) -> list[list[Any]]:
    return [[one.value for one in line] for line in load_workbook(path)["Granskning"]]


IMPOSSIBLE: list[tuple[Answers, str, tuple[str, ...]]] = [
    ({"personal.handlaggare": 5.0, "personal.tre-till-fem-ar": 4.0, "personal.mer-an-fem-ar": 4.0},
     "4 + 4 mot 5", STAFF),
    ({"personal.handlaggare": 5.0, "personal.mer-an-fem-ar": 5.1}, "5,10 mot 5", STAFF),
    ({"personal.handlaggare": 5.0, "personal.socionomer": 8.0, "personal.tre-till-fem-ar": 1.0,
      "personal.mer-an-fem-ar": 1.0}, "8 mot 5", STAFF),
    ({"personal.socionomer": 2.0, "personal.under-ett-ar": 1.0, "personal.mer-an-fem-ar": 1.5,
      "personal.handlaggare": 9.0}, "1 + 1,50 mot 2", STAFF[:2]),
    ({"personal.handlaggare": 4.0, "personal.socialt-arbete": 6.0}, "6 mot 4", STAFF),
    ({"arbetsledning.timmar-1": 169.0, "personal.handlaggare": 5.0}, "169 timmar", STAFF[2:]),
    ({"arbetsledning.timmar-1": 40.0, "personal.handlaggare": 0.1}, "400 timmar", STAFF[2:]),
]  # fmt: skip


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> tuple[Preliminary, Path]:
    """What a form with every count that cannot be gives, and the folder where it is, with its review."""
    folder = tmp_path_factory.mktemp("wrong")
    found = read(folder / "enkat.xlsx", [answers for answers, _numbers, _without in IMPOSSIBLE])
    write_review(found.review, found.differences, folder / "granskning.xlsx", "2015")
    return found, folder


@pytest.mark.parametrize("at", range(len(IMPOSSIBLE)))
def test_counts_that_cannot_be_are_told_with_their_cell_and_nothing_is_made_of_them(
    at: int, wrong: tuple[Preliminary, Path]
) -> None:
    (answers, numbers, without), (found, folder) = IMPOSSIBLE[at], wrong
    name = all_places(DATA)[COUNTY[at]].name
    said = wrong_counts(found, "enkat.xlsx")
    row = next(line for line in said.splitlines() if numbers in line and f", {name} " in line)
    cell = row.partition(f"{name} ")[2].partition(":")[0]
    assert load_workbook(folder / "enkat.xlsx")[name][cell].value in answers.values()
    assert {result(found, one, COUNTY[at])["status"] for one in without} == {"missing"}
    listed = rows_of(folder / "granskning.xlsx")
    assert listed[0][1] == "Ruta"
    assert [line for line in listed if line[1] == f"{name} {cell}" and numbers in line[-1]]


ALL_OF_THEM: list[Answers] = [
    {"personal.handlaggare": 5.0, "personal.tre-till-fem-ar": 2.0, "personal.mer-an-fem-ar": 3.0},
    {"personal.handlaggare": 4.99, "personal.tre-till-fem-ar": 2.0, "personal.mer-an-fem-ar": 3.0},  # rounding
    {"personal.handlaggare": 0.5, "personal.tre-till-fem-ar": 0.0, "personal.mer-an-fem-ar": 0.52},
]
THIRTEEN: Answers = {"personal.handlaggare": 13.0, "personal.tre-till-fem-ar": 2.0, "personal.mer-an-fem-ar": 3.0}
NO_AGREEMENT: Answers = {"overenskommelse-polis.foljd-upp": "ingen", "overenskommelse-skola.foljd-upp": "ingen"}


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Preliminary:
    answers = [*ALL_OF_THEM, THIRTEEN | {"arbetsledning.timmar-1": 30.0}, NO_AGREEMENT]
    return read(tmp_path_factory.mktemp("right") / "enkat.xlsx", answers)


def test_all_of_them_is_the_most_there_can_be(right: Preliminary) -> None:
    assert wrong_counts(right, "enkat.xlsx") == ""
    assert [result(right, "socionomer-tre-ar", COUNTY[at])["value"] for at in range(len(ALL_OF_THEM))] == [1.0] * 3


def test_shares_of_staff_go_out_as_the_edition_has_them(right: Preliminary) -> None:
    """8 of 20, and 3 of 13, as whole per cent without the counts behind; hours with one decimal."""
    rows = [result(right, name, COUNTY[3]) for name in STAFF]
    assert [row["value"] for row in rows] == [0.38, 0.23, 2.3]
    assert all(isnan(row[name]) for row in rows for name in ("numerator", "denominator"))


def test_a_count_without_end_is_refused_with_its_cell(tmp_path: Path) -> None:
    endless = (1e30, 100_001.0, "9" * 400, "1" + "0" * 5000)
    with pytest.raises(DataError) as raised:
        read(tmp_path / "enkat.xlsx", [{"personal.handlaggare": one} for one in endless])
    for code in COUNTY[: len(endless)]:
        rule = rf"{all_places(DATA)[code].name} C\d+.*(ska vara ett tal|större än)"
        assert len(re.findall(rule, str(raised.value))) == 1


FORMULAS = [
    '=HYPERLINK("http://evil.example","klicka")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "=cmd|' /C calc'!A0",
    "=1",
]


def test_what_looks_like_a_formula_is_text_in_the_review(tmp_path: Path) -> None:
    path = filled(tmp_path / "enkat.xlsx", {code: {"socialjour.hela-aret": "ja"} for code in COUNTY[: len(FORMULAS)]})
    book = load_workbook(path)
    for code, text in zip(COUNTY, FORMULAS, strict=False):
        sheet = book[all_places(DATA)[code].name]
        row = next(one[0].row for one in sheet.iter_rows() if one[0].value == "socialjour.tider")
        for column in (3, 5):
            sheet.cell(row, column).value = text
            sheet.cell(row, column).data_type = "s"
    book.save(path)
    found = from_form(read_form(path, DATA), DATA)
    write_review(found.review, found.differences, tmp_path / "granskning.xlsx", "2015")
    cells = [one for line in load_workbook(tmp_path / "granskning.xlsx")["Granskning"] for one in line]
    assert [one for one in cells if one.data_type == "f"] == []
    for text in FORMULAS:
        assert [one.value.strip() for one in cells if str(one.value).strip() == text.strip()] == [text.strip()] * 2
    assert {str(one.value)[0] for one in cells if one.value and "=" in str(one.value)} <= {"=", "\t", "@"}


def test_no_workbook_of_ours_computes() -> None:
    from datetime import datetime
    from io import BytesIO

    book = Workbook()
    book.active.append(["=1+1", "text", 3])
    read_back = load_workbook(BytesIO(saved(book, datetime(2015, 1, 1))))
    assert [one.data_type for one in read_back.active[1]] == ["s", "s", "n"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_csv_of_ours_computes(text: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"title": [text, "Solna", None], "value": [-1.5, 2.0, float("nan")]})
    write_texts(frame, tmp_path / "resultat.csv")
    rows = list(csv.reader((tmp_path / "resultat.csv").open(encoding="utf-8", newline="")))
    assert rows[1:] == [[f"'{text}", "-1.5"], ["Solna", "2.0"], ["", ""]]


def test_a_long_comment_and_control_signs_are_no_hindrance(tmp_path: Path) -> None:
    rows = pd.DataFrame([["Aneby", "ett ord " * 3000 + "\x0b\x07"]], columns=["Kommun", "Iakttagelse"])
    write_review(rows, rows, tmp_path / "granskning.xlsx", "2015")
    sheet = load_workbook(tmp_path / "granskning.xlsx")["Granskning"]
    assert max(one.height for one in sheet.row_dimensions.values()) <= 409


def test_an_agreement_that_is_said_not_to_be_there_is_told(right: Preliminary) -> None:
    """`ingen` at the second question alone: Nej, and told; for the schools it may not apply, and is bortfall."""
    place = COUNTY[4]
    assert result(right, "overenskommelse-polis", place)["answer"] == "no"
    assert result(right, "overenskommelse-skola", place)["status"] == "missing"
    own = right.review[right.review["Kommun"] == all_places(DATA)[place].name]
    told = " ".join(own["Iakttagelse"])
    assert told.count("följdfrågan säger att ingen överenskommelse finns; det räknas som Nej") == 1
    assert answers_giving(SOLNA).keys() >= NO_AGREEMENT.keys()
