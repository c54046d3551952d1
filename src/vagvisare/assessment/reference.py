"""The trend method in plain Python: this file is what the words of the method page mean.

Nothing here is clever or fast. ``kernels`` computes the same numbers for all series at once and is held to this
file by random cases. The method, as docs/method tells it: the slope of Theil and Sen,
tested by Mann and Kendall with the variance widened for autocorrelation, which is estimated and shrunk towards 0.3.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median

from vagvisare.assessment.effective import ANNUAL_RHO
from vagvisare.assessment.judgement import Trend
from vagvisare.assessment.request import Points, TrendRequest, points_of
from vagvisare.assessment.verdict import Fit, conclude, enough, too_few

PRIOR_RHO = 0.3
"""The autocorrelation every series is assumed to have until its own figures say otherwise."""

PRIOR_WEIGHT = 20
"""How many points that assumption weighs."""

HIGHEST_RHO = 0.8

ALWAYS_EXACT = 6
"""Up to this many points direction is claimed only by the exact test: they say nothing of their own autocorrelation.

Its steps are so coarse there that chance stays below five per cent; at seven points it no longer does when neighbours
resemble each other, so from there the widened test is used (docs/method/honesty).
"""

NO_INFLATION = 1.01
"""Below this the variance needs no widening, and the exact distribution may be used for any number of points."""

Z_95 = 1.96
Z_90 = 1.645


def judge(request: TrendRequest) -> Trend:
    """Judge one trend."""
    points = points_of(request)
    if not enough(points):
        return too_few(points, request.earlier)
    return conclude(request, points, fit(points))


def fit(points: Points) -> Fit:
    """Compute the numbers of one trend from at least five points."""
    n = len(points.y)
    slopes = pairwise_slopes(points.times, points.y)
    slope = median(slopes)
    intercept = median(y - slope * t for t, y in zip(points.times, points.y, strict=True))
    residuals = [y - (intercept + slope * t) for t, y in zip(points.times, points.y, strict=True)]
    if points.inflation is None:
        rho = autocorrelation_shrunk(lag_one(residuals, noise_floor(points.y)), n)
        inflation = variance_inflation(n, rho)
    else:
        rho, inflation = ANNUAL_RHO, points.inflation
    s, variance = mann_kendall(points.values)
    ties = tie_groups(points.values)
    exact = points.inflation is None and (n <= ALWAYS_EXACT or (inflation < NO_INFLATION and not ties))
    spread = math.sqrt(variance * inflation)
    return Fit(
        slope=slope,
        slope_95=slope_interval(slopes, Z_95 * spread),
        slope_90=slope_interval(slopes, Z_90 * spread),
        s=s,
        p=exact_p(s, n, ties) if exact else normal_p(s, spread),
        exact=exact,
        rho=rho,
        inflation=inflation,
        start=intercept,
        end=intercept + slope * points.times[-1],
    )


def mann_kendall(values: Sequence[float]) -> tuple[int, float]:
    """Count later-is-higher pairs minus later-is-lower pairs, and the variance of that count under no trend.

    The variance is [n(n−1)(2n+5) − Σ t(t−1)(2t+5)] / 18, where t runs over the sizes of groups of equal figures.
    """
    s = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    n = len(values)
    tied = sum(t * (t - 1) * (2 * t + 5) for t in tie_groups(values))
    return s, (n * (n - 1) * (2 * n + 5) - tied) / 18


def tie_groups(values: Sequence[float]) -> tuple[int, ...]:
    """Return the sizes of groups of equal figures, largest first; empty when all differ."""
    return tuple(sorted((count for count in Counter(values).values() if count > 1), reverse=True))


def pairwise_slopes(times: Sequence[float], y: Sequence[float]) -> list[float]:
    """Return the slope between every pair of points over its true distance in years, lowest first."""
    return sorted((y[j] - y[i]) / (times[j] - times[i]) for i, j in combinations(range(len(y)), 2))


def sen_slope(times: Sequence[float], y: Sequence[float]) -> float:
    """Return the Theil–Sen slope: the median of all pairwise slopes, per year."""
    return median(pairwise_slopes(times, y))


def noise_floor(y: Sequence[float]) -> float:
    """Return the size under which a residual is the computer's rounding and no residual at all."""
    return 1e-9 * (max(y) - min(y)) + 1e-12 * max(abs(value) for value in y)


