"""How what is being done is told and timed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

DONE = ": klart"


@dataclass
class Progress:
    """Tells what is being done, warns of what must be known also when nothing else is told, and times each step."""

    tell: Callable[[str], None] = lambda _text: None
    warn: Callable[[str], None] = lambda _text: None  # what is told also where nothing else is
    seconds: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Announce a step, time it, and tell when it is done."""
        self.tell(name)
        with self.timed(name):
            yield
        self.tell_done(name)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Time a step."""
        began = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - began

    def tell_done(self, name: str) -> None:
        """Tell that a step is done: what is told after it may have begun beside it, and says nothing of it."""
        self.tell(f"  {name}{DONE}")

    @property
    def total(self) -> float:
        """How many seconds there have been; fewer than of all steps, where some were done side by side."""
        return time.perf_counter() - self.began
