"""A report that there is: opened, taken home whole, built again, what has changed told, and what is at work stopped."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from app.conftest import Post, asked_last, end
from oj.app.asking.ground import Ground
from oj.app.work import jobs

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


def test_an_import_with_questions_has_a_way_to_them(client: TestClient, ground: Ground) -> None:
    jobs.begin(ground.home, jobs.Order("import", "Läser in a.xlsx", "a", [["import", "--", "a.xlsx"]]))
    number = end(ground, 0, "2 nya. Säg vad de är i data/x/questions.csv. Rapporten går att bygga ändå.")
    assert 'href="/inlast">Svara på frågorna' in client.get(f"/arbete/{number}").text
