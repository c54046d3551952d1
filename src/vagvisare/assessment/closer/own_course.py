"""Is it us or the whole country? The county's course beside riket's over the very same periods.

Difference in differences: what county and riket share (a recession, a new rule, a changed question) is in both, and
goes when one is taken from the other. How clear the difference is, is tested on the distance to riket period by
period on the model scale, so that what both share is not counted as noise. Riket's change is read at the county's own
level: a small county need not move as many units as a large country, nor a share near its limit as many points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from vagvisare.assessment.closer.intervals import student
from vagvisare.assessment.closer.noise import FREEDOM
from vagvisare.assessment.closer.values import OwnCourse, Whose
from vagvisare.assessment.definition import Direction, Event, Indicator
from vagvisare.assessment.judgement import Movement, Reason, Trend
from vagvisare.assessment.path import Path, matters, path
from vagvisare.assessment.scale import fitting_scale, from_model, to_model
from vagvisare.assessment.shock import WORTH_SAYING, before, stray
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.assessment.verdict import FEWEST, SIGNIFICANT
from vagvisare.assessment.window import independent
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Series
from vagvisare.terms.unit import Scale, UnitClass

_MOVING = (Movement.RISING, Movement.FALLING)
_LARGEST_EXPONENT = 700.0
"""Beyond this e^y no longer fits in a float."""

_DIGITS = 12
"""Distances are rounded to this many digits of the figures they are taken from; the rest is the computer's noise."""


def own_courses(
    series: Series,
    trend: Trend,
    nation: Series | None,
    nation_trend: Trend | None,
    indicator: Indicator,
    events: Sequence[Event] = (),
) -> tuple[OwnCourse, ...]:
    """Compare a territory's course with riket's.

    Args:
        series: the territory's figures.
        trend: their trend, for its window.
        nation: riket's figures in the same measure; None where there are none.
        nation_trend: riket's trend, for its window.
        indicator: the contract.
        events: declared events.

    Returns:
        The course over the periods both windows share, and one across each declared event in them from whose path
        either strayed. Nothing for riket itself, without riket's figures, or with fewer than five shared periods.
    """
    if nation is None or nation_trend is None or series.key.territory == NATION:
        return ()
    theirs = frozenset(nation_trend.window.used)
    shared = tuple(period for period in trend.window.used if period in theirs)
    if len(shared) < FEWEST:
        return ()
    pair = _Pair.of(series, nation, shared, indicator)
    if math.isnan(pair.distance_trend.slope):  # many windows that share years can be worth too few points
        return ()
    across = (
        _across(series, nation, event, indicator) for event in events if any(event.touches(period) for period in shared)
    )
    return (_over(pair), *(each for each in across if each is not None))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two series over the same periods, the distance between them on the model scale, and the trends of all three."""

    indicator: Indicator
    scale: Scale
    own: Series
    nation: Series
    distance: Series
    own_trend: Trend
    nation_trend: Trend
    distance_trend: Trend

    @classmethod
    def of(cls, series: Series, nation: Series, shared: Sequence[Period], indicator: Indicator) -> _Pair:
        """Refit both on the shared periods, on a scale that can hold both."""
        own, riket = (each.only(frozenset(shared)) for each in (series, nation))
        bounds = indicator.bounds
        scale = fitting_scale([*own.values, *riket.values], indicator.scale, bounds)
        ours, theirs = ([to_model(value, scale, bounds) for value in each.values] for each in (own, riket))
        digits = _DIGITS - math.ceil(math.log10(max(1e-9, *map(abs, ours), *map(abs, theirs))))
        apart = tuple(round(a - b, digits) for a, b in zip(ours, theirs, strict=True))
        distance = Series(series.key, own.periods, apart)
        trends = judge_trends(
            [
                TrendRequest(own, scale, indicator.direction, bounds),
                TrendRequest(riket, scale, indicator.direction, bounds),
                TrendRequest(distance, Scale.LINEAR, Direction.NEUTRAL),
            ]
        )
        return cls(indicator, scale, own, riket, distance, *trends)

    @property
    def relative(self) -> bool:
        """Whether changes are said in per cent: on the log scale, but for durations, which nobody reads so."""
        return self.scale is Scale.LOG and self.indicator.unit_words.unit_class is not UnitClass.DURATION

    def said(self, start: float, distance: float) -> float:
        """Write a move of ``distance`` from ``start``, both on the model scale, as people say it."""
        if self.relative:
            return math.expm1(min(distance, _LARGEST_EXPONENT)) * 100
        return self.value(start + distance) - self.value(start)

    def start(self, slope: float) -> float:
        """Return where the territory's line begins, on the model scale; in its own unit it may lie on a limit."""
        first, bounds = self.own.periods[0].middle, self.indicator.bounds
        return median(to_model(value, self.scale, bounds) - slope * (p.middle - first) for p, value in self.own)

    def value(self, y: float) -> float:
        """Return the figure at ``y`` on the model scale."""
        return from_model(y, self.scale, self.indicator.bounds)

    def matters(self, own: float, other: float) -> bool:
        """Tell whether two figures on the model scale are far enough apart to matter."""
        return matters(self.value(own) - self.value(other), self.value(other), self.indicator)


