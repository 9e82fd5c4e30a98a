"""What is too much for a workbook: told in seconds, before it is taken apart, whatever the file says of itself."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

MOST_SHEETS, MOST_ROWS, MOST_CELLS, MOST_MERGED = 200, 100_000, 500_000, 5_000
LAST_ROW = 1_048_576  # that Excel has
MOST_SPANNED = 3 * LAST_ROW  # down to the last row of every sheet, with those that are empty
MOST_TAGS, MOST_OTHER_TAGS = 6_000_000, 400_000  # in sheets and their texts, and in the other parts
LONGEST_TEXT = 100_000  # signs between two tags; a cell of Excel's has at most 32 767
DAMAGED = "damaged"
LONG_TEXT = re.compile(rb"<[^<]{%d}" % LONGEST_TEXT)
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d+)\"")
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\bid=\"([^\"]*)\"")
ODD = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # how UTF-16 begins, where nothing that is forbidden is seen


def too_much(parts: Mapping[str, bytes]) -> str:
    """Return in Swedish what there is too much of in a workbook, DAMAGED for what none has, "" where all is well.

    >>> too_much({"xl/worksheets/sheet1.xml": b"<sheetData>" + b"<row>" * 100_001})
    'har fler än 100 000 rader'
    >>> too_much({"xl/worksheets/sheet1.xml": b'<sheetData><row r="1"><c r="A1"/></row></sheetData>'})
    ''
    """
    texts = {name: part for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    tables = {name: part for name, part in texts.items() if "worksheets/" in name or "sharedStrings" in name}
    sheets = [number for name, part in texts.items() if name not in tables for number in SHEET.findall(part)]
    if any(part.startswith(ODD) for part in texts.values()) or len(set(sheets)) < len(sheets):
        return DAMAGED
    of_others = sum(part.count(b"<") for name, part in texts.items() if name not in tables)
    limits = {
        f"har fler än {MOST_SHEETS} blad": len(sheets) > MOST_SHEETS,
        "har fler än 100 000 rader": _count(tables, b"row") > MOST_ROWS,
        "har fler än 500 000 rutor, med de tomma som har ett format": _count(tables, b"c") > MOST_CELLS,
        "har fler än 500 000 olika texter": _count(tables, b"si") > MOST_CELLS,
        "har fler än 5 000 sammanfogade områden": _count(tables, b"mergeCell") > MOST_MERGED,
        "har en ruta med mer än 100 000 tecken": any(LONG_TEXT.search(part) for part in tables.values()),
        "är för stor": sum(part.count(b"<") for part in tables.values()) > MOST_TAGS or of_others > MOST_OTHER_TAGS,
    }
    return next((rule for rule, broken in limits.items() if broken), "") or _too_far(tables)


def _count(parts: Mapping[str, bytes], tag: bytes) -> int:
    """Return how many elements of a kind there are, with or without a prefix to their names."""
    ways = [begin + tag + end for begin in (b"<", b":") for end in (b" ", b">", b"/")]
    closing = [b":" + tag + b">"]  # also ends an element with a prefix
    return sum(part.count(way) for part in parts.values() for way in ways if way not in closing)


def _too_far(tables: Mapping[str, bytes]) -> str:
    last = [max(map(int, ROW.findall(part)), default=0) for part in tables.values()]
    if any(row > LAST_ROW for row in last):
        return DAMAGED
    return "har för många tomma rader" if sum(last) > MOST_SPANNED else ""


def apart(areas: Sequence[tuple[int, int, int, int]], widest: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return the merged areas as far as columns are read; raise ValueError where they overlap, as none of Excel's do.

    >>> apart([(1, 2, 0, 16_383), (3, 3, 500, 600)], 200)
    ((1, 2, 0, 200),)
    """
    read = [
        (top, bottom, left, min(right, widest)) for top, bottom, left, right in dict.fromkeys(areas) if left <= widest
    ]
    change = Counter[int]()
    for top, bottom, left, right in read:
        change[top] += right - left + 1
        change[bottom + 1] -= right - left + 1
    if max(accumulate(change[row] for row in sorted(change)), default=0) > widest + 1:
        raise ValueError("areas on each other")
    return tuple(read)
