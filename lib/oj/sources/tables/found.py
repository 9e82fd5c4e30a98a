"""How the tables of a file are read: found by what stands in them, never assumed, or given, if that still fits."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from math import isfinite

from oj.sources.files.cells import Cell, CellError, letter, shown, written
from oj.sources.tables.hidden import hidden_in
from oj.sources.tables.layout import ASK, IGNORE, UNKNOWN, Column, Layout, Table
from oj.sources.tables.model import Facts, refuse_many
from oj.sources.tables.seen import Seen
from oj.sources.terms.cells import PERCENT, Unit, column_unit, has_numbers
from oj.sources.terms.edition import column_part
from oj.sources.terms.match import Match, match, texts_of
from oj.sources.terms.places import PlaceError
from oj.sources.terms.words import heading, is_one_of, plain
from oj.words.errors import nearest

PLACES = ("code", "name", "county")
FAR = 10  # times larger or smaller: another unit, not another year
Wrong = tuple[str, str, str]  # where, the value seen, the rule


def found_layout(titles: Iterable[str], seen: Mapping[str, Seen], facts: Facts) -> Layout:
    """Return how sheets would be read, each with its table and what is hidden of it to be decided, or with none."""
    tables = []
    for title in titles:
        one = seen.get(title)
        if one is None:
            tables.append(Table(sheet=title, ignore=True))
            continue
        rows, own = _levels_of_rows(one, facts), one.columns.values()
        filled = {at for row in rows for at in one.filled[row]}
        wanted = [at for at, heads in enumerate(one.heads) if at not in own and (heads or at in filled)]
        columns = [_column(one, at, rows, facts) for at in wanted]
        code, name, county = (letter(one.columns[role]) if role in one.columns else "" for role in PLACES)
        header = [one.first, one.last]
        table = Table(sheet=title, header=header, code=code, name=name, county=county, columns=columns)
        told = str(hidden_in(one.hidden, table))
        tables.append(table.model_copy(update={"hidden": ASK, "hidden_parts": told}) if told else table)
    return Layout(file=facts.file, edition=facts.edition, county=facts.county, sheets=tables)


def says_no_more(levels: Sequence[str], texts: Sequence[str], edition: str) -> bool:
    """Return whether a column says nothing that changes what its rows are of: places again, ”Totalt”, the edition."""
    if any(map(heading, levels)):
        return True  # that they are the same places is seen where the rows are read
    if any(is_one_of("years", plain(level)) for level in levels):
        return all(text in ("", edition) for text in texts)
    parts = any(is_one_of("dimensions", plain(level)) for level in levels)
    return parts and any(texts) and all(is_one_of("all", text) for text in texts)


def _levels_of_rows(seen: Seen, facts: Facts) -> dict[int, str]:
    """Return the rows that are about a place with its level, "" where it is not known."""
    rows, unknown = dict[int, str](), dict[str, None]()
    code, name = seen.columns.get("code"), seen.columns.get("name")
    for row, texts in seen.texts.items():
        shown = ["" if at is None else texts[at] for at in (name, code)]
        if not any(map(facts.names.is_about, shown)):
            continue
        try:
            rows[row] = facts.names.find(*(None if at is None else seen.rows[row][at] for at in (code, name))).level
        except PlaceError:
            rows[row] = ""  # told when the row is read
            unknown[shown[0] or shown[1]] = None
            refuse_many(unknown)
    return rows


def _column(seen: Seen, at: int, rows: Mapping[int, str], facts: Facts) -> Column:
    """Return what a column is: its indicator with the unit and the range of its numbers, nothing more, or unknown."""
    told, title, above = seen.heads[at], seen.captions[at], [seen.name, *seen.titles]
    if says_no_more(told, [seen.texts[row][at] for row in rows], facts.edition):
        return Column(column=letter(at), title=title, indicator=IGNORE)
    found = match(told, above, facts.known)
    item = facts.indicators.get(found.indicator)
    if item and column_part(told, texts_of(item, facts.known), facts.edition):
        found, item = Match("", "", (found.indicator,)), None
    unit: Unit = ""
    if item is not None:
        with suppress(CellError):  # told when the column is read
            own = [seen.rows[row][at] for row, level in rows.items() if has_numbers(item, level)]
            unit = column_unit(own, item, title, above)
    numbers = numbers_of([seen.rows[row][at] for row in rows])
    span = {"lowest": min(numbers), "highest": max(numbers)} if numbers else {}
    name = item.id if item else UNKNOWN
    return Column(column=letter(at), title=title, indicator=name, unit=unit, nearest=list(found.nearest), **span)


def unfit(titles: Collection[str], layout: Layout, seen: Mapping[str, Seen], facts: Facts) -> list[Wrong]:
    """Return what in a layout does not fit a file: where in the layout, the value seen and the Swedish rule."""
    named = {table.sheet for table in layout.sheets}
    rule = f"bladet finns i {facts.file} men inte i layouten; skriv det med ignore: true om det inte ska läsas"
    found: list[Wrong] = [("sheets", title, rule) for title in titles if title not in named]
    for table in layout.sheets:
        if table.sheet not in titles:
            found.append(("sheet", table.sheet, f"finns inte i {facts.file}.{nearest(table.sheet, titles)}"))
        elif not table.ignore:
            wrong = _unfit(seen[table.sheet], table, facts)
            found += [(f"bladet {table.sheet}, {at}", value, rule) for at, value, rule in wrong]
    for table in layout.sheets:
        if table.sheet in titles and not table.ignore and table.hidden not in ("", ASK):
            now = str(hidden_in(seen[table.sheet].hidden, table))
            rule = f"är inte det som är dolt i filen, som är ”{now}”. Ta bort layouten så görs en ny, och bestäm igen"
            if now != table.hidden_parts:
                found.append((f"bladet {table.sheet}, hidden_parts", table.hidden_parts, rule))
    return found


def _unfit(seen: Seen, table: Table, facts: Facts) -> Iterator[Wrong]:
    """Yield what of a sheet's layout does not fit: its columns, those it does not name, and numbers of another size."""
    known = facts.indicators
    for column in table.columns:
        title, where = seen.captions[column.at], f"kolumn {column.column}"
        if title != column.title:
            rule = f"är inte kolumnens rubrik i filen, som är ”{title}”. Ta bort layouten så görs en ny"
            yield where, column.title, rule
        if column.indicator not in (IGNORE, UNKNOWN) and column.indicator not in known:
            yield where, column.indicator, f"är ingen indikators id.{nearest(column.indicator, known)}"
    indicators = [column.indicator for column in table.columns if column.indicator in known]
    for name in sorted({one for one in indicators if indicators.count(one) > 1}):
        yield "columns", name, "är två kolumners indikator; skriv ignore vid den ena"
    places = [at for role, at in table.places.items() if role != "county"]
    rows = [row for row, texts in seen.texts.items() if any(facts.names.is_about(texts[at]) for at in places)]
    filled = {at for row in rows for at in seen.filled[row]}
    for at in sorted(filled - {*table.places.values(), *(column.at for column in table.columns)}):
        rule = "har värden i filen men står inte i layouten; skriv den med indicator: ignore om den inte ska läsas"
        yield "columns", letter(at), rule
    for column in (one for one in table.columns if one.indicator != IGNORE):
        if asked := other_range([seen.rows[row][column.at] for row in rows], column.unit, column.range):
            yield f"kolumn {column.column}", column.title, asked


