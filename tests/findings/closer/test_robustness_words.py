"""How a verdict stands other choices, in words. Everything here is made up."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import synthetic_judgements as made
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.closer.values import Alternative, Choice, Robustness
from vagvisare.assessment.judgement import PaceVerdict, Verdict
from vagvisare.findings.closer.robustness import sentence, short
from vagvisare.terms.language import Text

INDICATORS = {"other": replace(made.indicator("share"), title=Text("Ett annat mått", "Another measure"))}
EVENTS = {"pandemi": made.PANDEMIC}
MAIN = Verdict.IMPROVING.value
DETAILS = {
    Choice.WINDOW: "2016-2025",
    Choice.WITHOUT_LATEST: "2025",
    Choice.WITHOUT_EVENT: "pandemi",
    Choice.DEFINITION: "other",
    Choice.SPLICED: "2018",
    Choice.BASE_YEAR: "2004:2030",
}


def tried(*choices):
    """Build choices from (choice, verdict) or (choice, detail, verdict); True holds."""
    made_of = []
    for choice, *detail, verdict in choices:
        word = MAIN if verdict is True else verdict
        made_of.append(Alternative(choice, *(detail or [DETAILS[choice]]), word, verdict is True))
    return Robustness(MAIN, tuple(made_of))


def said(*choices):
    return sentence(tried(*choices), INDICATORS, EVENTS)


FOUR = [(Choice.WINDOW, f"20{k}-2025", True) for k in range(11, 15)]
UNSURE = Verdict.UNDETERMINED.value


def test_the_badge():
    found = tried(*FOUR, (Choice.WITHOUT_LATEST, UNSURE))
    assert short(found) == Text("håller i 4 av 5 rimliga val", "holds under 4 of 5 reasonable choices")
    assert short(tried()) == Text("", "")


@pytest.mark.parametrize(
    ("choice", "sv", "en"),
    [
        (
            (Choice.WINDOW, UNSURE),
            "Med bara mätningarna 2016–2025 blir den i stället ”går inte att avgöra”.",
            "With only the measurements of 2016–2025, it is instead “cannot be determined”.",
        ),
        (
            (Choice.WITHOUT_LATEST, UNSURE),
            "Utan mätningen 2025 blir den i stället ”går inte att avgöra”.",
            "Without the measurement of 2025, it is instead “cannot be determined”.",
        ),
        (
            (Choice.WITHOUT_EVENT, Verdict.UNCHANGED.value),
            "Utan åren för pandemin blir den i stället ”oförändrat”.",
            "Without the years of the pandemic, it is instead “unchanged”.",
        ),
        (
            (Choice.DEFINITION, Verdict.WORSENING.value),
            "Med måttet ”Ett annat mått” blir den i stället ”försämras”.",
            "By the measure “Another measure”, it is instead “worsening”.",
        ),
        (
            (Choice.SPLICED, UNSURE),
            "Med den äldre serien skarvad på 2018 blir den i stället ”går inte att avgöra”.",
            "With the older series joined on at 2018, it is instead “cannot be determined”.",
        ),
        (
            (Choice.BASE_YEAR, PaceVerdict.ON_PACE.value),
            "Med 2004 som basår för målet till 2030 blir bedömningen av målet i stället ”i takt”.",
            "With 2004 as the base year of the target for 2030, the verdict on the target is instead “on pace”.",
        ),
        (
            (Choice.BASE_YEAR, "2004-2006:2030", PaceVerdict.TOO_SLOW.value),
            (
                "Med medelvärdet för 2004–2006 som bas för målet till 2030 blir bedömningen av målet i stället "
                "”för långsamt”."
            ),
            (
                "With the mean of 2004–2006 as the base of the target for 2030, the verdict on the target is instead "
                "“too slow”."
            ),
        ),
    ],
)
def test_each_choice_that_fails_is_named(choice, sv, en):
    text = said(*FOUR, choice)
    assert text.sv == f"Bedömningen håller i 4 av 5 rimliga val. {sv}"
    assert text.en == f"The verdict holds under 4 of 5 reasonable choices. {en}"


def test_those_that_give_the_same_answer_are_named_together():
    text = said(
        *FOUR, (Choice.WITHOUT_LATEST, UNSURE), (Choice.WITHOUT_EVENT, UNSURE), (Choice.DEFINITION, "försämras")
    )
    assert text.sv == (
        "Bedömningen håller i 4 av 7 rimliga val. Utan mätningen 2025 och utan åren för pandemin blir den i stället "
        "”går inte att avgöra”. Med måttet ”Ett annat mått” blir den i stället ”försämras”."
    )


def test_a_target_and_a_trend_are_not_confused():
    text = said(*FOUR, (Choice.WINDOW, UNSURE), (Choice.BASE_YEAR, UNSURE))
    assert "blir den i stället" in text.sv
    assert "blir bedömningen av målet i stället" in text.sv


@pytest.mark.parametrize(
    ("choices", "sv", "en"),
    [
        (FOUR, "Bedömningen håller i alla 4 rimliga val.", "The verdict holds under all 4 reasonable choices."),
        (
            FOUR[:1],
            "Bedömningen håller också i det enda andra rimliga val som går att pröva.",
            "The verdict also holds under the only other reasonable choice that can be tried.",
        ),
        (
            [],
            "Det finns inget annat rimligt val att pröva bedömningen mot.",
            "There is no other reasonable choice to try the verdict against.",
        ),
    ],
)
def test_nothing_fails(choices, sv, en):
    assert said(*choices) == Text(sv, en)


def test_everything_fails():
    text = said((Choice.WINDOW, UNSURE), (Choice.WITHOUT_LATEST, UNSURE))
    assert text.sv.startswith("Bedömningen håller inte i något av 2 rimliga val. Med bara")
    assert said((Choice.WINDOW, UNSURE)).sv.startswith("Bedömningen håller inte i det enda andra rimliga val som")


def test_unknown_names_are_written_as_they_are():
    text = sentence(tried(*FOUR, (Choice.DEFINITION, UNSURE), (Choice.WITHOUT_EVENT, UNSURE)), {}, {})
    assert "måttet ”other”" in text.sv
    assert "åren för pandemi " in text.sv


@given(st.lists(st.tuples(st.sampled_from(Choice), st.sampled_from([True, UNSURE, "försämras"])), max_size=8))
def test_every_failing_choice_is_named_once_and_no_holding_one(choices):
    cleaned = [(c, v) if c is not Choice.BASE_YEAR or v != "försämras" else (c, UNSURE) for c, v in choices]
    text = said(*cleaned)
    failing = [choice for choice, verdict in cleaned if verdict is not True]
    for word in (text.sv, text.en):
        assert word.endswith(".")
        assert not re.search(r"  |None|\d-\d", word)
        assert word.count("2016–2025") == failing.count(Choice.WINDOW)
    assert text.sv.count("utan mätningen") + text.sv.count("Utan mätningen") == failing.count(Choice.WITHOUT_LATEST)
