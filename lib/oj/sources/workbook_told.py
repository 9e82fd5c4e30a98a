"""A problem as it is told: where it stands and which rule it breaks, never what somebody wrote.

What stands in the cell of an answer may be a name, a telephone number or a case. It is told only where it can be
nothing of the kind: short figures, a sign, an answer, or a word that is one letter from an answer.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice

from oj.errors import Fault, UserError
from oj.sources.imported import LeftOut
from oj.sources.workbook_cells import ANSWERS, SIGNS
from oj.sources.workbook_model import Facts, Problem, TooManyError
from oj.sources.workbook_open import Book, letter
from oj.sources.workbook_words import squeezed
from oj.swedish import number
from oj.vocabulary import STATUSES

FORMULA = re.compile(r"#[A-ZÅÄÖ0-9/!?]{1,10}|=[A-Z]{0,2}\d{1,4}(?:[-+*/][A-Z]{0,2}\d{1,4})?")
DAY = re.compile(
    r"(?:18|19|20)\d\d-\d\d-\d\d(?: \d\d:\d\d)?|\d{1,2}-(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
)
WORDS = frozenset(
    map(squeezed, [*ANSWERS, *SIGNS, *STATUSES, *(one.sign for one in STATUSES.values()), "Sant", "Falskt"])
)
LONG = 6  # letters of a word that a slip of one is seen in: shorter ones are names as well
ALIKE = 0.85
MOST_DIGITS = 8
LONGEST = 20
MOST_KINDS = 10


def is_harmless(text: str) -> bool:
    """Return whether what stands in a cell can be nobody's: short figures, a sign, or almost an answer.

    >>> is_harmless("101 %"), is_harmless("Delvist"), is_harmless("Jan"), is_harmless("070-000 00 00")
    (True, True, False, False)
    """
    text = text.strip()
    key = squeezed(text)
    if (
        not re.search(r"\w", text)
        or key in WORDS
        or _is_figures(text)
        or DAY.fullmatch(text)
        or FORMULA.fullmatch(text)
    ):
        return len(text) <= LONGEST
    return len(key) >= LONG and text.count(" ") <= 1 and bool(get_close_matches(key, WORDS, 1, ALIKE))


def _is_figures(text: str) -> bool:
    """Return whether a text is figures: too few for a telephone or a person's number, and letters but for a unit."""
    digits, letters = sum(one.isdigit() for one in text), sum(one.isalpha() for one in text)
    number = re.search(r"^0\d|\d{6}", text)  # as a telephone's or a person's begins
    return 1 <= digits <= MOST_DIGITS and letters <= len("kr") and not number


def without_words(one: Problem) -> Problem:
    """Return a problem of an answer's cell without what somebody wrote in it."""
    if not (one.indicator and one.place) or is_harmless(one.value):
        return one
    return replace(one, value="", rule=f"cellens text {one.rule}", detail="")


def fault_of(one: Problem, book: Book, facts: Facts) -> Fault:
    """Return a problem as it is told: with its sheet and cell, or its row in a text file."""
    one, about = without_words(one), _about(one, facts)
    rule = f"{one.rule}{one.detail} ({about})" if about else f"{one.rule}{one.detail}"
    item = facts.indicators.get(one.indicator)
    kind = f"{one.rule} ({item.title})" if item else one.rule
    if book.is_text:
        field = "" if one.spot.column is None else f"fält {one.spot.column + 1}"
        return Fault(book.file, one.spot.row, field, one.value, rule, kind)
    column = "" if one.spot.column is None else letter(one.spot.column)
    return Fault(book.file, None, f"{one.spot.sheet} {column or 'rad '}{one.spot.row}", one.value, rule, kind)


@contextmanager
def few_enough(book: Book, facts: Facts) -> Iterator[None]:
    """Tell of a file with more that is wrong than is collected: the first of each kind, at most a page."""
    try:
        yield
    except TooManyError as error:
        count = Counter(one.rule for one in error.problems)
        first = {one.rule: one for one in reversed(error.problems)}
        lines = [
            f"  {fault_of(first[rule], book, facts)}{f' ({number(many)} sådana)' if many > 1 else ''}"
            for rule, many in islice(count.items(), MOST_KINDS)
        ]
        rest = [f"  … och {number(len(count) - MOST_KINDS)} slag till"] if len(count) > MOST_KINDS else []
        told = f"{book.file} har fler än {number(error.most)} fel, och läsningen slutade där. De första av varje slag:"
        raise UserError("\n".join([told, *lines, *rest])) from error


def _about(one: Problem, facts: Facts) -> str:
    item = facts.indicators.get(one.indicator)
    place = facts.names.places.get(one.place)
    return ", ".join(text for text in (item.title if item else "", place.name if place else "") if text)


def left_out_of(one: Problem, book: Book, facts: Facts) -> LeftOut:
    """Return a problem as the method chapter tells it; a protected indicator's value is not told."""
    one, item = without_words(one), facts.indicators.get(one.indicator)
    column = "" if one.spot.column is None else letter(one.spot.column)
    where = f"{book.file} rad {one.spot.row}" if book.is_text else f"{one.spot.sheet}!{column or 'rad '}{one.spot.row}"
    return LeftOut(where, _about(one, facts), "" if item and item.protected else one.value, one.rule)
