"""The book of current key figures, built once for two municipalities and read in every format."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import oj
from conftest import refused
from fetched import with_fetched
from oj.disk.folders import default_folders
from oj.doors.fingerprints import fetched_hashes
from oj.facts.editions import data_folder, using
from oj.facts.key_figures import key_figures
from oj.facts.params import CURRENT, ReportParameters, read_parameters
from oj.publish.build.contents import contents
from oj.tidy.book import book_of
from oj.words.frames import as_records
from publish.building import folders_in
from publish.grids import one_line
from publish.plain import generated, lix, too_long
from publish.read_html import read_page, tables_of
from publish.read_pdf import read_pdf
from publish.read_word import read_word, text_of
from publish.workbook import misses
from publish.years_told import across

PAGES = [
    "index",
    "inledning",
    "oversikt",
    "individanpassad",
    "placerade",
    "tillganglig",
    "bakgrund",
    "kommun-halmstad",
    "kommun-hylte",
    "metod",
    "summary-en",
]
PARAMETERS = ReportParameters(county="Halland", municipalities=["Halmstad", "Hylte"], publisher="FoU-enheten")


@dataclass(frozen=True)
class Read:
    """A finished report's folder, and all text of each format on one line."""

    path: Path
    texts: dict[str, str]
    pdf: Any


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Let everything read its facts where a county is fetched."""
    folder = with_fetched(tmp_path_factory.mktemp("facts") / "data")
    shutil.copy(folder / "key_figures" / "halland.csv", folder / "key_figures" / "skane.csv")  # another county's
    with using(folder):
        yield folder


@pytest.fixture(scope="module")
def book(facts: Path, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Build the report of two municipalities and read it."""
    from oj.publish.build.report import build_report
    from oj.words.progress import Progress

    path = build_report(PARAMETERS, folders_in(tmp_path_factory.mktemp("aktuell")), Progress(), "embedded")
    pdf, word = read_pdf(path / "rapport.pdf"), read_word(path / "rapport.docx")
    printed = [*pdf.texts.values(), *read_pdf(path / "bilaga.pdf").texts.values()]
    html = " ".join(read_page(path / f"{name}.html").text for name in PAGES)
    texts = {"html": html, "pdf": one_line(" ".join(printed)), "word": text_of(word.element.body)}
    return Read(path, {name: text.replace("\u00a0", " ").replace("\u00ad", "") for name, text in texts.items()}, pdf)


def test_no_figure_tells_two_years_across_a_break(book: Read, facts: Path) -> None:
    measures = oj.figures("Halland", CURRENT, PARAMETERS.municipalities, folder=facts).measures.values()
    starts = {one.full_name: [int(year) for year in one.breaks] for one in measures if one.breaks}
    pages = [read_page(path) for path in sorted(book.path.rglob("*.html"))]
    seen, wrong = across(pages, starts)
    assert wrong == []
    assert seen > 10
    assert across(pages, dict.fromkeys((one.full_name for one in measures), (2019,)))[1]  # it can fail


def test_every_part_is_there(book: Read) -> None:
    assert book.path.name == "halland-aktuell"
    assert {path.stem for path in book.path.glob("*.html")} == set(PAGES)
    wanted = {f"{name}{suffix}" for name in ("halmstad", "hylte") for suffix in (".pdf", ".pptx", ".zip")}
    assert {path.name for path in (book.path / "kommuner").iterdir()} == wanted
    assert {"rapport.pdf", "rapport.docx", "resultat.csv", "manifest.json"} <= {
        path.name for path in book.path.iterdir()
    }


