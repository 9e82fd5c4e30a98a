"""How a strange workbook calls its places, and what else stands among them: sums, districts, units."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from sources.sheet_books import book, cells, faults, ranges


@pytest.mark.parametrize(
    ("code", "name", "place"),
    [
        (None, "Habo (0643)", "0643"), ("'0117", "Österåker", "0117"), ("0115.0", "Vallentuna", "0115"),
        (1280, "Malmö totalt", "1280"), (None, "0642 Mullsjö", "0642"), (None, "Göteborg - Centrum", "148003"),
        (None, "Hisingen (Göteborg)", "1480-hisingen"), ("0180-02", "Spånga-Tensta", "018011"),
        (180, "STOCKHOLM KUNGSHOLMEN", "018006"), (None, "Göteborgs stad Angered", "148001"),
        (None, "Göteborg Nordost", "1480-nordost"), ("1480", "Göteborg Sydöst", "1480-sydost"),
        ("1480", "Göteborg Angred", ""), (None, "Göteborg Sydöst", ""), ("1480", "Göteborg hela staden", ""),
        (None, "Habo, 0643", "0643"), (None, "Habo, 0642", ""), (None, "Habo (0642)", ""),
        (1281, "Malmö totalt", ""), (None, "Malmo", ""),
    ],
)  # fmt: skip
def test_a_place_is_read_as_it_is_written_and_never_against_its_code(
    code: Any, name: str, place: str, read: Any
) -> None:
    rows = [["Kod", "Kommun", "Rutin"], ["1230", "Staffanstorp", "Ja"], [code, name, "Nej"]]
    told = read({"2019": rows})
    assert cells(told, "place")[1:] == ([(place,)] if place else [])
    assert bool(told["faults"]) is not bool(place)


def test_sums_means_and_groups_of_municipalities_are_left_out_with_a_word(read: Any) -> None:
    names = [
        "Ovägt medel",
        "Oviktat medelvärde",
        "Riket (ovägt)",
        "Länet totalt",
        "Totalsumma",
        "Storstäder",
        "Liknande kommuner",
        "Median",
    ]
    told = read({"2019": [["Kommun", "Nöjda, %"], ["Malmö", 50], ["Lund", 60], *[[name, 55] for name in names]]})
    assert cells(told, "place") == [("1280",), ("1281",)]
    assert not told["faults"]
    assert sum("ingen kommun, inget län och inte riket" in why for why in ranges(told).values()) == len(names)


def test_districts_below_a_heading_of_their_own_are_read_without_their_city(read: Any) -> None:
    rows = [
        ["Stockholms stad"],
        ["Öppna jämförelser 2019"],
        ["Stadsdel", "Rutin"],
        ["Södermalm", "Ja"],
        ["Farsta", "Nej"],
    ]
    assert cells(read({"Blad1": rows}), "cell", "place") == [("B4", "018012"), ("B5", "018003")]


def test_words_for_what_is_lacking_are_read_and_others_told(read: Any) -> None:
    words = {"Saknas": "missing", "Ej svar": "missing", "—": "missing", "Ej relevant": "not_applicable"}
    rows = [["Malmö", "Ja"], ["Lund", "Nej"], *zip(("Eslöv", "Ystad", "Höör", "Höganäs"), words, strict=True)]
    told = read({"2019": [["Kommun", "Rutin"], *rows, ["Sjöbo", "Vet ej"]]})
    assert [one["status"] for one in told["cells"]][2:] == list(words.values())
    assert list(faults(told)) == ["2019!B8"]


def test_a_misspelt_place_is_told_with_the_column_to_mend_it_in(read: Any) -> None:
    rows = [["Kod", "Kommun", "Rutin"], ["1280", "Malmö", "Ja"], ["1281", "Lunnd", "Nej"], ["", "Östra Göinje", "Ja"]]
    where = "Platsen står i kolumn A och B."
    assert faults(read({"2019": rows})) == {
        "2019!C3": f"är koden för Lund, men namnet är ”Lunnd”. Menade du ”Lund”? {where}",
        "2019!C4": f"är ingen kommun, inget län och inte riket. Menade du ”Östra Göinge”? {where}",
    }


def test_a_file_in_which_no_table_is_found_is_told(read: Any, tmp_path: Path) -> None:
    path = tmp_path / "annat.csv"
    path.write_text("Datum;Händelse\n2019-01-01;Möte\n")
    told = read(path)
    assert [one["rule"].split(":")[0] for one in told["faults"]] == ["har ingen tabell som kan läsas"]


def test_a_district_that_many_cities_have_is_that_of_the_city_above_it(read: Any) -> None:
    rows = [
        ["Kommun/stadsdel", "Rutin"],
        ["Göteborg", "Ja"],
        ["  Angered", "Nej"],
        ["  Centrum", "Nej"],
        ["Lund", "Ja"],
    ]
    told = read({"2019": [*rows, ["  Centrum", "Ja"]]})
    assert cells(told, "place") == [("1480",), ("148001",), ("148003",), ("1281",)]
    assert list(faults(told)) == ["2019!B6"]


def test_a_county_amid_its_municipalities_lacks_a_result_and_over_them_is_a_heading(read: Any) -> None:
    amid = [["Kommun", "Rutin"], ["Malmö", "Ja"], ["Skåne län"], ["Lund", "Nej"]]
    assert cells(read({"2019": amid}), "place", "status")[1] == ("12", "missing")
    over = [["Kommun", "Rutin"], ["Skåne län"], ["Malmö", "Ja"], ["Lund", "Nej"]]
    assert cells(read({"2019": over}), "place") == [("1280",), ("1281",)]


def test_a_county_over_its_municipalities_is_a_heading_where_its_total_stands_below_them(read: Any) -> None:
    rows = [["K-kod", "Kommun", "Nöjda, %"], [None, "Skåne län"], ["1280", "Malmö", 50], ["1281", "Lund", 60]]
    rows += [
        [None, "Skåne län totalt", 55],
        [None, "Hallands län"],
        ["1380", "Halmstad", 40],
        [None, "Hallands län", 40],
    ]
    told = read({"2019": [*rows, [], [None, "Riket", 57]]})
    places = ["1280", "1281", "12", "1380", "13", "00"]
    assert cells(told, "place", "status") == [(place, "observed") for place in places]
    assert not told["faults"]


@pytest.mark.parametrize("code", ["Kommunkod", "Kod", "Länskod"])
def test_codes_of_counties_alone_are_places_and_no_results(code: str, read: Any) -> None:
    signs = [[], ["-  uppgift saknas"], [".  ej tillämpligt"], ["Svaren är kodade: Ja = 1, Nej = 0"]]
    rows = [[code, "Område", "Nöjda, %"], [12, "Skåne län", 50], [13, "Hallands län", "."], *signs]
    told = read({"2019": rows})
    assert cells(told, "cell", "place", "value") == [("C2", "12", 0.5), ("C3", "13", None)]
    assert not told["faults"]
    one = read({"2019": [[code, "Område", "Nöjda, %"], [5, "Östergötlands län", 50], *signs]})
    assert cells(one, "cell", "place", "value") == [("C2", "05", 0.5)]


def test_codes_of_counties_without_names_are_places_where_the_heading_says_so(read: Any) -> None:
    told = read({"2019": [["Kommunkod", "Nöjda, %"], [12, 50], [13, 60]]})
    assert cells(told, "cell", "place") == [("B2", "12"), ("B3", "13")]


def test_the_code_of_the_county_beside_that_of_the_municipality_is_no_result(read: Any) -> None:
    told = read(
        {"2019": [["Länskod", "Kommunkod", "Kommun", "Nöjda, %"], [12, 1280, "Malmö", 50], [12, 1281, "Lund", 60]]}
    )
    assert cells(told, "cell", "place") == [("D2", "1280"), ("D3", "1281")]


def test_a_county_without_a_result_is_one_though_a_municipality_of_its_name_has_one(read: Any) -> None:
    rows = [
        ["Kommun", "Rutin"],
        ["Örebro", "Ja"],
        ["Halmstad", "Nej"],
        ["Hallands län", 0.05],
        ["Örebro län"],
        ["Riket", 0.5],
    ]
    told = cells(read({"2019": rows}), "place", "status")
    assert told[2:4] == [("13", "observed"), ("18", "missing")]


def test_codes_that_look_like_years_are_places_below_a_heading_of_codes(read: Any) -> None:
    rows = [["Kod", "Kommun", "År", "Fråga", "Svar/värde"], [2034, "Orsa", 2017, "Rutin", "Ja"]]
    told = read({"Data": [*rows, [2039, "Älvdalen", 2017, "Rutin", "Nej"]]})
    assert cells(told, "cell", "place", "period") == [("E2", "2034", "2017"), ("E3", "2039", "2017")]


def test_years_below_a_heading_of_codes_with_places_beside_it_are_years(read: Any) -> None:
    rows = [["", "Kommunkod", "1280", "1281"], ["Andel med plan, procent", 2021, 40, 50], ["", 2023, 41, 51]]
    told = cells(read({"Resultat": rows}), "cell", "place", "period")
    assert told == [("C2", "1280", "2021"), ("C3", "1280", "2023"), ("D2", "1281", "2021"), ("D3", "1281", "2023")]


def test_the_year_in_a_text_files_name_does_not_dispute_that_of_its_rows(read: Any, tmp_path: Path) -> None:
    path = tmp_path / "uttag 2023.csv"
    path.write_text("Kommun;År;Rutin\nMalmö;2018;Ja\nLund;2019;Nej\n")
    assert cells(read(path), "period") == [("2018",), ("2019",)]


def test_halves_of_codes_beside_each_other_are_municipalities_and_no_results(read: Any) -> None:
    rows = [["Öppna jämförelser 2019"], ["Länskod", "Kommunkod", "Andel nöjda"], ["01", "14", "25 %"], [12, 80, "22 %"]]
    assert cells(read({"Blad1": rows}), "place", "value") == [("0114", 0.25), ("1280", 0.22)]


def test_the_nation_below_a_second_heading_of_codes_and_names_is_no_heading(read: Any) -> None:
    rows = [["Kommun", "Kommunnamn", "Andel nöjda"], ["Län", "Länsnamn", " "], [None, "Riket", "23 %"]]
    told = read({"ÖJ 2019": [*rows, ["01", "Stockholm", "24 %"], ["0184", "Solna", "20 %"]]})
    assert cells(told, "place", "title", "value") == [
        ("00", "Andel nöjda", 0.23), ("01", "Andel nöjda", 0.24), ("0184", "Andel nöjda", 0.2)
    ]  # fmt: skip


def test_a_figure_in_the_colour_of_its_cell_is_not_missing_but_a_fault(read: Any, tmp_path: Path) -> None:
    path = book(
        tmp_path / "vit.xlsx", {"Blad1": [["ÖJ 2019"], ["Kommun", "Andel nöjda"], ["Malmö", "50 %"], ["Lund", "60 %"]]}
    )
    workbook = load_workbook(path)
    workbook["Blad1"]["B4"].font = Font(color="FFFFFFFF")
    workbook.save(path)
    told = read(path)
    assert cells(told, "cell") == [("B3",)]
    assert "syns inte" in faults(told)["Blad1!B4"]


def test_a_file_without_any_table_is_a_fault_though_it_has_a_hidden_sheet(read: Any, tmp_path: Path) -> None:
    path = book(tmp_path / "enkat.xlsx", {"Solna": [["1.1", "Rutin", "Ja"]], "Val": [["Ja"], ["Nej"]]})
    workbook = load_workbook(path)
    workbook["Val"].sheet_state = "hidden"
    workbook.save(path)
    assert "har ingen tabell som kan läsas" in faults(read(path))["Solna!A1"]


def test_districts_of_a_newer_division_are_read_below_their_city_only(read: Any) -> None:
    names = ["Stockholm", "Hägersten-Älvsjö", "Norra innerstaden", "Järva", "Lund", "Järva"]
    told = read({"2019": [["Kommun", "Rutin"], *[[name, "Ja"] for name in names]]})
    assert cells(told, "place") == [
        ("0180",), ("0180-hagersten-alvsjo",), ("0180-norra-innerstaden",), ("0180-jarva",), ("1281",)
    ]  # fmt: skip
    assert list(faults(told)) == ["2019!B7"]


TWICE = {
    "two rows": [["Kommun", "Plan"], ["Malmö", "Ja"], ["Lund", "Ja"], ["Malmö", "Ja"]],
    "the nation": [["Kommun", "Plan"], ["Riket", 50], ["Malmö", "Ja"], ["Riket", 50]],
    "blank": [["Kommun", "Plan"], ["Malmö", None], ["Lund", "Ja"], ["Malmö", None]],
    "a new page": [["Kommun", "Plan"], ["Malmö", "Ja"], ["Kommun", "Plan"], ["Malmö", "Ja"], ["Lund", "Ja"]],
    "questions on rows": [["Kommun", "Fråga", "Svar"], ["Malmö", "Plan", "Ja"], ["Malmö", "Plan", "Ja"]],
    "across": [["Fråga", "Malmö", "Malmö", "Lund"], ["Plan", "Ja", "Ja", "Nej"]],
    "beside": [["Kommun", "Plan", None, "Kommun", "Plan"], ["Malmö", "Ja", None, "Malmö", "Ja"]],
}


@pytest.mark.parametrize("name", TWICE)
def test_a_place_that_stands_twice_with_the_same_value_is_read_once_and_told(name: str, read: Any) -> None:
    told = read({"2021": TWICE[name]})
    (fault,) = told["faults"]
    assert "finns redan på 2021 " in fault["rule"]
    assert fault["cell"] not in [one["cell"] for one in told["cells"]]
    read_ = [one["place"] for one in told["cells"]]
    assert len(read_) == len(set(read_))


@pytest.mark.parametrize("named", ["Riket/län/kommun", "Län, kommun"])
def test_the_nation_without_a_code_first_in_a_table_is_a_row_below_a_heading_of_several_levels(
    named: str, read: Any
) -> None:
    head = [["Öppna jämförelser 2016–2023"], [None, None, "Rutin", None], ["Kommunkod", named, "2022", "2023"]]
    rows = [[None, "Riket", 56, 62], ["1280", "Malmö", "Ja", "Nej"], ["1281", "Lund", "Nej", "Ja"]]
    told = read({"Säker": [*head, *rows]}, merged=["C2:D2"])
    assert set(cells(told, "title")) == {("Rutin",)}
    places = [(place, year) for place in ("00", "1280", "1281") for year in ("2022", "2023")]
    assert cells(told, "place", "period") == places


@pytest.mark.parametrize("named", ["Visas för", "Geografi", None])
def test_the_column_beside_the_codes_has_the_places_names_whatever_is_written_over_it(named: Any, read: Any) -> None:
    """Else the nation's row, without a code, is read as more words of the heading: ”Rutin – 56”."""
    head = [[None, None, "Rutin", None], ["Kommunkod", named, "2022", "2023"], [None, "Riket", 56, 62]]
    rows = [["1280", "Malmö", "Ja", "Nej"], ["1281", "Lund", "Nej", "Ja"], ["1283", "Helsingborg", "Ja", "Ja"]]
    told = read({"Säker": [*head, *rows]}, merged=["C1:D1"])
    assert set(cells(told, "title")) == {("Rutin",)}
    places = [(place, year) for place in ("00", "1280", "1281", "1283") for year in ("2022", "2023")]
    assert cells(told, "place", "period") == places
    assert not told["faults"]


