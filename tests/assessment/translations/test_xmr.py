"""The XmR chart, held to the unit vectors of NHSRplotthedots, and Kolada's colours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.translations import METHODS, NOT_AVAILABLE, CaseSeries
from vagvisare.assessment.translations.xmr import (
    Limits,
    assurance_of,
    limits_of,
    one_side,
    part_of_run,
    rules_of,
    seven_point_trend,
    two_in_three,
)


def case(values, name="made up", start=2001, **more):
    return CaseSeries(name, tuple(range(start, start + len(values))), tuple(float(v) for v in values), **more)


def judged(values, **more):
    (answer,) = METHODS["xmr"]([case(values, **more)])
    return answer


@pytest.mark.parametrize(
    ("sides", "marks"),
    [
        ([], []),
        ([1] * 6, [0] * 6),
        ([1] * 6 + [-1], [0] * 7),
        ([1] * 8 + [-1], [0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ([-1] * 8 + [1], [0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ([0] * 8, [0] * 8),
    ],
)
def test_seven_on_one_side(sides, marks):
    assert one_side(sides) == marks


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 1]),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0, 0, 0, 0, 0, 0, 0, 1, 0]),
        ([7, 6, 5, 4, 3, 2, 1], [0, 0, 0, 0, 0, 0, -1]),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0, 0, 0, 0, 0, 0, 0, -1, 0]),
    ],
)
def test_seven_in_a_row(values, marks):
    assert seven_point_trend(values) == marks


@pytest.mark.parametrize(
    ("near", "marks"),
    [
        ([1, 0, 1], [1, 1, 1]),
        ([0, 1, 1], [1, 1, 1]),
        ([1, 1, 0], [1, 1, 1]),
        ([0, 0, 0], [0, 0, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [0, 0, 1, 1, 1, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [0, 1, 1, 1, 1, 0, 0]),
    ],
)
def test_two_in_three(near, marks):
    assert two_in_three(near, [1] * len(near)) == marks
    assert two_in_three(near, [-1] * len(near)) == marks
    mixed = [1 if k % 2 else -1 for k in range(len(near))]
    assert two_in_three(near, mixed) == [0] * len(near)


def test_only_the_near_points_of_two_in_three_are_marked():
    near = [1, 0, 0, 1, 1]
    marks = two_in_three(near, [1] * 5)
    assert [int(a and b) for a, b in zip(near, marks, strict=True)] == [0, 0, 0, 1, 1]


def test_a_run_marks_all_its_seven_points():
    assert part_of_run([0, 0, 0, 0, 0, 0, 1, 0]) == [1] * 7 + [0]
    assert part_of_run([0, 0, 0, 0, 0, 0, -1, 0]) == [1] * 7 + [0]


NORMAL = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
    -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
    0.70135590, -0.47279141,
]  # fmt: skip
"""Twenty pseudo-random numbers, the ones NHSRplotthedots tests itself on (R: set.seed(123); rnorm(20))."""


def test_limits_of_the_published_snapshot():
    limits = limits_of(NORMAL)
    assert limits.mean == pytest.approx(0.1416238, abs=5e-8)
    assert limits.low == pytest.approx(-3.01138, abs=5e-6)
    assert limits.high == pytest.approx(3.294627, abs=5e-7)


def test_an_outlier_is_screened_out_of_the_moving_ranges():
    values = [*NORMAL[:14], 10.0, *NORMAL[15:]]
    screened, unscreened = limits_of(values), limits_of(values, screened=False)
    assert screened.mean == unscreened.mean == pytest.approx(0.6694159, abs=5e-8)
    assert (screened.low, screened.high) == pytest.approx((-2.383666, 3.722497), abs=1e-6)
    assert (unscreened.low, unscreened.high) == pytest.approx((-4.596625, 5.935457), abs=1e-6)
    assert rules_of(values, screened)[14] == ("outside", 1)


@pytest.mark.parametrize(
    ("limits", "up", "down"),
    [
        (Limits(2, 1), "consistent_fail", "consistent_pass"),
        (Limits(6, 1), "consistent_pass", "consistent_fail"),
        (Limits(3, 2), "inconsistent", "inconsistent"),
        (Limits(3, 1), "inconsistent", "inconsistent"),
    ],
)
def test_assurance_against_four(limits, up, down):
    assert assurance_of(limits, 4, 1) == up
    assert assurance_of(limits, 4, -1) == down


def test_the_latest_point_decides():
    quiet = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5]
    assert judged([*quiet, 6], direction=1).status == "common_cause"
    assert judged([*quiet, 20], direction=1).status == "special_cause_improvement"
    assert judged([*quiet, 20], direction=-1).status == "special_cause_concern"
    assert judged([*quiet, 20, 5], direction=1).status == "common_cause"


def test_a_trend_speaks_by_its_way_and_not_by_its_side_of_the_mean():
    falling = judged([40, 41, 40, 41, 40, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32], direction=1)
    assert falling.status == "special_cause_concern"
    rising = judged([9, 1, 9, 1, 9, 1, 2, 3, 3.1, 3.2, 3.3, 3.4], direction=1)
    assert rising.status == "special_cause_improvement"
    assert rising.value < 0


def test_a_value_one_third_of_the_way_is_one():
    values = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6]
    assert judged(values, direction=1).value == pytest.approx(0.5 / (2.66 / 3))
    assert judged(values, direction=-1).value == pytest.approx(-0.5 / (2.66 / 3))


def test_figures_that_never_vary():
    found = judged([4] * 12, direction=1, target=4)
    assert (found.status, found.value) == ("common_cause", 0.0)
    assert "inconsistent" in found.reason


def test_few_points_are_said_to_be_few():
    assert "ten" in judged([4, 5, 4], direction=1).reason
    assert "tio" in judged([4, 5, 4], direction=1).reason_sv
    assert "ten" not in judged([4, 5] * 6, direction=1).reason
    assert judged([4], direction=1).status == NOT_AVAILABLE


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=25), st.floats(0.5, 4), st.floats(-50, 50))
def test_the_chart_is_blind_to_unit_and_origin(values, scale, shift):
    values = [round(value, 3) for value in values]
    plain = limits_of(values)
    moved = limits_of([scale * value + shift for value in values])
    assert moved.mean == pytest.approx(scale * plain.mean + shift, abs=1e-6)
    # Screening compares ranges with their mean; right at the edge rounding may tip it.
    ranges = [abs(b - a) for a, b in pairwise(values)]
    edge = 3.267 * sum(ranges) / len(ranges)
    if all(abs(each - edge) > 1e-6 for each in ranges):
        assert moved.width == pytest.approx(scale * plain.width, abs=1e-6)


# Kolada.


def colours(figures, **more):
    cases = [case([value], name, **more) for name, value in figures.items()]
    return {answer.series: answer.status for answer in METHODS["kolada"](cases)}


def test_quarters_by_rank():
    eight = dict(zip("abcdefgh", [1, 2, 3, 4, 5, 6, 7, 8], strict=True))
    assert colours(eight, direction=1) == dict(
        zip("abcdefgh", ["red", "red", *["yellow"] * 4, "green", "green"], strict=True)
    )
    assert colours(eight, direction=-1)["a"] == "green"


def test_ties_share_a_colour():
    found = colours({"a": 1, "b": 5, "c": 5, "d": 5, "e": 9}, direction=1)
    assert found == {"a": "red", "b": "yellow", "c": "yellow", "d": "yellow", "e": "green"}
    assert set(colours(dict.fromkeys("abcd", 3), direction=1).values()) == {"yellow"}


def test_too_few_units_have_no_colour():
    assert set(colours({"a": 1, "b": 2, "c": 3}, direction=1).values()) == {NOT_AVAILABLE}


def test_the_latest_period_that_all_have_is_compared():
    cases = [case([k, 9 - k], str(k), direction=1) for k in range(4)]
    cases[0] = case([7], "0", direction=1)
    answers = METHODS["kolada"](cases)
    assert [answer.value for answer in answers] == [1, 4, 3, 2]
    assert "2001" in answers[0].reason
    both = METHODS["kolada"]([case([k, 9 - k], str(k), direction=1) for k in range(4)])
    assert [answer.value for answer in both] == [1, 2, 3, 4]
    assert "2002" in both[0].reason
    apart = [case([k], str(k), start=2001 + k, direction=1) for k in range(4)]
    assert {answer.status for answer in METHODS["kolada"](apart)} == {NOT_AVAILABLE}


def test_a_unit_without_direction_leaves_the_others_alone():
    cases = [case([k], str(k), direction=1) for k in range(4)]
    answers = METHODS["kolada"]([*cases, case([9], "none", direction=0)])
    assert [answer.status for answer in answers] == ["red", "yellow", "yellow", "green", NOT_AVAILABLE]
