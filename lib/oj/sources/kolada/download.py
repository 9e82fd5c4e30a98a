"""One answer's bytes, within limits of time and size: no server can keep us waiting for ever or fill the memory.

And when it is asked for again after Kolada stumbled, and what is told when that did not help.
"""

import socket
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Thread
from typing import TypeVar

import httpx

from oj.words.errors import OF_SYSTEM, UserError, why
from oj.words.plain_text import beginning

UNCHANGED = "Inget har ändrats på disken."
LONGEST_ANSWER = 90.0  # seconds for one answer, from the first connection to the last byte
SLOW_AFTER, SLOWEST = 20.0, 1000  # seconds, and from then on bytes a second
LARGEST_ANSWER = 50_000_000  # bytes, both as they come and unpacked
LONGEST_FETCH = 600.0  # seconds for all that is asked
LARGEST_FETCH = 500_000_000  # bytes of all answers, unpacked
PIECE = 1_000_000  # bytes unpacked at a time
ATTEMPTS = 5
LONGEST_WAIT = 60.0  # seconds that we are willing to wait when Kolada asks us to
FALSE_CERTIFICATE = "CERTIFICATE_VERIFY_FAILED"
Got = TypeVar("Got")


def unchanged(told: str) -> UserError:
    """Return what is told where nothing more is fetched, and nothing has changed."""
    return UserError(f"{told} {UNCHANGED}")


@dataclass
class Pace:
    """Waits so that there is at least `gap` seconds between two requests, and holds a fetch within its limits."""

    gap: float = 0.25
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    last: float = float("-inf")
    began: float | None = None
    size: int = 0

    def wait(self) -> None:
        """Return when the next request may be made; raise UserError when all has taken too long."""
        early = self.last + self.gap - self.clock()
        if early > 0:
            self.sleep(early)
        self.last = self.clock()
        self.began = self.last if self.began is None else self.began
        if self.last - self.began > LONGEST_FETCH:
            raise unchanged(f"Hämtningen har tagit mer än {LONGEST_FETCH / 60:.0f} minuter.")

    def count(self, size: int) -> None:
        """Count an answer's bytes; raise UserError when all have become too many."""
        self.size += size
        if self.size > LARGEST_FETCH:
            raise unchanged(f"Svaren är större än {LARGEST_FETCH // 1_000_000} megabyte tillsammans.")


def download(http: httpx.Client, address: str) -> httpx.Response:
    """Return an answer read whole and unpacked; raise UserError for one that is too large, too slow or oddly packed."""

    def get() -> httpx.Response:
        with http.stream("GET", address) as response:
            body = b"".join(_bounded(_unpacked(response, address), address))
            kept = [(name, one) for name, one in response.headers.items() if not name.startswith("content-")]
            kept.append(("Content-Type", response.headers.get("Content-Type", "")))
            return httpx.Response(response.status_code, headers=kept, content=body, request=response.request)

    try:
        return within(LONGEST_ANSWER, get)
    except TimeoutError as error:
        raise unchanged(f"Svaret från {address} var inte färdigt efter {LONGEST_ANSWER:.0f} s.") from error


def within(seconds: float, work: Callable[[], Got]) -> Got:
    """Return what some work gives; raise TimeoutError when it takes longer, wherever it is stuck."""
    done: Future[Got] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    Thread(target=run, daemon=True).start()  # ends with the program where it never gets done
    return done.result(timeout=seconds)


def _bounded(pieces: Iterator[bytes], address: str) -> Iterator[bytes]:
    """Yield an answer's pieces; raise UserError where they are too many or come too slowly."""
    began, size = time.monotonic(), 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise unchanged(f"Svaret från {address} är större än {LARGEST_ANSWER // 1_000_000} megabyte.")
        spent = time.monotonic() - began
        if spent > SLOW_AFTER and size < SLOWEST * spent:
            told = f"{size} byte på {spent:.0f} s. Försök igen senare."
            raise unchanged(f"Svaret från {address} kommer för långsamt: {told}")
        yield piece


def _unpacked(response: httpx.Response, address: str) -> Iterator[bytes]:
    """Yield an answer unpacked, no more than PIECE at a time, so that little that becomes much is seen in time."""
    packing, pieces = response.headers.get("Content-Encoding", "").strip(), _bounded(response.iter_raw(), address)
    if packing.lower() in ("", "identity"):
        yield from pieces
        return
    if packing.lower() not in ("gzip", "x-gzip"):
        raise unchanged(f"Svaret från {address} är packat som ”{packing[:40]}”, som inte kan läsas.")
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                yield unpack.decompress(rest, PIECE)
                rest = unpack.unconsumed_tail
        if not unpack.eof or unpack.unused_data:
            raise zlib.error
    except zlib.error as error:
        raise unchanged(f"Svaret från {address} är felaktigt packat.") from error


def pause_after(error: Exception, now: Callable[..., datetime] = datetime.now) -> bool | float:
    """Return whether to try again after an error, or after how many seconds where the server says so (Retry-After).

    Too many requests, a server's own fault, a timeout and a broken connection may pass; nothing else does.
    """
    if isinstance(error, httpx.HTTPStatusError):
        if error.response.status_code != 429 and error.response.status_code < 500:
            return False
        told = _retry_after(error.response.headers.get("Retry-After", ""), now)
        return True if told is None else told if told <= LONGEST_WAIT else False
    return isinstance(error, httpx.TransportError) and FALSE_CERTIFICATE not in str(error)


def _retry_after(told: str, now: Callable[..., datetime]) -> float | None:
    """Return the seconds that a Retry-After header says, in seconds or as a date; None for neither."""
    if told.strip().isdigit():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def refused(response: httpx.Response, address: str) -> str:
    """Return what is told of an answer that is no answer, with the server's own words as text."""
    told = beginning(response.content[:2000].decode(errors="replace"), 200) if response.is_client_error else ""
    after = response.headers.get("Retry-After", "")
    later = f" Servern ber oss vänta: Retry-After {after}." if after else ""
    said = f" Svaret: ”{told}”." if told else ""
    return f"Kolada svarade {response.status_code} på {address}.{said}{later} {UNCHANGED}"


def unreachable(error: Exception, address: str) -> str:
    """Return what is told where no answer could be had."""
    if FALSE_CERTIFICATE in str(error):
        cause = "Certifikatet kan inte godkännas, så svaret kan komma från någon annan."
    elif isinstance(error, httpx.TimeoutException):
        cause = "Svaret dröjde för länge."
    else:
        cause = _of_connection(error)
    return f"Kolada kan inte nås på {address}, efter upp till {ATTEMPTS} försök. {cause} {UNCHANGED}"


def _of_connection(error: BaseException | None) -> str:
    """Return why there was no connection, by the system's fault behind the program's."""
    while error is not None:
        if isinstance(error, socket.gaierror):
            return "Adressen hittas inte: är datorn på nätet?"
        if isinstance(error, OSError) and error.errno in OF_SYSTEM:
            return f"Anslutningen gick inte: {why(error)}."
        error = error.__cause__ or error.__context__
    return "Anslutningen gick inte, eller bröts."
