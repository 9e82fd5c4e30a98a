"""The rules that turn one municipality's answers into results, as `data/survey/rules-<edition>.yml` applies them.

Answers are the codes of the survey's alternatives (ja, nej, ny …), numbers, or texts; a question without an answer is
not there. A missing answer gives bortfall unless the result is the same whatever it would have been.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

YES, NO, NEW, SHARED = "ja", "nej", "ny", "gemensam"
NONE = "ingen"  # there is none to follow up
ROUNDING = 0.05  # full-time equivalents are told in hundredths or tenths, and four of them are added
REDUCTION = 0.3  # of those who lack a grade; the source's standard share, from those born 1972-1981

Answer = str | float
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Outcome:
    """A result of a rule: an answer (yes, partly, no) or a number with its counts, or the status of a lacking one."""

    answer: str = ""
    value: float = nan
    numerator: float = nan
    denominator: float = nan
    status: str = "observed"


MISSING = Outcome(status="missing")


def all_yes(answers: Answers, _last: Answers, wanted: Sequence[str], ruled_out_by: Sequence[str] = ()) -> Outcome:
    """Return yes where all of the wanted questions have Ja, no where one has another answer.

    `ruled_out_by` are questions whose Nej means that the wanted ones cannot have Ja; they only count where those lack
    an answer.

    >>> all_yes({"gjort": "ja", "anvant": "nej"}, {}, ["gjort", "anvant"]).answer
    'no'
    """
    given = [answers.get(name) for name in wanted]
    if any(answer not in (None, YES) for answer in given):
        return Outcome("no")
    if None not in given:
        return Outcome("yes")
    return Outcome("no") if any(answers.get(name) == NO for name in ruled_out_by) else MISSING


def current(answers: Answers, _last: Answers, exists: str, followed_up: str) -> Outcome:
    """Return yes for a routine that exists and is followed up, or too new to have been.

    Where the same staff and manager run both, the question does not apply.

    >>> current({"finns": "ja", "uppfoljd": "ny"}, {}, "finns", "uppfoljd").answer
    'yes'
    """
    match answers.get(exists), answers.get(followed_up):
        case (str(there), _) if there == SHARED:
            return Outcome(status="not_applicable")
        case (str(there), _) if there == NO:
            return Outcome("no")
        case (str(), str(followed)):
            return Outcome("yes" if followed in (YES, NEW) else "no")
    return MISSING


def current_corrected(
    answers: Answers, last: Answers, exists: str, followed_up: str, possible: Sequence[str] = ()
) -> Outcome:
    """Return as `current`, but yes for one not followed up that did not exist last year: it must be new.

    The correction that the source describes under Mätning och felkällor. Where it is not answered whether one exists,
    but the next answer is that there is none, that is no: unless the first question may also be answered with that it
    does not apply (`possible` are its alternatives), for then nobody knows which was meant.

    >>> current_corrected({"finns": "ja", "uppfoljd": "nej"}, {"finns": "nej"}, "finns", "uppfoljd").answer
    'yes'
    """
    if exists not in answers and answers.get(followed_up) == NONE and {*possible} == {YES, NO}:
        return Outcome("no")
    is_new = answers.get(exists) == YES and answers.get(followed_up) == NO and last.get(exists) == NO
    return Outcome("yes") if is_new else current(answers, last, exists, followed_up)


def plan(answers: Answers, _last: Answers, exists: str, conditions: Sequence[str]) -> Outcome:
    """Return yes for a plan that fulfils every condition, partly for one that lacks some.

    >>> plan({"finns": "ja", "aktuell": "nej"}, {}, "finns", ["aktuell", "innefattar"]).answer
    'partly'
    """
    if answers.get(exists) == NO:
        return Outcome("no")
    if answers.get(exists) != YES:
        return MISSING
    whole = all_yes(answers, {}, conditions)
    return Outcome("partly") if whole.answer == "no" else whole


def individual_plans(answers: Answers, _last: Answers, exists: str, followed_up: str) -> Outcome:
    """Return yes where every case worker has a plan and every plan is followed up, no where nobody has one.

    >>> individual_plans({"har": "ja", "foljs": "nej"}, {}, "har", "foljs").answer
    'partly'
    """
    match answers.get(exists), answers.get(followed_up):
        case None, _:
            return MISSING
        case "nej", _:
            return Outcome("no")
        case "ja", None:
            return MISSING
        case "ja", "ja":
            return Outcome("yes")
    return Outcome("partly")


def named_method(
    answers: Answers, _last: Answers, used: str, methods: Sequence[str], other: str = "", other_name: str = ""
) -> Outcome:
    """Return yes where something is used and one of the methods, or another one by its name, is told.

    A method without an answer is one not told, as in the survey's list of boxes to tick.

    >>> named_method({"anvander": "ja"}, {}, "anvander", ["sdq"]).answer
    'no'
    """
    if used not in answers:
        return MISSING
    told = any(answers.get(method) == YES for method in methods)
    other_told = answers.get(other) == YES and bool(str(answers.get(other_name, "")).strip())
    return Outcome("yes" if answers[used] == YES and (told or other_told) else "no")


def three_levels(answers: Answers, _last: Answers, full: str, any_service: str) -> Outcome:
    """Return yes for emergency service all the time by social workers, partly for any other, no for none.

    >>> three_levels({"hela": "nej", "nagon": "ja"}, {}, "hela", "nagon").answer
    'partly'
    """
    match answers.get(full), answers.get(any_service):
        case "ja", _:
            return Outcome("yes")
        case _, "nej":
            return Outcome("no")
        case "nej", "ja":
            return Outcome("partly")
    return MISSING


def ratio(answers: Answers, _last: Answers, part: str, whole: str) -> Outcome:
    """Return one number through another; missing where one of them is, or where the second is 0.

    >>> ratio({"familjehem": 12.0, "placerade": 20.0}, {}, "familjehem", "placerade").value
    0.6
    """
    return _quotient(_number(answers, part), _number(answers, whole))


def staff_share(answers: Answers, _last: Answers, parts: Sequence[str], whole: str) -> Outcome:
    """Return the staff of all `parts` through the whole staff, in full-time equivalents; every part is needed.

    >>> staff_share({"3-5": 2.0, "5-": 3.5, "alla": 11.0}, {}, ["3-5", "5-"], "alla").value
    0.5
    """
    together, of = sum(_number(answers, part) for part in parts), _number(answers, whole)
    return _quotient(of if of < together <= of + ROUNDING else together, of)


def hours_per_worker(answers: Answers, _last: Answers, parts: Sequence[str], whole: str) -> Outcome:
    """Return all the hours told, one row for each manager, per full-time equivalent; rows left empty are nobody's.

    >>> hours_per_worker({"a": 10.0, "alla": 4.0}, {}, ["a", "b"], "alla").value
    2.5
    """
    if any(isinstance(answers.get(part), str) for part in parts):
        return MISSING
    told = [_number(answers, part) for part in parts if part in answers]
    return _quotient(sum(told) if told else nan, _number(answers, whole))


def qualified(answers: Answers, _last: Answers, qualified: str, population: str, lacking: str) -> Outcome:
    """Return the share qualified, the population less 30 per cent of those who lack a grade.

    >>> round(qualified({"b": 22.0, "n": 43.0, "s": 10.0}, {}, "b", "n", "s").value, 2)
    0.55
    """
    return _quotient(_number(answers, qualified), _number(answers, population) - REDUCTION * _number(answers, lacking))


def graduated(answers: Answers, _last: Answers, **names: str) -> Outcome:
    """Return the share graduated: the reduction is that of the larger population, in proportion to the smaller.

    `names` are the questions of graduated, population, larger_population and lacking.

    >>> given = {"g": 7.0, "m": 28.0, "n": 40.0, "s": 10.0}
    >>> names = dict(graduated="g", population="m", larger_population="n", lacking="s")
    >>> round(graduated(given, {}, **names).denominator, 1)
    25.9
    """
    number = {role: _number(answers, name) for role, name in names.items()}
    if not number["larger_population"]:
        return MISSING
    reduced = REDUCTION * number["lacking"] * number["population"] / number["larger_population"]
    return _quotient(number["graduated"], number["population"] - reduced)


def _number(answers: Answers, name: str) -> float:
    """Return an answer that is a number; Vet ej and no answer are NaN."""
    answer = answers.get(name)
    return nan if answer is None or isinstance(answer, str) else float(answer)


def _quotient(numerator: float, denominator: float) -> Outcome:
    if not denominator > 0 or isnan(numerator):
        return MISSING
    return Outcome(value=numerator / denominator, numerator=numerator, denominator=denominator)


RULES: dict[str, Callable[..., Outcome]] = {
    "all-yes": all_yes,
    "current": current,
    "current-corrected": current_corrected,
    "graduated": graduated,
    "hours-per-worker": hours_per_worker,
    "individual-plans": individual_plans,
    "named-method": named_method,
    "plan": plan,
    "qualified": qualified,
    "ratio": ratio,
    "staff-share": staff_share,
    "three-levels": three_levels,
}


def outcome(rule: str, questions: Mapping[str, Any], answers: Answers, last: Answers) -> Outcome:
    """Return what a rule gives: `questions` are the ids it reads by role, `last` the answers of the year before."""
    return RULES[rule](answers, last, **questions)
