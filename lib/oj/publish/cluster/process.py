"""The process on a worker's computer that builds reports, one at a time, in the same way as at home."""

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from oj.disk.folders import Folders
from oj.publish.execution.processes import Died, StuckError, side_by_side
from oj.publish.many import FAILED, PATIENCE, Batch, Order, Outcome, build, died, failed
from oj.publish.store.ground import tools
from oj.words.errors import OF_DISK

ANSWER, DONE = "answer.json", "done"
IDLE = 60  # seconds that it waits for the next report
OTHER = "Projektet har ändrats medan arbetaren var igång. Starta om den."
NO_FOLDER = "Det finns ingen mapp för tillfälliga filer som går att skriva i. Sätt TMPDIR till en."
OF_WORKER, BY_CHANCE = "arbetaren", "slumpen"  # whose fault it is that a report was not built; else its own


def entry() -> None:
    """Build the reports that are asked for, a line of JSON each on standard input, as long as any are.

    What became of each is written beside it, and then that it is done.
    """
    from oj_start import temporary_folder

    os.environ["TMPDIR"] = temporary_folder()
    asked = SimpleQueue[str]()
    Thread(target=_read, args=(asked,), daemon=True).start()
    with suppress(Empty):
        while True:
            given = json.loads(asked.get(timeout=IDLE))
            (room := Path(given["room"])).joinpath(ANSWER).write_text(json.dumps(built(given)), encoding="utf-8")
            (room / DONE).touch()


def _read(asked: "SimpleQueue[str]") -> None:
    """Pass on what is asked for, and end at once when nobody can ask any more."""
    with open(0, encoding="utf-8", closefd=False) as lines:  # of its own: Python holds on to sys.stdin as it ends
        for line in lines:
            asked.put(line)
    os._exit(1)


def built(given: dict[str, Any]) -> dict[str, Any]:
    """Build a report, and return what became of it and whose fault it is where it failed."""
    room, order = Path(given["room"]), Order(**given["order"])
    os.environ["OJ_DATA"] = str(room / "data")
    tools.cache_clear()
    if os.environ["TMPDIR"] and tools() == given["wanted"]:
        folders = Folders(room / "notebooks", room / "build", room / "reports", Path(given["cache"]))
        outcome, fault = _as_at_home(order, Batch(folders, room / "params", given["renderer"]))
    else:
        outcome, fault = Outcome(order, "", FAILED, OTHER if os.environ["TMPDIR"] else NO_FOLDER), OF_WORKER
    return {"outcome": {key: one for key, one in asdict(outcome).items() if key != "order"}, "fault": fault}


def _as_at_home(order: Order, batch: Batch) -> tuple[Outcome, str]:
    """Build on one core, as one of several side by side."""
    try:
        for _at, answer in side_by_side(attempt, [(order, batch, Path(os.environ["OJ_DATA"]))], 1, PATIENCE):
            return (died(order, answer), BY_CHANCE) if isinstance(answer, Died) else answer
    except StuckError as error:
        return failed(order, error), BY_CHANCE
    raise AssertionError("no answer")


def attempt(order: Order, batch: Batch, data: Path) -> tuple[Outcome, str]:
    """Build a report, and return what became of it and whose fault it is where it failed; "" is its own."""
    began = time.perf_counter()
    try:
        return build(order, batch, data), ""
    except Exception as error:
        return failed(order, error, time.perf_counter() - began), fault_of(error)


def fault_of(error: Exception) -> str:
    """Return whose fault it is that a report was not built: the worker's disk, chance (no memory, no time), or its own.

    >>> fault_of(OSError(28, "full")), fault_of(ValueError("3"))
    ('arbetaren', '')
    """
    cause = error.__cause__ or error
    if isinstance(cause, OSError) and cause.errno in OF_DISK:
        return OF_WORKER
    return BY_CHANCE if isinstance(cause, ChildProcessError | StuckError | MemoryError) else ""
