"""The reports over the years, Kalmar's and the nation's, built once each and read in every format."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest

from conftest import refused
from golden_over_time import BY_SOURCE
from oj.disk.folders import default_folders
from oj.facts.params import read_parameters
from oj.publish.build.contents import contents, listed_chapters
from oj.tidy.book import book_of
from publish.building import NOTEBOOKS, Built, small_book
from publish.captions import headings_of_html, headings_of_pdf, of_html, of_pdf, of_word
from publish.grids import one_line
from publish.read_html import Element, read_page
from publish.read_pdf import Pdf, read_pdf
from publish.read_word import read_word, text_of

PAGES = ["index.html", "utveckling.html", "metod.html"]
TITLE = "Öppna jämförelser 2014–2023 – Social barn- och ungdomsvård"


@dataclass(frozen=True)
class Read:
    """A finished report over the years and its files, read once."""

    built: Built
    pages: list[Element]
    pdf: Pdf
    word: Any

    @property
    def texts(self) -> dict[str, str]:
        """All text of each format, on one line."""
        return {
            "html": " ".join(page.text for page in self.pages),
            "pdf": one_line(" ".join(self.pdf.texts.values())),
            "word": one_line(text_of(self.word.element.body)),
        }


def read(built: Built) -> Read:
    """Read a report over the years."""
    pages = [read_page(built.path / name) for name in PAGES]
    return Read(built, pages, read_pdf(built.path / "rapport.pdf"), read_word(built.path / "rapport.docx"))


@pytest.fixture(scope="session")
def nation(nation_report: Built) -> Read:
    """Read the nation's report."""
    return read(nation_report)


@pytest.fixture(scope="session")
def kalmar(built_once: Callable[[str], Built]) -> Read:
    """Build Kalmar's report and read it."""
    return read(built_once("Kalmar"))


@pytest.fixture(params=["nation", "kalmar"])
def report(request: pytest.FixtureRequest) -> Read:
    """Return each of the two reports."""
    found: Read = request.getfixturevalue(request.param)
    return found


def test_the_files_are_those_of_any_report(report: Read) -> None:
    path = report.built.path
    names = {
        "rapport.pdf",
        "rapport.docx",
        "resultat.csv",
        "manifest.json",
        *PAGES,
        *(f"analys/{one}" for one in PAGES),
    }
    assert {name for name in names if not (path / name).is_file()} == set()
    assert not (path / "kommuner").exists()
    manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["report"] == path.name
    assert "resultat.csv" in manifest["files"]


def test_the_title_page_says_whose_report_it_is(nation: Read, kalmar: Read) -> None:
    for report, name, folder in ((nation, "Riket", "riket-over-tid"), (kalmar, "Kalmar kommun", "kalmar-over-tid")):
        assert report.built.path.name == folder
        (head,) = report.pages[0].of_class("subtitle")
        assert head.text == name
        assert report.word.core_properties.title == f"{TITLE} – {name}"
        assert TITLE in report.pdf.on_page(1).replace("\u2060", "")
        assert name in report.pdf.on_page(1)


def test_the_formats_have_the_same_headings_and_captions(report: Read) -> None:
    assert of_html(report.pages) == of_word(report.word)
    assert sorted(of_html(report.pages)) == sorted(of_pdf(report.pdf))
    html, pdf = headings_of_html(report.pages), headings_of_pdf(report.pdf)
    assert [level for level, _ in html] == [level for level, _ in pdf]


def test_no_reference_is_unresolved(report: Read) -> None:
    for text in report.texts.values():
        assert "@tbl-" not in text
        assert "?@" not in text


NATIONS = [
    "Nyaste året står först",
    "ordinarie licens för Barns behov i centrum (BBIC) (plus 11 procentenheter sedan 2014)",
    "minus 3 procentenheter sedan 2014",
    "Drygt hälften av kommunerna",
    "Cirka tre av fyra kommuner använder BRA-fam",
    "6,2 procent av de 15–16-åringar som var placerade hela årskurs 9",
    "32 procent av de pojkar som någon gång har varit placerade",
    "Minus 3 procentenheter sedan 2022; enligt källan",
    "– brott i serien 2022 –",
    "I över 90 procent av kommunerna",
    "15 procent av kommunerna har använt resultat av systematisk uppföljning för att utveckla öppenvården",
    "Bland alla som senast avslutade grundskolan i Sverige var 88 procent behöriga",
]
KALMARS = [
    "Kalmar och riket 2019.",
    "från Ja till Nej",
    "19 mot 25 %",
    "inte IVO:s funktion Barn- och ungdomslinjen",
    "Kalmars personalsystem har inte uppgifter",
    "saknas dock i många fall",
]
BOTH = [
    "28 procent 2010, härlett av oss",
    "Jämförelsen går över brottet i serien 2016",
    "Både sättet att samla in uppgifterna och indikatorerna ändrades",
    "metodbilaga, som inte finns i underlaget",
    "50 % (Kalmar kommun 2019, Socialstyrelsen 2014)",
    "– brott i serien 2016 –",
]


