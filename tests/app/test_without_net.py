"""The zip for a locked computer, unpacked where there is no network at all, and driven all the way to a report."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import environment
from app.locked import OURS, noted
from app.test_drive import MOST_CLICKS, books
from browsing import NAMES
from publish.building import ROOT

NO_MORE = 540  # seconds
ADDRESS = re.compile(r'sin_addr=inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
HERE = ("127.", "::1", "::ffff:127.")
LEAVING = """
import socket
stream, packet = socket.SOCK_STREAM, socket.SOCK_DGRAM
for kind, to in ((stream, "192.0.2.1"), (stream, "2001:db8::1"), (packet, "192.0.2.9"), (stream, "127.0.0.1")):
    one = socket.socket(socket.AF_INET6 if ":" in to else socket.AF_INET, kind)
    try:
        one.connect((to, 9)) if kind is stream else one.sendto(b"?", (to, 53))
    except OSError:
        pass
"""
__all__ = ["books"]


@pytest.fixture(scope="module")
def alone() -> list[str]:
    """Return the words that run a command in a network namespace with only the computer itself in it."""
    lacking = [name for name in ("unshare", "ip") if shutil.which(name) is None]
    if lacking:
        pytest.skip(f"{lacking[0]} finns inte här. På Debian: apt-get install util-linux iproute2.")
    for words in (["unshare", "-n"], ["unshare", "-rn"]):
        inside = [*words, "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
        if subprocess.run([*inside, "true"], capture_output=True, check=False).returncode == 0:
            return inside
    pytest.skip("Ingen får göra ett eget nät här (unshare -n).")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the zip that the project's own command makes of what is committed, with its packages."""
    version = (environment.fitting() or ["python"])[0].removeprefix("python")
    if not version:
        pytest.skip("Ingen Python som startfilen hittar finns här.")
    home = tmp_path_factory.mktemp("bunt")
    subprocess.run(["git", "clone", "-q", str(ROOT), str(home / "klon")], check=True)
    made = subprocess.run(
        [sys.executable, str(home / "klon" / "tools" / "bundle.py")],
        env=os.environ | {"PYTHONS": version, "SYSTEM": "linux"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"Paketen kan inte hämtas här: {made.stderr[-300:]}")
    (archive,) = (home / "klon" / "build").glob("*.zip")
    target = home / "Åsas öppna mapp"
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            Path(opened.extract(entry, target)).chmod(entry.external_attr >> 16 & 0o777)
    return target / "oj"


@pytest.mark.long
def test_a_locked_computer_goes_all_the_way(
    alone: list[str], unpacked: Path, books: tuple[Path, Path], tmp_path: Path
) -> None:
    if not any(map(shutil.which, NAMES)):
        pytest.skip("Ingen webbläsare finns här.")
    seen = tmp_path / "seen.json"
    words = [*alone, sys.executable, "-m", "app.locked", str(unpacked), *map(str, books), str(seen)]
    paths = os.pathsep.join(str(ROOT / name) for name in ("lib", "tests", "tools"))
    around = {name: os.environ[name] for name in OURS if name in os.environ} | {"PYTHONPATH": paths}
    around["PATH"] = os.pathsep.join(one for one in os.get_exec_path() if Path(one) != Path(sys.executable).parent)
    (tmp_path / "home").mkdir()
    subprocess.run(words, env=around | {"HOME": str(tmp_path / "home")}, check=True, timeout=NO_MORE, cwd=tmp_path)
    found = json.loads(seen.read_text(encoding="utf-8"))
    sys.stdout.write(
        f"{found['set up']:.0f} s to set up, {found['whole way']:.0f} s in all, {found['clicks']} clicks\n"
    )
    assert found["interfaces"] == ["lo"]
    assert found["clicks"] <= MOST_CLICKS
    assert {name: one for name, one in found["wrong"].items() if one} == {}
    assert {one.partition(":")[0] for one in found["asked"]} == {"127.0.0.1"}
    assert found["tried by the set-up"] == 0, "the browser itself tries to, later on"
    assert (unpacked / "reports" / "skane-2023" / "rapport.pdf").exists()
    assert tried(seen.with_suffix(".calls")) == []


@pytest.mark.long
def test_what_would_leave_the_computer_is_seen(alone: list[str], tmp_path: Path) -> None:
    """So that the test above can fail."""
    noting = noted(tmp_path / "calls")
    if not noting:
        pytest.skip("strace finns inte här.")
    subprocess.run([*alone, *noting, sys.executable, "-c", LEAVING], check=True)
    assert len(tried(tmp_path / "calls")) == 3


def tried(calls: Path) -> list[str]:
    """Return the calls that would leave the computer, of those that were noted."""
    lines = calls.read_text(encoding="utf-8", errors="replace").splitlines() if calls.exists() else []
    return [line for line in lines for one in ADDRESS.finditer(line) if not (one[1] or one[2]).startswith(HERE)]
