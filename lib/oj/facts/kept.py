"""What is made of the facts is made once, as long as they are as they were, and what was read for it is known."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from oj.disk.reading import note, recorded
from oj.facts.editions import root_of
from oj.facts.files import last_changed

Rest = ParamSpec("Rest")
Made = TypeVar("Made")
MOST = 200  # things of one kind that are kept by what they were made of, the latest
ROOTS = 3  # folders of all facts whose things are kept, the latest: a build has one or two
_still: ContextVar[dict[Path, int]] = ContextVar("_still", default={})  # noqa: B039 - it is never changed
_seen: ContextVar[dict[Path, int]] = ContextVar("_seen", default={})  # noqa: B039 - what is made is given its own


class _Kept(NamedTuple):
    made: object
    read: frozenset[Path]


class _Root(NamedTuple):
    changed: int
    made: dict[tuple[object, ...], _Kept]


def kept(make: Callable[Concatenate[Path, Rest], Made]) -> Callable[Concatenate[Path, Rest], Made]:
    """Let a function of a folder of facts make the same only once while nothing of all facts has changed.

    What it gives is everybody's: whoever changes it copies it first. Of other folders of all facts than the latest few,
    and of facts as they were before, nothing is kept.
    """
    known: dict[Path, _Root] = {}

    @wraps(make)
    def made(folder: Path, /, *rest: Rest.args, **named: Rest.kwargs) -> Made:
        root, at = root_of(folder), (folder, *rest, *named.items())
        since, own = _changed(root), known.pop(root, None)
        if own is None or own.changed != since:
            own = _Root(since, {})
        known[root] = own  # as the latest
        for old in [one for one in known if one not in _still.get()][:-ROOTS]:
            known.pop(old, None)  # another thread may have done it
        if at not in own.made:
            with recorded() as read, _looked_at(root, since):
                found = make(folder, *rest, **named)
            own.made[at] = _Kept(found, frozenset(read))
        note(own.made[at].read)
        return own.made[at].made  # type: ignore[return-value]

    return made


def kept_by_content(make: Callable[Rest, Made]) -> Callable[Rest, Made]:
    """Let a function of plain values make the same of the same only once, whichever copy of the facts they are from.

    What it gives is everybody's: whoever changes it copies it first.

    >>> squares = kept_by_content(lambda numbers: [number**2 for number in numbers])
    >>> squares([1, 2]) is squares([1, 2])
    True
    """
    known: dict[bytes, Made] = {}

    @wraps(make)
    def made(*args: Rest.args, **named: Rest.kwargs) -> Made:
        key = sha256(pickle.dumps((args, named))).digest()
        found = known.pop(key, None)
        found = make(*args, **named) if found is None else found
        known[key] = found  # as the latest
        for old in [*known][:-MOST]:
            known.pop(old, None)  # another thread may have done it
        return found

    return made


def changed(folder: Path) -> int:
    """Return when something of all facts was last changed, in nanoseconds; what is being made goes by it from now."""
    root, seen = root_of(folder), _seen.get()
    now = _still.get().get(root) or last_changed(root)
    if root in seen:
        seen[root] = now
    return now


def _changed(root: Path) -> int:
    return _still.get().get(root) or _seen.get().get(root) or last_changed(root)


@contextmanager
def _looked_at(root: Path, since: int) -> Iterator[None]:
    """Let all that something is made of go by one look at the facts: were they changed meanwhile, it is made anew."""
    before = _seen.set({**_seen.get(), root: since})
    try:
        yield
    finally:
        _seen.reset(before)


@contextmanager
def still(root: Path) -> Iterator[None]:
    """Let the facts in a folder be as they are now for all that is done within: nobody looks whether they changed."""
    before = _still.set({**_still.get(), root: last_changed(root)})
    try:
        yield
    finally:
        _still.reset(before)
