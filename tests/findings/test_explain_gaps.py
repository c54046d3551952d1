"""The steps behind distances, in both languages. All figures here are made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
import synthetic_judgements as made
from publishable import faults

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import GapVerdict, Movement, Reason
from vagvisare.findings.choose import findings
from vagvisare.findings.explain import explain
from vagvisare.findings.finding import FindingType
from vagvisare.terms.language import Language, Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series

SV, EN = Language.SV, Language.EN


def said(indicator=None, **more):
    """Return each finding about a gap, with its explanation."""
    indicator = indicator or made.indicator()
    judgement = made.judgement(indicator.key, **more)
    series = Series.of(judgement.key, {Period.year(2015 + k): 70.0 + k for k in range(11)})
    found = findings(
        {judgement.key: judgement},
        {indicator.key: indicator},
        "18",
        {indicator.dataset: made.vintage(indicator.dataset)},
    )
    gaps = [f for f in found if f.type is FindingType.GAP]
    return [(f, explain(f, judgement, indicator, series)) for f in gaps]


def words(explanation, title, language):
    (step,) = [step for step in explanation.steps if step.title.sv == title]
    return step.text.to(language).replace("\u00a0", " ").replace("\u202f", " ")


def test_an_order_of_groups_is_said_and_explained():
    ((finding, steps),) = said(ordered_gaps=(made.ordered_gap(),))
    assert finding.parts == ("ordning-utbildning",)
    assert finding.verdict == "skillnaden ökar"
    assert finding.figures["slope_index"] == 14.2
    groups = words(steps, "Grupperna", SV)
    assert "personer med förgymnasial utbildning 59,0 procent (20 procent av befolkningen)" in groups
    line = words(steps, "Linjen genom grupperna", SV)
    assert "från 60,0 procent längst ned på skalan till 74,2 procent längst upp" in line
    assert "(SII) +14,2 procentenheter, 95-procentigt intervall +11,2 till +17,2" in line
    assert "Relativt index (RII): 1,24." in line
    english = words(steps, "Linjen genom grupperna", EN)
    assert "slope index (SII) +14.2 percentage points, 95 per cent interval +11.2 to +17.2" in english


def test_the_relative_index_with_its_interval_and_without_a_meaning():
    slope = replace(made.slope(14.2), rii_low=1.1, rii_high=1.41)
    ((_, steps),) = said(ordered_gaps=(made.ordered_gap(slope=slope),))
    assert "(RII): 1,24 (1,10 till 1,41)." in words(steps, "Linjen genom grupperna", SV)
    ((_, steps),) = said(ordered_gaps=(made.ordered_gap(slope=replace(slope, rii=None)),))
    assert "RII" not in words(steps, "Linjen genom grupperna", SV)


@pytest.mark.parametrize(
    ("sii", "verdict", "expected"), [(0.5, GapVerdict.UNDETERMINED, 0), (0.5, GapVerdict.SHRINKING, 1)]
)
def test_a_small_distance_is_said_only_where_its_course_is_decided(sii, verdict, expected):
    assert len(said(ordered_gaps=(made.ordered_gap(sii, verdict),))) == expected


def test_the_gap_as_a_ratio_is_a_step_of_its_own():
    relative = {"ratio": 1.355, "first_ratio": 1.4, "relative": made.trend(), "relative_verdict": GapVerdict.SHRINKING}
    ((_, steps),) = said(gaps=(made.gap(**relative),))
    ratio = words(steps, "Skillnaden som kvot", SV)
    assert "Nivån bland kvinnor är 1,35 gånger den bland män; 2015 var den 1,40 gånger." in ratio
    assert "prövas oddskvoten" in ratio
    per_1000 = made.indicator("rate", "companies_per_1000")
    ((_, steps),) = said(per_1000, gaps=(made.gap(**relative),))
    assert "oddskvoten" not in words(steps, "Skillnaden som kvot", SV)
    ((_, steps),) = said(gaps=(made.gap(),))
    assert "Skillnaden som kvot" not in [step.title.sv for step in steps.steps]


def test_municipalities_are_explained_with_spread_weights_and_course():
    course = {"first_period": Period.year(2010), "followed": 11, "trend": made.trend(), "verdict": GapVerdict.SHRINKING}
    spread = made.spread(**course, first_sd=6.1, last_sd=5.2, weighted_mean=83.2, weighted_sd=4.4)
    ((finding, steps),) = said(spread=spread)
    now = words(steps, "Kommunerna", SV)
    assert "mittersta värdet är 81,0 procent och standardavvikelsen 5,2 procentenheter" in now
    assert "Bäst ligger Kumla, sämst Hallsberg." in now
    assert "Räknas varje invånare lika är medelvärdet 83,2 procent och standardavvikelsen 4,4" in now
    time = words(steps, "Spridningen över tid", SV)
    assert "11 kommuner har uppgift hela tiden sedan 2010" in time
    assert "var 6,1 procentenheter då och är 5,2 procentenheter nu" in time
    assert finding.figures["range"] == pytest.approx(17.1)


def test_how_many_municipalities_names_the_others():
    ((_, steps),) = said(spread=made.spread(moved=made.moved("1861", "1881")))
    said_so = words(steps, "Hur många kommuner", SV)
    assert said_so == (
        "12 kommuner har uppgift både 2010 och 2021; i 10 av dem är den senare högre. De övriga: Hallsberg och Kumla."
    )
    ((_, steps),) = said(spread=made.spread(moved=made.moved()))
    assert "None has stood still" in words(steps, "Hur många kommuner", EN)


def test_of_a_total_only_how_many_is_said():
    """Twelve municipalities' tonnes lie apart because their sizes do; how many have cut theirs is a fair question."""
    emissions = made.indicator("emissions", "tonnes_co2e", Direction.LOWER)
    assert said(emissions, spread=made.spread()) == []
    ((finding, steps),) = said(emissions, spread=made.spread(moved=made.moved("1881", movement=Movement.FALLING)))
    assert finding.verdict == "11 av 12 kommuner"
    assert "lägre 2021 än 2010 i 11 av 12 kommuner" in finding.sentence.sv
    assert "Kommunerna" not in [step.title.sv for step in steps.steps]
    assert "De övriga: Kumla." in words(steps, "Hur många kommuner", SV)


