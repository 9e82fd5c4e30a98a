"""Ask Kolada's API v3: slowly, again when it stumbles, every page, and never anything but what was asked for.

Kolada wants fewer than 5 requests a second and at most 25 ids in one part of an address; an answer is
`{"values", "count", "next_url", "previous_url"}`. Whatever differs from that is an error that names the address.
"""

import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from oj.errors import UserError

BASE = "https://api.kolada.se/v3/"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_IDS = 25
MOST_ITEMS = 5000  # on one page
MOST_PAGES = 5000
ATTEMPTS = 5
LONGEST_WAIT = 300.0  # seconds that we are willing to wait when Kolada asks us to
MOST_REDIRECTS = 5
UNCHANGED = "Inget har ändrats på disken."

logging.getLogger("stamina").addHandler(logging.NullHandler())  # a retry is no news to a coordinator


@dataclass(frozen=True)
class Page:
    """One answer as it came, from where, and the items in it."""

    address: str
    body: bytes
    items: list[Any]


@dataclass
class Pace:
    """Waits so that there is at least `gap` seconds between two requests."""

    gap: float = 0.25
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    last: float = float("-inf")

    def wait(self) -> None:
        """Return when the next request may be made."""
        early = self.last + self.gap - self.clock()
        if early > 0:
            self.sleep(early)
        self.last = self.clock()


def base_address(given: str = "") -> str:
    """Return the API's address: what is given, else `OJ_KOLADA_URL`, else Kolada's own; it ends with a slash.

    Raises UserError for another protocol than https, except http to this computer itself.

    >>> base_address("http://127.0.0.1:8765/v3")
    'http://127.0.0.1:8765/v3/'
    """
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
    """Return a client that checks certificates, follows no redirects by itself and goes past proxies to loopback.

    Raises UserError when the computer's settings of proxy or certificates cannot be used.
    """
    try:
        return httpx.Client(
            timeout=httpx.Timeout(60.0, connect=15.0),
            follow_redirects=False,
            trust_env=urlsplit(base).hostname not in LOOPBACK,
            headers={"Accept": "application/json", "User-Agent": "oj-lansrapport"},
            transport=transport,
        )
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
        raise UserError(
            f"Datorns inställningar för nätet (HTTPS_PROXY, SSL_CERT_FILE) går inte att använda: {error}"
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
    pace = pace or Pace()
    address: str | None = f"{base}{asked}?per_page={page_size}"
    seen: set[str] = set()
    while address:
        if address in seen or len(seen) >= MOST_PAGES:
            raise UserError(f"Kolada skickar oss runt i en ring av sidor utan slut: {address}. {UNCHANGED}")
        seen.add(address)
        body = _body(http, address, pace)
        items, following = _opened(body, address)
        yield Page(address, body, items)
        address = _same_host(following, address, base) if following else None


def _body(http: httpx.Client, address: str, pace: Pace) -> bytes:
    """Return an answer's bytes, asked for again as long as that can help."""
    import stamina

    try:
        for attempt in stamina.retry_context(
            on=partial(pause_after, now=datetime.now), attempts=ATTEMPTS, timeout=None, wait_initial=0.5, wait_max=10
        ):
            with attempt:
                return _once(http, address, pace)
    except httpx.HTTPStatusError as error:
        raise UserError(_refused(error.response, address)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UserError(_unreachable(error, address)) from error
    raise AssertionError("unreachable")


def _once(http: httpx.Client, address: str, pace: Pace) -> bytes:
    """Return one answer's bytes; a redirect is followed only to the same host."""
    current = address
    for _ in range(MOST_REDIRECTS):
        pace.wait()
        response = http.get(current)
        if not response.has_redirect_location:
            response.raise_for_status()
            return response.content
        current = _same_host(response.headers["Location"], current, address)
    raise UserError(f"Kolada skickar oss runt i en ring av hänvisningar: {address}. {UNCHANGED}")


def pause_after(error: Exception, now: Callable[..., datetime] = datetime.now) -> bool | float:
    """Return whether to try again after an error, or after how many seconds where the server says so (Retry-After).

    Too many requests, a server's own fault, a timeout and a broken connection may pass; nothing else does.

    >>> pause_after(ValueError("annat"))
    False
    """
    if isinstance(error, httpx.HTTPStatusError):
        if error.response.status_code != 429 and error.response.status_code < 500:
            return False
        told = _retry_after(error.response.headers.get("Retry-After", ""), now)
        return True if told is None else told if told <= LONGEST_WAIT else False
    return isinstance(error, httpx.TransportError) and not _certificate(error)


def _retry_after(told: str, now: Callable[..., datetime]) -> float | None:
    """Return the seconds that a Retry-After header says, in seconds or as a date; None for neither."""
    if told.strip().isdigit():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _certificate(error: Exception) -> bool:
    return "CERTIFICATE_VERIFY_FAILED" in str(error)


def _refused(response: httpx.Response, address: str) -> str:
    told = " ".join(response.text.split())[:200] if response.is_client_error else ""
    after = response.headers.get("Retry-After", "")
    later = f" Servern ber oss vänta: Retry-After {after}." if after else ""
    said = f" Svaret: ”{told}”." if told else ""
    return f"Kolada svarade {response.status_code} på {address}.{said}{later} {UNCHANGED}"


def _unreachable(error: Exception, address: str) -> str:
    if _certificate(error):
        why = "Certifikatet kan inte godkännas, så svaret kan komma från någon annan."
    elif isinstance(error, httpx.TimeoutException):
        why = "Svaret dröjde för länge."
    else:
        why = f"Anslutningen gick inte: {error}." if str(error) else "Anslutningen bröts."
    return f"Kolada kan inte nås på {address}, efter upp till {ATTEMPTS} försök. {why} {UNCHANGED}"


def _opened(body: bytes, address: str) -> tuple[list[Any], str | None]:
    """Return an answer's items and the address of its next page, if there is one."""
    try:
        answer = json.loads(body, parse_constant=_no_constant)
        items, count, following = answer["values"], answer["count"], answer.get("next_url")
        if b"\\ud" in body.lower():  # half a character cannot be written to a file
            json.dumps(answer, ensure_ascii=False).encode()
        right = isinstance(items, list) and type(count) is int and isinstance(following, str | None)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(f"Svaret från {address} har inte den form som Kolada brukar ha. {UNCHANGED}") from error
    if not right:
        raise UserError(f"Svaret från {address} har inte den form som Kolada brukar ha. {UNCHANGED}")
    if count != len(items):
        raise UserError(f"Svaret från {address} säger {count} uppgifter men har {len(items)}. {UNCHANGED}")
    return items, following or None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


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
        raise UserError(f"Svaret från {current} hänvisar till en annan server: {link!a}. Den följs inte. {UNCHANGED}")
    return target._replace(scheme=own.scheme, netloc=own.netloc).geturl()
