"""The replay is exact and fair: every verdict it can give, from synthetic series judged by the real engine."""

from __future__ import annotations

from datetime import date

import pytest
from replay_world import (
    AGREES,
    CONTRADICTED,
    DEPENDS,
    HERE,
    RISING,
    UNDETERMINED,
    claim,
    counties,
    indicator,
    statement,
    verdict,
    view,
    yearly,
)

from vagvisare.assessment.definition import (
    Collection,
    Contrast,
    Direction,
    Group,
    ReleaseRule,
    Target,
    TargetKind,
)
from vagvisare.followups.claims import ASPECTS
from vagvisare.followups.document import Focus, FollowUp
from vagvisare.followups.outcome import ReplayVerdict
from vagvisare.followups.replay import answer, replay
from vagvisare.terms.language import Text


def test_a_clear_trend_agrees_one_way_and_is_contradicted_the_other():
    seen = view([yearly(RISING)])
    assert verdict(seen, claim("trend", "rising")) is AGREES
    assert verdict(seen, claim("trend", "falling")) is CONTRADICTED


def test_noise_decides_nothing():
    seen = view([yearly([40, 43, 39, 42, 40, 43, 39, 42, 40, 42.5, 39, 42])])
    assert verdict(seen, claim("trend", "rising")) in {UNDETERMINED, DEPENDS}


def test_too_few_points_decide_nothing_and_the_sentence_says_so():
    seen = view([yearly([40, 40.4, 40.8])])
    told = answer(statement(claim("trend", "rising")), "18", seen)
    assert told.verdict is UNDETERMINED
    assert "tre jämförbara mätningar räcker inte" in told.why.sv
    assert "three comparable measurements are too few" in told.why.en


def test_where_the_starting_year_decides_the_statement_depends_on_the_window():
    rose_then_fell = [30, 36, 41, 45, 48, 50, 50, 49, 47, 45, 43, 42]
    told = answer(statement(claim("trend", "rising")), "18", view([yearly(rose_then_fell)]))
    assert told.verdict is DEPENDS
    assert "Svaret beror på startår" in told.why.sv


def test_two_official_definitions_that_disagree_are_both_shown():
    falling = yearly([60 - i for i in range(12)], key="annan")
    seen = view([yearly(RISING), falling], indicator(), indicator("annan"))
    told = answer(statement(claim("trend", "rising"), claim("trend", "rising", "annan")), "18", seen)
    assert told.verdict is DEPENDS
    assert "Två officiella mått ger olika svar." in told.why.sv
    assert len(told.tested) == 2


def test_every_part_must_hold():
    falling = yearly([60 - i for i in range(12)], key="annan")
    seen = view([yearly(RISING), falling], indicator(), indicator("annan"))
    both = (claim("trend", "rising", part="1"), claim("trend", "rising", "annan", part="2"))
    assert verdict(seen, *both) is CONTRADICTED
    assert verdict(seen, both[0], claim("trend", "falling", "annan", part="2")) is AGREES


def test_a_part_without_figures_keeps_the_whole_from_agreeing():
    seen = view([yearly(RISING)])
    told = answer(statement(claim("trend", "rising"), missing="Konkurser saknas.", missing_en="Lacking."), "18", seen)
    assert told.verdict is UNDETERMINED
    assert told.why.sv.endswith("Konkurser saknas.")


def test_context_is_shown_and_decides_nothing():
    seen = view([yearly(RISING)])
    told = answer(statement(claim("trend", "rising", context=True), missing="Unga saknas."), "18", seen)
    assert told.verdict is ReplayVerdict.NO_FIGURES
    assert len(told.tested) == 1
    assert "Unga saknas." in told.why.sv


def test_no_claims_means_no_figures_here():
    assert verdict(view([yearly(RISING)]), missing="Gästnätter saknas.") is ReplayVerdict.NO_FIGURES


def test_lowest_means_lowest_alone_in_the_latest_year():
    others = [80 + i / 10 for i in range(20)]
    assert verdict(view(counties([70, 70, 70], others)), claim("rank", "lowest")) is AGREES
    assert verdict(view(counties([70, 70, 85], others)), claim("rank", "lowest")) is DEPENDS
    assert verdict(view(counties([85, 85, 85], others)), claim("rank", "lowest")) is CONTRADICTED
    assert verdict(view(counties([90, 90, 90], others)), claim("rank", "highest")) is AGREES


def test_a_shared_last_place_is_not_the_last_place():
    others = [70, *[80 + i / 10 for i in range(19)]]
    told = answer(statement(claim("rank", "lowest")), "18", view(counties([70, 70, 70], others)))
    assert told.verdict is DEPENDS
    assert "delat lägst av 21 län" in told.why.sv


def test_too_few_counties_give_no_place():
    assert verdict(view([yearly(RISING)]), claim("rank", "lowest")) is UNDETERMINED


