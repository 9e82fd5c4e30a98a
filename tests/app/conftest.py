"""The pages as a browser meets them, on a ground of their own; what takes its time is only noted, not done."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from oj.app.asking.ground import Ground
from oj.app.site import site
from oj.app.work import jobs
from oj.disk.folders import Folders, default_folders

ADDRESS, TOKEN = "127.0.0.1:8765", "hemlig-nyckel"
Post = Callable[..., Any]


@pytest.fixture
def ground(tmp_path: Path, params_copy: Path, data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """Return folders to write in, and the address and token of the pages."""
    monkeypatch.setenv("OJ_DATA", str(data_copy))
    monkeypatch.setattr("oj.app.work.undo.params_folder", lambda: params_copy)
    folders = Folders(default_folders().notebooks, tmp_path / "build", tmp_path / "reports")
    (tmp_path / "uploads").mkdir()
    (tmp_path / "build" / "app").mkdir(parents=True)
    return Ground(folders, params_copy, tmp_path / "uploads", ADDRESS, TOKEN)


@pytest.fixture
def client(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Return a browser that was let in; jobs are not started, and stand as at work."""
    monkeypatch.setattr(jobs, "_start", lambda _folder: None)
    monkeypatch.setattr(jobs, "_state", lambda folder: jobs._ended(folder) or jobs.RUNNING)
    return TestClient(site(ground), base_url=ground.origin, cookies={"oj": TOKEN}, follow_redirects=False)


@pytest.fixture
def post(client: TestClient, ground: Ground) -> Post:
    """Return what sends a form of ours from our own page."""

    def send(path: str, **fields: Any) -> Any:
        files = fields.pop("files", None)
        data = {"kontroll": ground.form_token, **fields}
        return client.post(path, data=data, files=files, headers={"origin": ground.origin})

    return send


def asked_last(ground: Ground) -> dict[str, Any]:
    """Return the order of the job that was begun last."""
    job = jobs.jobs(ground.home)[0]
    told: dict[str, Any] = json.loads((job.folder / "order.json").read_text(encoding="utf-8"))
    return told


def end(ground: Ground, status: int, *lines: str) -> int:
    """Let the job that was begun last have ended, with what it told; return its number."""
    job = jobs.jobs(ground.home)[0]
    (job.folder / "log").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (job.folder / "status").write_text(str(status))
    return job.number
