"""Killed at any moment, the pages and what they have begun leave what there was, and one goes on from there."""

import errno
import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer

import pytest
import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.testclient import TestClient

from app.conftest import Post, asked_last, end
from importing import result, write
from oj.app.asking import ground as grounds
from oj.app.asking.ground import Ground, read_session, uploads_of, write_session
from oj.app.server import _door, serve
from oj.app.work import jobs, undo, worker
from oj.cli import run
from oj.facts.files import hashes
from oj.words.errors import UserError


@pytest.fixture
def killed(ground: Ground, client: TestClient, data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> jobs.Job:
    """Return a job that takes away what was read in, and was killed before it had written anything down."""
    write(data_copy, [result("socialjour", "0182", "yes")])
    order = jobs.Order("remove", "Tar bort egen-fil", "egen-fil", [["data", "remove", "--", "egen-fil"]], "kept")
    job = jobs.begin(ground.home, order)
    (job.folder / "log").touch()
    monkeypatch.setattr(jobs, "_state", lambda folder: jobs._ended(folder) or jobs.DIED)
    return job


def test_what_a_killed_job_changed_can_be_undone(ground: Ground, data_copy: Path, killed: jobs.Job) -> None:
    before = hashes(data_copy)
    undo.copy_facts(killed.folder)
    assert run(killed.order.commands[0]) == 0
    assert killed.changes == {}
    undo.settle(ground.home)
    assert set(killed.changes.values()) == {"borttagen"}
    again = jobs.begin(ground.home, jobs.Order("undo", "Ångrar", "1", [[str(killed.folder)]], "kept"))
    undo.undo(killed.folder, again.folder)
    assert hashes(data_copy) == before


@pytest.mark.parametrize("when", ["copying", "before the command", "something else since"])
def test_nothing_is_undone_that_is_not_known_to_be_the_jobs(
    ground: Ground, data_copy: Path, killed: jobs.Job, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if when == "copying":
        copied: list[str] = []
        monkeypatch.setattr(undo.shutil, "copyfile", lambda *pair: copied.append(pair[0]) or 1 / (len(copied) < 3))
        with pytest.raises(ZeroDivisionError):
            undo.copy_facts(killed.folder)
    else:
        undo.copy_facts(killed.folder)
    if when == "something else since":
        write(data_copy, [result("socialjour", "0182", "no")])
        os.utime(killed.folder / "log", (time.time() - 60, time.time() - 60))
    before = hashes(data_copy)
    undo.settle(ground.home)
    assert (killed.changes, hashes(data_copy)) == ({}, before)


def test_a_trial_that_was_killed_is_tried_again_and_leaves_no_layout(
    ground: Ground, client: TestClient, post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("x\n", encoding="utf-8")
    post("/las-in", files={"fil": ("a.csv", b"x")})
    job = jobs.jobs(ground.home)[0]
    (job.folder / "log").touch()
    undo.copy_facts(job.folder)
    layout = ground.params / "workbooks" / "a.yml"
    layout.write_text("x: 1\n", encoding="utf-8")
    monkeypatch.setattr(jobs, "_state", lambda folder: jobs._ended(folder) or jobs.DIED)
    undo.settle(ground.home)
    assert not layout.exists()
    assert (Path(job.order.upload) / undo.LAYOUT).exists(), "with the file, as after a trial that ended"
    assert client.get(f"/las-in/{job.number}").headers["location"] == f"/arbete/{job.number}"
    text = client.get(f"/arbete/{job.number}").text
    assert "Försök igen, så fortsätter det där det var" in text
    assert post(f"/arbete/{job.number}/igen").headers["location"] == f"/arbete/{job.number + 1}"
    assert asked_last(ground)["commands"][0][-1] == job.order.commands[0][-1], "the file that was dropped is there"


def test_pages_that_were_killed_go_on_with_what_was_dropped(ground: Ground, tmp_path: Path) -> None:
    uploads = tmp_path / f"{grounds.UPLOADS}x"
    uploads.mkdir()
    kept = Ground(ground.folders, ground.params, uploads, ground.address, ground.token)
    write_session(ground.home, kept)
    assert (read_session(ground.home), uploads_of(ground.home)) == ((8765, ground.token), uploads)
    for other in (tmp_path, tmp_path / "oj-inlagt-finns-inte"):  # a folder that is not ours, one that is gone
        told = json.loads((ground.home / "session.json").read_text(encoding="utf-8"))
        (ground.home / "session.json").write_text(json.dumps(told | {"uploads": str(other)}), encoding="utf-8")
        found = uploads_of(ground.home)
        assert (found.is_dir(), found != other) == (True, True)
        found.rmdir()


@pytest.mark.parametrize("begun", [False, True])
def test_ctrl_c_ends_the_pages_without_a_word_however_early(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], begun: bool
) -> None:
    """Before the server listens to it, and after: both let go of the lock and of what was dropped."""
    for module in ("oj.app.server", "oj.app.asking.ground"):
        monkeypatch.setattr(f"{module}.default_folders", lambda: ground.folders)
    whole = uvicorn.Server.run

    def run_stopped(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        if begun:
            Timer(0.3, signal.raise_signal, [signal.SIGINT]).start()
        else:
            signal.raise_signal(signal.SIGINT)
        whole(server, sockets)

    monkeypatch.setattr(uvicorn.Server, "run", run_stopped)
    told: list[str] = []
    serve(0, told.append, is_shown=False)
    assert (len(told), "".join(capfd.readouterr())) == (2, "")
    assert not uploads_of(ground.home).joinpath("x").exists()
    serve(0, told.append, is_shown=False)
    assert "Sidorna finns på" in told[2]


def test_a_page_is_answered_at_once() -> None:
    """Every answer waited 40 ms for the browser's receipt of its head, as the protocol was not said."""
    door = _door(0, is_wanted=False)
    with door, socket.create_connection(door.getsockname()), door.accept()[0] as answering:
        assert answering.proto == socket.IPPROTO_TCP, "asyncio does not send at once on another"


def test_an_order_that_was_cut_off_is_no_job(ground: Ground, client: TestClient) -> None:
    """Between the folder, the order and the process: nothing is at work, and the next one begins."""
    for number, text in ((1, None), (2, '{"kind": "bui'), (3, "")):
        (ground.home / "jobs" / str(number)).mkdir(parents=True)
        if text is not None:
            (ground.home / "jobs" / str(number) / "order.json").write_text(text, encoding="utf-8")
    assert jobs.jobs(ground.home) == []
    assert client.get("/").status_code == 200
    assert jobs.begin(ground.home, jobs.Order("check", "Granskar", "", [["check"]])).number == 4


def test_a_job_writes_down_what_it_changed_before_it_says_that_it_is_done(
    ground: Ground, data_copy: Path, killed: jobs.Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "run_all", lambda _home, order: run(order["commands"][0]))
    assert worker._do(killed.folder, json.loads((killed.folder / "order.json").read_text(encoding="utf-8"))) == 0
    assert set(killed.changes.values()) == {"borttagen"}
    assert not (killed.folder / undo.COPIED).exists()


def test_a_full_disk_is_told_and_leaves_no_job_behind(
    client: TestClient, post: Post, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was an internal error, with a traceback where it could not be written down either."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(jobs, "_start", full)
    answer = post("/mall", **{"mall-lan": "08"})
    assert (answer.status_code, "kan inte börja: disken är full. Inget har ändrats." in answer.text) == (400, True)
    assert list((ground.home / "jobs").iterdir()) == []
    monkeypatch.setattr("oj.app.pages.reading.receive", full)
    answer = post("/las-in", files={"fil": ("a.csv", b"x")})
    assert (answer.status_code, "Det gick inte att skriva: disken är full." in answer.text) == (507, True)
    for module in ("oj.app.server", "oj.app.asking.ground"):
        monkeypatch.setattr(f"{module}.default_folders", lambda: ground.folders)
    for name in ("write_session", "take"):
        monkeypatch.setattr(f"oj.app.server.{name}", full)
        with pytest.raises(UserError, match=r"kan inte startas: det går inte att skriva i build/app: disken är full"):
            serve(0, print, is_shown=False)


def test_a_job_that_meets_a_full_disk_says_so(
    ground: Ground, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(home: Path) -> None:
        (home / undo.BEFORE).mkdir()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(worker, "copy_facts", full)
    job = jobs.begin(ground.home, jobs.Order("remove", "Tar bort x", "x", [["data", "list"]], "kept"))
    (job.folder / "log").touch()
    worker.work(str(job.folder))
    assert "Fel: Det gick inte att skriva: disken är full. Inget har ändrats." in client.get("/arbete/1").text
    assert not (job.folder / undo.BEFORE).exists()


def test_there_is_room_for_the_status_of_a_job_when_there_is_none_for_anything_else(
    ground: Ground, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was told as one that died: its status is written over what was kept for it, so that the file does not grow."""
    job = jobs.begin(ground.home, jobs.Order("remove", "Tar bort x", "x", [["data", "list"]], "kept"))
    kept = (job.folder / "status").stat()
    assert jobs._ended(job.folder) == ""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(worker, "copy_facts", full)
    monkeypatch.setattr(worker, "_log", full)
    worker.work(str(job.folder))
    now = (job.folder / "status").stat()
    assert (now.st_size, now.st_ino) == (kept.st_size, kept.st_ino)
    text = client.get("/arbete/1").text
    assert "Fel: Det gick inte att skriva. Inget har ändrats. Ge plats på disken" in text
    assert ">Försök igen</button>" in text


def test_what_could_not_say_what_it_did_had_no_room(ground: Ground, client: TestClient) -> None:
    """Python ends with a status of its own where nothing more can be written to the log."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no such disk here")
    job = jobs.begin(ground.home, jobs.Order("list", "Visar x", "x", [["data", "list"]]))
    (job.folder / "log").unlink(missing_ok=True)
    (job.folder / "log").symlink_to(full)
    worker.work(str(job.folder))
    found = jobs.find(ground.home, job.number)
    assert found is not None
    assert found.state == jobs.UNWRITTEN


def test_a_program_that_broke_is_no_list_of_its_insides(ground: Ground, client: TestClient) -> None:
    jobs.begin(ground.home, jobs.Order("build", "Bygger x", "x", [["report", "--", "Skåne"]]))
    end(ground, 1, "Läser", "Traceback (most recent call last):", '  File "x.py", line 1', "KeyError: 'a'")
    text = client.get("/arbete/1").text
    assert "det är programmets fel. Det som fanns är kvar. Vad som hände står i build/app/jobs/1/log." in text
    assert "KeyError" not in text


def test_two_who_ask_at_the_same_time_get_one_job(
    ground: Ground, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, slow = jobs.running, jobs.Order("import", "Läser in a", "a", [["import"]])
    monkeypatch.setattr(jobs, "running", lambda *of: (asked(*of), time.sleep(0.05))[0])
    with ThreadPoolExecutor(5) as people:
        assert {one.number for one in people.map(lambda _: jobs.begin(ground.home, slow), range(5))} == {1}


def test_a_page_that_is_left_amid_an_upload_is_no_fault(
    post: Post, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def left(_request: object) -> None:
        raise ClientDisconnect

    monkeypatch.setattr(Request, "stream", left)
    monkeypatch.setattr(Request, "_get_form", lambda request, **_: left(request))
    assert post("/las-in", files={"fil": ("a.csv", b"x")}).status_code == 400
    assert not (ground.home / "fel.txt").exists()
