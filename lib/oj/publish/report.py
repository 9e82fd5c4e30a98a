"""Build a report from beginning to end. This file reads as the table of contents of the whole.

Everything is built aside and moved into place when it is whole: a failed build leaves the earlier
report as it was.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from oj.datapackage import data_folder
from oj.errors import UserError
from oj.params import ReportParameters

if TYPE_CHECKING:
    from oj.publish.instances import Instance
    from oj.publish.syntax import Book

RENDERERS = ("quarto", "embedded")


@dataclass(frozen=True)
class Folders:
    """Where a report's parts lie."""

    notebooks: Path
    build: Path
    reports: Path


@dataclass
class Progress:
    """Tells what is being done, and keeps the seconds of each step."""

    tell: Callable[[str], None] = lambda _text: None
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
    root = Path(__file__).parents[3]
    return Folders(root / "notebooks", root / "build", root / "reports")


def build_report(
    parameters: ReportParameters,
    folders: Folders,
    progress: Progress,
    renderer: str = "",
    add: Callable[[Path], None] = lambda _report: None,
) -> Path:
    """Build the report that `parameters` describe and return its folder; raise UserError where it can't be.

    `add` writes further files into it before it is moved into place.
    """
    from oj.publish.book import lay_out
    from oj.publish.contents import contents
    from oj.publish.manifest import write_manifest

    plan = contents(parameters, folders.notebooks)
    program = choose_renderer(renderer)
    with aside(folders.reports, plan.name) as report, aside(folders.build, plan.name) as project:
        with tempfile.TemporaryDirectory() as kept:
            executed = Path(kept) / "executed"
            with progress.step("Kör notebookerna"):
                run_chapters(plan.listed, folders.notebooks, executed, parameters, progress)
            with progress.step("Ställer upp boken"):
                lay_out(folders.notebooks, executed, project, [one.name for one in plan.listed], plan.about)
            render(program, executed, project, report, progress)
        plan.write(report / "resultat.csv")
        add(report)
        write_manifest(report, plan.name, parameters, data_folder(), "quarto" if program else "embedded")
    return folders.reports / plan.name


def run_chapters(
    listed: "list[Instance]", notebooks: Path, executed: Path, parameters: ReportParameters, progress: Progress
) -> None:
    """Run every chapter that is a notebook, each with the report's parameters and its own."""
    from oj.publish.execute import execute
    from oj.publish.instances import prepare

    made = executed.with_name("made")
    paths = [prepare(notebooks, one, made) for one in listed if one.name.endswith(".ipynb")]
    own = {one.name: one.parameters for one in listed}
    execute(paths, executed, parameters.model_dump(), lambda name: progress.tell(f"  {name}"), own)


def choose_renderer(wanted: str) -> str | None:
    """Return Quarto's program, or None for the embedded renderer; raise UserError for a choice that can't be."""
    from oj.publish.quarto import find_quarto

    if wanted not in ("", *RENDERERS):
        raise UserError(f"RENDERER=”{wanted}” finns inte. Välj quarto eller embedded.")
    program = None if wanted == "embedded" else find_quarto()
    if wanted == "quarto" and program is None:
        raise UserError(
            "Quarto är inte installerat, eller finns inte på PATH. Installera det från quarto.org, sätt variabeln "
            "QUARTO till programmet, eller välj RENDERER=embedded."
        )
    return program


def render(program: str | None, executed: Path, project: Path, report: Path, progress: Progress) -> None:
    """Render the laid-out book into `report`, by Quarto or by the embedded renderer, and the code's pages."""
    from oj.publish.analyses import write_analyses
    from oj.publish.syntax import read_book

    with slips_told():
        with progress.step("Läser boken"):
            book = read_book(project)
        if program:
            _render_by_quarto(program, book, project, report, progress)
        else:
            _render_embedded(book, project, report, progress)
        with progress.step("Skriver kommunernas blad"):
            write_sheets(book, project, report)
        with progress.step("Gör sidor av de körda notebookerna"):
            write_analyses(executed, book, report)


def write_sheets(book: "Book", project: Path, report: Path) -> None:
    """Write every municipality's chapter as a PDF of its own, `kommuner/<slug>.pdf`."""
    from oj.publish.instances import SHEETS
    from oj.publish.pdf import write_sheet

    for chapter in book.chapters:
        if chapter.source.startswith(SHEETS):
            target = report / "kommuner" / f"{Path(chapter.source).stem.removeprefix(SHEETS)}.pdf"
            target.parent.mkdir(exist_ok=True)
            write_sheet(book, chapter, project, target)


def _render_by_quarto(program: str, book: "Book", project: Path, report: Path, progress: Progress) -> None:
    from oj.publish.quarto import render as render_by_quarto
    from oj.publish.quarto_output import collect

    with progress.step("Renderar med Quarto"):
        collect(render_by_quarto(program, project), book, report)


def _render_embedded(book: "Book", project: Path, report: Path, progress: Progress) -> None:
    from oj.publish.html import write_html
    from oj.publish.pdf import write_pdf
    from oj.publish.word import write_word

    with progress.step("Skriver webbsidorna"):
        write_html(book, project, report)
    with progress.step("Skriver rapport.pdf"):
        write_pdf(book, project, report / "rapport.pdf")
    with progress.step("Skriver rapport.docx"):
        write_word(book, project, report / "rapport.docx")


@contextmanager
def slips_told() -> Iterator[None]:
    """Tell of whatever goes wrong in the rendering as a slip in the book's text, which it nearly always is."""
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        raise UserError(
            f"Boken kan inte göras till en rapport. Se över det senast ändrade i notebooks/: en ruta (:::) utan slut, "
            f"bilder som saknas, tabeller utan rubrik.\n{type(error).__name__}: {error}"
        ) from error


@contextmanager
def aside(parent: Path, name: str) -> Iterator[Path]:
    """Give a new folder beside `parent`/`name`, and move it into place when all went well."""
    target = parent / name
    try:
        parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=parent))
        building.chmod(0o755)
    except OSError as error:
        raise UserError(f"Det går inte att skriva i {parent}: {error.strerror}.") from error
    try:
        yield building
        move_into_place(building, target)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def move_into_place(building: Path, target: Path) -> None:
    """Replace `target` by `building`; where that fails, put the earlier one back and raise UserError."""
    earlier = building.with_name(f"{building.name}-earlier")
    try:
        if target.exists():
            target.replace(earlier)
        building.replace(target)
    except OSError as error:
        if earlier.exists() and not target.exists():
            earlier.replace(target)
        raise UserError(
            f"Rapporten kunde inte flyttas till {target}: {error.strerror}. Stäng de filer i mappen som är öppna i "
            "andra program och försök igen. Den tidigare rapporten är kvar."
        ) from error
    shutil.rmtree(earlier, ignore_errors=True)
