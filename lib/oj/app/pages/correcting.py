"""A known error in a source, corrected: which cell, what it should be, why, and who decided."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from oj.app.asking.page import Form, chosen, ground_of, in_the_page, page
from oj.app.asking.starting import started
from oj.app.pages.working import sent_before
from oj.app.work.jobs import Order, to_undo
from oj.doors.shown import read_shown_corrections
from oj.facts.catalog import every_indicator
from oj.facts.datapackage import read_table, read_text
from oj.facts.editions import asking_editions, domain_folder, domain_of, domains, root_of
from oj.facts.places import all_places
from oj.sources.corrections import table_paths
from oj.sources.draft.correcting import AS_IT_IS, old_value, picked
from oj.sources.origins import sources
from oj.words.days import given_day
from oj.words.errors import UserError
from oj.words.frames import each_row
from oj.words.swedish import listing
from oj.words.vocabulary import ANSWER_WORDS, STATUSES

CELL = ("about", "place", "edition", "column")  # what a correction is of
Read = Callable[[str, Path, str, Mapping[str, str]], str]  # of what a field says, the domain, the table and the form
HISTORY, NUMBER = "history", re.compile(r"-?\d+(\.\d+)?")
COLUMNS = {"answer": "Svaret", "value": "Talet", "status": "Varför uppgiften saknas", "numerator": "Täljaren",
           "denominator": "Nämnaren"}  # fmt: skip
DECIDED = "När det bestämdes"
NOT_WRITTEN = "Rättelsen är inte skriven. Ändra det som är markerat; det andra är kvar."


def show(request: Request) -> Response:
    """Show the corrections that there are, and ask for a new one; what was sent of one that could not be is kept."""
    sent, told = sent_before(request, "correct")
    known = domains_known()
    domain = sent.get("omrade", "") or request.query_params.get("omrade", "") or domain_folder().name
    home = domains()[chosen(domain, known, "verksamhetsområde")]
    tables = tables_of(home)
    asked = sent.get("tabell", "") or request.query_params.get("tabell", "") or next(iter(tables))
    return shown(request, home, chosen(asked, tables, "källa"), sent, {"": "\n".join(told)} if told else {})


def shown(request: Request, home: Path, table: str, sent: Mapping[str, str], wrong: Mapping[str, str]) -> Response:
    """Return the page with a form about a table, filled in as it was sent; what is `wrong` is by field, "" for all."""
    status, usual = 400 if {*wrong} - {""} else 200, {"utgava": rows(home, table)["edition"].max()}
    return page(
        request, "corrections", status, domains=domains_known(), domain=home.name, tables=tables_of(home), table=table,
        measures=measures(home, table), columns=COLUMNS, corrections=_told(home, ground_of(request).home),
        today=date.today().isoformat(), places=places(home, table), sent=dict.fromkeys(FIELDS, "") | usual | {**sent},
        wrong=dict.fromkeys(FIELDS, "") | {**wrong}, told=wrong.get("", "").splitlines(),
    )  # fmt: skip


def domains_known() -> dict[str, str]:
    """Return the domains that have something to correct, and what each is called."""
    return {name: domain_of(home).name for name, home in domains().items() if asking_editions(home)}


def tables_of(home: Path) -> dict[str, str]:
    """Return the tables of a domain that can be corrected, and what each is called."""
    titles = {f"results-{row.source}": str(row.title) for row in each_row(sources(home))}
    return {name: titles.get(name, name) for name in table_paths(home)} | {HISTORY: "Tidigare år"}


def rows(home: Path, table: str) -> pd.DataFrame:
    """Return a table as its source has it, as texts: of what it has no row of there is nothing to correct."""
    path = table_paths(home)[table]
    return read_text(root_of(home) / path, f"data/{path}")


def measures(home: Path, table: str) -> dict[str, str]:
    """Return what a table's rows are about, by id."""
    if table == HISTORY:
        series = read_table("series", home)
        return dict(zip(series["series"].astype(str), series["title"].astype(str), strict=True))
    known = set(rows(home, table)["indicator"])
    return {name: one.title for name, one in every_indicator(home).items() if name in known}


def places(home: Path, table: str) -> dict[str, str]:
    """Return the places that a table has rows of, by code."""
    known = set(rows(home, table)["place"])
    return {code: one.name for code, one in all_places().items() if code in known}


