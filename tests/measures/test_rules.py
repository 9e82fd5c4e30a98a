"""The rules against the worked cases that a statistician can read, and what holds for any answers."""

from collections import Counter
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA
from oj.facts.catalog import indicators
from oj.facts.places import slug
from oj.preliminary.rules import MISSING, Outcome, outcome
from oj.sources.survey.questions import Rule, case_answers, questions, rules, worked_cases
from oj.words.vocabulary import ANSWER_WORDS

QUESTIONS = questions(folder=DATA)
RULES = rules(folder=DATA)
BY_NAME = {rule.name: rule for rule in RULES}
CASES = worked_cases(DATA).to_dict("records")
EXPANDED = [
    (case, indicator)
    for case in CASES
    for indicator in BY_NAME[case["rule"]].indicators
    if case["indicator"] in ("", indicator)
]
WORDS = {word: answer for answer, word in ANSWER_WORDS.items()}
STATUS_WORDS = {"bortfall": "missing", "ej aktuellt": "not_applicable"}


def answers_of(text: str, indicator: str) -> dict[str, str | float]:
    """Return a case's answers by question; numbers as numbers, and every question and alternative known."""
    found: dict[str, str | float] = {}
    for name, answer in case_answers(text, indicator).items():
        question = QUESTIONS[name]
        if question.kind == "number" and answer != "vet-ej":
            found[name] = float(answer)
        else:
            assert question.kind == "text" or answer in question.alternatives, f"{name} has no alternative {answer}"
            found[name] = answer
    return found


def worked(rule: Rule, indicator: str, case: dict[str, str]) -> Outcome:
    """Return what the rule gives for a case."""
    last = answers_of(case["last_year"], indicator)
    return outcome(rule.rule, rule.questions(indicator), answers_of(case["answers"], indicator), last)


@pytest.mark.parametrize(("case", "indicator"), EXPANDED, ids=[f"{case['case']}-{name}" for case, name in EXPANDED])
def test_a_worked_case_comes_out_as_the_sheet_says(case: dict[str, str], indicator: str) -> None:
    found = worked(BY_NAME[case["rule"]], indicator, case)
    if case["result"] in WORDS:
        assert (found.answer, found.status) == (WORDS[case["result"]], "observed")
        assert isnan(found.value)
    elif case["result"] in STATUS_WORDS:
        assert (found.answer, found.status) == ("", STATUS_WORDS[case["result"]])
        assert isnan(found.value)
        assert isnan(found.numerator)
        assert isnan(found.denominator)
    else:
        assert found.value == pytest.approx(float(case["result"]), abs=5e-7)
        assert (found.numerator, found.denominator) == pytest.approx((case["numerator"], case["denominator"]))
        assert (found.answer, found.status) == ("", "observed")


def test_every_indicator_has_one_rule_and_cases_of_its_own() -> None:
    known = indicators(DATA)
    assert Counter(name for rule in RULES for name in rule.indicators) == Counter(list(known))
    assert sum(1 for item in known.values() if item.area != "bakgrund") == 48
    tried = Counter(indicator for _case, indicator in EXPANDED)
    assert set(tried) == set(known)
    assert min(tried.values()) >= 3


def test_every_possible_result_of_every_indicator_is_among_its_cases() -> None:
    tried = {(indicator, case["result"]) for case, indicator in EXPANDED}
    for item in indicators(DATA).values():
        if item.is_answer:
            wanted = {"Ja", "Nej", "bortfall"} | ({"Delvis"} if item.scale == "yes-partly-no" else set())
            assert {(item.id, word) for word in wanted} <= tried


def test_the_cases_say_why_and_none_is_told_twice() -> None:
    assert all(case["why"].endswith(".") for case in CASES)
    keys = [(case["rule"], case["indicator"], case["answers"], case["last_year"]) for case in CASES]
    assert len(keys) == len(set(keys))


