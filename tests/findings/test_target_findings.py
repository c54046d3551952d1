"""Every kind of target, from made-up figures through judgement to sentence, numbers and explanation."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import synthetic_judgements as made
from hypothesis import given, settings
from hypothesis import strategies as st
from publishable import faults

from vagvisare.assessment.definition import Composite, Direction, Milestone, TargetKind
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import PaceVerdict, Yearly
from vagvisare.findings import labels
from vagvisare.findings.choose import findings
from vagvisare.findings.explain import explain
from vagvisare.findings.explain_pace import pace_steps
from vagvisare.findings.finding import FindingType
from vagvisare.findings.grammar import Topic
from vagvisare.findings.target_words import TwoRates, apart, astride, chance_word, round_size
from vagvisare.terms.language import Language, Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.territory import COUNTIES
from vagvisare.terms.unit import Scale

SV, EN = Language.SV, Language.EN
METRO = Composite(Text("riket utom storstadslänen", "Sweden elsewhere"), ("01", "12", "14"), "people")
STAGES = (Milestone(2018, 70.0), Milestone(2027, 82.0))
TARGETS = {
    TargetKind.ABSOLUTE: made.target(TargetKind.ABSOLUTE, milestones=STAGES),
    TargetKind.RELATIVE_TO_BASE: made.target(value=10.0, base_year=2010),
    TargetKind.INCREMENT: made.target(TargetKind.INCREMENT, value=5.0, base_year=2010, year=2030),
    TargetKind.DIRECTION: made.target(TargetKind.DIRECTION),
    TargetKind.FLOOR: made.target(TargetKind.FLOOR, value=70.0),
    TargetKind.CEILING: made.target(TargetKind.CEILING, value=70.0),
    TargetKind.ABOVE_NATION: made.target(TargetKind.ABOVE_NATION),
    TargetKind.CONVERGES: made.target(TargetKind.CONVERGES),
    TargetKind.AS_FAST: made.target(TargetKind.AS_FAST, peers=("00", "19")),
    TargetKind.ABOVE_PEERS: made.target(TargetKind.ABOVE_PEERS, peers=("19", "17")),
    TargetKind.ABOVE_COMPOSITE: made.target(TargetKind.ABOVE_COMPOSITE, composite=METRO),
    TargetKind.RANK: made.target(TargetKind.RANK, value=7.0),
    TargetKind.GAP_SHRINKS: made.target(TargetKind.GAP_SHRINKS),
}
swings = st.lists(st.integers(-40, 40), min_size=1, max_size=12)


def told(course, *targets, direction=Direction.HIGHER, base=60.0, everybody=COUNTIES):
    """Judge and say the targets of one county among ``everybody``; others follow the same course, moved a little."""
    contract = made.indicator(targets=targets, direction=direction, comparison=("19", "17"))
    people = made.indicator("companies", "persons", Direction.NEUTRAL, dataset="synthetic_people")
    people = replace(people, key="people", watches=())
    panel = {}
    for step, code in enumerate(("18", "00", *[each for each in everybody if each != "18"])):
        key, weight = SeriesKey("share", code), SeriesKey("people", code)
        shifted = {Period.year(2010 + k): base + swing / 4 + step / 3 - k * step / 50 for k, swing in enumerate(course)}
        panel[key] = Series.of(key, shifted)
        panel[weight] = Series.of(weight, {Period.year(2010): 1e6 if code == "00" else 2e4})
    contracts = {"share": contract, "people": people}
    judged = judge_all(panel, contracts)
    own = SeriesKey("share", "18")
    said = findings({own: judged[own]}, contracts, "18", {"synthetic_share": made.vintage()})
    return [
        (finding, explain(finding, judged[own], contract, panel[own]))
        for finding in said
        if finding.type is FindingType.PACE
    ]


def test_there_is_a_sample_of_every_kind():
    assert set(TARGETS) == set(TargetKind)


@given(swings, st.sampled_from([Direction.HIGHER, Direction.LOWER]), st.booleans())
@settings(max_examples=40, deadline=None)
def test_every_kind_can_be_said_and_explained_whatever_the_figures(course, direction, alone):
    found = told(course, *TARGETS.values(), direction=direction, everybody=() if alone else COUNTIES)
    assert {finding.parts[0] for finding, _ in found} == {kind.value for kind in TargetKind}
    for finding, explanation in found:
        assert faults(finding.sentence) == [], finding.sentence
        assert finding.parameters["target"] == finding.parts[0]
        assert json.loads(json.dumps(dict(finding.figures), allow_nan=False)) == dict(finding.figures)
        assert json.dumps(dict(finding.parameters), allow_nan=False)
        for step in explanation.steps:
            assert step.text.sv
            assert step.text.en
            for text in (step.text.sv, step.text.en):
                assert "nan" not in text.split()
                assert "None" not in text


def test_the_new_numbers_reach_the_open_data():
    course = [4 * k for k in range(12)]
    found = {finding.parts[0]: finding for finding, _ in told(course, *TARGETS.values())}
    level = found["absolute"].figures
    assert level["linear_needed"] == pytest.approx((85 - level["level_now"]) / 9)
    assert level["linear_low"] <= level["linear_achieved"] <= level["linear_high"]
    assert level["projected"] > level["level"]
    assert [stage["year"] for stage in found["absolute"].parameters["milestones"]] == [2018, 2027]
    assert found["rank"].figures["of"] == 21
    assert found["converges"].figures["distance"] == pytest.approx(-1 / 3 + 11 / 50)
    assert found["above_composite"].parameters["weighed_period"] == "2010"
    assert found["above_composite"].parameters["without"] == ["01", "12", "14"]
    assert set(found["as_fast"].figures["beside"]) == {"00", "19"}
    assert found["ceiling"].parameters["broken"] == ["2021"]
    assert found["floor"].verdict == "målet hålls"
    assert len(found["floor"].parameters["broken"]) == 10


def test_the_explanation_shows_both_ways_the_outlook_and_every_milestone():
    ((_, explanation),) = told([4 * k for k in range(12)], TARGETS[TargetKind.ABSOLUTE])
    steps = {step.title.sv: step.text for step in explanation.steps}
    assert "I enheter: behövs" in steps["Takten på två sätt"].sv
    assert "in per cent: needed" in steps["Takten på två sätt"].en
    assert steps["Utsikten"].sv.startswith("Fortsätter utvecklingen som hittills blir nivån ungefär")
    assert "Chansen" not in steps["Utsikten"].sv
    assert steps["Delmålen"].sv.count("procent till 2") == 2
    assert "by 2018: target not reached" in steps["Delmålen"].en


@pytest.mark.parametrize(
    ("chance", "sv", "en"),
    [
        (0.01, "mycket liten", "very small"),
        (0.0999, "mycket liten", "very small"),
        (0.1, "liten", "small"),
        (0.33, "ungefär jämn", "about even"),
        (0.5, "ungefär jämn", "about even"),
        (0.67, "stor", "large"),
        (0.9, "mycket stor", "very large"),
        (1.0, "mycket stor", "very large"),
    ],
)
def test_a_chance_is_a_range_in_words(chance, sv, en):
    assert (chance_word(chance, SV), chance_word(chance, EN)) == (sv, en)


def test_a_chance_is_said_only_where_it_is_known():
    aim = made.target(TargetKind.ABSOLUTE)
    judged = made.pace(
        PaceVerdict.TOO_SLOW,
        aim,
        target_value=85.0,
        needed=0.8,
        achieved=0.3,
        projected=82.4,
        projected_low=80.1,
        projected_high=84.9,
        chance=0.2,
        linear=Yearly(0.8, 0.3, 0.1, 0.5),
    )
    for chance, ends in ((0.2, "Chansen att målet nås är då liten."), (None, "82,4 procent (80,1 till 84,9) 2030.")):
        judgement = made.judgement(paces=(replace(judged, chance=chance),))
        (finding,) = [
            each
            for each in findings(
                {judgement.key: judgement}, {"share": made.indicator()}, "18", {"synthetic_share": made.vintage()}
            )
            if each.type is FindingType.PACE
        ]
        series = Series.of(judgement.key, {Period.year(2015 + k): 78.0 for k in range(11)})
        steps = explain(finding, judgement, made.indicator(), series).steps
        text = next(step.text.sv for step in steps if step.title.sv == "Utsikten")
        assert text.replace("\u00a0", " ").endswith(ends)
        assert finding.parameters.get("chance") == (None if chance is None else "small")
        assert "hans" not in finding.sentence.sv


def test_a_line_is_kept_rather_than_reached():
    floor = made.target(TargetKind.FLOOR, value=80.0)
    for verdict, sv, en in (
        (PaceVerdict.REACHED, "målet hålls", "target kept"),
        (PaceVerdict.NOT_REACHED, "målet hålls inte", "target not kept"),
        (PaceVerdict.WRONG_WAY, "målet är hotat", "target at risk"),
        (PaceVerdict.UNDETERMINED, "går inte att avgöra", "cannot be determined"),
    ):
        assert labels.pace_word(made.pace(verdict, floor), SV) == sv
        assert labels.pace_word(made.pace(verdict, floor), EN) == en
    assert labels.pace_word(made.pace(PaceVerdict.WRONG_WAY), SV) == "fel riktning"


def test_short_words_for_what_is_aimed_at():
    rank = made.pace(PaceVerdict.NOT_REACHED, TARGETS[TargetKind.RANK], rank=9, of=21)
    assert labels.aim_label(rank, SV) == "plats 7 eller bättre (nu plats 9)"
    assert labels.aim_label(rank, EN) == "place 7 or better (now place 9)"
    said = {kind: labels.aim_label(made.pace(PaceVerdict.REACHED, aim), SV) for kind, aim in TARGETS.items()}
    assert said[TargetKind.ABOVE_COMPOSITE] == "minst som riket utom storstadslänen"
    assert said[TargetKind.AS_FAST] == "minst lika snabbt som jämförelselänen"
    assert said[TargetKind.DIRECTION] == ""


@pytest.mark.parametrize(
    ("unit", "value", "sv", "en"),
    [
        ("percent", 1.0, "1 procentenhet", "1 percentage point"),
        ("percent", -2.5, "2,5 procentenheter", "2.5 percentage points"),
        ("persons", 5000.0, "5 000 invånare", "5,000 inhabitants"),
        ("tonnes_co2e", -1_500_000.0, "1 500 tusen ton koldioxidekvivalenter", "1,500 kilotonnes CO₂e"),
        ("years", 1.0, "1 år", "1 year"),
        ("number", 3.0, "3", "3"),
    ],
)
def test_a_stated_change_agrees_in_number(unit, value, sv, en):
    topic = Topic(made.indicator(unit=unit), "18")
    written = [
        round_size(topic, value, language).replace("\u00a0", " ").replace("\u202f", " ") for language in (SV, EN)
    ]
    assert written == [sv, en]


def test_the_schema_knows_every_kind_and_every_number_is_described():
    reference = Path(__file__).parents[2] / "docs" / "reference"
    schema = json.loads((reference / "follow-up-schema.json").read_text(encoding="utf-8"))
    finding = schema["$defs"]["finding"]["properties"]["parameters"]
    assert set(finding["properties"]["target"]["enum"]) == set(map(str, TargetKind))
    page = (reference / "follow-up-json.md").read_text(encoding="utf-8")
    for said, _ in told([4 * k for k in range(12)], *TARGETS.values()):
        jsonschema.Draft202012Validator(finding).validate(dict(said.parameters))
        assert [name for name in said.figures if f"`{name}`" not in page and name != "level"] == []


@given(
    st.integers(1, 9999), st.integers(-30, 30), st.sampled_from(["percent", "years", "tonnes_co2e", "sek_per_person"])
)
def test_figures_that_differ_look_different(thousandths, step, unit):
    topic = Topic(made.indicator("companies", unit), "18")
    size = topic.unit.divide
    value, other = thousandths / 100 * size, (thousandths + step) / 100 * size
    for language in (SV, EN):
        here, there = apart(topic, value, other, language)
        name = topic.unit.name.to(language)
        assert (here.removesuffix(name).strip() == there.removesuffix(name).strip()) == (value == other)
        assert here.endswith(name)


def test_years_of_life_are_paced_in_years():
    topic = Topic(made.indicator("life", "years"), "18")
    judged = made.pace(PaceVerdict.TOO_SLOW, TARGETS[TargetKind.AS_FAST], achieved=0.2, needed=0.3, level_now=80.0)
    rates = TwoRates.of(topic, judged, Scale.LOG)
    assert (rates.own.value, rates.other.value) == pytest.approx((0.16, 0.24))
    assert (rates.own_words(EN).replace("\u00a0", " "), rates.decimals) == ("+0.16 years a year", 2)
    assert TwoRates.of(topic, replace(judged, needed=None), Scale.LOG) is None


def test_rates_that_differ_look_different_and_no_change_has_one_decimal():
    topic = Topic(made.indicator(), "18")
    for own, other, said in ((0.42, 0.44, ("+0.42", "+0.44")), (0.0, 0.5, ("0.0", "+0.5")), (0.0, 0.0, ("0.0", "0.0"))):
        judged = made.pace(PaceVerdict.ON_PACE, TARGETS[TargetKind.AS_FAST], achieved=own, needed=other)
        rates = TwoRates.of(topic, judged, Scale.LOGIT)
        assert (rates.own_words(EN).partition("\u00a0")[0], rates.other_words(EN)) == said


def test_the_line_past_the_target_and_the_latest_figure_not_is_no_pace():
    numbers = {"target_value": 80.0, "needed": -0.2, "achieved": 0.3, "level_now": 80.5}
    judged = made.pace(PaceVerdict.UNDETERMINED, made.target(TargetKind.ABSOLUTE, value=80.0), **numbers)
    assert astride(judged, made.judgement(value=79.0).level)
    assert not astride(judged, made.judgement(value=80.5).level)
    assert not astride(replace(judged, verdict=PaceVerdict.TOO_SLOW), made.judgement(value=79.0).level)
    assert not astride(replace(judged, needed=0.2), made.judgement(value=79.0).level)


def test_the_difference_between_two_courses_is_told_with_its_interval():
    ((finding, explanation),) = told([4 * k for k in range(12)], TARGETS[TargetKind.AS_FAST])
    text = next(step.text for step in explanation.steps if step.title.en == "What the target is held against")
    assert "räknat som om de två lutningarna vore oberoende" in text.sv
    assert "at the pace of Sweden" in text.en
    figures = finding.figures
    assert figures["difference_low"] <= figures["difference"] <= figures["difference_high"]


def test_a_way_gone_backwards_is_no_share_of_the_way():
    judged = made.pace(PaceVerdict.WRONG_WAY, target_value=4.0e5, needed=-6.0, achieved=1.0, share_of_way=-0.4)
    topic = Topic(made.indicator("emissions", "tonnes_co2e", Direction.LOWER), "18")
    steps = pace_steps(topic, judged, made.judgement(value=1.2e6, judged=made.trend(scale=Scale.LOG)))
    assert "ingen del av vägen är avklarad" in steps[1].text.sv
    assert "−40" not in steps[1].text.sv


def test_what_it_takes_to_catch_up_stands_in_the_explanation():
    aim = made.target(TargetKind.ABOVE_NATION, year=2030)
    ((finding, explanation),) = told([4 * k for k in range(12)], aim)
    text = next(step.text for step in explanation.steps if step.title.en == "What the target is held against")
    assert finding.verdict == PaceVerdict.NOT_REACHED.value
    assert finding.figures["needed"] > 0
    assert "för att vara i nivå med riket 2030 behövs +0,9" in text.sv
    assert "if Sweden goes on as before" in text.en
