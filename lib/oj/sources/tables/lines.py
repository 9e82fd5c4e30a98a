"""Every table to lines, one for each indicator and place: a column for each indicator, or a row for each figure.

A table with a row for each figure is such as a report's resultat.csv.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from oj.facts.catalog import Indicator
from oj.facts.places import Place
from oj.sources.files.cells import Cell, Unreadable, is_empty, shown
from oj.sources.tables.doubt import NOT_READ, OTHER_AREAS, WHICH_SURVEY, only_names, second_headings, title_doubts
from oj.sources.tables.layout import Column
from oj.sources.tables.model import Facts, Line, Problem, Result, Spot, TableRead, refuse_more
from oj.sources.tables.places import Where, in_county, where_of
from oj.sources.tables.seen import Seen
from oj.sources.terms.edition import named_editions, part
from oj.sources.terms.match import match
from oj.sources.terms.places import PlaceError
from oj.sources.terms.words import is_one_of, plain, squeezed
from oj.words.errors import nearest

ENGLISH = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
COUNTED = ("value", "numerator", "denominator")  # roles that are our own headings as well
BESIDE = ("status", "unit", "numerator", "denominator")
MERGED = "är sammanfogad med andra celler; dela den, så att varje kommun har sitt värde"
MOST_DOUBTS = 3
MOST_SEEN = 30  # signs of a cell that parts the rows
Others = Mapping[int, str]  # the columns with something in them that are not read, with their headings


def wide_lines(seen: Seen, columns: Sequence[Column], rows: Mapping[int, Place], facts: Facts) -> list[Line]:
    """Return a line for each column and row; a cell that is merged with others has nobody's value."""
    below = sorted(rows)
    merged = {
        (row, at)
        for top, bottom, left, right in seen.merged
        for row in below[bisect_left(below, top) : bisect_right(below, bottom)]
        for at in (one.at for one in columns)
        if (top, left) != (bottom, right) and left <= at <= right
    }
    lines = []
    for one in columns:
        for row, place in rows.items():
            cell, text = seen.rows[row][one.at], seen.texts[row][one.at]
            if (row, one.at) in merged:
                cell = Unreadable(text, MERGED)
            spot = Spot(seen.name, row, one.at)
            lines.append(Line(spot, facts.indicators[one.indicator], place, cell, (cell,), text))
    return lines


def others_of(seen: Seen) -> Others:
    """Return the columns with something in them that are not read, with their headings."""
    headings = {at: text for _row, at, text in seen.head_texts}
    filled = set(headings).union(*seen.filled.values())
    return {at: headings.get(at, "") for at in sorted(filled - set(seen.columns.values()))}


def long_doubts(seen: Seen, others: Others, facts: Facts) -> list[Problem]:
    """Return why nothing of a table with a row for each figure can be read."""
    found = [*islice(title_doubts(seen, facts), 1)]
    for at, heading in others.items():
        if rule := _column_doubt(heading):
            row = seen.last if heading else next(row for row in seen.rows if at in seen.filled[row])
            found.append(Problem(Spot(seen.name, row, at), heading, f"{rule}. {NOT_READ}"))
    found += islice(second_headings(seen, NOT_READ), 1)
    at = seen.columns["indicator"]
    names = [[text] for row in seen.texts.values() if (text := row[at])]
    if only_names(names, [text for _where, text in seen.headlines], facts):
        found.append(Problem(Spot(seen.name, seen.last + 1, at), names[0][0], WHICH_SURVEY))
    return found[:MOST_DOUBTS]


def _column_doubt(heading: str) -> str:
    """Return why a column that is not read cannot be passed over, "" where it can, or where its rows are looked at."""
    if not heading:
        return "har värden utan rubrik: decimaler som skilts från sitt tal av ett kommatecken?"
    if is_one_of("areas", heading):
        return OTHER_AREAS
    if any(is_one_of(name, heading) for name in ("dimensions", "years", "says_nothing")):
        return ""
    return "är en kolumn som inte kan läsas, och som kan ändra vad raderna gäller"


