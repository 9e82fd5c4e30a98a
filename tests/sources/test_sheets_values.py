"""What the cells of a strange workbook say: codes, answers in own words, shares and amounts."""

from pathlib import Path
from typing import Any

import pytest

from oj.cli import run
from sources.sheet_books import cells, faults

TITLE = ["Öppna jämförelser 2019"]
NAMES = ["Malmö", "Lund", "Eslöv", "Ystad", "Höör", "Höganäs"]


def column(heading: str, *values: Any) -> dict[str, Any]:
    """Return a sheet with one column of results."""
    return {"Blad1": [TITLE, ["Kommun", heading], *[list(one) for one in zip(NAMES, values, strict=False)]]}


def test_a_full_stop_after_an_answer_is_no_part_of_it(read: Any) -> None:
    """Only where nothing else can be meant: a figure may be a note's, and two stops something that is lacking."""
    told = read(column("Aktuell rutin", "Ja.", "Nej.", "Delvis.", "ja", "Nej", "Ja"))
    assert [one["answer"] for one in told["cells"]] == ["yes", "no", "partly", "yes", "no", "yes"]
    assert faults(told) == {}
    told = read(column("Aktuell rutin", "Ja.1", "Ja..", "Ja .", "Ja", "Nej", "Ja"))
    assert list(faults(told)) == ["Blad1!B3", "Blad1!B4", "Blad1!B5"]


@pytest.mark.parametrize(
    "coding",
    [
        "Ja: 1, Nej: 0",
        "1 ja, 0 nej",
        "[Ja (1), Nej (0)]",
        "0=Nej, 1=Ja",
        "Ja=1, Nej=0, Vet ej=9",
        "ja som 1, nej som 0",
    ],
)
def test_a_coding_is_read_however_it_is_written_in_a_heading_or_a_note(coding: str, read: Any) -> None:
    said = [("Rutin", "yes"), ("Rutin", "no")]
    told = read(column(f"Rutin, {coding}", 1, 0, 2))
    assert [one["answer"] for one in told["cells"]] == ["yes", "no"]
    assert list(faults(told)) == ["Blad1!B5"]
    for notes in ([[coding]], [["Svarsalternativ", coding]]):
        sheets = {"Om": notes, "Blad1": [TITLE, ["Kommun", "Rutin"], ["Malmö", 1], ["Lund", 0]]}
        assert cells(read(sheets), "title", "answer") == said


def test_a_coding_that_changed_is_that_of_each_year(read: Any) -> None:
    note = ["Kodning till och med 2017: Ja=1, Nej=0. Från 2018: Ja=2, Delvis=1, Nej=0"]
    rows = [note, [], [None, "Plan", None], ["Kommun", 2017, 2018], ["Malmö", 1, 1], ["Lund", 0, 2]]
    told = read({"Blad1": rows}, merged=["B3:C3"])
    assert cells(told, "period", "answer") == [("2017", "yes"), ("2018", "partly"), ("2017", "no"), ("2018", "yes")]


def test_a_coding_of_all_below_the_titles_of_a_list_is_that_of_every_question(read: Any) -> None:
    information = [["Indikator", "Titel"], ["Ind 2", "Rutin"], ["Ind 4", "Plan"], ["Svaren är kodade: Ja = 1, Nej = 0"]]
    rows = [TITLE, ["Kommun", "Ind 2", "Ind 4"], ["Malmö", 1, 0], ["Lund", 0, 1], ["Riket", 87.5, 12.5]]
    told = read({"Information": information, "Blad1": rows})
    assert cells(told, "answer")[:2] == [("yes",), ("no",)]
    assert cells(told, "value")[2] == (0.875,)


def test_codings_that_name_their_questions_are_theirs_though_they_differ(read: Any) -> None:
    notes = [["Rutin för SIP: 1 = Ja, 0 = Nej"], ["Plan för personal: 2 = Ja, 1 = Delvis, 0 = Nej"]]
    rows = [TITLE, ["Kommun", "Rutin för SIP", "Plan för personal"], ["Malmö", 1, 1], ["Lund", 0, 2]]
    told = read({"Om": notes, "Blad1": rows})
    assert cells(told, "answer") == [("yes",), ("no",), ("partly",), ("yes",)]


