"""A municipality's part of the analysis guide as a Word file of its own, to fill in."""

from html import unescape
from pathlib import Path
from typing import Any

import docx
from docx.shared import Cm

from oj.facts.editions import domain_of
from oj.facts.places import slug
from oj.present.findings.guide import action_form, guide, has_guide
from oj.present.grid import Grid
from oj.present.output import Table, Text
from oj.publish.word.finish import TEMPLATE, finish
from oj.publish.word.xml import make
from oj.tidy.schema import Figures

NAME = "{}-atgarder.docx"
WIDE = 16.0  # centimetres between the margins
ABOUT = "Öppna jämförelser {}, {}. Pröva skälen mot det ni vet, välj högst tre delområden och skriv i rutorna."
CHOICES = ("Delområde 1", "Delområde 2", "Delområde 3")  # where the figures point out none


def write_plans(figures: Figures, project: Path, report: Path) -> None:
    """Write `kommuner/<slug>-atgarder.docx` for every municipality, where there is a guide."""
    if not has_guide(figures):
        return
    for place, name in figures.municipalities().items():
        target = report / "kommuner" / NAME.format(slug(name))
        target.parent.mkdir(exist_ok=True)
        write_plan(figures, place, project / TEMPLATE, target)


def write_plan(figures: Figures, place: str, template: Path, target: Path) -> None:
    """Write the guide for one municipality (its code), with its form, to `target`."""
    document, name = docx.Document(str(template)), figures.name_of(place)
    for element in [one for one in document.element.body if not one.tag.endswith("sectPr")]:
        document.element.body.remove(element)
    title = f"Mål och åtgärder: {name}"
    document.core_properties.title = title
    document.add_heading(title, level=1)
    document.add_paragraph(ABOUT.format(figures.edition, domain_of(figures.folder).name.lower()), "Body Text")
    parts = guide(figures, place=place)
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
            cell.text, cell.width = text, width  # Word draws a cell by its own width, not by its column's
