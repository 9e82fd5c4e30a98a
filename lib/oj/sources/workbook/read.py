"""A whole workbook of any edition: its tables, the years and questions they are of, and every cell accounted for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from oj.facts.editions import domain_folder, domain_of, domains
from oj.facts.places import all_places
from oj.facts.questions import questions
from oj.sources.files.cells import Book, Sheet
from oj.sources.files.edge import told_of
from oj.sources.remarks.remarks import remarks_of
from oj.sources.sheets.blocks import blocks_of, page_of
from oj.sources.sheets.headings import Table, table_of
from oj.sources.sheets.leftovers import UNREAD, leave_the_rest
from oj.sources.sheets.measures import measures_of, series_of
from oj.sources.sheets.model import Account, Doubt, Figure, Heading, Item, Measure, Page, Remark
from oj.sources.sheets.places import Lookup
from oj.sources.sheets.rows import read_rows
from oj.sources.sheets.timing import NO_YEAR, with_years
from oj.sources.sheets.values import figures_of, without_twice
from oj.sources.tables.information import Told, told_by
from oj.sources.tables.model import Facts
from oj.sources.tables.spoken import unread_comments
from oj.sources.terms.coding import without_coding
from oj.sources.terms.domain import Chosen, chosen_domain, domains_named
from oj.sources.terms.legend import Legend, legend_of
from oj.sources.terms.match import Known
from oj.sources.terms.places import names
from oj.sources.terms.words import squeezed

NOTHING = "har ingen tabell som kan läsas: en rad med rubriker, och under den kommuner, län eller riket"
TOP, NAMED = 4, re.compile(r"öppna jämförelser|\böj\b|enkät|undersökning", re.IGNORECASE)  # a title, in so many rows
ALONE = re.compile(r"\bresultat\b|(?<![\d-])20[0-3]\d\b", re.IGNORECASE)  # in a title that has a row of its own


@dataclass(frozen=True)
class BookRead:
    """A workbook as it was read: every figure, what is left out and why, every fault, and the measures that are new."""

    file: str
    domain: str
    figures: tuple[Figure, ...]
    account: Account
    measures: tuple[Measure, ...] = ()
    possible: tuple[str, ...] = ()  # the domains that it may be of, where it does not say which; `domain` is a guess
    remarks: tuple[Remark, ...] = ()  # what it says of comparing its years
    unread: tuple[str, ...] = ()  # comments and formulas without a value, told in Swedish

    @property
    def editions(self) -> list[str]:
        """The years that the figures are of."""
        return sorted({one.item.heading.period for one in self.figures})

    @property
    def says_no_year(self) -> bool:
        """Whether all that is wrong with the figures, none of which is read, is that their year is not said."""
        return not self.figures and {one.rule for one in self.account.doubts} == {NO_YEAR}

    @property
    def says_no_results(self) -> bool:
        """Whether nothing is read where no heading says which column has the results."""
        return not self.figures and any(one.rule.startswith(UNREAD) for one in self.account.doubts)

    @property
    def breaks(self) -> dict[str, dict[str, Remark]]:
        """The first years after the breaks that the file tells of, by measure, each with what tells it."""
        found: dict[str, dict[str, Remark]] = {}
        for remark in self.remarks:
            for name, starts in remark.breaks.items():
                found[name] = dict.fromkeys(starts, remark) | found.get(name, {})
        return {name: dict(sorted(own.items())) for name, own in found.items()}

    @property
    def new_measures(self) -> dict[str, Measure]:
        """The measures that no edition of the file's has, by id."""
        return {one.indicator.id: one for one in self.measures if one.is_new}


def domains_of_book(book: Book, folder: Path, sheets: Iterable[str] = ()) -> set[str]:
    """Return the domains that a workbook names in its name and its titles, and in the names of `sheets`."""
    rows = [row for sheet in book.sheets.values() for row in list(sheet.words.values())[:TOP]]
    own = {squeezed(name) for key, home in domains(folder).items() for name in (key, domain_of(home).name)}
    titles = [
        text
        for row in rows
        for text in row.values()
        if NAMED.search(text) or (len(row) == 1 and (ALONE.search(text) or squeezed(text) in own))
    ]
    return domains_named([Path(book.file).stem, *sheets, *titles], folder)


