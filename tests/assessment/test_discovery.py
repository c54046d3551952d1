"""Clear trends taken together: which stand when chance is counted with. All figures here are made up."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from vagvisare.assessment.closer.discovery import discovery, threshold
from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Judgement, Level, Reason, Verdict
from vagvisare.assessment.reference import judge
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

TEMPLATE = judge(
    TrendRequest(
        Series.of(SeriesKey("x", "18"), {Period.year(2010 + k): 1.0 + k for k in range(8)}),
        Scale.LINEAR,
        Direction.HIGHER,
    )
)


def judgement(number, p, reason=None, slope=1.0, sex="T"):
    from dataclasses import replace

    clear = p < 0.05 and slope != 0
    trend = replace(
        TEMPLATE,
        p=p,
        slope=slope,
        reason=reason or (Reason.SIGNIFICANT if clear else Reason.NOISE),
        verdict=Verdict.IMPROVING if clear else Verdict.UNDETERMINED,
    )
    return Judgement(SeriesKey(f"i{number:03}", "18", sex), Level(Period.year(2020), 1.0), trend)


def found(*p_values, q=0.05):
    return discovery([judgement(i, p) for i, p in enumerate(p_values)], q)


def names(keys):
    return [key.indicator for key in keys]


def test_by_hand():
    # m = 5: limits .01 .02 .03 .04 .05. The third largest that fits is .028 ≤ .03; .041 > .04 and .049 ≤ .05 fits!
    assert threshold([0.001, 0.015, 0.028, 0.041, 0.049], 0.05) == 0.049
    assert threshold([0.001, 0.015, 0.028, 0.045, 0.2], 0.05) == 0.028


def test_the_example_of_benjamini_and_hochberg():
    """The fifteen p-values of the 1995 paper: four stand at 5 %, where Bonferroni leaves three."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    taken = found(*p)
    assert (taken.tested, taken.clear, taken.by_chance) == (15, 9, pytest.approx(0.75))
    assert names(taken.stands) == ["i000", "i001", "i002", "i003"]
    assert names(taken.falls) == ["i004", "i005", "i006", "i007", "i008"]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.sampled_from([0.01, 0.05, 0.1]))
def test_it_is_the_procedure_of_scipy(p_values, q):
    taken = found(*p_values, q=q)
    adjusted = false_discovery_control(p_values)
    limit = threshold(p_values, q)
    for p, own in zip(p_values, adjusted, strict=True):
        if abs(own - q) > 1e-9:  # at the very limit the two ways of rounding may part
            assert (p <= limit) is bool(own <= q)
    assert taken.clear == sum(p < 0.05 for p in p_values)
    assert len(taken.stands) + len(taken.falls) == taken.clear
    assert taken.by_chance == pytest.approx(0.05 * len(p_values))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_indicators_is_of_no_consequence(p_values, shuffle):
    each = [judgement(i, p) for i, p in enumerate(p_values)]
    mixed = each.copy()
    shuffle.shuffle(mixed)
    assert discovery(each) == discovery(mixed)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_what_stands_is_clearer_than_what_falls(p_values):
    each = {f"i{i:03}": p for i, p in enumerate(p_values)}
    taken = found(*p_values)
    if taken.stands and taken.falls:
        assert max(each[n] for n in names(taken.stands)) < min(each[n] for n in names(taken.falls))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_a_stricter_rate_leaves_no_more(p_values):
    assert set(found(*p_values, q=0.01).stands) <= set(found(*p_values, q=0.05).stands)


def test_a_single_trend_stands_on_its_own_test():
    assert len(found(0.04).stands) == 1
    assert len(found(0.06).stands) == 0


def test_groups_and_series_without_a_test_are_passed_over():
    each = [judgement(0, 0.001), judgement(1, 0.001, sex="K"), judgement(2, 1.0, Reason.TOO_FEW)]
    assert discovery(each).tested == 1


def test_a_p_without_a_slope_is_no_clear_trend():
    assert discovery([judgement(0, 0.001, slope=0.0)]).clear == 0


def test_nothing_tested():
    taken = discovery([])
    assert (taken.tested, taken.clear, taken.by_chance, taken.stands, taken.falls) == (0, 0, 0.0, (), ())


@pytest.mark.parametrize("q", [0, 1, -0.1, 5])
def test_a_rate_outside_its_bounds_is_refused(q):
    with pytest.raises(ValueError, match="between 0 and 1"):
        found(0.1, q=q)


def test_among_indicators_where_nothing_changes_next_to_nothing_stands():
    """Forty dashboards of forty indicators of pure noise: clear ones are about one in fifty, and hardly any stand."""
    noise = random.Random(18)
    clear = stood = 0
    for _ in range(40):
        requests = [
            TrendRequest(
                Series.of(SeriesKey(f"n{i}", "18"), {Period.year(2011 + k): noise.gauss(0, 1) for k in range(15)}),
                Scale.LINEAR,
                Direction.HIGHER,
            )
            for i in range(40)
        ]
        judged = [
            Judgement(r.series.key, Level(Period.year(2025), 0.0), t)
            for r, t in zip(requests, judge_trends(requests), strict=True)
        ]
        taken = discovery(judged)
        clear += taken.clear
        stood += bool(taken.stands)
    assert 10 <= clear <= 80  # of 1 600; at most 5 % are allowed
    assert stood <= 4  # of 40 dashboards, 5 % would be two
