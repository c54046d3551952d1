"""What must hold of every sentence, whatever the figures: nothing unwritable, and a verb that obeys the sign."""

from __future__ import annotations

import pytest
import synthetic_judgements as made
from hypothesis import given
from hypothesis import strategies as st
from publishable import faults
from sentence_chapters import CHAPTERS

from vagvisare.assessment.definition import Direction, TargetKind
from vagvisare.assessment.judgement import GapVerdict, Movement, PaceVerdict, Size
from vagvisare.findings import english, english_gap, english_pace, swedish, swedish_gap, swedish_pace
from vagvisare.findings.grammar import Topic, amount, counted, dated, ordinal, place_name
from vagvisare.findings.provisos import prices, small
from vagvisare.findings.rates import Rate
from vagvisare.terms.language import Language, Text
from vagvisare.terms.period import Period
from vagvisare.terms.unit import UNITS, Scale

SV, EN = Language.SV, Language.EN
ALL = [pytest.param(text, id=f"{name}-{i}") for name, chapter in CHAPTERS.items() for i, text in enumerate(chapter())]
sizes = st.floats(0.001, 1e7, allow_nan=False)


@pytest.mark.parametrize("text", ALL)
def test_golden_sentence_is_publishable(text):
    assert faults(text) == []


@pytest.mark.parametrize("bad", ["Den är -3.", "Den är  3.", "den är 3.", "Den är 3", "Den är nan.", "Den är 3.5."])
def test_the_rules_can_fail(bad):
    assert faults(Text(bad, "Fine."))


@given(change=st.floats(-60, 60).filter(lambda x: x != 0), value=st.floats(0.1, 99.9))
def test_trend_verb_obeys_the_sign(change, value):
    movement = Movement.RISING if change > 0 else Movement.FALLING
    judged = made.trend(movement, change)
    topic, level = Topic(made.indicator(), "18"), made.judgement(judged=judged, value=value).level
    text = Text(swedish.trend(topic, judged, level), english.trend(topic, judged, level))
    assert (" ökar " in text.sv, " minskar " in text.sv) == (change > 0, change < 0)
    assert (" rising " in text.en, " falling " in text.en) == (change > 0, change < 0)
    assert faults(text) == []


@given(slope=st.floats(-2, 2).filter(lambda x: abs(x) > 1e-6), value=sizes, unit=st.sampled_from(sorted(UNITS)))
def test_every_unit_and_size_is_publishable(slope, value, unit):
    movement = Movement.RISING if slope > 0 else Movement.FALLING
    topic = Topic(made.indicator("companies", unit), "18")
    judged = made.trend(movement, slope * 10, scale=Scale.LOG, slope=slope, end=value)
    level = made.judgement(judged=judged, value=value).level
    run = made.run(movement)
    for language in ("trend", "persist"):
        text = (
            Text(swedish.trend(topic, judged, level), english.trend(topic, judged, level))
            if language == "trend"
            else Text(swedish.persist(topic, judged, run, level), english.persist(topic, judged, run, level))
        )
        assert faults(text) == []


@given(change=st.floats(-40, 40).filter(lambda x: abs(x) > 1e-6), size=st.sampled_from(Size))
def test_reversal_and_shock_words_obey_the_sign(change, size):
    topic = Topic(made.indicator(), "18")
    level = made.judgement(value=50.0).level
    turned = swedish.reversal(topic, made.reversal(change, size), level)
    assert ("ökade" in turned, "minskade" in turned) == (change > 0, change < 0)
    strayed = swedish.shock(topic, made.shock(50.0 + change, 50.0, size))
    assert ("högre" in strayed, "lägre" in strayed) == (change > 0, change < 0)


@given(
    needed=st.floats(-20, 20).filter(lambda x: abs(x) > 1e-3),
    achieved=st.floats(-20, 20).filter(lambda x: abs(x) > 1e-3),
)
def test_pace_never_calls_a_rise_a_fall(needed, achieved):
    topic = Topic(made.indicator("emissions", "tonnes_co2e", Direction.LOWER), "18")
    verdict = PaceVerdict.TOO_SLOW if achieved * needed > 0 else PaceVerdict.WRONG_WAY
    judgement = made.judgement("emissions", made.trend(Movement.FALLING, -1.0, scale=Scale.LOG))
    judged = made.pace(verdict, needed=needed, achieved=achieved, target_value=1e6)
    text = Text(swedish_pace.pace(topic, judged, judgement), english_pace.pace(topic, judged, judgement))
    assert ("ökningen" if achieved > 0 else "minskningen") in text.sv
    assert ("the rise" if achieved > 0 else "the fall") in text.en
    assert faults(text) == []


