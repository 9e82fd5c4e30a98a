"""What each format needs said in its own way: captions, callouts, links, cell colours, what is hidden."""

import html
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import panflute as pf

from oj.present.grid import SOFT_HYPHEN
from oj.publish.render.paper import told_on_paper
from oj.publish.render.syntax import Book, Chapter, caption_of, heading_of
from oj.publish.render.walking import change_within
from oj.words.plain_text import as_typst, typst_string

NUMBERED = "typst:no-figure"  # a table whose float has its number
FILL = re.compile(r"background-color:\s*(#[0-9a-fA-F]{6})")


def lowered(book: Book, chapters: list[Chapter], to: str, elsewhere: Mapping[str, str] | None = None) -> pf.Doc:
    """Return chapters as pandoc shall write them to `to`: html, typst or docx.

    A link into a chapter that is not among them is no link in print, and is followed by where its chapter is
    (`elsewhere`, by the chapter's source).
    """
    copy = copy_of([_spoken(chapter) if to == "typst" else chapter for chapter in chapters])
    targets, shown = {chapter.source: chapter for chapter in book.chapters}, {chapter.source for chapter in chapters}
    left_out = [chapter for chapter in book.chapters if chapter.source not in shown]

    def lower(element: pf.Element) -> pf.Element | list[pf.Element] | None:
        match element:  # the commonest first
            case pf.Space():
                pass
            case pf.Str():
                if to == "typst":  # a PDF's readers search by letters; Typst breaks
                    element.text = element.text.replace(SOFT_HYPHEN, "")
            case pf.Div():
                return _div(element, book, to)
            case pf.Figure():
                return _figure(element, book, to)
            case pf.Header():
                return _heading(element, to)
            case pf.Link():
                led = _led_to(element, left_out) if to == "typst" else None
                told = [pf.Str(where)] if led and (where := (elsewhere or {}).get(led.source)) else []
                return pf.Span(*element.content, *told) if led else _link(element, targets, to)
            case pf.TableCell() if to == "typst":
                return _filled(element)
        return None

    change_within(copy, lower)
    return copy


def copy_of(chapters: list[Chapter]) -> pf.Doc:
    """Return a document with a copy of the chapters' blocks, to be changed for a format."""
    blocks = ",".join(chapter.written for chapter in chapters if chapter.blocks)
    return pf.load(io.StringIO(f'{{"pandoc-api-version":[1,23,1],"meta":{{}},"blocks":[{blocks}]}}'))


def _spoken(chapter: Chapter) -> Chapter:
    """Return a chapter in its own language where it has one: its words are read, and broken, by that."""
    if not chapter.language:
        return chapter
    start = f"#[#set text(lang: {typst_string(chapter.language)}, region: none)"
    return replace(chapter, blocks=[pf.RawBlock(start, "typst"), *chapter.blocks, pf.RawBlock("]", "typst")])


def _div(div: pf.Div, book: Book, to: str) -> list[pf.Block] | None:
    if to != "typst":
        div.attributes = {key: text for key, text in div.attributes.items() if "typst:" not in key}
    if "content-visible" in div.classes or "content-hidden" in div.classes:
        named = (div.attributes.get("when-format") == "html") == (to == "html")
        shown = list(div.content) if named == ("content-visible" in div.classes) else []
        return [pf.Para(*block.content) if isinstance(block, pf.Plain) else block for block in shown]
    if "callout-note" in div.classes:
        return _callout(div, to)
    if div.identifier in book.labels and div.identifier.startswith("tbl-"):
        return _table(div, book, to)
    return None


def _callout(div: pf.Div, to: str) -> list[pf.Block]:
    title = div.attributes.get("title", "Att tänka på")
    body = list(div.content)
    if to == "html":
        tag, heading = ("details", "summary") if div.attributes.get("collapse") else ("aside", "p")
        start = f'<{tag} class="callout"><{heading} class="callout-title">{html.escape(title)}</{heading}>'
        return [pf.RawBlock(start, "html"), *body, pf.RawBlock(f"</{tag}>", "html")]
    if to == "typst":
        start = f"#callout(title: [{as_typst(title)}])["
        return [pf.RawBlock(start, "typst"), *body, pf.RawBlock("]", "typst")]
    heading = pf.Div(pf.Para(pf.Str(title)), attributes={"custom-style": "Callout Title"})
    return [heading, pf.Div(*body, attributes={"custom-style": "Callout"})]


