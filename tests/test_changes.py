"""Changes on the disk: whole or not at all, after a kill at any step too, and never two at once."""

import errno
import os
import shutil
import stat
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import refused
from killing import each_kill, survived, tree
from oj.disk import patience
from oj.disk.changes import Change, change, clear, hold_still, is_whole
from oj.words.errors import why

fcntl = pytest.importorskip("fcntl")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")


def write(folder: Path, text: str) -> None:
    """Write a small folder of two files."""
    (folder / "inre").mkdir(parents=True)
    for name in ("a.txt", "inre/b.txt"):
        (folder / name).write_text(text, encoding="utf-8")


def prepare(root: Path) -> None:
    """Make two homes with an earlier folder, an earlier file and a file that goes."""
    shutil.rmtree(root, ignore_errors=True)
    write(root / "en" / "mapp", "gammal")
    write(root / "annan" / "mapp", "gammal")
    (root / "en" / "fil.csv").write_text("gammal", encoding="utf-8")
    (root / "en" / "bort.csv").write_text("hemlig", encoding="utf-8")


def fill(work: Change, root: Path) -> None:
    """Plan every kind of step: folders and files that are there or not, in two homes, and one that goes."""
    for folder in ("en/mapp", "annan/mapp", "annan/ny-mapp"):
        write(work.new(root / folder), "ny")
    for file in ("en/fil.csv", "en/ny.csv", "en/inte-an/ny.csv"):
        work.new(root / file).write_text("ny", encoding="utf-8")
    work.remove(root / "en" / "bort.csv")


def make(root: Path) -> None:
    """Make the change."""
    with change(root / "en", "prov", "Provet görs") as work:
        fill(work, root)


def states(root: Path) -> tuple[dict[str, bytes | None], dict[str, bytes | None]]:
    """Return what is there before and after."""
    prepare(root)
    before = tree(root)
    make(root)
    return before, tree(root)


