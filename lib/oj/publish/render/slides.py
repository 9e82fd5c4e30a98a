"""The slides as a file of PowerPoint's: written by pandoc in the report's look, finished with what it leaves out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from struct import unpack
from typing import Any
from zipfile import ZipFile

import panflute as pf
from lxml import etree

from oj.disk.kept_files import once
from oj.disk.zipped import one_at_a_time, zipped
from oj.present.output import EXTENSIONS
from oj.publish.build.book import title_texts
from oj.publish.chapters.instances import SHEETS, sheet_file
from oj.publish.render.deck import Slide, of_one, of_the_whole, parts_of
from oj.publish.render.pandoc import run_pandoc
from oj.publish.render.syntax import Book, as_json
from oj.publish.store.ground import of_folder, tools

NAME, LOOK = "presentation.pptx", f"{EXTENSIONS}/lansrapport/mall.pptx"
ARGUMENTS = ["-f", "json", "-t", "pptx", "--slide-level=1", f"--reference-doc={LOOK}", "-o", "-"]
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHOWN = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
TABLE_SIZE, MARGIN = "1200", "36000"  # hundredths of a point; a millimetre, in PowerPoint's units
NARROWEST, WIDEST = 0.9, 5.5  # of a picture: its width in heights
SIZE = slice(16, 24)  # where a PNG file says how wide and high it is
CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
FILES = "Hela rapporten: rapport.pdf. Alla tal: resultat.xlsx."
READ_ON = "Siffrorna visar var det är värt att fråga vidare. Läs dem tillsammans med det ni själva vet om verksamheten."


def write_slides(book: Book, folder: Path, report: Path, sources: str) -> None:
    """Write the slides of the whole, and those of each municipality into its folder; `sources` are told last."""
    texts = title_texts(book.config)
    sender = [f"Avsändare: {texts['author']}."] if texts.get("author") else []
    closing = [READ_ON, FILES, f"Källor: {sources}.", *sender]
    (report / NAME).write_bytes(presentation(of_the_whole(book, closing), texts, folder))
    for chapter in book.chapters:
        if chapter.source.startswith(SHEETS):
            name, target = chapter.title.partition(": ")[2], report / sheet_file(chapter.source, ".pptx")
            about = {**texts, "title": name, "subtitle": " – ".join([texts["title"], texts.get("subtitle", "")])}
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(presentation(of_one(book, chapter, name, closing), about, folder))


def presentation(slides: Sequence[Slide], texts: dict[str, str], folder: Path) -> bytes:
    """Return slides after one with the title; pictures and look are in `folder`. The same made before is kept."""
    slides = [one if is_seen(one, folder) else replace(one, picture="", alt="") for one in slides]
    document = as_json([block for one in slides for block in _blocks(one)], **texts, lang="sv-SE")
    pictures = [(folder / one.picture).read_bytes() for one in slides if one.picture]
    made_of: list[str | bytes] = [document, *pictures, *(one.alt for one in slides), tools()]
    made_of.append(of_folder(folder / EXTENSIONS))
    return once("bildspel", made_of, lambda: finished(run_pandoc(ARGUMENTS, document, folder), slides))


def is_seen(slide: Slide, folder: Path) -> bool:
    """Return whether a slide's picture has a shape that can be seen beside its words; True where it has none.

    One of a bar or two is a strip, one of many small panels a column: their letters are too small, and the words of the
    slide say it.
    """
    if not slide.picture:
        return True
    wide, high = unpack(">II", (folder / slide.picture).read_bytes()[SIZE])
    return bool(NARROWEST < wide / high < WIDEST)


def _blocks(slide: Slide) -> list[pf.Block]:
    """Return a slide as pandoc reads it."""
    body: list[pf.Block] = []
    if slide.points:
        body = [pf.BulletList(*(pf.ListItem(pf.Plain(pf.Str(one))) for one in slide.points))]
    elif slide.table:
        body = [_table(slide)]
    if slide.picture:
        beside = [pf.Div(pf.Para(pf.Image(url=slide.picture)), classes=["column"]), pf.Div(*body, classes=["column"])]
        body = [pf.Div(*beside, classes=["columns"])]
    notes = [pf.Div(*(pf.Para(pf.Str(one)) for one in slide.notes), classes=["notes"])] if slide.notes else []
    return [pf.Header(pf.Str(slide.title), level=1), *body, *notes]


def _table(slide: Slide) -> pf.Table:
    """Return a slide's table, its heads first."""
    rows = [pf.TableRow(*(pf.TableCell(pf.Plain(pf.Str(text))) for text in row)) for row in slide.table]
    widths = [("AlignLeft", part) for part in parts_of(slide.table)]
    return pf.Table(pf.TableBody(*rows[1:]), head=pf.TableHead(rows[0]), colspec=widths)


@one_at_a_time
def finished(content: bytes, slides: Sequence[Slide]) -> bytes:
    """Return a file of pandoc's with alt texts, small print in tables, and the same bytes each time."""
    with ZipFile(BytesIO(content)) as parts:
        made = {name: parts.read(name) for name in sorted(parts.namelist(), key=lambda one: (one[0] != "[", one))}
    for at, slide in enumerate(slides, start=2):  # the first has the title
        name = f"ppt/slides/slide{at}.xml"
        made[name] = _finished(etree.fromstring(made[name]), slide)
    made["docProps/core.xml"] = CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z", made["docProps/core.xml"])
    return zipped(made.items())


def _finished(root: Any, slide: Slide) -> bytes:
    """Return one slide with every shape's own number, and what a screen reader says of picture and table."""
    for number, shape in enumerate(root.iter(f"{SHOWN}cNvPr"), start=1):
        shape.set("id", str(number))
        kind = shape.getparent().tag
        if kind == f"{SHOWN}nvPicPr":
            shape.set("descr", slide.alt)
        elif kind == f"{SHOWN}nvGraphicFramePr":
            shape.set("descr", f"Tabell: {slide.title}")
    for cell in root.iter(f"{DRAWING}tc"):
        for text in cell.iter(f"{DRAWING}rPr"):
            text.set("sz", TABLE_SIZE)
            text.set("lang", "sv-SE")
        around = cell.find(f"{DRAWING}tcPr")
        around = etree.SubElement(cell, f"{DRAWING}tcPr") if around is None else around
        around.set("marT", MARGIN)
        around.set("marB", MARGIN)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
