"""Waiting for a file that another program has open for a moment: on Windows it can be neither moved nor taken away.

A virus scanner, the search index and OneDrive open whatever is new, and let it go within a second. Elsewhere an open
file stands in nobody's way, and nothing is waited for.
"""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE, BETWEEN = 5, 0.05  # seconds in all, and between two tries
Given = TypeVar("Given")


def patiently(act: Callable[[], Given]) -> Given:
    """Return what `act` returns, tried again for a while on Windows; raise its PermissionError after that.

    >>> patiently(lambda: 1)
    1
    """
    until = time.monotonic() + (PATIENCE if sys.platform == "win32" else 0)
    while True:
        try:
            return act()
        except PermissionError:
            if time.monotonic() >= until:
                raise
        time.sleep(BETWEEN)
