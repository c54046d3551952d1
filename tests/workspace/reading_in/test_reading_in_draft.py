"""What is decided of a document, kept in the draft, and taken back."""

import json

import pytest

from vagvisare.manuscripts.reading import read_manuscript
from vagvisare.terms.errors import UserError
from vagvisare.web.access.verbs import RefusedError
from vagvisare.web.audit import trail
from vagvisare.web.audit.models import Event
from vagvisare.web.revision.models import Comment, DraftNode, Manuscript, Wording
from vagvisare.web.revision.reading_in import actions, keeping
from vagvisare.web.revision.reading_in.beside import stated_changes
from vagvisare.web.revision.reading_in.deciding import reading_of
from vagvisare.web.revision.snapshot import edition_of
from vagvisare.web.revision.writing import shaping, wordings

pytestmark = pytest.mark.django_db


def again(row):
    return Manuscript.objects.get(pk=row.pk)


def living(draft):
    return DraftNode.objects.filter(draft=draft, removed_at=None)


def test_the_original_lies_beside_the_draft_byte_for_byte_and_nothing_else_changes(draft, taken_in, seed):
    before = set(living(draft).values_list("address", "text"))
    row = again(taken_in(*seed))
    assert bytes(row.original) == seed[1]
    assert row.sha256 == __import__("hashlib").sha256(seed[1]).hexdigest()
    assert set(living(draft).values_list("address", "text")) == before
    told = json.loads(Event.objects.latest("number").after)
    assert told["act"] == "taken-in"
    assert told["sha256"] == row.sha256
    assert "Barnkonventionen" not in Event.objects.latest("number").after


def test_nothing_is_kept_while_a_lost_heading_has_no_name(draft, taken_in, seed, strategist):
    row = taken_in(*seed)
    with pytest.raises(keeping.OpenQuestionsError, match="7 rubriker saknar namn"):
        keeping.keep(strategist, row)
    assert living(draft).count() == 4
    assert again(row).kept_at is None


def test_the_seed_rebuilds_the_bundled_edition_in_the_draft(draft, strategy, taken_in, seed, strategist, named):
    bundled = next(e for e in strategy.editions if e.key == "2021-remiss")
    offered = {}
    row = taken_in(*seed)
    for question in reading_of(row).proposal.open:
        at = reading_of(row).proposal.by_key[question.at]
        offered[question.at] = next(n.text for n in bundled.at("area") if n.number == at.number)
    row = named(row, offered)
    keeping.keep(strategist, again(row))
    made = edition_of(draft)
    for level in ("area", "desired_state", "direction", "effect_goal", "overarching_goal", "perspective", "chapter"):
        assert [n.text for n in made.at(level)] == [n.text for n in bundled.at(level)], level
    assert [n.number for n in made.at("area")] == [f"5.{number}" for number in range(1, 11)]
    lost = {n.text for n in made.at("area") if n.working_name}
    assert lost == {n.text for n in bundled.at("area") if n.working_name}
    fresh = {
        n.text: str(n.source) for n in made.at("direction") if n.address.endswith("riv-hinder-for-utsatta-grupper-pa")
    }
    assert list(fresh.values()) == ["000_bce6add0e5d7e8be.txt:255"]


def test_what_was_in_the_earlier_edition_keeps_its_identity(draft, taken_in, seed, strategist, named):
    before = DraftNode.objects.get(draft=draft, address="omrade/kunskapslyft-och-utbildning")
    keeping.keep(strategist, named(taken_in(*seed)))
    after = DraftNode.objects.get(draft=draft, address="omrade/kunskapslyft-och-utbildning")
    assert (after.pk, after.uid, after.version) == (before.pk, before.uid, 1)


def test_a_new_wording_of_a_known_node_becomes_its_next_version(draft, taken_in, strategist):
    text = "# 5.3 Kunskapslyft och utbildning\n## Önskvärt läge\n- Bättre skolresultat och fler medvetna val för alla\n"
    keeping.keep(strategist, taken_in("ny.md", text.encode()))
    node = DraftNode.objects.get(draft=draft, address__endswith="lage/kunskapsregion-genom-samverkan")
    assert (node.version, node.text) == (2, "Bättre skolresultat och fler medvetna val för alla")
    assert Wording.objects.filter(node=node).count() == 2


