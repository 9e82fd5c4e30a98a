"""Integer programs, solved without a word: the solver's own lines would stand in a notebook and in a report."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
from scipy.optimize import milp

FAILED = 4  # a status of scipy.optimize.milp
STDOUT = 1  # what C writes to, whatever `sys.stdout` is


def solution(**problem: Any) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    """Return the solution, None where there is none; where the solver's presolve fails it is left out."""
    with silent():
        found = milp(**problem)
        if found.status == FAILED:
            found = milp(**problem | {"options": {**problem.get("options", {}), "presolve": False}})
    return None if found.x is None else np.asarray(found.x, dtype=float)


@contextmanager
def silent() -> Iterator[None]:
    """Let nothing through that C writes to the standard output; HiGHS has lines that no option turns off."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    try:
        kept = os.dup(STDOUT)
    except OSError:  # there is no standard output
        yield
        return
    flush_c()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, STDOUT)
    os.close(nowhere)
    try:
        yield
    finally:
        flush_c()
        os.dup2(kept, STDOUT)
        os.close(kept)


def flush_c() -> None:
    """Write out what C has not written yet, of all its open files."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None).fflush(None)
