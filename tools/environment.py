"""Create an environment for the project: `python3 tools/environment.py report|check|lab`.

Uses only the standard library, so that it runs on a bare machine, Windows too. Packages are pinned
with hashes in `requirements/`. An environment that is up to date costs nothing.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"report": ".venv", "check": ".venv", "lab": ".venv-lab"}
QUARTO_HOST = ("github.com", 443)
PATIENCE = 3  # seconds to find out whether Quarto can be fetched


def main(purpose: str) -> int:
    """Create or update the environment for `purpose`; return 0, or 2 with a Swedish message."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        found = ".".join(map(str, sys.version_info[:2]))
        return tell(f"Python {found} går inte att använda; välj 3.11, 3.12 eller 3.13: make PYTHON=python3.11 …")
    folder = ROOT / FOLDERS[purpose]
    stamp = folder / f".oj-{purpose}"
    wanted = fingerprint(purpose)
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    print(f"Förbereder {folder.name} …", flush=True)
    if not python_of(folder).exists() and (status := create(folder)):
        return status
    if not install(folder, purpose):
        return tell("Paketen kunde inte installeras. Kontrollera nätet och försök igen med samma kommando.")
    if purpose == "report":
        add_quarto(folder)
    stamp.write_text(wanted)
    return 0


def tell(message: str) -> int:
    """Print an error and return the exit status for it."""
    print(f"Fel: {message}", file=sys.stderr)
    return 2


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


def install(folder: Path, purpose: str) -> bool:
    """Install the pinned packages and the project, with uv where it helps and else with pip."""
    python = str(python_of(folder))
    lock = str(ROOT / "requirements" / f"{purpose}.txt")
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    uv = shutil.which("uv") or own_uv(folder, pip)
    ways = [[uv, "pip", "install", "--python", python, "--compile-bytecode"]] if uv else []
    ways.append([*pip, "install"])
    project = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    return any(quiet([*way, "--require-hashes", "-r", lock]) and quiet([*way, *project]) for way in ways)


def own_uv(folder: Path, pip: list[str]) -> str | None:
    """Return uv, installed into the environment; None where it can't be had."""
    quiet([*pip, "install", "--require-hashes", "-r", str(ROOT / "requirements" / "uv.txt")])
    return shutil.which("uv", path=str(python_of(folder).parent))


def add_quarto(folder: Path) -> None:
    """Try to add Quarto, which is fetched from GitHub while it installs; without it nothing is lost."""
    if shutil.which("quarto") or os.environ.get("QUARTO"):
        return
    try:
        socket.create_connection(QUARTO_HOST, PATIENCE).close()
        lock = str(ROOT / "requirements" / "quarto.txt")
        found = quiet([str(python_of(folder)), "-m", "pip", "install", "--no-deps", "--require-hashes", "-r", lock])
    except OSError:
        found = False
    if not found:
        print("Quarto kunde inte hämtas; rapporten byggs med den inbyggda renderaren.", flush=True)


def quiet(command: list[str]) -> bool:
    """Run a command without its output; return whether it went well."""
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT).returncode == 0


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in FOLDERS:
        sys.exit(main(sys.argv[1]))
    sys.exit(tell(f"Ange ett av: {', '.join(FOLDERS)}."))
