"""Shares with known bases: how sure they are."""

from math import sqrt
from statistics import NormalDist

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
