"""The printed report: tagged and accessible, with bookmarks and page numbers, the same as the other formats."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pdfminer.pdfinterp import PDFPageInterpreter

from oj.facts.datapackage import read_table
from publish import captions, read_pdf
from publish.building import FIGURES, Built
from publish.grids import one_line
from publish.read_html import Element
from publish.read_pdf import Node, Pdf

TITLE = "Öppna jämförelser 2015 – Social barn- och ungdomsvård"
SUBTITLE = "Nordvästkommunerna i Stockholms län"
WORD_JOINER = "\u2060"
LEAST = 150  # characters on a page without a figure
MARGIN = 63.0  # points; the text's outer edges, with a hyphen hanging out a little


@pytest.fixture(scope="module")
def in_order(pages: dict[str, Element], chapters: list[str]) -> list[Element]:
    """Return the web pages in the book's order."""
    return [pages[f"{name}.html"] for name in chapters]


def pages_of(pdf: Pdf) -> Iterator[int]:
    """Yield the numbers of the pages."""
    return iter(range(1, len(pdf.boxes) + 1))


def first_page(node: Node) -> int:
    """Return the page that a node starts on."""
    return node.marks[0][0]


def test_it_is_read_as_pdfminer_reads_it(report: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """What every test of a PDF stands on; pdfminer's own way of reading a page takes four times as long."""
    path = report.path / "kommuner" / "solna.pdf"
    found = read_pdf.read_pdf(path)
    monkeypatch.setattr("publish.read_pdf.Interpreter", PDFPageInterpreter)
    assert read_pdf.read_pdf(path) == found
    assert len(found.glyphs) > 2000


def test_it_is_tagged_swedish_and_titled(pdf: Pdf) -> None:
    assert (pdf.marked, pdf.language, pdf.title_shown) == (True, "sv-SE", True)
    assert f">{TITLE}" in pdf.metadata


@pytest.mark.parametrize(
    "claim", ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "<rdf:li>sv-SE</rdf:li>"]
)
def test_it_says_which_standards_it_meets(pdf: Pdf, claim: str) -> None:
    assert claim in pdf.metadata


def test_every_piece_of_text_is_marked(pdf: Pdf) -> None:
    """What is neither content nor artifact is lost to a screen reader."""
    assert [glyph for glyph in pdf.glyphs if glyph.mark.mcid is None and not glyph.mark.artifact] == []


def test_all_marked_text_is_in_the_structure(pdf: Pdf) -> None:
    in_tree = pdf.tree.marks
    assert len(set(in_tree)) == len(in_tree)
    assert set(pdf.texts) - set(in_tree) == set()


def test_headings_are_those_of_the_web_pages(pdf: Pdf, appendix: Pdf, in_order: list[Element]) -> None:
    """The appendix goes on where the report ends, with the same numbers."""
    printed = [*captions.headings_of_pdf(pdf), *captions.headings_of_pdf(appendix)]
    assert printed == captions.headings_of_html(in_order)
    assert [text for level, text in captions.headings_of_pdf(appendix) if level == 1][-1] == "Bilaga: Faktablad"


def test_the_summary_is_the_first_two_pages_and_a_file_of_its_own(pdf: Pdf, report: Built) -> None:
    alone = read_pdf.read_pdf(report.path / "sammanfattning.pdf")
    assert [(title, page) for level, title, page in pdf.bookmarks if level == 1][:2] == [
        ("Sammanfattning", 1),
        ("Inledning", 3),
    ]
    assert len(alone.boxes) == 2
    assert captions.of_pdf(alone) == captions.of_pdf(pdf)[:2]


def filled(printed: Pdf) -> list[float]:
    """Return how far down its page each page's last marked text stands, from 0 to 1."""
    top, bottom = 782.0, 51.0  # where a page's text begins and ends, in points
    last = {page: min(one.base for one in printed.glyphs if one.page == page and not one.mark.artifact)
            for page in pages_of(printed)}  # fmt: skip
    return [(top - base) / (top - bottom) for base in last.values()]


