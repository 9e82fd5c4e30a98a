"""The book as a syntax tree: executed notebooks read by pandoc, tables made native, things numbered.

This is the embedded renderer's reading of the same project that Quarto renders. It covers the
constructs that this book uses and refuses, by name, one that it does not know.
"""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import panflute as pf
import yaml

from oj.publish.render.pandoc import pandoc
from oj.publish.render.walking import all_of, change_within
from oj.words.errors import UserError

pf.elements.RAW_FORMATS.add("typst")  # panflute's list is older than pandoc's Typst

WORDS = {"tbl": "Tabell", "fig": "Figur", "sec": "Avsnitt"}
WORDS_IN = {"en": {"tbl": "Table", "fig": "Figure", "sec": "Section"}}  # of a chapter in another language
READ = "markdown+lists_without_preceding_blankline"
REFERENCE = re.compile(r"^(tbl|fig|sec)-")
SHORTCODE = re.compile(r"\{\{<\s*(\w+)")
INSTEAD = "använd oj.chart, oj.table eller Quarto. En egen figur: Ett nytt diagram i CONTRIBUTING.md."
HIDDEN_TAGS = {"parameters", "injected-parameters", "remove-cell"}
SUMMARY = "sec-sammanfattning"
KNOWN_CLASSES = {
    "content-visible", "content-hidden", "callout-note", "table-note", "fact-sheet", "findings", "table-scroll",
    "unnumbered", "chapter"}  # fmt: skip


@dataclass
class Chapter:
    """One chapter: the file it came from, its title, its number (none if unnumbered) and its blocks."""

    source: str
    title: str
    number: str
    blocks: list[pf.Block]

    @property
    def page(self) -> str:
        """The chapter's file in the HTML report."""
        return f"{Path(self.source).stem}.html"

    @cached_property
    def written(self) -> str:
        """Its blocks as pandoc's JSON, without the brackets around them: each format begins with a copy of them."""
        return json.dumps([block.to_json() for block in self.blocks], ensure_ascii=False, separators=(",", ":"))[1:-1]

    @property
    def language(self) -> str:
        """The language of a chapter that is in another than the book's, as its heading says."""
        return str(heading_of(self).attributes.get("lang", ""))


@dataclass
class Book:
    """The whole book: its configuration, its chapters and where every label is."""

    config: dict[str, Any]
    chapters: list[Chapter]
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)  # label -> (text, page)

    @property
    def appendix(self) -> list[Chapter]:
        """The chapters that are printed by themselves, as the configuration names them; of a book with a summary."""
        return [one for one in self.chapters if self.summary and one.source in self.config.get("appendix", ())]

    @property
    def body(self) -> list[Chapter]:
        """The chapters that are printed together: all but the appendix."""
        return [one for one in self.chapters if one not in self.appendix]

    @property
    def summary(self) -> Chapter | None:
        """The first chapter, where it is the summary that is printed before the contents and by itself."""
        return next((one for one in self.chapters[:1] if heading_of(one).identifier == SUMMARY), None)


def read_book(folder: Path) -> Book:
    """Return the laid-out book in `folder`, numbered and its references resolved; raise UserError for what is odd."""
    config = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
    sources: list[str] = config["book"]["chapters"]
    joined = "\n\n".join(
        f'::::::::: {{.chapter file="{source}"}}\n\n{chapter_markdown(folder / source)}\n\n:::::::::'
        for source in sources
    )
    document = pf.load(io.StringIO(pandoc(["-f", READ, "-t", "json"], joined)))
    make_tables_native(document)
    refuse_unknown(document)
    chapters = [Chapter(div.attributes["file"], "", "", list(div.content)) for div in document.content]
    book = Book(config, chapters)
    number(book)
    resolve(book)
    return book


def chapter_markdown(path: Path) -> str:
    """Return a chapter as Markdown: a .qmd as it stands, a notebook's texts and its cells' outputs."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n\n".join(_cell_markdown(cell, path.name) for cell in json.loads(text)["cells"])
    if found := SHORTCODE.search(text):
        raise UserError(f"{path.name}: den inbyggda renderaren kan inte ”{{{{< {found[1]} >}}}}”; använd Quarto.")
    return text


def _cell_markdown(cell: dict[str, Any], name: str) -> str:
    if cell["cell_type"] == "markdown":
        return "".join(cell["source"])
    if cell["cell_type"] != "code" or HIDDEN_TAGS & set(cell["metadata"].get("tags", [])):
        return ""
    return "\n\n".join(_output_markdown(output, name) for output in cell["outputs"])


def _output_markdown(output: dict[str, Any], name: str) -> str:
    """Return what a cell showed: Markdown, an HTML table or plain text; refuse the rest by its name."""
    if output["output_type"] == "stream":
        return f"```\n{''.join(output['text'])}\n```" if output["name"] == "stdout" else ""
    shown = {kind: "".join(text) for kind, text in output.get("data", {}).items()}
    if "text/markdown" in shown:
        return shown["text/markdown"]
    if "<table" in shown.get("text/html", ""):
        return f"```{{=html}}\n{shown['text/html']}\n```"
    if set(shown) == {"text/plain"}:
        return f"```\n{shown['text/plain']}\n```"
    kinds = ", ".join(shown) or output["output_type"]
    raise UserError(f"{name}: den inbyggda renderaren kan inte visa {kinds}; {INSTEAD}")


def make_tables_native(document: pf.Doc) -> None:
    """Turn every raw HTML table into a table of pandoc's own, so that it is one in every format."""
    found = all_of(pf.RawBlock, [document])
    raw = [element for element in found if element.format == "html" and "<table" in element.text]
    parts = "".join(f"<div>{element.text}</div>" for element in raw)
    read = pf.load(io.StringIO(pandoc(["-f", "html", "-t", "json"], parts)))
    tables = [next(block for block in div.content if isinstance(block, pf.Table)) for div in read.content]
    native = {id(element): table for element, table in zip(raw, tables, strict=True)}
    change_within(document, lambda element: native.get(id(element)))


