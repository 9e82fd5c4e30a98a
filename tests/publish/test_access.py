"""The web pages for those who read them otherwise: by keyboard, aloud, enlarged, on a phone and on paper."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from browsing import chromium, opened, violations
from oj.present.output import EXTENSIONS
from oj.publish.site.start import write_start
from publish.building import Built, folders_in

MOST_LINES = 9  # of a head over a column on a phone: a question of a dozen words
KINDS = ["index", "kommun-solna", "saker", "metod", "regler", "analys/saker"]  # a page of each kind
LOOK = Path(__file__).parents[2] / "notebooks" / EXTENSIONS / "lansrapport" / "lansrapport.css"
PAPER = round((210 - 2 * 12) / 25.4 * 96)  # the width of a printed page's text in CSS pixels
LOST = """() => [...document.querySelectorAll("table")].filter(one =>
    one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    || one.scrollWidth > one.clientWidth + 1
).map(one => one.id || one.innerText.slice(0, 60))"""
COVERED = """() => [...document.querySelectorAll("main .table-scroll")].filter(one =>
    !one.querySelector(".text-table, .form-table")
).filter(one => {
    const [name, figure] = one.querySelector("tbody tr").cells, end = one.getBoundingClientRect().right;
    return end - name.getBoundingClientRect().right < figure.getBoundingClientRect().width * 0.95;
}).map(one => one.querySelector("table").id)"""
HEADS = """() => Math.max(0, ...[...document.querySelectorAll("main thead th")].map(one => {
    const range = document.createRange(), tops = new Set();
    range.selectNodeContents(one);
    for (const box of range.getClientRects()) tops.add(Math.round(box.top));
    return tops.size;
}))"""  # lines of the longest head
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLEST_LETTER = """() => Math.min(...[...document.querySelectorAll("figure img")].map(
    one => one.getBoundingClientRect().width / one.naturalWidth))"""
FOCUSED = """() => {
    const box = document.activeElement.getBoundingClientRect();
    return [document.activeElement.innerText, box.top >= 0 && box.bottom <= innerHeight, box.top, box.left];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser for this module."""
    with chromium() as one:
        yield one


def page_of(report: Built, name: str) -> Path:
    """Return the file of a page, which there must be."""
    path = (report.path / f"{name}.html").resolve()
    assert path.is_file()
    return path


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing(browser: Any, report: Built, name: str) -> None:
    page = opened(browser, page_of(report, name), 1300)
    found = {"1300": violations(page)}
    page.set_viewport_size({"width": 320, "height": 800})
    found["320"] = violations(page, without=("color-contrast",))  # the colours are those of the wide window
    assert found == {"1300": [], "320": []}


def test_axe_finds_nothing_on_the_page_of_all_reports(browser: Any, report: Built, tmp_path: Path) -> None:
    shutil.copytree(report.path, tmp_path / "reports" / report.path.name, ignore=shutil.ignore_patterns("*.svg"))
    page = opened(browser, write_start(folders_in(tmp_path)), 320)
    assert page.locator("main a").count() > 10
    assert violations(page) == []


def test_axe_finds_nothing_on_a_chart_that_stands_alone(browser: Any, report: Built) -> None:
    page = opened(browser, page_of(report, "diagram/index"), 1300)
    assert violations(page) == []
    page.goto(page_of(report, "diagram/fig-behorighet-gymnasium").as_uri())
    page.set_viewport_size({"width": 320, "height": 800})
    page.locator("summary").click()
    assert page.locator("table").inner_text().count("%") > 10
    assert (violations(page), page.evaluate(SIDEWAYS)) == ([], 0)
    assert page.locator("img").evaluate("one => one.naturalWidth") > 300


@pytest.mark.long
@pytest.mark.parametrize("width", [1300, 390, 320])
def test_axe_finds_nothing_on_any_page(browser: Any, report: Built, width: int) -> None:
    paths = sorted(report.path.rglob("*.html"))
    assert len(paths) > 40
    found = {}
    for path in paths:
        page = opened(browser, path, width)
        found[path.name] = violations(page)
        page.close()
    assert {name: told for name, told in found.items() if told} == {}


def test_axe_is_run(browser: Any, tmp_path: Path) -> None:
    """A page with two known faults, so that an empty answer means something."""
    path = tmp_path / "a.html"
    path.write_text("<!doctype html><title>A</title><main><h1>A</h1><img src='a.png'></main>", encoding="utf-8")
    assert sorted(told.split(":")[0] for told in violations(opened(browser, path, 400))) == [
        "html-has-lang", "image-alt",
    ]  # fmt: skip


def of_each_kind(report: Built) -> list[Path]:
    """Return the pages with tables, of the municipalities' only one, and one of the executed notebooks."""
    own = [path for path in sorted(report.path.glob("*.html")) if not path.stem.startswith("kommun-")]
    return [*own, page_of(report, "kommun-solna"), page_of(report, "analys/metod"), page_of(report, "analys/saker")]


def test_a_phone_shows_figures_beside_the_names_and_scrolls_only_tables(browser: Any, report: Built) -> None:
    page, paths = opened(browser, page_of(report, "index"), 320), of_each_kind(report)
    covered, sideways, heads, seen = {}, {}, {}, 0
    for path in paths:
        page.goto(path.resolve().as_uri())
        covered[path.name], sideways[path.name] = page.evaluate(COVERED), page.evaluate(SIDEWAYS)
        heads[path.name] = page.evaluate(HEADS)
        seen += page.locator("main .table-scroll").count()
    assert {name: tables for name, tables in covered.items() if tables} == {}
    assert {name: over for name, over in sideways.items() if over} == {}
    assert {name: lines for name, lines in heads.items() if lines > MOST_LINES} == {}
    assert seen > 40


@pytest.mark.parametrize("columns", [2, 4, 7])
def test_a_long_name_of_a_place_leaves_room_for_a_figure_on_a_phone(browser: Any, tmp_path: Path, columns: int) -> None:
    """The names do not take what is over of the table's width, however wide their column is on other screens."""
    cells, name = "<td>100 %</td>" * columns, "Landsbygdskommun nära större stad med besöksnäring"
    path = tmp_path / "a.html"
    path.write_text(
        f'<!doctype html><html lang="sv"><link rel="stylesheet" href="{LOOK.as_uri()}"><main><div class="table-scroll">'
        f'<table id="a" class="columns-{columns}"><col style="width:40%"><tr><th>{name}</th>{cells}</tr></table>',
        encoding="utf-8",
    )
    assert opened(browser, path, 320).evaluate(COVERED) == []


def test_every_column_of_every_table_has_room_on_paper(browser: Any, report: Built) -> None:
    page = opened(browser, page_of(report, "index"), PAPER, media="print")
    lost, seen = {}, 0
    for path in of_each_kind(report):
        page.goto(path.resolve().as_uri())
        lost[path.name] = page.evaluate(LOST)
        seen += page.locator("table").count()
    assert {name: tables for name, tables in lost.items() if tables} == {}
    assert seen > 40


@pytest.mark.parametrize("name", ["diagram/index.html", "analys/saker.html"])
def test_a_page_without_chapters_has_the_room_of_the_window(browser: Any, report: Built, name: str) -> None:
    page = opened(browser, report.path / name, 1300)
    assert page.evaluate("document.querySelector('main').clientWidth") > 900
    assert page.evaluate("[...document.querySelectorAll('main pre')].every(one => one.clientWidth > 800)")


def test_paper_repeats_the_words_of_heads_and_has_no_way_to_other_pages(browser: Any, report: Built) -> None:
    """A button in a head is not drawn where the head is repeated, so its words alone are left."""
    page = opened(browser, page_of(report, "samordning"), PAPER, media="print")
    shown = "name => [...new Set([...document.querySelectorAll(name)].map(one => getComputedStyle(one).display))]"
    assert page.evaluate(shown, "thead button") == ["contents"]
    assert page.evaluate(shown, "nav") == ["none"]


def test_a_printed_page_has_every_last_column(browser: Any, report: Built) -> None:
    page = opened(browser, page_of(report, "samordning"), 1300)
    last = page.evaluate(
        """() => [...document.querySelectorAll("main table tbody tr")].map(
            row => [row.cells[0].innerText, row.cells[row.cells.length - 1].innerText].map(
                text => text.replace(/[\\s\\u00ad]+/g, "")))"""
    )
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        width = float(printed.pages[0].width)
        letters = [one for sheet in printed.pages for one in sheet.chars if one["x1"] <= width]
    text = "".join(one["text"] for one in letters if one["text"] not in " \u00a0\u00ad")
    assert len(last) > 20
    assert [row for row in last if not set("".join(row)) <= set(text)] == []
    assert [row for row in last if f"{row[0]}" not in text.replace("-", "") and row[0] not in text] == []


def test_every_chapter_in_the_list_is_reached_and_seen_by_keyboard(browser: Any, report: Built) -> None:
    page = opened(browser, page_of(report, "saker"), 1300)
    links = page.locator("nav.chapters a").count()
    page.keyboard.press("Tab")  # to the content
    page.keyboard.press("Tab")  # the report's first page
    page.keyboard.press("Tab")  # the search
    seen = []
    for _ in range(links):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert [told[0] for told in seen if not told[1]] == []
    assert len({(told[0], told[2]) for told in seen}) == links > 20  # a chapter and a file may be called the same
    assert seen[-1][0].startswith("Diagram")


def test_a_phone_has_the_chapters_folded_first_in_the_order_of_the_keyboard(browser: Any, report: Built) -> None:
    page = opened(browser, page_of(report, "saker"), 390)
    tops = []
    for _ in range(9):
        page.keyboard.press("Tab")
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
    assert tops[1:] == sorted(tops[1:])
    assert page.locator("nav.chapters li").first.is_visible() is False
    page.locator("nav.chapters summary").click()
    assert page.locator("nav.chapters li").first.is_visible()


def test_letters_in_a_phones_picture_are_large_enough(browser: Any, report: Built) -> None:
    """A picture's letters are at least 8.5 points, 11.3 px, where it is as wide as it was drawn."""
    page = opened(browser, page_of(report, "kommun-solna"), 320)
    assert page.evaluate(SMALLEST_LETTER) * 8.5 * 96 / 72 >= 11
