"""A build that fails leaves the earlier report whole, says why in Swedish and cleans up after itself."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from conftest import RESULTS as RESULTS_FILE
from conftest import append, refused
from oj.disk.folders import Folders
from oj.facts.editions import using
from oj.publish.build.report import build_report
from oj.words.errors import UserError
from oj.words.progress import Progress
from publish.building import NOTEBOOKS, RESULTS, ROOT, code, everything_in, of_two, said, small_book

NAME = "stockholm-2015"
TABLE = code(f"{RESULTS}\n\noj.table(figures.of('trygghet'))")
SHOWS = "from IPython.display import display\n\ndisplay({{{kind!r}: {text!r}}}, raw=True)"


@pytest.fixture(scope="module", autouse=True)
def on_few_facts(few_facts: Path) -> Iterator[None]:
    """Let every book here be of few facts."""
    with using(few_facts):
        yield


def earlier_report(folders: Folders) -> dict[str, str]:
    """Put an earlier report and its project in their places, and return all that is there."""
    for parent in (folders.build, folders.reports):
        (parent / NAME / "bilder").mkdir(parents=True)
        (parent / NAME / "index.html").write_text("Den tidigare rapporten.", encoding="utf-8")
        (parent / NAME / "bilder" / "fig.svg").write_text("<svg/>", encoding="utf-8")
        (parent / "annan-2015").mkdir()
    return kept(folders)


def kept(folders: Folders) -> dict[str, str]:
    """Return all that is in build/ and reports/."""
    return {
        f"{parent.name}/{name}": value
        for parent in (folders.build, folders.reports)
        for name, value in everything_in(parent).items()
    }


def build_small(folders: Folders, renderer: str = "embedded") -> Path:
    """Build the report of a small book."""
    return build_report(of_two(), folders, Progress(), renderer)


def no_notebook(folders: Folders) -> None:
    """Take the book's notebook away."""
    (folders.notebooks / "index.ipynb").unlink()


def no_book(folders: Folders) -> None:
    """Take the list of chapters away."""
    (folders.notebooks / "_quarto.yml").unlink()


def broken_book(folders: Folders) -> None:
    """Make the list of chapters unreadable."""
    (folders.notebooks / "_quarto.yml").write_text("book: [", encoding="utf-8")


def empty_book(folders: Folders) -> None:
    """Give the book no list of chapters."""
    (folders.notebooks / "_quarto.yml").write_text("project:\n  type: book\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (no_notebook, ["Kapitlet index.ipynb saknas i notebooks/.", "_quarto.yml"]),
        (no_book, ["_quarto.yml kan inte läsas"]),
        (broken_book, ["_quarto.yml är ingen beskrivning av en bok"]),
        (empty_book, ["_quarto.yml är ingen beskrivning av en bok"]),
    ],
)
def test_a_damaged_project_is_refused(tmp_path: Path, damage: Callable[[Folders], None], words: list[str]) -> None:
    folders = small_book(tmp_path)
    before = earlier_report(folders)
    damage(folders)
    with refused(*words):
        build_small(folders)
    assert kept(folders) == before


CONSTRUCTS = {
    "a cell that raises": (code("1 / 0"), ["notebooks/index.ipynb, cell ", "ZeroDivisionError"]),
    "a crash": (code("import os\n\nos._exit(9)"), ["notebooks/index.ipynb", "status 9"]),
    "a shortcode": (said("{{< video https://example.org >}}"), ["index.ipynb", "{{< video >}}"]),
    "an unknown div": (said("::: {.column-margin}\nI marginalen.\n:::"), ["”.column-margin”"]),
    "a picture that is no chart": (code(SHOWS.format(kind="image/png", text="AAAA")), ["index.ipynb", "image/png"]),
    "scripted output": (code(SHOWS.format(kind="application/javascript", text="1")), ["application/javascript"]),
    "a reference to nothing": (said("Se @tbl-finns-ej."), ["@tbl-finns-ej"]),
    "a label twice": (said("## Ett {#sec-a}\n\nText.\n\n## Två {#sec-a}\n\nText."), ["sec-a", "två gånger"]),
    "a table twice": (code(f"{RESULTS}\nfor _ in (1, 2):\n    display(oj.table(figures.of('trygghet')))"),
                      ["tbl-trygghet", "två gånger"]),
}  # fmt: skip


@pytest.mark.parametrize("name", list(CONSTRUCTS))
def test_what_cannot_be_shown_is_refused_by_name(tmp_path: Path, name: str) -> None:
    cell, words = CONSTRUCTS[name]
    folders = small_book(tmp_path, cell)
    before = earlier_report(folders)
    with refused(*words):
        build_small(folders)
    assert kept(folders) == before


