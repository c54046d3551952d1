"""The checks before sealing, one by one. The editions are made up."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from revision_cases import AFTER, BEFORE, edition, link, node, partial

from vagvisare.editions.diff import compare
from vagvisare.editions.document import Adoption, Lineage
from vagvisare.editions.gates import KEYS, gates, unreasoned

DECIDED = Adoption("Påhittade fullmäktige", date(2030, 1, 1), "§ 7")
SOUND = edition(node("a", "area", "Skog"), node("a/x", "direction", "Plantera", "a"), adopted=DECIDED)


def found(now, before=None, reasons=(), **more):
    comparison = compare(before, now) if before else None
    return {gate.key: gate for gate in gates(now, comparison, reasons, **more)}


def test_a_sound_edition_passes_every_gate():
    assert found(SOUND) == {}
    assert found(SOUND, SOUND) == {}


def change(**fields):
    return replace(SOUND, nodes=(SOUND.nodes[0], replace(SOUND.nodes[1], **fields)))


@pytest.mark.parametrize(
    ("broken", "key", "where"),
    [
        (replace(SOUND, nodes=()), "nothing", ()),
        (change(address="Å x"), "addresses", ("Å x",)),
        (change(address="a"), "addresses", ("a",)),
        (change(parent="finns-inte"), "addresses", ("a/x",)),
        (change(parent="a/x"), "addresses", ("a/x",)),
        (change(text=" \n"), "empty", ("a/x",)),
        (change(text="Se ![](karta.png)"), "pictures", ("a/x",)),
        (change(text="Se ![ ][karta]"), "pictures", ("a/x",)),
        (replace(SOUND, adopted=None), "adoption", ()),
        (replace(SOUND, adopted=replace(DECIDED, reference=" ")), "adoption", ()),
        (replace(SOUND, links=(link("a/x", "finns-inte"),)), "links", ("a/x",)),
        (replace(SOUND, links=(link("a/x", "a", kind="hittepå"),)), "links", ("a/x",)),
        (replace(SOUND, links=(link("a/x", "a/x"),)), "links", ("a/x",)),
        (replace(SOUND, lineage=(Lineage("split", "finns-inte", "a"),)), "lineage", ("a",)),
        (replace(SOUND, lineage=(Lineage("split", "a", "finns-inte"),)), "lineage", ("finns-inte",)),
    ],
)
def test_each_gate_says_where(broken, key, where):
    gate = found(broken)[key]
    assert gate.where == where
    assert gate.blocking
    told = found(broken, broken if key == "lineage" else None)
    assert set(told) <= {key} or key == "nothing"


@pytest.mark.parametrize("text", ["Se ![Karta över länet](k.png)", "Obs! [länk](x)", "!", "![" * 2000, "![](" * 9])
def test_pictures_with_words_pass_and_odd_text_is_no_trouble(text):
    assert ("pictures" in found(change(text=text))) is text.startswith("![](")


def test_every_changed_part_wants_a_reason_and_only_those():
    comparison = compare(BEFORE, AFTER)
    wanting = {each.address for each in unreasoned(comparison, ())}
    assert wanting == {each.address for each in comparison.changed}
    assert {"skog", "skog/inr/jakt", "skog/inr/ny"} <= wanting
    assert "effekt/jobb" not in wanting
    assert found(AFTER, BEFORE)["reasons"].where == tuple(each.address for each in comparison.changed)
    assert "reasons" not in found(AFTER, BEFORE, wanting)


def test_what_a_partial_edition_lacks_is_not_asked_about():
    addresses = {each.address for each in unreasoned(compare(partial(BEFORE), AFTER), ())}
    assert "skog/inr/ny" not in addresses
    assert "skog/inr/foretag" in addresses


def test_an_address_that_named_something_else_in_an_older_edition():
    older = edition(node("a/x", "direction", "Gräv diken"))
    bare = replace(SOUND, nodes=SOUND.nodes[:1])
    assert found(SOUND, bare, {"a/x"}, earlier=(older, bare))["reused"].where == ("a/x",)
    assert "reused" not in found(SOUND, bare, {"a/x"}, earlier=(SOUND, bare))
    assert "reused" not in found(SOUND, bare, {"a/x"})


def test_an_address_at_another_level_with_no_word_left():
    before = change(level="desired_state", text="Alla mår bra")
    assert found(SOUND, before, {"a/x"})["reused"].where == ("a/x",)
    assert "reused" not in found(SOUND, change(level="desired_state", text="Plantera mer"), {"a/x"})
    assert "reused" not in found(SOUND, change(text="Alla mår bra"), {"a/x"})


def test_work_around_the_edition_is_counted_once_a_part():
    told = found(SOUND, clashes=["a", "a"], comments=["a/x"], remarks=["a/x", "a"])
    assert told["clashes"].what.sv == "En krock mellan två skrivare är inte löst."
    assert told["comments"].where == ("a/x",)
    assert told["language"].what.sv == "2 delar har språkliga anmärkningar."
    assert not told["language"].blocking


def test_what_would_be_broken_for_ever_cannot_be_let_pass():
    told = found(change(address="Å x"), clashes=["a"])
    assert not told["addresses"].overridable
    assert not told["clashes"].overridable
    assert found(replace(SOUND, adopted=None))["adoption"].overridable


@given(st.permutations(["clashes", "comments", "remarks"]), st.booleans())
@settings(deadline=None)
def test_gates_come_in_one_order_each_with_its_words(kinds, empty):
    told = gates(replace(SOUND, nodes=() if empty else SOUND.nodes), None, (), **{kind: ["a"] for kind in kinds})
    assert [gate.key for gate in told] == [key for key in KEYS if key in {gate.key for gate in told}]
    for gate in told:
        for text in (gate.what, gate.why_it_matters):
            assert text.sv.endswith(".")
            assert text.en.endswith(".")
            assert "{" not in text.sv + text.en


def test_links_beside_the_edition_are_looked_at():
    assert found(SOUND, links=(link("a", "borta"),))["links"].where == ("a",)
