"""The same verdict under other choices that a reasonable analyst could have made: does it rest on one of them?

Only choices that change what is computed are counted: a window with other points, a definition with other figures. A
choice that leaves too few points to judge is no alternative, as nobody could have chosen it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from vagvisare.assessment.closer.values import Alternative, Choice, Robustness, Splice
from vagvisare.assessment.definition import Direction, Indicator, Target, TargetKind
from vagvisare.assessment.effective import effective_size
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.judgement import Judgement, Movement, Reason, Trend, Verdict, Window
from vagvisare.assessment.reference import fit
from vagvisare.assessment.reference import judge as judge_trend
from vagvisare.assessment.request import TrendRequest, points_over
from vagvisare.assessment.targets.pace import pace
from vagvisare.assessment.verdict import conclude, enough
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

SHORT = 10
"""How many of the latest points the shorter window holds."""

_Others = Mapping[SeriesKey, Judgement]
_Tried = Iterator[tuple[Choice, str, Trend]]
_NOBODY: _Others = MappingProxyType({})


def robustness(
    series: Series,
    indicator: Indicator,
    judgement: Judgement,
    others: _Others = _NOBODY,
    splice: Splice | None = None,
) -> Robustness:
    """Judge the same series under other reasonable choices.

    Args:
        series: the figures the judgement was made on.
        indicator: the contract.
        judgement: the judgement to try, with its trend, its trends without declared events, and its paces.
        others: every judgement, to find the siblings' by other definitions.
        splice: old and new method joined, where that can be done.

    Returns:
        One alternative for each choice that really differs: first those about the trend, then other base years of
        targets relative to one, which are held against the pace. None are tried where the series has too few points.
    """
    word = _word(judgement.trend, indicator)
    if judgement.trend.reason is Reason.TOO_FEW:
        return Robustness(word, ())
    seen = {judgement.trend.window.used}
    tried: list[Alternative] = []
    for choice, detail, trend in _same_series(series, indicator, judgement):
        if trend.reason is Reason.TOO_FEW or trend.window.used in seen:
            continue
        seen.add(trend.window.used)
        tried.append(_held(choice, detail, _word(trend, indicator), word))
    tried += [_held(*each, word) for each in _other_figures(indicator, judgement, others, splice)]
    return Robustness(word, (*tried, *_base_years(series, indicator, judgement)))


def _held(choice: Choice, detail: str, found: str, main: str) -> Alternative:
    return Alternative(choice, detail, found, found == main)


def _word(trend: Trend, indicator: Indicator) -> str:
    """Return the verdict, or where neither direction is better, which way the figure moves."""
    return (trend.movement if indicator.direction is Direction.NEUTRAL else trend.verdict).value


def _same_series(series: Series, indicator: Indicator, judgement: Judgement) -> _Tried:
    """Judge the same figures over other windows, without the latest, and without each declared event."""
    main = judgement.trend
    request = trend_request(series, indicator, earlier=main.earlier)
    for periods in _windows(series, main.window):
        found = _over(request, periods)
        if found is not None:
            yield Choice.WINDOW, f"{periods[0].start}-{periods[-1].end}", found
    latest = main.window.used[-1]
    rest = series.only(frozenset(period for period in series.periods if period < latest))
    if len(rest):
        yield Choice.WITHOUT_LATEST, str(latest), judge_trend(replace(request, series=rest))
    for left_out in judgement.without_events:
        yield Choice.WITHOUT_EVENT, left_out.event.key, left_out.trend


def _windows(series: Series, window: Window) -> Iterator[tuple[Period, ...]]:
    """Return other windows that end with the latest point and cross no break.

    Ten latest points, one point fewer, and where the series goes further back, one more and all of them.
    """
    cut, used = window.cut_by, window.used
    since = tuple(p for p, v in series if math.isfinite(v) and (cut is None or p.start >= cut.at.start))
    yield used[-SHORT:]
    yield used[1:]
    yield since[-len(used) - 1 :]
    yield since


def _over(request: TrendRequest, periods: tuple[Period, ...]) -> Trend | None:
    """Judge the trend over exactly ``periods``, however many; None where they are too few."""
    points = points_over(request, Window(periods, effective_size(periods)))
    return conclude(request, points, fit(points)) if enough(points) else None


def _other_figures(
    indicator: Indicator, judgement: Judgement, others: _Others, splice: Splice | None
) -> Iterator[tuple[Choice, str, str]]:
    """Return the verdicts by other official definitions, and with old and new method joined."""
    key = judgement.key
    for sibling in indicator.siblings:
        other = others.get(replace(key, indicator=sibling.key)) if sibling.key else None
        if other is not None and _comparable(other.trend, indicator):
            yield Choice.DEFINITION, sibling.key, _word(other.trend, indicator)
    if splice is not None and splice.trend.reason is not Reason.TOO_FEW:
        yield Choice.SPLICED, str(splice.at.at), _word(splice.trend, indicator)


def _comparable(trend: Trend, indicator: Indicator) -> bool:
    """Tell whether a sibling's verdict answers the same question; one that nobody says is good or bad does not."""
    nobody_says = trend.verdict is Verdict.UNDETERMINED and trend.movement in (Movement.RISING, Movement.FALLING)
    return trend.reason is not Reason.TOO_FEW and (indicator.direction is Direction.NEUTRAL or not nobody_says)


def _base_years(series: Series, indicator: Indicator, judgement: Judgement) -> Iterator[Alternative]:
    """Hold targets relative to a base year against the years beside it, and against the mean of all three."""
    for judged in judgement.paces:
        target = judged.target
        if target.kind is not TargetKind.RELATIVE_TO_BASE or target.base_year is None or judged.target_value is None:
            continue
        main = pace(target, series, judgement.trend, indicator).verdict.value
        for detail, other, figures in _bases(target, target.base_year, series):
            found = pace(other, figures, judgement.trend, indicator).verdict.value
            yield _held(Choice.BASE_YEAR, f"{detail}:{target.year}", found, main)


def _bases(target: Target, base: int, series: Series) -> Iterator[tuple[str, Target, Series]]:
    """Return, for each other base: its years, the target and the figures to hold it against."""
    three = [Period.year(base + step) for step in (-1, 0, 1)]
    figures = {period: value for period in three if (value := series.at(period)) is not None}
    for period in (three[0], three[2]):
        if period in figures and period < series.periods[-1]:
            yield str(period), replace(target, base_year=period.end), series
    if len(figures) == len(three) and three[2] < series.periods[-1]:
        mean = math.fsum(figures.values()) / len(figures)
        # The mean stands in the base year's place: nothing but the base is read from there, the trend being given.
        yield f"{base - 1}-{base + 1}", target, Series.of(series.key, {**dict(series), three[1]: mean})
