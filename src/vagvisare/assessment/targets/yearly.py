"""One pace in two ways of counting: units a year along a straight line, per cent a year along a steady growth.

The verdict is given on the model scale; these are the same needed and achieved change as other bodies would write them,
so that anybody can set ours beside theirs.
"""

from __future__ import annotations

import math
from dataclasses import replace

from vagvisare.assessment.judgement import Pace, Trend, Yearly
from vagvisare.assessment.rate import per_year, steepness
from vagvisare.assessment.scale import from_model
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale

Bounds = tuple[float, float] | None


def counted(judged: Pace, series: Series, trend: Trend, bounds: Bounds, years: float | None) -> Pace:
    """Add what is needed and achieved a year, in units and in per cent.

    Args:
        judged: a pace; what is needed is counted to its ``target_value``.
        series: the figures; per cent a year needs them all positive.
        trend: their trend; without a slope nothing is added.
        bounds: the limits of a logit scale.
        years: years left to the target; None where it has no year, or the year has come.

    Returns:
        ``judged`` with ``linear`` (units a year at the level now) and ``geometric`` (per cent a year). The achieved
        is the slope where the robust line ends, with its 95 % interval.
    """
    if math.isnan(trend.slope):
        return judged
    level, goal = trend.level_end, judged.target_value
    steep = steepness(level, trend.scale, bounds)
    units = [slope / steep for slope in (trend.slope, trend.slope_low, trend.slope_high)]
    needed = None if goal is None or years is None else (goal - level) / years
    linear = Yearly(needed, *units)
    if level <= 0 or any(value <= 0 for value in series.values):
        return replace(judged, linear=linear)
    shares = [per_year(unit / level, Scale.LOG, level) for unit in units]
    return replace(judged, linear=linear, geometric=Yearly(_growth(goal, level, years), *shares))


def _growth(goal: float | None, level: float, years: float | None) -> float | None:
    """Return the steady per cent a year from ``level`` to ``goal``; None where no growth ends at nought."""
    if goal is None or years is None or goal <= 0:
        return None
    return (from_model((math.log(goal) - math.log(level)) / years, Scale.LOG) - 1) * 100
