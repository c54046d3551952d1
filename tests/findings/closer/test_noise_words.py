"""How certain the latest figure is, in words. Everything here is made up."""

from __future__ import annotations

from dataclasses import replace

import publishable
import pytest
import synthetic_judgements as made
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.closer.values import Interval, Noise
from vagvisare.assessment.definition import Break, Collection
from vagvisare.findings.closer.noise import noise
from vagvisare.findings.grammar import Topic
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

REGISTER = Topic(made.indicator("share"), "18")
SURVEY = replace(REGISTER, indicator=replace(REGISTER.indicator, collection=Collection.SURVEY))
FULL = Noise(Period.year(2025), Interval.GIVEN, 60.5, 63.5, (59.0, 66.0), Period.year(2024), 2.1, 1.3, 1.5, news=True)


def said(topic=REGISTER, **change):
    texts = noise(topic, replace(FULL, **change))
    assert [publishable.faults(text) for text in texts] == [[]] * len(texts)
    return [text.sv.replace("\u00a0", " ") for text in texts]


def test_everything_known():
    margin, limits, change = said()
    assert margin == "Felmarginalen för 2025 går från 60,5 till 63,5 procent; producenten har publicerat den."
    assert limits == "Räknat från trendens linje 2025 håller slumpen nästan alltid värdet mellan 59,0 och 66,0 procent."
    assert change == (
        "Förändringen från 2024 till 2025 är +2,1 procentenheter. Det är mer än slumpen brukar ge (upp till 1,3 "
        "procentenheter från felmarginalen och 1,5 procentenheter från seriens vanliga svängningar), så förändringen "
        "är en nyhet."
    )


def test_inside_the_noise():
    assert said(change=-0.4, news=False, sampling_margin=None)[-1] == (
        "Förändringen från 2024 till 2025 är −0,4 procentenheter. Så mycket kan slumpen ge (upp till 1,5 "
        "procentenheter från seriens vanliga svängningar), så förändringen är i sig ingen nyhet."
    )


@pytest.mark.parametrize(
    ("topic", "source", "words"),
    [
        (SURVEY, Interval.WILSON, "den är räknad ur hur många som har svarat."),
        (REGISTER, Interval.WILSON, "den är räknad ur hur många som andelen bygger på."),
        (REGISTER, Interval.BYAR, "den är räknad ur hur många händelser siffran bygger på."),
        (REGISTER, Interval.STANDARD_ERROR, "den är räknad ur producentens medelfel."),
    ],
)
def test_where_the_margin_comes_from(topic, source, words):
    assert said(topic, source=source)[0].endswith(words)


def test_what_is_missing_is_said():
    nothing = {"source": Interval.NONE, "low": None, "high": None, "limits": None, "sampling_margin": None}
    margin, change = said(**nothing, process_margin=None, news=None)
    assert margin == "Felmarginal saknas i uppgifterna."
    assert change.endswith("går inte att säga, eftersom mätningarna är för få.")
    assert "urvalsundersökning" in said(SURVEY, **nothing)[0]
    assert said(**nothing, previous=None, change=None, process_margin=None, news=None)[-1] == (
        "Det finns ingen tidigare mätning att jämföra med."
    )


def test_across_a_break():
    at = Break(Period.year(2025), Text("Ny metod.", "New method."), cuts=False)
    assert said(broken=at, news=None)[-1].endswith("Underlaget ändrades 2025, så förändringen säger inget säkert.")


def test_a_change_and_a_margin_that_differ_never_look_alike():
    assert "+0,42 procentenheter" in said(change=0.42, process_margin=0.44, sampling_margin=None, news=False)[-1]
    assert "upp till 0,44" in said(change=0.42, process_margin=0.44, sampling_margin=None, news=False)[-1]


def test_windows_of_years():
    texts = noise(REGISTER, replace(FULL, period=Period(2021, 2024), previous=Period(2017, 2020)))
    assert texts[0].sv.startswith("Felmarginalen för åren 2021–2024 går")
    assert "från 2017–2020 till 2021–2024" in texts[2].sv


@given(st.floats(-50, 50), st.floats(0, 50), st.none() | st.floats(0, 50), st.booleans())
def test_whatever_the_numbers_the_words_can_be_published(change, process, sampling, news):
    said(change=change, process_margin=process, sampling_margin=sampling, news=news)
