"""The report as a folder of web pages that work from the file system, without network, and without scripts too."""

import html
import json
import re
import shutil
from pathlib import Path

import jinja2
import panflute as pf

from oj.present.output import ASSETS, EXTENSIONS, FIGURE_FOLDER
from oj.present.style import font_folder
from oj.publish.build.book import title_texts
from oj.publish.render.lower import lowered
from oj.publish.render.pandoc import pandoc_each
from oj.publish.render.syntax import Book, Chapter, as_json

SCRIPTS = ("rapport.js", "rapport.css")  # what the pages can do where scripts may run
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
SECTION = re.compile(r'<section id="([^"]+)"[^>]*>\s*<h[1-6][^>]*>(.*?)</h[1-6]>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
FONT_FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-It.ttf")


def templates(*, trim_blocks: bool = False) -> jinja2.Environment:
    """Return the templates of this room."""
    loader = jinja2.PackageLoader("oj.publish.render", "templates")
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=trim_blocks)


def write_html(book: Book, folder: Path, target: Path) -> None:
    """Write one page per chapter, the pictures and the stylesheet to `target`."""
    shutil.copytree(folder / FIGURE_FOLDER, target / FIGURE_FOLDER, ignore=shutil.ignore_patterns("fig-*.png"))
    write_look(folder, target)
    page = templates().get_template("page.html.j2")
    look, index = Path(__file__).with_name("look"), list[list[str]]()
    for name in SCRIPTS:
        shutil.copyfile(look / name, target / ASSETS / name)
    around = [None, *book.chapters, None]
    bodies = _bodies(book)
    for previous, chapter, following, body in zip(around, book.chapters, around[2:], bodies, strict=False):
        told = title_texts(book.config)
        by = (
            [] if chapter is book.summary else [told[name] for name in ("author", "date") if name in told]
        )  # it says so
        text = page.render(
            book=told, by=", ".join(by), chapters=book.chapters, chapter=chapter, body=body, policy=POLICY,
            sections=_sections(chapter), assets=ASSETS, previous=previous, following=following,
            appendix=bool(book.appendix), charts=any(label.startswith("fig-") for label in book.labels),
        )  # fmt: skip
        (target / chapter.page).write_text(text, encoding="utf-8")
        index += [[chapter.page, *section] for section in searched(body)]
    write_data(target, "sok", index)


def write_data(target: Path, name: str, data: object) -> None:
    """Write what the pages' script reads, as a script of its own: pages of the file system may read no other file."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (target / ASSETS / f"{name}.js").write_text(f"window.{name}={text};\n", encoding="utf-8")


def searched(body: str) -> list[tuple[str, str, str]]:
    """Return a page's sections as they are searched: label, heading and words.

    >>> searched('<section id="sec-a"><h2>Jour</h2><p>Alla  <b>har</b> det.</p></section>')
    [('sec-a', 'Jour', 'Alla har det.')]
    """
    found = [*SECTION.finditer(body)]
    ends = [*(one.start() for one in found[1:]), len(body)]
    return [(one[1], _words(one[2]), _words(body[one.end() : end])) for one, end in zip(found, ends, strict=True)]


def _words(text: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", text)).replace("\u00ad", "").split())


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


def _bodies(book: Book) -> list[str]:
    """Return each chapter's text as HTML."""
    documents = [as_json(list(lowered(book, [chapter], "html").content)) for chapter in book.chapters]
    return pandoc_each(["-f", "json", "-t", "html5", "--section-divs", "--wrap=none"], documents)


def _sections(chapter: Chapter) -> list[tuple[str, str]]:
    """Return (label, title) of the chapter's sections, for the list beside the text."""
    return [
        (block.identifier, f"{block.attributes.get('number', '')} {pf.stringify(block)}".strip())
        for block in chapter.blocks
        if isinstance(block, pf.Header) and block.level == 2
    ]
