"""Traps in published rules, and what happens here

Widely used rules for judging indicators compare the first and the last figure by yearly percentage growth. Applied
to real figures they show some weaknesses, which were found by recomputing published verdicts. Each is a test here,
so that this method does not fall into the same traps.
"""

from __future__ import annotations

import pytest

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Reason, Verdict
from vagvisare.terms.unit import Scale


def test_seventy_eight_to_eighty(page):
    """78 to 80 per cent employed is 22 to 20 per cent not employed

    By yearly growth the first is +0.51 per cent, a moderate change, and the second −1.89 per cent, a significant
    one: one fact, two verdicts. On the logit scale the two are mirror images.
    """
    rising = {2018: 78.0, 2019: 78.4, 2020: 78.8, 2021: 79.2, 2022: 79.6, 2023: 80.0}
    falling = {year: 100 - value for year, value in rising.items()}
    page.number("Yearly growth, employed", f"{100 * ((80 / 78) ** (1 / 5) - 1):+.2f} %")
    page.number("Yearly growth, not employed", f"{100 * ((20 / 22) ** (1 / 5) - 1):+.2f} %".replace("-", "−"))
    work = page.trend("Employed, per cent", rising)
    none = page.trend("Not employed, per cent", falling, direction=Direction.LOWER)
    assert work.verdict is none.verdict is Verdict.IMPROVING
    assert work.p == pytest.approx(none.p)
    assert abs(work.slope) == pytest.approx(abs(none.slope))


def test_a_base_of_nought(page):
    """A first figure of nought

    Growth from nought cannot be computed; rules that put 0.001 or 1 in its place get different verdicts for the
    same series. Here the order of the figures is tested, and it needs no base.
    """
    figures = {2015: 0, 2016: 12, 2017: 9, 2018: 11, 2019: 10, 2020: 12, 2021: 9, 2022: 11}
    for base in (0.001, 1):
        page.number(f"Yearly growth with {base:g} for nought", f"{100 * ((11 / base) ** (1 / 7) - 1):.0f} %")
    trend = page.trend("Count", figures, scale=Scale.LOG)
    assert trend.scale is Scale.LINEAR
    assert trend.verdict is Verdict.UNDETERMINED
    assert abs(trend.slope) < 1


def test_flat_is_no_deterioration(page):
    """A figure that stands still does not deteriorate

    Some rules have only *progress* and *deterioration*; a figure of 20.6 that remains 20.6 then deteriorates.
    """
    same = page.trend("The same every year", dict.fromkeys(range(2016, 2024), 20.6), direction=Direction.LOWER)
    assert same.verdict is Verdict.UNCHANGED
    assert same.reason is Reason.NO_VARIATION
    assert same.change == 0


def test_the_years_between(page):
    """The years between the end points matter

    Two series with the same first and last figure. One rises year by year; the other fell for years and has one
    high figure at the end. A rule of end points cannot tell them apart.
    """
    steady = page.trend("Steady", {2015: 50, 2016: 51, 2017: 52, 2018: 53, 2019: 54, 2020: 55, 2021: 56, 2022: 57})
    leap = page.trend(
        "Last year only", {2015: 50, 2016: 49, 2017: 48, 2018: 47, 2019: 46, 2020: 45, 2021: 44, 2022: 57}
    )
    assert steady.verdict is Verdict.IMPROVING
    assert leap.verdict is not Verdict.IMPROVING
    assert leap.slope < 0


def test_the_last_change_is_no_trend(page):
    """The sign of the last change is no trend

    A rule that reads the last change says *worse*. Seven years of improvement before it say otherwise.
    """
    trend = page.trend(
        "Share, per cent",
        {2015: 60.0, 2016: 61.2, 2017: 62.1, 2018: 63.4, 2019: 64.2, 2020: 65.5, 2021: 66.3, 2022: 67.4, 2023: 67.1},
    )
    assert trend.verdict is Verdict.IMPROVING


def test_later_in_time(page):
    """Moving a series in time changes nothing

    A rule bound to a base year gives another verdict when the base year moves. The same eight figures ten years
    later get the same verdict and the same numbers.
    """
    figures = {2003 + k: v for k, v in enumerate((9.1, 8.8, 8.9, 8.3, 8.1, 7.9, 7.5, 7.4))}
    then = page.trend("From 2003", figures, scale=Scale.LOG, direction=Direction.LOWER)
    now = page.trend("From 2013", {y + 10: v for y, v in figures.items()}, scale=Scale.LOG, direction=Direction.LOWER)
    assert then.verdict is now.verdict is Verdict.IMPROVING
    assert (then.p, then.slope, then.change) == (now.p, now.slope, now.change)
