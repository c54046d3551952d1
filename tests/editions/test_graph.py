"""The graph as a value: who is near, which ways there are, why a thing is here. Everything in it is made up."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.editions.graph import TIES, Graph, Thing, Tie, reasons, sentence, shortest, told, ways
from vagvisare.terms.language import Language, Text


def thing(kind, key, title=""):
    return Thing(kind, key, Text(title or key, f"EN {title or key}"))


def graph(*ties, more=()):
    names = dict.fromkeys([end for _, *ends in ties for end in ends] + list(more))
    return Graph(tuple(thing(*name.split(":")) for name in names), tuple(Tie(kind, a, b) for kind, a, b in ties))


SMALL = graph(
    ("part_of", "direction:r", "area:o"),
    ("contributes_to", "area:o", "effect_goal:m"),
    ("part_of", "effect_goal:m", "overarching_goal:g"),
    ("watches", "indicator:i", "effect_goal:m"),
    ("affects", "evidence:u", "area:o"),
    ("drives", "trend:mega", "trend:t"),
)


def test_the_neighbourhood_counts_steps_either_way():
    assert SMALL.distances("area:o", 1) == {"area:o": 0, "direction:r": 1, "effect_goal:m": 1, "evidence:u": 1}
    assert SMALL.distances("area:o", 2)["indicator:i"] == 2
    near = SMALL.around("area:o", 1)
    assert {each.name for each in near.things} == {"area:o", "direction:r", "effect_goal:m", "evidence:u"}
    assert len(near.ties) == 3


def test_a_way_is_said_as_a_sentence_in_both_languages():
    (way,) = ways(SMALL, "direction:r", "indicator:i")
    assert sentence(SMALL, way, Language.SV) == "”r” hör till ”o”, som bidrar till ”m”, som följs av ”i”."
    assert sentence(SMALL, way, Language.EN) == (
        "“EN r” is part of “EN o”, which contributes to “EN m”, which is followed by “EN i”."
    )


def test_the_pieces_of_a_way_are_the_sentence():
    (way,) = ways(SMALL, "direction:r", "effect_goal:m")
    pieces = told(SMALL, way, Language.SV)
    assert [each.name for _, each in pieces] == ["direction:r", "area:o", "effect_goal:m"]
    assert "".join(words for words, _ in pieces) == " hör till , som bidrar till "


def test_why_something_is_here_follows_only_what_it_is_there_because_of():
    told_ways = {sentence(SMALL, way, Language.SV) for way in reasons(SMALL, "direction:r")}
    assert told_ways == {
        "”r” hör till ”o”, som påverkas av ”u”.",
        "”r” hör till ”o”, som bidrar till ”m”, som hör till ”g”.",
    }
    assert not reasons(SMALL, "overarching_goal:g")
    assert [sentence(SMALL, way, Language.SV) for way in reasons(SMALL, "trend:t")] == ["”t” drivs på av ”mega”."]


def test_there_is_no_way_between_what_nothing_ties():
    assert shortest(SMALL, "trend:t", "area:o") == ()
    assert ways(SMALL, "trend:t", "area:o") == ()
    assert sentence(SMALL, (), Language.SV) == ""


def test_a_circle_is_walked_once():
    circle = graph(("part_of", "a:1", "a:2"), ("part_of", "a:2", "a:3"), ("part_of", "a:3", "a:1"))
    assert [len(way) for way in reasons(circle, "a:1")] == [2]
    assert sorted(len(way) for way in ways(circle, "a:1", "a:2")) == [1, 2]


def test_where_everything_is_tied_to_everything_the_ways_are_limited():
    names = [f"a:{number}" for number in range(25)]
    crowd = graph(*(("aligned_with", a, b) for a, b in itertools.combinations(names, 2)))
    found = ways(crowd, "a:0", "a:1", limit=50)
    assert len(found) == 50
    assert [len(way) for way in found] == sorted(len(way) for way in found)
    assert len(found[0]) == 1


def test_a_tie_to_nothing_is_a_mistake_of_the_builder():
    with pytest.raises(KeyError):
        Graph((thing("a", "1"),), (Tie("part_of", "a:1", "a:2"),))


def test_every_kind_of_tie_is_said_both_ways_in_both_languages():
    for kind, words in TIES.items():
        assert all([words.forward.sv, words.forward.en, words.backward.sv, words.backward.en]), kind


PAIRS = st.tuples(st.sampled_from(sorted(TIES)), st.integers(0, 7), st.integers(0, 7)).filter(lambda x: x[1] != x[2])


@settings(max_examples=150, deadline=None)
@given(st.lists(PAIRS, max_size=14, unique=True), st.integers(0, 7), st.integers(0, 7))
def test_ways_are_all_simple_ways_and_no_others(pairs, start, end):
    names = [f"x:{number}" for number in range(8)]
    drawn = graph(*((kind, f"x:{a}", f"x:{b}") for kind, a, b in pairs), more=names)
    found = ways(drawn, f"x:{start}", f"x:{end}", most=4, limit=10_000)
    assert len(found) == len(set(found))
    for way in found:
        passed = [way[0].start, *(step.end for step in way)]
        assert passed[0] == f"x:{start}"
        assert passed[-1] == f"x:{end}"
        assert len(set(passed)) == len(passed) <= 5
        assert all(before.end == after.start for before, after in itertools.pairwise(way))
    assert set(found) == set(brute_force(drawn, f"x:{start}", f"x:{end}"))
    near = shortest(drawn, f"x:{start}", f"x:{end}")
    if found:
        assert len(near) == len(found[0])


def brute_force(drawn, start, end):
    """Walk everywhere, the slow way."""
    waiting = [((start,), ())]
    while waiting:
        passed, way = waiting.pop()
        if passed[-1] == end and way:
            yield way
        elif len(way) < 4 and (passed[-1] != end):
            waiting += [
                ((*passed, step.end), (*way, step)) for step in drawn.steps[passed[-1]] if step.end not in passed
            ]
