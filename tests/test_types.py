"""The types hold, as `make check` says where it runs alone: here it is said beside the other tests, not before them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_types_hold() -> None:
    told = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, check=False, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