def _over(pair: _Pair) -> OwnCourse:
    """Compare the changes a year over the shared periods, both read from where the territory's line begins."""
    used, apart = pair.own.periods, pair.distance_trend
    span = used[-1].middle - used[0].middle
    ours, theirs = pair.own_trend.slope, pair.nation_trend.slope
    start = pair.start(ours)

    def said(slope: float) -> float:
        return pair.said(start, slope) if pair.relative else pair.said(start, slope * span) / span

    own, nation = said(ours), said(theirs)
    ends = [own - said(ours - slope) for slope in (apart.slope_low, apart.slope_high)]
    agree = (own - nation) * apart.slope > 0
    clear = apart.reason is Reason.SIGNIFICANT and agree and pair.matters(start + ours * span, start + theirs * span)
    same = pair.nation_trend.movement in _MOVING and pair.own_trend.movement is pair.nation_trend.movement
    return OwnCourse(
        since=used[0],
        until=used[-1],
        own=own,
        nation=nation,
        difference=own - nation,
        low=min(own - nation, *ends),
        high=max(own - nation, *ends),
        whose=_whose(clear=clear, same=same),
        relative=pair.relative,
        n=len(used),
    )


def _whose(*, clear: bool, same: bool) -> Whose:
    if clear:
        return Whose.OURS
    return Whose.EVERYBODYS if same else Whose.UNDETERMINED


def _across(series: Series, nation: Series, event: Event, indicator: Indicator) -> OwnCourse | None:
    """Compare how far each strayed from its own path during an event; None where neither did, or nothing is known."""
    ours, theirs = (before(each, event, indicator.breaks) for each in (series, nation))
    if ours is None or theirs is None:
        return None
    earlier = independent([period for period in ours.series.periods if period in theirs.series.periods])
    touched = [period for period in ours.touched if period in theirs.touched]
    if len(earlier) < FEWEST or not touched:
        return None
    pair = _Pair.of(series, nation, earlier, indicator)
    paths = _paths(pair)
    if paths is None:
        return None
    own, riket, apart = paths
    strays = [stray(own, event, period, dict(series)[period]) for period in touched]
    mine = max(strays, key=lambda found: abs(found.deviation))
    country = stray(riket, event, mine.period, dict(nation)[mine.period])
    figures = (mine.observed, country.observed)
    if fitting_scale(figures, pair.scale, indicator.bounds) is not pair.scale:
        return None
    at, line = mine.period.middle, own.line(mine.period.middle)
    off, theirs_off = (
        to_model(value, pair.scale, indicator.bounds) - each.line(at)
        for value, each in zip(figures, (own, riket), strict=True)
    )
    margin = _margin(pair, apart, mine.period, looks=len(touched))
    clear = abs(off - theirs_off) > margin and pair.matters(line + off, line + theirs_off)
    strayed = [abs(found.deviation) >= WORTH_SAYING for found in (mine, country)]
    if not clear and not any(strayed):
        return None
    here, there, low, high = (pair.said(line, d) for d in (off, theirs_off, theirs_off + margin, theirs_off - margin))
    return OwnCourse(
        since=own.since,
        until=mine.period,
        own=here,
        nation=there,
        difference=here - there,
        low=here - low,
        high=here - high,
        whose=_whose(clear=clear, same=all(strayed) and mine.deviation * country.deviation > 0),
        event=event,
        relative=pair.relative,
        n=len(apart.times),
    )


def _margin(pair: _Pair, apart: Path, period: Period, *, looks: int) -> float:
    """Return how far from its path the distance may lie by chance (95 %).

    Moving ranges see only the noise between neighbours; where neighbours resemble each other the figure wanders further
    than that. The largest of several strays is further off than one, so each look gets its part of the five per cent.
    """
    wandering = 1 / math.sqrt(1 - pair.distance_trend.rho)
    few = student(FREEDOM * (len(apart.times) - 1), SIGNIFICANT / looks)
    return few * wandering * apart.prediction_sd(period.middle)


def _paths(pair: _Pair) -> tuple[Path, Path, Path] | None:
    bounds = pair.indicator.bounds
    own = path(pair.own, pair.own_trend, bounds)
    riket = path(pair.nation, pair.nation_trend, bounds)
    apart = path(pair.distance, pair.distance_trend, None)
    return None if own is None or riket is None or apart is None else (own, riket, apart)