def refuse_unknown(document: pf.Doc) -> None:
    """Raise UserError for a div of a class that the renderer does not know."""
    for name in [name for div in all_of(pf.Div, [document]) for name in div.classes]:
        if name not in KNOWN_CLASSES:
            raise UserError(f"Den inbyggda renderaren kan inte ”.{name}”; använd Quarto eller ta bort det.")


def number(book: Book) -> None:
    """Give chapters, sections, tables and figures their numbers, and note where each label is."""
    numbers = count(1)
    for chapter in book.chapters:
        heading = heading_of(chapter)
        chapter.title = pf.stringify(heading)
        chapter.number = "" if "unnumbered" in heading.classes else str(next(numbers))
        counts, sections, words = {"tbl": 0, "fig": 0}, [0] * 6, WORDS_IN.get(chapter.language, WORDS)
        for element in _elements(chapter.blocks):
            if isinstance(element, pf.Header):
                _number_heading(book, chapter, element, sections)
            kind = element.identifier[:3] if REFERENCE.match(getattr(element, "identifier", "")) else ""
            if kind in counts and isinstance(element, pf.Div | pf.Figure):
                counts[kind] += 1
                text = f"{words[kind]}\u00a0{'.'.join(filter(None, [chapter.number, str(counts[kind])]))}"
                _note(book, element.identifier, text, chapter)


def heading_of(chapter: Chapter) -> pf.Header:
    """Return a chapter's heading; raise UserError where it has none."""
    for block in chapter.blocks:
        if isinstance(block, pf.Header):
            return block
    raise UserError(f"{chapter.source} saknar rubrik. Börja kapitlet med en rad som ”# Kapitlets namn {{#sec-…}}”.")


def _number_heading(book: Book, chapter: Chapter, heading: pf.Header, sections: list[int]) -> None:
    text = pf.stringify(heading)
    if chapter.number and "unnumbered" not in heading.classes:
        if heading.level > 1:
            sections[heading.level - 2] += 1
            sections[heading.level - 1 :] = [0] * (len(sections) - heading.level + 1)
        shown = ".".join([chapter.number, *map(str, sections[: heading.level - 1])])
        heading.attributes["number"] = shown
        text = f"{WORDS['sec']}\u00a0{shown}"
    _note(book, heading.identifier, text, chapter)


def _note(book: Book, label: str, text: str, chapter: Chapter) -> None:
    if label in book.labels:
        raise UserError(f"Etiketten ”{label}” förekommer två gånger ({chapter.source}).")
    book.labels[label] = (text, chapter.page)


def _elements(blocks: list[pf.Block]) -> Iterator[pf.Block]:
    """Yield every block, outer before inner, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, pf.Div):
            yield from _elements(list(block.content))


def resolve(book: Book) -> None:
    """Make every cross-reference a link with the number it points to; raise UserError for a lost one.

    The name of a chapter that the book is without leads nowhere, and is no link.
    """
    known = {chapter.source for chapter in book.chapters}

    def link(element: pf.Element) -> list[pf.Element] | None:
        if isinstance(element, pf.Link):
            source = element.url.partition("#")[0]
            is_chapter = source.endswith(".ipynb") and "/" not in source
            return None if not is_chapter or source in known else list(element.content)
        if not isinstance(element, pf.Cite):
            return None
        links: list[pf.Element] = []
        for citation in element.citations:
            if citation.id not in book.labels:
                raise UserError(f"Hänvisningen @{citation.id} leder ingenstans.")
            text, page = book.labels[citation.id]
            links += [pf.Str(", ")] if links else []
            links.append(pf.Link(pf.Str(text), url=f"{page}#{citation.id}", classes=["reference"]))
        return links

    for chapter in book.chapters:
        holder = pf.Doc(*chapter.blocks)
        change_within(holder, link)
        chapter.blocks = list(holder.content)


def as_json(blocks: list[pf.Block], **metadata: Any) -> str:
    """Return blocks as pandoc's JSON, with metadata."""
    document = pf.Doc(*blocks, metadata=metadata, api_version=(1, 23, 1))
    written = io.StringIO()
    pf.dump(document, written)
    return written.getvalue()


def caption_of(element: pf.Div | pf.Figure) -> list[pf.Inline]:
    """Return the caption's inlines of a labelled table div or figure."""
    if isinstance(element, pf.Figure):
        return list(element.caption.content[0].content)
    return list(element.content[-1].content)
