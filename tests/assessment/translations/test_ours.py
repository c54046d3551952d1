"""Our own series as the published methods take them. All figures are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from vagvisare.assessment.definition import Collection, Direction, Indicator, Target, TargetKind
from vagvisare.assessment.translations import METHODS, NOT_AVAILABLE, STATUSES, case_series, translate
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NO_WORDS = Text("", "")


def indicator(*targets, unit="percent", direction=Direction.HIGHER, **more):
    return Indicator(
        key="made-up",
        dataset="made-up",
        title=NO_WORDS,
        subject=NO_WORDS,
        unit=unit,
        direction=direction,
        collection=Collection.REGISTER,
        definition=NO_WORDS,
        targets=targets,
        **more,
    )


def series(values, start=2010, years=1):
    periods = [Period(start + k, start + k + years - 1) for k in range(len(values))]
    return Series.of(SeriesKey("made-up", "18"), dict(zip(periods, map(float, values), strict=True)))


def target(kind, value, year=2030, base_year=None):
    return Target(kind, wording="", source="", value=value, year=year, base_year=base_year)


RISE = series([60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72])


def test_every_method_but_kolada_answers_a_long_series_with_a_target():
    found = translate(RISE, indicator(target(TargetKind.ABSOLUTE, 80)))
    assert {each.method for each in found} == set(METHODS) - {"kolada"}
    assert all(each.status in STATUSES[each.method] and each.status != NOT_AVAILABLE for each in found)
    assert all(each.direction in {-1, 0, 1} and each.reason for each in found)


def test_without_a_target_the_arrows_stay_silent():
    assert "sdsn" not in {each.method for each in translate(RISE, indicator())}


def test_short_series_get_no_chart_and_no_symbol():
    found = {each.method for each in translate(series([1, 2, 3], start=2018), indicator())}
    assert found == {"statcan", "eurostat", "un", "scotland"}


def test_neither_way_better_is_translated_by_nobody():
    assert translate(RISE, indicator(direction=Direction.NEUTRAL)) == ()


@pytest.mark.parametrize(
    ("kind", "value", "base_year", "level"),
    [
        (TargetKind.ABSOLUTE, 80.0, None, 80.0),
        (TargetKind.RELATIVE_TO_BASE, 50.0, 2010, 90.0),
        (TargetKind.INCREMENT, 25.0, 2012, 87.0),
        (TargetKind.INCREMENT, 25.0, 1990, None),
        (TargetKind.RELATIVE_TO_BASE, 25.0, None, None),
        (TargetKind.FLOOR, 70.0, None, None),
        (TargetKind.DIRECTION, None, None, None),
    ],
)
def test_the_target_as_a_level(kind, value, base_year, level):
    case = case_series(RISE, indicator(target(kind, value, base_year=base_year)))
    assert case.target == level
    assert case.target_year == (2030 if level is not None else None)
    assert case.base_year is None


def test_the_first_target_that_is_a_level():
    case = case_series(
        RISE, indicator(target(TargetKind.ABOVE_NATION, None), target(TargetKind.ABSOLUTE, 75, year=2026))
    )
    assert (case.target, case.target_year) == (75, 2026)


def test_limits_and_windows():
    assert case_series(RISE, indicator()).limit == 100
    assert case_series(RISE, indicator(direction=Direction.LOWER)).limit == 0
    assert case_series(RISE, indicator(unit="companies")).limit is None
    assert case_series(series([1, 2, 3], start=2015, years=4), indicator()).periods == (2015, 2016, 2017)


def test_the_guide_names_every_method_and_status():
    guide = (Path(__file__).parents[3] / "docs" / "do" / "translate-methods.md").read_text(encoding="utf-8")
    for method, statuses in STATUSES.items():
        assert f"`{method}`" in guide
        assert all(f"`{status}`" in guide for status in statuses)


def test_the_criterion_for_change_is_the_smallest_that_matters():
    assert case_series(RISE, indicator()).criterion == 1
    assert case_series(RISE, indicator(smallest_change=3.0)).criterion == 3
    assert case_series(RISE, indicator(unit="companies", smallest_change=10.0)).criterion == pytest.approx(7.1)