def test_a_column_of_answers_or_other_places_beside_the_codes_is_no_column_of_names(read: Any) -> None:
    rows = [["Kommunkod", "Rutin", "Granne"], ["1280", "Ja", "Lund"], ["1281", "Nej", "Malmö"], ["1283", "Ja", "Lund"]]
    told = read({"2019": rows})
    assert cells(told, "place", "answer")[:3] == [("1280", "yes"), ("1281", "no"), ("1283", "yes")]


SKANE = [("Malmö", "1280"), ("Lund", "1281"), ("Helsingborg", "1283"), ("Eslöv", "1285")]
YEARS_OVER = [["Öppna jämförelser 2022–2023"], [None, None, "Rutin", None]]


@pytest.mark.parametrize(
    ("headings", "first"),
    [
        (("Länsnamn", "Avser"), ["Skåne", None, "Skåne", None]),
        (("Region", "Enhet"), ["Skåne"] * 4),
        (("Län", None), ["Skåne"] * 4),
        (("Nr", "Etikett"), [1280, 1281, 1283, 1285]),
    ],
)
def test_the_names_beside_counties_or_codes_are_the_places_whatever_is_written_over_them(
    headings: tuple[str, str | None], first: list[Any], read: Any
) -> None:
    """The table was told as one of single units, or the nation's and the county's figures were words of the heading."""
    rows = [[one, name, "Ja", "Nej"] for one, (name, _code) in zip(first, SKANE, strict=True)]
    nation = [None, "Hela riket", 0.56, 0.62]
    told = read({"Säker": [*YEARS_OVER, [*headings, "2022", "2023"], nation, *rows]}, merged=["C2:D2"])
    assert not told["faults"]
    wanted = ["00", *(code for _name, code in SKANE)]
    assert cells(told, "place", "period") == [(place, year) for place in wanted for year in ("2022", "2023")]
    assert set(cells(told, "title")) == {("Rutin",)}


