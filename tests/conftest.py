"""What the tests share: a copy of the data that may be broken, and the words for breaking it."""

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from _pytest.pathlib import import_path
from hypothesis import settings

from oj.facts.catalog import indicators
from oj.facts.editions import data_folder, domains
from oj.facts.files import hashes
from oj.facts.kept import still
from oj.facts.places import Place
from oj.words.errors import DataError, Fault, UserError

os.environ.pop("OJ_DATA", None)  # the tests are about the project's own data
KEPT = TemporaryDirectory(prefix="oj-shipped-")  # until the last test has run
FIRST = ("changes", "drive", "leaks", "store", "kills", "types")  # of tests that fork, or that would be last
WROTE = pytest.StashKey[bool]()
TIMES = int(os.environ.get("OJ_TIMES", "1"))  # as many examples of what is drawn: ten in `make test-long`
settings.register_profile("oj", deadline=None, derandomize=True, max_examples=18 * TIMES)
settings.load_profile("oj")


def few(examples: int) -> settings:
    """Let a property be tried with so many examples in the gate, and with ten times as many in the long tests."""
    return settings(max_examples=examples * TIMES)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return two processes more than there are cores: a quarter of the time one waits, for a browser or for another."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Let each process make every n-th module of tests ready for all: to do so is half the time of looking for tests.

    What is made ready is kept beside the modules, as pytest does, and read by whoever looks for tests next.
    """
    at, of = (os.environ.get(f"PYTEST_XDIST_WORKER{part}", "") for part in ("", "_COUNT"))
    session.stash[WROTE] = sys.dont_write_bytecode
    if at and session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        sys.dont_write_bytecode = False
        for path in sorted(Path(__file__).parent.rglob("test_*.py"))[int(at.removeprefix("gw")) :: int(of)]:
            import_path(path, mode="importlib", root=session.config.rootpath, consider_namespace_packages=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what is fast only in a process that is small still, and what would be waited for at the end."""
    items.sort(key=lambda item: item.path.stem.removeprefix("test_") not in FIRST)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Let what is imported by now never be looked through for what can be thrown away, and the rest more seldom."""
    sys.dont_write_bytecode = session.stash[WROTE]
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def shipped(data: Path, kept: Path) -> Path:
    """Return a folder of facts as it is shipped: itself, or a copy without what a user has read in or fetched."""
    own = [*(data / "results").glob("[!.]*"), *data.glob("key_figures"), *data.glob("*/published")]
    if not own:
        return data

    def left(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if Path(folder, name) in own}

    copy = Path(shutil.copytree(data, kept / "data", ignore=left))
    os.environ["OJ_DATA"] = str(copy)
    return copy


DATA = shipped(Path(__file__).parents[1] / "data", Path(KEPT.name))
PARAMS = Path(__file__).parents[1] / "params"
DOMAIN = "barn-och-unga"
EDITION = f"{DOMAIN}/2015"  # the folder of the edition that is shipped with results
RESULTS = f"{EDITION}/results/fou-nordvast-2015.csv"


@pytest.fixture(scope="session", autouse=True)
def shipped_still() -> Iterator[None]:
    """Let nobody look, a hundred thousand times, whether the shipped facts have changed: tests change copies."""
    with still(data_folder()):
        yield


@pytest.fixture(scope="module")
def original() -> Path:
    """Return the folder that copies are made of; a module may say another."""
    return DATA


@pytest.fixture
def data_copy(original: Path, tmp_path: Path) -> Path:
    """Return a copy of data/ to write in, with room for what is read in."""
    copy = Path(shutil.copytree(original, tmp_path / "data"))
    (copy / "results").mkdir(exist_ok=True)
    return copy


def made_of(folder: Path) -> dict[str, str]:
    """Return the hash of each file that a report of the domain alone can be made of: no question's and no theme's."""
    no = ("themes.yml", f"{DOMAIN}/questions.csv", *(f"{name}/" for name in domains(folder) if name != DOMAIN))
    return {name: one for name, one in hashes(folder).items() if not name.startswith(no)}


def small_copy(folder: Path, areas: set[str]) -> Path:
    """Return a copy of data/ with only some areas' indicators and their results, which is read much faster."""
    lacking = {path.name for path in (DATA / EDITION / "indicators").glob("*.yml") if path.stem not in areas}
    shutil.copytree(DATA, folder, ignore=lambda _, names: lacking & set(names))
    kept = set(indicators(folder))
    header, *rows = (folder / RESULTS).read_text(encoding="utf-8").splitlines()
    lines = [header, *(row for row in rows if row.split(",")[1] in kept)]
    (folder / RESULTS).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    series = pd.read_csv(folder / DOMAIN / "series.csv", dtype=str, keep_default_na=False)
    series.loc[~series["same_as"].isin(kept), "same_as"] = ""
    series.loc[~series["kin"].isin(kept), ["kin", "kinship"]] = ""
    series.to_csv(folder / DOMAIN / "series.csv", index=False)
    return folder


@pytest.fixture
def params_copy(tmp_path: Path) -> Path:
    """Return a copy of params/ to write in."""
    return Path(shutil.copytree(PARAMS, tmp_path / "params"))


def by_short(place: Place) -> str:
    """Name a test after its place."""
    return place.short


def replace(path: Path, old: str, new: str) -> None:
    """Replace the first `old` in a file by `new`; fail where there is none, so that no test breaks nothing."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(path: Path, *lines: str) -> int:
    """Append lines to a file and return the row number of the first."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(text.splitlines()) + 1


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """Expect a UserError whose message holds each of `words`."""
    with pytest.raises(UserError) as caught:
        yield
    for word in words:
        assert word in str(caught.value)


@contextmanager
def refused_for(*faults: Fault) -> Iterator[None]:
    """Expect a DataError with exactly these faults, in this order, each of them told in the message."""
    with pytest.raises(DataError) as caught:
        yield
    assert caught.value.faults == faults
    for fault in faults:
        for part in (fault.file, f"rad {fault.row}" if fault.row else "", fault.column, fault.value, fault.rule):
            assert part in str(caught.value)
