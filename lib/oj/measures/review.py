"""The logical review of a survey's answers: what cannot be, what contradicts itself, what is lacking or commented.

As the source describes it under Datainsamling and Mätning och felkällor: counts are tried against one another, comments
are read. Everything found is told in one list; nothing is mended here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from oj.measures.rules import Answers, outcome
from oj.sources.survey import Check, Question, Rule
from oj.swedish import number

COLUMNS = ["place", "question", "kind", "finding"]
WEEK = 168  # hours
SLACK = 0.05  # full-time equivalents are told in hundredths or tenths, and four of them are added


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
        given = {row.question: row.answer for row in own.itertuples() if pd.notna(row.answer)}
        comments = (Finding(row.question, "kommentar", row.comment) for row in own.itertuples() if row.comment)
        found = [
            *_impossible(given, checks),
            *_too_long(given),
            *_unnamed(given, rules),
            *_lacking(given, asked, rules),
        ]
        ordered = sorted([*found, *comments], key=lambda finding: order[finding.question])
        rows += [(place, *finding) for finding in ordered]
    return pd.DataFrame(rows, columns=COLUMNS)


def _impossible(given: Answers, checks: Sequence[Check]) -> Iterator[Finding]:
    """Yield the checks that fail, among those whose questions are all answered."""
    for check in checks:
        if check.kind == "contradiction":
            if all(given.get(name) in answers for name, answers in check.when.items()):
                yield Finding(check.questions[0], "motsägelse", check.says)
            continue
        counts = [given.get(name) for name in check.questions]
        if not all(isinstance(count, float) for count in counts):
            continue
        *parts, whole = (float(count) for count in counts if isinstance(count, float))
        off = sum(parts) - whole
        if off > SLACK or (check.kind == "sum" and abs(off) > SLACK):
            told = f"{check.says} ({' + '.join(_plain(part) for part in parts)} mot {_plain(whole)})"
            yield Finding(check.questions[0], "antal som inte går ihop", told)


def _plain(count: float) -> str:
    return number(count, 0 if count == int(count) else 2)


def _too_long(given: Answers) -> Iterator[Finding]:
    """Yield weeks of more hours than a week has."""
    for name, answer in given.items():
        if name.startswith("arbetsledning.") and isinstance(answer, float) and answer > WEEK:
            told = f"{_plain(answer)} timmar i veckan är fler än veckans {WEEK}."
            yield Finding(name, "antal som inte går ihop", told)


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
