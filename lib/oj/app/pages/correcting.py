"""A known error in a source, corrected: which cell, what it should be, why, and who decided."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from oj.app.asking.page import Form, chosen, ground_of, page, to
from oj.app.work.jobs import Order, begin, to_undo
from oj.doors.shown import read_shown_corrections
from oj.facts.catalog import every_indicator
from oj.facts.datapackage import read_table, read_text
from oj.facts.editions import asking_editions, domain_folder, domain_of, domains, root_of
from oj.facts.places import all_places
from oj.sources.corrections import table_paths
from oj.sources.origins import sources
from oj.words.days import given_day
from oj.words.errors import UserError
from oj.words.frames import each_row
from oj.words.swedish import listing
from oj.words.vocabulary import ANSWER_WORDS, STATUSES

CELL = ("about", "place", "edition", "column")  # what a correction is of
HISTORY, NUMBER = "history", re.compile(r"-?\d+(\.\d+)?")
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
        measures=measures(home, table), edition=rows(home, table)["edition"].max(), columns=COLUMNS,
        corrections=_told(home, ground_of(request).home), today=date.today().isoformat(),
        places=places(home, table),
    )  # fmt: skip


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
        if one.order.on.keys() >= set(CELL) and not one.undoes
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
    words = {
        "domain": form.one("omrade"), "edition": form.one("utgava"),
        "about": chosen(form.one("matt"), measures(home, table), "mått"),
        "place": chosen(form.one("plats"), all_places(), "plats"),
        "column": chosen(form.one("kolumn"), COLUMNS, "vad som är fel"),
        "new": as_stored(form.one("nytt"), form.one("kolumn")), "reason": form.one("skal"),
        "date": given_day(form.one("datum"), "När det bestämdes"), "by": form.one("vem"),
    }  # fmt: skip
    command = ["data", "correct", *(f"--{name}={value}" for name, value in words.items()), "--", table]
    title = f"Rättelse av {measures(home, table)[words['about']]}, {all_places()[words['place']].name}"
    on = {name: words[name] for name in CELL}
    order = Order("correct", title, table, [command], "kept", on=on)
    return to(f"/arbete/{begin(ground_of(request).home, order).number}")


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
            raise UserError(f"Vad som ska stå: ”{said}” ska vara {listing([*allowed], 'eller')}.")
        return known[said.casefold()]
    written = said.replace(",", ".").replace("\xa0", "").replace(" ", "")
    if not NUMBER.fullmatch(written):
        raise UserError(f"Vad som ska stå: ”{said}” är inget tal. Skriv en andel som 0,59 och inte som 59 %.")
    return written
