"""A day as it is written, and how late it may be: the one rule for a page, a command and a file."""

import re
from datetime import date, timedelta

A_YEAR = 366  # days ahead of today that a report may be dated
WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day_fault(day: str, ahead: int = 0) -> str:
    """Return in Swedish what is wrong with a day, as the end of a sentence about it; "" where nothing is.

    One that is more days ahead of today than it may be is a slip of the keyboard.

    >>> day_fault("1999-12-31"), day_fault("i går")
    ('', 'är inget datum; skriv ÅÅÅÅ-MM-DD')
    """
    try:
        asked = date.fromisoformat(day) if WRITTEN.fullmatch(day) else None
    except ValueError:  # such as the 30th of February
        asked = None
    if asked is None:
        return "är inget datum; skriv ÅÅÅÅ-MM-DD"
    latest = date.today() + timedelta(ahead)
    if asked <= latest:
        return ""
    return f"har inte varit än; datumet ska vara {f'högst {latest.isoformat()}' if ahead else 'i dag eller tidigare'}"


def past_day(day: str) -> str:
    """Return a day that has been, as it was written; raise ValueError for another, as models want it.

    >>> past_day("1999-12-31")
    '1999-12-31'
    """
    if fault := day_fault(day):
        raise ValueError(fault)
    return day
