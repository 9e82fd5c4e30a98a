"""What reads a made workbook as `oj import --dry-run --json` does."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from conftest import DOMAIN
from oj.cli import run
from sources.sheet_books import Rows, book


@pytest.fixture
def read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return what reads sheets, or a file, as JSON, in a domain; in "" it is the file that says which."""

    def read_(
        sheets: dict[str, Rows] | Path, *flags: str, merged: Sequence[str] = (), domain: str = DOMAIN
    ) -> dict[str, Any]:
        path = sheets if isinstance(sheets, Path) else book(tmp_path / "bok.xlsx", sheets, merged)
        status = run(["import", str(path), "--dry-run", "--json", "--domain", domain, *flags])
        told: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert status == (2 if told["faults"] else 0)
        return told

    return read_