def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system have no call that exchanges two names, as Windows and some network disks."""
    monkeypatch.setattr("oj.disk.moves._exchange", lambda: None)


@pytest.mark.parametrize("exchange", [True, False])
def test_a_kill_at_each_step_leaves_the_earlier_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, exchange: bool
) -> None:
    if not exchange:
        no_exchange(monkeypatch)
    root = tmp_path / "rot"
    before, after = states(root)
    assert before != after
    seen = []
    for step in each_kill(lambda: make(root), lambda: prepare(root)):
        if exchange:  # there is always something whole in the place
            assert {(root / "en/mapp" / name).read_text("utf-8") for name in ("a.txt", "inre/b.txt")} in (
                {"ny"},
                {"gammal"},
            )
        clear(root / "en")
        now = tree(root)
        assert now in (before, after), step
        seen.append(now == after)
    assert (len(seen) > 40, set(seen)) == (True, {True, False})
    assert seen == sorted(seen), "once it is written down it is done"


def test_a_kill_while_clearing_after_a_kill_is_cleared_too(tmp_path: Path) -> None:
    root = tmp_path / "rot"
    before, after = states(root)
    for first in (12, 34, 38):
        for second in each_kill(
            lambda: clear(root / "en"),
            lambda first=first: (prepare(root), survived(lambda: make(root), first)),
            stride=3,
        ):
            clear(root / "en")
            assert tree(root) in (before, after), (first, second)


def test_the_next_change_clears_what_a_dead_one_left(tmp_path: Path) -> None:
    root = tmp_path / "rot"
    _before, after = states(root)
    for _step in each_kill(lambda: make(root), lambda: prepare(root), stride=4):
        make(root)
        assert tree(root) == after


@pytest.mark.parametrize("exchange", [True, False])
@pytest.mark.parametrize("at", range(1, 12))
def test_what_cannot_be_moved_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, *, exchange: bool
) -> None:
    """As where a file is open in another program, or the disk is full."""
    root, real, count = tmp_path / "rot", Path.replace, [0]
    before, after = states(root)
    prepare(root)
    if not exchange:
        no_exchange(monkeypatch)

    def counted(path: Path, target: Path) -> Path:
        count[0] += 1
        if count[0] == at:
            raise PermissionError(13, "Permission denied")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", counted)
    try:
        make(root)
    except OSError:
        assert tree(root) == before
    else:
        assert (tree(root), count[0] < at) == (after, True)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_names_that_the_disk_does_not_keep_leave_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Also where everything is moved already: what is told not to be done is not done."""
    root, count = tmp_path / "rot", [0]
    before, _after = states(root)
    prepare(root)

    def counted(_folder: Path) -> None:
        count[0] += 1
        if count[0] == at:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("oj.disk.changes.keep_names", counted)
    with pytest.raises(OSError, match="Input/output"):
        make(root)
    clear(root / "en")
    assert tree(root) == before


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_disk_that_keeps_names_on_its_own_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    root, real = tmp_path / "rot", os.fsync
    _before, after = states(root)
    prepare(root)

    def on_files_only(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(number, os.strerror(number))
        real(file)

    monkeypatch.setattr(os, "fsync", on_files_only)
    make(root)
    assert tree(root) == after


def test_what_is_done_and_cannot_be_cleared_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where another program of Windows just looks at the new files; the next one clears."""
    root, real = tmp_path / "rot", Path.unlink
    _before, after = states(root)
    prepare(root)

    def held(path: Path, *, missing_ok: bool = False) -> None:
        if path.suffix == ".steps":
            raise PermissionError(13, "Permission denied")
        real(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held)
        make(root)
    assert not is_whole(root / "en")
    clear(root / "en")
    assert tree(root) == after


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let the system be told as Windows, with its way to lock; return the seconds waited, which pass at once."""
    waited = [0.0]

    def locking(file: int, _how: int, _bytes: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def wait(seconds: float) -> None:
        waited[0] += seconds

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    monkeypatch.setattr(patience, "time", SimpleNamespace(monotonic=lambda: waited[0], sleep=wait))
    monkeypatch.setattr("oj.disk.moves._exchange", lambda: None)
    monkeypatch.setattr(sys, "platform", "win32")

    return waited


def opened_by_another(monkeypatch: pytest.MonkeyPatch, act: str, times: int) -> None:
    """Let every file be open in another program, the first times that it is moved, opened or taken away."""
    of, name = (os, act) if act == "open" else (Path, act)
    real, tried = getattr(of, name), Counter[str]()

    def held(path: Path, *given: object, **named: object) -> object:
        tried[str(path)] += 1
        if ".oj-" in str(path) and str(path).endswith(".lock") == (act == "open") and tried[str(path)] <= times:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *given, **named)

    monkeypatch.setattr(of, name, held)


@pytest.mark.parametrize("act", ["replace", "unlink", "open"])
def test_on_windows_a_scanner_that_has_a_file_open_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows: list[float], act: str
) -> None:
    root = tmp_path / "rot"
    before, after = states(root)
    assert windows == [0]
    prepare(root)
    with monkeypatch.context() as patched:
        opened_by_another(patched, act, 3)
        make(root)
    assert tree(root) == after != before
    assert 0 < windows[0] < 5


def test_on_windows_a_file_that_stays_open_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows: list[float]
) -> None:
    root = tmp_path / "rot"
    before, _after = states(root)
    prepare(root)
    with monkeypatch.context() as patched:
        opened_by_another(patched, "replace", 10**9)
        with pytest.raises(PermissionError):
            make(root)
    assert tree(root) == before
    assert windows[0] > 4


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_disk_that_cannot_lock_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def unable(_file: int, _how: int) -> None:
        raise OSError(number, os.strerror(number))

    root = tmp_path / "rot"
    prepare(root)
    before = tree(root)
    with monkeypatch.context() as patched:
        patched.setattr("fcntl.flock", unable)
        with pytest.raises(OSError, match=r"prov\.lock") as told:
            make(root)
        assert "disken kan inte låsa filer" in why(told.value)
    clear(root / "en")
    assert tree(root) == before


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_what_goes_wrong_within_leaves_all_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    root = tmp_path / "rot"
    prepare(root)
    before = tree(root)

    def fail() -> None:
        with change(root / "en", "prov", "Provet görs") as work:
            fill(work, root)
            raise error

    with pytest.raises(error):
        fail()
    assert tree(root) == before


