"""Lay out the executed notebooks as a Quarto project that anyone can render: `build/<report>/`.

The executed notebooks keep everything they showed; the book's copies keep only what the book reads.
Charts become files, as SVG with the font they use inside, and as PNG for Word.
"""

import base64
import html
import io
import json
import re
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from oj.disk.kept_files import each_once, once
from oj.facts.editions import edition_folder, edition_of
from oj.facts.params import ReportParameters
from oj.facts.places import find_county, kommun
from oj.facts.texts import glossary
from oj.present.output import EXTENSIONS, FIGURE_FOLDER
from oj.present.style import FONT, font_folder
from oj.publish.build.origins import FILE as ORIGINS_FILE
from oj.publish.build.origins import numbered
from oj.publish.chapters.glossary import explained
from oj.publish.chapters.needs import is_english
from oj.publish.quarto.project import for_quarto, label_of, with_labels, write_fonts
from oj.publish.store.ground import packages
from oj.words.errors import UserError, not_read
from oj.words.plain_text import as_markdown
from oj.words.swedish import day

IMAGE = re.compile(rf"\]\({FIGURE_FOLDER}/([\w-]+)\.svg\)")
SVG_TEXT = re.compile(r">([^<]+)</text>")
PNG_DPI = 200
PICTURES = "bilder"  # the step that they are kept as


def chapters(source: Path) -> list[str]:
    """Return the book's chapter files in order, as `_quarto.yml` lists them; raise UserError if one is missing."""
    path = source / "_quarto.yml"
    try:
        listed = [*_listed(path.read_text(encoding="utf-8"))]
    except OSError as error:
        raise UserError(f"{path} kan inte läsas: {not_read(error)}. Återställ filen.") from error
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError) as error:
        rule = "är ingen beskrivning av en bok: den ska vara YAML i UTF-8 med en lista book: chapters"
        raise UserError(f"{path} {rule}. Återställ filen.") from error
    missing = [name for name in listed if not (source / name).is_file()]
    if missing:
        raise UserError(
            f"Kapitlet {', '.join(missing)} saknas i notebooks/. Återställ filen, eller ta bort raden i _quarto.yml."
        )
    return listed


@cache
def _listed(text: str) -> tuple[str, ...]:
    """Return the chapters in a book's description, which is read each time that a page asks what a report may hold."""
    return tuple(yaml.safe_load(text)["book"]["chapters"])


def lay_out(source: Path, executed: Path, target: Path, listed: Sequence[str], about: dict[str, Any]) -> list[str]:
    """Write the report's Quarto project to `target`: its configuration, chapters, look and pictures.

    `listed` are the report's chapters in order; `about` is what `settings` gives. Return the pictures' labels, for
    `write_pngs`.
    """
    shutil.copytree(source / EXTENSIONS, target / EXTENSIONS)
    write_fonts(target / EXTENSIONS / "lansrapport")
    (target / FIGURE_FOLDER).mkdir()
    folders = {name: executed if name.endswith(".ipynb") else source for name in listed}
    drawings = _write_chapters({name: (folders[name] / name).read_text(encoding="utf-8") for name in listed}, target)
    letters = "".join(sorted(set("".join(SVG_TEXT.findall("".join(drawings.values()))))))
    for label, drawing in drawings.items():
        (target / FIGURE_FOLDER / f"{label}.svg").write_text(with_font(drawing, letters), encoding="utf-8")
    config = yaml.safe_load((source / "_quarto.yml").read_text(encoding="utf-8"))
    titles = {key: as_markdown(str(text)) for key, text in about["book"].items()}  # as Quarto reads them
    config["book"] = {**config["book"], **titles, "chapters": list(listed)}
    config |= {key: one for key, one in about.items() if key != "book"}
    written = yaml.safe_dump(config, allow_unicode=True, sort_keys=False, width=100)
    (target / "_quarto.yml").write_text(written, encoding="utf-8")
    return list(drawings)


def _write_chapters(texts: dict[str, str], target: Path) -> dict[str, str]:
    """Write the chapters' files to `target`, and return the SVG of every chart in them, by label."""
    labels = {name: label_of(_markdown(name, text)) for name, text in texts.items()}
    notebooks = {name: json.loads(text) for name, text in texts.items() if name.endswith(".ipynb")}
    origins = json.dumps(numbered(notebooks), ensure_ascii=False, separators=(",", ":"))
    (target / ORIGINS_FILE).write_text(origins, encoding="utf-8")
    drawings, terms = dict[str, str](), glossary()
    for name, text in texts.items():
        written = with_labels(text, labels)
        if notebook := notebooks.get(name):
            drawings |= _drawings(notebook)
            told = explained(book_copy(notebook), {} if is_english(notebook) else terms)
            written = json.dumps(for_quarto(told, labels), ensure_ascii=False, indent=1)
        (target / name).write_text(written, encoding="utf-8")
    return drawings


