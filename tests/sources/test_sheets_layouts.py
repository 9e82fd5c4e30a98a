"""Where tables of a strange workbook stand, and what their columns hold: stacked, pivoted, turned, of units."""

from pathlib import Path
from typing import Any

import pytest

from sources.sheet_books import cells, faults, ranges

TITLE = ["Öppna jämförelser 2019, social barn- och ungdomsvård"]
TWO = [["Malmö", "Ja"], ["Lund", "Nej"]]


@pytest.mark.parametrize(
    ("first", "second", "key", "wanted"),
    [
        (["År 2018"], ["År 2019"], "period", ["2018", "2018", "2019", "2019"]),
        (["Flickor"], ["Pojkar"], "group", ["women", "women", "men", "men"]),
        (["Rutin A"], ["Rutin B"], "title", ["Rutin A", "Rutin A", "Rutin B", "Rutin B"]),
    ],
)
def test_a_heading_that_comes_again_below_another_title_is_another_table(
    first: list[str],
    second: list[str],
    key: str,
    wanted: list[str],
    read: Any,
) -> None:
    head, own = ["Kommun", "Svar" if key == "title" else "Rutin"], [] if key == "period" else [TITLE]
    told = read({"Blad1": [*own, first, head, *TWO, ["Källa: SCB 2017"], [], second, head, *TWO]})
    assert cells(told, key) == [(one,) for one in wanted]
    assert not told["faults"]


def test_headings_on_several_rows_over_a_table_below_another_are_its_own(read: Any) -> None:
    rows = [TITLE, ["Kommun", "Rutin"], *TWO, [], ["Tabell 2"], [None, "Nöjda", None], ["Kommun", "Flickor", "Pojkar"],
            ["Lund", "50 %", "60 %"]]  # fmt: skip
    told = read({"Blad1": rows}, merged=["B7:C7"])
    assert cells(told, "cell", "title", "group")[2:] == [("B9", "Nöjda", "women"), ("C9", "Nöjda", "men")]


def test_the_nation_alone_on_a_sheet_under_headings_without_a_name_is_read(read: Any) -> None:
    own = [["ÖJ 2022 barn"], ["Kommun", "Rutin"], *TWO]
    told = read({"Kommuner": own, "Riket": [["ÖJ 2022 barn"], [None, "Rutin", "Plan"], ["Riket", "48 %", "50 %"]]})
    assert cells(told, "place", "title", "value")[2:] == [("00", "Rutin", 0.48), ("00", "Plan", 0.5)]
    assert not told["faults"]
    lone = read({"Om": [["ÖJ 2022 barn"], ["Kontakt"], ["Malmö", "040-34 10 00"]], "Kommuner": own})
    assert len(lone["cells"]) == len(TWO)  # what stands under no heading is none


@pytest.mark.parametrize("heading", ["Not", "Fotnot", "Anm.", "Radnr", "Nr"])
def test_numbers_of_notes_and_rows_are_no_results(read: Any, heading: str) -> None:
    head = ["Kommun", "Rutin", heading, "Andel med plan, procent", heading]
    told = read({"Blad1": [TITLE, head, ["Malmö", "Ja", "1", "45", "2"], ["Lund", "Nej", None, "50", None]]})
    assert cells(told, "cell") == [("B3",), ("B4",), ("D3",), ("D4",)]
    assert ranges(told)["C3"] == ranges(told)["E3"] == "kolumnen är inga resultat"
    assert not told["faults"]


def test_a_heading_again_at_the_top_of_a_page_is_no_new_table(read: Any) -> None:
    head = ["Kommun", "Rutin"]
    told = read({"Blad1": [TITLE, head, TWO[0], [], ["Sida 2 (3)"], TITLE, head, TWO[1]]})
    assert cells(told, "cell", "title", "answer") == [("B3", "Rutin", "yes"), ("B8", "Rutin", "no")]
    assert ranges(told)["B7"] == "rubriken en gång till"


def test_what_a_pivot_table_writes_once_stands_on_each_of_its_rows(read: Any) -> None:
    rows = [["Radetiketter", "Fråga", 2018, "Totalsumma"], ["Malmö", "Rutin A", "Ja", 1], [None, "Rutin B", "Nej", 1],
            ["Lund", "Rutin A", "Nej", 1], [None, "Rutin B", "Ja", 1], ["Totalsumma", None, 4, 4]]  # fmt: skip
    told = read({"Blad1": rows})
    assert cells(told, "cell", "place", "title") == [
        ("C2", "1280", "Rutin A"), ("C4", "1281", "Rutin A"), ("C3", "1280", "Rutin B"), ("C5", "1281", "Rutin B"),
    ]  # fmt: skip
    assert not told["faults"]
    lost = read({"2019": [["Kod", "Kommun", "Rutin"], ["1280", "Malmö", "Ja"], *[[None, None, "Nej"]] * 2]})
    assert list(faults(lost)) == ["2019!C3", "2019!C4"]  # not Malmö's


