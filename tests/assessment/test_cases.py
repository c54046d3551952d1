"""Any table of series. All figures here are made up."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.cases import Case, judge_cases
from vagvisare.terms.errors import FigureError, UserError
from vagvisare.terms.language import Language
from vagvisare.terms.period import Period

RISE = [10.0, 11.0, 12.0, 13.5, 14.0, 15.0, 16.0, 17.5]


def case(values=RISE, name="jobs", start=2010, **more):
    return Case(name, tuple((Period.year(start + step), float(v)) for step, v in enumerate(values)), **more)


def judged(values=RISE, **more):
    (found,) = judge_cases([case(values, **more)])
    return found


def test_a_rise_is_an_improvement_where_higher_is_better():
    found = judged(direction="higher")
    assert (found.status, found.movement, found.method, found.n) == ("förbättras", "ökar", "default", 8)
    assert found.window == "2010-2017"
    assert found.p < 0.05


@pytest.mark.parametrize("word", ["lower", "-1", "−1", "-1.0", " Lower "])
def test_a_rise_is_worse_where_lower_is_better(word):
    assert judged(direction=word).status == "försämras"


@pytest.mark.parametrize("word", ["higher", "1", "+1", "1.0", "HIGHER"])
def test_words_for_higher(word):
    assert judged(direction=word).status == "förbättras"


@pytest.mark.parametrize("word", ["none", "0"])
def test_a_neutral_case_moves_without_being_good_or_bad(word):
    found = judged(direction=word)
    assert (found.status, found.movement) == ("går inte att avgöra", "ökar")


def test_a_missing_direction_is_taken_as_higher_and_said():
    found = judged()
    assert found.status == "förbättras"
    assert "no direction was given" in found.reason
    assert "no direction" not in judged(direction="higher").reason


def test_the_scale_follows_the_unit():
    assert judged(unit="percent").scale == judged(unit="%").scale == "logit"
    assert judged(unit="companies").scale == "log"
    assert judged(unit="number").scale == "linear"


def test_without_a_unit_the_figures_choose():
    assert judged().scale == "log"
    assert judged([0.0, *RISE]).scale == "linear"
    assert judged([-1.0, *RISE]).scale == "linear"


def test_a_limit_that_holds_all_figures_makes_a_share():
    assert judged(limit=20.0).scale == "logit"
    assert judged(limit=17.5).scale == "log"
    # The same figures as shares of 20 and as per cent are the same fact.
    as_percent = judged([v * 5 for v in RISE], unit="%")
    assert judged(limit=20.0).value == pytest.approx(as_percent.value)
    assert judged(limit=20.0).status == as_percent.status


def test_the_smallest_change_follows_the_limit():
    # A hundredth of a percentage point up and down: unchanged; as shares of 1 instead of 100 likewise.
    still = [50.0 + 0.01 * (step % 2) for step in range(10)]
    assert judged(still, unit="%").status == "oförändrat"
    assert judged([v / 100 for v in still], limit=1.0).status == "oförändrat"
    # Three percentage points up and down are no stillness, whatever the limit.
    shaky = [50.0 + 3 * (step % 2) for step in range(10)]
    assert judged(shaky, unit="%").status == "går inte att avgöra"
    assert judged([v / 100 for v in shaky], limit=1.0).status == "går inte att avgöra"


def test_value_is_the_slope_a_year_on_the_model_scale():
    found = judged([100 * 1.02**step for step in range(8)], direction="higher")
    assert found.value == pytest.approx(math.log(1.02))
    assert found.value_low <= found.value <= found.value_high
    assert found.level == pytest.approx(100 * 1.02**7)


def test_too_few_points_state_the_level_only():
    found = judged([5.0, 6.0])
    assert (found.status, found.value, found.n, found.level) == ("går inte att avgöra", None, 2, 6.0)
    assert judged([5.0]).window == "2010"
    assert found.reason.startswith("Only 2 independent points")
    assert "Only 1 independent point," in judged([5.0]).reason


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (RISE, "finds a trend"),
        ([5.0, 9.0, 4.0, 8.0, 5.0, 9.0, 4.0], "told from noise"),
        ([5.0] * 7, "Every figure is the same"),
        ([50 + 0.01 * (s % 2) for s in range(10)], "smaller than any change that matters"),
    ],
)
def test_the_reason_is_one_sentence(values, words):
    reason = judged(values, direction="higher").reason
    assert words in reason
    assert reason.endswith(".")
    assert "nan" not in reason


@pytest.mark.parametrize(
    ("values", "more", "swedish"),
    [
        (
            [5.0, 6.5],
            {"unit": "furlongs"},
            (
                "Bara 2 oberoende mätpunkter, minst fem behövs, så bara nivån anges (6,5 för 2011); "
                "ingen riktning är angiven, så högre räknas som bättre; "
                "enheten ”furlongs” är okänd, så skalan följer siffrorna."
            ),
        ),
        ([5.0], {"direction": "1"}, "Bara 1 oberoende mätpunkt, minst fem behövs, så bara nivån anges (5 för 2010)."),
        (
            RISE,
            {"direction": "1", "target": 20.5, "target_year": 2030},
            (
                "Mann–Kendalls test finner en trend (p = 0,0305): 8 oberoende mätpunkter från 2010 till 2017, "
                "logaritmisk skala; mot målet 20,5 till 2030 är omdömet om takten ”i takt”."
            ),
        ),
        (
            [5.0] * 7,
            {"direction": "1", "unit": "number"},
            "Alla siffror är lika: 7 oberoende mätpunkter från 2010 till 2016, linjär skala.",
        ),
        (
            [50 + 0.01 * (s % 2) for s in range(10)],
            {"direction": "1", "unit": "%", "target": 40.0},
            (
                "90-procentsintervallet för hela förändringen är mindre än varje förändring som betyder något: "
                "10 oberoende mätpunkter från 2010 till 2019, logitskala; "
                "mot målet 40 är omdömet om takten ”målet är nått”."
            ),
        ),
    ],
)
def test_the_reason_in_swedish_says_the_same(values, more, swedish):
    found = judged(values, **more)
    assert found.reason_sv == swedish
    assert found.reason.count(";") == swedish.count(";")
    assert not set("åäöÅÄÖ") & set(found.reason.replace("”", "").replace("målet är nått", ""))


def test_noise_in_swedish():
    said = judged([5.0, 9.0, 4.0, 8.0, 5.0, 9.0, 4.0], direction="1").reason_sv
    assert said.startswith("En trend, eller att den saknas, går inte att skilja från brus (p = ")
    assert "." not in said[:-1]


def test_a_p_just_below_the_limit_is_not_rounded_up_to_it():
    found = judged([1e15 + step * 1e12 for step in range(8)], direction="higher")
    assert found.status == "förbättras"
    assert "p = 0.0497" in found.reason


def test_a_target_with_a_year_has_a_pace():
    # 2 % a year from 114.87 (2017); 120 by 2022 needs (120/114.87)^(1/5) − 1 = 0.88 % a year.
    found = judged([100 * 1.02**step for step in range(8)], direction="higher", target=120.0, target_year=2022)
    assert found.pace == "i takt"
    assert found.needed == pytest.approx(0.878, abs=0.01)
    assert found.achieved == pytest.approx(2)
    assert "against the target 120 by 2022" in found.reason


def test_a_target_without_a_year_is_a_matter_of_level():
    found = judged(target=100.0)
    assert (found.pace, found.needed) == ("målet är inte nått", None)
    assert judged(target=12.0).pace == "målet är nått"


def test_no_target_no_pace():
    assert judged().pace is None


def test_as_dict_is_ready_for_json():
    plain = judged([5.0, 6.0], target=3.0).as_dict()
    text = json.dumps(plain, allow_nan=False)
    assert json.loads(text)["series"] == "jobs"
    assert list(plain)[:6] == ["series", "method", "status", "value", "score", "reason"]
    assert list(plain)[-1] == "reason_sv"


def test_a_unit_nobody_knows_leaves_the_scale_to_the_figures_and_says_so():
    strange = judge_cases([case(unit="furlongs")])[0]
    plain = judge_cases([case(unit="")])[0]
    assert (strange.status, strange.scale, strange.value) == (plain.status, plain.scale, plain.value)
    assert "“furlongs” is unknown" in strange.reason
    assert "unknown" not in plain.reason


def test_many_cases_keep_their_order_and_do_not_touch_each_other():
    cases = [case(RISE, "b"), case(RISE[::-1], "a"), case([1.0], "c")]
    found = judge_cases(cases)
    assert [one.series for one in found] == ["b", "a", "c"]
    assert found == [judge_cases([one])[0] for one in cases]
    assert judge_cases([]) == []


def test_the_plain_engine_gives_the_same_answer():
    fast, slow = judge_cases([case()])[0], judge_cases([case()], fast=False)[0]
    assert (fast.status, fast.reason) == (slow.status, slow.reason)
    assert fast.value == pytest.approx(slow.value)


def test_the_order_of_rows_does_not_matter():
    shuffled = Case("jobs", tuple(reversed(case().points)))
    assert judge_cases([shuffled]) == judge_cases([case()])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"direction": "upwards"}, "upwards"),
        ({"limit": 0.0}, "limit"),
        ({"limit": math.nan}, "limit"),
        ({"target": math.inf}, "target"),
        ({"values": []}, "no figures"),
        ({"values": [1.0, math.nan]}, "no number"),
    ],
)
def test_what_means_nothing_is_said_with_the_series_name(wrong, words):
    with pytest.raises(FigureError) as caught:
        judge_cases([case(**wrong)])
    assert words in caught.value.what.en
    for language in Language:
        assert "jobs" in caught.value.message(language)
    assert caught.value.remedy.sv != caught.value.remedy.en
    assert isinstance(caught.value, UserError)


def test_two_figures_for_one_period_are_refused():
    with pytest.raises(FigureError, match="två siffror för 2010"):
        judge_cases([Case("jobs", ((Period.year(2010), 1.0), (Period.year(2010), 2.0)))])


@given(st.lists(st.floats(0.5, 1e6), min_size=1, max_size=15), st.sampled_from(["higher", "lower"]))
def test_every_case_of_positive_figures_gets_an_answer(values, direction):
    found = judged(values, direction=direction, target=10.0, target_year=2050)
    json.dumps(found.as_dict(), allow_nan=False)
    assert found.status in {"förbättras", "försämras", "oförändrat", "går inte att avgöra"}
