"""What a workbook says of comparing its years: in a heading, a note with a mark, a sheet of its indicators, a comment.

Of which questions it is said is asked from the nearest outwards: the column or the row that says it, those with the
note's mark, those that it or its row names, the table above it, the file. Where it is said of some and not of which,
or of a place, it is told, and nothing follows from it.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from oj.sources.remarks.asked import Index, index_of, tables_of
from oj.sources.remarks.scope import Scope, scope_of
from oj.sources.sheets.headings import Table
from oj.sources.sheets.model import Figure, Page, Remark
from oj.sources.tables.information import Told
from oj.sources.tables.spoken import Spoken, beside_cells, mark_of, named_so, spoken_in
from oj.sources.terms.comparable import Said, said_of

Where = tuple[Page, Spoken]


def remarks_of(
    pages: Sequence[Page], tables: Sequence[Table], figures: Sequence[Figure], told: Told
) -> tuple[Remark, ...]:
    """Return what a file says of comparing its years, each with the measures that it breaks, from which years.

    One without measures is only told. What several cells say in the same words is one.
    """
    spoken = [(page, one) for page in pages if not page.sheet.is_hidden for one in _spoken(page, tables)]
    if not spoken:
        return ()
    index = index_of(tables, figures, told)
    index.notes.update(_notes(pages, spoken, index))
    found: dict[tuple[str, str, bool], tuple[Where, Scope, Said]] = {}
    for page, one in spoken:
        said = said_of(one.text)
        scope = scope_of(page, one, said, index) if said else None
        if said is not None and scope is not None:
            _where, first, _said = found.setdefault((page.name, one.text, scope.is_beside), ((page, one), scope, said))
            if first is not scope:
                first.asked.update(scope.asked)
                first.rows.extend(scope.rows)
    return tuple(_remark(*one, index) for one in found.values())


def _spoken(page: Page, tables: Sequence[Table]) -> list[Spoken]:
    """Return the texts of a sheet that are about comparing, as they stand when it is walked."""
    own, sheet = [one for one in tables if one.page is page], page.source or page.sheet
    notes: Collection[int] = {at for one in own for at, role in one.roles.items() if role != "result"}
    columns = range(0) if page.is_turned else notes if own else range(sheet.width)
    found = [*spoken_in(sheet, columns, is_list=not own), *beside_cells(sheet)]
    return [*named_so(page.name), *(one.turned() if page.is_turned else one for one in found)]


def _remark(where: Where, scope: Scope, said: Said, index: Index) -> Remark:
    """Return what follows of a text: the first years after the breaks of each measure, in order."""
    (page, one), breaks = where, dict[str, set[str]]()
    asked = scope.asked if said.is_break and not (said.is_some and scope.is_all) else set()
    counted = Counter(each for own in scope.rows for each in own)
    for measure, period in sorted(asked):
        if scope.is_beside and not index.is_of_most((measure, period), counted[measure, period]):
            continue
        own = [str(year) for year in said.starts] or [period, *([] if said.is_back else [str(int(period) + 1)])]
        known = {year for year in own if year <= index.latest[measure] or year in one.text}
        breaks.setdefault(measure, set()).update(known)
    told = {name: tuple(sorted(starts)) for name, starts in breaks.items() if starts}
    cell = "" if one.is_name else page.cell(one.row, one.column)
    return Remark(page.name, cell, "" if scope.is_beside else one.text, told)


def _notes(pages: Sequence[Page], spoken: Sequence[Where], index: Index) -> Iterator[tuple[int, str]]:
    """Yield the tables with notes below them: the marks of all, and "" where one without a mark is about comparing."""
    own = [(page, one.row, "") for page, one in spoken if not one.mark]
    texts = [(page, row, one) for page in pages for row, words in page.sheet.words.items() for one in words.values()]
    own += [(page, row, mark) for page, row, one in texts if not page.is_turned and (mark := mark_of(one))]
    for page, row, mark in own:
        tables = tables_of(index, page, row)
        yield from ((id(one), mark) for one in tables if one.block.last < row and not one.is_of_place(row))
