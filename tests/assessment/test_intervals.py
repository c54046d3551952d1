"""Intervals of single figures against published worked examples, scipy, and what they are for."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from vagvisare.assessment.closer.intervals import (
    Estimate,
    byar,
    events,
    exact_events,
    from_standard_error,
    margin_of_difference,
    student,
    wilson,
)

counts = st.integers(0, 5000)
widths = st.floats(0, 100)


@pytest.mark.parametrize(("count", "low", "high"), [(1, 0.001767, 0.054486), (65, 0.552544, 0.736358)])
def test_published_shares_of_a_hundred(count, low, high):
    assert wilson(count, 100) == pytest.approx((low, high), abs=6e-7)


def test_published_counts():
    assert byar(65) == pytest.approx((50.163188, 82.849139), abs=6e-7)
    assert events(65) == byar(65)
    assert events(5) == exact_events(5) == pytest.approx((1.623486, 11.668332), abs=6e-7)


def test_byar_is_close_to_exact_from_ten_events_on():
    for count in range(10, 200):
        exact = stats.chi2.ppf(0.025, 2 * count) / 2, stats.chi2.ppf(0.975, 2 * count + 2) / 2
        assert byar(count) == pytest.approx(exact, rel=0.005)


@pytest.mark.parametrize("count", range(10))
def test_exact_counts_by_the_chi_square_distribution(count):
    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    assert exact_events(count) == pytest.approx((low, stats.chi2.ppf(0.975, 2 * count + 2) / 2), rel=1e-9)


@given(counts, st.integers(1, 5000))
def test_wilson_solves_the_score_equation(count, n):
    count = min(count, n)
    low, high = wilson(count, n)
    assert 0 <= low <= count / n <= high <= 1
    for end in {low, high} - {0.0, 1.0}:
        z = (count / n - end) / math.sqrt(end * (1 - end) / n)
        assert abs(z) == pytest.approx(1.959963984540054, rel=1e-6)


@given(counts, st.integers(1, 5000))
def test_a_share_and_its_complement_have_mirrored_intervals(count, n):
    count = min(count, n)
    low, high = wilson(count, n)
    assert wilson(n - count, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_wilson_is_scipys():
    for count, n in [(0, 10), (10, 10), (3, 17), (412, 1000)]:
        expected = stats.binomtest(count, n).proportion_ci(method="wilson")
        assert wilson(count, n) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize(("count", "n"), [(1, 0), (2, 1), (-1, 5), (float("nan"), 5)])
def test_what_is_no_share_has_no_interval(count, n):
    with pytest.raises(ValueError, match="no share"):
        wilson(count, n)


def test_a_negative_count_has_no_interval():
    with pytest.raises(ValueError, match="no count"):
        byar(-1)
    assert byar(0)[0] == 0


def test_counts_that_are_not_whole_are_taken_as_they_are():
    assert events(4.5) == byar(4.5)


def test_a_standard_error_is_about_half_a_margin():
    assert from_standard_error(50.0, 1.0) == pytest.approx((48.04, 51.96), abs=1e-3)


def test_two_equal_margins_add_as_squares():
    before, now = Estimate(50, 47, 53), Estimate(52, 49, 55)
    assert margin_of_difference(before, now) == margin_of_difference(now, before) == pytest.approx(3 * math.sqrt(2))


def test_the_sides_that_face_each_other_count():
    rare, rarer = Estimate(2.0, 1.5, 4.0), Estimate(1.0, 0.5, 2.5)
    assert margin_of_difference(rarer, rare) == pytest.approx(math.hypot(0.5, 1.5))
    assert margin_of_difference(rare, rarer) == pytest.approx(math.hypot(1.5, 0.5))


@given(st.floats(-100, 100), st.floats(-100, 100), widths, widths, st.booleans())
def test_intervals_that_do_not_meet_always_differ(a, b, wa, wb, up):
    before, now = Estimate(a, a - wa, a + wa), Estimate(b, b - wb, b + wb)
    if before.high < now.low or now.high < before.low:
        assert abs(b - a) > margin_of_difference(before, now) - 1e-9


def test_newcombe_holds_its_level_where_shares_are_small():
    # Every pair of outcomes of two samples of 80 with the same true share of 3 per cent, weighed by its probability.
    n, share = 80, 0.03
    odds = [stats.binom.pmf(k, n, share) for k in range(16)]
    estimates = [Estimate(k / n, *wilson(k, n)) for k in range(16)]
    alarms = sum(
        odds[i] * odds[j]
        for i, a in enumerate(estimates)
        for j, b in enumerate(estimates)
        if abs(b.value - a.value) > margin_of_difference(a, b)
    )
    assert 0.005 < alarms < 0.05


@pytest.mark.parametrize("freedom", [3, 4.4, 6, 10, 30, 1000])
def test_student_is_near_scipys(freedom):
    assert student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=0.01)


def test_exact_lower_limit_is_where_the_probability_is():
    low, high = exact_events(7)
    assert stats.poisson.sf(6, low) == pytest.approx(0.025, rel=1e-9)
    assert optimize.brentq(lambda m: stats.poisson.cdf(7, m) - 0.025, 1, 40) == pytest.approx(high, rel=1e-9)
