"""The attack: what is not safe is found, what is safe is not called unsafe, and false proofs are not believed."""

from __future__ import annotations

from dataclasses import replace

import made_up_tables as made
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.assessment.disclosure.audit import Finding, Risk, audit, breaches
from vagvisare.assessment.disclosure.moves import Move
from vagvisare.assessment.disclosure.protect import Protected, protect
from vagvisare.assessment.disclosure.table import Reason, Relation, Rules

QUICK = settings(max_examples=40, deadline=None)


def only_primary(table, rules=None):
    """What a hurried person would publish: the small counts hidden, and nothing else."""
    rules = rules or Rules()
    small = {c: Reason.PRIMARY for c, n in table.counts.items() if n is not None and rules.small(n)}
    return Protected(table, rules, small)


@QUICK
@given(made.tables([s for s in made.SHAPES if len(s) < 3]))
def test_the_attack_on_small_counts_alone_finds_what_a_solver_finds(table):
    """Tables of one or two dimensions: there the linear programme is exact in whole numbers too."""
    careless = only_primary(table)
    reader = made.Reader(careless)
    for cell, found in audit(careless, within=100).items():
        low, high = reader.range(cell)
        assert (found.low, found.high) == (low, high)
        expected = Risk.EXACT if low == high else Risk.NARROW if high - low < 2 else Risk.SAFE
        assert found.risk is expected


@QUICK
@given(made.tables(), st.sampled_from([0, 40]))
def test_a_protected_table_withstands_the_attack_with_and_without_the_programme(table, within):
    assert breaches(audit(protect(table), within=within)) == {}


def test_a_lone_small_count_is_computed_from_its_total():
    table = made.table_of((made.flat("a", 4),), [3, 40, 12, 90])
    assert audit(only_primary(table)) == {("a0",): Finding(3, 3, Risk.EXACT)}


def test_two_fours_of_eight_are_computed_from_their_reason():
    table = made.table_of((made.flat("a", 3),), [4, 4, 30])
    assert {f.risk for f in audit(only_primary(table)).values()} == {Risk.EXACT}


def test_a_public_difference_opens_a_closed_table():
    table = made.table_of((made.flat("a", 4),), [3, 40, 12, 90])
    protected = protect(table)
    assert breaches(audit(protected)) == {}
    told = replace(table, relations=(Relation.of({("a2",): 1, ("a0",): -1}, 9),))
    assert audit(replace(protected, table=told))[("a0",)].risk is Risk.EXACT


def test_what_an_earlier_version_showed_is_no_secret():
    table = made.table_of((made.flat("a", 4),), [3, 40, 12, 90])
    protected = protect(replace(table, earlier={("a0",)}))
    assert audit(protected)[("a0",)] == Finding(3, 3, Risk.EXACT)


def test_without_proof_and_without_programme_nothing_is_called_safe():
    protected = protect(made.table_of((made.flat("a", 4),), [3, 40, 12, 90]))
    assert audit(protected)[("a0",)].risk is Risk.SAFE
    assert audit(replace(protected, moves={}), within=0)[("a0",)].risk is Risk.UNPROVED


def test_a_false_proof_is_not_believed():
    """A change that a sum notices, that stands on a shown cell, or that leaves what is possible."""
    protected = protect(made.table_of((made.flat("a", 4),), [3, 40, 12, 90]))
    grid_order = {cell: i for i, cell in enumerate(protected.table.dimensions[0].parents)}
    a0, a1, a2 = (grid_order[f"a{i}"] for i in range(3))
    for move in (
        Move(((a0, 1),), 1, 2),
        Move(((a0, 1), (a1, -1)), 1, 2),
        Move(((a0, 1), (a2, -1)), 2, 2),
    ):
        lying = replace(protected, moves={("a0",): (move,)})
        assert audit(lying, within=0)[("a0",)].risk is Risk.UNPROVED


def test_a_producers_gap_that_can_be_filled_is_found():
    table = made.table_of((made.flat("a", 3),), [30, 40, 50])
    table = replace(table, counts=dict(table.counts) | {("a0",): None})
    careless = Protected(table, Rules(), {("a0",): Reason.UNPUBLISHED})
    assert audit(careless) == {("a0",): Finding(30, 30, Risk.EXACT)}
    assert breaches(audit(protect(table))) == {}
