"""Which findings are said, how they are ordered, and what makes their ids change. All figures are synthetic."""

from __future__ import annotations

from dataclasses import replace

import pytest
import synthetic_judgements as made

from vagvisare.assessment.definition import Collection, Direction, TargetKind
from vagvisare.assessment.judgement import GapVerdict, Movement, PaceVerdict, Reason, Size
from vagvisare.findings.choose import findings
from vagvisare.findings.facts import Extreme, extreme
from vagvisare.findings.finding import FindingType
from vagvisare.terms.language import Text
from vagvisare.terms.series import SeriesKey
from vagvisare.terms.unit import Scale

RISING, FALLING, UNKNOWN = Movement.RISING, Movement.FALLING, Movement.UNKNOWN
KEY = SeriesKey("share", "18")


def said(judgement, indicator=None, **more):
    indicator = indicator or made.indicator()
    return findings(
        {judgement.key: judgement}, {indicator.key: indicator}, "18", {indicator.dataset: made.vintage()}, **more
    )


def types(*args, **more):
    return [finding.type.value for finding in said(*args, **more)]


def test_a_decided_trend_is_said_once_as_trend_or_run():
    assert types(made.judgement(judged=made.trend(FALLING, -4.0))) == ["TREND"]
    assert types(made.judgement(judged=made.trend(FALLING, -4.0), run=made.run())) == ["PERSIST"]
    assert types(made.judgement(judged=made.trend(FALLING, -4.0), run=made.run(length=2))) == ["TREND"]
    assert types(made.judgement(judged=made.trend(FALLING, -4.0), run=made.run(RISING))) == ["TREND"]


def test_undetermined_is_said_only_where_a_goal_is_watched():
    unsure = made.judgement(judged=made.trend(UNKNOWN))
    assert types(unsure) == ["TREND"]
    assert types(unsure, made.indicator(watches=())) == []


def test_a_target_of_direction_replaces_the_trend():
    judged = made.pace(PaceVerdict.RIGHT_WAY, made.target(TargetKind.DIRECTION))
    assert types(made.judgement(paces=(judged,), run=made.run(RISING))) == ["PACE"]


def test_a_target_with_a_level_stands_beside_the_trend_and_weighs_more():
    judged = made.pace(PaceVerdict.TOO_SLOW, made.target(TargetKind.ABSOLUTE), needed=0.8, achieved=0.3)
    assert types(made.judgement(paces=(judged,))) == ["PACE", "TREND"]


def test_two_targets_of_one_kind_have_different_ids():
    judged = made.pace(PaceVerdict.TOO_SLOW, made.target(TargetKind.ABSOLUTE), needed=0.8, achieved=0.3)
    found = said(made.judgement(paces=(judged, judged)))
    assert {f.parts for f in found if f.type is FindingType.PACE} == {("absolute",), ("absolute-2",)}
    assert len({f.id for f in found}) == len(found)


@pytest.mark.parametrize(("place", "expected"), [(0, "RANK"), (2, "RANK"), (3, "LEVEL"), (18, "RANK"), (17, "LEVEL")])
def test_only_the_outermost_three_places_are_said_and_replace_the_level(place, expected):
    found = types(made.judgement(comparison=made.comparison(place=place)))
    assert sorted(found) == sorted([expected, "TREND"])


def test_a_shared_place_is_no_extreme():
    assert extreme(replace(made.comparison(), tied=2)) is None
    assert extreme(replace(made.comparison(), rank=None)) is None
    assert extreme(made.comparison()) == Extreme(highest=False, place=1, margin=pytest.approx(0.5))
    assert extreme(made.comparison(place=20)) == Extreme(highest=True, place=1, margin=pytest.approx(0.5))


def test_extremes_count_from_the_figure_whatever_is_better():
    assert extreme(made.comparison(direction=Direction.LOWER)).highest is False
    assert extreme(made.comparison(direction=Direction.LOWER, place=19)) == Extreme(
        highest=True, place=2, margin=pytest.approx(0.5)
    )


def test_a_survey_is_ranked_only_when_well_apart():
    survey = made.indicator(collection=Collection.SURVEY)
    close, apart = made.comparison(step=0.5), made.comparison(step=3.5)
    assert "RANK" not in types(made.judgement(comparison=close), survey)
    assert "RANK" in types(made.judgement(comparison=apart), survey)
    assert "RANK" not in types(made.judgement(comparison=made.comparison(step=3.5, place=1)), survey)


def test_a_survey_level_needs_three_points():
    survey = made.indicator(collection=Collection.SURVEY)
    near, far = made.comparison(70.0, 72.9, place=9), made.comparison(70.0, 73.1, place=9)
    assert "LEVEL" not in types(made.judgement(comparison=near), survey)
    assert "LEVEL" in types(made.judgement(comparison=near))
    finding = next(f for f in said(made.judgement(comparison=far), survey) if f.type is FindingType.LEVEL)
    assert "utan felmarginal" in finding.sentence.sv
    assert finding.parameters["interval"] == "missing"


