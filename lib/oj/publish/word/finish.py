"""The report in Word: written by pandoc, then finished with what pandoc and Quarto leave out.

The finishing step serves both renderers. It gives tables their colours, repeated header rows and
rules, pictures their alt texts, fills the table of contents, and makes the file the same each time.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import panflute as pf
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Cm, Pt, RGBColor

from oj.disk.kept_files import once
from oj.disk.zipped import EARLIEST, one_at_a_time, zipped
from oj.present.output import EXTENSIONS, FIGURE_FOLDER
from oj.publish.build.book import title_texts
from oj.publish.files.logo import put_logo
from oj.publish.render.lower import FILL, lowered
from oj.publish.render.pandoc import run_pandoc
from oj.publish.render.syntax import Book, as_json
from oj.publish.render.walking import all_of
from oj.publish.store.ground import of_folder, tools
from oj.publish.word.contents import TITLES, fill_contents
from oj.publish.word.pages import set_pages
from oj.publish.word.tables import head_rows
from oj.publish.word.xml import make, put, styled, tag, text_of, written
from oj.words.errors import UserError

TEMPLATE = f"{EXTENSIONS}/lansrapport/mall.docx"
ARGUMENTS = ["-f", "json", "-t", "docx", f"--reference-doc={TEMPLATE}", "--toc", "--toc-depth=2"]
ARGUMENTS += ["--number-sections", "--variable=toc-title:Innehåll"]
Fills = Mapping[str, Sequence[Sequence[str]]]
SPACES = re.compile(r"[\s\u00ad]+")
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")  # in the order that the schema wants
RULES = {"top": ("8", "3D3D3D"), "bottom": ("4", "BEC4CC"), "insideH": ("4", "BEC4CC")}  # eighths of a point, colour
MARGIN = "57"  # twentieths of a point, beside what a cell holds
FORM_RULES = dict.fromkeys(("left", "right", "insideV"), ("4", "8A919C"))
LONGEST_IN_ONE_PIECE = 24  # rows; a longer table may break across pages
MOST_LETTERS = 2500  # in a table of one piece
DENSE, DENSE_LINE = 1100, Pt(10.5)  # letters from which a table is set closer, and its lines
FIELD_HINT = "Skriv här"
LINK, SMALLEST = "12436D", Pt(9)
TOP, BOTTOM, EDGE = Cm(1.8), Cm(1.6), Cm(0.9)  # so that a municipality's sheet has two pages, the summary too


def write_word(book: Book, folder: Path, target: Path) -> None:
    """Write the book in `folder` to `target` by pandoc, and finish it."""
    document = lowered(book, book.chapters, "docx")
    metadata = {**title_texts(book.config), "lang": "sv-SE", "toc-title": "Innehåll"}
    text, alts, fills = as_json(list(document.content), **metadata), alt_texts(book), table_fills(book)

    def make() -> bytes:
        run_pandoc([*ARGUMENTS, "-o", str(target.resolve())], text, folder)
        finish(target, alts, fills, partial(put_logo, folder))
        return target.read_bytes()

    pictures = [of_folder(folder / name) for name in (EXTENSIONS, FIGURE_FOLDER)]
    target.write_bytes(once("word", [text, json.dumps([alts, fills]), *pictures, tools()], make))


def alt_texts(book: Book) -> list[str]:
    """Return the alt text of every picture, in the book's order."""
    pictures = all_of(pf.Image, [block for chapter in book.chapters for block in chapter.blocks])
    return [picture.attributes.get("fig-alt", pf.stringify(picture)) for picture in pictures]


def table_fills(book: Book) -> Fills:
    """Return the grounds of every table's cells, row by row, by the table's text; the tables that have any."""
    found = {}
    for table in all_of(pf.Table, [block for chapter in book.chapters for block in chapter.blocks]):
        bodies = [row for body in table.content for row in body.content]
        cells = [list(row.content) for row in [*table.head.content, *bodies]]
        grounds = [[_ground(cell) for cell in row] for row in cells]
        if any(map(any, grounds)):
            found["".join(_bare(pf.stringify(cell)) for row in cells for cell in row)] = grounds
    return found


def _ground(cell: pf.TableCell) -> str:
    fill = FILL.search(cell.attributes.get("style", ""))
    return fill[1] if fill else ""


def _bare(text: str) -> str:
    """Return a text without spaces and soft hyphens, which Word has in its own ways."""
    return SPACES.sub("", text)


@one_at_a_time
def finish(path: Path, alts: list[str], fills: Fills, prepare: Callable[[Any], None] = lambda _document: None) -> None:
    """Finish a Word file in place; `fills` are the grounds of the tables' cells, `prepare` changes it first."""
    document = docx.Document(str(path))
    prepare(document)
    for table in document.tables:
        _finish_table(table, fills)
    pictures = list(document.element.body.iter(tag("wp:docPr")))
    if len(pictures) != len(alts):
        raise UserError(f"Word-filen har {len(pictures)} bilder, men boken {len(alts)}; bildtexterna skulle hamna fel.")
    for position, (picture, alt) in enumerate(zip(pictures, alts, strict=True), start=1):
        picture.set("descr", alt)
        picture.set("name", f"Figur {position}")
    set_pages(document)
    fill_contents(document)
    _set_look(document)
    _tell_what_it_is(document)
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts:
        names = sorted(parts.namelist(), key=lambda part: (part != "[Content_Types].xml", part))
        path.write_bytes(zipped((name, parts.read(name)) for name in names))


