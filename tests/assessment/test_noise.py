"""Noise in the latest change: intervals by what is known, and the process's own. Synthetic figures."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vagvisare.assessment.closer.intervals import byar, student, wilson
from vagvisare.assessment.closer.noise import interval, noise
from vagvisare.assessment.closer.values import Interval
from vagvisare.assessment.definition import Break, Collection, Direction, Indicator
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import Sampling
from vagvisare.terms.series import Series, SeriesKey

WORDS = Text("Syntetisk", "Synthetic")
KEY = SeriesKey("made-up", "18")
SHARE = Indicator("made-up", "made-up", WORDS, WORDS, "percent", Direction.HIGHER, Collection.SURVEY, WORDS)
COUNT, RATE, SIGNED = (replace(SHARE, unit=unit) for unit in ("companies", "companies_per_1000", "number"))
NO = {}


def yearly(values, first=2010, step=1):
    return Series.of(KEY, {Period.year(first + step * i): v for i, v in enumerate(values)})


def judged(series, indicator=SHARE):
    request = TrendRequest(series, indicator.scale, indicator.direction, indicator.bounds, None, indicator.breaks)
    return judge_trends([request], fast=False)[0]


def look(series, indicator=SHARE, known=None):
    samples = {KEY: {Period.year(year): said for year, said in known.items()}} if known else NO
    return noise(series, judged(series, indicator), indicator, samples)


@pytest.mark.parametrize(
    ("indicator", "value", "known", "source", "expected"),
    [
        (SHARE, 62.0, Sampling(low=60, high=65, se=9, n=4, count=2), Interval.GIVEN, (60, 65)),
        (SHARE, 62.0, Sampling(se=1.0, n=4), Interval.STANDARD_ERROR, (60.04, 63.96)),
        (SHARE, 65.0, Sampling(n=100), Interval.WILSON, (55.2544, 73.6358)),
        (SHARE, 1.0, Sampling(n=100, count=1), Interval.WILSON, (0.1767, 5.4486)),
        (COUNT, 65.0, Sampling(count=65), Interval.BYAR, (50.1632, 82.8491)),
        (RATE, 6.5, Sampling(count=65, n=10000), Interval.BYAR, (5.01632, 8.28491)),
        (COUNT, 0.0, Sampling(count=0), Interval.BYAR, (0.0, 3.6889)),
    ],
)
def test_the_best_that_is_known_is_used(indicator, value, known, source, expected):
    found, estimate = interval(value, known, indicator)
    assert found is source
    assert (estimate.low, estimate.high) == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize(
    ("indicator", "value", "known"),
    [
        (SHARE, 62.0, None),
        (SHARE, 62.0, Sampling(count=62)),
        (replace(SHARE, limits=(0.0, 50.0)), 30.0, Sampling(n=100)),
        (RATE, 0.0, Sampling(count=0, n=100)),
        (RATE, 6.5, Sampling(n=100)),
        (COUNT, 6.5, Sampling(count=0)),
        (SIGNED, 2.0, Sampling(count=4)),
    ],
)
def test_nothing_is_made_up(indicator, value, known):
    assert interval(value, known, indicator) == (Interval.NONE, None)


def test_a_weighted_share_keeps_its_own_middle():
    # 40 of 100 answered yes, but weighted they stand for 62 per cent.
    _, weighted = interval(62.0, Sampling(n=100, count=40), SHARE)
    assert (weighted.low, weighted.high) == pytest.approx(tuple(100 * end for end in wilson(62, 100)))
    _, rounded = interval(67.0, Sampling(n=3, count=2), SHARE)
    assert (rounded.low, rounded.high) == pytest.approx(tuple(100 * end for end in wilson(2, 3)))


def test_a_change_inside_the_sample_margin_is_not_news():
    known = {2020: Sampling(low=58, high=62), 2021: Sampling(low=60, high=64)}
    found = look(yearly([60.0, 62.0], 2020), known=known)
    assert found.sampling_margin == pytest.approx(math.sqrt(8))
    assert (found.change, found.process_margin, found.news) == (2.0, None, False)
    assert (found.low, found.high, found.source) == (60, 64, Interval.GIVEN)
    assert look(yearly([60.0, 63.0], 2020), known={**known, 2021: Sampling(low=61, high=65)}).news is True


def test_one_figures_margin_is_no_margin_of_a_change():
    found = look(yearly([60.0, 75.0], 2020), known={2021: Sampling(low=70, high=80)})
    assert (found.low, found.sampling_margin, found.news) == (70, None, None)


def test_the_first_figure_has_no_change():
    found = look(yearly([60.0], 2020))
    assert (found.previous, found.change, found.news, found.limits) == (None, None, None, None)


WAVERING = [50.0, 51.0, 49.0, 51.0, 50.0, 49.0, 51.0, 50.0, 51.0, 49.5]


@pytest.mark.parametrize(("latest", "news"), [(51.0, False), (52.5, False), (58.0, True), (42.0, True)])
def test_the_process_has_noise_of_its_own(latest, news):
    found = look(yearly([*WAVERING, latest]))
    assert found.source is Interval.NONE
    assert found.sampling_margin is None
    assert found.news is news
    low, high = found.limits
    assert low < 50.2 < high


def test_news_must_be_outside_both_margins():
    series = yearly([*WAVERING, 58.0])
    wide = {2019: Sampling(low=40, high=60), 2020: Sampling(low=48, high=68)}
    assert look(series, known=wide).news is False
    assert look(series, known={2019: Sampling(se=0.1), 2020: Sampling(se=0.1)}).news is True


def test_the_process_margin_by_hand():
    series = yearly([10.0, 12.0, 11.0, 13.0, 12.0, 14.0, 13.0], 2014)
    found = look(series, SIGNED)
    trend = judged(series, SIGNED)
    beside = [value - trend.slope * year for year, value in enumerate(series.values[:-1])]
    ranges = [abs(b - a) for a, b in pairwise(beside)]
    assert found.process_margin == pytest.approx(student(0.62 * 5) * math.sqrt(2) * fmean(ranges) / 1.128)


def test_across_a_break_a_change_is_no_news_either_way():
    at = Break(Period.year(2020), WORDS, cuts=False)
    found = look(yearly([*WAVERING, 90.0]), replace(SHARE, breaks=(at,)))
    assert (found.news, found.broken) == (None, at)
    assert found.change == 40.5


def test_windows_that_share_years_are_not_compared():
    points = {Period(year, year + 3): 50.0 + year % 3 for year in range(2005, 2022)}
    series = Series.of(KEY, points)
    found = noise(series, judged(series), SHARE, NO)
    assert (found.previous, found.period) == (Period(2017, 2020), Period(2021, 2024))


def test_a_single_swing_is_all_the_noise_there_is():
    found = look(yearly([20.1, 20.1, 20.1, 20.1, 26.1, 26.1, 25.0]))
    assert found.news is False
    assert found.process_margin > 3


def test_the_computers_own_rounding_is_no_news():
    still = [math.pi] * 9
    assert look(yearly([*still, math.pi * (1 + 2e-16)]), COUNT).news is False


def test_rounded_figures_that_stand_still_have_the_noise_of_their_rounding():
    assert look(yearly([96.0] * 9 + [97.0])).news is False
    assert look(yearly([96.0] * 9 + [99.0])).news is True


@given(st.lists(st.floats(20, 80), min_size=6, max_size=20), st.sampled_from([0.001, 1000.0]))
def test_news_does_not_depend_on_unit(values, factor):
    plain = look(yearly([round(v, 9) + math.pi for v in values]), COUNT)
    scaled = look(yearly([(round(v, 9) + math.pi) * factor for v in values]), COUNT)
    assert plain.process_margin * factor == pytest.approx(scaled.process_margin, rel=1e-6, abs=1e-5)
    if abs(abs(plain.change) - plain.process_margin) > 1e-6:
        assert plain.news is scaled.news


@given(st.lists(st.floats(5, 95), min_size=6, max_size=15))
def test_a_share_and_its_complement_have_the_same_news(values):
    values = [round(value, 3) + math.pi / 1000 for value in values]
    own, other = look(yearly(values)), look(yearly([100 - value for value in values]))
    assume(abs(own.change) > 1e-6)  # a change of nought has no direction to measure the noise in
    assert own.process_margin == pytest.approx(other.process_margin, rel=1e-6)


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("n", [6, 10])
def test_pure_noise_is_seldom_news(phi, n):
    rng, alarms, tries = random.Random(7), 0, 400
    for _ in range(tries):
        value, values = rng.gauss(0, 1), []
        for _ in range(n):
            values.append(value)
            value = phi * value + math.sqrt(1 - phi * phi) * rng.gauss(0, 1)
        alarms += look(yearly(values), SIGNED).news is True
    assert alarms / tries <= 0.08


def test_a_count_uses_byar_on_both_sides():
    found = look(yearly([80.0, 65.0], 2020), COUNT, {2020: Sampling(count=80), 2021: Sampling(count=65)})
    assert found.sampling_margin == pytest.approx(math.hypot(byar(65)[1] - 65, 80 - byar(80)[0]))
    assert found.news is False
