"""What all that is made depends on beside its own parts: the project's code, the packages, and the facts."""

import platform
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from oj.disk.kept_files import digest
from oj.facts.files import hashes, is_fact

COMPILED = "__pycache__"  # which Python makes of the code by itself


@cache
def tools() -> str:
    """Return the hash of the project's code, with what it copies into a report, and of all versions."""
    lib = Path(__file__).parents[3]
    copied = lib.parent.glob("tools/verify*")
    files = {path.relative_to(lib).as_posix(): path for path in lib.rglob("*") if path.is_file()}
    files |= {path.relative_to(lib.parent).as_posix(): path for path in copied}
    code = [
        f"{name} {sha256(path.read_bytes()).hexdigest()}"
        for name, path in sorted(files.items())
        if COMPILED not in path.parts
    ]
    return digest(*code, *packages(), platform.python_version(), sys.platform, platform.machine())


@cache
def packages() -> tuple[str, ...]:
    """Return every installed package with its version, as `pandas-3.0.1`, in alphabetical order."""
    return tuple(sorted({one.stem for folder in sys.path for one in Path(folder or ".").glob("*.dist-info")}))


def of_facts(data: Path) -> dict[str, str]:
    """Return the hash of every file of facts by its path from the folder of all of them."""
    return {name: one for name, one in hashes(data).items() if is_fact(name)}


def of_folder(folder: Path) -> str:
    """Return one hash of all files in a folder, and of their names."""
    return digest(*(part for name, one in hashes(folder).items() for part in (name, one)))
