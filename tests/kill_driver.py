"""Run commands on a project in a temporary folder, each in a process of its own that may be killed.

Started with the project's folder; reads an order a line on stdin, as JSON: `arguments`, and `after` (seconds) or `step`
(a number of the steps on the disk) where it is to be killed, `limit` (bytes in a file) as on a full disk, `lock` where
files cannot be locked, `meanwhile` (orders that are begun while it runs, after some seconds). Everything is imported
once; each command is a fork. The notebooks of one that is killed at some moment run as they do elsewhere, in processes
of a server that has to end too; those of others are forks of the command, which has imported all that a server would.
"""

import atexit
import errno
import fcntl
import json
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import oj.cli
import oj.disk.folders
import oj.facts.params
import oj.publish.build.preliminary
import oj.publish.execution.processes
import oj.publish.execution.warm
import oj.sources.kolada.cache
import oj.sources.tables.layout
import oj.sources.workbook.intake
from killing import die_before
from oj.disk.folders import Folders


def use(root: Path) -> None:
    """Let everything be read and written in the project's own folders, with a made small book for its notebooks."""
    folders, params = Folders(root / "notebooks", root / "build", root / "reports"), root / "params"
    for module in (oj.disk.folders, oj.publish.build.preliminary):
        vars(module)["default_folders"] = lambda: folders
    for module in (oj.facts.params, oj.sources.tables.layout):
        vars(module)["params_folder"] = lambda: params
    vars(oj.sources.kolada.cache)["cache_folder"] = lambda: root / "cache"
    os.environ |= {"OJ_DATA": str(root / "data"), "TMPDIR": str(root / "tmp"), "OJ_KILLED": str(root)}
    tempfile.tempdir = str(root / "tmp")


def unable(_file: int, _how: int) -> None:
    """Lock no file, as a disk on a network whose computer has no service for it."""
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


def start(order: dict[str, Any], log: Path) -> int:
    """Fork a process that runs a command, what it says in a file, and return its number."""
    child = os.fork()
    if child == 0:
        os.chdir(Path(os.environ["OJ_KILLED"]) / "here")
        file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(file, 1)
        os.dup2(file, 2)
        if "limit" in order:
            resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"], order["limit"]))
        if "lock" in order:
            fcntl.flock = unable
        if "step" in order:
            die_before(order["step"])
        if "after" not in order:
            vars(oj.publish.execution.processes)["_context"] = lambda _about: multiprocessing.get_context("fork")
        end(oj.cli.run(order["arguments"]))
    return child


def end(status: int) -> None:
    """End this process after all that is to be done at the end, but without a look at each thing that was imported."""
    for last in (threading._shutdown, atexit._run_exitfuncs, sys.stdout.flush, sys.stderr.flush):
        last()
    os._exit(status)


def main() -> None:
    """Run every order, and tell of each its status (None: killed) and those of what was begun meanwhile."""
    root = Path(sys.argv[1])
    use(root)
    orders, told = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    for line in orders:
        order, log = json.loads(line), root.with_suffix(".log")
        child = start(order, log)
        others = []
        for at, other in enumerate(order.get("meanwhile", [])):
            time.sleep(other["begun"])
            others.append(start(other, log.with_suffix(f".{at}.log")))
        if "after" in order:
            time.sleep(order["after"])
            os.kill(child, signal.SIGKILL)
        ends = [os.waitpid(one, 0)[1] for one in (child, *others)]
        status, *rest = [None if os.WIFSIGNALED(one) else os.WEXITSTATUS(one) for one in ends]
        print(json.dumps({"status": status, "others": rest}), file=told, flush=True)


if __name__ == "__main__":
    main()
