"""Notebooks run in processes of their own, with the same outputs as a kernel gives, and fail clearly."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest

from conftest import DATA, DOMAIN, refused, replace
from publish.building import DEFAULTS, NOTEBOOKS, RESULTS, ROOT, code, said, write_notebook

VALUES: dict[str, Any] = {
    "county": "Stockholm", "edition": "2015", "municipalities": ["Solna", "Ekerö"], "group_name": "Två",
    "compare_with": ["Jönköping"], "reference_source": "", "publisher": "", "date": "", "contact": "",
    "accessibility": "",
}  # fmt: skip
SHOWN = "bakgrund.ipynb"  # a table, a chart, findings and fact sheets


@pytest.fixture
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the test run's own main module: IPython puts its namespace in the place of it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(sys, "displayhook", sys.displayhook)


def displays(path: Path) -> list[list[dict[str, Any]]]:
    """Return the data of every display, cell by cell."""
    notebook = nbformat.read(path, as_version=4)
    return [[dict(output.data) for output in cell.outputs] for cell in notebook.cells if cell.cell_type == "code"]


def test_the_outputs_are_those_of_a_kernel(tmp_path: Path) -> None:
    pytest.importorskip("ipykernel", reason="ipykernel is needed for a real kernel")
    import papermill
    from jupyter_client.kernelspec import KernelSpecManager

    from oj.publish.execution.execute import execute

    if "python3" not in KernelSpecManager().find_kernel_specs():
        pytest.skip("there is no kernel named python3")
    (here,) = execute([NOTEBOOKS / SHOWN], tmp_path / "here", VALUES)
    kernel = tmp_path / "kernel.ipynb"
    papermill.execute_notebook(str(NOTEBOOKS / SHOWN), str(kernel), VALUES, progress_bar=False)
    assert displays(here) == displays(kernel)
    assert sum(map(len, displays(here))) >= 3


def test_a_figure_of_ones_own_is_there_as_in_a_kernel_and_told_where_a_report_cannot_have_it(tmp_path: Path) -> None:
    """It was left out without a word, with the text of what a semicolon leaves out in its place."""
    from oj.publish.execution.execute import execute
    from oj.publish.render.syntax import chapter_markdown

    drawn = "import matplotlib.pyplot as plt\nplt.subplots()[1].bar([1], [2]);"
    (done,) = execute(
        [write_notebook(tmp_path / "a.ipynb", code(drawn), code("1;"), code("2"))], tmp_path / "ut", VALUES
    )
    assert [[*map(list, one)] for one in displays(done)[-3:]] == [[["image/png"]], [], [["text/plain"]]]
    with refused("a.ipynb: den inbyggda renderaren kan inte visa image/png", "Ett nytt diagram i CONTRIBUTING.md"):
        chapter_markdown(done)


def test_cells_are_counted_as_a_kernel_counts_them(tmp_path: Path) -> None:
    from oj.publish.execution.execute import execute

    (done,) = execute(
        [write_notebook(tmp_path / "a.ipynb", code("1"), said("Text"), code("2"))], tmp_path / "ut", VALUES
    )
    cells = [cell for cell in nbformat.read(done, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == [1, 2, 3, 4]


@pytest.mark.skipif(sys.platform == "win32", reason="each process imports for itself")
def test_what_a_notebook_shows_with_is_there_before_it_runs(tmp_path: Path) -> None:
    """Imported once by the server of processes, not in each of them."""
    from oj.publish.execution.execute import execute

    needed = ["mistune.markdown", "IPython.core.oinspect", "IPython.core.completer"]
    asked = code(f"import sys; [name for name in {needed} if name not in sys.modules]")
    (done,) = execute([write_notebook(tmp_path / "a.ipynb", asked)], tmp_path / "ut", VALUES)
    assert displays(done)[-1] == [{"text/plain": "[]"}]


def test_parameters_are_injected_after_the_notebooks_own(tmp_path: Path) -> None:
    from oj.publish.execution.execute import execute

    (done,) = execute([write_notebook(tmp_path / "a.ipynb", code("county, municipalities"))], tmp_path / "ut", VALUES)
    own, injected, shown = nbformat.read(done, as_version=4).cells
    assert own.source == DEFAULTS
    assert injected.metadata["tags"] == ["injected-parameters"]
    assert shown.outputs[0].data["text/plain"] == "('Stockholm', ['Solna', 'Ekerö'])"


def test_injected_parameters_are_what_was_given(tmp_path: Path) -> None:
    """Text as a person writes it, and nothing but the parameters."""
    from oj.publish.execution.execute import execute

    (done,) = execute([write_notebook(tmp_path / "a.ipynb")], tmp_path / "ut", VALUES)
    _, injected = nbformat.read(done, as_version=4).cells
    names: dict[str, Any] = {}
    exec(injected.source, names)
    assert {name: names[name] for name in VALUES} == VALUES
    assert '"Ekerö"' in injected.source


def test_a_failing_cell_stops_the_run(tmp_path: Path) -> None:
    from oj.publish.execution.execute import execute

    marker = tmp_path / "ran"
    after = f"from pathlib import Path\n\nPath({str(marker)!r}).touch()"
    notebook = write_notebook(tmp_path / "fel.ipynb", said("Text"), code(RESULTS), code("1 / 0"), code(after))
    with refused(
        "notebooks/fel.ipynb, cell ", "ZeroDivisionError", "division by zero", "kör oj check (make check-data)"
    ):
        execute([notebook], tmp_path / "ut", VALUES)
    assert not marker.exists()


def test_a_cells_number_is_the_one_in_the_notebook(tmp_path: Path) -> None:
    """The number must be that of the notebook which a person opens, not of the one with parameters injected."""
    from oj.publish.execution.execute import execute

    notebook = write_notebook(tmp_path / "fel.ipynb", said("Text"), code("1"), code("1 / 0"))
    sources = [cell.source for cell in nbformat.read(notebook, as_version=4).cells]
    with refused(f"cell {sources.index('1 / 0') + 1}:"):
        execute([notebook], tmp_path / "ut", VALUES)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("1 +", ["SyntaxError"]),
        ("raise SystemExit(3)", ["SystemExit"]),
        ("raise KeyboardInterrupt", ["KeyboardInterrupt"]),
        (
            "import oj\n\noj.chart(oj.figures(county).of('kompetenz'))",
            ["”kompetenz” finns inte i uppgifterna.", "Menade du ”kompetens”?"],
        ),
        ("import oj\n\noj.figures('Stokholm')", ["Menade du ”Stockholm”?"]),
    ],
)
def test_every_way_to_fail_is_told(tmp_path: Path, source: str, words: list[str]) -> None:
    from oj.publish.execution.execute import execute

    with refused("notebooks/fel.ipynb, cell ", *words):
        execute([write_notebook(tmp_path / "fel.ipynb", code(source))], tmp_path / "ut", VALUES)


def test_every_notebook_starts_with_an_empty_namespace(own_main: None, tmp_path: Path) -> None:
    """Also two in the same process, which the engine is used for in no report but could be."""
    from oj.publish.execution.execute import execute_one

    first = write_notebook(tmp_path / "a.ipynb", code("left_over = 1"))
    second = write_notebook(tmp_path / "b.ipynb", code("left_over"))
    assert execute_one(str(first), str(tmp_path / "ut-a.ipynb"), VALUES) == ""
    failure = execute_one(str(second), str(tmp_path / "ut-b.ipynb"), VALUES)
    assert "NameError: name 'left_over' is not defined" in failure


def test_a_crash_costs_a_clear_error(tmp_path: Path) -> None:
    from oj.publish.execution.execute import execute

    began = time.monotonic()
    with refused("notebooks/krasch.ipynb", "avbröts", "status 7"):
        execute([write_notebook(tmp_path / "krasch.ipynb", code("import os\n\nos._exit(7)"))], tmp_path / "ut", VALUES)
    assert time.monotonic() - began < 30


def test_a_notebook_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from oj.publish.execution import execute as module

    monkeypatch.setattr(module, "TIMEOUT", 2)
    began = time.monotonic()
    with refused("evig.ipynb", "2 sekunder"):
        module.execute(
            [write_notebook(tmp_path / "evig.ipynb", code("while True:\n    pass"))], tmp_path / "ut", VALUES
        )
    assert time.monotonic() - began < 30


TERMINAL = """
import json
import sys
from pathlib import Path
from oj.words.errors import UserError
from oj.publish.execution.execute import execute

