"""Which points a trend uses."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.definition import Break
from vagvisare.assessment.window import LONGEST, LONGEST_OVERLAPPING, independent, plan, select, years
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

KEY = SeriesKey("test", "18")
NOTE = Text("Påhittat.", "Made up.")


def years_of(*given_years: int) -> tuple[Period, ...]:
    return tuple(Period.year(y) for y in given_years)


def rolling(first: int, last: int, width: int) -> tuple[Period, ...]:
    return tuple(Period(y, y + width - 1) for y in range(first, last + 1))


periods = st.lists(
    st.builds(lambda start, width: Period(start, start + width), st.integers(1990, 2024), st.integers(0, 5)),
    unique=True,
    max_size=30,
).map(lambda found: tuple(sorted(found)))


def test_single_years_are_all_independent():
    window = plan(years_of(2018, 2019, 2020), ())
    assert window.n == window.effective == 3
    assert not window.overlapping
    assert window.cut_by is None


def test_the_last_fifteen():
    window = plan(years_of(*range(2000, 2025)), ())
    assert window.used == years_of(*range(2010, 2025))
    assert not window.overlapping


def test_overlapping_windows_are_all_used_and_worth_fewer():
    window = plan(rolling(2010, 2015, 2), ())
    assert window.used == rolling(2010, 2015, 2)
    assert window.overlapping
    assert window.effective == pytest.approx(6 / (1 + 2 * (5 / 6) * 0.5))


def test_independent_windows_are_counted_from_the_latest():
    assert independent(rolling(2010, 2015, 2)) == (Period(2011, 2012), Period(2013, 2014), Period(2015, 2016))


def test_windows_side_by_side_are_kept():
    window = plan((Period(2010, 2013), Period(2014, 2017), Period(2018, 2021)), ())
    assert window.n == 3
    assert not window.overlapping


def test_the_last_twenty_five_where_windows_overlap():
    window = plan(rolling(1980, 2022, 2), ())
    assert window.n == LONGEST_OVERLAPPING
    assert window.used[-1] == Period(2022, 2023)


def test_a_single_year_inside_a_window_is_kept_as_the_latest():
    assert independent((Period(2018, 2021), Period.year(2020))) == years_of(2020)


def test_the_latest_break_counts():
    breaks = (Break(Period.year(2012), NOTE), Break(Period.year(2016), NOTE), Break(Period.year(2014), NOTE))
    window = plan(years_of(*range(2010, 2020)), breaks)
    assert window.used[0] == Period.year(2016)
    assert window.cut_by == breaks[1]


def test_a_break_that_does_not_cut():
    window = plan(years_of(*range(2010, 2020)), (Break(Period.year(2016), NOTE, cuts=False),))
    assert window.n == 10
    assert window.cut_by is None


def test_a_break_the_figures_have_not_reached():
    window = plan(years_of(*range(2010, 2020)), (Break(Period.year(2021), NOTE),))
    assert window.n == 10


def test_a_break_in_the_latest_year_leaves_one_point():
    window = plan(years_of(2017, 2018, 2019), (Break(Period.year(2019), NOTE),))
    assert window.used == years_of(2019)


def test_a_break_before_the_figures_cut_nothing():
    window = plan(years_of(2017, 2018, 2019), (Break(Period.year(2010), NOTE),))
    assert window.n == 3
    assert window.cut_by is None


def test_a_window_begun_before_the_break_is_left_out():
    window = plan((Period(2012, 2015), Period(2016, 2019), Period(2020, 2023)), (Break(Period.year(2018), NOTE),))
    assert window.used == (Period(2020, 2023),)


def test_an_empty_series():
    window = select(Series(KEY, (), ()), (Break(Period.year(2019), NOTE),))
    assert window.n == window.effective == 0
    assert years(window) == ()


def test_a_figure_that_is_no_number_is_missing():
    series = Series(KEY, years_of(2018, 2019, 2020), (1.0, float("nan"), float("inf")))
    assert select(series).used == years_of(2018)


def test_time_is_counted_between_middles():
    window = plan((Period(2010, 2013), Period(2014, 2015), Period.year(2020)), ())
    assert years(window) == (0.0, 3.0, 8.5)


@given(periods)
def test_no_year_is_counted_twice(found):
    window = plan(found, ())
    apart = independent(found)
    assert not any(a.overlaps(b) for a, b in combinations(apart, 2))
    assert set(apart) <= set(found)
    assert not found or apart[-1] == found[-1]
    assert set(window.used) <= set(found)
    assert all(a.start < b.start and a.end < b.end for a, b in pairwise(window.used))
    assert window.n <= (LONGEST_OVERLAPPING if window.overlapping else LONGEST)
    assert window.effective <= window.n
    assert window.overlapping == any(a.overlaps(b) for a, b in combinations(window.used, 2))


@given(periods, st.integers(-50, 50))
def test_moving_in_time_moves_the_window(found, shift):
    moved = plan(tuple(Period(p.start + shift, p.end + shift) for p in found), ())
    stays = plan(found, ())
    assert moved.used == tuple(Period(p.start + shift, p.end + shift) for p in stays.used)
    assert years(moved) == pytest.approx(years(stays))
