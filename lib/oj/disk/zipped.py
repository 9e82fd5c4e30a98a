"""Zip files of the same bytes on every system, whatever the clock says: .xlsx and .docx are such, and what is sent."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import ParamSpec, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Rest = ParamSpec("Rest")
Made = TypeVar("Made")
READING = RLock()
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can hold


def one_at_a_time(make: Callable[Rest, Made]) -> Callable[Rest, Made]:
    """Let only one thread at a time be in any of the functions that read and change the XML of such files.

    Parsers of XML may share their elements' names between threads: once, slides that were read while Word's file was
    had one of its names in them, and no report was built.
    """

    @wraps(make)
    def made(*rest: Rest.args, **named: Rest.kwargs) -> Made:
        with READING:
            return make(*rest, **named)

    return made


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip file of parts, each with its name, in their order."""
    content = BytesIO()
    with ZipFile(content, "w") as target:
        for name, part in parts:
            entry = ZipInfo(name, EARLIEST)
            entry.create_system, entry.external_attr = 3, 0o600 << 16  # as Unix has it, also on Windows
            target.writestr(entry, part, ZIP_DEFLATED, 6)
    return content.getvalue()


def zipped_folders(folders: Mapping[str, Path]) -> bytes:
    """Return a zip file of folders, each by the name it is to have, with all that is in them, empty folders too."""
    found = {f"{name}/": None for name in folders} | {
        f"{name}/{path.relative_to(one).as_posix()}{'/' * path.is_dir()}": path
        for name, one in folders.items()
        for path in one.rglob("*")
    }
    return zipped((name, path.read_bytes() if path and path.is_file() else b"") for name, path in sorted(found.items()))


def unzip(content: bytes, folder: Path) -> None:
    """Write the files of a zip file into a folder; raise BadZipFile where it is not whole."""
    with ZipFile(BytesIO(content)) as source:
        source.extractall(folder)
