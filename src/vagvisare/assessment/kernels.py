"""The trend method for all series at once: NumPy over one block per number of points.

Shapes: a block holds m series of n points each; arrays are (m, n), pairs (m, n(n−1)/2). The numbers equal those of
``reference`` to nine digits; selecting the window, changing scale and stating the verdict are the same code.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vagvisare.assessment.judgement import Trend
from vagvisare.assessment.reference import (
    ALWAYS_EXACT,
    HIGHEST_RHO,
    NO_INFLATION,
    PRIOR_RHO,
    PRIOR_WEIGHT,
    Z_90,
    Z_95,
)
from vagvisare.assessment.request import Points, TrendRequest, points_of
from vagvisare.assessment.verdict import FEWEST, Fit, conclude, too_few

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


def judge_all(requests: Sequence[TrendRequest]) -> list[Trend]:
    """Judge many trends; answers in the order of the requests."""
    points = [points_of(request) for request in requests]
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for place, these in enumerate(points):
        blocks[these.window.n].append(place)
    out: dict[int, Trend] = {}
    for n, places in blocks.items():
        if n < FEWEST:
            out |= {place: too_few(points[place]) for place in places}
            continue
        # Figures near the end of what a float holds overflow to infinity, here as in the reference, which is silent.
        with np.errstate(over="ignore", invalid="ignore"):
            fits = fit_block([points[place] for place in places])
        for place, fit in zip(places, fits, strict=True):
            out[place] = conclude(requests[place], points[place], fit)
    return [out[place] for place in range(len(requests))]


def fit_block(block: Sequence[Points]) -> list[Fit]:
    """Compute the numbers of series that all have the same number of points (at least five)."""
    times = np.array([points.times for points in block])
    values = np.array([points.values for points in block])
    y = np.array([points.y for points in block])
    n = y.shape[1]
    earlier, later = _pairs(n)
    slopes = np.sort((y[:, later] - y[:, earlier]) / (times[:, later] - times[:, earlier]), axis=1)
    slope = _median(slopes)
    line = slope[:, None] * times
    intercept = _median(np.sort(y - line, axis=1))
    rho = _rho(y - (intercept[:, None] + line), y)
    inflation = _inflation(n, rho)
    s = np.sign(values[:, later] - values[:, earlier]).sum(axis=1).astype(np.int64)
    variance, tied = _variance(values)
    exact = (inflation < NO_INFLATION) & ~tied if n > ALWAYS_EXACT else np.ones(len(block), dtype=bool)
    spread = np.sqrt(variance * inflation)
    columns = (
        slope.tolist(),
        _interval(slopes, Z_95 * spread),
        _interval(slopes, Z_90 * spread),
        s.tolist(),
        _p_values(s, values, spread, exact),
        exact.tolist(),
        rho.tolist(),
        inflation.tolist(),
        intercept.tolist(),
        (intercept + slope * times[:, -1]).tolist(),
    )
    return [Fit(*row) for row in zip(*columns, strict=True)]


@lru_cache(maxsize=64)
def _pairs(n: int) -> tuple[Whole, Whole]:
    """Return the places of the earlier and the later point of every pair."""
    earlier, later = np.triu_indices(n, 1)
    return earlier.astype(np.int64), later.astype(np.int64)


def _median(ordered: Floats) -> Floats:
    """Return the median of each row of an (m, k) array sorted along its rows."""
    k = ordered.shape[1]
    middle: Floats = (ordered[:, (k - 1) // 2] + ordered[:, k // 2]) / 2
    return middle


def _rho(residuals: Floats, y: Floats) -> Floats:
    """Return the shrunk autocorrelation of each row of (m, n) residuals around the line through ``y``."""
    n = y.shape[1]
    size = np.abs(residuals).max(axis=1)
    floor = 1e-9 * np.ptp(y, axis=1) + 1e-12 * np.abs(y).max(axis=1)
    heard = size > floor
    scaled = residuals / np.where(heard, size, 1.0)[:, None]
    centred = scaled - scaled.mean(axis=1, keepdims=True)
    total = (centred**2).sum(axis=1)
    r1 = (centred[:, :-1] * centred[:, 1:]).sum(axis=1) / np.where(total > 0, total, 1.0)
    r1 = np.where(heard, r1, 0.0)
    own = (n * r1 + 2) / (n - 4) if n > 6 else np.full(len(y), PRIOR_RHO)
    shrunk = (n * own + PRIOR_WEIGHT * PRIOR_RHO) / (n + PRIOR_WEIGHT)
    kept: Floats = np.clip(shrunk, 0.0, HIGHEST_RHO)
    return kept


def _inflation(n: int, rho: Floats) -> Floats:
    """Return how many times each variance grows for its autocorrelation."""
    k = np.arange(1, n)
    grown: Floats = 1 + 2 * ((1 - k / n) * rho[:, None] ** k).sum(axis=1)
    return grown


def _variance(values: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return the Mann–Kendall variance of each row, and whether the row has ties."""
    n = values.shape[1]
    alike = (values[:, :, None] == values[:, None, :]).sum(axis=2)
    # Each of a group's t members carries (t−1)(2t+5), together the t(t−1)(2t+5) of the formula.
    tied = ((alike - 1) * (2 * alike + 5)).sum(axis=1)
    return (n * (n - 1) * (2 * n + 5) - tied) / 18, (alike > 1).any(axis=1)


