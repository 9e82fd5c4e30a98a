"""Shares with known bases: how sure they are, how far chance alone takes them, and how sure a rank is."""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist

import numpy as np
import pandas as pd

SMALL_BASE = 30  # persons; below this a share moves several percentage points with one person


def wilson(numerator: float, denominator: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a share, as shares 0-1; raise ValueError for impossible counts.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22: 209-212.

    >>> [round(limit, 4) for limit in wilson(15, 50)]
    [0.191, 0.4375]
    """
    if not 0 <= numerator <= denominator or denominator <= 0:
        raise ValueError(f"{numerator} av {denominator} är ingen andel")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = numerator / denominator
    middle = share + z * z / (2 * denominator)
    half = z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator**2))
    scale = 1 + z * z / denominator
    low, high = (middle - half) / scale, (middle + half) / scale
    return (0.0 if numerator == 0 else low), (1.0 if numerator == denominator else high)


def funnel_limits(target: float, denominators: Sequence[float], confidence: float = 0.95) -> pd.DataFrame:
    """Return the limits, as shares 0-1, within which chance alone keeps a share whose expected value is `target`.

    One row per denominator (persons), with `low` and `high`; exact binomial limits, interpolated between whole
    persons; the upper is the lower of those who are not counted, so that neither tail is above its share. A base
    that is reduced by a standard share is rounded down, which makes the limits a little wider; below one person
    there are none (NaN). Raises ValueError for an impossible target or base.

    Spiegelhalter (2005), "Funnel plots for comparing institutional performance", Statistics in Medicine 24:
    1185-1202, appendix A.1.1.

    >>> funnel_limits(0.5, [20, 100]).round(3).values.tolist()
    [[0.256, 0.744], [0.397, 0.603]]
    """
    from scipy.stats import binom

    given = np.asarray(denominators, dtype=float)
    if not 0 <= target <= 1 or not (given >= 0).all():
        raise ValueError(f"målet {target} eller något av underlagen {list(denominators)} är omöjligt")
    bases = np.floor(given)

    tail = 0.5 - confidence / 2

    def lower(share: float) -> pd.Series:
        persons = binom.ppf(tail, bases, share)
        at, below = binom.cdf(persons, bases, share), binom.cdf(persons - 1, bases, share)
        return pd.Series((persons - (at - tail) / (at - below)) / np.where(bases > 0, bases, np.nan)).clip(0, 1)

    return pd.DataFrame({"low": lower(target), "high": 1 - lower(1 - target)})


def rank_intervals(
    numerators: Sequence[float],
    denominators: Sequence[float],
    confidence: float = 0.95,
    draws: int = 10_000,
    seed: int = 1,
) -> pd.DataFrame:
    """Return the ranks that each place may have, 1 for the highest share: one row each, `low` to `high`.

    The shares are drawn from Beta(numerator + 1/2, others + 1/2) and ranked, `draws` times over. A base smaller
    than `SMALL_BASE` is never ranked (NaN), nor are the others ranked against it; the order of the places does not
    matter. Raises ValueError for impossible counts.

    Goldstein and Spiegelhalter (1996), "League tables and their limitations", Journal of the Royal Statistical
    Society, Series A 159: 385-443.

    >>> rank_intervals([10, 60, 62, 1], [100, 100, 100, 10])["high"].tolist()
    [3.0, 2.0, 2.0, nan]
    """
    counts = np.array([numerators, denominators], dtype=float)
    if not ((counts[0] >= 0) & (counts[0] <= counts[1])).all():
        raise ValueError("en täljare är negativ eller större än sin nämnare")
    ranked = np.flatnonzero(counts[1] >= SMALL_BASE)
    ranked = ranked[np.lexsort(counts[:, ranked])]
    limits = np.full((2, counts.shape[1]), np.nan)
    if len(ranked):
        own, of = counts[:, ranked]
        shares = np.random.default_rng(seed).beta(own + 0.5, of - own + 0.5, size=(draws, len(ranked)))
        ranks = len(ranked) - shares.argsort(axis=1).argsort(axis=1)
        tails = [0.5 - confidence / 2, 0.5 + confidence / 2]
        limits[:, ranked] = np.quantile(ranks, tails, axis=0, method="inverted_cdf")
    return pd.DataFrame({"low": limits[0], "high": limits[1]})