def test_what_is_told_of_a_county_beside_it_is_no_place_of_its_own(read: Any) -> None:
    rows = [["Skåne län", 0.4, "Malmö"], ["Kalmar län", 0.5, "Kalmar"], ["Uppsala län", 0.6, "Uppsala"]]
    told = read({"2019": [["Län", "Rutin", "Största kommun"], *rows]})
    assert [place for (place,) in cells(told, "place")][:3] == ["12", "08", "03"]


def test_figures_of_no_place_over_the_first_are_no_words_of_the_heading(read: Any) -> None:
    """”Rutin – 290” was the question; numbers of the columns are still no figures."""
    rows = [[name, "Ja", "Nej"] for name, _code in SKANE]
    bases = read({"2019": [["Kommun", "Rutin", "Plan"], [None, 290, 288], *rows]})
    assert set(cells(bases, "title")) == {("Rutin",), ("Plan",)}
    assert [one["cell"] for one in bases["faults"]] == ["B2:C2"]
    assert "varken kod eller namn" in bases["faults"][0]["rule"]
    numbered = read({"2019": [["Kommun", "Rutin", "Plan"], [None, 2.1, 2.2], *rows]})
    assert not numbered["faults"]


@pytest.mark.parametrize("named", ["Kommun", "Svarande"])
def test_the_places_may_stand_last_under_a_heading_of_two_levels(named: str, read: Any) -> None:
    rows = [["Ja", "Nej", name] for name, _code in SKANE]
    head = [["Öppna jämförelser 2022–2023"], ["Rutin", None, None], ["2022", "2023", named]]
    told = read({"Säker": [*head, [0.5, 0.6, "Riket"], *rows]}, merged=["A2:B2"])
    assert not told["faults"]
    assert set(cells(told, "title")) == {("Rutin",)}
    assert {place for (place,) in cells(told, "place")} == {"00", *(code for _name, code in SKANE)}


