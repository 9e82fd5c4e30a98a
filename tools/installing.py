"""Install what the project needs, into an environment of its own: pinned, each package checked against its hash.

From the net, or from the folder `wheels/` where there is one (`make bundle` makes it). An environment that is up to
date costs nothing. Uses only the standard library.
"""

import hashlib
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import IO

from unable import advice, redacted

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {
    "report": ".venv", "app": ".venv", "check": ".venv", "lab": ".venv-lab", "quarto": ".venv", "cluster": ".venv",
}  # fmt: skip
MADE = "oj-made"  # in an environment that was made whole, before there is anything in it
TOLD_LINES = 6  # of what pip says last
TOLD_SIGNS = 240  # of each
RISING = ("global", "user", "site", "install", ":env:")  # pip's own settings, the last goes before the others
STEP = re.compile(r"\s*(?:Collecting|Processing|Downloading|Downloaded|Prepared|Installing|Installed)\b\s+(\S+)")
Tell = Callable[[str], int]
Said = list[str]


def prepare(purpose: str, tell: Tell) -> int:
    """Create or update the environment for `purpose`; return 0, or what `tell` returns for a Swedish message."""
    if purpose == "quarto":
        return prepare("report", tell) or fetch_quarto(ROOT / FOLDERS["quarto"], tell)
    folder = ROOT / FOLDERS[purpose]
    stamp = folder / f".oj-{purpose}"
    wanted = fingerprint(purpose)
    is_there = usable(folder)
    if is_there and stamp.exists() and stamp.read_text() == wanted:
        return 0
    print(f"Förbereder {folder.name} … det tar någon minut första gången", flush=True)
    said = None if is_there else create(folder)
    if said is not None:
        return tell(told("Miljön för programmet kunde inte göras.", said))
    said = install(folder, purpose)
    if said is not None:
        return tell(told("Paketen kunde inte installeras.", said))
    stamp.write_text(wanted)
    return 0


def told(what: str, said: Said) -> str:
    """Return an error: what could not be done, what to do about it, and what the program that did it said last."""
    last = ["Det sista som skrevs:", *(f"  {redacted(line)[:TOLD_SIGNS]}" for line in said)] if said else []
    return "\n".join([f"{what} {advice(said, is_from_folder=(ROOT / 'wheels').is_dir())}", *last])


