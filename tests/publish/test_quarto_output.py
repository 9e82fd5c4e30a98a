"""What Quarto makes of the book is what the embedded renderer makes of it, in every format.

The same tests run with a stand-in for Quarto, and with the real one where it is installed (a version that the
variable QUARTO names: 1.9 or 1.10).
"""

import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn

from golden import expected_cells
from oj.publish.quarto import run as quarto
from oj.publish.quarto.output import write_by_quarto
from oj.publish.render.syntax import read_book
from oj.publish.render.tagging import with_row_heads
from publish import read_html, read_pdf, read_word
from publish.building import Built, build, folders_in, stand_in
from publish.grids import Rows, cells_by_columns, differences, one_line
from publish.quarto_reports import dead_in_pdf, dead_in_word, dead_links, fills_of, fonts_of, headings_of
from publish.read_pdf import Pdf

REAL = quarto.find_quarto()
needs_quarto = pytest.mark.skipif(REAL is None, reason="Quarto is not installed")
unix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is started by a shell script")
FORMATS = ("html", "docx", "pdf")
EITHER = [pytest.param("stand-in", marks=unix), pytest.param("real", marks=[needs_quarto, pytest.mark.slow])]


@pytest.fixture(scope="module", params=EITHER)
def rendered(request: pytest.FixtureRequest, report: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Stockholm report as Quarto makes it."""
    folder = tmp_path_factory.mktemp("quarto")
    if request.param == "real":
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("QUARTO", str(REAL))
            return build("Stockholm", folders_in(folder), "quarto").path
    project, finished = folder / "build", folder / "report"
    shutil.copytree(report.project, project)
    shutil.copytree(
        report.path, finished, ignore=shutil.ignore_patterns("rapport.docx", "rapport.pdf", "utseende", "bilder")
    )
    for page in finished.glob("*.html"):
        page.unlink()
    program = quarto.ask(str(stand_in(folder)))
    assert program is not None
    write_by_quarto(program, read_book(project), project, finished)
    return finished


@pytest.fixture(scope="module")
def quarto_pages(rendered: Path) -> dict[str, read_html.Element]:
    """Read Quarto's pages, by file name."""
    return {path.name: read_html.read_page(path, strict=False) for path in sorted(rendered.glob("*.html"))}


@pytest.fixture(scope="module")
def quarto_word(rendered: Path) -> Any:
    """Read Quarto's Word file, finished."""
    return read_word.read_word(rendered / "rapport.docx")


@pytest.fixture(scope="module")
def quarto_pdf(rendered: Path) -> Pdf:
    """Read Quarto's PDF."""
    return read_pdf.read_pdf(rendered / "rapport.pdf")


def tables_of(pages: dict[str, read_html.Element], word: Any, pdf: Pdf) -> dict[str, list[Rows]]:
    """Return the rows of every table of a report, by format."""
    html = [rows for page in pages.values() for rows in read_html.tables_of(page)]
    return {"html": html, "docx": read_word.tables_of(word), "pdf": read_pdf.tables_of(pdf)}


def test_every_cell_is_that_of_the_print(
    quarto_pages: dict[str, read_html.Element], quarto_word: Any, quarto_pdf: Pdf
) -> None:
    for name, tables in tables_of(quarto_pages, quarto_word, quarto_pdf).items():
        assert (name, differences(cells_by_columns(tables), expected_cells())) == (name, [])


def test_tables_are_found_by_their_columns_alone(pages: dict[str, read_html.Element], word: Any, pdf: Pdf) -> None:
    """What the test above stands on, as Quarto lays out captions in its own way."""
    for name, tables in tables_of(pages, word, pdf).items():
        assert (name, differences(cells_by_columns(tables), expected_cells())) == (name, [])


# Word


def test_words_tables_are_the_same(quarto_word: Any, word: Any) -> None:
    """Captions, header rows that repeat, cells and fills; none stands in another."""
    told, expected = read_word.grids_of(quarto_word), read_word.grids_of(word)
    assert [item.caption for item in told] == [item.caption for item in expected]
    assert [item for item, other in zip(told, expected, strict=True) if item != other] == []
    assert len(list(quarto_word.element.body.iter(qn("w:tbl")))) == len(expected)


def test_words_cells_are_aligned_alike(quarto_word: Any, word: Any) -> None:
    def alignments(document: Any) -> list[list[list[str]]]:
        tables = document.element.body.iter(qn("w:tbl"))
        return [[[one.get(qn("w:val")) for one in part.iter(qn("w:jc"))] for part in table.iter(qn("w:p"))]
                for table in tables]  # fmt: skip

    assert alignments(quarto_word) == alignments(word)


def test_words_forms_have_the_same_fields(quarto_word: Any, word: Any) -> None:
    assert read_word.fields_of(quarto_word) == read_word.fields_of(word)
    assert len(read_word.fields_of(word)) == 18


def test_words_pictures_have_the_same_alt_texts(quarto_word: Any, word: Any) -> None:
    assert read_word.pictures_of(quarto_word) == read_word.pictures_of(word)


def test_words_captions_are_the_same_and_have_one_set_of_properties(quarto_word: Any, word: Any) -> None:
    assert read_word.captions_of(quarto_word) == read_word.captions_of(word)
    paragraphs = quarto_word.element.body.iter(qn("w:p"))
    assert [read_word.text_of(one) for one in paragraphs if len(one.findall(qn("w:pPr"))) > 1] == []


def test_words_contents_are_the_same(quarto_word: Any, word: Any) -> None:
    assert read_word.contents_of(quarto_word) == read_word.contents_of(word)


def test_no_link_in_word_is_dead(quarto_word: Any) -> None:
    assert dead_in_word(quarto_word) == []
    assert "sec-metod" in {link.get(qn("w:anchor")) for link in quarto_word.element.body.iter(qn("w:hyperlink"))}


# PDF


def test_the_pdfs_tables_are_the_same(quarto_pdf: Pdf, pdf: Pdf, appendix: Pdf) -> None:
    """Captions, header rows, cells and fills; Quarto prints the appendix in the same file."""
    told, expected = read_pdf.grids_of(quarto_pdf), [*read_pdf.grids_of(pdf), *read_pdf.grids_of(appendix)]
    assert [item.caption for item in told] == [item.caption for item in expected]
    assert [item for item, other in zip(told, expected, strict=True) if item != other] == []


def test_the_pdf_has_the_same_structure(
    rendered: Path, quarto_pdf: Pdf, pdf: Pdf, appendix: Pdf, tmp_path: Path
) -> None:
    """Quarto's lacks only what heads the rows, which ours are given afterwards; given the same, it has it all."""
    headed = tmp_path / "rapport.pdf"
    headed.write_bytes(with_row_heads((rendered / "rapport.pdf").read_bytes()))

    def kinds(*told: Pdf) -> Counter[str]:
        marks = ("Table", "TR", "TH", "TD", "Figure", "Caption", "H1", "H2", "H3")
        return Counter(node.kind for one in told for node in one.tree.all(*marks))

    def alts(*told: Pdf) -> list[str]:
        return [node.alt for one in told for node in one.tree.all("Figure")]

    assert kinds(read_pdf.read_pdf(headed)) == kinds(pdf, appendix)
    assert alts(quarto_pdf) == alts(pdf, appendix)


def test_the_pdf_has_the_reports_own_fonts(rendered: Path, report: Built) -> None:
    faces = {re.sub(r"-Identity-H$", "", name) for name in fonts_of(rendered / "rapport.pdf")}
    assert {name for name in faces if not name.startswith("SourceSansPro")} == set()
    assert faces >= {re.sub(r"-Identity-H$", "", name) for name in fonts_of(report.path / "rapport.pdf")}


def test_the_pdf_says_which_standards_it_meets(quarto_pdf: Pdf, request: pytest.FixtureRequest) -> None:
    version = quarto.ask(REAL) if "real" in request.node.name else quarto.Quarto("", "1.10.18")
    assert version is not None
    assert "<pdfuaid:part>1</pdfuaid:part>" in quarto_pdf.metadata
    assert ("<pdfaid:part>2</pdfaid:part>" in quarto_pdf.metadata) == version.takes_two_standards
    assert (quarto_pdf.language, quarto_pdf.marked) == ("sv-SE", True)


def test_no_link_in_the_pdf_is_dead(quarto_pdf: Pdf, pdf: Pdf, appendix: Pdf) -> None:
    """Those between the report and its appendix are links too, where both are in one file."""
    assert dead_in_pdf(quarto_pdf) == []
    links = [len(list(one.tree.all("Link"))) for one in (quarto_pdf, pdf, appendix)]
    assert links[0] > links[1] + links[2]


# chapter numbers


def test_chapters_have_the_same_numbers_in_all_formats(
    quarto_pages: dict[str, read_html.Element],
    quarto_word: Any,
    quarto_pdf: Pdf,
    pages: Any,
    word: Any,
    pdf: Pdf,
    appendix: Pdf,
) -> None:
    assert headings_of(quarto_pages) == headings_of(pages)
    assert read_word.headings_of(quarto_word) == read_word.headings_of(word)
    assert [mark[:2] for mark in quarto_pdf.bookmarks] == [
        mark[:2] for one in (pdf, appendix) for mark in one.bookmarks
    ]
    shown = {one_line(text) for level, text in read_word.headings_of(quarto_word) if level == 1}
    assert shown <= set(headings_of(quarto_pages)) | {one_line(title) for _, title, _ in quarto_pdf.bookmarks}


# web pages


def test_the_pages_cells_have_the_same_fills(
    quarto_pages: dict[str, read_html.Element], pages: dict[str, read_html.Element]
) -> None:
    assert fills_of(quarto_pages) == fills_of(pages)
    assert len(fills_of(pages)) > 300


def test_the_pages_tables_have_the_same_header_rows(
    quarto_pages: dict[str, read_html.Element], pages: dict[str, read_html.Element]
) -> None:
    def rows(told: dict[str, read_html.Element]) -> list[tuple[int, int]]:
        tables = [table for page in told.values() for table in read_html.main_of(page).all("table")]
        return [tuple(sum(1 for part in table.all(kind) for _ in part.all("tr")) for kind in ("thead", "tbody"))
                for table in tables]  # type: ignore[misc]  # fmt: skip

    assert rows(quarto_pages) == rows(pages)


def test_no_link_on_a_page_is_dead(rendered: Path) -> None:
    assert dead_links(rendered) == []


def test_the_pages_lead_to_the_pdf_and_the_word_file(quarto_pages: dict[str, read_html.Element]) -> None:
    for name, page in quarto_pages.items():
        leads = {link.attributes.get("href", "").removeprefix("./") for link in page.all("a")}
        assert (name, leads >= {"rapport.pdf", "rapport.docx"}) == (name, True)


def test_the_pages_styles_have_their_fonts_and_what_quarto_needs(
    rendered: Path, quarto_pages: dict[str, read_html.Element]
) -> None:
    for name, page in quarto_pages.items():
        sheets = [link for link in page.all("link") if link.attributes.get("rel") == "stylesheet"]
        styles = [link.attributes.get("href", "") for link in sheets]
        own = [rendered / style for style in styles if "lansrapport/" in style]
        assert (name, [path.name for path in own]) == (name, ["lansrapport.css", "quarto.css"])
        assert styles[-2:] == [style for style in styles if "lansrapport/" in style]  # after Quarto's own
        named = [
            path.with_name(font) for path in own for font in re.findall(r'url\("([^"]+)"\)', path.read_text("utf-8"))
        ]
        assert len(named) == 3
        assert [path for path in named if not path.is_file()] == []
