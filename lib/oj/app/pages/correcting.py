"""A known error in a source, corrected: which cell, what it should be, why, and who decided."""

from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from oj.app.asking.page import Form, chosen, ground_of, page, to
from oj.app.work.jobs import Order, begin
from oj.doors.shown import read_shown_corrections
from oj.facts.catalog import every_indicator
from oj.facts.datapackage import read_table
from oj.facts.editions import asking_editions, domain_folder, domain_of, domains
from oj.facts.places import all_places
from oj.sources.corrections import table_paths
from oj.sources.origins import sources
from oj.words.frames import each_row
from oj.words.vocabulary import ANSWER_WORDS, STATUSES

HISTORY = "history"
COLUMNS = {"answer": "Svaret", "value": "Talet", "status": "Varför uppgiften saknas", "numerator": "Täljaren",
           "denominator": "Nämnaren"}  # fmt: skip


def show(request: Request) -> Response:
    """Show the corrections that there are, and ask for a new one."""
    known = {name: domain_of(home).name for name, home in domains().items() if asking_editions(home)}
    domain = request.query_params.get("omrade", "") or domain_folder().name
    home = domains()[chosen(domain, known, "verksamhetsområde")]
    titles = {f"results-{row.source}": row.title for row in each_row(sources(home))}
    tables = {name: str(titles.get(name, name)) for name in table_paths(home)} | {HISTORY: "Tidigare år"}
    table = chosen(request.query_params.get("tabell", "") or next(iter(tables)), tables, "källa")
    return page(
        request, "corrections", domains=known, domain=domain, tables=tables, table=table,
        measures=measures(home, table), edition=[*asking_editions(home)][-1], columns=COLUMNS,
        corrections=_told(home),
        places={code: one.name for code, one in all_places().items()},
    )  # fmt: skip


def measures(home: Path, table: str) -> dict[str, str]:
    """Return what a table's rows can be about, by id."""
    if table == HISTORY:
        series = read_table("series", home)
        return dict(zip(series["series"].astype(str), series["title"].astype(str), strict=True))
    return {name: one.title for name, one in every_indicator(home).items()}


def _told(home: Path) -> list[Mapping[str, str]]:
    names, places = {name: one.title for name, one in every_indicator(home).items()}, all_places()
    rows = [row._asdict() for row in each_row(read_shown_corrections(home))]
    return [{**row, "about": names.get(row["about"], row["about"]), "place": places[row["place"]].name} for row in rows]


def save(request: Request, form: Form) -> Response:
    """Write a correction, by the command that does it; it can be undone."""
    home = domains()[chosen(form.one("omrade"), domains(), "verksamhetsområde")]
    table = chosen(form.one("tabell"), table_paths(home), "källa")
    words = {
        "domain": form.one("omrade"), "edition": form.one("utgava"),
        "about": chosen(form.one("matt"), measures(home, table), "mått"),
        "place": chosen(form.one("plats"), all_places(), "plats"),
        "column": chosen(form.one("kolumn"), COLUMNS, "vad som är fel"),
        "new": as_stored(form.one("nytt"), form.one("kolumn")), "reason": form.one("skal"),
        "date": form.one("datum"), "by": form.one("vem"),
    }  # fmt: skip
    command = ["data", "correct", *(f"--{name}={value}" for name, value in words.items()), "--", table]
    title = f"Rättelse: {measures(home, table)[words['about']]}, {all_places()[words['place']].name}"
    return to(f"/arbete/{begin(ground_of(request).home, Order('correct', title, table, [command], 'kept')).number}")


def as_stored(said: str, column: str) -> str:
    """Return what a person writes as it is stored: an answer or a status by its code, a number with a point.

    >>> as_stored("Nej", "answer"), as_stored("0,59", "value"), as_stored("bortfall", "status")
    ('no', '0.59', 'missing')
    """
    words = {word.casefold(): code for code, word in ANSWER_WORDS.items()}
    signs = {one.sign.casefold(): code for code, one in STATUSES.items() if one.sign}
    if column == "answer":
        return words.get(said.casefold(), said)
    return signs.get(said.casefold(), said) if column == "status" else said.replace(",", ".").replace("\xa0", "")
