"""Few points: when only the level can be stated

Many official figures are young. With fewer than five independent points no trend is judged; the level is still a
fact. With five or six a direction is claimed only when the exact test says so.
"""

from __future__ import annotations

import math

import pytest

from vagvisare.assessment.judgement import Reason, Verdict
from vagvisare.terms.unit import Scale


def test_four_points(page):
    """Four points are too few, however steep

    Even four figures in perfect order come about by chance once in twelve.
    """
    trend = page.trend("Share, per cent", {2020: 40.0, 2021: 50.0, 2022: 60.0, 2023: 70.0})
    assert trend.verdict is Verdict.UNDETERMINED
    assert trend.reason is Reason.TOO_FEW
    assert trend.p == 1
    assert math.isnan(trend.slope)
    assert math.isnan(trend.change)


def test_five_points_in_order(page):
    """Five points in perfect order are enough

    The probability is 2/120 = 0.017, by counting every order.
    """
    trend = page.trend("Share, per cent", {2019: 40.0, 2020: 40.4, 2021: 41.0, 2022: 41.3, 2023: 42.0})
    assert trend.verdict is Verdict.IMPROVING
    assert trend.exact
    assert trend.p == pytest.approx(2 / 120)


def test_five_points_but_one(page):
    """Five points with one pair out of order are not

    One step back, and ten orders of 120 lie as far out: p = 0.083.
    """
    trend = page.trend("Share, per cent", {2019: 40.0, 2020: 40.4, 2021: 41.3, 2022: 41.0, 2023: 42.0})
    assert trend.p == pytest.approx(10 / 120)
    assert trend.verdict is Verdict.UNDETERMINED
    assert trend.reason is Reason.NOISE


def test_six_points(page):
    """Six points are judged by the exact test, seven by the widened one

    The same staircase with one step back, a year longer. With seven points chance alone would too often look like a
    course when neighbouring years resemble each other, unless the test is widened for it.
    """
    values = (40.0, 41.0, 42.0, 43.0, 42.5, 44.0, 45.0)
    six = page.trend("Six points", {2016 + k: v for k, v in enumerate(values[:6])}, scale=Scale.LINEAR)
    seven = page.trend("Seven points", {2016 + k: v for k, v in enumerate(values)}, scale=Scale.LINEAR)
    assert six.exact
    assert not seven.exact
    # S = 15 − 2 = 13; 2 · (1 + 5) of the 720 orders have at most one pair out of order.
    assert six.p == pytest.approx(2 * 6 / 720)
    assert seven.verdict is Verdict.IMPROVING