def numbers_of(cells: Sequence[Cell], *, signed: bool = True) -> list[float]:
    """Return the numbers of cells as they are seen, with or without those that have a percent sign."""
    found = []
    for one in cells:
        text = one.strip() if isinstance(one, str) else ""
        bare = PERCENT.sub("", text)
        if isinstance(one, float):
            found.append(one)
        elif signed or bare == text:
            with suppress(CellError):
                number = written(bare)
                found += [] if number is None else [float(number)]
    return [one for one in found if isfinite(one)]


def other_range(cells: Sequence[Cell], unit: str, kept: Sequence[float]) -> str:
    """Return what is asked of a column whose numbers are of another size than those its layout was written for.

    Numbers with a percent sign say their own unit. A unit that small numbers are given without a range is asked about.
    """
    bare = numbers_of(cells, signed=False)
    if not bare:
        return ""
    largest, before, now = max(map(abs, bare)), max(map(abs, kept), default=0.0), [min(bare), max(bare)]
    mend = f"Skriv rätt unit vid kolumnen i layouten, lowest: {now[0]:.12g} och highest: {now[1]:.12g}"
    is_told, was_told = ("–".join(dict.fromkeys(shown(float(one)) for one in some)) for some in (now, kept))
    if not kept:
        asked = f"har unit: {unit}, bara tal till och med 1 ({is_told}) men inte lowest och highest: stämmer den? "
        return asked + mend if unit in ("percent", "share") and 0 < largest <= 1 else ""
    if not largest or not before or before / FAR < largest < before * FAR:
        return ""
    return f"hade {was_told} när layouten skrevs och har nu {is_told}: är enheten densamma? {mend}"
