"""Strays from the path: declared events, a latest change against the trend, and runs of changes the same way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vagvisare.assessment.definition import Break, Event, Indicator
from vagvisare.assessment.judgement import Movement, Reason, Reversal, Run, Shock, Trend
from vagvisare.assessment.path import Path, matters, path, size, stretch_of
from vagvisare.assessment.rate import steepness
from vagvisare.assessment.scale import fitting_scale, from_model, to_model
from vagvisare.assessment.window import independent
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale

WORTH_SAYING = 2.0
"""A stray from the path of fewer standard deviations than this is not reported."""

BEYOND_NOISE = 1.96
"""A latest change is a reversal when it is further from the expected step than 95 % of noise alone would be."""


@dataclass(frozen=True, slots=True)
class Before:
    """A series parted by an event: the figures before it, and the periods it touched that compare with them."""

    event: Event
    series: Series
    touched: tuple[Period, ...]


def before(series: Series, event: Event, breaks: Sequence[Break]) -> Before | None:
    """Part a series by an event; None where nothing before it, or nothing during it, can be compared.

    Only figures by the same method are compared: those in the same stretch between breaks that cut as the first
    period the event touched.
    """
    touched = [period for period in series.periods if event.touches(period)]
    if not touched:
        return None
    stretch = stretch_of(touched[0], breaks)
    earlier = frozenset(
        period for period in series.periods if period.end < event.first and stretch_of(period, breaks) == stretch
    )
    if not earlier:
        return None
    same = tuple(period for period in touched if stretch_of(period, breaks) == stretch)
    return Before(event, series.only(earlier), same)


def without(series: Series, event: Event) -> Series:
    """Return the series with the periods the event touched left out."""
    return series.only(frozenset(period for period in series.periods if not event.touches(period)))


@dataclass(frozen=True, slots=True)
class Stray:
    """One figure's distance from its path: expected and observed in the unit, deviation in prediction SDs.

    ``step`` is how much further off the path than the last figure before the event, in SDs of the noise.
    """

    event: Event
    period: Period
    expected: float
    observed: float
    deviation: float
    scale: Scale
    step: float
    since: Period


def stray(own: Path, event: Event, period: Period, observed: float) -> Stray:
    """Measure how far ``observed`` strays from the path ``own``.

    A figure the path's scale cannot hold (0 per cent, a negative amount) is measured in its own unit instead.
    """
    at = period.middle
    expected = from_model(own.line(at), own.scale, own.bounds)
    if fitting_scale((observed,), own.scale, own.bounds) is own.scale:
        distance = to_model(observed, own.scale, own.bounds) - own.line(at)
    else:
        distance = (observed - expected) * steepness(expected, own.scale, own.bounds)
    step = (distance - own.last_residual) / own.sd
    return Stray(event, period, expected, observed, distance / own.prediction_sd(at), own.scale, step, own.since)


def largest_stray(series: Series, parted: Before, own: Path) -> Stray:
    """Return the largest stray among the periods the event touched; the earliest of equals."""
    figures = dict(series)
    strays = [stray(own, parted.event, period, figures[period]) for period in parted.touched]
    return max(strays, key=lambda found: abs(found.deviation))


def worth_saying(found: Stray, indicator: Indicator) -> bool:
    """Tell whether a stray is reported: two standard deviations or more, begun in the event, large enough to matter.

    Begun in the event: the figure also left its path by two standard deviations of the noise since the last figure
    before the event. A series that had turned years earlier lies far off a straight line without the event's doing.
    """
    begun = found.step * found.deviation > 0 and abs(found.step) >= WORTH_SAYING
    large = matters(found.observed - found.expected, found.expected, indicator)
    return begun and large and abs(found.deviation) >= WORTH_SAYING


def shock(found: Stray, trend: Trend, trend_without: Trend, nation_deviation: float | None) -> Shock:
    """State a stray as a shock: its size, riket's own, and the verdict with the event's years left out."""
    relative = found.observed / found.expected - 1 if found.scale is Scale.LOG else 0.0
    return Shock(
        event=found.event,
        period=found.period,
        expected=found.expected,
        observed=found.observed,
        deviation=found.deviation,
        size=size(found.deviation, relative),
        movement=Movement.RISING if found.observed > found.expected else Movement.FALLING,
        nation_deviation=nation_deviation,
        without=trend_without,
        changes_verdict=trend_without.verdict is not trend.verdict,
        since=found.since,
    )


def earlier_part(series: Series, trend: Trend) -> Series | None:
    """Return the points before the latest, on which the trend is judged without the latest's vote.

    Where windows overlap those that share a year with the latest have a part of its vote, and are left out too.
    """
    used = trend.window.used
    earlier = [period for period in used[:-1] if not period.overlaps(used[-1])]
    return series.only(frozenset(earlier)) if earlier else None


def reversal(
    series: Series, trend: Trend, prior: Trend, indicator: Indicator, nation: Series | None = None
) -> Reversal | None:
    """Tell whether the latest change goes against the trend and is larger than noise.

    Args:
        series: the figures.
        trend: their trend, for its independent points.
        prior: the trend of those points without the latest, from :func:`earlier_part`.
        indicator: the contract, for the scale's limits, the breaks and the smallest change that matters.
        nation: riket's figures in the same measure, for its change between the same periods.

    Returns:
        None unless the prior trend is significant, the latest change has the opposite sign, is large enough to matter
        and crosses no declared break, and its distance from the expected step exceeds 1.96 · √2 · σ, where σ is the
        noise around the prior trend (a change is the difference between two figures, hence √2). ``deviation`` is that
        distance in units of √2 · σ. The size word belongs to the change itself, since that is what it describes: a
        small step back is "något" also when a large step forward was expected.
    """
    own = path(series, prior, indicator.bounds)
    if own is None or prior.reason is not Reason.SIGNIFICANT:
        return None
    previous, latest = independent(trend.window.used)[-2:]
    if any(previous.start < each.at.start <= latest.start for each in indicator.breaks):
        return None
    figures = dict(series)
    pair = (figures[previous], figures[latest])
    if fitting_scale(pair, own.scale, own.bounds) is not own.scale:
        return None
    step = to_model(pair[1], own.scale, own.bounds) - to_model(pair[0], own.scale, own.bounds)
    deviation = (step - own.slope * (latest.middle - previous.middle)) / (math.sqrt(2) * own.sd)
    if step * own.slope >= 0 or abs(deviation) <= BEYOND_NOISE or not matters(pair[1] - pair[0], pair[0], indicator):
        return None
    relative = pair[1] / pair[0] - 1 if own.scale is Scale.LOG else 0.0
    riket = _change(nation, previous, latest)
    return Reversal(
        period=latest,
        previous=previous,
        change=pair[1] - pair[0],
        deviation=deviation,
        size=size(step / own.sd, relative),
        movement=Movement.RISING if step > 0 else Movement.FALLING,
        nation_before=riket[0],
        nation_change=riket[1],
    )


def _change(nation: Series | None, previous: Period, latest: Period) -> tuple[float, float] | tuple[None, None]:
    """Return riket's figure before and its change, where it has both figures."""
    before, now = (None, None) if nation is None else (nation.at(previous), nation.at(latest))
    return (None, None) if before is None or now is None else (before, now - before)


def run(series: Series, breaks: Sequence[Break]) -> Run | None:
    """Count the changes in a row, ending with the latest, that went the same way.

    Counted over independent points since the last break that cuts, without the trend's limit of fifteen: a run of
    nineteen years is nineteen. None where there are fewer than two points or the latest change is nought.
    """
    stretch = stretch_of(series.periods[-1], breaks)
    comparable = [period for period in series.periods if stretch_of(period, breaks) == stretch]
    used = independent(comparable)
    figures = dict(series)
    changes = [figures[later] - figures[earlier] for earlier, later in pairwise(used)]
    if not changes or changes[-1] == 0:
        return None
    length = 0
    for change in reversed(changes):
        if change * changes[-1] <= 0:
            break
        length += 1
    movement = Movement.RISING if changes[-1] > 0 else Movement.FALLING
    return Run(movement, length, since=used[-1 - length])
