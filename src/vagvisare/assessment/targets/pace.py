"""The pace towards a target: what is needed a year, what is achieved, and what may be said of the two.

Each kind of target has its own rule: a level or a change from a base (``level_target``), a line to keep
(``keep_target``), others' figures (``relative_target``), others' courses (``course_target``). Rates are compared on the
model scale, the level now is the robust fit and not the last point, and the interval of the trend decides what can
be told from noise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from vagvisare.assessment.definition import Group, Indicator, Target, TargetKind
from vagvisare.assessment.judgement import Gap, GapVerdict, Pace, PaceVerdict, Trend, Verdict, Yearly
from vagvisare.assessment.outlook.projection import chance, value_at
from vagvisare.assessment.rate import per_year
from vagvisare.assessment.targets.course import as_fast, converges
from vagvisare.assessment.targets.keep import bound_of, keep
from vagvisare.assessment.targets.level import Aim, aim_of, known, towards, years_left
from vagvisare.assessment.targets.milestones import stages
from vagvisare.assessment.targets.relative import (
    above_composite,
    above_nation,
    above_peers,
    catching_up,
    holds_rank,
)
from vagvisare.assessment.targets.surroundings import Surroundings
from vagvisare.assessment.targets.yearly import counted
from vagvisare.terms.series import NATION, Series

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
_ALONE = Surroundings()
"""Nothing is known of anybody else."""


def pace(
    target: Target, series: Series, trend: Trend, indicator: Indicator, around: Surroundings | None = None
) -> Pace:
    """Judge the pace of one series towards one target, and towards each of its milestones.

    Args:
        target: the target.
        series: the figures; at least one point.
        trend: their trend.
        indicator: the contract, for direction and limits.
        around: riket, other territories, groups and the projection; what is not known is said to be missing.

    Returns:
        The verdict with the numbers the kind of target has; units as in :class:`Pace`.
    """
    around = around or _ALONE
    judged = _judged(target, series, trend, indicator, around)
    if not target.milestones:
        return judged
    return replace(
        judged, milestones=tuple(_judged(stage, series, trend, indicator, around) for stage in stages(target))
    )


def _judged(target: Target, series: Series, trend: Trend, indicator: Indicator, around: Surroundings) -> Pace:
    kind = target.kind
    if kind is TargetKind.GAP_SHRINKS:
        return _gap_shrinks(target, around.gaps)
    if kind in (TargetKind.CONVERGES, TargetKind.AS_FAST):
        judge = converges if kind is TargetKind.CONVERGES else as_fast
        judged = judge(target, series, around, indicator)
    elif kind in (TargetKind.ABSOLUTE, TargetKind.RELATIVE_TO_BASE, TargetKind.INCREMENT):
        aim = aim_of(target, series, trend, indicator)
        if aim is None:
            return Pace(target, PaceVerdict.UNDETERMINED)
        judged = _with_outlook(towards(target, aim, series, trend), aim, around)
    elif kind in (TargetKind.FLOOR, TargetKind.CEILING):
        line = bound_of(target, indicator)
        if line is None:
            return Pace(target, PaceVerdict.UNDETERMINED)
        judged = _with_outlook(keep(target, line, series, trend, around.projection), line, around)
    else:
        judged = _by_figures(target, series, trend, indicator, around)
    judged = _with_own_pace(judged, trend, indicator)
    return counted(judged, series, trend, indicator.bounds, years_left(target, series, trend))


def _by_figures(target: Target, series: Series, trend: Trend, indicator: Indicator, around: Surroundings) -> Pace:
    """Judge the kinds that ask which way the figure goes, or how it stands to others' of the same period."""
    if target.kind is TargetKind.ABOVE_NATION:
        judged = above_nation(target, series, around, indicator.direction)
        return catching_up(judged, around.pairs.get(NATION), years_left(target, series, trend), indicator.bounds)
    if target.kind is TargetKind.ABOVE_PEERS:
        return above_peers(target, series, around.others, indicator.direction)
    if target.kind is TargetKind.ABOVE_COMPOSITE:
        return above_composite(target, series, around, indicator.direction)
    if target.kind is TargetKind.RANK:
        return holds_rank(target, series, around.comparison)
    return Pace(target, _BY_DIRECTION[trend.verdict], level_now=known(trend.level_end, series.values[-1]))


def _with_own_pace(judged: Pace, trend: Trend, indicator: Indicator) -> Pace:
    """Add the series' own change a year where the kind of target has not said it already."""
    if math.isnan(trend.slope) or judged.achieved is not None:
        return judged
    achieved, low, high = (
        per_year(slope, trend.scale, trend.level_end, indicator.bounds)
        for slope in (trend.slope, trend.slope_low, trend.slope_high)
    )
    return replace(judged, achieved=achieved, achieved_low=low, achieved_high=high)


def _with_outlook(judged: Pace, aim: Aim, around: Surroundings) -> Pace:
    """Add where the projection stands in the target's year, and the chance that the target is met then."""
    year = judged.target.year
    if around.projection is None or year is None:
        return judged
    outlook = value_at(around.projection, year)
    if outlook is None:
        return judged
    return replace(
        judged,
        projected=outlook.value,
        projected_low=outlook.low_80,
        projected_high=outlook.high_80,
        chance=chance(around.projection, around.calibration, aim.value, aim.sense, year),
    )


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
            course = gap.trend
            yearly = (
                None if math.isnan(course.slope) else Yearly(None, course.slope, course.slope_low, course.slope_high)
            )
            return Pace(
                target=target,
                verdict=_BY_GAP[gap.verdict],
                linear=yearly,
                distance=gap.difference,
                first_distance=gap.first_difference,
                course=course,
                levelling_down=gap.levelling_down,
            )
    return Pace(target, PaceVerdict.UNDETERMINED)


def _code(group: Group) -> str:
    return f"{group.sex}/{group.background}"
