"""Kolada is asked slowly, again when that can help, for every page, and nothing strange is taken for an answer."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import refused
from oj.sources.kolada.client import BASE, MOST_IDS, base_address, open_client, pages, parts_of
from oj.sources.kolada.download import ATTEMPTS, Pace, pause_after
from oj.words.errors import UserError

ROOT = "https://kolada.example/v3/"
Handler = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds of every sleep, none of which is slept."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    return slept


def answer(items: list[Any], following: str | None = None, **other: Any) -> httpx.Response:
    """Return an answer in Kolada's form."""
    return httpx.Response(200, json={"values": items, "count": len(items), "next_url": following, **other})


def items_of(handle: Handler, asked: str = "kpi/N01951", base: str = ROOT) -> list[Any]:
    """Return every item that the client gets out of a server."""

    def sent(request: httpx.Request) -> httpx.Response:
        made = handle(request)
        return httpx.Response(made.status_code, headers=made.headers, stream=httpx.ByteStream(made.content))

    with open_client(base, httpx.MockTransport(sent)) as http:
        return [item for page in pages(http, base, asked, 2, Pace(gap=0)) for item in page.items]


def in_turn(*answers: httpx.Response | Exception) -> tuple[Handler, list[str]]:
    """Return what answers each request with the next answer, and the addresses that were asked for."""
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        found = answers[min(len(asked), len(answers)) - 1]
        if isinstance(found, Exception):
            raise found
        return found

    return handle, asked


@pytest.mark.parametrize(
    ("given_address", "used"),
    [
        ("", BASE),
        ("https://api.kolada.se/v3", BASE),
        ("http://127.0.0.1:8765/v3/", "http://127.0.0.1:8765/v3/"),
        ("http://localhost:1/v3//", "http://localhost:1/v3/"),
        ("http://[::1]:8765/v3", "http://[::1]:8765/v3/"),
    ],
)
def test_the_address_is_koladas_own_or_what_is_given(
    given_address: str, used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OJ_KOLADA_URL", raising=False)
    assert base_address(given_address) == used


def test_the_address_may_be_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OJ_KOLADA_URL", "https://spegel.example/v3")
    assert base_address() == "https://spegel.example/v3/"
    assert base_address("http://127.0.0.1/v3") == "http://127.0.0.1/v3/"


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("http://api.kolada.se/v3", "https"),
        ("http://127.0.0.1.example/v3", "https"),
        ("ftp://api.kolada.se/v3", "ingen adress"),
        ("api.kolada.se", "ingen adress"),
        ("file:///etc/passwd", "ingen adress"),
        ("https://api.kolada.se:hundra/v3", "ingen adress"),
        ("https://[", "ingen adress"),
        ("https://namn:ord@api.kolada.se/v3", "ingen adress"),
        ("https://api.kolada.se/v3?a=1", "ingen adress"),
    ],
)
def test_another_address_is_refused(address: str, word: str) -> None:
    with refused(address, word):
        base_address(address)