def unbroken(text: str) -> str:
    """Return a text without what depends on where its lines are broken: spaces and hyphens."""
    return re.sub(r"[\s\u00a0\u00ad\u2010\u2060-]", "", text)


@pytest.mark.parametrize("kind", ["html", "pdf", "word"])
def test_what_must_be_read_is_there(nation: Read, kalmar: Read, kind: str) -> None:
    for report, wanted in ((nation, [*NATIONS, *BOTH]), (kalmar, [*KALMARS, *BOTH])):
        text = unbroken(report.texts[kind])
        assert [words for words in wanted if unbroken(words) not in text] == []


def test_the_data_are_every_observation(nation: Read, kalmar: Read) -> None:
    every = [row for rows in BY_SOURCE.values() for row in rows]
    for report, places in ((nation, {"00"}), (kalmar, {"00", "0880"})):
        table = pd.read_csv(report.built.path / "resultat.csv", dtype=str, keep_default_na=False)
        found = zip(table["edition"], table["place"], table["series"], table["display"], strict=True)
        shown = [(*key, text.replace("\u00a0", " ")) for *key, text in found]
        assert sorted(shown) == sorted(row for row in every if row[1] in places)
        assert set(table.loc[table["qualifier"] != "", "value"]) == {""}


def test_every_figure_has_an_alt_text_and_no_page_is_wide(report: Read) -> None:
    pictures = [picture for page in report.pages for picture in page.all("img")]
    assert ["år för år mellan" in picture.attributes["alt"] for picture in pictures] == [True]


@pytest.mark.parametrize("name", ["Kalmar", "kalmar län", "08", "Riket", "RIKET", "00"])
def test_the_book_is_found_however_the_name_is_written(name: str) -> None:
    assert book_of(read_parameters(name)) == "over-tid"


def test_another_county_gets_no_book_over_the_years() -> None:
    with refused("inga resultat för Skåne län", "Län med resultat: Stockholm, Jönköping.", "COUNTY=Kalmar."):
        contents(read_parameters("Skåne"), NOTEBOOKS)


def test_an_unknown_edition_is_refused_also_here() -> None:
    with refused("Utgåvan ”2030” finns inte."):
        contents(read_parameters("Riket", edition="2030"), NOTEBOOKS)


def test_the_nation_has_no_municipalities() -> None:
    parameters = read_parameters("Riket").model_copy(update={"municipalities": ["Solna"]})
    with refused("Solna"):
        contents(parameters, NOTEBOOKS)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"municipalities": ["Västervik"]}, ["inga uppgifter över åren för Västervik", "De finns för: Riket."]),
        ({"compare_with": ["Jönköping"]}, ["compare_with: ”Jönköping” går inte att använda"]),
        ({"group_name": "Vi"}, ["group_name: ”Vi” går inte att använda"]),
    ],
)
def test_nothing_that_was_asked_for_is_left_out_silently(values: dict[str, Any], words: list[str]) -> None:
    with refused(*words):
        contents(read_parameters("Kalmar").model_copy(update=values), NOTEBOOKS)


def test_a_damaged_list_of_chapters_is_told(tmp_path: Any) -> None:
    folders = small_book(tmp_path)
    book = folders.notebooks / "_over-tid.yml"
    with refused("_over-tid.yml kan inte läsas"):
        listed_chapters(folders.notebooks, "over-tid")
    book.write_text("chapters: [a]\n", encoding="utf-8")
    with refused("ska ha nyckeln chapters"):
        listed_chapters(folders.notebooks, "over-tid")
    book.write_text("chapters:\n  index.ipynb: saknas.ipynb\n", encoding="utf-8")
    with refused("Kapitlet saknas.ipynb saknas i notebooks/"):
        listed_chapters(folders.notebooks, "over-tid")
    assert default_folders().notebooks == NOTEBOOKS
