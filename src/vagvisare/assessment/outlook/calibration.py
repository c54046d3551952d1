"""Measure how far projections have missed: stand in every earlier year, project, and compare with what came.

No forecast is helped by what came after it: window, scale, slope and typical change are those of the figures up to its
origin. Series of one thing over 21 counties move together, and so do measures of nearly the same thing. Such a *family*
of indicators (one data set, or declared siblings) therefore weighs as one, and is left out whole when its bands are
checked (``pooling``).

The figures are those known today; as first published they may have been others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.judgement import Projection
from vagvisare.assessment.outlook.conformal import Calibration, Used
from vagvisare.assessment.outlook.pooling import ENOUGH, Miss, pooled
from vagvisare.assessment.outlook.projection import project, scaled_distance
from vagvisare.assessment.trend import judge_trends
from vagvisare.assessment.verdict import FEWEST
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Panel, Series

__all__ = ["METHOD", "Calibration", "Miss", "calibrate", "families", "misses"]

METHOD = "1"
"""The version of the arithmetic; a calibration made by another is out of date."""

LONGEST = 10
"""How many years ahead are tried."""

LARGEST = 99.0
"""No miss is counted as larger than this many typical changes."""


def calibrate(
    panel: Panel,
    indicators: Sequence[Indicator],
    used: Iterable[Used],
    day: date,
    progress: Callable[[int, int], None] | None = None,
) -> Calibration:
    """Measure a calibration on all series at hand.

    Args:
        panel: series of indicators, from ``measure``; groups are passed over, as only totals are projected.
        indicators: the contracts.
        used: the data sets behind, with checksums.
        day: the day of the newest vintage.
        progress: called with how many indicators are done, and of how many.

    Raises:
        FigureError: when fewer than five families have been forecast one year ahead from at least three years.
    """
    found = misses(panel, indicators, progress)
    classes = pooled(found, LONGEST)
    if not classes:
        raise _too_little(len({miss.family for miss in found}))
    return Calibration(day, METHOD, tuple(sorted(used, key=lambda each: each.dataset)), classes)


def misses(
    panel: Panel, indicators: Sequence[Indicator], progress: Callable[[int, int], None] | None = None
) -> list[Miss]:
    """Return every forecast that could have been made and checked, in the order of indicators, series and origins."""
    family = families(indicators)
    found: list[Miss] = []
    for done, indicator in enumerate(indicators, 1):
        totals = [series for key, series in panel.items() if key.indicator == indicator.key and key.is_total]
        for series, projection in _origins(totals, indicator):
            found += _compared(series, projection, indicator, family[indicator.key])
        if progress is not None:
            progress(done, len(indicators))
    return found


def families(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Return each indicator's family: indicators of one data set, and declared siblings, belong together."""
    known = list(indicators)
    family = {each.key: each.key for each in known}

    def join(a: str, b: str) -> None:
        one, other = sorted((family[a], family[b]))
        for key, name in family.items():
            if name == other:
                family[key] = one

    first: dict[str, str] = {}
    for each in known:
        join(each.key, first.setdefault(each.dataset, each.key))
        for sibling in each.siblings:
            if sibling.key in family:
                join(each.key, sibling.key)
    return family


def _origins(totals: Sequence[Series], indicator: Indicator) -> Iterator[tuple[Series, Projection]]:
    """Project every series from every origin it has, with the figures up to then only."""
    parts = [
        (series, Series(series.key, series.periods[:n], series.values[:n]))
        for series in totals
        for n in range(FEWEST, len(series))
    ]
    trends = judge_trends([trend_request(part, indicator) for _, part in parts])
    for (series, part), trend in zip(parts, trends, strict=True):
        projection = project(part, trend, indicator)
        if projection is not None:
            yield series, projection


def _compared(series: Series, projection: Projection, indicator: Indicator, family: str) -> Iterator[Miss]:
    """Hold a projection against later figures by the same method."""
    origin, figures, breaks = projection.origin, dict(series), indicator.breaks
    for years in range(1, LONGEST + 1):
        period = Period(origin.start + years, origin.end + years)
        if any(b.cuts and origin.start < b.at.start <= period.start for b in breaks):
            return
        if period in figures:
            size = min(abs(scaled_distance(projection, figures[period], years)), LARGEST)
            yield Miss(family, projection.unit_class, series.key, origin.end, years, size)


def _too_little(families: int) -> FigureError:
    return FigureError(
        Text(
            f"Siffrorna räcker inte för att mäta hur prognoser träffar: {families} sorters mått, och minst {ENOUGH} "
            "behövs.",
            f"The figures are too few to measure how projections hold: {families} kinds of measures, and at least "
            f"{ENOUGH} are needed.",
        ),
        meaning=Text(
            "Prognoser visas då utan band och utan sannolikheter.",
            "Projections are then shown without bands and without chances.",
        ),
        remedy=Text(
            "Lägg till indikatorer med minst sex mätningar vardera.",
            "Add indicators with at least six measurements each.",
        ),
    )
