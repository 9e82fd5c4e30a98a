"""Build a report from beginning to end. This file reads as the table of contents of the whole.

Everything is built aside, of the facts as they are when it begins, and moved into place when it is whole: a build that
fails or is killed leaves the earlier report as it was.
"""

import errno
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from oj.disk.changes import Change, change
from oj.facts.datapackage import using
from oj.facts.editions import data_folder, domain_folder, edition_folder, root_of
from oj.words.errors import OF_DISK, UserError, why
from oj.facts.params import CURRENT, OVER_TIME, ReportParameters
from oj.facts.snapshot import snapshot

if TYPE_CHECKING:
    from oj.publish.chapters.instances import Instance
    from oj.publish.quarto.run import Quarto
    from oj.publish.render.syntax import Book

RENDERERS = ("embedded", "quarto")
QUARTO_LOG = "quarto.log"  # in build/, where Quarto failed
ERRNO = re.compile(rf"\[Errno ({'|'.join(map(str, OF_DISK))})\]")
LITTLE = 1 << 20  # bytes: where fewer are left, whatever went wrong did so because the disk is full


@dataclass(frozen=True)
class Folders:
    """Where a report's parts lie."""

    notebooks: Path
    build: Path
    reports: Path


@dataclass
class Progress:
    """Tells what is being done, warns of what must be known also when nothing else is told, and times each step."""

    tell: Callable[[str], None] = lambda _text: None
    warn: Callable[[str], None] = lambda _text: None  # what is told also where nothing else is
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Announce a step and time it."""
        self.tell(name)
        began = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - began


def default_folders() -> Folders:
    """Return the project's own folders."""
    root = Path(__file__).parents[4]
    return Folders(root / "notebooks", root / "build", root / "reports")


def build_report(
    parameters: ReportParameters,
    folders: Folders,
    progress: Progress,
    renderer: str = "",
    add: Callable[[Path], None] = lambda _report: None,
    memory: Path | None = None,
) -> Path:
    """Build the report that `parameters` describe and return its folder; raise UserError where it can't be.

    `add` writes further files into it before it is moved into place. What it shows is remembered in `memory`, where
    that is not the folder of the facts: a copy of them keeps nothing.
    """
    from oj.disclosure.ledger import remember
    from oj.publish.build.book import lay_out
    from oj.publish.build.contents import contents
    from oj.publish.build.downloads import write_csv
    from oj.publish.build.manifest import write_manifest
    from oj.publish.quarto.run import ask

    with disk_told(folders), snapshot(facts := root_of(), folders.build) as data, using(home_of(parameters, data)):
        plan = contents(parameters, folders.notebooks)
        quarto = ask(choose_renderer(renderer), folders.build / QUARTO_LOG)
        target = folders.reports / plan.name
        with change(folders.reports, plan.name, f"Rapporten {plan.name} byggs") as work:
            (report := work.new(target)).mkdir()
            (project := work.new(folders.build / plan.name)).mkdir()
            executed = project.with_name("executed")
            with progress.step("Kör notebookerna"):
                run_chapters(plan.listed, folders.notebooks, executed, plan.parameters, progress)
            with progress.step("Ställer upp boken"):
                lay_out(folders.notebooks, executed, project, [one.name for one in plan.listed], plan.about)
            render(quarto, executed, project, report, progress)
            write_csv(plan.figures, report / "resultat.csv")
            add(report)
            write_manifest(report, plan.name, parameters, data_folder(), quarto.version if quarto else None)
            remember(report, domain_folder(memory or facts, parameters.domain))  # before anybody can see it
            move_into_place(work, target)
    return target


def home_of(parameters: ReportParameters, data: Path) -> Path:
    """Return the folder of the facts that a report is about: its edition's, or its domain's where it is of several."""
    several = parameters.edition in (CURRENT, OVER_TIME)
    return domain_folder(data, parameters.domain) if several else edition_folder(data, parameters.edition, parameters.domain)


