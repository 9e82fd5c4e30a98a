"""A file read in: dropped, looked at cell by cell, its unknown columns settled, and then accepted or mended."""

from collections.abc import Mapping
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from oj.app.asking.page import Form, chosen, ground_of, in_the_page, page, to
from oj.app.asking.starting import begun, started
from oj.app.asking.uploads import receive
from oj.app.pages.comparing import compared
from oj.app.pages.picture import KINDS, faults, picture, read_cells
from oj.app.pages.working import is_of_disk, job_of
from oj.app.work.jobs import DONE, FAULTY, Job, Order
from oj.app.work.undo import LAYOUT
from oj.facts.catalog import indicators
from oj.facts.editions import domain_folder, domain_of, domains, edition_folder
from oj.facts.places import all_places
from oj.sources.tables.layout import ASK, IGNORE, LEAVE_OUT, UNKNOWN, Layout, layout_text, read_layout
from oj.words.days import given_day
from oj.words.errors import UserError

OPTIONS = {  # what may be said of a file, as the command line has it
    "omrade": "--domain", "utgava": "--edition", "lan": "--county", "namn": "--name", "kalla": "--source",
    "utgivare": "--publisher", "datum": "--date",
}  # fmt: skip
MOST_FAULTS, MOST_FOLDED = 10, 500  # that are told at once, and those that are folded
GONE = "Filen finns inte kvar; sidorna har startats om sedan du lade in den. Släpp den igen."
AGAIN = " Inget är läst. Välj filen igen."
HIDDEN = {"read": "Läs det också", LEAVE_OUT: "Läs inte det"}


def ask(request: Request) -> Response:
    """Ask for a file, and for what it may not say itself."""
    return ask_again(request, Form({}))


def ask_again(request: Request, form: Form, told: str = "") -> Response:
    """Ask for a file as it was asked for, with what was said of it and what is wrong with that."""
    known, again = choices(), AGAIN if form.file else ""
    return page(
        request, "read", 400 if told else 200, said=said_in(form), told=f"{told}{again}".splitlines(),
        domains=known["domains"], counties=known["counties"],
    )  # fmt: skip


def said_in(form: Form) -> dict[str, str]:
    """Return what a form says of a file."""
    return {name: form.one(name) for name in OPTIONS if form.one(name)}


def choices() -> dict[str, Mapping[str, str]]:
    """Return what can be chosen of a file: the domain and the county."""
    return {
        "domains": {name: domain_of(home).name for name, home in domains().items()},
        "counties": {code: one.name for code, one in all_places().items() if one.level == "county"},
    }


def drop(request: Request, form: Form) -> Response:
    """Keep a file aside, and try how it is read."""
    return begun(request, form, _dropped, ask_again)


def _dropped(request: Request, form: Form) -> Order:
    said, options = said_in(form), choices()
    for name, known in (("omrade", options["domains"]), ("lan", options["counties"])):
        if name in said:
            chosen(said[name], known, "verksamhetsområde" if name == "omrade" else "län")
    given_day(said.get("datum", ""), "Källans datum")
    return trial_order(receive(ground_of(request), form), said)


def trial_order(path: Path, said: Mapping[str, str]) -> Order:
    """Return the order to try how a file is read."""
    words, dry = import_words(path, said), ["--dry-run", "--", str(path)]
    commands = [[*words, *dry], [*words, "--json", *dry]]
    on = {**said, "cells": "1", "file": path.name}
    return Order("trial", f"Läser {path.name}", path.parent.name, commands, "trial", str(path.parent), on)


def import_words(path: Path, said: Mapping[str, str]) -> list[str]:
    """Return the command that reads a file in, without the file itself."""
    layout = path.parent / LAYOUT
    flags = {OPTIONS[name]: value for name, value in said.items() if name in OPTIONS}
    flags |= {"--layout": str(layout)} if layout.exists() else {}
    return ["import", *(f"{name}={value}" for name, value in flags.items())]


def show(request: Request) -> Response:
    """Show how a file is read, what is wrong and what is asked, and what one can do."""
    job = job_of(request)
    if job.state not in (DONE, FAULTY) or job.order.kind != "trial" or is_of_disk(job):
        return to(f"/arbete/{job.number}")
    told, is_whole = read_cells(job.folder), "allt" in request.query_params
    sheets = picture(job.folder, told, is_whole=is_whole) if (job.folder / "sheets.json").exists() else []
    names = list(dict.fromkeys([*_sheets(job.folder)]))
    options, layout, possible = choices(), layout_of(job), told.get("domains", ())
    wrong = [] if possible else faults(told, names)
    return page(
        request, "reading", job=job, said={name: job.order.on[name] for name in OPTIONS if name in job.order.on},
        sheets=sheets, kinds=KINDS, faults=wrong, first=MOST_FAULTS, most=MOST_FAULTS + MOST_FOLDED,
        lines=[line for line in in_the_page("\n".join(job.lines)).splitlines() if line.strip()],
        is_clean=job.state == DONE, is_whole=is_whole, questions=questions_of(layout), hidden=hidden_of(layout),
        indicators=known_of(layout, told.get("domain", "")), ways=HIDDEN,
        changes=compared(told, domain_folder(domain=told["domain"])) if told.get("cells") and not possible else None,
        can_accept=job.state == DONE or bool(told.get("cells") and not possible),
        possible={name: options["domains"][name] for name in possible},
        UNKNOWN=UNKNOWN, IGNORE=IGNORE, domains=options["domains"], counties=options["counties"],
    )  # fmt: skip


