"""From a survey's answers to results: every rule for every place, then the averages, before anything is hidden."""

from collections.abc import Mapping, Sequence

import pandas as pd

from oj.facts.catalog import Indicator
from oj.preliminary.averages import COLUMNS, averages
from oj.preliminary.review import COLUMNS as REVIEW
from oj.preliminary.review import COUNTS, untrusted
from oj.preliminary.rules import MISSING, ROUNDING, Answers, outcome
from oj.preliminary.staff import counts
from oj.sources.survey.questions import Check, Rule
from oj.sources.which import KEY
from oj.words.frames import each_row
from oj.words.swedish import as_shown, number


def with_staff(answers: pd.DataFrame, staff: pd.DataFrame) -> pd.DataFrame:
    """Return the answers with the counts of a staff list where a place has one and left the count empty.

    `answers` has place, question, answer and comment; `staff` has place and the columns of `oj.preliminary.staff`.
    """
    made = [
        {"place": place, "question": question, "answer": count, "comment": ""}
        for place, own in staff.groupby("place", sort=False)
        for question, count in counts(own).items()
    ]
    if not made:
        return answers
    filled = answers[answers["answer"].notna()]
    given = set(zip(filled["place"], filled["question"], strict=True))
    new = [row for row in made if (row["place"], row["question"]) not in given]
    return pd.concat([answers, pd.DataFrame(new, columns=answers.columns)], ignore_index=True)


def staff_findings(answers: pd.DataFrame, staff: pd.DataFrame) -> pd.DataFrame:
    """Return where a count that was filled in is not that of the staff list, as rows of the review."""
    rows = []
    for place, own in staff.groupby("place", sort=False):
        given = _given(answers, str(place))
        for question, counted in counts(own).items():
            told = given.get(question)
            if isinstance(told, float) and abs(told - counted) > ROUNDING:
                finding = f"Svaret är {number(told, 2)}, men bladet Personal ger {number(counted, 2)}; svaret gäller."
                rows.append((place, question, COUNTS, finding))
    return pd.DataFrame(rows, columns=REVIEW)


def differences(results: pd.DataFrame, published: pd.DataFrame, items: Mapping[str, Indicator]) -> pd.DataFrame:
    """Return the rows that are published otherwise, as `results` with published_value, _answer and _status beside.

    Numbers differ where they do so by more than the rounding of the published one.
    """
    told = ["value", "answer", "status"]
    beside = published[[*KEY, *told]].rename(columns={name: f"published_{name}" for name in told})
    both = results.merge(beside, on=KEY)
    both = both[(both["status"] == "observed") & (both["published_status"] == "observed")]
    steps = pd.Series([_half_step(items[name]) for name in both["indicator"]], both.index, dtype="float64")
    other_answer = both["answer"].fillna("") != both["published_answer"].fillna("")
    other_value = (both["value"] - both["published_value"]).abs() > steps
    return both[other_answer | other_value].reset_index(drop=True)


def _half_step(item: Indicator) -> float:
    """Return half of the last decimal that is published, in the indicator's unit; shares are published in per cent."""
    return 0.5 * 10.0 ** -_decimals(item) + 1e-9


def _decimals(item: Indicator) -> int:
    return item.decimals + (2 if item.is_answer or item.scale == "share" else 0)


def unit_results(
    answers: pd.DataFrame,
    last_year: pd.DataFrame,
    rules: Sequence[Rule],
    places: Sequence[str],
    checks: Sequence[Check] = (),
) -> pd.DataFrame:
    """Return each place's results, one row per indicator: value, answer, status, numerator and denominator.

    A place without answers has bortfall everywhere, and one whose counts cannot be has it where they are read.
    """
    rows = []
    for place in places:
        given, last = _given(answers, place), _given(last_year, place)
        without = untrusted(given, checks, rules) if given else set()
        for rule in rules:
            for indicator in rule.indicators:
                found = outcome(rule.rule, rule.questions(indicator), given, last)
                found = MISSING if indicator in without else found
                counted = (found.status, found.numerator, found.denominator)
                rows.append((indicator, place, found.value, found.answer or None, *counted))
    return pd.DataFrame(rows, columns=COLUMNS)


def preliminary(  # noqa: PLR0913, PLR0917
    answers: pd.DataFrame,
    last_year: pd.DataFrame,
    tried: tuple[Sequence[Rule], Sequence[Check]],
    items: Mapping[str, Indicator],
    areas: Mapping[str, Sequence[str]],
    most_lacking: float,
) -> pd.DataFrame:
    """Return the results of every place in `areas` and the averages of the areas, one row per indicator and place.

    `areas` has the codes of all who are asked in each area, by the area's code; `tried` are the rules, and the checks:
    where one finds counts that cannot be, what is made of them is missing. `most_lacking` is what share may lack an
    answer in an average. Shares of staff go out as the edition has
    them: rounded, without the counts behind.
    """
    rules, checks = tried
    places = list(dict.fromkeys(place for members in areas.values() for place in members))
    own = unit_results(answers, last_year, rules, places, checks)
    used = [items[indicator] for rule in rules for indicator in rule.indicators]
    made = [own, *(averages(own, used, area, members, most_lacking) for area, members in areas.items())]
    return as_published(pd.concat(made, ignore_index=True), items)


def as_published(results: pd.DataFrame, items: Mapping[str, Indicator]) -> pd.DataFrame:
    """Return results where what is counted in full-time equivalents or hours is rounded and has no counts beside it.

    >>> from oj.facts.catalog import indicators
    >>> row = {"indicator": "socionomer-tre-ar", "value": 0.384, "numerator": 5.0, "denominator": 13.0}
    >>> as_published(pd.DataFrame([row]), indicators())[["value", "numerator"]].to_numpy().tolist()
    [[0.38, nan]]
    """
    staff = results["indicator"].map(lambda name: bool(items[name].fractions)).astype(bool)
    shown = [
        as_shown(value, _decimals(items[name])) if counted and pd.notna(value) else value
        for name, value, counted in zip(results["indicator"], results["value"], staff, strict=True)
    ]
    counts_too = {name: results[name].mask(staff) for name in ("numerator", "denominator")}
    return results.assign(value=pd.Series(shown, results.index, dtype="float64"), **counts_too)


def _given(answers: pd.DataFrame, place: str) -> Answers:
    own = answers[answers["place"] == place]
    return {row.question: row.answer for row in each_row(own) if pd.notna(row.answer)}
