"""The way from a workbook to a report on a computer without net: run inside a network namespace, by itself.

Told: the folder that the bundle was unpacked in, the two workbooks, and where to write what was seen.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.test_drive import Coordinator, way
from browsing import chromium

OURS = ("PATH", "HOME", "LANG", "TMPDIR")  # nothing of the tests' own environment reaches what is started
STARTED = re.compile(r"http://127\.0\.0\.1:\d+/start\?token=\S+")
ASKING = "connect,sendto,sendmsg,sendmmsg"  # calls that may leave the computer


def interfaces() -> list[str]:
    """Return the network interfaces that there are here."""
    return [line.partition(":")[0].strip() for line in Path("/proc/net/dev").read_text().splitlines()[2:]]


def without_a_way() -> int:
    """Return how many times somebody here has tried to reach an address that there is no way to."""
    heads, values = (line.split() for line in Path("/proc/net/snmp").read_text().splitlines() if line.startswith("Ip:"))
    newer = dict(line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    return int(values[heads.index("OutNoRoutes")]) + int(newer.get("Ip6OutNoRoutes", 0))


def noted(calls: Path) -> list[str]:
    """Return the words that run a command with its calls to others noted in a file; none where it can't be done."""
    tracer = shutil.which("strace")
    return [tracer, "-f", "--seccomp-bpf", "-qq", "-e", f"trace={ASKING}", "-o", str(calls)] if tracer else []


@contextmanager
def started(home: Path, calls: Path) -> Iterator[str]:
    """Start the pages by what is double-clicked; yield their address."""
    process = subprocess.Popen(
        [*noted(calls), str(home / "starta.command"), "--no-browser"],
        cwd="/", env={name: os.environ[name] for name in OURS if name in os.environ}, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if found := STARTED.search(line):
                yield found[0]
                return
        raise AssertionError("".join(said))
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


def go(home: Path, books: tuple[Path, Path], seen: Path) -> None:
    """Start, go the whole way, and write down what was seen and how long it took."""
    began = time.monotonic()
    found: dict[str, Any] = {"interfaces": interfaces(), "asked": []}
    with started(home, seen.with_suffix(".calls")) as address:
        found["set up"], found["tried by the set-up"] = time.monotonic() - began, without_a_way()
        with chromium() as browser:
            person = Coordinator(browser.new_page(viewport={"width": 1300, "height": 900}))
            person.page.on("request", lambda one: found["asked"].append(urlsplit(one.url).netloc))
            person.page.goto(address)
            way(person, books, person.look)
            found |= {"clicks": person.clicks, "address": person.page.url, "wrong": person.wrong}
    found["whole way"] = time.monotonic() - began
    seen.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    folder, faulty, mended, told = map(Path, sys.argv[1:])
    go(folder, (faulty, mended), told)
