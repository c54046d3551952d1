"""What the replay says beside a statement: true to the figures, in plain words. All figures are synthetic."""

from __future__ import annotations

from dataclasses import replace

import pytest
from replay_world import RISING, UNDETERMINED, claim, counties, indicator, statement, view, yearly

from vagvisare.assessment.definition import Break, Collection, Contrast, Direction, Event, Group
from vagvisare.assessment.judgement import Movement, Shock, Size
from vagvisare.findings.grammar import Topic
from vagvisare.followups.outcome import ReplayVerdict
from vagvisare.followups.replay import answer
from vagvisare.followups.wording import shock_words
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey


def why(seen, *claims, **about):
    said = answer(statement(*claims, **about), "18", seen).why
    return Text(said.sv.replace("\u00a0", " "), said.en.replace("\u00a0", " "))


def test_a_trend_is_said_from_figure_to_figure():
    said = why(view([yearly(RISING)]), claim("trend", "rising"))
    assert said.sv == "Andelen som prövas ökar: från 40,0 procent 2010 till 51,0 procent 2021."
    assert said.en == "The share under test is rising: from 40.0 per cent in 2010 to 51.0 per cent in 2021."


def test_noise_is_said_as_noise():
    said = why(view([yearly([40, 43, 39, 42, 40, 43, 39, 42, 40, 42.5, 39, 42])]), claim("trend", "falling"))
    assert said.sv.startswith(
        "Andelen som prövas gick från 40,0 procent 2010 till 42,0 procent 2021; "
        "det går inte att skilja från tillfälliga svängningar."
    )


def test_a_trend_that_its_own_ends_deny_says_so():
    fell_at_last = [40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 39]
    said = why(view([yearly(fell_at_last)]), claim("trend", "rising"))
    assert said.sv.startswith(
        "Andelen som prövas ökar sett till alla år, även om siffran gick från 40,0 procent 2010 till 39,0 procent 2024."
    )


def test_a_change_of_source_between_the_figures_is_named_once():
    changed = indicator(breaks=(Break(Period.year(2015), Text("nytt", "new"), cuts=False),))
    said = why(view([yearly(RISING)], changed), claim("trend", "rising"))
    assert said.sv.endswith("till 51,0 procent 2021 (underlaget ändrades 2015).")
    counted = indicator(unit="companies", breaks=changed.breaks)
    said = why(view([yearly([1000 + i for i in range(12)])], counted), claim("last_change", "rising"))
    assert "underlaget" not in said.sv


def test_money_says_its_price_basis_and_two_numbers_never_meet():
    money = indicator(unit="million_sek", price_basis="current", subject=Text("utgifterna", "spending"))
    said = why(view([yearly([1000 + 50 * i for i in range(12)])], money), claim("trend", "rising"))
    assert "1 000 miljoner kronor i löpande priser 2010 till 1 550 (2021)" in said.sv.replace("\u202f", " ")
    assert "in current prices" in said.en


def test_windows_that_share_years_are_not_a_change():
    windows = {Period(y, y + 3): 20.0 + (5 if y > 2016 else 0) for y in (2009, 2013, 2017, 2019)}
    windows[Period(2015, 2018)] = 40.0
    key = SeriesKey("andel", "18")
    survey = indicator(collection=Collection.SURVEY)
    told = answer(statement(claim("last_change", "falling")), "18", view([Series.of(key, windows)], survey))
    # 2019–2022 is set beside 2015–2018 (40), not beside 2017–2020 (25), which holds half the same answers.
    assert told.verdict is ReplayVerdict.AGREES
    assert "åren 2015–2018 till" in told.why.sv


def test_the_place_of_earlier_years_is_told_with_the_latest():
    others = [80 + i / 10 for i in range(20)]
    said = why(view(counties([70, 70, 70], others)), claim("rank", "lowest"))
    assert said.sv == "Andelen som prövas var 70,0 procent 2021, lägst av 21 län; så var det även 2020 och 2019."
    said = why(view(counties([70, 70, 80.05], others)), claim("rank", "lowest"))
    assert said.sv.endswith("2021, näst lägst av 21 län; 2020 och 2019: lägst av 21 län.")
    assert said.en.endswith("in 2021, second-lowest of 21 counties; 2020 and 2019: lowest of 21 counties.")
    said = why(view(counties([99, 70, 81], others)), claim("rank", "highest"))
    assert "2021, delad plats 10 av 21 län räknat från högst; 2020: plats 21 av 21 län" in said.sv
    assert said.sv.endswith("2019: högst av 21 län.")


