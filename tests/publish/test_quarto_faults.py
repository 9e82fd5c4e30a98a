"""Each thing that the laid-out project holds for Quarto's sake is needed: without it the report fails, and says so.

With the stand-in, which goes wrong where Quarto was seen to.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx.oxml.ns import qn

from conftest import refused
from oj.disk.folders import Folders
from oj.facts.editions import using
from oj.publish.build.report import build_report
from oj.publish.quarto import run as quarto
from oj.publish.quarto.output import write_by_quarto
from oj.publish.quarto.project import fit, for_quarto
from oj.publish.render.syntax import pandoc, read_book
from oj.publish.word.finish import alt_texts, finish
from oj.words.progress import Progress
from publish import read_html, read_pdf, read_word
from publish.building import RESULTS, code, everything_in, of_two, said, small_book, stand_in, write_notebook
from publish.quarto_reports import dead_in_pdf, dead_in_word, dead_links, fonts_of, headings_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is started by a shell script")
GUIDES = """from oj.present.output import Parts, Text

Parts([Text("Två meningar.", before="## Ekerö {#sec-guide-ett}"), Text("Text.", before="## Solna {#sec-guide-tva}")])
"""
SOLNA = RESULTS.replace("municipalities", "['Solna']")


@pytest.fixture(scope="module", autouse=True)
def on_few_facts(few_facts: Path) -> Iterator[None]:
    """Let every book here be of few facts."""
    with using(few_facts):
        yield


@pytest.fixture(scope="module")
def book(on_few_facts: None, tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Build a book of three chapters, with links ahead, and headings, a table, a form and a chart from cells."""
    folders = small_book(tmp_path_factory.mktemp("bok"))
    chapters = {
        "index": [said("# Inledning {#sec-inledning .unnumbered}\n\nSe [metoden](metod.ipynb) och @tbl-trygghet.")],
        "resultat": [
            said("# Resultat {#sec-resultat}\n\n[Inledningen](index.ipynb)."), code(SOLNA),
            code("oj.table(figures.of('trygghet'))"), code("oj.chart(figures.of('handlaggning'))"),
            code("oj.guide(figures)"),
        ],
        "metod": [said("# Metod {#sec-metod}\n\nSe @sec-resultat."), code(GUIDES)],
    }  # fmt: skip
    for name, cells in chapters.items():
        write_notebook(folders.notebooks / f"{name}.ipynb", *cells)
    change(
        folders.notebooks / "_quarto.yml", lambda said: said["book"].update(chapters=[f"{n}.ipynb" for n in chapters])
    )
    build_report(of_two(), folders, Progress(), "embedded")
    return folders


@pytest.fixture
def project(book: Folders, tmp_path: Path) -> Path:
    """Return a copy of the laid-out book, to change."""
    return Path(shutil.copytree(book.build / "stockholm-2015", tmp_path / "stockholm-2015"))


def change(path: Path, by: Callable[[dict[str, Any]], object]) -> None:
    """Change a file of YAML or JSON."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    by(read)
    text = json.dumps(read, ensure_ascii=False) if path.suffix == ".ipynb" else yaml.safe_dump(read, allow_unicode=True)
    path.write_text(text, encoding="utf-8")


def rendered(project: Path, version: str = "1.10.18") -> Path:
    """Return the finished report of a project, by a stand-in of a version."""
    finished = project.with_name("rapport")
    finished.mkdir()
    asked = quarto.ask(str(stand_in(project.parent, version)), project.with_name("quarto.log"))
    assert asked is not None
    write_by_quarto(asked, read_book(project), project, finished)
    return finished


@pytest.fixture(scope="module")
def newest(book: Folders, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of the book unchanged by the newest version, which is only read; its project is beside it."""
    return rendered(
        Path(shutil.copytree(book.build / "stockholm-2015", tmp_path_factory.mktemp("ny") / "stockholm-2015"))
    )


def pages_of(report: Path) -> dict[str, read_html.Element]:
    """Read a report's pages."""
    return {path.name: read_html.read_page(path) for path in sorted(report.glob("*.html"))}


# unchanged


