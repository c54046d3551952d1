"""How large a break is, where the old and the new method both have a figure for the same period."""

from __future__ import annotations

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judgement import Overlap
from vagvisare.terms.series import Panel, Series, SeriesKey


def siblings(raw: Panel, indicator: Indicator) -> dict[SeriesKey, Series]:
    """Return the series by older methods that the indicator's breaks name, under their data sets' own names.

    They stand beside the indicator's own series and are never joined to it: a splice would hide the break.
    """
    named = {each.sibling for each in indicator.breaks if each.sibling}
    return {key: series for key, series in raw.items() if key.indicator in named}


def overlaps(series: Series, indicator: Indicator, panel: Panel) -> tuple[Overlap, ...]:
    """Return each break's size: the latest period for which both methods have a figure other than zero.

    Only indicators that take their data set as it is are compared; a quotient has no older twin.
    """
    key = series.key
    found = []
    for each in indicator.breaks:
        older = panel.get(SeriesKey(each.sibling, key.territory, key.sex, key.background))
        if not each.sibling or older is None or indicator.per:
            continue
        shared = [(period, old, series.at(period)) for period, old in older]
        measured = [(period, old, new) for period, old, new in shared if new is not None and old]
        if measured:
            period, old, new = measured[-1]
            found.append(Overlap(each, period, old, new))
    return tuple(found)