@pytest.mark.parametrize("name", ["pdf", "word"])
def test_who_sent_it_is_said_once_on_the_first_page(book: Read, name: str) -> None:
    first, _, _ = book.texts[name].partition("Tabell 1")
    told = "".join(first.split())  # the name may be broken at its hyphen
    assert told.count("FoU-enheten") == told.count("Avsändare:FoU-enheten.") == 1
    assert '<p class="by">' not in (book.path / "index.html").read_text(encoding="utf-8")
    assert '<p class="by">FoU-enheten</p>' in (book.path / "metod.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["html", "pdf", "word"])
def test_the_figures_and_their_source_stand_in_every_format(book: Read, name: str) -> None:
    text = " ".join(book.texts[name].split())
    for wanted in (
        "Aktuella nyckeltal 2022 – Social barn- och ungdomsvård",
        "Källa: Kolada, RKA",
        "Talen med * är egna beräkningar",
        "hämtade den 22 november 2026",
        "88 dagar mot 100 dagar",
        "Högre än i riket: Placerade på HVB (4,2 per 1 000 mot 2,1 per 1 000)",
        "Kolada har dragit in nyckeltalet.",
    ):
        assert wanted in text, wanted
    assert "Öppna jämförelser 2015" not in text
    assert "Laholm" not in text  # not in the report, nor in what its sentences are made of


def test_the_numbers_are_all_in_the_file(book: Read) -> None:
    rows = pd.read_csv(book.path / "resultat.csv", dtype={"place": str})
    assert set(rows["place_name"]) == {"Halmstad", "Hylte", "Riket", "Hallands län", "Större stad"}
    halmstad = rows.query("place == '1380' and indicator == 'utredningstid' and year == 2022")
    assert (halmstad["value"].item(), halmstad["source"].item()) == (90, "kolada")
    assert rows.loc[rows["status"] != "observed", "value"].isna().all()


def test_the_workbook_has_the_latest_year_and_no_figure_of_a_region_that_says_nothing(book: Read) -> None:
    rows = pd.read_csv(book.path / "resultat.csv", dtype=str, keep_default_na=False).query("gender == 'total'")
    own = rows[(rows["level"] == "municipality") & (rows["status"] == "observed")]
    rows = rows[rows["year"] == rows["indicator"].map(own.groupby("indicator")["year"].max())]
    titles = {name: one.title for name, one in key_figures().items()}
    shown = as_records(rows.assign(title=rows["indicator"].map(titles)))
    assert len(shown) > 10
    found = misses(book.path / "resultat.xlsx", shown)
    assert [one for one in found if "['–']" not in one] == []
    assert len(found) < len(shown) / 2
    names = openpyxl.load_workbook(book.path / "resultat.xlsx", read_only=True).sheetnames
    assert {"Individanpassad vård och omsorg", "Tillgänglig vård och omsorg"} <= {*names}, "an area's id is no name"


def test_the_manifest_names_what_was_fetched_and_nothing_of_other_counties(book: Read, facts: Path) -> None:
    facts_ = json.loads((book.path / "manifest.json").read_text(encoding="utf-8"))["data"]
    fetched = {name for name in facts_ if name.startswith("key_figures/")}
    assert fetched == {"key_figures/halland.csv", "key_figures/halland.yml"}
    assert (facts / "key_figures" / "skane.csv").exists()


def test_what_was_fetched_for_a_county_to_compare_with_is_named_too(facts: Path) -> None:
    found = fetched_hashes(["Halland", "Skåne"], data_folder())
    assert {*found} == {"key_figures/halland.csv", "key_figures/halland.yml", "key_figures/skane.csv"}


def test_a_county_without_results_gets_the_book_of_today(facts: Path) -> None:
    assert book_of(ReportParameters(county="Halland")) == CURRENT
    assert book_of(ReportParameters(county="Halland", edition="over-tid")) == "over-tid"
    assert book_of(ReportParameters(county="Stockholm")) == "2015"
    assert book_of(ReportParameters(county="Stockholm", edition=CURRENT)) == CURRENT
    assert book_of(ReportParameters(county="Kalmar")) == "over-tid"


def test_what_cannot_be_built_is_told(facts: Path) -> None:
    notebooks = default_folders().notebooks
    with refused("Inget är hämtat ur Kolada för Skåne län"):
        contents(ReportParameters(county="Skåne", edition=CURRENT), notebooks)
    with refused("”Riket” är inget län"):
        contents(ReportParameters(county="Riket", edition=CURRENT), notebooks)
    with refused('är inget årtal; skriv till exempel "2015", eller aktuell'):
        read_parameters("Halland", edition="nu")


def test_the_next_step_is_one_that_the_report_has(book: Read) -> None:
    for told in book.texts.values():
        text = " ".join(told.split())
        assert "Välj högst tre tal att arbeta med, och fråga en liknande kommun hur den har gjort." in text
        assert "analysguide" not in text.lower()


def test_the_first_page_says_what_has_changed_most_in_each_municipality(book: Read) -> None:
    heads, *rows = next(table for table in tables_of(read_page(book.path / "index.html")) if "Ändrat" in table[0])
    told = {row[0]: row[heads.index("Ändrat")] for row in rows}
    assert set(told) == {"Halmstad", "Hylte"}
    for name, said in told.items():
        sheet = read_page(book.path / f"kommun-{name.lower()}.html").text
        assert said.replace(": från", " från") in sheet, said  # it is one of those that its sheet tells


def test_a_lone_drawing_is_no_part_of_several(book: Read) -> None:
    for sheet in book.path.glob("kommun-*.html"):
        page = sheet.read_text(encoding="utf-8")
        assert ("Del 1." in page) == ("Del 2." in page)


def test_what_is_told_of_today_is_plain(book: Read) -> None:
    pages = {name: read_page(book.path / f"{name}.html") for name in PAGES}
    assert sum(len(generated(page)) for page in pages.values()) > 10
    assert [one for page in pages.values() for one in too_long(generated(page))] == []
    (first,) = pages["index"].all("main")
    assert lix([one.text for one in first.all("p", "li") if "." in one.text and "://" not in one.text]) <= 40


def test_the_first_page_is_held_by_the_reports_own_check(book: Read, facts: Path) -> None:
    asked = [sys.executable, str(book.path / "verify" / "verify.py"), str(book.path), str(facts)]
    told = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False).stdout
    assert " siffror och ord i text" in told
    assert "Fel i index.html" not in told, told
