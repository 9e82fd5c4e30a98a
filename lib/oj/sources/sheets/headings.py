"""What each column of a table is: of places, a value under its own heading, or what parts or describes the rows."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from oj.sources.files.cells import Sheet, letter
from oj.sources.sheets.columns import VALUES, outlined, roles_of
from oj.sources.sheets.model import Block, Heading, Page
from oj.sources.tables.seen import Head, Seen, see
from oj.sources.terms.comparable import without_remarks
from oj.sources.terms.words import ROLES, is_one_of, pattern, plain, squeezed, unit_told, without_unit
from oj.sources.terms.years import (
    group_in,
    group_of,
    part_of,
    parted,
    several_years,
    within_parentheses,
    without_group,
    year_level,
)
from oj.words.swedish import listing

UNITS = {"percent": "procent", "share": "andel 0-1"}  # as a column of units says it
SURVEY, PLAIN_SHEET = pattern("survey_alone"), pattern("plain_sheet")
TABLE = re.compile(r"^(?:tabell|diagram|figur|bilaga)\s*\d+[a-z]?\s*[.:–-]\s*(?=\D)", re.IGNORECASE)
SAY_NOTHING = ("labels", "kinds_of_answers")
COUNTS = ("numerator", "denominator")


@dataclass(frozen=True)
class Table:
    """A table with what its columns are: `roles` by column ("result" for one of results), and what stands over them."""

    page: Page
    block: Block
    seen: Seen
    roles: Mapping[int, str]
    headings: Mapping[int, Heading]

    def column(self, role: str) -> int | None:
        """Return the first column of a role, None where there is none."""
        return next((at for at, one in self.roles.items() if one == role), None)

    @property
    def merged(self) -> set[tuple[int, int]]:
        """The cells of results that are merged with others: nobody's value."""
        results = set(self.results)
        return {
            (row, at)
            for top, bottom, left, right in self.seen.merged
            for row in range(max(top, self.block.last + 1), bottom + 1)
            for at in range(left, right + 1)
            if at in results and (top, left) != (bottom, right)
        }

    @property
    def results(self) -> list[int]:
        """The columns of results."""
        return [at for at, role in self.roles.items() if role == "result"]

    @property
    def places_told(self) -> str:
        """In which columns the places stand, as what is added to a fault of one; "" where they stand over columns."""
        own = [letter(at) for at in sorted(self.block.places.values())]
        return f" Platsen står i kolumn {listing(own)}." if own and not self.page.is_turned else ""

    def is_of_place(self, row: int) -> bool:
        """Return whether a row is a place's own, with results."""
        texts = self.seen.texts.get(row)
        named = texts is not None and any(len(texts[at]) > 1 for at in self.block.places.values())
        return texts is not None and named and any(texts[at] for at in self.results)

    def counts(self) -> dict[int, Sequence[int] | None]:
        """Return the columns of the numerator and the denominator of each column of results, None where it is unsure.

        They are its own where they stand under the same heading as it alone, or in a table of no other results.
        """
        over = {at: tuple(map(plain, heads[:-1])) for at, heads in enumerate(self.seen.heads)}
        every, found = [at for at, role in self.roles.items() if role in COUNTS], dict[int, Sequence[int] | None]()
        alike = Counter(over[at] for at in self.results)
        for at in self.results:
            near = [one for one in every if over[one] == over[at]]
            is_alone = alike[over[at]] == 1
            found[at] = near if is_alone and len({self.roles[one] for one in near}) == len(near) else None
        loose = {*every}.difference(*(near or () for near in found.values()))
        return {at: near or (None if loose else ()) for at, near in found.items()}


def table_of(page: Page, block: Block) -> Table:
    """Return a table with its texts, its columns' roles and what stands over them."""
    sheet = outlined(_masked(page.sheet, block), block)
    seen = see(sheet, page.name, Head(block.first, block.last, block.places), is_text=False)
    if page.is_turned:
        seen = replace(seen, headlines=[*seen.headlines, *_beside(page, block)])
    roles = roles_of(seen, block)
    roles = _without_notes(roles, seen, block) if page.is_turned else roles
    long = "question" in roles.values()
    headings = {at: heading_of(seen.heads[at]) for at, role in roles.items() if role == "result"}
    headings = {at: _of_values(one) for at, one in headings.items()} if long else headings
    headings = _by_group(_by_measured_year(headings))
    return Table(page, block, seen, roles, headings)


def _of_values(over: Heading) -> Heading:
    """Return what stands over values of questions on the rows: no words of a question, but maybe their unit."""
    said = UNITS.get(unit_told(over.title, []), "") or next(
        (one for one in over.words if is_one_of("counted", one)), ""
    )
    return replace(over, words=(), unit=over.unit or said.casefold())


def _beside(page: Page, block: Block) -> list[tuple[str, str]]:
    """Return the titles of a table whose places stand across: what stands above them in the file."""
    first = min(block.places.values())
    texts = page.sheet.words
    own = [(row, at) for row in texts if block.first <= row <= block.last for at in texts[row] if at < first]
    return [(f"{page.name} rad {at + 1}", plain(texts[row][at])) for row, at in own]


