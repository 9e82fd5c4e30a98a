"""Captions, headings and alt texts as each format has them, for comparing the formats with each other."""

from typing import Any

from publish import read_word
from publish.grids import one_line
from publish.read_html import Element, main_of
from publish.read_pdf import Pdf

CONTENTS = (1, "Innehåll")


def of_html(pages: list[Element]) -> list[str]:
    """Return the captions of tables and figures over pages, in reading order."""
    return [found.text for page in pages for found in main_of(page).all("caption", "figcaption")]


def of_word(document: Any) -> list[str]:
    """Return the captions of a Word file."""
    return read_word.captions_of(document)


def of_pdf(pdf: Pdf) -> list[str]:
    """Return the captions of a PDF, in the order of its structure."""
    return [pdf.text(node) for node in pdf.tree.all("Caption")]


def headings_of_html(pages: list[Element]) -> list[tuple[int, str]]:
    """Return (level, text) of every heading over pages."""
    return [(int(found.tag[1]), found.text) for page in pages for found in main_of(page).all("h1", "h2", "h3", "h4")]


def headings_of_pdf(pdf: Pdf) -> list[tuple[int, str]]:
    """Return (level, text) of every heading of a PDF, a space after its number; its list of contents is left out."""
    found = [
        (int(node.kind[1]), one_line(" ".join(pdf.texts.get(mark, "") for mark in node.marks)))
        for node in pdf.tree.all("H1", "H2", "H3", "H4")
    ]
    return [one for one in found if one != CONTENTS]


def alts_of_html(pages: list[Element]) -> list[str]:
    """Return the alt text of every picture over pages."""
    return [one_line(found.attributes.get("alt", "")) for page in pages for found in page.all("img")]