@pytest.mark.parametrize("far", ["Län", "Kommunkod"])
def test_what_says_more_of_a_place_may_stand_far_from_its_name(far: str, read: Any) -> None:
    """The first column was a table of its own, and the answers stood under a heading of values in another."""
    asked = [(name, code, year) for name, code in SKANE for year in (2022, 2023)]
    rows = [["Skåne" if far == "Län" else code, "Rutin", year, "Ja", name] for name, code, year in asked]
    told = read({"Data": [[far, "Fråga", "År", "Svar", "Kommun"], *rows]})
    assert not told["faults"]
    assert cells(told, "place", "period") == [(code, str(year)) for _name, code, year in asked]


def test_tables_of_counties_and_of_municipalities_beside_each_other_are_two(read: Any) -> None:
    counties = [("Skåne län", "12"), ("Kalmar län", "08"), ("Hallands län", "13"), ("Uppsala län", "03")]
    both = zip(counties, SKANE, strict=True)
    rows = [[county, 0.5, None, name, "Ja"] for (county, _of), (name, _code) in both]
    told = read({"2019": [["Län", "Rutin", None, "Kommun", "Rutin"], *rows]})
    assert {*cells(told, "place")} == {(code,) for _name, code in [*counties, *SKANE]}


def test_the_nations_name_alone_over_its_row_is_a_heading(read: Any) -> None:
    rows = [[name, "Ja"] for name, _code in SKANE]
    told = read({"2019": [["Kommun", "Rutin"], ["SKÅNE LÄN"], *rows, ["HELA RIKET"], ["Riket", 0.5]]})
    assert not told["faults"]
    assert cells(told, "place", "value")[-1] == ("00", 0.5)


def test_a_municipality_under_another_countys_heading_is_told(read: Any) -> None:
    """It was read without a word; another heading, as of those that it is compared with, ends a county's."""
    rows = [["Skåne län"], ["Malmö", "Ja"], ["Solna", "Nej"], ["Jämförelsekommuner"], ["Ekerö", "Ja"]]
    told = read({"2019": [["Kommun", "Rutin"], *rows]})
    assert faults(told) == {"2019!B4": "ligger i Stockholms län, men står under Skåne län"}
    assert cells(told, "place") == [("1280",), ("0125",)]
