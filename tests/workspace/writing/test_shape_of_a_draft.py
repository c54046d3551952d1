import json

import pytest

from vagvisare.editions.address import is_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(opened):
    return opened()


@pytest.fixture
def who(person):
    return person("strategist")


def order(draft, parent=None):
    """Return the last parts of what lies under a node, in order."""
    rows = draft.nodes.filter(parent=parent, removed_at=None).order_by("position")
    assert [row.position for row in rows] == list(range(len(rows)))
    return [row.address.rpartition("/")[2] for row in rows]


def test_a_new_node_stands_where_it_was_put_with_an_address_like_its_kin(draft, who, at):
    from vagvisare.web.revision.writing.shaping import add_node

    area, first = at(draft, "omrade-1"), at(draft, "rikta-1-1")
    text = "Anlägg våtmarker intill ån så att vattnet renas"
    node, event = add_node(who, draft, area, "direction", text, after=first)
    assert node.address == "omrade/omrade-1/inriktning/anlagg-vatmarker-intill-an-sa-att"
    assert order(draft, area) == ["rikta-1-1", "anlagg-vatmarker-intill-an-sa-att", "rikta-1-2", "rikta-1-3"]
    assert (node.version, node.wordings.get().text, event.verb) == (1, node.text, "draft.structure")
    goal, _ = add_node(who, draft, at(draft, "kapitel/mal"), "effect_goal", "Renare vatten")
    assert goal.address == "effektmal/renare-vatten"
    new_area, _ = add_node(who, draft, None, "area", "Vatten")
    assert new_area.address == "omrade/vatten"
    below, _ = add_node(who, draft, new_area, "passage", "Ett nytt slags nod")
    assert below.address == "omrade/vatten/ett-nytt-slags-nod"


def test_an_address_is_never_used_again(draft, who, at):
    from vagvisare.web.revision.writing.shaping import add_node, remove

    area = at(draft, "omrade-1")
    first, _ = add_node(who, draft, area, "direction", "Rena vattnet")
    remove(who, first)
    second, _ = add_node(who, draft, area, "direction", "Rena vattnet")
    third, _ = add_node(who, draft, area, "direction", "Rena vattnet " + "mycket " * 60)
    assert second.address == f"{first.address}-2"
    assert is_address(third.address)
    assert len(third.address) < 300


def test_an_address_of_any_sealed_edition_is_taken(draft, who, at):
    from vagvisare.web.revision.opening import open_draft
    from vagvisare.web.revision.writing.shaping import add_node

    empty = open_draft(who, "2031", "Tomt")
    node, _ = add_node(who, empty, None, "area", "Kapitel")
    under, _ = add_node(who, empty, node, "area", "Mål")
    assert (node.address, under.address) == ("kapitel", "kapitel/mal-2")


@pytest.mark.parametrize(
    ("level", "text", "said"),
    [
        ("", "Ord", "ingen sådan nivå"),
        ("påhittad", "Ord", "ingen sådan nivå"),
        ("direction", "  ", "behöver några ord"),
        ("direction", "!?", "behöver några ord"),
    ],
)
def test_a_new_node_needs_a_level_of_the_strategy_and_words(draft, who, level, text, said):
    from vagvisare.web.revision.writing.shaping import ShapeError, add_node

    with pytest.raises(ShapeError, match=said):
        add_node(who, draft, None, level, text)


def test_moving_takes_everything_under_it_along_and_keeps_the_address(draft, who, at):
    from vagvisare.web.revision.writing.shaping import move

    moving, other = at(draft, "rikta-1-2"), at(draft, "omrade-2")
    event = move(who, moving, other, at(draft, "rikta-2-2"))
    assert order(draft, other) == ["rikta-2-1", "rikta-1-2", "rikta-2-2", "rikta-2-3"]
    assert order(draft, at(draft, "omrade-1")) == ["rikta-1-1", "rikta-1-3"]
    moving.refresh_from_db()
    assert moving.address == "omrade/omrade-1/inriktning/rikta-1-2"
    assert json.loads(event.after)["nodes"][str(moving.uid)] == {"parent": str(other.uid)}
    assert move(who, moving, other, at(draft, "rikta-2-2")) is None
    move(who, other, at(draft, "omrade-1"))
    assert order(draft) == ["mal", "omrade-1"]
    assert order(draft, other) == ["rikta-2-1", "rikta-1-2", "rikta-2-2", "rikta-2-3"]


def test_nothing_comes_to_lie_under_itself(draft, who, at):
    from vagvisare.web.revision.writing.shaping import ShapeError, move

    area, child = at(draft, "omrade-1"), at(draft, "rikta-1-1")
    for parent in (area, child):
        with pytest.raises(ShapeError, match="kan inte ligga under sig själv"):
            move(who, area, parent)
    assert order(draft) == ["mal", "omrade-1", "omrade-2"]


