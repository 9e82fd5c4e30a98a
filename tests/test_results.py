"""The results frame: its columns, its places and their order, what a reader sees, and what is refused."""

from math import nan
from pathlib import Path

import pandas as pd
import pytest

from conftest import DATA, RESULTS, append, by_short, refused, small_copy
from oj.facts.catalog import indicators
from oj.facts.places import Place, all_places
from oj.sources.published import read_published
from oj.tidy.published import completed
from oj.tidy.written import EDITION as COLUMNS
from oj.words.errors import UserError
from oj.words.swedish import NO_BREAK_SPACE
from oj.words.vocabulary import STATUSES
from written import display, results

KNOWN = indicators(DATA)
PLACES = all_places(DATA)
COUNTIES = [place for place in PLACES.values() if place.level == "county"]
PUBLISHED = set(read_published(DATA)["place"])
WITH_RESULTS = [
    county
    for county in COUNTIES
    if any(code in PUBLISHED for code, place in PLACES.items() if county.code in (code, place.county))
]
NORTHWEST = ["0114", "0123", "0125", "0139", "0163", "0183", "0184", "0191"]


@pytest.fixture(scope="module")
def stockholm() -> pd.DataFrame:
    """Return the results of the reference report."""
    return results("Stockholm", "2015", NORTHWEST, ["Jönköping"])


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data/ with two areas, which is read fast."""
    return small_copy(tmp_path_factory.mktemp("original") / "data", {"utbildning", "saker"})


def codes(frame: pd.DataFrame) -> list[str]:
    """Return the places of a frame in their order."""
    return list(dict.fromkeys(frame["place"]))


def test_columns(stockholm: pd.DataFrame) -> None:
    assert list(stockholm) == COLUMNS
    assert COLUMNS == [
        "edition", "area", "subarea", "indicator", "title", "place", "place_name", "level",
        "value", "answer", "status", "numerator", "denominator", "display", "source", "domain",
    ]  # fmt: skip


def test_one_row_per_indicator_and_place_in_the_reports_order(stockholm: pd.DataFrame) -> None:
    expected = [(name, place) for name in KNOWN for place in [*NORTHWEST, "00", "01", "06"]]
    assert list(zip(stockholm["indicator"], stockholm["place"], strict=True)) == expected
    assert stockholm.index.tolist() == list(range(572))


def test_each_row_says_what_it_is_about(stockholm: pd.DataFrame) -> None:
    for row in stockholm.itertuples():
        indicator, place = KNOWN[str(row.indicator)], PLACES[str(row.place)]
        assert (row.area, row.subarea, row.title) == (indicator.area, indicator.subarea, indicator.title)
        assert (row.place_name, row.level) == (place.name, place.level)
    assert set(stockholm["edition"]) == {"2015"}
    assert set(stockholm["source"]) == {"fou-nordvast-2015"}


def test_levels(stockholm: pd.DataFrame) -> None:
    levels = stockholm.drop_duplicates("place")["level"].tolist()
    assert levels == ["municipality"] * 8 + ["nation", "county", "county"]


def test_nothing_is_behind_a_hidden_figure(stockholm: pd.DataFrame) -> None:
    hidden = stockholm[stockholm["status"] != "observed"]
    assert len(hidden) == 27
    assert hidden[["value", "answer"]].isna().all(axis=None)
    assert hidden["display"].tolist() == [STATUSES[status].sign for status in hidden["status"]]


def test_what_is_shown_is_never_empty(stockholm: pd.DataFrame) -> None:
    assert stockholm["display"].str.strip().ne("").all()


@pytest.mark.parametrize(
    ("name", "place", "text"),
    [
        ("foraldrar-oppenvard", "0114", "Ja"),
        ("foraldrar-oppenvard", "0123", "Nej"),
        ("foraldrar-oppenvard", "00", "32_%"),
        ("overenskommelse-kriminalvard", "06", "0_%"),
        ("bbic-licens", "01", "100_%"),
        ("behoriga-alla", "0114", "59_%"),
        ("behoriga-alla", "0125", "x"),
        ("arbetsledning", "0125", "5,8"),
        ("langvarigt-bistand", "0114", "bortfall"),
        ("langvarigt-bistand", "0163", "1,0_%"),
        ("barn-per-handlaggare", "0123", "1_442"),
        ("barn-per-handlaggare", "0114", "484"),
    ],
)
def test_what_is_shown(stockholm: pd.DataFrame, name: str, place: str, text: str) -> None:
    row = stockholm[(stockholm["indicator"] == name) & (stockholm["place"] == place)]
    assert row["display"].tolist() == [text.replace("_", NO_BREAK_SPACE)]


@pytest.mark.parametrize(
    ("name", "value", "answer", "text"),
    [
        ("bbic-licens", nan, "yes", "Ja"),
        ("socialjour", nan, "partly", "Delvis"),
        ("bbic-licens", nan, "no", "Nej"),
        ("bbic-licens", 0.585, "", "59_%"),
        ("behoriga-alla", 0.0, "", "0_%"),
        ("arbetsledning", 4.0, "", "4,0"),
        ("arbetsledning", 2.85, "", "2,9"),
        ("langvarigt-bistand", 0.017, "", "1,7_%"),
        ("barn-per-handlaggare", 1441.5, "", "1_442"),
    ],
)
def test_display(name: str, value: float, answer: str, text: str) -> None:
    assert display(KNOWN[name], value, answer, "observed") == text.replace("_", NO_BREAK_SPACE)


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "observed"])
def test_a_status_goes_before_any_figure(status: str) -> None:
    assert display(KNOWN["behoriga-alla"], 0.5, "", status) == STATUSES[status].sign != ""


def test_municipalities_stand_in_the_order_they_are_named() -> None:
    assert codes(results("01", municipalities=["Solna", "0114", "ekerö"])) == ["0184", "0114", "0125", "00", "01"]


def test_counties_compared_with_stand_last() -> None:
    frame = results("Jönköping", compare_with=["Stockholms län"])
    assert codes(frame) == ["00", "06", "01"]


def test_without_names_all_municipalities_with_results_are_in() -> None:
    assert codes(results("Stockholm")) == [*NORTHWEST, "00", "01"]


def test_a_county_without_municipalities_has_a_frame_of_two_places() -> None:
    frame = results("Jönköping")
    assert len(frame) == 104
    assert set(frame["level"]) == {"nation", "county"}
    assert codes(frame) == ["00", "06"]
    assert frame["answer"].isna().all()


@pytest.mark.parametrize("county", WITH_RESULTS, ids=by_short)
def test_a_county_with_results_has_a_frame(county: Place) -> None:
    frame = results(county.name)
    assert list(frame) == COLUMNS
    assert not frame.duplicated(["edition", "indicator", "place"]).any()
    assert {"00", county.code} <= set(frame["place"])
    assert {PLACES[code].county for code in frame["place"]} <= {"", county.code}


@pytest.mark.parametrize("county", [county for county in COUNTIES if county not in WITH_RESULTS], ids=by_short)
def test_a_county_without_results_is_told(county: Place) -> None:
    names = ", ".join(place.short for place in WITH_RESULTS)
    with refused(
        f"Det finns inga resultat för {county.name} ännu.", f"Län med resultat: {names}.", "med COUNTY=Riket och"
    ):
        results(county.short)


def test_stockholm_and_jonkoping_have_results() -> None:
    assert {"Stockholm", "Jönköping"} <= {county.short for county in WITH_RESULTS}


@pytest.mark.parametrize(("edition", "guess"), [("2105", "Menade du ”2015”?"), ("abc", "Utgåvor: 2010, 2013, 2014")])
def test_an_unknown_edition_is_told(edition: str, guess: str) -> None:
    with refused(f"Utgåvan ”{edition}” finns inte.", guess):
        results("Stockholm", edition)


@pytest.mark.parametrize("edition", ["2010", "2014", "2016", "2019"])
def test_an_edition_without_results_is_told_with_what_there_is_over_time(edition: str) -> None:
    with refused(f"Det finns inga resultat för utgåvan {edition} ännu.", "med COUNTY=Riket och COUNTY=Kalmar."):
        results("Stockholm", edition)


def test_a_municipality_without_results_is_told() -> None:
    with refused(
        "Det finns inga resultat för Danderyd, Nacka.", "Kommuner med resultat i Stockholms län: Upplands Väsby,"
    ):
        results("Stockholm", municipalities=["Danderyd", "Solna", "Nacka"])


def test_a_municipality_without_results_in_a_county_without_any_is_told() -> None:
    with refused("Det finns inga resultat för Habo.", "Kommuner med resultat i Jönköpings län: ingen."):
        results("Jönköping", municipalities=["Habo"])


def test_a_municipality_of_another_county_is_told() -> None:
    with refused("Kommunen Habo ligger i Jönköpings län, inte i Stockholms län."):
        results("Stockholm", municipalities=["Habo"])


def test_a_county_to_compare_with_that_has_no_results_is_told() -> None:
    with refused("Det finns inga resultat att jämföra med för Skåne län.", "Ändra compare_with, i params/"):
        results("Stockholm", compare_with=["Jönköping", "Skåne"])


@pytest.mark.parametrize("county", ["Stokholm", "Solna", ""])
def test_what_is_no_county_is_told(county: str) -> None:
    with pytest.raises(UserError, match="län"):
        results(county)


def test_a_frame_may_be_changed(stockholm: pd.DataFrame) -> None:
    frame = results("Stockholm", "2015", NORTHWEST, ["Jönköping"])
    frame["value"] = 2.0
    frame["display"] = ""
    pd.testing.assert_frame_equal(results("Stockholm", "2015", NORTHWEST, ["Jönköping"]), stockholm)


def test_the_order_of_the_file_does_not_matter_for_new_rows(data_copy: Path) -> None:
    """A municipality that is added last in the file stands by its code in the frame."""
    kept = reversed(indicators(data_copy))
    append(data_copy / RESULTS, *(f"2015,{name},0115,,,missing,,,fou-nordvast-2015" for name in kept))
    assert codes(results("Stockholm", folder=data_copy)) == [NORTHWEST[0], "0115", *NORTHWEST[1:], "00", "01"]


def test_a_unit_without_a_row_gets_one_that_says_why() -> None:
    """A city's districts answer for it, and registers are of the city; what is lacking otherwise is missing."""
    columns = ["edition", "indicator", "place", "value", "answer", "status", "numerator", "denominator", "source"]
    told = [("socialjour", "128001"), ("behoriga-alla", "1280"), ("bbic-licens", "128002"), ("socialjour", "1281")]
    rows = pd.DataFrame(
        [("2015", name, place, None, "yes", "observed", None, None, place) for name, place in told], columns=columns
    )
    names = ["socialjour", "behoriga-alla", "bbic-licens"]
    whole = completed(rows, names)
    status = {(row.indicator, row.place): row.status for row in whole.itertuples()}
    assert len(whole) == len(status) == 4 * len(names)
    assert {key: one for key, one in status.items() if key not in told} == {
        ("socialjour", "1280"): "not_applicable",
        ("bbic-licens", "1280"): "not_applicable",
        ("behoriga-alla", "128001"): "not_applicable",
        ("behoriga-alla", "128002"): "not_applicable",
        ("socialjour", "128002"): "missing",
        ("bbic-licens", "128001"): "missing",
        ("behoriga-alla", "1281"): "missing",
        ("bbic-licens", "1281"): "missing",
    }
    assert (whole["source"] == whole["place"]).all()  # each says where its own other figures are from
    assert completed(whole, names).equals(whole)
