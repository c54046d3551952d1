"""How much overlapping windows are worth: two windows that share years are not two measurements.

A figure for 2016–2019 and one for 2017–2020 rest on three common years. Both what such figures are worth together and
how far the Mann–Kendall count wavers without any trend follow from the overlap alone, so neither has to be estimated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from vagvisare.terms.period import Period

ANNUAL_RHO = 0.3
"""The autocorrelation of the years behind the windows: the one every series is assumed to have.

Their own cannot be told from overlapping figures, which resemble each other whatever the years do.
"""

_Matrix = tuple[tuple[float, ...], ...]


def overlapping(periods: Sequence[Period]) -> bool:
    """Tell whether any period shares a year with the one before it; periods in order of time."""
    return any(later.start <= earlier.end for earlier, later in pairwise(periods))


@lru_cache(maxsize=4096)
def effective_size(periods: tuple[Period, ...]) -> float:
    """Return how many measurements of separate years the periods are worth: n² / Σᵢⱼ corr(i, j).

    The correlation is that of means over the periods' years when the years themselves are independent.
    """
    if not overlapping(periods):
        return float(len(periods))
    correlations = correlation(periods, 0.0)
    return len(periods) ** 2 / math.fsum(math.fsum(row) for row in correlations)


@lru_cache(maxsize=4096)
def known_inflation(periods: tuple[Period, ...]) -> float | None:
    """Return how many times the variance of the Mann–Kendall count grows for the overlap; None where there is none.

    For normal figures the count's variance under no trend is Σ (2/π) asin corr(yⱼ − yᵢ, yₗ − yₖ) over all pairs of
    pairs, since the signs of two normal differences with correlation r have covariance (2/π) asin r (Sheppard 1899).
    """
    n = len(periods)
    if n < 2 or not overlapping(periods):
        return None
    c = correlation(periods, ANNUAL_RHO)
    pairs = [(i, j, math.sqrt(max(c[j][j] - 2 * c[i][j] + c[i][i], 0.0))) for i, j in combinations(range(n), 2)]
    diagonal = beside = 0.0
    for place, (i, j, own) in enumerate(pairs):
        ci, cj = c[i], c[j]
        diagonal += own > 0
        for k, m, other in pairs[place + 1 :]:
            if own > 0 and other > 0:
                r = (cj[m] - cj[k] - ci[m] + ci[k]) / (own * other)
                beside += math.asin(min(max(r, -1.0), 1.0))
    return (diagonal + 2 * (2 / math.pi) * beside) / (n * (n - 1) * (2 * n + 5) / 18)


def correlation(periods: Sequence[Period], rho: float) -> _Matrix:
    """Return the correlations between means over the periods' years, when years lag-k apart correlate by ρ^k."""

    def covariance(a: Period, b: Period) -> float:
        years = ((x, y) for x in range(a.start, a.end + 1) for y in range(b.start, b.end + 1))
        shared = math.fsum(1.0 if x == y else rho ** abs(x - y) for x, y in years)
        return shared / ((a.end - a.start + 1) * (b.end - b.start + 1))

    sd = [math.sqrt(covariance(each, each)) for each in periods]
    return tuple(
        tuple(covariance(a, b) / (sd[i] * sd[j]) for j, b in enumerate(periods)) for i, a in enumerate(periods)
    )