def test_every_question_of_the_survey_is_read_or_only_reviewed() -> None:
    read = {one for rule, indicator in NAMED for one in rule.reads(indicator)}
    unread = {name for name in QUESTIONS if name not in read}
    described = {"personal.socionomer", "personal.socialt-arbete", "personal.under-ett-ar", "personal.ett-till-tva-ar"}
    emergency = {f"socialjour.{part}" for part in ("tider", "socionomer", "socialchef", "annan", "annan-namn")}
    training = {"utbildning-familjehem.annan", "utbildning-familjehem.annan-namn"}
    other = {"bedomning-missbruk.annan", "psykosocial-behandling-service.finns"}
    registers = {f"placerade-{group}.saknar-gymnasium" for group in ("alla", "fodda-i-sverige", "fodda-i-annat-land")}
    assert unread == described | emergency | training | other | registers


NAMED = [(rule, indicator) for rule in RULES for indicator in rule.indicators]
Given = dict[str, str | float]


def answer_to(name: str) -> st.SearchStrategy[str | float]:
    """Return any answer to a question: one of its alternatives, a number or a text."""
    question = QUESTIONS[name]
    if question.kind == "text":
        return st.just("Eget program")
    if question.kind == "choice":
        return st.sampled_from(sorted(question.alternatives))
    return st.just("vet-ej") | st.floats(0, 500).map(lambda number: round(number, 2))


@st.composite
def answered(draw: st.DrawFn, skipped: tuple[str, ...] = ()) -> tuple[Rule, str, Given, Given]:
    """Return a rule, one of its indicators, and answers this year and last to some of its questions."""
    rule, indicator = draw(st.sampled_from([pair for pair in NAMED if pair[0].rule not in skipped]))
    asked = {name: answer_to(name) for name in rule.reads(indicator)}
    answers = st.fixed_dictionaries({}, optional=asked)
    return rule, indicator, draw(answers), draw(answers)


@given(answered())
def test_any_answers_give_an_answer_of_the_scale_a_number_or_a_reason(drawn: tuple[Rule, str, Given, Given]) -> None:
    rule, name, answers, last = drawn
    found, item = outcome(rule.rule, rule.questions(name), answers, last), indicators(DATA)[name]
    if found.status != "observed":
        assert found.status in ("missing", "not_applicable")
        assert (found.answer, isnan(found.value)) == ("", True)
    elif item.is_answer:
        assert found.answer in ({"yes", "no"} | ({"partly"} if item.scale == "yes-partly-no" else set()))
    else:
        assert found.value == pytest.approx(found.numerator / found.denominator)
        assert found.value >= 0


@given(answered(skipped=("current-corrected",)))
def test_last_year_matters_to_agreements_only(drawn: tuple[Rule, str, Given, Given]) -> None:
    rule, name, answers, last = drawn
    asked = rule.questions(name)
    assert repr(outcome(rule.rule, asked, answers, last)) == repr(outcome(rule.rule, asked, answers, {}))


@given(answered(skipped=("named-method", "hours-per-worker", "three-levels")))
def test_a_result_stays_whatever_the_unanswered_questions_would_have_had(drawn: tuple[Rule, str, Given, Given]) -> None:
    """But in lists, where an empty box means no, and where answers contradict one another."""
    rule, name, answers, _last = drawn
    asked = rule.questions(name)
    whole = outcome(rule.rule, asked, answers, {})
    contradicted = {"utbildning-familjehem.erbjudit": "nej", "utbildning-familjehem.ett-hem": "ja"}
    if contradicted.items() <= answers.items():
        return
    for left_out in answers:
        fewer = {key: answer for key, answer in answers.items() if key != left_out}
        assert repr(outcome(rule.rule, asked, fewer, {})) in (repr(MISSING), repr(whole))


def test_ids_are_plain() -> None:
    for name in QUESTIONS:
        subject, part = name.split(".")
        assert (slug(subject), slug(part)) == (subject, part)
