"""An earlier verdict: easier to keep than to win

A verdict that flickers from one follow-up to the next helps nobody. So a direction is claimed when p is below 0.05, and
one that the previous follow-up claimed stands until p is above 0.20. The earlier verdict is never remembered by the
system: it is given, openly, as the `verdicts.csv` of the earlier edition, and the explanation says that it weighed in.
"""

from __future__ import annotations

from vagvisare.assessment.judgement import Reason, Verdict
from vagvisare.terms.unit import Scale

WAVERING = {2012: 50.0, 2013: 50.8, 2014: 50.4, 2015: 51.6, 2016: 51.0, 2017: 52.1, 2018: 51.2, 2019: 51.9, 2020: 51.1}
SCATTERED = {2012: 50.0, 2013: 51.2, 2014: 50.4, 2015: 49.9, 2016: 51.0, 2017: 50.1, 2018: 51.4, 2019: 50.3, 2020: 51.3}


def judged(page, name, figures, earlier=None, **more):
    return page.trend(name, figures, scale=Scale.LINEAR, earlier=earlier, **more)


def test_between_the_thresholds(page):
    """Between 0.05 and 0.20 the earlier verdict decides

    The same figures, asked about without an earlier verdict, with one that said "improving", and with one that said
    "worsening". Only the direction that the figures themselves lean towards can be kept.
    """
    fresh = judged(page, "Nothing said before", WAVERING)
    kept = judged(page, "Said before: improving", WAVERING, Verdict.IMPROVING)
    other = judged(page, "Said before: worsening", WAVERING, Verdict.WORSENING)
    assert 0.05 < fresh.p <= 0.20
    assert fresh.verdict is Verdict.UNDETERMINED
    assert (kept.verdict, kept.reason) == (Verdict.IMPROVING, Reason.HELD)
    assert other.verdict is Verdict.UNDETERMINED
    assert kept.p == fresh.p == other.p


def test_above_the_upper_threshold(page):
    """Above 0.20 nothing is kept

    Here chance alone would show as clear a course far too often, whatever was said before.
    """
    let_go = judged(page, "Said before: improving", SCATTERED, Verdict.IMPROVING)
    assert let_go.p > 0.20
    assert let_go.s > 0
    assert let_go.verdict is Verdict.UNDETERMINED
    assert let_go.reason is Reason.NOISE


def test_only_directions_are_kept(page):
    """ "Unchanged" and "cannot be determined" are not kept

    They are statements about the noise as it is now, not about a course, and are judged afresh.
    """
    for word in (Verdict.UNCHANGED, Verdict.UNDETERMINED):
        again = judged(page, f"Said before: {word}", WAVERING, word)
        assert again.verdict is Verdict.UNDETERMINED


def test_a_new_direction_needs_no_permission(page):
    """A clear turn is said at once

    The earlier verdict slows down only the leaving of a direction, never the finding of another.
    """
    falling = {2012 + k: 55.0 - 0.5 * k for k in range(9)}
    turned = judged(page, "Said before: improving", falling, Verdict.IMPROVING)
    assert turned.verdict is Verdict.WORSENING
    assert turned.reason is Reason.SIGNIFICANT
    assert turned.p < 0.05


def test_numbers_do_not_depend_on_what_was_said(page):
    """The numbers are the same whatever was said before

    An earlier verdict weighs in on the word only, never on the slope, the probability or the change.
    """
    fresh = judged(page, "Nothing said before", WAVERING)
    for word in Verdict:
        again = judged(page, f"Said before: {word}", WAVERING, word)
        assert (again.p, again.slope, again.change) == (fresh.p, fresh.slope, fresh.change)
