"""A program that does with this book what was seen of Quarto 1.9.38 and 1.10.18, for tests without Quarto.

It puts cells in blocks, floats in tables of one cell, takes a first heading for a title and follows links to chapters
backwards only. It looks for fonts where it is told, starts itself for every HTML table that no filter has read, and
ends as Quarto does where that goes wrong. Typst and pandoc are the real ones.
"""

import html
import io
import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import panflute as pf
import typst
import yaml

from oj.publish.render import syntax
from oj.publish.render.lower import lowered
from oj.publish.render.syntax import Book, Chapter, as_json, pandoc
from oj.words.swedish import day

VERSION = os.environ.get("STAND_IN_VERSION", "1.10.18")
NEW = not VERSION.startswith("1.9.")
READ = "markdown+lists_without_preceding_blankline"
CHAPTER_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{styles}</head><body>
<nav id="quarto-sidebar">{chapters}{downloads}</nav>
<main class="content" id="quarto-document-content">{body}</main>
</body></html>
"""
ONE_CELL = """
local function wrapped(id, blocks, caption, first)
  local raw = '<w:pPr><w:jc w:val="let"/><w:spacing w:before="200" /><w:pStyle w:val="ImageCaption" /></w:pPr>'
  local paragraph = pandoc.Para({pandoc.RawInline("openxml", raw)})
  paragraph.content:extend(caption)
  blocks:insert(first and 1 or #blocks + 1, paragraph)
  local cell = {pandoc.Div(blocks, pandoc.Attr(id))}
  local simple = pandoc.SimpleTable({}, {pandoc.AlignCenter}, {1}, {}, {{cell}})
  return pandoc.utils.from_simple_table(simple)
end
function Div(div)
  local inner = div.content[1]
  if div.identifier:match("^tbl%-") and inner and inner.t == "Table" then
    local caption = inner.caption.long[1].content
    inner.caption = {long = {}}
    return wrapped(div.identifier, pandoc.Blocks({inner}), caption, true)
  end
end
function Figure(figure)
  local image = figure.content[1].content[1]
  image.caption = {}
  image.attributes = {}
  image.src = image.src:gsub("%.png$", ".svg")
  return wrapped(figure.identifier, pandoc.Blocks({pandoc.Plain({image})}), figure.caption.long[1].content, false)
end
"""


class RenderError(Exception):
    """What makes Quarto end with status 1."""


def told(text: str) -> None:
    """Write a line of the log."""
    sys.stdout.write(f"{text}\n")


def title_texts(config: dict[str, Any]) -> dict[str, str]:
    """Return the title page's texts, read here: what lays a book out takes longer to import than it all to render."""
    book = config["book"]
    texts = {key: html.unescape(str(book[key])) for key in ("title", "subtitle", "author", "date") if key in book}
    return texts | ({"date": day(texts["date"])} if "date" in texts else {})


def cell_markdown(cell: dict[str, Any]) -> str:
    """Return a cell's Markdown: a code cell's outputs in blocks, but for `output: asis` without other attributes."""
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return f"{source}\n\n"
    if cell["cell_type"] != "code" or not cell["outputs"]:
        return ""
    as_it_is = bool(re.match(r"#\| output: asis\n", source))
    parts = []
    for output in cell["outputs"]:
        shown = "".join(output["data"]["text/markdown"]) + "\n"
        parts.append(shown if as_it_is else f"\n::::::: {{.cell-output .cell-output-display}}\n{shown}:::::::\n")
    needed = bool(set(cell["metadata"]) - {"collapsed", "autoscroll", "deletable", "format", "name"})
    if as_it_is and not needed:
        return "".join(parts) + "\n"
    return f":::::::: {{.cell}}\n{''.join(parts)}::::::::\n\n"


def chapter_markdown(path: Path, to: str) -> str:
    """Return a chapter as Markdown. On the way to HTML a heading that it begins with is made a title without class."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        first = next(cell for cell in cells if cell["cell_type"] == "markdown")
        if to == "html" and first["source"][0].startswith("# "):
            first["source"][0] = first["source"][0].replace(" .unnumbered", "")
        text = "".join(cell_markdown(cell) for cell in cells)
    return text


def read(folder: Path, config: dict[str, Any], to: str) -> Book:
    """Return the book as this format shows it, read by pandoc with the project's filters for the first step."""
    sources: list[str] = config["book"]["chapters"]
    joined = "\n\n".join(
        f'::::::::: {{.chapter file="{name}"}}\n\n{chapter_markdown(folder / name, to)}\n\n:::::::::'
        for name in sources
    )
    early = [folder / one["path"] for one in config.get("filters", []) if isinstance(one, dict)]
    calls = "".join(f'FORMAT = "{to}"\ndofile("{path.as_posix()}")\n' for path in early)
    (folder / ".early.lua").write_text(calls, encoding="utf-8")
    read_json = pandoc(["-f", READ, "-t", "json", f"--lua-filter={folder / '.early.lua'}"], joined)
    document = pf.load(io.StringIO(read_json))
    if to == "typst":
        count_tables_left(document)
    syntax.make_tables_native(document)
    chapters = [Chapter(div.attributes["file"], "", "", list(div.content)) for div in document.content]
    leave_dead_links(chapters, to)
    book = Book(config, chapters)
    syntax.number(book)
    syntax.resolve(book)
    return book


def count_tables_left(document: pf.Doc) -> None:
    """Say for every HTML table that is left on the way to Typst that Quarto starts itself to read it."""

    def tell(element: pf.Element, _doc: pf.Doc) -> None:
        if isinstance(element, pf.RawBlock) and element.format == "html" and "<table" in element.text:
            told("quarto run juice.ts")

    document.walk(tell)


def leave_dead_links(chapters: list[Chapter], to: str) -> None:
    """Leave a link to a later chapter's file as it is on the way to PDF and Word, where it leads nowhere."""
    later = [chapter.source for chapter in chapters]

    def leave(element: pf.Element, _doc: pf.Doc) -> None:
        if isinstance(element, pf.Link) and element.url in later:
            element.url = f"./{element.url}"

    for chapter in chapters:
        later.remove(chapter.source)
        if to != "html":
            for block in chapter.blocks:
                block.walk(leave)


def write_typst(folder: Path, config: dict[str, Any], options: dict[str, Any], target: Path) -> None:
    """Write the PDF; a page break in a block ends everything, an unknown font is only told."""
    book = read(folder, config, "typst")
    document = lowered(book, book.chapters, "typst")
    own = {key: re.sub(r"`(.*)`\{=typst\}", r"\1", one) for key, one in config.items() if key.startswith("logo-")}
    variables = title_texts(config) | {"document-date": str(config["document-date"])} | own
    arguments = ["-f", "json", "-t", "typst", "--wrap=none", "--template=_extensions/lansrapport/embedded.typ"]
    arguments += [f"--variable={key}={value}" for key, value in variables.items() if key != "author"]
    source = pandoc(arguments, as_json(list(document.content)), folder)
    places = options.get("font-paths", [])
    paths = [str(folder / place) for place in ([places] if isinstance(places, str) else places)]
    standards = options["pdf-standard"]
    if len(standards) > 1 and not NEW:
        raise RenderError("error: cannot export to multiple PDF standards at once")
    compiler = typst.Compiler(
        source.encode(), root=str(folder), font_paths=typst.Fonts(font_paths=paths, include_system_fonts=False)
    )
    try:
        written, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=standards)
    except typst.TypstError as error:
        raise RenderError(f"error: {error}\nERROR: Typst compilation failed") from error
    for warning in warnings:
        told(f"warning: {warning.message}")
    target.write_bytes(written)


