"""Distances between groups and between municipalities. All figures here are made up."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.definition import Break, Collection, Contrast, Direction, Group, Indicator
from vagvisare.assessment.gaps.gap import differences, relatives
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import GapVerdict
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NOTHING = Text("", "")
A, B = Group("T", "Sweden", NOTHING), Group("T", "abroad", NOTHING)
CONTRAST = Contrast(A, B)
KEY = SeriesKey("jobs", "18")


def indicator(direction=Direction.HIGHER, unit="percent", breaks=(), limits=None):
    return Indicator(
        key="jobs",
        dataset="jobs",
        title=NOTHING,
        subject=NOTHING,
        unit=unit,
        direction=direction,
        collection=Collection.REGISTER,
        definition=NOTHING,
        contrasts=(CONTRAST,),
        breaks=breaks,
        limits=limits,
    )


def panel(a, b, start=2010):
    def series(group, values):
        key = SeriesKey("jobs", "18", group.sex, group.background)
        points = values if isinstance(values, dict) else dict(enumerate(values, start=start))
        return Series.of(key, {Period.year(y): float(v) for y, v in points.items()})

    made = [series(A, a), series(B, b), Series.of(KEY, {Period.year(2010): 50.0})]
    return {s.key: s for s in made}


def gap(a, b, contract=None, start=2010):
    judged = judge_all(panel(a, b, start), {"jobs": contract or indicator()})
    (found,) = judged[KEY].gaps
    return found


def test_a_shrinking_gap_is_a_minus_b_then_and_now():
    # 80 − 60 = 20 in 2010 down to 80 − 69 = 11 in 2019.
    found = gap([80] * 10, range(60, 70))
    assert found.verdict is GapVerdict.SHRINKING
    assert (found.a, found.b, found.difference, found.first_difference) == (80, 69, 11, 20)
    assert (found.first_period, found.period) == (Period.year(2010), Period.year(2019))
    assert not found.levelling_down


def test_a_widening_gap():
    assert gap(range(80, 90), [60] * 10).verdict is GapVerdict.WIDENING


def test_an_unchanged_gap_needs_less_than_one_percentage_point():
    found = gap([80.0 + 0.01 * (y % 2) for y in range(12)], [60.0] * 12)
    assert found.verdict is GapVerdict.UNCHANGED


def test_noise_is_undetermined():
    assert gap([80, 70, 85, 72, 81, 69, 84, 75], [60] * 8).verdict is GapVerdict.UNDETERMINED


def test_negative_differences_shrink_by_their_size():
    # The contrast is declared the other way round: −20 → −11 is a shrinking gap all the same.
    found = gap(range(60, 70), [80] * 10)
    assert (found.verdict, found.difference) == (GapVerdict.SHRINKING, -11)


def test_groups_that_change_places_get_no_single_word():
    found = gap([60, 62, 64, 66, 68, 70, 72, 74], [67] * 8)
    assert found.verdict is GapVerdict.UNDETERMINED
    assert found.first_difference < 0 < found.difference


def test_meeting_exactly_is_not_changing_places():
    assert gap([76, 75, 74, 73, 72, 71, 70, 70], [70] * 8).verdict is GapVerdict.SHRINKING


def test_levelling_down_is_a_gap_that_shrinks_because_the_better_off_get_worse():
    assert gap(range(80, 70, -1), [60] * 10).levelling_down


def test_who_is_better_off_follows_the_direction():
    # Lower is better and b is lower: b is better off, and b rises (worsens) towards a.
    assert gap([80] * 10, range(60, 70), indicator(Direction.LOWER)).levelling_down
    # a falls (improves) towards b: no levelling down.
    assert not gap(range(80, 70, -1), [60] * 10, indicator(Direction.LOWER)).levelling_down


def test_only_shared_periods_count():
    found = gap({2010: 80, 2011: 79, 2013: 77}, {2011: 60, 2012: 61, 2013: 62})
    assert (found.first_period, found.period) == (Period.year(2011), Period.year(2013))
    assert (found.difference, found.verdict) == (15, GapVerdict.UNDETERMINED)


def test_the_window_starts_at_a_cutting_break():
    contract = indicator(breaks=(Break(Period.year(2015), NOTHING),))
    found = gap([90] * 5 + [80] * 6, [60] * 11, contract)
    assert (found.first_period, found.first_difference) == (Period.year(2015), 20)


def test_no_gap_without_both_groups_or_a_shared_period():
    whole = panel([80], [60])
    del whole[SeriesKey("jobs", "18", "T", "abroad")]
    assert judge_all(whole, {"jobs": indicator()})[KEY].gaps == ()
    assert differences(panel({2010: 1}, {2011: 1}), KEY, CONTRAST) is None


def test_gaps_in_quantities_on_a_log_scale_are_never_called_unchanged_within_noise():
    # Two per cent would be the smallest change of the quantity; of a difference it means nothing.
    found = gap([100.0 + 0.01 * (y % 2) for y in range(12)], [50.0] * 12, indicator(unit="companies"))
    assert found.verdict is GapVerdict.UNDETERMINED


@given(st.lists(st.integers(40, 60), min_size=8, max_size=8), st.lists(st.integers(61, 90), min_size=8, max_size=8))
def test_swapping_the_groups_changes_the_sign_and_nothing_else(low, high):
    one, other = gap(high, low), gap(low, high)
    assert one.verdict is other.verdict
    assert one.difference == -other.difference
    assert one.levelling_down is other.levelling_down


class TestLevellingDown:
    """Who was ahead is decided by the whole window, whichever way is better and however many get worse."""

    @pytest.mark.parametrize(
        ("direction", "a", "b", "down", "both"),
        [
            # Higher is better: the upper group falls towards the lower.
            (Direction.HIGHER, range(80, 70, -1), [60] * 10, True, False),
            (Direction.HIGHER, [60] * 10, range(80, 70, -1), True, False),
            # The lower group rises towards the upper: nobody is worse off.
            (Direction.HIGHER, [80] * 10, range(60, 70), False, False),
            (Direction.HIGHER, range(60, 70), [80] * 10, False, False),
            # Lower is better: the same figures mean the opposite.
            (Direction.LOWER, range(80, 70, -1), [60] * 10, False, False),
            (Direction.LOWER, [80] * 10, range(60, 70), True, False),
            (Direction.LOWER, range(60, 70), [80] * 10, True, False),
            # Both get worse, the better-off faster.
            (Direction.HIGHER, range(80, 60, -2), range(60, 50, -1), True, True),
            (Direction.LOWER, range(30, 40), range(10, 30, 2), True, True),
            # Both get better: not levelling down, whoever is faster.
            (Direction.HIGHER, range(80, 90), range(60, 80, 2), False, False),
            # Nobody has said which way is better.
            (Direction.NEUTRAL, range(80, 70, -1), [60] * 10, False, False),
        ],
    )
    def test_every_combination(self, direction, a, b, down, both):
        found = gap(a, b, indicator(direction))
        assert found.verdict is GapVerdict.SHRINKING
        assert (found.levelling_down, found.both_worsen) == (down, both)

    def test_groups_that_have_just_met_are_judged_by_who_was_ahead(self):
        # b falls until it meets a in the latest year: the difference is then nought, and b was the better off.
        found = gap([70] * 8, [76, 75, 74, 73, 72, 71, 70, 70])
        assert found.difference == 0
        assert found.ahead == B
        assert found.levelling_down

    def test_a_gap_that_grows_because_both_get_worse_is_not_levelling_down(self):
        found = gap(range(80, 70, -1), range(60, 40, -2))
        assert (found.verdict, found.levelling_down, found.both_worsen) == (GapVerdict.WIDENING, False, False)

    @pytest.mark.parametrize(("direction", "ahead"), [(Direction.HIGHER, A), (Direction.LOWER, B)])
    def test_the_group_ahead(self, direction, ahead):
        assert gap([80] * 8, [60] * 8, indicator(direction)).ahead == ahead

    def test_nobody_is_ahead_where_they_change_places_or_nobody_has_said(self):
        assert gap([60, 62, 64, 66, 68, 70, 72, 74], [67] * 8).ahead is None
        assert gap([80] * 8, [60] * 8, indicator(Direction.NEUTRAL)).ahead is None

    @given(
        st.lists(st.integers(1, 99), min_size=8, max_size=8),
        st.lists(st.integers(1, 99), min_size=8, max_size=8),
        st.sampled_from([Direction.HIGHER, Direction.LOWER]),
    )
    def test_it_is_as_its_definition_says(self, a, b, direction):
        """Recomputed from the gap and the groups' own verdicts: shrinking, and the one always ahead gets worse."""
        contract = indicator(direction)
        judged = judge_all(panel(a, b), {"jobs": contract})
        (found,) = judged[KEY].gaps
        own = {g: judged[SeriesKey("jobs", "18", g.sex, g.background)].trend.verdict.value for g in (A, B)}
        signs = {math.copysign(1, x - y) * direction for x, y in zip(a, b, strict=True) if x != y}
        ahead = {1: A, -1: B}.get(next(iter(signs))) if len(signs) == 1 else None
        expected = found.verdict is GapVerdict.SHRINKING and ahead is not None and own[ahead] == "försämras"
        assert found.levelling_down is expected
        assert not found.both_worsen or (own[A], own[B]) == ("försämras", "försämras")

    @given(st.lists(st.integers(20, 80), min_size=8, max_size=8), st.lists(st.integers(20, 80), min_size=8, max_size=8))
    def test_a_share_and_its_complement_tell_the_same_story(self, a, b):
        """A share that should rise and what is left of it, which should fall, are the same fact."""
        one = gap(a, b)
        other = gap([100 - v for v in a], [100 - v for v in b], indicator(Direction.LOWER))
        assert (one.verdict, one.relative_verdict) == (other.verdict, other.relative_verdict)
        assert (one.levelling_down, one.both_worsen, one.ahead) == (
            other.levelling_down,
            other.both_worsen,
            other.ahead,
        )


