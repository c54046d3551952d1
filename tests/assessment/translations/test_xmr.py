"""What the XmR chart says of the latest figure, and Kolada's colours; the chart itself is held in test_xmr."""

from __future__ import annotations

import pytest

from vagvisare.assessment.closer.xmr import LIMIT, Chart
from vagvisare.assessment.translations import METHODS, NOT_AVAILABLE, CaseSeries
from vagvisare.assessment.translations.xmr import assurance_of


def case(values, name="made up", start=2001, **more):
    return CaseSeries(name, tuple(range(start, start + len(values))), tuple(float(v) for v in values), **more)


def judged(values, **more):
    (answer,) = METHODS["xmr"]([case(values, **more)])
    return answer


@pytest.mark.parametrize(
    ("drawn", "up", "down"),
    [
        (Chart(2, 1 / LIMIT), "consistent_fail", "consistent_pass"),
        (Chart(6, 1 / LIMIT), "consistent_pass", "consistent_fail"),
        (Chart(3, 2 / LIMIT), "inconsistent", "inconsistent"),
        (Chart(3, 1 / LIMIT), "inconsistent", "inconsistent"),
    ],
)
def test_assurance_against_four(drawn, up, down):
    assert assurance_of(drawn, 4, 1) == up
    assert assurance_of(drawn, 4, -1) == down


def test_the_latest_point_decides():
    quiet = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5]
    assert judged([*quiet, 6], direction=1).status == "common_cause"
    assert judged([*quiet, 20], direction=1).status == "special_cause_improvement"
    assert judged([*quiet, 20], direction=-1).status == "special_cause_concern"
    assert judged([*quiet, 20, 5], direction=1).status == "common_cause"


def test_a_trend_speaks_by_its_way_and_not_by_its_side_of_the_mean():
    falling = judged([40, 41, 40, 41, 40, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32], direction=1)
    assert falling.status == "special_cause_concern"
    rising = judged([9, 1, 9, 1, 9, 1, 2, 3, 3.1, 3.2, 3.3, 3.4], direction=1)
    assert rising.status == "special_cause_improvement"
    assert rising.value < 0


def test_a_value_one_third_of_the_way_is_one():
    values = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6]
    assert judged(values, direction=1).value == pytest.approx(0.5 / (2.66 / 3))
    assert judged(values, direction=-1).value == pytest.approx(-0.5 / (2.66 / 3))


def test_figures_that_never_vary():
    found = judged([4] * 12, direction=1, target=4)
    assert (found.status, found.value) == ("common_cause", 0.0)
    assert "inconsistent" in found.reason


def test_few_points_are_said_to_be_few():
    assert "ten" in judged([4, 5, 4], direction=1).reason
    assert "tio" in judged([4, 5, 4], direction=1).reason_sv
    assert "ten" not in judged([4, 5] * 6, direction=1).reason
    assert judged([4], direction=1).status == NOT_AVAILABLE


# Kolada.


def colours(figures, **more):
    cases = [case([value], name, **more) for name, value in figures.items()]
    return {answer.series: answer.status for answer in METHODS["kolada"](cases)}


def test_quarters_by_rank():
    eight = dict(zip("abcdefgh", [1, 2, 3, 4, 5, 6, 7, 8], strict=True))
    assert colours(eight, direction=1) == dict(
        zip("abcdefgh", ["red", "red", *["yellow"] * 4, "green", "green"], strict=True)
    )
    assert colours(eight, direction=-1)["a"] == "green"


def test_ties_share_a_colour():
    found = colours({"a": 1, "b": 5, "c": 5, "d": 5, "e": 9}, direction=1)
    assert found == {"a": "red", "b": "yellow", "c": "yellow", "d": "yellow", "e": "green"}
    assert set(colours(dict.fromkeys("abcd", 3), direction=1).values()) == {"yellow"}


def test_too_few_units_have_no_colour():
    assert set(colours({"a": 1, "b": 2, "c": 3}, direction=1).values()) == {NOT_AVAILABLE}


def test_the_latest_period_that_all_have_is_compared():
    cases = [case([k, 9 - k], str(k), direction=1) for k in range(4)]
    cases[0] = case([7], "0", direction=1)
    answers = METHODS["kolada"](cases)
    assert [answer.value for answer in answers] == [1, 4, 3, 2]
    assert "2001" in answers[0].reason
    both = METHODS["kolada"]([case([k, 9 - k], str(k), direction=1) for k in range(4)])
    assert [answer.value for answer in both] == [1, 2, 3, 4]
    assert "2002" in both[0].reason
    apart = [case([k], str(k), start=2001 + k, direction=1) for k in range(4)]
    assert {answer.status for answer in METHODS["kolada"](apart)} == {NOT_AVAILABLE}


def test_a_unit_without_direction_leaves_the_others_alone():
    cases = [case([k], str(k), direction=1) for k in range(4)]
    answers = METHODS["kolada"]([*cases, case([9], "none", direction=0)])
    assert [answer.status for answer in answers] == ["red", "yellow", "yellow", "green", NOT_AVAILABLE]
