"""The facts as they are at one moment: a copy that a whole report is built on, whatever happens meanwhile."""

import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oj.disk.changes import MARK, change, clear, is_whole
from oj.facts.datapackage import resources
from oj.facts.editions import using
from oj.facts.files import is_fact
from oj.words.errors import UserError, not_read

NAME = "underlag-"
TRIES, BETWEEN = 100, 0.1  # ten seconds
State = dict[str, tuple[int, int, int]]


@contextmanager
def snapshot(data: Path, room: Path) -> Iterator[Path]:
    """Copy the facts of `data` to a folder in `room` and let everything within be read there; cleared afterwards.

    Raises UserError where they cannot be read, or do not hold still.
    """
    resources(data)  # where nothing can be read, it is told of the folder itself
    if any(part.startswith(f"{MARK}{NAME}") for part in data.parts):  # it is within another, which nobody changes
        yield data
        return
    with change(room, f"{NAME}{secrets.token_hex(4)}", "Underlaget läses") as work:
        copy = work.beside(room) / "data"
        _copy_whole(data, copy)
        with using(copy):
            yield copy


def _copy_whole(data: Path, copy: Path) -> None:
    """Copy the facts, again and again until nothing has changed while it was done."""
    for _try in range(TRIES):
        clear(data)
        before = _state(data) if is_whole(data) else None
        if before is not None:
            shutil.rmtree(copy, ignore_errors=True)
            _copy(data, copy, before)
            if is_whole(data) and _state(data) == before:
                return
        time.sleep(BETWEEN)
    raise UserError(f"Underlaget i {data} ändras just nu. Vänta tills det är klart och kör samma kommando igen.")


def _state(data: Path) -> State:
    """Return every file of facts, by its path, with what changes when the file does."""
    found = {}
    for path in data.rglob("*"):
        name = path.relative_to(data).as_posix()
        if is_fact(name) and path.is_file():
            stat = path.stat()
            found[name] = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    return found


def _copy(data: Path, copy: Path, names: State) -> None:
    for name in names:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            content = (data / name).read_bytes()
        except FileNotFoundError:
            return  # which the next look at the folder tells
        except OSError as error:
            raise UserError(f"data/{name} är skadad och kan inte läsas: {not_read(error)}.") from error
        (copy / name).write_bytes(content)
