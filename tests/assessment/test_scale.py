"""The model scale: there and back, its edges, and when the plain scale has to do."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.scale import fitting_scale, from_model, settled, to_model
from vagvisare.terms.unit import Scale

shares = st.floats(0.01, 99.99)
positive = st.floats(1e-9, 1e12)


@given(shares)
def test_a_share_comes_back(value):
    assert from_model(to_model(value, Scale.LOGIT), Scale.LOGIT) == pytest.approx(value, rel=1e-9)


@given(positive)
def test_a_quantity_comes_back(value):
    assert from_model(to_model(value, Scale.LOG), Scale.LOG) == pytest.approx(value, rel=1e-9)


@given(st.floats(-1e12, 1e12))
def test_linear_is_itself(value):
    assert to_model(value, Scale.LINEAR) == value == from_model(value, Scale.LINEAR)


@given(st.floats(0.1, 5.9))
def test_other_limits_than_per_cent(value):
    y = to_model(value, Scale.LOGIT, (0.0, 6.0))
    assert from_model(y, Scale.LOGIT, (0.0, 6.0)) == pytest.approx(value, rel=1e-9)
    assert y == pytest.approx(to_model(value * 100 / 6, Scale.LOGIT), abs=1e-9)


def test_known_places():
    assert to_model(50, Scale.LOGIT) == 0
    assert to_model(80, Scale.LOGIT) == pytest.approx(math.log(4))
    assert to_model(1, Scale.LOG) == 0
    assert to_model(3, Scale.LOGIT, (1.0, 5.0)) == 0


@given(shares)
def test_a_complement_is_mirrored(value):
    assert to_model(100 - value, Scale.LOGIT) == pytest.approx(-to_model(value, Scale.LOGIT), abs=1e-9)
    y = to_model(value, Scale.LOGIT)
    assert from_model(y, Scale.LOGIT) + from_model(-y, Scale.LOGIT) == pytest.approx(100, abs=1e-12)


@pytest.mark.parametrize("y", [-1e6, 1e6, -800.0, 800.0])
@pytest.mark.parametrize("scale", [Scale.LOG, Scale.LOGIT])
def test_far_out_the_inverse_stops_instead_of_failing(y, scale):
    value = from_model(y, scale)
    assert math.isfinite(value)
    assert value >= 0
    assert scale is Scale.LOG or value <= 100


@pytest.mark.parametrize(
    ("values", "scale", "bounds", "expected"),
    [
        ([0.1, 99.9], Scale.LOGIT, None, Scale.LOGIT),
        ([0.0, 50.0], Scale.LOGIT, None, Scale.LINEAR),
        ([50.0, 100.0], Scale.LOGIT, None, Scale.LINEAR),
        ([50.0, 101.0], Scale.LOGIT, None, Scale.LINEAR),
        ([1e-14, 50.0], Scale.LOGIT, None, Scale.LINEAR),
        ([50.0, 101.0], Scale.LOGIT, (0.0, 200.0), Scale.LOGIT),
        ([1.0, 2.0], Scale.LOG, None, Scale.LOG),
        ([0.0, 2.0], Scale.LOG, None, Scale.LINEAR),
        ([-1.0, 2.0], Scale.LOG, None, Scale.LINEAR),
        ([-1.0, 0.0], Scale.LINEAR, None, Scale.LINEAR),
        ([], Scale.LOG, None, Scale.LOG),
    ],
)
def test_which_scale_fits(values, scale, bounds, expected):
    assert fitting_scale(values, scale, bounds) is expected


def test_rounding_noise_is_settled_and_real_differences_are_not():
    assert settled([0.3, 0.1 + 0.2, 0.4], Scale.LOG) == (0.3, 0.3, 0.4)
    assert settled([1e9, 1e9 + 1], Scale.LOG) == (1e9, 1e9 + 1)
    assert settled([1e-15, 2e-15], Scale.LOG) == (1e-15, 2e-15)


def test_noise_around_nought_is_nought_beside_real_figures():
    assert settled([0.1 + 0.2 - 0.3, 0.0, 5.0], Scale.LINEAR) == (0.0, 0.0, 5.0)


def test_shares_are_settled_alike_from_both_ends():
    near = [0.3, 0.1 + 0.2, 0.5]
    there = settled(near, Scale.LOGIT)
    back = settled([100 - v for v in near], Scale.LOGIT)
    assert there[0] == there[1]
    assert back[0] == back[1]
    assert settled([1e-14, 0.0, 1.0], Scale.LINEAR, (0.0, 100.0))[0] == 0.0


@given(st.lists(st.floats(-1e6, 1e6), max_size=15))
def test_settling_keeps_order_and_places(values):
    out = settled(values, Scale.LINEAR)
    assert len(out) == len(values)
    for (a, x), (b, y) in zip(
        zip(values, out, strict=True), zip(sorted(values), sorted(out), strict=True), strict=True
    ):
        assert x == pytest.approx(a, abs=1e-4)
        assert y == pytest.approx(b, abs=1e-4)
