"""A workbook of any edition, read cell by cell: years, places, questions, answers; what is left out; every fault."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from oj.cli import run
from oj.sources.terms.places import SUM
from sources.sheet_books import cells, faults

TITLE = ["Öppna jämförelser 2016–2023, social barn- och ungdomsvård"]
ANSWERS = [["1280", "Malmö", "Ja"], ["1281", "Lund", "Nej"]]


def test_a_year_over_each_column_several_years_and_codes_in_the_heading(read: Any) -> None:
    heads = [
        TITLE,
        [],
        ["", "", "Rutin (Ja=1, Nej=0)", None, "Andel, procent"],
        ["Kommunkod", "Kommun", 2022, 2023, 2023],
    ]
    rows = [["00", "Riket", 55.2, 60.1, 50], ["1280", "Malmö", 1, 0, 30.5], ["1281", "Lund", None, 3, "x"]]
    told = read({"Blad1": [*heads, *rows]}, merged=["C3:D3"])
    assert told["editions"] == ["2022", "2023"]
    assert cells(told, "cell", "place", "measure", "period", "value", "answer", "status") == [
        ("C5", "00", "rutin", "2022", 0.552, None, "observed"), ("D5", "00", "rutin", "2023", 0.601, None, "observed"),
        ("C6", "1280", "rutin", "2022", None, "yes", "observed"),
        ("D6", "1280", "rutin", "2023", None, "no", "observed"),
        ("C7", "1281", "rutin", "2022", None, None, "missing"),
        ("E5", "00", "andel-procent", "2023", 0.5, None, "observed"),
        ("E6", "1280", "andel-procent", "2023", 0.305, None, "observed"),
        ("E7", "1281", "andel-procent", "2023", None, None, "suppressed"),
    ]  # fmt: skip
    assert faults(told) == {"Blad1!D7": "är inget svar: kodningen har 1 (Ja) och 0 (Nej)"}
    assert told["new_measures"] == [
        {"id": "rutin", "title": "Rutin"},
        {"id": "andel-procent", "title": "Andel, procent"},
    ]


def test_in_2015_a_title_word_for_word_is_the_catalogues_and_another_is_new(read: Any) -> None:
    measured = "Barn i familjer med långvarigt ekonomiskt bistånd (2013)"
    heads = [["Öppna jämförelser 2015"], ["Kod", "Kommun", "Social jourverksamhet", measured, "Socialjour varje dygn"]]
    told = read({"Blad1": [*heads, ["1280", "Malmö", "Ja", "4,5 %", "Nej"], ["1281", "Lund", "Nej", "2 %", "Ja"]]})
    assert cells(told, "measure", "period", "value", "answer") == [
        ("socialjour", "2015", None, "yes"), ("socialjour", "2015", None, "no"),
        ("langvarigt-bistand", "2015", 0.045, None), ("langvarigt-bistand", "2015", 0.02, None),
        ("socialjour-varje-dygn", "2015", None, "no"), ("socialjour-varje-dygn", "2015", None, "yes"),
    ]  # fmt: skip
    assert [one["id"] for one in told["new_measures"]] == ["socialjour-varje-dygn"]
    years = ["Kod", "Kommun", "Andel barn, procent (2018)", "Andel barn, procent (2019)"]
    assert read({"Blad1": [years, ["1280", "Malmö", 10, 20]]})["editions"] == ["2018", "2019"]


@pytest.mark.parametrize(
    ("sheet", "above", "heading", "rule"),
    [
        ("Blad1", "Resultat", "Rutin", "säger inte vilket år siffrorna gäller"),
        ("2019", "Öppna jämförelser 2020", "Rutin", "nämner olika år, 2019"),
        ("2019", "Resultat", "Rutin 2018", "är 2018, men bladets namn 2019 säger 2019"),
        ("Blad1", "Öppna jämförelser 2020", "Rutin 2018", "är 2018, men ”Öppna jämförelser 2020” säger 2020"),
    ],
)
def test_a_year_that_is_not_said_or_disputed_is_asked_for_and_nothing_is_read(
    sheet: str, above: str, heading: str, rule: str, read: Any
) -> None:
    told = read({sheet: [[above], ["Kommunkod", "Kommun", heading], *ANSWERS]})
    assert told["cells"] == []
    assert list(faults(told)) == [f"{sheet}!C3:C4"]
    assert faults(told)[f"{sheet}!C3:C4"].startswith(rule)


def test_a_year_that_is_given_counts_only_where_the_file_says_none(read: Any) -> None:
    table = [["Kommunkod", "Kommun", "Rutin"], *ANSWERS]
    assert read({"Blad1": table}, "--edition", "2019")["editions"] == ["2019"]
    assert read({"2020": table}, "--edition", "2019")["editions"] == ["2020"]


def test_numbered_columns_have_their_titles_elsewhere_and_units_and_kinds_of_providers_are_left_out(read: Any) -> None:
    told = read(
        {
            "Information": [["Öppna jämförelser 2022 – Äldreomsorg"], ["Ind 2", "Aktuell rutin för SIP, (Ja=1, Nej=0)"],
                            ["B11", "Antal invånare"], ["– = ej aktuellt"]],
            "Hemtjänst, enheter": [["Kommun", "Enhet", "Ind 2"], ["Malmö", "Solgården", 1], ["Malmö", "Ängen", 0]],
            "Hemtjänst, kommun, län, rike": [
                ["Kod", "Namn", "Regi", "Ind 2", "B11"], ["12", "Skåne län", "Totalt", 60.2, 20000],
                ["1280", "Malmö", "Totalt", 1, "8 000,5"], ["1280", "Malmö", "Enskild", 0, 1],
                ["1480", "Göteborg", "Totalt", 1, "–"], [None, "Socialförvaltningen Nordost", "Totalt", 0, 7],
            ],
        }
    )  # fmt: skip
    assert [one["range"] for one in told["ignored"][:2]] == ["A2:C3", "D4:E4"]
    assert cells(told, "place", "measure", "value", "answer", "status") == [
        ("12", "aktuell-rutin-for-sip", 0.602, None, "observed"),
        ("1280", "aktuell-rutin-for-sip", None, "yes", "observed"),
        ("1480", "aktuell-rutin-for-sip", None, "yes", "observed"),
        ("1480-nordost", "aktuell-rutin-for-sip", None, "no", "observed"),
        ("12", "antal-invanare", 20000.0, None, "observed"), ("1280", "antal-invanare", 8000.5, None, "observed"),
        ("1480", "antal-invanare", None, None, "not_applicable"),
        ("1480-nordost", "antal-invanare", 7.0, None, "observed"),
    ]  # fmt: skip


def test_tables_beside_and_below_each_other_keep_their_own_places(read: Any) -> None:
    rows = [
        ["Kommun", "Rutin A", None, "Kommun", "Rutin B"], ["Malmö", "Ja", None, "Lund", "Ja"],
        ["Lund", "Nej", None, "Malmö", "Nej"], [], ["Tabell 2"], ["Kommun", "Plan"], ["Lund", "Ja"], ["Malmö", "Nej"],
    ]  # fmt: skip
    told = read({"2021": rows})
    assert cells(told, "cell", "place", "title", "answer") == [
        ("B2", "1280", "Rutin A", "yes"), ("B3", "1281", "Rutin A", "no"), ("E2", "1281", "Rutin B", "yes"),
        ("E3", "1280", "Rutin B", "no"), ("B7", "1281", "Plan", "yes"), ("B8", "1280", "Plan", "no"),
    ]  # fmt: skip


def test_places_across_are_read_down(read: Any) -> None:
    told = read(
        {"ÖJ 2021": [["Fråga", "Malmö", "Lund"], ["Finns rutin?", "Ja", None], ["Finns plan?", "Nej", "Kanske"]]}
    )
    assert cells(told, "cell", "place", "title", "answer", "status") == [
        ("B2", "1280", "Finns rutin?", "yes", "observed"), ("C2", "1281", "Finns rutin?", None, "missing"),
        ("B3", "1280", "Finns plan?", "no", "observed"),
    ]  # fmt: skip
    assert list(faults(told)) == ["ÖJ 2021!C3"]


def test_a_row_for_each_figure_with_women_and_men(read: Any, tmp_path: Path) -> None:
    path = tmp_path / "lang.csv"
    text = "Kommun;Nyckeltal;Kön;2019;2020\nMalmö;Nöjda, andel (%);Kvinnor;55,5;..\nMalmö;Nöjda, andel (%);Män;50;\n"
    path.write_text(text, encoding="cp1252")
    assert cells(read(path), "cell", "period", "group", "value", "status") == [
        ("D2", "2019", "women", 0.555, "observed"), ("E2", "2020", "women", None, "suppressed"),
        ("D3", "2019", "men", 0.5, "observed"), ("E3", "2020", "men", None, "missing"),
    ]  # fmt: skip


def test_county_headings_blank_rows_and_faults_in_places(read: Any) -> None:
    rows = [
        ["Text om undersökningen 2020"], [], ["K-kod", "Kommun", "Rutin"], [None, "Skåne län"],
        [1280, "Malmö stad", "Ja"], [],
        [None, "Hallands län"], [1380, "Halmstads kommun", "Nej, men fattat beslut"], [1281, "Halmstad", "Nej"],
        [1382, "Falkenberg", "Nej"], [1382, "Falkenberg", "Ja"], [9999, "Atlantis", "Ja"], [None, "Summa", 3],
    ]  # fmt: skip
    told = read({"Blad1": rows})
    assert cells(told, "cell", "place", "answer") == [("C5", "1280", "yes"), ("C8", "1380", "partly")]
    assert list(faults(told)) == ["Blad1!C9", "Blad1!C12", "Blad1!C11", "Blad1!C10"]
    assert {"sheet": "Blad1", "range": "C13", "why": SUM} in told["ignored"]


def test_what_is_hidden_in_excel_is_left_out_with_a_word(read: Any, tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "2021"
    for row in [["Kommun", "Rutin", "Plan"], ["Malmö", "Ja", "Ja"], ["Lund", "Nej", "Nej"]]:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    made.save(tmp_path / "dold.xlsx")
    told = read(tmp_path / "dold.xlsx")
    assert cells(told, "cell", "answer") == [("B2", "yes")]
    assert {("B3:C3", "raden är dold i Excel"), ("C2", "kolumnen är dold i Excel")} <= {
        (one["range"], one["why"]) for one in told["ignored"]
    }


def test_json_is_only_for_a_dry_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(tmp_path / "bok.xlsx"), "--json"]) == 2
    assert "--dry-run" in capsys.readouterr().err


def test_the_word_of_a_length_of_time_stays_in_the_title(read: Any) -> None:
    heads = ["Kommunkod", "Kommun", "Uppföljning inom ett år 2022", "Uppföljning inom ett år 2023"]
    told = read({"Blad1": [TITLE, heads, *([*row, "Ja"] for row in ANSWERS)]})
    assert set(cells(told, "title", "period")) == {
        ("Uppföljning inom ett år", "2022"), ("Uppföljning inom ett år", "2023"),
    }  # fmt: skip


def test_what_is_blank_in_a_row_that_cannot_be_read_is_told_too(read: Any) -> None:
    """A municipality that is misspelt is not lost because it has not answered; a note in its column is none."""
    wide = [TITLE, ["Kommunkod", "Kommun", "Rutin 2023"], *ANSWERS, ["1299", "Mallmö", None]]
    long = [TITLE, ["Kommun", "År", "Fråga", "Svar"], ["Malmö", 2023, "Rutin", "Ja"], [None, 2023, "Plan", "Nej"],
            ["Lund", 2023, "Rutin", "Ja"], [None, 2023, "Plan", None], [], [None, None, "Källa: enkäten"]]  # fmt: skip
    assert [*faults(read({"Bred": wide}))] == ["Bred!C5"]
    told = faults(read({"Lista": long}))
    assert [*told] == ["Lista!D4", "Lista!D6"]
    assert "Upprepa alla objektetiketter" in told["Lista!D4"]
