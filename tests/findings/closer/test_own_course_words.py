"""Is it us or the whole country, in words. Everything here is made up."""

from __future__ import annotations

import re
from dataclasses import replace

import publishable
import pytest
import synthetic_judgements as made
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.closer.values import OwnCourse, Whose
from vagvisare.findings.closer.own_course import MEASURED, own_courses
from vagvisare.findings.grammar import Topic
from vagvisare.terms.period import Period

TOPIC = Topic(made.indicator("share"), "18")
COURSE = OwnCourse(Period.year(2011), Period.year(2025), 0.42, 0.26, 0.16, 0.05, 0.31, Whose.OURS, n=15)


def said(topic=TOPIC, **change):
    first, *_, last = own_courses(topic, (replace(COURSE, **change),))
    assert last == MEASURED
    assert publishable.faults(first) == []
    return first


def test_ours():
    text = said()
    assert text.sv == (
        "Sedan 2011 är förändringen +0,42 procentenheter om året i Örebro län; i rikets takt hade den varit +0,26. "
        "Skillnaden mot riket är tydlig: +0,16 procentenheter om året (95 procents intervall +0,05 till +0,31). Örebro "
        "län har alltså en egen utveckling."
    ).replace(" procentenheter", "\u00a0procentenheter")
    assert "+0.26" in text.en
    assert text.en.endswith("Örebro County thus has a course of its own.")


def test_everybodys_and_undetermined():
    shared = said(whose=Whose.EVERYBODYS, low=-0.1)
    assert shared.sv.endswith("är för liten eller för osäker för att räknas. Utvecklingen delas med hela landet.")
    assert "egen utveckling" not in shared.sv
    unknown = said(whose=Whose.UNDETERMINED, low=-0.1)
    assert unknown.sv.endswith("är mer än en tillfällighet går inte att avgöra.")
    assert "cannot be determined" in unknown.en


def test_an_event():
    text = said(
        Topic(made.indicator("emissions", "tonnes_co2e"), "18"), event=made.PANDEMIC, until=Period.year(2020),
        own=-5.7, nation=-3.2, difference=-2.5, low=-4.0, high=-1.0, relative=True,
    )  # fmt: skip
    assert text.sv.startswith("Under pandemin (2020) låg siffran i Örebro län −5,7\u00a0procent från sin egen linje; ")
    assert "med rikets avvikelse hade det blivit −3,2. " in text.sv
    assert "−2,5\u00a0procentenheter (95 procents intervall −4,0 till −1,0)" in text.sv
    assert "om året" not in text.sv
    assert "percentage points (95 per cent interval" in text.en


def test_per_cent_differ_by_percentage_points():
    text = said(Topic(made.indicator("companies", "companies"), "18"), relative=True)
    assert "+0,42\u00a0procent om året" in text.sv
    assert "+0,16\u00a0procentenheter om året" in text.sv


def test_an_interval_clear_of_nought_does_not_end_there():
    assert "intervall +0,04 till" in said(low=0.04, own=0.4, nation=0.2, difference=0.2).sv


def test_riket_itself_and_nothing_to_compare():
    assert own_courses(Topic(TOPIC.indicator, "00"), ())[0].sv == "Riket jämförs inte med sig självt."
    (text,) = own_courses(TOPIC, ())
    assert text.sv == "Det går inte att jämföra med riket: minst fem gemensamma mätningar behövs, fler om de delar år."
    assert publishable.faults(text) == []


numbers = st.floats(-9, 9).map(lambda value: round(value, 4))


@given(numbers, numbers, st.floats(0.001, 3), st.sampled_from(Whose), st.booleans(), st.sampled_from(["18", "1880"]))
def test_the_printed_numbers_add_up(own, nation, width, whose, relative, territory):
    difference = own - nation
    ends = (difference - width, difference + width)
    text = said(
        replace(TOPIC, territory=territory), own=own, nation=nation, difference=difference, low=ends[0], high=ends[1],
        whose=whose, relative=relative,
    )  # fmt: skip
    first, second, third = (
        float(found.replace("−", "-").replace(",", "."))
        for found in re.findall(r"(?<![\d,])([−+]?\d+,\d+)", text.sv)[:3]
    )
    assert abs(first - second - third) <= 0.0011
    assert (first, second) == pytest.approx((own, nation), abs=0.051)


@pytest.mark.parametrize("whose", Whose)
def test_a_group_is_named(whose):
    group = replace(TOPIC, group=made.WOMEN)
    assert "bland kvinnor i Örebro län" in said(group, whose=whose).sv
