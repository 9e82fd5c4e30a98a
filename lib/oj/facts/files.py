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


def is_in(folder: Path | str, name: str) -> bool:
    """Return whether a folder has a file of that name."""
    return os.path.exists(f"{folder}/{name}")  # noqa: PTH110 - a Path takes three times as long, and this is often


def folders_with(name: str, folder: Path) -> dict[str, Path]:
    """Return the folders in a folder that have a file of that name, by their own names, in order."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - as above
    except OSError:
        return {}
    return {one: folder / one for one in names if is_in(f"{folder}/{one}", name)}


def last_changed(root: Path) -> int:
    """Return when a folder, or anything below it, was last changed, in nanoseconds."""
    last, folders = _changed(str(root)), [str(root)]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as found:  # one that is taken away, or may not be read
            for one in found:
                last = max(last, _changed(one.path))
                if one.is_dir(follow_symlinks=False):
                    folders.append(one.path)
    return last


def _changed(path: str) -> int:
    try:
        found = os.stat(path)  # noqa: PTH116 - a Path takes three times as long, and this is often
    except OSError:  # what is taken away meanwhile, or leads to itself
        return 0
    return max(found.st_mtime_ns, found.st_ctime_ns)
