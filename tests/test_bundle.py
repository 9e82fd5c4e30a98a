"""The zip for a computer without net, and what is double-clicked in it."""

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import bundle
from environment import VERSIONS
from test_environment import program

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements" / "app.txt").read_text(encoding="utf-8")
HASHES = set(re.findall(r"sha256:\w+", LOCK))
BATCH = ROOT / "starta.cmd"


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the zip made twice, with one package that is fetched from nowhere."""
    if subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip("not a repository")
    made = []
    for number in range(2):
        target = tmp_path_factory.mktemp("bunt") / f"{number}.zip"
        files = dict(bundle.committed()) | {"wheels/a.whl": b"a", "LÄS-MIG.txt": bundle.read_me("windows", ["3.12"])}
        bundle.write(target, files)
        made.append(target)
    return made


def test_the_zip_is_the_same_each_time(zips: list[Path]) -> None:
    assert zips[0].read_bytes() == zips[1].read_bytes()


def test_the_zip_has_what_a_locked_computer_needs_and_nothing_of_ours(zips: list[Path]) -> None:
    with zipfile.ZipFile(zips[0]) as archive:
        names = set(archive.namelist())
        starter = archive.getinfo("oj/starta.command")
        batch = archive.read("oj/starta.cmd")
        told = archive.read("oj/LÄS-MIG.txt").decode("utf-8-sig")
    needed = ("starta.cmd", "starta.command", "tools/environment.py", "tools/installing.py", "tools/unable.py")
    for name in (*needed, "requirements/app.txt", "requirements/uv.txt", "wheels/a.whl", "params/stockholm.yml"):
        assert f"oj/{name}" in names
    assert starter.external_attr >> 16 & 0o111, "a double click runs it"
    assert batch.count(b"\r\n") == batch.count(b"\n"), "Windows needs its own line ends to find the labels"
    assert "starta.cmd" in told
    assert "3.12" in told
    tracked = {f"oj/{name}" for name in bundle.git("ls-files", "-z").decode().split("\0")}
    assert names - tracked == {"oj/wheels/a.whl", "oj/LÄS-MIG.txt"}, "only what is committed, never what was read in"
    assert not [name for name in names if name.startswith("oj/tests/")]


@pytest.mark.parametrize("system", bundle.SYSTEMS)
@pytest.mark.parametrize("version", VERSIONS)
def test_the_lock_file_is_the_system_s_own(system: str, version: str) -> None:
    chosen = bundle.wanted(LOCK, system, f"{version}.0")
    assert " ; " not in chosen
    names = re.findall(r"^(\S+)==", chosen, re.MULTILINE)
    assert len(names) == len(set(names)) > 70
    assert ("colorama" in names) == (system == "windows")
    for entry in re.split(r"\n(?=\S)", chosen):
        assert "--hash=sha256:" in entry
        assert set(re.findall(r"sha256:\w+", entry)) <= HASHES


@pytest.mark.parametrize("version", VERSIONS)
def test_whichever_release_of_a_python_there_is_has_its_packages(version: str) -> None:
    """A package may be another from 3.11.5, say; the locked computer has any release."""
    carried = {bundle.wanted(LOCK, "linux", full) for full in bundle.releases(LOCK, version)}
    assert {bundle.wanted(LOCK, "linux", f"{version}.{number}") for number in range(40)} <= carried


def test_a_system_or_python_that_there_is_none_of_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    assert bundle.main("amiga", ["3.12"]) == 2
    assert "SYSTEM=windows" in capfd.readouterr().err
    assert bundle.main("windows", ["3.9"]) == 2
    assert "'3.9'" in capfd.readouterr().err


# what is double-clicked


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """Return a folder with the starter, and a program that tells what it was given."""
    folder = tmp_path / "Åsas mapp"
    program(folder / ".venv/bin/oj", 'echo "oj $*"; exit "${OJ_STATUS:-0}"\n')
    shutil.copy(ROOT / "starta.command", folder)
    (folder / "tools").mkdir()
    (folder / "tools/environment.py").touch()
    return folder


def started(folder: Path, path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    (path / "dirname").symlink_to(shutil.which("dirname") or "")
    (path / "uname").symlink_to(shutil.which("uname") or "")
    return subprocess.run(
        ["/bin/sh", str(folder / "starta.command"), "--no-browser"],
        cwd="/", env={"PATH": str(path), **more}, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="not of Windows")
def test_the_starter_prepares_and_opens_the_pages(unpacked: Path, tmp_path: Path) -> None:
    program(tmp_path / "bin/python3.12", 'test "$1" = -c || echo "med 3.12: $*"\n')
    done = started(unpacked, tmp_path / "bin", PYTHONHOME="/finns/inte")
    assert (done.returncode, done.stdout) == (0, "med 3.12: tools/environment.py app\noj app --no-browser\n")


@pytest.mark.skipif(os.name == "nt", reason="not of Windows")
def test_a_python_that_was_carried_along_goes_before_the_computer_s(unpacked: Path, tmp_path: Path) -> None:
    program(tmp_path / "bin/python3.12", "exit 1\n")
    program(unpacked / "python/bin/python3", 'test "$1" = -c || echo "den egna"\n')
    assert started(unpacked, tmp_path / "bin").stdout.startswith("den egna\n")


@pytest.mark.skipif(os.name == "nt", reason="not of Windows")
def test_the_pages_are_not_opened_where_the_preparation_failed(unpacked: Path, tmp_path: Path) -> None:
    program(tmp_path / "bin/python3.12", 'test "$1" = -c || exit 2\n')
    done = started(unpacked, tmp_path / "bin")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.skipif(os.name == "nt", reason="not of Windows")
def test_a_computer_without_python_is_told(unpacked: Path, tmp_path: Path) -> None:
    if any(map(os.path.exists, (f"/usr/local/bin/python3.{minor}" for minor in (11, 12, 13)))):
        pytest.skip("this computer has one where a Mac has it")
    (tmp_path / "bin").mkdir()
    done = started(unpacked, tmp_path / "bin")
    assert done.returncode == 2
    assert "Python saknas; det behövs 3.11, 3.12 eller 3.13." in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="not of Windows")
def test_a_python_that_is_too_old_to_read_what_is_needed_is_none(unpacked: Path, tmp_path: Path) -> None:
    if any(map(os.path.exists, (f"/usr/local/bin/python3.{minor}" for minor in (11, 12, 13)))):
        pytest.skip("this computer has one where a Mac has it")
    program(tmp_path / "bin/python3", "exit 1\n")
    done = started(unpacked, tmp_path / "bin")
    assert (done.returncode, done.stderr.partition(";")[0]) == (2, "Fel: Python saknas")


@pytest.mark.skipif(os.name == "nt", reason="not of Windows")
def test_a_starter_that_is_alone_says_to_unpack_the_rest(unpacked: Path, tmp_path: Path) -> None:
    (unpacked / "tools/environment.py").unlink()
    (tmp_path / "bin").mkdir()
    done = started(unpacked, tmp_path / "bin")
    assert done.returncode == 2
    assert "Packa upp hela zip-filen" in done.stderr
    assert "Packa upp hela zip-filen" in BATCH.read_text(encoding="utf-8")


def test_the_batch_file_runs_no_program_that_is_made_here() -> None:
    """A virus scanner may stop an oj.exe that nobody has signed; a batch file that is not called never comes back."""
    lines = BATCH.read_text(encoding="utf-8").splitlines()
    run = [line.strip() for line in lines if not line.startswith("rem") and re.search(r"%~P|%FOUND%|Scripts", line)]
    assert [line for line in run if "oj.exe" in line] == []
    assert len([line for line in run if "call %" in line]) == 3
    assert [line for line in lines if "errorlevel 1" in line.lower()] == [], (
        "a program that crashes has a number below 0"
    )


def test_the_batch_file_leads_where_it_says() -> None:
    text = BATCH.read_text(encoding="utf-8")
    assert set(re.findall(r"goto (\w+)", text)) <= set(re.findall(r"^:(\w+)$", text, re.MULTILINE))
    assert text.partition("chcp 65001")[0].isascii(), "Swedish letters are read right only after that"
    assert r"tools\environment.py app" in text
    assert [one for one in VERSIONS if f'"py -{one}"' not in text] == []
