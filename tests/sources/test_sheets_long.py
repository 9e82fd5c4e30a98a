"""Tables with a question on each row: which of their columns has the values, and rows that say less than the others."""

from pathlib import Path
from typing import Any

import pytest

from oj.cli import run
from oj.facts.editions import using
from sources.sheet_books import book, cells, faults, ranges

TITLE = ["Öppna jämförelser 2021, barn- och ungdomsvård"]


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        (["Kommun", "Indikator", "Resultat"], [["Malmö", "Plan", "Ja"], ["Lund", "Plan", "Nej"]]),
        (["Kommun", "Indikator", "Resultat", "Antal svar"], [["Malmö", "Plan", "Ja", 3], ["Lund", "Plan", "Nej", 4]]),
        (["Kommun", "Indikator", "Antal", "Utfall"], [["Malmö", "Plan", 3, "Ja"], ["Lund", "Plan", 4, "Nej"]]),
        (
            ["lan", "kommunkod", "kommun", "fraga", "ar", "varde", "namnare"],
            [["Skåne", "1280", "Malmö", "Plan", 2021, "Ja", ""], ["Skåne", "1281", "Lund", "Plan", 2021, "Nej", ""]],
        ),
        (["Kommun", "Nyckeltal", "Värde, procent", "Rang"], [["Malmö", "Plan", "Ja", 1], ["Lund", "Plan", "Nej", 2]]),
    ],
)
def test_the_values_are_under_any_heading_that_is_theirs(headings: list[str], rows: list[list[Any]], read: Any) -> None:
    told = read({"B": [TITLE, headings, *rows]})
    assert cells(told, "place", "title", "period", "answer") == [
        ("1280", "Plan", "2021", "yes"), ("1281", "Plan", "2021", "no"),
    ]  # fmt: skip
    assert told["faults"] == []


@pytest.mark.parametrize("headings", [["Andel", "Antal"], ["Resultat", "Utfall"], ["Ett", "Två"]])
def test_of_several_columns_it_is_not_guessed_which_has_the_values(headings: list[str], read: Any) -> None:
    told = read({"B": [TITLE, ["Kommun", "Indikator", *headings], ["Malmö", "Plan", 20.5, 3], ["Lund", "Plan", 30, 4]]})
    assert told["cells"] == []
    assert [*faults(told)] == ["B!C3:C4", "B!D3:D4"]


def test_the_heading_of_the_values_says_their_unit(read: Any) -> None:
    rows = [["Malmö", "Andel nöjda", 20.5], ["Lund", "Andel nöjda", 0.8]]
    assert cells(read({"B": [TITLE, ["Kommun", "Indikator", "Andel (%)"], *rows]}), "value") == [(0.205,), (0.008,)]
    told = read({"B": [TITLE, ["Kommun", "Indikator", "Antal"], ["Malmö", "Andel nöjda", 1], ["Lund", "Platser", 1]]})
    assert cells(told, "cell", "value") == [("C4", 1.0)]
    assert faults(told) == {"B!C3": "är ett antal, men frågan gäller en andel"}


def test_a_table_of_2015_is_read_in_with_such_a_heading(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["Malmö", "Social jourverksamhet", "Ja"], ["Lund", "Social jourverksamhet", "Nej"]]
    path = book(tmp_path / "bok.xlsx", {"B": [["Öppna jämförelser 2015"], ["kommun", "indikator", "Resultat"], *rows]})
    with using(data_copy):
        assert run(["import", str(path)]) == 0
    assert "2 uppgifter för 2 platser" in capsys.readouterr().out
    assert [one.name for one in (data_copy / "results").glob("*.csv")] == ["bok.csv"]


@pytest.mark.parametrize("asked", [["Plan A", "Plan B", "Plan C"], ["Plan A", "Plan B"]])
def test_a_blank_value_of_a_pivot_table_is_lacking_and_told(asked: list[str], read: Any) -> None:
    """Plan B is blank for Malmö, beside its question alone; where no place can be known for it, it is a fault."""
    rows = [["Malmö" if at == 0 else None, one, None if one == "Plan B" else "Ja"] for at, one in enumerate(asked)]
    rows += [["Lund" if at == 0 else None, one, "Ja"] for at, one in enumerate(asked)]
    head = [TITLE, ["Kommun", "Indikator", "Värde"]]
    told = read({"B": [*head, *rows]})
    assert ("C4", "1280", "Plan B", "missing") in cells(told, "cell", "place", "title", "status")
    assert told["faults"] == []
    again = read({"B": [*head, *rows, ["Malmö", "Plan D", "Ja"], [None, "Plan E", "Ja"]]})  # no pivot table
    assert {"B!C4", f"B!C{4 + len(asked)}"} <= {*faults(again)}


def test_a_row_with_a_question_alone_among_others_is_told(read: Any) -> None:
    rows = [
        ["Malmö", "Plan A", "Ja"],
        [None, "Trygghet", None],
        ["Lund", "Plan A", "Ja"],
        [None, "Not om frågan", None],
    ]
    told = read({"B": [TITLE, ["Kommun", "Indikator", "Värde"], *rows]})
    assert ranges(told)["C4"] == "rubrik över frågor, eller en fråga utan svar"
    assert (told["faults"], "C6" in ranges(told)) == ([], False)


@pytest.mark.parametrize("status", ["missing", "bortfall", "x", "suppressed"])
def test_a_value_beside_a_status_that_says_why_there_is_none_is_told(status: str, read: Any) -> None:
    """A figure that its own row hides was read and shown."""
    rows = [["Malmö", "Rutin", "Ja", status], ["Lund", "Rutin", "Nej", "observed"], ["Eslöv", "Rutin", None, status]]
    told = read({"2019": [["Kommun", "Fråga", "Svar", "Status"], *rows]})
    assert list(faults(told)) == ["2019!C2"]
    assert "säger två saker" in faults(told)["2019!C2"]
    assert cells(told, "status") == [("observed",), ("suppressed" if status in ("x", "suppressed") else "missing",)]
