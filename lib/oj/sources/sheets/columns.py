"""What each column of a table holds: places, questions, years, groups, results, or what is no result."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from oj.sources.files.cells import DAY, Cell, Sheet, shown
from oj.sources.sheets.model import Block
from oj.sources.sheets.places import Lookup
from oj.sources.tables.seen import Seen
from oj.sources.terms.cells import ANSWERS
from oj.sources.terms.words import ROLES, heading, is_one_of, pattern, plain, squeezed, value_column
from oj.sources.terms.years import group_of, part_of, year_level

MOST_LOOKED_AT = 400  # rows below a heading that tell what its column holds
FIGURE = re.compile(r"[<>~]?\s*[-–−]?\d[\d\s.,]*%?$")
ID = re.compile(r"[A-Z]{0,3}\d+[A-Za-z]?")
COMPARED, UPDATED, ASIDE = map(pattern, ("compared", "updated", "aside"))
VALUES = ("value", "answer")
BESIDE = ("unit", "status", "numerator", "denominator")
MOST_ALIKE = 0.8  # how many of the names of units differ
FEWEST = 2  # blank cells of a column that repeats what stands above


def outlined(sheet: Sheet, block: Block) -> Sheet:
    """Return a table in which what stands once for several rows, as a pivot table has it, stands on each of them.

    It must be a label with another label to the right of it, that is new on each of the rows.
    """
    rows = [row for row in sheet.rows if row > block.last and sheet.filled[row]]
    labels = [at for at in range(block.left, block.right + 1) if _is_label(sheet, block, at)]
    filled = {row: list(cells) for row, cells in sheet.rows.items()}
    own_places = set(block.places.values())
    for at, inner in ((at, inner) for at, inner in itertools.pairwise(labels) if not {at, inner} <= own_places):
        own = [row for row in rows if sheet.texts[row][inner]]
        own = own if inner in own_places else _without_remarks(sheet, own, inner)
        if _is_outline([(sheet.texts[row][at], sheet.texts[row][inner]) for row in own]):
            for above, row in itertools.pairwise(own):
                filled[row][at] = sheet.rows[row][at] if sheet.texts[row][at] else filled[above][at]
    return replace(sheet, rows=filled) if filled != dict(sheet.rows) else sheet


def _without_remarks(sheet: Sheet, rows: Sequence[int], at: int) -> list[int]:
    """Return rows of questions without those of which a text stands alone, where no other row has it."""
    asked = {squeezed(sheet.texts[row][at]) for row in rows if len(sheet.filled[row]) > 1}
    return [row for row in rows if squeezed(sheet.texts[row][at]) in asked]


def _is_label(sheet: Sheet, block: Block, at: int) -> bool:
    """Return whether a column is of places, questions, years or groups by its heading."""
    text = next((told for row in range(block.last, block.first - 1, -1) if (told := _text(sheet, row, at))), "")
    named = any(is_one_of(name, text) for name in ("years", "questions", "genders"))
    return at in block.places.values() or (named and not year_level(text))


def _text(sheet: Sheet, row: int, at: int) -> str:
    return plain(sheet.texts[row][at]) if row in sheet.texts else ""


def _is_outline(pairs: Sequence[tuple[str, str]]) -> bool:
    """Return whether the first of labels stands only where it is new, with others beside it that are new below it."""
    told = [one for one, _other in pairs if one]
    if not pairs or not pairs[0][0] or len(pairs) - len(told) < FEWEST:
        return False
    seen: set[str] = set()
    for one, other in pairs:
        seen = set() if one else seen
        if other in seen:
            return False
        seen.add(other)
    return len(set(told)) == len(told)


def roles_of(seen: Seen, block: Block) -> dict[int, str]:
    """Return what each column of a table that has something in it is: "result" for one of results."""
    own = {at: role for role, at in block.places.items()}
    filled = {at for row in seen.rows for at in seen.filled[row]}
    found: dict[int, str] = {}
    for at in range(block.left, block.right + 1):
        if at in own:
            found[at] = own[at]
        elif seen.heads[at] or at in filled:
            found[at] = _role(seen, at)
    questions = [at for at, role in found.items() if role == "question"]
    areas = [at for at, role in found.items() if role == "again" and is_one_of("question_areas", seen.heads[at][-1])]
    found |= dict.fromkeys(areas if questions else [], "question")
    codes = [at for at in questions if all(map(ID.fullmatch, _below(seen, at)))]
    found |= dict.fromkeys(codes if len(codes) < len(questions) else [], "note")
    if questions:
        return _long_roles(found, seen)
    return {at: "result" if role in VALUES else role for at, role in found.items()}


def _below(seen: Seen, at: int) -> list[str]:
    """Return what stands in a column."""
    return [told for row in list(seen.rows)[:MOST_LOOKED_AT] if (told := seen.texts[row][at])]


def _role(seen: Seen, at: int) -> str:
    """Return what a column is by its headings and what stands below."""
    text, below = plain(seen.heads[at][-1]) if seen.heads[at] else "", _below(seen, at)
    role = ROLES.get(squeezed(text), "")
    is_question = is_one_of("questions", text) or role == "indicator"
    if is_one_of("years", text) or role == "edition" or ((not text or is_question) and _are_years(below)):
        return "period"
    if heading(text) and below and not any(map(is_value, below)):
        return "again"
    if is_question:
        return "question" if any(len(squeezed(one)) > 3 for one in below) else "note"
    is_open = not text or is_one_of("dimensions", text)
    if is_one_of("genders", text) or (is_open and below and all(map(group_of, below))):
        return "group"
    if is_one_of("providers", text):
        return "part"
    return role if role in (*VALUES, *BESIDE) and _fits(role, below) else _by_words(seen.heads[at], below)


def _are_years(below: Sequence[str]) -> bool:
    return bool(below) and all(map(year_level, below))


def _fits(role: str, below: Sequence[str]) -> bool:
    return role != "unit" or not any(map(is_value, below))


def _by_words(levels: Sequence[str], below: Sequence[str]) -> str:
    """Return what a column is whose heading says neither place, year, group nor question."""
    text, is_names = plain(levels[-1]) if levels else "", bool(below) and not any(map(is_value, below))
    if any(COMPARED.search(plain(one)) for one in levels):
        return "compared"
    if below and all(DAY.fullmatch(one) for one in below) and (not text or UPDATED.search(text)):
        return "note"
    if ASIDE.match(text):
        return "note"
    if is_one_of("enheter", text) and is_names:
        return "enhet"
    if is_names and (is_one_of("dimensions", text) or all(map(part_of, below))):
        return "part"
    is_note = not text or is_one_of("says_nothing", text) or UPDATED.search(text)
    return "note" if is_names and is_note else "result"


def is_value(text: str) -> bool:
    """Return whether a text is a figure, an answer or a sign for one that is lacking."""
    return bool(FIGURE.match(text)) or squeezed(text) in ANSWERS or not squeezed(text)


def has_figures(sheet: Sheet, row: int, places: Mapping[str, int]) -> bool:
    """Return whether a row has figures beside its places, and no years or numbers of columns: it is no heading then."""
    own = [at for at in sheet.filled[row] if at not in places.values()]
    told = [one for at in own if isinstance(one := sheet.rows[row][at], float) and not year_level(sheet.texts[row][at])]
    steps = [after - before for before, after in itertools.pairwise(told)]
    return len(told) > 1 and len(told) * 2 > len(own) and not all(0 < step <= 1 for step in steps)


def are_counties(
    sheet: Sheet, spot: tuple[int, int], told: Mapping[int, Sequence[Cell]], kinds: Mapping[int, str], look: Lookup
) -> bool:
    """Return whether a column headed as codes has those of counties; ”Kod” alone must have their names beside it."""
    (row, at), texts = spot, [shown(one) for one in told[spot[1]]]
    own = [one for one in texts if one.isdigit()]  # what else stands there is a note below the table
    if kinds[at] not in ("code", "county") or not all(map(look.names.is_county_code, own)):
        return False
    below = [cells for under, cells in sheet.rows.items() if under > row and shown(cells[at]) in own]
    same = [
        sum(look.place(one[at]) == look.place(one[name]) for one in below) for name in kinds if kinds[name] == "name"
    ]
    return bool(own) and (max(same, default=0) * 2 > len(below) or squeezed(sheet.texts[row][at]) != "kod")


def is_about_place(sheet: Sheet, row: int, columns: Iterable[int], look: Lookup) -> bool:
    """Return whether a row over a heading is about a place: 2023 alone in it is a year, though it is a code too."""
    texts = [sheet.texts[row][at] for at in sheet.filled[row]]
    is_year = len(texts) == 1 and bool(year_level(texts[0]))
    return not is_year and any(look.is_place(sheet.rows[row][at]) for at in columns)


def are_names(seen: Seen, at: int) -> bool:
    """Return whether a column has words that are no values, nearly all of them different."""
    below = _below(seen, at)
    return bool(below) and not any(map(is_value, below)) and len(set(below)) > len(below) * MOST_ALIKE


def _long_roles(roles: Mapping[int, str], seen: Seen) -> dict[int, str]:
    """Return what columns are in a table with a question on each row: its results have no question over them.

    They are those headed as values, or by years or groups; or else the only one that is nothing else, or that is called
    results. Of several it is not known which it is: they are "unread".
    """
    named = [at for at, role in roles.items() if role in VALUES or (role == "result" and _is_bare(seen.heads[at]))]
    others = [at for at, role in roles.items() if role == "result" and at not in named]
    unread = [at for at in others if not named and any(map(is_value, _below(seen, at)))]
    if (value := value_column({at: plain(seen.heads[at][-1]) for at in unread if seen.heads[at]})) is not None:
        named, unread = [value], []
    results = named or (others if len(others) == 1 else [])
    found = {at: "note" if role == "result" else role for at, role in roles.items()}
    return found | dict.fromkeys(unread, "unread") | dict.fromkeys(results, "result")


def _is_bare(levels: Sequence[str]) -> bool:
    """Return whether a column's headings say a year, a group or a kind of provider and nothing more."""
    told = [plain(level) for level in levels]
    return bool(told) and all(year_level(one) or group_of(one) or part_of(one) for one in told)
