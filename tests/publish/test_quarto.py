"""What Quarto is given is what it expects, and what it gives back is collected or refused; no Quarto is needed."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml

from conftest import refused
from oj.disk.folders import Folders
from oj.facts.editions import using
from oj.publish.build.rendering import choose_renderer
from oj.publish.build.report import build_report
from oj.publish.quarto import run as quarto
from oj.words.errors import UserError
from oj.words.progress import Progress
from publish import read_word
from publish.building import FIGURES, RESULTS, Built, code, everything_in, folders_in, of_two, said, small_book

FAKE = """#!/bin/sh
echo "$@" >> "{calls}"
for argument in "$@"; do
  if [ -d "$argument" ]; then mkdir -p "$argument/_book" && cp -r "{output}/." "$argument/_book/"; fi
done
{say}
exit {status}
"""
unix = pytest.mark.skipif(sys.platform == "win32", reason="the fake Quarto is a shell script")


@pytest.fixture(scope="module")
def config(report: Built) -> dict[str, Any]:
    """Read the laid-out project's configuration."""
    read: dict[str, Any] = yaml.safe_load((report.project / "_quarto.yml").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def laid_out(report: Built, config: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Read the laid-out notebooks, by file name."""
    return {
        name: json.loads((report.project / name).read_text(encoding="utf-8")) for name in config["book"]["chapters"]
    }


@pytest.fixture(autouse=True)
def no_quarto_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the computer's own choice of Quarto out of the tests."""
    monkeypatch.delenv("QUARTO", raising=False)


# the project that Quarto is given


def test_the_project_is_a_book_whose_chapters_exist(report: Built, config: dict[str, Any]) -> None:
    assert config["project"] == {"type": "book", "output-dir": "_book"}
    chapters = config["book"]["chapters"]
    assert chapters[0] == "index.ipynb"
    assert [name for name in chapters if not (report.project / name).is_file()] == []
    assert sorted(path.name for path in report.project.glob("*.ipynb")) == sorted(chapters)


def test_quarto_runs_no_code_and_shows_none(config: dict[str, Any]) -> None:
    assert config["execute"]["enabled"] is False
    assert config["execute"]["echo"] is False


def test_the_title_page_is_the_reports_own(config: dict[str, Any]) -> None:
    assert config["lang"] == "sv-SE"
    assert config["book"]["title"] == "Öppna jämförelser 2015 – Social barn- och ungdomsvård"
    assert config["book"]["subtitle"] == "Nordvästkommunerna i Stockholms län"
    assert "author" not in config["book"]
    assert "date" not in config["book"]


def test_all_three_formats_are_set_and_their_files_exist(report: Built, config: dict[str, Any]) -> None:
    formats = config["format"]
    assert list(formats) == ["html", "lansrapport-typst", "docx"]
    filters = [one["path"] if isinstance(one, dict) else one for one in config["filters"]]
    files = [*formats["html"]["css"], formats["docx"]["reference-doc"], *filters]
    assert [name for name in files if not (report.project / name).is_file()] == []
    assert formats["lansrapport-typst"]["pdf-standard"] == ["a-2a", "ua-1"]


def test_the_extension_gives_the_typst_format_and_its_files_exist(report: Built) -> None:
    folder = report.project / "_extensions" / "lansrapport"
    said_of = yaml.safe_load((folder / "_extension.yml").read_text(encoding="utf-8"))
    partials = said_of["contributes"]["formats"]["typst"]["template-partials"]
    assert partials == ["numbering.typ", "page.typ", "typst-show.typ"]
    assert [name for name in partials if not (folder / name).is_file()] == []


def test_sources_are_lists_of_lines(laid_out: dict[str, dict[str, Any]]) -> None:
    for name, notebook in laid_out.items():
        assert (notebook["nbformat"], notebook["metadata"]["kernelspec"]["language"]) == (4, "python"), name
        for cell in notebook["cells"]:
            assert isinstance(cell["source"], list), name
            assert all(line.endswith("\n") for line in cell["source"][:-1]), name


def test_outputs_are_markdown_only(laid_out: dict[str, dict[str, Any]]) -> None:
    """What is HTML or SVG in JupyterLab would be shown beside the Markdown, or instead of it."""
    for name, notebook in laid_out.items():
        outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
        assert {kind for output in outputs for kind in output["data"]} == {"text/markdown"}, name
        assert {output["output_type"] for output in outputs} == {"display_data"}, name


def test_every_figure_is_there_as_svg_and_png(report: Built, laid_out: dict[str, dict[str, Any]]) -> None:
    text = json.dumps(list(laid_out.values()), ensure_ascii=False)
    from oj.publish.build.book import IMAGE

    labels = IMAGE.findall(text)
    assert len(labels) == len(FIGURES)
    files = {path.name for path in (report.project / "bilder").iterdir()}
    assert files == {f"{label}.{suffix}" for label in labels for suffix in ("svg", "png")}
    for path in (report.project / "bilder").glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG"), path.name


def test_the_project_tells_nothing_of_the_run(laid_out: dict[str, dict[str, Any]]) -> None:
    for name, notebook in laid_out.items():
        assert "papermill" not in notebook["metadata"], name
        assert {key for cell in notebook["cells"] for key in cell["metadata"]} <= {"tags"}, name


def test_there_is_no_output_of_quarto_in_the_project(report: Built) -> None:
    assert not (report.project / "_book").exists()


# finding Quarto


def program_in(folder: Path, name: str = "quarto") -> str:
    """Write a program that does nothing, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@unix
def test_quarto_is_sought_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable QUARTO before the PATH, the PATH before the package, and nothing where none has it."""
    named, on_path = program_in(tmp_path / "a", "min-quarto"), program_in(tmp_path / "b")
    beside = program_in(tmp_path / "c")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "c" / "python"))
    monkeypatch.setattr(quarto, "find_spec", lambda name: name == "quarto_cli" or None)
    monkeypatch.setenv("QUARTO", named)
    monkeypatch.setenv("PATH", str(tmp_path / "b"))
    assert quarto.find_quarto() == named
    monkeypatch.setenv("QUARTO", "")
    assert quarto.find_quarto() == on_path
    monkeypatch.setenv("PATH", str(tmp_path / "tom"))
    assert quarto.find_quarto() == beside
    monkeypatch.setattr(quarto, "find_spec", lambda _name: None)
    assert quarto.find_quarto() is None
    monkeypatch.setattr(quarto, "find_spec", lambda name: name == "quarto_cli" or None)
    Path(beside).unlink()
    assert quarto.find_quarto() is None


