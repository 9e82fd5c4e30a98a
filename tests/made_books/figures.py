"""What stands in a result's cell at random, and what it says: answers, codes, shares, numbers, signs and blanks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from made_books.facts import Measure

RANKS = {2: ("yes", "no"), 3: ("yes", "partly", "no")}
USUAL = {"..": "suppressed", "x": "suppressed", ".": "not_applicable", "-": "missing"}
CODED = ("", "header", "note", "information")


@dataclass(frozen=True)
class Habit:
    """How one book writes its figures; the same throughout the book."""

    signs: Mapping[str, str] = field(default_factory=lambda: USUAL)
    coded: str = ""  # where the coding of the answers is said; words are written where it is empty
    shares: str = "percent"  # percent, format (a fraction that is shown as a percentage) or text (a decimal comma)
    above: str = "percent"  # the shares of counties and the nation with Ja: percent or format
    capital: bool = False
    signed: float = 0.06  # how often a sign stands in a cell
    blank: float = 0.05


@dataclass(frozen=True)
class Figure:
    """A written figure: the raw cell, its number format, and what it says."""

    raw: Any
    number_format: str = ""
    value: float | None = None
    answers: tuple[str, ...] = ()
    status: str = "observed"


def a_habit(random: Random, **fixed: Any) -> Habit:
    """Choose a habit at random, but for what is fixed."""
    chosen = {
        "shares": random.choice(("percent", "percent", "format", "text")),
        "above": random.choice(("percent", "format")),
        "capital": random.random() < 0.1,
        "signed": random.choice((0, 0.04, 0.12)),
        "blank": random.choice((0, 0.03, 0.1)),
    }
    return Habit(**(chosen | fixed))


def figure(random: Random, measure: Measure, level: str, habit: Habit) -> Figure:
    """Return a figure of a measure for a place of a level."""
    chance = random.random()
    if chance < habit.blank:
        return Figure(None, status="missing")
    if chance < habit.blank + habit.signed:
        sign = random.choice(list(habit.signs))
        return Figure(sign, status=habit.signs[sign])
    if measure.kind == "number":
        return number(random)
    if measure.kind == "share":
        return share(random, habit.shares, small=level == "municipality")
    if level in ("county", "nation"):
        return share(random, habit.above, whole=True)
    return answer(random, measure, habit)


def share(random: Random, written: str, whole: bool = False, small: bool = False) -> Figure:
    """Return a share of one, as percent with or without decimals; a small one only where larger ones stand beside."""
    tenths = random.choice((5, 8, 1000)) if small and random.random() < 0.04 else random.randint(31, 969)
    tenths = tenths // 10 * 10 if whole else tenths
    value = tenths / 1000
    if written == "format":
        return Figure(value, "0%" if whole else "0.0%", value)
    if written == "text":
        return Figure(f"{tenths // 10},{tenths % 10}", "", value)
    return Figure(tenths // 10 if tenths % 10 == 0 else tenths / 10, "", value)


def number(random: Random) -> Figure:
    """Return a number: with or without a decimal, and now and then a thousand with a no-break space."""
    kind = random.random()
    if kind < 0.1:
        whole = random.randint(1000, 9999)
        return Figure(f"{whole // 1000}\N{NO-BREAK SPACE}{whole % 1000:03}", "", float(whole))
    if kind < 0.2:
        tenths = random.randint(21, 999)
        return Figure(f"{tenths // 10},{tenths % 10}", "", tenths / 10)
    tenths = random.randint(21, 9999)
    return Figure(tenths / 10, "", tenths / 10) if kind < 0.7 else Figure(tenths // 10, "", float(tenths // 10))


def answer(random: Random, measure: Measure, habit: Habit) -> Figure:
    """Return an answer, in words or as its code."""
    rank = random.randrange(len(measure.coding))
    word, code = measure.coding[rank]
    meant = RANKS[len(measure.coding)][rank]
    if habit.coded:
        return Figure(code, "", None, (meant, word))
    return Figure(word.upper() if habit.capital else word, "", None, (meant, word))
