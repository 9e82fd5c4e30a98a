"""Read files that somebody brings: only ordinary ones, and never more of them than is asked for."""

import os
from pathlib import Path

from oj.disk.reading import note
from oj.words.errors import UserError, shortened

OF_SYSTEM = ("/proc", "/sys", "/dev")  # what looks like files there is written as it is read
LONGEST_TEXT = 300  # signs of what stands in a report


def read_bounded(path: Path, most: int, label: str) -> bytes:
    """Return a file's bytes; raise UserError for more than `most`, and for a pipe or a device, which never ends."""
    if path.is_dir():
        raise UserError(f"{label} är en mapp och ingen fil.")
    note([path])
    path.stat()  # what is not there is told as such
    size = content = None
    if path.is_file() and not any(path.resolve().is_relative_to(one) for one in OF_SYSTEM):
        with open(path, "rb", opener=_unwaiting) as file:  # a Path has no opener
            size, content = os.fstat(file.fileno()).st_size, file.read(most + 1)
    if content is None or (content and not size):  # it is made up, or waited for, as it is read
        raise UserError(f"{label} är ingen vanlig fil utan ett rör eller en enhet, och läses inte.")
    if len(content) > most:
        raise UserError(f"{label} är större än {in_megabytes(most)} och läses inte.")
    return content


def _unwaiting(path: str, flags: int) -> int:
    """Open a file that answers at once or not at all, where the computer can."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def exists(path: Path) -> bool:
    """Return whether there is something at a path, also for one that is too long to be."""
    try:
        return path.exists()
    except OSError:
        return False


def refuse_long(what: str, text: str) -> None:
    """Raise UserError for a text that is too long to stand in a report; `what` it is, as it is told."""
    if len(text) > LONGEST_TEXT:
        raise UserError(f"{what} ”{shortened(text)}” är {len(text)} tecken lång; högst {LONGEST_TEXT} får plats.")


def in_megabytes(size: int) -> str:
    """Return a size as it is told."""
    return f"{size // 1_000_000} megabyte"
