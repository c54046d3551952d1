"""The XmR chart against the vectors its publishers test their own code with, and against a second computation."""

from __future__ import annotations

import math
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.closer.xmr import (
    Chart,
    Signal,
    chart,
    mean_moving_range,
    moving_ranges,
    part_of_seven,
    part_of_two_in_three,
    seven_one_side,
    seven_trend,
    signals,
    two_in_three,
)

# Twenty standard normal numbers, as R draws them with seed 123, to nine decimals.
NORMAL = (
    *(-0.560475647, -0.230177489, 1.558708314, 0.070508391, 0.129287735, 1.715064987, 0.460916206),
    *(-1.265061235, -0.686852852, -0.445661970, 1.224081797, 0.359813827, 0.400771451, 0.110682716),
    *(-0.555841135, 1.786913137, 0.497850478, -1.966617157, 0.701355901, -0.472791408),
)
figures = st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 6)), min_size=2, max_size=30)
sides_of = st.lists(st.sampled_from([-1, 0, 1]), max_size=25)


def test_limits_of_twenty_normal_numbers():
    drawn = chart(NORMAL)
    assert (drawn.mean, drawn.lower, drawn.upper) == pytest.approx((0.1416238, -3.01138, 3.294627), abs=2e-6)


def test_an_outlier_is_screened_out_of_the_ranges_but_not_of_the_mean():
    spiked = [*NORMAL[:14], 10.0, *NORMAL[15:]]
    kept, all_in = chart(spiked), chart(spiked, screened=False)
    assert kept.mean == all_in.mean == pytest.approx(0.6694159, abs=1e-6)
    assert (kept.lower, kept.upper) == pytest.approx((-2.383666, 3.722497), abs=2e-6)
    assert (all_in.lower, all_in.upper) == pytest.approx((-4.596625, 5.935457), abs=2e-6)


def test_a_range_of_exactly_the_screen_is_left_out():
    # Ranges 1 … 1 and one that is 3.267 times the mean of all: on the border is out.
    n = 9
    border = 3.267 * n / (n + 1 - 3.267)
    values, level = [0.0], 0.0
    for i in range(n):
        level = 1.0 - level if i else 1.0
        values.append(level)
    values.append(level + border)
    assert math.isclose(moving_ranges(values)[-1], 3.267 * fmean(moving_ranges(values)), rel_tol=1e-12)
    above = [*values[:-1], values[-1] + 1e-9]
    assert mean_moving_range(above) == pytest.approx(1.0)
    below = [*values[:-1], values[-1] - 1e-6]
    assert mean_moving_range(below) == pytest.approx(fmean(moving_ranges(below)))


@pytest.mark.parametrize(
    ("sides", "marks"),
    [([1] * 6, [0] * 6), ([1] * 6 + [-1], [0] * 7), ([1] * 8 + [-1], [0, 0, 0, 0, 0, 0, 1, 1, 0]), ([0] * 9, [0] * 9)],
)
def test_seven_on_one_side(sides, marks):
    assert list(seven_one_side(sides)) == marks
    assert list(seven_one_side([-side for side in sides])) == marks


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        (range(1, 7), [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        (range(1, 8), [0] * 6 + [1]),
        ([2, *range(1, 8), 3], [0, 0, 0, 0, 0, 0, 0, 1, 0]),
        (range(7, 0, -1), [0] * 6 + [-1]),
    ],
)
def test_seven_in_order(values, marks):
    assert list(seven_trend(list(values))) == marks


def test_all_seven_of_a_run_are_marked():
    assert part_of_seven([0, 0, 0, 0, 0, 0, 1, 0]) == (True,) * 7 + (False,)
    assert part_of_seven(seven_trend([*range(7), 0, 1])) == (True,) * 7 + (False,) * 2


