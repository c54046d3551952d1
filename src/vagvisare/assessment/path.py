"""The robust line through some years, the noise around it, and the words for how far a figure strays from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from vagvisare.assessment.definition import Break, Indicator
from vagvisare.assessment.judgement import Size, Trend
from vagvisare.assessment.rate import steepness
from vagvisare.assessment.scale import to_model
from vagvisare.assessment.window import independent
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale

MOVING_RANGE = 1.128
"""The mean moving range of normal noise, in standard deviations."""

SHARP_CHANGE = 0.20
"""A change in a year of more than this, relative to the figure, is called sharp on the log scale."""


@dataclass(frozen=True, slots=True)
class Path:
    """The robust line through some years on the model scale, and the noise around it.

    ``slope`` is per year, ``level`` the line at time ``at``; ``times`` are the years it was fitted on.
    ``sd`` is the mean moving range of the residuals over 1.128, never less than one step of the figures'
    own rounding: a series printed as 96, 96, 96 is not free from noise. ``last_residual`` is how far the last of the
    years fitted already lay above the line, on the model scale; ``since`` is the first of those years.
    """

    slope: float
    level: float
    at: float
    times: tuple[float, ...]
    sd: float
    scale: Scale
    bounds: tuple[float, float] | None
    since: Period
    last_residual: float

    def line(self, time: float) -> float:
        """Return the line at ``time``, on the model scale."""
        return self.level + self.slope * (time - self.at)

    def prediction_sd(self, time: float) -> float:
        """Return the noise of one figure at ``time`` together with that of the line carried so far.

        As for a least-squares line: sd · √(1 + 1/n + (t − mean t)² / Σ(t − mean t)²). For a robust line that is an
        approximation on the narrow side when the noise is normal, and good enough for words about size.
        """
        n = len(self.times)
        mean = math.fsum(self.times) / n
        about = math.fsum((time_ - mean) ** 2 for time_ in self.times)
        return self.sd * math.sqrt(1 + 1 / n + (time - mean) ** 2 / about)


def path(series: Series, trend: Trend, bounds: tuple[float, float] | None) -> Path | None:
    """Return the robust line of ``trend`` with its noise; None where the window was too short to have one."""
    used = independent(trend.window.used)
    if math.isnan(trend.slope) or not used:
        return None
    figures = dict(series)
    times = tuple(period.middle for period in used)
    above = [
        to_model(figures[period], trend.scale, bounds) - trend.slope * (period.middle - times[-1]) for period in used
    ]
    level = median(above)
    ranges = [abs(later - earlier) for earlier, later in pairwise(above)]
    sd = math.fsum(ranges) / len(ranges) / MOVING_RANGE
    step = rounding_step(series.values) * steepness(figures[used[-1]], trend.scale, bounds)
    floor = max(step, 1e-9 * max(1.0, abs(level)))
    return Path(trend.slope, level, times[-1], times, max(sd, floor), trend.scale, bounds, used[0], above[-1] - level)


def rounding_step(values: Sequence[float]) -> float:
    """Return the step the figures look rounded to: 1, 0.1, … down to a millionth; 0 where they are finer."""
    for decimals in range(7):
        if all(math.isclose(value, round(value, decimals), rel_tol=1e-12, abs_tol=1e-12) for value in values):
            return float(10**-decimals)
    return 0.0


def size(deviation: float, relative: float = 0.0) -> Size:
    """Return the size word: below one SD slight, one to three plain, above three (or 20 per cent) sharp.

    ``relative`` is for quantities on the log scale only: of a share, 20 per cent would mean one thing and of its
    complement another.
    """
    if abs(deviation) > 3 or abs(relative) > SHARP_CHANGE:
        return Size.SHARP
    return Size.SLIGHT if abs(deviation) < 1 else Size.PLAIN


def matters(change: float, reference: float, indicator: Indicator) -> bool:
    """Tell whether a change reaches the smallest that matters for the indicator.

    Noise is not the only bar: a series that hardly wavers makes a stray of a tenth of a percentage point "three
    standard deviations", and yet nobody needs to be told. ``reference`` is the figure changed from, in which the
    per cent of the log scale are counted. Where no smallest change is declared every change matters.
    """
    smallest = indicator.meaningful_change
    if smallest is None:
        return True
    return abs(change) >= (smallest / 100 * abs(reference) if indicator.scale is Scale.LOG else smallest)


def stretch_of(period: Period, breaks: Sequence[Break]) -> int:
    """Return the first year of the stretch between cutting breaks that ``period`` lies in; 0 before any break."""
    return max((b.at.start for b in breaks if b.cuts and b.at.start <= period.start), default=0)
