"""Every distance there is to judge, with each kind of trend asked for all series at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.gaps.gap import differences, gap_request, judge_gap, relative_request, relatives
from vagvisare.assessment.gaps.ordered import judge_ordered, ordered_request, steps
from vagvisare.assessment.gaps.spread import (
    deviations,
    judge_spread,
    municipalities,
    people,
    people_key,
    spread_request,
)
from vagvisare.assessment.judgement import Gap, Judgement, OrderedGap, Spread, Trend
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.series import Panel, SeriesKey

_Key = TypeVar("_Key")
_Judged = Mapping[SeriesKey, Judgement]


def _ask(requests: Mapping[_Key, TrendRequest], *, fast: bool) -> dict[_Key, Trend]:
    return dict(zip(requests, judge_trends(list(requests.values()), fast=fast), strict=True))


def gaps(
    panel: Panel,
    indicators: Mapping[str, Indicator],
    totals: Sequence[SeriesKey],
    judged: _Judged,
    *,
    fast: bool = True,
) -> dict[SeriesKey, list[Gap]]:
    """Judge every declared contrast of every total, in the order declared.

    Args:
        panel: all series.
        indicators: the contracts by key.
        totals: the series of everybody whose contrasts are wanted.
        judged: judgements of the groups' own series.
        fast: judge trends with the array kernels.

    Returns:
        Gaps by total; a total without any has none.
    """
    found = {
        (key, contrast): difference
        for key in totals
        for contrast in indicators[key.indicator].contrasts
        if (difference := differences(panel, key, contrast)) is not None
    }
    relative = {
        (key, contrast): apart
        for (key, contrast), difference in found.items()
        if (apart := relatives(panel, difference, contrast, indicators[key.indicator])) is not None
    }
    trends = _ask(
        {place: gap_request(each, indicators[place[0].indicator]) for place, each in found.items()}, fast=fast
    )
    beside = _ask(
        {place: relative_request(each, indicators[place[0].indicator]) for place, each in relative.items()}, fast=fast
    )
    out: dict[SeriesKey, list[Gap]] = defaultdict(list)
    for place, difference in found.items():
        key, contrast = place
        also = (relative[place], beside[place]) if place in relative else None
        indicator = indicators[key.indicator]
        out[key].append(judge_gap(contrast, difference, trends[place], judged, indicator, panel, also))
    return out


def ordered_gaps(
    panel: Panel,
    indicators: Mapping[str, Indicator],
    totals: Sequence[SeriesKey],
    judged: _Judged,
    *,
    fast: bool = True,
) -> dict[SeriesKey, list[OrderedGap]]:
    """Judge every declared order of groups of every total; arguments as for :func:`gaps`."""
    found = {
        (key, order.key): gathered
        for key in totals
        for order in indicators[key.indicator].ordered_groups
        if (gathered := steps(panel, key, order, indicators[key.indicator])) is not None
    }
    requests = {place: ordered_request(each, indicators[place[0].indicator]) for place, each in found.items()}
    out: dict[SeriesKey, list[OrderedGap]] = defaultdict(list)
    for place, trend in _ask(requests, fast=fast).items():
        key = place[0]
        out[key].append(judge_ordered(found[place], trend, judged, indicators[key.indicator]))
    return out


def spreads(panel: Panel, indicators: Mapping[str, Indicator], *, fast: bool = True) -> dict[SeriesKey, Spread]:
    """State, per county and known indicator, how far the county's municipalities lie apart.

    Args:
        panel: all series.
        indicators: the contracts by key.
        fast: judge trends with the array kernels.

    Returns:
        By the county's total series; counties without a period for which at least five municipalities have a figure
        are absent.
    """
    known = {key: found for key, found in municipalities(panel).items() if key.indicator in indicators}
    courses = {
        key: deviation
        for key, found in known.items()
        if (deviation := deviations(found, indicators[key.indicator])) is not None
    }
    trends = _ask({key: spread_request(deviation) for key, deviation in courses.items()}, fast=fast)
    counting = people_key(indicators)
    return {
        key: judge_spread(
            found,
            indicators[key.indicator],
            (courses[key], trends[key]) if key in courses else None,
            people(panel, counting, found),
        )
        for key, found in known.items()
    }
