"""Statistics Canada and Eurostat: published results recomputed, every edge of the rules, and an independent oracle."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.translations import METHODS, NOT_AVAILABLE, STATUSES, CaseSeries
from vagvisare.assessment.translations.growth import limit_factor, nearest_year, next_year


def case(points, **more):
    """A series of {year: value}."""
    years = sorted(points)
    return CaseSeries("made up", tuple(years), tuple(float(points[year]) for year in years), **more)


def judged(method, points, **more):
    (answer,) = METHODS[method]([case(points, **more)])
    return answer


# Published results.


def test_statistics_canada_poverty_1_2_1():
    found = judged("statcan", {2015: 14.5, 2023: 10.2}, direction=-1, target=7.25, target_year=2030)
    assert found.status == "substantial_progress"
    assert found.value == pytest.approx(0.95259, abs=5e-6)
    assert found.score == pytest.approx(2.51856, abs=5e-6)


def test_statistics_canada_children_1_3_1():
    found = judged("statcan", {2015: 90.0, 2021: 93.2}, direction=1, limit=100)
    assert found.status == "substantial_progress"
    assert found.value == pytest.approx(0.00584, abs=5e-6)
    assert found.score == pytest.approx(2.81539, abs=5e-6)
    assert limit_factor(90, 100) == pytest.approx(0.3736, abs=5e-5)


@pytest.mark.parametrize(
    ("points", "more", "score"),
    [
        # Eustat's published table of series (EUSTAT-DES/data, tabla_resumen.csv), figures from its data files.
        ({2014: 18.5, 2016: 16.4, 2018: 17.7, 2020: 17.8, 2022: 16.5}, {"target": 8.2}, -2.58743841144272),
        ({2016: 20.6, 2024: 20.6}, {"target": 20.5}, -2.5),
        ({2015: 3.5, 2024: 2.8}, {"target": 1.75}, -0.2404637397196847),
        ({2015: 7.7, 2024: 7.7}, {"target": 5.1333}, -2.5),
        ({2015: 10150, 2021: 10509}, {"target": 20300, "direction": 1}, -1.988144050376488),
        ({2015: 1.0, 2016: 1.01}, {"direction": 1}, 2.500000000000002),
        ({2015: 99.88, 2025: 99.86}, {"target": 99.85, "direction": 1}, 5.0),
        ({2015: 5.3, 2024: 0.0}, {"target": 70}, 5.0),
        # Published after rounding the growth to ten decimals, hence the tolerance.
        ({2016: 98.77, 2023: 99.03}, {"limit": 100, "direction": 1}, 1.7563287686),
        ({2015: 30.21, 2023: 19.44}, {"direction": 1}, -5.0),
    ],
)
def test_eustat_scores(points, more, score):
    assert judged("eurostat", points, **({"direction": -1} | more)).score == pytest.approx(score, abs=2e-7)


def test_eustat_calls_fewer_deaths_a_deterioration():
    found = judged("eurostat", {2015: 3.5, 2024: 2.8}, direction=-1, target=1.75)
    assert (found.status, found.direction) == ("moderate_deterioration", -1)
    assert found.value == pytest.approx(0.54229, abs=5e-6)


def test_open_sdg_fixture_without_a_direction():
    found = judged("statcan", {2020: 100, 2021: 120})
    assert (found.status, found.score) == ("deterioration", -5.0)
    assert found.value == pytest.approx(-0.20)
    assert found.reason.endswith("No direction was given, so lower is taken as better.")
    assert judged("un", {2020: 100, 2021: 120}).reason_sv.endswith("så högre räknas som bättre.")
    assert judged("eurostat", {2020: 100, 2021: 120}).status == "significant_deterioration"
    assert judged("statcan", {2020: 100, 2021: 120}, direction=1).status == "substantial_progress"


# Which years.


def test_the_base_year_is_2015_or_the_next():
    assert next_year(case({2010: 1, 2015: 2, 2020: 3})) == 2015
    assert next_year(case({2010: 1, 2017: 2, 2020: 3})) == 2017
    assert next_year(case({2010: 1, 2017: 2, 2020: 3}, base_year=2010)) == 2010
    assert next_year(case({2010: 1, 2017: 2, 2020: 3}, base_year=2011)) == 2017
    assert next_year(case({2010: 1, 2014: 2})) is None


def test_eustat_takes_the_nearest_year_and_the_later_of_two():
    assert nearest_year(case({2010: 1, 2014: 2, 2016: 3, 2020: 4})) == 2016
    assert nearest_year(case({2010: 1, 2014: 2, 2017: 3, 2020: 4})) == 2014
    assert nearest_year(case({2003: 1, 2008: 2}, base_year=2004)) == 2003


@pytest.mark.parametrize("method", ["statcan", "eurostat"])
@pytest.mark.parametrize("points", [{2015: 5}, {2010: 5, 2014: 6}, {2015: 5, 2020: -5}, {2015: -5, 2020: 5}], ids=str)
def test_what_cannot_be_judged_says_so(method, points):
    found = judged(method, points, direction=1)
    assert (found.status, found.value, found.score, found.direction) == (NOT_AVAILABLE, None, None, 0)
    assert found.reason.endswith(".")
    assert found.reason_sv.endswith(".")


@pytest.mark.parametrize("method", ["statcan", "eurostat"])
def test_one_figure_that_meets_the_target_is_enough(method):
    found = judged(method, {2020: 8}, direction=1, target=7)
    assert (found.status, found.score, found.value) == ("target_achieved", 5, None)


def test_the_target_year_is_2030_when_none_is_given():
    declared = judged("statcan", {2015: 10, 2020: 11}, direction=1, target=20, target_year=2030)
    silent = judged("statcan", {2015: 10, 2020: 11}, direction=1, target=20)
    assert declared.value == silent.value
    earlier = judged("statcan", {2015: 10, 2020: 11}, direction=1, target=20, target_year=2025)
    assert earlier.value < silent.value


def test_a_target_year_on_the_base_year_gives_no_rate():
    assert judged("statcan", {2015: 10, 2020: 11}, direction=1, target=20, target_year=2015).status == NOT_AVAILABLE


# Nought, signs, and a target that is where one started.


def test_nought_becomes_a_thousandth():
    base = judged("statcan", {2015: 0, 2020: 0.9}, direction=-1, target=0.1)
    assert base.value == judged("statcan", {2015: 0.001, 2020: 0.9}, direction=-1, target=0.1).value
    target = judged("statcan", {2015: 4, 2020: 3}, direction=-1, target=0)
    assert target.value == judged("statcan", {2015: 4, 2020: 3}, direction=-1, target=0.001).value
    # What meets the thousandth meets the target.
    assert judged("statcan", {2015: 4, 2020: 0.0005}, direction=-1, target=0).status == "target_achieved"
    assert judged("statcan", {2015: 4, 2020: 0.002}, direction=-1, target=0).status != "target_achieved"


def test_both_negative_turns_the_growth_round():
    found = judged("statcan", {2015: -10, 2020: -8}, direction=1)
    assert found.value == pytest.approx(1 - (8 / 10) ** (1 / 5))
    assert found.status == "substantial_progress"
    assert judged("statcan", {2015: -10, 2020: -8}, direction=-1).status == "deterioration"


def test_a_target_where_one_started_has_no_ratio():
    worse = judged("statcan", {2015: 10, 2020: 9}, direction=1, target=10)
    assert (worse.status, worse.score) == ("deterioration", -5.0)
    assert worse.value == -math.inf
    assert worse.as_dict()["value"] is None
    assert judged("statcan", {2015: 10, 2020: 10}, direction=1, target=10).status == "target_achieved"
    assert judged("eurostat", {2015: 10, 2020: 9}, direction=1, target=10).score == -5.0


def test_a_target_on_the_other_side_of_nought_cannot_be_reached_by_growth():
    assert judged("statcan", {2015: 10, 2020: 9}, direction=-1, target=-5).status == NOT_AVAILABLE


def test_a_target_behind_the_base_is_measured_by_its_size():
    # The share was past its target and has fallen back beyond it: growth the bad way over the size of the needed.
    found = judged("statcan", {2015: 80, 2020: 70}, direction=1, target=75)
    assert found.value < 0
    assert found.status == "deterioration"


# Limits.


@pytest.mark.parametrize(
    ("base", "limit", "factor"),
    [
        (50, None, 1.0),
        (50, 100, 1 - 0.5**4.44),
        (100, 100, 0.0),
        (150, 100, 1 - 0.5**4.44),
        (200, 100, 1.0),
        (0, 0, 1.0),
        (5, 0, 1.0),
        (-90, 100, 1 - 0.9**4.44),
    ],
)
def test_what_a_limit_leaves_of_the_thresholds(base, limit, factor):
    assert limit_factor(base, limit) == pytest.approx(factor, abs=1e-15)


def test_at_the_limit_staying_is_the_best_there_is():
    stays = judged("statcan", {2015: 100, 2020: 100}, direction=1, limit=100)
    assert (stays.status, stays.score) == ("substantial_progress", 5.0)
    falls = judged("statcan", {2015: 100, 2020: 99}, direction=1, limit=100)
    assert falls.status == "deterioration"
    assert falls.score == pytest.approx(125 * falls.value - 2.5)


def test_a_target_makes_the_limit_count_for_nothing():
    with_limit = judged("statcan", {2015: 90, 2020: 91}, direction=1, target=99, limit=100)
    assert with_limit == judged("statcan", {2015: 90, 2020: 91}, direction=1, target=99)


def test_eustat_scores_a_reached_limit_highest():
    found = judged("eurostat", {2015: 90, 2030: 100}, direction=1, limit=100)
    assert (found.status, found.score) == ("significant_progress", 5.0)
    backwards = judged("eurostat", {2014: 90, 2029: 100}, direction=1, limit=100)
    assert backwards.score < 5


def test_eustat_does_not_scale_the_thresholds_below_nought():
    found = judged("eurostat", {2015: 95, 2025: 94}, direction=1, limit=100)
    assert found.status == "moderate_deterioration"
    assert found.score == pytest.approx(250 * found.value)


# Thresholds, from a growth known exactly.


def growth_case(rate, **more):
    return {"points": {2015: 1.0, 2016: 1.0 + rate}, "direction": 1, **more}


@pytest.mark.parametrize(
    ("rate", "statcan", "eurostat"),
    [
        (0.0201, "substantial_progress", "significant_progress"),
        (0.0151, "substantial_progress", "significant_progress"),
        (0.0149, "moderate_progress", "significant_progress"),
        (0.0099, "moderate_progress", "moderate_progress"),
        (0.0049, "limited_progress", "moderate_progress"),
        (0.0009, "limited_progress", "no_progress"),
        (0.0, "limited_progress", "no_progress"),
        (-0.0009, "deterioration", "no_progress"),
        (-0.0011, "deterioration", "moderate_deterioration"),
        (-0.0099, "deterioration", "moderate_deterioration"),
        (-0.0101, "deterioration", "significant_deterioration"),
    ],
)
def test_thresholds_without_a_target(rate, statcan, eurostat):
    assert judged("statcan", **growth_case(rate)).status == statcan
    assert judged("eurostat", **growth_case(rate)).status == eurostat


@pytest.mark.parametrize(
    ("ratio", "statcan", "eurostat"),
    [
        (0.951, "substantial_progress", "significant_progress"),
        (0.949, "moderate_progress", "moderate_progress"),
        (0.601, "moderate_progress", "moderate_progress"),
        (0.599, "limited_progress", "moderate_deterioration"),
        (0.0, "limited_progress", "moderate_deterioration"),
        (-0.001, "deterioration", "significant_deterioration"),
    ],
)
def test_thresholds_with_a_target(ratio, statcan, eurostat):
    more = {"target": 1.1, "target_year": 2016}
    assert judged("statcan", **growth_case(0.1 * ratio, **more)).status == statcan
    assert judged("eurostat", **growth_case(0.1 * ratio, **more)).status == eurostat


@pytest.mark.parametrize(("ratio", "score"), [(1.305, 5), (1.299, 4.9929), (0.6, 0), (-0.599, -4.9958), (-0.7, -5)])
def test_eustat_scores_of_ratios(ratio, score):
    found = judged("eurostat", **growth_case(0.1 * ratio, target=1.1, target_year=2016) | {"direction": 1})
    achieved = ratio >= 1
    assert found.score == pytest.approx(5 if achieved else score, abs=1e-4)
    slower = judged("eurostat", {2015: 1, 2016: 1 + 0.1 * ratio}, direction=1, target=1.1**10, target_year=2025)
    assert slower.score == pytest.approx(score, abs=1e-4)


def test_scores_are_continuous_where_they_should_be():
    for method in ("statcan", "eurostat"):
        for limit in (None, 1.5):
            scores = [judged(method, **growth_case(k / 1e4, limit=limit)).score for k in range(-300, 300)]
            steps = [later - earlier for earlier, later in itertools.pairwise(scores)]
            assert min(steps) >= 0
            assert max(steps) < 0.3


# An oracle written from the published formulas, without reading the module.


def oracle(x0, x, years, d, target, target_years, limit):
    base, aim = x0 or 0.001, 0.001 if target == 0 else target
    s = -1 if base < 0 else 1
    achieved = aim is not None and d * (x - aim) >= 0
    c = 1.0
    if limit is not None and aim is None:
        b, edge = abs(x0), abs(limit)
        c = 1.0 if b >= 2 * edge else 1 - ((b if b <= edge else 2 * edge - b) / edge) ** 4.44
    growth = (x / base) ** (1 / years) - 1
    v = s * d * growth
    if aim is not None:
        v = v / abs((aim / base) ** (1 / target_years) - 1)
    return achieved, v, c


FIGURES = st.floats(min_value=0.5, max_value=500, allow_nan=False)


@given(
    x0=FIGURES,
    x=FIGURES,
    years=st.integers(1, 12),
    d=st.sampled_from([1, -1]),
    target=st.none() | FIGURES,
    limit=st.none() | st.floats(min_value=1, max_value=300),
    negative=st.booleans(),
)
def test_both_methods_against_the_formulas(x0, x, years, d, target, limit, negative):
    if negative:
        x0, x, target = -x0, -x, None if target is None else -target
    if target is not None and abs(target - x0) < 1e-6 * abs(x0):
        return
    achieved, v, c = oracle(x0, x, years, d, target, 15, limit)
    more = {"direction": d, "target": target, "limit": limit}
    canada, europe = (judged(method, {2015: x0, 2015 + years: x}, **more) for method in ("statcan", "eurostat"))
    assert canada.value == pytest.approx(v, rel=1e-12, abs=1e-13)
    assert canada.value == europe.value
    if achieved:
        assert canada.status == europe.status == "target_achieved"
        assert canada.score == europe.score == 5
        return
    if target is not None:
        expected = min(7.1429 * v - 4.2857, 5) if v >= 0.6 else max(4.1667 * v - 2.5, -5)
        basque = 5 if v > 1.3 else (5 / 0.7) * (v - 0.6) if v >= 0.6 else max((5 / 1.2) * (v + 0.6) - 5, -5)
    else:
        expected = 5 if c == 0 and v >= 0 else _without_target(v, c)
        basque = max(250 * v, -5) if v < 0 else min(250 * v / c, 5) if c else 5
        if x == limit or (c == 0 and v >= -0.02):
            basque = 5
    assert canada.score == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert europe.score == pytest.approx(basque, rel=1e-9, abs=1e-9)


def _without_target(v, c):
    if v < 0:
        return max(125 * v - 2.5, -5)
    if v >= 0.015 * c:
        return min(500 * v / c - 5, 5)
    return 250 * v / c - 1.25 if v >= 0.005 * c else 500 * v / c - 2.5


@given(
    points=st.dictionaries(st.integers(1990, 2030), st.floats(allow_nan=False, allow_infinity=False), min_size=1),
    d=st.sampled_from([1, -1, 0, None]),
    target=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    target_year=st.none() | st.integers(1990, 2060),
    base_year=st.none() | st.integers(1990, 2060),
    limit=st.none() | st.floats(allow_nan=False, allow_infinity=False),
)
def test_no_series_makes_any_method_fail(points, d, target, target_year, base_year, limit):
    one = case(points, direction=d, target=target, target_year=target_year, base_year=base_year, limit=limit)
    for name, method in METHODS.items():
        for answer in method([one, one, one, one]):
            assert answer.status in STATUSES[name]
            assert answer.direction in {-1, 0, 1}
            plain = answer.as_dict()
            assert list(plain) == ["series", "method", "status", "value", "score", "reason", "reason_sv"]
            assert all(plain[key] is None or math.isfinite(plain[key]) for key in ("value", "score"))
