"""The slope: what happens in a typical year

The slope is that of Theil and Sen: take every pair of points, compute the change per year between them, and choose
the middle one. A single odd year cannot pull it far. The line through the points gives the level at both ends of
the window, and the difference is the change that is published, with a 90 % interval.
"""

from __future__ import annotations

import pytest

from vagvisare.assessment import reference
from vagvisare.assessment.judgement import Verdict
from vagvisare.terms.unit import Scale

STEADY = {2013 + k: v for k, v in enumerate((201.0, 204, 211, 214, 221, 226, 229, 236, 239, 246, 249))}


def test_the_middle_of_all_pairs(page):
    """The middle of all pairs, worked by hand

    The points 10, 12, 11 and 16 in four years running give six pairs with the slopes 2, 0.5, 2, −1, 2 and 5. In
    order: −1, 0.5, 2, 2, 2, 5. The middle is 2.
    """
    times, values = (0.0, 1.0, 2.0, 3.0), (10.0, 12.0, 11.0, 16.0)
    assert reference.pairwise_slopes(times, values) == [-1, 0.5, 2, 2, 2, 5]
    page.number("Theil–Sen slope per year", f"{reference.sen_slope(times, values):g}")
    assert reference.sen_slope(times, values) == 2


def test_one_odd_year(page):
    """One odd year does not turn the trend

    The same eleven years, once with a deep dip in the eighth. The line, the change and the verdict stay.
    """
    calm = page.trend("Steady", STEADY, scale=Scale.LINEAR)
    shaken = page.trend("One year far below", STEADY | {2020: 120.0}, scale=Scale.LINEAR)
    assert shaken.verdict is calm.verdict is Verdict.IMPROVING
    assert shaken.slope == pytest.approx(calm.slope, rel=0.05)
    assert shaken.level_end == pytest.approx(calm.level_end, rel=0.01)


def test_end_points_do_not_decide(page):
    """The first and the last figure do not decide

    Methods that compare two end points see only those. Here ten years rise and the last falls back below the
    first: the end points say decrease. The slope of all pairs says increase, and the whole of the evidence decides.
    """
    values = (100.0, 104, 105, 110, 111, 116, 117, 122, 123, 128, 130, 95)
    figures = {2012 + k: v for k, v in enumerate(values)}
    trend = page.trend("Rise, and one last fall", figures, scale=Scale.LINEAR)
    page.number("Last figure minus first", "−5")
    assert figures[2023] - figures[2012] == -5
    assert trend.slope > 2
    assert trend.change > 0


def test_change_is_read_from_the_line(page):
    """The published change is read from the line, in the unit of the figures

    The first and last figures below both lie off the line. The change over the window is that of the line.
    """
    figures = {2013: 46.0, 2014: 41.0, 2015: 42.0, 2016: 43.0, 2017: 44.0, 2018: 45.0, 2019: 46.0, 2020: 41.0}
    trend = page.trend("Units", figures, scale=Scale.LINEAR)
    assert trend.change == pytest.approx(trend.level_end - trend.level_start)
    assert trend.change_low <= trend.change <= trend.change_high
    assert figures[2020] - figures[2013] == -5
    assert trend.change > 0
