"""Declared events, reversals and runs. All figures here are made up; the arithmetic is in the comments."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.definition import Break, Collection, Direction, Event, Indicator
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import Movement, Size, Verdict
from vagvisare.assessment.path import rounding_step, size
from vagvisare.assessment.shock import run
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Series, SeriesKey

NOTHING = Text("", "")
KEY = SeriesKey("nights", "18")
PANDEMIC = Event("pandemic", 2020, 2021, Text("pandemin", "the pandemic"))


def indicator(unit="number", direction=Direction.HIGHER, breaks=(), smallest=None):
    return Indicator(
        key="nights",
        dataset="nights",
        title=NOTHING,
        subject=NOTHING,
        unit=unit,
        direction=direction,
        collection=Collection.REGISTER,
        definition=NOTHING,
        breaks=breaks,
        smallest_change=smallest,
    )


def series(values, start=2010, key=KEY):
    points = values if isinstance(values, dict) else dict(enumerate(values, start=start))
    return Series.of(key, {(p if isinstance(p, Period) else Period.year(p)): float(v) for p, v in points.items()})


def judged(values, contract=None, nation=None, start=2010, events=(PANDEMIC,)):
    panel = {KEY: series(values, start)}
    if nation is not None:
        panel[KEY.at(NATION)] = series(nation, start, KEY.at(NATION))
    return judge_all(panel, {"nights": contract or indicator()}, events)[KEY]


ZIGZAG = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12]
"""2010–2019: no slope to speak of, and moving ranges of about two: sd = 2 / 1.128 = 1.77."""


class TestShock:
    def test_expected_observed_and_deviation(self):
        # The robust line is flat (the median of 45 slopes is 0) at 11; sd = 2/1.128 = 1.773. Ten years, mean time
        # 2014.5, Σ(t − mean)² = 82.5; 2020 lies 5.5 off: √(1 + 0.1 + 30.25/82.5) = 1.2111.
        # (3 − 11) / (1.773 · 1.2111) = −3.726.
        (shock,) = judged([*ZIGZAG, 3]).shocks
        assert shock.period == Period.year(2020)
        assert (shock.expected, shock.observed) == pytest.approx((11, 3))
        assert shock.deviation == pytest.approx(-3.726, abs=1e-3)
        assert (shock.size, shock.movement) == (Size.SHARP, Movement.FALLING)

    def test_two_standard_deviations_are_worth_saying_and_less_is_not(self):
        # 2 · 1.773 · 1.2111 = 4.29 from 11.
        assert judged([*ZIGZAG, 6.8]).shocks == ()
        (shock,) = judged([*ZIGZAG, 6.6]).shocks
        assert shock.size is Size.PLAIN

    def test_the_largest_stray_of_the_events_years_is_told(self):
        (shock,) = judged([*ZIGZAG, 3, 0]).shocks
        assert shock.period == Period.year(2021)

    def test_a_rise_is_a_shock_too(self):
        (shock,) = judged([*ZIGZAG, 25]).shocks
        assert shock.movement is Movement.RISING

    def test_the_years_after_do_not_vote_on_what_was_expected(self):
        (with_later,) = judged([*ZIGZAG, 3, 3, 30, 30, 30]).shocks
        (alone,) = judged([*ZIGZAG, 3, 3]).shocks
        assert with_later.expected == alone.expected

    def test_five_points_are_needed_before_the_event(self):
        assert judged([*ZIGZAG[:4], -50], start=2016).shocks == ()
        assert judged([*ZIGZAG[:5], -50], start=2015).shocks != ()

    def test_a_series_the_event_did_not_touch_has_no_shock(self):
        assert judged(ZIGZAG).shocks == ()
        assert judged([*ZIGZAG, -50], events=()).shocks == ()
        assert judged([*ZIGZAG, -50], start=2025).shocks == ()

    def test_overlapping_windows_that_share_a_year_count_once(self):
        # Four-year windows 2004–2007 … 2018–2021: before 2020 only four of them are independent.
        windows = {Period(y, y + 3): float(10 + y % 2) for y in range(2004, 2018)}
        assert judged(windows | {Period(2018, 2021): -50.0}).shocks == ()
        # With earlier windows there are five: 1996–1999 … 2016–2019.
        longer = {Period(y, y + 3): float(10 + y % 2) for y in range(1996, 2017)}
        (shock,) = judged(longer | {Period(2018, 2021): -50.0}).shocks
        assert shock.period == Period(2018, 2021)

    def test_figures_before_a_cutting_break_are_not_compared(self):
        contract = indicator(breaks=(Break(Period.year(2017), NOTHING),))
        assert judged([*ZIGZAG, -50], contract).shocks == ()
        drawn_only = indicator(breaks=(Break(Period.year(2017), NOTHING, cuts=False),))
        assert judged([*ZIGZAG, -50], drawn_only).shocks != ()

    def test_a_break_inside_the_event_leaves_out_the_years_after_it(self):
        contract = indicator(breaks=(Break(Period.year(2021), NOTHING),))
        (shock,) = judged([*ZIGZAG, 3, -90], contract).shocks
        assert shock.period == Period.year(2020)
        later = indicator(breaks=(Break(Period.year(2020), NOTHING),))
        assert judged([*ZIGZAG, 3, -90], later).shocks == ()

    def test_a_series_without_noise_is_as_exact_as_its_rounding(self):
        # 96, 96 … has a residual of nought; rounded to whole numbers it may hide one. 97 is one step: no shock.
        assert judged([96] * 10 + [97]).shocks == ()
        (shock,) = judged([96] * 10 + [90]).shocks
        assert shock.deviation == pytest.approx(-6 / 1.2111, abs=1e-3)

    def test_more_than_twenty_per_cent_is_sharp_on_the_log_scale(self):
        # −24 %: fewer than three standard deviations, and yet sharp.
        contract = indicator("companies")
        (shock,) = judged([100, 110, 100, 110, 100, 110, 100, 110, 100, 110, 80], contract).shocks
        assert abs(shock.deviation) < 3
        assert shock.size is Size.SHARP

    def test_a_nought_where_only_positive_figures_were_does_not_stop_the_computation(self):
        (shock,) = judged([100, 110, 100, 110, 100, 110, 0], indicator("companies"), start=2014).shocks
        assert math.isfinite(shock.deviation)
        assert shock.observed == 0

    @pytest.mark.parametrize(
        ("unit", "small", "large"),
        [
            # Shares: one percentage point. 50 is expected.
            ("percent", 50.9, 51.1),
            # Log scale: two per cent of what is expected.
            ("companies", 50.9, 51.1),
        ],
    )
    def test_a_stray_too_small_to_matter_is_not_told_however_quiet_the_series(self, unit, small, large):
        quiet = [50.1, 50.0, 49.9, 50.0, 50.1, 49.9, 50.0, 50.1, 50.0, 49.9]
        assert judged([*quiet, small], indicator(unit)).shocks == ()
        (shock,) = judged([*quiet, large], indicator(unit)).shocks
        assert shock.size is Size.SHARP

    def test_a_declared_smallest_change_is_the_bar(self):
        assert judged([*ZIGZAG, 3], indicator(smallest=8.1)).shocks == ()
        assert judged([*ZIGZAG, 3], indicator(smallest=7.9)).shocks != ()

    def test_a_series_that_had_turned_before_the_event_is_not_the_events_doing(self):
        # Level to 2016, then down: in 2020 far below the line through all years, as it was already in 2019.
        turned = [31, 30, 30, 31, 32, 32, 29, 27, 25]
        assert judged([*turned, 24], start=2011).shocks == ()
        (shock,) = judged([*turned, 17], start=2011).shocks
        assert shock.movement is Movement.FALLING

    def test_a_figure_that_comes_back_to_the_path_is_no_shock(self):
        # In 2019 already far below the line; in 2020 still below, but nearer to it.
        fallen = [10, 12, 10, 12, 10, 12, 10, 12, 10, -30, -20]
        assert judged(fallen).shocks == ()

    def test_the_shock_names_the_first_year_of_its_path(self):
        (shock,) = judged([*ZIGZAG, 3]).shocks
        assert shock.since == Period.year(2010)

    def test_riket_in_the_same_period_stands_beside(self):
        (shock,) = judged([*ZIGZAG, 3], nation=[*ZIGZAG, 3]).shocks
        assert shock.nation_deviation == pytest.approx(shock.deviation)
        (own,) = judged([*ZIGZAG, 3], nation=[*ZIGZAG, 11]).shocks
        assert own.nation_deviation == pytest.approx(0, abs=0.1)
        assert judged([*ZIGZAG, 3]).shocks[0].nation_deviation is None
        assert judged([*ZIGZAG, 3], nation=ZIGZAG).shocks[0].nation_deviation is None

    def test_the_verdict_without_the_events_years_is_told_when_it_differs(self):
        # A steady rise with two broken years at its end.
        rise = [v + 0.1 * (v % 3) for v in range(10)]
        judgement = judged([*rise, -20, -20])
        (shock,) = judgement.shocks
        assert shock.without.verdict is Verdict.IMPROVING
        assert shock.without.window.n == 10
        assert judgement.trend.verdict is not Verdict.IMPROVING
        assert shock.changes_verdict

    def test_the_same_verdict_with_and_without(self):
        rise = [v + 0.1 * (v % 3) for v in range(10)]
        (shock,) = judged([*rise, 5, 11, 12, 13, 14]).shocks
        assert not shock.changes_verdict

    def test_riket_and_municipalities_have_shocks_of_their_own(self):
        panel = {key: series([*ZIGZAG, 3], key=key) for key in (KEY.at(NATION), KEY.at("1880"))}
        found = judge_all(panel, {"nights": indicator()}, (PANDEMIC,))
        assert found[KEY.at(NATION)].shocks[0].nation_deviation is None
        assert found[KEY.at("1880")].shocks[0].nation_deviation is not None

    @given(
        st.lists(st.integers(10, 90), min_size=8, max_size=8, unique=True),
        st.integers(10, 90),
    )
    def test_share_and_complement_stray_alike(self, values, last):
        here = judged([*values, last], indicator("percent"), start=2012).shocks
        rest = judged([100 - v for v in (*values, last)], indicator("percent", Direction.LOWER), start=2012).shocks
        assert len(here) == len(rest)
        for one, other in zip(here, rest, strict=True):
            assert one.deviation == pytest.approx(-other.deviation)
            assert one.size is other.size
            assert one.without.verdict is other.without.verdict


class TestReversal:
    RISE = (0.0, 1.2, 1.9, 3.1, 4.0, 5.1, 5.9, 7.2)
    """2010–2017: one a year, with noise of about 0.15."""

    def test_a_step_back_against_a_significant_trend(self):
        found = judged([*self.RISE, 4.0]).reversal
        assert (found.previous, found.period) == (Period.year(2017), Period.year(2018))
        assert found.change == pytest.approx(-3.2)
        assert found.movement is Movement.FALLING
        assert found.deviation < -3
        assert found.size is Size.SHARP

    def test_the_latest_figure_does_not_vote(self):
        # With the fall included no trend is significant; without it the rise is.
        judgement = judged([0.0, 1.2, 1.9, 3.1, 4.0, -30.0])
        assert judgement.trend.verdict is Verdict.UNDETERMINED
        assert judgement.reversal is not None

    def test_a_small_step_back_within_noise_is_none(self):
        noisy = [0, 4, 1, 6, 4, 9, 6, 11, 8, 13, 10]
        assert judged([*noisy, 9.5]).reversal is None

    def test_a_small_step_back_is_called_small_though_a_large_step_was_expected(self):
        # Ten a year, residuals ±0.5, moving ranges of 1: σ = 1/1.128 = 0.89. The step of −0.5 is 10.5 from the
        # expected ten, and itself smaller than σ.
        values = [0.0, 11.0, 20.0, 31.0, 40.0, 51.0, 60.0, 71.0, 70.5]
        found = judged(values).reversal
        # −10.5 / (√2 · 0.8865) = −8.375.
        assert found.deviation == pytest.approx(-8.375, abs=1e-3)
        assert found.size is Size.SLIGHT

    def test_a_step_back_too_small_to_matter_is_none(self):
        assert judged([*self.RISE, 4.0], indicator(smallest=3.3)).reversal is None
        assert judged([*self.RISE, 4.0], indicator(smallest=3.1)).reversal is not None

    def test_a_smaller_step_forward_is_no_reversal(self):
        assert judged([*self.RISE, 7.3]).reversal is None
        assert judged([*self.RISE, 7.2]).reversal is None

    def test_no_trend_no_reversal(self):
        assert judged([*ZIGZAG, -50]).reversal is None

    def test_four_points_before_are_too_few(self):
        assert judged([0.0, 1.0, 2.0, 3.0, -30.0]).reversal is None

    def test_a_step_across_a_break_is_no_reversal_even_where_the_break_does_not_cut(self):
        def drawn(year):
            return indicator(breaks=(Break(Period.year(year), NOTHING, cuts=False),))

        assert judged([*self.RISE, 4.0], drawn(2018)).reversal is None
        assert judged([*self.RISE, 4.0], drawn(2017)).reversal is not None
        assert judged([*self.RISE, 4.0], drawn(2019)).reversal is not None

    def test_rikets_change_between_the_same_periods_stands_beside(self):
        found = judged([*self.RISE, 4.0], nation=[*self.RISE, 6.2]).reversal
        assert (found.nation_before, found.nation_change) == (7.2, pytest.approx(-1.0))
        alone = judged([*self.RISE, 4.0], nation=self.RISE).reversal
        assert (alone.nation_before, alone.nation_change) == (None, None)
        panel = {KEY.at(NATION): series([*self.RISE, 4.0], key=KEY.at(NATION))}
        assert judge_all(panel, {"nights": indicator()})[KEY.at(NATION)].reversal.nation_change is None

    def test_a_fall_that_turns_upwards(self):
        found = judged([-v for v in (*self.RISE, 4.0)]).reversal
        assert found.movement is Movement.RISING
        assert found.change == pytest.approx(3.2)

    def test_overlapping_windows_are_compared_with_the_last_that_shares_no_year(self):
        windows = {Period(y, y + 3): float(y) for y in range(1990, 2017)}
        found = judged(windows | {Period(2017, 2020): 1990.0}).reversal
        assert found.previous == Period(2013, 2016)

    def test_a_figure_the_scale_cannot_hold_is_not_compared(self):
        assert judged([10, 11, 12, 13, 14, 15, 16, 0], indicator("companies")).reversal is None


class TestRun:
    def test_changes_the_same_way_ending_with_the_latest(self):
        found = run(series([5, 6, 3, 4, 5, 8]), ())
        assert (found.movement, found.length, found.since) == (Movement.RISING, 3, Period.year(2012))

    def test_a_change_of_nought_breaks_the_run(self):
        assert run(series([1, 2, 3, 3]), ()) is None
        assert run(series([1, 2, 2, 3]), ()).length == 1

    def test_one_point_has_no_run(self):
        assert run(series([1]), ()) is None

    def test_a_long_run_is_not_cut_at_fifteen_points(self):
        assert run(series(range(20)), ()).length == 19

    def test_a_run_does_not_cross_a_cutting_break(self):
        rising = series(range(10))
        assert run(rising, (Break(Period.year(2016), NOTHING),)).since == Period.year(2016)
        assert run(rising, (Break(Period.year(2016), NOTHING, cuts=False),)).length == 9
        assert run(rising, (Break(Period.year(2030), NOTHING),)).length == 9

    def test_overlapping_windows_count_only_independent_steps(self):
        windows = {Period(y, y + 3): float(y) for y in range(2000, 2013)}
        # 2000–2003, 2004–2007, 2008–2011, 2012–2015: three steps.
        assert run(series(windows), ()).length == 3

    @given(st.lists(st.integers(0, 5), min_size=2, max_size=12))
    def test_every_step_since_goes_the_same_way_and_the_one_before_does_not(self, values):
        own = series(values)
        found = run(own, ())
        steps = [b - a for a, b in pairwise(values)]
        if found is None:
            assert steps[-1] == 0
            return
        sign = 1 if found.movement is Movement.RISING else -1
        assert all(sign * step > 0 for step in steps[-found.length :])
        assert found.length == len(steps) or sign * steps[-found.length - 1] <= 0


class TestWords:
    def test_size_words_on_the_fixed_scale(self):
        assert [size(d) for d in (0.9, -0.9, 1.0, 3.0, 3.1, -3.1)] == [
            Size.SLIGHT,
            Size.SLIGHT,
            Size.PLAIN,
            Size.PLAIN,
            Size.SHARP,
            Size.SHARP,
        ]
        assert size(1.5, -0.21) is Size.SHARP
        assert size(1.5, 0.20) is Size.PLAIN

    def test_the_rounding_step_is_seen_in_the_figures(self):
        assert rounding_step([96.0, 97.0]) == 1
        assert rounding_step([96.0, 97.5, 97.1]) == 0.1
        assert rounding_step([0.25, 0.1]) == 0.01
        assert rounding_step([1 / 3]) == 0