def test_all_of_it_can_be_undone_at_once_and_done_again(draft, taken_in, seed, strategist, named):
    before = edition_of(draft)
    row = named(taken_in(*seed))
    keeping.keep(strategist, row)
    kept = edition_of(draft)
    keeping.undo_keep(strategist, again(row))
    assert edition_of(draft).nodes == before.nodes
    assert again(row).kept_at is None
    uids = set(DraftNode.objects.filter(draft=draft).values_list("uid", flat=True))
    keeping.keep(strategist, again(row))
    assert [(n.address, n.text) for n in edition_of(draft).nodes] == [(n.address, n.text) for n in kept.nodes]
    assert set(DraftNode.objects.filter(draft=draft).values_list("uid", flat=True)) == uids
    assert trail.verify() is None


def test_a_reworded_node_gets_its_earlier_words_back(draft, taken_in, strategist):
    row = taken_in(
        "ny.md",
        "# 5.3 Kunskapslyft och utbildning\n## Önskvärt läge\n- Bättre skolresultat, fler medvetna val\n".encode(),
    )
    keeping.keep(strategist, row)
    keeping.undo_keep(strategist, again(row))
    node = DraftNode.objects.get(draft=draft, address__endswith="lage/kunskapsregion-genom-samverkan")
    assert node.text == "bättre skolresultat och fler medvetna val"
    assert node.version == 3


@pytest.mark.parametrize("how", ["reworded", "commented", "built upon", "removed"])
def test_it_cannot_be_undone_once_somebody_has_gone_on(draft, taken_in, strategist, how):
    row = taken_in("ny.md", b"# 5.4 Skog\n## Strategiska inriktningar\n- Plantera fler tallar vid havet.\n")
    keeping.keep(strategist, row)
    node = DraftNode.objects.get(draft=draft, text="Plantera fler tallar vid havet.")
    if how == "reworded":
        wordings.save_wording(strategist, node, "Plantera fler granar.", node.version, "biljett")
    elif how == "commented":
        Comment.objects.create(node=node, author=strategist, text="Varför tallar?")
    elif how == "built upon":
        shaping.add_node(strategist, draft, node.parent, "direction", "Vattna dem.")
    else:
        shaping.remove(strategist, node)
    with pytest.raises(keeping.BuiltUponError):
        keeping.undo_keep(strategist, again(row))
    assert again(row).kept_at is not None


def test_a_document_is_kept_once(taken_in, strategist):
    row = taken_in("ny.md", b"# 5.4 Skog\n## Strategiska inriktningar\n- Plantera tallar.\n")
    keeping.keep(strategist, row)
    with pytest.raises(actions.AlreadyKeptError):
        keeping.keep(strategist, row)
    with pytest.raises(actions.AlreadyKeptError):
        actions.decide(strategist, row, "p0", {"becomes": "skip"})
    with pytest.raises(actions.AlreadyKeptError):
        actions.discard(strategist, row)


def test_nothing_to_keep_is_said(draft, taken_in, strategist):
    row = taken_in("tack.md", b"# 1. Tack\n")
    actions.decide(strategist, row, "p0", {"becomes": "skip"})
    with pytest.raises(keeping.NothingToKeepError):
        keeping.keep(strategist, again(row))


def test_choices_are_kept_as_they_differ_and_forgotten_when_they_do_not(taken_in, strategist):
    row = taken_in("ny.md", b"# 5.4 Skog\n## Strategiska inriktningar\n- Plantera tallar.\n- Vattna dem.\n")
    actions.decide(strategist, row, "p2", {"becomes": "node", "level": "desired_state", "text": "Plantera tallar."})
    assert again(row).decisions == {"p2": {"becomes": "node", "level": "desired_state"}}
    actions.decide(strategist, again(row), "p2", {"becomes": "node", "level": "direction", "text": "Plantera tallar."})
    assert again(row).decisions == {}
    actions.decide(strategist, again(row), "p3", {"becomes": "skip"})
    actions.decide(strategist, again(row), "p3", {"reset": "1"})
    assert again(row).decisions == {}
    with pytest.raises(actions.NoSuchPieceError):
        actions.decide(strategist, again(row), "p99", {"becomes": "skip"})