def test_the_nations_number_in_a_question_whose_numbers_may_be_codes_is_no_amount(read: Any) -> None:
    notes = [["Ja=1, Nej=0"], ["Ja=2, Delvis=1, Nej=0"]]
    told = read({"Om": notes, "Blad1": [TITLE, ["Kommun", "Rutin"], ["Malmö", 1], ["Lund", 0], ["Riket", 87.5]]})
    assert not told["cells"]
    assert set(faults(told)) == {"Blad1!B3", "Blad1!B4", "Blad1!B5"}


def test_a_known_question_of_answers_is_coded_though_its_title_speaks_of_a_number(read: Any) -> None:
    question = "Kartlagt antalet våldsutsatta barn i kommunen"
    rows = [["Kodning: Ja = 1, Nej = 0"], [], ["Kommun", question], ["Malmö", 1], ["Lund", 0]]
    told = read({"2024": rows}, domain="vald-i-nara-relationer")
    assert cells(told, "answer", "value") == [("yes", None), ("no", None)]


def test_codings_that_quarrel_make_numbers_doubtful_but_no_amounts(read: Any) -> None:
    notes = [["Ja=1, Nej=0"], ["Ja=2, Delvis=1, Nej=0"]]
    rows = [TITLE, ["Kommun", "Rutin", "Antal barn"], ["Malmö", 1, 1], ["Lund", 0, 12]]
    told = read({"Om": notes, "Blad1": rows})
    assert cells(told, "cell", "value") == [("C3", 1), ("C4", 12)]
    assert set(faults(told)) == {"Blad1!B3", "Blad1!B4"}


def test_a_list_of_indicators_has_its_titles_and_codings_by_its_own_headings(read: Any) -> None:
    information = [
        ["Nr", "Område", "Indikator", "Beskrivning", "Svar"],
        [1, "Samordning", "Rutin för SIP", "Att en rutin finns", "Ja=1, Nej=0"],
        ["2a", "Samordning", "Nöjda", "Andel nöjda i procent"],
        [3, "Säkerhet", "Plan", "Att en plan finns", "Ja=2, Delvis=1, Nej=0"],
        ["Ind 4 b", "Säkerhet", "Stöd till den"], [None, None, "som vårdar"],
    ]  # fmt: skip
    rows = [
        TITLE,
        ["Kommun", "Indikator 1", "Indikator 2a", "Ind 3", "Ind 4 b"],
        ["Malmö", 1, 50, 1, "Ja"],
        ["Lund", 0, 60, 2, "Nej"],
    ]
    told = read({"Information": information, "Blad1": rows})
    assert cells(told, "title", "value", "answer")[::2] == [
        ("Rutin för SIP", None, "yes"), ("Nöjda", 0.5, None), ("Plan", None, "partly"),
        ("Stöd till den som vårdar", None, "yes"),
    ]  # fmt: skip


def test_a_remark_is_no_answer_and_a_known_answer_is_one(read: Any) -> None:
    told = read(column("Rutin", "Ja", "Nej", "Ja (1)", "Ja, men den är gammal", "Nej"))
    assert cells(told, "cell", "answer") == [("B3", "yes"), ("B4", "no"), ("B7", "no")]
    assert set(faults(told)) == {"Blad1!B5", "Blad1!B6"}
    for answer in ("Nej, men fattat beslut", "Delvis", "Ja, delvis"):
        assert cells(read(column("Rutin", "Ja", "Nej", answer)), "answer")[2] == ("partly",)
    twice = read(column("Rutin", "Ja", "Nej", "Ja, men inte beslutad", "Ja, men inte beslutad"))
    assert cells(twice, "answer")[2:] == [("partly",), ("partly",)]


def test_what_one_municipality_writes_year_after_year_is_a_remark(read: Any) -> None:
    """It would be an answer's name in the report, and may be a person's."""
    remark = "Nej, Anna Exempel är sjuk"
    rows = [["Malmö", "Ja", "Ja"], ["Lund", remark, remark], ["Eslöv", "Nej", "Nej"]]
    told = read({"Blad1": [["Kommun", "Rutin 2018", "Rutin 2019"], *rows]})
    assert set(faults(told)) == {"Blad1!B3", "Blad1!C3"}
    assert len(cells(told, "answer")) == 4


def test_a_sign_that_the_file_explains_is_the_answer(read: Any) -> None:
    rows = [TITLE, ["x = ja, tom ruta = nej"], ["Kommun", "Rutin", "Plan"], ["Malmö", "x", None], ["Lund", None, "x"]]
    told = read({"Blad1": rows})
    assert cells(told, "cell", "answer") == [("B4", "yes"), ("B5", "no"), ("C4", "no"), ("C5", "yes")]


