"""Undeclared shocks and breaks: found where they are put, seldom where they are not. Synthetic series."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.assessment.closer.candidate import candidates
from vagvisare.assessment.closer.level_shift import PERMUTATIONS, largest_shift, orders
from vagvisare.assessment.closer.values import Rule
from vagvisare.assessment.definition import Break, Collection, Direction, Event, Indicator
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

WORDS = Text("Syntetisk", "Synthetic")
SIGNED = Indicator("made-up", "made-up", WORDS, WORDS, "number", Direction.HIGHER, Collection.REGISTER, WORDS)
SHARE, COUNT = (replace(SIGNED, unit=unit) for unit in ("percent", "companies"))
EVENT = Event("e", 2015, 2016, Text("händelsen", "the event"))
WAVES = [0.31, -0.22, 0.14, -0.43, 0.25, 0.36, -0.17, -0.38, 0.49, 0.05, -0.26, 0.13, -0.34, 0.22, 0.03]


def yearly(values, territory="18", first=2010):
    key = SeriesKey("made-up", territory)
    return Series.of(key, {Period.year(first + i): float(v) for i, v in enumerate(values)})


def look(series, indicator=SIGNED, events=(), nation=None):
    request = TrendRequest(series, indicator.scale, indicator.direction, indicator.bounds, None, indicator.breaks)
    (trend,) = judge_trends([request], fast=False)
    return candidates(series, trend, indicator, events, nation)


def stepped(at, height, n=15, level=50.0):
    return [level + WAVES[i] + (height if i >= at else 0) for i in range(n)]


def spiked(at, height, n=15, level=50.0):
    return [level + WAVES[i] + (height if i == at else 0) for i in range(n)]


@pytest.mark.parametrize("at", [4, 6, 8, 10])
@pytest.mark.parametrize("height", [6.0, -6.0])
def test_a_level_shift_is_found_where_it_is(at, height):
    (found,) = look(yearly(stepped(at, height)))
    assert (found.rule, found.period) == (Rule.LEVEL_SHIFT, Period.year(2010 + at))
    assert found.after - found.before == pytest.approx(height, abs=1.0)
    assert found.before == pytest.approx(50, abs=1.0)
    assert found.p <= 0.05
    assert (found.declared, found.nation) == (None, None)


@pytest.mark.parametrize("at", [0, 5, 14])
@pytest.mark.parametrize("height", [4.0, -4.0])
def test_an_odd_figure_is_found_where_it_is(at, height):
    (found,) = look(yearly(spiked(at, height)))
    assert (found.rule, found.period, found.p) == (Rule.OUTSIDE, Period.year(2010 + at), None)
    assert found.after == 50 + WAVES[at] + height
    assert found.before == pytest.approx(50, abs=0.5)


def test_a_shift_beside_a_trend_is_no_part_of_the_trend():
    rising = [value + 0.8 * i for i, value in enumerate(stepped(8, -7.0))]
    (found,) = look(yearly(rising))
    assert (found.rule, found.period.start) == (Rule.LEVEL_SHIFT, 2018)
    assert found.after - found.before == pytest.approx(-7, abs=1.0)


def test_a_straight_line_and_a_still_one_have_none():
    assert look(yearly([10 + 0.1 * i for i in range(15)])) == ()
    assert look(yearly([10.0] * 15)) == ()
    assert look(yearly([3e5 * 1.02**i for i in range(15)]), COUNT) == ()


def test_a_pair_near_the_limit_is_marked():
    found = look(yearly([*WAVES[:5], 0.2, 1.6, 1.6, *WAVES[8:]]))
    assert [(each.rule, each.period.start) for each in found] == [(Rule.TWO_IN_THREE, 2016)]
    assert found[0].after - found[0].before == pytest.approx(1.6, abs=0.25)
    assert look(yearly([*WAVES[:5], -0.2, 1.5, -0.1, *WAVES[8:]])) == ()


def test_in_short_series_only_a_figure_outside_the_limits():
    assert {each.rule for each in look(yearly(stepped(4, 60.0, n=7)))} <= {Rule.OUTSIDE}
    assert look(yearly(spiked(6, 9.0, n=7)))[0].rule is Rule.OUTSIDE
    assert look(yearly([50, 51, 50, 90])) == ()


def test_what_hardly_matters_is_not_offered():
    steady = [50 + WAVES[i] / 100 + (0.2 if i >= 8 else 0) for i in range(15)]
    assert look(yearly(steady), SHARE) == ()
    assert look(yearly(steady), replace(SHARE, smallest_change=0.1))[0].rule is Rule.LEVEL_SHIFT


def test_what_is_declared_is_marked_and_still_shown():
    (found,) = look(yearly(spiked(5, 4.0)), events=(EVENT,))
    assert found.declared is EVENT
    assert look(yearly(spiked(7, 4.0)), events=(EVENT,))[0].declared is None
    at = Break(Period.year(2018), WORDS, cuts=False)
    broken = replace(SIGNED, breaks=(at,))
    assert look(yearly(stepped(8, 6.0)), broken)[0].declared is at
    assert look(yearly(stepped(7, 6.0)), broken)[0].declared is None


def test_a_break_that_cuts_leaves_nothing_to_find():
    broken = replace(SIGNED, breaks=(Break(Period.year(2016), WORDS),))
    assert look(yearly(stepped(6, 6.0)), broken) == ()


def test_riket_is_asked_for_the_same_kind_in_the_same_period():
    own = yearly(stepped(8, 6.0))
    quiet, same, other_way, later = (
        yearly([20 + v for v in stepped(at, height)], "00") for at, height in [(8, 0.0), (8, 5.0), (8, -5.0), (10, 5.0)]
    )
    assert [look(own, nation=each)[0].nation for each in (quiet, same, other_way, later)] == [False, True, False, False]
    assert look(own, nation=yearly(stepped(8, 6.0)[1:], "00", 2011))[0].nation is None
    assert look(yearly(stepped(8, 6.0), "00"), nation=same)[0].nation is None


def test_windows_that_share_years_are_looked_at_apart():
    shared = Series.of(
        SeriesKey("made-up", "18"), {Period(year, year + 3): 50 + WAVES[year % 15] for year in range(2000, 2022)}
    )
    assert look(shared) == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(100, 1000), min_size=8, max_size=15), st.sampled_from([0.25, 8.0]))
def test_no_unit_changes_what_is_found(values, factor):
    plain, scaled = (
        look(yearly([factor_ * v for v in values]), replace(SIGNED, smallest_change=None)) for factor_ in (1, factor)
    )
    if factor < 1 and any(value % 4 for value in values):
        return  # a quarter has other decimals: the rounding that is allowed for is another
    assert [(each.rule, each.period, each.p) for each in scaled] == [(e.rule, e.period, e.p) for e in plain]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-1000, 1000), min_size=8, max_size=15))
def test_upside_down_the_same_is_found(values):
    plain, turned = look(yearly(values)), look(yearly([-value for value in values]))
    assert [(each.rule, each.period, each.p) for each in plain] == [(e.rule, e.period, e.p) for e in turned]


def ar(rng, n, phi):
    value, out = rng.gauss(0, 1), []
    for _ in range(n):
        out.append(value)
        value = phi * value + math.sqrt(1 - phi * phi) * rng.gauss(0, 1)
    return out


@pytest.mark.parametrize(("phi", "most"), [(0.0, 0.09), (0.3, 0.11), (0.6, 0.2)])
@pytest.mark.parametrize("n", [8, 14])
def test_steady_series_seldom_have_a_candidate(phi, most, n):
    rng, tries = random.Random(5), 160
    assert sum(bool(look(yearly(ar(rng, n, phi)))) for _ in range(tries)) / tries <= most


def test_the_largest_shift_by_brute_force():
    rng, rho = random.Random(2), 0.35

    def whiten(column):
        return np.array([b - rho * a for a, b in pairwise(column)])

    for n in (7, 9, 13):
        times = sorted(rng.sample(range(30), n))
        e = [rng.gauss(0, 1) + 4 * (i >= n // 2) for i in range(n)]
        best = []
        for at in range(3, n - 2):
            step = whiten([float(i >= at) for i in range(n)])
            plain = np.column_stack([np.ones(n - 1), whiten(times)])
            both = np.column_stack([plain, step])
            left = [np.linalg.lstsq(m, whiten(e), rcond=None)[1][0] for m in (plain, both)]
            best.append(1 - left[1] / left[0])
        assert largest_shift(times, e, rho).at == 3 + int(np.argmax(best))


def test_orders_are_the_same_every_time_and_p_is_never_nought():
    assert [order(range(9)) for order in orders(9)][:3] == [order(range(9)) for order in orders.__wrapped__(9)][:3]
    found = largest_shift(range(15), [0.001 * WAVES[i] + 90 * (i >= 7) for i in range(15)], 0.0)
    assert 1 / (PERMUTATIONS + 1) <= found.p <= 0.01
    assert (found.at, largest_shift(range(6), [0, 0, 0, 1, 1, 1], 0.0)) == (7, None)
    assert largest_shift(range(9), [0.0] * 9, 0.3) is None


def test_p_is_spread_evenly_when_nothing_is_there():
    rng = random.Random(8)
    ps = [largest_shift(range(12), ar(rng, 12, 0), 0.0).p for _ in range(200)]
    assert 0.35 < sum(p <= 0.5 for p in ps) / 200 < 0.65
    assert sum(p <= 0.05 for p in ps) / 200 < 0.1