def test_the_choice_of_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarto, "find_quarto", lambda: "/opt/quarto")
    assert [choose_renderer(wanted) for wanted in ("", "quarto", "embedded")] == [None, "/opt/quarto", None]
    monkeypatch.setattr(quarto, "find_quarto", lambda: None)
    assert [choose_renderer(wanted) for wanted in ("", "embedded")] == [None, None]
    with refused(
        "Quarto är inte installerat",
        "make quarto",
        "environment.py quarto",
        "quarto.org",
        "QUARTO",
        "RENDERER=embedded",
    ):
        choose_renderer("quarto")


@pytest.mark.parametrize("wanted", ["Quarto", "word", "inbyggd", " "])
def test_another_renderer_is_refused(wanted: str) -> None:
    with refused(f"RENDERER=”{wanted}” finns inte", "quarto eller embedded"):
        choose_renderer(wanted)


def test_quarto_is_told_not_to_run_the_code(tmp_path: Path) -> None:
    call = quarto.command("/opt/quarto", tmp_path)
    assert call[:3] == ["/opt/quarto", "render", str(tmp_path)]
    assert "--no-execute" in call


@pytest.mark.parametrize(
    ("log", "found"),
    [
        ("WARNING: Unable to resolve crossref @tbl-x", ["WARNING: Unable to resolve crossref @tbl-x"]),
        (
            "ok\n  [WARNING] Could not fetch resource bilder/a.svg\nok",
            ["[WARNING] Could not fetch resource bilder/a.svg"],
        ),
        ("WARN: unresolved reference", ["WARN: unresolved reference"]),
        ("warning: unknown font family: a\n  ┌─ index.typ:1:1", ["warning: unknown font family: a"]),
        (
            "WARNING: PDF standard 'x' is not supported by Typst and will be ignored",
            ["WARNING: PDF standard 'x' is not supported by Typst and will be ignored"],
        ),
        ("Output created: _book/index.html\n", []),
        ("WARNING: something that does not break the report", []),
        ("", []),
    ],
)
def test_complaints(log: str, found: list[str]) -> None:
    assert quarto.complaints(log) == found


