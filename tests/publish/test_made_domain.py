"""A domain that is added by files alone gets its report, in its own words, and changes no byte of another's."""

import csv
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from conftest import DATA, refused
from made_domain import AREAS, DOMAIN, MIDDLE, NAME, NAMES, YEAR, add_domain
from oj.cli import run
from oj.doors.fingerprints import fact_hashes
from oj.facts.editions import domain_folder, edition_folder, using
from oj.facts.files import hashes
from oj.facts.params import ReportParameters, read_parameters
from oj.present.style import ANSWER_FILLS
from oj.publish.build.book import chapters
from oj.publish.chapters.edition import GENERAL, of_edition
from publish.building import NOTEBOOKS, build_on
from publish.read_pdf import printed_text
from written import observations, results

OTHER = domain_folder(DATA).name


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of data/ with the made domain."""
    copy = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("made") / "data"))
    add_domain(copy)
    return copy


@pytest.fixture(scope="module")
def report(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the made domain's whole report."""
    few = ["Sigtuna", "Solna"]
    parameters = ReportParameters(county="Stockholm", domain=DOMAIN, edition=YEAR, municipalities=few)
    return build_on(data, parameters, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def texts(report: Path) -> dict[str, str]:
    """Return what the report says in each format."""
    printed = printed_text(report / "rapport.pdf")
    with zipfile.ZipFile(report / "rapport.docx") as word:
        document = word.read("word/document.xml").decode() + word.read("docProps/core.xml").decode()
    pages = [path.read_text(encoding="utf-8") for path in sorted(report.glob("*.html"))]
    return {"pdf": printed, "word": document, "html": "\n".join(pages)}


def test_a_domain_has_what_it_asks_and_nothing_else(data: Path) -> None:
    shown = results("Stockholm", YEAR, domain=DOMAIN, folder=data)
    assert sorted(shown["indicator"].unique()) == sorted(NAMES)
    assert set(shown["status"]) == {"observed"}
    assert MIDDLE in set(shown["display"])


def test_another_domain_is_as_it_was(data: Path) -> None:
    assert results("Stockholm", YEAR, folder=data).equals(results("Stockholm"))
    own, there = edition_folder(DATA, YEAR, OTHER), edition_folder(data, YEAR, OTHER)
    assert fact_hashes(there, ["Stockholm"]) == fact_hashes(own, ["Stockholm"])
    assert observations("Kalmar", folder=domain_folder(data, OTHER)).equals(observations("Kalmar"))


def test_every_format_says_what_the_domain_says(texts: dict[str, str]) -> None:
    for text in texts.values():
        for told in (NAME, *AREAS.values(), MIDDLE, "andelen kommuner med Ja" if text is texts["html"] else "Ja"):
            assert told in text
    assert "T.v.d.: Till viss del." in texts["pdf"]


def test_no_format_says_what_only_another_domain_has(texts: dict[str, str]) -> None:
    others = (
        "barn- och ungdom", "Delvis", "BBIC", "FoU-Nordväst", "kommuner och stadsdelar", "utveckling.html",
        "efter Socialstyrelsens",
    )  # fmt: skip
    assert [(kind, other) for kind, text in texts.items() for other in others if other in text] == []


def test_nothing_is_lacking_that_was_not_asked(report: Path) -> None:
    with (report / "resultat.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(NAMES) * 4  # of two municipalities, the county and the nation
    assert {row["display"] for row in rows} & {"bortfall", "x", ""} == set()
    assert report.name == f"stockholm-{DOMAIN}-{YEAR}"
    assert not (report / "regler.html").exists()


def test_its_middle_step_has_its_own_ground_in_word(texts: dict[str, str]) -> None:
    cell = next(one for one in texts["word"].split("<w:tc>") if f">{MIDDLE}<" in one)
    assert f'w:fill="{ANSWER_FILLS["partly"].lstrip("#").upper()}"' in cell


def test_a_countys_own_answers_are_read_in_the_domains_words(data: Path, tmp_path: Path) -> None:
    """The template has the measure's own words to choose from, and only those are read back."""
    book, there = tmp_path / "mall.xlsx", Path(shutil.copytree(data, tmp_path / "data"))
    with using(there):
        assert run(["template", "Stockholm", "--domain", DOMAIN, "--output", str(book)]) == 0
        for answer, status in (("Delvis", 2), (MIDDLE, 0)):
            filled = openpyxl.load_workbook(book)
            sheet = filled["Inflytande i vardagen"]
            (column,) = [cell.column for cell in sheet[6] if cell.value == "egen-plan"]
            (row,) = [cell.row for cell in sheet["A"] if cell.value == "0117"]
            assert any(MIDDLE in str(one.formula1) for one in sheet.data_validations.dataValidation)
            sheet.cell(row, column).value = answer
            filled.save(tmp_path / "ifylld.xlsx")
            assert run(["import", str(tmp_path / "ifylld.xlsx"), "--domain", DOMAIN]) == status
    shown = results("Stockholm", YEAR, domain=DOMAIN, folder=there).set_index(["place", "indicator"])["display"]
    assert shown["0117", "egen-plan"] == MIDDLE
    assert results("Stockholm", YEAR, folder=there).equals(results("Stockholm"))


def test_the_domain_that_is_asked_for_has_its_own_edition(data: Path) -> None:
    with using(data):
        assert read_parameters("Stockholm", domain=DOMAIN).edition == YEAR
        with refused("Verksamhetsområdet ”stod” finns inte.", DOMAIN):
            read_parameters("Stockholm", domain="stod")


@pytest.mark.long
def test_no_byte_of_another_domains_report_changes(data: Path, tmp_path: Path) -> None:
    """The whole folder of Stockholm 2015, with the made domain in the facts and without it."""
    parameters = ReportParameters(county="Stockholm", edition=YEAR, compare_with=["Jönköping"])
    facts = {"with": data, "without": DATA}
    found = {name: hashes(build_on(folder, parameters, tmp_path / name)) for name, folder in facts.items()}
    assert found["with"] == found["without"]


def test_an_areas_own_notebook_is_of_its_domain_alone(data_copy: Path) -> None:
    """Another domain may call an area and its table the same; its prose is not that of child care."""
    other = data_copy / "annat"
    shutil.copytree(data_copy / "barn-och-unga" / "2015", other / "2015")
    shutil.copy(data_copy / "barn-och-unga" / "domain.yml", other / "domain.yml")
    listed = chapters(NOTEBOOKS)
    own, others = (
        [one.template for one in of_edition(listed, NOTEBOOKS, home)]
        for home in (data_copy / "barn-och-unga" / "2015", other / "2015")
    )
    assert GENERAL not in own
    assert others.count(GENERAL) == 7
