"""Tables protected with noise: recognised, left alone, and less certain."""

from __future__ import annotations

import random
from dataclasses import replace

import made_up_tables as made
import pytest

from vagvisare.assessment.disclosure.cell_key import (
    count_variance,
    differences,
    estimated,
    hint,
    noise_margin,
    share_variance,
)
from vagvisare.assessment.disclosure.table import CellKey, Table


def noisy(seed, steps=(-2, -1, 0, 1, 2), many=12):
    """Made-up counts, every one of them, margins too, moved by a step of its own."""
    rng = random.Random(seed)
    dimensions = (made.flat("a", many), made.flat("b", 4), made.SEX)
    true = made.table_of(dimensions, [rng.randint(0, 90) for _ in range(many * 8)])
    return Table(dimensions, {cell: max(0, count + rng.choice(steps)) for cell, count in true.counts.items()})


@pytest.mark.parametrize("seed", range(6))
def test_noise_is_recognised_and_its_size_about_right(seed):
    found = hint(noisy(seed))
    assert found is not None
    assert found.differing > found.sums / 2
    assert found.variance == pytest.approx(2.0, rel=0.4)
    assert estimated(noisy(seed)).variance == found.variance


@pytest.mark.parametrize("seed", range(6))
def test_an_exact_table_has_no_noise(seed):
    assert hint(noisy(seed, steps=(0,))) is None
    assert estimated(noisy(seed, steps=(0,))) == CellKey(0.0)


def test_one_wrong_total_is_an_error_and_no_noise():
    table = noisy(1, steps=(0,))
    assert hint(replace(table, counts=dict(table.counts) | {("T", "T", "T"): 7})) is None


def test_parts_left_out_are_no_noise():
    """Every total lacks a few of its parts: the differences all lean one way."""
    table = noisy(1, steps=(0,))
    assert hint(replace(table, counts={c: n + 3 * ("K" in c) for c, n in table.counts.items()})) is None


def test_large_differences_are_no_noise():
    assert hint(noisy(1, steps=(-90, 0, 90))) is None


def test_too_few_sums_say_nothing():
    table = made.table_of((made.flat("a", 3),), [5, 6, 7])
    assert hint(replace(table, counts=dict(table.counts) | {("T",): 19})) is None


def test_sums_with_something_unpublished_are_not_compared():
    table = made.table_of((made.flat("a", 3),), [5, 6, 7])
    assert differences(table) == [(0, 4)]
    assert differences(replace(table, counts=dict(table.counts) | {("a0",): None})) == []
    assert estimated(replace(table, counts=dict(table.counts) | {("a0",): None})) is None


def test_small_counts_become_less_certain_and_large_ones_hardly():
    key = CellKey(2.0)
    assert count_variance(4, key) == 6
    assert count_variance(400, key) / 400 == pytest.approx(1.005)
    assert count_variance(60, key, cells=10) == 80
    assert noise_margin(key, cells=2) == pytest.approx(3.92)


def test_the_variance_of_a_share_is_what_simulated_noise_gives():
    rng = random.Random(7)
    shares = [(30 + rng.choice((-2, -1, 0, 1, 2))) / (80 + rng.choice((-2, -1, 0, 1, 2))) for _ in range(20_000)]
    mean = sum(shares) / len(shares)
    spread = sum((share - mean) ** 2 for share in shares) / len(shares)
    assert share_variance(30, 80, CellKey(2.0)) == pytest.approx(spread, rel=0.05)
