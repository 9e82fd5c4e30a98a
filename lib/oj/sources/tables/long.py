"""A table with a row for each indicator and place, such as a report's resultat.csv, to results."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from oj.facts.catalog import Indicator
from oj.facts.places import Place
from oj.sources.files.cells import Cell, CellError, is_empty, number, shown
from oj.sources.files.sheet import Book, Sheet
from oj.sources.published import broken_counts, unlike_counts
from oj.sources.tables.head import FURTHEST, find_head, has_codes
from oj.sources.tables.hidden import hidden_of, problems, without
from oj.sources.tables.long_doubt import contradicted, others_of, repeats, row_doubt, tidy_doubts
from oj.sources.tables.model import NONE, Facts, Problem, Result, Spot, TableRead, refuse_more
from oj.sources.tables.result import result, unit_of_row, units_of
from oj.sources.tables.rows import OURS, in_county, level_among
from oj.sources.terms.cells import Said, Unit, is_share, said
from oj.sources.terms.legend import Legend
from oj.sources.terms.match import match
from oj.sources.terms.places import Level, Names, PlaceError
from oj.sources.terms.words import is_code_heading, is_county_heading, is_name_heading, plain, squeezed
from oj.words.errors import nearest
from oj.words.vocabulary import STATUSES, UNITS

ROLES = {
    "edition": ("edition", "utgåva"),
    "indicator": ("indicator", "indikator", "indikatorns id", "indikatornamn"),
    "value": ("value", "värde"),
    "answer": ("answer", "svar"),
    "status": ("status",),
    "unit": ("unit", "enhet", "måttenhet"),
    "numerator": ("numerator", "täljare"),
    "denominator": ("denominator", "nämnare"),
}
ENGLISH = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
HEADINGS = {squeezed(word): role for role, words in ROLES.items() for word in words}
Columns = Mapping[str, int]
MOST_DOUBTS = 3


def tidy_head(sheet: Sheet) -> tuple[int, Columns] | None:
    """Return the row of headings and where each column stands, or None where the table is none of this kind.

    >>> tidy_head(Sheet({1: ["kommun", "indikator", "värde"]}))
    (1, {'name': 0, 'indicator': 1, 'value': 2})
    """
    for row, cells in sheet.rows.items():
        if row > FURTHEST:
            break
        roles: dict[str, int] = {}
        for at, one in enumerate(cells):
            role = "" if is_empty(one) else _role(plain(shown(one)), coded=has_codes(sheet, row, at))
            if role:
                roles.setdefault(role, at)
        if "indicator" in roles and {"code", "name"} & set(roles) and {"value", "answer"} & set(roles):
            return row, roles
    return None


def table_tops(book: Book, names: Names) -> dict[str, int]:
    """Return the first row of the heading of each sheet that has a table."""
    tops = {}
    for title, sheet in book.sheets.items():
        tidy, wide = tidy_head(sheet), find_head(sheet, names)
        if tidy or wide:
            tops[title] = tidy[0] if tidy else wide.first if wide else 0
    return tops


def _role(heading: str, *, coded: bool) -> str:
    """Return what a column with a heading is, "" for one that is not read."""
    if role := HEADINGS.get(squeezed(heading)):
        return role
    if is_code_heading(heading) or (coded and is_name_heading(heading)):
        return "code"
    if is_name_heading(heading):
        return "name"
    return "county" if is_county_heading(heading) else ""


def read_tidy(sheet: Sheet, title: str, edition: str, facts: Facts) -> TableRead:
    """Return the results of a table with a row for each indicator and place; `title` is the sheet's name."""
    found = tidy_head(sheet)
    assert found is not None
    head, columns = found
    read, whole = TableRead(title), sheet
    hidden = hidden_of(sheet, head, set(range(len(sheet.rows[head]))) - set(columns.values()))
    read.problems += problems(hidden, whole, title, head)
    if hidden.sheet or hidden.columns:
        return read
    sheet = without(sheet, hidden, head)
    if doubts := list(tidy_doubts(sheet, title, head, columns, facts)):
        return replace(read, problems=doubts[:MOST_DOUBTS], refused=True)
    others = list(others_of(sheet, head, columns).values())
    read.unread += [(head, f"kolumner som inte läses: {', '.join(others)}")] if others else []
    rows = _rows(sheet, title, (head, columns), edition, (facts, read))
    read.places += dict.fromkeys(place for _item, place in rows.values())
    _read_rows(sheet, (head, columns), rows, facts, read)
    if doubts := contradicted(read.results, title):
        return replace(read, results=[], problems=doubts, refused=True)
    return read


