"""What a person or a file has written is text in every format: nothing of it runs, leads away or stops the report."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import panflute as pf
import pdfplumber
import pytest
import yaml

from conftest import DOMAIN, small_copy
from importing import result, write
from oj.facts.editions import using
from oj.facts.params import ReportParameters
from oj.publish.build.report import build_report
from oj.publish.render.syntax import pandoc
from oj.sources.imported import LeftOut
from oj.words.progress import Progress
from publish.building import RESULTS, code, small_book
from publish.read_html import Element, read_page
from publish.read_pdf import read_pdf
from publish.read_word import read_word, text_of

SCRIPT = '<script src="http://a.example/x.js">alert(1)</script>'
GROUP = f"Grupp #1 {SCRIPT} [x](javascript:alert(1)) @tbl-x $a$ // ** = ' \\ ^ ~"
PUBLISHER = (
    '`DDEAUTO`{=openxml} anna@fou.se FoU_Väst "A & B" O\'Brien -- ... #read("/_quarto.yml") {{< include x >}} &lt;'
)
TITLE = "1. Tabell @tbl-x {#sec-x} ![](http://a.example/p.png) :::: ``` Sammanställning"
IMPORTER = "<b onclick=x>Solna*</b> https://a.example @sec-y"
FILE = "@fig-x $(touch x) <i>_1_.xlsx"
CELL = "=HYPERLINK(1) @tbl-z <img src=x onerror=alert(1)> {{< env HOME >}} 😀 漢"
REASON = "Fel i källan; se @tbl-q, [här](https://a.example) ```{=html}\n<script>alert(2)</script>\n```"
WHO = "Anna <anna@fou.se> #1"


@dataclass(frozen=True)
class Read:
    """A report of foreign texts: its folder, its project, and what is seen of it in each format, without blanks."""

    path: Path
    project: Path
    seen: dict[str, str]


def squeezed(text: str) -> str:
    """Return a text without blanks and hyphens, which differ where lines end."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


@contextmanager
def facts(folder: Path) -> Iterator[Path]:
    """Use facts with an import and a correction whose every text is hostile."""
    small_copy(folder, {"tillganglig", "saker"})
    rows = [result("socialjour", "0184", "no"), result("socialjour", "0183", "yes")]
    left = (LeftOut("Blad1!C7", "Solna: @tbl-w", CELL, "ska vara Ja"),)
    write(folder, rows, title=TITLE, publisher=IMPORTER, file=FILE, note="se *not* @tbl-n", left_out=left)
    for name in ("series", "history", "breaks", "changes", "conflicts"):  # of measures that are left out
        path = folder / DOMAIN / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    row = {"edition": "2015", "indicator": "socialjour", "place": "0183"}
    entry = {"table": "results-egen-fil", "row": row, "column": "answer", "old": "yes", "new": "no", "reason": REASON,
             "date": "2015-09-01", "decided_by": WHO}  # fmt: skip
    (folder / DOMAIN / "corrections.yml").write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")
    with using(folder):
        yield folder


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Build a small report of hostile texts and read every format of it."""
    root = tmp_path_factory.mktemp("foreign")
    shown = ["opening(figures, group_name)", 'table(figures.of("utanfor-kontorstid"))', "guide(figures, group_name)",
             'method(figures, "inlasta")', 'method(figures, "rattelser")',
             'method(figures.of("utanfor-kontorstid"), "kallor")', "colophon(figures, publisher, date)"]  # fmt: skip
    folders = small_book(root, code(RESULTS), *(code(f"oj.{call}") for call in shown))
    with facts(root / "data"):
        parameters = ReportParameters(
            county="Stockholm", municipalities=["Solna", "Sundbyberg"], group_name=GROUP, publisher=PUBLISHER
        )
        path = build_report(parameters, folders, Progress(), "embedded")
    printed = read_pdf(path / "rapport.pdf")
    seen = {
        "html": read_page(path / "index.html").raw,
        "analys": read_page(path / "analys" / "index.html", strict=False).raw,
        "pdf": printed.text(printed.tree),
        "word": text_of(read_word(path / "rapport.docx").element),
    }
    return Read(path, folders.build / path.name, {name: squeezed(text) for name, text in seen.items()})


@pytest.mark.parametrize("kind", ["html", "analys", "word", "pdf"])
@pytest.mark.parametrize("text", [GROUP, PUBLISHER, TITLE, IMPORTER, FILE, CELL, WHO, REASON])
def test_the_text_is_seen_as_it_was_written(report: Read, text: str, kind: str) -> None:
    if kind == "pdf":
        text = text.replace("漢", "\ufffd")
    assert squeezed(text) in report.seen[kind]


def pages(report: Read) -> Iterator[tuple[str, Element]]:
    """Yield every web page of a report."""
    for path in sorted(report.path.rglob("*.html")):
        yield path.name, read_page(path, strict=False)


def test_no_page_runs_fetches_or_leads_to_what_was_written(report: Read) -> None:
    for _name, page in pages(report):
        assert list(page.all("iframe", "object", "embed", "form", "base")) == []
        scripts = {(one.attributes.get("src", "").rpartition("/")[2], one.text.strip()) for one in page.all("script")}
        assert scripts <= {("platser.js", ""), ("rapport.js", "")}  # the report's own
        for element in page.all():
            assert [name for name in element.attributes if name.startswith("on")] == []
            for name in ("href", "src", "action", "data"):
                assert not re.search("^[^#]*(a.example|javascript|mailto)", element.attributes.get(name, ""))


def test_word_and_pdf_hold_no_field_link_or_file_of_what_was_written(report: Read) -> None:
    with ZipFile(report.path / "rapport.docx") as parts:
        document = parts.read("word/document.xml").decode()
        links = parts.read("word/_rels/document.xml.rels").decode()
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)", document)
    assert [field for field in fields if "TOC" not in field] == []
    assert "a.example" not in links
    with pdfplumber.open(report.path / "rapport.pdf") as pdf:
        assert [link for page in pdf.pages for link in page.hyperlinks if link.get("uri")] == []
        assert pdf.metadata["Author"] == PUBLISHER


def test_the_project_for_quarto_holds_it_as_text(report: Read) -> None:
    book = yaml.safe_load((report.project / "_quarto.yml").read_text(encoding="utf-8"))["book"]
    for key, wanted in (("author", PUBLISHER), ("subtitle", f"{GROUP} i Stockholms län")):
        (paragraph,) = pf.load(StringIO(pandoc(["-f", "markdown", "-t", "json"], book[key]))).content
        assert {type(part) for part in paragraph.content} == {pf.Str, pf.Space}
        assert pf.stringify(paragraph).strip() == wanted
    notebook = json.loads((report.project / "index.ipynb").read_text(encoding="utf-8"))
    shown = [text for cell in notebook["cells"] for output in cell.get("outputs", []) for text in _texts(output)]
    assert not re.search(r"\{\{<|@tbl-[xznwq]|@sec-[xy]|<script|<img|</i>|javascript:", "\n".join(shown))


def _texts(output: dict[str, Any]) -> Iterator[str]:
    for kind, text in output.get("data", {}).items():
        if kind != "image/svg+xml":
            yield "".join(text)