# a Quarto that writes what it is told


@pytest.fixture
def on_few_facts(few_facts: Path) -> Iterator[None]:
    """Let a small book be of few facts."""
    with using(few_facts):
        yield


def unfinished_word(folders: Folders, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a small book as pandoc's own Word file, which nothing has finished."""
    from oj.publish.word import finish as word

    with monkeypatch.context() as patch:
        patch.setattr(word, "finish", lambda *_args: None)
        finished = build_report(of_two(), folders, Progress(), "embedded")
    (finished / "rapport.docx").rename(target)


@pytest.fixture
def fake(on_few_facts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Folders]:
    """Return what makes a small book and a Quarto for it that writes `page`, says `say` and ends with `status`."""

    def make(*cells: tuple[str, str], page: str = "<p>Från Quarto</p>", say: str = ":", status: int = 0,
             lacking: str = "", as_pandoc: bool = False) -> Folders:  # fmt: skip
        folders, output = small_book(tmp_path / "bok", *cells), tmp_path / "output"
        (output / "site_libs").mkdir(parents=True)
        (output / "site_libs" / "quarto.css").write_text("a {}", encoding="utf-8")
        (output / "index.html").write_text(page, encoding="utf-8")
        (output / "Öppna-jämförelser.pdf").write_bytes(b"%PDF-1.7")
        docx.Document().save(str(output / "Öppna-jämförelser.docx"))
        if as_pandoc:
            aside = folders_in(tmp_path / "embedded", folders.notebooks)
            unfinished_word(aside, output / "Öppna-jämförelser.docx", monkeypatch)
        for path in output.glob(f"*{lacking}") if lacking else ():
            path.unlink()
        said_of = FAKE.format(calls=tmp_path / "calls", output=output, say=say, status=status)
        program = tmp_path / "quarto"
        program.write_text(said_of, encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("QUARTO", str(program))
        return folders

    return make


def build_with_quarto(folders: Folders) -> Path:
    """Build the report of a small book with Quarto."""
    return build_report(of_two(), folders, Progress(), "quarto")


@unix
def test_what_quarto_writes_is_collected_and_finished(tmp_path: Path, fake: Callable[..., Folders]) -> None:
    cells = [code(RESULTS), code("oj.table(figures.of('trygghet'))"), code("oj.chart(figures.of('handlaggning'))")]
    folders = fake(*cells, as_pandoc=True)
    unfinished = read_word.read_word(tmp_path / "output" / "Öppna-jämförelser.docx")
    finished = build_with_quarto(folders)
    assert (finished / "index.html").read_text(encoding="utf-8") == "<p>Från Quarto</p>"
    assert (finished / "site_libs" / "quarto.css").is_file()
    assert (finished / "rapport.pdf").read_bytes() == b"%PDF-1.7"
    assert sorted(path.name for path in finished.glob("*.docx")) == ["rapport.docx"]
    assert sorted(path.name for path in finished.glob("*.pdf")) == ["rapport.pdf"]
    assert (finished / "analys" / "index.html").is_file()
    assert (finished / "resultat.csv").is_file()
    assert json.loads((finished / "manifest.json").read_text(encoding="utf-8"))["renderer"] == "quarto"
    assert f"{folders.build}" in (tmp_path / "calls").read_text(encoding="utf-8")
    word = read_word.read_word(finished / "rapport.docx")
    assert [(name, alt[:6]) for name, alt in read_word.pictures_of(word)] == [("Figur 1", "Handlä")]
    (before,), (after,) = read_word.grids_of(unfinished), read_word.grids_of(word)
    assert after.body == before.body
    assert {fill for row in before.fills for fill in row} == {""}
    assert {"9CC4E8", "FBE3D2", "F1F4F8"} <= {fill for row in after.fills for fill in row}
    assert read_word.contents_of(word) == [(1, "1 Prov", "sec-prov")]
    assert word.core_properties.language == "sv-SE"


FAILURES = {
    "no fonts": ({"say": "echo 'warning: unknown font family: source sans pro' >&2"},
                 ["Quarto klagade", "unknown font family"]),
    "a fault in colour": ({"say": r"printf '\033[31mERROR: nej\033[0m\n  i kapitel 3\n' >&2", "status": 1},
                          ["Quarto kunde inte göra rapporten: ERROR: nej. Inget är ändrat."]),
    "no words": ({"status": 1}, ["Quarto kunde inte", "det sade inte varför"]),
    "a Word file that is none": ({"say": 'echo "inget" > "$2/_book/Öppna-jämförelser.docx"'}, ["docx"]),
    "a status": ({"say": "echo 'ERROR: nej' >&2", "status": 1}, ["Quarto kunde inte", "ERROR: nej"]),
    "a warning": ({"say": "echo 'WARNING: Unable to resolve crossref @tbl-x' >&2"}, ["Quarto klagade", "@tbl-x"]),
    "a lost reference": ({"page": "<p>Se ?@tbl-finns-ej.</p>"}, ["@tbl-finns-ej", "index.html", "leder ingenstans"]),
    "no PDF": ({"lacking": ".pdf"}, ["Quarto skrev 0 filer", ".pdf"]),
    "no Word file": ({"lacking": ".docx"}, ["Quarto skrev 0 filer", ".docx"]),
    "no page": ({"lacking": ".html"}, ["Quarto", "index.html"]),
}  # fmt: skip


@unix
@pytest.mark.parametrize("name", list(FAILURES))
def test_what_quarto_does_wrong_fails_the_build(fake: Callable[..., Folders], name: str) -> None:
    made, words = FAILURES[name]
    folders = fake(said("Text."), **made)
    (folders.reports / "stockholm-2015").mkdir(parents=True)
    (folders.reports / "stockholm-2015" / "index.html").write_text("Den tidigare.", encoding="utf-8")
    before = everything_in(folders.reports)
    with pytest.raises(UserError) as caught:
        build_with_quarto(folders)
    told = str(caught.value)
    assert [word for word in [*words, "RENDERER=embedded", "build/quarto.log"] if word not in told] == []
    assert len(told.splitlines()) == 1
    assert everything_in(folders.reports) == before
    assert [path.name for path in folders.build.iterdir()] == ["quarto.log"]


@unix
def test_a_word_file_with_another_number_of_pictures_is_refused(fake: Callable[..., Folders]) -> None:
    """The alt texts would come to stand at the wrong pictures."""
    folders = fake(code(RESULTS), code("oj.chart(figures.of('handlaggning'))"))
    with refused("bild"):
        build_with_quarto(folders)


@pytest.mark.parametrize("kind", ["lacking", "no program"])
def test_a_quarto_that_cannot_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    program = tmp_path / "quarto"
    if kind == "no program":
        program.write_text("inget program", encoding="utf-8")
    monkeypatch.setenv("QUARTO", str(program))
    folders = small_book(tmp_path / "bok")
    with refused(str(program)):
        build_with_quarto(folders)
    assert not folders.reports.exists() or list(folders.reports.iterdir()) == []
