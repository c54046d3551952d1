"""Targets to keep: a floor or a ceiling that the figure must not pass in any period."""

from __future__ import annotations

from vagvisare.assessment.definition import Indicator, Target, TargetKind
from vagvisare.assessment.judgement import Movement, Pace, PaceVerdict, Projection, Trend
from vagvisare.assessment.outlook.projection import value_at
from vagvisare.assessment.targets.level import Aim, known
from vagvisare.terms.series import Series

SOON = 5
"""How many years ahead a line about to be passed is worth a warning."""


def bound_of(target: Target, indicator: Indicator) -> Aim | None:
    """Return the line to stay on the right side of; None where the target states no level."""
    if target.value is None:
        return None
    return Aim(target.value, 1 if target.kind is TargetKind.FLOOR else -1, None, indicator.bounds)


def keep(target: Target, aim: Aim, series: Series, trend: Trend, projection: Projection | None) -> Pace:
    """Judge whether a line is kept.

    Every period counts by its own figure: now is the latest, and ``broken`` lists those on the wrong side since the
    window's start. A line that is kept but lies ahead on the way the figure is going, as the trend can tell and within
    five years by the projection, is answered with WRONG_WAY.
    """
    start = trend.window.used[0].start if trend.window.used else series.periods[0].start
    broken = tuple(period for period, value in series if period.start >= start and not aim.past(value))
    crosses = _crosses(aim, trend, projection)
    verdict = PaceVerdict.REACHED if crosses is None else PaceVerdict.WRONG_WAY
    if not aim.past(series.values[-1]):
        verdict, crosses = PaceVerdict.NOT_REACHED, None
    return Pace(
        target=target,
        verdict=verdict,
        target_value=aim.value,
        level_now=known(trend.level_end, series.values[-1]),
        broken=broken,
        crosses=crosses,
    )


def _crosses(aim: Aim, trend: Trend, projection: Projection | None) -> int | None:
    """Return the first year, of the next five, in which the projection passes the line.

    Only a trend that can be told from chance is carried on: a projection of noise warns of nothing.
    """
    away = Movement.FALLING if aim.sense > 0 else Movement.RISING
    if projection is None or trend.movement is not away:
        return None
    last = projection.origin.end
    for year in range(last + 1, last + SOON + 1):
        outlook = value_at(projection, year)
        if outlook is not None and not aim.past(outlook.value):
            return year
    return None
