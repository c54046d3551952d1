"""Shocks and breaks nobody has declared: found in the figures, offered to a person, never applied.

A level shift, or a figure that the XmR rules mark, around the trend's own line. Whether it is an event, a new way of
counting or a slip in the figures only a person can say; until somebody declares it nothing is judged by it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from vagvisare.assessment.closer.level_shift import largest_shift
from vagvisare.assessment.closer.values import Candidate, Rule
from vagvisare.assessment.closer.xmr import Chart, Signal, mean_moving_range, signals
from vagvisare.assessment.definition import Break, Event, Indicator
from vagvisare.assessment.judgement import Trend
from vagvisare.assessment.path import matters, rounding_step
from vagvisare.assessment.rate import steepness
from vagvisare.assessment.reference import autocorrelation_shrunk, lag_one, noise_floor, sen_slope
from vagvisare.assessment.scale import fitting_scale, from_model, to_model
from vagvisare.assessment.verdict import FEWEST, SIGNIFICANT
from vagvisare.assessment.window import independent
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Series
from vagvisare.terms.unit import Scale

FEWEST_FOR_RULES = 8
"""With fewer points only a figure outside the limits is offered: levels and runs need more to be told from chance."""

_RULES = {
    Signal.OUTSIDE: Rule.OUTSIDE,
    Signal.TREND: Rule.TREND,
    Signal.TWO_IN_THREE: Rule.TWO_IN_THREE,
    Signal.SAME_SIDE: Rule.SAME_SIDE,
}


def candidates(
    series: Series,
    trend: Trend,
    indicator: Indicator,
    events: Sequence[Event] = (),
    nation: Series | None = None,
) -> tuple[Candidate, ...]:
    """Find what looks like a shock or a break inside the trend's window.

    Args:
        series: the figures.
        trend: their trend, for its window.
        indicator: the contract, for limits, breaks and the smallest change that matters.
        events: declared events, which explain candidates in the periods they touch.
        nation: riket's figures in the same measure.

    Returns:
        In order of time, at most one level shift and what the XmR rules mark once it is taken out. Only what is large
        enough to matter; nothing with fewer than five independent points. ``nation`` tells whether riket shows the same
        kind in the same direction in the same period, None where that cannot be looked for.
    """
    periods = independent(trend.window.used)
    own = _found(series, periods, indicator)
    theirs = _nations(nation, periods, indicator, series)
    return tuple(
        replace(each, declared=_declared(each, series, indicator, events), nation=_shared(each, theirs)) for each in own
    )


def _nations(
    nation: Series | None, periods: Sequence[Period], indicator: Indicator, series: Series
) -> tuple[Candidate, ...] | None:
    """Return riket's candidates over the same periods; None where riket lacks any of them."""
    if nation is None or series.key.territory == NATION or not set(periods) <= set(nation.periods):
        return None
    return _found(nation, periods, indicator)


def _shared(own: Candidate, theirs: Sequence[Candidate] | None) -> bool | None:
    if theirs is None:
        return None
    shift = own.rule is Rule.LEVEL_SHIFT
    return any(
        each.period == own.period
        and (each.rule is Rule.LEVEL_SHIFT) is shift
        and (each.after > each.before) is (own.after > own.before)
        for each in theirs
    )


def _declared(found: Candidate, series: Series, indicator: Indicator, events: Sequence[Event]) -> Event | Break | None:
    """Return what already explains a candidate: a break since the period before it, or an event in it."""
    place = series.periods.index(found.period)
    previous = series.periods[place - 1] if place else None
    for each in indicator.breaks:
        if each.at.start <= found.period.start and (previous is None or previous.start < each.at.start):
            return each
    return next((event for event in events if event.touches(found.period)), None)


@dataclass(frozen=True, slots=True)
class _Line:
    """Figures around their robust line on the model scale; ``residuals`` have median nought."""

    periods: tuple[Period, ...]
    values: tuple[float, ...]
    times: tuple[float, ...]
    y: tuple[float, ...]
    residuals: tuple[float, ...]
    scale: Scale
    indicator: Indicator

    @classmethod
    def of(cls, series: Series, periods: Sequence[Period], indicator: Indicator) -> _Line:
        figures = dict(series)
        values = tuple(figures[period] for period in periods)
        scale = fitting_scale(values, indicator.scale, indicator.bounds)
        y = tuple(to_model(value, scale, indicator.bounds) for value in values)
        times = tuple(period.middle - periods[0].middle for period in periods)
        slope = sen_slope(times, y)
        beside = [value - slope * t for value, t in zip(y, times, strict=True)]
        level = median(beside)
        return cls(tuple(periods), values, times, y, tuple(b - level for b in beside), scale, indicator)

    def value(self, y: float) -> float:
        return from_model(y, self.scale, self.indicator.bounds)

    @property
    def floor(self) -> float:
        """The noise that the figures' own rounding makes, and the computer's."""
        step = rounding_step(self.values) * steepness(self.values[-1], self.scale, self.indicator.bounds)
        return max(step, noise_floor(self.y))

    def matters(self, found: Candidate) -> bool:
        return matters(found.after - found.before, found.before, self.indicator)


