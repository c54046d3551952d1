"""The test: could it be chance?

Mann and Kendall's test looks at every pair of points and counts those where the later figure is higher, minus those
where it is lower. The count is called S. If there were no trend, every order of the figures would be equally
likely; p is the probability that chance alone gives an S as far from nought, in either direction. Below 0.05 the
change is called a change.
"""

from __future__ import annotations

import pytest

from vagvisare.assessment import reference
from vagvisare.assessment.judgement import Verdict
from vagvisare.terms.unit import Scale


def test_the_count_by_hand(page):
    """The count, worked by hand

    In 3, 1, 4, 5, 2 the pairs (3, 4), (3, 5), (1, 4), (1, 5), (1, 2) and (4, 5) rise, and (3, 1), (3, 2), (4, 2)
    and (5, 2) fall. S is six minus four.
    """
    s, variance = reference.mann_kendall((3, 1, 4, 5, 2))
    page.number("S", str(s))
    page.number("Variance of S without trend: 5 · 4 · 15 / 18", f"{variance:.3f}")
    assert s == 2
    assert variance == pytest.approx(5 * 4 * 15 / 18)


def test_equal_figures(page):
    """Equal figures count for neither side, and narrow what chance can do

    In 1, 2, 2, 3 the pair of equals counts nought, and the variance is less by 2 · 1 · 9 / 18 for it.
    """
    s, variance = reference.mann_kendall((1, 2, 2, 3))
    page.number("S", str(s))
    page.number("Variance: 4 · 3 · 13 / 18 − 2 · 1 · 9 / 18", f"{variance:.3f}")
    assert s == 5
    assert variance == pytest.approx(4 * 3 * 13 / 18 - 1)


def test_many_equal_figures(page):
    """A figure given in whole units has many equals, and can still move

    Most years stand beside a year with the same figure. The staircase climbs all the same.
    """
    values = (20, 20, 21, 21, 21, 22, 22, 23, 23, 23, 24, 24)
    trend = page.trend("Per cent, whole", {2010 + k: float(v) for k, v in enumerate(values)})
    # 66 pairs, none falling; three groups of two and two of three hold 3·1 + 2·3 equal pairs.
    assert trend.s == 66 - 3 * 1 - 2 * 3
    assert reference.mann_kendall(values)[1] == pytest.approx((12 * 11 * 29 - 3 * 18 - 2 * 66) / 18)
    assert trend.verdict is Verdict.IMPROVING


def test_every_order_is_counted(page):
    """With few points every order is counted

    Five different figures can stand in 120 orders. One of them rises throughout and one falls: a perfect ranking
    has the probability 2/120. With four points it is 2/24, never below 0.05, and no trend can be shown.
    """
    for n in (4, 5, 6, 7):
        page.number(f"p of a perfect ranking of {n}", f"{reference.exact_p(n * (n - 1) // 2, n):.4f}")
    assert reference.exact_p(6, 4) == pytest.approx(2 / 24)
    assert reference.exact_p(10, 5) == pytest.approx(2 / 120)
    assert reference.exact_p(15, 6) == pytest.approx(2 / 720)


def test_every_order_with_equals(page):
    """Every order is counted also with equals

    1, 1, 2, 2 can stand in six different orders, with S = 4, 2, 0, 0, −2, −4: two of six lie as far out as 4.
    """
    page.number("p of S = 4", f"{reference.exact_p(4, 4, (2, 2)):.4f}")
    assert reference.exact_p(4, 4, (2, 2)) == pytest.approx(2 / 6)
    assert reference.exact_p(2, 4, (2, 2)) == pytest.approx(4 / 6)


def test_no_clear_order(page):
    """Ups and downs without order are no trend

    The figure ends higher than it began, but nearly as many pairs fall as rise.
    """
    trend = page.trend(
        "Units",
        {2014: 50, 2015: 58, 2016: 47, 2017: 55, 2018: 49, 2019: 57, 2020: 46, 2021: 56, 2022: 53},
        scale=Scale.LINEAR,
    )
    assert abs(trend.s) <= 4
    assert trend.verdict is Verdict.UNDETERMINED
