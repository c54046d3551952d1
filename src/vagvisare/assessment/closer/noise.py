"""How much of the latest change could be noise: the sample's, the counting's, and the process's own.

A change is news only when it is larger than every margin that can be computed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from vagvisare.assessment.closer.intervals import (
    Estimate,
    events,
    from_standard_error,
    margin_of_difference,
    student,
    wilson,
)
from vagvisare.assessment.closer.values import Interval, Noise
from vagvisare.assessment.closer.xmr import LIMIT, mean_moving_range
from vagvisare.assessment.definition import Break, Indicator
from vagvisare.assessment.judgement import Trend
from vagvisare.assessment.path import MOVING_RANGE, path, rounding_step
from vagvisare.assessment.rate import steepness
from vagvisare.assessment.reference import noise_floor
from vagvisare.assessment.scale import PERCENT, fitting_scale, from_model, to_model
from vagvisare.assessment.window import independent
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import Samples, Sampling
from vagvisare.terms.series import Series
from vagvisare.terms.unit import UnitClass

FEWEST_FOR_PROCESS = 5
"""With fewer independent points there are fewer than three earlier changes, and the process's noise is unknown."""

FREEDOM = 0.62
"""Degrees of freedom a moving range is worth: overlapping ranges tell less than as many separate pairs."""


def noise(series: Series, trend: Trend, indicator: Indicator, samples: Samples) -> Noise:
    """Measure the noise in the latest figure and in the change to it.

    Args:
        series: the figures, at least one.
        trend: their trend, for its window and line.
        indicator: the contract, for unit, limits and breaks.
        samples: what is known of the certainty of figures, by the keys of indicators.

    Returns:
        The interval of the latest figure (``NONE`` where nothing is known of it), the limits of the process, and the
        latest change between independent periods with the margins of noise. Across a declared break the change is
        given but is no news either way.
    """
    used = independent(trend.window.used)
    figures, known = dict(series), samples.get(series.key, {})
    latest = used[-1]
    source, now = interval(figures[latest], known.get(latest), indicator)
    previous = used[-2] if len(used) > 1 else None
    sampling, process, change = None, None, None
    if previous is not None:
        change = figures[latest] - figures[previous]
        _, before = interval(figures[previous], known.get(previous), indicator)
        sampling = None if before is None or now is None else margin_of_difference(before, now)
        process = _process_margin(_Process.of(series, trend, indicator), figures[previous], change)
    broken = _break_between(previous, latest, indicator)
    margins = [margin for margin in (sampling, process) if margin is not None]
    return Noise(
        period=latest,
        source=source,
        low=None if now is None else now.low,
        high=None if now is None else now.high,
        limits=_limits(series, trend, indicator),
        previous=previous,
        change=change,
        sampling_margin=sampling,
        process_margin=process,
        news=None if broken or change is None or not margins else all(abs(change) > margin for margin in margins),
        broken=broken,
    )


def interval(value: float, known: Sampling | None, indicator: Indicator) -> tuple[Interval, Estimate | None]:
    """Return the 95 % interval of one figure in its own unit, and where it comes from.

    The producer's own interval comes first, then its standard error. A share with ``n`` gets Wilson's, around the
    published figure where it was weighted (its ``count`` of ``n`` is another share); any other quantity resting on a
    ``count`` of events gets the count's interval, in proportion.
    """
    if known is None:
        return Interval.NONE, None
    if known.low is not None and known.high is not None:
        return Interval.GIVEN, Estimate(value, known.low, known.high)
    if known.se is not None:
        return Interval.STANDARD_ERROR, Estimate(value, *from_standard_error(value, known.se))
    kind = indicator.unit_words.unit_class
    if kind is UnitClass.SHARE and known.n and indicator.bounds == PERCENT and 0 <= value <= 100:
        low, high = (100 * end for end in wilson(_answers(value, known.n, known.count), known.n))
        return Interval.WILSON, Estimate(value, min(low, value), max(high, value))
    if kind in (UnitClass.COUNT, UnitClass.RATE) and known.count is not None and (known.count > 0 or value == 0):
        if known.count == 0 and kind is UnitClass.RATE:
            return Interval.NONE, None  # nought of an unknown many: the rate's upper limit cannot be told
        factor = value / known.count if known.count else 1.0
        low, high = (factor * end for end in events(known.count))
        return Interval.BYAR, Estimate(value, low, high)
    return Interval.NONE, None


def _answers(value: float, n: float, count: float | None) -> float:
    """Return how many of ``n`` the share is: the count where it is the same share to a whole per cent."""
    if count is not None and abs(100 * count / n - value) <= 0.5:
        return count
    return value / 100 * n


@dataclass(frozen=True, slots=True)
class _Process:
    """The noise of a process around its trend, on the model scale, without the latest change: ``ranges`` of them."""

    sd: float
    ranges: int
    trend: Trend
    bounds: tuple[float, float] | None

    @classmethod
    def of(cls, series: Series, trend: Trend, indicator: Indicator) -> _Process | None:
        """Measure it; None where there are too few points."""
        used = independent(trend.window.used)
        if len(used) < FEWEST_FOR_PROCESS or math.isnan(trend.slope):
            return None
        figures = dict(series)
        # The latest figure has no vote on how large a change is usual: it is the one being asked about.
        y = [to_model(figures[period], trend.scale, indicator.bounds) for period in used[:-1]]
        beside = [value - trend.slope * period.middle for value, period in zip(y, used, strict=False)]
        step = rounding_step(series.values) * steepness(figures[used[-2]], trend.scale, indicator.bounds)
        floor = max(step, noise_floor(y))
        usual = mean_moving_range(beside) / MOVING_RANGE
        # Screened ranges of nought mean that all the noise was in the one left out, not that there is none.
        sd = max(usual if usual > floor else mean_moving_range(beside, screened=False) / MOVING_RANGE, floor)
        return cls(sd, len(beside) - 1, trend, indicator.bounds)


def _process_margin(process: _Process | None, previous: float, change: float) -> float | None:
    """Return how far from ``previous`` noise alone may take the next figure, in the direction it went (95 %).

    Two figures' noise is √2 that of one. Student's distribution stands for the few ranges the noise is known from: with
    the normal one, chance would be called news three times too often in short series.
    """
    if process is None:
        return None
    scale, bounds = process.trend.scale, process.bounds
    margin = student(FREEDOM * process.ranges) * math.sqrt(2) * process.sd
    start = to_model(previous, scale, bounds)
    return abs(from_model(start + math.copysign(margin, change), scale, bounds) - previous)


def _limits(series: Series, trend: Trend, indicator: Indicator) -> tuple[float, float] | None:
    """Return the XmR limits around the line at the latest point, in the indicator's unit."""
    own = path(series, trend, indicator.bounds)
    if own is None or fitting_scale(series.values[-1:], own.scale, own.bounds) is not own.scale:
        return None
    width = LIMIT * MOVING_RANGE * own.sd
    low, high = (from_model(own.level + side * width, own.scale, own.bounds) for side in (-1, 1))
    return low, high


def _break_between(previous: Period | None, latest: Period, indicator: Indicator) -> Break | None:
    if previous is None:
        return None
    return next((each for each in indicator.breaks if previous.start < each.at.start <= latest.start), None)