class TestRelative:
    def test_the_ratio_is_a_over_b(self):
        found = gap([100 * 1.1**k for k in range(8)], [50 * 1.1**k for k in range(8)], indicator(unit="companies"))
        assert found.ratio == pytest.approx(2)
        assert found.first_ratio == pytest.approx(2)

    def test_the_same_ratio_is_an_unchanged_relative_gap_though_the_distance_grows(self):
        found = gap([100 * 1.1**k for k in range(8)], [50 * 1.1**k for k in range(8)], indicator(unit="companies"))
        assert (found.verdict, found.relative_verdict) == (GapVerdict.WIDENING, GapVerdict.UNCHANGED)

    def test_a_distance_that_shrinks_can_be_a_ratio_that_grows(self):
        # 40 and 20, down to 12 and 4: 20 apart becomes 8 apart, twice as many becomes three times as many.
        a = [40, 36, 32, 28, 24, 20, 16, 12]
        b = [20, 17.5, 15.2, 12.8, 10.6, 8.4, 6.2, 4]
        found = gap(a, b, indicator(Direction.LOWER, unit="companies_per_1000"))
        assert (found.verdict, found.relative_verdict) == (GapVerdict.SHRINKING, GapVerdict.WIDENING)
        assert found.ratio == pytest.approx(3)

    def test_shares_are_held_on_the_odds(self):
        a, b = [90.0] * 8, [80.0 - k for k in range(8)]
        apart = relatives(panel(a, b), differences(panel(a, b), KEY, CONTRAST), CONTRAST, indicator())
        expected = [math.log((x / (100 - x)) / (y / (100 - y))) for x, y in zip(a, b, strict=True)]
        assert apart.values == pytest.approx(expected)

    def test_declared_limits_are_the_limits_of_the_odds(self):
        a, b = [3.0] * 6, [2.0] * 6
        contract = indicator(limits=(1.0, 5.0))
        apart = relatives(panel(a, b), differences(panel(a, b), KEY, CONTRAST), CONTRAST, contract)
        assert apart.values == pytest.approx([math.log((2 / 2) / (1 / 3))] * 6)

    @pytest.mark.parametrize(("unit", "value"), [("percent", 0.0), ("percent", 100.0), ("companies", 0.0)])
    def test_a_figure_on_the_limit_has_no_relative_gap(self, unit, value):
        found = gap([50] * 7 + [value], [40] * 8, indicator(unit=unit))
        assert found.relative is None
        assert found.relative_verdict is None

    def test_a_figure_on_the_limit_before_a_cutting_break_does_not_count(self):
        contract = indicator(breaks=(Break(Period.year(2012), NOTHING),))
        assert gap([0, 50] + [50] * 6, [40] * 8, contract).relative is not None

    def test_units_that_can_be_negative_have_none(self):
        found = gap([5] * 8, [4] * 8, indicator(unit="number"))
        assert (found.ratio, found.relative) == (None, None)

    @given(
        st.lists(st.floats(1, 1e6), min_size=8, max_size=8),
        st.lists(st.floats(1, 1e6), min_size=8, max_size=8),
        st.sampled_from([0.001, 1000.0]),
    )
    def test_it_does_not_ask_about_the_unit(self, a, b, scale):
        one = gap(a, b, indicator(unit="companies"))
        other = gap([v * scale for v in a], [v * scale for v in b], indicator(unit="companies"))
        assert one.ratio == pytest.approx(other.ratio)
        assert one.relative.slope == pytest.approx(other.relative.slope, rel=1e-6, abs=1e-9)

    def test_fewer_than_two_per_cent_of_the_ratio_do_not_matter(self):
        steady = [2.0 + 0.0001 * (k % 2) for k in range(12)]
        found = gap([100 * r for r in steady], [100.0] * 12, indicator(unit="companies"))
        assert found.relative_verdict is GapVerdict.UNCHANGED
