"""An edition that is added by files alone gets its report, and changes no byte of another's."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from conftest import DATA, DOMAIN
from made_edition import NAMES, YEAR, add_edition
from oj.cli import run
from oj.doors.fingerprints import fact_hashes
from oj.facts.editions import edition_folder, using
from oj.facts.files import hashes
from oj.facts.params import ReportParameters
from oj.publish.build.book import chapters
from oj.publish.chapters.edition import of_edition
from publish.building import NOTEBOOKS, build_on
from publish.read_pdf import printed_text
from written import observations, results


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of data/ with the made edition."""
    copy = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("made") / "data"))
    add_edition(copy)
    return copy


@pytest.fixture(scope="module")
def report(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the made edition's whole report."""
    parameters = ReportParameters(county="Stockholm", edition=YEAR, municipalities=["Sigtuna", "Solna"])
    return build_on(data, parameters, tmp_path_factory.mktemp("report"))


def test_an_edition_has_what_it_asks_and_nothing_else(data: Path) -> None:
    shown = results("Stockholm", YEAR, folder=data)
    assert sorted(shown["indicator"].unique()) == sorted(NAMES)
    assert set(shown["status"]) == {"observed"}
    assert len(shown) == len(NAMES) * 6


def test_another_edition_is_as_it_was(data: Path) -> None:
    assert results("Stockholm", "2015", folder=data).equals(results("Stockholm"))
    own = edition_folder(DATA, "2015")
    assert fact_hashes(edition_folder(data, "2015"), ["Stockholm"]) == fact_hashes(own, ["Stockholm"])
    assert observations("Kalmar", folder=edition_folder(data, "2015")).equals(observations("Kalmar", folder=own))


def test_the_years_have_the_new_edition_too(data: Path) -> None:
    found = observations("Riket", folder=data).query("source == 'prov-2019'")
    assert "bbic-licens" in set(found["series"])


def test_an_area_of_other_tables_has_the_general_chapter(data: Path) -> None:
    listed = chapters(NOTEBOOKS)
    made = {one.name: one.template for one in of_edition(listed, NOTEBOOKS, edition_folder(data, YEAR))}
    assert made["saker.ipynb"] == "saker.ipynb"  # the same table as in 2015
    assert made["kunskapsbaserad.ipynb"] == made["digital.ipynb"] == "omrade.ipynb"
    assert {"samordning.ipynb", "bakgrund.ipynb", "regler.ipynb"} & set(made) == set()
    whole = [one.name for one in of_edition(listed, NOTEBOOKS, edition_folder(DATA))]
    assert "omrade.ipynb" not in whole


def test_the_report_is_whole_and_of_its_own_edition(report: Path) -> None:
    with (report / "resultat.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["edition"] for row in rows} == {YEAR}
    assert {row["display"] for row in rows} & {"bortfall", "x"} == set()
    words = printed_text(report / "rapport.pdf")
    for told in ("Öppna jämförelser 2019", "Digital tillgänglighet", "Chatt för unga", "utgåvan 2019"):
        assert told in words
    assert "I utgåvan 2015" not in words
    assert "bakgrundsmått, utgåvan" not in words  # no table of what the edition does not have
    for name in ("index.html", "digital.html", "kunskapsbaserad.html", "rapport.docx", "kommuner/solna.pdf"):
        assert (report / name).stat().st_size > 1000


@pytest.mark.long
def test_no_byte_of_another_editions_report_changes(data: Path, tmp_path: Path) -> None:
    """The whole folder of Stockholm 2015, with the made edition in the facts and without it."""
    parameters = ReportParameters(county="Stockholm", edition="2015", compare_with=["Jönköping"])
    facts = {"with": data, "without": DATA}
    found = {name: hashes(build_on(folder, parameters, tmp_path / name)) for name, folder in facts.items()}
    assert found["with"] == found["without"]


def test_the_recipe_leads_from_an_empty_folder_to_the_report(
    data: Path, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each step of CONTRIBUTING names its files; with all of them the folder is that of the report built here."""
    text = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## En ny utgåva\n")[2].partition("\n## ")[0]
    steps = [re.findall(r"`([\w/<>åäö-]+\.(?:yml|csv))`", step) for step in re.findall(r"^\d\. (.+)$", section, re.M)]
    folder, made = data_copy / DOMAIN / YEAR, data / DOMAIN / YEAR
    shutil.rmtree(folder)
    (check,) = re.findall(r"`oj (check [\w -]+)`", section)
    told = []
    for names in steps[:4]:
        for path in (path for name in names for path in made.glob(re.sub(r"<\w+>", "*", name))):
            (folder / path.relative_to(made)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / path.relative_to(made))
        with using(data_copy):
            told.append(run(check.split()))
    assert hashes(folder) == hashes(made)
    assert told == [0, 1, 1, 0], capsys.readouterr()  # without questions it is known from summaries; then all is needed
    assert f"`make report COUNTY=Stockholm EDITION={YEAR}`" in section
