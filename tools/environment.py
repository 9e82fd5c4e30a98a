"""Create an environment for the project: `python3 tools/environment.py report|app|check|lab|quarto|cluster`.

Uses only the standard library, so that it runs on a bare machine, Windows too. This file is read by whichever Python
is at hand, from 3.6, and only looks for one that fits: its annotations are in quotation marks, and nothing newer is
called. What the fitting one does stands in `installing.py`.
"""

import subprocess
import sys
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13")
PURPOSES = ("report", "app", "check", "lab", "quarto", "cluster")
HERE = Path(__file__).resolve().parent
FOUND = ".".join(map(str, sys.version_info[:2]))
ASK = "import sys; print('.'.join(map(str, sys.version_info[:2])))"
WAYS = {
    "win32": "winget install Python.Python.3.12 (du behöver inte vara administratör), eller ladda ner den från "
    "python.org",
    "darwin": "brew install python@3.12, eller ladda ner den från python.org",
    "linux": "sudo apt install python3.11 python3.11-venv (Debian, Ubuntu) eller sudo dnf install python3.12 (Fedora)",
}


def main(purpose: str) -> int:
    """Prepare the environment for `purpose`, by a Python that fits; return 0, or 2 with a Swedish message."""
    if FOUND in VERSIONS:
        sys.path.insert(0, str(HERE))
        from installing import prepare

        return prepare(purpose, tell)
    other = fitting()
    if other:
        return subprocess.call([*other, str(HERE / "environment.py"), purpose])
    return tell(other_python(purpose))


def fitting() -> "list[str]":
    """Return the command of a Python on this computer that fits; nothing where there is none."""
    for version in VERSIONS:
        command = ["py", "-" + version] if sys.platform == "win32" else ["python" + version]
        try:
            asked = [*command, "-c", ASK]
            done = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        except OSError:
            continue
        if done.stdout.decode("ascii", "replace").strip() == version:
            return command
    return []


def other_python(purpose: str) -> str:
    """Return which Python is needed, how to get it on this system, and what to do then."""
    windows = sys.platform == "win32"
    system = sys.platform if sys.platform in WAYS else "linux"
    version = "3.11" if system == "linux" else "3.12"
    script = rf"py -{version} tools\environment.py" if windows else f"python{version} tools/environment.py"
    make = "" if windows else ", eller samma kommando med make en gång till"
    starter = "starta.cmd" if windows else "starta.command"
    start = f"Dubbelklicka sedan på {starter}, eller skriv" if purpose == "app" else "Skriv sedan"
    return (
        f"Python {FOUND} går inte att använda; det behövs 3.11, 3.12 eller 3.13.\n"
        f"Installera den så här: {WAYS[system]}.\n{start} {script} {purpose}{make}.\n"
        "Är datorn låst, eller utan nät: läs docs/samordnare/last-dator.md."
    )


def tell(message: str) -> int:
    """Print an error, in UTF-8 where the terminal has no better, and return the exit status for it."""
    encoding = (sys.stderr.encoding or "ascii").lower()
    if encoding in ("ascii", "us-ascii", "ansi_x3.4-1968", "646"):
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # a stream, no file
    print(f"Fel: {message}", file=sys.stderr, flush=True)
    return 2


def interrupted() -> int:
    """Tell that somebody ended it, and return the exit status for that."""
    print("\nAvbrutet. Nästa gång görs det som inte hann bli klart.", file=sys.stderr, flush=True)
    return 130


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in PURPOSES:
        try:
            sys.exit(main(sys.argv[1]))
        except KeyboardInterrupt:
            sys.exit(interrupted())
    sys.exit(tell(f"Ange ett av: {', '.join(PURPOSES)}."))
