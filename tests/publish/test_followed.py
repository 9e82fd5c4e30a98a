"""Every figure on the pages followed to its source: all of them, to exactly what is shown, and to nothing hidden."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from browsing import chromium, opened, violations
from oj.present.front.english import HOWS
from oj.publish.build.origins import FIELDS
from publish.building import Built
from publish.read_html import Element

FIGURES = re.compile(r"columns-\d+|number-table")
NO_FIGURE = ("", "–", "saknas")
SCRIPTS = ("rapport.js", "rapport.css", "platser.js")
SWEDISH = {english: swedish for swedish, english in HOWS.items()}  # how a cell of the English summary is worked out
LARGEST = 30_000  # bytes of script and its style


def unrolled(told: str) -> list[int]:
    """Return the numbers that runs tell."""
    ends = [one.partition("-") for one in told.split()]
    return [at for first, _, last in ends for at in range(int(first), int(last or first) + 1)]


def plain(text: str) -> str:
    """Return a text with plain spaces."""
    return " ".join(text.replace("\u00a0", " ").split())


def as_swedish(text: str) -> str:
    """Return a text of the English summary with its figures as they are written in Swedish."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", " ", text).replace("%", " %")
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text).replace(" of ", " av ").replace("vs about", "mot cirka")


@dataclass(frozen=True)
class Origins:
    """What the pages' script reads."""

    made: dict[str, Any]

    def record(self, at: int) -> dict[str, str]:
        """Return a record's texts by name."""
        measure, _source, *texts, parts = self.made["r"][at]
        told = {name: plain(self.made["t"][text]) for name, text in zip(FIELDS, texts, strict=True)}
        return told | {"title": self.made["m"][measure]["title"], "parts": parts}

    def records(self, told: str) -> list[dict[str, str]]:
        """Return the records that an attribute names."""
        return [self.record(at) for at in unrolled(told.partition(":")[0].replace(",", " "))]

    def how(self, told: str) -> str:
        """Return how what an attribute is of was worked out."""
        return str(self.made["t"][int(told.partition(":")[2])]) if ":" in told else ""


def read_origins(folder: Path) -> Origins:
    """Return what a report's script reads."""
    text = (folder / "utseende" / "ursprung.js").read_text(encoding="utf-8")
    return Origins(json.loads(text.removeprefix("window.ursprung=").removesuffix(";\n")))


@pytest.fixture(scope="module")
def origins(report: Built) -> Origins:
    """Return what the script of the report reads."""
    return read_origins(report.path)


def cells(pages: dict[str, Element]) -> Iterator[tuple[str, str, Element]]:
    """Yield every cell of every table but those of the row heads: its page, its table and itself."""
    for name, page in pages.items():
        for table in page.all("table"):
            for cell in table.all("td"):
                yield name, table.attributes.get("class", ""), cell


def amount(text: str) -> float:
    """Return a number as it is shown."""
    found = re.search(r"[-−]?\d+(?: \d{3})*(?:,\d+)?", plain(text))
    assert found, text
    return float(found[0].replace("−", "-").replace(" ", "").replace(",", "."))


def beside_nation(text: str, shown: list[str]) -> bool:
    """Return whether a cell's parts, each with the nation's average, are what its answers and then shares give."""
    right = list[bool]()
    for got, of, nation in re.findall(r"(\d+) av (\d+) mot (?:cirka )?(\d+,\d)", text):
        answers, shares, shown = shown[: int(of)], shown[int(of) : 2 * int(of)], shown[2 * int(of) :]
        near = abs(sum(map(amount, shares)) / 100 - amount(nation)) <= 0.05 + 0.005 * int(of) + 1e-9
        right += [answers.count("Ja") == int(got), near]
    return bool(right) and all(right) and not shown


def worked_out(text: str, how: str, records: list[dict[str, str]]) -> bool:
    """Return whether a cell's text is what its records give, as it says that it was worked out."""
    shown = [one["display"] for one in records]
    got, of = str(shown.count("Ja")), len(shown)
    rules: dict[str, Callable[[], bool]] = {
        "Det första talet minus": lambda: round(amount(shown[0]) - amount(shown[1]), 1) == amount(text),
        "Antal svar med Ja, av de mål som kommunen har en uppgift för. Riket": lambda: beside_nation(text, shown),
        "Antal svar med Ja": lambda: text in (got, f"{got} av {of}"),
        "Summan av andelarna": lambda: abs(sum(map(amount, shown)) / 100 - amount(text)) <= 0.05 + 0.005 * of + 1e-9,
        "Kommunens tal, och rikets": lambda: all(one.removesuffix(" %") in text for one in shown),
        "De uppgifter som källorna": lambda: all(one.casefold() in text.casefold() for one in shown),
        "Mål där svaret inte är Ja": lambda: bool(shown),  # which are named, the sheets' own tests see
        "Räknat ur svaren på delområdets": lambda: bool(shown),
    }
    return next(holds() for start, holds in rules.items() if how.startswith(start))


