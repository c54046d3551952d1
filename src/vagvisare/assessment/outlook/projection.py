"""Where a figure goes if it goes on as before: the last figure plus a shrunk, damped Theil–Sen drift.

On the model scale the figure h years ahead is last + w·b·φ(1 − φ^h)/(1 − φ): the slope b counts in full (w near 1) only
where the figures determine it well, and each coming year's step is φ = 0.85 of the one before (damped trends: Gardner
and McKenzie 1985). Bands come from how far such projections have missed before (``conformal``), never from a formula
for ideal noise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judgement import Outlook, Projection, Trend, Window
from vagvisare.assessment.outlook.conformal import Calibration, ClassMisses, Horizon
from vagvisare.assessment.path import rounding_step
from vagvisare.assessment.rate import steepness
from vagvisare.assessment.reference import Z_95
from vagvisare.assessment.scale import PERCENT, from_model, to_model
from vagvisare.assessment.verdict import FEWEST
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale

DAMPING = 0.85
"""Each coming year's step is this part of the one before: few trends go on unabated."""

AHEAD = 5
"""How many years are carried where no calibration says how far is known."""

FEWEST_FOR_CHANCE = 8
"""With fewer points no chance of reaching a level is given."""

_LAST_YEAR = 2200


def project(
    series: Series, trend: Trend, indicator: Indicator, calibration: Calibration | None = None
) -> Projection | None:
    """Carry a series on from its last figure.

    Args:
        series: the figures, of which the trend's window holds the last.
        trend: their trend.
        indicator: the contract, for limits and the class of its unit.
        calibration: what gives the bands; without one there are none. Windows of several years that overlap have
            bands only as long as the coming window shares a year with the last: beyond, too few could be tested.

    Returns:
        The projection, as many years ahead as is calibrated (five without a calibration); None with fewer than five
        points, or where the figures are too large to be reckoned with.
    """
    if trend.window.n < FEWEST or math.isnan(trend.slope):
        return None
    bounds, unit_class = indicator.bounds, indicator.unit_words.unit_class
    figures = dict(series)
    y = [to_model(figures[period], trend.scale, bounds) for period in trend.window.used]
    origin = trend.window.used[-1]
    weight = _weight(trend)
    drift = weight * trend.slope * DAMPING
    step = rounding_step(series.values) * steepness(figures[origin], trend.scale, bounds)
    spread = max(typical_change(trend.window.used, y), step, 1e-9 * max(1.0, abs(y[-1])))
    if not math.isfinite(drift) or not math.isfinite(spread):
        return None
    known = None if calibration is None else calibration.of(unit_class)
    measured = None if calibration is None or known is None else known.measured(calibration.day)
    bare = Projection(
        origin=origin,
        last=figures[origin],
        drift=drift,
        weight=weight,
        scale=trend.scale,
        ahead=(),
        measured=measured,
        bounds=(0.0, math.inf) if bounds is None and indicator.scale is Scale.LOG else bounds,
        spread=spread,
        n=trend.window.n,
        unit_class=unit_class,
    )
    return replace(bare, ahead=_ahead(bare, known, trend.window))


def value_at(projection: Projection, year: int) -> Outlook | None:
    """Return what the figure of a later ``year`` (the last of its period) may be.

    For the last figure's own year that is the figure itself; beyond the horizons calibrated there are no bands.
    None before the last figure's own year.
    """
    ahead = year - projection.origin.end
    if ahead < 0 or year > _LAST_YEAR:
        return None
    if ahead == 0:
        return Outlook(projection.origin, projection.last)
    if ahead <= len(projection.ahead):
        return projection.ahead[ahead - 1]
    return Outlook(_later(projection, ahead), _figure(projection, centre(projection, ahead)))


