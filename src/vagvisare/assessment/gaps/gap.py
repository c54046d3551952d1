"""The distance between two groups: absolute and relative, what it does, and who pays when it shrinks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from vagvisare.assessment.definition import Contrast, Direction, Group, Indicator
from vagvisare.assessment.judgement import Gap, GapVerdict, Judgement, Trend, Verdict
from vagvisare.assessment.scale import PERCENT, fitting_scale
from vagvisare.assessment.trend import TrendRequest
from vagvisare.assessment.window import select
from vagvisare.terms.series import Panel, Series, SeriesKey
from vagvisare.terms.unit import Scale

_VERDICTS = {
    Verdict.IMPROVING: GapVerdict.SHRINKING,
    Verdict.WORSENING: GapVerdict.WIDENING,
    Verdict.UNCHANGED: GapVerdict.UNCHANGED,
    Verdict.UNDETERMINED: GapVerdict.UNDETERMINED,
}


def group_key(key: SeriesKey, group: Group) -> SeriesKey:
    """Return the key of ``group`` in the indicator and territory of ``key``."""
    return SeriesKey(key.indicator, key.territory, group.sex, group.background)


def differences(panel: Panel, key: SeriesKey, contrast: Contrast) -> Series | None:
    """Return ``a`` minus ``b`` over the periods both have, in the indicator's unit; None where they share none."""
    a = panel.get(group_key(key, contrast.a))
    b = panel.get(group_key(key, contrast.b))
    if a is None or b is None:
        return None
    other = dict(b)
    shared = {period: value - other[period] for period, value in a if period in other}
    return Series.of(key, shared) if shared else None


def relatives(panel: Panel, difference: Series, contrast: Contrast, indicator: Indicator) -> Series | None:
    """Return ``a`` minus ``b`` on the model scale, over the window that the difference is judged on.

    On the log scale that is the logarithm of the ratio; on the logit scale, that of the odds ratio. A plain ratio of
    shares would give one answer for the employed and another for those without work. None on a linear scale, and where
    a figure of the window lies on a limit of the scale: the choice of a number to put there would decide the answer.
    """
    if indicator.scale is Scale.LINEAR:
        return None
    a, b = (dict(panel[group_key(difference.key, group)]) for group in (contrast.a, contrast.b))
    used = select(difference, indicator.breaks).used
    figures = [figure[period] for figure in (a, b) for period in used]
    if not used or fitting_scale(figures, indicator.scale, indicator.bounds) is not indicator.scale:
        return None
    return Series.of(difference.key, {period: _relative(a[period], b[period], indicator) for period in used})


def _relative(a: float, b: float, indicator: Indicator) -> float:
    """Return the log of the ratio or of the odds ratio, as one logarithm, so that equal figures give exactly nought."""
    if indicator.scale is Scale.LOG:
        return math.log(a / b)
    low, high = indicator.bounds or PERCENT
    return math.log((a - low) / (b - low) * ((high - b) / (high - a)))


def gap_request(difference: Series, indicator: Indicator) -> TrendRequest:
    """Ask for the trend of the distance itself, whichever group is ahead: smaller is better, on a linear scale.

    The smallest change that matters is one percentage point between shares (or as declared); differences between
    quantities on a log scale have none, because a per cent of a difference means nothing steady.
    """
    smallest = None if indicator.scale is Scale.LOG else indicator.meaningful_change
    return TrendRequest(_sizes(difference), Scale.LINEAR, Direction.LOWER, None, smallest, indicator.breaks)


def relative_request(relative: Series, indicator: Indicator) -> TrendRequest:
    """Ask for the trend of the relative distance: smaller is better.

    The smallest change that matters is that of the ratio, in the per cent declared for the quantity itself; an odds
    ratio has none.
    """
    smallest, declared = None, indicator.meaningful_change
    if indicator.scale is Scale.LOG and declared is not None:
        smallest = math.log1p(declared / 100)
    return TrendRequest(_sizes(relative), Scale.LINEAR, Direction.LOWER, None, smallest, indicator.breaks)


def _sizes(signed: Series) -> Series:
    return Series(signed.key, signed.periods, tuple(abs(value) for value in signed.values))


def verdict_of(trend: Trend, signed: Series) -> GapVerdict:
    """Say what a distance does, from the trend of its size and its signed figures.

    Where the groups change places inside the window the distance first shrinks and then grows, which no single word
    describes: the verdict is then undetermined.
    """
    inside = _inside(trend, signed)
    crosses = min(inside, default=0.0) < 0 < max(inside, default=0.0)
    return GapVerdict.UNDETERMINED if crosses else _VERDICTS[trend.verdict]


def _inside(trend: Trend, signed: Series) -> Sequence[float]:
    figures = dict(signed)
    return [figures[period] for period in trend.window.used]


def side(trend: Trend, signed: Series) -> int:
    """Return 1 where the distance is positive or nought through the window, −1 where negative or nought, else 0.

    The whole window decides and not the latest figure: groups that have just met were not always equal.
    """
    inside = _inside(trend, signed)
    ways = {(value > 0) - (value < 0) for value in inside} - {0}
    return ways.pop() if len(ways) == 1 else 0


def judge_gap(
    contrast: Contrast,
    difference: Series,
    trend: Trend,
    judged: Mapping[SeriesKey, Judgement],
    indicator: Indicator,
    panel: Panel,
    relative: tuple[Series, Trend] | None = None,
) -> Gap:
    """State the distance between two groups and what it does.

    Args:
        contrast: the two groups.
        difference: ``a`` minus ``b``, from :func:`differences`.
        trend: the trend of the distance, from :func:`gap_request`.
        judged: judgements of the groups' own series, to see who got worse when a gap shrinks.
        indicator: the contract.
        panel: the groups' figures.
        relative: the relative distance from :func:`relatives` and its trend, where the scale has one.

    Returns:
        The gap at the latest shared period and at the first period of the window.
    """
    latest, signed = difference.periods[-1], dict(difference)
    first = trend.window.used[0] if trend.window.used else latest
    a, b = (dict(panel[group_key(difference.key, group)]) for group in (contrast.a, contrast.b))
    verdict = verdict_of(trend, difference)
    ahead = _ahead(contrast, side(trend, difference) * indicator.direction)
    behind = contrast.b if ahead is contrast.a else contrast.a
    down = verdict is GapVerdict.SHRINKING and ahead is not None and worsens(judged, difference.key, ahead)
    return Gap(
        contrast=contrast,
        period=latest,
        a=a[latest],
        b=b[latest],
        difference=signed[latest],
        first_period=first,
        first_difference=signed[first],
        trend=trend,
        verdict=verdict,
        levelling_down=down,
        both_worsen=down and worsens(judged, difference.key, behind),
        ahead=ahead,
        ratio=_ratio(a[latest], b[latest], indicator),
        first_ratio=_ratio(a[first], b[first], indicator),
        relative=None if relative is None else relative[1],
        relative_verdict=None if relative is None else verdict_of(relative[1], relative[0]),
    )


def _ahead(contrast: Contrast, better: int) -> Group | None:
    return {1: contrast.a, -1: contrast.b}.get(better)


def worsens(judged: Mapping[SeriesKey, Judgement], key: SeriesKey, group: Group) -> bool:
    """Tell whether the own trend of ``group`` is worsening."""
    judgement = judged.get(group_key(key, group))
    return judgement is not None and judgement.trend.verdict is Verdict.WORSENING


def _ratio(a: float, b: float, indicator: Indicator) -> float | None:
    return a / b if indicator.scale is not Scale.LINEAR and a > 0 and b > 0 else None
