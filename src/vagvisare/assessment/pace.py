"""The pace towards a target: what is needed a year, what is achieved, and what may be said of the two.

Rates are compared on the model scale, the level now is the robust fit and not the last point, and
the interval of the trend decides what can be told from noise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from vagvisare.assessment.definition import Direction, Group, Indicator, Target, TargetKind
from vagvisare.assessment.judgement import Gap, GapVerdict, Pace, PaceVerdict, Trend, Verdict
from vagvisare.assessment.level_target import aim_of, known, towards
from vagvisare.assessment.rate import per_year
from vagvisare.terms.series import Series

_BY_DIRECTION = {
    Verdict.IMPROVING: PaceVerdict.RIGHT_WAY,
    Verdict.WORSENING: PaceVerdict.WRONG_WAY,
    Verdict.UNCHANGED: PaceVerdict.NOT_REACHED,
    Verdict.UNDETERMINED: PaceVerdict.UNDETERMINED,
}
_BY_GAP = {
    GapVerdict.SHRINKING: PaceVerdict.RIGHT_WAY,
    GapVerdict.WIDENING: PaceVerdict.WRONG_WAY,
    GapVerdict.UNCHANGED: PaceVerdict.NOT_REACHED,
    GapVerdict.UNDETERMINED: PaceVerdict.UNDETERMINED,
}


def pace(
    target: Target,
    series: Series,
    trend: Trend,
    indicator: Indicator,
    *,
    others: Mapping[str, float] | None = None,
    gaps: Sequence[Gap] = (),
) -> Pace:
    """Judge the pace of one series towards one target.

    Args:
        target: the target.
        series: the figures; at least one point.
        trend: their trend.
        indicator: the contract, for direction and limits.
        others: other territories' figures for the series' latest period, for targets set by peers.
        gaps: the judged gaps of the same indicator and territory, for targets about gaps.

    Returns:
        The verdict with the numbers the kind of target has; units as in :class:`Pace`.
    """
    if target.kind is TargetKind.DIRECTION:
        return _direction(target, trend, series, indicator)
    if target.kind is TargetKind.GAP_SHRINKS:
        return _gap_shrinks(target, gaps)
    if target.kind is TargetKind.ABOVE_PEERS:
        return _above_peers(target, series, others or {}, indicator.direction)
    aim = aim_of(target, series, trend, indicator)
    return Pace(target, PaceVerdict.UNDETERMINED) if aim is None else towards(target, aim, series, trend)


def _direction(target: Target, trend: Trend, series: Series, indicator: Indicator) -> Pace:
    """Judge a target that only says which way to go."""
    numbers = Pace(target, _BY_DIRECTION[trend.verdict], level_now=known(trend.level_end, series.values[-1]))
    if math.isnan(trend.slope):
        return numbers
    achieved, low, high = (
        per_year(slope, trend.scale, trend.level_end, indicator.bounds)
        for slope in (trend.slope, trend.slope_low, trend.slope_high)
    )
    return replace(numbers, achieved=achieved, achieved_low=low, achieved_high=high)


def _gap_shrinks(target: Target, gaps: Sequence[Gap]) -> Pace:
    """Judge a target about a gap; the groups are named by code (``sex/background``) or by Swedish name."""
    wanted = set(target.groups or ())
    for gap in gaps:
        named = (
            {_code(gap.contrast.a), _code(gap.contrast.b)},
            {
                gap.contrast.a.name.sv,
                gap.contrast.b.name.sv,
            },
        )
        if wanted and wanted in named:
            return Pace(target, _BY_GAP[gap.verdict])
    return Pace(target, PaceVerdict.UNDETERMINED)


def _above_peers(target: Target, series: Series, others: Mapping[str, float], direction: Direction) -> Pace:
    """Judge a target to be better than every peer, by the figures of the same period."""
    peers = [peer for peer in target.peers if peer != series.key.territory]
    latest = series.values[-1]
    known = {peer: others[peer] for peer in peers if peer in others}
    if direction is Direction.NEUTRAL or not known:
        return Pace(target, PaceVerdict.UNDETERMINED, level_now=latest)
    beaten = tuple(peer for peer, value in known.items() if direction * (latest - value) > 0)
    reached = PaceVerdict.REACHED if len(beaten) == len(peers) else PaceVerdict.NOT_REACHED
    return Pace(
        target=target,
        verdict=reached if len(known) == len(peers) else PaceVerdict.UNDETERMINED,
        target_value=max(known.values(), key=lambda value: direction * value),
        level_now=latest,
        beaten=beaten,
    )


def _code(group: Group) -> str:
    return f"{group.sex}/{group.background}"
