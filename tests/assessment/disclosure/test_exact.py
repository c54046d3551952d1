"""Exact arithmetic against a solver in floating point, on random systems."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from vagvisare.assessment.disclosure.exact import Programme, components, determined, propagate
from vagvisare.assessment.disclosure.grid import ANY

MANY = settings(max_examples=80, deadline=None)


@st.composite
def systems(draw):
    """A solution, rows it satisfies, and bounds around it; now and then a row it does not satisfy."""
    n = draw(st.integers(1, 7))
    values = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n))
    members = st.lists(st.integers(0, n - 1), min_size=1, max_size=n, unique=True)
    rows, sums = [], []
    for _ in range(draw(st.integers(1, 5))):
        row = tuple((p, draw(st.sampled_from([1, 1, -1, 2]))) for p in sorted(draw(members)))
        rows.append(row)
        sums.append(sum(c * values[p] for p, c in row) + draw(st.sampled_from([0] * 12 + [1])))
    low = {p: draw(st.integers(0, values[p])) for p in range(n)}
    high = {p: draw(st.sampled_from([ANY, values[p], values[p] + 3])) for p in range(n)}
    return values, rows, sums, low, high


def solver(rows, sums, low, high, goal):
    dense = [[dict(row).get(p, 0) for p in low] for row in rows]
    bounds = [(low[p], None if high[p] == ANY else high[p]) for p in low]
    return linprog(goal, A_eq=dense, b_eq=sums, bounds=bounds)


@MANY
@given(systems())
def test_the_programme_finds_what_the_solver_finds(system):
    _, rows, sums, low, high = system
    programme = Programme(rows, sums, low, high)
    for place in low:
        goal = np.eye(len(low))[place]
        found, least, most = programme.range(place), *(solver(rows, sums, low, high, s * goal) for s in (1, -1))
        if found is None:
            assert least.status == 2
            continue
        assert float(found[0]) == pytest.approx(least.fun, abs=1e-7)
        assert (found[1] == ANY) == (most.status == 3)
        if found[1] != ANY:
            assert float(found[1]) == pytest.approx(-most.fun, abs=1e-7)


@MANY
@given(systems(), st.lists(st.integers(0, 5), min_size=7, max_size=7))
def test_the_cheapest_solution_is_as_cheap_as_the_solvers(system, prices):
    _, rows, sums, low, high = system
    price = {p: prices[p] for p in low}
    found = Programme(rows, sums, low, high).cheapest(price)
    other = solver(rows, sums, low, high, [price[p] for p in low])
    assert (found is None) == (other.status == 2)
    if found is not None:
        assert float(sum(price[p] * found[p] for p in low)) == pytest.approx(other.fun, abs=1e-7)
        assert all(sum(c * found[p] for p, c in row) == total for row, total in zip(rows, sums, strict=True))
        assert all(low[p] <= found[p] <= high[p] for p in low)


@MANY
@given(systems())
def test_bounds_passed_from_sum_to_sum_never_cut_off_a_solution(system):
    values, rows, sums, low, high = system
    lower, upper = dict(low), dict(high)
    possible = propagate(rows, sums, lower, upper)
    solved = all(sum(c * values[p] for p, c in row) == total for row, total in zip(rows, sums, strict=True))
    if solved:
        assert possible
        assert all(low[p] <= lower[p] <= values[p] <= upper[p] <= high[p] for p in low)


@MANY
@given(systems())
def test_determined_is_what_linear_algebra_determines(system):
    """An unknown is pinned down when its unit vector adds nothing to the rank of the rows."""
    values, rows, _, low, _ = system
    sums = [sum(c * values[p] for p, c in row) for row in rows]
    dense = np.array([[dict(row).get(p, 0) for p in low] for row in rows])
    rank = np.linalg.matrix_rank(dense)
    expected = {p for p in low if np.linalg.matrix_rank(np.vstack([dense, np.eye(len(low))[p]])) == rank}
    assert determined(rows, sums) == {p: values[p] for p in expected}


def test_two_sums_that_share_a_cell_hang_together():
    rows = [((0, 1), (1, 1)), ((1, 1), (2, -1)), ((5, 1),)]
    assert components(rows) == [([0, 1, 2], [0, 1]), ([5], [2])]


def test_bounds_that_leave_nothing_are_said_to():
    assert not propagate([((0, 1), (1, 1))], [3], {0: 2, 1: 2}, {0: ANY, 1: ANY})