def read_any(
    book: Book, folder: Path, edition: str = "", *, is_guess: bool = False, also: Sequence[str] = ()
) -> BookRead:
    """Return a workbook of a domain as it is read; `edition` is the year where the file does not say it.

    `folder` is the domain's; where that `is_guess`, the file's own titles and questions say it, and what is said of its
    columns elsewhere, `also`. Nothing is raised for what is wrong in the file: it is told in the account.
    """
    places = names(all_places(folder, shipped=True))
    look, account = Lookup(places), Account()
    pages = [page_of(name, sheet, look) for name, sheet in book.sheets.items()]
    tables = _tables(pages, look, account)
    around = _around(pages, tables, look)
    legend = legend_of({name: sheet.words for name, sheet in around.items()}, is_text=book.is_text)
    facts = Facts(Known({}, {}, {}), places, domain_of(folder), book.file, legend=legend)
    for one in tables:
        read_rows(one, look, facts, account)
    told = replace(told_by(around), answers=_known_answers(folder), legend=legend)
    chosen = _domain(book, told, account, also, folder) if is_guess else Chosen(folder.name)
    folder = domains(folder).get(chosen.domain, folder)
    found = _with_titles(with_years(account, tables, around, edition, book.file), told, account)
    figures, measures = _read(found, told, legend, account, folder)
    remarks = remarks_of(pages, tables, figures, told)
    leave_the_rest(pages, tables, figures, account)
    if not figures and not account.doubts and not tables:
        account.doubts += [Doubt(one.name, "A1", "", NOTHING) for one in pages]
    unread = tuple(line for name, one in book.sheets.items() for line in told_of(name, unread_comments(one), one.blank))
    name = domain_folder(folder).name
    return BookRead(book.file, name, tuple(figures), account, measures, chosen.possible, remarks, unread)


def _domain(book: Book, told: Told, account: Account, also: Sequence[str], folder: Path) -> Chosen:
    """Return the domain that a workbook says; what has no results at all may be of any."""
    columns = {(tuple(told.title(word) or word for word in one.heading.words), one.above) for one in account.items}
    said = [([*words[:-1], *map(without_coding, words[-1:])], above) for words, above in sorted(columns)]
    own = domains_of_book(book, folder)
    named = domains_of_book(book, folder, book.sheets)
    if not said and len(named) != 1:
        return Chosen("")
    return chosen_domain(named, [*said, *(((one,), ()) for one in also)], folder, by_sheets=not own)


def _known_answers(folder: Path) -> frozenset[str]:
    """Return the words that the questions of all domains are answered in."""
    every = [one for home in domains(folder.parent).values() for one in questions(home).values()]
    return frozenset(word for one in every for word in one.answers)


def _tables(pages: Sequence[Page], look: Lookup, account: Account) -> list[Table]:
    """Return the tables of all sheets that are seen in Excel."""
    found = []
    for page in pages:
        if page.sheet.is_hidden:
            account.leave(page, list(page.sheet.rows), range(page.sheet.width), "bladet är dolt i Excel")
        elif page.sheet.rows:
            found += [table_of(page, block) for block in blocks_of(page, look)]
    return found


def _around(pages: Sequence[Page], tables: Sequence[Table], look: Lookup) -> dict[str, Sheet]:
    """Return what stands outside the tables: whole sheets without any, and the texts around those of others."""
    found = {}
    for page in pages:
        own = [_rows_of(one, look) for one in tables if one.page is page]
        sheet = page.source or page.sheet
        rows = {row: cells for row, cells in sheet.rows.items() if not any(row in one for one in own)}
        if not page.sheet.is_hidden:
            found[page.name] = replace(sheet, rows=rows)
    return found


def _rows_of(table: Table, look: Lookup) -> range:
    """Return the rows of the file that a table has, with its headings."""
    if table.page.is_turned:
        columns = [*table.block.places.values(), *table.results]
        return range(min(columns) + 1, max(columns) + 2)
    return range(table.block.first, _end(table, look) + 1)


def _end(table: Table, look: Lookup) -> int:
    """Return the last row of a table that is about a place; below it are notes."""
    own = table.block.places.values()
    rows = [row for row, cells in table.seen.rows.items() if any(look.is_place(cells[at]) for at in own)]
    return max(rows, default=table.block.last)


def _read(
    found: Sequence[Item], told: Told, legend: Legend, account: Account, folder: Path
) -> tuple[list[Figure], tuple[Measure, ...]]:
    """Return the figures of cells whose year and question are known, and their measures."""
    every = series_of(found)
    measures = measures_of(every, folder, told)
    figures = without_twice(figures_of(every, measures, legend, account), account)
    return figures, tuple(measures.values())


def _with_titles(items: Sequence[Item], told: Told, account: Account) -> list[Item]:
    """Return the cells with the titles that numbered columns have elsewhere; one without any title is a fault."""
    found = []
    known: dict[Heading, Heading] = {}
    for one in items:
        if one.heading not in known:
            words = tuple(told.title(word) or word for word in one.heading.words)
            known[one.heading] = replace(one.heading, words=words)
        if (heading := known[one.heading]).words:
            found.append(one if heading == one.heading else replace(one, heading=heading))
        elif one.text:
            account.refuse(one, "står i en kolumn utan rubrik")
    return found
