"""Figures that are gathered: fetched from Kolada, or answered by the municipalities in the survey's form."""

from collections.abc import Sequence
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from oj.app.asking.page import Form, chosen, ground_of, page
from oj.app.asking.starting import begun
from oj.app.asking.uploads import receive
from oj.app.pages.reading import ask_again
from oj.app.pages.reports import named
from oj.app.work.jobs import Order
from oj.facts.editions import domain_of, domains, edition_folder, editions
from oj.facts.key_figures import is_fetched_for
from oj.facts.params import CURRENT
from oj.facts.places import Place, all_places
from oj.forms.survey import form_name
from oj.forms.template import template_name
from oj.publish.build.preliminary import REVIEW_FILE
from oj.sources.kolada.values import fetched_folder, read_fetched_file
from oj.sources.workbook.intake import open_book
from oj.words.errors import UserError
from oj.words.swedish import day, listing


def counties() -> dict[str, Place]:
    """Return the counties by code."""
    return {code: one for code, one in all_places().items() if one.level == "county"}


def fetchable() -> dict[str, str]:
    """Return the domains that key figures are fetched for, and what each is called."""
    return {name: domain_of(home).name for name, home in domains().items() if is_fetched_for(home)}


def gathered() -> dict[Path, str]:
    """Return the files of what is fetched, each with its domain."""
    return {
        path: domain for domain in fetchable() for path in sorted(fetched_folder(domains()[domain]).glob("[!.]*.yml"))
    }


def kolada(request: Request) -> Response:
    """Show what is fetched, of which day, and what of it cannot be used; and let more be fetched."""
    return _kolada(request, Form({}))


def _kolada(request: Request, sent: Form, told: str = "") -> Response:
    """Show what is fetched, and the form as it was sent, with what is wrong with it."""
    names, found = fetchable(), []
    for path, domain in gathered().items():
        fetched = read_fetched_file(path)
        reasons: dict[str, list[str]] = {}
        for one in fetched.stopped:
            reasons.setdefault(one.reason, []).append(one.title)
        stopped = {why: listing(titles) for why, titles in reasons.items()}
        found.append((all_places()[fetched.county].name, names[domain], day(fetched.fetched), stopped))
    status = 400 if told else 200
    return page(
        request, "kolada", status, domains=names, counties=counties(), found=found, now=sent.one("omrade"),
        ticked=sent.all("lan"), anew=bool(sent.one("pa-nytt")), told=told.splitlines(),
    )  # fmt: skip


def fetch(request: Request, form: Form) -> Response:
    """Fetch the chosen counties' key figures."""
    return begun(request, form, _fetch_order, _kolada)


def _fetch_order(_request: Request, form: Form) -> Order:
    known, domain = counties(), chosen(form.one("omrade"), fetchable(), "vad som ska hämtas")
    wanted = [known[chosen(code, known, "län")] for code in form.all("lan")]
    if not wanted:
        raise UserError("Kryssa i minst ett län.")
    words = ["fetch", f"--domain={domain}", *(["--refresh"] if form.one("pa-nytt") else []), "--"]
    names = listing([one.name for one in wanted])
    on = {"domain": domain, "edition": CURRENT, "county": wanted[0].code if len(wanted) == 1 else ""}
    return Order(
        "fetch", f"Hämtar från Kolada: {names}", domain, [[*words, *(one.short for one in wanted)]], "kept", on=on
    )


def surveyed() -> dict[str, str]:
    """Return the editions that have a survey to fill in; the latest first."""
    return {year: f"Utgåvan {year}" for year, home in reversed(editions().items()) if (home / "survey").is_dir()}


def survey(request: Request) -> Response:
    """Show how the form is made, and where it is dropped when it is filled in."""
    return _survey(request, Form({}))


def _survey(request: Request, sent: Form, told: str = "") -> Response:
    """Show the two forms of the survey, as one was sent, with what is wrong with it."""
    return page(
        request, "survey", 400 if told else 200, counties={code: one.name for code, one in counties().items()},
        editions=surveyed(), county=sent.one("lan"), year=sent.one("utgava"), told=told.splitlines(),
    )  # fmt: skip


def form(request: Request, sent: Form) -> Response:
    """Make the workbook that a county's municipalities answer the survey in."""
    return begun(request, sent, _form_order, _survey)


def _form_order(_request: Request, sent: Form) -> Order:
    place = counties()[chosen(sent.one("lan"), counties(), "län")]
    year = chosen(sent.one("utgava"), surveyed(), "utgåva")
    return made_file("enkat", "Gör enkäten", ["survey", "form", f"--edition={year}"], place, form_name(place, year))


def template(request: Request, sent: Form) -> Response:
    """Make the workbook that a county's results are filled in."""
    return begun(request, sent, _template_order, ask_again)


def _template_order(_request: Request, sent: Form) -> Order:
    place = counties()[chosen(sent.one("mall-lan"), counties(), "län")]
    return made_file("template", "Gör mallen", ["template"], place, template_name(place, edition_folder()))


def made_file(kind: str, title: str, words: Sequence[str], place: Place, name: str) -> Order:
    """Return the order to make a workbook of a county, called so, to be taken home."""
    commands = [[*words, f"--output=files/{name}", "--", place.short]]
    return Order(kind, f"{title}: {place.name}", place.code, commands)


def results(request: Request, sent: Form) -> Response:
    """Build the preliminary report of a form that is filled in."""
    return begun(request, sent, _results_order, _survey)


def _results_order(request: Request, sent: Form) -> Order:
    path = receive(ground_of(request), sent)
    command = ["survey", "results", "--", str(path)]
    return Order("survey", f"Preliminär rapport ur {path.name}", path.name, [command], upload=str(path.parent))


def review(request: Request) -> Response:
    """Show what does not add up in a form, beside the answers: the review that lies with the preliminary report."""
    report = named(request)
    if REVIEW_FILE not in report.files:
        raise HTTPException(404)
    book = open_book(ground_of(request).folders.reports / report.name / REVIEW_FILE)
    sheets = {
        name: [told for row in sorted(sheet.texts) if any(told := sheet.texts[row])]
        for name, sheet in book.sheets.items()
    }
    shown = {name: rows for name, rows in sheets.items() if rows}
    return page(request, "review", report=report, sheets=shown, file=REVIEW_FILE)
