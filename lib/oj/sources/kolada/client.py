"""Ask Kolada's API v3: slowly, again when it stumbles, every page, and never anything but what was asked for.

Kolada wants fewer than 5 requests a second and at most 25 ids in one part of an address; an answer is
`{"values", "count", "next_url", "previous_url"}`. Whatever differs from that is an error that names the address.
"""

import json
import logging
import math
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import stamina

from oj.sources.kolada.download import ATTEMPTS, Pace, download, pause_after, refused, unchanged, unreachable
from oj.words.errors import UserError
from oj.words.plain_text import beginning

BASE = "https://api.kolada.se/v3/"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_IDS = 25
MOST_ITEMS = 5000  # on one page
MOST_PLACES = 1000  # that a key figure can have values of in a year
SPARE_PAGES = 100  # more than a question needs, for a server whose pages are small
MOST_REDIRECTS = 5
NOT_THERE = (404, 410)
IDS = re.compile(r"((?:data/)?kpi/)([\w,]+)(.*)")
ODD = "har inte den form som Kolada brukar ha."

logging.getLogger("stamina").addHandler(logging.NullHandler())  # a retry is no news to a coordinator


@dataclass(frozen=True)
class Page:
    """One answer as it came, from where, and the items in it."""

    address: str
    body: bytes
    items: list[Any]


class NotThereError(UserError):
    """What was asked for is not there: 404 or 410."""


def base_address(given: str = "") -> str:
    """Return the API's address, given or in `OJ_KOLADA_URL` or Kolada's own; raise UserError for one without https."""
    address = given or os.environ.get("OJ_KOLADA_URL", "") or BASE
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise UserError(f"”{address}” är ingen adress. Den ska se ut som {BASE}") from error
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment or parts.username:
        raise UserError(f"”{address}” är ingen adress till Kolada. Den ska se ut som {BASE}")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise UserError(f"”{address}” är inte skyddad. Skriv https; http får bara gå till den egna datorn (127.0.0.1).")
    return address.rstrip("/") + "/"


