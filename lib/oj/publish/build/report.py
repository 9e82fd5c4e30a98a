"""Build a report from beginning to end. This file reads as the table of contents of the whole.

Everything is built aside, of the facts as they are when it begins, and moved into place when it is whole: a build that
fails or is killed leaves the earlier report as it was.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from oj.disk.changes import Change, change
from oj.disk.folders import Folders
from oj.disk.kept_files import kept_in, thin_out
from oj.facts.editions import data_folder, domain_folder, edition_folder, root_of, using
from oj.facts.kept import still
from oj.facts.params import CURRENT, OVER_TIME, ReportParameters
from oj.facts.snapshot import snapshot
from oj.present.output import FIGURE_FOLDER
from oj.publish.build.rendering import choose_renderer, render
from oj.publish.execution.processes import get_ready
from oj.tidy.within import one_call
from oj.words.errors import OF_DISK, UserError, why
from oj.words.progress import Progress

if TYPE_CHECKING:
    from oj.publish.build.contents import Contents
    from oj.publish.quarto.run import Quarto
    from oj.publish.render.syntax import Book

WRITERS = (
    "oj.publish.build.book", "oj.publish.render.syntax", "oj.publish.render.html", "oj.publish.render.pdf",
    "oj.publish.word.finish", "oj.publish.build.analyses", "nbconvert.exporters.html", "pygments.formatters.html",
)  # fmt: skip
TRIES = 3  # again, where another report overtakes
QUARTO_LOG = "quarto.log"  # in build/, where Quarto failed


def build_report(  # noqa: PLR0913, PLR0917
    parameters: ReportParameters,
    folders: Folders,
    progress: Progress,
    renderer: str = "",
    add: Callable[[Path], None] = lambda _report: None,
    memory: Path | None = None,
) -> Path:
    """Build the report that `parameters` describe and return its folder; raise UserError where it can't be.

    `add` writes further files into it before it is moved into place. What it shows is remembered in `memory`, where
    that is not the folder of the facts: a copy of them keeps nothing. Where another report has shown what makes this
    one tell too much meanwhile, it is built again.
    """
    from oj.disclosure.door import OvertakenError

    for _try in range(TRIES):
        with suppress(OvertakenError):
            return _built(parameters, folders, progress, renderer, add, memory)
    return _built(parameters, folders, progress, renderer, add, memory)


def _built(  # noqa: PLR0913, PLR0917
    parameters: ReportParameters,
    folders: Folders,
    progress: Progress,
    renderer: str,
    add: Callable[[Path], None],
    memory: Path | None,
) -> Path:
    with ExitStack() as ground:
        live = domain_folder(memory or root_of(), parameters.domain)
        on_the_facts(parameters, folders, ground)
        # Something has changed, and some notebook will nearly always be run: its processes wait for no other import.
        get_ready(parameters.model_dump_json())
        from oj.publish.build.contents import contents
        from oj.publish.build.manifest import write_manifest
        from oj.publish.checking.verifying import write_verify
        from oj.publish.quarto.run import ask

        plan = contents(parameters, folders.notebooks)
        quarto = ask(choose_renderer(renderer), folders.build / QUARTO_LOG)
        target = folders.reports / plan.name
        with change(folders.reports, plan.name, f"Rapporten {plan.name} byggs") as work:
            (report := work.new(target)).mkdir()
            (project := work.new(folders.build / plan.name)).mkdir()
            make(plan, folders, project, report, quarto, progress)
            add(report)
            write_verify(plan.figures, report)
            write_manifest(report, plan.name, parameters, data_folder(), quarto.version if quarto else None)
            remembered(report, live, domain_folder(root_of(), parameters.domain))
            move_into_place(work, target)
    return target


def remembered(report: Path, live: Path, facts: Path) -> None:
    """Remember what a report built on `facts` shows, before anybody sees it; raise OvertakenError where nobody may."""
    from oj.disclosure.door import refuse_overtaken
    from oj.disclosure.ledger import memory_files, remember

    remember(report, live, lambda rows: refuse_overtaken(rows, memory_files(facts), facts, live))


def on_the_facts(parameters: ReportParameters, folders: Folders, ground: ExitStack) -> None:
    """Let a report be built on the facts as they are now, and on what was made of the same before; until the end."""
    ground.enter_context(disk_told(folders))
    data = ground.enter_context(snapshot(root_of(), folders.build))
    ground.enter_context(still(data))
    ground.enter_context(using(home_of(parameters, data)))
    ground.enter_context(kept_in(folders.cache))
    ground.enter_context(one_call())
    if folders.cache:
        ground.callback(thin_out, folders.cache)


def make(  # noqa: PLR0913, PLR0917
    plan: "Contents", folders: Folders, project: Path, report: Path, quarto: "Quarto | None", progress: Progress
) -> None:
    """Run a report's chapters, lay the book out in `project` and render it into `report`."""
    from oj.publish.build.book import lay_out, write_pngs
    from oj.publish.build.origins import write_origins
    from oj.publish.build.run import run_chapters
    from oj.publish.files.folders import write_folders
    from oj.publish.files.logo import logo_of, show_logo

    executed, logo = project.with_name("executed"), logo_of(plan.parameters)
    Thread(target=load_writers, daemon=True).start()  # the notebooks are run in other processes meanwhile
    with progress.step("Kör notebookerna"):
        run_chapters(plan.listed, folders.notebooks, executed, plan.parameters, progress)
    with progress.step("Ställer upp boken"):
        names = [one.name for one in plan.listed]
        drawn = lay_out(folders.notebooks, executed, project, names, plan.about | (logo.settings if logo else {}))
        show_logo(project, names[0], logo)
    draw = partial(write_pngs, project / FIGURE_FOLDER, drawn)
    render(quarto, executed, project, report, progress, beside(plan, project, report), draw)
    write_origins(plan.figures, project, report)
    write_folders(report)


def beside(plan: "Contents", project: Path, report: Path) -> "dict[str, Callable[[Book], None]]":
    """Return what is written of a book beside its pages, by what is told of it."""
    from oj.publish.build.downloads import write_data
    from oj.publish.files.spreadsheet import sources
    from oj.publish.render.diagrams import write_diagrams
    from oj.publish.render.slides import write_slides
    from oj.publish.word.plan import write_plans

    return {
        "Skriver resultat.xlsx och resultat.csv": lambda _book: write_data(plan.figures, plan.about, report),
        "Skriver diagrammen att bädda in": lambda book: write_diagrams(book, project, report),
        "Skriver bildspelen": lambda book: write_slides(book, project, report, sources(plan.figures)),
        "Skriver kommunernas mål och åtgärder": lambda _book: write_plans(plan.figures, project, report),
    }


def load_writers() -> None:
    """Import what the book is written with, which takes a second; what cannot be is told by whoever needs it."""
    for name in WRITERS:
        with suppress(Exception):
            import_module(name)


def home_of(parameters: ReportParameters, data: Path) -> Path:
    """Return the folder of the facts that a report is about: its edition's, or its domain's where it is of several."""
    if parameters.edition in (CURRENT, OVER_TIME):
        return domain_folder(data, parameters.domain)
    return edition_folder(data, parameters.edition, parameters.domain)


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
