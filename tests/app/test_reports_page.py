"""A report that there is: opened, taken home whole, built again, what has changed told, and what is at work stopped."""

import json
from io import BytesIO
from time import sleep
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from app.conftest import Post, asked_last, end
from oj.app.asking.ground import Ground
from oj.app.asking.page import in_the_page
from oj.app.pages.working import steps_of
from oj.app.work import jobs
from oj.publish.build.rendering import at_once
from oj.words.progress import Progress

ASKED = {"county": "Stockholm", "group": "de-tva", "domain": "barn-och-unga", "edition": "2015"}
COMMAND = ["report", "--group=de-tva", "--domain=barn-och-unga", "--edition=2015", "--", "Stockholm"]


@pytest.fixture(params=["stockholm-de-tva-2015", "stockholm-2015-preliminar"])
def name(request: pytest.FixtureRequest, ground: Ground) -> str:
    """Make a report, also a preliminary one; return its name."""
    home = ground.folders.reports / str(request.param)
    home.mkdir(parents=True)
    manifest = {"report": home.name, "parameters": {**ASKED, "municipalities": ["Solna"], "group_name": "De två"}}
    files = {"index.html": "<title>Rapporten</title>", "rapport.pdf": "%PDF", "resultat.csv": "a;b"}
    for path, content in files.items():
        (home / path).write_text(content, encoding="utf-8")
    (home / "manifest.json").write_text(json.dumps(manifest | {"files": dict.fromkeys(files, "")}), encoding="utf-8")
    return home.name


def test_a_report_is_opened_and_taken_home(client: TestClient, name: str) -> None:
    text = client.get("/").text
    for path in ("index.html", "rapport.pdf", "resultat.csv"):
        assert f'href="/rapporter/{name}/{path}"' in text
        assert client.get(f"/rapporter/{name}/{path}").status_code == 200
    assert f'href="/rapporter/{name}.zip"' in text
    answer = client.get(f"/rapporter/{name}.zip")
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.zip"'
    with ZipFile(BytesIO(answer.content)) as whole:
        assert whole.read(f"{name}/rapport.pdf") == b"%PDF"


def test_a_report_is_built_again_as_it_was_asked_for(client: TestClient, post: Post, ground: Ground, name: str) -> None:
    """A preliminary one is made of a form, and is built again with that."""
    answer, text = post("/bygg", rapport=name), client.get("/").text
    if name.endswith("-preliminar"):
        assert (answer.status_code, "på sidan Enkäten" in answer.text, "Bygg om" in text) == (400, True, False)
        return
    assert (asked_last(ground)["commands"], asked_last(ground)["about"]) == ([COMMAND], name)
    assert ">Bygg om</button>" in text
    post("/bygg", rapport=name, gor="forklara")
    assert asked_last(ground)["commands"] == [[COMMAND[0], "--explain", *COMMAND[1:]]]
    assert asked_last(ground)["title"].startswith("Vad har ändrats: Stockholms län, ")


def test_what_is_at_work_is_stopped_from_its_page(
    client: TestClient, post: Post, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[int] = []
    monkeypatch.setattr("oj.app.pages.working.stop", lambda job: stopped.append(job.number))
    job = jobs.begin(ground.home, jobs.Order("build", "Bygger x", "x", [["report", "--", "Skåne"]]))
    assert f'action="/arbete/{job.number}/stoppa"' in client.get(f"/arbete/{job.number}").text
    assert post(f"/arbete/{job.number}/stoppa").headers["location"] == f"/arbete/{job.number}"
    assert stopped == [job.number]


@pytest.mark.parametrize("status", [0, 2])
def test_what_was_done_last_says_when_it_did_not_go(client: TestClient, ground: Ground, status: int) -> None:
    """A build that had failed stood there as one that goes on: Bygger …."""
    jobs.begin(ground.home, jobs.Order("build", "Bygger x", "x", [["report", "--", "Skåne"]]))
    end(ground, status, "Fel: Det finns inga resultat." if status else "Klart")
    latest = client.get("/").text.split("<h2>Senast gjort</h2>")[1]
    assert ('<span class="quiet">gick inte</span>' in latest) == bool(status)


def test_steps_that_are_done_stay_done() -> None:
    """Steps that were told side by side were ticked until the first of them was done."""
    lines: list[str] = []
    progress = Progress(tell=lines.append)
    for name in ("Kör notebookerna", "Ställer upp boken"):
        with progress.step(name):
            progress.tell("  1 av 1 kapitel körs")
    at_once({f"steg {at}": lambda at=at: sleep(0.01 * (3 - at)) for at in range(3)}, progress)  # the last first
    lines += ["Kör notebookerna 44,8 s", "Sammanlagt 104,3 s", "/hem/reports/stockholm-2015/index.html"]
    before: set[str] = set()
    for at in range(len(lines) + 1):
        now = {name for name, is_done in steps_of(in_the_page("\n".join(lines[:at])).splitlines())[0] if is_done}
        assert before <= now, lines[:at]
        before = now
    names = ["Skriver kapitlen", "Ställer upp boken", "steg 0", "steg 1", "steg 2"]
    assert steps_of(in_the_page("\n".join(lines)).splitlines())[0] == [(name, True) for name in names]


def test_an_opened_report_has_a_way_back_and_is_as_it_was(client: TestClient, name: str, ground: Ground) -> None:
    page = ground.folders.reports / name / "index.html"
    page.write_bytes(before := b'<body><header class="site"><p class="title">Rapporten</p></header></body>')
    text = client.get(f"/rapporter/{name}/index.html").text
    assert '<header class="site"><nav aria-label="Sidorna"><a href="/">← Till sidan Rapporter</a></nav><p' in text
    with ZipFile(BytesIO(client.get(f"/rapporter/{name}.zip").content)) as whole:
        assert whole.read(f"{name}/index.html") == page.read_bytes() == before
