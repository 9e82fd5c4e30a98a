"""Terms explained where a chapter first mentions them: in a note under the paragraph or the table, or above a list."""

import re
from collections.abc import Mapping
from typing import Any

from oj.present.output import NOTE
from oj.words.swedish import folded

UNSEEN = re.compile(
    r"^(:{3,}) *\{\.content-(?:visible|hidden).*?^\1 *$|^#[^\n]*$|<[^>]*>|\{[^}]*\}|\]\([^)]*\)",
    re.MULTILINE | re.DOTALL,
)  # what one format has, headings, and what is said of a text
LIST = re.compile(r"^::: \{\.findings\b", re.MULTILINE)


def explained(notebook: Mapping[str, Any], glossary: Mapping[str, str]) -> dict[str, Any]:
    """Return a chapter with its terms explained once each, save those that its own words explain; `glossary` by term.

    >>> cell = {"cell_type": "markdown", "source": "Unga på HVB svarar."}
    >>> explained({"cells": [cell]}, {"HVB": "hem för vård eller boende"})["cells"][0]["source"].splitlines()[3]
    'HVB: hem för vård eller boende.'
    """
    left = dict(glossary)
    return {**notebook, "cells": [_cell(cell, left) for cell in notebook["cells"]]}


def _cell(cell: dict[str, Any], left: dict[str, str]) -> dict[str, Any]:
    if cell["cell_type"] == "markdown":
        text = "".join(cell["source"])
        return {**cell, "source": told} if (told := _told(text, left)) != text else cell
    return {**cell, "outputs": [_output(one, left) for one in cell.get("outputs", [])]}


def _output(output: dict[str, Any], left: dict[str, str]) -> dict[str, Any]:
    text = "".join(output.get("data", {}).get("text/markdown", ""))
    told = _told(text, left)
    return {**output, "data": {**output["data"], "text/markdown": told}} if told != text else output


def _told(text: str, left: dict[str, str]) -> str:
    """Return a text with the terms that it is the first to mention, left no more, in a note of it."""
    seen = UNSEEN.sub(" ", text)
    met = [term for term in left if re.search(rf"(?<![\w-]){re.escape(term)}(?!\w)", seen)]
    told = {term: left.pop(term) for term in met}
    lines = [f"{term}: {said}." for term, said in told.items() if folded(said.partition(",")[0]) not in folded(seen)]
    if not lines:
        return text
    whole, said = text.rstrip(), " ".join(lines)
    if found := LIST.search(text):  # one who hears a list has to know its words beforehand
        return f"{text[: found.start()]}::: {NOTE}\n{said}\n:::\n\n{text[found.start() :]}"
    if text.rpartition(NOTE)[2].count(":::") == 1 and whole.endswith("\n:::"):  # its last is a note
        return f"{whole.removesuffix(':::')}{said}\n:::\n"
    return f"{whole}\n\n::: {NOTE}\n{said}\n:::\n"
