"""The report as a folder of web pages that work from the file system, without network or scripts."""

import shutil
from pathlib import Path

import jinja2
import panflute as pf

from oj.present.output import EXTENSIONS, FIGURE_FOLDER
from oj.present.style import font_folder
from oj.publish.build.book import title_texts
from oj.publish.render.lower import lowered
from oj.publish.render.pandoc import pandoc
from oj.publish.render.syntax import Book, Chapter, as_json

ASSETS = "utseende"
FONT_FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-It.ttf")


def write_html(book: Book, folder: Path, target: Path) -> None:
    """Write one page per chapter, the pictures and the stylesheet to `target`."""
    shutil.copytree(folder / FIGURE_FOLDER, target / FIGURE_FOLDER, ignore=shutil.ignore_patterns("*.png"))
    write_look(folder, target)
    loader = jinja2.PackageLoader("oj.publish.render", "templates")
    templates = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    page = templates.get_template("page.html.j2")
    around = [None, *book.chapters, None]
    for previous, chapter, following in zip(around, book.chapters, around[2:], strict=False):
        text = page.render(
            book=title_texts(book.config), chapters=book.chapters, chapter=chapter, body=_body(book, chapter),
            sections=_sections(chapter), assets=ASSETS, previous=previous, following=following,
            appendix=bool(book.appendix),
        )  # fmt: skip
        (target / chapter.page).write_text(text, encoding="utf-8")


def write_look(folder: Path, target: Path) -> None:
    """Write the stylesheet and its fonts to `target`/utseende, where the pages of the notebooks look for them too."""
    (target / ASSETS).mkdir()
    shutil.copyfile(folder / EXTENSIONS / "lansrapport" / "lansrapport.css", target / ASSETS / "lansrapport.css")
    for name in FONT_FILES:
        shutil.copyfile(font_folder() / name, target / ASSETS / name)


def scrolled(body: str) -> str:
    """Return HTML whose tables and code can be scrolled sideways, by keyboard too, where they have no room.

    >>> scrolled("<pre>x</pre>")
    '<pre tabindex="0">x</pre>'
    """
    around = '<div class="table-scroll" role="group" tabindex="0" aria-label="Tabell"><table'
    body = body.replace("<table", around).replace("</table>", "</table></div>")
    return body.replace("<pre", '<pre tabindex="0"')


def _body(book: Book, chapter: Chapter) -> str:
    document = lowered(book, [chapter], "html")
    arguments = ["-f", "json", "-t", "html5", "--section-divs", "--wrap=none"]
    return pandoc(arguments, as_json(list(document.content)))


def _sections(chapter: Chapter) -> list[tuple[str, str]]:
    """Return (label, title) of the chapter's sections, for the list beside the text."""
    return [
        (block.identifier, f"{block.attributes.get('number', '')} {pf.stringify(block)}".strip())
        for block in chapter.blocks
        if isinstance(block, pf.Header) and block.level == 2
    ]
