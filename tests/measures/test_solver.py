"""The solver's own lines, which C writes, reach nobody; what is printed before and after does."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from oj.disclosure.solver import solution

PRINTING = """
import ctypes
from oj.disclosure.solver import flush_c, silent, solution
import scipy.optimize

c = ctypes.CDLL("ucrtbase" if {windows} else None)
solve = scipy.optimize.milp

def talking(**problem):
    c.puts(b"HighsMipSolverData")
    return solve(**problem)

scipy.optimize.milp = talking
print("before", end=" ")
print(solution(c=[-1.0], bounds=(0, 2), integrality=[1]).tolist(), end=" ")
c.puts(b"after")
flush_c()
"""


def test_what_the_solver_writes_is_not_seen() -> None:
    """C keeps what it writes to a pipe until later: it must not come then either."""
    script = PRINTING.format(windows=sys.platform == "win32")
    lib = str(Path(__file__).parents[2] / "lib")
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {lib!r})\n{script}"],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert sorted(done.stdout.split()) == ["[2.0]", "after", "before"]


def test_without_a_standard_output_it_solves_all_the_same() -> None:
    script = "import os; os.close(1)\nfrom oj.disclosure.solver import solution\n"
    script += "raise SystemExit(int(solution(c=[-1.0], bounds=(0, 2), integrality=[1])[0]))"
    lib = str(Path(__file__).parents[2] / "lib")
    done = subprocess.run([sys.executable, "-c", f"import sys; sys.path.insert(0, {lib!r})\n{script}"], check=False)
    assert done.returncode == 2


def test_a_problem_without_a_solution_has_none() -> None:
    from scipy.optimize import LinearConstraint

    limits = LinearConstraint(np.array([[1.0]]), 3, 4)
    assert solution(c=[1.0], bounds=(0, 2), integrality=[1], constraints=limits) is None