def test_every_figure_in_every_table_has_an_origin_that_gives_exactly_it(
    pages: dict[str, Element], origins: Origins
) -> None:
    wrong, met = [], 0
    for page, kind, cell in cells(pages):
        text, told = plain(cell.text), cell.attributes.get("data-o")
        text = re.sub(r"(?<=\d)\s[+−]$", "", text)  # which side of the nation's it is far on
        text = as_swedish(text) if page == "summary-en.html" else text
        if told is None:
            if FIGURES.search(kind) and text not in NO_FIGURE:
                wrong.append((page, text, "utan ursprung"))
            continue
        met, how, records = met + 1, SWEDISH.get(origins.how(told), origins.how(told)), origins.records(told)
        if how:
            same = worked_out(text, how, records)
        else:
            (one,) = records
            reached = bool(one["parts"]) and amount(one["display"]) == amount(text)  # 9 of a column's 19
            same = text.casefold() == one["display"].casefold() or reached
        if not same:
            wrong.append((page, text, f"{how} {[one['display'] for one in records][:8]}"))
    assert wrong == []
    assert met > 1200


def test_what_is_counted_can_be_counted_again_from_its_parts(origins: Origins) -> None:
    counted = [origins.record(at) for at, one in enumerate(origins.made["r"]) if one[-1]]
    assert len(counted) > 50
    for one in counted:
        shown = [origins.record(at)["display"] for at in unrolled(one["parts"])]
        got, of = map(amount, one["display"].split(" av "))
        assert of == len(shown)
        if one["how"].startswith("Antal svar"):
            assert got == shown.count("Ja")
        else:
            assert abs(sum(map(amount, shown)) / 100 - got) <= 0.05 + 0.005 * len(shown) + 1e-9


def test_every_sentence_made_of_figures_leads_to_them(pages: dict[str, Element], origins: Origins) -> None:
    lost, met = [], 0
    for page in pages.values():
        for found in page.of_class("findings"):
            assert "data-o" in found.attributes, found.text
            groups, items = found.attributes["data-o"].split(","), list(found.all("li"))
            assert len(items) in (0, len(groups)), found.text
            for item, told in zip(items, groups, strict=False):
                shown = {amount(one["display"]) for one in origins.records(told) if re.search(r"\d", one["display"])}
                pairs = re.findall(r"(?<![\d,])(\d+(?:,\d+)?) mot (\d+(?:,\d+)?) %", plain(item.text))
                lost += [(item.text, told) for pair in pairs if not {*map(amount, pair)} <= shown]
                met += len(pairs)
    assert lost == []
    assert met > 20


def test_every_chart_leads_to_its_figures(pages: dict[str, Element], origins: Origins) -> None:
    charts = {found.attributes["id"] for page in pages.values() for found in page.all("figure")}
    assert charts == set(origins.made["f"])
    assert all(unrolled(told) for told in origins.made["f"].values())
    solna = [origins.record(at)["place_name"] for at in unrolled(origins.made["f"]["fig-barometer-0184"])]
    assert set(solna) == {"Solna", "Riket", "Stockholms län", "Jönköpings län"}


def test_each_origin_is_a_row_of_the_results_and_tells_no_more(report: Built, origins: Origins) -> None:
    """Nothing is told that resultat.csv has not: neither a figure nor the counts behind one."""
    with (report.path / "resultat.csv").open(encoding="utf-8", newline="") as file:
        rows = {(one["title"], one["place_name"], plain(one["display"])): one for one in csv.DictReader(file)}
    met = 0
    for at in range(len(origins.made["r"])):
        one = origins.record(at)
        if one["how"] or (one["passage"] and (one["title"], one["place_name"], one["display"]) not in rows):
            continue  # ours, or of the years, whose sources tell it themselves
        row, met = rows[one["title"], one["place_name"], one["display"]], met + 1
        if row["status"] != "observed":
            assert one["base"] == ""
            assert one["status"] not in ("", "Uppgiften är publicerad.")
        if one["base"] and row["numerator"]:
            assert one["base"] == f"{float(row['numerator']):g} av {float(row['denominator']):g}"
    assert met >= 570


