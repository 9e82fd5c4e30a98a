"""Render the book with Quarto where it is installed, and treat its warnings as the errors they are.

Quarto says of an unresolved reference only a warning, prints ?@tbl-x and ends with status 0.
"""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from oj.errors import UserError

TOO_MUCH = re.compile(
    r"unable to resolve crossref|unresolved|\?@(?:tbl|fig|sec)-|could not (?:convert|fetch|find)", re.I
)


def find_quarto() -> str | None:
    """Return Quarto's program: from the variable QUARTO, the PATH or the package quarto-cli; None if lacking."""
    named = os.environ.get("QUARTO") or shutil.which("quarto")
    if named:
        return named
    beside = Path(sys.executable).with_name("quarto.exe" if sys.platform == "win32" else "quarto")
    return str(beside) if find_spec("quarto_cli") and beside.exists() else None


def command(program: str, folder: Path) -> list[str]:
    """Return the call that renders every format of the project in `folder`, without running its code again."""
    return [program, "render", str(folder), "--no-execute"]


def complaints(log: str) -> list[str]:
    """Return the lines of Quarto's log that mean a broken report.

    >>> complaints("WARNING: Unable to resolve crossref @tbl-x")
    ['WARNING: Unable to resolve crossref @tbl-x']
    >>> complaints("Output created: _book/index.html")
    []
    """
    return [line.strip() for line in log.splitlines() if "WARN" in line.upper() and TOO_MUCH.search(line)]


def render(program: str, folder: Path) -> Path:
    """Render every format of the project and return the folder of its output; raise UserError if one fails."""
    try:
        done = subprocess.run(command(program, folder), capture_output=True, text=True, encoding="utf-8", check=False)
    except OSError as error:
        raise UserError(f"Quarto ({program}) kan inte startas: {error.strerror}.") from error
    log = done.stdout + done.stderr
    if done.returncode:
        raise UserError(f"Quarto kunde inte göra rapporten:\n{_last(log)}")
    if found := complaints(log):
        raise UserError("Quarto klagade på rapporten:\n" + "\n".join(found))
    output = folder / "_book"
    _refuse_unresolved(output)
    return output


def _refuse_unresolved(output: Path) -> None:
    for page in sorted(output.glob("*.html")):
        if found := re.search(r"\?@(?:tbl|fig|sec)-[\w-]+", page.read_text(encoding="utf-8")):
            raise UserError(f"Hänvisningen {found[0][1:]} i {page.name} leder ingenstans.")


def _last(log: str, lines: int = 12) -> str:
    return "\n".join(log.strip().splitlines()[-lines:])
