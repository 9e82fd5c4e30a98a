"""Read a Word file as python-docx sees it, with what python-docx does not know of."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table

from publish.grids import Grid, Rows, Spanned, grid, one_line, texts_of


def read_word(path: Path) -> Any:
    """Return a Word file."""
    return docx.Document(str(path))


def text_of(element: Any) -> str:
    """Return all text in an element on one line, soft hyphens left out."""
    return one_line("".join(part.text or " " for part in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"))))


def grids_of(document: Any) -> list[Grid]:
    """Return every table with its caption, the paragraph before it."""
    return [_grid(table) for table in document.tables]


def tables_of(document: Any) -> list[Rows]:
    """Return the rows of every table, also one that stands in another."""
    found = [Table(element, document) for element in document.element.body.iter(qn("w:tbl"))]
    return [texts_of([list(_cells(row)) for row in table.rows]) for table in found]


def _grid(table: Any) -> Grid:
    rows = [list(_cells(row)) for row in table.rows]
    heads = [is_header(row) for row in table.rows]
    assert heads == sorted(heads, reverse=True), "a header row stands below a body row"
    return grid(caption_of(table), rows[: sum(heads)], rows[sum(heads) :])


def caption_of(table: Any) -> str:
    """Return the text of the paragraph before a table, which must be set as a caption."""
    before = table._tbl.getprevious()
    while before is not None and before.tag != qn("w:p"):
        before = before.getprevious()
    assert before is not None
    assert before.pPr.pStyle.val == "TableCaption", text_of(before)
    return text_of(before)


def _cells(row: Any) -> Iterator[Spanned]:
    """Yield a row's places, a merged cell in each of them as python-docx gives it."""
    for cell in row.cells:
        yield Spanned(text_of(cell._tc), fill=fill_of(cell._tc))


def fill_of(cell: Any) -> str:
    """Return a cell's fill as RRGGBB, or nothing."""
    shades = list(cell.iter(qn("w:shd")))
    return shades[0].get(qn("w:fill")) if shades else ""


def is_header(row: Any) -> bool:
    """Return whether a row is marked to be repeated on each page."""
    marks = [] if row._tr.trPr is None else row._tr.trPr.findall(qn("w:tblHeader"))
    return any(mark.get(qn("w:val"), "on") in ("on", "1", "true") for mark in marks)


def headings_of(document: Any) -> list[tuple[int, str]]:
    """Return (level, text) of every paragraph in a heading's style."""
    return [
        (int(paragraph.style.name.removeprefix("Heading ")), text_of(paragraph._p))
        for paragraph in document.paragraphs
        if paragraph.style.name.startswith("Heading ")
    ]


def captions_of(document: Any) -> list[str]:
    """Return the captions of tables and figures, in order."""
    named = {"TableCaption", "ImageCaption"}
    return [text_of(paragraph._p) for paragraph in document.paragraphs if paragraph.style.style_id in named]


def contents_of(document: Any) -> list[tuple[int, str, str]]:
    """Return (level, text, anchor) of every entry of the table of contents."""
    (contents,) = document.element.body.iterchildren(qn("w:sdt"))
    return [
        (int(paragraph.pPr.pStyle.val.removeprefix("TOC")), text_of(paragraph), link.get(qn("w:anchor")))
        for paragraph in contents.iter(qn("w:p"))
        for link in paragraph.iter(qn("w:hyperlink"))
    ]


def bookmarks_of(document: Any) -> list[str]:
    """Return the names of the document's bookmarks."""
    return [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]


def pictures_of(document: Any) -> list[tuple[str, str]]:
    """Return (name, alt text) of every picture."""
    return [(found.get("name"), found.get("descr")) for found in document.element.body.iter(qn("wp:docPr"))]


def fields_of(document: Any) -> list[tuple[str, str]]:
    """Return (name, text shown) of every field to write in."""
    return [
        (field.find(qn("w:sdtPr")).find(qn("w:alias")).get(qn("w:val")), text_of(field.find(qn("w:sdtContent"))))
        for cell in document.element.body.iter(qn("w:tc"))
        for field in cell.iter(qn("w:sdt"))
    ]


def wanted_of(form: Any) -> list[tuple[str, str]]:
    """Return the fields that the guide's form should have: six questions about each of three parts."""
    questions = ["Mål", "Aktiviteter", "Vem gör vad", "När", "Kostnader", "Uppföljning"]
    assert [row.cells[0].text for row in form.rows][1:] == questions
    assert form._tbl.tblPr.find(qn("w:tblBorders")).find(qn("w:insideV")) is not None
    parts = [cell.text for cell in form.rows[0].cells][1:]
    assert len(set(parts)) == 3
    return [(f"{question}, {part}", "Skriv här") for question in questions for part in parts]
