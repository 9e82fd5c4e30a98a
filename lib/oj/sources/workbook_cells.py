"""One cell of a table to what it says: an answer, a number, or why there is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from oj.catalog import Indicator
from oj.errors import nearest
from oj.sources.survey_answers import CellError, is_empty, shown
from oj.sources.xlsx import Cell, Unreadable
from oj.vocabulary import ANSWER_WORDS, STATUSES

Unit = Literal["", "percent", "share", "number"]
NUMBER = re.compile(r"([-−+]?\d+(?:[.,]\d+)?)(%|procent)?")
SIGNS = {
    "x": "suppressed", "..": "suppressed", "-": "missing", ".": "not_applicable", "x(1-3)": "secret",
    "x(<20)": "small_base", "x(skydd)": "secondary", "bortfall": "missing", "ejaktuellt": "not_applicable",
    "redovisasej": "withheld",
}  # fmt: skip
ANSWERS = {word.casefold(): code for code, word in ANSWER_WORDS.items()} | {code: code for code in ANSWER_WORDS}
TOLD_SIGNS = "x, x (1–3), x (<20), bortfall, ej aktuellt, redovisas ej, ”..”, ”.” eller ”-”"


@dataclass(frozen=True)
class Said:
    """What a cell says: an answer, a number (and whether it has a percent sign), or a status other than observed."""

    answer: str = ""
    number: Decimal | None = None
    has_sign: bool = False
    status: str = "observed"


def said(cell: Cell, indicator: Indicator, *, answers: bool) -> Said | None:
    """Return what a cell says, None for an empty one; raise CellError, with what is allowed, for anything else.

    >>> from oj.catalog import indicators
    >>> said("59,0 %", indicators()["andel-barn"], answers=False)
    Said(answer='', number=Decimal('59.0'), has_sign=True, status='observed')
    """
    if isinstance(cell, Unreadable):
        raise CellError(cell.shown, cell.rule)
    if is_empty(cell):
        return None
    text = re.sub(r"\s", "", shown(cell)).casefold().replace("–", "-").replace("−", "-")
    if text in SIGNS:
        return Said(status=SIGNS[text])
    if not isinstance(cell, bool):
        if text in ANSWERS:
            return Said(answer=ANSWERS[text])
        if found := NUMBER.fullmatch(text):
            exact = repr(cell) if isinstance(cell, float) else found[1].replace(",", ".")
            return Said(number=Decimal(exact), has_sign=bool(found[2]))
    raise CellError(shown(cell), allowed(indicator, answers=answers) + _guess(shown(cell), indicator, answers))


def allowed(indicator: Indicator, *, answers: bool) -> str:
    """Return what a cell may say, as the rule that one that says something else breaks."""
    if answers:
        words = "Ja, Delvis, Nej" if indicator.scale == "yes-partly-no" else "Ja, Nej"
        return f"ska vara {words} eller ett av tecknen {TOLD_SIGNS}."
    kinds = {"hours-per-week": "timmar i veckan", "ratio": "ett tal"}
    return f"ska vara {kinds.get(indicator.scale, 'en andel')} eller ett av tecknen {TOLD_SIGNS}."


def _guess(text: str, indicator: Indicator, answers: bool) -> str:
    words = [ANSWER_WORDS["yes"], ANSWER_WORDS["no"]] if answers else []
    words += [ANSWER_WORDS["partly"]] if answers and indicator.scale == "yes-partly-no" else []
    return nearest(text, [*words, *(one.sign for one in STATUSES.values() if len(one.sign) > 1)])


def is_share(indicator: Indicator) -> bool:
    """Return whether the indicator's numbers are shares, so that 59 and 0,59 may mean the same."""
    return indicator.is_answer or indicator.scale == "share"


def unit_of(numbers: Sequence[Said], heading_percent: bool) -> Unit:
    """Return the unit of a column's shares, "" where there is nothing to decide; raise CellError where it is unsure.

    A number with a percent sign is percent. For the others the column decides: one above 1 makes them percent, all
    at most 1 and one below makes them shares; 0 is 0 in both.

    >>> unit_of([Said(number=Decimal("0.59")), Said(number=Decimal(1))], False)
    'share'
    """
    bare = [one.number for one in numbers if one.number is not None and not one.has_sign and one.number != 0]
    signed = any(one.has_sign for one in numbers)
    large, small = [one for one in bare if abs(one) > 1], [one for one in bare if abs(one) < 1]
    if signed and not bare:
        return "percent"
    if not bare:
        return ""
    if heading_percent:
        if large or signed:
            return "percent"
        raise CellError("", "har en rubrik som säger procent, men inget tal över 1")
    if large and not small and not any(abs(one) == 1 for one in bare):
        return "percent"
    if signed or (large and small):
        raise CellError("", "blandar tal från 0 till 1 med större tal eller procenttecken, så enheten är oviss")
    if small:
        return "share"
    raise CellError("", "har bara talen 0 och 1" if not large else "har talet 1 bland större tal: 1 eller 100 procent?")


def value(one: Said, unit: Unit) -> float:
    """Return a number in the indicator's own unit: shares 0-1, else as it stands.

    >>> value(Said(number=Decimal("59.0")), "percent")
    0.59
    """
    number = one.number if one.number is not None else Decimal("NaN")
    return float(number / 100 if one.has_sign or unit == "percent" else number)
