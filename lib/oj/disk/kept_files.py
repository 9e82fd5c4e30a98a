"""Files that have been made, kept in `cache/` under what they were made of: safe to delete, and to use side by side.

A file holds the hash of its content before the content: a damaged one is no file, and is made again. Where nothing is
chosen to keep in, nothing is kept, and everything is made.
"""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path

MOST = 1_000_000_000  # bytes kept; what was used longest ago goes first
ROOM_LEFT = 0.8  # of them, when some have gone
SIGNS = 64  # of a hash
_room: ContextVar[Path | None] = ContextVar("_room", default=None)


@contextmanager
def kept_in(folder: Path | None) -> Iterator[None]:
    """Keep in a folder what is made within; with None nothing is kept."""
    before = _room.set(folder)
    try:
        yield
    finally:
        _room.reset(before)


def digest(*parts: str | bytes) -> str:
    """Return one hash of several parts, each with its length, so that no two rows of parts have the same.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    found = sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        found.update(f"{len(content)}:".encode())
        found.update(content)
    return found.hexdigest()


def once(step: str, made_of: Iterable[str | bytes], make: Callable[[], bytes]) -> bytes:
    """Return what `make` makes of these parts, which it makes only where that has not been made and kept."""
    if _room.get() is None:
        return make()
    key = digest(step, *made_of)
    found = read(step, key)
    if found is None:
        found = make()
        write(step, key, found)
    return found


def each_once(
    step: str, made_of: Sequence[Iterable[str | bytes]], make: Callable[[list[int]], Sequence[bytes]]
) -> list[bytes]:
    """Return what is made of each of several lists of parts; `make` makes those not kept, by their numbers, at once."""
    keys = [digest(step, *parts) for parts in made_of]
    known = [read(step, key) for key in keys]
    lacking = [at for at, one in enumerate(known) if one is None]
    for at, made in zip(lacking, make(lacking) if lacking else [], strict=True):
        known[at] = made
        write(step, keys[at], made)
    return [one for one in known if one is not None]


def read(step: str, key: str) -> bytes | None:
    """Return what is kept of a step under a key; None where there is nothing, or it is damaged."""
    path = _place(step, key)
    try:
        whole = path.read_bytes() if path else b""
        if path and whole[:SIGNS].decode("ascii", "replace") == digest(whole[SIGNS:]):
            os.utime(path)
            return whole[SIGNS:]
    except OSError:
        pass  # it is made anew
    return None


def write(step: str, key: str, content: bytes) -> None:
    """Keep what a step has made under a key; where the disk does not let it, it is made again next time."""
    path = _place(step, key)
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{secrets.token_hex(8)}")
        try:
            part.write_bytes(digest(content).encode() + content)
            part.replace(path)  # whole or not at all, whoever else is writing the same
        finally:
            part.unlink(missing_ok=True)


def keys(step: str, above: str) -> list[str]:
    """Return the keys kept of a step below another key, those last used first."""
    folder = _place(step, above)
    paths = [] if folder is None else [path for path in folder.glob("*") if not path.name.startswith(".")]
    with suppress(OSError):
        paths.sort(key=lambda path: (-path.stat().st_mtime_ns, path.name))
    return [f"{above}/{path.name}" for path in paths]


def _place(step: str, key: str) -> Path | None:
    room = _room.get()
    return room / step / key[:2] / key[2:] if room else None


def thin_out(folder: Path, most: int = MOST) -> None:
    """Take away what was used longest ago, where more than `most` bytes are kept."""
    found = []
    for path in folder.rglob("*"):
        with suppress(OSError):
            stat = path.stat()
            if path.is_file():
                found.append((stat.st_mtime_ns, stat.st_size, path))
    size = sum(one for _, one, _ in found)
    if size <= most:
        return
    for _, own, path in sorted(found):
        if size <= most * ROOM_LEFT:
            return
        with suppress(OSError):
            path.unlink()
            size -= own
