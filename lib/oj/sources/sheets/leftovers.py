"""What is not read: headings, codes, columns that are not results, tables of units, figures outside every table."""

import re
from collections.abc import Iterable, Iterator, Sequence

from oj.sources.sheets.columns import are_names
from oj.sources.sheets.headings import Table
from oj.sources.sheets.model import Account, Figure, Page
from oj.sources.tables.model import Facts
from oj.sources.terms.legend import folded
from oj.sources.terms.words import WORDS, pattern, squeezed
from oj.words.errors import nearest
from oj.words.swedish import listing
from oj.words.vocabulary import STATUSES

WHY = {
    "code": "koder för platser", "name": "namn på platser", "county": "platsernas län",
    "again": "platserna en gång till", "period": "år", "question": "frågor", "group": "kön", "part": "utförare",
    "enhet": "enheter", "unit": "måttenheter", "status": "status", "numerator": "täljare",
    "denominator": "nämnare", "note": "kolumnen är inga resultat",
    "section": "rubrik över frågor, eller en fråga utan svar",
    "compared": "kolumnen jämför eller summerar andra och är inget eget resultat",
}  # fmt: skip
UNITS_SHEET, REGIONS = pattern("units_sheet"), re.compile(r"kommun|\blän|\brike", re.IGNORECASE)
OF_EACH = 0.8  # how many of the rows are of a place of their own, where they are not of units
ABOUT = ("code", "name", "county", "again", "period", "question", "group", "part", "enhet", "unit", "status")
OUTSIDE = "står utanför tabellerna med resultat"
KNOWN = [word.capitalize() for role in ("value", "answer") for word in WORDS["roles"][role]]
KNOWN += WORDS["lists"]["results"][:2]  # the commonest
UNREAD = f"är ingen rubrik som resultat kan stå under, i en tabell med frågor på raderna. Det är {listing(KNOWN)}."


def leave_the_rest(pages: Sequence[Page], tables: Sequence[Table], figures: Iterable[Figure], account: Account) -> None:
    """Say of every figure that is neither read nor told of why it is not read."""
    account.told |= {(one.item.page.name, one.item.row, one.item.column) for one in figures}
    for table in tables:
        _leave_columns(table, account)
    for page in pages:
        for at in range(page.sheet.width):
            rows = [row for row in page.sheet.rows if _is_left(page, row, at, account)]
            for run in _runs(rows):
                account.leave(page, run, [at], OUTSIDE)


def _leave_columns(table: Table, account: Account) -> None:
    """Leave a table's headings, and its columns that are no results or whose results are not read."""
    page, seen, block = table.page, table.seen, table.block
    counts = [at for near in table.counts().values() for at in near or ()]
    heads = [row for row in page.sheet.rows if block.first <= row <= block.last]
    account.leave(page, heads, range(block.left, block.right + 1), f"rubriker{_open_ended(table)}", is_about=True)
    for at, role in table.roles.items():
        part = table.headings[at].part if at in table.headings else ""
        hidden = at in page.sheet.hidden_columns
        why = WHY.get(role, "") or (f"gäller bara ”{part}”; summan av alla läses" if part else "")
        why = "kolumnen är dold i Excel" if hidden and role == "result" else why
        if role == "unread":
            text, own = seen.captions[at], [row for row in seen.rows if at in seen.filled[row]]
            account.doubt(page, own, [at], text, f"{UNREAD}{nearest(text, KNOWN)}")
        whole = role == "section" or (hidden and role == "result")  # what is blank there would be bortfall
        rows = [row for row in seen.rows if (whole or at in seen.filled[row]) and not account.is_told(page, row, at)]
        for run in _runs(rows) if why else ():
            account.leave(page, run, [at], why, is_about=role in ABOUT or at in counts)


def _open_ended(table: Table) -> str:
    """Return which heading is taken to be over the columns to the end, since those after its own are blank on its row.

    It is the last of a row that is written once and not merged: nothing in the file says where it ends.
    """
    page, block, last, edge = table.page, table.block, max(table.results, default=-1), max(table.block.places.values())
    for row in (row for row in page.sheet.rows if block.first <= row < block.last):
        at = max((at for at in page.sheet.filled[row] if edge < at <= block.right), default=last)
        is_merged = any(top <= row <= bottom and left <= at <= right for top, bottom, left, right in page.sheet.merged)
        if at < last and not is_merged:
            return f"; den i {page.cell(row, at)} läses som rubrik över {page.area(row, at, row, last)}"
    return ""


def _is_left(page: Page, row: int, column: int, account: Account) -> bool:
    """Return whether a cell has a figure of which nothing is said."""
    return not account.is_told(page, row, column) and page.has_figure(row, column)


def _runs(rows: Sequence[int]) -> Iterator[list[int]]:
    """Yield rows that follow each other."""
    run: list[int] = []
    for row in rows:
        if run and row != run[-1] + 1:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def is_of_units(table: Table) -> bool:
    """Return whether a table has a row for each unit, by its sheet's name or a column of their names."""
    at, sheet, seen = table.column("enhet"), table.page.name, table.seen
    named = at is not None and sum(bool(told[at]) for told in seen.texts.values()) * 2 > len(seen.rows)
    return named or bool(UNITS_SHEET.search(sheet) and not REGIONS.search(sheet)) or _has_names(table)


def _has_names(table: Table) -> bool:
    """Return whether places stand on several rows each, told apart by a column of names alone."""
    roles, own = table.roles, list(table.block.places.values())
    told = [one for texts in table.seen.texts.values() if any(one := tuple(texts[at] for at in own))]  # without notes
    if {"question", "period", "group", "part"} & set(roles.values()) or len(set(told)) > len(told) * OF_EACH:
        return False
    return any(role in ("result", "again", "note") and are_names(table.seen, at) for at, role in roles.items())


def is_numbering(texts: Sequence[str], filled: Sequence[int]) -> bool:
    """Return whether a row is the numbers of its columns: 1, 2, 3, …"""
    told = [texts[at].strip("()") for at in filled]
    return len(told) > 2 and told == [str(at) for at in range(1, len(told) + 1)]


def is_sign(text: str, facts: Facts) -> bool:
    """Return whether a text where a place should stand is a sign that the file explains."""
    is_told = folded(text) in facts.legend and not text.isdigit()  # a code of a place is no code of an answer
    return bool(text) and (is_told or (len(text) <= len("...") and not squeezed(text)))


def sign_of(status: str) -> str:
    """Return a status where it is a sign for a figure that is lacking; of our own name of one, its sign."""
    own = STATUSES[status].sign if status in STATUSES and status != "observed" else status
    return own if "".join(own.split()).casefold() in WORDS["signs"] else ""
