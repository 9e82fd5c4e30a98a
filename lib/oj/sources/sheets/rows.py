"""Each row of a table to its cells of results: whose they are, of when and of whom; or why the row is not read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from oj.facts.places import NATION, Place, is_district
from oj.sources.files.cells import Unreadable
from oj.sources.sheets.headings import Table, column_titles
from oj.sources.sheets.leftovers import WHY, is_numbering, is_of_units, is_sign, sign_of
from oj.sources.sheets.model import Account, Heading, Item, RowError
from oj.sources.sheets.places import LEVELS, Lookup, place_of
from oj.sources.sheets.timing import apart, said_of_row
from oj.sources.tables.lines import MERGED
from oj.sources.tables.model import Facts
from oj.sources.tables.places import Where, under_others, where_of
from oj.sources.terms.words import is_one_of, plain, squeezed
from oj.sources.terms.years import part_of
from oj.words.vocabulary import UNITS

CODED = re.compile(r"\d{4}")
OTHER_PART = "gäller bara ”{}”; summan av alla läses"
NO_PLACE = "har värden men varken kod eller namn på någon kommun."
EACH_ROW = "Skriv kommunen på varje rad; i en pivottabell: Upprepa alla objektetiketter."
TWO_THINGS = "säger två saker: här står något, men radens status säger varför inget finns"
OF_UNITS = "är enskilda enheters resultat, inte kommuners"


@dataclass(frozen=True)
class Row:
    """What a row says besides its results: its place, and the question, year and group that it has columns for."""

    place: Place
    question: str = ""
    period: str = ""
    group: str = ""
    unit: str = ""
    sign: str = ""  # of a column of statuses


@dataclass(frozen=True)
class Walk:
    """A table that is walked from row to row, what its places are looked up in, and the questions of its rows."""

    table: Table
    where: Where
    look: Lookup
    facts: Facts
    counties: Mapping[str, bool]  # those that have rows with results, and whether a code stands there
    asked: Mapping[str, int] = field(default_factory=dict)  # as they are squeezed: the last row with results of each


def read_rows(table: Table, look: Lookup, facts: Facts, account: Account) -> None:
    """Add every cell of results of a table to what is said of its sheet."""
    page, seen, results = table.page, table.seen, table.results
    if not results or is_of_units(table):
        rows = [row for row in seen.rows if seen.filled[row] and "unread" not in table.roles.values()]
        columns = range(table.block.left, table.block.right + 1)
        account.leave(page, rows, columns, OF_UNITS if results else "har inga resultat")
        return
    walk = Walk(table, where_of(seen, facts), look, facts, _counties(table, look), _asked(table))
    city, before, found = "", len(account.items), dict[int, Place]()
    over = (column_titles(table), table.merged, table.counts())
    for row in seen.rows:
        try:
            one = _row(walk, row, city)
        except RowError as wrong:
            if wrong.is_left:
                account.leave(page, [row], results, wrong.rule)
            elif _says_result(walk, row):
                account.doubt(page, [row], results, wrong.value, f"{wrong.rule}{table.places_told}")
            continue
        if one is not None:
            city, found[row] = _city(one.place.code, city, look), one.place
            _add(table, (row, one), over, account)
    _refuse_under_others(walk, found, before, account)


def _refuse_under_others(walk: Walk, places: Mapping[int, Place], before: int, account: Account) -> None:
    """Refuse the results of municipalities that stand under another county's name; `before` are other tables' items."""
    wrong = {} if walk.table.page.is_turned else under_others(walk.table.seen, places, walk.facts, {})
    own = account.items[before:]
    account.items[before:] = [one for one in own if one.row not in wrong]
    for one in (one for one in own if one.row in wrong):
        account.refuse(one, wrong[one.row], one.place.name)


def _asked(table: Table) -> dict[str, int]:
    """Return the questions of a table's rows that have results, as they are squeezed, and the last row of each."""
    at, seen, results = table.column("question"), table.seen, {*table.results}
    rows = [row for row, own in seen.filled.items() if at in own and results & {*own}]
    return {} if at is None else {squeezed(seen.texts[row][at]): row for row in rows}


