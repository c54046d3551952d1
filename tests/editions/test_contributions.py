"""The contribution matrix: unknown is a value, never a no. The editions are made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.editions.contributions import (
    Answer,
    carried_words,
    conflict_parts,
    conflict_text,
    matrix,
)
from vagvisare.editions.document import Edition, Link, Node, Source

SOURCE = Source("påhittad.txt", 1)


def edition(key="a", links=(), goals=("m1", "m2"), areas=("o1", "o2", "o3")):
    nodes = [Node(each, "effect_goal", f"Mål {each}", SOURCE) for each in goals]
    nodes += [Node(each, "area", f"Område {each}", SOURCE) for each in areas]
    return Edition(key, key, "sealed", date(2020, 1, 1), SOURCE, partial=False, nodes=tuple(nodes), links=tuple(links))


def link(origin, target, kind="contributes_to", *, denied=False):
    return Link(kind, origin, target, "Påhittat skäl.", SOURCE, denied=denied)


def laid(links=(), **more):
    return matrix(edition(links=links), "contributes_to", "area", "effect_goal", **more)


def test_what_nobody_has_said_is_unknown_and_never_a_no():
    table = laid([link("o1", "m1"), link("o2", "m1", denied=True)])
    assert table.cell("o1", "m1").answer is Answer.YES
    assert table.cell("o2", "m1").answer is Answer.NO
    assert table.cell("o3", "m1").answer is Answer.UNKNOWN
    assert (table.size, table.unknown) == (6, 4)


def test_a_goal_says_who_bears_it_who_does_not_and_who_has_not_been_asked():
    table = laid([link("o1", "m1"), link("o2", "m1", denied=True)])
    first, second = table.by_column["m1"], table.by_column["m2"]
    assert (first.yes, first.no, first.unknown) == (("o1",), ("o2",), ("o3",))
    assert carried_words(first).sv == "1 känt bidrag, 1 bidrar inte, 1 ej angivet"
    assert carried_words(first).en == "1 known contribution, 1 does not, 1 not stated"
    assert carried_words(second).sv == "inget känt bidrag, 3 ej angivet"
    assert carried_words(second).en == "no known contributions, 3 not stated"


def test_the_goals_carried_by_fewest_come_first_and_known_to_be_few_before_unknown():
    table = laid([link("o1", "m2", denied=True), link("o2", "m2", denied=True)])
    assert [each.node.address for each in table.fewest()] == ["m2", "m1"]
    table = laid([link("o1", "m1")])
    assert [each.node.address for each in table.fewest()] == ["m2", "m1"]


def test_areas_that_bear_nothing_known_are_named():
    assert [row.address for row in laid([link("o1", "m1"), link("o2", "m1", denied=True)]).silent_rows()] == [
        "o2",
        "o3",
    ]


def test_a_cell_is_compared_with_the_edition_before():
    before = edition("b", [link("o1", "m1"), link("o3", "m2", denied=True)])
    table = laid([link("o1", "m1"), link("o2", "m2"), link("o3", "m2")], before=before)
    assert {(cell.origin, cell.target, cell.before.value) for cell in table.changed} == {
        ("o2", "m2", "unknown"),
        ("o3", "m2", "no"),
    }


def test_a_node_that_was_not_there_before_has_nothing_to_be_compared_with():
    table = laid([link("o1", "m2")], before=edition("b", goals=("m1",)))
    assert table.cell("o1", "m2").before is None
    assert not table.changed


def test_links_beside_the_edition_count_when_given():
    assert laid().unknown == 6
    assert matrix(edition(), "contributes_to", "area", "effect_goal", [link("o1", "m1")]).unknown == 5


@pytest.mark.parametrize("kind", ["conflicts_with", "aligned_with"])
def test_what_is_mutual_is_read_from_either_end_and_no_thing_is_held_against_itself(kind):
    table = matrix(edition(links=[link("o1", "o2", kind)]), kind, "area", "area")
    assert table.cell("o1", "o2").answer is table.cell("o2", "o1").answer is Answer.YES
    assert table.cell("o1", "o1") is None
    assert table.size == 6
    assert table.by_column["o1"].unknown == ("o3",)


def test_a_contribution_goes_one_way():
    table = matrix(edition(links=[link("o1", "o2")]), "contributes_to", "area", "area")
    assert table.cell("o2", "o1").answer is Answer.UNKNOWN


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=40).map(str.strip)


@given(WORDS.filter(bool), WORDS)
def test_a_conflict_and_its_handling_come_back_as_they_were(conflict, handling):
    assert conflict_parts(conflict_text(conflict, handling)) == (conflict, handling)


def test_a_rationale_nobody_has_parted_is_all_conflict():
    assert conflict_parts("Mark räcker inte till båda.") == ("Mark räcker inte till båda.", "")
