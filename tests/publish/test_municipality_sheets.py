"""The municipalities' sheets: a chapter and a PDF of its own for each, on two pages."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from oj.publish.build.book import chapters as listed
from oj.publish.chapters.instances import TEMPLATE, Instance, instances_of, prepare
from publish import read_word
from publish.building import MUNICIPALITIES, NOTEBOOKS, SHEETS, Built
from publish.read_html import Element, main_of
from publish.read_pdf import Pdf, read_pdf

NAMES = ["Upplands Väsby", "Järfälla", "Ekerö", "Upplands-Bro", "Sollentuna", "Sundbyberg", "Solna", "Sigtuna"]


@pytest.fixture(scope="module")
def sheets(report: Built) -> dict[str, Pdf]:
    """Return every sheet, by the file's stem."""
    return {path.stem: read_pdf(path) for path in sorted((report.path / "kommuner").glob("*.pdf"))}


def test_there_is_one_for_each_municipality(sheets: dict[str, Pdf]) -> None:
    assert sorted(sheets) == sorted(MUNICIPALITIES.values())


def test_each_municipality_has_its_guide_as_a_word_file_to_fill_in(report: Built) -> None:
    """With the reasons of its weak parts, and a named field for every question about each of three."""
    for name, slug in zip(NAMES, MUNICIPALITIES.values(), strict=True):
        word = read_word.read_word(report.path / "kommuner" / f"{slug}-atgarder.docx")
        steps, form = word.tables
        assert read_word.headings_of(word) == [(1, f"Mål och åtgärder: {name}")]
        assert word.core_properties.title == f"Mål och åtgärder: {name}"
        assert read_word.fields_of(word) == read_word.wanted_of(form)
        assert [row.cells[0].text for row in steps.rows[1:]] == [cell.text for cell in form.rows[0].cells[1:]]
        assert all("Når inte målet för" in row.cells[1].text for row in steps.rows[1:])


def test_each_is_two_pages_at_most(sheets: dict[str, Pdf]) -> None:
    assert {name: len(sheet.boxes) for name, sheet in sheets.items() if len(sheet.boxes) > 2} == {}


def test_each_is_two_pages_at_most_in_the_report_too(pdf: Pdf) -> None:
    starts = [(title, page) for level, title, page in pdf.bookmarks if level == 1]
    pages = {title: after - page for (title, page), (_, after) in pairwise(starts)}
    sizes = {title: size for title, size in pages.items() if "Kommunblad" in title}
    assert len(sizes) == len(NAMES)
    assert set(sizes.values()) == {2}


def test_the_notes_of_a_table_stand_on_its_page(sheets: dict[str, Pdf], pdf: Pdf) -> None:
    note = squeeze("så många av samma mål som kommuner och stadsdelar når i genomsnitt. Talen för riket är cirka")
    for slug, sheet in sheets.items():
        assert note in squeeze(sheet.on_page(1)), slug
    starts = [page for level, title, page in pdf.bookmarks if level == 1 and "Kommunblad" in title]
    assert [page for page in starts if note not in squeeze(pdf.on_page(page))] == []


def test_each_is_tagged_and_titled(sheets: dict[str, Pdf]) -> None:
    for name, slug in zip(NAMES, MUNICIPALITIES.values(), strict=True):
        sheet = sheets[slug]
        assert (sheet.marked, sheet.language, sheet.title_shown) == (True, "sv-SE", True)
        assert f"Kommunblad: {name}" in sheet.metadata
        assert "<pdfuaid:part>1<" in sheet.metadata
        assert [level for level, _, _ in sheet.bookmarks] == [1]


def test_each_says_what_its_web_page_says(sheets: dict[str, Pdf], pages: dict[str, Element]) -> None:
    """Without the chapter's number, and without what only the web shows."""
    for slug, sheet in sheets.items():
        main = main_of(pages[f"kommun-{slug}.html"])
        sentences = [found.text for box in main.of_class("findings") for found in box.all("li")]
        whole = " ".join(sheet.on_page(page) for page in range(1, len(sheet.boxes) + 1))
        squeezed = squeeze(whole)
        assert len(sentences) >= 4, slug
        assert [one for one in sentences if squeeze(one) not in squeezed] == [], slug
        alts = [found.attributes["alt"] for found in main.all("img")]
        assert [squeeze(node.alt) for node in sheet.tree.all("Figure")] == [squeeze(alt) for alt in alts]


def squeeze(text: str) -> str:
    """Return a text without its spaces and hyphens, which a printed line breaks."""
    return "".join(letter for letter in text if letter.isalnum())


def test_each_page_leads_to_its_pdf_and_code(pages: dict[str, Element]) -> None:
    for slug in MUNICIPALITIES.values():
        links = {found.attributes.get("href") for found in main_of(pages[f"kommun-{slug}.html"]).all("a")}
        assert {f"kommuner/{slug}.pdf", f"kommuner/{slug}-atgarder.docx", f"analys/kommun-{slug}.html"} <= links


def test_a_county_without_municipalities_has_none(county_report: Built) -> None:
    assert not (county_report.path / "kommuner").exists()
    assert not list(county_report.path.glob("kommun*"))


def test_the_template_becomes_a_chapter_for_each_where_it_stands() -> None:
    chapters = [Instance(name, name) for name in listed(NOTEBOOKS)]
    found = instances_of(chapters, NAMES)
    names = [one.stem for one in found]
    at = names.index(SHEETS[0])
    assert names[at : at + 8] == SHEETS
    assert names[at - 1] == "oversikt"
    assert names[at + 8] == "individanpassad"
    assert [one.parameters for one in found if one.parameters] == [{"municipality": name} for name in NAMES]
    assert not [one for one in instances_of(chapters, []) if one.template == TEMPLATE]


def test_a_prepared_notebook_is_about_its_municipality(tmp_path: Path) -> None:
    one = Instance("kommun-ekero.ipynb", TEMPLATE, "Ekerö", {"municipality": "Ekerö"})
    path = prepare(NOTEBOOKS, one, tmp_path)
    made = json.loads(path.read_text(encoding="utf-8"))
    template = json.loads((NOTEBOOKS / TEMPLATE).read_text(encoding="utf-8"))
    assert "".join(made["cells"][0]["source"]).startswith("# Kommunblad: Ekerö {#sec-kommun-ekero}")
    text = json.dumps(made, ensure_ascii=False)
    assert "kommuner/ekero.pdf" in text
    assert "analys/kommun-ekero.html" in text
    assert "kommun.html" not in text
    lacking = {"needs-earlier", "needs-domains"}
    left_out = {"".join(cell["source"]) for cell in template["cells"] if lacking & {*cell["metadata"].get("tags", [])}}
    code = [
        ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"] for book in (made, template)
    ]
    assert code[0] == [
        source for source in code[1] if source not in left_out
    ]  # the first edition has no earlier one, nor another domain


def test_a_chapter_that_is_no_template_is_run_as_it_is(tmp_path: Path) -> None:
    whole = NOTEBOOKS / "bakgrund.ipynb"  # without a cell that the edition has nothing for
    assert prepare(NOTEBOOKS, Instance("bakgrund.ipynb", "bakgrund.ipynb"), tmp_path) == whole
    assert list(tmp_path.iterdir()) == []