def test_every_figure_says_its_source_its_question_and_the_cell_that_showed_it(
    report: Built, analyses: dict[str, Element], origins: Origins
) -> None:
    ids = {name: {found.attributes.get("id") for found in page.all("div")} for name, page in analyses.items()}
    for cell in origins.made["c"]:
        page, _, label = cell.removeprefix("analys/").partition("#")
        assert label in ids[page]
    with (report.path / "ursprung.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(origins.made["r"])
    own = [one for one in rows if one["passage"].startswith("Tabell ") and one["period"] == "2015"]
    assert len(own) > 400
    assert all(one["question"] and one["rule"] and one["measured_on"] and one["source_title"] for one in own)
    one = next(row for row in rows if row["title"].startswith("Ordinarie licens") and row["place_name"] == "Solna")
    assert (one["display"], one["measured_on"], one["source_publisher"]) == ("Ja", "1 november 2014", "FoU-Nordväst")
    assert one["passage"] == "Tabell över område Trygghet och säkerhet"


def test_the_pages_allow_no_script_but_their_own(report: Built, pages: dict[str, Element]) -> None:
    assert sum((report.path / "utseende" / name).stat().st_size for name in SCRIPTS) <= LARGEST
    for page in pages.values():
        (policy,) = [one for one in page.all("meta") if "http-equiv" in one.attributes]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.attributes["content"].split(";"))
        assert (rules["default-src"], rules["script-src"], rules["base-uri"]) == ("'none'", "'self'", "'none'")
        assert "unsafe-inline" not in rules["script-src"]
    script = (report.path / "utseende" / "rapport.js").read_text(encoding="utf-8")
    assert not re.search(r"localStorage|sessionStorage|cookie|fetch\(|XMLHttp|eval\(|innerHTML", script)


ROWS = """() => [...document.querySelectorAll("table[id] tbody tr")].filter(row => !row.hidden).map(
    row => row.cells[0].innerText)"""
HEADS = """() => [...document.querySelectorAll("table[id] thead th")].filter(head => !head.hidden).map(
    head => head.innerText)"""
SENTENCES = "() => [...document.querySelectorAll('.findings li')].filter(one => !one.hidden).map(one => one.innerText)"


@pytest.fixture(scope="module")
def driven(report: Built) -> Iterator[tuple[Any, list[str]]]:
    """Return a page of the report in a browser, from the file system, and what goes wrong there meanwhile."""
    with chromium() as browser:
        page, wrong = opened(browser, report.path / "saker.html", 1300), list[str]()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
        page.goto((report.path / "saker.html").resolve().as_uri())
        yield page, wrong
        assert [one for one in wrong if not one.startswith("Connecting to")] == []  # axe would read the style sheets


@pytest.fixture
def page(driven: tuple[Any, list[str]], report: Built) -> Any:
    """Return the page as it is first opened."""
    driven[0].goto("about:blank")
    driven[0].goto((report.path / "saker.html").resolve().as_uri())
    return driven[0]


def test_a_figure_is_opened_by_keyboard_and_closed_again(page: Any) -> None:
    first, second = page.locator("td button.siffra").nth(0), page.locator("td button.siffra").nth(1)
    assert page.locator("td button[tabindex='0']").count() == page.locator("table[id]").count()
    first.focus()
    page.keyboard.press("ArrowRight")
    assert second.evaluate("one => one === document.activeElement")
    page.keyboard.press("Enter")
    page.locator("dialog[open]").wait_for()
    told = page.locator("dialog").inner_text()
    for part in (
        "Nej",
        "Information till placerade barn",
        "Upplands Väsby",
        "Fråga",
        "1 november 2014",
        "FoU-Nordväst",
    ):
        assert part in told
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert second.evaluate("one => one === document.activeElement")


def test_a_sentence_and_a_picture_lead_to_what_they_are_made_of(page: Any) -> None:
    page.locator(".findings button.fran").first.click()
    page.locator("dialog .rader button").first.click()
    assert "Tabell över område Trygghet och säkerhet" in page.locator("dialog").inner_text()
    page.locator("dialog button", has_text="Tillbaka").click()
    assert "Alla åtta kommuner" in page.locator("dialog .varde").inner_text()
    page.locator("dialog .stang").click()
    names = page.evaluate(
        "() => [...document.querySelectorAll('button.fran, button.bildens')].map(one => one.ariaLabel)"
    )
    assert len(names) == len({*names}) > 2  # each says which figure it is about
    page.locator("button.bildens").first.click()
    assert "Solna, Ordinarie licens" in page.locator("dialog").inner_text()