def open_client(base: str, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return a client that checks certificates, follows no redirects by itself and goes past proxies to loopback."""
    try:
        return httpx.Client(
            timeout=httpx.Timeout(30.0, connect=15.0),
            follow_redirects=False,
            trust_env=urlsplit(base).hostname not in LOOPBACK,
            headers={"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "oj-lansrapport"},
            transport=transport,
        )
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
        raise UserError(
            "Datorns inställningar för nätet går inte att använda. Se över vad HTTPS_PROXY, HTTP_PROXY, ALL_PROXY och "
            "SSL_CERT_FILE är satta till, eller fråga den som sköter datorn."
        ) from error


def parts_of(ids: list[str], most: int = MOST_IDS) -> list[list[str]]:
    """Return the ids dealt out in as few parts as an address allows, of nearly the same size.

    They are dealt like cards, so that withdrawn ids at the end of the list do not make up a part of their own.

    >>> parts_of(["a", "b", "c"], most=2)
    [['a', 'c'], ['b']]
    """
    count = -(-len(ids) // most)
    return [ids[start::count] for start in range(count)]


def pages(http: httpx.Client, base: str, asked: str, page_size: int = MOST_ITEMS, pace: Pace | None = None
          ) -> Iterator[Page]:  # fmt: skip
    """Yield every page of what was asked for, such as `kpi/N01951`; raise UserError when one cannot be had."""
    pace, most, got = pace or Pace(), most_items(asked), 0
    address, seen = f"{base}{asked}?per_page={page_size}", set[str]()
    while address:
        if address in seen or len(seen) >= SPARE_PAGES + most // page_size or got > most:
            so_far = f"efter {len(seen)} sidor med {got} uppgifter"
            raise unchanged(f"Kolada skickar oss runt i en ring av sidor utan slut: {address}, {so_far}.")
        seen.add(address)
        body = _body(http, address, pace)
        items, following = _opened(body, address)
        got += len(items)
        yield Page(address, body, items)
        address = _same_host(following, address, base) if following else ""


def pages_of_present(get: Callable[[str], Iterator[Page]], asked: str) -> Iterator[Page]:
    """Yield every page of what was asked for; where 404 is answered, of each half of the ids, and so on.

    Kolada leaves out an id that is withdrawn, or answers 404 on all that were asked for with it. What is not there by
    itself is an empty page; what has no ids raises NotThereError.
    """
    begun = False
    try:
        for page in get(asked):
            begun = True
            yield page
        return
    except NotThereError:
        found = None if begun else IDS.fullmatch(asked)
        if found is None:
            raise
    kind, names, rest = found[1], found[2].split(","), found[3]
    if len(names) == 1:
        yield Page(asked, b'{"values": [], "count": 0, "next_url": null}', [])
        return
    for part in (names[: len(names) // 2], names[len(names) // 2 :]):
        yield from pages_of_present(get, f"{kind}{','.join(part)}{rest}")


def most_items(asked: str) -> int:
    """Return how many items can answer what is asked: of values, those of all places.

    >>> most_items("data/kpi/N01951,N01994/year/2020,2021"), most_items("municipality")
    (4000, 5000)
    """
    kind, *parts = asked.split("/")
    if kind != "data":
        return MOST_ITEMS
    return math.prod(part.count(",") + 1 for part in parts) * MOST_PLACES


def _body(http: httpx.Client, address: str, pace: Pace) -> bytes:
    """Return an answer's bytes, asked for again as long as that can help."""
    try:
        waits = stamina.retry_context(on=pause_after, attempts=ATTEMPTS, timeout=None, wait_initial=0.5, wait_max=10)
        for attempt in waits:
            with attempt:
                return _once(http, address, pace)
    except httpx.HTTPStatusError as error:
        kind = NotThereError if error.response.status_code in NOT_THERE else UserError
        raise kind(refused(error.response, address)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UserError(unreachable(error, address)) from error
    raise AssertionError


def _once(http: httpx.Client, address: str, pace: Pace) -> bytes:
    """Return one answer's bytes; a redirect is followed only to the same host."""
    current = address
    for _ in range(MOST_REDIRECTS):
        pace.wait()
        response = download(http, current)
        pace.count(len(response.content))
        if not response.has_redirect_location:
            response.raise_for_status()
            kind = response.headers["Content-Type"]
            if kind and "json" not in kind.lower():
                raise unchanged(f"Svaret från {address} är av slaget {beginning(kind, 60)}, inte JSON.")
            return response.content
        current = _same_host(response.headers["Location"], current, address)
    raise unchanged(f"Kolada skickar oss runt i en ring av hänvisningar: {address}.")


def _opened(body: bytes, address: str) -> tuple[list[Any], str]:
    """Return an answer's items and the address of its next page, "" for none."""
    try:
        answer = json.loads(body, parse_constant=_no_constant, object_pairs_hook=_each_once)
        items, count, following = answer["values"], answer["count"], answer.get("next_url")
        if b"\\ud" in body.lower():  # half a character cannot be written to a file
            json.dumps(answer, ensure_ascii=False).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise unchanged(f"Svaret från {address} {ODD}") from error
    if not isinstance(items, list) or type(count) is not int or not isinstance(following, str | None):
        raise unchanged(f"Svaret från {address} {ODD}")
    if count != len(items):
        raise unchanged(f"Svaret från {address} säger {count} uppgifter men har {len(items)}.")
    return items, following or ""


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; raise ValueError where a key stands twice in it, for nobody knows which of them is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _same_host(link: str, current: str, base: str) -> str:
    """Return a link's address with the protocol of `base`; raise UserError when it leads to another host."""
    own = urlsplit(base)
    ports = (own.port,) if own.port else (None, 80, 443)
    try:
        target = urlsplit(urljoin(current, link))
        same = target.hostname == own.hostname and target.port in ports and not target.username
    except ValueError:
        same = False
    if not same or not link.isascii() or not link.isprintable():
        raise unchanged(f"Svaret från {current} hänvisar till en annan server: {link!a}. Den följs inte.")
    return target._replace(scheme=own.scheme, netloc=own.netloc).geturl()
