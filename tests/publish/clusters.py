"""A scheduler and its workers, as processes on this computer."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client

DASK = [sys.executable, "-m", "dask"]
OWN = ["--host", "127.0.0.1", "--no-dashboard"]
PATIENCE = 60  # seconds


@dataclass
class Cluster:
    """A scheduler's address, and the processes."""

    room: Path
    address: str = ""
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, *command: str, before: Callable[[], None] | None = None, **more: str) -> "subprocess.Popen[bytes]":
        """Start one of dask's programs; `more` is added to its environment, `before` done first in it."""
        with (self.room / "log").open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    [*DASK, *command, *OWN],
                    stdout=log,
                    stderr=log,
                    cwd=self.room,
                    env=os.environ | more,
                    preexec_fn=before,  # noqa: PLW1509  # a limit of the system's, before any thread
                )
            )
        return self.processes[-1]

    def worker(self, before: Callable[[], None] | None = None, **more: str) -> "subprocess.Popen[bytes]":
        """Start a worker of one thread."""
        own = self.room / f"w{len(self.processes)}"
        own.mkdir()
        lean = ["--nthreads", "1", "--no-nanny", "--local-directory", str(own), "--name", own.name]
        return self.start("worker", self.address, *lean, before=before, **more)

    def ready(self, count: int) -> None:
        """Wait until so many workers have told of themselves."""
        with Client(self.address, timeout=PATIENCE) as client:
            client.wait_for_workers(count, timeout=PATIENCE)

    def names(self) -> dict[str, str]:
        """Return the workers' addresses by their names."""
        with Client(self.address, timeout=PATIENCE) as client:
            return {about["name"]: address for address, about in client.scheduler_info()["workers"].items()}


@contextmanager
def cluster(room: Path, workers: int) -> Iterator[Cluster]:
    """Give a cluster of so many workers, that ends with the block."""
    room.mkdir()
    found, told = Cluster(room), room / "scheduler.json"
    try:
        found.start("scheduler", "--port", "0", "--scheduler-file", str(told))
        until = time.monotonic() + PATIENCE
        while not (told.exists() and told.read_bytes()):
            assert time.monotonic() < until, (room / "log").read_text(encoding="utf-8")
            time.sleep(0.05)
        found.address = json.loads(told.read_bytes())["address"]
        for _one in range(workers):
            found.worker()
        yield found
    finally:
        for process in found.processes:
            process.send_signal(signal.SIGKILL)
            process.wait()
