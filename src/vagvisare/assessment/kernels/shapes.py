"""The arrays that go in and come out of the kernels, and what the codes in them mean.

Every array has one element a series, in the order of the series. A code is a place in its table: ``VERDICTS[code]``
is the word. Numbers that do not exist are NaN.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from vagvisare.assessment.judgement import Movement, PaceVerdict, Reason, Size, Verdict
from vagvisare.terms.unit import Scale

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
Marks = npt.NDArray[np.bool_]
Engine = Literal["auto", "numpy", "numba"]

SCALES = (Scale.LINEAR, Scale.LOG, Scale.LOGIT)
VERDICTS = tuple(Verdict)
MOVEMENTS = tuple(Movement)
REASONS = tuple(Reason)
PACES = tuple(PaceVerdict)
SIZES = tuple(Size)
NONE = -1
"""The code where there is nothing to say: no target, no reversal, no verdict of an edition before."""

LINEAR, LOG, LOGIT = range(3)


class Ragged(NamedTuple):
    """Series with nothing missing: figures and years of all of them, and where each begins and ends (both (m,))."""

    values: Floats
    periods: Floats
    begin: Whole
    end: Whole

    @property
    def n(self) -> Whole:
        """The number of points of each series."""
        return self.end - self.begin


class Trends(NamedTuple):
    """The numbers of m trends, all on the model scale; arrays of length m.

    ``slope`` with its 95 and 90 % intervals is per year; ``start`` and ``end`` are the robust line at the first and the
    last point. With fewer than five points slopes, line, ``rho`` and ``inflation`` are NaN, ``s`` is 0 and ``p`` 1;
    ``variance`` is the tie-corrected variance of ``s`` before it is widened by ``inflation``, NaN there too.
    """

    n: Whole
    s: Whole
    variance: Floats
    p: Floats
    exact: Marks
    rho: Floats
    inflation: Floats
    slope: Floats
    slope_low: Floats
    slope_high: Floats
    slope_low_90: Floats
    slope_high_90: Floats
    start: Floats
    end: Floats


class Contracts(NamedTuple):
    """What is declared about m series; every field is an array of length m, or of length 1 (or a number) for all alike.

    ``scale`` is a code of SCALES, ``low`` and ``high`` the natural limits (both NaN where there are none; a share
    without limits lies between 0 and 100). ``direction`` is 1, −1 or 0 as in ``definition.Direction``.
    ``smallest_change`` is in per cent where ``scale`` is log, else in the unit; NaN: absence of change is never
    declared. ``cut`` is the first year after the latest break that cuts, −∞ for none; one later than a series'
    latest figure has not happened. ``target`` is a level in the unit, ``target_year`` its year; NaN for none.
    ``last_break`` is the year of the latest declared break of any kind no later than the latest figure (no reversal is
    claimed across it), NaN for none. ``earlier`` is the code in VERDICTS of the edition before, NONE where there is
    none.
    """

    scale: npt.ArrayLike
    low: npt.ArrayLike = np.nan
    high: npt.ArrayLike = np.nan
    direction: npt.ArrayLike = 0
    smallest_change: npt.ArrayLike = np.nan
    cut: npt.ArrayLike = -np.inf
    target: npt.ArrayLike = np.nan
    target_year: npt.ArrayLike = np.nan
    last_break: npt.ArrayLike = np.nan
    earlier: npt.ArrayLike = NONE


class Judgements(NamedTuple):
    """The judgement of m series, arrays of length m; numbers are in each series' own unit unless said otherwise.

    ``period`` and ``value`` are the latest figure (level). ``n`` points were used of ``available`` since the break,
    ``since`` is the first of them. ``verdict``, ``movement``, ``reason`` and ``scale`` are codes; ``scale`` is the
    one the figures could be judged on. ``slope`` and its 95 % interval are per year on that scale; ``change`` is
    over the window, with its 90 % interval. ``run_length`` changes in a row went the way ``run_movement`` (NONE and
    0 where there is no run) since ``run_since``. ``reversal`` is the size code of a latest change against the trend,
    NONE where there is none; ``reversal_change`` and ``reversal_deviation`` belong to it.
    ``latest_change`` is from the figure before; ``news`` is 1 where it is larger than ``process_margin``, what the
    process alone may change it by (95 %), 0 where it is not, NONE where that cannot be told. ``pace`` is the verdict on
    the target, NONE without one; ``needed``, ``achieved`` and its 95 % interval are per cent a year on the log scale,
    else units a year; ``ratio`` is achieved over needed.
    """

    period: Floats
    value: Floats
    n: Whole
    available: Whole
    since: Floats
    verdict: Codes
    movement: Codes
    reason: Codes
    scale: Codes
    slope: Floats
    slope_low: Floats
    slope_high: Floats
    s: Whole
    p: Floats
    exact: Marks
    rho: Floats
    inflation: Floats
    level_start: Floats
    level_end: Floats
    change: Floats
    change_low: Floats
    change_high: Floats
    run_movement: Codes
    run_length: Whole
    run_since: Floats
    reversal: Codes
    reversal_change: Floats
    reversal_deviation: Floats
    latest_change: Floats
    process_margin: Floats
    news: Codes
    pace: Codes
    needed: Floats
    achieved: Floats
    achieved_low: Floats
    achieved_high: Floats
    ratio: Floats


TOO_FEW = Trends(0, 0, np.nan, 1.0, False, *[np.nan] * 9)  # type: ignore[arg-type]
"""What is known of a series with too few points, but for how many there are."""


def room_for_trends(m: int) -> Trends:
    """Return arrays for m trends with nothing written in them yet, so that each thread fetches its own memory."""
    kinds = {"n": np.int64, "s": np.int64, "exact": np.bool_}
    columns: dict[str, npt.NDArray[Any]] = {
        name: np.empty(m, dtype=kinds.get(name, np.float64)) for name in Trends._fields
    }
    return Trends(**columns)


def write_too_few(trends: Trends, rows: Whole | slice, n: int) -> None:
    """Write that the series in ``rows`` have ``n`` points, too few for a trend."""
    for column, nothing in zip(trends, TOO_FEW, strict=True):
        column[rows] = nothing
    trends.n[rows] = n
