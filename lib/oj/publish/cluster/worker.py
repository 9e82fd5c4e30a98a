"""What is done on a worker's computer: it says what it is, and builds a report in a process of its own.

It has nothing but the project: the facts, the notebooks and the parameters come as bytes, are unpacked for each report
in a folder of its own, and the report goes home as bytes. The process ends when the worker does, however it dies.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from oj.disk.zipped import unzip, zipped_folders
from oj.publish.cluster.process import ANSWER, BY_CHANCE, DONE, fault_of
from oj.publish.execution.processes import Died
from oj.publish.many import Order, Outcome, died, failed
from oj.publish.store.ground import packages, tools

BETWEEN = 0.1  # seconds between two looks at whether the report is done, and still wanted
IDLE = "oj_idle"  # where a worker keeps its processes that wait for a report
RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from oj.publish.cluster.process import entry; entry()"


@dataclass(frozen=True)
class Kind:
    """What a computer builds with: the hash of it all, and what can be told of it."""

    tools: str
    packages: tuple[str, ...]
    python: str


@dataclass(frozen=True)
class Answer:
    """What a worker says of an order: what became of it, whose fault it is where it failed, and else the report."""

    outcome: Outcome
    fault: str = ""
    files: bytes = b""


def kind() -> Kind:
    """Return what this computer builds with."""
    return Kind(tools(), packages(), f"Python {platform.python_version()}, {sys.platform} {platform.machine()}")


def work(parcel: bytes, order: Order, renderer: str, wanted: str) -> Answer:
    """Build one report of what is in a parcel, unless the tools here are others than those `wanted`."""
    from distributed import get_worker

    worker = get_worker()
    key, home = worker.get_current_task(), Path(worker.local_directory)
    room: Path | None = None
    try:
        room = Path(tempfile.mkdtemp(prefix="oj-", dir=home))
        unzip(parcel, room)
        given = {"room": str(room), "cache": str(home / "oj-cache"), "order": asdict(order)}
        with _process(worker.__dict__.setdefault(IDLE, [])) as process:
            _ask(process, given | {"renderer": renderer, "wanted": wanted}, lambda: _is_wanted(worker, key))
        return _answer(room, order, process.poll())
    except OSError as error:
        return Answer(failed(order, error), fault_of(error) or BY_CHANCE)
    finally:
        if room:
            shutil.rmtree(room, ignore_errors=True)


@contextmanager
def _process(idle: "list[subprocess.Popen[bytes]]") -> "Iterator[subprocess.Popen[bytes]]":
    """Give a process that builds, a warm one where there is one; it lives no longer than its standard input is open."""
    from oj_start import settled

    while idle:
        process = idle.pop()
        if process.poll() is None:
            break
    else:
        command = [sys.executable, "-I", "-X", "utf8", "-c", RUN, str(Path(__file__).parents[3])]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=settled(dict(os.environ), sys.prefix))
    yield process
    if process.poll() is None:
        idle.append(process)


def _ask(process: "subprocess.Popen[bytes]", given: dict[str, Any], is_wanted: Callable[[], bool]) -> None:
    """Let a process build a report and wait until it is done; kill it where the report is no longer wanted."""
    done = Path(given["room"]) / DONE
    os.write(process.stdin.fileno() if process.stdin else -1, f"{json.dumps(given)}\n".encode())
    while process.poll() is None and not done.exists():
        time.sleep(BETWEEN)
        if not is_wanted():
            process.kill()


def _is_wanted(worker: Any, key: str) -> bool:
    """Return whether who asked for the report still does."""
    task = worker.state.tasks.get(key)
    return task is not None and task.state == "executing"


def _answer(room: Path, order: Order, status: int | None) -> Answer:
    if status is not None:
        return Answer(died(order, Died(status)), BY_CHANCE)
    told = json.loads((room / ANSWER).read_text(encoding="utf-8"))
    outcome = Outcome(order, **told["outcome"])
    name = outcome.report
    return Answer(outcome, told["fault"], zipped_folders({name: room / "reports" / name}) if name else b"")
