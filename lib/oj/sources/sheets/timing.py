"""Which year each cell is of: what its own column or row says, else its table, its sheet, the workbook."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from oj.sources.files.cells import Sheet
from oj.sources.sheets.headings import Table
from oj.sources.sheets.model import Account, Heading, Item, RowError
from oj.sources.terms.edition import SAY_YEAR, named_by_file, named_editions
from oj.sources.terms.words import plain
from oj.sources.terms.years import Said, group_of, outer_year, said_by, within, year_level
from oj.words.swedish import listing

NO_YEAR = f"säger inte vilket år siffrorna gäller. {SAY_YEAR}"
OTHER_NAME = "filens namn säger {}, inte {}. Byt namn på filen om namnet är fel"
FILE_NAME = re.compile(r"^bladets namn .*\.(?:csv|tsv|txt)$", re.IGNORECASE)
Group = tuple[str, tuple[str, ...]]  # a sheet, and what stands above a table on it


def with_years(
    account: Account, tables: Sequence[Table], around: Mapping[str, Sheet], edition: str, file: str
) -> list[Item]:
    """Return the cells whose year is told, each with it; of others it is told why, and they are not read.

    An `edition` that is asked for is theirs where nothing in the file says their year, and its name no other.
    """
    named = {*named_by_file(file)}
    unsaid = OTHER_NAME.format(listing(sorted(named)), edition) if edition and named and edition not in named else ""
    unsaid = unsaid or ("" if edition else NO_YEAR)
    book = [Said(name, frozenset(named)) for name, text in _texts(tables, around) if (named := named_editions(text))]
    groups: dict[Group, list[Item]] = {}
    for one in account.items:
        groups.setdefault((one.page.name, one.above), []).append(one)
    tops = _tops(tables)
    found = []
    for (name, above), items in groups.items():
        own = [said_by(f"bladets namn {name}" if text == name else f"”{text}”", text) for text in above]
        top = tops.get(name, [])
        heard = own if any(len(one.years) == 1 and not _is_name(one) for one in own) else [*own, *top]
        year, wrong = next(filter(any, map(outer_year, (heard, top, book))), ("", ""))
        inner = {one.heading.period for one in items} - {""}
        own = [one for one in own if not (inner and FILE_NAME.search(one.where))]  # of when it was saved, maybe
        unlike = [one for one in own if inner and one.years and not one.years & inner]
        sheets = [one for one in own if _is_name(one) and one.years]
        for one in items:
            rule = _wrong(one, wrong, unlike, sheets) or ("" if one.heading.period or year else unsaid)
            period = one.heading.period or year or edition
            dated = one if one.heading.period else replace(one, heading=replace(one.heading, period=period))
            found.append((dated, rule))
    _tell([(one, rule) for one, rule in found if rule], [one for one, rule in found if not rule], account)
    return [one for one, rule in found if not rule]


def _is_name(one: Said) -> bool:
    return one.where.startswith("bladets namn")


def _wrong(one: Item, outer: str, unlike: Sequence[Said], sheets: Sequence[Said]) -> str:
    """Return why a cell's year is in doubt, "" where it is not."""
    if not one.heading.period:
        return outer
    return within(one.heading.period, [*unlike, *sheets])


def _texts(tables: Sequence[Table], around: Mapping[str, Sheet]) -> list[tuple[str, str]]:
    """Return the texts of the sheets without tables."""
    own = {one.page.name for one in tables}
    return [
        (f"bladet {name}", text)
        for name, sheet in around.items()
        if name not in own
        for words in sheet.words.values()
        for text in words.values()
    ]


def _tops(tables: Sequence[Table]) -> dict[str, list[Said]]:
    """Return what stands above the first table of each sheet: it is of those below too, where they say no year."""
    found: dict[str, list[Said]] = {}
    for one in tables:
        found.setdefault(one.page.name, [said_by(where, text) for where, text in one.seen.headlines])
    return found


def _tell(wrong: Sequence[tuple[Item, str]], right: Sequence[Item], account: Account) -> None:
    """Tell of cells whose year is in doubt: column by column, or one by one where others of the column are read."""
    columns: dict[tuple[int, int, str], list[Item]] = {}
    for one, rule in wrong:
        columns.setdefault((id(one.page), one.column, rule), []).append(one)
    fine = {(id(one.page), one.row, one.column) for one in right}
    for (page, column, rule), items in columns.items():
        rows = [one.row for one in items]
        whole = not any((page, row, column) in fine for row in range(min(rows), max(rows) + 1))
        for some in [rows] if whole else [[row] for row in rows]:
            account.doubt(items[0].page, some, [column], "", rule)


def said_of_row(texts: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the question, the year and the group of a row; raise RowError for what is none."""
    question, period, gender = (plain(texts.get(role, "")) for role in ("question", "period", "group"))
    if "question" in texts and not question:
        raise RowError("", "har ingen fråga eller indikator.")
    year = year_level(period)
    if period and not year:
        raise RowError(period, "är inget år; skriv fyra siffror.")
    group = group_of(gender)
    if gender and not group:
        raise RowError(gender, "är inget kön som kan läsas; skriv Kvinnor, Män eller Totalt.")
    return question, year, group


def apart(period: str, group: str, over: Heading) -> str:
    """Return what is wrong where a row and a column say different years or groups, "" where they do not."""
    if period and over.period and period != over.period:
        return f"raden säger {period} men kolumnen {over.period}"
    if over.several and not (period or over.period):
        return f"står under ”{over.several}”: vilket av åren gäller siffrorna? Skriv ett år i rubriken"
    words = {word for word in (group, over.group) if word}
    return "raden och kolumnen säger olika kön" if len(words) > 1 else ""