def test_no_page_is_half_empty_and_the_report_no_longer_than_it_was_made(pdf: Pdf, appendix: Pdf) -> None:
    for printed, most in ((pdf, 37), (appendix, 29)):
        assert len(printed.boxes) <= most
        assert min(filled(printed)[:-1]) > 0.5


def test_a_reference_to_the_other_file_says_so(pdf: Pdf, appendix: Pdf) -> None:
    for printed, words in ((pdf, "Metod och kvalitet i bilagan"), (appendix, " i rapporten")):
        whole = " ".join(one_line(printed.on_page(page)) for page in pages_of(printed))
        assert words.replace(" ", "") in whole.replace(" ", "")


def test_the_summary_alone_says_which_file_its_references_lead_to(report: Built) -> None:
    alone = read_pdf.read_pdf(report.path / "sammanfattning.pdf")
    whole = "".join(one_line(alone.on_page(page)) for page in pages_of(alone)).replace(" ", "")
    assert "analysguidenirapport.pdf" in whole
    assert "Metodochkvalitetibilaga.pdf" in whole
    assert [one_line(alone.text(node)) for node in alone.tree.all("H2")] == ["Nästa steg", "Det som sticker ut"]


def test_every_heading_has_a_bookmark_to_its_page(pdf: Pdf) -> None:
    nodes = [node for node in pdf.tree.all("H1", "H2", "H3") if one_line(pdf.text(node)) != "Innehåll"]
    headings = [
        (level, text, first_page(node))
        for (level, text), node in zip(captions.headings_of_pdf(pdf), nodes, strict=True)
    ]
    assert [(level, one_line(title), page) for level, title, page in pdf.bookmarks] == headings
    assert sum(level == 1 for level, _, _ in pdf.bookmarks) == 19


def test_the_list_of_contents_has_every_heading_with_its_page(pdf: Pdf) -> None:
    """The dots between a heading and its page are artifacts; a word joiner holds the page's number."""
    headings = [f"{title} {page}" for level, title, page in pdf.bookmarks if level < 3]
    entries = [" ".join(pdf.texts.get(mark, "") for mark in node.marks) for node in pdf.tree.all("TOCI")]
    assert [one_line(entry.replace(WORD_JOINER, "")) for entry in entries] == headings


def test_every_link_leads_somewhere(pdf: Pdf) -> None:
    assert [
        link
        for link in pdf.links
        if not (link[1].startswith(("https://", "http://")) or 1 <= link[2] <= len(pdf.boxes))
    ] == []
    assert len(pdf.links) > 60


def test_pages_are_numbered(pdf: Pdf) -> None:
    footers = [pdf.on_page(page, "Footer") for page in pages_of(pdf)]
    assert footers == [f"{SUBTITLE}{page}" for page in pages_of(pdf)]


def test_pages_have_the_running_header_of_their_chapter(pdf: Pdf) -> None:
    """That which goes on from the page before; none where a chapter begins at the top."""
    headings = [(node.marks[0][0], re.sub(r"^\d+ ?", "", one_line(pdf.text(node)))) for node in pdf.tree.all("H1")]
    first = {node.marks[0] for node in pdf.tree.all("H1")}
    top = {one.page for one in pdf.glyphs if (one.page, one.mark.mcid) in first and one.base > 730}
    wanted = []
    for page in pages_of(pdf):
        before = [title for start, title in headings if start < page]
        wanted.append("" if page in top or not before else f"{TITLE}{before[-1]}")
    assert [pdf.on_page(page, "Header") for page in pages_of(pdf)] == wanted
    assert (len(headings), len(top) > 10) == (20, True)


def test_every_figure_has_its_alt_text(pdf: Pdf, appendix: Pdf, in_order: list[Element]) -> None:
    alts = [one_line(node.alt) for printed in (pdf, appendix) for node in printed.tree.all("Figure")]
    assert alts == captions.alts_of_html(in_order)
    assert len(alts) == len(FIGURES)
    assert min(map(len, alts)) > 50


def test_captions_are_the_same_in_all_formats(pdf: Pdf, appendix: Pdf, word: Any, in_order: list[Element]) -> None:
    printed = [*captions.of_pdf(pdf), *captions.of_pdf(appendix)]
    assert printed == captions.of_html(in_order)
    assert printed == captions.of_word(word)
    assert len(printed) == len(FIGURES) + sum(len(list(one.tree.all("Table"))) for one in (pdf, appendix))


