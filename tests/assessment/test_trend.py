"""Trends end to end: what comes out for whole series, by both engines."""

from __future__ import annotations

import math

import pytest

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Movement, Reason, Trend, Verdict
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

BOTH = pytest.mark.parametrize("fast", [True, False])


def ask(
    values: list[float],
    scale: Scale = Scale.LINEAR,
    *,
    fast: bool = True,
    direction: Direction = Direction.HIGHER,
    small: float | None = None,
    bounds: tuple[float, float] | None = None,
) -> Trend:
    points = {Period.year(2005 + k): v for k, v in enumerate(values)}
    request = TrendRequest(Series.of(SeriesKey("test", "18"), points), scale, direction, bounds, small)
    return judge_trends([request], fast=fast)[0]


@BOTH
def test_a_straight_line_is_read_off(fast):
    trend = ask([float(10 + 2 * k) for k in range(10)], fast=fast)
    assert trend.slope == trend.slope_low == trend.slope_high == 2
    assert (trend.level_start, trend.level_end) == (10, 28)
    assert trend.change == trend.change_low == trend.change_high == 18
    assert trend.s == 45
    assert trend.verdict is Verdict.IMPROVING


@BOTH
def test_two_per_cent_a_year_is_two_per_cent_a_year(fast):
    trend = ask([500 * 0.98**k for k in range(12)], Scale.LOG, fast=fast, direction=Direction.LOWER)
    assert math.exp(trend.slope) - 1 == pytest.approx(-0.02)
    assert trend.change == pytest.approx(500 * (0.98**11 - 1))
    assert trend.verdict is Verdict.IMPROVING
    assert trend.movement is Movement.FALLING


@BOTH
@pytest.mark.parametrize("level", [1e-9, 1.0, 1e9, 1e300])
def test_any_size_of_figures(level, fast):
    trend = ask([level * v for v in (10, 11, 13, 12, 14, 15, 17, 16, 18)], Scale.LOG, fast=fast)
    assert trend.verdict is Verdict.IMPROVING
    assert trend.change == pytest.approx(level * 7.9, rel=0.1)


@BOTH
def test_small_steps_on_a_high_level_are_not_lost(fast):
    trend = ask([1e9 + k for k in range(9)], Scale.LOG, fast=fast)
    assert trend.s == 36
    assert trend.change == pytest.approx(8, rel=1e-3)


@BOTH
def test_the_widest_span_of_figures_does_not_fail(fast):
    trend = ask([1e-300, 1e300] * 5, Scale.LOG, fast=fast)
    assert trend.verdict is Verdict.UNDETERMINED
    assert not math.isnan(trend.change_high)


@BOTH
def test_below_nought(fast):
    trend = ask([-50.0, -44, -41, -37, -33, -26, -22], fast=fast)
    assert trend.change == pytest.approx(28, abs=2)
    assert trend.movement is Movement.RISING


@BOTH
@pytest.mark.parametrize("n", [0, 1, 2, 3, 4])
def test_too_few(n, fast):
    trend = ask([5.0] * n, fast=fast)
    assert trend.reason is Reason.TOO_FEW
    assert trend.verdict is Verdict.UNDETERMINED
    assert trend.movement is Movement.UNKNOWN
    assert trend.p == 1
    assert trend.s == 0
    names = ("slope", "slope_low", "slope_high", "rho", "inflation", "level_start", "level_end", "change", "change_low")
    assert all(math.isnan(getattr(trend, name)) for name in (*names, "change_high"))


@BOTH
@pytest.mark.parametrize("n", [5, 7, 8, 15])
@pytest.mark.parametrize("scale", list(Scale))
def test_all_equal(n, scale, fast):
    trend = ask([7.0] * n, scale, fast=fast)
    assert trend.verdict is Verdict.UNCHANGED
    assert trend.movement is Movement.STILL
    assert trend.reason is Reason.NO_VARIATION
    assert (trend.p, trend.s, trend.slope, trend.change) == (1, 0, 0, 0)
    assert trend.level_end == pytest.approx(7)


@BOTH
def test_a_significant_count_without_a_slope_is_not_called_a_change(fast):
    """More than half the pairs are ties, so the typical change per year is nought whatever the count says."""
    values = [0.0] * 7 + [1.0, 2, 0, 3, 0, 4, 0, 5]
    trend = ask(values, fast=fast)
    assert trend.p < 0.05
    assert trend.s == 42
    assert trend.slope == 0
    assert (trend.verdict, trend.reason) == (Verdict.UNDETERMINED, Reason.NOISE)


@BOTH
def test_small_is_measured_against_the_scale_asked_for(fast):
    """A zero moves the judgement to the linear scale; two per cent of the level is still two per cent."""
    trend = ask([0.0, *([1000.0, 1001.0] * 7)], Scale.LOG, fast=fast, small=2.0)
    assert trend.scale is Scale.LINEAR
    assert trend.verdict is Verdict.UNCHANGED


@BOTH
def test_small_at_its_very_edge(fast):
    values = [10.0, 10, 10, 10, 10, 10, 10, 10, 10, 11]
    assert ask(values, fast=fast, small=0.0).verdict is Verdict.UNCHANGED
    assert ask(values, fast=fast, small=None).verdict is Verdict.UNDETERMINED


@BOTH
def test_the_change_interval_keeps_the_fitted_end(fast):
    trend = ask([20.0, 24, 21, 27, 25, 30, 28, 33, 31], Scale.LOG, fast=fast)
    end, span = math.log(trend.level_end), 8
    # The 90 % slopes lie inside the 95 % ones; both changes end at the same fitted level.
    assert trend.change_low >= trend.level_end - math.exp(end - trend.slope_low * span) - 1e-9
    assert trend.change_high <= trend.level_end - math.exp(end - trend.slope_high * span) + 1e-9


def test_nothing_asked_nothing_answered():
    assert judge_trends([]) == []