def _without_notes(roles: Mapping[int, str], seen: Seen, block: Block) -> dict[int, str]:
    """Return the roles of columns without those that are titles above, or notes below, the table in the file."""
    first = min(block.places.values())
    filled = {at for row in seen.rows for at in seen.filled[row]}
    signs = {at for at in roles if seen.heads[at] and len(squeezed(seen.heads[at][-1])) <= 1}  # of an explanation
    roles = {at: "note" if at in signs and role == "result" else role for at, role in roles.items()}
    empty = [at for at, role in roles.items() if role == "result" and at not in filled]
    roles = {**roles, **dict.fromkeys(empty, "section")}
    last = max((at for at, role in roles.items() if role == "result" and at in filled), default=-1)
    return {at: role for at, role in roles.items() if first <= at <= last or role != "result"}


def _masked(sheet: Sheet, block: Block) -> Sheet:
    """Return a sheet with nothing but a table's rows and columns, and the texts above it."""
    inside = range(block.left, block.right + 1)
    rows = {
        row: [cell if at in inside else None for at, cell in enumerate(cells)]
        for row, cells in sheet.rows.items()
        if block.above <= row <= block.bottom
    }
    merged = tuple(one for one in sheet.merged if block.above <= one[0] <= block.bottom and one[2] in inside)
    return replace(sheet, rows=rows, merged=merged, least=sheet.width)


def _by_measured_year(headings: Mapping[int, Heading]) -> dict[int, Heading]:
    """Return headings with the year within parentheses as theirs, where the same question has several such years."""
    told = {at: within_parentheses(one.words[-1]) for at, one in headings.items() if one.words and not one.period}
    stems: dict[tuple[str, ...], set[str]] = {}
    for at, (stem, year) in told.items():
        stems.setdefault((*headings[at].words[:-1], stem), set()).add(year)
    found = dict(headings)
    for at, (stem, year) in told.items():
        own = (*headings[at].words[:-1], stem)
        if year and len(stems[own]) > 1:
            found[at] = replace(headings[at], words=own, period=year)
    return found


def _by_group(headings: Mapping[int, Heading]) -> dict[int, Heading]:
    """Return headings with the group that they end with as theirs, where the same question has women and men.

    Without a sign before the group they may be two questions, of women and of men, unless there is one of all too.
    """
    told = {at: without_group(one.words[-1]) for at, one in headings.items() if one.words and not one.group}
    stems: dict[tuple[str, ...], set[str]] = {}
    for at, (stem, group, _is_apart) in told.items():
        stems.setdefault((*headings[at].words[:-1], stem), set()).add(group)
    found = dict(headings)
    for at, (stem, group, is_apart) in told.items():
        own = (*headings[at].words[:-1], stem)
        if group and {"women", "men", *([] if is_apart else ["total"])} <= stems[own]:
            found[at] = replace(headings[at], words=own, group=group)
    return found


def heading_of(levels: Sequence[str]) -> Heading:
    """Return what a column's headings say: the words of the question, a year, a group, a kind of provider.

    >>> heading_of(["Trygghet", "Aktuell rutin, 2019", "Flickor"])
    Heading(words=('Trygghet', 'Aktuell rutin'), period='2019', group='women', several='', unit='', part='')
    >>> heading_of(["Aktuell rutin", "Ej jämförbart före 2022", "2023"]).words
    ('Aktuell rutin',)
    """
    own = [one for one in levels if without_remarks(one)]  # what is said of comparing is no name, where there is one
    return found if (found := _heading_of(own)).words else _heading_of(levels)


def _heading_of(levels: Sequence[str]) -> Heading:
    found = Heading()
    for level in map(plain, levels):
        if not without_unit(level):
            found = replace(found, unit=UNITS.get(unit_told(level, []), found.unit))
            continue
        if year := year_level(level):
            found = replace(found, period=found.period or year)
        elif several := several_years(level):
            found = replace(found, several=several)
        elif group := group_of(level):
            found = replace(found, group=group)
        elif part := part_of(level):
            found = replace(found, part=part)
        elif ROLES.get(squeezed(level)) not in VALUES and not any(is_one_of(one, level) for one in SAY_NOTHING):
            words, year = parted(level)
            own = (*found.words, words) if words not in found.words else found.words
            found = replace(found, words=own, period=found.period or year)
    return found


def column_titles(table: Table) -> Mapping[int, Heading]:
    """Return what stands over each column, from the table's own title where the column says no question of its own."""
    above = [plain(text) for _where, text in table.seen.headlines]
    every = [one for one in reversed(above) if _is_title(one)]
    sheet = [plain(table.page.name)] if PLAIN_SHEET.match(plain(table.page.name)) else []
    own = [one for one in every if not SURVEY.match(one) and one not in sheet and without_remarks(one)]
    title = parted(TABLE.sub("", next(iter([*own, *every]), "")))[0]
    long = table.column("question") is not None or any(over.words for over in table.headings.values())
    group = next((one for text in above if (one := group_in(text))), "")
    found = {}
    for at, over in table.headings.items():
        named = over if over.words or long else replace(over, words=(title,) if title else ())
        found[at] = replace(named, group=named.group or group)
    return found


def _is_title(text: str) -> bool:
    return len(squeezed(text)) > len("ÖJ1") and not year_level(text) and not is_one_of("labels", text)