def test_places_and_years_across_in_either_order(read: Any) -> None:
    years = [
        ["Fråga", "Malmö", None, "Lund", None],
        [None, 2018, 2019, 2018, 2019],
        ["Rutin", "Ja", "Nej", "Nej", "Ja"],
    ]
    places = [["Fråga", 2018, None, 2019, None], [None, "Malmö", "Lund", "Malmö", "Lund"], years[2]]
    keys = ("cell", "place", "period")
    assert cells(read({"Blad1": years}, merged=["B1:C1", "D1:E1"]), *keys) == [
        ("B3", "1280", "2018"), ("C3", "1280", "2019"), ("D3", "1281", "2018"), ("E3", "1281", "2019"),
    ]  # fmt: skip
    assert cells(read({"Blad1": places}, merged=["B1:C1", "D1:E1"]), *keys) == [
        ("B3", "1280", "2018"), ("C3", "1281", "2018"), ("D3", "1280", "2019"), ("E3", "1281", "2019"),
    ]  # fmt: skip


@pytest.mark.parametrize("head", [["Namn på hemmet", "Kommun"], ["Namn", "Kommun"]])
def test_rows_of_units_are_none_of_their_municipalities(head: list[str], read: Any) -> None:
    told = read(
        {"2019": [[*head, "Nöjda, %"], ["Solgården", "Malmö", 50], ["Ängen", "Malmö", 51], ["Åsen", "Lund", 30]]}
    )
    assert not told["cells"]
    assert not told["faults"]
    assert ranges(told)["A2:C4"] == "är enskilda enheters resultat, inte kommuners"


def test_columns_that_compare_others_or_say_when_are_left_out_with_a_word(read: Any) -> None:
    head = [
        "Kommun",
        "Nöjda, %",
        "Skillnad mot riket",
        "Förändring 2018–2019",
        "Rangordning",
        "Senast uppdaterad",
        None,
    ]
    told = read(
        {"2019": [head, ["Malmö", 50, -2, 1.5, 2, "2019-05-01", "se not"], ["Lund", 60, 3, -4, 1, "2019-05-02"]]}
    )
    assert cells(told, "cell") == [("B2",), ("B3",)]
    assert not told["faults"]
    assert ranges(told)["C2:C3"] == "kolumnen jämför eller summerar andra och är inget eget resultat"


def test_a_column_without_heading_is_not_called_as_the_table(read: Any) -> None:
    told = read({"Blad1": [TITLE, ["Kommun", "Rutin", None], [*TWO[0], 5], [*TWO[1], 6]]})
    assert faults(told) == dict.fromkeys(["Blad1!C3", "Blad1!C4"], "står i en kolumn utan rubrik")


def test_two_columns_of_questions_are_one_question(read: Any, tmp_path: Path) -> None:
    path = tmp_path / "lang.csv"
    path.write_text(
        "Kommun\tIndikator\tMått\tÅr\tVärde\nMalmö\tNöjda\tAntal\t2019\t50\nMalmö\tNöjda\tAndel\t2019\t15,5\n"
    )
    assert cells(read(path), "title", "value") == [("Nöjda – Antal", 50), ("Nöjda – Andel", 0.155)]


def test_an_export_with_english_headings_and_commas(read: Any, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        "kpi,municipality,period,gender,count,status,value\nN33001,1280,2019,K,1,,12.5\nN33001,1280,2019,T,1,,11.5\n"
    )
    assert cells(read(path), "cell", "place", "title", "period", "group", "value") == [
        ("G2", "1280", "N33001", "2019", "women", 12.5), ("G3", "1280", "N33001", "2019", "total", 11.5),
    ]  # fmt: skip


def test_a_row_of_column_numbers_is_no_county_and_a_row_of_units_says_percent(read: Any) -> None:
    head = [TITLE, ["Kommun", "Rutin", "Nöjda"]]
    numbered = read({"Blad1": [*head, [1, 2, 3], ["Malmö", "Ja", "50 %"], ["Lund", "Nej", "60 %"]]})
    assert cells(numbered, "cell") == [("B4",), ("B5",), ("C4",), ("C5",)]
    units = read({"Blad1": [*head, [None, "Ja/Nej", "Procent"], ["Malmö", "Ja", 50], ["Lund", "Nej", 0.5]]})
    assert cells(units, "title", "value")[2:] == [("Nöjda", 0.5), ("Nöjda", 0.005)]


