"""The changes worth telling: which, of what kind, and in which words. Made up, but for the region's own."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from revision_cases import AFTER, BEFORE, LEVELS, THEMES, edition, link, node, partial

from vagvisare.editions.changes import area_of, areas, inserted, key_changes
from vagvisare.editions.comparison import ChangeKind
from vagvisare.editions.diff import compare
from vagvisare.editions.document import LevelName
from vagvisare.strategy_folder import read
from vagvisare.terms.language import Language, Text

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parents[2]


def told(before=BEFORE, after=AFTER, levels=LEVELS, themes=THEMES):
    return key_changes(compare(before, after), levels, themes)


def golden(name, changes):
    written = "\n\n".join(f"{c.kind} · {c.area or '–'}\n{c.wording.sv}\n{c.wording.en}" for c in changes) + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("VAGVISARE_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


def test_sentences_are_those_an_editor_has_read():
    golden("changes", told())


def test_every_kind_of_change_has_been_read():
    renamed = replace(AFTER, nodes=(*AFTER.nodes, node("kap", "chapter", "Inledning")))
    other = replace(BEFORE, nodes=(*BEFORE.nodes, node("kap/gammalt", "chapter", "Bilagor")))
    assert {change.kind for change in told(other, renamed)} == set(ChangeKind)


def test_keys_are_one_a_change_and_the_same_next_time():
    keys = [change.key for change in told()]
    assert len(set(keys)) == len(keys)
    assert keys == [change.key for change in told()]
    assert "emphasis:skog/inr/foretag" in keys


def test_an_edition_and_itself_have_nothing_to_tell():
    assert told(BEFORE, BEFORE) == ()


def test_numbers_and_order_that_follow_are_not_told():
    other = replace(BEFORE, nodes=tuple(replace(n, number=f"9.{at}") for at, n in enumerate(BEFORE.nodes)))
    swapped = replace(other, nodes=(*other.nodes[:7], other.nodes[8], other.nodes[7], *other.nodes[9:]))
    assert told(BEFORE, swapped) == ()


def test_what_a_partial_edition_lacks_is_not_called_new_or_removed():
    new = {kind for kind in ChangeKind if kind.startswith("new")} | {ChangeKind.ADDED_LINK}
    gone = {kind for kind in ChangeKind if kind.startswith("removed")}
    here = told(partial(BEFORE), AFTER)
    assert not {c.kind for c in here} & (new - {ChangeKind.ADDED_LINK})
    assert [c.nodes for c in here if c.kind is ChangeKind.ADDED_LINK] == [
        ("stad", "effekt/luft")
    ]  # it was denied before
    there = told(BEFORE, partial(AFTER))
    assert [c.nodes for c in there if c.kind in gone] == [("sjo", "effekt/vatten")]  # it is denied now


@pytest.mark.parametrize(
    ("before", "after", "came"),
    [
        ("fler etableringar", "fler hållbara etableringar", ("hållbara",)),
        ("Utveckla företag.", "Hållbart utveckla företag", ("Hållbart",)),
        ("utveckla hållbara företag", "utveckla företag", ()),
        ("bygg på isen", "bygg inte på isen", ()),
        ("nå målet", "nå målet 2030", ()),
        ("en god skola", "en bättre skola", ()),
        ("", "allt", ("allt",)),
    ],
)
def test_emphasis_is_words_put_in_and_nothing_turned(before, after, came):
    assert inserted(before, after) == came


def kinds(before, after, themes=THEMES):
    pair = (edition(node("a", "direction", text)) for text in (before, after))
    return [change.kind for change in told(*pair, themes=themes)]


def test_many_words_are_no_emphasis_but_more_may_carry_a_theme():
    five = "lockande nya hållbara goda stora"
    assert kinds("locka fler etableringar", f"locka fler {five} etableringar") == [ChangeKind.EMPHASIS]
    assert kinds("locka fler etableringar", f"locka fler {five} etableringar", ()) == [ChangeKind.REFORMULATION]
    assert kinds("Locka etableringar", "Locka etableringar " + "så " * 9) == [ChangeKind.REFORMULATION]


def test_a_lent_name_is_no_change_of_heading():
    assert ChangeKind.HEADING not in {c.kind for c in told() if c.area == "stad"}


def test_connections_of_one_area_are_told_together_and_more_only_of_what_is_known():
    before = replace(BEFORE, links=(link("skog", "effekt/jobb"),))
    after = replace(
        BEFORE,
        links=(
            *before.links,
            link("skog/inr/jakt", "effekt/luft"),
            link("skog", "effekt/vatten"),
            link("sjo", "effekt/luft"),
        ),
    )
    skog, sjo = told(before, after)
    assert skog.nodes == ("skog", "effekt/luft", "effekt/vatten")
    assert skog.wording.sv == "”Skog” bidrar till fler effektmål än tidigare, nu också ”Ren luft” och ”Rent vatten”."
    assert sjo.wording.sv == "Nu anges att ”Sjöar” bidrar till ”Ren luft”."


def test_a_second_bearer_in_the_area_is_told_as_itself():
    before = replace(BEFORE, links=(link("skog", "effekt/jobb"),))
    after = replace(BEFORE, links=(*before.links, link("skog/inr/jakt", "effekt/jobb")))
    (change,) = told(before, after)
    assert change.nodes == ("skog/inr/jakt", "effekt/jobb")
    assert change.area == "skog"


def test_levels_are_called_what_the_strategy_calls_them():
    own = tuple(replace(level, name=Text("kliv", "stride")) if level.key == "direction" else level for level in LEVELS)
    said = [change.wording for change in told(levels=own) if change.kind is ChangeKind.NEW_DIRECTION]
    assert said == [
        Text("Kliv som har tillkommit: ”Ta vara på stormfälld skog”.", "New stride: “Make use of storm-felled forest”.")
    ]
    assert told(levels=(LevelName("x", Text("x", "x"), Text("x", "x")),))[0].wording.sv.startswith("Del som har")


def test_area_of_a_removed_node_is_where_it_lay():
    assert area_of(compare(BEFORE, AFTER), "skog/inr/jakt") == "skog"
    assert area_of(compare(BEFORE, AFTER), "mal/ett") == ""
    assert area_of(compare(BEFORE, AFTER), "finns-inte") == ""


def test_the_regions_own_revision_as_far_as_its_earlier_edition_is_known():
    strategy = read(ROOT / "strategies" / "orebro").strategy
    before, after = (next(e for e in strategy.editions if e.key == key) for key in ("2018", "2021-remiss"))
    comparison = compare(before, after, strategy.links_of(before), strategy.links_of(after))
    golden("changes-orebro", key_changes(comparison, strategy.levels, strategy.register.themes))


@pytest.mark.parametrize("language", list(Language))
def test_a_sentence_ends_once_and_holds_no_line_break(language):
    for change in told():
        text = change.wording.to(language)
        assert text.endswith(("”.", "“.", "”.", "."))
        assert ".." not in text
        assert "\n" not in text
        assert "  " not in text


def test_a_removed_node_takes_its_connections_along_in_silence():
    left = tuple(n for n in BEFORE.nodes if n.address != "skog/inr/jakt")
    after = replace(BEFORE, nodes=left, links=BEFORE.links[:-1])
    assert [change.kind for change in told(BEFORE, after)] == [ChangeKind.REMOVED_DIRECTION]


def test_all_areas_at_once_are_those_one_by_one():
    ring = replace(
        BEFORE, nodes=(*BEFORE.nodes, node("r/a", "direction", "x", "r/b"), node("r/b", "direction", "y", "r/a"))
    )
    for pair in ((BEFORE, AFTER), (AFTER, BEFORE), (ring, AFTER), (BEFORE, ring)):
        comparison = compare(*pair)
        every = {n.address for edition in pair for n in edition.nodes}
        assert areas(comparison) == {address: area_of(comparison, address) for address in every}
