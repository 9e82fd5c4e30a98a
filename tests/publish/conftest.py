"""Reports built once for all tests of this folder, and their files read once."""

from pathlib import Path
from typing import Any

import pytest

from oj.publish.build.book import chapters as listed
from publish.building import SHEETS, Built, build, folders_in
from publish.read_html import Element, read_page
from publish.read_pdf import Pdf, read_pdf
from publish.read_word import read_word


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the whole Stockholm report, some twenty seconds."""
    return build("Stockholm", folders_in(tmp_path_factory.mktemp("stockholm")))


@pytest.fixture(scope="session")
def county_report(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the report of Jönköping, which has results for the county only."""
    return build("Jönköping", folders_in(tmp_path_factory.mktemp("jonkoping")))


@pytest.fixture(scope="session")
def pages(report: Built) -> dict[str, Element]:
    """Read the report's chapters, by file name."""
    return {path.name: read_page(path) for path in sorted(report.path.glob("*.html"))}


@pytest.fixture(scope="session")
def analyses(report: Built) -> dict[str, Element]:
    """Read the pages of the executed notebooks, by file name."""
    return {path.name: read_page(path) for path in sorted((report.path / "analys").glob("*.html"))}


@pytest.fixture(scope="session")
def pdf(report: Built) -> Pdf:
    """Read the printed report."""
    return read_pdf(report.path / "rapport.pdf")


@pytest.fixture(scope="session")
def word(report: Built) -> Any:
    """Read the report in Word."""
    return read_word(report.path / "rapport.docx")


@pytest.fixture(scope="session")
def chapters(report: Built) -> list[str]:
    """Return the stems of the book's chapters in order: those of `_quarto.yml`, one for each municipality.

    The first edition with questions has no earlier one, and so no chapter of what has changed since.
    """
    return [
        stem
        for name in listed(report.folders.notebooks)
        if name != "andrat.ipynb"
        for stem in (SHEETS if Path(name).stem == "kommun" else [Path(name).stem])
    ]
