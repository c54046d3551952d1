"""The distance over groups that stand in an order: slope index (SII) and relative index (RII) of inequality.

Two ends of a scale say nothing of the steps between them, and the ends' own sizes change. The indices use every group:
each stands at the middle of its part of the population, from 0 (lowest) to 1 (highest), and a line weighed by the
groups' sizes is drawn through their figures. SII is the line's height at 1 minus that at 0, RII the one over the other
(Office for Health Improvement and Disparities, technical guide on the slope index of inequality).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from vagvisare.assessment.definition import Indicator, OrderedGroups
from vagvisare.assessment.gaps.gap import gap_request, group_key, side, verdict_of, worsens
from vagvisare.assessment.judgement import GapVerdict, Judgement, OrderedGap, Slope, Trend
from vagvisare.assessment.scale import fitting_scale, from_model, to_model
from vagvisare.assessment.trend import TrendRequest
from vagvisare.assessment.window import select
from vagvisare.terms.period import Period
from vagvisare.terms.series import Panel, Series, SeriesKey
from vagvisare.terms.unit import Scale

FEWEST_GROUPS = 3
"""Through two groups a line fits perfectly and tells nothing that their difference does not."""

_T_95 = (12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139)
"""The 97.5th percentile of Student's t with 1 … 10 degrees of freedom."""

_T_95_MORE = 2.201
"""The same with eleven or more, on the wide side."""


@dataclass(frozen=True, slots=True)
class Steps:
    """An order with its groups' figures for every period that all have, and the slope of each period."""

    key: SeriesKey
    order: OrderedGroups
    figures: Mapping[Period, tuple[float, ...]]
    slopes: Mapping[Period, Slope]

    @property
    def indices(self) -> Series:
        """The slope index over time, with its sign."""
        return Series.of(self.key, {period: slope.sii for period, slope in self.slopes.items()})


def steps(panel: Panel, key: SeriesKey, order: OrderedGroups, indicator: Indicator) -> Steps | None:
    """Gather an order's figures; None with fewer than three groups, sizes that do not fit, or no shared period.

    One scale serves all periods: the declared one, or linear where a figure since the last cutting break lies on its
    limit, as changing the line's form half-way would look like a changed inequality.
    """
    if not FEWEST_GROUPS <= len(order.groups) == len(order.shares) or min(order.shares) <= 0:
        return None
    found = [panel.get(group_key(key, group)) for group in order.groups]
    series = [dict(each) for each in found if each is not None]
    if len(series) < len(order.groups):
        return None
    shared = sorted(set(series[0]).intersection(*series[1:]))
    if not shared:
        return None
    used = select(Series.of(key, dict.fromkeys(shared, 0.0)), indicator.breaks).used
    figures = {period: tuple(each[period] for each in series) for period in used}
    everything = [value for values in figures.values() for value in values]
    scale = fitting_scale(everything, indicator.scale, indicator.bounds)
    slopes = {period: slope_of(values, order.shares, scale, indicator.bounds) for period, values in figures.items()}
    return Steps(key, order, figures, slopes)


def slope_of(
    figures: Sequence[float], shares: Sequence[float], scale: Scale, bounds: tuple[float, float] | None = None
) -> Slope:
    """Compute both indices from at least three groups, lowest step first.

    Args:
        figures: the groups' figures, in the indicator's unit.
        shares: their parts of the population, greater than zero; scaled to add up to 1.
        scale: where the line is straight; the figures must lie inside its limits.
        bounds: the limits of a logit scale.

    Returns:
        Indices in the indicator's unit. The line is the weighted least-squares one: y√a = α√a + βb√a, with a the
        group's share and b its middle place. The interval turns the line about its own middle by Student's t with
        groups − 2 degrees of freedom.
    """
    whole = math.fsum(shares)
    a = [share / whole for share in shares]
    b = [upper - share / 2 for upper, share in zip(accumulate(a), a, strict=True)]
    y = [to_model(figure, scale, bounds) for figure in figures]
    middle = math.fsum(w * v for w, v in zip(a, y, strict=True))
    width = math.fsum(w * (x - 0.5) ** 2 for w, x in zip(a, b, strict=True))
    beta = math.fsum(w * (x - 0.5) * (v - middle) for w, x, v in zip(a, b, y, strict=True)) / width
    left = math.fsum(w * (v - middle - beta * (x - 0.5)) ** 2 for w, x, v in zip(a, b, y, strict=True))
    freedom = len(y) - 2
    margin = _t_95(freedom) * math.sqrt(left / freedom / width)

    def ends(slope: float) -> tuple[float, float]:
        bottom, top = (from_model(middle + half * slope, scale, bounds) for half in (-0.5, 0.5))
        return bottom, top

    (bottom, top), low, high = ends(beta), ends(beta - margin), ends(beta + margin)
    return Slope(
        sii=top - bottom,
        sii_low=low[1] - low[0],
        sii_high=high[1] - high[0],
        rii=_quotient(bottom, top),
        rii_low=_quotient(*low),
        rii_high=_quotient(*high),
        bottom=bottom,
        top=top,
        scale=scale,
    )


def _t_95(freedom: int) -> float:
    return _T_95[freedom - 1] if freedom <= len(_T_95) else _T_95_MORE


def _quotient(bottom: float, top: float) -> float | None:
    """Return top over bottom; None where a line has left the positive figures and a quotient says nothing."""
    return top / bottom if bottom > 0 and top > 0 else None


def ordered_request(found: Steps, indicator: Indicator) -> TrendRequest:
    """Ask for the trend of the slope index's size: smaller is better."""
    return gap_request(found.indices, indicator)


def judge_ordered(
    found: Steps, trend: Trend, judged: Mapping[SeriesKey, Judgement], indicator: Indicator
) -> OrderedGap:
    """State how far the ends lie apart and what that distance does.

    Args:
        found: the order with its slopes.
        trend: the trend from :func:`ordered_request`.
        judged: judgements of the groups' own series, to see whether the better-off end gets worse.
        indicator: the contract.
    """
    latest = max(found.slopes)
    first = trend.window.used[0] if trend.window.used else latest
    verdict = verdict_of(trend, found.indices)
    ahead = {1: found.order.groups[-1], -1: found.order.groups[0]}.get(side(trend, found.indices) * indicator.direction)
    return OrderedGap(
        order=found.order,
        period=latest,
        figures=found.figures[latest],
        slope=found.slopes[latest],
        first_period=first,
        first=found.slopes[first],
        trend=trend,
        verdict=verdict,
        levelling_down=verdict is GapVerdict.SHRINKING and ahead is not None and worsens(judged, found.key, ahead),
        ahead=ahead,
    )
