"""The engine for all series at once, held to the reference by random cases."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vagvisare.assessment import kernels, reference
from vagvisare.assessment.definition import Break, Direction
from vagvisare.assessment.judgement import Trend
from vagvisare.assessment.request import TrendRequest
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

NUMBERS = (
    "slope",
    "slope_low",
    "slope_high",
    "p",
    "rho",
    "inflation",
    "level_start",
    "level_end",
    "change",
    "change_low",
    "change_high",
)
ALIKE = ("verdict", "movement", "reason", "window", "scale", "s", "exact")

figures = st.one_of(
    st.integers(0, 8).map(float),
    st.floats(0, 100, allow_subnormal=False).map(lambda x: round(x, 1)),
    st.floats(-50, 150),
    st.floats(1e6, 1e9),
    st.sampled_from([0.0, 100.0, 0.1 + 0.2, 0.3, 50.0, 1e-9]),
)
single = st.builds(Period.year, st.integers(1995, 2025))
several = st.builds(lambda start, width: Period(start, start + width), st.integers(1990, 2022), st.integers(0, 3))
points = st.one_of(
    st.dictionaries(single, figures, max_size=25),
    st.dictionaries(several, figures, max_size=25),
    st.lists(figures, min_size=5, max_size=15).map(lambda vs: {Period.year(2010 + k): v for k, v in enumerate(vs)}),
)
breaks = st.lists(
    st.builds(lambda y, cuts: Break(Period.year(y), Text("", ""), cuts=cuts), st.integers(1995, 2025), st.booleans()),
    max_size=2,
).map(tuple)
requests = st.builds(
    lambda found, scale, direction, bounds, small, cuts: TrendRequest(
        Series.of(SeriesKey("random", "18"), found), scale, direction, bounds, small, cuts
    ),
    points,
    st.sampled_from(Scale),
    st.sampled_from(Direction),
    st.sampled_from([None, (0.0, 100.0), (0.0, 1e10)]),
    st.sampled_from([None, 0.0, 1.0, 5.0, 50.0]),
    breaks,
)


def size(trend: Trend) -> float:
    return max(abs(trend.level_start), abs(trend.level_end), 0.0)


def assert_alike(fast: Trend, plain: Trend) -> None:
    for name in ALIKE:
        assert getattr(fast, name) == getattr(plain, name), name
    for name in NUMBERS:
        one, other = getattr(fast, name), getattr(plain, name)
        # A change is a difference of levels: nine digits of the levels are what can be asked of it.
        slack = (
            0.0
            if name not in {"change", "change_low", "change_high"} or math.isnan(size(plain))
            else 1e-9 * size(plain)
        )
        assert one == pytest.approx(other, rel=1e-9, abs=max(slack, 1e-15), nan_ok=True), name


@settings(max_examples=300, deadline=None)
@given(st.lists(requests, max_size=6))
@example([])
def test_the_two_engines_agree(asked):
    fast = kernels.judge_all(asked)
    assert len(fast) == len(asked)
    for request, answer in zip(asked, fast, strict=True):
        assert_alike(answer, reference.judge(request))


@pytest.mark.parametrize("alternate", [1e-6, 1e-3, 1.0])
def test_without_inflation_both_use_the_exact_distribution(alternate):
    """Residuals that alternate leave rho at nought: with ten points and no ties every order is counted."""
    values = {Period.year(2010 + k): 5 + 0.1 * k + alternate * (-1) ** k * (1 + k / 100) for k in range(10)}
    request = TrendRequest(Series.of(SeriesKey("a", "18"), values), Scale.LINEAR, Direction.HIGHER)
    fast, plain = kernels.judge_all([request])[0], reference.judge(request)
    assert fast.exact
    assert fast.rho == 0
    assert_alike(fast, plain)


def test_answers_come_in_the_order_of_the_questions():
    asked = [
        TrendRequest(
            Series.of(SeriesKey("a", str(n)), {Period.year(2000 + k): float(k * n + 1) for k in range(n)}),
            Scale.LINEAR,
            Direction.HIGHER,
        )
        for n in (9, 3, 15, 6, 9, 1, 20)
    ]
    assert [t.window.n for t in kernels.judge_all(asked)] == [9, 3, 15, 6, 9, 1, 15]
