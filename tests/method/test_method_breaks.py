"""Breaks: figures measured by another method

When the method changes, the step between the last old and the first new figure says nothing of the world. A break
is declared once, with the indicator, and the trend then starts at the first figure of the new method.
"""

from __future__ import annotations

from vagvisare.assessment.judgement import Reason, Verdict
from vagvisare.terms.period import Period

STEP = {2012: 60.0, 2013: 60.1, 2014: 60.0, 2015: 60.2, 2016: 60.1, 2017: 60.2} | {
    2018: 66.9, 2019: 66.6, 2020: 66.3, 2021: 66.1, 2022: 65.8, 2023: 65.5
}  # fmt: skip


def test_a_break_cuts_the_window(page, method_break):
    """A change of method is no improvement

    The new method of 2018 gives figures six percentage points higher. Judged over the step the share would rise;
    since the break it falls.
    """
    across = page.trend("No break declared", STEP)
    since = page.trend("Break declared at 2018", STEP, breaks=(method_break,))
    assert across.slope > 0
    assert since.window.used[0] == Period.year(2018)
    assert since.window.cut_by == method_break
    assert since.verdict is Verdict.WORSENING


def test_a_window_across_the_break(page, method_break):
    """A period that began before the break belongs to the old method

    2016–2019 holds two years of each method and is left out.
    """
    figures = {"2008-2011": 50.0, "2012-2015": 51.0, "2016-2019": 53.0, "2020-2023": 57.0}
    trend = page.trend("Share, per cent", figures, breaks=(method_break,))
    assert [str(p) for p in trend.window.used] == ["2020-2023"]
    assert trend.reason is Reason.TOO_FEW


def test_a_break_to_come(page, method_break):
    """A break later than the latest figure has not happened yet

    As known in 2017 no figure by the new method existed, and the old ones are judged together.
    """
    known = {year: value for year, value in STEP.items() if year < 2018}
    trend = page.trend("As known in 2017", known, breaks=(method_break,))
    assert trend.window.n == 6
    assert trend.window.cut_by is None
