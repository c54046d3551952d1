"""What must not change a verdict: the unit, the complement, the direction's sign, the order of rows, the calendar."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Movement, Reason, Trend, Verdict
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

MIRROR = {
    Verdict.IMPROVING: Verdict.WORSENING,
    Verdict.WORSENING: Verdict.IMPROVING,
    Verdict.UNCHANGED: Verdict.UNCHANGED,
    Verdict.UNDETERMINED: Verdict.UNDETERMINED,
}
OPPOSITE = {
    Movement.RISING: Movement.FALLING,
    Movement.FALLING: Movement.RISING,
    Movement.STILL: Movement.STILL,
    Movement.UNKNOWN: Movement.UNKNOWN,
}
BOTH = st.booleans()
Figures = dict[Period, float]

spans = st.sampled_from([1, 1, 1, 2, 3])


@st.composite
def series_of(draw: st.DrawFn, values: st.SearchStrategy[float]) -> Figures:
    """A series of drifting or restless figures over single years or windows, with gaps."""
    n, width = draw(st.integers(3, 18)), draw(spans)
    start, out = 1990, {}
    for _ in range(n):
        out[Period(start, start + width - 1)] = draw(values)
        start += draw(st.integers(1, width + 1))
    return out


percent = st.integers(1, 999).map(lambda x: x / 10)
whole = st.integers(1, 60).map(float)
signed = st.integers(-400, 400).map(lambda x: x / 4)


def judge(
    figures: Figures,
    scale: Scale,
    direction: Direction = Direction.HIGHER,
    small: float | None = None,
    bounds: tuple[float, float] | None = None,
    *,
    fast: bool = False,
) -> Trend:
    series = Series.of(SeriesKey("random", "18"), figures)
    return judge_trends([TrendRequest(series, scale, direction, bounds, small)], fast=fast)[0]


def near_the_edge(trend: Trend, small: float | None) -> bool:
    """Tell whether the interval ends so near the smallest change that rounding may decide on which side."""
    if small is None or trend.reason is Reason.TOO_FEW:
        return False
    return min(abs(abs(trend.change_low) - small), abs(abs(trend.change_high) - small)) < 1e-6


def same_numbers(a: Trend, b: Trend, sign: int = 1) -> None:
    assert a.s == sign * b.s
    assert a.exact == b.exact
    assert a.p == pytest.approx(b.p, rel=1e-6)
    assert a.slope == pytest.approx(sign * b.slope, rel=1e-6, abs=1e-12, nan_ok=True)


@settings(max_examples=150, deadline=None)
@given(series_of(percent), st.sampled_from([None, 1.0, 5.0]), BOTH)
def test_share_and_complement(figures, small, fast):
    share = judge(figures, Scale.LOGIT, Direction.HIGHER, small, fast=fast)
    assume(not near_the_edge(share, small))
    other = judge({p: 100 - v for p, v in figures.items()}, Scale.LOGIT, Direction.LOWER, small, fast=fast)
    assert (share.verdict, share.reason) == (other.verdict, other.reason)
    assert share.movement is OPPOSITE[other.movement]
    same_numbers(share, other, -1)
    assert share.change == pytest.approx(-other.change, rel=1e-6, abs=1e-9, nan_ok=True)
    assert share.change_low == pytest.approx(-other.change_high, rel=1e-6, abs=1e-9, nan_ok=True)


@settings(max_examples=150, deadline=None)
@given(series_of(whole), st.sampled_from([0.001, 1 / 3, 0.1, 7.0, 1e6, 12_345.678]), BOTH)
def test_unit_on_the_log_scale(figures, factor, fast):
    one = judge(figures, Scale.LOG, small=None, fast=fast)
    other = judge({p: v * factor for p, v in figures.items()}, Scale.LOG, small=None, fast=fast)
    assert (one.verdict, one.reason, one.movement) == (other.verdict, other.reason, other.movement)
    same_numbers(one, other)
    assert factor * one.change == pytest.approx(other.change, rel=1e-6, abs=1e-9 * factor, nan_ok=True)


@settings(max_examples=150, deadline=None)
@given(series_of(percent), BOTH)
def test_per_cent_and_fraction(figures, fast):
    hundred = judge(figures, Scale.LOGIT, bounds=(0.0, 100.0), fast=fast)
    one = judge({p: v / 100 for p, v in figures.items()}, Scale.LOGIT, bounds=(0.0, 1.0), fast=fast)
    assert (hundred.verdict, hundred.reason) == (one.verdict, one.reason)
    same_numbers(hundred, one)


@settings(max_examples=100, deadline=None)
@given(series_of(signed), st.sampled_from([1 / 3, 10.0, 1e6]), BOTH)
def test_unit_on_the_linear_scale(figures, factor, fast):
    one = judge(figures, Scale.LINEAR, fast=fast)
    other = judge({p: v * factor for p, v in figures.items()}, Scale.LINEAR, fast=fast)
    assert (one.verdict, one.s) == (other.verdict, other.s)
    assert one.p == pytest.approx(other.p, rel=1e-6)
    assert factor * one.slope == pytest.approx(other.slope, rel=1e-6, abs=1e-9 * factor, nan_ok=True)


@settings(max_examples=100, deadline=None)
@given(series_of(signed), BOTH)
def test_upside_down(figures, fast):
    one = judge(figures, Scale.LINEAR, fast=fast)
    other = judge({p: -v for p, v in figures.items()}, Scale.LINEAR, fast=fast)
    assert one.verdict is MIRROR[other.verdict]
    same_numbers(one, other, -1)


@settings(max_examples=100, deadline=None)
@given(series_of(percent), st.sampled_from(Scale), st.sampled_from([None, 2.0]), BOTH)
def test_direction(figures, scale, small, fast):
    up = judge(figures, scale, Direction.HIGHER, small, fast=fast)
    down = judge(figures, scale, Direction.LOWER, small, fast=fast)
    neutral = judge(figures, scale, Direction.NEUTRAL, small, fast=fast)
    assert up.verdict is MIRROR[down.verdict]
    assert up.movement is down.movement is neutral.movement
    assert neutral.verdict in {Verdict.UNCHANGED, Verdict.UNDETERMINED}
    assert (neutral.verdict is Verdict.UNCHANGED) == (up.verdict is Verdict.UNCHANGED)


@settings(max_examples=60, deadline=None)
@given(series_of(percent).flatmap(lambda f: st.tuples(st.just(f), st.permutations(list(f.items())))), BOTH)
def test_order_of_rows(both, fast):
    figures, shuffled = both
    assert repr(judge(figures, Scale.LOGIT, fast=fast)) == repr(judge(dict(shuffled), Scale.LOGIT, fast=fast))


@settings(max_examples=60, deadline=None)
@given(series_of(percent), st.integers(-100, 100), BOTH)
def test_calendar(figures, shift, fast):
    here = judge(figures, Scale.LOGIT, fast=fast)
    there = judge({Period(p.start + shift, p.end + shift): v for p, v in figures.items()}, Scale.LOGIT, fast=fast)
    assert here.verdict is there.verdict
    assert (here.s, here.p) == (there.s, there.p)
    assert repr((here.slope, here.change)) == repr((there.slope, there.change))


@settings(max_examples=60, deadline=None)
@given(series_of(percent))
def test_intervals_hold_their_middle(figures):
    trend = judge(figures, Scale.LOGIT)
    assume(trend.reason is not Reason.TOO_FEW)
    assert trend.slope_low <= trend.slope <= trend.slope_high
    assert trend.change_low <= trend.change + 1e-9
    assert trend.change <= trend.change_high + 1e-9
    assert 0 < trend.p <= 1
