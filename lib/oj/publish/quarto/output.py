"""Render with Quarto, bring what it wrote to the report's own names, and finish its Word file."""

import shutil
from pathlib import Path
from typing import Any

from oj.publish.files.logo import put_logo
from oj.publish.quarto.project import fit
from oj.publish.quarto.run import Quarto, in_one_line, render
from oj.publish.render.html import write_look
from oj.publish.render.syntax import Book
from oj.publish.word.finish import alt_texts, finish, table_fills
from oj.publish.word.floats import lift_floats
from oj.words.errors import UserError


def write_by_quarto(quarto: Quarto, book: Book, project: Path, report: Path) -> None:
    """Write the book's pages, PDF and Word file to `report`; raise UserError, of one line, where Quarto fails."""
    with in_one_line(quarto.log):
        fit(project, quarto)
        collect(render(quarto.program, project, quarto.log), book, report)
    if quarto.log:
        quarto.log.unlink(missing_ok=True)


def collect(output: Path, book: Book, report: Path) -> None:
    """Copy Quarto's pages, PDF and Word file from `output` to `report`; raise UserError if one is lacking."""
    for suffix, name in ((".pdf", "rapport.pdf"), (".docx", "rapport.docx")):
        written = sorted(output.glob(f"*{suffix}"))
        if len(written) != 1:
            raise UserError(f"Quarto skrev {len(written)} filer av typen {suffix}, väntat en.")
        shutil.copyfile(written[0], report / name)
    if not (output / "index.html").exists():
        raise UserError("Quarto skrev ingen index.html.")
    shutil.copytree(output, report, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.pdf", "*.docx"))
    write_look(output.parent, report)

    def prepare(document: Any) -> None:
        lift_floats(document)
        put_logo(output.parent, document)

    finish(report / "rapport.docx", alt_texts(book), table_fills(book), prepare)
