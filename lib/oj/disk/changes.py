"""The one home of changes on the disk: all of a change happens, or nothing, also when the computer is killed within.

    with change(data_folder(), "underlag", "Resultat läses in", patience=10) as work:
        work.new(path).write_text(text, encoding="utf-8")  # written aside, beside its place
        work.remove(other)

When the block ends well everything is moved into place; when it does not, nothing has changed. What is to be moved is
written down first (`.oj-<name>.steps`), so that whoever comes after a kill finishes it (or undoes it) before anything
else: the lock `.oj-<name>.lock` tells a dead owner's leftovers from a living one's work.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from oj.disk.locks import Lock, signed, take, wait_for
from oj.disk.moves import Step, back, forward, keep_names, keep_safe
from oj.disk.patience import patiently
from oj.words.errors import UserError, why

MARK = ".oj-"
MOMENT, BETWEEN = 10, 0.02  # seconds that moving what is new into place may take on a slow disk, and between two looks
WHO, EMPTY = "{", "? "  # lines of a lock: whose it is, a folder to take away if it is empty; else one to take away


@dataclass
class Change:
    """A change that is being made: its home, its name, and what is to be moved when all is ready."""

    home: Path
    name: str
    lock: Lock
    own: str = field(default_factory=lambda: secrets.token_hex(4))  # a dead owner's children know another name
    steps: list[tuple[Path, Path | None]] = field(default_factory=list)

    def new(self, target: Path) -> Path:
        """Return where to write what is to stand at `target`, a file or a folder; its folder is made."""
        place = self.beside(target.parent) / target.name
        self.steps.append((target, place))
        return place

    def move(self, new: Path, target: Path) -> None:
        """Let something that lies on the same disk be moved to `target`."""
        self.steps.append((target, new))

    def remove(self, target: Path) -> None:
        """Let a file or a folder be taken away."""
        self.steps.append((target, None))

    def beside(self, parent: Path) -> Path:
        """Return a folder in `parent` that is cleared afterwards, for what is made on the way."""
        folder = parent / f"{MARK}{self.name}"
        noted = _relative(folder, self.home)
        if noted not in self.lock.lines:
            self.lock.write(noted)
            if not parent.exists():
                self.lock.write(f"{EMPTY}{_relative(parent, self.home)}")
        own = folder / self.own
        own.mkdir(parents=True, exist_ok=True)
        return own

    def commit(self) -> None:
        """Move everything into place; raise OSError, with all as it was, where something cannot be moved."""
        planned, self.steps = self.steps, []
        steps = []
        for at, (target, new) in enumerate(planned):
            earlier = self.beside(target.parent) / f"earlier-{at}-{target.name}"
            steps.append(Step(target, new, earlier, new.stat().st_ino if new else 0))
            if new is not None:
                keep_safe(new)
        if not steps:
            return
        try:
            _write_down(steps, self.home, self.name)
            for step in steps:
                forward(step)
            for parent in {step.target.parent for step in steps}:
                keep_names(parent)
        except OSError:
            with suppress(FileNotFoundError):  # it could not even be written down
                steps_file = _file(self.home, self.name, "steps")
                patiently(lambda: steps_file.replace(_file(self.home, self.name, "undo")))
            _settle(self.home, self.name)
            raise


@contextmanager
def change(home: Path, name: str, doing: str, patience: float = 0) -> Iterator[Change]:
    """Give a change of what is in and around `home`; it is made when the block ends well.

    `doing` is told, with who and since when, to whoever wants the same while it lasts: "Rapporten x byggs". Raises
    TakenError when somebody else still has it after `patience` seconds, and OSError for what cannot be written.
    """
    there = home.exists()
    home.mkdir(parents=True, exist_ok=True)
    lock = wait_for(_file(home, name, "lock"), patience)
    try:
        _clear(home, name, lock)
        lock.write(signed(doing))
        work = Change(home, name, lock)
        yield work
        work.commit()
    finally:
        try:
            with suppress(OSError):  # what is done is done; what cannot be cleared now is noted for the next one
                _clear(home, name, lock)
        finally:
            lock.release()
        if not there:
            with suppress(OSError):
                home.rmdir()  # unless there is something in it


def clear(home: Path) -> None:
    """Finish or clear what dead owners left in a folder; raise UserError for a change that cannot be finished."""
    for path in sorted(home.glob(f"{MARK}*.lock")):
        name = path.name.removeprefix(MARK).removesuffix(".lock")
        try:
            lock = take(path)
            if lock is not None:
                try:
                    _clear(home, name, lock)
                finally:
                    lock.release()
        except OSError as error:
            if any(_file(home, name, kind).exists() for kind in ("steps", "undo")):
                raise UserError(
                    f"En ändring i {home} bröts av och kan inte slutföras: {why(error)}. Stäng de program som har "
                    "filer där öppna, se till att du får skriva i mappen, och kör samma kommando igen."
                ) from error


def is_whole(home: Path) -> bool:
    """Return whether no change in a folder is just being made, or was broken off."""
    return not [*home.glob(f"{MARK}*.steps"), *home.glob(f"{MARK}*.undo")]


def hold_still(home: Path, patience: float = MOMENT) -> None:
    """Wait until no change in a folder is just being made; raise UserError where it takes longer, or was broken off."""
    until = time.monotonic() + patience
    while not is_whole(home):
        if time.monotonic() < until:
            time.sleep(BETWEEN)
            continue
        raise UserError(
            f"Innehållet i {home} håller på att ändras, eller så bröts en ändring av. Försök igen; hjälper det inte, "
            "så slutför kommandot oj data list det som bröts av."
        )


def _file(home: Path, name: str, kind: str) -> Path:
    return home / f"{MARK}{name}.{kind}"


def _clear(home: Path, name: str, lock: Lock) -> None:
    """Settle what was being moved, and take away every folder that was noted; what stays is noted for the next one."""
    _settle(home, name)
    folders = [home / line for line in lock.lines if not line.startswith((WHO, EMPTY))]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    for line in lock.lines:
        if line.startswith(EMPTY):
            with suppress(OSError):
                (home / line.removeprefix(EMPTY)).rmdir()
    if not any(folder.exists() for folder in folders):
        lock.empty()


def _settle(home: Path, name: str) -> None:
    """Undo what was to be undone, and finish what was to be done."""
    patiently(lambda: _file(home, name, "part").unlink(missing_ok=True))
    for kind, move, order in (("undo", back, -1), ("steps", forward, 1)):
        path = _file(home, name, kind)
        if path.exists():
            for step in _written_down(path)[::order]:
                move(step)
            patiently(path.unlink)


def _write_down(steps: list[Step], home: Path, name: str) -> None:
    """Write the steps down in one go: from here on they will be taken, by whoever it be."""
    entries = [
        [*(path and _relative(path, home) for path in (step.target, step.new, step.earlier)), step.number]
        for step in steps
    ]
    part = _file(home, name, "part")
    part.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    keep_safe(part)
    patiently(lambda: part.replace(_file(home, name, "steps")))
    keep_names(home)


def _written_down(path: Path) -> list[Step]:
    entries, at = json.loads(path.read_text(encoding="utf-8")), path.parent
    return [
        Step(at / target, at / new if new else None, at / earlier, number) for target, new, earlier, number in entries
    ]


def _relative(path: Path, home: Path) -> str:
    """Return a path from `home`, so that a project may be moved; whole where it is on another disk of Windows."""
    try:
        return os.path.relpath(path, home)
    except ValueError:
        return str(path.resolve())
