"""What is read is noted, so that whatever is made of it is known to depend on it: recorded, not guessed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_readers: ContextVar[tuple[set[Path], ...]] = ContextVar("_readers", default=())


def note(paths: Iterable[Path]) -> None:
    """Note files that are read, also where what is in them was kept from before, for whoever records."""
    for found in _readers.get():
        found.update(paths)


@contextmanager
def recorded() -> Iterator[set[Path]]:
    """Give the set of files that are read within, which fills as they are.

    >>> with recorded() as found:
    ...     note([Path("areas.csv")])
    >>> found == {Path("areas.csv")}
    True
    """
    found: set[Path] = set()
    before = _readers.set((*_readers.get(), found))
    try:
        yield found
    finally:
        _readers.reset(before)