@pytest.mark.parametrize(("version", "both"), [("1.9.38", False), ("1.10.18", True)])
def test_the_project_is_rendered_by_both_versions(project: Path, newest: Path, *, version: str, both: bool) -> None:
    report = newest if both else rendered(project, version)
    word, pdf = read_word.read_word(report / "rapport.docx"), read_pdf.read_pdf(report / "rapport.pdf")
    assert (dead_in_word(word), dead_in_pdf(pdf), [one for one in dead_links(report) if "analys/" not in one]) == (
        [],
        [],
        [],
    )
    numbered = ["Inledning", "1 Resultat", "2 Metod"]
    assert [text for text in headings_of(pages_of(report)) if text in numbered] == [
        "Inledning",
        "2 Metod",
        "1 Resultat",
    ]
    assert [text for level, text in read_word.headings_of(word) if level == 1] == numbered
    assert [title for level, title, _ in pdf.bookmarks if level == 1] == numbered
    assert {name for name in fonts_of(report / "rapport.pdf") if not name.startswith("SourceSansPro")} == set()
    assert ("<pdfaid:part>2</pdfaid:part>" in pdf.metadata, "<pdfuaid:part>1</pdfuaid:part>" in pdf.metadata) == (
        both,
        True,
    )
    assert not report.with_name("quarto.log").exists()


def test_word_is_as_the_embedded_renderers(newest: Path, book: Folders) -> None:
    word = read_word.read_word(newest / "rapport.docx")
    expected = read_word.read_word(book.reports / "stockholm-2015" / "rapport.docx")
    assert read_word.grids_of(word) == read_word.grids_of(expected)
    assert read_word.fields_of(word) == read_word.fields_of(expected)
    assert len(read_word.fields_of(expected)) > 10


def test_the_whole_command_tells_which_quarto_it_used(
    book: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTO", str(stand_in(tmp_path)))
    folders = Folders(book.notebooks, tmp_path / "build", tmp_path / "reports")
    report = build_report(of_two(), folders, Progress(), "quarto")
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["renderer"], manifest["versions"]["quarto"]) == ("quarto", "1.10.18")
    assert dead_links(report) == []
    assert not (folders.build / "quarto.log").exists()


# each cure undone


def to_typst(**options: object) -> Callable[[Path], None]:
    """Return what changes the options of the PDF."""
    return lambda project: change(
        project / "_quarto.yml", lambda said: said["format"]["lansrapport-typst"].update(options)
    )


def without_font_files(project: Path) -> None:
    """Take the fonts away."""
    for path in (project / "_extensions" / "lansrapport").glob("*.ttf"):
        path.unlink()