def fingerprint(purpose: str) -> str:
    """Return what an environment for `purpose` depends on, as a hash."""
    files = [ROOT / "requirements" / f"{purpose}.txt", ROOT / "pyproject.toml", Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def python_of(folder: Path) -> Path:
    """Return the Python of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def packages_of(folder: Path) -> Path:
    """Return where an environment has its packages."""
    return next(folder.glob("lib/python*/site-packages"), folder / "Lib" / "site-packages")


def usable(folder: Path) -> bool:
    """Return whether an environment was made whole, is where it was made, and has its Python on the computer."""
    try:
        written = (folder / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    settings = dict(line.split(" = ", 1) for line in written.splitlines() if " = " in line)
    is_here = settings.get("command", "").endswith(str(folder))
    is_whole = (folder / MADE).exists() or any(folder.glob(".oj-*"))  # the latter by an earlier edition of this file
    return is_whole and is_here and Path(settings.get("home", "")).is_dir() and python_of(folder).exists()


def create(folder: Path) -> Said | None:
    """Create an empty environment; return None, or what was said where it can't be done."""
    shutil.rmtree(folder, ignore_errors=True)
    well, said = quietly([sys.executable, "-m", "venv", str(folder)])
    if well:
        (folder / MADE).touch()
        return None
    shutil.rmtree(folder, ignore_errors=True)
    return said


def install(folder: Path, purpose: str) -> Said | None:
    """Install the pinned packages and the project, with uv where it helps and else with pip.

    Return None where it went well, else what was said last.
    """
    python = str(python_of(folder))
    lock = str(ROOT / "requirements" / f"{purpose}.txt")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    around = surroundings(folder, settings_of(pip), dict(os.environ))
    wheels = ROOT / "wheels"
    source = ["--no-index", "--find-links", str(wheels)] if wheels.is_dir() else []
    uv = shutil.which("uv") or own_uv(folder, [*pip, "install", *source], around)
    ways = [[uv, "pip", "install", "--python", python, "--compile-bytecode"]] if uv else []
    project = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    said: Said = []
    for way in [*ways, [*pip, "install"]]:
        for what in (["--require-hashes", "-r", lock], project):
            well, said = quietly([*way, *source, *what], around)
            if not well:
                break
        else:
            lead_to_project(folder)
            return None
    return said


def own_uv(folder: Path, install_by_pip: list[str], around: dict[str, str]) -> str | None:
    """Return uv, installed into the environment; None where it can't be had."""
    quietly([*install_by_pip, "--require-hashes", "-r", str(ROOT / "requirements" / "uv.txt")], around)
    return shutil.which("uv", path=str(python_of(folder).parent))


def lead_to_project(folder: Path) -> None:
    """Write the way to the project in plain ASCII: before 3.13 Python on Windows reads it in another encoding."""
    path = packages_of(folder) / "_oj.pth"
    if path.exists() and not path.read_bytes().isascii():
        path.write_text(f"import sys; sys.path.append({str(ROOT / 'lib')!a})\n", encoding="ascii")


def settings_of(pip: list[str]) -> dict[str, str]:
    """Return what pip is told by its own files and by the environment: proxy, certificates, where packages are."""
    done = subprocess.run([*pip, "config", "list"], capture_output=True, check=False, cwd=ROOT)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    found = [re.fullmatch(r"([\w:]+)\.([\w-]+)='(.*)'", line) for line in lines]
    known = [one for one in found if one and one[1] in RISING]
    return {one[2]: one[3] for one in sorted(known, key=lambda one: RISING.index(one[1]))}


def surroundings(folder: Path, settings: dict[str, str], environment: dict[str, str]) -> dict[str, str]:
    """Return the environment for pip and uv: what pip is told of the organisation's network goes for uv too."""
    bundle = environment.get("REQUESTS_CA_BUNDLE") or environment.get("CURL_CA_BUNDLE")
    own = settings.get("cert") or bundle
    wanted = {
        "HTTPS_PROXY": settings.get("proxy"),
        "HTTP_PROXY": settings.get("proxy"),
        "UV_DEFAULT_INDEX": settings.get("index-url"),
        "SSL_CERT_FILE": own,
        "UV_SYSTEM_CERTS": None if own else "true",
        "PIP_CERT": None if own else trusted(folder),
        "PYTHONIOENCODING": "utf-8",
    }
    return {name: value for name, value in wanted.items() if value} | environment


def trusted(folder: Path) -> str | None:
    """Return a file of the certificates that the computer trusts and those of pip, for a pip that only has its own."""
    vendored = packages_of(folder) / "pip" / "_vendor"
    own = vendored / "certifi" / "cacert.pem"
    if (vendored / "truststore").is_dir() or not own.exists():  # the first asks the computer itself
        return None
    known = ssl.create_default_context().get_ca_certs(binary_form=True)
    path = folder / "certificates.pem"
    pages = [ssl.DER_cert_to_PEM_cert(one) for one in known]
    path.write_text(own.read_text(encoding="utf-8") + "\n" + "".join(pages), encoding="utf-8")
    return str(path)


def fetch_quarto(folder: Path, tell: Tell) -> int:
    """Add the pinned Quarto, which is fetched from GitHub while it installs; return 0, or what `tell` returns."""
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
    pip = [str(python_of(folder)), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    well, said = quietly([*pip, "--no-deps", "--require-hashes", "-r", lock])
    if not well:
        return tell(told("Quarto kunde inte hämtas. Rapporterna byggs utan Quarto, precis som förut.", said))
    stamp.write_text(wanted)
    print("Quarto är installerat. Välj det med RENDERER=quarto.", flush=True)
    return 0


def quietly(command: list[str], around: dict[str, str] | None = None) -> tuple[bool, Said]:
    """Run a command with its progress alone shown; return whether it went well, and the last lines of what it said."""
    said: deque[str] = deque(maxlen=TOLD_LINES)
    step = [""]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, env=around
        )
    except OSError as error:  # a program that the organisation does not let run, for one
        return False, [f"{type(error).__name__}: {error}"]
    with process:
        reader = Thread(target=listen, args=(process.stdout, said, step))
        reader.start()
        show(reader, step)
    return process.returncode == 0, list(said)


def listen(stream: IO[bytes], said: deque[str], step: list[str]) -> None:
    """Keep the last lines of what is said, and the name of what it is about now."""
    for raw in stream:
        line = raw.decode("utf-8", "replace").strip()
        found = STEP.match(line)
        if found:
            name = re.split(r"[=<>;@(]", found[1].rpartition("/")[2])[0][:40]
            step[0] = f"{name} paket" if name.isdecimal() else name
        if line:
            said.append(line)


def show(reader: Thread, step: list[str]) -> None:
    """Show on one line of a terminal what is being done and for how long, until nothing more is said."""
    began = time.monotonic()
    is_shown = sys.stdout.isatty()
    while reader.is_alive():
        reader.join(0.5)
        if is_shown:
            print(f"\r  {time.monotonic() - began:3.0f} s  {step[0]:<40}", end="", flush=True)
    if is_shown:
        print(f"\r{'':<60}\r", end="", flush=True)
