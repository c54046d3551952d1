"""Computed figures: a hidden count stays hidden in every one of them."""

from __future__ import annotations

from dataclasses import replace

import made_up_tables as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.assessment.disclosure.derived import (
    groups_shown,
    safe_difference,
    safe_remainder,
    safe_share,
    safe_sum,
    showable,
)
from vagvisare.assessment.disclosure.protect import protect
from vagvisare.assessment.disclosure.table import Reason, Relation, Rules

RULES = Rules()
HIDDEN = [Reason.PRIMARY, Reason.COMPLEMENTARY, Reason.UNPUBLISHED, Reason.DERIVED]
QUICK = settings(max_examples=40, deadline=None)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_nothing_is_computed_from_a_hidden_count(hidden):
    assert safe_sum([10, hidden]) is Reason.DERIVED
    for a, b in ((hidden, 10), (10, hidden), (hidden, hidden)):
        assert safe_difference(a, b) is Reason.DERIVED
        assert safe_remainder(a, b, RULES) is Reason.DERIVED
        assert safe_share(a, b, RULES) is Reason.DERIVED


def test_shown_counts_may_be_computed_with():
    assert safe_sum([10, 20]) == 30
    assert safe_difference(10, 12) == -2
    assert safe_remainder(50, 20, RULES) == 30
    assert safe_share(20, 50, RULES) == 0.4


@pytest.mark.parametrize(("total", "part"), [(50, 48), (50, 46), (5, 1)])
def test_a_remainder_is_people_too(total, part):
    assert safe_remainder(total, part, RULES) is Reason.PRIMARY


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 100), (98, 100), (1, 3), (4, 4)])
def test_a_share_of_few_or_all_but_few_is_hidden(numerator, denominator):
    assert safe_share(numerator, denominator, RULES) is Reason.PRIMARY


def test_nobody_and_everybody():
    assert safe_share(0, 0, RULES) is Reason.NOBODY
    assert safe_share(0, 50, RULES) == 0
    assert safe_share(50, 50, RULES) == 1
    assert safe_share(0, 50, Rules(hide_zero=True)) is Reason.PRIMARY


def test_a_group_with_one_hidden_member_tells_that_member():
    table = made.table_of((made.counties(3, 2),), [2, 60, 70, 80, 90])
    protected = protect(table)
    assert set(protected.reasons) == {("a0",), ("a1",)}
    groups = {"small": [("a0",), ("a2",)], "both": [("a0",), ("a1",)], "shown": [("a2",), ("b0",)]}
    assert groups_shown(protected, groups) == {"small": Reason.DERIVED, "both": 62, "shown": 150}


def test_groups_that_are_safe_alone_are_not_always_safe_together():
    """Of four hidden counts any two may be added; three such sums and the total give all four."""
    protected = protect(made.table_of((made.flat("a", 6),), [2, 3, 60, 70, 80, 90]))
    more = {("a2",): Reason.COMPLEMENTARY, ("a3",): Reason.COMPLEMENTARY}
    protected = replace(protected, reasons=dict(protected.reasons) | more)
    pairs = [{("a0",): 1, (other,): 1} for other in ("a2", "a1", "a3")]
    assert [showable(protected, [pair])[0] for pair in pairs] == [True, True, True]
    assert showable(protected, pairs) == [True, True, False]


def test_a_sum_with_an_unpublished_figure_is_never_shown():
    table = made.table_of((made.counties(3, 2),), [2, 60, 70, 80, 90])
    table = replace(table, counts=dict(table.counts) | {("b0",): None, ("b",): None, ("00",): None})
    assert showable(protect(table), [{("b0",): 1, ("b1",): 1}]) == [False]


@QUICK
@given(made.tables([s for s in made.SHAPES if len(s) < 3]), st.data())
def test_whatever_is_shown_the_hidden_counts_stay_hidden(table, data):
    protected = protect(table)
    cells = sorted(table.counts)
    wanted = [
        dict.fromkeys(data.draw(st.lists(st.sampled_from(cells), min_size=2, max_size=3, unique=True)), 1)
        for _ in range(3)
    ]
    allowed = [terms for terms, yes in zip(wanted, showable(protected, wanted), strict=True) if yes]
    told = tuple(Relation.of(terms, sum(table.counts[c] for c in terms)) for terms in allowed)
    reader = made.Reader(replace(protected, table=replace(table, relations=told)))
    for cell in protected.reasons:
        low, high = reader.range(cell)
        assert high - low >= (RULES.width if RULES.small(table.counts[cell]) else 1)
