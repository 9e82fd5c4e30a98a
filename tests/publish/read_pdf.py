"""Read a tagged PDF as assistive technology does: the structure tree, and the glyphs marked for each element.

pdfminer (which pdfplumber brings, and pypdfium2) gives the glyphs; here marked content may be nested, and a span's
ActualText replaces its glyphs, as the PDF standard says.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import apply_matrix_pt

from publish.grids import Grid, Rows, Spanned, grid, one_line, texts_of
from publish.read_content import Interpreter


class Mark(NamedTuple):
    """What the marked content around a glyph says."""

    mcid: int | None = None
    artifact: str = ""
    replaced: bool = False


class Glyph(NamedTuple):
    """One piece of text on a page, with its place in points and what it is marked as."""

    page: int
    mark: Mark
    text: str
    left: float
    right: float
    base: float


@dataclass
class Node:
    """An element of the structure tree; its content is other nodes and (page, mcid) pairs."""

    kind: str
    alt: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    content: list["Node | tuple[int, int]"] = field(default_factory=list)

    def all(self, *kinds: str) -> Iterator["Node"]:
        """Yield every node inside with one of the kinds, in reading order."""
        for child in self.content:
            if isinstance(child, Node):
                if child.kind in kinds:
                    yield child
                yield from child.all(*kinds)

    @property
    def marks(self) -> list[tuple[int, int]]:
        """Every (page, mcid) inside, in reading order."""
        inside = (child.marks if isinstance(child, Node) else [child] for child in self.content)
        return [mark for marks in inside for mark in marks]


@dataclass
class Pdf:
    """A PDF read whole: what it says of itself, its bookmarks (level, title, page), its pages and its structure."""

    language: str
    marked: bool
    title_shown: bool
    metadata: str
    bookmarks: list[tuple[int, str, int]]
    boxes: list[tuple[float, ...]]
    links: list[tuple[int, str, int]]
    glyphs: list[Glyph]
    tree: Node
    texts: dict[tuple[int, int], str] = field(default_factory=lambda: defaultdict(str))

    def __post_init__(self) -> None:
        for glyph in self.glyphs:
            if glyph.mark.mcid is not None:
                self.texts[glyph.page, glyph.mark.mcid] += glyph.text

    def text(self, node: Node) -> str:
        """Return a node's text on one line and without soft hyphens."""
        return one_line("".join(self.texts.get(mark, "") for mark in node.marks))

    def on_page(self, page: int, artifact: str | None = None) -> str:
        """Return a page's text, or only what is marked as one kind of artifact there."""
        wanted = (glyph for glyph in self.glyphs if glyph.page == page)
        return one_line("".join(glyph.text for glyph in wanted if artifact in (None, glyph.mark.artifact)))


