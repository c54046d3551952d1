"""Our own series as the published methods take them, and the list of those methods."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vagvisare.assessment.closer.values import Translated
from vagvisare.assessment.definition import Direction, Indicator, Target, TargetKind
from vagvisare.assessment.translations import destatis, eurostat, kolada, scotland, sdsn, statcan, un, xmr
from vagvisare.assessment.translations.case_series import NOT_AVAILABLE, CaseSeries, Method
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale, UnitClass

METHODS: Mapping[str, Method] = MappingProxyType(
    {each.NAME: each.method for each in (statcan, eurostat, un, destatis, sdsn, xmr, kolada, scotland)}
)
"""Every published method by its name."""

STATUSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {each.NAME: each.STATUSES for each in (statcan, eurostat, un, destatis, sdsn, xmr, kolada, scotland)}
)
"""Every status word of every method."""


def translate(series: Series, indicator: Indicator) -> tuple[Translated, ...]:
    """Say what each published method says of one of our series, against its first target that is a level.

    Left out: methods that cannot judge it, Kolada's colours (they need every unit at once), the XmR chart below the ten
    points its guidance asks for, and everything where neither way is better.
    """
    if indicator.direction is Direction.NEUTRAL or not series.values:
        return ()
    case = case_series(series, indicator)
    left_out = {kolada.NAME} | ({xmr.NAME} if len(case.values) < xmr.FEW else set())
    answers = [method((case,))[0] for name, method in METHODS.items() if name not in left_out]
    return tuple(answer.translated for answer in answers if answer.status != NOT_AVAILABLE)


def case_series(series: Series, indicator: Indicator) -> CaseSeries:
    """Return one of our series as the published methods take it.

    The base year is left to each method: the year a target is counted from sets its level, not the years judged.
    """
    target, year = _first_level(series, indicator)
    bounds = indicator.bounds
    limit = None if bounds is None else bounds[1 if indicator.direction is Direction.HIGHER else 0]
    return CaseSeries(
        name=series.key.indicator,
        periods=tuple(period.start for period in series.periods),
        values=series.values,
        direction=int(indicator.direction),
        target=target,
        target_year=year,
        limit=limit,
        share=indicator.unit_words.unit_class is UnitClass.SHARE,
        criterion=_criterion(series, indicator),
    )


def _first_level(series: Series, indicator: Indicator) -> tuple[float | None, int | None]:
    for target in indicator.targets:
        level = _level(target, series)
        if level is not None:
            return level, target.year
    return None, None


def _level(target: Target, series: Series) -> float | None:
    """Return the level a target asks for; None where it asks for none, or its base year has no figure."""
    if target.value is None:
        return None
    if target.kind is TargetKind.ABSOLUTE:
        return target.value
    base = None if target.base_year is None else series.at(Period.year(target.base_year))
    if base is None:
        return None
    if target.kind is TargetKind.RELATIVE_TO_BASE:
        return base + abs(base) * target.value / 100
    return base + target.value if target.kind is TargetKind.INCREMENT else None


def _criterion(series: Series, indicator: Indicator) -> float | None:
    """Return the smallest change that matters in the figures' unit; per cent are of the figure before the latest."""
    smallest = indicator.meaningful_change
    if smallest is None or indicator.scale is not Scale.LOG or len(series.values) < 2:
        return smallest
    return smallest / 100 * abs(series.values[-2])