def _read_rows(
    sheet: Sheet,
    found: tuple[int, Columns],
    rows: Mapping[int, tuple[Indicator, Place]],
    facts: Facts,
    read: TableRead,
) -> None:
    """Add what each row says of its indicator and its place to what is read."""
    (head, columns), title = found, read.sheet
    units, unsure = units_of(sheet, title, found, rows)
    read.problems += unsure
    column = columns.get("value", columns.get("answer"))
    for row, (item, place) in rows.items():
        one = _read_row(sheet, Spot(title, row, column), columns, (item, place), (units, facts.legend, head))
        if isinstance(one, Problem):
            read.problems.append(replace(one, indicator=item.id, place=place.code))
            refuse_more(read.problems)
        elif one is not None:
            read.results.append(one)


def _rows(
    sheet: Sheet, title: str, found: tuple[int, Columns], edition: str, about: tuple[Facts, TableRead]
) -> dict[int, tuple[Indicator, Place]]:
    """Return what each row below the headings is about; a row of one cell is a note, and told as not read."""
    (head, columns), (facts, read) = found, about
    headings = [squeezed(plain(shown(one))) for one in sheet.rows[head]]
    others, level = others_of(sheet, head, columns), _level(sheet, head, columns, facts)
    rows: dict[int, tuple[Indicator, Place]] = {}
    for row in (at for at in sheet.rows if at > head):
        texts = [shown(one) for one in sheet.rows[row] if not is_empty(one)]
        if len(texts) == 1 or repeats(sheet, row, headings):
            read.unread.append((row, texts[0] if len(texts) == 1 else "rubriken en gång till"))
            continue
        try:
            one = _about(sheet, Spot(title, row), columns, (edition, level), facts)
        except PlaceError as other:
            read.others[other.county] += 1
            continue
        doubt = one if isinstance(one, Problem) else row_doubt(sheet, Spot(title, row), others, one[0], facts)
        if doubt is None and not isinstance(one, Problem):
            rows[row] = one
        else:
            read.problems += [doubt] if doubt else []
            refuse_more(read.problems)
    return rows


def _level(sheet: Sheet, head: int, columns: Columns, facts: Facts) -> tuple[Level, bool]:
    """Return what a name is that both a municipality and a county have, and whether the codes are the project's own."""
    at = columns.get("name", columns.get("code"))
    texts = [shown(sheet.cell(row, at)) for row in sheet.rows if row > head]
    above = [shown(one) for row, cells in sheet.rows.items() if row < head for one in cells if isinstance(one, str)]
    ours = squeezed(shown(sheet.cell(head, columns.get("code")))) == OURS
    return level_among(texts, squeezed(plain(shown(sheet.cell(head, at)))), above, facts), ours


