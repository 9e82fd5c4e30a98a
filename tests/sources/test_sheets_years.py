"""Which year a strange workbook's figures are of: what titles, headings and columns say, and what they do not."""

from pathlib import Path
from typing import Any

import pytest

from sources.sheet_books import book, cells, faults

TWO = [["Malmö", "Ja"], ["Lund", "Nej"]]
TWO_X = ["Lund", "x", "x"]
UNSAID = "säger inte vilket år"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Avser 2019, publicerad 2020", "2019"), ("Öppna jämförelser 2015–2019, resultat för 2018", "2018"),
        ("Data avser verksamhetsåret 2019", "2019"), ("ÖJ19 barn och unga", "2019"), ("Enkät hösten 2021", "2021"),
        ("Läsåret 2016/17", ""), ("Enligt SOSFS 2014:5 och SoL 2001:453", ""), ("© Socialstyrelsen 2019", ""),
        ("Artikelnr 2019-6-15", ""), ("Källa: SCB 2018", ""), ("Publicerad 2020-06-15", ""), ("Version 2019-03-04", ""),
        ("Öppna jämförelser 2020, uppgifterna avser 2019", ""), ("Resultat 2019 jämfört med 2018", ""),
    ],
)  # fmt: skip
def test_a_title_says_a_year_or_none(title: str, year: str, read: Any) -> None:
    told = read({"Blad1": [[title], ["Kommun", "Rutin"], *TWO]})
    assert told["editions"] == ([year] if year else [])
    assert all(rule.startswith(UNSAID) for rule in faults(told).values())
    assert bool(told["faults"]) is not bool(year)


def test_a_source_or_a_law_beside_the_title_says_no_other_year(read: Any) -> None:
    above = [["Öppna jämförelser 2019"], ["Källa: SCB 2018"], ["Lagrum: SoL 2001:453"], ["Artikelnr 2020-1-1"]]
    told = read({"Blad1": [*above, ["Kommun", "Rutin"], *TWO]})
    assert cells(told, "period", "answer") == [("2019", "yes"), ("2019", "no")]


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        ("Andel nöjda 2018, %", "Andel nöjda 2019, %", "Andel nöjda, %"), ("Plan ÖJ 2018", "Plan ÖJ 2019", "Plan"),
        ("Rutin 2018 (Ja=1, Nej=0)", "Rutin 2019 (Ja=1, Nej=0)", "Rutin (Ja=1, Nej=0)"),
        ("Plan_2018", "2019_Plan", "Plan"),
        ("Plan, år 2018", "Plan, år 2019", "Plan"), ("Plan [2018]", "Plan [2019]", "Plan"),
    ],
)  # fmt: skip
def test_a_heading_has_its_year_before_its_unit_or_coding(first: str, second: str, title: str, read: Any) -> None:
    told = read({"Blad1": [["Öppna jämförelser"], ["Kommun", first, second], ["Malmö", "x", "x"], TWO_X]})
    assert list(dict.fromkeys(cells(told, "title", "period"))) == [(title, "2018"), (title, "2019")]


@pytest.mark.parametrize("years", [("ÖJ18", "ÖJ 19"), ("2018 1)", "2019*"), ("2018 (n=290)", "2019 (n=285)")])
def test_a_level_is_a_year_with_a_note_or_in_short(years: tuple[str, str], read: Any) -> None:
    rows = [["Öppna jämförelser 2016–2023"], [None, "Rutin", None], ["Kommun", *years], ["Malmö", "Ja", "Nej"]]
    told = read({"Blad1": [*rows, ["Lund", "Nej", "Ja"]]}, merged=["B2:C2"])
    assert cells(told, "cell", "title", "period")[:2] == [("B4", "Rutin", "2018"), ("C4", "Rutin", "2019")]


def test_a_level_of_several_years_is_not_taken_for_the_titles_one(read: Any) -> None:
    rows = [
        ["Öppna jämförelser 2020"],
        [None, "Rutin", None],
        ["Kommun", "2018/19", "2018–2020"],
        ["Malmö", "Ja", "Nej"],
    ]
    told = read({"Blad1": [*rows, ["Lund", "Nej", "Ja"]]}, merged=["B2:C2"])
    assert not told["cells"]
    assert set(faults(told)) == {"Blad1!B4", "Blad1!C4", "Blad1!B5", "Blad1!C5"}


def test_a_year_that_stands_once_for_several_rows_is_theirs(read: Any) -> None:
    rows = [["År", "Kommun", "Rutin"], [2018, "Malmö", "Ja"], [None, "Lund", "Nej"], [2019, "Malmö", "Nej"]]
    told = read({"Blad1": [*rows, [None, "Lund", "Ja"]]})
    assert cells(told, "place", "period") == [("1280", "2018"), ("1281", "2018"), ("1280", "2019"), ("1281", "2019")]


def test_the_years_that_a_question_was_asked_are_not_those_of_its_figures(read: Any) -> None:
    for asked in ("(Ja=1, Nej=0) (-2021)", "(- 2021)", "(2018-)"):
        told = read(
            {"Data": [[f"Rutin, {asked}"], ["Kommun", 2018, 2019], ["Malmö", "Ja", "Nej"], ["Lund", "Nej", "Ja"]]}
        )
        assert [one["period"] for one in told["cells"]] == ["2018", "2019"] * 2, told["faults"]


def test_a_table_beside_another_is_of_the_year_that_stands_over_both(read: Any) -> None:
    head, rows = (
        ["Kommun", "Rutin", None, None, "Kommun", "Plan"],
        [[one, "Ja", None, None, one, "Nej"] for one in ("Malmö", "Lund")],
    )
    told = read({"2022 resultat": [["Öppna jämförelser 2023"], [], head, *rows]})
    assert not told["cells"]
    assert all("nämner olika år" in one["rule"] for one in told["faults"])


@pytest.mark.parametrize(("name", "asked", "is_read"), [
    ("oppna-jamforelser-2018.xlsx", "2019", False), ("oppna-jamforelser-2018.xlsx", "2018", True),
    ("lanet-2018.xlsx", "2019", True),  # of when it was saved, maybe
])  # fmt: skip
def test_an_edition_is_not_asked_for_against_the_files_name(
    name: str, asked: str, is_read: bool, tmp_path: Path, read: Any
) -> None:
    path = book(tmp_path / name, {"Blad1": [["Kommun", "Rutin"], ["Malmö", "Ja"], ["Lund", "Nej"]]})
    told = read(path, "--edition", asked)
    assert bool(told["cells"]) == is_read
    assert [one["rule"] for one in told["faults"]] == (
        [] if is_read else ["filens namn säger 2018, inte 2019. Byt namn på filen om namnet är fel"]
    )


def test_a_year_alone_over_a_table_below_another_is_a_year_though_a_municipality_has_it_as_its_code(read: Any) -> None:
    head, empty = ["Kommun", "Nöjda, %"], list[str]()
    rows = [["2021"], head, ["Malmö", 50], ["Lund", 60], empty, ["2023"], empty, head, ["Malmö", 55], ["Lund", 65]]
    told = read({"Tabeller": rows})
    assert cells(told, "cell", "period") == [("B3", "2021"), ("B4", "2021"), ("B9", "2023"), ("B10", "2023")]
    assert not told["faults"]
