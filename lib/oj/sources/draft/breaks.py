"""The breaks in questions' series that a workbook, or a person, tells of, for the editions that it makes."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import shorten
from typing import Any

from oj.facts.catalog import indicators_by_edition
from oj.sources.sheets.model import Remark
from oj.sources.workbook.read import BookRead
from oj.words.swedish import listing, number, some

TOP = "Det här säger filen om att jämföra åren:"
ASK = "Gäller det någon fråga, svara under Jämförs från i filen med frågor."
MOST, FEW, LONGEST = 8, 2, 110  # remarks that are told, questions of one that are named, and signs of its words


def breaks_told(read: BookRead, home: Path) -> dict[str, dict[str, Any]]:
    """Return, by question, what is said of the breaks in its series up to an edition: by a person, or by the workbook.

    What a person has said of any edition counts, whatever the workbook says.
    """
    year, found = int(home.name), dict[str, dict[str, Any]]()
    for name, own in read.breaks.items():
        rows = [{"year": int(start), "reason": _reason(one)} for start, one in own.items() if int(start) <= year]
        found[name] = {"breaks": rows} if rows else {}
    for known in indicators_by_edition(home.parent).values():
        for name, item in known.items():
            if item.breaks_answered:
                rows = [one.model_dump() for one in item.breaks if one.year <= year]
                found[name] = {"breaks": rows, "breaks_answered": True}
    return found


def told_remarks(read: BookRead) -> list[str]:
    """Return what a workbook says of comparing its years, and what follows from it, as lines; none where it says none.

    What stands beside one place's results may be about anybody, and is not quoted.
    """
    if not read.remarks:
        return []
    titles = {one.indicator.id: one.indicator.title for one in read.measures}
    lines = [f"  {_remark(one, titles)}" for one in read.remarks[:MOST]]
    rest = len(read.remarks) - MOST
    more = [f"  … och på {number(rest)} ställen till."] if rest > 0 else []
    return [TOP, *lines, *more]


def _remark(one: Remark, titles: Mapping[str, str]) -> str:
    text = f"”{shorten(one.text, LONGEST, placeholder=' …')}” ({one.where})" if one.text else ""
    where = text or f"En kommentar vid resultaten ({one.where})"
    starts = sorted({start for own in one.breaks.values() for start in own})
    if not starts:
        return f"{where}: inget följer av det. {ASK}"
    which = some([f"”{titles[name]}”" for name in one.breaks], most=FEW, rest="frågor till")
    return f"{where}: brott i serien {listing(starts)} för {which}."


def _reason(one: Remark) -> str:
    """Return why years may not be compared; the words may be anybody's, and stay in the file."""
    return f"Arbetsboken säger att åren före inte går att jämföra med ({one.where})."
