"""Made-up contracts, series and calibrations for the tests of projections; no figure here is official."""

from __future__ import annotations

from datetime import date

from vagvisare.assessment.definition import Collection, Direction, Indicator
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.outlook.conformal import ALL, PROBABILITIES, Calibration, ClassMisses, Horizon
from vagvisare.assessment.outlook.projection import project
from vagvisare.assessment.trend import judge_trends
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NOTHING = Text("", "")
DAY = date(2026, 1, 2)


def contract(unit="percent", key="measure", **more):
    return Indicator(
        key=key,
        dataset=more.pop("dataset", key),
        title=NOTHING,
        subject=NOTHING,
        unit=unit,
        direction=Direction.HIGHER,
        collection=Collection.REGISTER,
        definition=NOTHING,
        **more,
    )


def series_of(values, start=2010, key=None):
    """Figures of single years from ``start``, or of the periods that a mapping names."""
    key = key or SeriesKey("measure", "18")
    if isinstance(values, dict):
        return Series.of(key, {Period.parse(str(period)): value for period, value in values.items()})
    return Series.of(key, {Period.year(start + step): value for step, value in enumerate(values)})


def carried(values, unit="percent", calibration=None, **more):
    """Judge and project made-up figures; return the projection and the trend."""
    indicator, series = contract(unit, **more), series_of(values)
    (trend,) = judge_trends([trend_request(series, indicator)], fast=False)
    return project(series, trend, indicator, calibration), trend


def horizon(years, misses=None, checked=ALL):
    """A horizon whose misses run evenly from nought to twice the square root of the years."""
    return Horizon(
        years=years,
        checked=checked,
        forecasts=1000 + years,
        series=100,
        indicators=20,
        families=10,
        coverage_80=0.79,
        coverage_95=0.94,
        lowest_80=0.6,
        borrowed=0.0,
        misses=misses or tuple(2 * years**0.5 * probability for probability in PROBABILITIES),
    )


def calibration(longest=6):
    return Calibration(DAY, "1", (), (ClassMisses(ALL, tuple(horizon(years) for years in range(1, longest + 1))),))