def test_a_small_difference_is_chance_in_a_survey_and_too_small_in_a_register():
    figures = [yearly([50, 50.2], 2020), yearly([50, 50], 2020, territory="00")]
    for collection, words in (
        (Collection.SURVEY, "en skillnad som kan vara slump i en urvalsundersökning"),
        (Collection.REGISTER, "en för liten skillnad för att räknas"),
    ):
        seen = view(figures, indicator(collection=collection))
        for asked in (claim("level", "better_than_nation"), claim("level", "better_than_before")):
            assert why(seen, asked).sv.endswith(f", {words}.")
        assert why(seen, claim("last_change", "rising")).sv.endswith(f", {words}.")
    assert "mot 50,0 procent 2020" in why(seen, claim("level", "better_than_before")).sv
    assert "mot 50,0 procent i riket" in why(seen, claim("level", "better_than_nation")).sv


@pytest.mark.parametrize(
    ("size", "word"), [(Size.SLIGHT, "något lägre"), (Size.PLAIN, ", lägre"), (Size.SHARP, "mycket lägre")]
)
def test_the_size_word_of_a_shock_is_its_own(size, word):
    event = Event("pandemi", 2020, 2021, Text("pandemin", "the pandemic"))
    trend = view([yearly(RISING)]).judgements[SeriesKey("andel", "18")].trend
    year = Period.year(2020)
    shock = Shock(event, year, 50.0, 45.0, -2.5, size, Movement.FALLING, None, trend, changes_verdict=False)
    topic = Topic(indicator(), "18")
    said = shock_words(topic, shock).sv.replace("\u00a0", " ")
    assert word in said
    assert said.endswith("än de 50,0 procent som utvecklingen före pandemin pekade mot.")
    nation = shock_words(topic, replace(shock, nation_deviation=-2.1)).sv
    assert nation.endswith("Detsamma gäller riket som helhet.")
    assert shock_words(topic, replace(shock, nation_deviation=-1.9)).sv.endswith("Riket avvek inte på samma sätt.")


def test_the_opening_says_what_differs_and_how():
    nation = yearly([60, 60], 2020, territory="00")
    worse = view([nation, yearly([70, 60.5], 2020)])
    readings = (claim("level", "better_than_before"), claim("level", "better_than_nation"))
    told = answer(statement(*readings), "18", worse)
    assert told.verdict is ReplayVerdict.CONTRADICTED
    assert told.why.sv.startswith("En jämförelse motsäger påståendet, och en annan ger inget säkert svar.")
    noise = yearly([40, 43, 39, 42, 40, 43, 39, 42, 40, 42.5, 39, 41.2], key="annan")
    seen = view([yearly(RISING), noise], indicator(), indicator("annan"))
    told = answer(statement(claim("trend", "falling"), claim("trend", "falling", "annan")), "18", seen)
    assert told.tested[0].verdict is ReplayVerdict.CONTRADICTED
    if told.tested[1].verdict is UNDETERMINED:
        assert told.why.sv.startswith("Ett officiellt mått motsäger påståendet, och ett annat ger inget säkert svar.")


def test_what_cannot_be_tested_says_why():
    one = view([yearly([50])])
    for aspect, expected in (("last_change", "rising"), ("run", "rising"), ("reversal", "falling")):
        assert why(one, claim(aspect, expected)).sv == (
            "Andelen som prövas går inte att pröva: det finns bara en mätning."
        )
    assert why(one, claim("rank", "lowest")).sv.endswith("för få län har siffror för samma år.")
    assert why(one, claim("level", "better_than_nation")).sv.endswith("det finns ingen siffra att jämföra med.")
    assert why(one, claim("gap", "wide")).sv.endswith("siffror för grupperna saknas.")
    dip = claim("shock", "falling", event="pandemi")
    assert why(one, dip).sv.endswith("det finns inte siffror både före och under pandemin.")
    assert why(one, claim("trend", "rising")).sv == (
        "Andelen som prövas var 50,0 procent 2010; en enda mätning visar ingen riktning."
    )


def test_standing_still_at_last_is_no_continuation_and_no_contradiction():
    told = answer(statement(claim("run", "falling")), "18", view([yearly([50, 49, 48, 48])]))
    assert told.verdict is UNDETERMINED
    assert "gick från 48,0" in told.why.sv


def test_a_gap_too_small_to_count_says_so():
    women, men = Group("K", "", Text("kvinnor", "women")), Group("M", "", Text("män", "men"))
    contract = indicator(contrasts=(Contrast(women, men),), direction=Direction.HIGHER)
    seen = view([yearly([60] * 6), yearly([60.2] * 6, sex="K"), yearly([60] * 6, sex="M")], contract)
    said = why(seen, claim("gap", "wide"))
    assert said.sv == (
        "Andelen som prövas var 60,2 procent bland kvinnor och 60,0 procent bland män 2015, "
        "en skillnad på 0,2 procentenheter, vilket är för lite för att räknas."
    )
    assert said.en.endswith("a difference of 0.2 percentage points, too little to count.")