def test_captions_are_numbered_by_chapter(pdf: Pdf) -> None:
    counts: dict[tuple[str, str], int] = {}
    for caption in captions.of_pdf(pdf):
        found = re.fullmatch(r"(Tabell|Figur) (?:(\d+)\.)?(\d+): .+\.", caption)
        assert found, caption
        kind, chapter, position = found.groups()
        counts[kind, chapter] = counts.get((kind, chapter), 0) + 1
        assert int(position) == counts[kind, chapter], caption


def test_tables_have_header_cells_that_name_their_columns(pdf: Pdf) -> None:
    tables = list(pdf.tree.all("Table"))
    assert len(tables) >= len(read_table("tables"))
    for table in tables:
        (head,) = table.all("THead")
        cells = list(head.all("TH"))
        assert {str(cell.attributes["Scope"]) for cell in cells} == {"/'Column'"}
        assert not list(head.all("TD"))


def test_the_header_of_a_table_repeats_on_each_of_its_pages(appendix: Pdf) -> None:
    """Tables that go over pages are few and long; the first page has the header, the others an artifact of it."""
    long = 0
    for table in appendix.tree.all("Table"):
        (head,), (body,) = table.all("THead"), table.all("TBody")
        first, *others = sorted({page for page, _ in body.marks})
        assert {page for page, _ in head.marks} == {first}
        for page in others:
            repeated = appendix.on_page(page, "Pagination")
            long += 1
            assert [appendix.text(cell) for cell in head.all("TH") if appendix.text(cell) not in repeated] == []
    assert long >= 2


def test_result_tables_stay_on_one_page(pdf: Pdf) -> None:
    """Eleven rows fit on a page; a table that is broken for no reason is hard to read."""
    spread = [caption for caption, table in read_pdf.captioned(pdf) if len({page for page, _ in table.marks}) > 1]
    assert spread == []


def test_a_caption_stands_on_the_page_of_its_table(pdf: Pdf) -> None:
    on_page: dict[str, int] = {pdf.text(node): first_page(node) for node in pdf.tree.all("Caption")}
    assert [caption for caption, table in read_pdf.captioned(pdf) if on_page[caption] != first_page(table)] == []


def test_no_reference_is_unresolved(pdf: Pdf) -> None:
    whole = " ".join(pdf.on_page(page) for page in pages_of(pdf))
    assert "?@" not in whole
    assert not re.search(r"@(?:tbl|fig|sec)-", whole)


def test_no_page_is_nearly_empty(pdf: Pdf) -> None:
    """Every page holds a good part of text, or a figure."""
    drawn = {page for figure in pdf.tree.all("Figure") for page, _ in figure.marks}
    content = dict.fromkeys(pages_of(pdf), 0)
    for glyph in pdf.glyphs:
        content[glyph.page] += 0 if glyph.mark.artifact else len(glyph.text.strip())
    assert [page for page, size in content.items() if size < LEAST and page not in drawn] == []


def test_no_text_is_outside_the_margins(pdf: Pdf) -> None:
    outside = []
    for glyph in pdf.glyphs:
        _, _, width, height = pdf.boxes[glyph.page - 1]
        inside = glyph.left >= MARGIN and glyph.right <= width - MARGIN + 4 and 20 <= glyph.base <= height - 20
        if glyph.text.strip() and glyph.right and not inside:
            outside.append(glyph)
    assert outside == []


def test_every_letter_is_known(pdf: Pdf) -> None:
    """A glyph that the font lacks is shown as a box and read as nothing."""
    assert [glyph for glyph in pdf.glyphs if "\ufffd" in glyph.text or "(cid:" in glyph.text] == []


def test_every_picture_of_the_gallery_has_a_page(report: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "tools"))
    gallery = importlib.import_module("gallery")
    books = [gallery.pypdfium2.PdfDocument(report.path / f"{name}.pdf") for name in ("rapport", "bilaga")]
    assert all(gallery.page_saying(books, words).get_width() > 500 for words in gallery.PAGES.values())