@given(difference=st.floats(-60, 60), verdict=st.sampled_from(GapVerdict), first=st.floats(-60, 60))
def test_gap_word_obeys_the_sign(difference, verdict, first):
    topic = Topic(made.indicator(), "18")
    judged = made.gap(difference, verdict, first)
    text = Text(swedish_gap.gap(topic, judged), english_gap.gap(topic, judged))
    shown = round(difference, 1)
    assert ("högre" in text.sv, "lägre" in text.sv) == (shown > 0, shown < 0)
    assert faults(text) == []


def test_too_slow_always_says_what_for():
    topic = Topic(made.indicator("emissions", "tonnes_co2e", Direction.LOWER), "18")
    judgement = made.judgement("emissions", made.trend(Movement.FALLING, -1.0, scale=Scale.LOG))
    judged = made.pace(PaceVerdict.TOO_SLOW, needed=-6.4, achieved=-2.1)
    said = swedish_pace.pace(topic, judged, judgement)
    assert "för långsamt" in said
    assert "6,4" in said
    assert "2,1" in said


def test_rates_that_differ_never_look_alike():
    unit = UNITS["percent"]
    needed, achieved = Rate(-3.62, relative=False, unit=unit), Rate(-3.58, relative=False, unit=unit)
    places = needed.decimals(achieved)
    assert needed.size(SV, places) != achieved.size(SV, places)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (81.94, "percent", "81,9\u00a0procent"),
        (1450.0, "companies", "1\u202f450"),
        (1_812_345.0, "tonnes_co2e", "1\u202f812\u00a0tusen ton koldioxidekvivalenter"),
        (-0.123, "number", "−0,12"),
    ],
)
def test_amounts_in_swedish(value, unit, said):
    assert amount(Topic(made.indicator("companies", unit), "18"), value, SV) == said


def test_one_company_is_singular_in_english():
    topic = Topic(made.indicator("share", "companies"), "18")
    assert amount(topic, 1.0, EN) == "1\u00a0company"
    assert amount(topic, 2.0, EN) == "2\u00a0companies"


def test_dates_never_stand_beside_a_bare_number():
    assert dated("1 450", Period.year(2021), SV) == "1 450 (2021)"
    assert dated("83,4 år", Period.year(2025), SV) == "83,4 år (2025)"
    assert dated("12 procent", Period(2021, 2024), SV) == "12 procent åren 2021–2024"


def test_small_counts_are_words():
    assert [counted(n, SV) for n in (1, 2, 12, 13)] == ["en", "två", "tolv", "13"]
    assert [ordinal(n, EN) for n in (3, 15, 16)] == ["third", "fifteenth", "16th"]
    assert [ordinal(n, SV) for n in (16, 21, 22, 23, 31, 111)] == ["16:e", "21:a", "22:a", "23:e", "31:a", "111:e"]
    assert [ordinal(n, EN) for n in (16, 21, 22, 23, 24, 112)] == ["16th", "21st", "22nd", "23rd", "24th", "112th"]


def test_places():
    assert [place_name(code, SV) for code in ("18", "00", "1880", "zz")] == ["Örebro län", "riket", "Örebro", "zz"]


def test_undeclared_group_is_named_by_its_codes():
    from vagvisare.terms.series import SeriesKey

    key = SeriesKey("share", "18", "K", "born abroad")
    assert Topic.of(key, made.indicator()).among(EN) == " among women (born abroad)"
    assert Topic.of(SeriesKey("share", "18", "M"), made.indicator()).among(SV) == " bland män"


def test_a_decided_change_smaller_than_what_matters_is_small_and_an_undecided_one_is_not():
    topic = Topic(made.indicator(), "18")
    assert small(topic, made.trend(change=0.9))
    assert small(topic, made.trend(Movement.FALLING, -0.9))
    assert not small(topic, made.trend(change=1.1))
    assert not small(topic, made.trend(Movement.UNKNOWN, 0.2))
    log = Topic(made.indicator("companies", "companies"), "18")
    assert small(log, made.trend(change=1.9, scale=Scale.LOG, end=101.9))
    assert not small(log, made.trend(change=2.1, scale=Scale.LOG, end=102.1))


def test_current_prices_are_said_once():
    from vagvisare.terms.language import Text as Said

    topic = Topic(made.indicator("spending", "million_sek", price_basis="current"), "18")
    assert prices(topic, SV) == " i löpande priser"
    named = made.indicator(
        "spending", "million_sek", price_basis="current", subject=Said("bnp i löpande priser", "GDP in current prices")
    )
    assert prices(Topic(named, "18"), SV) == prices(Topic(named, "18"), EN) == ""


def test_a_target_of_direction_quotes_short_wordings_only():
    share = made.judgement()
    topic = Topic(made.indicator(), "18")
    long = made.target(TargetKind.DIRECTION, wording="Andel med god hälsa: öka")
    assert "”" not in swedish_pace.pace(topic, made.pace(PaceVerdict.RIGHT_WAY, long), share)
