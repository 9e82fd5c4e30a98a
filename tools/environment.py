"""Create an environment for the project: `python3 tools/environment.py report|check|lab|quarto|cluster`.

Uses only the standard library, so that it runs on a bare machine, Windows too. Packages are pinned
with hashes in `requirements/`. An environment that is up to date costs nothing.

What stands before the version check is written so that Python 3.6 can read and run it: annotations that it lacks are
in quotation marks.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {
    "report": ".venv", "app": ".venv", "check": ".venv", "lab": ".venv-lab", "quarto": ".venv", "cluster": ".venv",
}  # fmt: skip
VERSIONS = ("3.11", "3.12", "3.13")
TOLD_LINES = 6  # of what pip says last


def main(purpose: str) -> int:
    """Create or update the environment for `purpose`; return 0, or 2 with a Swedish message."""
    found = ".".join(map(str, sys.version_info[:2]))
    if found not in VERSIONS:
        return tell(other_python(found, purpose))
    if purpose == "quarto":
        return main("report") or fetch_quarto(ROOT / FOLDERS["quarto"])
    folder = ROOT / FOLDERS[purpose]
    stamp = folder / f".oj-{purpose}"
    wanted = fingerprint(purpose)
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    print(f"Förbereder {folder.name} …", flush=True)
    status = 0 if python_of(folder).exists() else create(folder)
    if status:
        return status
    said = install(folder, purpose)
    if said is not None:
        return failed("Paketen kunde inte installeras. Kontrollera nätet och försök igen med samma kommando.", said)
    stamp.write_text(wanted)
    return 0


def failed(told: str, said: "list[str]") -> int:
    """Tell that something could not be installed, with what pip said last, and return the exit status for it."""
    return tell("\n".join([told, "Det sista pip skrev:"] + ["  " + line for line in said] if said else [told]))


def tell(message: str) -> int:
    """Print an error, in UTF-8 where the terminal has no better, and return the exit status for it."""
    encoding = (sys.stderr.encoding or "ascii").lower()
    if encoding in ("ascii", "us-ascii", "ansi_x3.4-1968", "646"):
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # a stream, no file
    print(f"Fel: {message}", file=sys.stderr, flush=True)
    return 2


def other_python(found: str, purpose: str) -> str:
    """Return which Python is needed, how to get it on this system, and what to write then."""
    windows = os.name == "nt"
    there = next((one for one in VERSIONS if not windows and shutil.which(f"python{one}")), "")
    ways = {
        "win32": "winget install Python.Python.3.12, eller ladda ner den från python.org",
        "darwin": "brew install python@3.12, eller ladda ner den från python.org",
    }
    linux = "sudo apt install python3.11 python3.11-venv (Debian, Ubuntu) eller sudo dnf install python3.12 (Fedora)"
    version = there or ("3.11" if sys.platform.startswith("linux") else "3.12")
    get = f"Python {there} finns redan här." if there else f"Installera den så här: {ways.get(sys.platform, linux)}."
    run = (
        rf"py -{version} tools\environment.py {purpose}"
        if windows
        else f"python{version} tools/environment.py {purpose}"
    )
    make = "" if windows else f", eller lägg till PYTHON=python{version} sist i kommandot med make"
    return f"Python {found} går inte att använda; det behövs 3.11, 3.12 eller 3.13.\n{get}\nSkriv sedan {run}{make}."


def fingerprint(purpose: str) -> str:
    """Return what an environment for `purpose` depends on, as a hash."""
    files = [ROOT / "requirements" / f"{purpose}.txt", ROOT / "pyproject.toml", Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def python_of(folder: Path) -> Path:
    """Return the Python of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def create(folder: Path) -> int:
    """Create an empty environment; return 0, or 2 where the system lacks venv."""
    shutil.rmtree(folder, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        version = ".".join(map(str, sys.version_info[:2]))
        return tell(f"Python saknar venv. På Debian och Ubuntu: sudo apt install python{version}-venv")
    return 0


def install(folder: Path, purpose: str) -> "list[str] | None":
    """Install the pinned packages and the project, with uv where it helps and else with pip.

    Return None where it went well, else what was said last.
    """
    python = str(python_of(folder))
    lock = str(ROOT / "requirements" / f"{purpose}.txt")
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    uv = shutil.which("uv") or own_uv(folder, pip)
    ways = [[uv, "pip", "install", "--python", python, "--compile-bytecode"]] if uv else []
    ways.append([*pip, "install"])
    project = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    said: list[str] = []
    for way in ways:
        for what in (["--require-hashes", "-r", lock], project):
            well, said = quietly([*way, *what])
            if not well:
                break
        else:
            return None
    return said


def own_uv(folder: Path, pip: "list[str]") -> "str | None":
    """Return uv, installed into the environment; None where it can't be had."""
    quiet([*pip, "install", "--require-hashes", "-r", str(ROOT / "requirements" / "uv.txt")])
    return shutil.which("uv", path=str(python_of(folder).parent))


def fetch_quarto(folder: Path) -> int:
    """Add the pinned Quarto, which is fetched from GitHub while it installs; return 0, or 2 with a Swedish message."""
    there = os.environ.get("QUARTO") or shutil.which("quarto")
    if there:
        print(f"Quarto finns redan: {there}. Välj det med RENDERER=quarto.", flush=True)
        return 0
    stamp = folder / ".oj-quarto"
    wanted = fingerprint("quarto")
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    print("Hämtar Quarto, omkring 150 MB från github.com …", flush=True)
    lock = str(ROOT / "requirements" / "quarto.txt")
    pip = [str(python_of(folder)), "-m", "pip", "--disable-pip-version-check", "install"]
    well, said = quietly([*pip, "--no-deps", "--require-hashes", "-r", lock])
    if not well:
        return failed("Quarto kunde inte hämtas. Rapporterna byggs utan Quarto, precis som förut.", said)
    stamp.write_text(wanted)
    print("Quarto är installerat. Välj det med RENDERER=quarto.", flush=True)
    return 0


def quiet(command: "list[str]") -> bool:
    """Run a command without its output; return whether it went well."""
    return quietly(command)[0]


def quietly(command: "list[str]") -> "tuple[bool, list[str]]":
    """Run a command without its output; return whether it went well, and the last lines of what it said."""
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    said = (done.stdout + done.stderr).decode("utf-8", "replace").splitlines()
    return done.returncode == 0, [line.strip() for line in said if line.strip()][-TOLD_LINES:]


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in FOLDERS:
        sys.exit(main(sys.argv[1]))
    sys.exit(tell(f"Ange ett av: {', '.join(FOLDERS)}."))
