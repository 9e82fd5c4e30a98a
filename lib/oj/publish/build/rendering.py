"""Render the laid-out book: every format at once, and whatever goes wrong told as a slip in the book's text."""

import errno
import gc
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from oj.publish.execution.processes import cores
from oj.words.errors import OF_DISK, UserError
from oj.words.progress import Progress

if TYPE_CHECKING:
    from oj.publish.quarto.run import Quarto
    from oj.publish.render.syntax import Book

RENDERERS = ("embedded", "quarto")
ERRNO = re.compile(rf"\[Errno ({'|'.join(map(str, OF_DISK))})\]")
LITTLE = 1 << 20  # bytes: where fewer are left, whatever went wrong did so because the disk is full


def choose_renderer(wanted: str) -> str | None:
    """Return Quarto's program, or None for the embedded renderer; raise UserError for a choice that can't be."""
    from oj.publish.quarto.run import find_quarto

    if wanted not in ("", *RENDERERS):
        raise UserError(f"RENDERER=”{wanted}” finns inte. Välj quarto eller embedded.")
    program = find_quarto() if wanted == "quarto" else None
    if wanted == "quarto" and program is None:
        raise UserError(
            "Quarto är inte installerat, eller finns inte på PATH. Hämta det med make quarto (på Windows: py "
            "tools/environment.py quarto) eller från quarto.org, sätt variabeln QUARTO till programmet, eller välj "
            "RENDERER=embedded."
        )
    return program


def render(  # noqa: PLR0913, PLR0917
    quarto: "Quarto | None",
    executed: Path,
    project: Path,
    report: Path,
    progress: Progress,
    beside: Mapping[str, Callable[["Book"], None]],
    draw: Callable[[], None],
) -> None:
    """Render the laid-out book into `report`, by Quarto or by the embedded renderer, and the code's pages.

    `beside` are further steps with the book, by what is told of them; `draw` makes the pictures that Word wants.
    """
    from oj.publish.build.analyses import write_analyses
    from oj.publish.render.syntax import read_book

    with slips_told(project, report), without_collecting():
        books = list["Book"]()
        at_once(
            {"Läser boken": lambda: books.append(read_book(project)), "Ritar bilderna för Word": draw},
            progress,
        )
        (book,) = books
        formats = _by_quarto(quarto, book, project, report) if quarto else _embedded(book, project, report, progress)
        at_once(  # the longest first, so that no core waits for the last
            {
                "Skriver sammanfattning.pdf och bilaga.pdf": lambda: write_beside(book, project, report),
                **formats,
                **{told: partial(step, book) for told, step in beside.items()},
                "Gör sidor av de körda notebookerna": lambda: write_analyses(executed, book, report),
                "Skriver kommunernas blad": lambda: write_sheets(book, project, report),
            },
            progress,
        )


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for nothing to throw away meanwhile: the book's elements live until it is written, and there are many."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def at_once(steps: Mapping[str, Callable[[], None]], progress: Progress) -> None:
    """Do several steps side by side, all told first and each timed; raise what the first that fails raises."""

    def do(name: str) -> None:
        with progress.timed(name):
            steps[name]()
        progress.tell_done(name)

    for name in steps:
        progress.tell(name)
        progress.seconds[name] = 0.0  # in this order
    with ThreadPoolExecutor(cores()) as threads:  # pandoc is a program of its own, and Typst lets others work
        done = [threads.submit(copy_context().run, do, name) for name in steps]
        try:
            for one in done:
                one.result()
        finally:
            threads.shutdown(cancel_futures=True)


def write_sheets(book: "Book", project: Path, report: Path) -> None:
    """Write every municipality's chapter as a PDF of its own, `kommuner/<slug>.pdf`."""
    from oj.publish.chapters.instances import SHEETS, sheet_file
    from oj.publish.render.pdf import write_sheet

    for chapter in book.chapters:
        if chapter.source.startswith(SHEETS):
            target = report / sheet_file(chapter.source, ".pdf")
            target.parent.mkdir(exist_ok=True)
            write_sheet(book, chapter, project, target)


def write_beside(book: "Book", project: Path, report: Path) -> None:
    """Write the summary and the appendix as PDFs of their own, of a book that has them."""
    from oj.publish.render.pdf import write_appendix, write_sheet

    if book.summary:
        write_sheet(book, book.summary, project, report / "sammanfattning.pdf")
    if book.appendix:
        write_appendix(book, project, report / "bilaga.pdf")


def _by_quarto(quarto: "Quarto", book: "Book", project: Path, report: Path) -> dict[str, Callable[[], None]]:
    from oj.publish.quarto.output import write_by_quarto

    return {"Renderar med Quarto": lambda: write_by_quarto(quarto, book, project, report)}


def _embedded(book: "Book", project: Path, report: Path, progress: Progress) -> dict[str, Callable[[], None]]:
    from oj.publish.render.html import write_html
    from oj.publish.render.pdf import write_pdf
    from oj.publish.word.finish import write_word

    return {
        "Skriver rapport.pdf": lambda: write_pdf(book, project, report / "rapport.pdf", progress.warn),
        "Skriver rapport.docx": lambda: write_word(book, project, report / "rapport.docx"),
        "Skriver webbsidorna": lambda: write_html(book, project, report),
    }


@contextmanager
def slips_told(*folders: Path) -> Iterator[None]:
    """Tell of whatever goes wrong in the rendering as a slip in the book's text, which it nearly always is.

    What is the disk's is raised as an OSError; the programs that render have words of their own for a full one.
    """
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in OF_DISK:
            raise
        told = ERRNO.search(str(error))  # of several files at once, it is told in words only
        if told or min(shutil.disk_usage(folder).free for folder in folders) < LITTLE:
            raise OSError(int(told[1]) if told else errno.ENOSPC, "") from error
        raise UserError(
            f"Boken kan inte göras till en rapport. Se över det senast ändrade i notebooks/: en ruta (:::) utan slut, "
            f"bilder som saknas, tabeller utan rubrik.\n{type(error).__name__}: {error}"
        ) from error
