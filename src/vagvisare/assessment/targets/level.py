"""The pace towards a level: an absolute one, or one counted from a base year in per cent or in units."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from vagvisare.assessment.definition import Indicator, Target, TargetKind
from vagvisare.assessment.judgement import Level, Movement, Pace, PaceVerdict, Trend
from vagvisare.assessment.rate import per_year, steepness
from vagvisare.assessment.scale import fitting_scale, to_model
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale

SAME = 1e-9
"""Differences below this, relative to what is compared, are the computer's rounding: on the path is on pace."""

_FROM_BASE = (TargetKind.RELATIVE_TO_BASE, TargetKind.INCREMENT)

Slopes = tuple[float, float, float]
"""A slope and the two ends of its 95 % interval, per year."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A level to reach: its value, the way to it (+1 up, −1 down), where it starts from, the scale's limits."""

    value: float
    sense: int
    base: float | None
    bounds: tuple[float, float] | None

    def past(self, value: float) -> bool:
        """Tell whether ``value`` is at the target or on its far side."""
        return self.sense * (value - self.value) >= -SAME * max(abs(value), abs(self.value))


def aim_of(target: Target, series: Series, trend: Trend, indicator: Indicator) -> Aim | None:
    """Turn the target into a level; None where it states none or its base year has no figure."""
    base = series.at(Period.year(target.base_year)) if target.base_year is not None else None
    if target.value is None:
        return None
    if target.kind in _FROM_BASE:
        if base is None:
            return None
        value = base + abs(base) * target.value / 100
        value = base + target.value if target.kind is TargetKind.INCREMENT else value
        return Aim(value, _sign(target.value) or _sense(indicator, value, base), base, indicator.bounds)
    start = base if base is not None else known(trend.level_start, series.values[0])
    return Aim(target.value, _sense(indicator, target.value, start), base, indicator.bounds)


def _sense(indicator: Indicator, value: float, start: float) -> int:
    """Return the way to the target: the good way, or from start to target where neither way is good."""
    return int(indicator.direction) or _sign(value - start) or 1


@dataclass(frozen=True, slots=True)
class Rates:
    """Slopes a year on the scale where needed and achieved are compared, and the same in words' units.

    ``needed`` is None where the target has no year still to come. ``low`` and ``high`` are the trend's 95 %
    interval.
    """

    achieved: float
    low: float
    high: float
    needed: float | None
    said: tuple[float, float, float]
    said_needed: float | None

    @property
    def ratio(self) -> float | None:
        """Achieved over needed; None where nothing is needed."""
        # Adding nought turns a negative nought into a plain one.
        return self.achieved / self.needed + 0.0 if self.needed else None

    @property
    def ratio_interval(self) -> tuple[float, float]:
        """The ratio's 95 % interval, from the slope's; only asked for where something is needed."""
        needed = self.needed or math.nan
        low, high = sorted((self.low / needed, self.high / needed))
        return low, high


def towards(target: Target, aim: Aim, series: Series, trend: Trend) -> Pace:
    """Judge the pace towards a level."""
    level = known(trend.level_end, series.values[-1])
    rates = _rates(target, aim, series, trend)
    verdict = _decided(target, aim, series, level)
    if verdict is None:
        verdict = PaceVerdict.UNDETERMINED if rates is None else _under_way(aim, trend, rates)
    numbers = Pace(
        target,
        verdict,
        target_value=aim.value,
        level_now=level,
        share_of_way=_share_of_way(aim, level),
        decided=_of_the_year(target, series) if _has_come(target, series) else None,
    )
    if rates is None:
        return numbers
    achieved, low, high = rates.said
    return replace(
        numbers,
        needed=rates.said_needed,
        achieved=achieved,
        achieved_low=low,
        achieved_high=high,
        ratio=rates.ratio,
    )


def _decided(target: Target, aim: Aim, series: Series, level: float) -> PaceVerdict | None:
    """Say whether the target is reached where the figures alone decide it; None where the pace must.

    When the target's year has come, the figure of that year decides (the latest, where that year has none).
    Before that, a target counts as reached only when both the latest figure and the robust level are past it, so
    that one lucky year does not reach a target. A target without a year is a matter of level alone.
    """
    latest = series.values[-1]
    if _has_come(target, series):
        figure = _of_the_year(target, series).value
        return PaceVerdict.REACHED if aim.past(figure) else PaceVerdict.NOT_REACHED
    if aim.past(latest) and aim.past(level):
        return PaceVerdict.REACHED
    if target.year is not None:
        return None
    if aim.past(latest) or aim.past(level):
        return PaceVerdict.UNDETERMINED
    return PaceVerdict.NOT_REACHED


