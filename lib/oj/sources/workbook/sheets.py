"""Every sheet of a file: its table found, or as its layout says, and read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from oj.sources.files.sheet import Book
from oj.sources.tables.found import found_layout
from oj.sources.tables.head import Head
from oj.sources.tables.hidden import other_hidden, with_hidden
from oj.sources.tables.layout import Layout
from oj.sources.tables.model import Facts, TableRead, refuse_more
from oj.sources.tables.read import read_long, read_wide
from oj.sources.tables.seen import Seen, see
from oj.sources.workbook.fit import unfit
from oj.words.errors import DataError, Fault


def read_tables(
    book: Book, kept: tuple[Layout | None, str], heads: Mapping[str, Head], facts: Facts
) -> tuple[Layout | None, list[Seen], list[TableRead]]:
    """Return how the sheets with a row for each place are read, their tables as seen, and what is read of every sheet.

    `kept` are the layout that is given, if any, and its file's name, `heads` the headings of the sheets' tables.
    Raises DataError for a layout that does not fit, and TooManyError where too much is wrong.
    """
    given, file = kept
    long = {title: _see(book, title, (head.first, head.last)) for title, head in heads.items() if head.is_long}
    wide = replace(book, sheets={title: sheet for title, sheet in book.sheets.items() if title not in long})
    layout, seen = _layout(wide, given, heads, facts)
    if given and (wrong := [*unfit(wide, layout, seen, facts), *other_hidden(wide.sheets, layout)]):
        raise DataError([Fault(file, None, where, value, rule) for where, value, rule in wrong])
    own = [one for one in layout.sheets if not one.ignore]
    jobs = [partial(read_long, book.sheets[title], table, heads[title], facts) for title, table in long.items()]
    jobs += [partial(read_wide, book.sheets[one.sheet], seen[one.sheet], one, facts) for one in own]
    return layout if wide.sheets else None, list(seen.values()), _tables(jobs)


def _see(book: Book, title: str, header: Sequence[int], least: int = 0) -> Seen:
    return see(book.sheets[title], title, header, is_text=book.is_text, least=least)


def _layout(
    wide: Book, given: Layout | None, heads: Mapping[str, Head], facts: Facts
) -> tuple[Layout, dict[str, Seen]]:
    """Return how the sheets with a row for each place are read, as given or found, and their tables by sheet."""
    if given:
        read = [one for one in given.sheets if not one.ignore and one.sheet in wide.sheets]
        seen = {one.sheet: _see(wide, one.sheet, one.header, one.width) for one in read}
        return given.model_copy(update={"edition": facts.edition}), seen
    headers = {title: (heads[title].first, heads[title].last) for title in wide.sheets if title in heads}
    seen = {title: _see(wide, title, header) for title, header in headers.items()}
    found = {title: (seen[title], heads[title]) if title in seen else None for title in wide.sheets}
    layout = found_layout(found, (wide.file, facts.edition, facts.county), facts.names, facts.known)
    return with_hidden(wide.sheets, layout), seen


def _tables(jobs: Iterable[Callable[[], TableRead]]) -> list[TableRead]:
    """Return what is read of every sheet; raise TooManyError where too much of it is wrong."""
    tables: list[TableRead] = []
    for job in jobs:
        tables.append(job())
        refuse_more([problem for table in tables for problem in table.problems])
    return tables