def _sheets(folder: Path) -> list[str]:
    import json

    try:
        return list(json.loads((folder / "sheets.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return []


def layout_of(job: Job) -> Layout | None:
    """Return how the columns of a file were found, None where that is not kept."""
    path = Path(job.order.upload) / LAYOUT
    try:
        return read_layout(path) if path.exists() else None
    except UserError:
        return None


def known_of(layout: Layout | None, domain: str) -> dict[str, str]:
    """Return the indicators that a column may be, by id."""
    if layout is None:
        return {}
    home = edition_folder(domain_folder(domain=domain), layout.edition)
    return {name: one.title for name, one in indicators(home).items()}


def questions_of(layout: Layout | None) -> dict[str, tuple[str, str, list[str]]]:
    """Return the columns that nobody knows, by field: sheet and column, heading, and the indicators it is most like."""
    return {
        f"kolumn-{at}-{column.column}": (f"{table.sheet}, kolumn {column.column}", column.title, column.nearest)
        for at, table in enumerate(layout.sheets if layout else ())
        for column in table.columns
        if column.indicator == UNKNOWN
    }


def hidden_of(layout: Layout | None) -> dict[str, tuple[str, str]]:
    """Return what is hidden in Excel and not yet decided, by field: the sheet, and which parts."""
    tables = enumerate(layout.sheets if layout else ())
    return {f"dolt-{at}": (table.sheet, table.hidden_parts) for at, table in tables if table.hidden == ASK}


def settle(request: Request, form: Form) -> Response:
    """Write what was answered about the columns, and try again."""
    job = job_of(request)
    layout, path = layout_of(job), file_of(job)
    if layout is None:
        raise UserError("Det finns inget att svara på för den här filen.")
    domain = str(read_cells(job.folder).get("domain", ""))
    known, sheets = known_of(layout, domain) | {IGNORE: "", UNKNOWN: ""}, []
    for at, table in enumerate(layout.sheets):
        columns = [
            one.model_copy(update={"indicator": chosen(answer, known, "mått")})
            if (answer := form.one(f"kolumn-{at}-{one.column}"))
            else one
            for one in table.columns
        ]
        way = form.one(f"dolt-{at}")
        update = {"columns": columns} | ({"hidden": chosen(way, HIDDEN, "vad som är dolt")} if way else {})
        sheets.append(table.model_copy(update=update))
    (path.parent / LAYOUT).write_text(layout_text(layout.model_copy(update={"sheets": sheets})), encoding="utf-8")
    return started(request, trial_order(path, job.order.on))


def of_domain(request: Request, form: Form) -> Response:
    """Try a file again that did not say which domain it is of, as one of the domain that is chosen."""
    job = job_of(request)
    domain = chosen(form.one("omrade-valt"), choices()["domains"], "verksamhetsområde")
    return started(request, trial_order(file_of(job), {**job.order.on, "omrade": domain}))


def file_of(job: Job) -> Path:
    """Return the file that a trial was of; raise UserError where it is gone."""
    if job.order.kind != "trial":
        raise HTTPException(404)
    path = Path(job.order.upload) / job.order.on["file"]
    if not path.exists():
        raise UserError(GONE)
    return path


def accept(request: Request, form: Form) -> Response:
    """Read a file in as it was tried."""
    job = job_of(request)
    path = file_of(job)
    words = [*import_words(path, job.order.on), *(["--accept-valid"] if form.one("gor") == "ratt" else [])]
    told = read_cells(job.folder)
    on = {"domain": str(told.get("domain", "")), "edition": str((told.get("editions") or [""])[-1])}
    counties = {code[:2] for one in told.get("cells", ()) if len(code := str(one["place"])) > 2}
    on |= {"county": counties.pop()} if len(counties) == 1 else {"county": job.order.on.get("lan", "")}
    order = Order("import", f"Läser in {path.name}", path.name, [[*words, "--", str(path)]], "kept", on=on)
    return started(request, order)
