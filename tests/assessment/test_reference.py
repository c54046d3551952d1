"""The reference, against numbers worked out by hand or by brute force."""

from __future__ import annotations

import math
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.assessment import reference


def all_orders_p(values: tuple[int, ...]) -> dict[int, float]:
    """The two-sided probability by walking through every order of the figures."""
    counts = [sum((b > a) - (b < a) for a, b in combinations(order, 2)) for order in permutations(values)]
    return {s: sum(abs(c) >= abs(s) for c in counts) / len(counts) for s in counts}


@pytest.mark.parametrize(
    "values", [(1, 2, 3, 4), (1, 2, 3, 4, 5, 6), (1, 1, 2, 3, 4), (1, 1, 2, 2, 3), (1, 1, 1, 2, 2, 3)]
)
def test_exact_p_equals_every_order_counted(values):
    ties = reference.tie_groups(values)
    for s, p in all_orders_p(values).items():
        assert reference.exact_p(s, len(values), ties) == pytest.approx(p)


def test_exact_p_of_all_equal_is_one():
    assert reference.exact_p(0, 5, (5,)) == 1


@pytest.mark.parametrize(("n", "p"), [(4, 0.0833), (5, 0.0167), (6, 0.0028)])
def test_least_p_as_published(n, p):
    """The smallest two-sided exact p there can be."""
    assert reference.exact_p(n * (n - 1) // 2, n) == pytest.approx(p, abs=5e-5)


def test_orders_sum_to_the_number_of_orders():
    assert sum(reference.wrong_pairs(15)) == math.factorial(15)
    assert sum(reference.wrong_pairs(15, (5, 3, 2))) == math.factorial(15) // (120 * 6 * 2)


@given(st.lists(st.integers(0, 6), min_size=2, max_size=12))
def test_the_orders_have_the_variance_of_the_formula(values):
    """Two independent roads to the same variance: all orders, and the closed formula with its tie correction."""
    orders = reference.wrong_pairs(len(values), reference.tie_groups(values))
    pairs = len(orders) - 1
    spread = sum(count * (pairs - 2 * wrong) ** 2 for wrong, count in enumerate(orders)) / sum(orders)
    assert reference.mann_kendall(values)[1] == pytest.approx(spread)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=15))
def test_s_turns_with_time(values):
    assert reference.mann_kendall(values[::-1])[0] == -reference.mann_kendall(values)[0]


def test_ties_are_found():
    assert reference.tie_groups((1, 2, 2, 3, 3, 3)) == (3, 2)
    assert reference.tie_groups((1, 2, 3)) == ()


def test_sen_slope_over_uneven_time():
    assert reference.sen_slope((0, 1, 5), (0.0, 2.0, 10.0)) == 2
    assert reference.sen_slope((0, 2, 3, 7), (1, 5, 7, 15)) == 2


def test_lag_one_by_hand():
    # Residuals 1, 2, 3, 4: centred −1.5, −0.5, 0.5, 1.5; (0.75 − 0.25 + 0.75) / 5 = 0.25.
    assert reference.lag_one((1, 2, 3, 4)) == pytest.approx(0.25)
    assert reference.lag_one((1, -1, 1, -1)) == pytest.approx(-0.75)


def test_lag_one_has_no_size():
    assert reference.lag_one((1e-200, 2e-200, 3e-200, 4e-200)) == pytest.approx(0.25)
    assert reference.lag_one((1e200, 2e200, 3e200, 4e200)) == pytest.approx(0.25)


def test_no_residuals_have_no_correlation():
    assert reference.lag_one((0.0, 0.0, 0.0)) == 0
    assert reference.lag_one((1e-12, 2e-12, 3e-12), floor=1e-9) == 0
    assert reference.lag_one((2.0, 2.0, 2.0)) == 0


@pytest.mark.parametrize(
    ("r1", "n", "rho"), [(0.9, 5, 0.3), (-0.9, 6, 0.3), (0.1, 10, 11 / 30), (0.0, 7, (14 / 3 + 6) / 27)]
)
def test_shrinking_by_hand(r1, n, rho):
    assert reference.autocorrelation_shrunk(r1, n) == pytest.approx(rho)


@given(st.floats(-1, 1), st.integers(5, 15))
def test_shrunk_stays_between_its_ends(r1, n):
    rho = reference.autocorrelation_shrunk(r1, n)
    assert 0 <= rho <= 0.8
    assert 1 <= reference.variance_inflation(n, rho) < n


def test_inflation_by_hand():
    assert reference.variance_inflation(3, 0.5) == pytest.approx(1 + 2 * (2 / 3 * 0.5 + 1 / 3 * 0.25))


def test_normal_p_at_known_points():
    assert reference.normal_p(0, 5.0) == 1
    assert reference.normal_p(7, 0.0) == 1
    assert reference.normal_p(1, 5.0) == 1
    assert reference.normal_p(11, 10 / 1.959963984540054) == pytest.approx(0.05)
    assert reference.normal_p(-11, 10 / 1.959963984540054) == pytest.approx(0.05)


def test_the_interval_takes_ranks_from_both_ends():
    slopes = [float(k) for k in range(1, 11)]
    # (10 − 4) / 2 = 3: the third from below and the third from above.
    assert reference.slope_interval(slopes, 4.0) == (3.0, 8.0)
    assert reference.slope_interval(slopes, 4.1) == (2.0, 9.0)
    assert reference.slope_interval(slopes, 0.0) == (5.0, 6.0)
    assert reference.slope_interval(slopes, 50.0) == (1.0, 10.0)


@settings(max_examples=50)
@given(st.lists(st.floats(-1e3, 1e3), min_size=10, max_size=10).map(sorted), st.floats(0, 20), st.floats(0, 20))
def test_a_wider_interval_holds_a_narrower(slopes, a, b):
    low, high = sorted((a, b))
    inner, outer = reference.slope_interval(slopes, low), reference.slope_interval(slopes, high)
    assert outer[0] <= inner[0] <= inner[1] <= outer[1]