def _found(series: Series, periods: Sequence[Period], indicator: Indicator) -> tuple[Candidate, ...]:
    """Return the candidates of one series, nothing said of what explains them."""
    if len(periods) < FEWEST:
        return ()
    line = _Line.of(series, periods, indicator)
    if max(map(abs, line.residuals)) <= noise_floor(line.y):
        return ()
    shift, rest = _shift(line)
    found = [*([shift] if shift else []), *_marked(line, rest)]
    return tuple(sorted((each for each in found if line.matters(each)), key=lambda each: (each.period, each.rule)))


def _shift(line: _Line) -> tuple[Candidate | None, tuple[float, ...]]:
    """Return the level shift, if any is clear and large enough to matter, and the residuals without it."""
    n = len(line.y)
    if n < FEWEST_FOR_RULES:
        return None, line.residuals
    rho = autocorrelation_shrunk(lag_one(line.residuals, noise_floor(line.y)), n)
    found = largest_shift(line.times, line.residuals, rho)
    if found is None or found.p > SIGNIFICANT:
        return None, line.residuals
    slope, before, after = _two_levels(line, found.at)
    at = line.times[found.at]
    shift = Candidate(
        rule=Rule.LEVEL_SHIFT,
        period=line.periods[found.at],
        before=line.value(before + slope * at),
        after=line.value(after + slope * at),
        p=found.p,
    )
    if not line.matters(shift):
        return None, line.residuals
    rest = tuple(
        y - slope * t - (after if place >= found.at else before)
        for place, (y, t) in enumerate(zip(line.y, line.times, strict=True))
    )
    return shift, rest


def _two_levels(line: _Line, at: int) -> tuple[float, float, float]:
    """Fit one slope and two levels: the median of slopes within each part, and the median level of each."""
    slopes = [
        (line.y[j] - line.y[i]) / (line.times[j] - line.times[i])
        for i in range(len(line.y))
        for j in range(i + 1, len(line.y))
        if (i < at) is (j < at)
    ]
    slope = median(slopes)
    beside = [y - slope * t for y, t in zip(line.y, line.times, strict=True)]
    return slope, median(beside[:at]), median(beside[at:])


def _marked(line: _Line, residuals: Sequence[float]) -> list[Candidate]:
    """Return what the XmR rules mark among residuals, one for each figure outside and for each row of another mark.

    The chart's middle is the line itself, and its ranges are never finer than the figures' rounding. Moving ranges see
    only the noise between neighbours; where neighbours resemble each other the figure wanders further than that, and
    the limits with it: without this, one steady series in five would show a candidate by chance.
    """
    wandering = 1 / math.sqrt(1 - autocorrelation_shrunk(lag_one(residuals, noise_floor(line.y)), len(residuals)))
    chart = Chart(0.0, max(mean_moving_range(residuals) * wandering, line.floor))
    marks = signals(residuals, chart)
    kinds = [
        (mark, math.copysign(1, e)) if mark and _offered(mark, len(residuals)) else None
        for mark, e in zip(marks, residuals, strict=True)
    ]
    found, start = [], 0
    for kind, row in groupby(kinds):
        end = start + len(list(row))
        if kind is not None:
            spans = [(i, i + 1) for i in range(start, end)] if kind[0] is Signal.OUTSIDE else [(start, end)]
            found += [_row(line, residuals, kind[0], *span) for span in spans]
        start = end
    return found


def _offered(mark: Signal, n: int) -> bool:
    return n >= FEWEST_FOR_RULES or mark is Signal.OUTSIDE


def _row(line: _Line, residuals: Sequence[float], mark: Signal, start: int, end: int) -> Candidate:
    """Return a candidate whose figures from ``start`` to before ``end`` lie off the line by their median residual."""
    off = median(residuals[start:end])
    on = line.y[start] - residuals[start]
    return Candidate(_RULES[mark], line.periods[start], line.value(on), line.value(on + off), None)