def _set_look(document: Any) -> None:
    """Give the styles letters of a size that can be read, links more than a colour, and the pages their margins."""
    for section in document.sections:
        section.top_margin, section.bottom_margin = TOP, BOTTOM
        section.header_distance = section.footer_distance = EDGE
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.font.size and style.font.size < SMALLEST:
            style.font.size = SMALLEST
    for part in (part for section in document.sections for part in (section.header, section.footer)):
        for size in part._element.iter(tag("w:sz")):
            size.val = max(size.val, SMALLEST)
    link = document.styles["Hyperlink"].font
    link.underline, link.color.rgb = True, RGBColor.from_string(LINK)


def _tell_what_it_is(document: Any) -> None:
    """Fill the file's properties: its own title, its language and always the same time."""
    core = document.core_properties
    titles = [one.text for one in styled(document, *TITLES)]
    core.title = " – ".join(titles[:2]) or core.title
    core.language = "sv-SE"
    core.created = core.modified = datetime(*EARLIEST, tzinfo=UTC)  # no clock, so that two runs give the same bytes


def _finish_table(table: Any, fills: Fills) -> None:
    """Give one table its rules, colours, heads and fields; header rows repeat, and no row breaks across pages."""
    _colour(table._tbl.tr_lst, fills.get(_bare(text_of(table._tbl)), ()))
    head_rows(table)
    margins = [make(f"w:{side}", {"w:w": MARGIN, "w:type": "dxa"}) for side in ("left", "right")]
    put(table._tbl.tblPr, make("w:tblCellMar", children=margins))
    form = _is_form(table)
    rules = RULES | (FORM_RULES if form else {})
    put(table._tbl.tblPr, make("w:tblBorders", children=[
        make(f"w:{side}", {"w:val": "single", "w:sz": rules[side][0], "w:space": "0", "w:color": rules[side][1]})
        for side in SIDES if side in rules
    ]))  # fmt: skip
    if form:
        _make_form(table)
    rows, letters = table._tbl.tr_lst, len(text_of(table._tbl))
    together = len(rows) <= LONGEST_IN_ONE_PIECE and letters <= MOST_LETTERS
    if letters > DENSE:
        _set_closer(table)
    for position, row in enumerate(rows):
        heads = row.trPr is not None and row.trPr.find(tag("w:tblHeader")) is not None
        for paragraph in row.iter(tag("w:p")):
            paragraph.style = "TableHead" if heads else "TableText"
            if together and position + 1 < len(rows):
                paragraph.get_or_add_pPr().get_or_add_keepNext()
        put(row.get_or_add_trPr(), make("w:cantSplit"))


def _is_form(table: Any) -> bool:
    """Return whether a table is one to fill in: every cell but those of the first row and column is empty."""
    rows = [row.tc_lst for row in table._tbl.tr_lst[1:]]
    return bool(rows) and all(len(row) > 1 and not "".join(map(text_of, row[1:])).strip() for row in rows)


def _make_form(table: Any) -> None:
    """Give every empty cell of a table a field of several lines, named after its row and column, with a hint."""
    head = [cell.text for cell in table.rows[0].cells]
    for row in table.rows[1:]:
        for name, cell in zip(head[1:], row.cells[1:], strict=True):
            paragraph = cell.paragraphs[0]._p
            for run in list(paragraph.r_lst):
                paragraph.remove(run)
            about = [make("w:alias", {"w:val": f"{row.cells[0].text}, {name}"}), make("w:showingPlcHdr")]
            about.append(make("w:text", {"w:multiLine": "1"}))
            grey = make("w:rPr", children=[make("w:color", {"w:val": "767676"})])
            hint = make("w:r", children=[grey, written("w:t", FIELD_HINT)])
            held = [make("w:sdtPr", children=about), make("w:sdtContent", children=[hint])]
            paragraph.append(make("w:sdt", children=held))


def _set_closer(table: Any) -> None:
    """Set a table full of text closer, so that a municipality's sheet stays on two pages."""
    for paragraph in table._tbl.iter(tag("w:p")):
        properties = paragraph.get_or_add_pPr()
        properties.spacing_before = properties.spacing_after = Pt(0)
        properties.spacing_line, properties.spacing_lineRule = DENSE_LINE, WD_LINE_SPACING.EXACTLY


def _colour(rows: list[Any], grounds: Sequence[Sequence[str]]) -> None:
    """Give the cells of a table's rows the grounds that they have in the book."""
    for row, own in zip(rows, grounds, strict=False):
        for cell, fill in zip(row.tc_lst, own, strict=False):
            if fill:
                shade = {"w:val": "clear", "w:color": "auto", "w:fill": fill.lstrip("#").upper()}
                put(cell.get_or_add_tcPr(), make("w:shd", shade))