@pytest.mark.parametrize("near", [(1, 0, 1), (0, 1, 1), (1, 1, 0)])
def test_two_in_three(near):
    assert two_in_three(near, (1, 1, 1)) == two_in_three(near, (-1, -1, -1)) == (1, 1, 1)
    assert two_in_three(near, (1, 1, -1)) == two_in_three(near, (1, 0, 1)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("near", "marks"),
    [
        ((0, 0, 1, 0, 1, 0, 0), (0, 0, 1, 1, 1, 0, 0)),
        ((0, 0, 1, 1, 0, 0, 0), (0, 1, 1, 1, 1, 0, 0)),
        ((1, 0, 0, 1, 0, 0, 1), (0,) * 7),
        ((), ()),
        ((1, 1), (0, 0)),
    ],
)
def test_two_in_three_along_a_row(near, marks):
    assert two_in_three(near, (1,) * len(near)) == marks


def test_the_third_of_three_is_no_signal_itself():
    assert part_of_two_in_three((0, 1, 1, 1, 1), (1, 0, 0, 1, 1)) == (False, False, False, True, True)


def test_signals_name_the_strongest_rule():
    drawn = Chart(0.0, 1.0)
    assert signals([0.1, -0.1, 2.661, -2.661, 2.66], drawn) == (None, None, Signal.OUTSIDE, Signal.OUTSIDE, None)
    assert signals([2.0, 0.5, 1.9, -1.0], drawn) == (Signal.TWO_IN_THREE, None, Signal.TWO_IN_THREE, None)
    assert signals([0.1, 0.3, 0.2] * 3, drawn)[:7] == (Signal.SAME_SIDE,) * 7
    assert signals([-0.4, -0.3, -0.2, 0, 0.2, 0.3, 0.4], drawn) == (Signal.TREND,) * 7


def test_one_figure_makes_no_chart():
    with pytest.raises(ValueError, match="at least two"):
        chart([1.0])


def test_figures_that_never_change_have_no_signal():
    assert chart([4.0] * 9) == Chart(4.0, 0.0)
    assert signals([4.0] * 9, chart([4.0] * 9)) == (None,) * 9


@given(figures)
def test_limits_by_a_second_computation(values):
    ranges = [abs(values[i + 1] - values[i]) for i in range(len(values) - 1)]
    kept = [r for r in ranges if r < 3.267 * (sum(ranges) / len(ranges))] or [0.0]
    drawn, size = chart(values), max(map(abs, values))
    assert math.isclose(drawn.upper - drawn.lower, 2 * 2.66 * fmean(kept), rel_tol=1e-9, abs_tol=1e-9 * size)
    assert math.isclose(drawn.mean, fmean(values), rel_tol=1e-9, abs_tol=1e-9 * size)


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=30), st.sampled_from([0.5, 2.0, 4.0]))
def test_signals_do_not_depend_on_unit_or_sign(values, factor):
    plain = signals(values, chart(values))
    assert signals([factor * value for value in values], chart([factor * value for value in values])) == plain
    turned = [-value for value in values]
    assert signals(turned, chart(turned)) == plain


@given(sides_of)
def test_a_mark_ends_a_run_of_seven(sides):
    for place, mark in enumerate(seven_one_side(sides)):
        run = sides[place - 6 : place + 1] if place >= 6 else []
        assert bool(mark) == (len(run) == 7 and len(set(run)) == 1 and run[0] != 0)


def test_on_the_screen_is_out(monkeypatch):
    # 3.267 times a mean is no number a computer can hold.
    monkeypatch.setattr("vagvisare.assessment.closer.xmr.SCREEN", 2.0)
    assert moving_ranges([0, 1, 2, 3, 6]) == [1, 1, 1, 3]  # a mean of 1.5, and twice that is 3
    assert mean_moving_range([0, 1, 2, 3, 6]) == 1.0


def test_outside_is_not_near():
    drawn = Chart(0.0, 1.0)
    assert [drawn.near(value) for value in (1.7, 1.8, -1.8, 2.66, 2.67)] == [False, True, True, True, False]
    assert signals([2.7, 0.5, 1.9], drawn) == (Signal.OUTSIDE, None, None)
