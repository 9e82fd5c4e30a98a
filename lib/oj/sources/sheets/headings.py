"""What each column of a table is: of places, a value under its own heading, or what parts or describes the rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from oj.sources.files.cells import Sheet
from oj.sources.sheets.model import Block, Heading, Page
from oj.sources.tables.seen import ROLES, Head, Seen, see
from oj.sources.terms.cells import ANSWERS
from oj.sources.terms.words import heading, is_one_of, plain, squeezed, without_unit
from oj.sources.terms.years import group_of, part_of, parted, within_parentheses, year_level

MOST_LOOKED_AT = 400  # rows below a heading that tell what its column holds
FIGURE = re.compile(r"[<>~]?\s*[-–−]?\d[\d\s.,]*%?$")
VALUES = ("value", "answer")
BESIDE = ("unit", "status", "numerator", "denominator")


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


def table_of(page: Page, block: Block) -> Table:
    """Return a table with its texts, its columns' roles and what stands over them."""
    sheet = _masked(page.sheet, block)
    seen = see(sheet, page.name, Head(block.first, block.last, block.places), is_text=False)
    if page.is_turned:
        seen = replace(seen, headlines=[*seen.headlines, *_beside(page, block)])
    roles = _roles(seen, block)
    roles = _without_notes(roles, seen, block) if page.is_turned else roles
    if "question" in roles.values():
        roles = _long_roles(roles, seen)
    long = "question" in roles.values()
    headings = {at: heading_of(seen.heads[at]) for at, role in roles.items() if role == "result"}
    headings = {at: replace(one, words=()) for at, one in headings.items()} if long else headings
    headings = _by_measured_year(headings)
    return Table(page, block, seen, roles, headings)


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


def _roles(seen: Seen, block: Block) -> dict[int, str]:
    """Return what each column of a table that has something in it is."""
    own = {at: role for role, at in block.places.items()}
    filled = {at for row in seen.rows for at in seen.filled[row]}
    found: dict[int, str] = {}
    for at in range(block.left, block.right + 1):
        if at in own:
            found[at] = own[at]
        elif seen.heads[at] or at in filled:
            found[at] = _role(seen, at)
    return found


def _role(seen: Seen, at: int) -> str:
    """Return what a column is by its headings and what stands below."""
    text = plain(seen.heads[at][-1]) if seen.heads[at] else ""
    below = [told for row in list(seen.rows)[:MOST_LOOKED_AT] if (told := seen.texts[row][at])]
    role = ROLES.get(squeezed(text), "")
    if heading(text) and below and not any(map(_is_value, below)):
        return "again"
    if is_one_of("years", text) or role == "edition":
        return "period"
    if is_one_of("questions", text) or role == "indicator":
        return "question" if any(len(squeezed(one)) > 3 for one in below) else "note"
    if is_one_of("genders", text) or (is_one_of("dimensions", text) and below and all(map(group_of, below))):
        return "group"
    if is_one_of("providers", text):
        return "part"
    return role if role in (*VALUES, *BESIDE) and _fits(role, below) else _by_words(text, below)


def _fits(role: str, below: Sequence[str]) -> bool:
    return role != "unit" or not any(map(_is_value, below))


def _by_words(text: str, below: Sequence[str]) -> str:
    """Return what a column is whose heading says neither place, year, group nor question."""
    is_names = bool(below) and not any(map(_is_value, below))
    if is_one_of("enheter", text) and is_names:
        return "enhet"
    if is_names and (is_one_of("dimensions", text) or all(map(part_of, below))):
        return "part"
    return "note" if is_names and is_one_of("says_nothing", text) else "result"


def _is_value(text: str) -> bool:
    """Return whether a text is a figure, an answer or a sign for one that is lacking."""
    return bool(FIGURE.match(text)) or squeezed(text) in ANSWERS or not squeezed(text)


def _long_roles(roles: Mapping[int, str], seen: Seen) -> dict[int, str]:
    """Return what columns are in a table with a question on each row: its results have no question over them.

    They are those headed as values, or by years or groups; or else the only one that is nothing else.
    """
    named = [at for at, role in roles.items() if role in VALUES or (role == "result" and _is_bare(seen.heads[at]))]
    others = [at for at, role in roles.items() if role == "result" and at not in named]
    results = named or (others if len(others) == 1 else [])
    found = {at: "note" if role == "result" else role for at, role in roles.items()}
    return found | dict.fromkeys(results, "result")


def _is_bare(levels: Sequence[str]) -> bool:
    """Return whether a column's headings say a year, a group or a kind of provider and nothing more."""
    told = [plain(level) for level in levels]
    return bool(told) and all(year_level(one) or group_of(one) or part_of(one) for one in told)


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


def heading_of(levels: Sequence[str]) -> Heading:
    """Return what a column's headings say: the words of the question, a year, a group, a kind of provider.

    >>> heading_of(["Trygghet", "Aktuell rutin, 2019", "Flickor"])
    Heading(words=('Trygghet', 'Aktuell rutin'), period='2019', group='women', part='')
    """
    found = Heading()
    for level in map(plain, levels):
        if not without_unit(level):
            continue
        if year := year_level(level):
            found = replace(found, period=found.period or year)
        elif group := group_of(level):
            found = replace(found, group=group)
        elif part := part_of(level):
            found = replace(found, part=part)
        elif ROLES.get(squeezed(level)) not in VALUES:
            words, year = parted(level)
            own = (*found.words, words) if words not in found.words else found.words
            found = replace(found, words=own, period=found.period or year)
    return found