HOLDING = """
import sys, time
from pathlib import Path
from oj.disk import patience
from oj.disk.changes import change
with change(Path(sys.argv[1]), "prov", "Rapporten x byggs") as work:
    (work.beside(Path(sys.argv[1])) / "halv.csv").write_text("halv")
    print("har", flush=True)
    sys.stdin.readline()
"""


def holding(home: Path) -> subprocess.Popen[str]:
    """Start a process that has a lock, and return it when it has."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "har\n"
    return process


def test_the_second_is_told_whose_it_is_and_a_living_ones_work_is_let_be(tmp_path: Path) -> None:
    with holding(tmp_path) as process:
        there = tree(tmp_path)
        words = ["Rapporten x byggs redan av ", "på datorn ", f"(process {process.pid})", "Vänta"]
        with refused(*words), change(tmp_path, "prov", "Rapporten x byggs"):
            pytest.fail("two had it")
        clear(tmp_path)
        assert tree(tmp_path) == there
        with change(tmp_path, "annat", "Annat görs"):
            pass
        process.communicate("\n")
    assert tree(tmp_path) == {}


def test_a_dead_owners_number_may_be_another_living_process(tmp_path: Path) -> None:
    """The lock is the system's: which process has the number now does not count."""
    with holding(tmp_path) as process:
        process.kill()
        process.wait()
    lock = tmp_path / ".oj-prov.lock"
    lock.write_text(lock.read_text("utf-8").replace(f'"pid": {process.pid}', f'"pid": {os.getpid()}'), "utf-8")
    assert (tmp_path / ".oj-prov").exists()
    with change(tmp_path, "prov", "Provet görs"):
        assert not list(tmp_path.rglob("halv.csv"))
    assert tree(tmp_path) == {}


def test_one_waits_for_another_that_is_soon_ready(tmp_path: Path) -> None:
    counter = tmp_path / "antal.txt"
    counter.write_text("0", encoding="utf-8")

    def add() -> None:
        for _ in range(5):
            with change(tmp_path, "antal", "Antalet räknas", patience=30) as work:
                work.new(counter).write_text(str(int(counter.read_text("utf-8")) + 1), encoding="utf-8")

    children = [subprocess_of(add) for _ in range(4)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert counter.read_text("utf-8") == "20"
    assert [path.name for path in tmp_path.iterdir()] == ["antal.txt"]


def subprocess_of(action: Callable[[], object]) -> int:
    """Start something in a process of its own and return its number."""
    child = os.fork()
    if child == 0:
        try:
            action()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return child


def test_one_who_reads_waits_while_what_is_new_is_moved_and_is_told_of_what_stays(tmp_path: Path) -> None:
    steps = tmp_path / ".oj-prov.steps"
    steps.write_text("[]", encoding="utf-8")
    ready = threading.Timer(0.2, steps.unlink)
    ready.start()
    hold_still(tmp_path)
    assert not steps.exists()
    ready.join()
    steps.write_text("[]", encoding="utf-8")
    with refused(f"Innehållet i {tmp_path} håller på att ändras", "oj data list"):
        hold_still(tmp_path, 0.1)


def test_a_copied_or_moved_project_is_settled_where_it_is_now(tmp_path: Path) -> None:
    """The paths that are written down are of the folder itself."""
    root, moved = tmp_path / "rot", tmp_path / "flyttad"
    _before, after = states(root)
    for _step in each_kill(lambda: make(root), lambda: prepare(root), first=20):
        if not is_whole(root / "en"):
            break
    shutil.rmtree(moved, ignore_errors=True)
    root.rename(moved)
    clear(moved / "en")
    assert {name.replace("flyttad", "rot"): one for name, one in tree(moved).items()} == after