def test_what_is_shown_follows_the_choice_which_stands_in_the_address(page: Any) -> None:
    every, heads = page.evaluate(ROWS), page.evaluate(HEADS)
    page.select_option("#min-kommun", "0184")
    chosen = ["Solna", "Riket", "Stockholms län", "Jönköpings län"]
    assert page.evaluate(ROWS) == chosen
    assert page.url.endswith("#min=0184&mot=lan,riket")
    address = page.locator("nav.chapters ol a").first.get_attribute("href")
    assert address == "index.html#min=0184&mot=lan,riket"
    page.get_by_role("checkbox", name="Riket").uncheck()
    page.get_by_label("Liknande kommuner").check()
    shown = page.evaluate(ROWS)
    assert {"Solna", "Sollentuna", "Sundbyberg", "Stockholms län"} <= {*shown}
    assert {"Riket", "Sigtuna"} & {*shown} == set()
    again = page.url
    page.goto("about:blank")
    page.goto(again)
    assert page.evaluate(ROWS) == shown
    page.get_by_role("checkbox", name="Länet").uncheck()
    page.get_by_label("Visa bara skillnader").check()
    assert len(page.evaluate(HEADS)) < len(heads)
    page.select_option("#min-kommun", "")
    assert (page.evaluate(ROWS), page.evaluate(HEADS)) == (every, heads)


def test_sentences_about_others_give_way_and_those_about_all_stay(page: Any, report: Built) -> None:
    page.goto((report.path / "individanpassad.html").resolve().as_uri())
    every = page.evaluate(SENTENCES)
    page.select_option("#min-kommun", "0184")
    shown = page.evaluate(SENTENCES)
    assert [one for one in every if "Solna" in one or not any(name in one for name in ("Ekerö", "Sigtuna"))][:1] != []
    assert all("Solna" in one for one in shown if re.search("Ekerö|Sigtuna|Järfälla|Sollentuna|Sundbyberg", one))


MARKED = """figure => [...document.querySelectorAll(`#${figure} svg.valet path`)].map(
    one => [one.getAttribute("class"), one.getBoundingClientRect()]).map(([kind, box]) => [kind, box.x, box.width])"""


def test_a_picture_follows_the_choice(page: Any, report: Built) -> None:
    """Mine is framed where its column is, who is not compared with fades, and it all goes with the choice."""
    page.goto(f"{(report.path / 'oversikt.html').resolve().as_uri()}#min=0191&mot=lan")
    page.locator("#fig-svar svg.valet path.min").wait_for(state="attached")
    picture = page.locator("#fig-svar img").bounding_box()
    assert picture
    *faded, (kind, left, wide) = page.evaluate(MARKED, "fig-svar")
    assert [one for one, *_ in faded] == ["bleknar"] * 8  # seven municipalities and the nation
    assert kind == "min"
    middles = sorted(at + size / 2 for _, at, size in faded)
    assert middles[6] < left + wide / 2 < middles[7]  # the municipalities before it, the nation after
    assert picture["x"] < left < left + wide < picture["x"] + picture["width"]
    assert page.locator("#fig-kartor svg.valet path.min").count() == 1
    assert page.locator("svg.valet[aria-hidden=true]").count() == page.locator("svg.valet").count() > 0
    page.get_by_label("Övriga kommuner").check()
    page.get_by_label("Riket").check()
    page.wait_for_function("() => !document.querySelector('#fig-svar path.bleknar')")
    page.select_option("#min-kommun", "")
    assert page.locator("svg.valet").count() == 0


def test_a_column_is_sorted_and_put_back(page: Any) -> None:
    every, head = page.evaluate(ROWS), page.locator("button.sortera").nth(0)
    head.click()
    assert page.evaluate(ROWS) == sorted(every, key=lambda name: name.replace("Ä", "Z").replace("ä", "z"))
    head.click()
    assert page.locator("th[aria-sort='descending']").count() == 1
    head.click()
    assert page.evaluate(ROWS) == every


def test_the_whole_report_is_searched(page: Any) -> None:
    page.fill("#sok-falt", "tandvård")
    page.locator("#sok li").first.wait_for()
    found = [link.get_attribute("href") for link in page.locator("#sok li a").all()]
    assert any(one.startswith("samordning.html#") for one in found)
    page.fill("#sok-falt", "xyzzy")
    page.get_by_text("Inget avsnitt har de orden.").wait_for()
