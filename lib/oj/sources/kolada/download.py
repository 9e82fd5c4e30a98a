"""One answer's bytes, within limits of time and size: no server can keep us waiting for ever or fill the memory."""

import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeVar

import httpx

from oj.words.errors import UserError

UNCHANGED = "Inget har ändrats på disken."
LONGEST_ANSWER = 90.0  # seconds for one answer, from the first connection to the last byte
SLOW_AFTER, SLOWEST = 20.0, 1000  # seconds, and from then on bytes a second
LARGEST_ANSWER = 50_000_000  # bytes, both as they come and unpacked
LONGEST_FETCH = 600.0  # seconds for all that is asked
LARGEST_FETCH = 500_000_000  # bytes of all answers, unpacked
PIECE = 1_000_000  # bytes unpacked at a time
Got = TypeVar("Got")


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
            raise UserError(f"Hämtningen har tagit mer än {LONGEST_FETCH / 60:.0f} minuter. {UNCHANGED}")

    def count(self, size: int) -> None:
        """Count an answer's bytes; raise UserError when all have become too many."""
        self.size += size
        if self.size > LARGEST_FETCH:
            raise UserError(f"Svaren är större än {LARGEST_FETCH // 1_000_000} megabyte tillsammans. {UNCHANGED}")


def download(http: httpx.Client, address: str) -> httpx.Response:
    """Return an answer read whole and unpacked; raise UserError for one that is too large, too slow or oddly packed."""

    def get() -> httpx.Response:
        with http.stream("GET", address) as response:
            body = b"".join(_pieces(response, address))
            kept = [(name, one) for name, one in response.headers.items() if not name.startswith("content-")]
            kept.append(("Content-Type", response.headers.get("Content-Type", "")))
            return httpx.Response(response.status_code, headers=kept, content=body, request=response.request)

    try:
        return within(LONGEST_ANSWER, get)
    except TimeoutError as error:
        raise UserError(f"Svaret från {address} var inte färdigt efter {LONGEST_ANSWER:.0f} s. {UNCHANGED}") from error


def within(seconds: float, work: Callable[[], Got]) -> Got:
    """Return what some work gives; raise TimeoutError when it takes longer, wherever it is stuck.

    >>> within(5, lambda: "färdigt")
    'färdigt'
    """
    done: SimpleQueue[tuple[Got | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:
            done.put((None, error))

    threading.Thread(target=run, daemon=True).start()  # ends with the program where it never gets done
    try:
        found, error = done.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return found  # type: ignore[return-value]


def _pieces(response: httpx.Response, address: str) -> Iterator[bytes]:
    """Yield an answer's bytes unpacked, piece by piece."""
    size = 0
    for piece in _unpacked(_arriving(response, address), response.headers.get("Content-Encoding", ""), address):
        size += len(piece)
        _refuse_large(size, address)
        yield piece


def _arriving(response: httpx.Response, address: str) -> Iterator[bytes]:
    """Yield an answer's bytes as they come; raise UserError where they are too many or too slow."""
    began, size = time.monotonic(), 0
    for piece in response.iter_raw():
        size += len(piece)
        _refuse_large(size, address)
        spent = time.monotonic() - began
        if spent > SLOW_AFTER and size < SLOWEST * spent:
            raise UserError(
                f"Svaret från {address} kommer för långsamt: {size} byte på {spent:.0f} s. Försök igen senare. "
                f"{UNCHANGED}"
            )
        yield piece


def _refuse_large(size: int, address: str) -> None:
    if size > LARGEST_ANSWER:
        raise UserError(f"Svaret från {address} är större än {LARGEST_ANSWER // 1_000_000} megabyte. {UNCHANGED}")


def _unpacked(pieces: Iterator[bytes], packing: str, address: str) -> Iterator[bytes]:
    """Yield bytes unpacked, no more than PIECE at a time, so that little that becomes much is seen in time."""
    if packing.strip().lower() in ("", "identity"):
        yield from pieces
        return
    if packing.strip().lower() not in ("gzip", "x-gzip"):
        raise UserError(f"Svaret från {address} är packat som ”{packing[:40]}”, som inte kan läsas. {UNCHANGED}")
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                yield unpack.decompress(rest, PIECE)
                rest = unpack.unconsumed_tail
    except zlib.error as error:
        raise UserError(f"Svaret från {address} är felaktigt packat. {UNCHANGED}") from error
    if not unpack.eof or unpack.unused_data:
        raise UserError(f"Svaret från {address} är felaktigt packat. {UNCHANGED}")