def _says_result(walk: Walk, row: int) -> bool:
    """Return whether a row has results, or would have, by its municipality's code or its question: blank ones count.

    A question with nothing beside it is a note, unless others have answered it.
    """
    table = walk.table
    asked, code, filled = table.column("question"), table.block.places.get("code"), table.seen.filled[row]
    told = "" if code is None else table.seen.texts[row][code]
    is_asked = (
        asked is not None
        and asked in filled
        and (len(filled) > 1 or squeezed(table.seen.texts[row][asked]) in walk.asked)
    )
    return is_asked or any(at in filled for at in table.results) or bool(CODED.fullmatch(told))


def _city(code: str, above: str, look: Lookup) -> str:
    """Return the code of the city that the districts below a row may be of, "" where they are of none."""
    return code if code in look.cities.values() else above if "-" in code or is_district(code) else ""


def _counties(table: Table, look: Lookup) -> dict[str, bool]:
    """Return the counties that a table has rows with results of, and whether a code stands there."""
    own, found = [table.block.places.get(one) for one in ("name", "code")], dict[str, bool]()
    for row in (row for row, filled in table.seen.filled.items() if set(table.results) & set(filled)):
        texts = [table.seen.texts[row][one] if one is not None else "" for one in own]
        is_unit = len(look.place(texts[0])) > len("00")  # Örebro is a municipality
        county = None if is_unit else look.names.county(texts[0] or texts[1])
        found |= {county.code: _is_coded(texts[1])} if county else {}
    return found


def _has_nation(table: Table, look: Lookup) -> bool:
    own = [at for role, at in table.block.places.items() if role in ("code", "name")]
    rows = [row for row, filled in table.seen.filled.items() if {*table.results} & {*filled}]
    return any(look.place(table.seen.texts[row][at]) == NATION for row in rows for at in own)


