"""Distances between groups and between municipalities. All figures here are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.definition import Break, Collection, Contrast, Direction, Group, Indicator
from vagvisare.assessment.gap import differences, spreads
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import GapVerdict
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NOTHING = Text("", "")
A, B = Group("T", "Sweden", NOTHING), Group("T", "abroad", NOTHING)
CONTRAST = Contrast(A, B)
KEY = SeriesKey("jobs", "18")


def indicator(direction=Direction.HIGHER, unit="percent", breaks=()):
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


class TestSpread:
    CODES = ("1814", "1860", "1861", "1862", "1863", "1864")

    def found(self, years, county="18"):
        made = [
            Series.of(SeriesKey("jobs", code), {Period.year(y): v for y, v in points.items()})
            for code, points in years.items()
        ]
        return spreads({s.key: s for s in made}).get(SeriesKey("jobs", county))

    def test_lowest_highest_and_median(self):
        spread = self.found({code: {2020: float(n)} for n, code in enumerate(self.CODES)})
        assert spread.lowest == ("1814", 0.0)
        assert spread.highest == ("1864", 5.0)
        assert (spread.median, spread.of) == (2.5, 6)

    def test_the_latest_period_with_five_is_taken(self):
        years = {code: {2019: 1.0, 2020: 2.0, 2021: 3.0} for code in self.CODES}
        years["1860"].pop(2021)
        assert self.found(years).period == Period.year(2021)
        years["1861"].pop(2021)
        assert self.found(years).period == Period.year(2020)

    def test_four_municipalities_are_too_few(self):
        assert self.found({code: {2020: 1.0} for code in self.CODES[:4]}) is None

    def test_equal_figures_name_the_first_code(self):
        spread = self.found({code: {2020: 1.0} for code in self.CODES})
        assert (spread.lowest[0], spread.highest[0]) == ("1814", "1814")

    def test_other_counties_municipalities_and_groups_are_left_out(self):
        made = {code: {2020: 1.0} for code in (*self.CODES[:4], "1980", "1981")}
        assert self.found(made) is None
        women = {SeriesKey("jobs", c, "K"): Series.of(SeriesKey("jobs", c, "K"), {}) for c in self.CODES}
        assert spreads(women) == {}

    def test_it_stands_in_the_countys_judgement(self):
        made = {SeriesKey("jobs", c): float(n) for n, c in enumerate(self.CODES)} | {KEY: 3.0}
        whole = {key: Series.of(key, {Period.year(2020): v}) for key, v in made.items()}
        judged = judge_all(whole, {"jobs": indicator()})
        assert judged[KEY].spread.of == 6
        assert judged[SeriesKey("jobs", "1814")].spread is None
        assert judged[KEY].level.value == pytest.approx(3)
