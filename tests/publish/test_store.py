"""What is built again is what would be built from nothing, to the byte, and only what is touched is run again."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from conftest import EDITION, RESULTS
from oj.disk.folders import Folders
from oj.facts.editions import using
from oj.facts.params import ReportParameters
from oj.publish.build.explained import AS_IT_WAS, explained
from oj.publish.build.report import build_report
from oj.publish.store.whole import Whole
from oj.words.progress import Progress
from publish.building import code, everything_in, of_two, said, small_book, write_notebook

TABLE = 'import oj\n\nfigures = oj.figures(county, edition, municipalities, compare_with)\noj.table(figures.of("{}"))'
PARAMETERS = of_two()


@dataclass(frozen=True)
class Begun:
    """A book that is built once for all tests: its folders, the notebooks that were run, and a copy of it all."""

    folders: Folders
    ran: list[str]
    copy: Path


@pytest.fixture(scope="module")
def original(few_facts: Path) -> Iterator[Path]:
    """Let every book here be of few facts, and copies be made of them."""
    with using(few_facts):
        yield few_facts


@pytest.fixture(scope="module")
def begun(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """Build a book of three chapters: one without facts, one of a table, one of a picture; and keep what can be."""
    root = tmp_path_factory.mktemp("bok")
    folders = small_book(root, said("Bara text."))
    write_notebook(folders.notebooks / "tabell.ipynb", said("# Tabell {#sec-t}"), code(TABLE.format("kompetens")))
    picture = TABLE.replace("oj.table", "oj.chart").format("tillganglig")
    write_notebook(folders.notebooks / "bild.ipynb", said("# Bild {#sec-b}"), code(picture))
    config = yaml.safe_load((folders.notebooks / "_quarto.yml").read_text(encoding="utf-8"))
    config["book"]["chapters"] = ["index.ipynb", "tabell.ipynb", "bild.ipynb"]
    (folders.notebooks / "_quarto.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    folders = replace(folders, cache=root / "cache")
    return Begun(folders, built(folders), Path(shutil.copytree(root, root.with_name("bok-som-byggd"))))


@pytest.fixture
def folders(begun: Begun) -> Folders:
    """Return the folders of the book, as they are when it has been built once."""
    root = begun.folders.notebooks.parent
    shutil.rmtree(root)
    shutil.copytree(begun.copy, root)
    return begun.folders


def built(folders: Folders, parameters: ReportParameters = PARAMETERS) -> list[str]:
    """Build the book, and return the notebooks that were run."""
    told: list[str] = []
    build_report(parameters, folders, Progress(tell=told.append), "embedded")
    return sorted(line.strip() for line in told if line.startswith("  ") and line.endswith(".ipynb"))


def from_nothing(folders: Folders, parameters: ReportParameters = PARAMETERS) -> dict[str, str]:
    """Return the hash of every file of the report as it is built where nothing is kept."""
    own = Folders(folders.notebooks, folders.build.with_name("b2"), folders.reports.with_name("r2"))
    finished = build_report(parameters, own, Progress(), "embedded")
    found = everything_in(finished)
    shutil.rmtree(own.reports)
    return found


def shown(folders: Folders) -> dict[str, str]:
    return everything_in(folders.reports / PARAMETERS.name)


def test_what_has_not_changed_is_not_run_and_is_the_same(begun: Begun, folders: Folders) -> None:
    assert begun.ran == ["bild.ipynb", "index.ipynb", "tabell.ipynb"]
    before = shown(folders)
    assert before == from_nothing(folders)
    assert built(folders) == []
    assert shown(folders) == before


def test_a_changed_notebook_runs_alone(folders: Folders) -> None:
    write_notebook(folders.notebooks / "bild.ipynb", said("# En annan bild {#sec-b}"), code("1 + 1"))
    assert built(folders) == ["bild.ipynb"]
    assert shown(folders) == from_nothing(folders)


def test_a_changed_fact_runs_the_chapters_that_read_it(
    folders: Folders, data_copy: Path, original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OJ_DATA", str(data_copy))
    path = data_copy / RESULTS
    path.write_text(path.read_text(encoding="utf-8").replace(",0.72,", ",0.73,", 1), encoding="utf-8")
    assert path.read_bytes() != (original / RESULTS).read_bytes()
    assert built(folders) == ["bild.ipynb", "tabell.ipynb"]
    assert shown(folders) == from_nothing(folders)
    texts = data_copy / EDITION / "texts.yml"
    texts.write_text(texts.read_text(encoding="utf-8") + "\n# en anmärkning\n", encoding="utf-8")
    ran = built(folders)
    assert "index.ipynb" not in ran
    assert shown(folders) == from_nothing(folders)


def test_a_changed_parameter_runs_everything(folders: Folders) -> None:
    other = PARAMETERS.model_copy(update={"publisher": "Någon annan"})
    assert built(folders, other) == ["bild.ipynb", "index.ipynb", "tabell.ipynb"]
    assert built(folders, PARAMETERS) == []


def test_changed_code_runs_everything(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oj.publish.store.chapters.tools", lambda: "ändrad")
    assert built(folders) == ["bild.ipynb", "index.ipynb", "tabell.ipynb"]


@pytest.mark.parametrize(
    "cell",
    [
        "print(open({path!r}).read())",
        pytest.param("import pathlib\n\nprint(pathlib.Path({path!r}).read_bytes())", marks=pytest.mark.long),
        "import os\n\ntry:\n    open({path!r} + '-inte-an')\nexcept OSError:\n    print('saknas')",
        "import subprocess\n\nsubprocess.run(['true'])",
        pytest.param("import socket\n\nsocket.socket().connect_ex(('127.0.0.1', 9))", marks=pytest.mark.long),
    ],
)
def test_a_chapter_that_reads_what_nobody_knows_is_run_each_time(folders: Folders, tmp_path: Path, cell: str) -> None:
    own = tmp_path / "egen.csv"
    own.write_text("1", encoding="utf-8")
    write_notebook(folders.notebooks / "index.ipynb", said("# Prov {#sec-prov}"), code(cell.format(path=str(own))))
    built(folders)
    assert built(folders) == ["index.ipynb"]


def test_a_file_of_facts_that_a_cell_opens_by_itself_is_known(
    folders: Folders, data_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OJ_DATA", str(data_copy))
    read = "import os\nfrom oj.facts.editions import root_of\n\nprint(len((root_of() / 'places.csv').read_text()))"
    write_notebook(folders.notebooks / "index.ipynb", said("# Prov {#sec-prov}"), code(read))
    built(folders)
    assert built(folders) == []
    places = data_copy / "places.csv"
    places.write_text(places.read_text(encoding="utf-8").replace("Solna,", "Solna ,", 1), encoding="utf-8")
    assert "index.ipynb" in built(folders)


def test_a_damaged_store_is_no_store(folders: Folders) -> None:
    before = shown(folders)
    assert folders.cache
    for path in folders.cache.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert built(folders) == ["bild.ipynb", "index.ipynb", "tabell.ipynb"]
    assert shown(folders) == before


def test_what_would_be_done_is_told(folders: Folders, data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OJ_DATA", str(data_copy))
    assert {one.told for one in explained(PARAMETERS, folders)} == {AS_IT_WAS}
    elsewhere = replace(folders, cache=data_copy.with_name("tom"))
    assert {one.told for one in explained(PARAMETERS, elsewhere)} == {"körs: inget är sparat sedan förut"}
    path = data_copy / RESULTS
    path.write_text(path.read_text(encoding="utf-8").replace(",0.72,", ",0.73,", 1), encoding="utf-8")
    write_notebook(folders.notebooks / "index.ipynb", said("# Prov {#sec-prov}"))
    found = explained(PARAMETERS, folders)
    told = {one.file: one.told for one in found}
    assert [one.title for one in found][:2] == ["Prov", "Tabell"], "as a reader knows them, without what they link by"
    assert told["index.ipynb"] == "körs: ändrat sedan sist är notebooken"
    assert told["tabell.ipynb"] == f"körs: ändrat sedan sist är data/{RESULTS}"


def test_a_whole_report_is_known_to_be_as_it_would_be(folders: Folders, data_copy: Path, params_copy: Path) -> None:
    whole = Whole(["Stockholm"], folders, params_copy, data_copy)
    assert whole.built() is None
    key = whole.key()
    with using(data_copy):
        finished = build_report(PARAMETERS, folders, Progress(), "embedded")
    whole.note(key, finished)
    assert whole.built() == finished
    assert replace(whole, words=["Stockholm", "2015"]).built() is None
    by_quarto = replace(whole, renderer="quarto")
    by_quarto.note(by_quarto.key(), finished)
    assert by_quarto.built() is None  # the program may be another than last time
    page = finished / "index.html"
    text = page.read_bytes()
    page.write_bytes(text + b" ")
    assert whole.built() is None  # somebody has changed the report
    page.write_bytes(text)
    (params_copy / "stockholm.yml").write_text("publisher: Någon\n", encoding="utf-8")
    assert whole.built() is None


def test_what_changes_while_it_is_built_is_not_taken_for_unchanged(
    folders: Folders, data_copy: Path, params_copy: Path
) -> None:
    whole = Whole(["Stockholm"], folders, params_copy, data_copy)
    key = whole.key()
    with using(data_copy):
        finished = build_report(PARAMETERS, folders, Progress(), "embedded")
    (params_copy / "stockholm.yml").write_text("publisher: Någon\n", encoding="utf-8")
    whole.note(key, finished)
    assert whole.built() is None


def edited(at: int, folders: Folders, data: Path, original: Path) -> None:
    """Change one thing at random: a figure, a text of the facts, a notebook's text or the look."""
    pick = random.Random(at)
    kind = pick.choice(["cell", "text", "notebook", "style", "back"])
    if kind == "cell":
        path = data / RESULTS
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [row for row, line in enumerate(lines) if ",observed," in line and ",0." in line]
        row = pick.choice(rows)
        lines[row] = lines[row].replace(",0.", f",0.{pick.randint(1, 9)}", 1)
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    elif kind == "text":
        path = data / EDITION / "texts.yml"
        path.write_text(path.read_text(encoding="utf-8") + f"\n# {at}\n", encoding="utf-8")
    elif kind == "notebook":
        table = TABLE.format(pick.choice(["kompetens", "familjehem", "bedomning"]))
        write_notebook(folders.notebooks / "tabell.ipynb", said(f"# Tabell {at} {{#sec-t}}"), code(table))
    elif kind == "style":
        path = folders.notebooks / "_extensions" / "lansrapport" / "lansrapport.css"
        path.write_text(path.read_text(encoding="utf-8") + f"\n/* {at} */\n", encoding="utf-8")
    else:
        shutil.copyfile(original / RESULTS, data / RESULTS)


@pytest.mark.parametrize("edits", [2, pytest.param(200, marks=pytest.mark.long)])
def test_built_again_is_built_from_nothing(
    folders: Folders, data_copy: Path, original: Path, monkeypatch: pytest.MonkeyPatch, edits: int
) -> None:
    monkeypatch.setenv("OJ_DATA", str(data_copy))
    for at in range(edits):
        edited(at, folders, data_copy, original)
        built(folders)
        assert shown(folders) == from_nothing(folders), at
