"""What has been read in and changed: listed, removed, put back, and the questions that are left to answer."""

import secrets
from pathlib import Path

from openpyxl import load_workbook
from starlette.requests import Request
from starlette.responses import Response

from oj.app.asking.page import CHECK, Form, chosen, ground_of, page
from oj.app.asking.starting import started
from oj.app.pages.gathering import gathered
from oj.app.pages.working import sent_before
from oj.app.work.jobs import Order, to_undo
from oj.facts.catalog import drafted
from oj.facts.editions import domain_folder, domain_of, domains
from oj.forms.questions import areas_of, counted, labelled, since_choices, write_questions
from oj.sources.asking.asked import asked_of, open_in
from oj.sources.asking.form import (
    ANSWERED,
    AREA,
    COLUMNS,
    DIRECTION,
    DIRECTIONS,
    ENDING,
    FIRST,
    KEY,
    LONGEST,
    MEANING,
    NEW,
    SAME,
    SHEET,
    SHORT,
    SINCE,
    UNIT,
    UNITS,
    asks_unit,
)  # fmt: skip
from oj.sources.origins import NOT_SAID, Origin, imported
from oj.words.errors import UserError

FIELDS = {SAME: "samma", AREA: "omrade", UNIT: "enhet", DIRECTION: "riktning", SINCE: "jamfors", SHORT: "kort",
          MEANING: "beskrivning"}  # fmt: skip


def every() -> dict[str, Origin]:
    """Return all that has been read in, of every domain, by name."""
    return {name: one for home in domains().values() for name, one in imported(home).items()}


def show(request: Request) -> Response:
    """List what has been read in, what can be undone, and which domains have questions to answer."""
    changed = to_undo(ground_of(request).home)
    asked = {home: asked_of(home, drafted(home)) for home in domains().values() if drafted(home)}
    open_ones = {
        home.name: (domain_of(home).name, counted(own))
        for home, own in asked.items()
        if any(one.state != "known" for one in own)
    }
    return page(
        request, "imported", imported=every(), changed=changed, questions=open_ones, NOT_SAID=NOT_SAID,
        is_fetched=bool(gathered()),
    )  # fmt: skip


def remove(request: Request, form: Form) -> Response:
    """Remove an import; it can be put back."""
    name = chosen(form.one("namn"), every(), "inläsning")
    order = Order("remove", f"Tar bort {name}", name, [["data", "remove", "--", name]], "kept")
    return started(request, order)


def ask(request: Request) -> Response:
    """Ask what a workbook's questions are."""
    domain = str(request.path_params["domain"])
    asked = open_in(chosen(domain, domains(), "verksamhetsområde"))
    sent, told = sent_before(request, "answer")
    return page(
        request, "questions", domain=domain, name=domain_of(domain_folder(domain=domain)).name, asked=asked,
        same={one.item.id: [NEW, *labelled(one.choices)] for one in asked}, areas=list(areas_of(domains()[domain])),
        units=list(UNITS), directions=list(DIRECTIONS), asks_unit={one.item.id for one in asked if asks_unit(one.item)},
        since={one.item.id: since_choices(one) for one in asked}, sent=sent, told=told,
        longest={"kort": LONGEST[SHORT], "beskrivning": LONGEST[MEANING]},
    )  # fmt: skip


def answer(request: Request, form: Form) -> Response:
    """Write what was answered in the same workbook as one fills in by hand, and read it in."""
    ground, domain = ground_of(request), str(request.path_params["domain"])
    asked = open_in(chosen(domain, domains(), "verksamhetsområde"))
    if not asked:
        raise UserError("Alla frågor är kända; det finns inget att svara på.")
    path = ground.uploads / secrets.token_hex(8) / f"{domain}{ENDING}"
    path.parent.mkdir(mode=0o700)
    write_questions(asked, path, domain_folder(domain=domain))
    _fill(path, [one.item.id for one in asked], form)
    name = domain_of(domain_folder(domain=domain)).name
    sent = {field: form.one(field) for field in form.values if field != CHECK}
    order = Order("answer", f"Svar om frågorna: {name}", domain, [["import", "--", str(path)]], "kept", on=sent)
    return started(request, order)


def _fill(path: Path, keys: list[str], form: Form) -> None:
    """Write the answers in the cells of the questions, which stand in the order of their keys."""
    book = load_workbook(path)
    sheet = book[SHEET]
    for row, key in enumerate(keys, start=FIRST):
        assert sheet.cell(row, COLUMNS.index(KEY) + 1).value == key
        for title in ANSWERED:
            if said := form.one(f"{FIELDS[title]}-{key}"):
                cell = sheet.cell(row, COLUMNS.index(title) + 1)
                cell.value, cell.data_type = said, "s"  # never a formula
    book.save(path)
