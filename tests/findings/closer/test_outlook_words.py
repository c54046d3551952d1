"""The sentences about where a figure goes. The judgements are made up; the last test reads the bundled folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import synthetic_judgements as made
from publishable import faults

from vagvisare import flow
from vagvisare.assessment.judgement import Measured, Outlook, Projection, Window
from vagvisare.findings.closer.outlook import CLASSES, chance_hidden, measured, outlook, too_far, too_few
from vagvisare.findings.grammar import Topic
from vagvisare.terms.period import Period
from vagvisare.terms.unit import Scale, UnitClass

OREBRO = Path(__file__).parents[3] / "strategies" / "orebro"
SPACE = "\u00a0"


def receipt(**more):
    said = {
        "unit_class": "share",
        "origins": 2000,
        "coverage_80": (0.79, 0.61),
        "coverage_95": (0.94, 0.90),
        "forecasts": (1234, 766),
        "borrowed": (0.36, 0.0),
        "checked": ("share", "all"),
        "day": date(2026, 1, 2),
    }
    return Measured(**(said | more))


def going(value=64.2, low=61.3, high=67.1, last=63.1, known=None):
    coming = tuple(
        Outlook(Period.year(2025 + ahead), value + ahead - 1, low and low - ahead, high and high + ahead)
        for ahead in (1, 2)
    )
    return Projection(
        Period.year(2025), last, 0.05, 0.9, Scale.LOGIT, coming, known or receipt(), (0.0, 100.0), 0.1, 12
    )


def topic(key="share", unit="percent"):
    return Topic(made.indicator(key, unit), "18")


def plain(text):
    return text.replace(SPACE, " ").replace("\u202f", " ")


JUDGED = made.trend()


def test_a_projection_with_its_band_and_what_was_measured():
    course, held = outlook(topic(), going(), JUDGED)
    assert plain(course.sv) == (
        "Fortsätter utvecklingen som hittills, med en takt som avtar, hamnar andelen elever som når målen i Örebro län "
        "på ungefär 64,2 procent 2026; åtta av tio sådana prognoser har träffat inom ett lika brett band, här mellan "
        "60,3 och 68,1 procent."
    )
    assert plain(course.en) == (
        "If things go on as before, at a slackening pace, the share of pupils who reach the goals in Örebro County "
        "will be about 64.2 per cent in 2026; eight in ten such projections have held within a band as wide, here "
        "between 60.3 and 68.1 per cent."
    )
    assert plain(held.sv) == (
        "Mätt täckning: 79 procent av 1 234 prognoser ett år framåt för andelar hamnade inom bandet. Bandets bredd "
        "bygger till 36 procent på andra slags mått."
    )
    assert plain(held.en) == (
        "Measured coverage: 79 per cent of 1,234 projections one year ahead for shares fell inside the band. The width "
        "of the band rests to 36 per cent on other kinds of measures."
    )


def test_a_band_that_has_not_held_is_not_called_eight_in_ten():
    course, held = outlook(topic(), going(), JUDGED, 2027)
    assert "sex av tio sådana prognoser" in course.sv
    assert "six in ten such projections" in course.en
    assert "61 procent av 766 prognoser två år framåt för alla slags mått" in plain(held.sv)
    assert "färre än de 80 som bandet är tänkt för" in held.sv
    assert "fewer than the 80" in held.en
    assert "bygger" not in held.sv


def test_a_band_that_is_too_wide_says_so():
    (_, held) = outlook(topic(), going(known=receipt(coverage_80=(0.91, 0.9))), JUDGED)
    assert "fler än de 80" in held.sv
    assert "more than the 80" in held.en


def test_a_figure_that_stays_is_said_to_stay():
    course, _ = outlook(topic(), going(last=64.24), JUDGED)
    assert "ligger andelen elever som når målen i Örebro län kvar på ungefär" in course.sv
    assert "will stay at about" in course.en


def test_without_a_calibration_the_words_say_so():
    bare = replace(going(low=None, high=None), measured=None)
    course, why = outlook(topic(), bare, JUDGED)
    assert "band" not in course.sv
    assert why.sv.startswith("Inget osäkerhetsband visas")
    assert "has not been measured" in why.en


def test_beyond_what_was_tested_there_is_no_band():
    course, why = outlook(topic(), going(), JUDGED, 2040)
    assert "2040" in course.sv
    assert "mellan" not in course.sv
    assert why == too_far(2040)
    assert measured(going(), 2040) == too_far(2040)


@pytest.mark.parametrize("year", [2019, 2025])
def test_a_year_that_is_not_ahead_has_no_words(year):
    assert outlook(topic(), going(), JUDGED, year) == ()


@pytest.mark.parametrize(("points", "sv"), [(1, "en jämförbar finns"), (4, "fyra jämförbara finns")])
def test_too_few_points(points, sv):
    window = Window(tuple(Period.year(2020 + k) for k in range(points)), float(points))
    said = too_few(window)
    assert sv in said.sv
    assert "minst fem behövs" in said.sv
    assert "at least five are needed" in said.en


def test_overlapping_points_that_are_worth_too_little():
    window = Window(tuple(Period(2004 + k, 2007 + k) for k in range(12)), 3.9)
    said = too_few(window)
    assert "de tolv som finns delar år med varandra" in said.sv
    assert "ungefär 3,9 fristående mätningar, och minst fyra behövs" in said.sv
    assert "about 3.9 separate measurements, and at least four are needed" in said.en


def test_measures_over_several_years_are_said_not_to_be_tested_by_themselves():
    several = replace(
        going(),
        origin=Period(2022, 2025),
        ahead=tuple(replace(each, period=Period(each.period.start - 3, each.period.end)) for each in going().ahead),
    )
    course, held = outlook(topic(), several, JUDGED)
    assert "åren 2023–2026" in course.sv
    assert held.sv.endswith("för få för att ha prövats för sig.")
    assert held.en.endswith("tested by themselves.")


def test_every_class_of_units_has_a_name():
    assert set(CLASSES) == {"all", *(each.value for each in UnitClass)}


def test_why_a_chance_is_hidden():
    assert "åtta mätningar" in chance_hidden().sv
    assert "eight measurements" in chance_hidden().en


def test_every_sentence_about_the_bundled_figures_can_be_published():
    outcome = flow.follow_up(flow.read_folder(OREBRO), history=False)
    told = 0
    for key, judged in outcome.judgements.items():
        if key.territory not in ("18", "00") or not key.is_total:
            continue
        about = Topic.of(key, outcome.indicators[key.indicator])
        for year in (None, 2027, 2030, 2045):
            for text in outlook(about, judged.projection, judged.trend, year):
                told += 1
                assert faults(text) == []
    assert told > 200