def _interval(slopes: Floats, width: Floats) -> list[tuple[float, float]]:
    """Return the pair of slopes standing ``width`` ranks apart in each sorted row."""
    count = slopes.shape[1]
    below = np.maximum(np.floor((count - width) / 2).astype(np.int64) - 1, 0)
    rows = np.arange(len(slopes))
    low, high = slopes[rows, below], slopes[rows, count - 1 - below]
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _p_values(s: Whole, values: Floats, spread: Floats, exact: npt.NDArray[np.bool_]) -> list[float]:
    """Return the two-sided probability of each row, exact where asked for, else by the normal distribution."""
    z = np.where(spread > 0, np.maximum(np.abs(s) - 1, 0) / np.where(spread > 0, spread, 1.0), 0.0)
    out = [math.erfc(value / math.sqrt(2)) for value in z.tolist()]
    for row in np.flatnonzero(exact).tolist():
        counts = np.unique(values[row], return_counts=True)[1]
        out[row] = float(_exact_table(tuple(sorted(counts.tolist())))[abs(int(s[row]))])
    return out


@lru_cache(maxsize=1024)
def _exact_table(groups: tuple[int, ...]) -> Floats:
    """Return P(|S| ≥ s) for s = 0 … the number of untied pairs, for figures in equal groups of these sizes.

    The orders by number of wrong pairs are the quotient [n]! / Π [g]! of Gaussian factorials.
    """
    n = sum(groups)
    orders = _factorial(n)
    for group in groups:
        for size in range(2, group + 1):
            orders = _divided(orders, size)
    pairs = len(orders) - 1
    distance = np.abs(pairs - 2 * np.arange(pairs + 1))
    tail = np.array([orders[distance >= s].sum() for s in range(pairs + 1)])
    table: Floats = tail / orders.sum()
    return table


def _factorial(n: int) -> Whole:
    """Return the Gaussian factorial of n: the product of 1 + q + … + q^(i−1) for i up to n."""
    out = np.ones(1, dtype=np.int64)
    for i in range(2, n + 1):
        out = np.convolve(out, np.ones(i, dtype=np.int64))
    return out


def _divided(orders: Whole, size: int) -> Whole:
    """Divide exactly by 1 + q + … + q^(size−1)."""
    out = np.zeros(len(orders) - size + 1, dtype=np.int64)
    for place in range(len(out)):
        out[place] = orders[place] - out[max(place - size + 1, 0) : place].sum()
    return out