def write_word(folder: Path, book: Book, options: dict[str, Any], target: Path) -> None:
    """Write the Word file, every float in a table of one cell, without alt texts."""
    document = lowered(book, book.chapters, "docx")
    (folder / ".one-cell.lua").write_text(ONE_CELL, encoding="utf-8")
    filters = [".one-cell.lua", *(one for one in book.config.get("filters", []) if isinstance(one, str))]
    arguments = ["-f", "json", "-t", "docx", f"--reference-doc={options['reference-doc']}", "--toc", "--toc-depth=2"]
    arguments += ["--number-sections", "-o", str(target), *(f"--lua-filter={name}" for name in filters)]
    metadata = {**title_texts(book.config), "lang": book.config["lang"]}
    pandoc(arguments, as_json(list(document.content), **metadata), folder)


def write_pages(folder: Path, book: Book, options: dict[str, Any], output: Path) -> None:
    """Write the web pages, with their styles, what those name, and the pictures."""
    styles = options["css"] if isinstance(options["css"], list) else [options["css"]]
    for style in styles:
        copy(folder, output, style)
        for name in re.findall(r'url\("([^"]+)"\)', (folder / style).read_text(encoding="utf-8")):
            if (folder / style).with_name(name).exists():
                copy(folder, output, str(Path(style).with_name(name)))
    shutil.copytree(folder / "bilder", output / "bilder", ignore=shutil.ignore_patterns("*.png"))
    name = book.config["book"].get("output-file", "Bokens-titel")
    kinds = book.config["book"].get("downloads", [])
    for chapter in book.chapters:
        body = pandoc(
            ["-f", "json", "-t", "html5", "--section-divs", "--wrap=none"],
            as_json(list(lowered(book, [chapter], "html").content)),
        )
        page = CHAPTER_PAGE.format(
            lang=book.config["lang"], title=chapter.title, body=body,
            styles="".join(f'<link rel="stylesheet" href="{style}">' for style in styles),
            chapters="".join(f'<a href="./{one.page}">{one.title}</a>' for one in book.chapters),
            downloads="".join(f'<a href="./{name}.{kind}">Ladda ner {kind}</a>' for kind in kinds),
        )  # fmt: skip
        (output / chapter.page).write_text(page, encoding="utf-8")
        for shown in re.findall(r'<img[^>]*? src="(bilder/[^"]+\.png)"', body):
            copy(folder, output, shown)


def copy(folder: Path, output: Path, name: str) -> None:
    """Copy a project's file to the same place in the output."""
    (output / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / name, output / name)


def render(folder: Path) -> None:
    """Render a project's three formats into its `_book`."""
    config = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
    extension = yaml.safe_load((folder / "_extensions/lansrapport/_extension.yml").read_text(encoding="utf-8"))
    if "1.10" in extension["quarto-required"] and not NEW:
        raise RenderError(f"ERROR: The extension Länsrapport is incompatible with this quarto version ({VERSION}).")
    output = folder / config["project"]["output-dir"]
    output.mkdir()
    name = config["book"].get("output-file", "Bokens-titel")
    formats = config["format"]
    write_typst(folder, config, formats["lansrapport-typst"], output / f"{name}.pdf")
    write_word(folder, read(folder, config, "docx"), formats["docx"], output / f"{name}.docx")
    write_pages(folder, read(folder, config, "html"), formats["html"], output)
    told(f"Output created: {output.name}/index.html")


if __name__ == "__main__":
    assert sys.argv[1] == "render"
    try:
        render(Path(sys.argv[2]))
    except RenderError as error:
        told(str(error))
        sys.exit(1)
