"""Reports built on a cluster: the same as here, whatever happens to the workers."""

import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from conftest import DOMAIN, PARAMS
from oj.cli import run
from oj.publish.cluster import home, workers
from oj.publish.cluster.home import build_on_cluster
from oj.publish.cluster.worker import Kind
from oj.publish.cluster.workers import told_difference
from oj.publish.many import BUILT, FAILED, Batch, Order, Outcome, build_many
from publish.building import NOTEBOOKS, code, everything_in, said, small_book, write_notebook
from publish.clusters import Cluster, cluster
from publish.house import SHOWN, House, house
from publish.test_ledger import rows

LIB = NOTEBOOKS.parent / "lib"
FAULT = 'if county == "Jönköping":\n    raise ValueError("oj då")'


def results(made: House) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a command has written: all reports and their list, and what is remembered of them."""
    return everything_in(made.folders.reports), everything_in(made.data / DOMAIN / "published")


@pytest.fixture
def made(tmp_path: Path) -> House:
    """A house whose reports show counts that were read in, and fail in one county."""
    made = house(tmp_path, whole=False)
    write_notebook(made.folders.notebooks / "index.ipynb", said("# Prov {#sec-prov}"), code(SHOWN), code(FAULT))
    made.read_in(rows())
    return made


def test_a_cluster_builds_what_is_built_here_and_another_version_is_refused(made: House) -> None:
    wanted = ("reports", "--counties", "Blekinge, Jönköping, Gotlandd", "-q")
    told_here = made.oj(*wanted, "--jobs", "2", ends=1)
    here = results(made)
    for folder in (made.folders.reports, made.data / DOMAIN / "published"):
        shutil.rmtree(folder)
    other = made.root / "other"
    shutil.copytree(LIB, other, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "oj" / "words" / "swedish.py").open("a", encoding="utf-8") as module:
        module.write("\nANOTHER = True\n")
    with cluster(made.root / "cluster", 1) as found:
        found.worker(PYTHONPATH=str(other))
        found.ready(2)
        refused = found.names()["w2"]
        told = made.oj(*wanted, "--cluster", found.address, ends=1)
        left = [path.name for path in (made.root / "cluster").glob("w1/*/*/oj-*") if path.name != "oj-cache"]
    assert results(made) == here
    assert len(here[1]) == 1
    said_of = f"Arbetaren på {refused} används inte: den har en annan version av projektets kod. "
    assert told.startswith(said_of)
    assert told.split("\n", 1)[1] == told_here
    assert left == []


COUNTIES = ["Stockholm", "Jönköping", "Kalmar", "Skåne", "Gotlandd", "Blekinge", "Halland", "Örebro"]
FULL = 60_000  # bytes that a file may have on the disk that is full
KILLS = 8  # fewer than the workers that may die while they build one report


class Killer(Thread):
    """Kills a worker every few seconds, the one that has lived longest, and starts another."""

    def __init__(self, found: Cluster, victims: "list[subprocess.Popen[bytes]]") -> None:
        super().__init__()
        self.found, self.victims, self.ended, self.killed = found, victims, Event(), 0

    def run(self) -> None:
        while self.killed < KILLS and not self.ended.wait(4):
            self.victims.append(self.found.worker())
            self.victims.pop(0).kill()
            self.killed += 1


def by_order(outcomes: Iterable[Outcome]) -> dict[Order, Outcome]:
    return {one.order: replace(one, seconds=0.0) for one in outcomes}


def stop_when_it_builds(slow: "subprocess.Popen[bytes]", folder: Path) -> None:
    while not [*folder.glob("*/*/oj-*/build")]:
        time.sleep(0.01)
    slow.send_signal(signal.SIGSTOP)


def full_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, FULL))


@pytest.mark.long
def test_workers_that_are_killed_or_slow_or_full_cost_time_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is killed every few seconds, one stands still when it has begun, one has a full disk."""
    monkeypatch.setattr(home, "LEAST", 10.0)
    folders = small_book(tmp_path, code("county"), code(FAULT))
    orders, batch, told = [Order(one) for one in COUNTIES], Batch(folders, PARAMS, "embedded", jobs=2), list[str]()
    here = by_order(build_many(orders, batch))
    reports = everything_in(folders.reports)
    shutil.rmtree(folders.reports)
    with cluster(tmp_path / "cluster", 0) as found:
        slow, _full = found.worker(), found.worker(full_disk)
        found.ready(2)
        stopped = Thread(daemon=True, target=stop_when_it_builds, args=(slow, tmp_path / "cluster" / "w1"))
        killer = Killer(found, [found.worker(), found.worker()])
        full = found.names()["w2"]
        killer.start()
        outcomes = build_on_cluster(orders, batch, found.address, told.append)
        there = by_order([next(outcomes)])  # the county that there is not, told at once
        stopped.start()
        there |= by_order(outcomes)
        killer.ended.set()
        killer.join()
        stopped.join(1)
    assert there == here
    assert everything_in(folders.reports) == reports
    assert not stopped.is_alive()
    assert [one.startswith(f"Arbetaren på {full} används inte: ") for one in told] == [True]
    assert "filen blir större än vad som är tillåtet" in told[0]
    assert killer.killed > 1


