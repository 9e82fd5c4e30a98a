"""Make a zip of the project and of all that it needs, for a computer without net: `make bundle SYSTEM=windows`.

The packages are those of `requirements/app.txt`, fetched against its hashes, for every Python that fits; they are
checked again when they are installed. The project is what is committed: never what somebody has read in.
"""

import os
import platform
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tarfile import TarFile

from packaging.markers import Marker

from environment import VERSIONS, tell

ROOT = Path(__file__).resolve().parents[1]
TOP = "oj"  # short, as paths on Windows are limited
ALREADY_SMALL = (".whl", ".png", ".xlsx")
LEFT_OUT = ("tests/", ".ci/", ".github/", ".pre-commit-config.yaml", ".gitignore", ".gitattributes")
GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17", "2_12", "2_5")
SYSTEMS = {
    "windows": (["win_amd64"], ("nt", "win32", "Windows", "AMD64")),
    "macos": (["macosx_14_0_arm64"], ("posix", "darwin", "Darwin", "arm64")),
    "macos-intel": (["macosx_15_0_x86_64"], ("posix", "darwin", "Darwin", "x86_64")),
    "linux": ([f"manylinux_{one}_x86_64" for one in GLIBC], ("posix", "linux", "Linux", "x86_64")),
}
READ_ME = """\
Öppna jämförelser: rapporter för ett län, på en dator utan nät

1. Packa upp hela zip-filen i en egen mapp, till exempel {folder}. Kör inget direkt ur zip-filen.
   Ta inte en mapp som OneDrive eller iCloud synkar: där ligger ofta Dokument.
2. Dubbelklicka på {starter} i mappen oj.
3. Första gången installeras det som behövs, ur mappen wheels. Det tar några minuter. Sedan öppnas
   webbläsaren. Låt fönstret vara öppet så länge du använder sidorna.

Det som måste finnas på datorn: Python {versions}. Saknas den säger programmet det. En Python som inte behöver
installeras kan läggas i mappen oj, som mappen python.
{extra}
Varje paket prövas mot sin kontrollsumma i mappen requirements. Inget hämtas från nätet.
Mer står i docs/samordnare/last-dator.md.
"""
EXTRA = {
    "windows": "Säger Windows att datorn skyddas: välj Mer information och Kör ändå, om it-avdelningen tillåter det.",
    "macos": "Säger macOS att filen inte kan öppnas: välj Öppna ändå i Systeminställningar, Integritet och säkerhet.",
    "linux": "Öppnas filen som text: högerklicka och välj Kör som program, eller skriv ./starta.command i en terminal.",
}


def main(system: str, versions: list[str]) -> int:
    """Write the zip in `build/`; return 0, or 2 with a Swedish message."""
    if system not in SYSTEMS:
        return tell(f"Systemet {system!r} finns inte. Välj SYSTEM={', SYSTEM='.join(SYSTEMS)}.")
    if unknown := [one for one in versions if one not in VERSIONS]:
        return tell(f"Programmet går inte med Python {unknown[0]!r}. Välj PYTHONS bland {', '.join(VERSIONS)}.")
    changed = git("status", "--porcelain", "--untracked-files=no").decode("utf-8", "replace").splitlines()
    if changed:
        names = ", ".join(line[3:] for line in changed[:5])
        print(f"Det som inte är sparat i git följer inte med som det är nu: {names}", flush=True)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    target = ROOT / "build" / f"oj-{version}-{system}.zip"
    with tempfile.TemporaryDirectory() as name:
        for one in versions:
            print(f"Hämtar paketen för Python {one} på {system} …", flush=True)
            fault = fetch(Path(name), system, one)
            if fault:
                return tell(fault)
        files = dict(committed()) | {f"wheels/{path.name}": path for path in Path(name).iterdir()}
        write(target, files | {"LÄS-MIG.txt": read_me(system, versions)})
    print(f"Klart: {target.relative_to(ROOT)} ({target.stat().st_size / 1e6:.0f} MB, {len(files)} filer)")
    return 0


def this_system() -> str:
    """Return which of the systems this computer has."""
    intel = "-intel" if platform.machine() == "x86_64" else ""
    return {"win32": "windows", "darwin": f"macos{intel}"}.get(sys.platform, sys.platform)