NEIGHBOURS = ("another font path", "no font files")
STOPPED = {
    "no font path": (to_typst(**{"font-paths": []}), "unknown font family"),
    "another font path": (to_typst(**{"font-paths": "bilder"}), "unknown font family"),
    "no font files": (without_font_files, "unknown font family"),
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if name in NEIGHBOURS else []) for name in STOPPED]
)
def test_what_goes_wrong_is_told_in_one_line(project: Path, name: str) -> None:
    damage, word = STOPPED[name]
    damage(project)
    with refused(word, "RENDERER=embedded", str(project.with_name("quarto.log"))):
        rendered(project)
    assert word in project.with_name("quarto.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["extension", "standards"])
def test_what_the_older_quarto_cannot_do_is_settled_before(project: Path, kind: str) -> None:
    """Without it, Quarto 1.9 refuses the extension, and then the two standards."""
    if kind == "standards":
        fit(project, quarto.Quarto("quarto", "1.9.38"))
        to_typst(**{"pdf-standard": ["a-2a", "ua-1"]})(project)
    with refused({"extension": "incompatible", "standards": "multiple PDF standards"}[kind]):
        quarto.render(str(stand_in(project.parent, "1.9.38")), project)


@pytest.mark.parametrize("version", ["1.9.16", "1.8.27", "1.3.450", "0.9.532"])
def test_a_quarto_that_is_too_old_is_refused_at_once(book: Folders, tmp_path: Path, version: str,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    program = tmp_path / "quarto"
    program.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("QUARTO", str(program))
    before = everything_in(book.reports)
    with refused(f"Quarto {version} ({program}) är för gammalt", "1.9.17", "RENDERER=embedded"):
        build_report(of_two(), book, Progress(), "quarto")
    assert everything_in(book.reports) == before


def test_a_first_heading_without_a_line_before_it_is_numbered(project: Path) -> None:
    """The fault that the test of chapter numbers tells."""
    change(project / "index.ipynb", lambda notebook: notebook["cells"][-1]["source"].pop(0))
    assert "1 Inledning" in headings_of(pages_of(rendered(project)))


def test_a_link_ahead_without_a_heading_is_dead(project: Path) -> None:
    """The fault that the tests of links tell, in Word and PDF."""
    path = project / "index.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("metod.ipynb#sec-metod", "metod.ipynb"), encoding="utf-8")
    report = rendered(project)
    assert dead_in_word(read_word.read_word(report / "rapport.docx")) == ["./metod.ipynb"]
    assert dead_in_pdf(read_pdf.read_pdf(report / "rapport.pdf")) == ["./metod.ipynb"]


def test_a_word_file_whose_floats_are_not_lifted_is_unfinished(project: Path, tmp_path: Path) -> None:
    output = quarto.render(str(stand_in(tmp_path)), project)
    path, alts = output / "rapport.docx", alt_texts(read_book(project))
    finish(path, alts, {})
    word = read_word.read_word(path)
    tables = list(word.element.body.iter(qn("w:tbl")))
    assert len(tables) > len(word.tables) > 0
    assert read_word.fields_of(word) == []


def test_quarto_starts_itself_for_no_table(project: Path, tmp_path: Path) -> None:
    program, log = str(stand_in(tmp_path)), tmp_path / "log"
    quarto.render(program, project, log)
    assert "quarto run" not in log.read_text(encoding="utf-8")
    shutil.rmtree(project / "_book")
    change(project / "_quarto.yml", lambda said: said["filters"].pop(0))
    quarto.render(program, project, log)
    assert log.read_text(encoding="utf-8").count("quarto run juice.ts") == 3


@pytest.mark.parametrize("tags", [[], ["egen"], ["hide-input", "egen"], ["parameters"], ["remove-cell"]])
def test_a_cell_that_prints_headings_has_no_tags_but_what_hides_it(tags: list[str]) -> None:
    shown = {"output_type": "display_data", "data": {"text/markdown": "Text.\n\n### Rubrik"}, "metadata": {}}
    cell = {"cell_type": "code", "metadata": {"tags": tags}, "source": ["visa()"], "outputs": [shown]}
    (made,) = for_quarto({"cells": [cell]}, {})["cells"]
    hidden = tags in (["parameters"], ["remove-cell"])
    assert made["metadata"] == ({"tags": tags} if hidden else {})
    assert made["source"] == (["visa()"] if hidden else ["#| output: asis\n", "visa()"])
    assert made["outputs"][0]["data"]["text/markdown"] == "\nText.\n\n### Rubrik\n"


# the filter, run by pandoc itself

TABLE = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>{}</td></tr></tbody></table>"
FILTER = Path(__file__).parents[2] / "notebooks" / "_extensions" / "lansrapport" / "tables-in-typst.lua"


def filtered(html: str, to: str) -> str:
    """Return what pandoc writes of raw HTML with the filter."""
    return pandoc(["-f", "markdown", "-t", to, f"--lua-filter={FILTER}"], f"```{{=html}}\n{html}\n```\n\nSlut.")


def test_the_filter_reads_a_table_on_the_way_to_typst() -> None:
    written = filtered(TABLE.format("Ja"), "typst")
    assert "table.header(" in written
    assert "[Ja]" in written


@pytest.mark.parametrize("to", ["html", "markdown"])
def test_the_filter_leaves_other_formats_alone(to: str) -> None:
    assert TABLE.format("Ja") in filtered(TABLE.format("Ja"), to)


@pytest.mark.parametrize(
    "html", ["<p>Text</p>", TABLE.format("1") + TABLE.format("2"), "<p>Text</p>" + TABLE.format("1")]
)
def test_the_filter_leaves_what_is_not_one_table(html: str) -> None:
    assert "table(" not in filtered(html, "typst")
