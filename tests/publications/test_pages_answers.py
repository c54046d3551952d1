"""The four answers: same order, a word, a number and a shape, and no claim that the figures do not carry."""

import math
import runpy
from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare.assessment.definition import Collection, Direction, Target, TargetKind
from vagvisare.assessment.judgement import Movement, Pace, PaceVerdict, Verdict
from vagvisare.publications.pages.answers import Status, four_answers, place_words, rate, trend_status
from vagvisare.terms.language import Language
from vagvisare.terms.series import SeriesKey

MADE_UP = runpy.run_path(str(Path(__file__).parents[1] / "web" / "synthetic.py"))
OUTCOME = MADE_UP["material"]().outcome


def judged(name):
    return OUTCOME.judgements[SeriesKey(name, "18")], OUTCOME.indicators[name]


def answers(name, language=Language.SV, judgement=None, **contract):
    found, indicator = judged(name)
    return four_answers(judgement or found, replace(indicator, **contract), language)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", ["share", "emissions", "health"])
def test_always_four_in_the_same_order(name, language):
    found = answers(name, language)
    asked = {Language.SV: ["Nivå", "Riktning", "Takt mot mål", "Jämförelse"]}
    english = ["Level", "Direction", "Pace towards target", "Comparison"]
    assert [a.question for a in found] == asked.get(language, english)
    assert all(a.word and a.figure and a.shape for a in found)


def test_a_shape_for_every_status():
    assert len({a.shape for a in (replace(answers("share")[0], status=s) for s in Status)}) == len(Status)


def test_the_level_is_the_figure_with_its_unit_and_period():
    level = answers("share")[0]
    assert level.word.endswith("\u00a0procent")
    assert level.figure == "2025"


def test_a_change_in_shares_is_in_percentage_points():
    assert "procentenheter" in answers("share")[1].figure
    assert "percentage points" in answers("share", Language.EN)[1].figure


def test_a_change_in_quantities_is_also_told_in_per_cent():
    assert "\u00a0%)" in answers("emissions")[1].figure


def test_too_few_points_give_no_number_and_say_why():
    found, _ = judged("share")
    short = replace(found, trend=replace(found.trend, verdict=Verdict.UNDETERMINED, change=math.nan))
    direction = answers("share", judgement=short)[1]
    assert direction.figure == "–"
    assert "nivån" in direction.note


def test_where_neither_way_is_better_movement_is_told_without_praise():
    found, _ = judged("share")
    moving = replace(found.trend, verdict=Verdict.UNDETERMINED, movement=Movement.RISING)
    assert trend_status(moving) is Status.PLAIN
    assert answers("share", judgement=replace(found, trend=moving))[1].word == "ökar"


def test_too_slow_carries_its_for_what():
    pace = answers("emissions")[2]
    assert pace.word == "för långsamt"
    assert pace.figure == "−1,8 % per år; det behövs −9,0 % per år"
    assert pace.note.startswith("Mål: 800\u00a0tusen ton")
    assert pace.status is Status.WORSE


def test_a_direction_only_target_quotes_the_goal_in_its_own_language():
    found, _ = judged("share")
    target = Target(TargetKind.DIRECTION, "Ökad provandel", "synthetic.txt:1")
    pace = answers("share", Language.EN, replace(found, paces=(Pace(target, PaceVerdict.RIGHT_WAY),)))[2]
    assert pace.quote == "Ökad provandel"
    assert "Ökad" not in pace.note


def test_no_target_is_said_and_is_no_verdict():
    pace = answers("share")[2]
    assert pace.word == "inget mål angivet"
    assert pace.status is Status.PLAIN


def test_a_survey_within_its_margin_is_close_to_the_country_not_better():
    comparison = answers("health")[3]
    assert comparison.word == "nära riket"
    assert comparison.status is Status.SAME
    assert "felmarginalen" in comparison.note
    counted = answers("health", collection=Collection.REGISTER)[3]
    assert (counted.word, counted.status) == ("över riket", Status.BETTER)


def test_better_follows_the_direction():
    assert answers("share", direction=Direction.LOWER)[3].status is Status.WORSE
    assert answers("share", direction=Direction.NEUTRAL)[3].status is Status.PLAIN


def test_totals_are_not_compared_and_have_no_place():
    comparison = answers("emissions")[3]
    assert (comparison.word, comparison.figure) == ("summor jämförs inte", "ett större län har större tal")
    assert comparison.note.startswith("Riket: ")
    assert not comparison.judges
    found, indicator = judged("emissions")
    assert place_words(found.comparison, indicator, Language.SV) == ""


@pytest.mark.parametrize("language", list(Language))
def test_a_measure_per_inhabitant_answers_for_the_total(language):
    found, indicator = judged("emissions")
    other, per = judged("share")
    note = four_answers(found, indicator, language, (other, per))[3].note
    own = four_answers(other, per, language)[3]
    assert note == f"{per.title.to(language)}: {own.word}, {own.figure}"


def test_only_answers_that_judge_show_a_shape():
    assert [answer.judges for answer in answers("share")] == [False, True, False, True]
    assert [answer.judges for answer in answers("emissions")] == [False, True, True, False]


def test_a_shared_place_is_told_and_a_missing_one_is_silent():
    found, indicator = judged("share")
    assert (
        place_words(replace(found.comparison, tied=2), indicator, Language.SV)
        == "plats\u00a014\u00a0av\u00a021 (delad)"
    )
    assert place_words(replace(found.comparison, rank=None), indicator, Language.SV) == ""
    alone = replace(found, comparison=None)
    assert answers("share", judgement=alone)[3].word == "jämförs inte"
    nowhere = replace(found, comparison=replace(found.comparison, nation=None))
    assert answers("share", judgement=nowhere)[3].word == "riket saknas"


def test_no_difference_after_rounding_is_no_difference():
    found, _ = judged("share")
    close = replace(found, comparison=replace(found.comparison, nation=found.comparison.value + 0.01))
    assert answers("share", judgement=close)[3].word == "som riket"


def test_rates_are_written_on_the_scale_they_are_measured_on():
    assert rate(-2.345, judged("emissions")[1], Language.SV) == "−2,3 % per år"
    assert rate(0.4, judged("share")[1], Language.EN) == "+0.40 percentage points a year"
