"""The interval of a share: published values, and what Wilson's limits must satisfy whatever the counts."""

from math import isclose, nan, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oj.measures.rates import SMALL_BASE, wilson

Z = 1.959963984540054  # the normal distribution's 97.5 per cent point, from its tables
CLOSE = 1e-9


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    """Return how many of how many, from none to all."""
    of = draw(st.integers(min_value=1, max_value=5000))
    return draw(st.integers(min_value=0, max_value=of)), of


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [  # Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(numerator: int, denominator: int, low: float, high: float) -> None:
    assert [round(limit, 4) for limit in wilson(numerator, denominator)] == [low, high]


def test_fifteen_of_fifty() -> None:
    assert [round(limit, 4) for limit in wilson(15, 50)] == [0.1910, 0.4375]


@pytest.mark.parametrize("size", [1, 4, 10, 29, 1442])
def test_none_and_all_have_a_limit_in_closed_form(size: int) -> None:
    """With none, the upper limit is z² / (n + z²); with all, the lower is n / (n + z²)."""
    assert wilson(0, size) == (0.0, pytest.approx(Z**2 / (size + Z**2), rel=CLOSE))
    assert wilson(size, size) == (pytest.approx(size / (size + Z**2), rel=CLOSE), 1.0)


@given(counts())
def test_the_share_lies_within_its_interval(pair: tuple[int, int]) -> None:
    numerator, denominator = pair
    low, high = wilson(numerator, denominator)
    assert 0 <= low <= numerator / denominator <= high <= 1
    assert low < high


@given(counts())
def test_those_who_are_not_counted_have_the_mirrored_interval(pair: tuple[int, int]) -> None:
    numerator, denominator = pair
    low, high = wilson(numerator, denominator)
    assert wilson(denominator - numerator, denominator) == (
        pytest.approx(1 - high, abs=CLOSE),
        pytest.approx(1 - low, abs=CLOSE),
    )


@given(counts(), st.integers(min_value=2, max_value=40))
def test_a_larger_base_is_surer(pair: tuple[int, int], times: int) -> None:
    numerator, denominator = pair
    low, high = wilson(numerator, denominator)
    narrower = wilson(numerator * times, denominator * times)
    assert low - CLOSE <= narrower[0] <= narrower[1] <= high + CLOSE
    assert narrower[1] - narrower[0] < high - low


@given(counts(), st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99]))
def test_the_limits_are_where_the_score_test_tips(pair: tuple[int, int], confidence: float) -> None:
    """At each limit p the share lies exactly z standard errors of p away, which is how Wilson found them."""
    numerator, denominator = pair
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    for limit in wilson(numerator, denominator, confidence):
        distance = abs(limit - numerator / denominator)
        assert isclose(distance, z * sqrt(limit * (1 - limit) / denominator), rel_tol=1e-6, abs_tol=1e-7)


@given(counts())
def test_more_confidence_needs_more_room(pair: tuple[int, int]) -> None:
    within, around = wilson(*pair, confidence=0.8), wilson(*pair, confidence=0.99)
    assert around[0] <= within[0]
    assert within[1] <= around[1]
    assert around != within


@given(counts())
def test_one_more_moves_the_interval_up(pair: tuple[int, int]) -> None:
    numerator, denominator = pair
    lower, upper = wilson(numerator, denominator + 1), wilson(numerator + 1, denominator + 1)
    assert lower[0] < upper[0]
    assert lower[1] < upper[1]


@pytest.mark.parametrize("pair", [(1, 0), (0, 0), (-1, 10), (11, 10), (0, -5), (-3, -2), (nan, 10), (1, nan)], ids=str)
def test_impossible_counts_are_no_share(pair: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="är ingen andel"):
        wilson(*pair)


def test_below_a_small_base_one_person_is_more_than_three_percentage_points() -> None:
    assert 1 / (SMALL_BASE - 1) > 0.033 > 1 / (SMALL_BASE + 1)