def run_chapters(
    listed: "list[Instance]", notebooks: Path, executed: Path, parameters: ReportParameters, progress: Progress
) -> None:
    """Run every chapter that is a notebook, each with the report's parameters and its own."""
    from oj.publish.build.execute import execute
    from oj.publish.chapters.instances import prepare

    made = executed.with_name("made")
    paths = [prepare(notebooks, one, made) for one in listed if one.name.endswith(".ipynb")]
    own = {one.name: one.parameters for one in listed}
    execute(paths, executed, parameters.model_dump(), lambda name: progress.tell(f"  {name}"), own)


def choose_renderer(wanted: str) -> str | None:
    """Return Quarto's program, or None for the embedded renderer; raise UserError for a choice that can't be."""
    from oj.publish.quarto.run import find_quarto

    if wanted not in ("", *RENDERERS):
        raise UserError(f"RENDERER=”{wanted}” finns inte. Välj quarto eller embedded.")
    program = find_quarto() if wanted == "quarto" else None
    if wanted == "quarto" and program is None:
        raise UserError(
            "Quarto är inte installerat, eller finns inte på PATH. Hämta det med make quarto (på Windows: py -3.11 "
            "tools/environment.py quarto) eller från quarto.org, sätt variabeln QUARTO till programmet, eller välj "
            "RENDERER=embedded."
        )
    return program


def render(quarto: "Quarto | None", executed: Path, project: Path, report: Path, progress: Progress) -> None:
    """Render the laid-out book into `report`, by Quarto or by the embedded renderer, and the code's pages."""
    from oj.publish.build.analyses import write_analyses
    from oj.publish.quarto.output import write_by_quarto
    from oj.publish.render.syntax import read_book

    with slips_told(project, report):
        with progress.step("Läser boken"):
            book = read_book(project)
        if quarto:
            with progress.step("Renderar med Quarto"):
                write_by_quarto(quarto, book, project, report)
        else:
            _render_embedded(book, project, report, progress)
        with progress.step("Skriver kommunernas blad"):
            write_sheets(book, project, report)
        with progress.step("Gör sidor av de körda notebookerna"):
            write_analyses(executed, book, report)


def write_sheets(book: "Book", project: Path, report: Path) -> None:
    """Write every municipality's chapter as a PDF of its own, `kommuner/<slug>.pdf`."""
    from oj.publish.chapters.instances import SHEETS
    from oj.publish.render.pdf import write_sheet

    for chapter in book.chapters:
        if chapter.source.startswith(SHEETS):
            target = report / "kommuner" / f"{Path(chapter.source).stem.removeprefix(SHEETS)}.pdf"
            target.parent.mkdir(exist_ok=True)
            write_sheet(book, chapter, project, target)


def _render_embedded(book: "Book", project: Path, report: Path, progress: Progress) -> None:
    from oj.publish.render.html import write_html
    from oj.publish.render.pdf import write_pdf
    from oj.publish.word.finish import write_word

    with progress.step("Skriver webbsidorna"):
        write_html(book, project, report)
    with progress.step("Skriver rapport.pdf"):
        write_pdf(book, project, report / "rapport.pdf", progress.warn)
    with progress.step("Skriver rapport.docx"):
        write_word(book, project, report / "rapport.docx")


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


@contextmanager
def disk_told(folders: Folders) -> Iterator[None]:
    """Tell of what cannot be written as something that the one at the keyboard can mend."""
    try:
        yield
    except OSError as error:
        places = [str(one) for one in (folders.build, folders.reports)]
        file = str(error.filename or "")
        place = next((one for one in places if one in file), file) or " eller ".join(places)
        what = "Det går inte att skriva i" if error.errno in OF_DISK else "Rapporten kan inte byggas:"
        raise UserError(f"{what} {place}: {why(error)}. Inget har ändrats.") from error


def move_into_place(work: Change, target: Path) -> None:
    """Move the report and its project into their places; where one cannot be, raise UserError, with all as it was."""
    try:
        work.commit()
    except OSError as error:
        raise UserError(
            f"Rapporten kunde inte flyttas till {target}: {why(error)}. Stäng de filer i mappen som är öppna i "
            "andra program och försök igen. Den tidigare rapporten är kvar."
        ) from error
