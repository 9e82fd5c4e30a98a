"""The printed files for those who hear or search them: heads of rows, whole words, and what a checker says."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pypdfium2
import pytest
import typst

from oj.publish.render.pdf import STANDARDS
from oj.publish.render.tagging import with_row_heads
from publish.building import Built

FILES = ["rapport", "bilaga", "sammanfattning", "kommuner/solna"]
SMALL = """#set document(title: "T")
#set text(lang: "sv")
#table(columns: 2, table.header([Kommun], [Jour]), [Solna], [Ja])"""
BROKEN = "\ufffe"  # how the reader tells of a word that goes on upon the next line


def kids(element: Any) -> list[Any]:
    """Return the elements in an element of a PDF's structure."""
    found = element.get("/K", [])
    return [
        one
        for one in (found if isinstance(found, pikepdf.Array) else [found])
        if isinstance(one, pikepdf.Dictionary) and "/S" in one
    ]


def rows(element: Any, inside: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Yield the part of the table and the cells of every row in an element."""
    for kid in kids(element):
        if kid.S == "/TR":
            yield inside, kids(kid)
        yield from rows(kid, str(kid.S))


def scope_of(cell: Any) -> str:
    """Return what a cell heads, or nothing."""
    told = [one.Scope for one in cell.get("/A", []) if "/Scope" in one]
    return str(told[0]) if told else ""


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_a_table_has_its_head(report: Built, name: str) -> None:
    with pikepdf.open(report.path / f"{name}.pdf") as pdf:
        found = [cells for inside, cells in rows(pdf.Root.StructTreeRoot) if inside == "/TBody"]
        assert {(str(first.S), scope_of(first)) for first, *_ in found} == {("/TH", "/Row")}
        assert {str(cell.S) for _, *others in found for cell in others} == {"/TD"}
        assert len(found) > 10


def test_a_small_table_keeps_its_columns_heads_and_what_the_file_claims() -> None:
    written = typst.compile(SMALL.encode(), format="pdf", pdf_standards=STANDARDS)
    again = with_row_heads(written)
    with pikepdf.open(BytesIO(written)) as before, pikepdf.open(BytesIO(again)) as after:
        told = [
            (inside, [(str(cell.S), scope_of(cell)) for cell in cells])
            for inside, cells in rows(after.Root.StructTreeRoot)
        ]
        assert told[0] == ("/THead", [("/TH", "/Column"), ("/TH", "/Column")])
        assert told[1] == ("/TBody", [("/TH", "/Row"), ("/TD", "")])
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert "/Filter" not in after.Root.Metadata
        assert (after.pdf_version, after.trailer.ID[0]) == (before.pdf_version, before.trailer.ID[0])
    assert with_row_heads(written) == again


@pytest.mark.parametrize("name", ["sammanfattning", "kommuner/solna"])
def test_a_checker_of_pdf_ua_finds_nothing(report: Built, name: str) -> None:
    """Of what it knows; it is tried on a file that claims to be tagged and is not."""
    assert [found.message for found in pdfua.validate(report.path / f"{name}.pdf").findings] == []


def test_the_checker_is_run(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(typst.compile(SMALL.encode(), format="pdf"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(path)
    assert pdfua.validate(path).findings


def test_words_are_found_whole(report: Built) -> None:
    """A word is broken only where a narrow head has no room for it, so that a search finds it."""
    printed = pypdfium2.PdfDocument(report.path / "rapport.pdf")
    text = "\n".join(page.get_textpage().get_text_range() for page in printed)
    assert "Komplettera med" in text
    assert "\u00ad" not in text
    assert text.count(BROKEN) < len(text.split()) / 200
    sheet = pypdfium2.PdfDocument(report.path / "kommuner" / "solna.pdf")
    assert BROKEN not in "".join(page.get_textpage().get_text_range() for page in sheet)


def test_files_that_are_written_side_by_side_have_nothing_in_common() -> None:
    written = typst.compile(SMALL.encode(), pdf_standards=STANDARDS)
    with ThreadPoolExecutor(8) as side_by_side:
        assert len({*side_by_side.map(with_row_heads, [written] * 200)}) == 1