def git(*words: str) -> bytes:
    """Return what git says of the project."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True).stdout


def committed() -> Iterator[tuple[str, bytes]]:
    """Yield each file of the project as it is committed, but for what only those who change the program need."""
    with TarFile(fileobj=BytesIO(git("archive", "--format=tar", "HEAD"))) as archive:
        for entry in archive:
            stream = archive.extractfile(entry)
            if stream and not entry.name.startswith(LEFT_OUT):
                yield entry.name, stream.read()


def fetch(folder: Path, system: str, version: str) -> str:
    """Fetch the packages for a system and a Python, checked against the lock file; return what is wrong, or nothing.

    A Python such as 3.11 is any of its releases, which may need different packages.
    """
    texts = [(ROOT / "requirements" / name).read_text(encoding="utf-8") for name in ("app.txt", "uv.txt")]
    fulls = releases("\n".join(texts), version)
    needed = {"\n".join(wanted(text, system, full) for text in texts): full for full in fulls}
    return next((fault for one, full in needed.items() if (fault := _download(folder, system, full, one))), "")


def releases(lock: str, version: str) -> list[str]:
    """Return the releases of a Python where a lock file may ask for other packages: the first, those it names, a late.

    >>> releases("a==1 ; python_full_version < '3.11.5'", "3.11")
    ['3.11.0', '3.11.4', '3.11.5', '3.11.6', '3.11.99']
    """
    named = {int(one) for one in re.findall(rf"python_full_version\W+{re.escape(version)}\.(\d+)", lock)}
    around = {one + step for one in named for step in (-1, 0, 1)}
    return [f"{version}.{one}" for one in sorted({0, 99, *around}) if one >= 0]


def _download(folder: Path, system: str, full: str, needed: str) -> str:
    tags, _ = SYSTEMS[system]
    lock, abi = folder / "lock.txt", "cp" + "".join(full.split(".")[:2])
    lock.write_text(needed, encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--no-input", "download", "--quiet", "--no-deps", "--require-hashes"),
            *("--only-binary=:all:", "--python-version", full, "--implementation", "cp", "--abi", "abi3"),
            *("--abi", abi, "--abi", "none", "--dest", str(folder), "-r", str(lock)),
            *(word for tag in tags for word in ("--platform", tag)),
        ],
        capture_output=True, check=False,
    )  # fmt: skip
    lock.unlink()
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return (
        "\n  ".join(["Paketen kunde inte hämtas. Inget är skrivet. Sist sades:", *said[-4:]]) if done.returncode else ""
    )


def wanted(lock: str, system: str, full: str) -> str:
    """Return the lines of a lock file that a system and a release of Python need, without their conditions.

    >>> wanted("a==1 ; os_name == 'nt' \\\\\\n  --hash=x\\nb==2 \\\\\\n  --hash=y", "linux", "3.12.0")
    'b==2 \\\\\\n  --hash=y'
    """
    os_name, sys_platform, platform_system, machine = SYSTEMS[system][1]
    around = {
        "os_name": os_name, "sys_platform": sys_platform, "platform_system": platform_system,
        "platform_machine": machine, "python_version": full.rpartition(".")[0], "python_full_version": full,
        "platform_python_implementation": "CPython", "implementation_name": "cpython",
    }  # fmt: skip
    kept = []
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        name, has_condition, rest = entry.partition(" ; ")
        condition, _, hashes = rest.partition(" \\\n")
        if not has_condition:
            kept.append(entry)
        elif Marker(condition).evaluate(around):
            kept.append(f"{name} \\\n{hashes}")
    return "\n".join(kept)


def read_me(system: str, versions: list[str]) -> bytes:
    """Return what stands in LÄS-MIG.txt, as Notepad reads it."""
    starter = "starta.cmd" if system == "windows" else "starta.command"
    folder = "C:\\oj" if system == "windows" else "en i din hemmapp"
    extra = EXTRA[system.partition("-")[0]]
    text = READ_ME.format(starter=starter, folder=folder, versions=" eller ".join(versions), extra=extra)
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def write(target: Path, files: dict[str, bytes | Path]) -> None:
    """Write the zip whole or not at all: in order, without dates, and what is small already as it is."""
    target.parent.mkdir(exist_ok=True)
    beside = target.with_suffix(".halv")
    with zipfile.ZipFile(beside, "w") as archive:
        for name in sorted(files):
            content = files[name]
            entry = zipfile.ZipInfo(f"{TOP}/{name}")
            entry.create_system = 3  # of the kind that says what may be run
            entry.external_attr = (0o100755 if name.endswith(".command") else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(ALREADY_SMALL) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.read_bytes() if isinstance(content, Path) else content)
    beside.replace(target)


if __name__ == "__main__":
    given = os.environ
    sys.exit(main(given.get("SYSTEM") or this_system(), (given.get("PYTHONS") or " ".join(VERSIONS)).split()))
