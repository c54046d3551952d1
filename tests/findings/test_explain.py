"""The steps behind a finding: every type has them, in both languages, with the numbers a reader would check."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import synthetic_judgements as made

from vagvisare.assessment.definition import Direction, TargetKind
from vagvisare.assessment.judgement import Movement, PaceVerdict, Reason, Size
from vagvisare.findings import explain_news, labels
from vagvisare.findings.choose import findings
from vagvisare.findings.explain import explain
from vagvisare.findings.finding import FindingType
from vagvisare.findings.grammar import Topic
from vagvisare.terms.language import Language, Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

SV, EN = Language.SV, Language.EN
SERIES = Series.of(SeriesKey("share", "18"), {Period.year(2015 + i): 78.0 + 0.4 * i for i in range(11)})


def full():
    judged = made.trend()
    aims = (
        made.pace(
            PaceVerdict.TOO_SLOW,
            made.target(TargetKind.ABSOLUTE),
            target_value=85.0,
            level_now=80.0,
            needed=0.8,
            achieved=0.3,
            achieved_low=0.1,
            achieved_high=0.5,
            share_of_way=0.4,
        ),
        made.pace(PaceVerdict.NOT_REACHED, made.target(TargetKind.ABOVE_PEERS), target_value=82.0),
    )
    return made.judgement(
        judged=judged,
        comparison=made.comparison(81.9, 84.0, peers=(("19", 80.0), ("07", 82.0), ("17", 79.0), ("06", 81.0))),
        shocks=(made.shock(nation=-2.4),),
        reversal=replace(made.reversal(-3.0, Size.PLAIN), nation_before=80.0, nation_change=-1.5),
        gaps=(made.gap(),),
        spread=made.spread(),
        paces=aims,
        run=made.run(Movement.RISING),
    )


def explained(judgement=None, indicator=None):
    indicator = indicator or made.indicator()
    judgement = judgement or full()
    others = {"life": made.indicator("life", "years")}
    judgements = {judgement.key: judgement, SeriesKey("life", "18"): made.judgement("life")}
    vintages = {"synthetic_share": made.vintage(), "synthetic_life": made.vintage(reconstructed=True)}
    goals = {"effektmal/prov": Text("Mål", "Goal")}
    found = findings(judgements, {indicator.key: indicator, **others}, "18", vintages, goals)
    contracts = {indicator.key: indicator, **others}
    return {
        (f.type, f.key.indicator, f.parts): explain(f, judgements[f.key], contracts[f.key.indicator], SERIES)
        for f in found
    }


def words(explanation, language=SV):
    said = "\n".join(f"{step.title.to(language)}: {step.text.to(language)}" for step in explanation.steps)
    return said.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture(scope="module")
def all_steps():
    return explained()


def test_every_type_of_finding_is_explained(all_steps):
    kinds = {kind for kind, _, _ in all_steps}
    assert kinds == set(FindingType) - {FindingType.LEVEL}


def test_steps_are_publishable_in_both_languages(all_steps):
    for explanation in all_steps.values():
        for step in explanation.steps:
            for said in (step.text.sv, step.text.en, step.title.sv, step.title.en):
                assert said.strip()
                assert not re.search(r"\bnan\b|None|[ \u00a0]{2}| -\d", said)
            assert not re.search(r"\d\.\d", step.text.sv)


def test_a_direction_shows_points_test_slope_and_rule(all_steps):
    said = words(all_steps[FindingType.PERSIST, "share", ()])
    for expected in ("2015: 78,0", "55 par", "S = 20", "165,0", "0,30", "p = 0,0100", "procentenheter om året", "0,05"):
        assert expected in said
    assert "5 förändringar i rad" in said


def test_a_pace_shows_the_target_arithmetic(all_steps):
    said = words(all_steps[FindingType.PACE, "share", ("absolute",)])
    for expected in (
        "85 procent till 2030",
        "målnivå: 85,0",
        "behövs: +0,8",
        "takten hittills: +0,3",
        "40 procent av vägen",
    ):
        assert expected in said
    assert "Västmanlands län" in words(all_steps[FindingType.PACE, "share", ("above_peers",)])


def test_a_rank_lists_the_counties(all_steps):
    said = words(all_steps[FindingType.RANK, "share", ()])
    assert said.count(" län ") >= 21
    assert "lägst av 21 län" in said


def test_a_shock_tells_with_and_without(all_steps):
    said = words(all_steps[FindingType.SHOCK, "share", ("pandemi",)])
    assert "−2,5" in said
    assert "−2,4" in said
    assert "Utan 2020–2021" in said


def test_a_reversal_sets_rikets_change_beside(all_steps):
    said = words(all_steps[FindingType.REVERSAL, "share", ()])
    assert "Förändringen var −3,0 procentenheter i Örebro län och −1,5 procentenheter i riket." in said


def test_changes_of_quantities_are_compared_in_per_cent():
    topic = Topic(made.indicator("emissions", "tonnes_co2e", Direction.LOWER), "18")
    turned = replace(made.reversal(144_000.0, Size.PLAIN), nation_before=44_000_000.0, nation_change=3_520_000.0)
    said = explain_news.reversal(topic, turned, 1_244_000.0).text
    assert said.en.endswith("The change was +13.1 per cent in Örebro County and +8.0 per cent in Sweden as a whole.")
    assert "riket" not in explain_news.reversal(topic, made.reversal(144_000.0), 1_244_000.0).text.sv


def test_reconstructed_figures_are_said_to_be(all_steps):
    assert "rekonstruerat" in words(all_steps[FindingType.TREND, "life", ()])
    assert "rekonstruerat" not in words(all_steps[FindingType.RANK, "share", ()])


def test_a_composite_lists_verdicts_by_title(all_steps):
    said = words(next(e for (kind, _, _), e in all_steps.items() if kind is FindingType.COMPOSITE), EN)
    assert "Invented measure: improving" in said


def test_too_few_points_show_no_test():
    few = made.trend(Movement.UNKNOWN, periods=made.years(2019, 2021), reason=Reason.TOO_FEW)
    said = words(explained(made.judgement(judged=few))[FindingType.TREND, "share", ()])
    assert "S =" not in said
    assert "minst fem" in said


def test_overlapping_windows_and_breaks_are_named():
    from vagvisare.assessment.definition import Break

    cut = Break(Period.year(2015), Text("ny metod", "new method"))
    judged = made.trend(effective=4.5, cut_by=cut)
    said = words(explained(made.judgement(judged=judged))[FindingType.TREND, "share", ()])
    assert "värda ungefär 4,5 fristående mätningar" in said
    assert "från och med 2015" in said


def test_words_for_pages():
    assert labels.verdict_word(made.Verdict.WORSENING, EN) == "worsening"
    assert labels.verdict_word(PaceVerdict.TOO_SLOW, SV) == "för långsamt"
    assert labels.verdict_word(made.gap().verdict, SV) == "skillnaden minskar"
    assert labels.movement_word(Movement.FALLING, SV) == "minskar"
    assert labels.type_word(FindingType.PACE, SV) == "Takt mot mål"
    assert labels.why_words("okänd", SV) == "okänd"
    assert labels.rank_label(made.comparison(), Direction.HIGHER, SV) == "lägst av 21 län"
    assert labels.rank_label(made.comparison(place=9), Direction.HIGHER, SV) == "plats 12 av 21 län, räknat från bäst"
    assert labels.rate_label(made.indicator(), made.trend(), SV) == "+0,4\u00a0procentenheter om året"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason, language):
    movement = {Reason.SIGNIFICANT: Movement.RISING, Reason.NOISE: Movement.UNKNOWN, Reason.TOO_FEW: Movement.UNKNOWN}
    judged = made.trend(movement.get(reason, Movement.STILL), reason=reason)
    sentence = labels.reason_sentence(judged, language)
    assert sentence[0].isupper()
    assert sentence.endswith(".")


@pytest.mark.parametrize("language", Language)
def test_labels_where_there_is_little_to_say(language):
    from dataclasses import replace

    assert labels.rank_label(replace(made.comparison(), rank=None), Direction.HIGHER, language) == ""
    shared = labels.rank_label(replace(made.comparison(), tied=2), Direction.NEUTRAL, language)
    assert shared.startswith({SV: "delad plats 21 av 21 län", EN: "shared place 21 of 21 counties"}[language])
    still = labels.rate_label(made.indicator(), made.trend(change=0.0), language)
    assert still == {SV: "ingen mätbar förändring", EN: "no measurable change"}[language]
    few = made.trend(Movement.UNKNOWN, reason=Reason.TOO_FEW)
    assert labels.rate_label(made.indicator(), few, language) == ""
