"""From data sets to indicators: quotients, and the group that stands as headline where a data set has no total."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.overlap import siblings
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import Samples, Sampling
from vagvisare.terms.series import TOTAL, Panel, Series, SeriesKey


def measure(raw: Panel, indicators: Iterable[Indicator]) -> dict[SeriesKey, Series]:
    """Turn series of data sets into series of indicators.

    Args:
        raw: series whose keys carry the name of the data set as ``indicator``.
        indicators: the contracts; several may read the same data set.

    Returns:
        Series in the order of their keys, in each indicator's own unit. With ``per`` every figure is divided by the
        denominator's total for the same territory and period and multiplied by ``per_scale``; periods that only
        one of the two has are left out. With ``sex`` or ``background`` the named group also stands as the total;
        the group's own series stays. Series by an older method, named by a break, stand beside under
        their data set's name. Figures that are not finite count as missing, and a
        series left without a single figure is left out.
    """
    by_dataset: dict[str, list[Series]] = defaultdict(list)
    for series in raw.values():
        by_dataset[series.key.indicator].append(series)
    measured: dict[SeriesKey, Series] = {}
    for indicator in indicators:
        measured.update(_measured(indicator, by_dataset[indicator.dataset], raw))
        measured.update(siblings(raw, indicator))
    return dict(sorted(measured.items()))


def measure_samples(raw: Samples, indicators: Iterable[Indicator]) -> dict[SeriesKey, Mapping[Period, Sampling]]:
    """Turn what is said of the certainty of data sets' figures into the same about indicators.

    Keys follow those of :func:`measure`. Nothing is said of a quotient: the certainty of what is divided is not that
    of the quotient.
    """
    measured: dict[SeriesKey, Mapping[Period, Sampling]] = {}
    for indicator in indicators:
        older = {each.sibling for each in indicator.breaks if each.sibling}
        group = (indicator.sex or TOTAL, indicator.background)
        for key, said in raw.items():
            if key.indicator in older:
                measured[key] = said
            if key.indicator != indicator.dataset or indicator.per:
                continue
            measured[SeriesKey(indicator.key, key.territory, key.sex, key.background)] = said
            if (key.sex, key.background) == group:
                measured[SeriesKey(indicator.key, key.territory)] = said
    return dict(sorted(measured.items()))


def _measured(indicator: Indicator, rows: list[Series], raw: Panel) -> Mapping[SeriesKey, Series]:
    found: dict[SeriesKey, Series] = {}
    for series in rows:
        key = SeriesKey(indicator.key, series.key.territory, series.key.sex, series.key.background)
        own = _quotient(series, raw, indicator) if indicator.per else dict(series)
        points = {period: value for period, value in own.items() if math.isfinite(value)}
        if points:
            found[key] = Series.of(key, points)
    return found | _headlines(indicator, found)


def _headlines(indicator: Indicator, found: Mapping[SeriesKey, Series]) -> dict[SeriesKey, Series]:
    """Return the headline group once more, as the total, where the indicator names such a group."""
    group = (indicator.sex or TOTAL, indicator.background)
    if group == (TOTAL, ""):
        return {}
    chosen = [series for key, series in found.items() if (key.sex, key.background) == group]
    totals = [SeriesKey(indicator.key, series.key.territory) for series in chosen]
    return {key: Series(key, series.periods, series.values) for key, series in zip(totals, chosen, strict=True)}


def _quotient(series: Series, raw: Panel, indicator: Indicator) -> dict[Period, float]:
    """Divide by the denominator's total; a denominator of zero has no quotient."""
    denominator = raw.get(SeriesKey(indicator.per, series.key.territory))
    below = {period: value for period, value in denominator if value != 0} if denominator is not None else {}
    return {period: value / below[period] * indicator.per_scale for period, value in series if period in below}
