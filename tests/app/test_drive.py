"""A coordinator's way in a real browser: a workbook dropped, its faults seen and mended, and the report opened."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from browsing import chromium, violations
from conftest import DATA
from oj.app.asking.page import PLACES
from publish.building import ROOT, said, small_book
from years_book import drawn, write_book

RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from oj_start import entry; entry()"
MOST_CLICKS, OF_FAULTS, PATIENCE = 12, 2, 240_000
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
BOOK = "skåne öj 2021–2023.xlsx"
FAULTS = {"C8": "Jaa", "D9": "kanske", "F10": "#REF!"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project, in a folder with a space in its name, whose book has one chapter."""
    home = tmp_path_factory.mktemp("drive") / "öppna jämförelser"
    for name in ("lib", "params", "tools"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__", "workbooks"))
    shutil.copytree(DATA, home / "data")
    small_book(home, said("Text."))
    return home


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a workbook with three faults, and the same mended."""
    home = tmp_path_factory.mktemp("books")
    for name in ("fel", "rätt"):
        (home / name).mkdir()
    mended = write_book(home / "rätt" / BOOK, drawn(17))
    book = load_workbook(mended)
    for cell, value in FAULTS.items():
        book.worksheets[0][cell] = value
    book.save(home / "fel" / BOOK)
    return home / "fel" / BOOK, mended


class Pages:
    """The pages of a copy of the project, in a process of their own."""

    def __init__(self, project: Path) -> None:
        command = [sys.executable, "-I", "-X", "utf8", "-c", RUN, str(project / "lib"), "app", "--no-browser"]
        environment = {name: value for name, value in os.environ.items() if name not in ("OJ_DATA", "RENDERER")}
        self.started = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=project, env=environment, text=True)
        self.project = project
        assert self.started.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/start\?token=\S+", self.started.stdout.readline())
        assert found
        self.address = found[0]

    def kill_and_start(self) -> None:
        """Kill them at once, as when the computer dies, and start them again at the same address."""
        self.started.kill()
        self.started.wait(30)
        again = Pages(self.project)
        assert again.address == self.address
        self.started = again.started


@pytest.fixture(scope="module")
def pages(project: Path) -> Iterator[Pages]:
    """Start the pages of the copy; end them."""
    made = Pages(project)
    yield made
    made.started.terminate()
    made.started.wait(30)


@dataclass
class Coordinator:
    """A person at a page, who presses and reads; every press is counted, every page is tried by axe."""

    page: Any
    clicks: int = 0
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def press(self, words: str) -> None:
        """Press a link or a button."""
        self.clicks += 1
        self.page.locator("main, nav, header").get_by_text(words, exact=True).first.click()
        self.page.wait_for_load_state()

    def drop(self, path: Path) -> None:
        """Choose a file."""
        self.clicks += 1
        self.page.locator("[name=fil]").set_input_files(path)

    def wait_for(self, words: str) -> None:
        """Wait until something stands on the page, however often it is loaded again."""
        wanted, failed = self.page.get_by_text(words, exact=True), self.page.get_by_text("Gick inte", exact=True)
        wanted.or_(failed).first.wait_for(timeout=PATIENCE)
        assert wanted.count(), self.page.locator("main").inner_text()

    def look(self, name: str) -> None:
        """Note what axe finds on the page as it is, wide and on a phone, and whether it can be moved sideways."""
        for width in (1300, 390):
            self.page.set_viewport_size({"width": width, "height": 900})
            found = violations(self.page)
            sideways = self.page.evaluate(SIDEWAYS)
            self.wrong[f"{name} {width}"] = [*found, *([f"{sideways} pixels to the side"] if sideways else [])]
        self.page.set_viewport_size({"width": 1300, "height": 900})


def way(person: Coordinator, books: Sequence[Path], look: Any) -> None:
    """Go the whole way: a workbook with faults, where there is one, the mended one, the report of it."""
    person.press("Läs in")
    for path in books:
        person.drop(path)
        person.press("Visa hur den läses")
        if path != books[-1]:
            person.wait_for("3 fel att rätta")
            faults_are_seen(person)
            look("reading, faults")
    person.wait_for("Inga fel. Se efter att det är rätt, och tryck på Läs in.")
    look("reading, right")
    person.page.locator("main").get_by_role("button", name="Läs in", exact=True).click()
    person.clicks += 1
    person.wait_for("Gå vidare till rapporten")
    look("job, read in")
    person.press("Gå vidare till rapporten")
    assert person.page.locator("#lan option:checked").inner_text() == "Skåne län"
    assert person.page.locator("#om option:checked").inner_text().startswith("Öppna jämförelser 2023")
    look("new report, chosen")
    person.press("Bygg rapporten")
    look("job, at work") if person.page.get_by_role("button", name="Avbryt").count() else None
    person.wait_for("Öppna rapporten")
    look("job, built")
    person.press("Öppna rapporten")
    assert "Skåne" in person.page.title()
    assert "/rapporter/skane-2023/" in person.page.url


def faults_are_seen(person: Coordinator) -> None:
    """Assert that each fault stands in its cell, and that what is told of it leads there."""
    for cell, value in FAULTS.items():
        assert person.page.locator(f"#blad0-{cell}").inner_text() == f"✕ {value}"
        assert person.page.locator(f'a[href="#blad0-{cell}"]').count() == 1


@pytest.mark.slow
def test_the_way_from_a_workbook_to_a_report(pages: Pages, books: tuple[Path, Path], project: Path) -> None:
    with chromium() as browser:
        person = Coordinator(browser.new_page(viewport={"width": 1300, "height": 900}))
        errors: list[str] = []
        person.page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
        person.page.goto(pages.address)
        way(person, books, person.look)
        assert person.clicks <= MOST_CLICKS
        assert (project / "params" / "skane.yml").exists()
        origin = pages.address.partition("/start")[0]
        for name, path in [*PLACES.items(), ("Frågor", "/fragor/barn-och-unga"), ("Fel", "/finns-inte")]:
            person.page.goto(f"{origin}{path}")
            person.look(name)
        assert {name: found for name, found in person.wrong.items() if found} == {}
        blocked = [one for one in errors if "Content Security Policy" in one and "axe" not in one]
        assert blocked == []

        plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
        person = Coordinator(plain.new_page())
        person.page.goto(pages.address)
        way(person, books[1:], lambda name: pages.kill_and_start() if name == "reading, right" else None)
        assert person.clicks <= MOST_CLICKS - OF_FAULTS
        person.page.goto(f"{origin}/las-in/1")
        faults_are_seen(person)
        person.page.goto(f"{origin}/ny?lan=01&om=barn-och-unga/2015")
        ticked = person.page.locator("[name=kommun][value='0184']")
        before = ticked.is_checked()
        person.page.locator("label", has=ticked).locator("path").click()
        assert ticked.is_checked() is not before, "a shape ticks without a script"
