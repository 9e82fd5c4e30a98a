"""The interval of a share: published values, and what Wilson's limits must satisfy whatever the counts."""

from math import isclose, nan, sqrt
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PHStatsMethods import wilson_lower, wilson_upper
from scipy.stats import binom, binomtest

from oj.compare.rates import SMALL_BASE, funnel_limits, rank_intervals, wilson

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


@given(counts(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_others_find_the_same_interval(pair: tuple[int, int], confidence: float) -> None:
    """SciPy, and PHStatsMethods of England's public health statisticians."""
    low, high = wilson(*pair, confidence)
    theirs = binomtest(*pair).proportion_ci(confidence, method="wilson")
    assert (low, high) == (pytest.approx(theirs.low, abs=CLOSE), pytest.approx(theirs.high, abs=CLOSE))
    english = (wilson_lower(*pair, confidence), wilson_upper(*pair, confidence))
    assert (low, high) == (pytest.approx(english[0], abs=CLOSE), pytest.approx(english[1], abs=CLOSE))


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


@given(st.integers(min_value=1, max_value=2000), st.floats(min_value=0.01, max_value=0.99))
def test_chance_seldom_goes_beyond_the_funnel(size: int, target: float) -> None:
    """On neither side more often than one time in forty, and one person further in would be more often."""
    low, high = funnel_limits(target, [size]).iloc[0]
    persons = np.arange(size + 1)
    chance = binom.pmf(persons, size, target)
    assert 0 <= low <= target <= high <= 1
    assert chance[persons / size < low - CLOSE].sum() <= 0.025 + CLOSE
    assert chance[persons / size > high + CLOSE].sum() <= 0.025 + CLOSE
    assert chance[persons / size < low + 1 / size + CLOSE].sum() >= 0.025 - CLOSE
    assert chance[persons / size > high - 1 / size - CLOSE].sum() >= 0.025 - CLOSE


@given(st.lists(st.integers(min_value=1, max_value=5000), min_size=1, max_size=20), st.floats(min_value=0, max_value=1))
def test_the_funnel_mirrors_those_who_are_not_counted(sizes: list[int], target: float) -> None:
    limits, others = funnel_limits(target, sizes), funnel_limits(1 - target, sizes)
    assert limits["low"].tolist() == pytest.approx((1 - others["high"]).tolist(), abs=1e-6)


def test_the_funnel_is_near_the_normal_distributions_in_large_bases() -> None:
    limits = funnel_limits(0.6, [100, 10_000])
    for (_, (low, high)), size in zip(limits.iterrows(), (100, 10_000), strict=True):
        half = Z * sqrt(0.6 * 0.4 / size)
        assert (0.6 - low, high - 0.6) == (pytest.approx(half, rel=0.1), pytest.approx(half, rel=0.1))


def test_a_reduced_base_has_the_wider_limits_of_its_whole_persons() -> None:
    limits = funnel_limits(0.6, [34.7, 34, 0.7])
    assert limits.loc[0].equals(limits.loc[1].rename(0))
    assert limits.loc[2].isna().all()


@pytest.mark.parametrize(("target", "bases"), [(1.2, [20]), (-0.1, [20]), (nan, [20]), (0.5, [20, -1]), (0.5, [nan])])
def test_an_impossible_funnel_is_refused(target: float, bases: list[float]) -> None:
    with pytest.raises(ValueError, match="omöjligt"):
        funnel_limits(target, bases)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Return numerators and denominators of some places, some of them small."""
    pairs = draw(st.lists(st.one_of(counts(), st.tuples(st.just(1), st.integers(1, 40))), min_size=1, max_size=8))
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def ranks(table: tuple[list[int], list[int]]) -> pd.DataFrame:
    """Return the intervals with fewer draws, which is quicker."""
    return rank_intervals(*table, draws=500)


@given(tables())
def test_small_bases_are_never_ranked(table: tuple[list[int], list[int]]) -> None:
    found = ranks(table)
    large = [size >= SMALL_BASE for size in table[1]]
    assert found.notna().all(axis=1).tolist() == large
    within = found[large]
    assert within.stack().between(1, max(1, sum(large))).all()
    assert (within["low"] <= within["high"]).all()
    pd.testing.assert_frame_equal(
        ranks(([n for n, big in zip(table[0], large, strict=True) if big], [d for d in table[1] if d >= SMALL_BASE])),
        within.reset_index(drop=True),
        check_index_type=False,
    )


@given(tables())
def test_ranks_are_the_same_each_time_and_in_any_order(table: tuple[list[int], list[int]]) -> None:
    found = ranks(table)
    assert found.equals(ranks(table))
    alike = len(set(zip(*table, strict=True))) < len(table[0])
    if not alike:  # places with the same counts are drawn one by one
        turned = ranks((table[0][::-1], table[1][::-1]))
        assert found.equals(turned[::-1].reset_index(drop=True))


def test_ranks_of_shares_far_apart_are_sure_and_of_shares_alike_unsure() -> None:
    far = rank_intervals([10, 500, 990, 2], [1000, 1000, 1000, 12])
    assert far.fillna(0).to_numpy().tolist() == [[3, 3], [2, 2], [1, 1], [0, 0]]
    alike = rank_intervals([50] * 5, [100] * 5)
    assert alike.to_numpy().tolist() == [[1, 5]] * 5


def test_the_chance_of_being_first_is_that_of_the_difference() -> None:
    """Of two places, the first is also second just when it is so in more than one draw of forty."""
    sure, unsure = rank_intervals([66, 50], [100, 100]), rank_intervals([60, 50], [100, 100])
    assert sure.to_numpy().tolist() == [[1, 1], [2, 2]]
    assert unsure.to_numpy().tolist() == [[1, 2], [1, 2]]


@pytest.mark.parametrize("pair", [([3], [2]), ([-1], [40]), ([nan], [40])], ids=str)
def test_impossible_counts_are_not_ranked(pair: tuple[list[float], list[float]]) -> None:
    with pytest.raises(ValueError, match="täljare"):
        rank_intervals(*pair)