SLIPS = {
    "a div that is not ended": said("::: {.callout-note}\nText."),
    "two notes of one name": said("Text.[^a]\n\n[^a]: En.\n\n[^a]: Två."),
    "a picture that is lacking": said("![Bild](bilder/finns-ej.png){#fig-x}"),
    "a table without its caption": said("::: {#tbl-x}\n| a | b |\n|---|---|\n| 1 | 2 |\n:::"),
    "a table div without a table": said("::: {#tbl-x}\nIngen tabell.\n\nText.\n:::"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_in_a_text_is_told_in_swedish(tmp_path: Path, name: str) -> None:
    """Whatever a coordinator mistypes in a notebook is a user's error, never a traceback."""
    folders = small_book(tmp_path, SLIPS[name])
    before = earlier_report(folders)
    with pytest.raises(UserError):
        build_small(folders)
    assert kept(folders) == before


def test_a_chapter_without_heading_is_refused(tmp_path: Path) -> None:
    from publish.building import write_notebook

    folders = small_book(tmp_path)
    write_notebook(folders.notebooks / "index.ipynb", said("Bara text."))
    before = earlier_report(folders)
    with refused("index.ipynb"):
        build_small(folders)
    assert kept(folders) == before


@pytest.mark.parametrize("name", ["build", "reports"])
def test_a_place_that_cannot_be_written_in_is_told(tmp_path: Path, name: str) -> None:
    """Root may write anywhere, so the folder is a file instead."""
    folders = small_book(tmp_path)
    (tmp_path / name).write_text("", encoding="utf-8")
    with refused(f"Det går inte att skriva i {tmp_path / name}"):
        build_small(folders)
    assert sorted(path.name for path in tmp_path.rglob(".*")) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write in any folder")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    folders = small_book(tmp_path)
    folders.reports.mkdir(mode=0o555)
    with refused(f"Det går inte att skriva i {folders.reports}"):
        build_small(folders)


def test_broken_data_is_refused_before_anything_is_run(
    tmp_path: Path, data_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = small_book(tmp_path)
    before = earlier_report(folders)
    row = append(data_copy / RESULTS_FILE, "2015,bbic-licenz,0114,,yes,observed,,,fou-nordvast-2015,")
    monkeypatch.setenv("OJ_DATA", str(data_copy))
    monkeypatch.setattr("oj.publish.execution.execute.execute", lambda *_: pytest.fail("the notebooks were run"))
    with refused(f"data/{RESULTS_FILE}", f"rad {row}"):
        build_small(folders)
    assert kept(folders) == before


def test_a_build_replaces_the_earlier_report_whole(tmp_path: Path) -> None:
    folders = small_book(tmp_path, said("Mer text."), TABLE)
    earlier_report(folders)
    finished = build_small(folders)
    assert finished == folders.reports / NAME
    assert "Den tidigare rapporten." not in (finished / "index.html").read_text(encoding="utf-8")
    assert not (finished / "bilder" / "fig.svg").exists()
    assert sorted(path.name for path in folders.reports.iterdir()) == ["annan-2015", NAME]
    assert sorted(path.name for path in folders.build.iterdir()) == ["annan-2015", NAME]
    for name in ("index.html", "rapport.pdf", "rapport.docx", "resultat.csv", "manifest.json", "analys/index.html"):
        assert (finished / name).stat().st_size > 0


def failing_replace(monkeypatch: pytest.MonkeyPatch, *, at: int) -> None:
    """Let the system exchange no names, and replacing number `at` fail, as where another program has a file open."""
    count, real = [0], Path.replace

    def counted(self: Path, new: Path) -> Path:
        if any(folder in str(new) for folder in ("reports", "build")):
            count[0] += 1
            if count[0] == at:
                raise PermissionError(13, "Permission denied")
        return real(self, new)

    monkeypatch.setattr("oj.disk.moves._exchange", lambda: None)
    monkeypatch.setattr(Path, "replace", counted)


@pytest.mark.parametrize("at", [2, 3, 4, 5])
def test_a_failed_move_leaves_the_earlier_report_and_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """The first replacing writes down what is to be moved; then the earlier goes and the new comes, of each of two."""
    folders = small_book(tmp_path)
    before = earlier_report(folders)
    failing_replace(monkeypatch, at=at)
    with refused(
        "kunde inte flyttas", str(folders.reports / NAME), "öppen i ett annat program", "Den tidigare rapporten är kvar"
    ):
        build_small(folders)
    assert kept(folders) == before


def test_what_goes_wrong_within_leaves_nothing(tmp_path: Path) -> None:
    def add(_report: Path) -> None:
        raise KeyError("oväntat")

    folders = small_book(tmp_path)
    with pytest.raises(KeyError):
        build_report(of_two(), folders, Progress(), "embedded", add)
    assert [folder.name for folder in (folders.build, folders.reports) if folder.exists()] == []


def test_a_chapter_may_be_a_qmd(tmp_path: Path) -> None:
    folders = small_book(tmp_path)
    (folders.notebooks / "tillagg.qmd").write_text("# Tillägg {#sec-tillagg}\n\nSe @sec-prov.\n", encoding="utf-8")
    config = yaml.safe_load((folders.notebooks / "_quarto.yml").read_text(encoding="utf-8"))
    config["book"]["chapters"].append("tillagg.qmd")
    (folders.notebooks / "_quarto.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    finished = build_small(folders)
    assert 'href="index.html#sec-prov"' in (finished / "tillagg.html").read_text(encoding="utf-8")


def test_every_step_is_told_and_timed(tmp_path: Path) -> None:
    said_of: list[str] = []
    progress = Progress(tell=said_of.append)
    build_report(of_two(), small_book(tmp_path), progress, "embedded")
    assert [line for line in said_of if not line.startswith("  ")] == list(progress.seconds)
    assert "  index.ipynb" in said_of
    assert min(progress.seconds.values()) > 0


def test_the_projects_own_folders_are_the_default() -> None:
    from oj.disk.folders import default_folders

    assert default_folders() == Folders(NOTEBOOKS, ROOT / "build", ROOT / "reports", ROOT / "cache" / "rapporter")