@pytest.mark.parametrize(
    ("values", "expected", "wanted"),
    [
        ([50, 49, 48, 47], "falling", AGREES),
        ([50, 51, 50, 49], "falling", UNDETERMINED),
        ([50, 49, 48, 49], "falling", CONTRADICTED),
    ],
)
def test_continuing_takes_three_changes_in_a_row(values, expected, wanted):
    assert verdict(view([yearly(values)]), claim("run", expected)) is wanted


def test_the_last_change_counts_only_beyond_the_smallest_change():
    assert verdict(view([yearly([50, 47])]), claim("last_change", "falling")) is AGREES
    assert verdict(view([yearly([50, 49.5])]), claim("last_change", "falling")) is UNDETERMINED
    assert verdict(view([yearly([50, 53])]), claim("last_change", "falling")) is CONTRADICTED
    assert verdict(view([yearly([50])]), claim("last_change", "falling")) is UNDETERMINED


def test_a_survey_gets_three_percentage_points_of_allowance():
    survey = indicator(collection=Collection.SURVEY)
    assert verdict(view([yearly([50, 47.5])], survey), claim("last_change", "falling")) is UNDETERMINED
    assert verdict(view([yearly([50, 46.5])], survey), claim("last_change", "falling")) is AGREES


def test_better_follows_the_indicators_own_direction():
    nation = yearly([50, 50, 50], 2019, territory="00")
    ours = yearly([40, 40, 40], 2019)
    lower = indicator(direction=Direction.LOWER)
    assert verdict(view([nation, ours], lower), claim("level", "better_than_nation")) is AGREES
    assert verdict(view([nation, ours]), claim("level", "better_than_nation")) is CONTRADICTED
    near = yearly([50.4, 50.4, 50.4], 2019)
    assert verdict(view([nation, near]), claim("level", "better_than_nation")) is UNDETERMINED
    assert verdict(view([ours]), claim("level", "better_than_nation")) is UNDETERMINED


def test_better_than_before_compares_with_the_figure_before():
    assert verdict(view([yearly([50, 55])]), claim("level", "better_than_before")) is AGREES
    assert verdict(view([yearly([55, 50])]), claim("level", "better_than_before")) is CONTRADICTED
    assert verdict(view([yearly([55])]), claim("level", "better_than_before")) is UNDETERMINED


def test_a_shock_needs_to_leave_the_own_path():
    path = [60, 60.3, 60.5, 60.9, 61.1, 61.4, 61.8, 62, 62.3, 62.5]
    dip = claim("shock", "falling", event="pandemi")
    assert verdict(view([yearly([*path, 55, 56])]), dip) is AGREES
    assert verdict(view([yearly([*path, 70, 70])]), dip) is CONTRADICTED
    told = answer(statement(dip), "18", view([yearly([*path, 62.6, 62.4])]))
    assert told.verdict is UNDETERMINED
    assert "under pandemin; det går inte att skilja från tillfälliga svängningar" in told.why.sv
    assert verdict(view([yearly(path)]), dip) is UNDETERMINED


def test_a_reversal_goes_against_the_trend():
    path = [60, 61.1, 62, 63.1, 64, 65, 66.1, 67, 68, 69]
    assert verdict(view([yearly([*path, 60])]), claim("reversal", "falling")) is AGREES
    assert verdict(view([yearly([*path, 70])]), claim("reversal", "falling")) is UNDETERMINED


def emissions(yearly_cut):
    goal = Target(TargetKind.RELATIVE_TO_BASE, "syntetiskt", "syntetisk", value=-60.0, base_year=2005, year=2030)
    contract = indicator(
        "utslapp",
        unit="kilotonnes_co2e",
        direction=Direction.LOWER,
        targets=(goal,),
        plural=True,
        subject=Text("utsläppen", "emissions"),
    )
    values = [2000 * (1 - yearly_cut) ** i * (1 + 0.002 * (-1) ** i) for i in range(15)]
    return view([yearly(values, 2005, "utslapp")], contract)


def test_too_slow_stands_beside_the_pace_needed():
    told = answer(statement(claim("pace", "too_slow", "utslapp")), "18", emissions(0.015))
    assert told.verdict is AGREES
    assert "kräver" in told.why.sv
    assert "procent om året" in told.why.sv
    assert verdict(emissions(0.06), claim("pace", "too_slow", "utslapp")) is CONTRADICTED
    assert verdict(emissions(-0.02), claim("pace", "too_slow", "utslapp")) is CONTRADICTED


def test_pace_without_a_dated_target_cannot_be_told():
    assert verdict(view([yearly(RISING)]), claim("pace", "too_slow")) is UNDETERMINED