if __name__ == "__main__":
    failures = {}
    for path in map(Path, sys.argv[2:]):
        try:
            execute([path], path.parent / "ut", {})
        except UserError as error:
            failures[path.name] = str(error)
    Path(sys.argv[1]).write_text(json.dumps(failures), encoding="utf-8")
"""


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], str]:
    """Return what was said of each failing notebook, and all that reached the terminal meanwhile.

    In a process of its own: here the notebooks' processes have the terminal and the environment of the first test
    that ran one. OJ_DATA leads to data of which only a notebook reads what is broken.
    """
    folder = tmp_path_factory.mktemp("terminal")
    damaged, script, answer = folder / "trasig.ipynb", folder / "script.py", folder / "answer.json"
    damaged.write_text('{"cells": [', encoding="utf-8")
    data = Path(shutil.copytree(DATA, folder / "data"))
    replace(data / DOMAIN / "facts.csv", "2015,", "två tusen femton,")
    script.write_text(TERMINAL, encoding="utf-8")
    notebooks = [
        damaged,
        write_notebook(folder / "skriver.ipynb", code("print('hej från en cell')")),
        write_notebook(folder / "fel.ipynb", code("1 / 0")),
        write_notebook(
            folder / "data.ipynb", code('from oj.facts.datapackage import read_table\n\nread_table("facts")')
        ),
        write_notebook(folder / "krasch.ipynb", code("import os\n\nos._exit(7)")),
    ]
    done = subprocess.run(
        [sys.executable, str(script), str(answer), *map(str, notebooks)], capture_output=True, text=True,
        encoding="utf-8", timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "lib"), "OJ_DATA": str(data)},
    )  # fmt: skip
    assert answer.exists(), done.stderr
    return json.loads(answer.read_text(encoding="utf-8")), done.stdout + done.stderr


def test_a_damaged_notebook_is_told_by_name(terminal: tuple[dict[str, str], str]) -> None:
    failures, _ = terminal
    assert set(failures) == {"trasig.ipynb", "fel.ipynb", "data.ipynb", "krasch.ipynb"}
    assert failures["trasig.ipynb"].startswith("notebooks/trasig.ipynb")
    assert "minnet" not in failures["trasig.ipynb"]


def test_broken_data_that_only_a_notebook_reads_is_told_with_its_file(terminal: tuple[dict[str, str], str]) -> None:
    failure = terminal[0]["data.ipynb"]
    assert failure.startswith("notebooks/data.ipynb, cell ")
    assert "data/barn-och-unga/facts.csv rad " in failure
    assert "Error" not in failure


def test_no_traceback_reaches_the_terminal(terminal: tuple[dict[str, str], str]) -> None:
    assert "Traceback" not in terminal[1]


def test_what_a_cell_prints_does_not_reach_the_terminal(terminal: tuple[dict[str, str], str]) -> None:
    """A report that is built with --quiet says nothing, whatever a notebook prints."""
    assert "hej från en cell" not in terminal[1]


def test_notebooks_come_back_in_the_order_given(tmp_path: Path) -> None:
    from oj.publish.execution.execute import execute

    told: list[str] = []
    slow = write_notebook(tmp_path / "a.ipynb", code("import time\n\ntime.sleep(1)"))
    others = [write_notebook(tmp_path / f"{name}.ipynb", code(f"{name!r}")) for name in "bcd"]
    done = execute([slow, *others], tmp_path / "ut", VALUES, lambda path, _read: told.append(path.name))
    assert [path.name for path in done] == ["a.ipynb", "b.ipynb", "c.ipynb", "d.ipynb"]
    assert sorted(told) == ["a.ipynb", "b.ipynb", "c.ipynb", "d.ipynb"]
    assert all(path.is_file() for path in done)


def test_two_runs_give_the_same_files(tmp_path: Path) -> None:
    from oj.publish.execution.execute import execute

    notebook = write_notebook(tmp_path / "a.ipynb", code(RESULTS), code("oj.chart(figures.of('handlaggning'))"))
    one, other = (next(iter(execute([notebook], tmp_path / name, VALUES))) for name in ("en", "två"))
    assert displays(one) == displays(other)
    assert [cell.id for cell in nbformat.read(one, 4).cells] == [cell.id for cell in nbformat.read(other, 4).cells]
