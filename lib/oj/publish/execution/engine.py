"""A papermill engine that runs a notebook's cells in this process, without starting a kernel.

A kernel takes two to three seconds to start and import; a process that has imported everything runs
a notebook in some tenths of a second, with the same outputs. Each notebook gets a process of its own.
"""

import io
import json
import sys
from base64 import b64encode
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import nbformat
from IPython.core.displayhook import CapturingDisplayHook, DisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from papermill.engines import Engine, papermill_engines
from traitlets.config import Config

ENGINE = "oj"


class CellError(Exception):
    """A cell that failed, with its number and what it raised."""

    def __init__(self, number: int, cause: BaseException) -> None:
        super().__init__(f"cell {number}: {type(cause).__name__}: {cause}")
        self.number = number
        self.cause = cause


class ResultHook(CapturingDisplayHook):  # type: ignore[misc]
    """Keeps a cell's result, as a kernel does: not one that ends with a semicolon."""

    source = ""

    def __call__(self, result: Any = None) -> None:
        """Keep the result of the cell that is run."""
        if not DisplayHook.semicolon_at_end_of_expression(self.source):
            super().__call__(result)


class InProcessEngine(Engine):  # type: ignore[misc]  # papermill is not typed
    """Runs the cells in an IPython shell of this process."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, _kernel_name: str, **_options: Any) -> None:
        """Run every cell and keep its outputs; raise CellError for the first that fails."""
        shell = _shell()
        number = 0
        for cell in nb_man.nb.cells:
            number += "injected-parameters" not in cell.metadata.get("tags", [])
            if cell.cell_type == "code" and cell.source.strip():
                cell.outputs = _run(shell, cell.source, number)
                cell.execution_count = shell.execution_count - 1
        tell_parameters(nb_man.nb)


def tell_parameters(notebook: nbformat.NotebookNode) -> None:
    """Write a notebook's parameters as a person does; papermill escapes å, ä and ö."""
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            given = notebook.metadata.papermill.parameters.items()
            lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in given]
            cell.id = "rapportens-parametrar"  # papermill's is new each time
            cell.source = "\n".join(["# Rapportens parametrar", *lines])


def _shell() -> InteractiveShell:
    """Return a new IPython shell with an empty namespace and no history."""
    InteractiveShell.clear_instance()
    quiet = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})
    shell = InteractiveShell.instance(config=quiet)
    shell.showtraceback = lambda *_args, **_kwargs: None  # the error is raised, not printed
    shell.display_pub = CapturingDisplayPublisher()
    shell.display_trap.hook = ResultHook(shell=shell, outputs=shell.display_pub.outputs)
    return shell


def _run(shell: InteractiveShell, source: str, number: int) -> list[nbformat.NotebookNode]:
    """Return one cell's displayed results; raise CellError where it fails."""
    shell.display_pub.outputs.clear()
    shell.display_trap.hook.source = source
    printed = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    with redirect_stdout(printed["stdout"]), redirect_stderr(printed["stderr"]):
        outcome = shell.run_cell(source, store_history=True)
    cause = outcome.error_before_exec or outcome.error_in_exec
    if cause is not None:
        raise CellError(number, cause)
    streams = [
        nbformat.v4.new_output("stream", name=name, text=text.getvalue())
        for name, text in printed.items()
        if text.getvalue()
    ]
    seen = [
        nbformat.v4.new_output("display_data", data=shown["data"], metadata=shown.get("metadata") or {})
        for shown in shell.display_pub.outputs
        if shown["data"]  # empty for an object that has displayed itself
    ]
    return [*streams, *seen, *_left_open()]


def _left_open() -> list[nbformat.NotebookNode]:
    """Return the figures that a cell drew of its own and left open, as a kernel shows them, and close them.

    Else they would be missing without a word: the renderer tells how such a figure becomes one of the report's.
    """
    if "matplotlib.pyplot" not in sys.modules:
        return []
    import matplotlib.pyplot as plt

    made = []
    for at in plt.get_fignums():
        file = io.BytesIO()
        plt.figure(at).savefig(file, format="png", bbox_inches="tight")
        made.append(nbformat.v4.new_output("display_data", data={"image/png": b64encode(file.getvalue()).decode()}))
    plt.close("all")
    return made


papermill_engines.register(ENGINE, InProcessEngine)