def test_a_gap_is_wide_beyond_the_smallest_change():
    a, b = Group("T", "a", Text("grupp a", "group a")), Group("T", "b", Text("grupp b", "group b"))
    contract = indicator(groups=(a, b), contrasts=(Contrast(a, b),))
    total = yearly([60] * 6, 2015)
    wide = [total, yearly([80] * 6, 2015, background="a"), yearly([50] * 6, 2015, background="b")]
    told = answer(statement(claim("gap", "wide")), "18", view(wide, contract))
    assert told.verdict is AGREES
    assert "30,0 procentenheter" in told.why.sv.replace("\u00a0", " ")
    same = [total, yearly([60.2] * 6, 2015, background="a"), yearly([60] * 6, 2015, background="b")]
    assert verdict(view(same, contract), claim("gap", "wide")) is CONTRADICTED
    assert verdict(view([total], contract), claim("gap", "wide")) is UNDETERMINED


def test_nothing_known_is_said_plainly():
    seen = view([yearly(RISING, territory="20")])
    told = answer(statement(claim("trend", "rising")), "18", seen)
    assert told.verdict is UNDETERMINED
    assert told.why.sv == (
        "När siffrorna om andelen som prövas publicerades är inte känt, så ingen av dem räknas som känd den dagen."
    )
    regular = indicator(release=ReleaseRule(1, 3))
    told = answer(statement(claim("trend", "rising")), "18", view([yearly(RISING, territory="20")], regular))
    assert told.why.sv == "Inga siffror om andelen som prövas var kända för Örebro län den dagen."


def test_reconstructed_is_carried_from_the_figures_asked():
    made = view([yearly(RISING)], reconstructed=False)
    assert not answer(statement(claim("trend", "rising")), "18", made).reconstructed
    assert answer(statement(claim("trend", "rising")), "18", view([yearly(RISING)])).reconstructed


def test_two_readings_of_the_same_words_that_differ_make_it_depend():
    nation = yearly([50, 50], 2020, territory="00")
    ours = yearly([60, 60.2], 2020)
    readings = (claim("level", "better_than_before"), claim("level", "better_than_nation"))
    told = answer(statement(*readings), "18", view([nation, ours]))
    assert told.verdict is DEPENDS
    assert told.why.sv.startswith("Svaret beror på vad man jämför med.")


def test_where_no_reading_agrees_a_contradiction_outweighs_doubt():
    nation = yearly([60, 60], 2020, territory="00")
    ours = yearly([60, 55], 2020)
    readings = (claim("level", "better_than_before"), claim("level", "better_than_nation"))
    assert verdict(view([nation, ours]), *readings) is CONTRADICTED


def test_a_gap_claim_can_name_its_pair():
    women, men = Group("K", "", Text("kvinnor", "women")), Group("M", "", Text("män", "men"))
    a, b = Group("T", "a", Text("grupp a", "group a")), Group("T", "b", Text("grupp b", "group b"))
    contract = indicator(contrasts=(Contrast(a, b), Contrast(women, men)), group_subject=Text("andelen", "the share"))
    seen = view(
        [
            yearly([60] * 6, 2015),
            yearly([80] * 6, 2015, background="a"),
            yearly([50] * 6, 2015, background="b"),
            yearly([61] * 6, 2015, sex="K"),
            yearly([60.5] * 6, 2015, sex="M"),
        ],
        contract,
    )
    assert verdict(seen, claim("gap", "wide", group="K/|M/")) is CONTRADICTED
    assert verdict(seen, claim("gap", "wide", group="T/a|T/b")) is AGREES
    assert verdict(seen, claim("gap", "wide")) is AGREES


def test_a_group_can_be_asked_about():
    women = yearly(RISING, sex="K")
    assert verdict(view([women]), claim("trend", "rising", group="K/")) is AGREES


def test_every_statement_is_answered_then_and_now():
    said = FollowUp(
        "2022",
        "Syntetisk",
        "Synthetic",
        date(2022, 6, 17),
        "",
        HERE,
        (Focus("f", "Syntetisk", HERE, "Synthetic", (statement(claim("trend", "rising")), statement()), ()),),
    )
    then, now = view([yearly(RISING[:3])]), view([yearly(RISING)])
    replayed = replay(said, "18", then, now)
    assert [(each.then.verdict, each.now.verdict) for each in replayed] == [
        (UNDETERMINED, AGREES),
        (ReplayVerdict.NO_FIGURES, ReplayVerdict.NO_FIGURES),
    ]


def test_every_aspect_has_a_test_here():
    assert {"trend", "last_change", "run", "rank", "level", "shock", "reversal", "pace", "gap"} == ASPECTS


def test_sentences_never_show_a_machine():
    seen = view(counties([70, 70.5, 71], [80 + i / 10 for i in range(20)]))
    for aspect, expected in [("trend", "rising"), ("rank", "lowest"), ("last_change", "rising"), ("run", "rising")]:
        told = answer(statement(claim(aspect, expected)), "18", seen).why
        for text in (told.sv, told.en):
            assert not {"nan", "None", "{", "  "} & {w for w in ("nan", "None", "{", "  ") if w in text}, text
        assert "." not in told.sv.replace(". ", "").rstrip("."), told.sv
