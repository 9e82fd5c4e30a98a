"""The server of notebook processes ends with the program that started it, also while it imports."""

import os
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")

SERVER = "import oj_orphan; print('redo', flush=True); import time; time.sleep(30)"
PROGRAM = """
import os, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", sys.argv[1]], env=os.environ | {"OJ_PARENT": str(os.getpid())})
time.sleep(30)
"""
IMPORTED = (
    "import os, threading, oj_orphan; oj_orphan.imported(); print(threading.active_count(), os.getenv('OJ_PARENT'))"
)


def test_a_server_that_imports_ends_when_its_program_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM, SERVER], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "redo\n"
        program.kill()
        began = time.monotonic()
        assert program.stdout.read() == ""  # when the server has let go of it too
        assert time.monotonic() - began < 10


def test_a_server_whose_program_died_before_it_looked_ends_too() -> None:
    began = time.monotonic()
    assert subprocess.run([sys.executable, "-c", SERVER], env=os.environ | {"OJ_PARENT": "1"}, check=False).returncode
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("own", [True, False])
def test_no_thread_runs_when_everything_is_imported(*, own: bool) -> None:
    environment = os.environ | ({"OJ_PARENT": str(os.getpid())} if own else {})
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED], env=environment, check=False, capture_output=True, text=True
    )
    assert done.stdout == "1 None\n", done.stderr
