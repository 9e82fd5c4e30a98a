"""Read files that somebody brings: only ordinary ones, and never more of them than is asked for."""

import os
from pathlib import Path

from oj.words.errors import UserError, shortened

OF_SYSTEM = ("/proc", "/sys", "/dev")  # what looks like files there is written as it is read
LONGEST_TEXT = 300  # signs of what stands in a report


def read_bounded(path: Path, most: int, label: str) -> bytes:
    """Return a file's bytes; raise UserError where it is no ordinary file or has more than `most`, OSError as `open`.

    A pipe would be waited for, and a device or a file that grows read for ever.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_bounded(Path(folder), 10, "mappen")
    Traceback (most recent call last):
    oj.words.errors.UserError: mappen är en mapp och ingen fil.
    """
    if path.is_dir():
        raise UserError(f"{label} är en mapp och ingen fil.")
    path.stat()  # what is not there is told as such
    content = _read(path, most + 1)
    if content is None:
        raise UserError(f"{label} är ingen vanlig fil utan ett rör eller en enhet, och läses inte.")
    if len(content) > most:
        raise UserError(f"{label} är större än {in_megabytes(most)} och läses inte.")
    return content


def _read(path: Path, most: int) -> bytes | None:
    """Return the beginning of a file, None where it is no ordinary one: it is made up, or waited for, as it is read."""
    if not path.is_file() or any(path.resolve().is_relative_to(one) for one in OF_SYSTEM):
        return None
    with open(path, "rb", opener=_unwaiting) as file:  # a Path has no opener
        size, content = os.fstat(file.fileno()).st_size, file.read(most)
    return content if size or not content else None


def _unwaiting(path: str, flags: int) -> int:
    """Open a file that answers at once or not at all, where the computer can."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def exists(path: Path) -> bool:
    """Return whether there is something at a path, also for one that is too long to be.

    >>> exists(Path("a" * 5000)), exists(Path())
    (False, True)
    """
    try:
        return path.exists()
    except OSError:
        return False


def refuse_long(what: str, text: str) -> None:
    """Raise UserError for a text that is too long to stand in a report; `what` it is, as it is told.

    >>> refuse_long("Utgivaren", "FoU-enheten")
    """
    if len(text) > LONGEST_TEXT:
        raise UserError(f"{what} ”{shortened(text)}” är {len(text)} tecken lång; högst {LONGEST_TEXT} får plats.")


def in_megabytes(size: int) -> str:
    """Return a size as it is told.

    >>> in_megabytes(20_000_000)
    '20 megabyte'
    """
    return f"{size // 1_000_000} megabyte"