def _numbered(element: pf.Div | pf.Figure, book: Book) -> list[pf.Inline]:
    text, _page = book.labels[element.identifier]
    return [pf.Str(f"{text}:"), pf.Space(), *caption_of(element)]


def _table(div: pf.Div, book: Book, to: str) -> list[pf.Block]:
    table = next(block for block in div.content if isinstance(block, pf.Table))
    if to == "typst":
        table.classes.append(NUMBERED)
        return _typst_float("tbl", div.identifier, [table, *told_on_paper(div, table)], caption_of(div), book)
    name = f"{book.labels[div.identifier][0]}: {''.join(pf.stringify(part) for part in caption_of(div))}"
    table.caption = pf.Caption(pf.Plain(*_numbered(div, book)))
    if to == "html":
        label = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{html.escape(name)}">'
        table.identifier = div.identifier
        return [pf.RawBlock(label, "html"), table, pf.RawBlock("</div>", "html")]
    div.content = [table]
    return [div]


def _figure(figure: pf.Figure, book: Book, to: str) -> list[pf.Block]:
    image = figure.content[0].content[0]
    alt = image.attributes.pop("fig-alt", "")
    if to == "typst":
        drawn = f"#image({typst_string(image.url)}, alt: {typst_string(alt)})"
        return _typst_float("fig", figure.identifier, [pf.RawBlock(drawn, "typst")], caption_of(figure), book)
    image.content = [pf.Str(alt)]
    if to == "docx":
        image.url = str(Path(image.url).with_suffix(".png").as_posix())
        image.attributes["width"] = "6.5in"
    figure.caption = pf.Caption(pf.Plain(*_numbered(figure, book)))
    if to == "html":
        figure.attributes["tabindex"] = "0"  # it can be scrolled, by keyboard too
    return [figure]


def _typst_float(kind: str, label: str, body: list[pf.Block], caption: list[pf.Inline], book: Book) -> list[pf.Block]:
    """Return a table or figure as Quarto writes its floats, so that one Typst template numbers both."""
    between = f"], caption: figure.caption(position: {'top' if kind == 'tbl' else 'bottom'}, ["
    word = book.labels[label][0].partition("\u00a0")[0]
    end = f']), kind: "quarto-float-{kind}", supplement: "{word}") <{label}>'
    first, second, last = (pf.RawBlock(part, "typst") for part in ("#figure([", between, end))
    return [first, *body, second, pf.Plain(*caption), last]


def _heading(heading: pf.Header, to: str) -> pf.Header:
    number = heading.attributes.pop("number", "")
    if number and to == "html":
        heading.content.insert(0, pf.Space())
        heading.content.insert(0, pf.Span(pf.Str(number), classes=["section-number"]))
    return heading


def _led_to(link: pf.Link, chapters: list[Chapter]) -> Chapter | None:
    """Return which of these chapters a link leads into, if any."""
    file, is_reference = link.url.partition("#")[0], "reference" in link.classes
    return next((one for one in chapters if file == one.source or (is_reference and file == one.page)), None)


def _link(link: pf.Link, targets: dict[str, Chapter], to: str) -> pf.Link:
    """Lead a link to a chapter's file, or to a heading in it, to its page or its heading."""
    file, _, label = link.url.partition("#")
    if file in targets:
        page, heading = targets[file].page, heading_of(targets[file]).identifier
        if to == "html":
            link.url = f"{page}#{label}" if label and label != heading else page
        else:
            link.url = f"#{label or heading}"
    elif "reference" in link.classes and to != "html":
        link.url = f"#{label}"
    return link


def _filled(cell: pf.TableCell) -> pf.TableCell:
    found = FILL.search(cell.attributes.pop("style", ""))
    if found:
        cell.attributes["typst:fill"] = f'rgb("{found[1]}")'
    return cell