def test_steps_with_the_keyboard(draft, who, at):
    from vagvisare.web.revision.writing.shaping import step

    area, node = at(draft, "omrade-1"), at(draft, "rikta-1-2")
    step(who, node, "up")
    assert order(draft, area) == ["rikta-1-2", "rikta-1-1", "rikta-1-3"]
    assert step(who, node, "up") is None
    assert step(who, node, "in") is None
    step(who, node, "down")
    step(who, node, "in")
    assert order(draft, area) == ["rikta-1-1", "rikta-1-3"]
    assert order(draft, at(draft, "rikta-1-1")) == ["rikta-1-2"]
    step(who, node, "out")
    assert order(draft, area) == ["rikta-1-1", "rikta-1-2", "rikta-1-3"]
    step(who, node, "out")
    assert order(draft) == ["mal", "omrade-1", "rikta-1-2", "omrade-2"]
    assert step(who, node, "out") is None
    assert step(who, node, "sideways") is None


def test_a_process_leader_shapes_the_own_area_only(draft, person, at):
    from vagvisare.web.access.verbs import RefusedError
    from vagvisare.web.revision.writing.joining import merge_nodes
    from vagvisare.web.revision.writing.shaping import add_node, move, step

    leader = person("process_leader", scope="omrade/omrade-1")
    move(leader, at(draft, "rikta-1-1"), at(draft, "rikta-1-2"))
    add_node(leader, draft, at(draft, "omrade-1"), "direction", "Ny inriktning")
    for act in (
        lambda: move(leader, at(draft, "rikta-1-1"), at(draft, "omrade-2")),
        lambda: move(leader, at(draft, "rikta-2-1"), at(draft, "omrade-1")),
        lambda: move(leader, at(draft, "rikta-1-1"), None),
        lambda: step(leader, at(draft, "rikta-1-2"), "out"),
        lambda: add_node(leader, draft, None, "area", "Nytt område"),
        lambda: merge_nodes(leader, at(draft, "rikta-1-2"), at(draft, "rikta-2-1")),
    ):
        with pytest.raises(RefusedError):
            act()


def test_what_has_something_under_it_is_not_removed(draft, who, at):
    from vagvisare.web.revision.writing.shaping import ShapeError, remove

    with pytest.raises(ShapeError, match="ligger 3 delar"):
        remove(who, at(draft, "omrade-1"))


def test_what_is_removed_comes_back_with_all_that_was_said_of_it(draft, who, at):
    from vagvisare.web.revision.writing import talk
    from vagvisare.web.revision.writing.shaping import remove, restore

    area, node = at(draft, "omrade-1"), at(draft, "rikta-1-2")
    talk.comment(who, node, "Behåll den här.")
    remove(who, node)
    assert order(draft, area) == ["rikta-1-1", "rikta-1-3"]
    restore(who, node)
    assert order(draft, area) == ["rikta-1-1", "rikta-1-2", "rikta-1-3"]
    assert [said.text for said in node.comments.all()] == ["Behåll den här."]
    assert restore(who, node) is None


def test_what_lay_under_something_removed_comes_back_under_what_is_left(draft, who, at):
    from vagvisare.web.revision.writing.shaping import remove, restore

    nodes = [at(draft, f"rikta-1-{number}") for number in (1, 2, 3)]
    for node in nodes:
        remove(who, node)
    remove(who, at(draft, "omrade-1"))
    restore(who, nodes[1])
    assert order(draft) == ["mal", "omrade-2", "rikta-1-2"]


def test_a_split_keeps_every_word_and_tells_where_the_parts_come_from(draft, who, at):
    from vagvisare.editions.document import Lineage
    from vagvisare.web.revision.snapshot import edition_of
    from vagvisare.web.revision.writing.joining import parts_at, split

    node = at(draft, "rikta-1-2")
    cut = node.text.index("vattna")
    nodes, _ = split(who, node, parts_at(node.text, [cut, cut, 0, 9999]), base=1)
    assert [each.text for each in nodes] == [
        "Plantera björk nummer 2 vid torget,",
        "vattna alm och lind varje vecka under sommaren.",
    ]
    second = "vattna-alm-och-lind-varje-vecka"
    assert order(draft, at(draft, "omrade-1")) == ["rikta-1-1", "rikta-1-2", second, "rikta-1-3"]
    address, other = nodes[0].address, nodes[1].address
    edition = edition_of(draft)
    assert edition.lineage == (Lineage("split", address, address), Lineage("split", address, other))
    split(who, nodes[1], ["vattna alm och", "lind varje vecka under sommaren."])
    assert {row.before for row in edition_of(draft).lineage} == {address}
    assert len(edition_of(draft).lineage) == 3


