"""Where commands happen in the tests."""

from pathlib import Path

import pytest


@pytest.fixture
def own_folders(tmp_path: Path, data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything happen in temporary folders."""
    monkeypatch.setenv("OJ_DATA", str(data_copy))
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path / "params")
    monkeypatch.chdir(tmp_path)
