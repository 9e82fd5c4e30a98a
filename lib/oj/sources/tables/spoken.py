"""The texts of a sheet that are about comparing its years: as they stand, or made of a column's heading and its cell.

A note has a mark, as a heading has it that the note is about: in the text, or in the cell before it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from oj.sources.files.cells import Sheet, place_of
from oj.sources.terms.comparable import LIKE, MARK, YEARS, speaks
from oj.sources.terms.words import LONGEST_HEADING, squeezed

MARKED = re.compile(
    r"(?:(\*+|†+|‡+|#+|§+|[¹²³⁰-⁹]+)|(?<=[a-zåäö%)\d\s,])[(\[]?(\d{1,2}|[a-f])[)\]]|\(?\bnot\s*(\d{1,2})\)?"
    r"|(?<=[a-zåäö])(\d))$"
)
LISTED = re.compile(r"(?:(?<!\d)(\d{1,2})|(\*+|†+|[¹²³⁰-⁹]+))?\s*,$")  # before another: 1,2)
FIRST = re.compile(r"^(\*+|†+|‡+|#+|§+|[¹²³⁰-⁹]+)")
RAISED = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
PARTS = re.compile(r"\n(?=\s*(?:\*|†|‡|#|§|[¹²³⁰-⁹]|\[?\d{1,2}\s?[]):]|\d\s))")  # each with a mark of its own
WITH = re.compile(r"\bmed$", re.IGNORECASE)
SINCE = re.compile(
    r"\b(?:från|sedan|före|efter|till)$|\bf(?:r\.?\s?)?o\.?\s?m\.?$|\bt\.?\s?o\.?\s?m\.?$", re.IGNORECASE
)
LEAD = re.compile(r"^\W*([a-zåäö]{0,3}\d[\w.]*?)[.:)]*(?:\s|$)", re.IGNORECASE)
NUMBERED = re.compile(
    r"\b(?:fråg(?:a|an|or|orna)|indikator\w*|nr|nummer)\s+(\d{1,3}[a-z]?(?:\s*(?:,|och|samt|[–-])\s*\d{1,3}[a-z]?)*)"
    r"(?!\s*\d)\b",
    re.IGNORECASE,
)
RANGE = re.compile(r"(\d{1,3})\s*[–-]\s*(\d{1,3})")
NO = re.compile(r"^(?:nej|ej|inte|n)\b[\s,.:–-]*", re.IGNORECASE)
YES = frozenset(("ja", "j", "x"))


@dataclass(frozen=True)
class Spoken:
    """A text about comparing: where it stands, the cell's whole text, the others on the row, and the mark of a note.

    One that is a comment at a cell stands there, beside the cell's own text; the name of a sheet is above it all.
    """

    row: int
    column: int
    text: str
    whole: str
    row_texts: Sequence[str] = ()
    mark: str = ""
    is_comment: bool = False
    is_name: bool = False

    def turned(self) -> "Spoken":
        """Return it where it stands when the sheet's columns are walked as rows."""
        return replace(self, row=self.column + 1, column=self.row - 1)


def mark_of(text: str) -> str:
    """Return the mark that a note begins with, "" where it has none.

    >>> mark_of("* Ny fråga 2022."), mark_of("1) Ändrad 2022."), mark_of("² Ändrad"), mark_of("2022 är ändrat.")
    ('*', '1', '2', '')
    >>> mark_of("Not 1. Ändrad"), mark_of("a) Ändrad")
    ('1', 'a')
    """
    found = MARK.match(text)
    return found[1].casefold().translate(RAISED) if found else ""


def marks_on(text: str) -> set[str]:
    """Return the marks that a heading has before and after its words.

    >>> marks_on("Rutin för våld*"), marks_on("Stöd till barn 2)"), marks_on("2022¹"), marks_on("Rutin")
    ({'*'}, {'2'}, {'1'}, set())
    >>> sorted(marks_on("Stöd 1, 2)")), marks_on("Stöd, not 1"), marks_on("Rutin (Ja=1, Nej=0)"), marks_on("Barn 0–17")
    (['1', '2'], {'1'}, set(), set())
    """
    said, found = " ".join(text.split()), set[str]()
    if before := FIRST.match(said):
        found.add(before[1])
    while own := MARKED.search(said) or (LISTED.search(said) if found else None):
        found |= {one for one in own.groups() if one}
        said = said[: own.start()].rstrip()
    raised = {sign for one in found for sign in one if sign in "¹²³⁰⁴⁵⁶⁷⁸⁹"}  # ¹² may be two
    return {one.casefold().translate(RAISED) for one in found | raised}


def lead_of(text: str) -> str:
    """Return the number or id that a title begins with, "" where it has none or it is a year.

    >>> lead_of("3. Rutin för våld"), lead_of("U33411 Rutin"), lead_of("2"), lead_of("Rutin 2"), lead_of("2022 Rutin")
    ('3', 'u33411', '2', '', '')
    """
    found = LEAD.match(text)
    return found[1].casefold() if found and not YEARS.fullmatch(found[1]) else ""


def numbers_in(text: str) -> set[str]:
    """Return the numbers of the questions that a text is about.

    >>> sorted(numbers_in("Fråga 1 och 3–5 är inte jämförbara.")), numbers_in("Frågan ställdes 2022.")
    (['1', '3', '4', '5'], set())
    """
    told = " ".join(one[1] for one in NUMBERED.finditer(text))
    ranges = {str(at) for first, last in RANGE.findall(told) for at in range(int(first), int(last) + 1)}
    return ranges | {one.casefold() for one in re.findall(r"\d+[a-z]?", told, re.IGNORECASE)}