def long_lines(seen: Seen, others: Others, facts: Facts, read: TableRead) -> list[Line]:
    """Return what each row below the headings says, and is about; a row of one cell is a note, and told as not read."""
    where, columns, lines = where_of(seen, facts), seen.columns, list[Line]()
    headings = {at: text.casefold() for _row, at, text in seen.head_texts}
    ours = {role for role in COUNTED if role in columns and headings[columns[role]] == role}
    at_value = columns["value" if "value" in columns else "answer"]
    for row, cells in seen.rows.items():
        filled = seen.filled[row]
        if len(filled) == 1 or row in seen.repeats:
            read.unread.append((row, seen.texts[row][filled[0]] if len(filled) == 1 else "rubriken en gång till"))
            continue
        try:
            said = {role: _english(cells[at]) if role in ours else cells[at] for role, at in columns.items()}
            one = _line(Spot(seen.name, row, at_value), said, where, facts)
        except PlaceError as other:
            read.others[other.county] += 1
            continue
        one = one if isinstance(one, Problem) else _row_doubt(seen, one, others, facts) or one
        if isinstance(one, Line):
            lines.append(one)
        else:
            read.problems.append(one)
            refuse_more(read.problems)
    return lines


def _line(spot: Spot, said: Mapping[str, Cell], where: Where, facts: Facts) -> Line | Problem:
    """Return what a row says of an indicator and a place, or what is wrong; raise PlaceError for another county."""
    year, name = (shown(said.get(role)) for role in ("edition", "indicator"))
    if year and year != facts.edition:
        rule = f"är en annan utgåva än den som läses in, {facts.edition}"
        return Problem(replace(spot, column=where.columns["edition"]), year, rule)
    found = match([name], [], facts.known)
    if not found.indicator:
        known = facts.indicators
        hint = nearest(name, known) or nearest(name, [one.title for one in known.values()])
        several = f" Den kan vara {' eller '.join(found.nearest)}." if len(found.nearest) > 1 and not hint else ""
        rule = f"är ingen entydig indikator.{hint or several}"
        return Problem(replace(spot, column=where.columns["indicator"]), name, rule)
    code, named, county = (said.get(role) for role in ("code", "name", "county"))
    try:
        place = in_county(facts.names.find(code, named, county, level=where.level, ours=where.ours), county, facts)
    except PlaceError as error:
        if error.kind == "other":
            raise
        at = where.columns.get("code", where.columns.get("name"))
        return Problem(replace(spot, column=at), error.value, error.rule)
    item, value = facts.indicators[found.indicator], said.get("value")
    cells = [one for one in (value, said.get("answer")) if not is_empty(one)]
    beside = {role: shown(said[role]) for role in BESIDE if role in said}
    text = next(filter(None, map(shown, cells)), "") or beside.get("status", "")
    return Line(spot, item, place, value, cells, text, beside, where.columns)


def _english(one: Cell) -> Cell:
    """Return a cell under `value` or another of our own names, as in resultat.csv, where a point parts decimals."""
    return float(one) if isinstance(one, str) and ENGLISH.fullmatch(one.strip()) else one


def _row_doubt(seen: Seen, line: Line, others: Others, facts: Facts) -> Problem | None:
    """Return that a row is of a part, another year or another survey, by a column that is not read."""
    for at, heading in others.items():
        text = seen.texts[line.spot.row][at]
        if text and (rule := _part_of_row(text, heading, line.item, facts)):
            return Problem(replace(line.spot, column=at), text if len(text) <= MOST_SEEN else "", rule)
    return None


def _part_of_row(text: str, heading: str, item: Indicator, facts: Facts) -> str:
    own, under = [item.title, item.name, item.short], plain(heading)
    if is_one_of("years", under):
        right = text == facts.edition or text in item.title
        return "" if right else f"är ett annat år än utgåvan {facts.edition}"
    if is_one_of("dimensions", under):
        right = is_one_of("all", text) or (len(squeezed(text)) > 2 and squeezed(text) in squeezed(" ".join(own)))
        return "" if right else f"står under ”{heading}”: raden gäller bara en del, eller något annat"
    said = part(text, own) or named_editions(text) - {facts.edition}
    return f"står under ”{heading}”, och raden gäller därför något annat" if said else ""


def contradicted(results: Sequence[Result], name: str) -> list[Problem]:
    """Return that several results stand twice with other values: something that is not read parts the rows."""
    first: dict[tuple[str, str], Result] = {}
    again = []
    for one in results:
        if one.shown != first.setdefault((one.indicator, one.place), one).shown:
            again.append(one)
    rule = f"{len(again)} uppgifter står två gånger med olika värden: raderna gäller olika saker. {NOT_READ}"
    return [Problem(Spot(name, again[0].spot.row), "", rule)] if len(again) > 1 else []
