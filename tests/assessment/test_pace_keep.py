"""Floors, ceilings, increments, milestones, and one pace in two ways of counting. All figures are made up."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from target_panels import judged, one, target, years

from vagvisare.assessment.definition import Break, Direction, Milestone, TargetKind
from vagvisare.assessment.judgement import PaceVerdict
from vagvisare.assessment.targets.milestones import next_due
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

FLOOR, CEILING = target(TargetKind.FLOOR, value=60.0), target(TargetKind.CEILING, value=60.0)
LOWER = Direction.LOWER
REACHED, NOT_REACHED, UNDETERMINED = PaceVerdict.REACHED, PaceVerdict.NOT_REACHED, PaceVerdict.UNDETERMINED
ON_PACE, TOO_SLOW, WRONG_WAY = PaceVerdict.ON_PACE, PaceVerdict.TOO_SLOW, PaceVerdict.WRONG_WAY


class TestKeep:
    def test_on_the_line_is_kept(self):
        values = [64, 62, 66, 61, 65, 60, 63, 60]
        found = one({"18": years(values)}, FLOOR)
        assert (found.verdict, found.broken) == (REACHED, ())
        assert one({"18": years(values)}, CEILING).verdict is REACHED

    def test_every_period_counts_by_its_own_figure(self):
        values = [64, 58, 66, 61, 65, 59.9, 63, 62]
        found = one({"18": years(values)}, FLOOR)
        assert (found.verdict, [p.start for p in found.broken]) == (REACHED, [2011, 2015])
        found = one({"18": years([*values, 59])}, FLOOR)
        assert (found.verdict, [p.start for p in found.broken]) == (NOT_REACHED, [2011, 2015, 2018])

    def test_a_ceiling_is_the_other_way_round_whichever_way_is_better(self):
        values = [56, 62, 54, 59, 55, 60.1]
        for direction in (Direction.HIGHER, LOWER, Direction.NEUTRAL):
            found = one({"18": years(values)}, CEILING, direction=direction)
            assert (found.verdict, [p.start for p in found.broken]) == (NOT_REACHED, [2011, 2015])

    def test_what_came_before_a_break_is_another_measure(self):
        values = [50, 51, 52, 64, 62, 66, 61, 65, 63]
        cut = Break(Period.year(2013), Text("", ""))
        assert one({"18": years(values)}, FLOOR, breaks=(cut,)).broken == ()
        assert len(one({"18": years(values)}, FLOOR).broken) == 3

    def test_a_clear_fall_towards_the_floor_is_a_warning(self):
        found = one({"18": years([80 - 1.5 * k for k in range(12)])}, FLOOR)
        assert found.level_now == pytest.approx(63.5, abs=0.5)
        assert found.verdict is WRONG_WAY
        assert 2022 <= found.crosses <= 2026

    def test_far_from_the_floor_or_going_away_from_it_is_no_warning(self):
        assert one({"18": years([95 - 0.2 * k for k in range(12)])}, FLOOR).verdict is REACHED
        found = one({"18": years([62 + 0.5 * k for k in range(12)])}, FLOOR)
        assert (found.verdict, found.crosses) == (REACHED, None)
        assert one({"18": years([80 - 1.5 * k for k in range(12)])}, CEILING).verdict is NOT_REACHED

    def test_swings_just_above_the_floor_warn_of_nothing(self):
        found = one({"18": years([61, 64, 62, 65, 61, 63, 62, 64, 61.5, 63, 62, 60.5])}, FLOOR)
        assert (found.verdict, found.crosses) == (REACHED, None)

    def test_a_single_figure_is_enough(self):
        assert one({"18": years([61])}, FLOOR).verdict is REACHED
        assert one({"18": years([59])}, FLOOR).broken == (Period.year(2010),)

    def test_without_a_level_nothing_is_said(self):
        assert one({"18": years([61])}, target(TargetKind.FLOOR)).verdict is UNDETERMINED

    @given(st.lists(st.integers(1, 99), min_size=1, max_size=12), st.integers(1, 99))
    @settings(max_examples=60, deadline=None)
    def test_a_floor_under_a_share_is_a_ceiling_over_the_rest(self, values, line):
        here = one({"18": years(values)}, target(TargetKind.FLOOR, value=float(line)))
        rest = {"18": years([100 - v for v in values])}
        there = one(rest, target(TargetKind.CEILING, value=100.0 - line), direction=LOWER)
        assert (here.verdict, here.broken) == (there.verdict, there.broken)

    @given(
        st.lists(st.integers(1, 99), min_size=1, max_size=12), st.integers(1, 99), st.sampled_from([0.001, 0.37, 1e3])
    )
    @settings(max_examples=60, deadline=None)
    def test_the_unit_says_nothing(self, values, line, factor):
        verdicts = [
            one(
                {"18": years([v * size for v in values])},
                target(TargetKind.CEILING, value=line * size),
                unit="companies",
            )
            for size in (1.0, factor)
        ]
        assert verdicts[0].broken == verdicts[1].broken
        assert verdicts[0].verdict is verdicts[1].verdict


class TestIncrement:
    FIVE_MORE = target(TargetKind.INCREMENT, value=5.0, base_year=2010, year=2030)

    def test_so_many_units_from_the_base_year(self):
        # −5 in 2010, one unit a year until 2015: the target is 0, reached already.
        found = one({"18": years(range(-5, 1))}, self.FIVE_MORE, unit="number")
        assert (found.verdict, found.target_value, found.share_of_way) == (REACHED, 0.0, 1.0)

    def test_needed_from_the_line_now(self):
        # From 100 by 0.1 a year: 101 in 2020, and 105 by 2030 needs 0.4 a year.
        found = one({"18": years([100 + 0.1 * k for k in range(11)])}, self.FIVE_MORE, unit="number")
        assert (found.needed, found.achieved, found.ratio) == pytest.approx((0.4, 0.1, 0.25))
        assert (found.verdict, found.share_of_way) == (TOO_SLOW, pytest.approx(0.2))

    def test_a_negative_number_is_a_decrease_whatever_is_better(self):
        less = target(TargetKind.INCREMENT, value=-5.0, base_year=2010, year=2020)
        falling = {"18": years([100 - 0.8 * k for k in range(8)])}
        for direction in (Direction.HIGHER, LOWER, Direction.NEUTRAL):
            assert one(falling, less, unit="number", direction=direction).verdict is REACHED

    def test_without_the_base_year_nothing_is_said(self):
        found = one({"18": years(range(50, 60), start=2011)}, self.FIVE_MORE, unit="number")
        assert (found.verdict, found.target_value, found.needed) == (UNDETERMINED, None, None)

    @given(st.lists(st.integers(100, 900), min_size=6, max_size=12, unique=True), st.integers(5, 90), st.booleans())
    @settings(max_examples=60, deadline=None)
    def test_kilograms_and_tonnes_share_and_complement(self, values, more, share):
        aim = target(TargetKind.INCREMENT, value=float(more), base_year=2010, year=2040)
        tenths = [v / 10 for v in values]
        if share:
            aim = target(TargetKind.INCREMENT, value=more / 10, base_year=2010, year=2040)
            assume(tenths[0] + more / 10 < 99)
            here = one({"18": years(tenths)}, aim)
            mirrored = target(TargetKind.INCREMENT, value=-more / 10, base_year=2010, year=2040)
            there = one({"18": years([100 - v for v in tenths])}, mirrored, direction=LOWER)
        else:
            here = one({"18": years(values)}, aim, unit="tonnes_co2e", direction=LOWER)
            kilos = target(TargetKind.INCREMENT, value=more * 1000.0, base_year=2010, year=2040)
            there = one({"18": years([v * 1000 for v in values])}, kilos, unit="tonnes_co2e", direction=LOWER)
        assume(here.ratio is None or abs(abs(here.ratio) - 1) > 1e-6)
        far = abs(here.level_now - here.target_value) > 1e-6
        assume(far and (share is False or abs(tenths[-1] - here.target_value) > 1e-6))
        assert here.verdict is there.verdict


class TestMilestones:
    AIM = target(
        TargetKind.RELATIVE_TO_BASE,
        value=-60.0,
        base_year=2010,
        year=2030,
        milestones=(Milestone(2025, -40.0), Milestone(2015, -5.0), Milestone(2018, -30.0)),
    )

    def fall(self):
        return {"18": years([100 * 0.98**k for k in range(11)])}

    def found(self, **more):
        return one(self.fall(), self.AIM, unit="companies", direction=LOWER, **more)

    def test_each_is_a_target_of_its_own_in_order_of_year(self):
        stages = self.found().milestones
        # 2015: 100 · 0.98⁵ = 90.4, at most 95; 2018: 85.1, at most 70; 2025: 60 by five years from 81.7.
        assert [stage.target.year for stage in stages] == [2015, 2018, 2025]
        assert [stage.verdict for stage in stages] == [REACHED, NOT_REACHED, TOO_SLOW]
        assert [stage.target_value for stage in stages] == pytest.approx([95, 70, 60])
        assert stages[2].needed == pytest.approx(100 * ((60 / (100 * 0.98**10)) ** (1 / 5) - 1))
        assert all(stage.milestones == () for stage in stages)

    def test_the_next_is_the_first_that_the_figures_have_not_reached(self):
        found = self.found()
        assert next_due(found, Period.year(2020)).target.year == 2025
        assert next_due(found, Period.year(2014)).target.year == 2015
        assert next_due(found, Period.year(2025)) is None
        assert next_due(found, Period(2021, 2024)).target.year == 2025

    def test_the_targets_own_verdict_is_as_without_them(self):
        bare = target(TargetKind.RELATIVE_TO_BASE, value=-60.0, base_year=2010, year=2030)
        with_stages, without = judged(self.fall(), self.AIM, bare, unit="companies", direction=LOWER)
        assert (with_stages.verdict, with_stages.ratio) == (without.verdict, without.ratio)
        assert without.milestones == ()


class TestTwoWays:
    def test_the_way_of_counting_that_is_the_models_own_agrees_with_the_pace(self):
        fall = {"18": years([100 * 0.98**k for k in range(15)])}
        found = one(fall, target(TargetKind.ABSOLUTE, value=40.0, year=2034), unit="companies", direction=LOWER)
        now = 100 * 0.98**14
        # Ten years are left: (40 / 75.4)^(1/10) − 1 = −6.1 % a year, or −3.5 units a year.
        assert found.geometric.needed == pytest.approx(100 * ((40 / now) ** 0.1 - 1))
        assert found.geometric.needed == pytest.approx(found.needed)
        assert found.geometric.achieved == pytest.approx(-2) == pytest.approx(found.achieved)
        assert found.linear.needed == pytest.approx((40 - now) / 10)
        assert found.linear.achieved == pytest.approx(now * math.log(0.98))

    def test_on_a_straight_scale_units_are_the_models_own(self):
        found = one({"18": years(range(-5, 5))}, target(TargetKind.ABSOLUTE, value=10.0, year=2022), unit="number")
        assert (found.linear.needed, found.linear.achieved) == pytest.approx((2, 1))
        assert found.geometric is None

    def test_a_share_of_nothing_has_no_growth(self):
        found = one(
            {"18": years(range(30, 20, -1))}, target(TargetKind.ABSOLUTE, value=0.0, year=2030), direction=LOWER
        )
        assert found.linear.needed == pytest.approx(-21 / 11, rel=0.02)
        assert found.geometric.needed is None

    def test_the_interval_holds_the_achieved(self):
        found = one({"18": years([50, 53, 51, 54, 52, 56, 55, 57])}, target(TargetKind.ABSOLUTE, value=70.0, year=2030))
        for yearly in (found.linear, found.geometric):
            assert yearly.low <= yearly.achieved <= yearly.high
        # On a share the units are percentage points at the level now, which is what the pace itself says.
        assert found.linear.achieved == pytest.approx(found.achieved)

    def test_without_a_trend_there_is_no_pace(self):
        found = one({"18": years([50, 53])}, target(TargetKind.ABSOLUTE, value=70.0, year=2030))
        assert (found.linear, found.geometric) == (None, None)
