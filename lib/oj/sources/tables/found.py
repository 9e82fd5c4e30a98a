"""How the tables of a file would be read: what their columns are, found by what stands in it, never assumed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from oj.sources.files.cells import Cell, CellError, letter, shown
from oj.sources.tables.head import is_place_heading, is_place_row
from oj.sources.tables.layout import IGNORE, UNKNOWN, Column, Layout, Table
from oj.sources.tables.model import refuse_many
from oj.sources.tables.seen import Seen
from oj.sources.tables.units import column_unit, has_numbers, range_of
from oj.sources.terms.cells import Unit
from oj.sources.terms.match import Known, Match, match, texts_of
from oj.sources.terms.part import column_part, is_all, is_dimension, is_year_heading
from oj.sources.terms.places import Names, PlaceError

PLACES = ("code", "name", "county")


def found_layout(seen: Mapping[str, Seen | None], about: tuple[str, str, str], names: Names, known: Known) -> Layout:
    """Return how sheets would be read, each with its table, or that it has none.

    `about` are the file's name, its edition and its county.
    """
    file, edition, county = about
    tables = [
        _table(found, (edition, names, known)) if found else Table(sheet=title, ignore=True)
        for title, found in seen.items()
    ]
    return Layout(file=file, edition=edition, county=county, sheets=tables)


def _table(seen: Seen, about: tuple[str, Names, Known]) -> Table:
    edition, names, known = about
    rows = _levels_of_rows(seen, names)
    columns = []
    for at in (at for at in range(len(seen.heads)) if at not in seen.columns.values()):
        cells = {row: seen.rows[row][at] for row in rows}
        if seen.heads[at] or any(at in seen.filled[row] for row in rows):
            columns.append(_column(seen, at, (rows, cells), edition, known))
    code, name, county = (letter(seen.columns[role]) if role in seen.columns else "" for role in PLACES)
    header = [seen.first, seen.last]
    return Table(sheet=seen.name, header=header, code=code, name=name, county=county, columns=columns)


def says_no_more(levels: Sequence[str], texts: Sequence[str], edition: str) -> bool:
    """Return whether a column says nothing that changes what its rows are of: places again, ”Totalt”, the edition.

    >>> says_no_more(["Kön"], ["Totalt"], "2015"), says_no_more(["Kön"], ["Flickor"], "2015")
    (True, False)
    """
    if any(is_place_heading(level) for level in levels):
        return True  # that they are the same places is seen where the rows are read
    if any(is_year_heading(level) for level in levels):
        return all(text in ("", edition) for text in texts)
    return any(is_dimension(level) for level in levels) and any(texts) and all(map(is_all, texts))


def _levels_of_rows(seen: Seen, names: Names) -> dict[int, str]:
    """Return the rows that are about a place with its level, "" where it is not known."""
    rows, unknown = dict[int, str](), dict[str, None]()
    code, name = seen.columns.get("code"), seen.columns.get("name")
    for row, cells in seen.rows.items():
        said, told = (None if at is None else cells[at] for at in (code, name))
        if not is_place_row((shown(said), shown(told)), names):
            continue
        try:
            rows[row] = names.find(said, told).level
        except PlaceError:
            rows[row] = ""  # told when the row is read
            unknown[shown(told) or shown(said)] = None
            refuse_many(unknown)
    return rows


def _column(
    seen: Seen, at: int, stands: tuple[Mapping[int, str], Mapping[int, Cell]], edition: str, known: Known
) -> Column:
    """Return what a column is: its indicator with the unit and the range of its numbers, nothing more, or unknown."""
    (rows, cells), told, title = stands, seen.heads[at], seen.captions[at]
    above = [seen.name, *seen.titles]
    if says_no_more(told, [seen.texts[row][at] for row in rows], edition):
        return Column(column=letter(at), title=title, indicator=IGNORE)
    found = match(told, above, known)
    item = known.indicators.get(found.indicator)
    if item and column_part(told, texts_of(item, known), edition):
        found, item = Match("", "", (found.indicator,)), None
    one = Column(column=letter(at), title=title, indicator=UNKNOWN, nearest=list(found.nearest))
    if item is not None:
        unit: Unit = ""
        with suppress(CellError):  # told when the column is read
            own = [cells[row] for row, level in rows.items() if has_numbers(item, level)]
            unit = column_unit(own, item, title, above)
        one = Column(column=letter(at), title=title, indicator=item.id, unit=unit)
    return one.model_copy(update=range_of(list(cells.values())))