@given(st.lists(st.integers(), unique=True), st.integers(1, MOST_IDS))
def test_parts_hold_every_id_once_and_are_as_few_as_can_be(ids: list[int], most: int) -> None:
    parts = parts_of([str(one) for one in ids], most)
    assert sorted(one for part in parts for one in part) == sorted(map(str, ids))
    assert len(parts) == -(-len(ids) // most)
    assert all(0 < len(part) <= most for part in parts)


@given(st.lists(st.floats(0, 0.4), min_size=6, max_size=40))
def test_never_five_requests_in_a_second(durations: list[float]) -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    pace, made = Pace(clock=lambda: now[0], sleep=sleep), []
    for duration in durations:
        pace.wait()
        made.append(now[0])
        now[0] += duration
    assert all(later - first >= 1 - 1e-9 for first, later in zip(made, made[4:], strict=False))


def test_every_page_is_read() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        at = int(request.url.params.get("page", 1))
        following = f"{ROOT}kpi/N01951?page={at + 1}&per_page=2" if at < 4 else None
        return answer([at, 10 * at] if at < 4 else [], following)

    assert items_of(handle) == [1, 10, 2, 20, 3, 30]


@pytest.mark.parametrize("link", ["http://kolada.example/v3/two", "//kolada.example/v3/two", "/v3/two",
                                  "https://kolada.example:443/v3/two"])  # fmt: skip
def test_the_next_page_is_had_over_https_from_the_same_server(link: str) -> None:
    handle, asked = in_turn(answer([1], link), answer([2]))
    assert items_of(handle) == [1, 2]
    assert asked[1] == f"{ROOT}two"


@pytest.mark.parametrize(
    "link",
    ["https://annan.example/v3/two", "https://kolada.example:8443/v3/two", "https://ondska@kolada.example/v3/two",
     "//annan.example/two"],
)  # fmt: skip
def test_another_server_is_never_asked(link: str) -> None:
    handle, asked = in_turn(answer([1], link), answer([2]))
    with refused("en annan server", link, "Inget har ändrats"):
        items_of(handle)
    handle, redirected = in_turn(httpx.Response(302, headers={"Location": link}), answer([2]))
    with refused("en annan server", link):
        items_of(handle)
    assert len(asked) == len(redirected) == 1


@pytest.mark.parametrize("link", ["\x00", "/v3/två", "/v3/\n", "https://[", "https://kolada.example:x/v3/", "x:y"])
def test_a_link_of_odd_letters_is_refused(link: str) -> None:
    handle, _asked = in_turn(answer([1], link))
    with refused("Den följs inte"):
        items_of(handle)


def test_a_redirect_on_the_same_server_is_followed_but_not_round_and_round() -> None:
    handle, asked = in_turn(httpx.Response(307, headers={"Location": "http://kolada.example/v3/kpi/"}), answer([1]))
    assert items_of(handle) == [1]
    assert asked[1] == f"{ROOT}kpi/"
    handle, _asked = in_turn(httpx.Response(307, headers={"Location": f"{ROOT}kpi/N01951"}))
    with refused("ring av hänvisningar"):
        items_of(handle)


def test_pages_in_a_ring_are_refused() -> None:
    with refused("ring av sidor", f"{ROOT}a"):
        items_of(lambda _request: answer([1], f"{ROOT}a"))


def test_pages_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oj.sources.kolada.client.SPARE_PAGES", -2470)
    counter: Iterator[int] = iter(range(100))
    with refused("ring av sidor", f"{ROOT}29", "efter 30 sidor med 30 uppgifter"):
        items_of(lambda _request: answer([1], f"{ROOT}{next(counter)}"))


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>Underh\xc3\xa5ll</html>", b"[]", b"null", b'"text"', b"{}", b'{"values": []}', b'{"count": 0}',
        b'{"values": {}, "count": 0}', b'{"values": null, "count": 0}', b'{"values": [], "count": "0"}',
        b'{"values": [], "count": false}', b'{"values": [], "count": 0, "next_url": 3}', b"\xff\xfe",
        b'{"values": [NaN], "count": 1}', b'{"values": [1], "count": 1', b"[" * 100_000,
        b'{"values": ["\\ud800"], "count": 1}', b'{"values": [], "values": [1], "count": 1}',
        b'{"values": [{"value": 1.0, "value": 2.0}], "count": 1}', b'{"values": [1], "count": 1, "coun\\u0074": 1}',
        b'{"values": [{"a": {"b": null, "b": null}}], "count": 1}', b'{"values": [1], "count": 1, "": 1, "": 1}',
    ],
)  # fmt: skip
def test_an_answer_of_another_form_is_named(body: bytes) -> None:
    with refused("har inte den form", f"{ROOT}kpi/N01951", "Inget har ändrats"):
        items_of(lambda _request: httpx.Response(200, content=body))


def test_an_answer_with_fewer_items_than_it_says_is_refused() -> None:
    with refused("säger 3 uppgifter men har 1"):
        items_of(lambda _request: httpx.Response(200, json={"values": [1], "count": 3, "next_url": None}))


@pytest.mark.parametrize(
    "passing",
    [
        httpx.Response(503), httpx.Response(500), httpx.Response(502), httpx.Response(429),
        httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.ConnectTimeout("slow"),
        httpx.RemoteProtocolError("cut off"), httpx.ReadError("reset"),
    ],
)  # fmt: skip
def test_what_may_pass_is_asked_for_again_after_ever_longer_waits(
    passing: httpx.Response | Exception, naps: list[float]
) -> None:
    handle, asked = in_turn(passing, passing, passing, answer([1]))
    assert items_of(handle) == [1]
    assert len(asked) == 4
    assert [low <= nap <= low + 1 for low, nap in zip((0.5, 1, 2), naps, strict=True)] == [True] * 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