def test_totals_that_grow_with_the_county_are_never_compared():
    companies = made.indicator("companies", "companies")
    judged = made.trend(scale=Scale.LOG, slope=0.03)
    assert types(made.judgement("companies", judged, 1450.0, comparison=made.comparison()), companies) == ["TREND"]


def test_without_riket_there_is_no_level():
    assert types(made.judgement(comparison=made.comparison(nation=None, place=9))) == ["TREND"]


def test_shock_and_reversal_must_matter():
    assert "SHOCK" in types(made.judgement(shocks=(made.shock(),)))
    assert "SHOCK" not in types(made.judgement(shocks=(made.shock(78.5, 78.9),)))
    assert "REVERSAL" in types(made.judgement(reversal=made.reversal(-3.0, Size.PLAIN)))
    assert "REVERSAL" not in types(made.judgement(reversal=made.reversal(-0.4)))


def test_a_single_year_of_a_survey_must_stray_beyond_its_margin():
    survey = made.indicator(collection=Collection.SURVEY)
    assert "SHOCK" not in types(made.judgement(shocks=(made.shock(76.0, 78.9),)), survey)
    assert "SHOCK" in types(made.judgement(shocks=(made.shock(75.8, 78.9),)), survey)
    assert "REVERSAL" not in types(made.judgement(reversal=made.reversal(-2.9)), survey)
    assert "REVERSAL" in types(made.judgement(reversal=made.reversal(-3.1)), survey)


def test_a_decided_change_that_hardly_matters_is_no_news():
    slight, plain = made.trend(FALLING, -0.6), made.trend(FALLING, -1.6)
    ((trend,), (other,)) = said(made.judgement(judged=slight, run=made.run())), said(made.judgement(judged=plain))
    assert (trend.type, trend.why) == (FindingType.TREND, "small")
    assert trend.weight < 40 < other.weight
    assert trend.verdict == other.verdict
    aim = made.pace(PaceVerdict.WRONG_WAY, made.target(TargetKind.DIRECTION))
    ((small,), (large,)) = (said(made.judgement(judged=each, paces=(aim,))) for each in (slight, plain))
    assert small.weight < 40 < large.weight
    level = made.pace(PaceVerdict.TOO_SLOW, made.target(TargetKind.ABSOLUTE), needed=0.8, achieved=0.06)
    assert said(made.judgement(judged=slight, paces=(level,)))[0].weight > 90
    women = SeriesKey("share", "18", "K")
    everybody = made.judgement(judged=made.trend(UNKNOWN))
    for judged, kept in ((slight, 0), (plain, 1)):
        group = replace(everybody, key=women, trend=judged)
        contract = made.indicator(groups=(made.WOMEN,))
        both = findings({KEY: everybody, women: group}, {"share": contract}, "18", {contract.dataset: made.vintage()})
        assert sum(finding.key == women for finding in both) == kept


def test_a_shock_of_the_whole_country_weighs_less():
    own = next(f for f in said(made.judgement(shocks=(made.shock(nation=0.1),))) if f.type is FindingType.SHOCK)
    shared = next(f for f in said(made.judgement(shocks=(made.shock(nation=-2.6),))) if f.type is FindingType.SHOCK)
    assert shared.weight < own.weight
    assert (own.parameters["nation"], shared.parameters["nation"]) == ("alone", "same")


def test_gaps_are_said_when_large_or_decided():
    assert "GAP" in types(made.judgement(gaps=(made.gap(),)))
    assert "GAP" in types(made.judgement(gaps=(made.gap(0.5, GapVerdict.SHRINKING),)))
    assert "GAP" not in types(made.judgement(gaps=(made.gap(0.5, GapVerdict.UNDETERMINED),)))
    assert said(made.judgement(gaps=(made.gap(),)))[-1].parts == ("k-m",)


def test_municipalities_of_the_county():
    found = [f for f in said(made.judgement(spread=made.spread())) if f.type is FindingType.GAP]
    assert [f.parts for f in found] == [("kommuner",)]
    assert found[0].figures["range"] == pytest.approx(17.1)


def test_a_group_is_said_only_where_it_differs_from_everybody():
    everybody, women = made.judgement(), replace(made.judgement(), key=SeriesKey("share", "18", "K"))
    falling = replace(women, trend=made.trend(FALLING, -4.0))
    unsure = replace(women, trend=made.trend(UNKNOWN))
    undeclared = replace(falling, key=SeriesKey("share", "18", "K", "born abroad"))
    for group, expected in ((women, 1), (falling, 2), (unsure, 1), (undeclared, 1)):
        judgements = {everybody.key: everybody, group.key: group}
        found = findings(judgements, {"share": made.indicator()}, "18", {"synthetic_share": made.vintage()})
        assert len(found) == expected


def test_other_territories_are_passed_over():
    elsewhere = made.judgement(territory="20")
    assert said(elsewhere) == ()


def test_figures_nobody_vouches_for_are_passed_over():
    assert findings({KEY: made.judgement()}, {"share": made.indicator()}, "18", {}) == ()
    assert findings({KEY: made.judgement()}, {}, "18", {"synthetic_share": made.vintage()}) == ()


