"""One cell of a table to what it says: an answer, a number, or why there is none."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import Literal

from oj.facts.catalog import Indicator
from oj.sources.files.cells import Cell, CellError, Unreadable, shown, why_not, written
from oj.sources.published import is_share
from oj.sources.terms.legend import Entry, Legend, folded
from oj.sources.terms.words import WORDS, unit_told
from oj.words.errors import misspelt
from oj.words.vocabulary import ANSWER_WORDS, STATUSES, UNITS

Unit = Literal["", "percent", "share", "number"]
PERCENT = re.compile(r"\s*(?:%|procent)$", re.IGNORECASE)
MOST = {"hours-per-week": 168.0, "share": 100.0}  # in percent; a ratio may be any
UNITS_BEHIND: Mapping[str, str] = WORDS["behind"]
BEHIND = re.compile(rf"(?<=\d)\s*({'|'.join(UNITS_BEHIND)})\.?$", re.IGNORECASE)
ANSWERS = {word.casefold(): code for code, word in ANSWER_WORDS.items()} | {code: code for code in ANSWER_WORDS}
ANSWER, LETTERS = re.compile(r"\b(?:ja|nej|delvis)\b", re.IGNORECASE), re.compile(r"[^\W\d]{3}")
ENDED = re.compile(r"(?<=[^\W\d_])\.$")
COUNTED_SIGN = re.compile(r"x\((<|1-)\d{1,4}\)")  # x (<21), x (1–3)
NO_LEGEND: Legend = {}
TOLD_SIGNS = "x, x (1–3), x (<20), bortfall, ej aktuellt, redovisas ej, ”..”, ”.” eller ”-”"


@dataclass(frozen=True)
class Said:
    """What a cell says: an answer, a number (and whether it has a percent sign), or a status other than observed."""

    answer: str = ""
    number: Decimal | None = None
    has_sign: bool = False
    status: str = "observed"


def said(cell: Cell, indicator: Indicator, *, answers: bool, legend: Legend = NO_LEGEND) -> Said | None:
    """Return what a cell says, None for an empty one; raise CellError, with what is allowed, for anything else."""
    if isinstance(cell, Unreadable):
        raise CellError(cell.shown, cell.rule)
    entry = legend.get(key := folded(shown(cell))) if legend else None
    if entry and _is_about(key, entry.meaning, answers=answers):
        return _by_legend(shown(cell), entry)
    if isinstance(cell, float):
        return Said(number=Decimal(repr(cell)))
    text = shown(cell)
    if not text:
        if answers and "x" in legend and legend["x"].meaning == "yes":
            rule = f"är tom där x betyder ja ({legend['x'].where}): nej eller bortfall? Skriv Nej eller bortfall"
            raise CellError("", rule)
        return None
    word = re.sub(r"\s", "", text).casefold().replace("–", "-").replace("−", "-")
    word = COUNTED_SIGN.sub(lambda sign: "x(<20)" if sign[1] == "<" else "x(1-3)", word)
    if word in WORDS["signs"]:
        return Said(status=WORDS["signs"][word])
    if not isinstance(cell, bool):
        if answer := _answer(text, indicator):
            return Said(answer=answer)
        if found := _number(text, indicator):
            return found
    signs = [one.sign for one in STATUSES.values() if len(one.sign) > 1]
    hint = misspelt(text, [*(indicator.answer_words.values() if answers else ()), *signs])
    raise CellError(text, allowed(indicator, answers=answers) + hint + why_not(text))


def _answer(text: str, indicator: Indicator) -> str:
    """Return the code of the answer that a text is, "" where it is none."""
    known = answers_of(indicator)
    words = (
        re.sub(r"\s", "", one).casefold().replace("–", "-").replace("−", "-") for one in (text, without_stop(text))
    )
    return next((known[word] for word in words if word in known), "")


def without_stop(text: str) -> str:
    """Return an answer without the full stop after its last word; what else stands there may mean something.

    >>> [without_stop(one) for one in ("Ja.", "Ja, med vissa.", "Ja.1", "Ja..", "Ja .", "1.")]
    ['Ja', 'Ja, med vissa', 'Ja.1', 'Ja..', 'Ja .', '1.']
    """
    return ENDED.sub("", text)


def _number(text: str, indicator: Indicator) -> Said | None:
    """Return the number that a text is, None where it is none; raise CellError where it may be two."""
    bare = _without_unit(PERCENT.sub("", text), indicator.title)
    is_percent = bool(PERCENT.search(text))
    most = MOST["share"] if is_percent or is_share(indicator) else MOST.get(indicator.scale, inf)
    number = written(bare, most, text)
    return None if number is None else Said(number=number, has_sign=is_percent)


def _without_unit(text: str, title: str) -> str:
    """Return a number without the unit behind it, where the question's title says the same: ”20 dagar”, ”7 390 kr”."""
    found = BEHIND.search(text)
    return (
        text[: found.start()] if found and re.search(UNITS_BEHIND[found[1].casefold()], title, re.IGNORECASE) else text
    )


