"""`oj survey results` for every county: with one answer where nothing was published before, and with all answers."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from conftest import DATA
from filling import Answers, answers_giving, filled
from oj.facts.editions import using
from oj.facts.places import all_places, units
from oj.publish.build.preliminary import build_preliminary, from_form, join, parameters_of
from oj.sources.survey.read import read_form
from publish.building import folders_in
from written import results

COUNTIES = [place.code for place in all_places(DATA).values() if place.level == "county"]
NEW = ("09", "12")  # with one municipality and with 33, of those where nothing of the form was published before
ONE: Answers = {"socialjour.hela-aret": "ja"}


def shown(county: str, answers: dict[str, Answers], folder: Path) -> pd.DataFrame:
    """Return what a county's preliminary report would show: what its notebooks are given."""
    found = from_form(read_form(filled(folder / "enkat.xlsx", answers), DATA), DATA)
    data = Path(shutil.copytree(DATA, folder / "data"))
    join(found, data, "enkat.xlsx")
    with using(data):
        parameters = parameters_of(found)
        return results(parameters.county, parameters.edition, parameters.municipalities, parameters.compare_with)


def answering(county: str, answers: Answers) -> dict[str, Answers]:
    return {unit.code: answers for unit in units(county, DATA)}


@pytest.mark.parametrize(
    "county", [one if one in NEW else pytest.param(one, marks=pytest.mark.long) for one in COUNTIES]
)
def test_one_answer_is_enough(county: str, tmp_path: Path) -> None:
    first = units(county, DATA)[0].code
    table = shown(county, {first: ONE}, tmp_path).set_index(["indicator", "place"])
    assert table.loc[("socialjour", first), "display"] == "Ja"
    own = table.xs(first, level="place")
    assert set(own.loc[own["source"].str.startswith("preliminar"), "status"]) == {"observed", "missing"}


@pytest.mark.parametrize("county", ["09", pytest.param("10", marks=pytest.mark.long)])
def test_all_answers_give_the_county_its_average(county: str, tmp_path: Path) -> None:
    table = shown(county, answering(county, answers_giving("0184")), tmp_path).set_index(["indicator", "place"])
    jour = table.loc["socialjour"]
    assert jour.loc[[unit.code for unit in units(county, DATA)], "display"].unique().tolist() == ["Ja"]
    assert county not in jour.index or jour.loc[county, "value"] == 1.0  # Gotland is its only municipality


@pytest.mark.long  # in the gate test_preliminary.py builds a whole one, of another county
def test_a_county_without_anything_published_gets_its_whole_report(tmp_path: Path) -> None:
    path = filled(
        tmp_path / "enkat.xlsx", {"0980": {"personal.handlaggare": 5.0}}, {("0980", "socialjour.nagon"): "+1"}
    )
    report = build_preliminary(path, "", "embedded", folders=folders_in(tmp_path))
    assert report.name == "gotland-2015-preliminar"
    assert (report / "rapport.pdf").stat().st_size > 10_000
    assert "inte personalen" in (report / "metod.html").read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize("every", [False, True], ids=["one", "all"])
@pytest.mark.parametrize("county", COUNTIES)
def test_every_county_gets_its_whole_report(county: str, every: bool, tmp_path: Path) -> None:
    answers = answering(county, answers_giving("0184")) if every else {units(county, DATA)[-1].code: ONE}
    report = build_preliminary(filled(tmp_path / "enkat.xlsx", answers), "", "embedded", folders=folders_in(tmp_path))
    assert {"index.html", "rapport.pdf", "rapport.docx", "granskning.xlsx"} <= {path.name for path in report.iterdir()}
