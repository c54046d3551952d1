"""What a published method's own number is called. The series are made up."""

from __future__ import annotations

import math

import pytest
import synthetic_judgements as made

from vagvisare.assessment.closer.values import Translated
from vagvisare.assessment.definition import Direction
from vagvisare.assessment.translations import METHODS, CaseSeries
from vagvisare.findings.closer.progress import progress
from vagvisare.findings.grammar import Topic

YEARS = tuple(range(2013, 2025))


def case(direction=1, target=None, target_year=None, step=1.0):
    values = tuple(60.0 + step * k for k in range(len(YEARS)))
    return CaseSeries("share", YEARS, values, direction, target, target_year, share=True, criterion=0.5)


def said(method, value, taken, direction=Direction.HIGHER):
    topic = Topic(made.indicator(direction=direction), "18")
    found = progress(topic, Translated(method, "", value, None, "", 0), taken)
    return None if found is None else (found.sv.replace("\u00a0", " "), found.en.replace("\u00a0", " "))


@pytest.mark.parametrize(
    ("method", "value", "taken", "sv", "en"),
    [
        ("statcan", 0.0123, case(), "+1,2 procent om året", "+1.2 per cent a year"),
        ("statcan", 0.275, case(target=90.0), "28 procent av den takt som behövs", "28 per cent of the pace needed"),
        ("eurostat", -0.02, case(), "−2,0 procent om året", "−2.0 per cent a year"),
        ("eurostat", 0.02, case(-1), "−2,0 procent om året", "−2.0 per cent a year"),
        ("un", 0.33, case(target=90.0), "33 procent av vägen till målet", "33 per cent of the way to the target"),
        ("un", 0.005, case(), "+0,5 procent om året", "+0.5 per cent a year"),
        (
            "destatis",
            0.84,
            case(target=90.0, target_year=2030),
            "84 procent av vägen kvar när målåret är inne",
            "84 per cent of the way left when the target year comes",
        ),
        (
            "destatis",
            -0.2,
            case(target=90.0, target_year=2030),
            "0 procent av vägen kvar när målåret är inne",
            "0 per cent of the way left when the target year comes",
        ),
        ("destatis", 1.3, case(target=90.0, target_year=2030), "rör sig bort från målet", "moves away from the target"),
        (
            "destatis",
            0.28,
            case(-1, target=90.0, target_year=2030),
            "−0,3 procentenheter om året",
            "−0.3 percentage points a year",
        ),
        ("sdsn", 0.5, case(target=90.0), "50 procent av den takt som behövs", "50 per cent of the pace needed"),
        (
            "xmr",
            2.13,
            case(-1),
            "2,1 standardavvikelser under medelvärdet",
            "2.1 standard deviations below the mean",
        ),
        (
            "scotland",
            -0.3,
            case(-1),
            "+0,3 procentenheter sedan förra mätningen",
            "+0.3 percentage points since the measurement before",
        ),
    ],
)
def test_each_number_is_said_in_its_own_terms_and_changes_as_the_figure_itself_moves(method, value, taken, sv, en):
    direction = Direction.LOWER if taken.direction == -1 else Direction.HIGHER
    assert said(method, value, taken, direction) == (sv, en)


@pytest.mark.parametrize("value", [None, math.inf, -math.inf, math.nan])
def test_what_is_no_number_is_not_said(value):
    assert said("statcan", value, case()) is None


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize("target", [None, 75.0])
def test_every_method_that_answers_has_words_for_its_number(direction, target):
    taken = case(direction, target, 2030)
    for name, method in METHODS.items():
        if name == "kolada":
            continue
        (answer,) = method((taken,))
        if answer.value is not None and math.isfinite(answer.value):
            assert said(name, answer.value, taken) is not None, name
