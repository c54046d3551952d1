"""Is it us or the whole country? Synthetic series of a county and of riket."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise
from statistics import fmean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.assessment.closer.intervals import student
from vagvisare.assessment.closer.noise import noise
from vagvisare.assessment.closer.own_course import own_courses
from vagvisare.assessment.closer.values import Whose
from vagvisare.assessment.definition import Break, Collection, Direction, Event, Indicator
from vagvisare.assessment.reference import autocorrelation_shrunk, lag_one, sen_slope
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

WORDS = Text("Syntetisk", "Synthetic")
SIGNED = Indicator("made-up", "made-up", WORDS, WORDS, "number", Direction.HIGHER, Collection.REGISTER, WORDS)
SHARE, COUNT, DAYS = (replace(SIGNED, unit=unit) for unit in ("percent", "companies", "days"))
PANDEMIC = Event("pandemi", 2020, 2021, Text("pandemin", "the pandemic"))
WAVES = [0.3, -0.2, 0.1, -0.4, 0.2, 0.3, -0.1, -0.3, 0.4, 0.0, -0.2, 0.1]
"""Noise that both share."""


def yearly(territory, values, first=2010):
    points = {Period.year(first + i): float(v) for i, v in enumerate(values) if v is not None}
    return Series.of(SeriesKey("made-up", territory), points)


def courses(own, nation, indicator=SIGNED, events=()):
    requests = [
        TrendRequest(each, indicator.scale, indicator.direction, indicator.bounds, None, indicator.breaks)
        for each in (own, nation)
    ]
    trend, nation_trend = judge_trends(requests, fast=False)
    return own_courses(own, trend, nation, nation_trend, indicator, events)


def line(slope, level=50.0, n=12, waves=WAVES):
    return [level + slope * i + waves[i % len(waves)] for i in range(n)]


def test_a_rise_that_riket_lacks_is_ours():
    (course,) = courses(yearly("18", line(0.5)), yearly("00", line(0.0)))
    assert course.whose is Whose.OURS
    assert course.difference == pytest.approx(0.5)
    assert course.low <= course.difference <= course.high
    assert course.own - course.nation == pytest.approx(0.5, abs=0.05)
    assert (str(course.since), str(course.until), course.n, course.relative) == ("2010", "2021", 12, False)


def test_a_rise_that_riket_shares_is_everybodys():
    wobble = [w * 0.3 for w in reversed(WAVES)]
    own = [a + b for a, b in zip(line(0.5, 40), wobble, strict=True)]
    (course,) = courses(yearly("18", own), yearly("00", line(0.5)))
    assert course.whose is Whose.EVERYBODYS
    assert course.low < 0 < course.high


def test_two_that_go_nowhere_tell_nothing():
    (course,) = courses(yearly("18", line(0.0, 40)), yearly("00", line(0.0, waves=WAVES[::-1])))
    assert course.whose is Whose.UNDETERMINED


def test_a_difference_too_small_to_matter_is_not_ours():
    own, nation = yearly("18", line(0.05, 60)), yearly("00", line(0.0, 60))
    assert courses(own, nation, SHARE)[0].whose is not Whose.OURS
    assert courses(own, nation, replace(SHARE, smallest_change=0.1))[0].whose is Whose.OURS


def test_only_shared_periods_count_for_both():
    own = yearly("18", [None, None, None, *line(0.5)[3:]])
    nation = yearly("00", [*[900.0, 800.0], *line(0.0)[2:7], None, *line(0.0)[8:], 500.0, 400.0])
    (course,) = courses(own, nation)
    assert (str(course.since), str(course.until), course.n) == ("2013", "2021", 8)
    assert abs(course.nation) < 0.2


def test_the_same_growth_of_a_smaller_county_is_no_difference():
    growth = [100 * 1.02**i * math.exp(0.01 * WAVES[i]) for i in range(12)]
    (course,) = courses(yearly("18", growth), yearly("00", [33 * value for value in growth]), COUNT)
    assert course.whose is Whose.EVERYBODYS
    assert course.own == pytest.approx(2.0, abs=0.2)
    assert course.nation == pytest.approx(course.own)
    assert course.difference == pytest.approx(0, abs=1e-9)
    assert course.relative


def test_durations_are_said_in_their_own_unit():
    (course,) = courses(yearly("18", line(0.5)), yearly("00", line(0.0)), DAYS)
    assert not course.relative
    assert course.own == pytest.approx(0.5, abs=0.05)
    assert course.difference == pytest.approx(0.5, abs=0.1)


def test_the_same_change_of_odds_is_no_difference():
    def share(level):
        return [100 / (1 + math.exp(-(level + 0.1 * i + 0.02 * WAVES[i]))) for i in range(12)]

    (course,) = courses(yearly("18", share(2.5)), yearly("00", share(0.0)), SHARE)
    assert course.whose is Whose.EVERYBODYS
    assert course.difference == pytest.approx(0, abs=1e-6)
    assert course.own == pytest.approx(course.nation)


@pytest.mark.parametrize(
    ("own", "nation"),
    [
        (yearly("00", line(0.5)), yearly("00", line(0.0))),  # riket itself
        (yearly("18", line(0.5, n=4)), yearly("00", line(0.0))),  # too few shared
        (yearly("18", line(0.5)), yearly("00", line(0.0), 1990)),  # none shared
    ],
)
def test_nothing_is_said_without_shared_ground(own, nation):
    assert courses(own, nation) == ()


def test_nothing_is_said_without_riket():
    own = yearly("18", line(0.5))
    trend = judge_trends([TrendRequest(own, SIGNED.scale, SIGNED.direction)])[0]
    assert own_courses(own, trend, None, None, SIGNED, ()) == ()


SHARED = line(0.2, 70, n=10)
SMALL = [0.05, -0.04, 0.02, -0.06, 0.03, 0.05, -0.02, -0.05, 0.06, 0.0]


def stricken(by, small=SMALL, n=12):
    return [v + s for v, s in zip(SHARED, small, strict=True)] + [72.0 - by, 72.2 - by * 0.8][: n - 10]


def across(own, nation, indicator=SIGNED):
    return [each for each in courses(yearly("18", own), yearly("00", nation), indicator, (PANDEMIC,)) if each.event]


def test_an_event_that_struck_everybody_is_everybodys():
    (found,) = across(stricken(5.0), stricken(5.0, [0.0] * 10))
    assert found.whose is Whose.EVERYBODYS
    assert found.own == pytest.approx(-5.0, abs=0.4)
    assert found.nation == pytest.approx(-5.0, abs=0.4)
    assert found.low < 0 < found.high
    assert (str(found.since), str(found.until), found.n, found.event) == ("2010", "2020", 10, PANDEMIC)


def test_an_event_that_struck_us_harder_is_ours():
    (found,) = across(stricken(8.0), stricken(5.0, [0.0] * 10))
    assert found.whose is Whose.OURS
    assert found.difference == pytest.approx(-3.0, abs=0.3)
    assert found.low < found.difference < found.high < 0


def test_an_event_that_struck_nobody_is_not_mentioned():
    assert across(stricken(0.0), stricken(0.0, [0.0] * 10)) == []


def test_an_event_just_after_a_break_has_no_path_to_stray_from():
    broken = replace(SIGNED, breaks=(Break(Period.year(2017), WORDS),))
    assert across(stricken(8.0), stricken(5.0), broken) == []


def test_a_count_strays_in_per_cent():
    own, nation = ([math.exp(v / 20) for v in each] for each in (stricken(8.0), stricken(2.0, [0.0] * 10)))
    (found,) = across(own, [40 * value for value in nation], COUNT)
    assert found.relative
    assert found.own == pytest.approx(100 * math.expm1(-8 / 20), abs=1.5)
    assert found.nation == pytest.approx(100 * math.expm1(-2 / 20), abs=1.0)
    assert found.difference == found.own - found.nation


@settings(max_examples=60)
@given(st.floats(-5, 5), st.integers(8, 15), st.integers(0, 10**6))
def test_a_course_that_both_share_makes_no_difference(slope, n, seed):
    rng = random.Random(seed)
    own, nation = ([rng.gauss(0, 1) for _ in range(n)] for _ in range(2))
    (plain,) = courses(yearly("18", own), yearly("00", nation))
    leaning = ([value + slope * i for i, value in enumerate(each)] for each in (own, nation))
    (moved,) = courses(*(yearly(code, each) for code, each in zip(("18", "00"), leaning, strict=True)))
    assert (moved.difference, moved.low, moved.high) == pytest.approx(
        (plain.difference, plain.low, plain.high), abs=1e-9
    )


def test_swings_that_both_share_are_no_uncertainty():
    swings = [9.0, -7.0, 5.0, -8.0, 6.0, 9.0, -9.0, 4.0, -6.0, 7.0, -5.0, 8.0]
    small = [w / 10 for w in reversed(WAVES)]
    own, nation = ([a + b for a, b in zip(swings, each, strict=True)] for each in (line(0.3, waves=small), line(0.0)))
    (course,) = courses(yearly("18", own), yearly("00", nation))
    assert course.whose is Whose.OURS
    assert course.high - course.low < 0.3


def test_shares_are_compared_at_the_countys_own_level():
    def share(level, pace, waves):
        return [100 / (1 + math.exp(-(level + pace * i + 0.02 * waves[i]))) for i in range(12)]

    own, nation = yearly("18", share(2.0, 0.05, WAVES)), yearly("00", share(0.0, 0.1, WAVES[::-1]))
    (course,) = courses(own, nation, SHARE)
    start, end = (100 / (1 + math.exp(-(2.0 + 0.1 * i))) for i in (0, 11))
    assert course.nation == pytest.approx((end - start) / 11, abs=0.02)
    assert course.difference == course.own - course.nation < 0
    assert course.low < course.difference < course.high < 0
    assert course.whose is Whose.OURS


@settings(max_examples=60)
@given(st.lists(st.floats(1, 1000), min_size=8, max_size=15), st.sampled_from([1e-3, 1e3]), st.integers(0, 10**6))
def test_no_unit_makes_a_difference(values, factor, seed):
    rng = random.Random(seed)
    other = [value * rng.uniform(0.9, 1.1) for value in values]
    (plain,) = courses(yearly("18", values), yearly("00", other), COUNT)
    (scaled,) = courses(*(yearly(c, [factor * v for v in each]) for c, each in (("18", values), ("00", other))), COUNT)
    assert scaled.difference == pytest.approx(plain.difference, rel=1e-6, abs=1e-7)
    assert scaled.whose is plain.whose


@pytest.mark.parametrize("indicator", [SIGNED, SHARE, COUNT])
def test_figures_at_the_ends_of_what_a_computer_holds(indicator):
    steep = (
        [100 - 10.0 ** (-1 - i) for i in range(12)]
        if indicator is SHARE
        else [10.0 ** (24 * i - 150) for i in range(12)]
    )
    found = courses(yearly("18", steep), yearly("00", line(0.1)), indicator, (PANDEMIC,))
    assert all(math.isfinite(number) for each in found for number in (each.own, each.nation, each.low, each.high))
    noisy = noise(
        yearly("18", steep), judge_trends([TrendRequest(yearly("18", steep), indicator.scale, 1)])[0], indicator, {}
    )
    assert noisy.news in (True, False, None)


def ar(rng, n, phi):
    value, out = rng.gauss(0, 1), []
    for _ in range(n):
        out.append(value)
        value = phi * value + math.sqrt(1 - phi * phi) * rng.gauss(0, 1)
    return out


@pytest.mark.parametrize(("phi", "most"), [(0.0, 0.05), (0.3, 0.06), (0.6, 0.13)])
def test_two_that_differ_by_noise_only_are_seldom_called_ours(phi, most):
    rng, slopes, strays, tries = random.Random(11), 0, 0, 120
    for _ in range(tries):
        common, own, nation = (ar(rng, 12, phi) for _ in range(3))
        both = ([a + b for a, b in zip(common, each, strict=True)] for each in (own, [0.3 * v for v in nation]))
        found = courses(*(yearly(c, each) for c, each in zip(("18", "00"), both, strict=True)), events=(PANDEMIC,))
        slopes += found[0].whose is Whose.OURS
        strays += any(each.whose is Whose.OURS for each in found[1:])
    assert slopes / tries <= most
    assert strays / tries <= most


def test_the_margin_of_a_stray_by_hand():
    (found,) = across(stricken(8.0), stricken(5.0, [0.0] * 10))
    years, n = range(10), 10
    slope = sen_slope(years, SMALL)
    beside = [value - slope * year for value, year in zip(SMALL, years, strict=True)]
    rho = autocorrelation_shrunk(lag_one([value - median(beside) for value in beside]), n)
    sd = fmean(abs(b - a) for a, b in pairwise(beside)) / 1.128
    ahead = math.sqrt(1 + 1 / n + (10 - 4.5) ** 2 / sum((year - 4.5) ** 2 for year in years))
    # Two looks, at 2020 and at 2021, share the five per cent.
    margin = student(0.62 * 9, 0.05 / 2) * sd * ahead / math.sqrt(1 - rho)
    assert (found.high - found.low) / 2 == pytest.approx(margin, rel=1e-6)
