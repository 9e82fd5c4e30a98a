"""A municipality's part of the analysis guide as a Word file of its own, to fill in."""

from html import unescape
from pathlib import Path
from typing import Any

import docx
from docx.shared import Cm

from oj.disk.zipped import one_at_a_time
from oj.facts.editions import domain_of
from oj.facts.places import slug
from oj.present.findings.guide import action_form, guide, has_guide
from oj.present.grid import BULLET, Grid
from oj.present.output import Table, Text
from oj.publish.word.finish import TEMPLATE, finish
from oj.publish.word.xml import make
from oj.tidy.schema import Figures

NAME = "{}-atgarder.docx"
WIDE = 16.0  # centimetres between the margins
ABOUT = "Öppna jämförelser {}, {}. Pröva skälen mot det ni vet, välj högst tre delområden och skriv i rutorna."
WITHOUT_REASONS = "Öppna jämförelser {}, {}. Välj högst tre delområden och skriv i rutorna."
LIST, INDENT = "1", "170"  # its number in the file, and how far its lines go in, in twentieths of a point
CHOICES = ("Delområde 1", "Delområde 2", "Delområde 3")  # where the figures point out none


def write_plans(figures: Figures, project: Path, report: Path) -> None:
    """Write `kommuner/<slug>-atgarder.docx` for every municipality, where there is a guide."""
    if not has_guide(figures):
        return
    for place, name in figures.municipalities().items():
        target = report / "kommuner" / NAME.format(slug(name))
        target.parent.mkdir(exist_ok=True)
        write_plan(figures, place, project / TEMPLATE, target)


@one_at_a_time
def write_plan(figures: Figures, place: str, template: Path, target: Path) -> None:
    """Write the guide for one municipality (its code), with its form, to `target`."""
    document, name = docx.Document(str(template)), figures.name_of(place)
    for element in [one for one in document.element.body if not one.tag.endswith("sectPr")]:
        document.element.body.remove(element)
    _add_list(document)
    title = f"Mål och åtgärder: {name}"
    document.core_properties.title = title
    document.add_heading(title, level=1)
    parts = guide(figures, place=place)
    about = ABOUT if len(parts) > 1 else WITHOUT_REASONS
    document.add_paragraph(about.format(figures.edition, domain_of(figures.folder).name.lower()), "Body Text")
    for part in parts if len(parts) > 1 else (*parts, action_form(CHOICES, name)):
        if isinstance(part, Text) and part.markdown:
            document.add_paragraph(unescape(part.markdown), "Body Text")
        if isinstance(part, Table) and part.grid:
            document.add_paragraph(unescape(part.caption), "Table Caption")
            _add(document, part.grid)
            for note in part.notes:
                document.add_paragraph(unescape(note), "Table Note")
    document.save(str(target))
    finish(target, [], {})


def _add(document: Any, grid: Grid) -> None:
    """Add a table of texts, its first row one that repeats."""
    lines = [[grid.corner, *(head.text for head in grid.heads[0])], *([cell.text for cell in row] for row in grid.rows)]
    table = document.add_table(len(lines), len(lines[0]))
    table.rows[0]._tr.get_or_add_trPr().append(make("w:tblHeader"))
    table.autofit = False
    widths = [Cm(round(WIDE * width / 100, 1)) for width in grid.widths]  # whole millimetres
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text, width in zip(row.cells, line, widths, strict=True):
            cell.width = width  # Word draws a cell by its own width, not by its column's
            _write(cell, text)


def _write(cell: Any, text: str) -> None:
    """Write a cell's text; lines that begin with a bullet are a list that Word and its readers know as one."""
    lines = text.split("\n")
    if not all(line.startswith(BULLET) for line in lines):
        cell.text = text
        return
    for at, line in enumerate(lines):
        paragraph = cell.add_paragraph() if at else cell.paragraphs[0]
        paragraph.text = line.removeprefix(BULLET)
        level, number = make("w:ilvl", {"w:val": "0"}), make("w:numId", {"w:val": LIST})
        paragraph._p.get_or_add_pPr().append(make("w:numPr", children=[level, number]))


def _add_list(document: Any) -> None:
    """Add the kind of list that the cells' bullets are."""
    told = {"w:numFmt": "bullet", "w:lvlText": BULLET.strip(), "w:lvlJc": "left"}
    parts = [make(name, {"w:val": value}) for name, value in told.items()]
    parts.append(make("w:pPr", children=[make("w:ind", {"w:left": INDENT, "w:hanging": INDENT})]))
    numbering = document.part.numbering_part.element
    numbering.insert(0, make("w:abstractNum", {"w:abstractNumId": LIST}, [make("w:lvl", {"w:ilvl": "0"}, parts)]))
    numbering.append(make("w:num", {"w:numId": LIST}, [make("w:abstractNumId", {"w:val": LIST})]))
