"""Render the book with Quarto where it is asked for, and treat its warnings as the errors they are.

Quarto says of an unresolved reference or a font that it lacks only a warning, and ends with status 0.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from oj.words.errors import OF_DISK, UserError, why

TOO_MUCH = re.compile(
    r"unable to resolve crossref|unresolved|\?@(?:tbl|fig|sec)-|could not (?:convert|fetch|find)|unknown font family"
    r"|unable to parse table|standard .* ignored",
    re.I,
)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
FAULT = re.compile(r"^\W*error\b", re.I)
VERSION = re.compile(r"\d+(?:\.\d+)+")
OLDEST = (1, 9, 17)
TWO_STANDARDS = {"quarto": (1, 10), "typst": (0, 15)}
TOLD = 3  # complaints; further ones are in the log
INSTEAD = "Inget är ändrat. RENDERER=embedded (utan make: --renderer embedded) bygger rapporten utan Quarto."


@dataclass(frozen=True)
class Quarto:
    """A Quarto on this computer: its program, its version and that of its Typst (empty where it does not tell them).

    `log` is where what it writes is kept.
    """

    program: str
    version: str = ""
    typst: str = ""
    log: Path | None = None

    @property
    def takes_two_standards(self) -> bool:
        """Return whether a PDF can follow two standards at once.

        >>> [Quarto("quarto", *versions).takes_two_standards for versions in (("1.9.38", "0.14.2"), ("1.10.18",), ())]
        [False, True, True]
        """
        name, told = ("typst", self.typst) if self.typst else ("quarto", self.version)
        return not told or _parts(told) >= TWO_STANDARDS[name]


def find_quarto() -> str | None:
    """Return Quarto's program: from the variable QUARTO, the PATH or the package quarto-cli; None if lacking."""
    named = os.environ.get("QUARTO") or shutil.which("quarto")
    if named:
        return named
    beside = Path(sys.executable).with_name("quarto.exe" if sys.platform == "win32" else "quarto")
    return str(beside) if find_spec("quarto_cli") and beside.exists() else None


def ask(program: str | None, log: Path | None = None) -> Quarto | None:
    """Return a Quarto with its versions, None for none; raise UserError where it cannot be started or is too old."""
    if program is None:
        return None
    with in_one_line():
        found = Quarto(program, _version(program, "--version"), _version(program, "typst", "--version"), log)
        if found.version and _parts(found.version) < OLDEST:
            needed = f"det behövs {'.'.join(map(str, OLDEST))} eller senare, helst 1.10"
            raise UserError(f"Quarto {found.version} ({program}) är för gammalt; {needed}.")
    return found


@contextmanager
def in_one_line(kept: Path | None = None) -> Iterator[None]:
    """Tell of whatever goes wrong with Quarto in one line, with the way out and where its own words are kept."""
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) and error.errno in OF_DISK:
            raise
        log = f" Allt som Quarto skrev står i {kept}." if kept and kept.exists() else ""
        told = " ".join(str(error).split()).removesuffix(".")
        raise UserError(f"{told}. {INSTEAD}{log}") from error


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _version(program: str, *arguments: str) -> str:
    found = VERSION.search(_run([program, *arguments]).stdout)
    return found[0] if found else ""


def _run(call: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            call, check=False, capture_output=True, stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace",
            env=os.environ | {"NO_COLOR": "1"},
        )  # fmt: skip
    except OSError as error:
        raise UserError(f"Quarto ({call[0]}) kan inte startas: {why(error)}.") from error


def command(program: str, folder: Path) -> list[str]:
    """Return the call that renders every format of the project in `folder`, without running its code again."""
    return [program, "render", str(folder), "--no-execute"]


def complaints(log: str) -> list[str]:
    """Return the lines of Quarto's log that mean a broken report."""
    return [line.strip() for line in log.splitlines() if "WARN" in line.upper() and TOO_MUCH.search(line)]


def render(program: str, folder: Path, kept: Path | None = None) -> Path:
    """Render every format and return the output's folder, Quarto's words in `kept`; raise UserError if one fails."""
    done = _run(command(program, folder))
    log = COLOURS.sub("", done.stdout + done.stderr)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(log, encoding="utf-8")
    if done.returncode:
        raise UserError(f"Quarto kunde inte göra rapporten: {_fault(log)}")
    if found := list(dict.fromkeys(complaints(log))):
        more = f" (och {len(found) - TOLD} till)" if len(found) > TOLD else ""
        raise UserError(f"Quarto klagade på rapporten: {'; '.join(found[:TOLD])}{more}")
    for page in sorted((folder / "_book").glob("*.html")):
        if lost := re.search(r"\?@(?:tbl|fig|sec)-[\w-]+", page.read_text(encoding="utf-8")):
            raise UserError(f"Hänvisningen {lost[0][1:]} i {page.name} leder ingenstans.")
    return folder / "_book"


def _fault(log: str) -> str:
    """Return the line of a log that says what went wrong: the first that begins with "error", else the last.

    >>> _fault("[1/2] index.ipynb\\nerror: pagebreaks are not allowed\\nERROR: Typst compilation failed\\n")
    'error: pagebreaks are not allowed'
    """
    lines = [line.strip() for line in log.splitlines() if line.strip()] or ["det sade inte varför."]
    return next((line for line in lines if FAULT.match(line)), lines[-1])
