"""Breaks measured where both methods have a figure, and events left out: synthetic series."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vagvisare.assessment.definition import Break, Collection, Direction, Event, Indicator
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.measure import measure
from vagvisare.assessment.overlap import overlaps, siblings
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

AT = Break(Period.year(2010), Text("Ny metod.", "New method."), sibling="old")
INDICATOR = Indicator(
    key="new",
    dataset="new",
    title=Text("Syntetisk", "Synthetic"),
    subject=Text("antalet", "the number"),
    unit="companies",
    direction=Direction.HIGHER,
    collection=Collection.REGISTER,
    definition=Text("Syntetisk.", "Synthetic."),
    breaks=(AT,),
)


def yearly(dataset, values, first, territory="18"):
    return Series.of(SeriesKey(dataset, territory), {Period.year(first + i): float(v) for i, v in enumerate(values)})


def panel(*series):
    return {each.key: each for each in series}


def test_the_break_is_the_new_figure_against_the_old_for_the_shared_period():
    seen = panel(yearly("new", [110, 120], 2010), yearly("old", [90, 100], 2009))
    (measured,) = overlaps(seen[SeriesKey("new", "18")], INDICATOR, seen)
    assert (measured.at, measured.period, measured.old, measured.new) == (AT, Period.year(2010), 100, 110)
    assert measured.per_cent == pytest.approx(10)


def test_several_shared_periods_give_the_latest():
    seen = panel(yearly("new", [110, 120], 2010), yearly("old", [100, 100], 2010))
    (measured,) = overlaps(seen[SeriesKey("new", "18")], INDICATOR, seen)
    assert measured.period == Period.year(2011)
    assert measured.per_cent == pytest.approx(20)


@pytest.mark.parametrize(
    "older",
    [
        yearly("old", [90, 100], 2008),  # no shared period
        yearly("old", [90, 0], 2009),  # nothing to divide by
        yearly("old", [90, 100], 2009, territory="20"),  # another county
        yearly("other", [90, 100], 2009),  # another data set
    ],
)
def test_without_both_figures_no_size_is_claimed(older):
    seen = panel(yearly("new", [110, 120], 2010), older)
    assert overlaps(seen[SeriesKey("new", "18")], INDICATOR, seen) == ()


def test_a_quotient_has_no_older_twin():
    seen = panel(yearly("new", [110, 120], 2010), yearly("old", [90, 100], 2009))
    assert overlaps(seen[SeriesKey("new", "18")], replace(INDICATOR, per="people"), seen) == ()


def test_older_series_stand_beside_and_are_never_joined():
    raw = panel(yearly("new", [110, 120], 2010), yearly("old", [90, 100], 2009))
    assert set(siblings(raw, INDICATOR)) == {SeriesKey("old", "18")}
    measured = measure(raw, [INDICATOR])
    assert len(measured[SeriesKey("new", "18")]) == 2
    assert len(measured[SeriesKey("old", "18")]) == 2
    judged = judge_all(measured, {"new": INDICATOR})
    assert set(judged) == {SeriesKey("new", "18")}
    assert judged[SeriesKey("new", "18")].overlaps[0].old == 100


def test_an_event_is_left_out_and_the_verdict_compared():
    event = Event("e", 2020, 2021, Text("händelsen", "the event"))
    plain = replace(INDICATOR, breaks=())
    rising = yearly("new", [100, 103, 105, 109, 111, 115, 118, 121, 124, 127, 90, 80], 2010)
    judged = judge_all(panel(rising), {"new": plain}, (event,))[rising.key]
    (rest,) = judged.without_events
    assert rest.trend.verdict.value == "förbättras"
    assert rest.changes_verdict is (judged.trend.verdict is not rest.trend.verdict)
    assert [p.start for p in rest.trend.window.used] == list(range(2010, 2020))


def test_an_event_outside_the_window_is_not_mentioned():
    event = Event("e", 1990, 1991, Text("händelsen", "the event"))
    rising = yearly("new", range(100, 112), 2010)
    assert judge_all(panel(rising), {"new": replace(INDICATOR, breaks=())}, (event,))[rising.key].without_events == ()


def test_a_series_that_is_nothing_but_the_event_is_not_judged_without_it():
    event = Event("e", 2010, 2030, Text("händelsen", "the event"))
    rising = yearly("new", range(100, 106), 2010)
    assert judge_all(panel(rising), {"new": replace(INDICATOR, breaks=())}, (event,))[rising.key].without_events == ()