def _is_coded(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _is_heading(walk: Walk, row: int, place: Place, code: str) -> bool:
    """Return whether a county's row without results is a heading: where the counties' results stand elsewhere, if any.

    One that stands as those with results do is a county that has none. The nation's is one where it has another row.
    """
    filled = walk.table.seen.filled[row]
    if place.code == NATION and len(filled) == 1:
        return _has_nation(walk.table, walk.look)
    if place.level != "county" or _is_coded(code) or len(filled) > 1 or {*filled} & {*walk.table.results}:
        return False
    if not walk.counties and _is_amid_its_own(walk, row, place):
        return False
    return not walk.counties or place.code in walk.counties or any(walk.counties.values())


def _is_amid_its_own(walk: Walk, row: int, county: Place) -> bool:
    """Return whether the rows next to a county's are both of its municipalities, as over no section of them."""
    at, rows = walk.table.block.places.get("name"), walk.table.seen.texts
    if at is None or "code" in walk.table.block.places or not {row - 1, row + 1} <= rows.keys():
        return False
    beside = [walk.look.names.named(rows[one][at]) for one in (row - 1, row + 1)]
    return all(one is not None and one.level in UNITS and one.county == county.code for one in beside)


def _row(walk: Walk, row: int, city: str) -> Row | None:
    """Return what a row says, None where it is no row of results; raise RowError where it cannot be read."""
    table, seen = walk.table, walk.table.seen
    if row in table.page.sheet.hidden_rows:
        raise RowError("", "raden är dold i Excel", is_left=True)
    if row in seen.repeats:
        raise RowError("", "rubriken en gång till", is_left=True)
    if is_numbering(seen.texts[row], seen.filled[row]):
        raise RowError("", "kolumnernas nummer", is_left=True)
    if any(is_sign(seen.texts[row][at], walk.facts) for at in walk.where.columns.values()):
        raise RowError("", "teckenförklaring", is_left=True)
    texts = {role: seen.texts[row][at] for at, role in table.roles.items() if role not in ("result", "question")}
    questions = [seen.texts[row][at] for at, role in table.roles.items() if role == "question"]
    texts |= {"question": " – ".join(filter(None, questions))} if questions else {}
    told = [texts.get(role, "") for role in LEVELS]
    at = row if any(told) else _covered(table, row)
    if not at:
        _refuse_placeless(walk, row, questions)
        return None
    if part := _part(texts, told):
        raise RowError(part, OTHER_PART.format(part), is_left=True)
    place = place_of((seen, walk.where, walk.facts), walk.look, at, city)
    if "question" not in texts and _is_heading(walk, row, place, texts.get("code", "")):
        return None
    return Row(place, *said_of_row(texts), texts.get("unit", ""), sign_of(texts.get("status", "")))


def _refuse_placeless(walk: Walk, row: int, questions: Sequence[str]) -> None:
    """Raise RowError for a row without a place that has results, or a question among others that have."""
    if _says_result(walk, row):
        raise RowError("", f"{NO_PLACE} {EACH_ROW}" if questions else NO_PLACE)
    if any(questions) and row < max(walk.asked.values(), default=0):
        raise RowError("", WHY["section"], is_left=True)


def _covered(table: Table, row: int) -> int:
    """Return the row whose place a merged cell of places writes over a row, 0 where none does."""
    own = set(table.block.places.values())
    return next((top for top, bottom, left, _right in table.seen.merged if left in own and top < row <= bottom), 0)


def _part(texts: Mapping[str, str], told: Sequence[str]) -> str:
    """Return the kind of provider, or the unit, that a row is of, "" where it is of all."""
    own = texts.get("part", "")
    if own and not is_one_of("all", own):
        return plain(own)
    if texts.get("enhet"):
        return plain(texts["enhet"])
    return next((plain(one) for one in told if part_of(one)), "")


def _add(
    table: Table,
    said: tuple[int, Row],
    columns: tuple[Mapping[int, Heading], set[tuple[int, int]], Mapping[int, Sequence[int] | None]],
    account: Account,
) -> None:
    """Add the cells of a row that is read; those of a column that is left out as a whole are not among them."""
    (row, one), (titles, merged, beside) = said, columns
    page, seen, above = table.page, table.seen, tuple(text for _where, text in table.seen.headlines)
    for at in (at for at in table.results if not titles[at].part and at not in page.sheet.hidden_columns):
        over, text = titles[at], seen.texts[row][at] or one.sign
        if not text and any(seen.texts[row][other] for other in _twins(table, titles, at)):
            account.leave(page, [row], [at], "uppgiften står i den andra kolumnen")
            continue
        words = (*over.words, one.question) if one.question else over.words
        heading = replace(over, words=words, period=over.period or one.period, group=over.group or one.group or "total")
        own = seen.rows[row][at] if at in seen.filled[row] else text or None
        cell = Unreadable(text, MERGED) if (row, at) in merged else own
        near, texts = beside[at], seen.texts[row]
        counts = (
            None
            if near is None
            else {table.roles[own]: texts[own] for own in near if texts[own] and not sign_of(texts[own])}
        )
        item = Item(page, row, at, one.place, heading, cell, text, one.unit or over.unit, above, counts)
        if rule := TWO_THINGS if one.sign and seen.texts[row][at] else apart(one.period, one.group, over):
            account.refuse(item, rule)
        else:
            account.items.append(item)


def _twins(table: Table, titles: Mapping[int, Heading], at: int) -> list[int]:
    """Return the other columns of a table with a question on each row that are of the same as one of it."""
    long = table.column("question") is not None
    return [one for one in table.results if long and one != at and titles[one] == titles[at]]
