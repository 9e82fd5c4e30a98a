"""What has been asked for and takes its time: each a process of its own with a folder, whatever becomes of a page."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from oj.disk.locks import take
from oj.words.errors import UserError, why

KEPT = 40  # jobs that have ended, the latest
MEEK = 10  # how far behind the pages, and what else the person does, a job stands in the queue
WORK = (
    f"import os, sys; getattr(os, 'nice', abs)({MEEK}); sys.path.insert(0, sys.argv[1]); "
    "from oj.app.work.worker import work; work(sys.argv[2])"
)  # Windows has no such call, and begins it so
LIB = Path(__file__).parents[3]
RUNNING, DONE, FAULTY, STOPPED, DIED, UNWRITTEN = "running", "done", "faulty", "stopped", "died", "unwritten"
NO_ROOM = 74  # the status of a job that could not write what it should
ENDED = {0: DONE, 130: STOPPED, -2: STOPPED, -15: STOPPED, -9: STOPPED, NO_ROOM: UNWRITTEN}
STATUS = 8  # bytes that are kept for a job's status, so that it can be written on a full disk too
SPACE = "Inget har ändrats. Ge plats på disken, eller rätt att skriva i projektets mapp, och försök igen."
APART = 0x200 | 0x4000  # on Windows: a group of processes of its own, below the normal priority
MOST_LINES = 2_000  # of a log that are shown
AFTER = {
    "Bygger": "Byggt:", "Hämtar": "Hämtat", "Läser in": "Inläst:", "Läser": "Läst:", "Tar bort": "Borttaget:",
    "Ångrar:": "Ångrat:", "Gör mallen:": "Mallen är gjord:", "Gör enkäten:": "Enkäten är gjord:",
}  # fmt: skip
UNDOING = "Ångrar: "
AS_NOUN = {  # what is undone
    "Läser in": "inläsningen av", "Tar bort": "borttagningen av", "Hämtar från": "hämtningen från",
    "Rättelse": "rättelsen", "Svar om": "svaren om",
}  # fmt: skip
_beginning = Lock()
_children: dict[Path, subprocess.Popen[bytes]] = {}  # so that those that have ended are let go


@dataclass(frozen=True)
class Order:
    """What is to be done: commands of `oj` in turn, told as a title; of one kind about the same only one at a time.

    `facts` is "" where they are only read, "kept" where what changes can be undone, and "trial" where nothing is to
    change. `upload` is the folder of the file that it is about; `on` is whatever the page needs to go on with. What
    `takes_back` undoes what another did, and not what another took back.
    """

    kind: str
    title: str
    about: str
    commands: Sequence[Sequence[str]]
    facts: str = ""
    upload: str = ""
    on: Mapping[str, str] = field(default_factory=dict)
    takes_back: bool = False


@dataclass(frozen=True)
class Job:
    """An order that has been given, its number and folder, and how it stands."""

    number: int
    folder: Path
    order: Order
    state: str

    @property
    def title(self) -> str:
        """What it is called: what it does while it is at work, and what it did when that is done.

        >>> Job(1, Path("x"), Order("fetch", "Hämtar från Kolada: Kalmar län", "", []), DONE).title
        'Hämtat från Kolada: Kalmar län'
        """
        now = self.order.title
        if self.order.takes_back:
            verb = next((one for one in AS_NOUN if now.startswith(f"{UNDOING}{one}")), "")
            now = f"{UNDOING}{AS_NOUN[verb]}{now.removeprefix(f'{UNDOING}{verb}')}" if verb else now
        first = next((one for one in AFTER if now.startswith(f"{one} ")), "") if self.state == DONE else ""
        return f"{AFTER[first]}{now.removeprefix(first)}" if first else now

    @property
    def undoing(self) -> str:
        """What it is called to undo it: what was undone is done again."""
        return "Gör om" if self.order.takes_back else "Ångra"

    @property
    def lines(self) -> list[str]:
        """What it has told so far."""
        try:
            text = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return text.splitlines()[-MOST_LINES:]

    @property
    def files(self) -> dict[str, Path]:
        """The files that it made, to be taken home."""
        return {path.name: path for path in sorted((self.folder / "files").glob("*")) if path.is_file()}

    @property
    def changes(self) -> dict[str, str]:
        """The files of facts that it changed, and what it did with each; nothing where there is nothing to undo."""
        try:
            told: dict[str, str] = json.loads((self.folder / "changes.json").read_text(encoding="utf-8"))["told"]
        except (OSError, ValueError, LookupError):
            return {}
        return told


def jobs(home: Path) -> list[Job]:
    """Return every job that is known, the latest first."""
    found = [int(path.name) for path in home.glob("jobs/*") if path.name.isdecimal()]
    return [job for number in sorted(found, reverse=True) if (job := find(home, number))]


def find(home: Path, number: int) -> Job | None:
    """Return the job of a number, None where there is none."""
    folder = home / "jobs" / str(number)
    try:
        told = json.loads((folder / "order.json").read_text(encoding="utf-8"))
        return Job(number, folder, Order(**told), _state(folder))
    except (OSError, ValueError, TypeError):
        return None


def to_undo(home: Path) -> list[Job]:
    """Return the jobs whose changes still stand, the latest first: those that were undone are not among them.

    What was done again stands as the job that did it last, and only so.
    """
    undone, found = set[str](), []
    for job in [one for one in jobs(home) if one.state == DONE and one.changes]:
        if str(job.number) not in undone:
            found.append(job)
        undone |= {job.order.about} if job.order.kind == "undo" else set()
    return found


def running(home: Path, kind: str = "", about: str = "") -> list[Job]:
    """Return the jobs that are at work, of a kind about something where that is said."""
    alike = [one for one in jobs(home) if not kind or (one.order.kind, one.order.about) == (kind, about)]
    return [one for one in alike if one.state == RUNNING]


def begin(home: Path, order: Order) -> Job:
    """Start what is asked for, or return the job that already does the same, also where two ask at the same time."""
    with _beginning:
        return _begun(home, order)


def _begun(home: Path, order: Order) -> Job:
    if same := running(home, order.kind, order.about):
        return same[0]
    _thin_out(home)
    numbers = [int(path.name) for path in home.glob("jobs/*") if path.name.isdecimal()]
    folder = home / "jobs" / str(max(numbers, default=0) + 1)
    try:
        folder.mkdir(parents=True)
        (folder / "files").mkdir()
        (folder / "status").write_text(" " * STATUS)
        (folder / "order.json").write_text(json.dumps(asdict(order), ensure_ascii=False), encoding="utf-8")
        _children[folder] = _start(folder)
    except FileExistsError as error:  # somebody else asked just now
        raise UserError("Något annat startades just nu. Försök igen.") from error
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise UserError(f"”{order.title}” kan inte börja: {why(error)}. {SPACE}") from error
    found = find(home, int(folder.name))
    assert found is not None
    return found


def _start(folder: Path) -> subprocess.Popen[bytes]:
    """Start a job's process, which lives on when this one ends."""
    apart: dict[str, Any] = {"creationflags": APART} if sys.platform == "win32" else {"start_new_session": True}
    command = [sys.executable, "-I", "-X", "utf8", "-c", WORK, str(LIB), str(folder)]
    with (folder / "log").open("ab") as log:
        started: subprocess.Popen[bytes] = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, **apart
        )
    (folder / "pid").write_text(str(started.pid))
    return started


