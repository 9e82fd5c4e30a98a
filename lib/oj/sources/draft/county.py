"""A national workbook as one county reads it: other counties' rows are left out, and their faults are none here."""

from collections import Counter
from dataclasses import replace

from oj.facts.places import NATION, Place
from oj.sources.sheets.model import Account, Item
from oj.sources.workbook.read import BookRead


def within(read: BookRead, county: Place) -> tuple[BookRead, Counter[str]]:
    """Return what a workbook says of a county, its municipalities and the nation, and the rows of each other county.

    A fault in a cell of another county's is none; one that is about no known place, or a whole column, stays.
    """
    others = [one for one in read.account.items if not _is_in(one, county)]
    cells = {(one.page.name, one.page.cell(one.row, one.column)) for one in others}
    rows = {(one.page.name, one.row, one.place.county or one.place.code) for one in others}
    account = Account(
        [one for one in read.account.items if _is_in(one, county)], read.account.left_out,
        [one for one in read.account.doubts if (one.sheet, one.cell) not in cells], read.account.told,
    )  # fmt: skip
    kept = tuple(one for one in read.figures if _is_in(one.item, county))
    return replace(read, figures=kept, account=account), Counter(code for _sheet, _row, code in sorted(rows))


def _is_in(one: Item, county: Place) -> bool:
    return one.place.code in (NATION, county.code) or one.place.county == county.code
