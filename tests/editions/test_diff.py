"""What became of every node and connection between two editions, made up throughout."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.editions.comparison import Fate
from vagvisare.editions.diff import compare, same_words
from vagvisare.editions.document import Edition, Lineage, Link, Node, Source

S = Source("påhittat")


def node(address, parent="", text="", level="direction", number=""):
    return Node(address, level, text or f"Text om {address}", S, parent, number)


def edition(*nodes, key="e", lineage=(), links=()):
    return Edition(key, "E", "x", None, S, False, nodes, lineage=lineage, links=links)


def link(origin, target, rationale="ord", kind="contributes_to", denied=False):
    return Link(kind, origin, target, rationale, S, denied=denied)


def fates(before, after):
    return {change.address: {str(fate) for fate in change.fates} for change in compare(before, after).nodes}


BASE = edition(node("a"), node("a/x", "a"), node("a/y", "a"), node("a/z", "a"), node("b"), node("b/x", "b"))


def test_an_edition_and_itself():
    comparison = compare(BASE, BASE)
    assert {change.fates for change in comparison.nodes} == {frozenset({Fate.KEPT})}
    assert comparison.changed == ()
    assert [change.origins for change in comparison.nodes] == [(n.address,) for n in BASE.nodes]


def test_new_and_removed_and_their_order():
    after = edition(*BASE.nodes[:2], node("c"))
    comparison = compare(BASE, after)
    assert [change.address for change in comparison.nodes] == ["a", "a/x", "c", "a/y", "a/z", "b", "b/x"]
    new, gone = comparison.nodes[2], comparison.nodes[-1]
    assert (new.fates, new.before, new.origins) == ({Fate.NEW}, None, ())
    assert (gone.fates, gone.after, gone.origins) == ({Fate.REMOVED}, None, ("b/x",))


def test_several_things_at_once():
    after = edition(
        *(
            replace(n, text="Annat", parent="b", number="7", level="state") if n.address == "a/y" else n
            for n in BASE.nodes
        )
    )
    assert fates(BASE, after)["a/y"] == {"reworded", "moved", "renumbered", "relevelled"}


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("a b", "a  b ", True),
        ("a\r\n\r\nb", "a\n\nb", True),
        ("a\u030a", "å", True),
        ("a b", "a\nb", False),
        ("a", "A", False),
    ],
)
def test_spaces_are_not_read(one, two, same):
    assert same_words(one, two) is same


def test_only_what_jumped_is_reordered_and_a_new_sibling_pushes_nobody():
    x, y, z = BASE.nodes[1:4]
    after = edition(BASE.nodes[0], node("a/ny", "a"), z, x, y, *BASE.nodes[4:])
    assert {a for a, told in fates(BASE, after).items() if "reordered" in told} == {"a/z"}


def test_a_child_of_a_node_with_a_new_address_is_not_moved():
    after = edition(
        node("c", text="Text om a"),
        *(replace(n, parent="c") for n in BASE.nodes[1:4]),
        *BASE.nodes[4:],
        lineage=(Lineage("kept", "a", "c"),),
    )
    told = fates(BASE, after)
    assert told["c"] == {"kept"}
    assert told["a/x"] == {"kept"}
    assert "a" not in told


def test_moved_out_of_a_removed_parent_and_to_the_top():
    after = edition(*BASE.nodes[:1], *BASE.nodes[2:4], node("a/x"), node("b/x", "a"))
    told = fates(BASE, after)
    assert told["a/x"] == {"moved"}
    assert told["b/x"] == {"moved"}
    assert told["b"] == {"removed"}


def test_split_with_and_without_the_old_address():
    rows = (Lineage("split", "a/y", "a/y1"), Lineage("split", "a/y", "a/y2"))
    parts = (node("a/y1", "a"), node("a/y2", "a"))
    gone = compare(BASE, edition(*BASE.nodes[:2], *parts, *BASE.nodes[3:], lineage=rows))
    by = {change.address: change for change in gone.nodes}
    assert by["a/y1"].fates >= {Fate.SPLIT}
    assert by["a/y1"].origins == ("a/y",)
    assert by["a/y1"].before == BASE.by_address["a/y"]
    assert "a/y" not in by
    kept = fates(BASE, edition(*BASE.nodes[:3], parts[0], *BASE.nodes[3:], lineage=rows[:1]))
    assert kept["a/y"] == {"split"}
    assert kept["a/y1"] == {"split", "reworded"}


def test_merged_into_one_of_them_and_into_a_third():
    rows = (Lineage("merged", "a/x", "a/y"), Lineage("merged", "a/z", "a/y"))
    nodes = (BASE.nodes[0], BASE.nodes[2], *BASE.nodes[4:])
    comparison = compare(BASE, edition(*nodes, lineage=rows))
    by = {change.address: change for change in comparison.nodes}
    assert by["a/y"].fates == {Fate.MERGED}
    assert set(by["a/y"].origins) == {"a/x", "a/y", "a/z"}
    assert by["a/y"].before == BASE.by_address["a/y"]
    assert set(by) == {"a", "a/y", "b", "b/x"}


def test_lineage_that_names_nothing_changes_nothing():
    rows = (
        Lineage("split", "finns-inte", "a/x"),
        Lineage("split", "a/x", "finns-inte"),
        Lineage("merged", "a/x", "a/x"),
    )
    assert fates(BASE, replace(BASE, lineage=rows)) == fates(BASE, BASE)


def test_connections_that_came_went_and_are_said_in_other_words():
    before = [link("a/x", "b"), link("a/y", "b"), link("a/z", "b", denied=True)]
    after = [link("a/x", "b", "andra ord"), link("a/z", "b"), link("b/x", "b")]
    told = {(c.after or c.before).origin: c.fate for c in compare(BASE, BASE, before, after).links}
    assert told == {"a/x": Fate.REWORDED, "a/z": Fate.REWORDED, "b/x": Fate.NEW, "a/y": Fate.REMOVED}


def test_connections_of_the_edition_count_once_and_the_kept_are_told():
    own = replace(BASE, links=(link("a/x", "b"),))
    (kept,) = compare(own, own, own.links, ()).links
    assert kept.fate is Fate.KEPT


def test_connections_follow_their_nodes():
    rows = (Lineage("split", "a/y", "a/y1"), Lineage("split", "a/y", "a/y2"))
    after = edition(*BASE.nodes[:2], node("a/y1", "a"), node("a/y2", "a"), *BASE.nodes[3:], lineage=rows)
    changes = compare(BASE, after, [link("a/y", "b")], [link("a/y1", "b"), link("a/y2", "b")]).links
    assert [change.fate for change in changes] == [Fate.KEPT, Fate.KEPT]


def test_other_kinds_of_connection_are_other_connections():
    changes = compare(BASE, BASE, [link("a/x", "b")], [link("a/x", "b", kind="conflicts_with")]).links
    assert [change.fate for change in changes] == [Fate.NEW, Fate.REMOVED]


@st.composite
def trees(draw):
    count = draw(st.integers(0, 12))
    order = draw(st.permutations(range(count)))
    nodes = []
    for at, name in enumerate(order):
        parent = draw(st.sampled_from(["", *(f"n{other}" for other in order[:at])]))
        nodes.append(node(f"n{name}", parent, draw(st.sampled_from(["ett", "två"]))))
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(["split", "merged", "kept"]), st.integers(0, 14), st.integers(0, 14)), max_size=5
        )
    )
    return edition(*nodes, lineage=tuple(Lineage(kind, f"n{one}", f"n{two}") for kind, one, two in pairs))


@given(trees(), trees())
@settings(deadline=None)
def test_every_node_of_both_is_told_of(before, after):
    comparison = compare(before, after)
    later = [change for change in comparison.nodes if change.after]
    assert [change.after for change in later] == list(after.nodes)
    told = {origin for change in comparison.nodes for origin in change.origins}
    assert told == set(before.by_address)
    for change in comparison.nodes:
        assert change.fates
        assert (change.before is None) == (change.fates == {Fate.NEW})
        assert (change.after is None) == (change.fates == {Fate.REMOVED})
        assert Fate.KEPT not in change.fates or len(change.fates) == 1


def test_the_work_grows_with_the_nodes_not_with_their_square(monkeypatch):
    """Reading the nodes' addresses is what comparing does most: counted for a hundred and for a thousand."""

    def steps(count):
        seen = 0

        class Counting(str):
            __slots__ = ()

            def __eq__(self, other):
                nonlocal seen
                seen += 1
                return str.__eq__(self, other)

            __hash__ = str.__hash__

        nodes = [node(Counting(f"n{n}"), Counting(f"n{n // 10}") if n > 9 else "") for n in range(count)]
        shuffled = nodes[:]
        random.Random(1).shuffle(shuffled)
        compare(edition(*nodes), edition(*shuffled))
        return seen

    assert steps(1000) < 15 * steps(100)
