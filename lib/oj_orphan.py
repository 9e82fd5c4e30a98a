"""Imported first by the server of notebook processes: it ends at once when the program that started it dies.

Until it has imported everything it listens to nobody, which takes seconds; afterwards it ends by itself. The system
gives an orphan another parent, and that is what is looked for, so that it works wherever processes are forked.
"""

import os
from threading import Event, Thread

PARENT = "OJ_PARENT"  # who starts the server says its own number there
BETWEEN = 0.1  # seconds between two looks

_imported = Event()
_watches: list[Thread] = []


def _end_as_orphan(parent: int) -> None:
    while os.getppid() == parent:
        if _imported.wait(BETWEEN):
            return
    os._exit(1)


def imported() -> None:
    """Stop looking: everything is imported, and no thread may run when a notebook's process is forked."""
    _imported.set()
    for watch in _watches:
        watch.join()


if parent := os.environ.pop(PARENT, ""):
    _watches.append(Thread(target=_end_as_orphan, args=(int(parent),), daemon=True))
    _watches[0].start()
