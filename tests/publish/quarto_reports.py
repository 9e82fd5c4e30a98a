"""What can be wrong with a report that Quarto made, asked of its files."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from publish import read_html, read_word
from publish.read_pdf import Pdf

OUTSIDE = ("https://", "http://", "mailto:")


def headings_of(pages: dict[str, read_html.Element]) -> list[str]:
    """Return the headings of the pages' main parts, the title of the book on its first page left out."""
    return [
        heading.text
        for page in pages.values()
        for heading in read_html.main_of(page).all("h1", "h2")
        if not heading.text.startswith("Öppna jämförelser 2015 –")
    ]


def fills_of(pages: dict[str, read_html.Element]) -> list[tuple[str, str, str]]:
    """Return (page, text, fill) of every cell with a fill of its own."""
    return [
        (name, cell.text, fill)
        for name, page in pages.items()
        for cell in page.all("td", "th")
        if (fill := read_html.style_of(cell).get("background-color", "").lower())
    ]


def dead_links(folder: Path) -> list[str]:
    """Return every link, picture and stylesheet in a folder's pages that leads to nothing in it."""
    read = {path: read_html.read_page(path, strict=False) for path in sorted(folder.rglob("*.html"))}
    ids = {path: {one.attributes.get("id", "") for one in page.all()} for path, page in read.items()}
    known = {one.resolve(): labels for one, labels in ids.items()}
    found = []
    for path, page in read.items():
        for element in page.all("a", "img", "link"):
            url = element.attributes.get("href" if element.tag != "img" else "src", "")
            if not url or url == "#" or re.match(r"[a-z]+:", url):
                continue
            file, _, label = url.partition("#")
            goal = (path.parent / file).resolve() if file else path.resolve()
            if not goal.exists() or (label and goal in known and label not in known[goal]):
                found.append(f"{path.relative_to(folder)}: {url}")
    return found


def dead_in_word(document: Any) -> list[str]:
    """Return what the links of a Word file lead to that is no place in it and no address."""
    links = list(document.element.body.iter(qn("w:hyperlink")))
    marks = set(read_word.bookmarks_of(document))
    anchors = {link.get(qn("w:anchor")) for link in links} - {None}
    ids = {link.get(qn("r:id")) for link in links} - {None}
    targets = {document.part.rels[one].target_ref for one in ids}
    return sorted(anchors - marks) + sorted(target for target in targets if not target.startswith(OUTSIDE))


def dead_in_pdf(pdf: Pdf) -> list[str]:
    """Return the addresses of a PDF's links that lead to no page in it and no place on the web."""
    return [address for _page, address, goal in pdf.links if not goal and not address.startswith(OUTSIDE)]


def fonts_of(path: Path) -> Iterator[str]:
    """Yield the name of every font in a PDF, without the sign of its subset; also those that pictures use."""
    with path.open("rb") as file:
        waiting = [page.resources for page in PDFPage.create_pages(PDFDocument(PDFParser(file)))]
        seen = set()
        while waiting:
            resources = resolve1(waiting.pop()) or {}
            for font in (resolve1(resources.get("Font", {})) or {}).values():
                yield resolve1(font)["BaseFont"].name.rpartition("+")[2]
            for drawn in (resolve1(resources.get("XObject", {})) or {}).values():
                if getattr(drawn, "objid", drawn) not in seen:
                    seen.add(getattr(drawn, "objid", drawn))
                    waiting.append(resolve1(drawn).get("Resources"))
