"""The fit of series of equal length, compiled: the same numbers as ``numpy_path`` to the last digits.

The slopes of sixteen series are put in order by a sorting network, and the median and the ends of both intervals are
read from the same order. docs/reference/kernels.md tells the layout, and what was tried and did not help.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from vagvisare.assessment.effective import ANNUAL_RHO
from vagvisare.assessment.kernels import compiled, numpy_path
from vagvisare.assessment.kernels.exact import exact_p, table
from vagvisare.assessment.kernels.network import ROWS, Tiles, tiles
from vagvisare.assessment.kernels.shapes import Floats, Trends
from vagvisare.assessment.reference import (
    ALWAYS_EXACT,
    HIGHEST_RHO,
    NO_INFLATION,
    PRIOR_RHO,
    PRIOR_WEIGHT,
    Z_90,
    Z_95,
)

LONGEST_SERIES = 64
"""Longer series, whose slopes would no longer fit in a core's own cache, are left to NumPy."""

RULES = compiled.Rules(
    prior_rho=PRIOR_RHO,
    prior_weight=float(PRIOR_WEIGHT),
    highest_rho=HIGHEST_RHO,
    annual_rho=ANNUAL_RHO,
    no_inflation=NO_INFLATION,
    always_exact=ALWAYS_EXACT,
    z_95=Z_95,
    z_90=Z_90,
)


def fit(times: Floats, values: Floats, y: Floats, known: Floats) -> Trends:
    """Compute the numbers of m series of n points (at least five); shapes as for ``numpy_path.fit``."""
    m, n = y.shape
    if n > LONGEST_SERIES:
        return numpy_path.fit(times, values, y, known)
    pairs, points = places(n * (n - 1) // 2), places(n)
    times, values, y = (np.ascontiguousarray(each) for each in (times, values, y))
    out = np.empty((13, m))
    known = np.ascontiguousarray(known)
    compiled.fit_blocks(times, values, y, known, pairs, points, table((1,) * n), RULES, out)
    tied = np.flatnonzero(out[compiled.EXACT] == compiled.TO_LOOK_UP)
    s = out[compiled.S].astype(np.int64)
    if len(tied):
        out[compiled.P, tied] = exact_p(s[tied], values[tied])
    return Trends(
        n=np.full(m, n),
        s=s,
        variance=out[compiled.VARIANCE],
        p=out[compiled.P],
        exact=out[compiled.EXACT] > 0,
        rho=out[compiled.RHO],
        inflation=out[compiled.INFLATION],
        slope=out[compiled.SLOPE],
        slope_low=out[compiled.LOW],
        slope_high=out[compiled.HIGH],
        slope_low_90=out[compiled.LOW_90],
        slope_high_90=out[compiled.HIGH_90],
        start=out[compiled.START],
        end=out[compiled.END],
    )


@lru_cache(maxsize=128)
def places(rows: int) -> Tiles:
    """Return the tiles that sort so many rows, with the place where each row begins instead of its number."""
    return tiles(rows) * np.array([1] + [compiled.LANES] * ROWS, dtype=np.uint32)
