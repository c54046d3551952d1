"""A statement of two parts, "fler nystartade företag och färre konkurser": each part is tested for itself.

All figures here are made up; the real follow-up has none on bankruptcies.
"""

from __future__ import annotations

import pytest
from replay_world import AGREES, CONTRADICTED, DEPENDS, UNDETERMINED, claim, indicator, statement, view, yearly

from vagvisare.assessment.definition import Direction
from vagvisare.followups.outcome import ReplayVerdict
from vagvisare.followups.replay import answer

UP = [40 + 1.1 * k for k in range(12)]
DOWN = [60 - 1.1 * k for k in range(12)]
COMPANIES = claim("trend", "rising", "companies", part="1")
BANKRUPTCIES = claim("trend", "falling", "bankruptcies", part="2")


def world(companies, bankruptcies):
    contracts = (indicator("companies"), indicator("bankruptcies", direction=Direction.LOWER))
    series = [yearly(companies, key="companies")]
    series += [] if bankruptcies is None else [yearly(bankruptcies, key="bankruptcies")]
    return view(series, *contracts)


def told(companies, bankruptcies, *claims, **more):
    return answer(statement(*(claims or (COMPANIES, BANKRUPTCIES)), **more), "18", world(companies, bankruptcies))


@pytest.mark.parametrize(
    ("companies", "bankruptcies", "whole", "parts"),
    [
        (UP, DOWN, AGREES, [AGREES, AGREES]),
        (UP, UP, CONTRADICTED, [AGREES, CONTRADICTED]),
        (DOWN, DOWN, CONTRADICTED, [CONTRADICTED, AGREES]),
        (DOWN, UP, CONTRADICTED, [CONTRADICTED, CONTRADICTED]),
        (UP, [40, 41, 42], UNDETERMINED, [AGREES, UNDETERMINED]),
        (DOWN, [40, 41, 42], CONTRADICTED, [CONTRADICTED, UNDETERMINED]),
        (UP, None, UNDETERMINED, [AGREES, UNDETERMINED]),
    ],
)
def test_every_part_has_its_own_verdict_and_the_weakest_decides(companies, bankruptcies, whole, parts):
    found = told(companies, bankruptcies)
    assert found.verdict is whole
    assert [each.verdict for each in found.tested] == parts


def test_each_part_has_its_own_sentence():
    found = told(UP, UP)
    one, other = (each.sentence for each in found.tested)
    assert one.sv in found.why.sv
    assert other.sv in found.why.sv
    assert "Påståendets led får olika svar." in found.why.sv
    assert "The parts of the statement get different answers." in found.why.en


def test_parts_that_agree_need_no_such_words():
    assert "led får olika svar" not in told(UP, DOWN).why.sv


def test_alternatives_within_one_part_do_not_stand_for_the_other():
    """Two readings of the first part that disagree make it depend; the second part agreeing does not settle it."""
    last = claim("last_change", "falling", "companies", part="1")
    found = told(UP, DOWN, COMPANIES, last, BANKRUPTCIES)
    assert found.verdict is DEPENDS
    assert told(UP, UP, COMPANIES, last, BANKRUPTCIES).verdict is CONTRADICTED


def test_the_order_of_the_claims_does_not_matter():
    last = claim("last_change", "falling", "companies", part="1")
    apart, mixed = told(UP, DOWN, COMPANIES, last, BANKRUPTCIES), told(UP, DOWN, COMPANIES, BANKRUPTCIES, last)
    assert apart.verdict is mixed.verdict is DEPENDS


def test_a_part_without_figures_keeps_the_statement_from_agreeing():
    """As in the real follow-up: there are no figures on bankruptcies, so the second part is not tested."""
    found = told(UP, None, COMPANIES, missing="Konkurserna saknas.")
    assert found.verdict is UNDETERMINED
    assert found.verdict is not ReplayVerdict.AGREES
    assert "Konkurserna saknas." in found.why.sv
