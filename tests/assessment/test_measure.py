"""From data sets to indicators. All figures here are made up."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.definition import Collection, Direction, Indicator
from vagvisare.assessment.measure import measure
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NOTHING = Text("", "")


def indicator(key="jobs", dataset="jobs_raw", **more):
    fields = {
        "title": NOTHING,
        "subject": NOTHING,
        "unit": "percent",
        "direction": Direction.HIGHER,
        "collection": Collection.REGISTER,
        "definition": NOTHING,
    }
    return Indicator(key=key, dataset=dataset, **(fields | more))


def panel(*rows):
    series = (Series.of(key, {Period.year(y): v for y, v in points.items()}) for key, points in rows)
    return {s.key: s for s in series}


def years(series):
    return {p.start: v for p, v in series}


def test_series_take_the_indicators_key_and_keep_group_and_territory():
    raw = panel((SeriesKey("jobs_raw", "18", "K", "born abroad"), {2020: 61.0}))
    assert list(measure(raw, [indicator()])) == [SeriesKey("jobs", "18", "K", "born abroad")]


def test_only_the_indicators_own_data_set_is_taken():
    raw = panel((SeriesKey("other", "18"), {2020: 61.0}))
    assert measure(raw, [indicator()]) == {}


def test_two_indicators_may_read_one_data_set():
    raw = panel((SeriesKey("jobs_raw", "18"), {2020: 61.0}))
    found = measure(raw, [indicator("b"), indicator("a")])
    assert list(found) == [SeriesKey("a", "18"), SeriesKey("b", "18")]


def test_a_quotient_has_only_periods_both_sides_have():
    # 30 new companies among 10 000 inhabitants: 3 per 1 000. 2019 lacks a denominator, 2021 a numerator.
    raw = panel(
        (SeriesKey("jobs_raw", "18"), {2019: 10.0, 2020: 30.0}),
        (SeriesKey("people", "18"), {2020: 10_000.0, 2021: 11_000.0}),
    )
    found = measure(raw, [indicator(per="people", per_scale=1000)])
    assert years(found[SeriesKey("jobs", "18")]) == {2020: 3.0}


def test_groups_are_divided_by_the_denominators_total():
    raw = panel(
        (SeriesKey("jobs_raw", "18", "K"), {2020: 30.0}),
        (SeriesKey("people", "18"), {2020: 100.0}),
        (SeriesKey("people", "18", "K"), {2020: 50.0}),
    )
    found = measure(raw, [indicator(per="people")])
    assert years(found[SeriesKey("jobs", "18", "K")]) == {2020: 0.3}


def test_no_denominator_and_zero_denominator_give_no_series():
    raw = panel(
        (SeriesKey("jobs_raw", "18"), {2020: 30.0}),
        (SeriesKey("jobs_raw", "19"), {2020: 30.0}),
        (SeriesKey("people", "18"), {2020: 0.0}),
    )
    assert measure(raw, [indicator(per="people")]) == {}


def test_a_headline_group_stands_as_total_and_as_itself():
    raw = panel(
        (SeriesKey("jobs_raw", "18", "T", "business"), {2019: 5.0}),
        (SeriesKey("jobs_raw", "18", "T", "public"), {2019: 7.0}),
    )
    found = measure(raw, [indicator(background="business")])
    assert years(found[SeriesKey("jobs", "18")]) == {2019: 5.0}
    assert {key.background for key in found} == {"", "business", "public"}
    assert all(series.key == key for key, series in found.items())


def test_a_headline_sex_stands_as_total():
    raw = panel(
        (SeriesKey("jobs_raw", "18", "K"), {2019: 5.0}),
        (SeriesKey("jobs_raw", "18", "M"), {2019: 7.0}),
        (SeriesKey("jobs_raw", "18", "K", "abroad"), {2019: 3.0}),
    )
    found = measure(raw, [indicator(sex="K")])
    assert years(found[SeriesKey("jobs", "18")]) == {2019: 5.0}
    both = measure(raw, [indicator(sex="K", background="abroad")])
    assert years(both[SeriesKey("jobs", "18")]) == {2019: 3.0}


def test_figures_that_are_no_numbers_are_missing():
    raw = panel(
        (SeriesKey("jobs_raw", "18"), {2019: math.nan, 2020: 5.0}), (SeriesKey("jobs_raw", "19"), {2019: math.inf})
    )
    found = measure(raw, [indicator()])
    assert {key.territory: years(series) for key, series in found.items()} == {"18": {2020: 5.0}}


@given(st.dictionaries(st.integers(1990, 2020), st.floats(1, 1e6), min_size=1), st.floats(0.1, 1e4))
def test_dividing_by_itself_gives_the_scale(points, scale):
    raw = panel((SeriesKey("jobs_raw", "18"), points))
    found = measure(raw, [indicator(per="jobs_raw", per_scale=scale)])
    assert years(found[SeriesKey("jobs", "18")]) == dict.fromkeys(sorted(points), scale)
