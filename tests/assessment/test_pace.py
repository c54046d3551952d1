"""The pace towards a target. All figures here are made up; the arithmetic is worked out in the comments."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vagvisare.assessment.definition import (
    Collection,
    Contrast,
    Direction,
    Group,
    Indicator,
    Target,
    TargetKind,
)
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.judgement import Gap, GapVerdict, PaceVerdict
from vagvisare.assessment.targets.pace import pace
from vagvisare.assessment.targets.surroundings import Surroundings
from vagvisare.assessment.trend import judge_trends
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NOTHING = Text("", "")
KEY = SeriesKey("measure", "18")


def indicator(unit="tonnes_co2e", direction=Direction.LOWER):
    return Indicator(
        key="measure",
        dataset="measure",
        title=NOTHING,
        subject=NOTHING,
        unit=unit,
        direction=direction,
        collection=Collection.REGISTER,
        definition=NOTHING,
    )


def target(kind=TargetKind.ABSOLUTE, **more):
    return Target(kind=kind, wording="", source="made up", **more)


def judged(values, aim, contract=None, start=2010, **more):
    contract = contract or indicator()
    points = values if isinstance(values, dict) else dict(enumerate(values, start=start))
    series = Series.of(KEY, {Period.year(year): value for year, value in points.items()})
    (trend,) = judge_trends([trend_request(series, contract)], fast=False)
    return pace(aim, series, trend, contract, Surroundings(**more))


def falling(rate, years, level=100.0):
    """Figures that change by ``rate`` per cent a year."""
    return [level * (1 + rate / 100) ** step for step in range(years)]


class TestRelativeToBase:
    MINUS_60 = target(TargetKind.RELATIVE_TO_BASE, value=-60.0, base_year=2005, year=2030)

    def test_two_per_cent_a_year_is_too_slow_for_minus_60_by_2030(self):
        # 2005–2024 at −2 % a year: 100 → 68.12. The target is 40, six years away:
        # (40 / 68.12)^(1/6) − 1 = −8.49 % a year. ln 0.98 / ln(0.9151) = 0.2277.
        found = judged(falling(-2, 20), self.MINUS_60, start=2005)
        assert found.verdict is PaceVerdict.TOO_SLOW
        assert found.target_value == pytest.approx(40)
        assert found.level_now == pytest.approx(68.1231, abs=1e-3)
        assert found.needed == pytest.approx(-8.4916, abs=1e-3)
        assert found.achieved == pytest.approx(-2)
        assert found.ratio == pytest.approx(0.22766, abs=1e-4)
        # 31.88 of 60 percentage points are covered.
        assert found.share_of_way == pytest.approx(0.5313, abs=1e-3)

    def test_five_per_cent_a_year_is_enough(self):
        # Needed over the whole way: 0.4^(1/25) − 1 = −3.6 % a year; 5 % is ahead, and not yet there in 2020.
        assert judged(falling(-5, 16), self.MINUS_60, start=2005).verdict is PaceVerdict.ON_PACE

    def test_rising_figures_go_the_wrong_way(self):
        found = judged(falling(2, 16), self.MINUS_60, start=2005)
        assert found.verdict is PaceVerdict.WRONG_WAY
        assert found.share_of_way < 0
        assert found.ratio < 0

    def test_reached(self):
        assert judged(falling(-7, 16), self.MINUS_60, start=2005).verdict is PaceVerdict.REACHED

    def test_without_a_figure_for_the_base_year_nothing_is_said(self):
        found = judged(falling(-2, 15), self.MINUS_60, start=2006)
        assert found.verdict is PaceVerdict.UNDETERMINED
        assert (found.target_value, found.needed, found.achieved, found.ratio) == (None, None, None, None)

    def test_noise_around_a_slow_fall_still_tells_that_it_is_too_slow(self):
        # No significant trend, but the whole interval lies far from −8 % a year: too slow even so.
        shaky = [100, 101, 99, 102, 98, 101, 100, 99, 102, 98, 100, 101, 99, 100]
        found = judged(shaky, self.MINUS_60, start=2005)
        assert found.achieved_low < 0 < found.achieved_high
        assert found.verdict is PaceVerdict.TOO_SLOW

    def test_an_interval_on_both_sides_of_the_needed_pace_decides_nothing(self):
        # Needed: (40 / about 60) over ten years, some −4 % a year; the fall is −3.5 % with large swings.
        swings = [1.0, 1.12, 0.9, 1.1, 0.92, 1.08, 0.9, 1.13, 0.94, 1.1, 0.88, 1.05, 0.95, 1.0, 1.05, 0.97]
        shaky = [v * s for v, s in zip(falling(-3.5, 16), swings, strict=True)]
        found = judged(shaky, self.MINUS_60, start=2005)
        assert found.achieved_low < found.needed < found.achieved_high
        assert found.verdict is PaceVerdict.UNDETERMINED

    def test_every_figure_the_same_is_too_slow(self):
        assert judged([100.0] * 15, self.MINUS_60, start=2005).verdict is PaceVerdict.TOO_SLOW


class TestAbsolute:
    @pytest.mark.parametrize("rate", [-1, -2, -3, -4, -7])
    def test_exactly_on_the_path_is_on_pace(self, rate):
        goal = 100 * (1 + rate / 100) ** 20
        found = judged(falling(rate, 15), target(value=goal, year=2030))
        assert found.verdict is PaceVerdict.ON_PACE
        assert found.ratio == pytest.approx(1)

    @pytest.mark.parametrize("base", [13.0, 65.0, 65.7, 1900170.58])
    def test_exactly_at_the_target_is_reached(self, base):
        # −60 % of 65 is 26; in floating point the target comes out as 26.000000000000004 or 25.999999999999996.
        figures = {2005: base} | dict.fromkeys(range(2015, 2025), float(f"{base * 0.4:.12g}"))
        aim = target(TargetKind.RELATIVE_TO_BASE, value=-60.0, base_year=2005, year=2030)
        assert judged(figures, aim).verdict is PaceVerdict.REACHED

    def test_a_figure_that_stands_still_has_a_ratio_of_plain_nought(self):
        found = judged([20.6] * 6, target(value=20.5, year=2030), indicator("percent"))
        assert (found.verdict, str(found.ratio)) == (PaceVerdict.TOO_SLOW, "0.0")

    def test_percentage_points_a_year_on_shares(self):
        # 70 … 79 in ten years; 85 by 2024 from 79 in 2019 is 6 in 5 years = 1.2 percentage points a year.
        contract = indicator("percent", Direction.HIGHER)
        found = judged([float(v) for v in range(70, 80)], target(value=85.0, year=2024), contract)
        assert found.needed == pytest.approx(1.2, abs=0.05)
        assert found.achieved == pytest.approx(0.9, abs=0.15)
        assert found.share_of_way is None

    def test_units_a_year_on_the_linear_scale(self):
        # −5, −4 … 4: one unit a year; 10 by 2022 from 4 in 2019 is 2 units a year.
        contract = indicator("number", Direction.HIGHER)
        found = judged([float(v) for v in range(-5, 5)], target(value=10.0, year=2022), contract)
        assert (found.needed, found.achieved, found.ratio) == pytest.approx((2, 1, 0.5))
        assert found.verdict is PaceVerdict.TOO_SLOW

    def test_share_of_way_needs_a_base(self):
        # From −5 (2010) to 10 is 15 units; 4 in 2019 is 9 of them.
        contract = indicator("number", Direction.HIGHER)
        aim = target(value=10.0, base_year=2010, year=2022)
        assert judged([float(v) for v in range(-5, 5)], aim, contract).share_of_way == pytest.approx(0.6)

    def test_one_lucky_year_does_not_reach_a_target(self):
        # The fit ends near 81; only the latest figure is below 60.
        values = [*falling(-2, 12), 59.0]
        found = judged(values, target(value=60.0, year=2030))
        assert found.level_now > 60
        assert found.verdict is not PaceVerdict.REACHED

    def test_one_unlucky_year_does_not_make_a_pace_out_of_no_distance(self):
        values = [*falling(-5, 12), 70.0]
        found = judged(values, target(value=60.0, year=2030))
        assert found.level_now < 60
        assert found.verdict is PaceVerdict.UNDETERMINED

    def test_without_a_year_level_alone_decides(self):
        assert judged(falling(-2, 12), target(value=85.0)).verdict is PaceVerdict.REACHED
        assert judged(falling(-2, 12), target(value=50.0)).verdict is PaceVerdict.NOT_REACHED
        assert judged([*falling(-2, 12), 59.0], target(value=60.0)).verdict is PaceVerdict.UNDETERMINED
        assert judged(falling(-2, 12), target(value=50.0)).needed is None

    def test_when_the_year_has_come_its_figure_decides(self):
        down = {2015: 100.0, 2016: 98.0, 2017: 97.0, 2018: 95.0, 2019: 94.0, 2020: 90.0, 2021: 99.0}
        assert judged(down, target(value=90.0, year=2020)).verdict is PaceVerdict.REACHED
        assert judged(down, target(value=89.0, year=2020)).verdict is PaceVerdict.NOT_REACHED
        assert judged(down, target(value=90.0, year=2021)).verdict is PaceVerdict.NOT_REACHED
        assert judged(down, target(value=89.0, year=2020)).needed is None

    def test_too_few_points_say_only_what_the_level_says(self):
        few = [50.0, 49.0, 48.0]
        assert judged(few, target(value=40.0, year=2030)).verdict is PaceVerdict.UNDETERMINED
        assert judged(few, target(value=48.0, year=2030)).verdict is PaceVerdict.REACHED
        assert judged(few, target(value=40.0, year=2012)).verdict is PaceVerdict.NOT_REACHED
        found = judged(few, target(value=40.0, year=2030))
        assert (found.level_now, found.achieved, found.ratio) == (48.0, None, None)

    def test_a_target_of_nought_is_judged_without_inventing_a_small_number(self):
        # On a log scale nought is infinitely far away. Level 82 (2019), eleven years: 1/11 of the level, 9.1 % a year.
        found = judged(falling(-2, 10), target(value=0.0, year=2030))
        assert found.verdict is PaceVerdict.TOO_SLOW
        assert found.needed == pytest.approx(-100 / 11)
        # The slope on the log scale is ln 0.98 = −2.02 %, taken as a straight line from the level now.
        assert found.achieved == pytest.approx(100 * math.log(0.98))

    def test_a_target_of_all_is_judged_along_a_straight_line(self):
        contract = indicator("percent", Direction.HIGHER)
        found = judged([float(v) for v in range(70, 80)], target(value=100.0, year=2029), contract)
        assert found.needed == pytest.approx(2.1, abs=0.05)
        assert found.verdict is PaceVerdict.TOO_SLOW

    def test_neutral_indicators_take_the_way_from_the_start_of_the_window(self):
        contract = indicator("persons", Direction.NEUTRAL)
        rising = falling(1, 12, 1000.0)
        assert judged(rising, target(value=1050.0, year=2040), contract).verdict is PaceVerdict.REACHED
        assert judged(rising, target(value=900.0, year=2040), contract).verdict is PaceVerdict.WRONG_WAY

    def test_a_target_without_a_value_says_nothing(self):
        assert judged(falling(-2, 12), target(year=2030)).verdict is PaceVerdict.UNDETERMINED

    @given(
        st.lists(st.floats(1, 99), min_size=5, max_size=12, unique=True),
        st.floats(1, 99),
        st.integers(2025, 2040),
    )
    def test_share_and_complement_have_one_pace(self, values, goal, year):
        found = judged(values, target(value=goal, year=year), indicator("percent", Direction.HIGHER))
        rest = judged(
            [100 - v for v in values],
            target(value=100 - goal, year=year),
            indicator("percent", Direction.LOWER),
        )
        clear = abs(found.level_now - goal) > 1e-6 and abs(values[-1] - goal) > 1e-6
        assume(clear and (found.ratio is None or abs(abs(found.ratio) - 1) > 1e-6))
        assert found.verdict is rest.verdict
        assert found.ratio == pytest.approx(rest.ratio, rel=1e-6, abs=1e-6)
        assert found.needed == pytest.approx(-rest.needed, rel=1e-6, abs=1e-6)

    @given(
        st.lists(st.floats(1, 1000), min_size=5, max_size=12, unique=True),
        st.floats(1, 1000),
        st.sampled_from([0.001, 0.37, 12.0, 1e6]),
    )
    def test_pace_does_not_depend_on_the_unit(self, values, goal, factor):
        here = judged(values, target(value=goal, year=2030))
        there = judged([v * factor for v in values], target(value=goal * factor, year=2030))
        assume(abs(here.level_now - goal) > 1e-6 * goal and abs(values[-1] - goal) > 1e-6 * goal)
        assume(here.ratio is None or abs(here.ratio) < 1e6)
        assert here.verdict is there.verdict
        assert here.needed == pytest.approx(there.needed, rel=1e-6, abs=1e-6)
        assert here.achieved == pytest.approx(there.achieved, rel=1e-6, abs=1e-6)


class TestDirection:
    def test_the_verdicts_words(self):
        aim = target(TargetKind.DIRECTION)
        assert judged(falling(-2, 12), aim).verdict is PaceVerdict.RIGHT_WAY
        assert judged(falling(2, 12), aim).verdict is PaceVerdict.WRONG_WAY
        assert judged([100.0] * 12, aim).verdict is PaceVerdict.NOT_REACHED
        assert judged([50.0, 80.0, 40.0, 90.0, 60.0], aim).verdict is PaceVerdict.UNDETERMINED

    def test_the_trends_change_a_year_is_told(self):
        found = judged(falling(-2, 12), target(TargetKind.DIRECTION))
        assert found.achieved == pytest.approx(-2)
        assert found.needed is None

    def test_too_few_points_have_a_level_only(self):
        found = judged([5.0, 6.0], target(TargetKind.DIRECTION))
        assert (found.verdict, found.level_now, found.achieved) == (PaceVerdict.UNDETERMINED, 6.0, None)


class TestPeers:
    AIM = target(TargetKind.ABOVE_PEERS, peers=("19", "07", "18"))
    HIGHER = indicator("companies_per_1000", Direction.HIGHER)

    def among(self, others, contract=HIGHER, aim=AIM):
        return judged([7.0, 8.0], aim, contract, others=others)

    def test_reached_only_when_better_than_every_peer(self):
        found = self.among({"19": 7.5, "07": 6.0})
        assert (found.verdict, found.target_value, found.beaten) == (PaceVerdict.REACHED, 7.5, ("19", "07"))

    def test_a_tie_is_not_better(self):
        found = self.among({"19": 8.0, "07": 6.0})
        assert (found.verdict, found.beaten) == (PaceVerdict.NOT_REACHED, ("07",))

    def test_a_missing_peer_leaves_it_open(self):
        found = self.among({"19": 7.5})
        assert (found.verdict, found.beaten) == (PaceVerdict.UNDETERMINED, ("19",))
        assert self.among({}).verdict is PaceVerdict.UNDETERMINED
        assert judged([7.0], self.AIM, self.HIGHER).verdict is PaceVerdict.UNDETERMINED

    def test_lower_is_better_where_the_contract_says_so(self):
        found = self.among({"19": 9.0, "07": 8.5}, indicator())
        assert (found.verdict, found.target_value) == (PaceVerdict.REACHED, 8.5)

    def test_a_neutral_quantity_has_no_better(self):
        found = self.among({"19": 9.0, "07": 8.5}, indicator(direction=Direction.NEUTRAL))
        assert found.verdict is PaceVerdict.UNDETERMINED


class TestGap:
    WOMEN, MEN = Group("K", "", Text("kvinnor", "women")), Group("M", "", Text("män", "men"))

    def gap(self, verdict):
        (trend,) = judge_trends([trend_request(Series.of(KEY, {Period.year(2020): 1.0}), indicator())])
        year = Period.year(2020)
        return Gap(Contrast(self.WOMEN, self.MEN), year, 1.0, 2.0, -1.0, year, -1.0, trend, verdict, False)

    @pytest.mark.parametrize(
        ("verdict", "word"),
        [
            (GapVerdict.SHRINKING, PaceVerdict.RIGHT_WAY),
            (GapVerdict.WIDENING, PaceVerdict.WRONG_WAY),
            (GapVerdict.UNCHANGED, PaceVerdict.NOT_REACHED),
            (GapVerdict.UNDETERMINED, PaceVerdict.UNDETERMINED),
        ],
    )
    def test_the_gaps_verdict_is_the_targets(self, verdict, word):
        aim = target(TargetKind.GAP_SHRINKS, groups=("M/", "K/"))
        assert judged([1.0, 2.0], aim, gaps=[self.gap(verdict)]).verdict is word

    def test_groups_may_be_named(self):
        aim = target(TargetKind.GAP_SHRINKS, groups=("kvinnor", "män"))
        assert judged([1.0], aim, gaps=[self.gap(GapVerdict.SHRINKING)]).verdict is PaceVerdict.RIGHT_WAY

    def test_other_groups_say_nothing(self):
        for groups in (("K/", "T/"), None):
            aim = target(TargetKind.GAP_SHRINKS, groups=groups)
            assert judged([1.0], aim, gaps=[self.gap(GapVerdict.SHRINKING)]).verdict is PaceVerdict.UNDETERMINED
