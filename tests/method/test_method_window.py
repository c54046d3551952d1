"""The window: which points are used

A trend is judged on at most fifteen points, the latest; on up to twenty-five where windows of several years overlap.
Distance in time is counted in years between the middles of the periods, never in number of rows.
"""

from __future__ import annotations

import pytest

from vagvisare.assessment.judgement import Reason, Verdict
from vagvisare.terms.period import Period
from vagvisare.terms.unit import Scale


def test_at_most_fifteen_points(page):
    """What happened long ago does not vote

    Twenty years of figures: a long fall, then fifteen years of rise. The last fifteen points are used.
    """
    fall = {1999 + k: 60.0 - 2 * k for k in range(5)}
    rise = {2004 + k: 50.0 + 0.7 * k for k in range(15)}
    trend = page.trend("Share, per cent", fall | rise)
    assert trend.window.used[0] == Period.year(2004)
    assert trend.window.n == 15
    assert trend.verdict is Verdict.IMPROVING


def test_overlapping_windows_are_worth_fewer(page):
    """Windows that share a year are not two points

    A survey publishes four years at a time: 2016–2019 and 2017–2020 have three years of answers in common. Eleven such
    windows are together worth about three separate measurements (n² over the sum of all their correlations), and fewer
    than four are too few to judge: the steady rise in the table is mostly the same answers seen again.
    """
    windows = {f"{y}-{y + 3}": 70.0 + 0.5 * (y - 2010) for y in range(2010, 2021)}
    trend = page.trend("Good health, per cent", windows)
    assert trend.window.n == 11
    assert trend.reason is Reason.TOO_FEW
    page.number("Worth, in separate measurements", f"{trend.window.effective:.1f}")
    assert trend.window.effective == pytest.approx(3.1, abs=0.05)


def test_many_overlapping_windows(page):
    """Many overlapping windows can show a trend, with the overlap paid for

    Eighteen windows are worth nearly five measurements. How far the count of rising and falling pairs wavers without
    any trend follows from the overlap alone: here its variance is about four times that of separate measurements. A
    rise as steady as this is still clearer than chance.
    """
    windows = {f"{y}-{y + 3}": 70.0 + 0.5 * (y - 2004) for y in range(2004, 2022)}
    trend = page.trend("Good health, per cent", windows)
    assert trend.verdict is Verdict.IMPROVING
    assert not trend.exact
    page.number("Worth, in separate measurements", f"{trend.window.effective:.1f}")
    page.number("Variance multiplied by", f"{trend.inflation:.1f}")
    assert trend.window.effective == pytest.approx(4.8, abs=0.05)
    assert trend.inflation == pytest.approx(3.9, abs=0.05)


def test_time_is_counted_in_years(page):
    """A gap of four years is four years

    Figures every second year, then a gap. The figure rises by one unit a year throughout, and that is the slope,
    although the steps between the rows are two, two, four, one and one.
    """
    trend = page.trend("Index", {2010: 100, 2012: 102, 2014: 104, 2018: 108, 2019: 109, 2020: 110}, scale=Scale.LINEAR)
    assert trend.slope == pytest.approx(1.0)
    assert trend.change == pytest.approx(10.0)


def test_a_window_stands_at_its_middle(page):
    """A figure for several years stands at the middle of its years

    2010–2013 stands at the middle of 2011 and 2012. When the survey then turns yearly the distance from 2014–2017
    (middle 2015.5) to 2019 is three and a half years. One unit a year is one unit a year.
    """
    trend = page.trend(
        "Index",
        {"2006-2009": 7.5, "2010-2013": 11.5, "2014-2017": 15.5, "2019": 19.0, "2020": 20.0, "2021": 21.0},
        scale=Scale.LINEAR,
    )
    assert trend.slope == pytest.approx(1.0)
    assert not trend.window.overlapping


def test_the_order_of_the_rows(page):
    """The order of the rows in the file does not matter"""
    figures = {2016: 51.0, 2017: 52.0, 2018: 54.0, 2019: 55.0, 2020: 57.0, 2021: 58.0}
    forward = page.trend("Oldest first", figures)
    backward = page.trend("Latest first", dict(reversed(figures.items())))
    assert forward == backward
