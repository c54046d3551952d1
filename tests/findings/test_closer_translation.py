"""The words for published methods, and the one sentence where they say otherwise. All judgements are made up."""

from __future__ import annotations

import re

import pytest
import synthetic_judgements as made

from vagvisare.assessment.closer.values import Translated
from vagvisare.assessment.definition import Break, Direction
from vagvisare.assessment.judgement import Movement, PaceVerdict, Reason
from vagvisare.assessment.translations import METHODS, STATUSES
from vagvisare.findings.closer.translation import BODIES, LABELS, NAMES, disagreement, label
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

RISING = made.trend(Movement.RISING)
FALLING = made.trend(Movement.FALLING, change=-4.0)
STILL = made.trend(Movement.STILL, change=0.1)
UNKNOWN = made.trend(Movement.UNKNOWN)
TOO_FEW = made.trend(Movement.UNKNOWN, periods=made.years(2022, 2025), reason=Reason.TOO_FEW)

BEST = {
    "statcan": "substantial_progress",
    "eurostat": "significant_progress",
    "un": "on_track",
    "destatis": "sun",
    "sdsn": "on_track",
    "xmr": "special_cause_improvement",
    "scotland": "performance_improving",
}
WORST = {
    "statcan": "deterioration",
    "eurostat": "significant_deterioration",
    "un": "stagnation_or_regression",
    "destatis": "storm",
    "sdsn": "decreasing",
    "xmr": "special_cause_concern",
    "scotland": "performance_worsening",
}


def said(method, status, direction):
    return Translated(method, status, 1.0, None, "Made up.", direction)


def pace(verdict):
    return made.pace(verdict)


def test_every_method_and_status_has_words_in_both_languages():
    assert set(NAMES) == set(BODIES) == set(LABELS) == set(METHODS)
    for method, statuses in STATUSES.items():
        assert set(LABELS[method]) == set(statuses)
        for status in statuses:
            words = label(said(method, status, 0))
            assert words.sv
            assert words.en
            assert "_" not in words.sv + words.en
        labels = [LABELS[method][status] for status in statuses]
        assert len({words.sv for words in labels}) == len({words.en for words in labels}) == len(statuses)


@pytest.mark.parametrize("method", BEST)
def test_agreement_needs_no_sentence(method):
    assert disagreement(said(method, BEST[method], 1), RISING, None) is None
    assert disagreement(said(method, WORST[method], -1), FALLING, None) is None
    assert disagreement(said(method, BEST[method], 1), RISING, pace(PaceVerdict.ON_PACE)) is None


@pytest.mark.parametrize("trend", [RISING, FALLING, STILL, UNKNOWN, TOO_FEW])
@pytest.mark.parametrize("verdict", [None, *PaceVerdict])
@pytest.mark.parametrize("method", METHODS)
def test_every_disagreement_is_one_plain_sentence(method, verdict, trend):
    for status in STATUSES[method]:
        for direction in (-1, 0, 1):
            words = disagreement(said(method, status, direction), trend, None if verdict is None else pace(verdict))
            if words is None:
                continue
            for text in (words.sv, words.en):
                assert text[0].isupper()
                assert text.endswith(".")
                assert not re.search(r"[.!?] ", text)
                assert "_" not in text
            assert words.sv.startswith("Metoden ")
            assert "%" not in words.sv


@pytest.mark.parametrize("method", BEST)
def test_a_direction_where_we_see_none_is_told_untested(method):
    words = disagreement(said(method, BEST[method], 1), UNKNOWN, None)
    assert "test whether the change could be chance" in words.en
    short = disagreement(said(method, WORST[method], -1), TOO_FEW, None)
    assert "so few separate measurements" in short.en
    assert "så få fristående mätningar" in short.sv


def test_two_years_only():
    words = disagreement(said("statcan", "deterioration", -1), RISING, None)
    assert words == Text(
        "Metoden ser bara på basåret och det senaste året; vi väger samman alla 11 mätpunkter från 2015 till 2025.",
        "The method looks only at the base year and the latest year; we weigh all 11 points from 2015 to 2025 "
        "together.",
    )


def test_a_window_cut_by_a_break_is_named():
    cut = Break(Period.year(2019), Text("Ny metod.", "New method."))
    words = disagreement(said("un", "fair_progress", 1), made.trend(Movement.FALLING, change=-4.0, cut_by=cut), None)
    assert "since the change of method in 2019" in words.en
    assert "efter metodbytet 2019" in words.sv


def test_the_last_five_years_and_the_last_two_figures():
    assert "last five years" in disagreement(said("destatis", "storm", -1), RISING, None).en
    assert "two latest figures" in disagreement(said("scotland", "performance_worsening", -1), RISING, None).en
    assert "departs from the ordinary" in disagreement(said("xmr", "common_cause", 0), RISING, None).en


def test_small_changes_that_do_not_matter():
    assert "too small to matter" in disagreement(said("statcan", "limited_progress", 1), STILL, None).en


def test_progress_too_slow_is_no_deterioration():
    words = disagreement(said("eurostat", "moderate_deterioration", -1), RISING, pace(PaceVerdict.TOO_SLOW))
    assert "60 procent" in words.sv
    assert "60 %" in words.en


@pytest.mark.parametrize(
    ("method", "status", "direction", "bar"),
    [
        ("un", "stagnation_or_regression", 0, "0.5 % a year"),
        ("eurostat", "no_progress", 0, "0.1 % a year"),
        ("sdsn", "stagnating", 0, "below half"),
    ],
)
def test_an_improvement_below_the_bar(method, status, direction, bar):
    assert bar in disagreement(said(method, status, direction), RISING, None).en
    # Against a worsening, or with figures going the wrong way, the bar is not what differs.
    assert bar not in disagreement(said(method, status, direction), FALLING, None).en
    backwards = Translated(method, status, -0.1, None, "Made up.", -1)
    assert bar not in disagreement(backwards, RISING, None).en


def test_the_pace_towards_the_target():
    slow, enough = pace(PaceVerdict.TOO_SLOW), pace(PaceVerdict.ON_PACE)
    assert "depends on that year" in disagreement(said("statcan", "substantial_progress", 1), RISING, slow).en
    assert "straight line" in disagreement(said("sdsn", "moderately_improving", 1), RISING, enough).en
    assert disagreement(said("scotland", "performance_improving", 1), RISING, slow) is None
    assert disagreement(said("statcan", "substantial_progress", 1), RISING, pace(PaceVerdict.UNDETERMINED)) is None


def test_a_target_met_by_one_figure():
    met = said("eurostat", "target_achieved", 0)
    assert disagreement(met, FALLING, None) is None
    assert disagreement(met, RISING, pace(PaceVerdict.REACHED)) is None
    assert "latest figure meets the target" in disagreement(met, RISING, pace(PaceVerdict.TOO_SLOW)).en


def test_colours_and_what_could_not_be_judged_disagree_with_nothing():
    assert disagreement(said("kolada", "red", 0), RISING, pace(PaceVerdict.ON_PACE)) is None
    assert disagreement(said("statcan", "not_available", 0), RISING, None) is None


def test_lower_is_better_works_the_same():
    better = made.trend(Movement.FALLING, change=-4.0, direction=Direction.LOWER)
    assert disagreement(said("un", "on_track", 1), better, None) is None
