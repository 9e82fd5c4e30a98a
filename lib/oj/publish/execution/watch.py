"""Which files a notebook reads, whoever reads them: also what a researcher has written in a cell of its own."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oj.disk.reading import recorded

OUTSIDE = ("socket.connect", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")  # what no file tells of


class Watched:
    """What a notebook has read: the files of facts, by their path from `root`, and whether it is all that it read."""

    def __init__(self, root: Path, own: tuple[str, ...]) -> None:
        self.root = root
        self._facts = root.resolve()
        homes = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[3]), *own)
        self._known = tuple(Path(path).resolve() for path in homes)
        self._read: set[Path] = set()
        self._strange = False
        self._on = True

    def heard(self, event: str, about: tuple[object, ...]) -> None:
        """Hear what Python is about to do: an audit hook."""
        if not self._on:
            return
        if event == "open" and isinstance(about[0], str | bytes | os.PathLike):
            path = Path(os.fsdecode(about[0])).resolve()
            if path.is_relative_to(self._facts):
                self._read.add(self.root / path.relative_to(self._facts))
            elif not any(path.is_relative_to(one) for one in self._known):
                self._strange = True
        elif event in OUTSIDE:
            self._strange = True

    def end(self, noted: set[Path]) -> None:
        """Hear nothing more; `noted` is what the library knows to have read, also before this process was."""
        self._on = False
        self._read |= {path for path in noted if path.is_relative_to(self.root)}

    @property
    def files(self) -> list[str] | None:
        """The files of facts that were read; None where something else was, so that nobody knows what it depends on."""
        return None if self._strange else sorted(path.relative_to(self.root).as_posix() for path in self._read)


@contextmanager
def watched(root: Path, *own: str) -> Iterator[Watched]:
    """Watch this process, which runs one notebook and ends: what it reads in `root`, its `own` files left out."""
    found = Watched(root, own)
    sys.addaudithook(found.heard)
    with recorded() as noted:
        yield found
    found.end(noted)
