"""Old and new method joined where both have figures: one longer series, shown beside the unbroken part of the new.

A splice assumes that the methods differ by the same step everywhere as where both were used. It is offered as another
reasonable choice and never judged on in place of the series itself.
"""

from __future__ import annotations

from math import isfinite
from statistics import median

from vagvisare.assessment.closer.values import Splice
from vagvisare.assessment.definition import Break, Indicator
from vagvisare.assessment.judgement import Trend
from vagvisare.assessment.scale import fitting_scale, from_model, to_model
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.series import Series


def splice(series: Series, indicator: Indicator, older: Series) -> Splice | None:
    """Join an older method's figures to a series.

    Args:
        series: the figures by the new method, in the indicator's unit.
        indicator: the contract; one of its breaks names the older data set as ``sibling``.
        older: the figures by the older method, under that data set's name, of the same territory and group.

    Returns:
        The older figures before the first new one, moved on the model scale by the median distance between the methods
        over all periods both have, followed by the new; with its trend, judged as if that break were none. None where
        no break names the data set, no period is shared, nothing precedes the new figures, or the indicator is a
        quotient.
    """
    at = next((each for each in indicator.breaks if each.sibling == older.key.indicator), None)
    if at is None or indicator.per:
        return None
    new = {period: value for period, value in series if isfinite(value)}
    old = {period: value for period, value in older if isfinite(value)}
    shared = tuple(sorted(new.keys() & old.keys()))
    earlier = [period for period in old if shared and period < min(new)]
    if not earlier:
        return None
    bounds = indicator.bounds
    scale = fitting_scale([*new.values(), *old.values()], indicator.scale, bounds)
    apart = [to_model(new[period], scale, bounds) - to_model(old[period], scale, bounds) for period in shared]
    shift = median(apart)
    lifted = {period: from_model(to_model(old[period], scale, bounds) + shift, scale, bounds) for period in earlier}
    joined = Series.of(series.key, lifted | new)
    return Splice(
        at=at,
        overlap=shared,
        shift=shift,
        series=joined,
        trend=_trend(joined, indicator, at),
        scale=scale,
        apart=max(abs(each - shift) for each in apart) if len(shared) > 1 else None,
        moved=tuple(sorted(earlier)),
    )


def _trend(joined: Series, indicator: Indicator, at: Break) -> Trend:
    """Judge the joined series with every declared break but the one that was joined."""
    rest = tuple(each for each in indicator.breaks if each is not at)
    request = TrendRequest(
        joined, indicator.scale, indicator.direction, indicator.bounds, indicator.meaningful_change, rest
    )
    return judge_trends([request])[0]
