"""Axes: ticks are round and enclose the figures, labels never collide."""

import itertools
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vagvisare.publications.charts.axis import Axis, spread_labels, step_for, value_ticks, year_ticks

values = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).filter(lambda v: v == 0 or abs(v) > 1e-3)


@given(st.lists(values, min_size=1, max_size=30))
def test_ticks_enclose_the_figures_at_one_even_step(figures):
    assume(max(figures) - min(figures) == 0 or max(figures) - min(figures) > 1e-2)
    ticks = value_ticks(figures)
    assert ticks[0] <= min(figures) + 1e-6
    assert ticks[-1] >= max(figures) - 1e-6
    steps = {round(b - a, 6) for a, b in itertools.pairwise(ticks)}
    assert len(ticks) >= 2
    assert max(steps) - min(steps) <= 1e-5 * max(steps)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([79.2, 86.1], [78, 80, 82, 84, 86, 88]),
        ([10.0, 40.0], [0, 10, 20, 30, 40]),
        ([-3.0, 3.0], [-4, -2, 0, 2, 4]),
        ([5.0], [4.7, 4.8, 4.9, 5.0, 5.1, 5.2, 5.3]),
    ],
)
def test_ticks_as_a_person_would_choose_them(figures, expected):
    ticks = value_ticks(figures)
    assert ticks[0] <= expected[0] + 1e-9 or ticks == expected
    assert all(math.isclose(t, round(t, 4)) for t in ticks)


def test_the_axis_starts_at_zero_unless_that_would_hide_the_change():
    assert value_ticks([10.0, 40.0])[0] == 0
    assert value_ticks([70.0, 80.0])[0] > 0


def test_the_axis_does_not_leave_the_natural_limits():
    assert value_ticks([95.0, 99.9], bounds=(0, 100))[-1] <= 100


@given(st.floats(min_value=1e-3, max_value=1e9), st.integers(min_value=1, max_value=10))
def test_steps_are_one_two_or_five_times_a_power_of_ten(span, count):
    step = step_for(span, count)
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(mantissa - m) for m in (1, 2, 5, 10)) < 1e-6


def test_years_stand_at_steps_people_count_in():
    assert year_ticks(1990, 2030, 9) == [1990, 1995, 2000, 2005, 2010, 2015, 2020, 2025, 2030]
    assert year_ticks(2019.5, 2022.5, 8) == [2020, 2021, 2022]


@given(st.lists(st.floats(min_value=0, max_value=300), min_size=1, max_size=12))
def test_labels_keep_their_distance_and_their_order(wanted):
    placed = spread_labels(wanted, 15, 0, 300)
    ordered = sorted(zip(wanted, placed, strict=True))
    gaps = [b[1] - a[1] for a, b in itertools.pairwise(ordered)]
    assert all(gap >= 15 - 1e-6 for gap in gaps)
    assert max(placed) <= 300 + 1e-6


def test_an_axis_of_no_length_stands_still():
    assert Axis(5, 5, 10, 20)(5) == 10
    assert Axis(0, 10, 0, 100)(5) == 50
