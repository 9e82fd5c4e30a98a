"""Kill a process at each of its steps on the disk: the harness of the tests of what a kill leaves behind."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

STEPS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.rmtree")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def is_step(event: str, arguments: tuple[Any, ...]) -> bool:
    """Return whether an audit event of Python is about to change something on the disk."""
    return event in STEPS or (event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & WRITING))


def die_before(step: int) -> None:
    """Let this process be killed, as by `kill -9`, just before its step of that number."""
    left, own = [step], os.getpid()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if is_step(event, arguments) and os.getpid() == own:
            left[0] -= 1
            if left[0] == 0:
                os.kill(own, signal.SIGKILL)

    sys.addaudithook(hook)


def survived(action: Callable[[], object], step: int) -> bool:
    """Do something in a process of its own that is killed before a step; return whether it was done before that."""
    child = os.fork()
    if child == 0:
        try:
            die_before(step)
            action()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    _child, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the action failed; see above"
    return os.WIFEXITED(status)


def each_kill(
    action: Callable[[], object], prepare: Callable[[], object], *, first: int = 1, stride: int = 1
) -> Iterator[int]:
    """Yield after a kill at each step of an action, everything prepared anew before it, until it comes through.

    `first` is the step to begin with, and only each step of a `stride` is taken.
    """
    step = first
    while True:
        prepare()
        done = survived(action, step)
        yield step
        if done:
            return
        step += stride


def tree(*folders: Path) -> dict[str, bytes | None]:
    """Return every file's content and every folder (None) in some folders, hidden ones too."""
    return {
        str(path): path.read_bytes() if path.is_file() else None
        for folder in folders
        for path in sorted(folder.rglob("*"))
    }