def spoken_in(sheet: Sheet, columns: Collection[int], *, is_list: bool) -> Iterator[Spoken]:
    """Yield the texts of a sheet that are about comparing, and what stands under a heading that asks it of each.

    Such a heading may stand over some of its `columns`. Where the sheet `is_list`, without results, it is no text of
    its own.
    """
    for row, words in sheet.words.items():
        for at, first in words.items():
            if _goes_on(sheet, row, at):
                continue
            whole = first + "".join(_rest(sheet, row, at))
            said = " ".join(whole.split())
            is_over = at in columns and _is_heading(sheet, row, at, said)
            under = [*_under(sheet, row, at, said)] if is_over else []
            yield from under
            is_head = is_list and is_over and len(sheet.filled[row]) > 1 and any(_below(sheet, row, at))
            for text in PARTS.split(whole) if not under and not is_head else ():
                if speaks(text):
                    own = " ".join(text.split())
                    yield Spoken(row, at, own, whole, sheet.texts[row], mark_of(own) or _mark_before(sheet, row, at))


def beside_cells(sheet: Sheet) -> Iterator[Spoken]:
    """Yield the comments at a sheet's cells that are about comparing."""
    for cell, said in sheet.notes.items():
        if speaks(said) and (place := place_of(cell)):
            row, column = place
            texts = sheet.texts.get(row, ())
            own = texts[column] if column < len(texts) else ""
            yield Spoken(row, column, " ".join(said.split()), own, texts, is_comment=True)


def unread_comments(sheet: Sheet) -> list[str]:
    """Return the cells with a comment that is not read: it is not about comparing years, or its cell is none."""
    return [cell for cell, said in sheet.notes.items() if not (speaks(said) and place_of(cell))]


def named_so(name: str) -> Iterator[Spoken]:
    """Yield the name of a sheet where it is about comparing.

    >>> [one.text for name in ("Resultat 2023", "Ej jämförbar före 2022") for one in named_so(name)]
    ['Ej jämförbar före 2022']
    """
    if speaks(name):
        yield Spoken(0, 0, name, name, is_name=True)


def _goes_on(sheet: Sheet, row: int, at: int) -> bool:
    """Return whether a text that stands alone goes on with the one right above it: a note of several rows."""
    alone = all([*sheet.filled.get(one, ())] == [at] for one in (row, row - 1))
    return alone and at in sheet.words.get(row - 1, {}) and sheet.texts[row][at].lstrip()[:1].islower()


def _rest(sheet: Sheet, row: int, at: int) -> Iterator[str]:
    """Yield what goes on below a text, row by row."""
    while _goes_on(sheet, row := row + 1, at):
        yield f" {sheet.texts[row][at]}"


def _mark_before(sheet: Sheet, row: int, at: int) -> str:
    """Return the mark that stands alone in the cell before a text."""
    before = sheet.texts[row][at - 1] if at else ""
    found = MARK.match(before)
    return mark_of(before) if found and found[0] == before else ""


def _is_heading(sheet: Sheet, row: int, at: int, said: str) -> bool:
    """Return whether a text asks about comparing over its column: the first there, but for titles that stand alone."""
    if len(said) > LONGEST_HEADING or not LIKE["column"].search(said):
        return False
    return not any(at in filled and len(filled) > 1 for above, filled in sheet.filled.items() if above < row)


def _below(sheet: Sheet, head: int, at: int) -> list[str]:
    return [texts[at] for row, texts in sheet.texts.items() if row > head]


def _under(sheet: Sheet, head: int, at: int, text: str) -> Iterator[Spoken]:
    """Yield what is said of each question under a heading such as ”Jämförbar med 2022” or ”Jämförbar från”."""
    for row, texts in sheet.texts.items():
        if row > head and (made := _made(text, texts[at])):
            yield Spoken(row, at, made, texts[at], texts)


def _made(head: str, said: str) -> str:
    """Return what a heading and a cell under it say together, "" where that is nothing or the cell says it all.

    >>> _made("Jämförbar med 2021", "Nej"), _made("Jämförbar med", "2022–2023"), _made("Tidsseriebrott", "2022")
    ('inte Jämförbar med 2021', 'Kan endast jämföras med 2022–2023', 'Tidsseriebrott 2022')
    >>> _made("Jämförbarhet över tid", "Nej, ny 2022"), _made("Jämförbarhet över tid", "2022, 2023")
    ('inte Jämförbarhet över tid, ny 2022', 'Jämförbara år: 2022, 2023')
    """
    is_against, is_years = bool(LIKE["against"].search(head)), bool(YEARS.search(said)) and len(said) <= LONGEST_HEADING
    if found := NO.match(said):
        rest = said[found.end() :]
        own = speaks(said) and "jämför" in rest.casefold()
        return "" if is_against or own else f"inte {head}{', ' if rest else ''}{rest}"
    if squeezed(said) in YES:
        return head if is_against else ""
    if not is_years or "jämför" in said.casefold():
        return ""
    if is_against or SINCE.search(head):
        return f"{head} {said}"
    return f"Kan endast jämföras med {said}" if WITH.search(head) else f"Jämförbara år: {said}"
