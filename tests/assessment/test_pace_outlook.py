"""Where the projection stands in the target's year, and the chance of meeting it. All figures here are made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from target_panels import indicator, panel_of, target, years

from vagvisare.assessment.definition import Direction, Milestone, TargetKind
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.outlook.conformal import PROBABILITIES, Calibration, ClassMisses, Horizon
from vagvisare.assessment.outlook.projection import chance, value_at
from vagvisare.terms.series import SeriesKey

KEY = SeriesKey("measure", "18")


def horizon(ahead: int) -> Horizon:
    """Misses that grow with the probability and the years ahead; nothing was measured."""
    misses = tuple(ahead * probability for probability in PROBABILITIES)
    return Horizon(ahead, "all", 100, 20, 5, 5, 0.8, 0.95, 0.7, 0.0, misses)


MADE_UP = Calibration(
    date(2026, 1, 1), "made up", (), (ClassMisses("all", tuple(horizon(ahead) for ahead in range(1, 6))),)
)
GOAL = target(TargetKind.ABSOLUTE, value=70.0, year=2025)
WAVE = [60, 61.2, 60.8, 62.1, 63, 62.6, 64.2, 64.9, 64.4, 66, 66.8, 66.2]


def judgement(values, *aims, calibration=MADE_UP, direction=Direction.HIGHER):
    contract = indicator(targets=aims, direction=direction)
    return judge_all(panel_of({"18": years(values)}), {"measure": contract}, calibration=calibration)[KEY]


def test_it_is_the_projections_own_answer():
    found = judgement(WAVE, GOAL)
    (pace,) = found.paces
    outlook = value_at(found.projection, 2025)
    assert (pace.projected, pace.projected_low, pace.projected_high) == (outlook.value, outlook.low_80, outlook.high_80)
    assert pace.projected_low < pace.projected < pace.projected_high
    assert pace.chance == chance(found.projection, MADE_UP, 70.0, 1, 2025)


def test_a_level_further_off_is_less_likely():
    aims = [target(TargetKind.ABSOLUTE, value=value, year=2025) for value in (60.0, 67.0, 69.0, 75.0, 90.0)]
    chances = [pace.chance for pace in judgement(WAVE, *aims).paces]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.9
    assert chances[-1] < 0.1


def test_no_chance_where_nothing_was_calibrated_or_too_few_points_are_known():
    (pace,) = judgement(WAVE, GOAL, calibration=None).paces
    assert (pace.chance, pace.projected_low) == (None, None)
    assert pace.projected is not None
    (pace,) = judgement(WAVE[:7], target(TargetKind.ABSOLUTE, value=70.0, year=2020)).paces
    assert pace.projected is not None
    assert pace.chance is None
    (pace,) = judgement(WAVE[:4], GOAL).paces
    assert (pace.projected, pace.chance) == (None, None)


@pytest.mark.parametrize("year", [2015, None])
def test_no_outlook_for_a_year_gone_by_or_without_a_year(year):
    (pace,) = judgement(WAVE, target(TargetKind.ABSOLUTE, value=70.0, year=year)).paces
    assert (pace.projected, pace.chance) == (None, None)


def test_floors_with_a_year_increments_and_milestones_have_one():
    floor = target(TargetKind.FLOOR, value=60.0, year=2025)
    more = target(TargetKind.INCREMENT, value=12.0, base_year=2010, year=2026, milestones=(Milestone(2023, 8.0),))
    kept, risen = judgement(WAVE, floor, more).paces
    assert kept.chance > 0.5
    assert risen.projected is not None
    assert risen.milestones[0].chance > risen.chance


@given(st.lists(st.integers(300, 700), min_size=8, max_size=12, unique=True), st.integers(300, 700))
@settings(max_examples=40, deadline=None)
def test_share_and_complement_have_one_chance(values, goal):
    tenths, level = [v / 10 for v in values], goal / 10
    here = judgement(tenths, target(TargetKind.ABSOLUTE, value=level, year=2023))
    there = judgement(
        [100 - v for v in tenths],
        target(TargetKind.ABSOLUTE, value=100 - level, year=2023),
        direction=Direction.LOWER,
    )
    one, other = here.paces[0], there.paces[0]
    assert (one.projected is None) == (other.projected is None)
    if one.projected is not None:
        assert one.projected == pytest.approx(100 - other.projected, abs=1e-6)
        assert one.chance == pytest.approx(other.chance, abs=1e-6)
