"""A report's parameters are read as they are said, and what cannot be used is refused in Swedish."""

from pathlib import Path

import pytest

from conftest import refused
from oj.facts.params import ReportParameters, read_parameters
from oj.words.errors import UserError

NORTHWEST = [
    "Upplands Väsby",
    "Järfälla",
    "Ekerö",
    "Upplands-Bro",
    "Sollentuna",
    "Sundbyberg",
    "Solna",
    "Sigtuna",
]


UNUSABLE = "Parametrarna kan inte användas:"


def say(folder: Path, text: str, file: str = "stockholm.yml") -> None:
    """Write a county's parameters."""
    (folder / file).write_text(text, encoding="utf-8")


def test_stockholm_is_as_said() -> None:
    assert read_parameters("Stockholm") == ReportParameters(
        county="Stockholm",
        edition="2015",
        municipalities=NORTHWEST,
        group_name="Nordvästkommunerna",
        compare_with=["Jönköping"],
        publisher="",
        date="",
    )


@pytest.mark.parametrize("county", ["Stockholm", "stockholms LÄN", "01", " Stockholm "])
def test_the_county_may_be_said_in_any_way(county: str) -> None:
    assert read_parameters(county).county == "Stockholm"
    assert read_parameters(county).municipalities == NORTHWEST


@pytest.mark.parametrize(
    ("county", "short", "name"),
    [
        ("01", "Stockholm", "stockholm-2015"),
        ("jönköpings län", "Jönköping", "jonkoping-2015"),
        ("14", "Västra Götaland", "vastra-gotaland-2015"),
        ("Örebro", "Örebro", "orebro-2015"),
    ],
)
def test_the_reports_name(county: str, short: str, name: str) -> None:
    params = read_parameters(county)
    assert (params.county, params.name) == (short, name)


def test_a_county_without_its_own_file_gets_what_every_report_starts_from() -> None:
    assert read_parameters("Halland") == ReportParameters(county="Halland")


def test_a_countys_file_goes_before_what_every_report_starts_from(params_copy: Path) -> None:
    say(params_copy, 'edition: "2014"\npublisher: Alla\ngroup_name: Alla\n', "report.yml")
    say(params_copy, "publisher: Region Halland\n", "halland.yml")
    params = read_parameters("Halland", params_copy)
    assert (params.edition, params.publisher, params.group_name) == ("2014", "Region Halland", "Alla")


def test_what_is_said_on_the_command_line_goes_before_the_files() -> None:
    params = read_parameters("Stockholm", edition="2014", publisher="FoU", date="2015-06-30")
    assert (params.edition, params.publisher, params.date) == ("2014", "FoU", "2015-06-30")
    assert params.municipalities == NORTHWEST
    assert params.name == "stockholm-2014"


def test_what_is_said_empty_on_the_command_line_is_left_out() -> None:
    assert read_parameters("Stockholm", edition="", group_name="") == read_parameters("Stockholm")


def test_an_empty_file_says_nothing(params_copy: Path) -> None:
    say(params_copy, "# bara en kommentar\n")
    assert read_parameters("Stockholm", params_copy) == ReportParameters(county="Stockholm")


def test_places_are_spelt_as_in_the_list_of_places(params_copy: Path) -> None:
    say(params_copy, 'county: "01"\nmunicipalities: ["0184", upplands väsby]\ncompare_with: [jönköpings län, "12"]\n')
    params = read_parameters("Stockholm", params_copy)
    assert params.county == "Stockholm"
    assert params.municipalities == ["Solna", "Upplands Väsby"]
    assert params.compare_with == ["Jönköping", "Skåne"]


def test_a_municipality_may_share_its_countys_name(params_copy: Path) -> None:
    say(params_copy, "municipalities: [Stockholm]\ncompare_with: [Uppsala]\n")
    assert read_parameters("Stockholm", params_copy).municipalities == ["Stockholm"]


@pytest.mark.parametrize(
    ("key", "guess"),
    [("municipality", "municipalities"), ("editon", "edition"), ("compare", "compare_with"), ("County", "county")],
)
def test_an_unknown_key_gets_a_guess(params_copy: Path, key: str, guess: str) -> None:
    say(params_copy, f"{key}: x\n")
    told = f"  params/stockholm.yml: okänd nyckel ”{key}”. Menade du ”{guess}”? Tillåtna: county, domain, edition,"
    with refused(UNUSABLE, told):
        read_parameters("Stockholm", params_copy)


