"""What may be declared, and the sentence each mistake owes."""

from __future__ import annotations

import made_up_tables as made
import pytest

from vagvisare.assessment.disclosure.grid import Grid, complete
from vagvisare.assessment.disclosure.moves import downwards, product, upwards
from vagvisare.assessment.disclosure.table import Dimension, Relation, Rules, Table
from vagvisare.terms.errors import FigureError, UserError
from vagvisare.terms.language import Language

AGE = Dimension.flat("age", ["16–24", "25–64"], "all")


def told(error, *words):
    for language, word in zip(Language, words, strict=True):
        assert word in error.value.message(language)
        assert len(error.value.message(language).split(".")) >= 3


def test_a_code_nobody_declared_is_refused():
    with pytest.raises(FigureError) as error:
        Table((AGE,), {("65–",): 4})
    told(error, "känd kod", "known code")


@pytest.mark.parametrize("cell", [("all", "T"), ()])
def test_a_cell_has_one_code_for_each_dimension(cell):
    with pytest.raises(FigureError):
        Table((AGE,), {cell: 4})


def test_relations_and_earlier_cells_belong_to_the_table_too():
    with pytest.raises(FigureError):
        Table((AGE,), {}, relations=(Relation.of({("65–",): 1}, 4),))
    with pytest.raises(FigureError):
        Table((AGE,), {}, earlier=[("65–",)])


def test_a_count_is_not_negative():
    with pytest.raises(FigureError) as error:
        Table((AGE,), {("all",): -1})
    told(error, "kan inte vara negativt", "cannot be negative")


@pytest.mark.parametrize("parents", [{"a": "b"}, {"a": "a"}, {"a": "b", "b": "a"}])
def test_a_code_is_part_of_something_else_that_exists(parents):
    with pytest.raises(FigureError) as error:
        Dimension("place", parents)
    told(error, "en del av", "part of")


def test_a_table_too_large_is_to_be_split():
    wide = Dimension.flat("a", map(str, range(2000)), "T")
    with pytest.raises(UserError) as error:
        Table((wide, wide), {})
    told(error, "Dela den", "Split it")


@pytest.mark.parametrize("threshold", [1, 2, -1])
def test_a_threshold_that_lets_the_reason_tell_the_count_is_refused(threshold):
    with pytest.raises(UserError) as error:
        Rules(threshold)
    told(error, "skyddar ingenting", "protects nothing")


@pytest.mark.parametrize("interval", [0, 4])
def test_an_interval_is_no_wider_than_the_small_counts(interval):
    with pytest.raises(UserError) as error:
        Rules(5, interval=interval)
    told(error, "Skyddsintervallet", "protection interval")


@pytest.mark.parametrize(
    ("rules", "width"), [(Rules(), 2), (Rules(3), 1), (Rules(3, hide_zero=True), 2), (Rules(10, interval=6), 6)]
)
def test_the_protection_interval(rules, width):
    assert rules.width == width


def test_every_sum_of_a_small_table():
    grid = Grid(made.table_of((AGE, made.SEX), [1, 2, 3, 4]))
    sums = {frozenset((grid.cell(place), by) for place, by in row) for row in grid.sums()}
    assert len(sums) == 6
    assert frozenset({(("16–24", "T"), 1), (("25–64", "T"), 1), (("all", "T"), -1)}) in sums
    assert frozenset({(("all", "K"), 1), (("all", "M"), 1), (("all", "T"), -1)}) in sums


def test_every_move_survives_every_sum():
    grid = Grid(made.table_of((made.counties(2, 2), made.SEX), range(8)))
    rows = grid.sums()
    for place in range(grid.size):
        nodes = grid.nodes(place)
        ways = [
            [((node * tree.stride, 1), *down, *up) for down in downwards(tree, node) for up in upwards(tree, node)]
            for tree, node in zip(grid.trees, nodes, strict=True)
        ]
        for one in ways[0]:
            for other in ways[1]:
                change = dict(product((one, other)))
                assert change[place] == 1
                assert all(sum(c * change.get(p, 0) for p, c in row) == 0 for row in rows)


def test_what_follows_is_computed_one_subtraction_after_another():
    rows = [((0, 1), (1, 1), (2, -1)), ((2, 1), (3, 1), (4, -1))]
    assert complete({0: 1, 3: 5, 4: 9}, rows, [0, 0], {1, 2}) == {2: 4, 1: 3}
    assert complete({0: 9, 2: 4}, rows, [0, 0], {1, 3, 4}) == {}