def _told(home: Path, of_pages: Path) -> list[Mapping[str, Any]]:
    """Return the corrections as they are shown, each with the job that wrote it, where that can be undone."""
    names, places = {name: one.title for name, one in every_indicator(home).items()}, all_places()
    jobs = {
        tuple(one.order.on[name] for name in CELL): one
        for one in to_undo(of_pages)
        if one.order.on.keys() >= set(CELL) and not one.order.takes_back
    }
    return [
        {
            **row, "about": names.get(row["about"], row["about"]), "place": places[row["place"]].name,
            "old": as_said(row["old"]), "new": as_said(row["new"]),
            "job": jobs.get(tuple(row[name] for name in CELL)),
        }
        for row in (row._asdict() for row in each_row(read_shown_corrections(home)))
    ]  # fmt: skip


def as_said(stored: str) -> str:
    """Return what is stored as a reader has it: an answer or a status in its words, a number with a comma.

    >>> as_said("yes"), as_said("0.59"), as_said("missing")
    ('Ja', '0,59', 'bortfall')
    """
    status = STATUSES[stored].sign if stored in STATUSES else ""
    return status or ANSWER_WORDS.get(stored, stored.replace(".", ","))


def save(request: Request, form: Form) -> Response:
    """Write a correction, by the command that does it; it can be undone."""
    home = domains()[chosen(form.one("omrade"), domains(), "verksamhetsområde")]
    table = chosen(form.one("tabell"), table_paths(home), "källa")
    sent = {name: form.one(name) for name in FIELDS}
    words, wrong = read_form(sent, home, table)
    if wrong:
        return shown(request, home, table, sent, {"": NOT_WRITTEN, **wrong})
    command = ["data", "correct", *(f"--{name}={value}" for name, value in words.items()), "--", table]
    title = f"Rättelse av {measures(home, table)[words['about']]}, {all_places()[words['place']].name}"
    on = {**sent, "omrade": home.name, "tabell": table} | {name: words[name] for name in CELL}
    order = Order("correct", title, table, [command], "kept", on=on)
    return started(request, order)


def read_form(sent: Mapping[str, str], home: Path, table: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a form says, by the words of the command, and what is wrong with it, by field: all at once."""
    words, wrong = {"domain": home.name}, dict[str, str]()
    for field, (word, read) in FIELDS.items():
        try:
            words[word] = read(sent[field], home, table, sent)
        except UserError as error:
            wrong[field] = str(error).removeprefix(f"{DECIDED}: ")
    if not wrong:
        row = picked(table, words["edition"], words["about"], words["place"])
        try:
            old = old_value(table, row, words["column"], home)
        except UserError as error:
            wrong["utgava"] = in_the_page(str(error))
        else:
            wrong |= {"nytt": AS_IT_IS} if old == words["new"] else {}
    return words, wrong


def _day(said: str, *_where: Any) -> str:
    if not said:
        raise UserError("Skriv vilken dag det bestämdes.")
    return given_day(said, DECIDED)


def _said(lacking: str) -> Read:
    """Return what reads a text that must not be lacking."""

    def read(said: str, *_where: Any) -> str:
        if not said:
            raise UserError(lacking)
        return said

    return read


def as_stored(said: str, column: str) -> str:
    """Return what a person writes as it is stored: an answer or a status by its code, a number with a point.

    >>> as_stored("Nej", "answer"), as_stored("0,59", "value"), as_stored("bortfall", "status")
    ('no', '0.59', 'missing')
    """
    words = {word.casefold(): code for code, word in ANSWER_WORDS.items()}
    signs = {one.sign.casefold(): code for code, one in STATUSES.items() if one.sign}
    if not said:
        return ""
    if column in ("answer", "status"):
        known = words if column == "answer" else signs
        if said.casefold() not in known:
            allowed = (
                ANSWER_WORDS.values() if column == "answer" else [one.sign for one in STATUSES.values() if one.sign]
            )
            raise UserError(f"”{said}” ska vara {listing([*allowed], 'eller')}.")
        return known[said.casefold()]
    written = said.replace(",", ".").replace("\xa0", "").replace(" ", "")
    if not NUMBER.fullmatch(written):
        raise UserError(f"”{said}” är inget tal. Skriv en andel som 0,59 och inte som 59 %.")
    return written


FIELDS: Mapping[str, tuple[str, Read]] = {  # of the form: the command's word for each, and how it is read
    "utgava": ("edition", _said("Skriv vilket år uppgiften gäller.")),
    "matt": ("about", lambda said, home, table, _sent: chosen(said, measures(home, table), "mått")),
    "plats": ("place", lambda said, home, table, _sent: chosen(said, places(home, table), "plats")),
    "kolumn": ("column", lambda said, _home, _table, _sent: chosen(said, COLUMNS, "vad som är fel")),
    "nytt": ("new", lambda said, _home, _table, sent: as_stored(said, sent["kolumn"]) if sent["kolumn"] else said),
    "skal": ("reason", _said("Skriv varför uppgiften är fel.")),
    "vem": ("by", _said("Skriv vem som bestämde.")),
    "datum": ("date", _day),
}
