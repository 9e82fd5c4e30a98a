"""A lock between processes, on this computer or another: who has it is told to whoever comes second.

A lock is a file that its owner holds. When the owner dies, also by `kill -9` or a power cut, the system lets it go; so
a lock that is free and still there is a dead owner's, whatever process has its number now. In the file stands who it
is, and below that the folders that are to be cleared after it.
"""

import json
import os
import platform
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from getpass import getuser
from pathlib import Path

from oj.disk.patience import patiently
from oj.words.errors import UserError
from oj.words.swedish import day

PLACE = 1 << 30  # Windows locks bytes: one far beyond the text, so that others can read who has it
BETWEEN = 0.1  # seconds between two tries
FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


class TakenError(UserError):
    """Somebody else, who is living, has the lock."""


@dataclass
class Lock:
    """A lock that is held: its file, open, and what is written in it."""

    path: Path
    file: int
    lines: list[str]

    def write(self, line: str) -> None:
        """Add a line, in one go."""
        os.write(self.file, f"{line}\n".encode())
        self.lines.append(line)

    def empty(self) -> None:
        """Take away what is written in it."""
        os.ftruncate(self.file, 0)
        self.lines.clear()

    def release(self) -> None:
        """Let it go; the file is taken away, unless there is something written in it for the next one."""
        gone = not self.lines
        if gone and sys.platform != "win32":  # while it is held, so that nobody is left with a file that has no name
            self.path.unlink(missing_ok=True)
        os.close(self.file)
        if gone and sys.platform == "win32":  # which has open files only; where another has opened it, it is theirs
            with suppress(OSError):
                self.path.unlink(missing_ok=True)


def take(path: Path) -> Lock | None:
    """Return the lock of a file, which is made where it is lacking, or None where somebody else has it."""
    while True:
        file = patiently(lambda: os.open(path, FLAGS, 0o666))  # Windows may be taking the earlier one away just now
        try:
            free = _held(file)
            if free and _is_there(file, path):
                os.lseek(file, 0, os.SEEK_SET)
                written = os.read(file, os.fstat(file).st_size).decode("utf-8", "replace")
                return Lock(path, file, written.splitlines())
        except OSError as error:  # a disk that cannot lock, as some on a network
            os.close(file)
            raise OSError(error.errno, error.strerror, str(path)) from error
        os.close(file)
        if not free:
            return None  # else its earlier owner took it away just now


def wait_for(path: Path, patience: float) -> Lock:
    """Return the lock of a file, waiting up to `patience` seconds; raise TakenError, with whose it is, after that."""
    until = time.monotonic() + patience
    while (lock := take(path)) is None:
        if time.monotonic() >= until:
            raise TakenError(taken(path))
        time.sleep(BETWEEN)
    return lock


def signed(doing: str) -> str:
    """Return the first line of a lock: what is done, and by whom, where and since when."""
    try:
        user = getuser()
    except (OSError, KeyError, ImportError):  # a computer may have no name for its user
        user = ""
    since = datetime.now().astimezone().isoformat(timespec="minutes")
    about = {"doing": doing, "user": user, "host": platform.node(), "pid": os.getpid(), "since": since}
    return json.dumps(about, ensure_ascii=False)


def taken(path: Path) -> str:
    """Return, in Swedish, who has a lock, and what to do."""
    try:
        about = json.loads([line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "{"][-1])
        since = datetime.fromisoformat(about["since"])
    except (OSError, ValueError, LookupError, TypeError):  # just taken, or just let go
        return "Någon annan håller på med samma sak. Vänta en stund och kör samma kommando igen."
    who = f"{about['user'] or 'någon'} på datorn {about['host'] or 'utan namn'} (process {about['pid']})"
    when = f"{day(since.date().isoformat())} kl. {since:%H.%M}"
    return (
        f"{about['doing']} redan av {who} sedan {when}. Vänta tills det är klart och kör samma kommando igen. "
        f"Har det hängt sig: avsluta process {about['pid']} på den datorn först."
    )


def _held(file: int) -> bool:
    """Take hold of an open file, unless another process has it, and return whether it was free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, PLACE, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _is_there(file: int, path: Path) -> bool:
    """Return whether an open file still is the one of that name; on Windows an open one cannot lose it."""
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