def answers_of(indicator: Indicator) -> dict[str, str]:
    """Return the code of each word that can be read as an answer: the question's own in place of the usual ones."""
    own = indicator.answer_words
    usual = {word: code for word, code in ANSWERS.items() if code not in own or word == code}
    return usual | {re.sub(r"\s", "", word).casefold(): code for code, word in own.items()}


def _is_about(sign: str, meaning: str, *, answers: bool) -> bool:
    """Return whether a sign of the legend is one here: a figure or a letter for an answer is none among numbers."""
    is_answer = meaning in ANSWER_WORDS
    return answers or sign not in ("", *"0123456789jnd") if is_answer else meaning != "missing" or sign != ""


def _by_legend(text: str, entry: Entry) -> Said:
    """Return what a sign says by the file's own legend; raise CellError where that cannot be kept."""
    if not entry.meaning:
        rule = f"är enligt filens teckenförklaring ({entry.where}) ”{entry.words}”; skriv i cellen vad som gäller"
        raise CellError(text, rule)
    if entry.meaning == "zero":
        return Said(number=Decimal(0))
    return Said(answer=entry.meaning) if entry.meaning in ANSWER_WORDS else Said(status=entry.meaning)


def allowed(indicator: Indicator, *, answers: bool) -> str:
    """Return what a cell may say, as the rule that one that says something else breaks."""
    if answers:
        return f"ska vara {', '.join(indicator.answer_words.values())} eller ett av tecknen {TOLD_SIGNS}."
    kinds = {"hours-per-week": "timmar i veckan", "ratio": "ett tal"}
    return f"ska vara {kinds.get(indicator.scale, 'en andel')} eller ett av tecknen {TOLD_SIGNS}."


def is_number(text: str) -> bool:
    """Return whether a text is a number, with or without a percent sign, also one that may be read in two ways.

    >>> is_number("12,5 %"), is_number("120 130"), is_number("Ja")
    (True, True, False)
    """
    try:
        return written(PERCENT.sub("", text)) is not None
    except CellError:
        return True


def has_names(cells: Sequence[Cell], indicator: Indicator) -> bool:
    """Return whether one of the cells has a text that neither is, holds nor misspells an answer, as a school's name."""
    for one in cells:
        try:
            said(one, indicator, answers=indicator.is_answer)
        except CellError:
            text, answers = shown(one), {**ANSWER_WORDS, **indicator.answer_words}.values()
            if LETTERS.search(text) and not ANSWER.search(text) and not misspelt(text, answers):
                return True
    return False


def unit_of(numbers: Sequence[Said], told: Unit) -> Unit:
    """Return the unit of a column's shares, "" where there is nothing to decide; raise CellError where it is unsure.

    A number with a percent sign is percent. For the others it must be `told` by what stands above them, or be the
    only one possible: numbers that are all above 1 are no shares of 1. Small ones say nothing; 0 is 0 in both.
    """
    bare = [abs(one.number) for one in numbers if one.number and not one.has_sign]
    signed, large, small = any(one.has_sign for one in numbers), [one > 1 for one in bare], [one < 1 for one in bare]
    if not bare:
        return "percent" if signed else ""
    if told == "share" and not signed and not any(large):
        return "share"
    if told == "percent":
        if any(large) or signed:
            return "percent"
        raise CellError("", "har procent i rubrik eller titel men inget tal över 1, så enheten är oviss")
    if all(large):
        return "percent"
    if signed or (any(large) and any(small)):
        raise CellError("", "blandar tal från 0 till 1 med större tal eller procenttecken, så enheten är oviss")
    if any(small):
        told_by = "har bara tal från 0 till 1 och inget som säger om de är procent eller andelar"
        raise CellError("", f"{told_by}, så enheten är oviss")
    raise CellError(
        "", "har talet 1 bland större tal: 1 eller 100 procent?" if any(large) else "har bara talen 0 och 1"
    )


def has_numbers(item: Indicator, level: str) -> bool:
    """Return whether an indicator has numbers of places of a level: not where its answers stand."""
    return not (item.is_answer and level in UNITS)


def column_unit(cells: Sequence[Cell], item: Indicator, title: str, above: Sequence[str] = ()) -> Unit:
    """Return the unit of a column's numbers, "" where it has none; raise CellError where it cannot be decided."""
    if not is_share(item):
        return "number"
    numbers = []
    for one in cells:
        with suppress(CellError):  # what is no value is told with its cell
            found = said(one, item, answers=False)
            numbers += [found] if found and found.number is not None else []
    return unit_of(numbers, unit_told(title, above))
