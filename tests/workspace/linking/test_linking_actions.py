"""Saying of a draft what contributes, conflicts, is taken up and tagged: versions, undo, permission, trail."""

import json

import pytest

pytestmark = pytest.mark.django_db

CELL = {"kind": "contributes_to", "origin": "omrade/2", "target": "effektmal/arbete"}
KNOWN = {"kind": "contributes_to", "origin": "omrade/1", "target": "effektmal/arbete"}


@pytest.fixture
def acts():
    from vagvisare.web.revision.linking import actions

    return actions


def rows(draft, **which):
    return list(draft.cells.filter(**which).values_list("answer", "rationale", "version"))


def test_a_cell_is_said_changed_and_emptied_with_a_trail(acts, draft, strategist):
    from vagvisare.web.audit.models import Event

    first = acts.set_cell(strategist, draft, **CELL, answer="yes", version=0, rationale="Påhittat skäl.")
    assert rows(draft, origin="omrade/2") == [("yes", "Påhittat skäl.", 1)]
    acts.set_cell(strategist, draft, **CELL, answer="no", version=1)
    assert rows(draft, origin="omrade/2") == [("no", "", 2)], "the words were said for the other answer"
    acts.set_cell(strategist, draft, **CELL, answer="unknown", version=2)
    assert rows(draft, origin="omrade/2") == []
    told = list(Event.objects.filter(kind="cell", number__gte=first.number))
    assert [(bool(event.before), bool(event.after)) for event in told] == [(False, True), (True, True), (True, False)]
    assert {event.verb for event in told} == {"draft.link"}
    assert told[0].who == strategist.key
    assert "@" not in told[0].who + told[0].after


def test_what_changes_nothing_leaves_no_trail(acts, draft, strategist):
    assert acts.set_cell(strategist, draft, **KNOWN, answer="yes", version=1) is None
    assert acts.set_cell(strategist, draft, **CELL, answer="unknown", version=0) is None


def test_whoever_saw_an_earlier_answer_is_told(acts, draft, strategist, person):
    from vagvisare.web.access.verbs import OvertakenError

    other = person("analyst")
    acts.set_cell(other, draft, **CELL, answer="no", version=0)
    with pytest.raises(OvertakenError) as caught:
        acts.set_cell(strategist, draft, **CELL, answer="yes", version=0)
    assert caught.value.now["answer"] == "no"
    assert rows(draft, origin="omrade/2") == [("no", "", 1)]


def test_a_cell_that_was_emptied_and_filled_again_is_not_taken_for_the_earlier(acts, draft, strategist):
    from vagvisare.web.access.verbs import OvertakenError

    acts.set_cell(strategist, draft, **CELL, answer="yes", version=0)
    acts.set_cell(strategist, draft, **CELL, answer="unknown", version=1)
    acts.set_cell(strategist, draft, **CELL, answer="no", version=0)
    assert rows(draft, origin="omrade/2")[0][2] > 1
    with pytest.raises(OvertakenError):
        acts.set_cell(strategist, draft, **CELL, answer="unknown", version=1)


def test_words_of_the_source_stay_until_somebody_says_otherwise(acts, draft, strategist):
    row = draft.cells.get(origin="omrade/1", answer="yes")
    assert (row.source, row.english) == ("påhittad.txt:7", "It says so.")
    acts.set_cell(strategist, draft, **KNOWN, answer="yes", version=1, rationale="Egna ord.")
    row.refresh_from_db()
    assert (row.rationale, row.source, row.english) == ("Egna ord.", "", "")


@pytest.mark.parametrize("answers", [["yes"], ["yes", "no"], ["yes", "unknown"], ["no", "yes", "no"]])
def test_every_change_can_be_undone_back_to_the_beginning(acts, draft, strategist, answers):
    before = rows(draft)
    events = [
        acts.set_cell(strategist, draft, **CELL, answer=answer, rationale=f"Skäl {answer}.") for answer in answers
    ]
    for event in reversed(events):
        acts.undo(strategist, draft, number=event.number)
    assert rows(draft) == before


def test_undoing_the_undoing_brings_it_back_with_its_source(acts, draft, strategist):
    gone = acts.set_cell(strategist, draft, **KNOWN, answer="unknown", version=1)
    back = acts.undo(strategist, draft, number=gone.number)
    row = draft.cells.get(origin="omrade/1", target="effektmal/arbete")
    assert (row.answer, row.rationale, row.source, row.english) == (
        "yes",
        "Står i texten.",
        "påhittad.txt:7",
        "It says so.",
    )
    assert row.version > 1
    acts.undo(strategist, draft, number=back.number)
    assert not draft.cells.filter(origin="omrade/1", target="effektmal/arbete").exists()