@pytest.mark.parametrize("parts", [["Plantera björk"], ["Plantera björk nummer 2 vid", "andra ord"]])
def test_a_split_that_would_change_words_is_refused(draft, who, at, parts):
    from vagvisare.web.access.verbs import OvertakenError
    from vagvisare.web.revision.writing.joining import split

    with pytest.raises(OvertakenError):
        split(who, at(draft, "rikta-1-2"), parts)


def test_a_split_needs_words_on_both_sides_and_the_text_as_it_was_seen(draft, who, at):
    from vagvisare.web.access.verbs import OvertakenError
    from vagvisare.web.revision.writing.joining import split
    from vagvisare.web.revision.writing.shaping import ShapeError

    node = at(draft, "rikta-1-2")
    for parts in ([node.text], [node.text, "  "], [node.text[:-1], "."], [node.text[:4], node.text[4:]]):
        with pytest.raises(ShapeError, match="hela ord på båda sidor"):
            split(who, node, parts)
    with pytest.raises(OvertakenError):
        split(who, node, ["a", "b"], base=2)


def test_merging_keeps_the_first_address_and_lets_everything_follow(draft, who, person, at):
    from vagvisare.editions.document import Lineage
    from vagvisare.web.revision.models import Cell, Reason, ThemeTag
    from vagvisare.web.revision.snapshot import edition_of
    from vagvisare.web.revision.writing import talk
    from vagvisare.web.revision.writing.joining import merge_nodes
    from vagvisare.web.revision.writing.pane import pane
    from vagvisare.web.revision.writing.shaping import move

    anna, bo = person("strategist", name="Anna"), person("strategist", name="Bo")
    kept, away, child = at(draft, "rikta-1-1"), at(draft, "rikta-1-3"), at(draft, "rikta-1-2")
    move(who, child, away)
    talk.comment(anna, away, "Följ med")
    for someone, node in ((anna, kept), (anna, away), (bo, away)):
        talk.assign(who, node, someone)
    Reason.objects.create(draft=draft, address=away.address, text="För träden", because=["evidence:a"], by="x")
    Reason.objects.create(draft=draft, address=kept.address, text="För torget", because=["evidence:b"], by="x")
    ThemeTag.objects.create(draft=draft, theme="gront", address=away.address)
    links = ((away, "effektmal/a"), (away, "effektmal/b"), (kept, "effektmal/b"), (away, kept.address))
    for origin, target in links:
        Cell.objects.create(draft=draft, kind="contributes_to", origin=origin.address, target=target, answer="yes")
    result, event = merge_nodes(who, away, kept)
    assert result.pk == kept.pk
    kept.refresh_from_db()
    assert kept.text == (
        "Plantera björk nummer 1 vid torget, vattna alm och lind varje vecka under sommaren. "
        "Plantera björk nummer 3 vid torget, vattna alm och lind varje vecka under sommaren."
    )
    assert order(draft, at(draft, "omrade-1")) == ["rikta-1-1"]
    assert order(draft, kept) == ["rikta-1-2"]
    assert [said.text for said in kept.comments.all()] == ["Följ med"]
    assert sorted(str(each.person) for each in kept.assignments.all()) == ["Anna", "Bo"]
    reason = Reason.objects.get(draft=draft, address=kept.address)
    assert (reason.text, reason.because) == ("För torget\n\nFör träden", ["evidence:b", "evidence:a"])
    assert ThemeTag.objects.get().address == kept.address
    targets = draft.cells.filter(origin=kept.address).values_list("target", flat=True)
    assert sorted(targets) == ["effektmal/a", "effektmal/b"]  # once each, and none to itself
    assert edition_of(draft).lineage == (
        Lineage("merged", kept.address, kept.address),
        Lineage("merged", away.address, kept.address),
    )
    followed = pane(draft, kept, who, {}).followed
    assert [(each.event, each.comments, each.assignments) for each in followed] == [(event.number, 1, 1)]
    assert "Plantera björk nummer 3" in followed[0].title


def test_the_other_address_may_be_the_one_that_stays(draft, who, at):
    from vagvisare.web.revision.writing.joining import merge_nodes

    first, second = at(draft, "rikta-1-1"), at(draft, "rikta-1-2")
    kept, _ = merge_nodes(who, first, second, keep=second)
    assert kept.pk == second.pk
    assert kept.text.index("nummer 1") < kept.text.index("nummer 2")


def test_only_equals_are_merged(draft, who, at):
    from vagvisare.web.revision.writing.joining import merge_nodes
    from vagvisare.web.revision.writing.shaping import ShapeError, move

    one, two = at(draft, "rikta-1-1"), at(draft, "rikta-1-2")
    with pytest.raises(ShapeError, match="samma nivå"):
        merge_nodes(who, one, at(draft, "omrade-2"))
    with pytest.raises(ShapeError, match="sig själv"):
        merge_nodes(who, one, one)
    move(who, two, one)
    with pytest.raises(ShapeError, match="något under den"):
        merge_nodes(who, two, one)
