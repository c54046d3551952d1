"""What overlapping windows are worth, and how much more the test wavers for them."""

from __future__ import annotations

import math
import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.effective import ANNUAL_RHO, correlation, effective_size, known_inflation, overlapping
from vagvisare.assessment.judgement import Reason
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale


def rolling(count: int, width: int, first: int = 2000) -> tuple[Period, ...]:
    return tuple(Period(first + i, first + i + width - 1) for i in range(count))


windows = st.lists(
    st.builds(lambda start, width: Period(start, start + width), st.integers(1990, 2024), st.integers(0, 4)),
    unique=True,
    min_size=1,
    max_size=12,
).map(lambda found: tuple(sorted(found)))


def test_separate_years_are_worth_their_number():
    years = tuple(Period.year(y) for y in (2001, 2004, 2005))
    assert not overlapping(years)
    assert effective_size(years) == 3.0
    assert known_inflation(years) is None


def test_windows_side_by_side_are_worth_their_number():
    assert effective_size((Period(2010, 2013), Period(2014, 2017))) == 2.0


def test_two_windows_by_hand():
    # Two-year means one year apart share one of two years: correlation one half, so 4 / (1 + 1 + ½ + ½).
    assert effective_size(rolling(2, 2)) == pytest.approx(4 / 3)
    assert correlation(rolling(2, 2), 0.0)[0][1] == pytest.approx(0.5)


def test_four_year_windows_by_the_textbook_sum():
    n = 15
    textbook = n / (1 + 2 * sum((1 - k / n) * (1 - k / 4) for k in (1, 2, 3)))
    assert effective_size(rolling(n, 4)) == pytest.approx(textbook)


def test_correlated_years_by_hand():
    # (1 + ρ + ρ + ρ²) / (2 + 2ρ) for years 1–2 and 2–3: shared year 1, the rest by distance.
    shared = (ANNUAL_RHO + ANNUAL_RHO**2 + 1 + ANNUAL_RHO) / (2 + 2 * ANNUAL_RHO)
    assert correlation(rolling(2, 2), ANNUAL_RHO)[0][1] == pytest.approx(shared)


@given(windows)
def test_never_worth_more_than_their_number(found):
    assert 1.0 - 1e-9 <= effective_size(found) <= len(found) + 1e-9


@given(windows, st.integers(-40, 40))
def test_the_calendar_does_not_matter(found, shift):
    moved = tuple(Period(p.start + shift, p.end + shift) for p in found)
    assert effective_size(moved) == pytest.approx(effective_size(found))
    assert known_inflation(moved) == pytest.approx(known_inflation(found))


def test_the_variance_of_the_count_against_simulation():
    rng = random.Random(20)
    n, width = 12, 4
    counts = []
    for _ in range(4000):
        year, years = rng.gauss() / math.sqrt(1 - ANNUAL_RHO**2), []
        for _ in range(n + width - 1):
            years.append(year)
            year = ANNUAL_RHO * year + rng.gauss()
        figures = [sum(years[i : i + width]) for i in range(n)]
        counts.append(sum((b > a) - (b < a) for a, b in combinations(figures, 2)))
    measured = sum(count**2 for count in counts) / len(counts) / (n * (n - 1) * (2 * n + 5) / 18)
    known = known_inflation(rolling(n, width))
    assert known is not None
    assert measured == pytest.approx(known, rel=0.08)  # the simulation's own error is about 2.3 per cent


@pytest.mark.parametrize(("phi", "most"), [(0.0, 0.05), (0.3, 0.05), (0.6, 0.10)])
def test_false_alarms_of_rolling_windows(phi, most):
    rng = random.Random(5)
    n, width, runs = 18, 4, 400
    requests = []
    for run in range(runs):
        year, years = rng.gauss() / math.sqrt(1 - phi**2), []
        for _ in range(n + width - 1):
            years.append(year)
            year = phi * year + rng.gauss()
        figures = {p: sum(years[i : i + width]) / width for i, p in enumerate(rolling(n, width))}
        requests.append(TrendRequest(Series.of(SeriesKey(str(run), "18"), figures), Scale.LINEAR, Direction.HIGHER))
    alarms = sum(trend.reason is Reason.SIGNIFICANT for trend in judge_trends(requests)) / runs
    assert alarms <= most + 2 * math.sqrt(most * (1 - most) / runs)
    assert alarms > 0


def test_a_steady_course_through_many_windows_is_seen():
    figures = {p: 60.0 + 0.7 * i for i, p in enumerate(rolling(18, 4))}
    request = TrendRequest(Series.of(SeriesKey("steady", "18"), figures), Scale.LINEAR, Direction.HIGHER)
    fast, plain = (judge_trends([request], fast=choice)[0] for choice in (True, False))
    assert plain.reason is fast.reason is Reason.SIGNIFICANT
    assert plain.window.overlapping
    assert fast.p == pytest.approx(plain.p)
    assert fast.inflation == pytest.approx(plain.inflation) == known_inflation(rolling(18, 4))


def test_few_windows_leave_only_the_level():
    figures = {p: 60.0 + 0.7 * i for i, p in enumerate(rolling(11, 4))}
    request = TrendRequest(Series.of(SeriesKey("few", "18"), figures), Scale.LINEAR, Direction.HIGHER)
    assert judge_trends([request], fast=False)[0].reason is Reason.TOO_FEW
