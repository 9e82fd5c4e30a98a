"""The logical review: what cannot be is told, what can be is not, and nothing is mended."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA
from oj.preliminary.review import COLUMNS, review
from oj.sources.survey.questions import checks, questions, rules

QUESTIONS, RULES, CHECKS = questions(folder=DATA), rules(folder=DATA), checks(folder=DATA)
CONSISTENT = {
    "personal.handlaggare": 12.0,
    "personal.socionomer": 11.5,
    "personal.socialt-arbete": 10.0,
    "personal.under-ett-ar": 2.0,
    "personal.ett-till-tva-ar": 3.0,
    "personal.tre-till-fem-ar": 2.5,
    "personal.mer-an-fem-ar": 4.0,
}


def form(given_answers: dict[str, object], comments: dict[str, str] | None = None) -> pd.DataFrame:
    """Return answers of one municipality as a form is read."""
    comments = comments or {}
    names = [*given_answers, *(name for name in comments if name not in given_answers)]
    rows = [("0184", name, given_answers.get(name), comments.get(name, "")) for name in names]
    return pd.DataFrame(rows, columns=["place", "question", "answer", "comment"]).astype({"answer": object})


def found(given_answers: dict[str, object], comments: dict[str, str] | None = None) -> set[tuple[str, str]]:
    """Return (question, kind) of everything found but what is unanswered."""
    listed = review(form(given_answers, comments), QUESTIONS, RULES, CHECKS)
    assert list(listed.columns) == COLUMNS
    lacking = listed["finding"].str.contains("blir bortfall")
    return set(zip(listed.loc[~lacking, "question"], listed.loc[~lacking, "kind"], strict=True))


COUNT, QUARREL, GAP = "antal som inte går ihop", "motsägelse", "lucka"
CASES = [
    ({**CONSISTENT, "personal.socionomer": 13.0}, {("personal.socionomer", COUNT), ("personal.under-ett-ar", COUNT)}),
    ({**CONSISTENT, "personal.socialt-arbete": 11.6}, {("personal.socialt-arbete", COUNT)}),
    ({**CONSISTENT, "personal.under-ett-ar": 1.0}, {("personal.under-ett-ar", COUNT)}),
    ({**CONSISTENT, "personal.socialt-arbete": 6.0}, {("personal.mer-an-fem-ar", COUNT)}),
    ({"placerade-alla.behoriga": 9.0, "placerade-alla.fodda-1988-1996": 8.0}, {("placerade-alla.behoriga", COUNT)}),
    ({"placerade-alla.fodda-1988-1993": 9.0, "placerade-alla.fodda-1988-1996": 8.0},
     {("placerade-alla.fodda-1988-1993", COUNT)}),
    ({f"placerade-{group}.behoriga": count for group, count in
      (("alla", 9.0), ("fodda-i-sverige", 5.0), ("fodda-i-annat-land", 3.0))},
     {("placerade-fodda-i-sverige.behoriga", COUNT)}),
    ({"arbetsledning.timmar-1": 169.0}, {("arbetsledning.timmar-1", COUNT)}),
    ({"foraldrar-hvb.undersokt": "nej", "foraldrar-hvb.anvant": "ja"}, {("foraldrar-hvb.undersokt", QUARREL)}),
    ({"foraldrar-hvb.undersokt": "ja", "foraldrar-hvb.anvant": "ingen"}, {("foraldrar-hvb.undersokt", QUARREL)}),
    ({"rutin-missbruk.finns": "nej", "rutin-missbruk.foljd-upp": "ny"}, {("rutin-missbruk.finns", QUARREL)}),
    ({"overenskommelse-polis.finns": "ja", "overenskommelse-polis.foljd-upp": "ingen"},
     {("overenskommelse-polis.finns", QUARREL)}),
    ({"plan-handlaggare.finns": "nej", "plan-handlaggare.aktuell": "ja"}, {("plan-handlaggare.finns", QUARREL)}),
    ({"socialjour.hela-aret": "ja", "socialjour.nagon": "nej"}, {("socialjour.hela-aret", QUARREL)}),
    ({"uppfoljning-oppenvard.foljt-upp": "nej", "uppfoljning-oppenvard.anvant": "ja"},
     {("uppfoljning-oppenvard.foljt-upp", QUARREL)}),
    ({"bedomning-utagerande.anvander": "ja"}, {("bedomning-utagerande.anvander", GAP)}),
    ({"bedomning-utagerande.anvander": "nej", "bedomning-utagerande.sdq": "ja"},
     {("bedomning-utagerande.sdq", QUARREL)}),
    ({"stodgrupp-bistand.finns": "ja", "stodgrupp-service.finns": "nej", "stodgrupp.annan": "ja"},
     {("stodgrupp.annan", GAP)}),
    ({"utbildning-familjehem.erbjudit": "nej", "utbildning-familjehem.ett-hem": "ja"},
     {("utbildning-familjehem.erbjudit", QUARREL)}),
]  # fmt: skip
FINE = [
    CONSISTENT,
    {**CONSISTENT, "personal.under-ett-ar": 2.04},  # rounding
    {"foraldrar-hvb.undersokt": "nej", "foraldrar-hvb.anvant": "ingen"},
    {"rutin-missbruk.finns": "gemensam"},
    {"rutin-missbruk.finns": "nej", "rutin-missbruk.foljd-upp": "ingen"},
    {"personal.handlaggare": "vet-ej", "personal.socionomer": 40.0},
    {"arbetsledning.timmar-1": 40.0},
    {"bedomning-utagerande.anvander": "ja", "bedomning-utagerande.sdq": "ja"},
    {"stodgrupp-bistand.finns": "ja", "stodgrupp.annan": "ja", "stodgrupp.annan-namn": "Eget"},
    {"foraldrastod-bistand.finns": "nej", "foraldrastod-service.finns": "ja", "foraldrastod.komet": "ja"},
]


@pytest.mark.parametrize(
    ("answers", "wanted"), CASES, ids=lambda value: "-".join(value) if isinstance(value, dict) else ""
)
def test_what_cannot_be_is_told_at_its_question(answers: dict[str, object], wanted: set[tuple[str, str]]) -> None:
    assert found(answers) == wanted


@pytest.mark.parametrize("answers", FINE, ids="-".join)
def test_what_can_be_is_not_told(answers: dict[str, object]) -> None:
    assert found(answers) == set()


def test_every_check_can_fail_and_says_so_in_a_sentence() -> None:
    for check in CHECKS:
        if check.kind == "contradiction":
            answers: dict[str, object] = {name: given_answers[0] for name, given_answers in check.when.items()}
            assert all(set(wanted) <= set(QUESTIONS[name].alternatives) for name, wanted in check.when.items())
        else:
            answers = {**dict.fromkeys(check.parts, 10.0), check.whole: 1.0}
        told = review(form(answers), QUESTIONS, RULES, [check])
        assert told["finding"].str.startswith(check.says).any(), check.says
        assert check.says.endswith(".")


def test_comments_are_kept_and_what_is_lacking_is_told_once_for_each_indicator() -> None:
    listed = review(
        form({"socialjour.hela-aret": "nej"}, {"socialjour.tider": "Bara helger"}), QUESTIONS, RULES, CHECKS
    )
    comments = listed[listed["kind"] == "kommentar"]
    assert comments[["question", "finding"]].values.tolist() == [["socialjour.tider", "Bara helger"]]
    lacking = listed[listed["finding"].str.contains("”Socialjour” blir bortfall")]
    assert lacking[["question", "finding"]].values.tolist() == [
        ["socialjour.nagon", "Obesvarad; ”Socialjour” blir bortfall."]
    ]
    assert not listed["question"].str.contains("^placerade|^bakgrund|^bbic").any()
    own = [rule for rule in RULES for name in rule.indicators if not QUESTIONS[rule.reads(name)[0]].from_register]
    assert listed["finding"].str.contains("blir bortfall").sum() == len(own)


@given(st.permutations(list(CASES[0][0].items())))
def test_the_order_of_rows_does_not_matter(items: list[tuple[str, object]]) -> None:
    assert found(dict(items)) == CASES[0][1]


def test_nothing_is_mended() -> None:
    answers = form(dict(CASES[0][0]))
    before = answers.copy()
    review(answers, QUESTIONS, RULES, CHECKS)
    pd.testing.assert_frame_equal(answers, before)
