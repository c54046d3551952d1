"""Declared events and the latest year

Some years are extraordinary, and everybody knows why. Such an event is declared with its years. The figures of
those years are then measured against the path before the event, and the verdict is given with and without them.
"""

from __future__ import annotations

from vagvisare.assessment.definition import Break, Event
from vagvisare.assessment.judgement import Movement, Size, Verdict
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period


def break_at(year, *, cuts=True):
    return Break(Period.year(year), Text("Nytt underlag (påhittat).", "New source (made up)."), cuts=cuts)


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
    page.number("With the event's years", f"*{judged.trend.verdict}*, p {judged.trend.p:.2f}")
    page.number("Without them", f"*{shock.without.verdict}*, p below 0.0001")
    assert shock.without.p < 0.0001
    assert shock.without.verdict is Verdict.IMPROVING
    assert judged.trend.verdict is Verdict.UNDETERMINED
    assert shock.changes_verdict


def test_turned_before_the_event(page):
    """A figure that had turned before the event is not the event's doing

    The figure was level to 2015 and has fallen ever since, also in 2020. A straight line through all the years before
    lies far above, and yet nothing new began in 2020: the stray must have grown by twice the noise since the last
    figure before the event.
    """
    turned = {2011 + k: v for k, v in enumerate((31.0, 30.6, 30.9, 30.7, 31.0, 30.2, 28.9, 27.3, 25.6))}
    judged = page.judge({"18": turned | {2020: 24.0}, "19": turned | {2020: 17.0}}, unit="number", events=(PANDEMIC,))
    page.number("18, falling as before: strays reported", str(len(judged["18"].shocks)))
    page.number("19, falling at once by more than eight: strays reported", str(len(judged["19"].shocks)))
    assert judged["18"].shocks == ()
    assert len(judged["19"].shocks) == 1


def test_a_stray_within_the_noise(page):
    """A stray within twice the noise is not mentioned

    The figure wavers by two from year to year. The line carried to 2020 is itself uncertain, and that counts too: what
    would be more than twice the noise of one year is not yet twice the noise of both.
    """
    wavering = {2010 + k: v for k, v in enumerate((10.0, 12, 10, 12, 10, 12, 10, 12, 10, 12))}
    figures = {"18": wavering | {2020: 7.2}, "19": wavering | {2020: 6.0}}
    judged = page.judge(figures, unit="number", events=(PANDEMIC,))
    noise = 2 / 1.128
    page.number("18 in units of one year's noise", f"{(7.2 - 11) / noise:.1f}".replace("-", "−"))
    page.number("18: strays reported", str(len(judged["18"].shocks)))
    page.number("19: strays reported", str(len(judged["19"].shocks)))
    assert abs(7.2 - 11) / noise > 2
    assert judged["18"].shocks == ()
    assert len(judged["19"].shocks) == 1


def test_figures_too_coarse_to_show_noise(page):
    """Figures without noise are as exact as their rounding, and no more

    Ten years of 96 do not prove that 97 is extraordinary: in whole numbers, one step is the smallest that can be seen.
    """
    still = dict.fromkeys(range(2010, 2020), 96.0)
    judged = page.judge({"18": still | {2020: 97.0}, "19": still | {2020: 90.0}}, unit="number", events=(PANDEMIC,))
    page.number("97 after ten years of 96", "not mentioned" if not judged["18"].shocks else "a stray")
    page.number("90 after ten years of 96", "not mentioned" if not judged["19"].shocks else "a stray")
    assert judged["18"].shocks == ()
    assert len(judged["19"].shocks) == 1


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


def test_the_latest_has_no_vote(page):
    """The latest figure does not vote on the trend it breaks

    Five years of rise and then a fall so deep that all six together show no trend. It is a reversal of what was.
    """
    figures = {2018: 10.0, 2019: 11.2, 2020: 11.9, 2021: 13.1, 2022: 14.0, 2023: 5.0}
    judged = page.judge({"18": figures}, unit="number")["18"]
    page.number("All six", f"*{judged.trend.verdict}*")
    page.number("The last against the five before", "reversal" if judged.reversal else "within the noise")
    assert judged.trend.verdict is Verdict.UNDETERMINED
    assert judged.reversal is not None


def test_no_reversal_across_a_break(page):
    """Across a declared break nothing turns

    The same fall, in the very year when the source changed: it may be nothing but the new source. This holds also for
    breaks that are judged too small to cut the trend.
    """
    figures = {"18": NIGHTS | {2020: 100.0}}
    for year, expected in ((2020, False), (2019, True)):
        judged = page.judge(figures, unit="number", breaks=(break_at(year, cuts=False),))["18"]
        page.number(f"Source changed in {year}", "reversal" if judged.reversal else "nothing is said")
        assert (judged.reversal is not None) is expected


def test_riket_beside_a_reversal(page):
    """A turn that all of Sweden took is told as such

    Both fell in 2020. The change of riket, between the same two years, stands beside the county's own.
    """
    judged = page.judge({"18": NIGHTS | {2020: 100.0}, "00": NIGHTS | {2020: 110.0}}, unit="number")["18"]
    page.number("County 18", f"{judged.reversal.change:.0f}".replace("-", "−"))
    page.number("Riket", f"{judged.reversal.nation_change:.0f}".replace("-", "−"))
    assert judged.reversal.nation_change == -13
    assert judged.reversal.nation_before == 123


def test_a_run_stops_at_a_break(page):
    """A run of changes is not counted across a break that cuts"""
    rising = {2014 + k: float(k) for k in range(10)}
    whole = page.judge({"18": rising}, unit="number")["18"].run
    cut = page.judge({"18": rising}, unit="number", breaks=(break_at(2019),), show=False)["18"].run
    page.number("No break: changes in a row", str(whole.length))
    page.number("Break in 2019: changes in a row", str(cut.length))
    assert (whole.length, cut.length) == (9, 4)
