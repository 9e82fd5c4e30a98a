"""A change of the facts that is made and tried in a copy of them first."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from oj.disk.changes import change
from oj.facts.datapackage import FACTS, PATIENCE
from oj.facts.files import hashes, is_fact


@contextmanager
def in_copy(root: Path, doing: str, *, only: bool = False) -> Iterator[tuple[Path, list[Path]]]:
    """Give a copy of the facts to change; what differs when the block ends well is moved into place, all or nothing.

    The list that is given with it is then of the files that have changed. With `only` nothing is moved in the end.
    """
    files: list[Path] = []
    with change(root, FACTS, doing, PATIENCE) as work, TemporaryDirectory() as room:
        copy, before = Path(room) / "data", _facts(root)
        _copied(root, copy, before)
        yield copy, files
        after = _facts(copy)
        for name in (name for name, one in after.items() if before.get(name) != one):
            work.new(root / name).write_bytes((copy / name).read_bytes())
            files.append(root / name)
        for name in (name for name in before if name not in after):
            work.remove(root / name)
            files.append(root / name)
        if only:
            work.steps.clear()


def _facts(root: Path) -> dict[str, str]:
    return {name: one for name, one in hashes(root).items() if is_fact(name)}


def _copied(root: Path, copy: Path, names: Mapping[str, str]) -> None:
    for name in names:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((root / name).read_bytes())
