"""Where a report's parts lie, and how its building is told."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Folders:
    """Where a report's parts lie."""

    notebooks: Path
    build: Path
    reports: Path
    cache: Path | None = None  # where what is made is kept for the next time


@dataclass
class Progress:
    """Tells what is being done, warns of what must be known also when nothing else is told, and times each step."""

    tell: Callable[[str], None] = lambda _text: None
    warn: Callable[[str], None] = lambda _text: None  # what is told also where nothing else is
    seconds: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Announce a step and time it."""
        self.tell(name)
        with self.timed(name):
            yield

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Time a step."""
        began = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - began

    @property
    def total(self) -> float:
        """How many seconds there have been; fewer than of all steps, where some were done side by side."""
        return time.perf_counter() - self.began


def default_folders() -> Folders:
    """Return the project's own folders."""
    root = Path(__file__).parents[4]
    return Folders(root / "notebooks", root / "build", root / "reports", root / "cache" / "rapporter")
