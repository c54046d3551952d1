"""The four verdicts

*Förbättras* and *försämras* need a change that is hardly chance. *Oförändrat* also needs proof: that whatever change
there is, is too small to matter. When neither can be shown the honest answer is *går inte att avgöra*. What is small
is declared for the indicator in advance: percentage points for shares, per cent for quantities.
"""

from __future__ import annotations

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Movement, Reason, Verdict
from vagvisare.terms.unit import Scale

RISING = {2015 + k: 30.0 + 0.8 * k + (0.3 if k % 3 else -0.2) for k in range(9)}
FLAT = {2014: 80.0, 2015: 80.2, 2016: 79.9, 2017: 80.1, 2018: 80.0, 2019: 80.2, 2020: 79.9, 2021: 80.1, 2022: 80.0}
RESTLESS = {2014: 80.0, 2015: 86.0, 2016: 75.0, 2017: 83.0, 2018: 78.0, 2019: 85.0, 2020: 74.0, 2021: 82.0, 2022: 79.0}


def test_direction_decides_what_is_good(page):
    """The same rise is good or bad by the indicator's direction

    Where nobody has said which way is better (neutral), the movement is stated and no verdict is given.
    """
    up = page.trend("Higher is better", RISING)
    down = page.trend("Lower is better", RISING, direction=Direction.LOWER)
    neutral = page.trend("Neutral", RISING, direction=Direction.NEUTRAL)
    assert up.movement is down.movement is neutral.movement is Movement.RISING
    assert (up.verdict, down.verdict) == (Verdict.IMPROVING, Verdict.WORSENING)
    assert neutral.verdict is Verdict.UNDETERMINED
    assert neutral.reason is Reason.SIGNIFICANT


def test_unchanged_needs_proof(page):
    """Unchanged is proven, not assumed

    Two shares without trend. The calm one varies so little that a change of two percentage points can be ruled
    out: *oförändrat*. The restless one may have moved either way by far more: *går inte att avgöra*.
    """
    calm = page.trend("Calm", FLAT, smallest_change=2.0)
    restless = page.trend("Restless", RESTLESS, smallest_change=2.0)
    assert calm.verdict is Verdict.UNCHANGED
    assert calm.movement is Movement.STILL
    assert calm.reason is Reason.INSIDE_SMALLEST_CHANGE
    assert restless.verdict is Verdict.UNDETERMINED
    assert restless.movement is Movement.UNKNOWN


def test_nothing_declared(page):
    """Without a declared smallest change, unchanged is never claimed"""
    trend = page.trend("Calm", FLAT)
    assert trend.verdict is Verdict.UNDETERMINED
    assert trend.reason is Reason.NOISE


def test_the_whole_interval_must_fit(page):
    """The whole interval must be small, not only the middle

    The change of the line is next to nothing in both rows. With a smallest change of a tenth of a percentage point
    the interval reaches outside, and nothing is claimed.
    """
    wide = page.trend("Two percentage points matter", FLAT, smallest_change=2.0)
    narrow = page.trend("A tenth matters", FLAT, smallest_change=0.1)
    assert abs(narrow.change) <= 0.1
    assert wide.verdict is Verdict.UNCHANGED
    assert narrow.verdict is Verdict.UNDETERMINED


def test_ninety_per_cent_of_the_interval(page):
    """Small is proven by the 90 % interval

    Two tests of one side each, at one in twenty: that the change is not more than a percentage point upwards, and not
    more downwards. Together they are the 90 % interval, which lies inside here although that of 95 % does not.
    """
    values = (80.0, 80.1, 79.6, 79.7, 79.9, 79.6, 80.7, 79.5, 79.8)
    figures = {2014 + k: v for k, v in enumerate(values)}
    trend = page.trend("Units", figures, scale=Scale.LINEAR, smallest_change=1.0)
    span = 8
    page.number("90 % interval of the change", f"{trend.change_low:.2f} to {trend.change_high:.2f}".replace("-", "−"))
    wide = f"{trend.slope_low * span:.2f} to {trend.slope_high * span:.2f}"
    page.number("95 % interval of the change", wide.replace("-", "−"))
    assert -1 < trend.change_low < trend.change_high < 1
    assert trend.slope_high * span > 1
    assert trend.verdict is Verdict.UNCHANGED


def test_small_in_per_cent(page):
    """For quantities, small is counted in per cent of the level

    A county of 300 000 inhabitants: a thousand more or less is a third of one per cent, and 2 per cent matter.
    """
    values = (300_000, 301_000, 299_500, 300_500, 300_200, 300_900, 299_600, 300_400, 300_100)
    trend = page.trend("Inhabitants", {2014 + k: v for k, v in enumerate(values)}, scale=Scale.LOG, smallest_change=2.0)
    assert trend.verdict is Verdict.UNCHANGED


def test_a_small_but_certain_change(page):
    """A small but certain change is still a change

    What is certain is said, with its size beside it. Sentences about it say *mycket lite*, and it is no news: it weighs
    less than everything that matters.
    """
    values = (80.00, 80.04, 80.09, 80.13, 80.16, 80.22, 80.25, 80.31, 80.34)
    trend = page.trend("Share, per cent", {2014 + k: v for k, v in enumerate(values)}, smallest_change=2.0)
    assert trend.verdict is Verdict.IMPROVING
    assert trend.change < 2


def test_a_weak_tendency(page):
    """Nearly is not yet

    The figure leans upwards, and chance would do as much a little more often than once in twenty. A test that
    stopped at 0.10 would already speak.
    """
    values = (50.0, 49.0, 50.5, 51.5, 49.5, 51.0, 53.0, 50.2, 52.0, 54.0)
    trend = page.trend("Units", {2014 + k: v for k, v in enumerate(values)}, scale=Scale.LINEAR)
    assert 0.05 < trend.p < 0.10
    assert trend.verdict is Verdict.UNDETERMINED


def test_a_typical_change_of_nought(page):
    """A typical change of nought is no rise

    A rare event: none in most years, and lately some in every second year. The order of the figures speaks of a
    rise, but between most pairs of years nothing differs, so no size of it can be given. No change is then claimed.
    """
    values = (0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 3, 0, 4, 0, 5)
    trend = page.trend("Events", {2009 + k: float(v) for k, v in enumerate(values)}, scale=Scale.LOG)
    assert trend.p < 0.05
    assert trend.slope == 0
    assert trend.verdict is Verdict.UNDETERMINED
    assert trend.reason is Reason.NOISE