def test_what_will_not_pass_is_asked_for_once(status: int, naps: list[float]) -> None:
    handle, asked = in_turn(httpx.Response(status, json={"detail": "No such thing"}))
    with refused(f"svarade {status} på {ROOT}kpi/N01951", "No such thing", "Inget har ändrats"):
        items_of(handle)
    assert (len(asked), naps) == (1, [])


def test_a_false_certificate_is_not_tried_again(naps: list[float]) -> None:
    handle, asked = in_turn(httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate"))
    with refused("Certifikatet kan inte godkännas"):
        items_of(handle)
    assert (len(asked), naps) == (1, [])


@pytest.mark.parametrize(
    ("failing", "words"),
    [
        (httpx.Response(503), ["503", f"{ROOT}kpi/N01951"]),
        (httpx.ReadTimeout("slow"), ["kan inte nås", "dröjde"]),
        (httpx.ConnectError("connection refused"), ["kan inte nås", "Anslutningen gick inte, eller bröts"]),
        (httpx.ReadError(""), ["kan inte nås", "bröts"]),
    ],
)
def test_what_never_passes_is_told(failing: httpx.Response | Exception, words: list[str], naps: list[float]) -> None:
    handle, asked = in_turn(failing)
    with refused(*words, "Inget har ändrats"):
        items_of(handle)
    assert (len(asked), len(naps)) == (ATTEMPTS, ATTEMPTS - 1)


def test_the_server_is_waited_for_as_long_as_it_says(naps: list[float]) -> None:
    handle, _asked = in_turn(httpx.Response(429, headers={"Retry-After": "7"}), answer([1]))
    assert items_of(handle) == [1]
    assert naps == [7.0]


@pytest.mark.parametrize(
    ("told", "pause"),
    [
        ("0", 0.0),
        ("12", 12.0),
        ("Sun, 22 Nov 2026 07:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 06:00:00 GMT", 0.0),
        ("snart", True),
        ("-3", True),
        ("", True),
        ("301", False),
        ("Mon, 23 Nov 2026 07:00:00 GMT", False),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_in_seconds_or_as_a_date(told: str, pause: bool | float, status: int) -> None:
    request = httpx.Request("GET", ROOT)
    response = httpx.Response(status, headers={"Retry-After": told}, request=request)
    error = httpx.HTTPStatusError("", request=request, response=response)
    found = pause_after(error, now=lambda zone: datetime(2026, 11, 22, 7, tzinfo=UTC).astimezone(zone))
    assert (found, type(found)) == (pause, type(pause))


def test_a_server_that_asks_us_to_wait_for_an_hour_is_not_waited_for(naps: list[float]) -> None:
    handle, asked = in_turn(httpx.Response(429, headers={"Retry-After": "3600"}))
    with refused("429", "Retry-After 3600"):
        items_of(handle)
    assert (len(asked), naps) == (1, [])


def test_only_another_computer_is_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:8080")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:8080")
    with open_client(BASE) as http, open_client("http://127.0.0.1:8765/v3/") as local:
        assert (http.trust_env, local.trust_env) == (True, False)


@pytest.mark.parametrize(
    ("name", "setting"), [("SSL_CERT_FILE", "/finns/inte.pem"), ("HTTPS_PROXY", "konstig://proxy.example:8080"),
                          ("ALL_PROXY", "http://proxy.example:port")]
)  # fmt: skip
def test_settings_of_the_net_that_cannot_be_used_are_told(
    name: str, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, setting)
    with refused("inställningar för nätet går inte att använda", "HTTPS_PROXY", name):
        open_client(BASE)


SCALARS = st.none() | st.booleans() | st.integers(-1, 3) | st.text(max_size=5)
ENVELOPES = st.fixed_dictionaries(
    {}, optional={"values": SCALARS | st.lists(SCALARS, max_size=3), "count": SCALARS, "next_url": SCALARS}
)


@given(st.binary(max_size=60) | SCALARS | ENVELOPES)
def test_whatever_is_answered_it_is_items_or_a_message(content: Any) -> None:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    found: Any
    try:
        found = items_of(lambda _request: httpx.Response(200, content=body))
    except UserError as error:
        found = str(error)
    assert ROOT in found if isinstance(found, str) else found == json.loads(body)["values"]
