"""The fit of series of equal length in NumPy: no compiler, nothing to warm up.

Shapes: a block holds m series of n points each; arrays are (m, n), pairs (m, n(n−1)/2).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from vagvisare.assessment.effective import ANNUAL_RHO
from vagvisare.assessment.kernels.exact import exact_p
from vagvisare.assessment.kernels.shapes import Floats, Marks, Trends, Whole
from vagvisare.assessment.reference import (
    ALWAYS_EXACT,
    HIGHEST_RHO,
    NO_INFLATION,
    PRIOR_RHO,
    PRIOR_WEIGHT,
    Z_90,
    Z_95,
)

NUMBERS_AT_ONCE = 1 << 17
"""How many slopes are sorted at a time: a megabyte, which stays in a core's own cache."""


def fit(times: Floats, values: Floats, y: Floats, known: Floats) -> Trends:
    """Compute the numbers of m series of n points (at least five), in pieces that fit in the cache.

    Args:
        times: years, shape (m, n).
        values: the figures that are compared for higher and lower, shape (m, n).
        y: the same on the model scale, shape (m, n).
        known: the variance inflation where it is known beforehand, NaN where it is to be estimated; shape (m,).
    """
    m, n = y.shape
    rows = max(1, NUMBERS_AT_ONCE // (n * (n - 1) // 2))
    if m <= rows:
        return _fit(times, values, y, known)
    pieces = [
        _fit(times[k : k + rows], values[k : k + rows], y[k : k + rows], known[k : k + rows]) for k in range(0, m, rows)
    ]
    return Trends(*(np.concatenate(column) for column in zip(*pieces, strict=True)))


def _fit(times: Floats, values: Floats, y: Floats, known: Floats) -> Trends:
    m, n = y.shape
    times = times - times[:, :1]
    earlier, later = _pairs(n)
    slopes = np.sort((y[:, later] - y[:, earlier]) / (times[:, later] - times[:, earlier]), axis=1)
    slope = _median(slopes)
    line = slope[:, None] * times
    intercept = _median(np.sort(y - line, axis=1))
    given = ~np.isnan(known)
    rho = np.where(given, ANNUAL_RHO, _rho(y - (intercept[:, None] + line), y))
    inflation = np.where(given, known, _inflation(n, rho))
    s = np.sign(values[:, later] - values[:, earlier]).sum(axis=1).astype(np.int64)
    variance, tied = _variance(values)
    exact = ~given & (n <= ALWAYS_EXACT or (inflation < NO_INFLATION) & ~tied)
    spread = np.sqrt(variance * inflation)
    return Trends(
        n=np.full(m, n),
        s=s,
        variance=variance,
        p=p_values(s, values, spread, exact),
        exact=exact,
        rho=rho,
        inflation=inflation,
        slope=slope,
        **_intervals(slopes, spread),
        start=intercept,
        end=intercept + slope * times[:, -1],
    )


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


def _variance(values: Floats) -> tuple[Floats, Marks]:
    """Return the Mann–Kendall variance of each row, and whether the row has ties."""
    n = values.shape[1]
    alike = (values[:, :, None] == values[:, None, :]).sum(axis=2)
    # Each of a group's t members carries (t−1)(2t+5), together the t(t−1)(2t+5) of the formula.
    tied = ((alike - 1) * (2 * alike + 5)).sum(axis=1)
    return (n * (n - 1) * (2 * n + 5) - tied) / 18, (alike > 1).any(axis=1)


def _intervals(slopes: Floats, spread: Floats) -> dict[str, Floats]:
    """Return the pairs of slopes standing 1.96 and 1.645 spreads apart, counted in ranks, in each sorted row."""
    count = slopes.shape[1]
    rows = np.arange(len(slopes))
    below_95, below_90 = (
        np.maximum(np.floor((count - width * spread) / 2).astype(np.int64) - 1, 0) for width in (Z_95, Z_90)
    )
    return {
        "slope_low": slopes[rows, below_95],
        "slope_high": slopes[rows, count - 1 - below_95],
        "slope_low_90": slopes[rows, below_90],
        "slope_high_90": slopes[rows, count - 1 - below_90],
    }


def p_values(s: Whole, values: Floats, spread: Floats, exact: Marks) -> Floats:
    """Return the two-sided probability of each row, exact where asked for, else by the normal distribution."""
    z = np.where(spread > 0, np.maximum(np.abs(s) - 1, 0) / np.where(spread > 0, spread, 1.0), 0.0)
    out = np.array([math.erfc(value / math.sqrt(2)) for value in z.tolist()])
    if exact.any():
        out[exact] = exact_p(s[exact], values[exact])
    return out
