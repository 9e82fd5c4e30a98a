"""Bring what Quarto wrote to the report's own names, and finish its Word file."""

import shutil
from pathlib import Path

from oj.errors import UserError
from oj.publish.syntax import Book
from oj.publish.word import alt_texts, finish


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
    finish(report / "rapport.docx", alt_texts(book))
