"""Tasks in processes of their own, side by side: a crash in one costs that one, nothing else.

The processes are forked from a server that has imported everything once (forkserver); where that is lacking, as on
Windows, each imports for itself. One that needs processes of its own forks them. They end when the process that wants
them does, however it dies.
"""

import atexit
import multiprocessing
import multiprocessing.process
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, cast

from oj.disk.changes import change
from oj.facts.editions import data_folder
from oj_orphan import PARENT

ABOUT = "OJ_ABOUT"  # the parameters of the report that the server of processes is started for


class Died(NamedTuple):
    """A process that ended without an answer, with its exit status."""

    status: int | None


class StuckError(Exception):
    """Nothing ended for too long; `tasks` were running, by their numbers."""

    def __init__(self, tasks: Sequence[int]) -> None:
        super().__init__(f"stuck: {tasks}")
        self.tasks = tasks


def cores() -> int:
    """Return how many processes to have at once: as many as there are cores, one where this is one of several."""
    return 1 if multiprocessing.parent_process() else os.cpu_count() or 1


def side_by_side(
    do: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], at_once: int, patience: float, about: str = ""
) -> Iterator[tuple[int, Any]]:
    """Do something with each task's arguments, and yield (its number, the answer or Died) as each is done.

    `about` is the report's parameters as JSON: its figures are made before the processes are, once for all of them.
    Raises StuckError where nothing has ended in `patience` seconds. Whatever still runs at the end is killed.
    """
    if not tasks:
        return
    context, waiting = _context(about), list(enumerate(tasks))[::-1]
    running: dict[Connection, tuple[int, Any]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                number, task = waiting.pop()
                answer, process = _start(context, do, task)
                running[answer] = (number, process)
            ready = wait(list(running), patience)
            if not ready:
                raise StuckError([number for number, _process in running.values()])
            for one in ready:
                number, process = running.pop(cast("Connection", one))
                yield number, _answer(cast("Connection", one), process)
    finally:
        for _number, process in running.values():
            process.kill()


def get_ready(about: str) -> None:
    """Let the server of processes import what they need meanwhile, where it is not there; of `about` as above."""
    if sys.platform != "win32" and not multiprocessing.parent_process():
        _context(about)


def _start(context: BaseContext, do: Callable[..., Any], task: tuple[Any, ...]) -> tuple[Connection, Any]:
    answer, write = context.Pipe(duplex=False)
    data = str(data_folder())  # the server of processes may be older than the folder's choice
    process = context.Process(target=_child, args=(write, do, task, data))  # type: ignore[attr-defined]
    process.start()
    write.close()
    return answer, process


def _child(answer: Connection, do: Callable[..., Any], task: tuple[Any, ...], data: str) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    os.environ["OJ_DATA"] = data
    answer.send(do(*task))
    answer.close()


def _end_with(sentinel: int) -> None:
    """Wait for another process to end, and end this one at once."""
    wait([sentinel])
    os._exit(1)


def _answer(answer: Connection, process: Any) -> Any:
    try:
        return answer.recv()
    except EOFError:
        process.join()
        return Died(process.exitcode)
    finally:
        process.join()


def _context(about: str) -> BaseContext:
    """Return how processes are started: a warm fork for each where the system can."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    if multiprocessing.parent_process():
        return multiprocessing.get_context("fork")  # this is a warm fork already
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    _own_sockets()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["oj_orphan", "oj.publish.execution.warm"])
    own = {PARENT: str(os.getpid()), ABOUT: about}
    os.environ.update(own)
    forkserver.ensure_running()
    for name in own:
        del os.environ[name]
    return context


@cache
def _own_sockets() -> None:
    """Let multiprocessing keep its sockets where the next run clears after a dead one."""
    room = Path(tempfile.gettempdir())
    held = change(room, secrets.token_hex(3), "Notebookerna körs")
    work = held.__enter__()
    atexit.register(held.__exit__, None, None, None)
    multiprocessing.process.current_process()._config["tempdir"] = str(work.beside(room))  # type: ignore[attr-defined]