def test_genders_without_a_heading_are_no_units(read: Any) -> None:
    rows = [["Kommun", None, "Nöjda, %"], ["Malmö", "Flickor", 50], ["Malmö", "Pojkar", 60], ["Malmö", "Totalt", 55]]
    assert cells(read({"2019": rows}), "group") == [("women",), ("men",), ("total",)]


def test_what_says_more_of_a_municipality_is_no_result(read: Any) -> None:
    head = ["Kommun", "Kommungrupp SKR", "E-post", "Telefon", "Svarsdatum", "Rutin"]
    told = read(
        {"2019": [head, ["Malmö", 1, "a@b.se", "040-123456", "2019-05-01", "Ja"], ["Lund", 3, None, None, None, "Nej"]]}
    )
    assert cells(told, "cell") == [("F2",), ("F3",)]
    assert not told["faults"]


def test_a_sheets_name_is_its_question_where_the_title_is_only_the_surveys(read: Any) -> None:
    table = [["Kommun", 2018, 2019], ["Malmö", "Ja", "Nej"], ["Lund", "Nej", "Nej"]]
    told = read({"Rutin": [["Öppna jämförelser"], *table], "Plan": [["Öppna jämförelser"], *table]})
    assert list(dict.fromkeys(cells(told, "sheet", "title"))) == [("Rutin", "Rutin"), ("Plan", "Plan")]
    years = [[["Tabell 1. Rutin, 2018"], ["Kommun", "Svar"], ["Malmö", "Ja"], ["Lund", "Nej"]]]
    years += [[["Tabell 2. Rutin, 2019"], *years[0][1:]]]
    assert set(cells(read({"Tabell 1": years[0], "Tabell 2": years[1]}), "title", "period")) == {
        ("Rutin", "2018"), ("Rutin", "2019"),
    }  # fmt: skip


def test_women_and_men_in_the_words_of_headings_or_names_of_sheets_are_groups(read: Any) -> None:
    heads = [
        ["Nöjda flickor, %", "Nöjda pojkar, %", "Nöjda totalt, %"],
        ["Nöjda – kvinnor", "Nöjda – män", "Nöjda – totalt"],
    ]
    for head in heads:
        told = read({"2019": [["Kommun", *head], ["Malmö", "50 %", "60 %", "55 %"], ["Lund", "1 %", "2 %", "1,5 %"]]})
        assert {one["title"] for one in told["cells"]} == {head[0].replace(" flickor", "").replace(" – kvinnor", "")}
        assert cells(told, "group")[:3] == [("women",), ("men",), ("total",)]
    alone = read({"2019": [["Kommun", "Rutin om våld mot kvinnor"], ["Malmö", "Ja"], ["Lund", "Nej"]]})
    assert cells(alone, "title", "group")[0] == ("Rutin om våld mot kvinnor", "total")
    for two in (["Stöd till kvinnor som slår", "Stöd till män som slår"], ["Stöd till kvinnor", "Stöd till män"]):
        told = read({"2019": [["Kommun", *two], ["Malmö", "Ja", "Nej"], ["Lund", "Nej", "Ja"]]})
        assert cells(told, "title", "group")[::2] == [(two[0], "total"), (two[1], "total")]
    table = [["Kommun", "Nöjda, %"], ["Malmö", 50]]
    assert cells(read({"Flickor 2019": table, "2019 pojkar": table}), "group") == [("women",), ("men",)]


def test_two_columns_of_values_and_one_of_statuses(read: Any) -> None:
    head = ["Kommun", "Område", "Fråga", "År", "Svar", "Värde", "Status"]
    rows = [["Malmö", "Skola", "Rutin", 2019, "Ja", None, None], ["Malmö", "Polis", "Rutin", 2019, "Nej", None, None]]
    told = read({"Blad1": [head, *rows, ["Lund", "Skola", "Nöjda, %", 2019, None, 50, None]]})
    assert cells(told, "cell", "title") == [
        ("E2", "Skola – Rutin"),
        ("E3", "Polis – Rutin"),
        ("F4", "Skola – Nöjda, %"),
    ]
    assert not told["faults"]
    status = [
        ["Kommun", "Fråga", "År", "Värde", "Status"],
        ["Malmö", "Nöjda, %", 2019, 50],
        ["Lund", "Nöjda, %", 2019, None, ".."],
    ]
    assert cells(read({"Blad1": status}), "status") == [("observed",), ("suppressed",)]