def test_what_somebody_has_changed_since_is_not_undone(acts, draft, strategist, person):
    from vagvisare.web.access.verbs import OvertakenError

    event = acts.set_cell(strategist, draft, **CELL, answer="yes")
    acts.set_cell(person("analyst"), draft, **CELL, answer="no")
    with pytest.raises(OvertakenError):
        acts.undo(strategist, draft, number=event.number)


def test_only_this_drafts_links_can_be_undone_here(acts, opened, strategist):
    from vagvisare.terms.errors import UnknownError
    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.opening import open_draft

    draft = opened()
    event = acts.set_cell(strategist, draft, **CELL, answer="yes")
    other = open_draft(strategist, "2027", "Annat påhittat utkast", "2020")
    with pytest.raises(UnknownError):
        acts.undo(strategist, other, number=event.number)
    opening = Event.objects.filter(kind="draft").first()
    with pytest.raises(UnknownError):
        acts.undo(strategist, draft, number=opening.number)
    with pytest.raises(UnknownError):
        acts.undo(strategist, draft, number=10**9)


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "annat"}, {"answer": "kanske"}, {"origin": "borta"}, {"target": "borta"}, {"rationale": "x" * 5000},
     {"origin": "effektmal/arbete"}],
)  # fmt: skip
def test_what_is_none_of_the_drafts_is_refused_with_a_sentence(acts, draft, strategist, wrong):
    from vagvisare.terms.errors import UserError
    from vagvisare.terms.language import Language

    with pytest.raises(UserError) as caught:
        acts.set_cell(strategist, draft, **({**CELL, "answer": "yes"} | wrong))
    assert caught.value.message(Language.SV) != caught.value.message(Language.EN)
    assert not draft.cells.filter(origin="omrade/2").exists()


def test_a_removed_node_is_none_of_the_drafts(acts, draft, strategist):
    from django.utils import timezone

    from vagvisare.terms.errors import UnknownError

    draft.nodes.filter(address="omrade/2").update(removed_at=timezone.now())
    with pytest.raises(UnknownError):
        acts.set_cell(strategist, draft, **CELL, answer="yes")


def test_a_sealed_draft_refuses_everything(acts, draft, strategist):
    from vagvisare.web.revision.writing.tree import SealedDraftError

    event = acts.set_cell(strategist, draft, **CELL, answer="yes")
    draft.sealed_as = "2026"
    draft.save()
    tries = [
        lambda: acts.set_cell(strategist, draft, **CELL, answer="no"),
        lambda: acts.state_conflict(strategist, draft, origin="omrade/1", target="omrade/2", conflict="x"),
        lambda: acts.screen(
            strategist, draft, perspective="perspektiv/unga", address="omrade/1/inriktning/1", answer="no"
        ),
        lambda: acts.tag(strategist, draft, theme="klimat", address="omrade/1"),
        lambda: acts.undo(strategist, draft, number=event.number),
    ]
    for attempt in tries:
        with pytest.raises(SealedDraftError):
            attempt()


@pytest.mark.parametrize("role", ["writer", "partner", "registrar", "reader", "administrator"])
def test_those_without_the_role_may_change_nothing(acts, draft, person, role):
    from vagvisare.web.access.verbs import RefusedError

    somebody = person(role)
    with pytest.raises(RefusedError):
        acts.set_cell(somebody, draft, **CELL, answer="yes")
    with pytest.raises(RefusedError):
        acts.tag(somebody, draft, theme="klimat", address="omrade/1")


def test_a_process_leader_fills_in_their_own_area_only(acts, draft, person):
    from vagvisare.web.access.verbs import RefusedError

    leader = person("process_leader", scope="omrade/2")
    acts.set_cell(leader, draft, **CELL, answer="yes")
    acts.screen(
        leader, draft, perspective="perspektiv/unga", address="omrade/2/inriktning/1", answer="partly", how="Så."
    )
    acts.tag(leader, draft, theme="klimat", address="omrade/2/inriktning/2")
    event = acts.state_conflict(leader, draft, origin="omrade/1", target="omrade/2", conflict="Mark.")
    acts.undo(leader, draft, number=event.number)
    for attempt in (
        lambda: acts.set_cell(leader, draft, **KNOWN, answer="no"),
        lambda: acts.screen(leader, draft, perspective="perspektiv/unga", address="omrade/1/inriktning/1", answer="no"),
        lambda: acts.tag(leader, draft, theme="klimat", address="omrade/1"),
    ):
        with pytest.raises(RefusedError):
            attempt()