def test_an_unknown_key_on_the_command_line_gets_a_guess() -> None:
    with refused(UNUSABLE, "  kommandoraden: okänd nyckel ”publsher”. Menade du ”publisher”?"):
        read_parameters("Stockholm", publsher="x")


def test_a_key_like_no_other_gets_the_list_without_a_guess(params_copy: Path) -> None:
    say(params_copy, "xyzzy: 1\n")
    allowed = "county, domain, edition, municipalities, group_name, compare_with, reference_source, publisher, date, "
    allowed += "contact, accessibility, logo"
    with refused(UNUSABLE, f"  params/stockholm.yml: okänd nyckel ”xyzzy”. Tillåtna: {allowed}."):
        read_parameters("Stockholm", params_copy)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("county: 01", "county: ”1” ska vara text; skriv inom citattecken."),
        ("edition: 2015", "edition: ”2015” ska vara text; skriv inom citattecken."),
        ("municipalities: Solna", "municipalities: ”Solna” ska vara en lista, en rad med streck för varje namn."),
        ("municipalities: [184]", "municipalities[0]: ”184” ska vara text; skriv inom citattecken."),
        ("municipalities: [Solna, 114]", "municipalities[1]: ”114” ska vara text; skriv inom citattecken."),
        ("compare_with: Jönköping", "compare_with: ”Jönköping” ska vara en lista, en rad med streck för varje namn."),
        ("compare_with: [06]", "compare_with[0]: ”6” ska vara text; skriv inom citattecken."),
        ("publisher: no", "publisher: ”False” ska vara text; skriv inom citattecken."),
        ("date: 2015-06-30", "date: ”2015-06-30” ska vara text; skriv inom citattecken."),
    ],
)
def test_a_value_of_the_wrong_type_is_told(params_copy: Path, text: str, told: str) -> None:
    say(params_copy, f"{text}\n")
    with refused(UNUSABLE, f"  params/stockholm.yml: {told}"):
        read_parameters("Stockholm", params_copy)


@pytest.mark.parametrize("key", list(ReportParameters.model_fields))
def test_a_key_without_a_value_is_told(params_copy: Path, key: str) -> None:
    """YAML's None, where the text after the colon was forgotten or is a comment."""
    say(params_copy, f"{key}:  # fylls i sedan\n")
    told = f"  params/stockholm.yml: {key} är tom; skriv ett värde, [] för en tom lista, eller ta bort raden."
    with refused(UNUSABLE, told):
        read_parameters("Stockholm", params_copy)


def test_a_name_without_a_value_is_told(params_copy: Path) -> None:
    say(params_copy, "municipalities:\n  - Solna\n  -\n")
    with refused(UNUSABLE, "  params/stockholm.yml: municipalities[1] är tom; skriv ett värde"):
        read_parameters("Stockholm", params_copy)


@pytest.mark.parametrize("text", ["15", "1915", "2o15", "2015/2016", "nu", "20155"])
def test_an_edition_that_is_no_year_is_told(params_copy: Path, text: str) -> None:
    """Also on the command line; the edition names the report's folder."""
    told = f'edition: ”{text}” är inget årtal; skriv till exempel "2015", eller aktuell.'
    with refused(UNUSABLE, f"  kommandoraden: {told}"):
        read_parameters("Stockholm", params_copy, edition=text)
    say(params_copy, f'edition: "{text}"\n')
    with refused(UNUSABLE, f"  params/stockholm.yml: {told}"):
        read_parameters("Stockholm", params_copy)


