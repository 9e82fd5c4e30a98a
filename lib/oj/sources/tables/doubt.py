"""What makes a whole sheet doubtful: two tables on it, figures of only a part, another year, survey or kind of place.

A sheet in doubt is refused whole, also where the rest is accepted and whatever its layout says: a figure in the wrong
place or of another thing looks as right as any.
"""

import re
from collections.abc import Iterator, Mapping

from oj.facts.places import Place, is_district
from oj.sources.files.cells import index, is_empty, shown
from oj.sources.files.sheet import Sheet
from oj.sources.tables.find import heads_of, says_no_more
from oj.sources.tables.head import is_place_heading
from oj.sources.tables.layout import Table
from oj.sources.tables.long_doubt import WHICH_SURVEY, only_names, title_doubt
from oj.sources.tables.model import Facts, Problem, Spot, TableRead
from oj.sources.terms.cells import has_names
from oj.sources.terms.edition import headlines_of
from oj.sources.terms.match import ALONE, match
from oj.sources.terms.part import headline_years, is_area_heading, is_dimension, is_year_heading, part, years
from oj.sources.terms.places import CODE
from oj.sources.terms.words import is_code_heading, is_heading, plain, squeezed

DIGITS = re.compile(r"\d{1,4}")
TABLE = re.compile(
    r"^(?:tabell|diagram|figur)\s*\w*\d|^(?:andel\w*|antal\w*|kostnad\w*|procent|familjehem\w*|barn|ungdom\w*)\b",
    re.IGNORECASE,
)
ONLY = re.compile(r"\b(?:avser|gäller|omfattar|endast|bara|enbart)\b", re.IGNORECASE)
NOT_READ = "Bladet läses inte"
ONE_TABLE = f"Ett blad ska ha en tabell: lägg dem på var sitt blad, och läs in igen. {NOT_READ}"
MOST_TEXT = 60  # signs of a cell that may part the rows
Rows = Mapping[int, Place]


def sheet_doubts(sheet: Sheet, table: Table, rows: Rows, read: TableRead, facts: Facts) -> list[Problem]:
    """Return why a sheet cannot be read at all: the first reason of each kind."""
    kinds = (
        _titles(sheet, table, facts), _areas(sheet, table), _second_heading(sheet, table), _codes(sheet, table, facts),
        _other_places(sheet, table, rows, facts), _between(sheet, table, rows, facts),
        _parts(sheet, table, rows, facts), _split_numbers(sheet, table, rows, facts),
        _same_places(sheet, table, rows, read.kinds["disagree"]),
    )  # fmt: skip
    rule = "hoppas över enligt layouten, men är en kommun. Har filen ändrats? Ta bort skip_rows ur layouten"
    skipped = [Problem(Spot(table.sheet, row), place.name, rule) for row, place in read.skipped]
    found = [*skipped, *(next(kind, None) for kind in kinds)]
    return [one for one in found if one is not None] or list(_only_names(sheet, table, facts))


def _titles(sheet: Sheet, table: Table, facts: Facts) -> Iterator[Problem]:
    texts = list(headlines_of(table.sheet, sheet, table.header[0], is_text=facts.is_text))
    if found := title_doubt(texts, facts):
        yield Problem(Spot(table.sheet, min(sheet.rows)), *found)


def _only_names(sheet: Sheet, table: Table, facts: Facts) -> Iterator[Problem]:
    """Yield that a sheet has only short names that other surveys have as well, and does not say which it is of."""
    columns = {one.column: heads_of(sheet, table, index(one.column)) for one in table.columns}
    read = {one.column: columns[one.column] for one in table.columns if one.indicator in facts.indicators}
    above = [text for _where, text in headlines_of(table.sheet, sheet, table.header[0])]
    if read and only_names(list(read.values()), above, facts):
        column = next(iter(read))
        yield Problem(Spot(table.sheet, table.header[1], index(column)), " | ".join(read[column]), WHICH_SURVEY)


def _heads(sheet: Sheet, table: Table) -> Iterator[tuple[int, int, str]]:
    for row in range(table.header[0], table.header[1] + 1):
        for at, one in enumerate(sheet.rows.get(row, [])):
            if not is_empty(one):
                yield row, at, plain(shown(one))


def _areas(sheet: Sheet, table: Table) -> Iterator[Problem]:
    for row, at, text in _heads(sheet, table):
        if is_area_heading(text):
            rule = f"säger att raderna gäller andra områden än kommuner och län. {NOT_READ}"
            yield Problem(Spot(table.sheet, row, at), text, rule)


