"""Own course: is it us or the whole country?

A county's figures move with the country's: the same recession, the same new rule, the same changed question. The
county's change is therefore set beside riket's over exactly the same periods. How clear the difference is, is tested
on the distance to riket period by period, so that swings both share do not count as uncertainty.
"""

from __future__ import annotations

import pytest

from vagvisare.assessment.closer.own_course import own_courses
from vagvisare.assessment.closer.values import Whose
from vagvisare.assessment.definition import Collection, Direction, Event, Indicator
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NO_WORDS = Text("", "")
SHARE = Indicator("made-up", "made-up", NO_WORDS, NO_WORDS, "percent", Direction.HIGHER, Collection.REGISTER, NO_WORDS)
PANDEMIC = Event("pandemi", 2020, 2021, Text("pandemin", "the pandemic"))
SWINGS = [0.0, 1.2, -0.8, 0.5, -1.4, 0.9, 1.1, -0.6, -1.0, 0.7, 0.2, -0.5]
OWN_SWINGS = [0.1, -0.2, 0.0, 0.2, -0.1, 0.1, -0.2, 0.1, 0.0, -0.1, 0.2, -0.1]
WORDS = {Whose.OURS: "ours", Whose.EVERYBODYS: "everybody's", Whose.UNDETERMINED: "cannot be determined"}


def course(level, pace, swings=SWINGS, own=None, struck=0.0):
    own = own or [0.0] * len(swings)
    return {
        2010 + i: round(level + pace * i + swings[i] + own[i] - (struck if i >= 10 else 0), 2)
        for i in range(len(swings))
    }


def look(page, own, nation, events=()):
    trends = [page.trend(name, figures) for name, figures in (("County", own), ("Riket", nation))]
    pair = [
        Series.of(SeriesKey("made-up", code), {Period.year(year): value for year, value in figures.items()})
        for code, figures in (("18", own), ("00", nation))
    ]
    return own_courses(pair[0], trends[0], pair[1], trends[1], SHARE, events)


def told(page, found, per=" a year"):
    own, nation, difference, low, high = (
        f"{value:+.2f}".replace("-", "−")
        for value in (found.own, found.nation, found.difference, found.low, found.high)
    )
    page.number("County", f"{own} percentage points{per}")
    page.number("At riket's pace" if per else "With riket's deviation", nation)
    page.number("Difference (95 % interval)", f"{difference} ({low} to {high})")
    page.number("Whose", WORDS[found.whose])


def test_ours(page):
    """The county rises and riket does not

    Both swing by a percentage point from year to year, which would hide the county's rise from anybody who looked at
    the county alone. The swings are the same in both, and go when one is taken from the other.
    """
    (found,) = look(page, course(50, 0.25, own=OWN_SWINGS), course(50, 0.0))
    assert found.whose is Whose.OURS
    assert found.difference == pytest.approx(0.25, abs=0.06)
    told(page, found)


def test_everybodys(page):
    """Both rise

    The county's improvement is real, and shared with the whole country.
    """
    (found,) = look(page, course(48, 0.6, own=OWN_SWINGS), course(50, 0.6))
    assert found.whose is Whose.EVERYBODYS
    assert found.low < 0 < found.high
    told(page, found)


def test_an_event(page):
    """An event that struck both

    The distance from each one's own line through the years before the event is compared. Here both fell by about
    five percentage points in the pandemic (made-up figures).
    """
    calm = [s / 5 for s in SWINGS]
    found = look(
        page, course(60, 0.2, calm, [s / 3 for s in OWN_SWINGS], 5.0), course(62, 0.2, calm, None, 5.0), (PANDEMIC,)
    )[1]
    assert found.event is PANDEMIC
    assert found.whose is Whose.EVERYBODYS
    assert found.own == pytest.approx(-5, abs=0.6)
    told(page, found, per="")


def test_nothing_shared(page):
    """Fewer than five shared periods

    No comparison is made.
    """
    own = {year: value for year, value in course(50, 0.5).items() if year >= 2018}
    assert look(page, own, course(50, 0.0)) == ()
    page.number("Whose", "not compared")
