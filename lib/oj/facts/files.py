"""Which files of a folder are facts, and their hashes."""

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
