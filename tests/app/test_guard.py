"""Nobody but the browser that was opened with the token, on this computer, gets anything from the pages."""

import random
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from app.conftest import ADDRESS, Post
from oj.app.asking.ground import Ground
from oj.app.asking.guard import LARGEST
from oj.app.asking.page import PLACES
from oj.app.server import _door
from oj.app.site import routes, site
from oj.app.work.jobs import jobs

SECRET = "den här filen är inte för någon"
PATHS = [
    "/rapporter/../params/report.yml", "/rapporter/%2e%2e/hemligt.txt", "/rapporter/stockholm-2015/../../hemligt.txt",
    "/rapporter/stockholm-2015/%2e%2e/%2e%2e/hemligt.txt", "/rapporter/..%2f..%2fhemligt.txt/x",
    "/utseende/../hemligt.txt",
    "/utseende/%2e%2e%2fhemligt.txt", "/rapporter/stockholm-2015//etc/passwd", "/rapporter/.zip", "/rapporter/...zip",
    "/arbete/1/filer/../../../hemligt.txt", "/arbete/1/filer/%2e%2e", "/rapporter/C:%5Chemligt.txt/index.html",
    "/rapporter/stockholm-2015/genvag.txt",
]  # fmt: skip


@pytest.fixture
def stranger(ground: Ground) -> TestClient:
    """Return a browser that was not let in."""
    return TestClient(site(ground), base_url=ground.origin, follow_redirects=False)


def test_the_address_that_is_told_refuses_nobody_before_the_pages_answer() -> None:
    with _door(0, is_wanted=True) as door, socket.create_connection(door.getsockname(), timeout=5) as early:
        assert early.getpeername() == door.getsockname()


@pytest.mark.parametrize("path", [*PLACES.values(), "/arbete/1", "/rapporter/stockholm-2015/index.html"])
def test_without_the_token_nothing_is_shown(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert (answer.status_code, "oj app" in answer.text) == (403, True)
    assert stranger.get(path, headers={"cookie": "oj=fel"}).status_code == 403
    assert stranger.get("/start?token=fel").status_code == 403


def test_the_token_lets_in(stranger: TestClient) -> None:
    answer = stranger.get("/start?token=hemlig-nyckel")
    assert answer.headers["location"] == "/"
    assert {"HttpOnly", "SameSite=strict"} <= set(answer.headers["set-cookie"].split("; "))
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("host", ["elak.se", "127.0.0.1", "127.0.0.1:1", "localhost:8765", "", f"{ADDRESS}.elak.se"])
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://elak.se", "null", "https://127.0.0.1:8765", "http://127.0.0.1:80", None])
def test_a_form_from_elsewhere_is_refused(client: TestClient, ground: Ground, origin: str | None) -> None:
    headers = {"origin": origin} if origin else {}
    answer = client.post("/bygg", data={"kontroll": ground.form_token, "rapport": "x"}, headers=headers)
    assert answer.status_code == 403
    assert jobs(ground.home) == []


@pytest.mark.parametrize("path", [one.path for one in routes() if "POST" in (one.methods or ())])
def test_a_form_without_our_mark_is_refused(client: TestClient, ground: Ground, path: str) -> None:
    where = path.replace("{number:int}", "1")
    for fields in ({}, {"kontroll": "fel"}, {"kontroll": "hemlig-nyckel"}):
        answer = client.post(where, data=fields, headers={"origin": ground.origin})
        assert (answer.status_code, "Formuläret är för gammalt" in answer.text) == (403, True)
    assert jobs(ground.home) == []


def test_every_answer_forbids_what_is_not_ours(client: TestClient) -> None:
    for path in ("/", "/finns-inte", "/utseende/app.css", "/start"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-frame-options"], headers["x-content-type-options"]) == ("DENY", "nosniff")


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(client: TestClient, ground: Ground, path: str) -> None:
    (ground.folders.reports.parent / "hemligt.txt").write_text(SECRET, encoding="utf-8")
    home = ground.folders.reports / "stockholm-2015"
    home.mkdir(parents=True)
    (home / "genvag.txt").symlink_to(ground.folders.reports.parent / "hemligt.txt")
    manifest = '{"report": "stockholm-2015", "parameters": {"county": "Stockholm", "municipalities": []}, "files": %s}'
    (home / "manifest.json").write_text(manifest % '{"index.html": "", "genvag.txt": ""}', encoding="utf-8")
    answer = client.get(path)
    assert answer.status_code in (303, 307, 404), answer.text
    assert SECRET not in answer.text


def test_too_much_is_refused_also_where_it_does_not_say_so(client: TestClient, ground: Ground) -> None:
    def pieces() -> Any:
        yield b"x" * LARGEST
        yield b"x" * 10

    headers = {"origin": ground.origin, "content-type": "application/x-www-form-urlencoded"}
    assert client.post("/bygg", content=pieces(), headers=headers).status_code == 413
    answer = client.post("/bygg", content=b"", headers={**headers, "content-length": str(LARGEST + 1)})
    assert answer.status_code == 413


def test_a_thousand_requests_of_anything_break_nothing(client: TestClient, ground: Ground, tmp_path: Path) -> None:
    """Whatever comes is answered in Swedish, by no fault of ours, and starts and writes nothing."""
    by = random.Random(17)
    known = [
        one.path.replace("{number:int}", "7").replace("{path:path}", "x").replace("{name}", "y") for one in routes()
    ]
    words = ["", "x", "..", "%00", "å", "'", "<b>", "01", "barn-och-unga/2015", "+", "\x00", "9" * 30, "a" * 3000, "{}"]
    fields = ["lan", "om", "grupp", "kommun", "rapport", "namn", "fil", "gor", "kontroll", "vilka", "tabell", "omrade"]
    before = {path for path in tmp_path.rglob("*") if path.name != "fel.txt"}
    for _ in range(1000):
        path = (
            by.choice(known)
            if by.random() < 0.8
            else "/" + quote("".join(by.choices("./%åx\\:\0 ", k=by.randint(1, 30))))
        )
        told = {by.choice(fields): by.choice(words) for _ in range(by.randint(0, 4))}
        method = by.choice(["GET", "GET", "POST", "POST", "PUT", "OPTIONS", "HEAD", "TRACE"])
        headers = {"origin": ground.origin} if by.random() < 0.9 else {}
        if method == "POST":
            marked = told | ({"kontroll": ground.form_token} if by.random() < 0.7 else {})
            kinds = [
                {"data": marked},
                {"content": by.randbytes(50), "headers": {"content-type": "multipart/form-data"}},
            ]
            more = dict(by.choice([kinds[0], kinds[0], kinds[1]]))
            answer = client.request(
                method, ground.origin + path, **more | {"headers": {**more.get("headers", {}), **headers}}
            )
        else:
            answer = client.request(method, ground.origin + path, params=told, headers=headers)
        assert answer.status_code < 500, (method, path, told, answer.text[:300])
    assert {path for path in tmp_path.rglob("*") if path.name != "fel.txt"} - before == set()


def test_a_form_may_be_sent_by_our_own_page(post: Post) -> None:
    assert post("/bygg", rapport="finns-inte").status_code == 404
