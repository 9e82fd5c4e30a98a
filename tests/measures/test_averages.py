"""Averages for counties and the nation: the base, non-response, and what they lie between."""

from math import isnan, nan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import DATA
from oj.facts.catalog import indicators
from oj.preliminary.averages import average, averages

KNOWN = indicators(DATA)
JOUR, STAFF = KNOWN["socialjour"], KNOWN["socionomer-tre-ar"]
STATUSES = ("observed", "missing", "not_applicable")


def answered(text: str) -> pd.DataFrame:
    """Return results of one indicator: y, p and n are answers, - is no answer and / not applicable."""
    answers = {"y": "yes", "p": "partly", "n": "no"}
    lacking = {"-": "missing", "/": "not_applicable"}
    return pd.DataFrame(
        {
            "answer": [answers.get(letter) for letter in text],
            "status": [lacking.get(letter, "observed") for letter in text],
        }
    )


@pytest.mark.parametrize(
    ("text", "asked", "value", "base", "status"),
    [
        ("yynn", 4, 0.5, 4, "observed"),
        ("yyyn", 4, 0.75, 4, "observed"),
        ("ypn", 3, 1 / 3, 3, "observed"),  # Delvis is answered, but no Ja
        ("yyn//", 5, 2 / 3, 3, "observed"),  # not applicable is outside the base
        ("yyyn-", 5, 0.75, 4, "observed"),  # 20 per cent lacking, and not more
        ("yyyn", 5, 0.75, 4, "observed"),  # who has no row at all did not answer either
        ("yyn-", 4, nan, nan, "withheld"),  # 25 per cent
        ("yyyn-/////", 10, 0.75, 4, "observed"),  # of the five that were asked
        ("yyn-//////", 10, nan, nan, "withheld"),
        ("----", 4, nan, nan, "missing"),
        ("////", 4, nan, nan, "not_applicable"),
    ],
)
def test_answers(text: str, asked: int, value: float, base: float, status: str) -> None:
    found = average(answered(text), JOUR, asked, 0.2)
    assert found["status"] == status
    assert (found["value"], found["denominator"]) == pytest.approx((value, base), nan_ok=True)


def test_staff_is_the_whole_countys_not_the_mean_of_shares() -> None:
    rows = pd.DataFrame(
        {"numerator": [1.0, 60.0], "denominator": [2.0, 80.0], "value": [0.5, 0.75], "status": ["observed"] * 2}
    )
    assert average(rows, STAFF, 2, 0.2)["value"] == pytest.approx(61 / 82)


def test_the_published_average_of_a_county_is_a_share_of_those_that_answered() -> None:
    """Stockholm's 38 of 39 units: 89 per cent with social emergency service is 34 of 38."""
    assert round(average(answered("y" * 34 + "n" * 4 + "-"), JOUR, 39, 0.2)["value"], 2) == 0.89


results = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 40), st.sampled_from(STATUSES)).map(
        lambda drawn: (min(drawn[0], drawn[1]), drawn[1], drawn[2])
    ),
    min_size=1,
    max_size=20,
)


def staffed(drawn: list[tuple[int, int, str]]) -> pd.DataFrame:
    """Return results of a share with counts, in the order drawn."""
    frame = pd.DataFrame(drawn, columns=["numerator", "denominator", "status"]).astype({"numerator": float})
    frame["value"] = (frame["numerator"] / frame["denominator"]).where(frame["status"] == "observed")
    return frame


@given(results)
def test_an_average_lies_between_the_least_and_the_largest(drawn: list[tuple[int, int, str]]) -> None:
    rows = staffed(drawn)
    found = average(rows, STAFF, len(rows), 0.2)
    if found["status"] == "observed":
        assert rows["value"].min() - 1e-12 <= found["value"] <= rows["value"].max() + 1e-12
    else:
        assert isnan(found["value"])


@given(results, st.integers(2, 9))
def test_order_and_scale_do_not_matter(drawn: list[tuple[int, int, str]], factor: int) -> None:
    rows = staffed(drawn)
    shuffled = rows.sample(frac=1, random_state=7)
    larger = rows.assign(numerator=rows["numerator"] * factor, denominator=rows["denominator"] * factor)
    usual = average(rows, STAFF, len(rows), 0.2)
    for other in (shuffled, larger):
        found = average(other, STAFF, len(rows), 0.2)
        assert found["status"] == usual["status"]
        assert found["value"] == pytest.approx(usual["value"], nan_ok=True)


@given(st.text("ypn-/", min_size=1, max_size=30))
def test_more_than_a_fifth_without_an_answer_gives_no_figure(text: str) -> None:
    found = average(answered(text), JOUR, len(text), 0.2)
    base = len(text) - text.count("/")
    if base and text.count("-") / base > 0.2:
        assert found["status"] in ("withheld", "missing")
    elif base:
        assert found["value"] == pytest.approx(text.count("y") / (base - text.count("-")))


def test_an_area_has_a_row_for_every_indicator_and_counts_only_its_own() -> None:
    rows = pd.DataFrame(
        [
            ("socialjour", place, nan, answer, "observed", nan, nan)
            for place, answer in (("a", "yes"), ("b", "no"), ("x", "yes"))
        ],
        columns=["indicator", "place", "value", "answer", "status", "numerator", "denominator"],
    )
    found = averages(rows, [JOUR, STAFF], "01", ["a", "b"], 0.2)
    assert found[["indicator", "place", "status"]].values.tolist() == [
        ["socialjour", "01", "observed"],
        ["socionomer-tre-ar", "01", "missing"],
    ]
    assert found["value"].iloc[0] == 0.5
