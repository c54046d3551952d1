"""Groups in an order: slope index and relative index of inequality. All figures here are made up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from vagvisare.assessment.definition import Break, Collection, Direction, Group, Indicator, OrderedGroups
from vagvisare.assessment.gaps.ordered import _T_95, _T_95_MORE, slope_of, steps
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import GapVerdict
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

NOTHING = Text("", "")
GROUPS = tuple(Group("T", name, NOTHING) for name in ("short", "middle", "long"))
SHARES = (0.2, 0.5, 0.3)
KEY = SeriesKey("health", "18")


def order(groups=GROUPS, shares=SHARES):
    return OrderedGroups("education", NOTHING, groups, shares)


def indicator(direction=Direction.HIGHER, unit="percent", breaks=(), ordered=None):
    return Indicator(
        key="health",
        dataset="health",
        title=NOTHING,
        subject=NOTHING,
        unit=unit,
        direction=direction,
        collection=Collection.REGISTER,
        definition=NOTHING,
        ordered_groups=(ordered or order(),),
        breaks=breaks,
    )


def panel(*rows, groups=GROUPS, start=2010):
    """Build one series a group, and a total."""
    made = [
        Series.of(
            SeriesKey("health", "18", g.sex, g.background), {Period.year(start + y): float(v) for y, v in enumerate(r)}
        )
        for g, r in zip(groups, rows, strict=True)
    ]
    made.append(Series.of(KEY, {Period.year(start): 50.0}))
    return {series.key: series for series in made}


def judged(*rows, contract=None):
    (found,) = judge_all(panel(*rows), {"health": contract or indicator()})[KEY].ordered_gaps
    return found


def by_the_book(figures, shares, forward, back):
    """The published procedure written out: y√a = α√a + βb√a by ordinary least squares, without an intercept."""
    a = np.array(shares) / np.sum(shares)
    b = np.cumsum(a) - a / 2
    y = np.array([forward(v) for v in figures])
    design = np.column_stack([np.sqrt(a), b * np.sqrt(a)])
    (alpha, beta), *_ = np.linalg.lstsq(design, y * np.sqrt(a), rcond=None)
    left = y * np.sqrt(a) - design @ np.array([alpha, beta])
    covariance = np.linalg.inv(design.T @ design) * (left @ left) / (len(y) - 2)
    margin = stats.t.ppf(0.975, len(y) - 2) * math.sqrt(covariance[1, 1])
    return back(alpha), back(alpha + beta), alpha, beta, margin


def same(x):
    return x


def logit(v):
    return math.log(v / (100 - v))


def inverse(y):
    return 100 / (1 + math.exp(-y))


SCALES = [(Scale.LINEAR, same, same), (Scale.LOG, math.log, math.exp), (Scale.LOGIT, logit, inverse)]
FIGURES = st.integers(3, 8).flatmap(
    lambda k: st.tuples(
        st.lists(st.floats(1, 99), min_size=k, max_size=k), st.lists(st.floats(0.05, 1), min_size=k, max_size=k)
    )
)


class TestSlope:
    def test_a_straight_line_by_hand(self):
        # Thirds stand at 1/6, 1/2 and 5/6; 10, 20, 30 rise 10 a third: 5 at the bottom, 35 at the top.
        found = slope_of((10, 20, 30), (1, 1, 1), Scale.LINEAR)
        assert (found.bottom, found.top, found.sii) == pytest.approx((5, 35, 30))
        assert found.rii == pytest.approx(7)
        assert (found.sii_low, found.sii_high) == pytest.approx((30, 30))

    @pytest.mark.parametrize(("scale", "forward", "back"), SCALES)
    @given(data=FIGURES)
    def test_it_is_the_published_procedure(self, scale, forward, back, data):
        figures, shares = data
        bottom, top, *_ = by_the_book(figures, shares, forward, back)
        found = slope_of(figures, shares, scale)
        assert (found.bottom, found.top) == pytest.approx((bottom, top), rel=1e-6, abs=1e-6)
        assert found.sii == pytest.approx(top - bottom, rel=1e-6, abs=1e-6)
        if bottom > 1e-3 and top > 1e-3:
            assert found.rii == pytest.approx((bottom + (top - bottom)) / bottom, rel=1e-5)

    @given(data=FIGURES)
    def test_the_interval_is_that_of_the_regression(self, data):
        figures, shares = data
        *_, beta, margin = by_the_book(figures, shares, same, same)
        found = slope_of(figures, shares, Scale.LINEAR)
        assert (found.sii_low, found.sii_high) == pytest.approx((beta - margin, beta + margin), rel=1e-5, abs=1e-5)

    @given(data=FIGURES, scale=st.sampled_from([Scale.LINEAR, Scale.LOG, Scale.LOGIT]))
    def test_the_interval_holds_the_index(self, data, scale):
        found = slope_of(*data, scale)
        assert found.sii_low <= found.sii + 1e-9
        assert found.sii_high >= found.sii - 1e-9

    @given(data=FIGURES, scale=st.sampled_from([Scale.LINEAR, Scale.LOG, Scale.LOGIT]))
    def test_turning_the_order_round_changes_the_sign(self, data, scale):
        figures, shares = data
        one, other = slope_of(figures, shares, scale), slope_of(figures[::-1], shares[::-1], scale)
        assert one.sii == pytest.approx(-other.sii, abs=1e-7)
        assert (one.bottom, one.top) == pytest.approx((other.top, other.bottom), abs=1e-7)

    @given(data=FIGURES)
    def test_a_share_and_its_complement_have_one_slope(self, data):
        figures, shares = data
        one = slope_of(figures, shares, Scale.LOGIT)
        other = slope_of([100 - v for v in figures], shares, Scale.LOGIT)
        assert one.sii == pytest.approx(-other.sii, abs=1e-7)

    @given(data=FIGURES, factor=st.sampled_from([0.01, 7.0, 1000.0]))
    def test_the_relative_index_does_not_ask_about_the_unit(self, data, factor):
        figures, shares = data
        one = slope_of(figures, shares, Scale.LOG)
        other = slope_of([v * factor for v in figures], shares, Scale.LOG)
        assert one.rii == pytest.approx(other.rii)
        assert other.sii == pytest.approx(one.sii * factor, abs=1e-7 * factor)

    @given(st.floats(1, 99), st.lists(st.floats(0.05, 1), min_size=3, max_size=6))
    def test_equal_figures_have_no_slope(self, value, shares):
        found = slope_of([value] * len(shares), shares, Scale.LOGIT)
        assert found.sii == pytest.approx(0, abs=1e-9)
        assert found.rii == pytest.approx(1)

    def test_a_line_below_nought_has_no_relative_index(self):
        found = slope_of((1, 2, 90), (1, 1, 1), Scale.LINEAR)
        assert found.bottom < 0
        assert found.rii is None

    @pytest.mark.parametrize("freedom", range(1, 11))
    def test_the_percentiles_are_students(self, freedom):
        assert _T_95[freedom - 1] == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-6)

    def test_with_many_groups_the_interval_is_a_little_wide(self):
        assert stats.t.ppf(0.975, 100) < stats.t.ppf(0.975, 11) < _T_95_MORE


class TestJudged:
    FLAT = [60.0] * 8

    def test_a_slope_that_shrinks(self):
        found = judged(range(40, 48), [55.0] * 8, [70.0] * 8)
        assert found.verdict is GapVerdict.SHRINKING
        assert found.slope.sii < found.first.sii
        assert (found.first_period, found.period) == (Period.year(2010), Period.year(2017))
        assert found.figures == (47, 55, 70)
        assert not found.levelling_down

    def test_a_slope_that_grows(self):
        assert judged(range(48, 40, -1), [55.0] * 8, [70.0] * 8).verdict is GapVerdict.WIDENING

    @pytest.mark.parametrize(
        ("direction", "rows", "down"),
        [
            (Direction.HIGHER, ([40.0] * 8, [55.0] * 8, range(80, 72, -1)), True),
            (Direction.HIGHER, (range(80, 72, -1), [55.0] * 8, [40.0] * 8), True),
            (Direction.LOWER, ([40.0] * 8, [55.0] * 8, range(80, 72, -1)), False),
            (Direction.LOWER, (range(40, 48), [55.0] * 8, [80.0] * 8), True),
            (Direction.NEUTRAL, ([40.0] * 8, [55.0] * 8, range(80, 72, -1)), False),
        ],
    )
    def test_levelling_down(self, direction, rows, down):
        found = judged(*rows, contract=indicator(direction))
        assert found.verdict is GapVerdict.SHRINKING
        assert found.levelling_down is down

    def test_ends_that_change_places_get_no_single_word(self):
        found = judged(range(50, 58), [55.0] * 8, range(57, 49, -1))
        assert found.first.sii > 0 > found.slope.sii
        assert found.verdict is GapVerdict.UNDETERMINED

    @pytest.mark.parametrize(
        ("rows", "ordered"),
        [(((40,), (50,), (60,)), True), (((60,), (50,), (40,)), True), (((40,), (70,), (60,)), False)],
    )
    def test_whether_the_groups_stand_in_order(self, rows, ordered):
        assert judged(*rows).in_order is ordered

    def test_only_periods_that_all_have_count(self):
        whole = panel(range(40, 48), [55.0] * 8, [70.0] * 6)
        (found,) = judge_all(whole, {"health": indicator()})[KEY].ordered_gaps
        assert found.period == Period.year(2015)

    def test_one_limit_makes_every_period_linear(self):
        found = judged([0.0] + [10.0] * 7, [55.0] * 8, [70.0] * 8)
        assert (found.slope.scale, found.first.scale) == (Scale.LINEAR, Scale.LINEAR)

    def test_a_limit_before_a_cutting_break_does_not(self):
        contract = indicator(breaks=(Break(Period.year(2012), NOTHING),))
        found = judged([0.0] + [10.0] * 7, [55.0] * 8, [70.0] * 8, contract=contract)
        assert found.slope.scale is Scale.LOGIT
        assert found.first_period == Period.year(2012)

    @pytest.mark.parametrize(
        "unfit",
        [
            order(GROUPS[:2], (0.5, 0.5)),
            order(shares=(0.5, 0.5)),
            order(shares=(0.0, 0.5, 0.5)),
            order((*GROUPS[:2], Group("T", "unknown", NOTHING))),
        ],
    )
    def test_orders_that_cannot_be_computed_are_passed_over(self, unfit):
        whole = panel([40.0], [50.0], [60.0])
        assert steps(whole, KEY, unfit, indicator()) is None
        assert judge_all(whole, {"health": indicator(ordered=unfit)})[KEY].ordered_gaps == ()

    def test_no_shared_period_no_gap(self):
        whole = panel([40.0], [50.0], [60.0])
        key = SeriesKey("health", "18", "T", "long")
        whole[key] = Series.of(key, {Period.year(1990): 1.0})
        assert steps(whole, KEY, order(), indicator()) is None

    def test_both_engines_agree(self):
        whole = panel(range(40, 48), [55.0, 54, 56, 55, 57, 56, 55, 58], range(70, 78))
        fast, plain = (
            judge_all(whole, {"health": indicator()}, fast=choice)[KEY].ordered_gaps[0] for choice in (True, False)
        )
        assert fast.verdict is plain.verdict
        assert fast.trend.p == pytest.approx(plain.trend.p)
