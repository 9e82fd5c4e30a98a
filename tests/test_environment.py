"""`tools/environment.py` on machines that are not ready: another Python, and packages that cannot be installed."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "tools" / "environment.py"
SOURCE = SCRIPT.read_text(encoding="utf-8")
AS_ANOTHER = """\
import runpy, sys
sys.version_info, sys.platform = {version}, {platform!r}
sys.argv = ["environment.py", "report"]
runpy.run_path({script!r}, run_name="__main__")
"""


def run_as(
    version: tuple[int, ...], platform: str = "linux", path: str = "/nonexistent", **more: str
) -> tuple[int, str]:
    """Return the exit status and what is said where Python claims to be of another version."""
    code = AS_ANOTHER.format(version=version, platform=platform, script=str(SCRIPT))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env={"PATH": path, "PYTHONUTF8": "0", **more}
    )
    return done.returncode, done.stderr.decode("utf-8")


@pytest.mark.parametrize("minor", range(6, 12))
def test_an_old_python_can_read_the_file(minor: int) -> None:
    ast.parse(SOURCE, feature_version=(3, minor))


def test_an_old_python_can_read_the_annotations() -> None:
    """What is evaluated when a function is defined: `list[str]` and `str | None` are tracebacks before 3.9 and 3.10."""
    functions = [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.FunctionDef)]
    notes = [
        note for one in functions for note in (one.returns, *(given.annotation for given in one.args.args)) if note
    ]
    assert len(notes) > 10
    assert [ast.unparse(note) for note in notes if not isinstance(note, ast.Name | ast.Constant)] == []


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 7, 3), (3, 8, 10), (3, 9, 6), (3, 10, 12), (3, 14, 0), (3, 15, 1)])
def test_another_python_is_told_what_is_needed(version: tuple[int, ...]) -> None:
    status, said = run_as(version)
    assert status == 2
    assert said.startswith(f"Fel: Python 3.{version[1]} går inte att använda; det behövs 3.11, 3.12 eller 3.13.\n")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("platform", "told"), [("linux", "sudo apt install python3.11"), ("darwin", "brew install"), ("win32", "winget")]
)
def test_how_to_get_one_is_that_of_the_system(platform: str, told: str) -> None:
    assert told in run_as((3, 9, 6), platform)[1]


def test_a_python_that_is_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "python3.12").symlink_to(sys.executable)
    said = run_as((3, 9, 6), path=str(tmp_path))[1]
    assert "Python 3.12 finns redan här." in said
    assert "python3.12 tools/environment.py report" in said
    assert "PYTHON=python3.12" in said


def test_swedish_letters_come_through_in_a_plain_terminal() -> None:
    assert "går inte att använda" in run_as((3, 6, 9), LC_ALL="C", PYTHONIOENCODING="ascii:backslashreplace")[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: Could not find a version that satisfies the requirement papermill==2.7.0", "papermill==2.7.0"),
        ("WARNING: Retrying\nERROR: ProxyError('Cannot connect to proxy.')", "Cannot connect to proxy"),
        ("ERROR: [Errno 28] No space left on device", "No space left on device"),
        ("", "Kontrollera nätet"),
    ],
)
def test_what_pip_says_last_is_shown(said: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    shutil.copy(SCRIPT, tmp_path / "tools")
    shutil.copytree(SCRIPT.parents[1] / "requirements", tmp_path / "requirements")
    (tmp_path / "pyproject.toml").touch()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    (tmp_path / "said").write_text("\n".join([*(f"Collecting {number}" for number in range(50)), said]))
    python.write_text(f"#!/bin/sh\n/bin/cat '{tmp_path}/said' >&2\nexit 1\n")
    python.chmod(0o755)
    script = str(tmp_path / "tools" / "environment.py")
    done = subprocess.run(
        [sys.executable, script, "report"], capture_output=True, text=True, check=False, env={"PATH": os.devnull}
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert "Collecting 3\n" not in done.stderr
    assert not list(python.parents[1].glob(".oj-*")), "a failed set-up is not taken for a finished one"


# Quarto


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the script as a module, on a machine without Quarto whose environment is there and installs nothing."""
    spec = importlib.util.spec_from_file_location("environment", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    shutil.copytree(SCRIPT.parents[1] / "requirements", tmp_path / "requirements")
    shutil.copyfile(SCRIPT.parents[1] / "pyproject.toml", tmp_path / "pyproject.toml")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.delenv("QUARTO", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "tom"))
    python = module.python_of(tmp_path / ".venv")
    python.parent.mkdir(parents=True)
    python.write_text("", encoding="utf-8")
    return module


def calls_of(module: Any, monkeypatch: pytest.MonkeyPatch, *, well: bool = True) -> list[str]:
    """Let the module's calls only be written down, and go well or not; return where they are."""
    calls: list[str] = []

    def quietly(command: list[str]) -> tuple[bool, list[str]]:
        calls.append(" ".join(command))
        return (well or "quarto.txt" not in calls[-1], ["ERROR: HTTP Error 404"])

    monkeypatch.setattr(module, "quietly", quietly)
    return calls


@pytest.mark.parametrize("purpose", ["report", "check", "lab"])
def test_quarto_is_not_fetched_unasked(machine: Any, monkeypatch: pytest.MonkeyPatch, purpose: str) -> None:
    calls = calls_of(machine, monkeypatch)
    (machine.ROOT / machine.FOLDERS[purpose]).mkdir(exist_ok=True)
    monkeypatch.setattr(machine, "create", lambda _folder: 0)
    assert machine.main(purpose) == 0
    assert len(calls) >= 2
    assert [call for call in calls if "quarto.txt" in call] == []


def test_quarto_is_fetched_when_asked_and_once(
    machine: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    calls = calls_of(machine, monkeypatch)
    assert machine.main("quarto") == 0
    (fetched,) = [call for call in calls if "quarto.txt" in call]
    assert "--require-hashes" in fetched
    assert "RENDERER=quarto" in capfd.readouterr().out
    before = len(calls)
    assert machine.main("quarto") == 0
    assert len(calls) == before


def test_a_quarto_that_cannot_be_fetched_is_told_and_tried_again(
    machine: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    calls = calls_of(machine, monkeypatch, well=False)
    for _ in range(2):
        assert machine.main("quarto") == 2
        told = capfd.readouterr().err
        assert told.startswith("Fel: Quarto kunde inte hämtas.")
        assert "HTTP Error 404" in told
    assert len([call for call in calls if "quarto.txt" in call]) == 2


@pytest.mark.parametrize("where", ["QUARTO", "PATH"])
def test_a_quarto_that_is_there_is_not_fetched(
    machine: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], where: str
) -> None:
    calls = calls_of(machine, monkeypatch)
    program = machine.ROOT / "bin" / "quarto"
    program.parent.mkdir()
    program.write_text("", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv(where, str(program if where == "QUARTO" else program.parent))
    assert machine.main("quarto") == 0
    assert f"Quarto finns redan: {program}" in capfd.readouterr().out
    assert [call for call in calls if "quarto.txt" in call] == []


def test_the_pinned_quarto_is_the_one_that_the_book_requires() -> None:
    """Version 1.10, which can follow two PDF standards at once; with its hash."""
    root = SCRIPT.parents[1]
    lock = (root / "requirements" / "quarto.txt").read_text(encoding="utf-8")
    extension = (root / "notebooks/_extensions/lansrapport/_extension.yml").read_text(encoding="utf-8")
    assert lock.startswith("quarto-cli==1.10.")
    assert "--hash=sha256:" in lock
    assert 'quarto-required: ">=1.10.0"' in extension
