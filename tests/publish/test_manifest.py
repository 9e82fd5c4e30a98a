"""The manifest tells what the report was made of, and the same project gives the same report again."""

import json
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, DOMAIN, made_of
from oj.facts.editions import editions
from publish.building import ROOT, Built, everything_in


@pytest.fixture(scope="module")
def manifest(report: Built) -> dict[str, Any]:
    """Read the report's manifest."""
    read: dict[str, Any] = json.loads((report.path / "manifest.json").read_text(encoding="utf-8"))
    return read


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder by its path."""
    return {name: value for name, value in everything_in(folder).items() if value != "folder"}


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"oj")
    assert hashes(tmp_path) == {"a": sha256(b"oj").hexdigest()}


def test_every_file_of_the_report_is_listed_with_its_hash(report: Built, manifest: dict[str, Any]) -> None:
    files = hashes(report.path)
    del files["manifest.json"]
    assert manifest["files"] == files
    assert list(manifest["files"]) == sorted(files)
    assert {"index.html", "rapport.pdf", "rapport.docx", "resultat.csv", "analys/index.html"} <= set(files)


def test_every_file_of_the_data_is_listed_with_its_hash(manifest: dict[str, Any]) -> None:
    others = {f"{DOMAIN}/{year}/edition.yml" for year in editions(DATA) if year != "2015"}
    assert manifest["data"] == {name: one for name, one in made_of(DATA).items() if name not in others}


def test_parameters_and_versions_are_told(report: Built, manifest: dict[str, Any]) -> None:
    assert manifest["report"] == "stockholm-2015"
    assert manifest["renderer"] == "embedded"
    assert manifest["parameters"] == report.parameters.model_dump()
    wanted = {name: version(name) for name in manifest["versions"] if name != "python"}
    assert {name: value for name, value in manifest["versions"].items() if name != "python"} == wanted
    assert {"python", "oj", "pandas", "typst", "pypandoc_binary"} <= set(manifest["versions"])


def test_it_tells_nothing_of_the_computer(report: Built, manifest: dict[str, Any]) -> None:
    text = json.dumps(manifest, ensure_ascii=False)
    assert [place for place in (str(Path.home()), str(ROOT), str(report.path)) if place in text] == []


def test_no_file_tells_where_it_was_built(report: Built) -> None:
    """A report is sent to others; the folders of the one who built it are none of theirs."""
    places = [str(place).encode() for place in (report.folders.reports, report.folders.build, ROOT)]
    texts = [
        path for path in report.path.rglob("*") if path.suffix in (".html", ".svg", ".css", ".csv", ".json", ".pdf")
    ]
    assert [path.name for path in texts if any(place in path.read_bytes() for place in places)] == []


def test_there_is_nothing_beside_the_report(report: Built) -> None:
    assert [path.name for path in report.folders.reports.iterdir()] == ["stockholm-2015"]
    assert [path.name for path in report.folders.build.iterdir()] == ["stockholm-2015"]