def title_page(
    title: str, parameters: ReportParameters, municipalities: Sequence[str], *, preliminary: bool = False
) -> dict[str, Any]:
    """Return the title, subtitle, author and date of a report about these municipalities (none: the county).

    That results are preliminary stands in the subtitle, which is on every page.

    >>> title_page("Resultat", ReportParameters(county="Skåne"), [])["subtitle"]
    'Skåne län'
    """
    county = find_county(parameters.county).name
    if parameters.group_name:
        who = f"{parameters.group_name} i {county}"
    elif len(municipalities) == 1:
        who = kommun(municipalities[0])
    else:
        who = f"Kommunerna i {county}" if municipalities else county
    if preliminary:
        who = f"Preliminära resultat: {who}"
    page = {"title": title, "subtitle": who}
    if parameters.publisher:
        page["author"] = parameters.publisher
    if parameters.date:
        page["date"] = parameters.date
    return page


def settings(
    parameters: ReportParameters, municipalities: Sequence[str], *, preliminary: bool = False
) -> dict[str, Any]:
    """Return what one report's `_quarto.yml` says of its own: the title page, and the PDF's date, never a clock's."""
    title = edition_of(edition_folder(None, parameters.edition, parameters.domain)).name
    page = title_page(title, parameters, municipalities, preliminary=preliminary)
    return {"book": page, "document-date": document_date(parameters)}


def title_texts(config: dict[str, Any]) -> dict[str, str]:
    """Return the title page's texts out of `_quarto.yml`, where they are Markdown, as plain text.

    >>> title_texts({"book": {"title": "ÖJ &#35;1", "date": "2015-06-30"}})
    {'title': 'ÖJ #1', 'date': '30 juni 2015'}
    """
    book = config["book"]
    texts = {key: html.unescape(str(book[key])) for key in ("title", "subtitle", "author", "date") if key in book}
    return {key: day(text) if key == "date" else text for key, text in texts.items()}


def document_date(parameters: ReportParameters) -> str:
    """Return the date in a PDF's properties, which PDF/A wants: the report's, else the edition's first day."""
    return parameters.date or f"{parameters.edition}-01-01"


def book_copy(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with only what the book reads: Markdown where a cell gives it, no run times."""
    cells = [{**cell, "metadata": {"tags": cell["metadata"].get("tags", [])}} for cell in notebook["cells"]]
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["outputs"] = [_book_output(output) for output in cell["outputs"]]
    metadata = {key: value for key, value in notebook["metadata"].items() if key != "papermill"}
    return {**notebook, "cells": cells, "metadata": metadata}


def _markdown(name: str, text: str) -> str:
    """Return what a chapter's author wrote as Markdown."""
    cells = json.loads(text)["cells"] if name.endswith(".ipynb") else [{"cell_type": "markdown", "source": text}]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def _book_output(output: dict[str, Any]) -> dict[str, Any]:
    shown = output.get("data", {})
    if "text/markdown" in shown:
        return {**output, "data": {"text/markdown": shown["text/markdown"]}, "metadata": {}}
    return output


def _drawings(notebook: dict[str, Any]) -> dict[str, str]:
    """Return the SVG of every chart in a notebook, by label."""
    found = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            shown = {kind: "".join(text) for kind, text in output.get("data", {}).items()}
            label = IMAGE.search(shown.get("text/markdown", ""))
            if label and "image/svg+xml" in shown:
                found[label[1]] = shown["image/svg+xml"]
    return found


def with_font(svg: str, letters: str) -> str:
    """Return an SVG that carries its font, cut down to `letters`, so that it looks the same everywhere."""
    faces = "".join(
        f"@font-face{{font-family:'{FONT}';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{_subset(file, letters)}) format('woff')}}"
        for weight, file in (("400", "SourceSansPro-Regular.ttf"), ("600", "SourceSansPro-Semibold.ttf"))
    )
    return svg.replace("<defs>", f'<style type="text/css">{faces}</style>\n <defs>', 1)


@cache
def _subset(file: str, letters: str) -> str:
    """Return one font file with only these letters, as base64 WOFF."""
    return base64.b64encode(once("typsnitt", [file, letters, *packages()], lambda: _cut_down(file, letters))).decode()


def _cut_down(file: str, letters: str) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(font_folder() / file, recalcTimestamp=False, lazy=True)  # most of its kerning is of other letters
    options = Options(flavor="woff", notdef_outline=True, layout_features=["kern"], hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=letters + " ")
    subsetter.subset(font)
    font.flavor = "woff"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def write_pngs(folder: Path, labels: Sequence[str]) -> None:
    """Write a PNG beside every SVG, for Word; drawn by Typst, so that nothing more need be installed."""
    made_of = [((folder / f"{label}.svg").read_text("utf-8"), str(PNG_DPI), *packages()) for label in labels]
    drawn = each_once(PICTURES, made_of, lambda numbers: _drawn(folder, [labels[at] for at in numbers]))
    for label, png in zip(labels, drawn, strict=True):
        (folder / f"{label}.png").write_bytes(png)


def _drawn(folder: Path, labels: Sequence[str]) -> list[bytes]:
    """Return a PNG of every SVG."""
    import typst

    pages = "\n#pagebreak()\n".join(f'#image("/{label}.svg")' for label in labels)
    source = f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}"
    fonts = typst.Fonts(font_paths=[str(font_folder())], include_system_fonts=False)
    compiler = typst.Compiler(source.encode(), root=str(folder), font_paths=fonts)
    drawn = compiler.compile(format="png", ppi=float(PNG_DPI))
    return cast("list[bytes]", drawn if isinstance(drawn, list) else [drawn])
