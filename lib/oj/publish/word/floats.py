"""Tables and figures in Word as Quarto lays them out: each in a table of one cell, which is taken away.

What stands in such a cell is out of reach for whatever walks the document's tables, and a figure in it is cut off.
"""

from typing import Any

from oj.publish.word.xml import make, put, tag

FLOATS = {"tbl-": "TableCaption", "fig-": "ImageCaption"}  # how a bookmark begins -> the style of its caption
FIGURE = "CaptionedFigure"


def lift_floats(document: Any) -> None:
    """Put the content of every one-cell table that holds a labelled table or figure in that table's place."""
    for table in list(document.element.body.iter(tag("w:tbl"))):
        cells = [cell for row in table.findall(tag("w:tr")) for cell in row.findall(tag("w:tc"))]
        first = next((child for child in cells[0] if child.tag != tag("w:tcPr")), None) if len(cells) == 1 else None
        if first is None or first.tag != tag("w:bookmarkStart"):
            continue
        if style := FLOATS.get(first.get(tag("w:name"))[:4]):
            _settle(cells[0], style)
            for child in list(cells[0]):
                if child.tag != tag("w:tcPr"):
                    table.addprevious(child)
            table.getparent().remove(table)


def _settle(cell: Any, style: str) -> None:
    """Give what stands in a cell the properties that it has outside of one.

    Quarto's caption has two sets of properties, of which the second is its own; the cell's alignment stands last in
    every paragraph, also where the paragraph has one already.
    """
    own = cell.findall(tag("w:p"))
    centred = any(sets[0].find(tag("w:jc")) is not None for one in own if (sets := one.findall(tag("w:pPr"))))
    for inner in cell.findall(tag("w:tbl")):
        for paragraph in inner.iter(tag("w:p")):
            _keep_own_alignment(paragraph, centred=centred)
    caption = ""
    for paragraph in own:
        texts = [part.text or "" for part in paragraph.iter(tag("w:t"))]
        drawn = next(paragraph.iter(tag("w:drawing")), None) is not None
        if not texts and not drawn:
            cell.remove(paragraph)  # what Word wants after a table that stands last in a cell
            continue
        if drawn:
            _set_properties(paragraph, FIGURE)
        elif any(one.get(tag("w:val")).endswith("Caption") for one in paragraph.iter(tag("w:pStyle"))):
            caption = "".join(texts)
            _set_properties(paragraph, style)
        else:
            _keep_own_alignment(paragraph, centred=centred)
    for inner in cell.findall(tag("w:tbl")):
        put(inner.find(tag("w:tblPr")), make("w:tblCaption", {"w:val": caption}))


def _keep_own_alignment(paragraph: Any, *, centred: bool) -> None:
    for properties in paragraph.findall(tag("w:pPr")):
        alignments = properties.findall(tag("w:jc"))
        own = alignments[:-1] if centred else alignments
        for extra in alignments[:]:
            if extra not in own[:1]:
                properties.remove(extra)


def _set_properties(paragraph: Any, style: str) -> None:
    """Give a paragraph a style in place of all other properties."""
    for properties in paragraph.findall(tag("w:pPr")):
        paragraph.remove(properties)
    paragraph.insert(0, make("w:pPr", children=[make("w:pStyle", {"w:val": style})]))
