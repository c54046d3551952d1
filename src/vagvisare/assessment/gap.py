"""Distances: between two groups, and between the municipalities of a county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from statistics import median

from vagvisare.assessment.comparison import is_municipality
from vagvisare.assessment.definition import Contrast, Direction, Group, Indicator
from vagvisare.assessment.judgement import Gap, GapVerdict, Judgement, Spread, Trend, Verdict
from vagvisare.assessment.trend import TrendRequest
from vagvisare.terms.period import Period
from vagvisare.terms.series import Panel, Series, SeriesKey
from vagvisare.terms.unit import Scale

ENOUGH_MUNICIPALITIES = 5
"""The fewest municipalities a spread is stated for."""

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


def gap_request(difference: Series, indicator: Indicator) -> TrendRequest:
    """Ask for the trend of the distance itself, whichever group is ahead: smaller is better, on a linear scale.

    The smallest change that matters is one percentage point between shares (or as declared); differences between
    quantities on a log scale have none, because a per cent of a difference means nothing steady.
    """
    distance = Series(difference.key, difference.periods, tuple(abs(v) for v in difference.values))
    smallest = None if indicator.scale is Scale.LOG else indicator.meaningful_change
    return TrendRequest(distance, Scale.LINEAR, Direction.LOWER, None, smallest, indicator.breaks)


def judge_gap(
    contrast: Contrast,
    difference: Series,
    trend: Trend,
    judged: Mapping[SeriesKey, Judgement],
    indicator: Indicator,
    panel: Panel,
) -> Gap:
    """State the distance between two groups and what it does.

    Args:
        contrast: the two groups.
        difference: ``a`` minus ``b``, from :func:`differences`.
        trend: the trend of the distance, from :func:`gap_request`.
        judged: judgements of the groups' own series, to see who got worse when a gap shrinks.
        indicator: the contract.
        panel: the groups' figures.

    Returns:
        The gap at the latest shared period and at the first independent period of the window. Where the groups
        change places inside the window the distance first shrinks and then grows, which no single word
        describes: the verdict is then undetermined.
    """
    latest, now = difference.periods[-1], difference.values[-1]
    signed = dict(difference)
    inside = [signed[period] for period in trend.window.used]
    crosses = min(inside, default=now) < 0 < max(inside, default=now)
    verdict = GapVerdict.UNDETERMINED if crosses else _VERDICTS[trend.verdict]
    first = trend.window.used[0] if trend.window.used else latest
    return Gap(
        contrast=contrast,
        period=latest,
        a=dict(panel[group_key(difference.key, contrast.a)])[latest],
        b=dict(panel[group_key(difference.key, contrast.b)])[latest],
        difference=now,
        first_period=first,
        first_difference=signed[first],
        trend=trend,
        verdict=verdict,
        levelling_down=verdict is GapVerdict.SHRINKING and _better_off_worsens(contrast, difference, judged, indicator),
    )


def _better_off_worsens(
    contrast: Contrast, difference: Series, judged: Mapping[SeriesKey, Judgement], indicator: Indicator
) -> bool:
    """Tell whether the group that is ahead today has a worsening trend."""
    ahead = contrast.a if indicator.direction * difference.values[-1] >= 0 else contrast.b
    judgement = judged.get(group_key(difference.key, ahead))
    return judgement is not None and judgement.trend.verdict is Verdict.WORSENING


def spreads(panel: Panel) -> dict[SeriesKey, Spread]:
    """State, per county and indicator, how far the municipalities of the county lie apart.

    Args:
        panel: all series.

    Returns:
        By the county's total series: lowest, highest and (unweighted) median at the latest period for which at
        least five municipalities have a figure. Counties without such a period are absent. Municipalities with
        equal figures are named in the order of their codes.
    """
    gathered: dict[SeriesKey, list[Series]] = defaultdict(list)
    for key, series in panel.items():
        if key.is_total and is_municipality(key.territory):
            gathered[key.at(key.territory[:2])].append(series)
    found = {county: _spread(series) for county, series in gathered.items()}
    return {county: spread for county, spread in found.items() if spread is not None}


def _spread(municipalities: list[Series]) -> Spread | None:
    figures: dict[Period, list[tuple[float, str]]] = defaultdict(list)
    for series in municipalities:
        for period, value in series:
            figures[period].append((value, series.key.territory))
    enough = [period for period, found in figures.items() if len(found) >= ENOUGH_MUNICIPALITIES]
    if not enough:
        return None
    latest = max(enough)
    found = sorted(figures[latest])
    highest = found[-1][0]
    return Spread(
        period=latest,
        lowest=(found[0][1], found[0][0]),
        highest=(min(code for value, code in found if value == highest), highest),
        median=median(value for value, _ in found),
        of=len(found),
    )
