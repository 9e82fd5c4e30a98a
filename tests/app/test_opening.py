"""The pages are opened in a browser, on this computer alone, and once for each project."""

import socket
import webbrowser

import pytest
import uvicorn

from oj.app.asking.ground import Ground
from oj.app.server import serve


@pytest.fixture
def opened(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the addresses that a browser is opened on, from here on."""
    for module in ("oj.app.server", "oj.app.asking.ground"):
        monkeypatch.setattr(f"{module}.default_folders", lambda: ground.folders)
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: found.append(address) or True)
    return found


def test_who_starts_them_twice_gets_those_that_there_are(
    opened: list[str], ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    doors: list[tuple[str, int]] = []

    def run(_server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        doors.append(sockets[0].getsockname())
        serve(0, told.append, is_shown=True)  # the second one, while the first is at work

    monkeypatch.setattr(uvicorn.Server, "run", run)
    serve(0, told.append, is_shown=True)
    assert [host for host, _port in doors] == ["127.0.0.1"], "nobody on the net reaches them"
    first, second = opened
    assert first == second
    assert first.startswith(f"http://127.0.0.1:{doors[0][1]}/start?token=")
    assert [line.partition(":")[0] for line in told if "http" in line] == ["Sidorna finns på", "Sidorna är redan igång"]


def test_a_browser_that_does_not_open_is_told(opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda _address: False)
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_: None)
    serve(0, told.append, is_shown=True)
    assert "Kopiera adressen till den du använder." in " ".join(told)
