"""Declared events and the latest year

Some years are extraordinary, and everybody knows why. Such an event is declared with its years. The figures of
those years are then measured against the path before the event, and the verdict is given with and without them.
"""

from __future__ import annotations

from vagvisare.assessment.definition import Event
from vagvisare.assessment.judgement import Movement, Size, Verdict
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

PANDEMIC = Event("pandemic", 2020, 2021, Text("pandemin", "the pandemic"))
NIGHTS = {2010 + k: v for k, v in enumerate((100.0, 103, 104, 108, 109, 113, 114, 118, 119, 123))}


def test_a_stray_from_the_path(page):
    """How far from its own path

    Ten years of rise, and then a year at half the level. The path would have led to about 125.
    """
    judged = page.judge({"18": NIGHTS | {2020: 60.0, 2021: 80.0}}, unit="number", events=(PANDEMIC,))["18"]
    (shock,) = judged.shocks
    page.number("Expected 2020", f"{shock.expected:.0f}")
    page.number("Observed 2020", f"{shock.observed:.0f}")
    page.number("Size word", f"*{shock.size}*")
    assert shock.period == Period.year(2020)
    assert 123 < shock.expected < 128
    assert shock.size is Size.SHARP
    assert shock.movement is Movement.FALLING


def test_with_and_without(page):
    """The verdict with and without the event's years

    The rise before the event is clear. With the event's two years the figures no longer show it.
    """
    judged = page.judge({"18": NIGHTS | {2020: 60.0, 2021: 80.0}}, unit="number", events=(PANDEMIC,))["18"]
    (shock,) = judged.shocks
    page.number("With the event's years", f"*{judged.trend.verdict}*, p {judged.trend.p:.4f}")
    page.number("Without them", f"*{shock.without.verdict}*, p {shock.without.p:.4f}")
    assert shock.without.verdict is Verdict.IMPROVING
    assert judged.trend.verdict is Verdict.UNDETERMINED
    assert shock.changes_verdict


def test_an_event_that_left_no_mark(page):
    """An event that left no mark is not mentioned"""
    judged = page.judge({"18": NIGHTS | {2020: 124.0, 2021: 128.0}}, unit="number", events=(PANDEMIC,))["18"]
    page.number("Strays reported", str(len(judged.shocks)))
    assert judged.shocks == ()


def test_a_reversal(page):
    """A last change against the trend

    The trend is judged on the years before, so that the last year does not vote on what was to be expected of it.
    A fall far larger than the noise of those years is a reversal; a small step back is not.
    """
    judged = page.judge({"18": NIGHTS | {2020: 100.0}, "19": NIGHTS | {2020: 122.5}}, unit="number")
    large, small = judged["18"], judged["19"]
    page.number("18: from 123 to 100", "reversal" if large.reversal else "within the noise")
    page.number("19: from 123 to 122.5", "reversal" if small.reversal else "within the noise")
    assert large.reversal is not None
    assert large.reversal.movement is Movement.FALLING
    assert small.reversal is None
