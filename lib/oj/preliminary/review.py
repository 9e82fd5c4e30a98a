"""The logical review of a survey's answers: what cannot be, what contradicts itself, what is lacking or commented.

As the source describes it under Datainsamling and Mätning och felkällor: counts are tried against one another, comments
are read. Everything found is told in one list; nothing is mended here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from oj.preliminary.rules import ROUNDING, Answers, Outcome, outcome
from oj.sources.survey.questions import Check, Question, Rule
from oj.words.frames import each_row
from oj.words.swedish import number

COLUMNS = ["place", "question", "kind", "finding"]
WEEK = 168  # hours
COUNTS = "antal som inte går ihop"


class Finding(NamedTuple):
    """One thing found: the question it stands at, what kind it is of, and what is wrong, in Swedish."""

    question: str
    kind: str
    finding: str


def review(
    answers: pd.DataFrame,
    asked: Mapping[str, Question],
    rules: Sequence[Rule],
    checks: Sequence[Check],
) -> pd.DataFrame:
    """Return everything found, one row each: place, question, kind and finding, in the survey's order for each place.

    `answers` has place, question, answer and comment, as a form is read.
    """
    order = {name: at for at, name in enumerate(asked)}
    rows = []
    for place, own in answers.groupby("place", sort=False):
        given = {row.question: row.answer for row in each_row(own) if pd.notna(row.answer)}
        comments = (Finding(row.question, "kommentar", row.comment) for row in each_row(own) if row.comment)
        found = [
            *_impossible(given, checks),
            *_too_long(given),
            *_unlikely(given, rules),
            *_unnamed(given, rules),
            *_lacking(given, asked, rules),
        ]
        ordered = sorted([*found, *comments], key=lambda finding: order[finding.question])
        rows += [(place, *finding) for finding in ordered]
    return pd.DataFrame(rows, columns=COLUMNS)


def _impossible(given: Answers, checks: Sequence[Check]) -> Iterator[Finding]:
    """Yield the checks that fail; of parts that are not all answered, those that are may already be too many."""
    for check in checks:
        if check.kind == "contradiction":
            if all(given.get(name) in answers for name, answers in check.when.items()):
                yield Finding(check.questions[0], "motsägelse", check.says)
        elif off := _off(check, given):
            told = " + ".join(_plain(part) for part in _floats(given, check.parts))
            whole = _floats(given, [check.whole])[0]
            first = next(name for name in check.parts if isinstance(given.get(name), float))
            result = " Det som skulle ha räknats ur dem visas inte." if off > 0 else ""
            yield Finding(first, COUNTS, f"{check.says} ({told} mot {_plain(whole)}){result}")


def _off(check: Check, given: Answers) -> float:
    """Return by how much a check's parts are more than their whole, or less where they should be as many; else 0."""
    parts, whole = _floats(given, check.parts), _floats(given, [check.whole])
    if not parts or not whole:
        return 0.0
    off = sum(parts) - whole[0]
    is_less = check.kind == "sum" and len(parts) == len(check.parts) and off < -ROUNDING
    return off if off > ROUNDING or is_less else 0.0


def _floats(given: Answers, names: Sequence[str]) -> list[float]:
    return [count for name in names if isinstance(count := given.get(name), float)]


def untrusted(given: Answers, checks: Sequence[Check], rules: Sequence[Rule]) -> set[str]:
    """Return the indicators whose result is not to be shown: a count that it reads cannot be, or it cannot itself."""
    wrong = {name for check in checks if _off(check, given) > 0 for name in check.questions}
    wrong |= {finding.question for finding in _too_long(given)}
    listed = {name: (rule, rule.reads(name)) for rule in rules for name in rule.indicators}
    read = {name for name, (_rule, ids) in listed.items() if wrong & set(ids)}
    return read | {name for name, (rule, _ids) in listed.items() if _beyond(rule, _outcome(rule, name, given))}


def _outcome(rule: Rule, indicator: str, given: Answers) -> Outcome:
    return outcome(rule.rule, rule.questions(indicator), given, {})


def _beyond(rule: Rule, found: Outcome) -> bool:
    """Return whether a result is more than there can be: a part larger than its whole, or longer than a week."""
    if rule.rule == "hours-per-worker":
        return found.value > WEEK
    return rule.rule != "ratio" and found.numerator > found.denominator


def _unlikely(given: Answers, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield the results of more hours for each case worker than a week has."""
    for rule in (rule for rule in rules if rule.rule == "hours-per-worker"):
        for name in rule.indicators:
            found = _outcome(rule, name, given)
            if _beyond(rule, found):
                first = next(one for one in rule.reads(name) if one in given)
                told = (
                    f"{_plain(round(found.value, 2))} timmar i veckan för varje handläggare är fler än veckans {WEEK}."
                )
                yield Finding(first, COUNTS, f"{told} ”{rule.name}” visas inte.")


def _plain(count: float) -> str:
    return number(count, 0 if count == int(count) else 2)


def _too_long(given: Answers) -> Iterator[Finding]:
    """Yield weeks of more hours than a week has."""
    for name, answer in given.items():
        if name.startswith("arbetsledning.") and isinstance(answer, float) and answer > WEEK:
            told = f"{_plain(answer)} timmar i veckan är fler än veckans {WEEK}."
            yield Finding(name, COUNTS, f"{told} Det som skulle ha räknats ur dem visas inte.")


def _unnamed(given: Answers, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield methods in use that are not told, told but not in use, and others without a name."""
    seen = set()
    for rule in (rule for rule in rules if rule.rule == "named-method"):
        asked = {name: rule.questions(name) for name in rule.indicators}
        first = next(iter(asked.values()))
        methods, other = first["methods"], str(first.get("other", ""))
        told = [name for name in (*methods, other) if given.get(name) == "ja"]
        used = [str(one["used"]) for one in asked.values() if given.get(str(one["used"])) == "ja"]
        if used and not told:
            yield Finding(used[0], "lucka", "Svaret är Ja, men ingen metod är angiven; då räknas det som Nej.")
        if told and not used and all(str(one["used"]) in given for one in asked.values()):
            yield Finding(told[0], "motsägelse", "En metod är angiven, men svaret på om den används är Nej.")
        if other in told and not str(given.get(str(first["other_name"]), "")).strip() and other not in seen:
            seen.add(other)
            yield Finding(other, "lucka", "En annan metod är angiven utan namn; då räknas den inte.")


def _lacking(given: Answers, asked: Mapping[str, Question], rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield the indicators that get no result, at the first question without an answer that they read."""
    for rule in rules:
        for indicator in rule.indicators:
            questions, ids = rule.questions(indicator), rule.reads(indicator)
            if any(asked[name].from_register for name in ids):
                continue
            if outcome(rule.rule, questions, given, {}).status == "missing":
                empty = [name for name in ids if given.get(name) in (None, "vet-ej")]
                told = "Vet ej" if given.get(empty[0] if empty else ids[0]) == "vet-ej" else "Obesvarad"
                yield Finding((empty or ids)[0], "lucka", f"{told}; ”{rule.name}” blir bortfall.")
            elif rule.rule == "current-corrected" and str(questions["exists"]) not in given:
                told = "Obesvarad, men följdfrågan säger att ingen överenskommelse finns; det räknas som Nej."
                yield Finding(str(questions["exists"]), "lucka", told)