def test_the_spread_of_a_quantity_is_told_in_per_cent_of_the_mean():
    spread = made.spread(first_period=Period.year(2010), followed=12, trend=made.trend(), first_sd=12.0, last_sd=9.5)
    ((_, steps),) = said(made.indicator("rate", "companies_per_1000"), spread=spread)
    assert "var 12,0 procent av medelvärdet då och är 9,5 procent av medelvärdet nu" in words(
        steps, "Spridningen över tid", SV
    )


def test_a_course_with_too_few_points_says_so():
    few = made.trend(Movement.UNKNOWN, periods=made.years(2022, 2025), reason=Reason.TOO_FEW)
    ((_, steps),) = said(spread=made.spread(first_period=Period.year(2022), followed=12, trend=few))
    assert "prövas inte: det finns bara fyra jämförbara mätningar" in words(steps, "Spridningen över tid", SV)


def test_a_gap_that_shrinks_by_levelling_down_is_no_good_news():
    ((finding, _),) = said(gaps=(made.gap(verdict=GapVerdict.SHRINKING),))
    assert finding.parameters["tone"] == "better"
    ((finding, _),) = said(gaps=(made.gap(verdict=GapVerdict.SHRINKING, levelling_down=True),))
    assert finding.parameters["tone"] == "neutral"
    ((finding, _),) = said(ordered_gaps=(made.ordered_gap(verdict=GapVerdict.SHRINKING, levelling_down=True),))
    assert finding.parameters["tone"] == "neutral"


def test_every_step_can_be_published():
    whole = {
        "gaps": (made.gap(ratio=1.4, first_ratio=1.5, relative=made.trend(), relative_verdict=GapVerdict.WIDENING),),
        "ordered_gaps": (made.ordered_gap(), made.ordered_gap(-9.0, order=replace(made.EDUCATION, key="två"))),
        "spread": made.spread(
            first_period=Period.year(2010),
            followed=12,
            trend=made.trend(),
            first_sd=6.1,
            last_sd=5.2,
            weighted_mean=80.0,
            weighted_sd=4.0,
            moved=made.moved("1861"),
        ),
    }
    for unit, key in (("percent", "share"), ("companies_per_1000", "rate"), ("years", "life")):
        for finding, steps in said(made.indicator(key, unit, Direction.LOWER), **whole):
            assert faults(Text(finding.sentence.sv, finding.sentence.en)) == []
            assert [faults(step.text) for step in steps.steps if faults(step.text)] == []
