"""Moving what is new into its place, so that it can be finished, or undone, by whoever comes after a kill.

Where the system can exchange two names in one go (Linux, macOS) there is always something whole in the place. Where it
cannot, the earlier is moved away first and the new one in after it. Every move can be tried again without harm.
"""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from oj.disk.patience import patiently

HERE, SWAP = -100, 2  # AT_FDCWD, and RENAME_EXCHANGE or RENAME_SWAP
CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)


@dataclass(frozen=True)
class Step:
    """A place, what is new to it (None: nothing), where the earlier goes, and the new's number.

    The number is the file system's own: after an exchange the names do not tell which of the two is new.
    """

    target: Path
    new: Path | None
    earlier: Path
    number: int


def forward(step: Step) -> None:
    """Do a step, unless it is done already."""
    if step.new is None:
        if os.path.lexists(step.target):
            _renamed(step.target, step.earlier)
    elif os.path.lexists(step.new) and not _is_new(step.target, step):
        if os.path.lexists(step.target):
            if exchanged(step.new, step.target):
                return
            _renamed(step.target, step.earlier)
        _renamed(step.new, step.target)


def back(step: Step) -> None:
    """Undo a step, unless it is undone already."""
    if step.new is not None and _is_new(step.target, step):
        if os.path.lexists(step.new):
            exchanged(step.new, step.target)
            return
        _renamed(step.target, step.new)
    if os.path.lexists(step.earlier):
        _renamed(step.earlier, step.target)


def _renamed(one: Path, other: Path) -> None:
    patiently(lambda: one.replace(other))


def _is_new(path: Path, step: Step) -> bool:
    return os.path.lexists(path) and path.lstat().st_ino == step.number


def exchanged(one: Path, other: Path) -> bool:
    """Exchange what two names stand for, in one go; return False where the system cannot."""
    call = _exchange()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


@cache
def _exchange() -> Callable[[bytes, bytes], int] | None:
    """Return the system's call that exchanges two names; None where it has none."""
    if sys.platform == "win32":
        return None
    system = ctypes.CDLL(None, use_errno=True)
    if hasattr(system, "renameat2"):
        return lambda one, other: int(system.renameat2(HERE, one, HERE, other, SWAP))
    if hasattr(system, "renamex_np"):
        return lambda one, other: int(system.renamex_np(one, other, SWAP))
    return None


def keep_safe(path: Path) -> None:
    """Have a file, or every file of a folder, written to the disk itself, so that a power cut does not lose it."""
    for one in [path, *path.rglob("*")]:
        if one.is_file() and not one.is_symlink():
            with suppress(PermissionError):  # one that may only be read
                _flushed(one, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)


def keep_names(folder: Path) -> None:
    """Have a folder's names written to the disk itself; Windows, and some disks on a network, do so on their own."""
    if sys.platform != "win32":
        try:
            _flushed(folder, os.O_RDONLY)
        except OSError as error:
            if error.errno not in CANNOT:
                raise


def _flushed(path: Path, flags: int) -> None:
    file = os.open(path, flags)
    try:
        os.fsync(file)
    finally:
        os.close(file)
