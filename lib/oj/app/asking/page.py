"""A page as it is answered: a template filled in, and a form as it was sent, checked to be ours."""

import hmac
import os
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from oj.app.asking.ground import Ground
from oj.disk.folders import default_folders
from oj.facts.yaml_file import read_yaml
from oj.words.errors import UserError
from oj.words.plain_text import for_terminal
from oj.words.swedish import number

CHECK = "kontroll"  # the field of every form that only ours have
MOST_FIELDS, LARGEST_FIELD, PIECE = 2_000, 20_000, 1 << 20
PLACES = {
    "Rapporter": "/", "Ny rapport": "/ny", "Läs in": "/las-in", "Inläst": "/inlast", "Hämta från Kolada": "/kolada",
    "Enkäten": "/enkaten", "Rättelser": "/rattelser",
}  # fmt: skip


@dataclass(frozen=True)
class Form:
    """What was sent: every field's values, and the file, if any, that was dropped."""

    values: Mapping[str, list[str]]
    file: UploadFile | None = None

    def one(self, name: str) -> str:
        """Return a field's last value, "" where it was left out."""
        return self.values.get(name, [""])[-1].strip()

    def all(self, name: str) -> list[str]:
        """Return every value of a field."""
        return self.values.get(name, [])


def ground_of(request: Request) -> Ground:
    """Return what the pages stand on."""
    found: Ground = request.app.state.ground
    return found


@cache
def environment() -> jinja2.Environment:
    """Return the templates of this room."""
    loader = jinja2.PackageLoader("oj.app", "templates")
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["number"] = number
    return made


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a template as a page."""
    own = {"menu": PLACES, "here": request.url.path, "form_token": ground_of(request).form_token}
    return HTMLResponse(environment().get_template(f"{template}.html.j2").render(own | values), status)


def to(path: str) -> Response:
    """Send the browser on to another page of ours, after a form."""
    return RedirectResponse(path, 303)


def sending(answer: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Return what receives a form that is ours, and answers it aside, so that other pages need not wait."""

    async def receive(request: Request) -> Response:
        try:
            return await received(request)
        except ClientDisconnect:  # a page that was left or loaded again amid an upload; nothing of it was kept
            return Response(status_code=400)

    async def received(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD) as sent:
            values: dict[str, list[str]] = {}
            files = [one for _name, one in sent.multi_items() if isinstance(one, UploadFile) and one.filename]
            for name, one in sent.multi_items():
                if isinstance(one, str):
                    values.setdefault(name, []).append(one)
            form = Form(values, files[0] if files else None)
            if not hmac.compare_digest(form.one(CHECK).encode(), ground_of(request).form_token.encode()):
                raise HTTPException(403, "Formuläret är för gammalt. Gå tillbaka, ladda om sidan och försök igen.")
            return await run_in_threadpool(answer, request, form)

    return receive


def refused(request: Request, error: Exception) -> Response:
    """Tell of what could not be done, in the words of the page."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    told = error.detail if isinstance(error, HTTPException) else str(error)
    if status == 404:
        told = "Sidan finns inte. Den kan ha gällt något som är borttaget."
    return page(request, "fault", status, told=in_the_page(told).splitlines() or [""])


@cache
def _wordings() -> list[tuple[re.Pattern[str], str]]:
    told = read_yaml(Path(__file__).with_name("words.yml"), "words.yml")
    return [(re.compile(pattern), words) for pattern, words in told.items()]


def in_the_page(text: str) -> str:
    """Return what the command line says as it is said to whoever has the pages before them, paths shortened.

    >>> in_the_page("Kör samma sak utan --dry-run (DRY_RUN=1) för att läsa in.")
    'Tryck på Läs in.'
    """
    text = for_terminal(text).replace(f"{default_folders().build.parent}{os.sep}", "")  # which may have spaces in it
    for pattern, words in _wordings():
        text = pattern.sub(words, text)
    return text


def chosen(value: str, allowed: Mapping[str, Any], what: str) -> str:
    """Return a choice that is one of those that were offered; raise UserError for another."""
    if value not in allowed:
        raise UserError(f"Välj {what} i listan.")
    return value
