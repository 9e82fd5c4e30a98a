"""Single charts to put on other pages: whole in themselves, with the figures that the report tells and no others."""

import html
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pandas as pd

from publish.building import Built
from publish.read_html import Element, read_page


def pages_of(report: Built) -> dict[str, Element]:
    """Return the charts' pages by their labels."""
    return {path.stem: read_page(path) for path in sorted((report.path / "diagram").glob("fig-*.html"))}


def test_every_chart_of_the_report_has_a_page_that_needs_no_other_file(report: Built) -> None:
    pages = pages_of(report)
    assert {*pages} == {path.stem for path in (report.path / "bilder").glob("fig-*.svg")}
    for label, page in pages.items():
        assert list(page.all("script", "link", "iframe", "object")) == []
        (policy,) = [one.attributes["content"] for one in page.all("meta") if "http-equiv" in one.attributes]
        assert "default-src 'none'" in policy
        assert "script" not in policy
        (picture,) = page.all("img")
        assert picture.attributes["src"].startswith("data:image/svg+xml;base64,")
        assert len(picture.attributes["alt"]) > 20
        (link,) = page.all("a")
        target = Path(link.attributes["href"].partition("#")[0]).name
        assert f'id="{label}"' in (report.path / target).read_text(encoding="utf-8")
        assert re.search(r"Källa: \w", page.text)
        assert "Nordvästkommunerna i Stockholms län" in page.text


def test_the_figures_are_those_of_the_results_and_what_is_hidden_is_hidden(report: Built) -> None:
    rows = pd.read_csv(report.path / "resultat.csv", dtype=str, keep_default_na=False)
    known = {(row.title, row.place_name): row.display.replace("\u00a0", " ") for row in rows.itertuples()}
    page = pages_of(report)["fig-behorighet-gymnasium"]
    (head, *body) = [[cell.text.strip() for cell in row.all("th", "td")] for row in page.all("tr")]
    assert len(body) == 3
    for name, *cells in body:
        assert cells == [known[name.removesuffix(" (2015)"), place] for place in head[1:]]
    assert sum(cell == "x" for row in body for cell in row) > 5
    signs = [one.text for one in page.all("p")][1:]
    assert [one.partition(":")[0] for one in signs] == ["x"]  # and why
    assert "Källa: FoU-Nordväst 2015" in page.text


def test_the_script_of_the_page_of_all_is_the_one_that_it_lets_run(report: Built) -> None:
    text = (report.path / "diagram" / "index.html").read_text(encoding="utf-8")
    script = text.partition("<script>")[2].partition("</script>")[0]
    assert f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in html.unescape(text)
    assert "ADRESSEN" in script


def test_the_page_of_all_has_the_code_to_copy(report: Built) -> None:
    page = read_page(report.path / "diagram" / "index.html")
    codes = [one.text for one in page.all("code")]
    addresses = [found[1] for code in codes if (found := re.search(r'src="https://ADRESSEN/([^"]+)"', code))]
    assert addresses == list(dict.fromkeys(addresses))
    assert all((report.path / one).is_file() for one in addresses)
    assert len(addresses) == len(pages_of(report))
    titles = [html.unescape(found[1]) for code in codes if (found := re.search(r'title="([^"]+)"', code))]
    assert titles == [one.text.strip() for one in page.all("h2")]
    start = read_page(report.path / "index.html")
    assert "diagram/index.html" in [one.attributes.get("href") for one in start.all("a")]
