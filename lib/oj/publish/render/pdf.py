"""The printed report: tagged PDF (PDF/UA-1 and PDF/A-2a) by Typst, with the template that Quarto uses too."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import panflute as pf
import typst

from oj.disk.kept_files import once
from oj.present.output import EXTENSIONS, FIGURE_FOLDER
from oj.publish.build.book import title_texts
from oj.publish.render.letters import told_letters, with_fonts
from oj.publish.render.lower import NUMBERED, lowered
from oj.publish.render.pandoc import pandoc
from oj.publish.render.paper import keep_last_rows, plain_foot
from oj.publish.render.syntax import Book, Chapter, as_json
from oj.publish.render.tagging import with_row_heads
from oj.publish.render.walking import all_of
from oj.publish.store.ground import of_folder, packages, tools
from oj.words.plain_text import as_typst

STANDARDS: list[Any] = ["a-2a", "ua-1"]
SHOWN = ("logo-shown", "logo-shown-text", "logo-shown-width")  # of the sender's logo, as Typst has them
AS_IT_IS = ("document-date", "sheet", "front", "start", *SHOWN)  # variables of the template's that are no text
RAW = re.compile(r"`(.*)`\{=typst\}")
CONTENTS, CONTENTS_TITLE = "#contents", "#contents-title"  # of the template


def write_pdf(book: Book, folder: Path, target: Path, warn: Callable[[str], None] = lambda _text: None) -> None:
    """Write the book in `folder`, but its appendix, to `target`, and tell `warn` of letters that its fonts lack.

    A summary stands first, without a cover, and the contents after it.
    """
    first, *others = book.body
    about = title_texts(book.config)
    if book.summary:
        contents, about = pf.RawBlock(f"{CONTENTS_TITLE}\n{CONTENTS}", "typst"), about | {"front": "true"}
        first = replace(first, blocks=[*first.blocks, contents])
    target.write_bytes(_compiled(book, [first, *others], folder, about, warn, _at(book.appendix, " i bilagan")))


def write_appendix(book: Book, folder: Path, target: Path) -> None:
    """Write the book's appendix to `target`, its contents first, numbered as in the book."""
    texts, (first, *others) = title_texts(book.config), book.appendix
    numbered = next((int(one.number) for one in book.appendix if one.number), 1)
    about = {"subtitle": f"Bilaga: {texts.get('subtitle', '')}", "start": str(numbered - 1), "front": "true"}
    first = replace(first, blocks=[pf.RawBlock(CONTENTS, "typst"), *first.blocks])
    target.write_bytes(
        _compiled(book, [first, *others], folder, texts | about, elsewhere=_at(book.body, " i rapporten"))
    )


def write_sheet(book: Book, chapter: Chapter, folder: Path, target: Path) -> None:
    """Write one chapter as a PDF of its own, without cover and contents; raise RuntimeError where Typst fails.

    The sender's logo stands over the summary, which is handed out alone, and it says in which file what it refers to
    is; a municipality's sheet has room for neither.
    """
    texts = title_texts(book.config)
    about = {**texts, "subtitle": chapter.title, "report": texts.get("subtitle", ""), "sheet": "true"}
    if chapter is not book.summary:
        book, places = replace(book, config=_without_logo(book.config)), {}
    else:
        places = _at(book.body, " i rapport.pdf") | _at(book.appendix, " i bilaga.pdf")
    target.write_bytes(_compiled(book, [chapter], folder, about, elsewhere=places))


def _at(chapters: list[Chapter], where: str) -> dict[str, str]:
    return {chapter.source: where for chapter in chapters}


def _without_logo(config: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in config.items() if key not in SHOWN}


def _compiled(  # noqa: PLR0913, PLR0917
    book: Book,
    chapters: list[Chapter],
    folder: Path,
    about: dict[str, str],
    warn: Callable[[str], None] = lambda _text: None,
    elsewhere: Mapping[str, str] | None = None,
) -> bytes:
    document = lowered(book, chapters, "typst", elsewhere)
    for table in all_of(pf.Table, document.content):
        if NUMBERED in table.classes:
            keep_last_rows(table)
    variables = {**about, "document-date": str(book.config["document-date"])}
    variables |= {key: RAW.sub(r"\1", book.config[key]) for key in SHOWN if key in book.config}
    author = variables.pop("author", "")
    arguments = ["-f", "json", "-t", "typst", "--wrap=none", f"--template={EXTENSIONS}/lansrapport/embedded.typ"]
    arguments += [f"--variable={key}={one if key in AS_IT_IS else as_typst(one)}" for key, one in variables.items()]
    name = pf.MetaInlines(pf.RawInline(as_typst(author), "typst"))
    metadata = {"by-author": [{"name": {"literal": name}}]} if author else {}
    source = plain_foot(pandoc(arguments, as_json(list(document.content), **metadata), folder))
    if lacking := told_letters(source):
        warn(lacking)
    source, fonts = with_fonts(source)
    written = once("typst", [source, *_shown_in(source, folder), *packages()], lambda: _pdf(source, fonts, folder))
    return once("radrubriker", [written, tools()], lambda: with_row_heads(written))


def _shown_in(source: str, folder: Path) -> list[bytes | str]:
    """Return the names and contents of the files that a Typst source shows or builds on."""
    pictures = [path for path in sorted((folder / FIGURE_FOLDER).glob("*")) if path.name in source]
    return [part for path in pictures for part in (path.name, path.read_bytes())] + [of_folder(folder / EXTENSIONS)]


def _pdf(source: str, fonts: Any, folder: Path) -> bytes:
    compiler = typst.Compiler(source.encode(), root=str(folder), font_paths=fonts)
    written, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS)
    if warnings:
        raise RuntimeError(f"Typst: {warnings[0].message}")
    return cast("bytes", written)