def test_areas_and_questions_beside_places_across_are_both_in_the_title(read: Any) -> None:
    head = ["Område", "Fråga", "Malmö", "Lund"]
    rows = [
        ["Skola", "Rutin", "Ja", "Nej"],
        ["Polis", "Rutin", "Nej", "Ja"],
        ["Kunskap"],
        ["Polis", "Plan", "Nej", "Ja"],
    ]
    told = read({"2019": [head, *rows]})
    assert cells(told, "cell", "place", "title")[::2] == [
        ("C2", "1280", "Skola – Rutin"), ("C3", "1280", "Polis – Rutin"), ("C5", "1280", "Polis – Plan"),
    ]  # fmt: skip
    assert ranges(told)["C4:D4"] == "rubrik över frågor, eller en fråga utan svar"


def test_a_column_of_the_nation_beside_municipalities_is_nobodys_figure(read: Any) -> None:
    told = read({"2019": [["Kommun", "Nöjda, %", "Riket", "KI nedre"], ["Malmö", 50, 45, 44], ["Lund", 40, 45, 35]]})
    assert cells(told, "cell") == [("B2",), ("B3",)]
    assert not told["faults"]


def test_a_title_that_begins_as_a_sum_parts_two_tables_of_the_same_heading(read: Any) -> None:
    head, first, second = ["Kommun", 2019], [["Malmö", 12], ["Lund", 13]], [["Eslöv", 14], ["Ystad", 15]]
    for title in ("Antal platser", "Medelålder, år"):
        told = read({"Data": [["Väntetid i dagar"], head, *first, [], [title], head, *second]})
        assert [one for (one,) in cells(told, "title")] == ["Väntetid i dagar"] * 2 + [title] * 2


def test_notes_below_a_table_do_not_make_its_rows_those_of_units(read: Any) -> None:
    said = {"1280": "Ja", "1281": "Nej, men fattat beslut", "1285": "Nej"}
    rows = [[None, *one] for one in said.items()]
    notes = [["Teckenförklaring"], ["x = sekretess"], ["- = uppgift saknas"], [". = ej aktuellt"]]
    told = read({"2019": [[None, "Kommunkod", "Rutin (Ja=2, Nej, men fattat beslut=1, Nej=0)"], *rows, *notes]})
    assert cells(told, "place", "answer") == [("1280", "yes"), ("1281", "partly"), ("1285", "no")]


def test_places_across_with_codes_over_their_names_are_read(read: Any) -> None:
    rows = [
        ["Öppna jämförelser 2019"],
        [],
        [None, "1280", "1281"],
        ["Indikator", "Malmö", "Lund"],
        ["Rutin", "Ja", "Nej"],
    ]
    assert cells(read({"Resultat": rows}), "cell", "place", "answer") == [("B5", "1280", "yes"), ("C5", "1281", "no")]


@pytest.mark.parametrize(
    ("over", "levels", "told"),
    [
        ([["Trygghet", "", ""]], ["Trygghet", "Trygghet", "Trygghet"], "; den i C2 läses som rubrik över C2:E2"),
        ([["", "Trygghet", ""]], ["", "Trygghet", "Trygghet"], "; den i D2 läses som rubrik över D2:E2"),
        ([["Trygghet", "", "Jour"]], ["Trygghet", "Trygghet", "Jour"], ""),
        ([["Vård", "", ""], ["Trygghet", "", "Jour"]], ["Vård – Trygghet", "Vård – Trygghet", "Vård – Jour"],
         "; den i C2 läses som rubrik över C2:E2"),
        ([["Tabell 3", "", ""]], ["", "", ""], ""),
        ([["Resultat i kommunerna", "", ""]], ["", "", ""], ""),
        ([["", "", ""]], ["", "", ""], ""),
    ],
)  # fmt: skip
def test_a_heading_that_is_written_once_is_over_all_columns_up_to_the_next(
    over: list[list[str]], levels: list[str], told: str, read: Any
) -> None:
    """Where nothing says where the last one ends it is told how far it is read."""
    titles = ["Plan", "Rutin", "Råd"]
    rows = [["Kod", "Kommun", *titles], ["1280", "Malmö", "Ja", "Nej", "Ja"], ["1281", "Lund", "Nej", "Ja", "Nej"]]
    answer = read({"B": [["Öppna jämförelser 2021"], *(["", "", *one] for one in over), *rows]})
    right = [" – ".join(filter(None, pair)) for pair in zip(levels, titles, strict=True)]
    assert list(dict.fromkeys(title for (title,) in cells(answer, "title"))) == right
    assert [why for why in ranges(answer).values() if why.startswith("rubriker")] == [f"rubriker{told}"]
    assert answer["faults"] == []