def test_all_faults_are_told_at_once_each_where_it_stands(params_copy: Path) -> None:
    say(params_copy, "edition: 2015\ncompare_with: Jönköping\n", "report.yml")
    say(params_copy, "county: 01\nmunicipalities: Solna\ncompare_with: []\nx: y\n")
    with pytest.raises(UserError) as caught:
        read_parameters("Stockholm", params_copy, date="idag")
    assert str(caught.value).splitlines() == [
        UNUSABLE,
        "  params/stockholm.yml: county: ”1” ska vara text; skriv inom citattecken.",
        "  params/report.yml: edition: ”2015” ska vara text; skriv inom citattecken.",
        "  params/stockholm.yml: municipalities: ”Solna” ska vara en lista, en rad med streck för varje namn.",
        "  kommandoraden: date: ”idag” är inget datum; skriv ÅÅÅÅ-MM-DD.",
        "  params/stockholm.yml: okänd nyckel ”x”. Tillåtna: county, domain, edition, municipalities, group_name, "
        "compare_with, reference_source, publisher, date, contact, accessibility, logo.",
    ]


@pytest.mark.parametrize("text", ["2015-02-30", "2015-6-30", "30 juni 2015", "2015", "20150630", "2015-06-30T00:00"])
def test_a_date_that_is_none_is_told(params_copy: Path, text: str) -> None:
    say(params_copy, f'date: "{text}"\n')
    with refused(UNUSABLE, f"  params/stockholm.yml: date: ”{text}” är inget datum; skriv ÅÅÅÅ-MM-DD"):
        read_parameters("Stockholm", params_copy)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("county: Stockholm\nmunicipalities:\n  - Solna\n - Ekerö\n", 4),
        ("county: Stockholm\nmunicipalities:\n\t- Solna\n", 3),
        ("county: Stockholm: län\n", 1),
    ],
)
def test_broken_yaml_is_told_with_its_row(params_copy: Path, text: str, row: int) -> None:
    say(params_copy, text)
    told = f"params/stockholm.yml rad {row}: är inte giltig YAML. Kontrollera indrag, kolon och citattecken."
    with refused(told):
        read_parameters("Stockholm", params_copy)


@pytest.mark.parametrize("text", ["- Solna\n", "bara text\n", "2015\n"])
def test_yaml_without_keys_is_told(params_copy: Path, text: str) -> None:
    say(params_copy, text)
    with refused("params/stockholm.yml ska bestå av rader som ”nyckel: värde”."):
        read_parameters("Stockholm", params_copy)


def test_a_file_that_is_not_utf8_is_told(params_copy: Path) -> None:
    (params_copy / "stockholm.yml").write_bytes("compare_with: [Jönköping]\n".encode("latin-1"))
    with refused("params/stockholm.yml är inte sparad som UTF-8."):
        read_parameters("Stockholm", params_copy)


def test_a_file_with_a_byte_order_mark_is_read(params_copy: Path) -> None:
    (params_copy / "stockholm.yml").write_bytes("publisher: Länet\n".encode("utf-8-sig"))
    assert read_parameters("Stockholm", params_copy).publisher == "Länet"


def test_a_missing_starting_point_is_told(tmp_path: Path) -> None:
    with refused("params/report.yml kan inte läsas: det finns ingen sådan fil eller mapp."):
        read_parameters("Stockholm", tmp_path)


def test_a_misspelt_municipality_gets_a_guess(params_copy: Path) -> None:
    say(params_copy, "municipalities: [Solna, Järfäla]\n")
    with refused(
        "params/stockholm.yml: Det finns ingen kommun i Stockholms län som heter ”Järfäla”. Menade du ”Järfälla”?"
    ):
        read_parameters("Stockholm", params_copy)


def test_a_municipality_of_another_county_is_told(params_copy: Path) -> None:
    say(params_copy, "municipalities: [Habo]\n")
    with refused("params/stockholm.yml: Kommunen Habo ligger i Jönköpings län, inte i Stockholms län."):
        read_parameters("Stockholm", params_copy)


@pytest.mark.parametrize("text", ["Stockholm", "stockholms län", '"01"'])
def test_a_county_is_not_compared_with_itself(params_copy: Path, text: str) -> None:
    say(params_copy, f"compare_with: [{text}]\n")
    with refused("params/stockholm.yml: Stockholms län kan inte jämföras med sig självt i compare_with."):
        read_parameters("Stockholm", params_copy)


def test_a_municipality_is_not_compared_with(params_copy: Path) -> None:
    say(params_copy, "compare_with: [Habo]\n")
    with refused("”Habo” är en kommun i Jönköpings län, inte ett län."):
        read_parameters("Stockholm", params_copy)