def _state(folder: Path) -> str:
    """Return how a job stands: as it has written itself, else whether somebody holds its lock."""
    if ended := _ended(folder):
        return ended
    child = _children.get(folder)
    if child is not None and child.poll() is None:
        return RUNNING
    lock = take(folder / "lock")
    if lock is None:
        return RUNNING
    lock.release()
    return _ended(folder) or (STOPPED if (folder / "stop").exists() else DIED)


def _ended(folder: Path) -> str:
    try:
        return ENDED.get(int((folder / "status").read_text()), FAULTY)
    except (OSError, ValueError):
        return ""


def write_status(folder: Path, status: int) -> None:
    """Write how a job went, in the room that was kept for it."""
    path = folder / "status"
    with path.open("r+" if path.exists() else "w") as file:
        file.write(f"{status}".ljust(STATUS))


def stop(job: Job) -> None:
    """Stop what is at work, as Ctrl+C does: what there was before stays."""
    if job.state != RUNNING:
        return
    process = int((job.folder / "pid").read_text())
    try:
        if sys.platform == "win32":
            os.kill(process, signal.CTRL_BREAK_EVENT)
        else:
            os.killpg(process, signal.SIGKILL if (job.folder / "stop").exists() else signal.SIGINT)
    except ProcessLookupError:
        return
    (job.folder / "stop").touch()


def _thin_out(home: Path) -> None:
    """Take away the folders of jobs that ended long ago."""
    for job in [one for one in jobs(home) if one.state != RUNNING][KEPT:]:
        _children.pop(job.folder, None)
        shutil.rmtree(job.folder, ignore_errors=True)
