"""A job's own process: runs the commands of its order, and keeps what it needs to undo what they changed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from shutil import rmtree
from typing import IO, Any

from oj.app.work.jobs import NO_ROOM, SPACE, write_status
from oj.app.work.undo import BEFORE, copy_facts, settle_one, undo
from oj.disk.locks import take
from oj.words.errors import UserError, why

ON_PAGES = "OJ_ON_PAGES"  # tells the command line so
SHOWN_ROWS, SHOWN_COLUMNS, LONGEST = 400, 150, 60
STOPPED, UNSAID = 130, 120
UNDONE = "Allt är som det var före ändringen. En rapport som är byggd sedan dess ändras först när den byggs om."
DONE_AGAIN = "Ändringen är gjord igen. En rapport ändras först när den byggs om."
TRY = (
    "import sys; sys.path.insert(0, sys.argv[1]); from oj.cli import run; from oj.app.work.worker import try_reading; "
    "sys.exit(try_reading(sys.argv[2], run))"
)
RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from oj_start import entry; entry()"


def work(folder: str) -> None:
    """Do what the order in a folder says, unless another process does it, and write how it went."""
    home = Path(folder)
    lock = take(home / "lock")
    if lock is None:
        return
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, lambda *_: None)  # the command ends, and what it began is cleared here
    try:
        status = _do(home, json.loads((home / "order.json").read_text(encoding="utf-8")))
    except UserError as error:
        status = _failed(home, str(error), 2)
    except OSError as error:
        rmtree(home / BEFORE, ignore_errors=True)  # gives back the room that it took
        status = _unwritten(home, error)
    with suppress(OSError):  # without it the job is told as one that died
        write_status(home, status)
    lock.release()


def _do(home: Path, order: dict[str, Any]) -> int:
    if order["kind"] == "undo":
        undo(Path(order["commands"][0][0]), home)
        _log(home, UNDONE if order["takes_back"] else DONE_AGAIN)
        return 0
    if order["facts"]:
        copy_facts(home)
    status = run_trial(home) if order["facts"] == "trial" else run_all(home, order)
    if order["facts"]:
        settle_one(home, order["facts"], Path(order["upload"]))
    return status


def run_all(home: Path, order: dict[str, Any]) -> int:
    """Run the commands in turn until one fails; return the last one's status."""
    for words in order["commands"]:
        with (home / "log").open("ab") as log:
            status = _called(_python(RUN, *words), log, home, os.environ | {ON_PAGES: "1"})
        if status:
            return status
    return 0


def run_trial(home: Path) -> int:
    """Try how a file is read, in one process of its own; return the trial's status."""
    with (home / "log").open("ab") as log:
        return _called(_python(TRY, str(home)), log, home, {**os.environ})


def _called(command: list[str], log: IO[bytes], home: Path, around: dict[str, str]) -> int:
    """Run a command in a job's folder; return its status, also where Python could not write what it had to say."""
    status = subprocess.call(command, stdout=log, stderr=log, cwd=home, env=around)
    return NO_ROOM if status == UNSAID else status


def try_reading(folder: str, run: Callable[[list[str]], int]) -> int:
    """Tell how the file of a trial's order is read, and write what is told of every cell, and what stands in it.

    `run` runs the command line.
    """
    home = Path(folder)
    trial, cells = json.loads((home / "order.json").read_text(encoding="utf-8"))["commands"]
    if (status := run(trial)) == STOPPED:
        return status
    try:
        with (
            (home / "cells.json").open("w", encoding="utf-8") as told,
            redirect_stdout(told),
            redirect_stderr(StringIO()),
        ):
            run(cells)
        _write_picture(Path(trial[-1]), home / "sheets.json")
    except OSError as error:
        return _unwritten(home, error)
    return status


def _python(code: str, *words: str) -> list[str]:
    return [sys.executable, "-I", "-X", "utf8", "-c", code, str(Path(__file__).parents[3]), *words]


def _write_picture(file: Path, target: Path) -> None:
    """Write what stands in each cell of a file's sheets, as far as it can be read and is not too much to look at."""
    from oj.sources.workbook.intake import open_book

    try:
        sheets = open_book(file).sheets
    except UserError:  # which the trial has told
        sheets = {}
    told = {
        name: {
            str(row): [text[:LONGEST] for text in sheet.texts[row][:SHOWN_COLUMNS]]
            for row in sorted(sheet.texts)[:SHOWN_ROWS]
        }
        for name, sheet in sheets.items()
    }
    target.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _unwritten(home: Path, error: OSError) -> int:
    """Tell that something could not be written, and what to do; return the status of that."""
    return _failed(home, f"Det gick inte att skriva: {why(error)}. {SPACE}", NO_ROOM)


def _failed(home: Path, told: str, status: int) -> int:
    with suppress(OSError):
        _log(home, f"Fel: {told}")
    return status


def _log(home: Path, line: str) -> None:
    with (home / "log").open("a", encoding="utf-8") as log:
        log.write(f"{line}\n")