class _Device(PDFTextDevice):  # type: ignore[misc]
    """Keeps every glyph with the marked content that it stands in."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.page, self.glyphs, self.marks = 0, list[Glyph](), [Mark()]

    def begin_page(self, _page: Any, _ctm: Any) -> None:
        self.page, self.marks = self.page + 1, [Mark()]

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        said, mark = props if isinstance(props, dict) else {}, self.marks[-1]
        if tag.name == "Artifact":
            subtype = said.get("Subtype", said.get("Type"))
            mark = Mark(None, subtype.name if subtype is not None else "Artifact")
        elif "MCID" in said:
            mark = mark._replace(mcid=said["MCID"])
        if "ActualText" in said:
            self.glyphs.append(Glyph(self.page, mark, words(said["ActualText"]), 0, 0, 0))
            mark = mark._replace(replaced=True)
        self.marks.append(mark)

    def end_tag(self) -> None:
        self.marks.pop()

    def render_char(self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int,
                    *_rest: Any) -> float:  # fmt: skip
        width = font.char_width(cid) * fontsize * scaling
        left, base = apply_matrix_pt(matrix, (0, rise))
        right, _ = apply_matrix_pt(matrix, (width, rise))
        text = "" if self.marks[-1].replaced else font.to_unichr(cid)
        self.glyphs.append(Glyph(self.page, self.marks[-1], text, left, right, base))
        return float(width)


def printed_pages(path: Path) -> list[str]:
    """Return the text of each page as it stands in lines: for a word to look for, and sixty times faster."""
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def printed_text(path: Path) -> str:
    """Return all the text of a PDF on one line."""
    return one_line(" ".join(printed_pages(path)))


def read_pdf(path: Path) -> Pdf:
    """Return a PDF read whole; some seconds for a report."""
    with path.open("rb") as file:
        document = PDFDocument(PDFParser(file))
        manager = PDFResourceManager()
        device = _Device(manager)
        interpreter = Interpreter(manager, device)
        pages = list(PDFPage.create_pages(document))
        for page in pages:
            interpreter.process_page(page)
        numbers = {page.pageid: number for number, page in enumerate(pages, start=1)}
        catalog = {name: resolve1(value) for name, value in document.catalog.items()}
        return Pdf(
            language=words(catalog.get("Lang", b"")),
            marked=bool(catalog.get("MarkInfo", {}).get("Marked")),
            title_shown=bool(catalog.get("ViewerPreferences", {}).get("DisplayDocTitle")),
            metadata=catalog["Metadata"].get_data().decode("utf-8"),
            bookmarks=[(level, title, _goal(goal, numbers)) for level, title, goal, *_ in document.get_outlines()],
            boxes=[tuple(page.mediabox) for page in pages],
            links=[link for page in pages for link in _links(page, numbers, document)],
            glyphs=device.glyphs,
            tree=Node("", content=list(_content(catalog["StructTreeRoot"].get("K"), None, numbers))),
        )


def _goal(goal: Any, numbers: dict[int, int]) -> int:
    """Return the page that a destination leads to."""
    found = resolve1(goal)
    while isinstance(found, dict):
        found = resolve1(found["D"])
    return numbers[found[0].objid]


def _links(page: PDFPage, numbers: dict[int, int], document: PDFDocument) -> Iterator[tuple[int, str, int]]:
    """Yield (page, address, page led to) of every link of a page: an address, or a page within."""
    for annotation in map(resolve1, resolve1(page.annots) or []):
        action = resolve1(annotation.get("A", {}))
        goal = annotation.get("Dest", action.get("D"))
        if isinstance(goal, bytes):
            goal = document.get_dest(goal)
        yield numbers[page.pageid], words(action.get("URI", b"")), _goal(goal, numbers) if goal is not None else 0


def _content(kids: Any, page: int | None, numbers: dict[int, int]) -> Iterator[Node | tuple[int, int]]:
    """Yield what a structure element's K holds: marked content of a page, or elements."""
    kids = resolve1(kids)
    for kid in kids if isinstance(kids, list) else [] if kids is None else [kids]:
        said = resolve1(kid)
        if isinstance(said, int):
            assert page is not None
            yield page, said
            continue
        here = numbers[said["Pg"].objid] if "Pg" in said else page
        if "MCID" in said:
            assert here is not None
            yield here, said["MCID"]
        elif "S" in said:
            lists = resolve1(said.get("A", []))
            attributes = {key: resolve1(value) for one in (lists if isinstance(lists, list) else [lists])
                          for key, value in resolve1(one).items()}  # fmt: skip
            yield Node(resolve1(said["S"]).name, words(resolve1(said.get("Alt", b""))), attributes,
                       list(_content(said.get("K"), here, numbers)))  # fmt: skip


def words(text: bytes) -> str:
    """Return a PDF text string."""
    return text[2:].decode("utf-16-be") if text.startswith(b"\xfe\xff") else text.decode("utf-8", "replace")


def grids_of(pdf: Pdf) -> list[Grid]:
    """Return every table with its caption, which stands in the table or in a block around it."""
    return [_grid(pdf, caption, table) for caption, table in captioned(pdf)]


def captioned(pdf: Pdf) -> list[tuple[str, Node]]:
    """Return (caption, table) for every table: the nearest caption before it that no other table has taken."""
    found: list[tuple[str, Node]] = []
    caption, table = "", None
    for node in pdf.tree.all("Caption", "Table"):
        if node.kind == "Table":
            table = node
        else:
            caption = pdf.text(node)
        if table is not None and caption.startswith(("Tabell", "Table ")):
            found.append((caption, table))
            caption, table = "", None
    return found


def tables_of(pdf: Pdf) -> list[Rows]:
    """Return the rows of every table, captioned or not."""
    return [texts_of([_cells(pdf, row) for row in table.all("TR")]) for table in pdf.tree.all("Table")]


def _grid(pdf: Pdf, caption: str, table: Node) -> Grid:
    parts = {
        kind: [_cells(pdf, row) for part in table.all(kind) for row in part.all("TR")] for kind in ("THead", "TBody")
    }
    return grid(caption, parts["THead"], parts["TBody"])


def _cells(pdf: Pdf, row: Node) -> list[Spanned]:
    return [
        Spanned(pdf.text(cell), cell.attributes.get("ColSpan", 1), cell.attributes.get("RowSpan", 1), _fill(cell))
        for cell in row.all("TD", "TH")
    ]


def _fill(cell: Node) -> str:
    return "".join(f"{round(part * 255):02X}" for part in cell.attributes.get("BackgroundColor", []))
