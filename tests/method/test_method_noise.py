"""Noise: when the latest change is news

Two figures never agree exactly. A sample asks other people every time, a count of rare events varies by chance, and
most series swing a little for no reason anybody can name. A change from one period to the next is news only when it
is larger than every such margin that can be computed. Where the source says nothing of its certainty, that is said.
"""

from __future__ import annotations

import pytest

from vagvisare.assessment.closer.intervals import byar, events, wilson
from vagvisare.assessment.closer.noise import noise
from vagvisare.assessment.closer.values import Interval
from vagvisare.assessment.definition import Collection, Direction, Indicator
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import Sampling
from vagvisare.terms.series import Series, SeriesKey

NO_WORDS = Text("", "")
KEY = SeriesKey("made-up", "18")
SHARE = Indicator("made-up", "made-up", NO_WORDS, NO_WORDS, "percent", Direction.HIGHER, Collection.SURVEY, NO_WORDS)
STEADY = {2012: 61.0, 2013: 62.0, 2014: 60.5, 2015: 61.5, 2016: 62.5, 2017: 61.0, 2018: 60.5, 2019: 62.0, 2020: 61.0}


def look(page, name, figures, known=None):
    trend = page.trend(name, figures)
    series = Series.of(KEY, {Period.year(year): value for year, value in figures.items()})
    said = {Period.year(year): sampling for year, sampling in (known or {}).items()}
    return noise(series, trend, SHARE, {KEY: said} if said else {})


def test_a_share_of_people_asked(page):
    """A share of so many people

    The interval of a share is Wilson's, which stays between 0 and 100 per cent and is wider on the side away from
    the nearer end. The two shares are a published worked example.
    """
    for count, expected in ((1, (0.1767, 5.4486)), (65, (55.2544, 73.6358))):
        low, high = (100 * end for end in wilson(count, 100))
        assert (low, high) == pytest.approx(expected, abs=1e-4)
        page.number(f"{count} of 100: 95 % interval, per cent", f"{low:.2f} to {high:.2f}")


def test_a_count_of_events(page):
    """A count of events

    A count of events varies even if nothing changes. From ten events on Byar's approximation is used, below ten the
    exact Poisson limits. Both counts are published worked examples.
    """
    assert events(65) == byar(65) == pytest.approx((50.163188, 82.849139), abs=1e-6)
    assert events(5) == pytest.approx((1.623486, 11.668332), abs=1e-6)
    for count in (65, 5):
        low, high = events(count)
        page.number(f"{count} events: 95 % interval", f"{low:.2f} to {high:.2f}")


def test_a_change_inside_the_margin_of_error(page):
    """A change of two points between two samples of a thousand

    Each share has a margin of about three percentage points. The margin of the change is larger than either and
    smaller than both together: the sides of the two intervals that face each other are squared and added.
    """
    found = look(page, "Share, per cent", {2019: 60.0, 2020: 62.0}, {2019: Sampling(n=1000), 2020: Sampling(n=1000)})
    assert found.source is Interval.WILSON
    assert found.news is False
    assert 4.2 < found.sampling_margin < 4.3
    page.number("Change", f"{found.change:+.1f} percentage points")
    page.number("Margin of the change", f"{found.sampling_margin:.1f} percentage points")
    page.number("News", "no")


def test_the_usual_swings(page):
    """The series' own swings

    The noise of the process is read from the moving ranges: how far each figure lies from the next, once the trend's
    slope is taken out. The latest change has no vote on how large a change is usual. With few ranges the margin is
    wide, as Student's distribution says it must be.
    """
    small = look(page, "One more swing", STEADY | {2021: 62.5})
    large = look(page, "A change that is news", STEADY | {2021: 66.5})
    assert (small.news, large.news) == (False, True)
    page.number("One more swing: change, and margin", f"{small.change:+.1f}, {small.process_margin:.1f}: no news")
    page.number("A change that is news: change, and margin", f"{large.change:+.1f}, {large.process_margin:.1f}: news")


def test_both_margins_must_be_passed(page):
    """Outside both

    Where both margins are known the change must be larger than both.
    """
    asked = {2020: Sampling(n=150), 2021: Sampling(n=150)}
    found = look(page, "Share, per cent", STEADY | {2021: 66.5}, asked)
    assert found.news is False
    assert found.process_margin < abs(found.change) < found.sampling_margin
    page.number("Change", f"{found.change:+.1f} percentage points")
    page.number("Margin of the samples", f"{found.sampling_margin:.1f} percentage points")
    page.number("Margin of the process", f"{found.process_margin:.1f} percentage points")
    page.number("News", "no")


def test_nothing_is_known(page):
    """Two figures and nothing known

    Without an interval, a number of people or a history there is no margin, and no claim in either direction.
    """
    found = look(page, "Share, per cent", {2019: 60.0, 2020: 62.0})
    assert (found.source, found.news) == (Interval.NONE, None)
    page.number("News", "cannot be told")
