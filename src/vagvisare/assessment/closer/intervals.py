"""How certain one figure is: 95 % intervals from a share, a count of events or a standard error, and their difference.

Shares by Wilson's score interval, counts by Byar's approximation (exactly below ten), as England's Office for Health
Improvement and Disparities computes them. A difference of two independent figures by Newcombe's square-and-add rule.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

Z = 1.959963984540054
"""The standard normal distribution has 95 per cent between −Z and Z."""

FEW = 10
"""Below this many events Byar's approximation is replaced by the exact Poisson limits."""

_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, all three in one unit."""

    value: float
    low: float
    high: float


def wilson(count: float, n: float) -> tuple[float, float]:
    """Return the score interval of the share ``count`` of ``n``, as parts of one; stays between 0 and 1.

    Raises:
        ValueError: when ``n`` is not positive or ``count`` not between 0 and ``n``.
    """
    if not (n > 0 and 0 <= count <= n):
        raise ValueError(f"{count} of {n} is no share")
    p, z2 = count / n, Z * Z
    middle = p + z2 / (2 * n)
    width = Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low, high = (middle - width) / (1 + z2 / n), (middle + width) / (1 + z2 / n)
    return (max(low, 0.0) if count > 0 else 0.0), (min(high, 1.0) if count < n else 1.0)


def byar(count: float) -> tuple[float, float]:
    """Return the interval of a count of events, from ten events on a good approximation to the exact one.

    Raises:
        ValueError: when the count is negative.
    """
    if count < 0:
        raise ValueError(f"{count} is no count")
    above = count + 1
    low = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3 if count > 0 else 0.0
    return max(low, 0.0), above * (1 - 1 / (9 * above) + Z / (3 * math.sqrt(above))) ** 3


def events(count: float) -> tuple[float, float]:
    """Return the interval of a count of events: exact below ten, Byar's from ten on; needs a whole number below ten."""
    if count >= FEW or count != int(count):
        return byar(count)
    return exact_events(int(count))


def exact_events(count: int) -> tuple[float, float]:
    """Return the exact Poisson interval: the means for which so many, or so few, events have probability 2.5 %."""
    low = _solved(lambda mean: 1 - _at_most(count - 1, mean) - _TAIL, count + 1.0) if count > 0 else 0.0
    return low, _solved(lambda mean: _TAIL - _at_most(count, mean), 10.0 * count + 20)


def _at_most(count: int, mean: float) -> float:
    """Return the probability of at most ``count`` events."""
    return math.fsum(math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count + 1))


def _solved(rising: Callable[[float], float], high: float) -> float:
    """Return where a rising function of a positive number crosses nought, between 0 and ``high``, by halving."""
    low = 0.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return high


def from_standard_error(value: float, se: float) -> tuple[float, float]:
    """Return the interval of a figure whose producer gives a standard error."""
    return value - Z * se, value + Z * se


def margin_of_difference(before: Estimate, now: Estimate) -> float:
    """Return how large a change in the direction seen must be to be clear of both figures' uncertainty (95 %).

    The sides of the two intervals that face each other are squared and added (Newcombe 1998), so that a share near
    nought keeps its lopsided interval. The figures must be independent: not windows that share years.
    """
    if now.value >= before.value:
        return math.hypot(now.value - now.low, before.high - before.value)
    return math.hypot(now.high - now.value, before.value - before.low)


def student(freedom: float, error: float = 0.05) -> float:
    """Return the two-sided point of Student's t beyond which ``error`` lies, for two (possibly broken) degrees or more.

    By Cornish and Fisher's expansion around the normal point; for 5 % within one per cent from three degrees on.
    """
    v, z = max(freedom, 2.0), NormalDist().inv_cdf(1 - error / 2)
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )
