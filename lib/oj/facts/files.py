"""Which files of a folder are facts, and their hashes."""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file under a folder, by its path within it, in alphabetical order."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def is_fact(path: str) -> bool:
    """Return whether a file of the folder is one of facts, and not what an editor or a computer leaves behind.

    >>> is_fact("results/fou.csv"), is_fact("areas.csv~"), is_fact("results/.~lock.fou.csv"), is_fact(".oj-a/fou.csv")
    (True, False, False, False)
    """
    name = Path(path)
    return name.suffix in (".csv", ".yml", ".json") and not any(part.startswith(".") for part in name.parts)


def last_changed(root: Path) -> int:
    """Return when a folder, or anything below it, was last changed, in nanoseconds."""
    last = 0
    for home, folders, names in os.walk(root):
        for name in ("", *folders, *names):
            with suppress(FileNotFoundError):  # what is taken away meanwhile
                found = os.stat(f"{home}/{name}")  # noqa: PTH116 - a Path takes three times as long, and this is often
                last = max(last, found.st_mtime_ns, found.st_ctime_ns)
    return last
