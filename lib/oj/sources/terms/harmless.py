"""Whether what somebody wrote in a cell may be told: it may be a name, a telephone number or a case.

It is told only where it can be nothing of the kind: short figures, a sign, an answer, or a word that is one letter from
an answer.
"""

import re
from collections.abc import Collection
from difflib import get_close_matches

from oj.sources.files.cells import CellError
from oj.sources.terms.words import WORDS, squeezed
from oj.words.errors import Fault
from oj.words.faults import HINT
from oj.words.vocabulary import ANSWER_WORDS, STATUSES

FORMULA = re.compile(r"#[A-ZÅÄÖ0-9/!?]{1,10}|=[A-Z]{0,2}\d{1,4}(?:[-+*/][A-Z]{0,2}\d{1,4})?")
DAY = re.compile(
    r"(?:18|19|20)\d\d-\d\d-\d\d(?: \d\d:\d\d)?|\d{1,2}-(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
)
SIGNS = [*WORDS["signs"], *STATUSES, *(one.sign for one in STATUSES.values())]
KNOWN = frozenset(map(squeezed, [*ANSWER_WORDS, *ANSWER_WORDS.values(), *SIGNS, "Sant", "Falskt", "Vet ej"]))
LONG = 6  # letters of a word that a slip of one is seen in: shorter ones are names as well
ALIKE = 0.85
MOST_DIGITS = 8
LONGEST = 20


def is_harmless(text: str, also: Collection[str] = ()) -> bool:
    """Return whether a cell's text can be nobody's: short figures, a sign, or almost an answer or one of `also`."""
    text = text.strip()
    key, words = squeezed(text), KNOWN.union(map(squeezed, also))
    is_sign = not re.search(r"\w", text) or key in words
    if is_sign or _is_figures(text) or DAY.fullmatch(text) or FORMULA.fullmatch(text):
        return len(text) <= LONGEST
    return len(key) >= LONG and text.count(" ") <= 1 and bool(get_close_matches(key, words, 1, ALIKE))


def _is_figures(text: str) -> bool:
    """Return whether a text is figures: too few for a telephone or a person's number, and letters but for a unit."""
    digits, letters = sum(one.isdigit() for one in text), sum(one.isalpha() for one in text)
    number = re.search(r"^0\d|\d{6}", text)  # as a telephone's or a person's begins
    return 1 <= digits <= MOST_DIGITS and letters <= len("kr") and not number


def told_of_cell(error: CellError, file: str, where: str, *, is_name: bool = False) -> Fault:
    """Return a cell's fault without what somebody wrote in it; a name of a place or of a question is told."""
    near = HINT.findall(error.rule)
    if not error.value or is_name or is_harmless(error.value, near):
        return error.told(file, where)
    return Fault(file, None, where, "", f"cellens text {error.rule}")
