"""`tools/environment.py` on machines that are not ready: another Python, and packages that cannot be installed."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

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
