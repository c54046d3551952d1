"""Candidates: shocks and breaks nobody has declared

A new way of counting, a closed factory or a slip of the pen can look alike in a series. They are looked for, and what
is found is offered to a person with what it is based on. Nothing is judged by it until somebody has declared an event
or a break. The limits are wide on purpose: a search that always finds something is of no use to anybody.
"""

from __future__ import annotations

from vagvisare.assessment.closer.candidate import candidates
from vagvisare.assessment.closer.values import Rule
from vagvisare.assessment.definition import Collection, Direction, Event, Indicator
from vagvisare.assessment.judgement import Verdict
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NO_WORDS = Text("", "")
SHARE = Indicator("made-up", "made-up", NO_WORDS, NO_WORDS, "percent", Direction.HIGHER, Collection.REGISTER, NO_WORDS)
FLOOD = Event("flood", 2016, 2016, Text("översvämningen (påhittad)", "the flood (made up)"))
QUIET = {
    2010: 50.3, 2011: 49.8, 2012: 50.1, 2013: 49.6, 2014: 50.2, 2015: 50.4, 2016: 49.9, 2017: 49.6,
    2018: 50.5, 2019: 50.0, 2020: 49.7, 2021: 50.1, 2022: 49.7, 2023: 50.2, 2024: 50.0,
}  # fmt: skip


def changed(years, by):
    return {year: value + (by if year in years else 0) for year, value in QUIET.items()}


def look(page, name, figures, events=(), nation=None):
    trend = page.trend(name, figures)
    own, riket = (
        None if each is None else Series.of(SeriesKey("made-up", code), {Period.year(y): v for y, v in each.items()})
        for code, each in (("18", figures), ("00", nation))
    )
    return candidates(own, trend, SHARE, events, riket)


def told(page, found):
    p = "" if found.p is None else f", p = {found.p:.3f}"
    page.number(f"{found.rule.replace('_', ' ')}, {found.period.label}", f"{found.before:.1f} to {found.after:.1f}{p}")


def test_a_quiet_series(page):
    """A quiet series has none

    Neighbouring years resemble each other, and a search that forgets it finds something in one series of five where
    there is nothing. The residuals are made independent first, and the limits are widened accordingly.
    """
    assert look(page, "Share, per cent", QUIET) == ()
    page.number("Found", "nothing")


def test_a_new_level(page):
    """A new level

    Every place for a step, at least three points from either end, is tried beside a straight line. The best step is
    compared with the best ones in 999 random orders of the residuals; it is offered when at most one order in twenty
    has one as clear. The verdict on the trend is the one it would be without the search.
    """
    figures = changed(range(2017, 2025), 5.0)
    (found,) = look(page, "Share, per cent", figures)
    assert (found.rule, found.period) == (Rule.LEVEL_SHIFT, Period.year(2017))
    assert found.p <= 0.05
    assert page.verdicts["Share, per cent"].verdict is Verdict.UNDETERMINED
    told(page, found)


def test_an_odd_figure(page):
    """An odd figure out

    The rules of the XmR chart are put to the distances from the trend line: a figure outside the limits, seven in a
    row on one side, seven in a row in one direction, two of three near the same limit.
    """
    (found,) = look(page, "Share, per cent", changed({2016}, 4.0))
    assert (found.rule, found.period, found.p) == (Rule.OUTSIDE, Period.year(2016), None)
    told(page, found)


def test_what_is_declared(page):
    """What is already declared, and what riket shows too

    A candidate in the years of a declared event is shown as explained by it. Where riket has the same kind of
    candidate in the same year, the cause is hardly to be sought in the county.
    """
    struck, riket = changed({2016}, 4.0), {year: value + 10 for year, value in changed({2016}, 3.0).items()}
    (found,) = look(page, "Share, per cent", struck, (FLOOD,), riket)
    assert found.declared is FLOOD
    assert found.nation is True
    page.number("Explained by", found.declared.name.en)
    page.number("Riket shows the same", "yes")


def test_short_series(page):
    """Short series

    With fewer than eight points only a figure outside the limits is offered, and with fewer than five nothing: too
    little is known of what is usual.
    """
    short = {year: value for year, value in changed(range(2014, 2018), 5.0).items() if 2011 <= year <= 2016}
    assert look(page, "Share, per cent", short) == ()
    page.number("Found", "nothing")