def _of_the_year(target: Target, series: Series) -> Level:
    """Return the figure of the target's year, or the latest where that year has none."""
    points = [Level(period, value) for period, value in series]
    return next((each for each in reversed(points) if each.period.end == target.year), points[-1])


def _under_way(aim: Aim, trend: Trend, rates: Rates) -> PaceVerdict:
    """Weigh achieved against needed, with the interval of the trend deciding what can be told."""
    away = Movement.FALLING if aim.sense > 0 else Movement.RISING
    if trend.movement is away:
        return PaceVerdict.WRONG_WAY
    if rates.needed is None or rates.needed * aim.sense <= 0:
        # The robust level is past the target but the latest figure is not: no distance is left to have a pace over.
        return PaceVerdict.UNDETERMINED
    low, high = rates.ratio_interval
    if low >= 1 - SAME:
        return PaceVerdict.ON_PACE
    return PaceVerdict.TOO_SLOW if high < 1 - SAME else PaceVerdict.UNDETERMINED


def _rates(target: Target, aim: Aim, series: Series, trend: Trend) -> Rates | None:
    """Return the rates; None where the window is too short to have a trend.

    A target on the limit of the scale itself (0 tonnes, 100 per cent) lies infinitely far away on a log or logit
    scale. Rates are then compared as straight lines in the indicator's own unit, from the level now.
    """
    if math.isnan(trend.slope):
        return None
    slopes = (trend.slope, trend.slope_low, trend.slope_high)
    years = years_left(target, series, trend)
    if fitting_scale((aim.value, trend.level_end), trend.scale, aim.bounds) is trend.scale:
        return _curved(aim, trend, slopes, years)
    return _straight(aim, trend, slopes, years)


def years_left(target: Target, series: Series, trend: Trend) -> float | None:
    """Return the years from the middle of the latest period to the target's year; None without one still to come."""
    if target.year is None or _has_come(target, series) or not trend.window.used:
        return None
    return target.year - trend.window.used[-1].middle


def _curved(aim: Aim, trend: Trend, slopes: Slopes, years: float | None) -> Rates:
    """Compare on the model scale; say per cent a year on the log scale, the remaining distance otherwise."""
    level, scale, bounds = trend.level_end, trend.scale, aim.bounds
    said = _each(slopes, lambda slope: per_year(slope, scale, level, bounds))
    if years is None:
        return Rates(*slopes, None, said, None)
    needed = (to_model(aim.value, scale, bounds) - to_model(level, scale, bounds)) / years
    said_needed = per_year(needed, scale, level) if scale is Scale.LOG else (aim.value - level) / years
    return Rates(*slopes, needed, said, said_needed)


def _straight(aim: Aim, trend: Trend, slopes: Slopes, years: float | None) -> Rates:
    """Compare along straight lines; on the log scale say them as per cent of the level now."""
    steep = steepness(trend.level_end, trend.scale, aim.bounds)
    own = _each(slopes, lambda slope: slope / steep)
    factor = 100 * steep if trend.scale is Scale.LOG else 1.0
    said = _each(own, lambda slope: slope * factor)
    needed = None if years is None else (aim.value - trend.level_end) / years
    return Rates(*own, needed, said, None if needed is None else needed * factor)


def _each(slopes: Slopes, change: Callable[[float], float]) -> Slopes:
    slope, low, high = slopes
    return change(slope), change(low), change(high)


def _has_come(target: Target, series: Series) -> bool:
    """Tell whether the figures have reached the target's year."""
    return target.year is not None and series.periods[-1].end >= target.year


def _share_of_way(aim: Aim, level: float) -> float | None:
    """Return how much of the distance from base to target is covered; None without a base or a distance."""
    if aim.base is None or aim.value == aim.base:
        return None
    return (level - aim.base) / (aim.value - aim.base)


def known(value: float, otherwise: float) -> float:
    """Return ``value``, or ``otherwise`` where a window too short for a trend left it undefined."""
    return otherwise if math.isnan(value) else value


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
