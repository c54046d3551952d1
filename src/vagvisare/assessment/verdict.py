"""From numbers to a verdict: the one place where the rule of four verdicts is written."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Movement, Reason, Trend, Verdict
from vagvisare.assessment.request import Points, TrendRequest
from vagvisare.assessment.scale import from_model
from vagvisare.terms.unit import Scale

FEWEST = 5
"""With fewer points no trend is judged: with four, even a perfect ranking has p = 0.083."""

FEWEST_WORTH = 4.0
"""Overlapping windows worth fewer separate measurements than this are not judged either."""

_DECIDED = (Verdict.IMPROVING, Verdict.WORSENING)

SIGNIFICANT = 0.05
"""A change is called a change when chance alone would show one as clear less than once in twenty."""


LEAVES = 0.20
"""A decided verdict of the edition before stands until chance would show a change as clear more than once in five.

Entering at 0.05 and leaving at 0.20 keeps a verdict from flickering when p wavers around one threshold.
"""


@dataclass(frozen=True, slots=True)
class Fit:
    """The numbers of one trend, on the model scale: slopes per year, the robust line at the window's two ends."""

    slope: float
    slope_95: tuple[float, float]
    slope_90: tuple[float, float]
    s: int
    p: float
    exact: bool
    rho: float
    inflation: float
    start: float
    end: float


def enough(points: Points) -> bool:
    """Tell whether there is enough to judge a trend on."""
    return points.window.n >= FEWEST and points.window.effective >= FEWEST_WORTH


def too_few(points: Points, earlier: Verdict | None = None) -> Trend:
    """Return the answer for a window of too few points: only the level can be stated."""
    return Trend(
        verdict=Verdict.UNDETERMINED,
        movement=Movement.UNKNOWN,
        reason=Reason.TOO_FEW,
        window=points.window,
        scale=points.scale,
        slope=nan,
        slope_low=nan,
        slope_high=nan,
        s=0,
        p=1.0,
        exact=False,
        rho=nan,
        inflation=nan,
        level_start=nan,
        level_end=nan,
        change=nan,
        change_low=nan,
        change_high=nan,
        earlier=earlier,
    )


def conclude(request: TrendRequest, points: Points, fit: Fit) -> Trend:
    """Turn the numbers into the trend: levels in the indicator's own unit, total change, movement and verdict."""
    end = from_model(fit.end, points.scale, request.bounds)
    start = from_model(fit.start, points.scale, request.bounds)
    span = points.times[-1]
    low, high = (end - from_model(fit.end - slope * span, points.scale, request.bounds) for slope in fit.slope_90)
    movement, reason = _movement(request, points, fit, start, (low, high))
    return Trend(
        verdict=verdict_of(movement, request.direction),
        movement=movement,
        reason=reason,
        window=points.window,
        scale=points.scale,
        slope=fit.slope,
        slope_low=fit.slope_95[0],
        slope_high=fit.slope_95[1],
        s=fit.s,
        p=fit.p,
        exact=fit.exact,
        rho=fit.rho,
        inflation=fit.inflation,
        level_start=start,
        level_end=end,
        change=end - start,
        change_low=low,
        change_high=high,
        earlier=request.earlier,
    )


def verdict_of(movement: Movement, direction: Direction) -> Verdict:
    """Say whether a movement is good: up is better, down is better, or (neutral) nobody has said."""
    if movement is Movement.STILL:
        return Verdict.UNCHANGED
    if movement is Movement.UNKNOWN or direction is Direction.NEUTRAL:
        return Verdict.UNDETERMINED
    rising = movement is Movement.RISING
    return Verdict.IMPROVING if rising == (direction is Direction.HIGHER) else Verdict.WORSENING


def _movement(
    request: TrendRequest, points: Points, fit: Fit, start: float, change_90: tuple[float, float]
) -> tuple[Movement, Reason]:
    """Decide which way the figure moves, and why we say so."""
    if all(value == points.values[0] for value in points.values):
        return Movement.STILL, Reason.NO_VARIATION
    # More than half of all pairs can be ties: then the slope is nought, and a "rise" of nothing is not claimed.
    if fit.p < SIGNIFICANT and fit.slope != 0:
        return _way(fit), Reason.SIGNIFICANT
    if request.earlier in _DECIDED and fit.p <= LEAVES and fit.slope != 0:
        movement = _way(fit)
        if verdict_of(movement, request.direction) is request.earlier:
            return movement, Reason.HELD
    limit = _smallest_change(request, start)
    if limit is not None and -limit <= change_90[0] and change_90[1] <= limit:
        return Movement.STILL, Reason.INSIDE_SMALLEST_CHANGE
    return Movement.UNKNOWN, Reason.NOISE


def _way(fit: Fit) -> Movement:
    return Movement.RISING if fit.s > 0 else Movement.FALLING


def _smallest_change(request: TrendRequest, start: float) -> float | None:
    """Return the smallest change that matters in the indicator's own unit; on log it is declared in per cent."""
    if request.smallest_change is None or request.scale is not Scale.LOG:
        return request.smallest_change
    return request.smallest_change / 100 * abs(start)