def lag_one(residuals: Sequence[float], floor: float = 0.0) -> float:
    """Return the correlation of each residual with the next; 0 when the line leaves no residual above ``floor``."""
    largest = max(abs(e) for e in residuals)
    if largest <= floor:
        return 0.0
    scaled = [e / largest for e in residuals]
    mean = math.fsum(scaled) / len(scaled)
    centred = [e - mean for e in scaled]
    total = math.fsum(e * e for e in centred)
    # Over irregular years a neighbour is the next figure, however far away: with so few points no more is known.
    return math.fsum(a * b for a, b in pairwise(centred)) / total if total else 0.0


def autocorrelation_shrunk(r1: float, n: int) -> float:
    """Correct the lag-one correlation for the short series and pull it towards 0.3, as 20 extra points would.

    Up to six points say nothing of their own autocorrelation; 0.3 is then taken as it is.
    """
    own = (n * r1 + 2) / (n - 4) if n > 6 else PRIOR_RHO
    shrunk = (n * own + PRIOR_WEIGHT * PRIOR_RHO) / (n + PRIOR_WEIGHT)
    return min(max(shrunk, 0.0), HIGHEST_RHO)


def variance_inflation(n: int, rho: float) -> float:
    """Return how many times the variance grows when neighbours resemble each other: 1 + 2 Σ (1 − k/n) ρ^k."""
    return 1 + 2 * sum((1 - k / n) * rho**k for k in range(1, n))


def normal_p(s: int, spread: float) -> float:
    """Return the two-sided probability of a count at least as far from nought, by the normal distribution."""
    if s == 0 or spread == 0:
        return 1.0
    z = (abs(s) - 1) / spread
    return math.erfc(z / math.sqrt(2))


def exact_p(s: int, n: int, ties: Sequence[int] = ()) -> float:
    """Return the two-sided probability of a count at least as far from nought, counting every order of the figures.

    How many orders have 0, 1, 2 … pairs in the wrong order are the coefficients of the Gaussian multinomial.
    """
    orders = wrong_pairs(n, ties)
    pairs = len(orders) - 1
    extreme = sum(count for wrong, count in enumerate(orders) if abs(pairs - 2 * wrong) >= abs(s))
    return extreme / sum(orders)


def wrong_pairs(n: int, ties: Sequence[int] = ()) -> list[int]:
    """Return how many different orders of n figures have 0, 1, 2 … pairs in falling order.

    ``ties`` are sizes of groups of equal figures. Figures are put in group by group: a group of g among m already
    placed contributes the Gaussian binomial of m + g over g.
    """
    groups = [*ties, *([1] * (n - sum(ties)))]
    orders, placed = [1], 0
    for group in groups:
        orders = _product(orders, gaussian_binomial(placed + group, group))
        placed += group
    return orders


def gaussian_binomial(n: int, k: int) -> list[int]:
    """Return the coefficients of the Gaussian binomial by its Pascal rule: [n,k] = [n−1,k−1] + q^k [n−1,k]."""
    if k in (0, n):
        return [1]
    out = [0] * (k * (n - k) + 1)
    for power, count in enumerate(gaussian_binomial(n - 1, k - 1)):
        out[power] += count
    for power, count in enumerate(gaussian_binomial(n - 1, k)):
        out[power + k] += count
    return out


def _product(a: Sequence[int], b: Sequence[int]) -> list[int]:
    out = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return out


def slope_interval(slopes: Sequence[float], width: float) -> tuple[float, float]:
    """Return the slopes standing ``width`` ranks apart, symmetric about the middle of the sorted ``slopes``.

    Ranks are rounded outwards; where the width exceeds the number of slopes, the lowest and highest are returned.
    """
    below = max(math.floor((len(slopes) - width) / 2) - 1, 0)
    return slopes[below], slopes[len(slopes) - 1 - below]