def test_a_wrong_name_is_told_where_it_stands(params_copy: Path) -> None:
    """The starting point also has the key municipalities, empty."""
    say(params_copy, "compare_with: [Jonkoping]\n")
    with refused("params/stockholm.yml: Det finns inget län som heter ”Jonkoping”. Menade du ”Jönköping”?"):
        read_parameters("Stockholm", params_copy)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("municipalities: [Solna, Solna]", "Solna"),
        ('municipalities: [Solna, Ekerö, "0184"]', "Solna"),
        ("compare_with: [Jönköping, jönköpings län]", "Jönköping"),
    ],
)
def test_a_place_that_stands_twice_is_told(params_copy: Path, text: str, name: str) -> None:
    say(params_copy, f"{text}\n")
    with refused(f"params/stockholm.yml: ”{name}” står två gånger."):
        read_parameters("Stockholm", params_copy)


def test_a_file_about_another_county_is_told(params_copy: Path) -> None:
    say(params_copy, "county: Skåne\n")
    with refused("params/stockholm.yml: ”Skåne” står där, men rapporten ska gälla Stockholms län."):
        read_parameters("Stockholm", params_copy)


def test_an_unknown_county_gets_a_guess() -> None:
    with refused("Menade du ”Skåne”?"):
        read_parameters("Skane")


def test_a_fault_in_the_starting_point_is_told_where_it_stands(params_copy: Path) -> None:
    """Not as if the county's own file were wrong."""
    say(params_copy, 'editon: "2015"\n', "report.yml")
    with refused(UNUSABLE, "  params/report.yml: okänd nyckel ”editon”. Menade du ”edition”?"):
        read_parameters("Stockholm", params_copy)


def test_a_key_that_stands_twice_is_told(params_copy: Path) -> None:
    """YAML's last one would win without a word."""
    say(params_copy, "municipalities: [Solna]\nmunicipalities: [Ekerö]\n")
    with refused("params/stockholm.yml rad 2: nyckeln ”municipalities” står två gånger."):
        read_parameters("Stockholm", params_copy)


def test_a_key_that_is_a_list_is_told(params_copy: Path) -> None:
    say(params_copy, "? [Solna, Ekerö]\n: municipalities\n")
    with refused("params/stockholm.yml rad 1"):
        read_parameters("Stockholm", params_copy)


def test_a_changed_file_is_seen_at_once(params_copy: Path) -> None:
    assert read_parameters("Halland", params_copy).publisher == ""
    say(params_copy, "publisher: Region Halland\n", "halland.yml")
    assert read_parameters("Halland", params_copy).publisher == "Region Halland"
    say(params_copy, "publisher: Halland\n", "halland.yml")
    assert read_parameters("Halland", params_copy).publisher == "Halland"


def test_a_group_has_a_file_and_a_report_of_its_own(params_copy: Path) -> None:
    say(params_copy, "municipalities: [Solna, Sundbyberg]\ngroup_name: De två\n", "stockholm-de-tva.yml")
    found = read_parameters("Stockholm", params_copy, "De två")
    assert (found.name, found.municipalities, found.compare_with) == (
        "stockholm-de-tva-2015", ["Solna", "Sundbyberg"], [],
    )  # fmt: skip
    assert read_parameters("Stockholm", params_copy).name == "stockholm-2015"
    assert "group" not in found.model_dump(), "chapters are kept whatever the group"


@pytest.mark.parametrize("name", ["lss", "aktuell", "norr-2015", "2015", "preliminar", "!", "x" * 41, "../hem"])
def test_a_group_cannot_be_called_so_that_its_report_is_another(params_copy: Path, name: str) -> None:
    with refused("Gruppen"):
        read_parameters("Stockholm", params_copy, name)


def test_a_group_that_is_not_there_is_guessed_at(params_copy: Path) -> None:
    say(params_copy, "municipalities: [Solna]\n", "stockholm-nordvast.yml")
    with refused("params/stockholm-nordvst.yml saknas", "Menade du ”nordvast”?", "Grupper i Stockholms län: nordvast"):
        read_parameters("Stockholm", params_copy, "nordvst")


def test_what_stands_in_a_file_is_not_held_against_the_clock() -> None:
    assert ReportParameters(county="Stockholm", date="2099-01-01").date == "2099-01-01"
