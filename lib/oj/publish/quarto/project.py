"""What a real Quarto needs in the laid-out project, and the embedded renderer does not mind.

Every change was seen to be needed with Quarto 1.9.38 and 1.10.18, where the build failed without it or the report
came out wrong.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from oj.present.style import font_folder
from oj.publish.quarto.run import Quarto
from oj.publish.render.syntax import HIDDEN_TAGS

FACES = ("Regular", "Semibold", "Bold", "It", "SemiboldIt", "BoldIt")
FORMAT = "lansrapport-typst"
AS_IT_IS = "#| output: asis\n"
HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
FIRST_HEADING = re.compile(r"^# (?:.*\{#(sec-[\w-]+))?", re.MULTILINE)
CHAPTER_LINK = re.compile(r"\]\(([\w-]+\.(?:ipynb|qmd))\)")


def write_fonts(extension: Path) -> None:
    """Copy the report's fonts into the extension, where Typst is told to look and the stylesheet finds them."""
    for face in FACES:
        shutil.copyfile(font_folder() / f"SourceSansPro-{face}.ttf", extension / f"SourceSansPro-{face}.ttf")


def label_of(markdown: str) -> str:
    """Return the label of a chapter's heading, empty where it has none."""
    found = FIRST_HEADING.search(markdown)
    return (found[1] or "") if found else ""


def with_labels(markdown: str, labels: Mapping[str, str]) -> str:
    """Return Markdown whose links to chapters name the heading too, without which PDF and Word cannot follow them.

    >>> with_labels("Se [metoden](metod.ipynb).", {"metod.ipynb": "sec-metod"})
    'Se [metoden](metod.ipynb#sec-metod).'
    """
    return CHAPTER_LINK.sub(
        lambda found: f"]({found[1]}#{labels[found[1]]})" if labels.get(found[1]) else found[0], markdown
    )


def for_quarto(notebook: dict[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """Return a chapter's notebook as Quarto renders it right; `labels` are those of the chapters' headings.

    Quarto takes a heading that a notebook begins with for the document's title, and its number with it: a blank line
    before it keeps it a heading.
    """
    cells = [_cell(cell, labels) for cell in notebook["cells"]]
    first = next((cell for cell in cells if cell["cell_type"] == "markdown"), None)
    if first is not None:
        first["source"] = ["\n", *first["source"]]
    return {**notebook, "cells": cells}


def _cell(cell: dict[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """Return a cell that is in no block where it prints headings: in one, Typst refuses the page breaks they make.

    Quarto puts every cell in a block that is not to be shown as it is, and one that has tags, even an empty list.
    """
    cell = {**cell, "metadata": {key: value for key, value in cell["metadata"].items() if value}}
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return {**cell, "source": with_labels(source, labels).splitlines(keepends=True)}
    if cell["cell_type"] != "code":
        return cell
    outputs = [_output(output, labels) for output in cell["outputs"]]
    printed = "".join(output["data"]["text/markdown"] for output in outputs if _is_markdown(output))
    if HEADING.search(printed) and not HIDDEN_TAGS & set(cell["metadata"].get("tags", [])):
        source = AS_IT_IS + source.removeprefix(AS_IT_IS)
        cell["metadata"] = {}
    return {**cell, "outputs": outputs, "source": source.splitlines(keepends=True)}


def _is_markdown(output: dict[str, Any]) -> bool:
    return "text/markdown" in output.get("data", {})


def _output(output: dict[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """Return an output whose Markdown stands apart from what is shown before and after it."""
    if not _is_markdown(output):
        return output
    text = with_labels("".join(output["data"]["text/markdown"]), labels).strip("\n")
    return {**output, "data": {**output["data"], "text/markdown": f"\n{text}\n"}}


def fit(project: Path, quarto: Quarto) -> None:
    """Change a laid-out project so that this Quarto can render it: an older one takes one PDF standard at a time."""
    if quarto.takes_two_standards:
        return
    path = project / "_quarto.yml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    config["format"][FORMAT]["pdf-standard"] = ["ua-1"]
    _write(path, config)
    extension = project / "_extensions" / "lansrapport" / "_extension.yml"
    _write(extension, yaml.safe_load(extension.read_text(encoding="utf-8")) | {"quarto-required": ">=1.9.17"})


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100), encoding="utf-8")
