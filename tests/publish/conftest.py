"""Reports built once for all tests of this folder, whichever process runs them, and their files read once in each."""

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest

from conftest import small_copy
from oj.disk.locks import wait_for
from oj.publish.build.book import chapters as listed
from publish.building import SHEETS, Built, build, folders_in
from publish.read_html import Element, read_page
from publish.read_pdf import Pdf, read_pdf
from publish.read_word import read_word

Made = TypeVar("Made")
PATIENCE = 600  # seconds to wait for another process that builds the same report


class Once(Protocol):
    """What makes something the first time that any process asks for it, in a folder of its own; it is only read."""

    def __call__(self, name: str, make: Callable[[Path], Made]) -> Made: ...


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return what makes something once for all processes that run these tests."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def once_(name: str, make: Callable[[Path], Made]) -> Made:
        folder, told = shared / f"once-{name}", shared / f"once-{name}.pickle"
        lock = wait_for(shared / f"once-{name}.lock", PATIENCE)
        try:
            if not told.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                told.write_bytes(pickle.dumps(make(folder)))
        finally:
            lock.release()
        found: Made = pickle.loads(told.read_bytes())
        return found

    return once_


@pytest.fixture(scope="session")
def few_facts(once: Once) -> Path:
    """Return a folder of the facts of three areas, for small books: it is read in half the time; it is only read."""
    areas = {"kunskapsbaserad", "saker", "tillganglig"}
    return once("few-facts", lambda folder: small_copy(folder / "data", areas))


@pytest.fixture(scope="session")
def built_once(once: Once) -> Callable[[str], Built]:
    """Return what builds a county's report with its file in params/, once."""
    return lambda county: once(county, lambda folder: build(county, folders_in(folder)))


@pytest.fixture(scope="session")
def report(built_once: Callable[[str], Built]) -> Built:
    """Build the whole Stockholm report, some twenty seconds."""
    return built_once("Stockholm")


@pytest.fixture(scope="session")
def county_report(built_once: Callable[[str], Built]) -> Built:
    """Build the report of Jönköping, which has results for the county only."""
    return built_once("Jönköping")


@pytest.fixture(scope="session")
def nation_report(built_once: Callable[[str], Built]) -> Built:
    """Build the nation's report over the years."""
    return built_once("riket")


@pytest.fixture(scope="session")
def pages(report: Built, once: Once) -> dict[str, Element]:
    """Read the report's chapters, by file name."""
    return once("pages", lambda _: {path.name: read_page(path) for path in sorted(report.path.glob("*.html"))})


@pytest.fixture(scope="session")
def analyses(report: Built) -> dict[str, Element]:
    """Read the pages of the executed notebooks, by file name."""
    return {path.name: read_page(path) for path in sorted((report.path / "analys").glob("*.html"))}


@pytest.fixture(scope="session")
def pdf(report: Built, once: Once) -> Pdf:
    """Read the printed report."""
    return once("pdf", lambda _: read_pdf(report.path / "rapport.pdf"))


@pytest.fixture(scope="session")
def appendix(report: Built, once: Once) -> Pdf:
    """Read the printed appendix."""
    return once("appendix", lambda _: read_pdf(report.path / "bilaga.pdf"))


@pytest.fixture(scope="session")
def word(report: Built) -> Any:
    """Read the report in Word."""
    return read_word(report.path / "rapport.docx")


@pytest.fixture(scope="session")
def chapters(report: Built) -> list[str]:
    """Return the stems of the book's chapters in order: those of `_quarto.yml`, one for each municipality.

    The first edition with questions has no earlier one, and so no chapter of what has changed since; and where results
    are of one domain there is none across domains.
    """
    return [
        stem
        for name in listed(report.folders.notebooks)
        if name not in ("andrat.ipynb", "over-omraden.ipynb")
        for stem in (SHEETS if Path(name).stem == "kommun" else [Path(name).stem])
    ]
