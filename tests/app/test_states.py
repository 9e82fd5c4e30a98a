"""How the pages look in the states that a day without trouble never shows: axe finds nothing, wide and on a phone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from openpyxl import Workbook
from starlette.testclient import TestClient

from app.conftest import Post, end
from app.test_build_page import WANTED
from app.test_other_pages import CORRECTION, do
from app.test_reading_page import dropped, tried
from browsing import chromium, violations
from oj.app.asking.ground import Ground
from oj.app.work import jobs
from sources.sheet_books import book

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def states(
    client: TestClient, post: Post, ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> dict[str, str]:  # fmt: skip
    """Return the address of a page in each state, by what it is."""
    found = {}
    post("/ny", **WANTED)
    found["a job that failed"] = f"/arbete/{end(ground, 2, 'Fel: Kapitlet saknas.', 'Hela listan: build/fel/a.txt')}"
    post("/ny", **WANTED)
    found["a job that was stopped"] = f"/arbete/{end(ground, 130, 'Kör notebookerna')}"
    dead = jobs.begin(ground.home, jobs.Order("fetch", "Hämtar från Kolada: Skåne län", "lss", [["fetch"]], "kept"))
    monkeypatch.setattr(
        jobs, "_state", lambda one: jobs._ended(one) or (jobs.DIED if one == dead.folder else "running")
    )
    found["a job that died"] = f"/arbete/{dead.number}"
    post("/rattelser", **CORRECTION)
    found["a correction, written"] = f"/arbete/{do(ground, capsys).number}"
    found["a correction in the list"] = "/rattelser"
    post("/rattelser", **{**CORRECTION, "plats": "0191"})
    found["a correction to change"] = f"/rattelser?fran={end(ground, 2, 'Fel: En dold uppgift får inte rättas.')}"
    name = preliminary(ground)
    post("/enkaten/svar", files={"fil": ("ifylld.xlsx", b"PK")})
    found["a survey that was built"] = f"/arbete/{end(ground, 0, f'reports/{name}/index.html')}"
    found["a preliminary report in the list"], found["its review"] = "/", f"/granskning/{name}"
    path = book(tmp_path / "bok.xlsx", {"2021": [["Kommun", "Aktuell plan"], ["Malmö", "Ja"], ["Lund", "Nej"]]})
    dropped(post, path)
    found["which domain"] = f"/las-in/{tried(ground, monkeypatch, capsys)[0]}"
    post("/ny", **WANTED)
    log = jobs.jobs(ground.home)[0].folder / "log"
    log.write_text("Kör notebookerna\n  2 av 3 kapitel körs\n  index.ipynb\n", encoding="utf-8")
    found["a job at work"] = f"/arbete/{log.parent.name}"
    found["a fault"] = "/finns-inte"
    return found


def preliminary(ground: Ground) -> str:
    """Make a preliminary report with a review beside it; return its name."""
    home = ground.folders.reports / "stockholm-2015-preliminar"
    home.mkdir(parents=True)
    made = Workbook()
    made.worksheets[0].title = "Läs först"
    made.worksheets[0].append(["Inget är rättat."])
    sheet = made.create_sheet("Granskning")
    for row in (["Kommun", "Ruta", "Fråga", "Iakttagelse"], ["Solna", "Solna C9", "Har ni jour?", "Ja och Nej " * 20]):
        sheet.append(row)
    made.save(home / "granskning.xlsx")
    manifest = {"report": home.name, "parameters": {"county": "Stockholm", "municipalities": []}}
    files = {"granskning.xlsx": "", "index.html": "", "rapport.pdf": ""}
    (home / "manifest.json").write_text(json.dumps(manifest | {"files": files}), encoding="utf-8")
    return home.name


@pytest.fixture
def browser() -> Iterator[Any]:
    """Open a browser."""
    with chromium() as opened:
        yield opened


def test_every_state_can_be_used_by_all(
    states: dict[str, str], client: TestClient, post: Post, ground: Ground, browser: Any
) -> None:
    states["a correction refused"] = refused = "/rattelser/nej"
    looks = ("lansrapport.css", "app.css", "SourceSansPro-Regular.ttf")
    kept = {
        path: client.get(path) for path in (*{*states.values()} - {refused}, *(f"/utseende/{one}" for one in looks))
    }
    kept[refused] = post("/rattelser", **{**CORRECTION, "nytt": "kanske", "skal": ""})
    others = {"a fault": 404, "a correction refused": 400}
    for name, path in states.items():
        assert kept[path].status_code == others.get(name, 200), name
    page = browser.new_page()

    def answer(route: Any) -> None:
        asked = urlsplit(route.request.url)
        found = kept.get(urlunsplit(("", "", asked.path, asked.query, "")))
        if found is None:
            return route.abort()
        return route.fulfill(status=200, headers=dict(found.headers), body=found.content)

    page.route("**/*", answer)
    wrong: dict[str, Any] = {}
    for name, path in states.items():
        page.goto(f"{ground.origin}{path}")
        for width in (1300, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if page.get_by_role("alert").count():  # what is wrong is seen before anything is scrolled
                assert page.get_by_role("alert").evaluate("one => one === document.activeElement"), name
            found, sideways = violations(page), page.evaluate(SIDEWAYS)
            wrong |= {f"{name} {width}": (found, sideways)} if found or sideways else {}
    assert wrong == {}