@pytest.mark.long
def test_a_scheduler_that_dies_leaves_what_is_built_and_tells_of_the_rest(tmp_path: Path) -> None:
    folders = small_book(tmp_path, code("county"))
    orders = [Order(one) for one in ("Stockholm", "Kalmar", "Skåne")]
    with cluster(tmp_path / "cluster", 1) as found:
        outcomes = build_on_cluster(orders, Batch(folders, PARAMS, "embedded"), found.address, print)
        first = next(outcomes)
        found.processes[0].kill()
        rest = list(outcomes)
    assert first.status == BUILT
    assert [path.name for path in folders.reports.iterdir()] == [first.report]
    assert {one.order for one in (first, *rest)} == set(orders)
    assert {one.status for one in rest} == {FAILED}
    assert all("Förbindelsen med schemaläggaren bröts" in one.message for one in rest)


@pytest.mark.long
@pytest.mark.parametrize(("there", "told"), [([], ""), (["oj/__init__.py"], "används inte: den kan inte använda")])
def test_where_nobody_may_build_it_is_told_why(
    made: House, there: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker at all, and one with another project by the same name: it is refused and lives on."""
    monkeypatch.setattr(home, "GRACE", 1.0)
    monkeypatch.setattr(home, "WAIT", 10.0 if there else 1.0)
    with cluster(made.root / "cluster", 0) as found:
        for name in there:
            (made.root / "other" / name).parent.mkdir(parents=True)
            (made.root / "other" / name).touch()
            found.worker(PYTHONPATH=str(made.root / "other"))
            found.ready(1)
        said_all = made.oj("reports", "--counties", "Blekinge", "--cluster", found.address, ends=2)
        assert [one.poll() for one in found.processes] == [None] * (1 + len(there))
    assert "Ingen arbetare kan bygga" in said_all
    assert told in said_all
    assert not made.folders.reports.exists()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://127.0.0.1:{port}", "Ingen schemaläggare svarar på tcp://127.0.0.1:"),
        ("127.0.0.1:8786", "Menade du ”tcp://127.0.0.1:8786”?"),
        ("http://dator:8786", "är ingen adress"),
        ("tcp://dator", "är ingen adress"),
    ],
)
def test_an_address_where_nobody_is_is_told(
    address: str, told: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers, "CONNECT", 0.5)
    assert run(["reports", "--counties", "Stockholm", "--cluster", address.format(port=free_port())]) == 2
    out, err = capfd.readouterr()
    assert told in err
    assert "Traceback" not in err + out
    assert "distributed." not in err + out


@pytest.mark.parametrize(
    ("flags", "told"), [(["--renderer", "quarto"], "Quarto"), (["--jobs", "2"], "--jobs gäller bara")]
)
def test_what_a_cluster_cannot_do_is_told(
    flags: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("oj.publish.build.rendering.choose_renderer", lambda _wanted: "quarto")
    assert run(["reports", "--counties", "Stockholm", "--cluster", "tcp://127.0.0.1:1", *flags]) == 2
    assert told in capfd.readouterr().err


def test_without_the_package_it_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert run(["reports", "--counties", "Stockholm", "--cluster", "tcp://127.0.0.1:1"]) == 2
    assert "make cluster" in capfd.readouterr().err


def test_how_another_computer_differs_is_told() -> None:
    here = Kind("a", ("numpy-2.4", "pandas-3.0"), "Python 3.11.7, linux x86_64")
    assert told_difference(here, here) == ""
    assert "Python 3.12.1" in told_difference(Kind("b", here.packages, "Python 3.12.1, linux x86_64"), here)
    older = Kind("b", ("numpy-2.4", "pandas-2.2", "x-1"), here.python)
    assert told_difference(older, here) == "dess paket är andra: pandas-2.2 där, pandas-3.0 här, x-1 där"
