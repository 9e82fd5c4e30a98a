"""A server that never ends, fills the memory or drips is left with a clear word; nothing it says is taken for more."""

import gzip
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest

from conftest import refused
from oj.sources.kolada import download as kolada_download
from oj.sources.kolada.client import open_client, pages
from oj.sources.kolada.download import Pace, within

RIGHT = b'{"values": [1], "count": 1, "next_url": null}'
UNCHANGED = "Inget har ändrats på disken."
Sending = Callable[[Any], None]


@contextmanager
def serving(send: Sending) -> Iterator[str]:
    """Serve on loopback whatever `send` writes to each request, and yield the base address."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            with suppress(OSError):  # who asked has gone
                send(self)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v3/"
    finally:
        server.shutdown()
        server.server_close()


def sending(pieces: Callable[[], Iterator[bytes]], **headers: str) -> Sending:
    """Return what answers with some headers and then piece by piece, to the end of the connection."""

    def send(handler: Any) -> None:
        handler.send_response(200)
        for name, one in headers.items():
            handler.send_header(name.replace("_", "-"), one)
        handler.end_headers()
        for piece in pieces():
            handler.wfile.write(piece)

    return send


def asked_of(send: Sending) -> list[Any]:
    """Return the items that the client gets out of a server."""
    with serving(send) as base, open_client(base) as http:
        return [item for page in pages(http, base, "kpi/N01951", 2, Pace(gap=0)) for item in page.items]


def endless() -> Iterator[bytes]:
    while True:
        yield b" " * 1_000_000


def bomb() -> Iterator[bytes]:
    pack = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    while True:
        yield pack.compress(b" " * 10_000_000) or b""


def drip() -> Iterator[bytes]:
    while True:
        yield b" "
        time.sleep(0.02)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let seconds be tenths of a second."""
    monkeypatch.setattr(kolada_download, "SLOW_AFTER", 0.3)
    monkeypatch.setattr(kolada_download, "LONGEST_ANSWER", 0.8)


def test_an_answer_is_read_plain_and_packed() -> None:
    assert asked_of(sending(lambda: iter([RIGHT]))) == [1]
    assert asked_of(sending(lambda: iter([gzip.compress(RIGHT)]), Content_Encoding="gzip")) == [1]


@pytest.mark.parametrize("packing", ["", "gzip"])
def test_an_answer_without_end_fills_no_memory(packing: str) -> None:
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    send = sending(bomb, Content_Encoding="gzip") if packing else sending(endless)
    with refused("är större än 50 megabyte", "kpi/N01951", UNCHANGED):
        asked_of(send)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kB


def test_a_drip_is_left(hasty: None) -> None:
    with refused("kommer för långsamt", UNCHANGED):
        asked_of(sending(drip))


def test_an_answer_that_never_is_ready_is_left(hasty: None) -> None:
    def headers_only(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            handler.wfile.write(b"X: y\r\n")
            time.sleep(0.05)

    began = time.monotonic()
    with refused("var inte färdigt", UNCHANGED):
        asked_of(headers_only)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("headers", "body", "words"),
    [
        ({"Content_Encoding": "br"}, RIGHT, "packat som ”br”"),
        ({"Content_Encoding": "gzip, gzip"}, RIGHT, "packat som ”gzip, gzip”"),
        ({"Content_Encoding": "gzip"}, RIGHT, "felaktigt packat"),
        ({"Content_Encoding": "gzip"}, gzip.compress(RIGHT, mtime=0)[:-9], "felaktigt packat"),
        ({"Content_Encoding": "gzip"}, gzip.compress(RIGHT, mtime=0) * 2, "felaktigt packat"),
        ({"Content_Type": "text/html; charset=utf-8"}, RIGHT, "av slaget text/html; charset=utf-8, inte JSON"),
        ({"Content_Type": "application/xml"}, RIGHT, "inte JSON"),
    ],
)
def test_another_packing_or_kind_is_told(headers: dict[str, str], body: bytes, words: str) -> None:
    with refused(words, UNCHANGED):
        asked_of(sending(lambda: iter([body]), **headers))


def test_all_together_has_limits_of_time_and_size() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0], sleep=lambda _: None)
    pace.wait()
    now[0] = 599
    pace.wait()
    now[0] = 601
    with refused("mer än 10 minuter", UNCHANGED):
        pace.wait()
    pace.count(500_000_000)
    with refused("större än 500 megabyte tillsammans", UNCHANGED):
        pace.count(1)


def test_pages_without_end_are_left_soon() -> None:
    """A page at a time is asked for no more than there can be answers, however many links there are."""
    at: list[int] = []

    def handle(request: httpx.Request) -> httpx.Response:
        at.append(1)
        link = f"{request.url.copy_with(query=None)}?page={len(at)}"
        body = httpx.Response(200, json={"values": [1] * 5000, "count": 5000, "next_url": link}).content
        return httpx.Response(200, stream=httpx.ByteStream(body))

    base = "https://kolada.example/v3/"
    for asked, most in (("municipality", 2), ("data/kpi/N01951/year/2020,2021", 1)):
        at.clear()
        with open_client(base, httpx.MockTransport(handle)) as http, refused("ring av sidor utan slut", UNCHANGED):
            list(pages(http, base, asked, 5000, Pace(gap=0)))
        assert len(at) == most


def test_a_server_cannot_give_the_terminal_orders() -> None:
    from oj.words.plain_text import for_terminal

    def refuse(handler: Any) -> None:
        handler.send_response(400)
        handler.end_headers()
        handler.wfile.write("Nej\x1b]0;titel\x07\x1b[2J\n\nFel: ingenting \u202e".encode())

    with pytest.raises(Exception, match="svarade 400") as caught:
        asked_of(refuse)
    assert "\x1b" not in str(caught.value)
    assert for_terminal(str(caught.value)) == str(caught.value)


def test_work_that_takes_too_long_is_left_and_its_errors_are_raised() -> None:
    with pytest.raises(TimeoutError):
        within(0.05, lambda: time.sleep(2))
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)
