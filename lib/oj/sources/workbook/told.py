"""A problem as it is told: where it stands and which rule it breaks, never what somebody wrote.

What stands in the cell of an answer may be a name, a telephone number or a case. It is told only where it can be
nothing of the kind, see `oj.sources.terms.harmless`.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice

from oj.sources.files.cells import letter
from oj.sources.files.sheet import Book
from oj.sources.imported import LeftOut
from oj.sources.tables.model import Facts, Problem, TooManyError
from oj.sources.terms.harmless import is_harmless
from oj.words.errors import Fault, UserError
from oj.words.swedish import number

MOST_KINDS = 10


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