def test_a_percent_sign_among_amounts_is_a_fault_and_makes_them_no_shares(read: Any) -> None:
    told = read(column("Antal barn", 12.5, "45 %", 30))
    assert cells(told, "cell", "value") == [("B3", 12.5), ("B5", 30)]
    assert list(faults(told)) == ["Blad1!B4"]


def test_shares_with_signs_are_read_and_a_small_number_beside_them_is_not_guessed(read: Any) -> None:
    told = read(column("Nöjda, procent", "45,5 %", 50, 0.8, "0,5 %"))
    assert cells(told, "cell", "value") == [("B3", 0.455), ("B4", 0.5), ("B6", 0.005)]
    assert list(faults(told)) == ["Blad1!B5"]


def test_a_fraction_among_whole_numbers_of_percent_is_not_guessed(read: Any) -> None:
    told = read(column("Nöjda, procent", 45, 50, 38, 72, 0.45, 1))
    assert list(faults(told)) == ["Blad1!B7"]
    told = read(column("Nöjda, procent", 45.5, 50, 38, 72, 0.4, 1))
    assert not told["faults"]


def test_a_unit_behind_a_number_is_read_where_the_title_says_the_same(read: Any) -> None:
    told = read(column("Väntetid, antal dagar", "20 dagar", "12,5 dagar", "3 kr"))
    assert cells(told, "cell", "value") == [("B3", 20), ("B4", 12.5)]
    assert list(faults(told)) == ["Blad1!B5"]
    assert cells(read(column("Kostnad, kronor", "7\u00a0390 kr", "950 kr")), "value") == [(7390,), (950,)]


def test_small_numbers_are_shares_of_one_where_those_who_answered_ja_are_on_the_sheet(read: Any) -> None:
    def sheet(head: str, nation: float) -> dict[str, Any]:
        return {"Blad1": [TITLE, ["Kommun", "Rutin", head], ["Malmö", "Ja", 0.62], ["Riket", nation, 0.4]]}

    told = read(sheet("Andel nöjda", 0.61))
    assert cells(told, "cell", "value")[2:] == [("C3", 0.62), ("C4", 0.4)]
    for head, nation in (("Andel nöjda", 61), ("Nöjda, procent", 0.61)):
        assert {"Blad1!C3", "Blad1!C4"} <= set(faults(read(sheet(head, nation))))


def test_an_amount_and_a_share_of_one_question_are_two_measures(read: Any) -> None:
    rows = [TITLE, [None, "Nöjda", None], ["Kommun", "Antal", "Andel"], ["Malmö", 100, 10.5], ["Lund", 50, 12.5]]
    told = read({"Blad1": rows}, merged=["B2:C2"])
    assert [one["title"] for one in told["new_measures"]] == ["Nöjda – Antal", "Nöjda – Andel"]
    assert cells(told, "value")[1:3] == [(50,), (0.105,)]


def test_a_table_of_questions_whose_results_have_no_known_heading_is_a_fault(read: Any, tmp_path: Path) -> None:
    head, rows = "Kommun;Indikator;År;{};Antal svar\n", "Malmö;Rutin;2019;12;7\nLund;Rutin;2019;14;9\n"
    (tmp_path / "a.csv").write_text(head.format("Värdet") + rows, encoding="utf-8")
    told = read(tmp_path / "a.csv")
    assert not told["cells"]
    assert list(faults(told)) == ["a.csv!D2:D3", "a.csv!E2:E3"]
    assert "Answer, Svar, Resultat och Utfall. Menade du ”Värde”?" in faults(told)["a.csv!D2:D3"]
    assert run(["import", str(tmp_path / "a.csv"), "--dry-run"]) == 2
    (tmp_path / "a.csv").write_text(head.format("Värde") + rows, encoding="utf-8")
    assert cells(read(tmp_path / "a.csv"), "cell", "value") == [("D2", 12), ("D3", 14)]


def test_other_signs_of_a_legend_are_read_by_it(read: Any) -> None:
    signs = {":": "uppgiften är sekretesskyddad", "i.u.": "ingen uppgift", "†": "ej aktuellt"}
    rows = [["Malmö", "Ja"], *zip(("Lund", "Eslöv", "Ystad"), signs, strict=True)]
    for says in ("=", "betyder"):
        told = read(
            {"2019": [["Kommun", "Rutin"], *rows, [], *[[f"{sign} {says} {word}"] for sign, word in signs.items()]]}
        )
        assert [one["status"] for one in told["cells"]] == ["observed", "suppressed", "missing", "not_applicable"]