def test_a_process_leader_cannot_undo_in_anothers_area(acts, draft, strategist, person):
    from vagvisare.web.access.verbs import RefusedError

    event = acts.set_cell(strategist, draft, **KNOWN, answer="no")
    with pytest.raises(RefusedError):
        acts.undo(person("process_leader", scope="omrade/2"), draft, number=event.number)


def test_a_goal_conflict_has_one_row_whichever_way_it_is_stated(acts, draft, strategist):
    acts.state_conflict(strategist, draft, origin="omrade/1", target="omrade/2", conflict="Mark.", handling="Vi väger.")
    acts.state_conflict(strategist, draft, origin="omrade/2", target="omrade/1", conflict="Mark och vatten.")
    (row,) = draft.cells.filter(kind="conflicts_with")
    assert (row.origin, row.target, row.rationale, row.version) == ("omrade/1", "omrade/2", "Mark och vatten.", 2)
    event = acts.remove_conflict(strategist, draft, origin="omrade/2", target="omrade/1", version=2)
    assert not draft.cells.filter(kind="conflicts_with").exists()
    acts.undo(strategist, draft, number=event.number)
    assert draft.cells.get(kind="conflicts_with").rationale == "Mark och vatten."


def test_a_goal_conflict_must_be_said_in_words(acts, draft, strategist):
    from vagvisare.terms.errors import UserError

    with pytest.raises(UserError):
        acts.state_conflict(strategist, draft, origin="omrade/1", target="omrade/2", conflict="  \n ")


def test_a_conflict_survives_into_the_edition(acts, draft, strategist):
    from vagvisare.editions.contributions import conflict_parts
    from vagvisare.web.revision.snapshot import edition_of

    acts.state_conflict(strategist, draft, origin="omrade/1", target="omrade/2", conflict="Mark.", handling="Vi väger.")
    (link,) = [link for link in edition_of(draft).links if link.kind == "conflicts_with"]
    assert conflict_parts(link.rationale) == ("Mark.", "Vi väger.")


def test_a_screening_is_answered_with_how_and_undone(acts, draft, strategist):
    said = {"perspective": "perspektiv/unga", "address": "omrade/1/inriktning/1"}
    first = acts.screen(strategist, draft, **said, answer="partly", version=0, how="Genom skolan.")
    second = acts.screen(strategist, draft, **said, answer="yes", version=1)
    row = draft.screenings.get()
    assert (row.answer, row.how, row.version, row.by) == ("yes", "Genom skolan.", 2, strategist.key)
    acts.undo(strategist, draft, number=second.number)
    acts.undo(strategist, draft, number=first.number)
    assert not draft.screenings.exists()


def test_a_tag_is_set_once_and_undone(acts, draft, strategist):
    from vagvisare.terms.errors import UnknownError

    event = acts.tag(strategist, draft, theme="klimat", address="omrade/1")
    assert acts.tag(strategist, draft, theme="klimat", address="omrade/1") is None
    acts.undo(strategist, draft, number=event.number)
    assert not draft.theme_tags.exists()
    with pytest.raises(UnknownError):
        acts.tag(strategist, draft, theme="inget sådant", address="omrade/1")
    acts.tag(strategist, draft, theme="klimat", address="omrade/1")
    gone = acts.untag(strategist, draft, theme="klimat", address="omrade/1")
    assert json.loads(gone.before)["theme"] == "klimat"


def test_addresses_longer_than_the_trail_has_room_for_are_told_apart(acts, draft, strategist):
    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.models import DraftNode

    long = ["omrade/" + "x" * 285 + end for end in ("a", "b")]
    for address in long:
        DraftNode.objects.create(draft=draft, address=address, level="area", text="Långt")
        acts.set_cell(strategist, draft, kind="contributes_to", origin=address, target="effektmal/arbete", answer="yes")
    keys = set(Event.objects.filter(kind="cell").values_list("key", flat=True))
    assert len(keys) == 2
    assert max(map(len, keys)) <= 300


def test_the_trail_still_holds_after_all_this(acts, draft, strategist):
    from vagvisare.web.audit.trail import verify

    event = acts.set_cell(strategist, draft, **CELL, answer="yes")
    acts.undo(strategist, draft, number=event.number)
    assert verify() is None
