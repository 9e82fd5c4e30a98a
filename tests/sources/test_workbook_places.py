"""Which place a row is about: official and shared names, sums, codes beside names; right, or refused as what it is."""

from typing import Any

import pytest

from oj.sources.workbook.intake import Reading, Wanted, read_book
from workbooks import ASKED, table

TITLE, BARN = ["Öppna jämförelser 2015"], "Andel 0-20 år i befolkningen (31 dec 2013)"
SOLNA = ("0184", "Solna")


@pytest.fixture(autouse=True)
def params(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the layouts of the tests out of the project's params."""
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path / "params")


def places(reading: Reading) -> list[str]:
    return [one.place for one in reading.results]


@pytest.mark.parametrize(
    ("code", "name", "place"),
    [("2080", "Falu kommun", "2080"), ("0980", "Region Gotland", "0980"), (None, "Falu kommun", "2080"),
     (None, "Kalmar kommun", "0880"), (None, "Kalmar län", "08"), ("0880", "Kalmar", "0880"), ("08", "Kalmar", "08"),
     (None, "Region Halland", "13"), (None, "Malmö, Norr", "128002"), (None, "Hela riket", "00"), ("00", "Riket", "00"),
     (114.0, None, "0114")],
)  # fmt: skip
def test_a_place_is_read_by_its_official_its_shared_and_its_own_names(
    code: str | float | None, name: str | None, place: str
) -> None:
    reading = read_book(table(TITLE, ["Kommunkod", "Kommun", BARN], [*SOLNA, "20 %"], [code, name, "24 %"]), Wanted())
    told = " ".join(map(str, reading.faults))
    assert places(reading) == ["0184", place], told


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [(0.0, None, "riket eller en summa?"), ("0", None, "riket eller en summa?"),
     (None, "Norr", "finns i många kommuner"), (None, "Centrum", "finns i många kommuner"),
     (None, "Totalt", "är en summa eller ett medel"), (None, "Länet", "är en summa eller ett medel"),
     (None, "Delsumma", "är en summa eller ett medel"), (None, "Medelvärde", "är en summa eller ett medel"),
     ("0180", "Solna", "säger olika"), (None, "Falukommun i Dalarna", "är ingen kommun")],
)  # fmt: skip
def test_a_row_of_no_certain_place_is_told_with_its_reason_and_no_guess(
    code: str | float | None, name: str | None, words: str
) -> None:
    reading = read_book(table(TITLE, ["Kommunkod", "Kommun", BARN], [*SOLNA, "20 %"], [code, name, "24 %"]), Wanted())
    assert places(reading) == ["0184"]
    (fault,) = map(str, reading.faults)
    assert words in fault
    assert "Menade du" not in fault


@pytest.mark.parametrize("names", [("Stockholm", "Kalmar"), ("Halland", "Kalmar"), ("Skåne", "Örebro")])
def test_names_of_both_counties_and_municipalities_are_not_guessed(names: tuple[str, str]) -> None:
    reading = read_book(table(TITLE, ["Region", BARN], *([one, "20 %"] for one in names)), Wanted())
    assert not [one for one in places(reading) if len(one) > len("08")]
    assert reading.faults
    assert "är både en kommun och ett län" in " ".join(map(str, reading.faults))


def test_the_labels_of_a_pivot_table_are_names() -> None:
    rows = [["Solna", "20 %"], ["Täby", "24 %"], ["Totalsumma", "22 %"]]
    reading = read_book(table(TITLE, ["Radetiketter", BARN], *rows), Wanted())
    assert (places(reading), len(reading.faults)) == (["0184", "0160"], 1)


@pytest.mark.parametrize("value", ["1", "2", "F", "Flickor", "K"])
def test_a_row_of_one_sex_is_not_read_as_all(value: str) -> None:
    rows = [["Solna", "andel-barn", value, "20 %"], ["Täby", "andel-barn", value, "24 %"]]
    reading = read_book(table(["kommun", "indikator", "kön", "värde"], *rows, file="a.csv"), ASKED)
    assert places(reading) == []
    assert "står under ”kön”" in str(reading.faults[0])


@pytest.mark.parametrize(
    "head", [["kommun", "kommunnamn"], ["region", "namn"], ["kommun", "ort"], ["kommunkod", "kommun"]]
)
def test_codes_under_a_name_beside_names_are_codes_in_a_long_table(head: list[str]) -> None:
    rows = [[*SOLNA, "andel-barn", "20 %"], ["0160", "Täby", "andel-barn", "24 %"]]
    reading = read_book(table([*head, "indikator", "värde"], *rows, file="a.csv"), ASKED)
    assert (places(reading), reading.faults) == (["0184", "0160"], ())
    crossed = [["0184", "Täby", "andel-barn", "20 %"], ["0160", "Solna", "andel-barn", "24 %"]]
    assert places(read_book(table([*head, "indikator", "värde"], *crossed, file="a.csv"), ASKED)) == []


@pytest.mark.parametrize("value", ["24 %", 24.0, "12"])
def test_a_name_merged_over_several_rows_is_told_as_that(value: str | float) -> None:
    rows = [["Solna", 20.5], [None, value], ["Täby", 28.0]]
    reading = read_book(table(TITLE, ["Kommun", BARN], *rows, merged=[(3, 4, 1, 1)]), Wanted())
    (fault,) = map(str, reading.faults)
    assert "sammanfogat över flera rader" in fault
    assert places(reading) == ["0184", "0160"]