def repeats_heading(sheet: Sheet, table: Table, row: int) -> bool:
    """Return whether a row is one of the heading's rows again, as at the top of a printed page."""
    own = sheet.rows[row]
    heads = (sheet.rows.get(at, []) for at in range(table.header[0], table.header[1] + 1))
    return any(
        len(head) == len(own)
        and all(squeezed(plain(shown(one))) == squeezed(plain(shown(two))) for one, two in zip(own, head, strict=True))
        for head in heads
    )


def _second_heading(sheet: Sheet, table: Table) -> Iterator[Problem]:
    for row in (at for at in sheet.rows if at > table.header[1]):
        heading = next((at for at, one in enumerate(sheet.rows[row]) if is_heading(one)), None)
        if heading is not None and not repeats_heading(sheet, table, row):
            rule = f"är en andra rubrik: raderna under den är en annan tabell. {ONE_TABLE}"
            yield Problem(Spot(table.sheet, row, heading), shown(sheet.rows[row][heading]), rule)


def _codes(sheet: Sheet, table: Table, facts: Facts) -> Iterator[Problem]:
    """Yield that codes of two figures, without names or counties, are half of the municipalities' codes."""
    if not table.code or table.name:
        return
    at = index(table.code)
    heads = [text for _row, column, text in _heads(sheet, table) if column == at]
    texts = [shown(one) for row in sheet.rows if row > table.header[1] and not is_empty(one := sheet.cell(row, at))]
    counties = index(table.county) if table.county else None
    beside = [sheet.cell(row, counties) for row in sheet.rows if row > table.header[1]]
    split = any(facts.names.county(shown(one)) for one in beside if not is_empty(one))
    short = [text for text in texts if re.fullmatch(r"\d{1,2}", text)]
    if len(short) == len(texts) > 0 and not split and any(squeezed(text).startswith("k") for text in heads):
        rule = f"har bara två siffror: en kommunkod har fyra, och länets kod saknas. {NOT_READ}"
        yield Problem(Spot(table.sheet, table.header[1] + 1, at), texts[0], rule)


def _others(sheet: Sheet, table: Table, facts: Facts) -> Iterator[tuple[int, list[str]]]:
    """Yield every column that is neither a place's nor an indicator's, with its headings."""
    used = {index(one) for one in (table.code, table.name, table.county) if one}
    used |= {index(one.column) for one in table.columns if one.indicator in facts.indicators}
    for at in range(sheet.width):
        if at not in used:
            yield at, heads_of(sheet, table, at)


def _other_places(sheet: Sheet, table: Table, rows: Rows, facts: Facts) -> Iterator[Problem]:
    """Yield that another column has other places than the rows: two tables beside each other."""
    for at, told in _others(sheet, table, facts):
        coded = any(is_code_heading(level) for level in told)
        for row, place in rows.items():
            text = shown(one) if isinstance(one := sheet.cell(row, at), str) or coded else ""
            other = facts.names.named(text) if text else None
            if coded and (found := CODE.fullmatch(text)):
                other = facts.names.places.get(found[1].zfill(4))
            if other and not _same(other, place, text, facts):
                rule = f"står på raden för {place.name}: bladet har två tabeller bredvid varandra. {ONE_TABLE}"
                yield Problem(Spot(table.sheet, row, at), text, rule)


def _same(other: Place, place: Place, text: str, facts: Facts) -> bool:
    county = facts.names.county(text)
    if other.code in (place.code, place.county) or (county and county.code in (place.code, place.county)):
        return True
    return is_district(place.code) and place.code.startswith(other.code)


def _between(sheet: Sheet, table: Table, rows: Rows, facts: Facts) -> Iterator[Problem]:
    """Yield a text among the rows that says that those below it are of something else."""
    last = max(rows, default=0)
    for row in (at for at in sheet.rows if at > last):
        for at, one in enumerate(sheet.rows[row]):
            if of := _only(shown(one), facts):
                rule = f"säger att siffrorna gäller något annat ({of}). {NOT_READ}"
                yield Problem(Spot(table.sheet, row, at), shown(one)[:MOST_TEXT], rule)
    for row in (at for at in sheet.rows if table.header[1] < at < last and at not in rows):
        if repeats_heading(sheet, table, row) or any(is_place_heading(one) for one in sheet.rows[row]):
            continue
        for at, one in enumerate(sheet.rows[row]):
            if said_text := _another(shown(one), facts):
                rule = "står mellan raderna: det som är under den gäller något annat. " + ONE_TABLE
                yield Problem(Spot(table.sheet, row, at), said_text, rule)


