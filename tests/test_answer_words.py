"""A measure says its own words for the steps of its answers, and they are what is shown and what is read."""

from typing import Any

import pytest
from pydantic import ValidationError

from kolada_server import questions
from oj.facts.catalog import Indicator, indicators
from oj.facts.key_figures import KeyFigure, coding_in
from oj.forms.template import _rule
from oj.present.chart.marks import short_sign
from oj.sources.files.cells import CellError
from oj.sources.terms.cells import said
from oj.words.vocabulary import STATUSES
from written import display

ASKED = indicators()["plan-handlaggare"]  # with a middle step
WORDS = ["Ja", "Till viss del", "Nej"]


def worded(words: Any, scale: str = "yes-partly-no") -> Indicator:
    """Return a measure that says these words."""
    return Indicator.model_validate(ASKED.model_dump() | {"answers": words, "scale": scale})


def test_what_is_said_is_what_is_shown() -> None:
    one = worded(WORDS)
    assert [display(one, float("nan"), code, "observed") for code in ("yes", "partly", "no")] == WORDS
    assert display(ASKED, float("nan"), "partly", "observed") == "Delvis"


@pytest.mark.parametrize(("text", "answer"), [
    ("Till viss del", "partly"), ("till  viss del ", "partly"), ("TILL VISS DEL", "partly"), ("partly", "partly"),
    ("Ja", "yes"), ("nej", "no"),
])  # fmt: skip
def test_what_is_said_is_what_is_read(text: str, answer: str) -> None:
    found = said(text, worded(WORDS), answers=True)
    assert found is not None
    assert found.answer == answer


@pytest.mark.parametrize("middle", ["Nej, men fattat beslut", "Ja, med vissa", "Nej, men genomfört uppföljning"])
def test_an_answer_with_a_comma_is_read_whole(middle: str) -> None:
    one = worded(["Ja", middle, "Nej"])
    for text, answer in ((middle, "partly"), (middle.upper(), "partly"), ("Ja", "yes"), ("Nej", "no")):
        found = said(text, one, answers=True)
        assert found is not None
        assert found.answer == answer
    with pytest.raises(CellError):
        said(middle, ASKED, answers=True)
    assert display(one, float("nan"), "partly", "observed") == middle
    rule = _rule(one, "C7", [status.sign for status in STATUSES.values() if status.sign], answers=True)
    assert rule[0].startswith("OR(")  # Excel parts a list of words at its commas
    assert f'C7="{middle}"' in rule[0]
    assert all(len(part) <= 255 for part in rule)


@pytest.mark.parametrize("text", ["Delvis", "I viss mån", "Till viss dell"])
def test_the_words_of_another_question_are_refused(text: str) -> None:
    with pytest.raises(CellError) as told:
        said(text, worded(WORDS), answers=True)
    assert "ska vara Ja, Till viss del, Nej eller" in told.value.rule


@pytest.mark.parametrize(("words", "scale", "rule"), [
    (["Ja", "Nej"], "yes-partly-no", "3 olika ord, som [Ja, Delvis, Nej]"),
    (["Ja", "Nej", "Nej"], "yes-partly-no", "3 olika ord"),
    (["Ja", "Till viss del", "Nej"], "yes-no", "2 olika ord, som [Ja, Nej]"),
    (["Ja", "Nej"], "share", "måttet är inget svar"),
    (["Nej", "Till viss del", "Ja"], "yes-partly-no", "börja med Ja"),
    (["Alltid", "Ibland", "Aldrig"], "yes-partly-no", "börja med Ja"),
    (["Ja", "Nej", "Delvis"], "yes-partly-no", "”Nej” kan inte betyda Delvis"),
    (["Ja", "x", "Nej"], "yes-partly-no", "”x” kan inte betyda Delvis"),
    (["Ja", "Bortfall", "Nej"], "yes-partly-no", "”Bortfall” kan inte betyda Delvis"),
    (["Ja", "1", "Nej"], "yes-partly-no", "”1” kan inte betyda Delvis"),
    (["Ja", "Ja,till del", "Nej"], "yes-partly-no", "av bokstäver"),
    (["Ja", "Nej,", "Nej"], "yes-partly-no", "av bokstäver"),
    (["Ja", "Ja; till del", "Nej"], "yes-partly-no", "av bokstäver"),
    (["Ja", "Nej, men 2 beslut", "Nej"], "yes-partly-no", "av bokstäver"),
    (["Ja", "I den mån som resurserna har räckt", "Nej"], "yes-partly-no", "2–30 tecken"),
    (["Ja", "", "Nej"], "yes-partly-no", "kan inte betyda Delvis"),
])  # fmt: skip
def test_words_that_can_be_taken_for_something_else_are_refused(words: list[str], scale: str, rule: str) -> None:
    with pytest.raises(ValidationError, match="answers") as told:
        worded(words, scale)
    assert rule in str(told.value)


def test_a_key_figure_has_the_words_of_its_title() -> None:
    one = next(item for item in questions().values() if "partly" in item.coding.values())
    title = one.title.replace("Delvis", WORDS[1])
    assert coding_in(title, WORDS) == one.coding != coding_in(title)
    own = KeyFigure.model_validate(one.model_dump() | {"title": title, "answers": WORDS})
    assert own.answer_words["partly"] == WORDS[1]
    with pytest.raises(ValidationError, match="coding"):
        KeyFigure.model_validate(one.model_dump() | {"title": title})


@pytest.mark.parametrize(("text", "shown"), [
    ("Delvis", "Delvis"), ("Till viss del", "T.v.d."), ("I viss mån", "I.v.m."), ("Ibland ja", "I.j."),
    ("Nej, men fattat beslut", "N.m.f."),
    ("Sällan förekommande", "S.f."), ("Bristfälligt", "Brist."), ("redovisas ej", "–"), ("x (skydd)", "–"),
])  # fmt: skip
def test_an_answer_that_is_too_long_for_a_picture_keeps_its_letters(text: str, shown: str) -> None:
    assert short_sign(text) == shown