def chance(
    projection: Projection, calibration: Calibration | None, value: float, sense: int, year: int
) -> float | None:
    """Return the calibrated probability that the figure of ``year`` reaches ``value``.

    Args:
        projection: where the figure goes.
        calibration: what gives the probabilities.
        value: the level, in the indicator's unit.
        sense: +1 to reach at least the level, −1 to stay at or below it.
        year: the last year of the period asked about.

    Returns:
        A number from 0.01 to 0.99; None with fewer than eight points, without a calibration, beyond the horizons it
        holds, and until the last figure's own year, which is known.
    """
    if calibration is None or projection.n < FEWEST_FOR_CHANCE:
        return None
    ahead = year - projection.origin.end
    horizon = calibration.of(projection.unit_class).at(ahead)
    if horizon is None or projection.ahead[ahead - 1].low_80 is None:
        return None
    return horizon.chance_above(sense * scaled_distance(projection, value, ahead))


def centre(projection: Projection, ahead: int) -> float:
    """Return the projection ``ahead`` years on, on the model scale."""
    last = to_model(projection.last, projection.scale, projection.bounds)
    return last + projection.drift * (1 - DAMPING**ahead) / (1 - DAMPING)


def scaled_distance(projection: Projection, value: float, ahead: int) -> float:
    """Return how far ``value`` lies above what is projected ``ahead`` years on, in the series' own typical change."""
    return (_level(projection, value) - centre(projection, ahead)) / projection.spread


def typical_change(periods: Sequence[Period], y: Sequence[float]) -> float:
    """Return the mean size of the changes between figures that share no year, per square root of a year.

    Each figure is compared with the first later one that shares no year with it: the next one, but for windows of
    several years. It is what misses are measured in. It follows both a series' noise and its swings, and of the
    measures tried on official figures (noise around the line, median change, squared change) it gave the narrowest
    bands that held.
    """
    changes: list[float] = []
    for here, period in enumerate(periods):
        there = next((k for k in range(here + 1, len(periods)) if periods[k].start > period.end), None)
        if there is not None:
            changes.append(abs(y[there] - y[here]) / math.sqrt(periods[there].middle - period.middle))
    return math.fsum(changes) / len(changes) if changes else 0.0


def _weight(trend: Trend) -> float:
    """Return b²/(b² + se²), with the standard error read from the slope's 95 % interval."""
    if trend.slope == 0:
        return 0.0
    ratio = (trend.slope_high - trend.slope_low) / (2 * Z_95) / trend.slope
    return 1 / (1 + ratio * ratio)


def _ahead(bare: Projection, known: ClassMisses | None, window: Window) -> tuple[Outlook, ...]:
    far = AHEAD if known is None else len(known.horizons)
    banded = bare.origin.years - 1 if window.overlapping else far
    coming = range(1, min(far, _LAST_YEAR - bare.origin.end) + 1)
    return tuple(_outlook(bare, h, None if known is None or h > banded else known.at(h)) for h in coming)


def _outlook(projection: Projection, ahead: int, horizon: Horizon | None) -> Outlook:
    """Return what the figure ``ahead`` years on may be, with bands where they are known."""
    middle, period = centre(projection, ahead), _later(projection, ahead)
    value = _figure(projection, middle)
    if horizon is None:
        return Outlook(period, value)
    wide_80, wide_95 = (horizon.half_width(share) * projection.spread for share in (0.80, 0.95))
    low_80, high_80, low_95, high_95 = (
        _figure(projection, middle + step) for step in (-wide_80, wide_80, -wide_95, wide_95)
    )
    return Outlook(period, value, low_80, high_80, low_95, high_95)


def _later(projection: Projection, ahead: int) -> Period:
    return Period(projection.origin.start + ahead, projection.origin.end + ahead)


def _figure(projection: Projection, y: float) -> float:
    """Return a figure in its own unit, inside the natural limits also where the plain scale had to do."""
    value = from_model(y, projection.scale, projection.bounds)
    if projection.bounds is None:
        return value
    low, high = projection.bounds
    return min(max(value, low), high)


def _level(projection: Projection, value: float) -> float:
    """Return a level on the model scale; one on or beyond a limit of the scale is infinitely far away."""
    if projection.scale is Scale.LINEAR:
        return value
    low, high = (projection.bounds or PERCENT) if projection.scale is Scale.LOGIT else (0.0, math.inf)
    if value <= low or value >= high:
        return -math.inf if value <= low else math.inf
    return to_model(value, projection.scale, projection.bounds)