def _about(
    sheet: Sheet, spot: Spot, columns: Columns, asked: tuple[str, tuple[Level, bool]], facts: Facts
) -> tuple[Indicator, Place] | Problem:
    """Return the indicator and the place of a row, or what is wrong; raise PlaceError for a row of another county."""
    edition, level = asked
    roles = ("edition", "indicator", "code", "name", "county")
    told = {role: sheet.cell(spot.row, columns.get(role)) for role in roles}
    year, name = shown(told["edition"]), shown(told["indicator"])
    if year and year != edition:
        return _problem(spot, columns, "edition", year, f"är en annan utgåva än den som läses in, {edition}")
    found = match([name], [], facts.known)
    if not found.indicator:
        known = facts.indicators
        hint = nearest(name, known) or nearest(name, [one.title for one in known.values()])
        several = f" Den kan vara {' eller '.join(found.nearest)}." if len(found.nearest) > 1 and not hint else ""
        return _problem(spot, columns, "indicator", name, f"är ingen entydig indikator.{hint or several}")
    try:
        place = facts.names.find(told["code"], told["name"], told["county"], level=level[0], ours=level[1])
        place = in_county(place, told["county"], facts)
    except PlaceError as error:
        if error.kind == "other":
            raise
        return _problem(spot, columns, "code" if "code" in columns else "name", error.value, error.rule)
    return facts.indicators[found.indicator], place


def _problem(spot: Spot, columns: Columns, role: str, value: str, rule: str) -> Problem:
    return Problem(replace(spot, column=columns[role]), value, rule)


def _read_row(
    sheet: Sheet,
    spot: Spot,
    columns: Columns,
    about: tuple[Indicator, Place],
    told: tuple[Mapping[str, Unit | None], Legend, int],
) -> Result | Problem | None:
    """Return what a row says of its indicator and place, or what is wrong with it."""
    (item, place), (units, legend, head) = about, told
    cells = {role: _english(sheet.cell(spot.row, at), sheet.cell(head, at)) for role, at in columns.items()}
    try:
        unit = unit_of_row(shown(cells.get("unit")), item, place) or units.get(item.id, "")
        found = _said([cells.get("value"), cells.get("answer")], shown(cells.get("status")), (item, place), legend)
        above, below = (_count(shown(cells.get(role))) for role in ("numerator", "denominator"))
    except CellError as error:
        return Problem(spot, error.value, error.rule, detail=error.detail)
    text = shown(cells.get("value")) or shown(cells.get("answer")) or shown(cells.get("status"))
    one = result(found, (spot, text), item, place, unit)
    if not isinstance(one, Result):
        return one
    wrong = broken_counts(above, below, one.status, share=is_share(item), fractions=item.fractions)
    wrong += unlike_counts(one.value, above, below) if is_share(item) else []
    for column, told_of in wrong:
        rule, colon, numbers = told_of.partition(":")  # which are for the one who imports alone
        return replace(_problem(spot, columns, column, shown(cells[column]), rule), detail=colon + numbers)
    return replace(one, numerator=above, denominator=below)


def _english(one: Cell, heading: Cell) -> Cell:
    """Return a cell under `value` or another of our own names, as in resultat.csv, where a point parts decimals."""
    name = shown(heading).strip().casefold()
    if name in ("value", "numerator", "denominator") and isinstance(one, str) and ENGLISH.fullmatch(one.strip()):
        return float(one)
    return one


def _said(values: Sequence[Cell], status: str, about: tuple[Indicator, Place], legend: Legend) -> Said | None:
    """Return what a row's value, answer and status say together; raise CellError where they contradict each other."""
    item, place = about
    answers = item.is_answer and place.level in UNITS
    each = [said(one, item, answers=answers, legend={} if is_empty(one) else legend) for one in values]
    found = [one for one in each if one is not None]
    if status and status not in STATUSES:
        raise CellError(status, f"är ingen status.{nearest(status, STATUSES)} Tillåtna: {', '.join(STATUSES)}.")
    if status not in ("", "observed"):
        found.append(Said(status=status))
    elif status and not found:
        raise CellError(status, "säger att uppgift finns, men raden har varken värde eller svar")
    if len(found) > 1:
        raise CellError("", "säger två saker; en rad har antingen ett värde, ett svar eller en status")
    return found[0] if found else None


def _count(text: str) -> float:
    """Return a numerator or a denominator; raise CellError for what is no number, or less than none."""
    return number(text, "ska vara ett antal, 0 eller större") if text else NONE
