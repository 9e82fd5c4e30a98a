"""What the first cell of a sheet in our own workbook says, so that it is known whatever it is called."""

import re

MARK = re.compile(r"ÖJ (20\d\d) mall (\d\d)")


def mark(edition: str, county: str) -> str:
    """Return what the first cell says of its edition and county.

    >>> mark("2015", "12"), bool(MARK.fullmatch(mark("2015", "12")))
    ('ÖJ 2015 mall 12', True)
    """
    return f"ÖJ {edition} mall {county}"
