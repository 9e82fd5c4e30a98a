"""Where each result of a file stood, kept short: on each sheet the column of a question and the row of a place.

Where a question has several columns on a sheet, or a place several rows, only the sheet is known.
"""

import re
from collections.abc import Iterable, Mapping

CELL = re.compile(r"([A-Z]+)(\d+)")
Spots = Mapping[str, Mapping[str, str]]


def kept_spots(cells: Iterable[tuple[str, str, str, str]]) -> dict[str, dict[str, str]]:
    """Return where results stood, by sheet; each of `cells` is a question, a place, a sheet and a cell.

    >>> kept_spots([("jour", "0184", "Blad1", "C7"), ("jour", "0191", "Blad1", "C8"), ("plan", "0191", "Blad1", "D8")])
    {'Blad1': {'jour': 'C', '0184': '7', '0191': '8', 'plan': 'D'}}
    """
    found: dict[str, dict[str, str]] = {}
    for question, place, sheet, cell in cells:
        if parts := CELL.fullmatch(cell):
            known = found.setdefault(sheet, {})
            for name, at in ((question, parts[1]), (place, parts[2])):
                known[name] = at if known.get(name, at) == at else ""
    return found


def spot_of(kept: Spots, question: str, place: str, file: str) -> str:
    """Return where a result stood, in Swedish, as far as that is known; of a file of text its row.

    >>> spot_of({"Blad1": {"jour": "C", "0184": "7"}}, "jour", "0184", "a.xlsx")
    'Bladet ”Blad1”, ruta C7'
    """
    own = [(sheet, known) for sheet, known in kept.items() if question in known and place in known]
    if len(own) != 1:
        return ""
    ((sheet, known),) = own
    column, row = known[question], known[place]
    if sheet == file:
        return f"Rad {row}" if row else ""
    return f"Bladet ”{sheet}”" + (f", ruta {column}{row}" if column and row else "")