def _only(text: str, facts: Facts) -> str:
    """Return the part or the other year that a note below a table says that its figures are of, "" where it does not.

    A text that only mentions girls and boys says nothing: it says what the figures are of, or is a word and no more.
    """
    of = part(text, [item.title for item in facts.indicators.values()])
    if ONLY.search(text):
        others = [year for year in headline_years(text, facts.edition) if int(year) > int(facts.edition)]
        return of or next(iter(others), "")
    return of if squeezed(text) == squeezed(of) else ""


def _another(text: str, facts: Facts) -> str:
    """Return a text that is the title of another table, a part or another year; else ""."""
    if not re.search(r"[^\W\d]", text):
        return text if text != facts.edition and years(text) == [text] else ""
    if len(text) > 3 and match([text], [], facts.known).by in ("id", "titel", "kort namn", ALONE):
        return text
    is_year = len(text) <= MOST_TEXT and set(years(text)) - {facts.edition}
    return text if part(text) or TABLE.match(text) or is_year else ""


def _parts(sheet: Sheet, table: Table, rows: Rows, facts: Facts) -> Iterator[Problem]:
    """Yield a column that parts the rows by sex, age, year or kind, and is not said to be of all."""
    titled = {index(one.column): one for one in table.columns if one.indicator in facts.indicators}
    for at, told in [
        *_others(sheet, table, facts),
        *((at, heads_of(sheet, table, at)) for at in titled),
    ]:
        cells = [(row, sheet.cell(row, at)) for row in rows]
        heading = any(is_dimension(level) or is_year_heading(level) for level in told)
        if at in titled and not (
            heading and has_names([one for _row, one in cells], facts.indicators[titled[at].indicator])
        ):
            continue
        if heading and not says_no_more(told, [one for _row, one in cells], facts.edition):
            row = next((row for row, one in cells if not is_empty(one)), 0)
            if row:
                rule = f"det som står under ”{told[-1]}” delar upp raderna, eller säger något annat. {NOT_READ}"
                yield Problem(Spot(table.sheet, row, at), "", rule)
        for row, one in cells if not heading else ():
            if isinstance(one, str) and len(one) < MOST_TEXT and (found := part(one)):
                rule = f"säger att raden bara gäller en del ({found}). {NOT_READ}"
                yield Problem(Spot(table.sheet, row, at), found, rule)


def _split_numbers(sheet: Sheet, table: Table, rows: Rows, facts: Facts) -> Iterator[Problem]:
    """Yield figures without a heading beside a column that is read: decimals that were parted from their number."""
    for at, told in _others(sheet, table, facts):
        before = next((one for one in table.columns if index(one.column) == at - 1), None)
        if told or not (facts.is_text or (before and before.indicator in facts.indicators)):
            continue
        for row in rows:
            text = shown(sheet.cell(row, at))
            if DIGITS.fullmatch(text):
                rule = (
                    "är siffror utan rubrik: decimaler som skilts från sitt tal av ett kommatecken? "
                    "Spara om filen med semikolon, eller som Excel. Inget ur den läses"
                )
                yield Problem(Spot(table.sheet, row, at), text, rule)


def _same_places(sheet: Sheet, table: Table, rows: Rows, disagreeing: int) -> Iterator[Problem]:
    """Yield that several places stand twice with other values, or that codes and names disagree in several rows."""
    read = [index(one.column) for one in table.columns]
    first: dict[str, int] = {}
    again = []
    for row, place in rows.items():
        earlier = first.setdefault(place.code, row)
        if any(sheet.cell(row, at) != sheet.cell(earlier, at) for at in read):
            again.append(row)
    if len(again) > 1:
        rule = f"står igen, som {len(again) - 1} till, med andra värden: raderna gäller olika saker. {ONE_TABLE}"
        yield Problem(Spot(table.sheet, again[0]), rows[again[0]].name, rule)
    if disagreeing > 1:
        rule = f"rader har en kod och ett namn som inte hör ihop: de kan vara sorterade var för sig. {NOT_READ}"
        yield Problem(Spot(table.sheet, table.header[1] + 1), str(disagreeing), rule)