def together(**indicators):
    judgements = {SeriesKey(k, "18"): made.judgement(k, j) for k, (_, j) in indicators.items()}
    contracts = {k: i for k, (i, _) in indicators.items()}
    vintages = {i.dataset: made.vintage(i.dataset) for i, _ in indicators.values()}
    goals = {"effektmal/prov": Text("Ett påhittat mål", "An invented goal")}
    return [f for f in findings(judgements, contracts, "18", vintages, goals) if f.type is FindingType.COMPOSITE]


def test_a_goal_is_summed_up_truthfully():
    life = made.indicator("life", "years")
    up, down, unsure = made.trend(), made.trend(FALLING, -4.0), made.trend(UNKNOWN)
    (agree,) = together(share=(made.indicator(), up), life=(life, up))
    (split,) = together(share=(made.indicator(), up), life=(life, down))
    assert agree.sentence.sv == "Båda indikatorerna för målet ”Ett påhittat mål” förbättras i Örebro län."
    assert split.verdict == "delad bild"
    assert split.parameters["verdicts"] == {"life": "försämras", "share": "förbättras"}
    assert agree.weight > split.weight
    assert together(share=(made.indicator(), unsure), life=(life, unsure)) == []
    assert together(share=(made.indicator(), up)) == []


def test_a_goal_counts_each_set_of_figures_once_and_no_current_prices():
    up = made.trend()
    per = made.indicator("rate", "companies_per_1000", dataset="synthetic_companies", per="synthetic_people")
    companies = made.indicator("companies", "companies")
    spending = made.indicator("spending", "million_sek", price_basis="current")
    assert together(companies=(companies, up), rate=(per, up), spending=(spending, up)) == []
    (two,) = together(companies=(companies, up), rate=(per, up), share=(made.indicator(), up))
    assert two.figures["indicators"] == 2


def test_a_divided_indicator_leaves_its_course_to_the_undivided():
    per = made.indicator("rate", "companies_per_1000", dataset="synthetic_companies", per="synthetic_people")
    companies = made.indicator("companies", "companies")
    judgements = {SeriesKey(k, "18"): made.judgement(k) for k in ("rate", "companies")}
    vintages = {"synthetic_companies": made.vintage(), "synthetic_people": made.vintage("synthetic_people")}
    found = findings(judgements, {"rate": per, "companies": companies}, "18", vintages)
    assert [f.key.indicator for f in found if f.type is FindingType.TREND] == ["companies"]
    alone = findings({SeriesKey("rate", "18"): made.judgement("rate")}, {"rate": per}, "18", vintages)
    assert [f.type for f in alone] == [FindingType.TREND]
    assert "synthetic_people" in alone[0].parameters["other_figures"]


def test_neutral_indicators_have_neutral_tone_and_little_weight():
    neutral = made.indicator(direction=Direction.NEUTRAL)
    (found,) = said(made.judgement(judged=made.trend(direction=Direction.NEUTRAL)), neutral)
    (usual,) = said(made.judgement())
    assert found.parameters["tone"] == "neutral"
    assert found.weight < usual.weight - 10


def test_heaviest_first_and_ids_are_unique():
    judgement = made.judgement(
        comparison=made.comparison(),
        shocks=(made.shock(),),
        gaps=(made.gap(),),
        paces=(made.pace(PaceVerdict.TOO_SLOW, made.target(TargetKind.ABSOLUTE), needed=0.8, achieved=0.3),),
    )
    found = said(judgement)
    assert [f.weight for f in found] == sorted((f.weight for f in found), reverse=True)
    assert len({f.id for f in found}) == len(found)
    assert all(f.why for f in found)


def test_ids_are_stable_and_change_with_figures_or_data():
    judgement = made.judgement()
    first, again = said(judgement)[0], said(judgement)[0]
    assert first.id == again.id
    other = said(replace(judgement, level=replace(judgement.level, value=82.0)))[0]
    assert other.id != first.id
    assert other.id.rpartition(".")[0] == first.id.rpartition(".")[0]
    indicator = made.indicator()
    moved = findings({KEY: judgement}, {"share": indicator}, "18", {indicator.dataset: made.vintage(sha="cd" * 32)})[0]
    assert moved.id != first.id


def test_figures_without_a_number_become_none():
    few = made.trend(UNKNOWN, periods=made.years(2019, 2021), reason=Reason.TOO_FEW)
    (found,) = said(made.judgement(judged=few))
    assert found.figures["slope"] is None
    assert found.figures["level"] == 81.9


def test_only_the_owner_of_the_targets_is_held_against_them():
    judged = made.pace(PaceVerdict.RIGHT_WAY, made.target(TargetKind.DIRECTION))
    assert types(made.judgement(paces=(judged,)), owner="18") == ["PACE"]
    assert types(made.judgement(paces=(judged,)), owner="20") == ["TREND"]


def test_money_in_current_prices_weighs_less():
    real = made.indicator("spending", "million_sek", price_basis="fixed")
    current = made.indicator("spending", "million_sek", price_basis="current")
    judgement = made.judgement("spending", made.trend(scale=Scale.LOG, slope=0.05), 1864.0)
    assert said(judgement, current)[0].weight == said(judgement, real)[0].weight - 10
