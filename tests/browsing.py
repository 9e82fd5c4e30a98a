"""The system's Chromium, which the tests of finished pages drive; without one they say so and are skipped."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

AXE = """async without => {
  const kinds = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const rules = Object.fromEntries(without.map(one => [one, {enabled: false}]));
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: kinds, rules});
  return found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 150)}`));
}"""
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a browser, and close it: Playwright keeps a loop running, which others in the process must not meet."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"Ingen webbläsare finns ({', '.join(NAMES)}). På Debian: apt-get install chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def opened(browser: Any, path: Path, width: int, media: str = "screen") -> Any:
    """Return a page in a window of its own, so many pixels wide."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.emulate_media(media=media)
    page.goto(path.resolve().as_uri())
    return page


def violations(page: Any, *, without: tuple[str, ...] = ()) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA and its best practice, a line for each element."""
    from importlib.resources import files

    if not page.evaluate("() => 'axe' in window"):
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(AXE, list(without))
    return found