def test_a_split_point_is_joined_unless_a_person_says_otherwise(draft, taken_in, strategist):
    text = "# 5.4 Skog\n## Önskvärt läge\n- Tallarna vid havet möter\n- stormarna\n- Björkar i varje by\n"
    row = taken_in("ny.md", text.encode())
    actions.decide(strategist, row, "p3", {"becomes": "node", "level": "desired_state", "text": "Stormarna"})
    keeping.keep(strategist, again(row))
    states = living(draft).filter(level="desired_state", parent__text="Skog").order_by("position")
    assert list(states.values_list("text", flat=True)) == [
        "Tallarna vid havet möter",
        "Stormarna",
        "Björkar i varje by",
    ]


def test_a_question_that_has_been_seen_stays_seen(taken_in, seed, strategist):
    row = taken_in(*seed)
    key = next(q.key for q in reading_of(row).proposal.questions if q.kind.value == "dates")
    actions.tick_off(strategist, row, key, done=True)
    assert reading_of(again(row)).seen == {key}
    actions.tick_off(strategist, again(row), key, done=False)
    assert reading_of(again(row)).seen == frozenset()
    must = reading_of(again(row)).proposal.open[0].key
    actions.tick_off(strategist, again(row), must, done=True)
    assert reading_of(again(row)).seen == frozenset()


def test_stated_changes_of_what_was_read_in_can_be_had(draft, taken_in, seed, strategist, named):
    row = named(taken_in(*seed))
    assert stated_changes(draft) == ()
    keeping.keep(strategist, row)
    told = stated_changes(draft)
    assert len(told) == 31
    addresses = set(living(draft).values_list("address", flat=True))
    assert {change.area for change in told} <= addresses


@pytest.mark.parametrize("role", ["writer", "analyst", "process_leader", "reader", "partner", "registrar"])
def test_only_who_may_import_does(draft, taken_in, person, role):
    row = taken_in("ny.md", b"# 5.4 Skog\n- Plantera tallar.\n")
    somebody = person(role, scope="omrade/skog")
    read = read_manuscript("ny.md", b"# Skog\n")
    for doing in (
        lambda: actions.take_in(somebody, draft, read, b"# Skog\n"),
        lambda: actions.decide(somebody, row, "p0", {"becomes": "skip"}),
        lambda: actions.tick_off(somebody, row, "x", done=True),
        lambda: keeping.keep(somebody, row),
        lambda: keeping.undo_keep(somebody, row),
        lambda: actions.discard(somebody, row),
    ):
        with pytest.raises(RefusedError):
            doing()


def test_a_sealed_draft_takes_nothing_in(draft, taken_in, strategist):
    row = taken_in("ny.md", b"# 5.4 Skog\n- Plantera tallar.\n")
    draft.sealed_as = "2021-prov"
    draft.save()
    for doing in (
        lambda: keeping.keep(strategist, again(row)),
        lambda: actions.decide(strategist, again(row), "p0", {"becomes": "skip"}),
        lambda: actions.take_in(strategist, draft, read_manuscript("a.md", b"# A\n"), b"# A\n"),
    ):
        with pytest.raises(UserError, match="förseglat"):
            doing()


def test_the_order_of_the_document_becomes_the_drafts_and_undoing_gives_the_old_one_back(draft, taken_in, strategist):
    before = [node.address for node in edition_of(draft).at("area")]
    text = "# 5.5 Social sammanhållning och demokrati\n# 5.4 Skog\n# 5.3 Kunskapslyft och utbildning\n"
    row = taken_in("ordning.md", text.encode())
    keeping.keep(strategist, row)
    areas = [(node.text, node.number) for node in edition_of(draft).at("area")]
    assert areas == [
        ("Social sammanhållning och demokrati", "5.5"), ("Skog", "5.4"), ("Kunskapslyft och utbildning", "5.3"),
    ]  # fmt: skip
    keeping.undo_keep(strategist, again(row))
    assert [node.address for node in edition_of(draft).at("area")] == before
    assert [node.number for node in edition_of(draft).at("area")] == ["", ""]


def test_a_node_is_moved_under_what_the_document_puts_it_under_and_back(draft, taken_in, strategist):
    text = "# 5.5 Social sammanhållning och demokrati\n## Önskvärt läge\n- Bättre skolresultat och fler medvetna val\n"
    row = taken_in("flytt.md", text.encode())
    keeping.keep(strategist, row)
    node = DraftNode.objects.get(draft=draft, address__endswith="lage/kunskapsregion-genom-samverkan")
    assert node.parent.address == "omrade/social-sammanhallning-och-demokrati"
    keeping.undo_keep(strategist, again(row))
    node.refresh_from_db()
    assert node.parent.address == "omrade/kunskapslyft-och-utbildning"
