"""The door to current key figures: every row with what a reader needs, and nothing that is not there."""

from pathlib import Path

import pandas as pd
import pytest

import oj
from conftest import DATA, refused
from fetched import GROUP, HALLAND, NATION, PLACES, with_fetched
from kolada_server import questions
from oj.facts.editions import domain_folder
from oj.tidy.measures import of_key_figure, of_today
from oj.tidy.written import TODAY as COLUMNS
from written import current


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return facts with a fetched county."""
    return with_fetched(tmp_path_factory.mktemp("facts") / "data")


@pytest.fixture(scope="module")
def figures(folder: Path) -> pd.DataFrame:
    """Return the county's key figures."""
    return current("Halland", folder=folder)


def cell(figures: pd.DataFrame, indicator: str, place: str, year: int, gender: str = "total") -> pd.Series:
    """Return one row."""
    keys = {"indicator": indicator, "place": place, "year": year, "gender": gender}
    rows = figures
    for column, value in keys.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def test_places_stand_in_a_readers_order(figures: pd.DataFrame) -> None:
    assert list(figures.columns) == COLUMNS
    rows = figures[(figures["indicator"] == "utredningstid") & (figures["year"] == 2022)]
    names = rows["place_name"].tolist()
    assert names == [
        "Falkenberg",
        "Halmstad",
        "Hylte",
        "Kungsbacka",
        "Laholm",
        "Varberg",
        "Riket",
        "Hallands län",
        "Större stad",
    ]
    assert rows["level"].tolist() == ["municipality"] * 6 + ["nation", "county", "group"]


@pytest.mark.parametrize(
    ("indicator", "place", "year", "wanted"),
    [
        ("utredningstid", "1380", 2022, "90"),
        ("utredningstid", "1383", 2022, "bortfall"),
        ("utredningstid", HALLAND, 2022, "88*"),
        ("utredningstid", NATION, 2022, "100*"),
        ("utredningstid", GROUP, 2022, "95*"),
        ("placerade-hvb", NATION, 2022, "2,1"),
        ("placerade-hvb", "1315", 2022, "0,0"),
        ("unga-inflytande", "1380", 2022, "90 %"),
    ],
)
def test_a_figure_stands_as_a_reader_sees_it(
    figures: pd.DataFrame, indicator: str, place: str, year: int, wanted: str
) -> None:
    assert cell(figures, indicator, place, year)["display"].replace("\u00a0", " ") == wanted


def test_what_is_hidden_has_a_sign_and_no_figure(figures: pd.DataFrame) -> None:
    hidden = cell(figures, "unga-inflytande", "1381", 2022, "women")
    assert (hidden["display"], hidden["status"], pd.isna(hidden["value"])) == ("x", "suppressed", True)


def test_only_chosen_municipalities_and_their_groups_are_in(folder: Path) -> None:
    one = current("Halland", ["Laholm"], folder=folder)
    assert set(one["place"]) == {"1381", HALLAND, NATION}  # Laholm is in no group of the made ones
    assert set(current("13", "halmstad", folder=folder)["place"]) == {"1380", HALLAND, NATION, GROUP}


def test_the_latest_year_is_one_with_a_figure_for_a_municipality(folder: Path) -> None:
    whole = oj.figures("Halland", "aktuell", folder=folder)
    assert whole.latest_periods() == dict.fromkeys(
        ["unga-antal-svar", "unga-inflytande", "utredningstid", "placerade-hvb"], "2022"
    )
    early = whole.during("2000..2021")
    assert early.latest_periods() == dict.fromkeys(["unga-antal-svar", "unga-inflytande", "utredningstid"], "2018")
    assert set(early.latest().by("total").frame["group"]) == {"total"}
    assert set(whole.latest().by("women").frame["place"]) == {"1380", "1381", HALLAND, NATION}


@pytest.mark.parametrize(
    ("county", "municipalities", "compared", "wanted"),
    [
        ("Skåne", [], [], "Inget är hämtat ur Kolada för Skåne län. Skriv make fetch COUNTY=Skåne"),
        ("Västra Götaland", [], [], 'Skriv make fetch COUNTY="Västra Götaland"'),
        ("Halland", [], ["Jönköping"], "Inget är hämtat ur Kolada för Jönköpings län."),
        ("Halland", ["Halmstadd"], [], "Menade du ”Halmstad”?"),
        ("Hallland", [], [], "Menade du ”Halland”?"),
    ],
)
def test_what_is_not_there_is_told(
    folder: Path, county: str, municipalities: list[str], compared: list[str], wanted: str
) -> None:
    with refused(wanted):
        current(county, municipalities, compared, folder)


def test_nothing_is_fetched_as_shipped() -> None:
    with refused("Inget är hämtat"):
        current("Halland", folder=DATA)


def test_names_and_units_are_told_in_full() -> None:
    known = of_today(domain_folder(DATA))
    assert known["unga-inflytande"].full_name == "Unga: inflytande"
    assert known["utredningstid"].full_name == "Utredningstid"
    assert known["utredningstid"].told(99.5).replace("\u00a0", " ") == "100 dagar"
    assert known["placerade-hvb"].told(2.04).replace("\u00a0", " ") == "2,0 per 1 000"


def test_an_answer_is_told_by_its_coding() -> None:
    """Kolada has coded Delvis differently in different years; the catalog's coding decides."""
    item = of_key_figure(next(one for one in questions().values() if "partly" in one.coding.values()))
    words = {code: item.shown(float("nan"), answer) for code, answer in item.about.coding.items()}
    assert words == {"2": "Ja", "1": "Delvis", "0": "Nej"}


def test_every_municipality_of_the_county_is_named(figures: pd.DataFrame) -> None:
    own = figures[figures["level"] == "municipality"].drop_duplicates("place")
    assert dict(zip(own["place"], own["place_name"], strict=True)) == PLACES
