"""Run the notebooks with a report's parameters, each in a process of its own, side by side.

The processes are forked from a server that has imported everything once (forkserver); where that is
lacking, as on Windows, each imports for itself. They end when the process that wants them does, however it dies.
"""

import atexit
import json
import multiprocessing
import multiprocessing.process
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any, cast

from oj.disk.changes import change
from oj.facts.editions import data_folder
from oj.words.errors import UserError, why
from oj_orphan import PARENT

TIMEOUT = 300  # seconds without any notebook ending


def execute(
    notebooks: Sequence[Path],
    target: Path,
    parameters: dict[str, Any],
    told: Callable[[str], None] = lambda _name: None,
    own: Mapping[str, dict[str, Any]] | None = None,
) -> list[Path]:
    """Run every notebook into `target` and return the executed files, in the same order.

    `own` has further parameters by a notebook's file name. `told` hears of each notebook as it is done. Raises
    UserError for the first that fails.
    """
    target.mkdir(parents=True, exist_ok=True)
    context = _context()
    waiting, running = list(reversed(notebooks)), dict[Connection, tuple[BaseProcess, Path]]()
    try:
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                notebook = waiting.pop()
                values = parameters | (own or {}).get(notebook.name, {})
                answer, process = _start(context, notebook, target / notebook.name, values)
                running[answer] = (process, notebook)
            ready = wait(list(running), TIMEOUT)
            if not ready:
                stuck = ", ".join(notebook.name for _process, notebook in running.values())
                raise UserError(f"Inget hände på {TIMEOUT} sekunder; {stuck} avbröts.")
            for done in ready:
                answer = cast("Connection", done)
                process, notebook = running.pop(answer)
                _finish(answer, process, notebook)
                told(notebook.name)
    finally:
        for process, _notebook in running.values():
            process.kill()
    return [target / notebook.name for notebook in notebooks]


def _start(
    context: BaseContext, notebook: Path, target: Path, parameters: dict[str, Any]
) -> tuple[Connection, BaseProcess]:
    """Start one notebook in a process of its own; a crash there costs that notebook, nothing else."""
    answer, write = context.Pipe(duplex=False)
    data = str(data_folder())  # the server of processes may be older than the folder's choice
    process = context.Process(target=_child, args=(write, str(notebook), str(target), parameters, data), daemon=True)  # type: ignore[attr-defined]
    process.start()
    write.close()
    return answer, process


def _child(answer: Connection, notebook: str, target: str, parameters: dict[str, Any], data: str) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    os.environ["OJ_DATA"] = data
    answer.send(execute_one(notebook, target, parameters))
    answer.close()


def _end_with(sentinel: int) -> None:
    """Wait for another process to end, and end this one at once."""
    wait([sentinel])
    os._exit(1)


def _finish(answer: Any, process: BaseProcess, notebook: Path) -> None:
    """Take one notebook's answer; raise UserError with what went wrong in it."""
    try:
        failure = answer.recv()
    except EOFError:
        process.join()
        failure = f"körningen avbröts (status {process.exitcode}); minnet kan ha tagit slut"
    process.join()
    if failure:
        raise UserError(f"notebooks/{notebook.name}, {failure}")


def execute_one(notebook: str, target: str, parameters: dict[str, Any]) -> str:
    """Run one notebook; return an empty string, or what went wrong and in which cell."""
    import nbformat
    import papermill

    from oj.publish.build.engine import ENGINE, CellError

    try:
        done = papermill.execute_notebook(
            notebook, None, parameters, engine_name=ENGINE, progress_bar=False, autosave_cell_every=0
        )
        nbformat.write(with_readable_parameters(done, parameters), target)
    except CellError as error:
        cause = str(error.cause)
        kind = "" if isinstance(error.cause, UserError) else f"{type(error.cause).__name__}: "
        return f"cell {error.number}: {kind}{cause}"
    except OSError as error:
        return f"kan inte läsas, eller inte sparas när den har körts: {why(error)}"
    except Exception as error:  # whatever is wrong with the file, the person at the keyboard must hear of it
        return f"kan inte köras ({type(error).__name__}: {error})"
    return ""


def with_readable_parameters(notebook: Any, parameters: dict[str, Any]) -> Any:
    """Return the notebook with its parameters as a person writes them; papermill escapes å, ä and ö."""
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in parameters.items()]
            cell.id = "rapportens-parametrar"  # papermill's is new each time
            cell.source = "\n".join(["# Rapportens parametrar", *lines])
    return notebook


def _context() -> BaseContext:
    """Return how processes are started: a warm fork for each notebook where the system can."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    _own_sockets()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["oj_orphan", "oj.publish.build.warm"])
    os.environ[PARENT] = str(os.getpid())
    forkserver.ensure_running()
    del os.environ[PARENT]
    return context


@cache
def _own_sockets() -> None:
    """Let multiprocessing keep its sockets where the next run clears after a dead one."""
    room = Path(tempfile.gettempdir())
    held = change(room, secrets.token_hex(3), "Notebookerna körs")
    work = held.__enter__()
    atexit.register(held.__exit__, None, None, None)
    multiprocessing.process.current_process()._config["tempdir"] = str(work.beside(room))  # type: ignore[attr-defined]
