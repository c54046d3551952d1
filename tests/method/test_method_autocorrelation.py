"""Autocorrelation: a good year follows a good year

Figures of neighbouring years resemble each other even where nothing changes in the long run. A run of good years
then looks like a trend. The test therefore widens its variance by f = 1 + 2 Σ (1 − k/n) ρ^k, where ρ is how much a
year resembles the one before. A short series cannot tell its own ρ well; its estimate is pulled towards 0.3, as if
twenty more points had said 0.3.
"""

from __future__ import annotations

import random

import pytest

from vagvisare.assessment import reference
from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Reason, Verdict
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale


def test_the_estimate_is_pulled_towards_a_third(page):
    """The estimate is pulled towards 0.3, worked by hand

    Ten points whose residuals have the correlation 0.1 with the next: corrected for the short series
    (10 · 0.1 + 2) / 6 = 0.5, then pulled: (10 · 0.5 + 20 · 0.3) / 30 = 0.367. Six points say nothing: 0.3.
    """
    ten, six = reference.autocorrelation_shrunk(0.1, 10), reference.autocorrelation_shrunk(0.9, 6)
    page.number("Ten points", f"{ten:.3f}")
    page.number("Six points, whatever they say", f"{six:.3f}")
    assert ten == pytest.approx(11 / 30)
    assert six == pytest.approx(0.3)


def test_the_estimate_has_ends(page):
    """The estimate stays between 0 and 0.8

    Neighbours that differ more than chance are not taken as a reason to believe more; and 0.8 is as far as
    resemblance is believed.
    """
    page.number("Fifteen points, residuals alternate", f"{reference.autocorrelation_shrunk(-0.9, 15):.1f}")
    page.number("Fifteen points, residuals follow each other", f"{reference.autocorrelation_shrunk(1.0, 15):.2f}")
    assert reference.autocorrelation_shrunk(-0.9, 15) == 0
    # Unclipped they would be (15 · (−1.045) + 6) / 35 < 0 and (15 · 1.545 + 6) / 35 = 0.834.
    assert reference.autocorrelation_shrunk(1.0, 15) == 0.8
    assert reference.autocorrelation_shrunk(0.9, 15) == pytest.approx((15 * 15.5 / 11 + 6) / 35)


def test_how_much_wider(page):
    """How much wider the variance becomes

    With three points and ρ = 0.5: 1 + 2 · (2/3 · 0.5 + 1/3 · 0.25) = 1.833.
    """
    page.number("Three points, ρ = 0.5", f"{reference.variance_inflation(3, 0.5):.3f}")
    page.number("Ten points, ρ = 0.3", f"{reference.variance_inflation(10, 0.3):.3f}")
    assert reference.variance_inflation(3, 0.5) == pytest.approx(1 + 2 * (2 / 3 * 0.5 + 1 / 3 * 0.25))
    assert reference.variance_inflation(10, 0) == 1


def test_waves_are_no_trend(page):
    """One long wave is no trend

    Five low years, then six high: counted as if years were independent, p would be below 0.05. But the
    residuals follow each other, and with the wider variance chance cannot be ruled out.
    """
    values = (51.9, 51.4, 51.0, 51.2, 51.7, 52.6, 53.2, 53.5, 53.6, 53.1, 52.8)
    trend = page.trend("Units", {2012 + k: v for k, v in enumerate(values)}, scale=Scale.LINEAR)
    naive = reference.exact_p(trend.s, 11)
    page.number("p if years were independent", f"{naive:.3f}")
    page.number("p with the wider variance", f"{trend.p:.3f}")
    assert naive < 0.05 < trend.p
    assert trend.reason is Reason.NOISE
    assert trend.rho > 0.3


def test_a_clear_trend_survives(page):
    """A clear trend is still seen

    A steady rise with small residuals passes the widened test.
    """
    values = (41.0, 41.3, 41.8, 42.5, 43.1, 43.5, 43.8, 44.3, 45.0, 45.6)
    trend = page.trend("Units", {2012 + k: v for k, v in enumerate(values)}, scale=Scale.LINEAR)
    assert trend.inflation > 1
    assert trend.verdict is Verdict.IMPROVING


def test_false_alarms(page):
    """How often the method cries wolf

    Two thousand series of ten points were drawn with no trend at all and with neighbours correlated by 0.3. A
    method that promises 5 per cent should claim a trend in at most one series of twenty. The test without widening
    claims more than twice what it promises.
    """
    rng, n = random.Random(2022), 10
    requests = [TrendRequest(_no_trend(rng, n, 0.3), Scale.LINEAR, Direction.HIGHER) for _ in range(2000)]
    trends = judge_trends(requests)
    widened = sum(t.reason is Reason.SIGNIFICANT for t in trends) / len(trends)
    limit = min(s for s in range(46) if reference.exact_p(s, n) < 0.05)
    plain = sum(abs(t.s) >= limit for t in trends) / len(trends)
    page.number("False alarms, this method", f"{100 * widened:.0f} %")
    page.number("False alarms, exact Mann–Kendall without widening", f"{100 * plain:.0f} %")
    assert widened <= 0.05
    assert plain > 0.08


def _no_trend(rng: random.Random, n: int, phi: float) -> Series:
    """Draw a stationary series in which each value resembles the one before by ``phi``."""
    values = [rng.gauss(0, 1)]
    for _ in range(n - 1):
        values.append(phi * values[-1] + rng.gauss(0, (1 - phi**2) ** 0.5))
    periods = tuple(Period.year(2014 + k) for k in range(n))
    return Series(SeriesKey("drawn", "00"), periods, tuple(values))
