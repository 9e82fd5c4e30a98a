"""Each executed notebook with its code, as a page for whoever wants to check how a figure came about."""

import html
import re
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import nbformat

from oj.disk.kept_files import once
from oj.present.output import without_marks
from oj.publish.render.html import scrolled
from oj.publish.render.syntax import Book
from oj.publish.store.ground import tools

if TYPE_CHECKING:
    from nbconvert import HTMLExporter

FOLDER = "analys"
MOST_CELLS = 500  # of which the colours are remembered
PRINTED = re.compile(r"\]\((?=[\w/-]+\.(?:pdf|docx|pptx|zip)\))")  # a link to a file in the report's folder
EXTERNAL = re.compile(r"<(?:script|link)\b[^>]*\b(?:src|href)=[\"']https?://", re.IGNORECASE)
CHAPTER_LINK = re.compile(r"\]\(([\w-]+)\.ipynb(#[\w-]+)?\)")
REFERENCE = re.compile(r"@((?:tbl|fig|sec)-[\w-]*\w)")
PAGE = """<!doctype html>
<html lang="sv-SE">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – kod och beräkningar</title>
<link rel="stylesheet" href="../utseende/lansrapport.css">
<style>
.input pre {{ border: 1px solid var(--line); padding: .6rem .8rem; }}
.prompt, .anchor-link {{ display: none; }}
{colours}
</style>
</head>
<body>
<header class="site">
<p class="title">{title}: kod och beräkningar</p>
<p><a href="../{chapter}">← Till kapitlet</a></p>
</header>
<main>
{body}
</main>
</body>
</html>
"""


def readable(notebook: nbformat.NotebookNode, labels: dict[str, tuple[str, str]]) -> nbformat.NotebookNode:
    """Return the notebook without the book's own marks (labels, fences), which only Quarto reads."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _plain(cell.source, labels)
        for output in cell.get("outputs", []):
            shown = output.get("data", {})
            if "text/markdown" in shown:
                if "<table" not in shown.get("text/html", "") and "image/svg+xml" not in shown:
                    shown.pop("text/html", None)  # of sentences, the Markdown has the book's references
                shown["text/markdown"] = _plain(shown["text/markdown"], labels)
    return notebook


def _plain(text: str, labels: dict[str, tuple[str, str]]) -> str:
    """Return Markdown without fences and heading attributes, its references as links into the report.

    >>> _plain("## Jour {#sec-jour .unnumbered}", {})
    '## Jour'
    >>> _plain("Se @tbl-jour.", {"tbl-jour": ("Tabell 6.1", "tillganglig.html")})
    'Se [Tabell 6.1](../tillganglig.html#tbl-jour).'
    """

    def link(found: re.Match[str]) -> str:
        text, page = labels.get(found[1], ("", ""))
        return f"[{text}](../{page}#{found[1]})" if text else found[0]

    text = CHAPTER_LINK.sub(r"](../\1.html\2)", text)
    text = PRINTED.sub("](../", text.replace(f"]({FOLDER}/", "]("))
    return REFERENCE.sub(link, without_marks(text)).strip("\n")


def write_analyses(executed: Path, book: Book, target: Path) -> None:
    """Write one page per executed notebook of `book` to `target`/analys; raise RuntimeError for an external script."""
    from pygments.formatters import HtmlFormatter

    colours = HtmlFormatter(style="default").get_style_defs(".highlight")
    (target / FOLDER).mkdir()
    for chapter in book.chapters:
        name = chapter.source
        if not name.endswith(".ipynb"):
            continue
        notebook = readable(nbformat.v4.reads((executed / name).read_text(encoding="utf-8")), book.labels)
        body = once("analys", [nbformat.v4.writes(notebook), tools()], partial(_exported, notebook)).decode()
        body = scrolled(body)
        if EXTERNAL.search(body):
            raise RuntimeError(f"{name}: den körda notebooken hämtar något utifrån")
        stem = Path(name).stem
        page = PAGE.format(title=html.escape(chapter.title), chapter=f"{stem}.html", colours=colours, body=body)
        (target / FOLDER / f"{stem}.html").write_text(page, encoding="utf-8")


def _exported(notebook: nbformat.NotebookNode) -> bytes:
    """Return a notebook as HTML; what nbconvert mends afterwards in pages of its own look would take as long again."""
    from nbconvert import TemplateExporter

    body, _resources = TemplateExporter.from_notebook_node(_exporter(), notebook)
    return cast("str", body).encode()


@cache
def _exporter() -> "HTMLExporter":
    """Return the one that writes them all: its templates are read once, and cells that are alike are coloured once."""
    from nbconvert import HTMLExporter
    from nbconvert.filters import Highlight2HTML, clean_html

    exporter = HTMLExporter(template_name="basic", optimistic_validation=True)
    coloured = Highlight2HTML(pygments_lexer="python", parent=exporter)
    of_python = lru_cache(MOST_CELLS)(coloured)

    def highlight(source: str, metadata: Mapping[str, object]) -> str:
        is_other = "magics_language" in metadata
        return str(coloured(source, metadata=metadata) if is_other else of_python(source))

    exporter.register_filter("highlight_code", highlight)
    exporter.register_filter("clean_html", lru_cache(MOST_CELLS)(clean_html))
    return exporter
