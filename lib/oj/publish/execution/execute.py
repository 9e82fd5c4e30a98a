"""Run the notebooks with a report's parameters, each in a process of its own, side by side."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from oj.facts.editions import root_of
from oj.facts.kept import still
from oj.publish.execution.processes import Died, StuckError, cores, side_by_side
from oj.publish.execution.watch import watched
from oj.words.errors import UserError, why

TIMEOUT = 300  # seconds without any notebook ending
UNTOLD = "Är notebooken inte ändrad: kör oj check (make check-data), som säger om något i data/ är fel."
Read = list[str] | None  # the files of facts that a notebook read; None where it read something else too


def execute(
    notebooks: Sequence[Path],
    target: Path,
    parameters: dict[str, Any],
    done: Callable[[Path, Read], None] = lambda _file, _read: None,
    own: Mapping[str, dict[str, Any]] | None = None,
) -> dict[Path, Read]:
    """Run every notebook into `target` and return the executed files, in order, with the files of facts that each read.

    It is None where a notebook read something else too, so that nobody knows what it depends on. `own` has further
    parameters by a notebook's file name. `done` hears of each executed file, and what was read for it, as it is done.
    Raises UserError for the first that fails.
    """
    target.mkdir(parents=True, exist_ok=True)
    read = dict[Path, Read].fromkeys(target / one.name for one in notebooks)
    values = [parameters | (own or {}).get(one.name, {}) for one in notebooks]
    tasks = [(str(one), str(target / one.name), given) for one, given in zip(notebooks, values, strict=True)]
    try:
        for at, answer in side_by_side(execute_watched, tasks, cores(), TIMEOUT, json.dumps(parameters)):
            read[target / notebooks[at].name] = _read(notebooks[at], answer)
            done(target / notebooks[at].name, read[target / notebooks[at].name])
    except StuckError as error:
        stuck = ", ".join(notebooks[at].name for at in error.tasks)
        raise UserError(f"Inget hände på {TIMEOUT} sekunder; {stuck} avbröts.") from error
    return read


def _read(notebook: Path, answer: tuple[str, Read] | Died) -> Read:
    """Return what a notebook read; raise UserError with what went wrong in it."""
    if isinstance(answer, Died):
        told = f"körningen avbröts (status {answer.status}); minnet kan ha tagit slut"
        raise UserError(f"notebooks/{notebook.name}, {told}") from ChildProcessError()
    failure, read = answer
    if failure:
        raise UserError(f"notebooks/{notebook.name}, {failure}")
    return read


def execute_watched(notebook: str, target: str, parameters: dict[str, Any]) -> tuple[str, Read]:
    """Run one notebook; return an empty string, or what went wrong, and what it read."""
    root = root_of()
    with still(root), watched(root, notebook, target) as read:
        failure = execute_one(notebook, target, parameters)
    return failure, read.files


def execute_one(notebook: str, target: str, parameters: dict[str, Any]) -> str:
    """Run one notebook; return an empty string, or what went wrong and in which cell."""
    import papermill

    from oj.publish.execution.engine import ENGINE, CellError

    try:
        papermill.execute_notebook(
            notebook, target, parameters, ENGINE, request_save_on_cell_execute=False, progress_bar=False
        )
    except CellError as error:
        cause = str(error.cause)
        if isinstance(error.cause, UserError):
            return f"cell {error.number}: {cause}"
        return f"cell {error.number}: {type(error.cause).__name__}: {cause}. {UNTOLD}"
    except OSError as error:
        return f"kan inte läsas, eller inte sparas när den har körts: {why(error)}"
    except Exception as error:  # whatever is wrong with the file, the person at the keyboard must hear of it
        return f"kan inte köras ({type(error).__name__}: {error})"
    return ""
