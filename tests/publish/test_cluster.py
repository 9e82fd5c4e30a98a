"""Reports built on a cluster: the same as here, whatever happens to the workers."""

import shutil
import socket
import sys
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from conftest import DOMAIN
from oj.cli import run
from oj.publish.cluster import workers
from oj.publish.cluster.worker import Kind
from oj.publish.cluster.workers import told_difference
from publish.building import NOTEBOOKS, code, everything_in, said, write_notebook
from publish.clusters import cluster
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
        left = [path.name for path in (made.root / "cluster").glob("w1/*/oj-*") if path.name != "oj-cache"]
    assert results(made) == here
    assert len(here[1]) == 1
    said_of = f"Arbetaren på {refused} används inte: den har en annan version av projektets kod. "
    assert told.startswith(said_of)
    assert told.split("\n", 1)[1] == told_here
    assert left == []


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
