import json

import pytest

pytestmark = pytest.mark.django_db
TEXT = "Plantera björk nummer 1 vid torget, vattna alm och lind varje vecka under sommaren."


@pytest.fixture
def node(opened, at):
    return at(opened(), "rikta-1-1")


@pytest.fixture
def anna(person):
    return person("strategist", name="Anna Påhitt")


@pytest.fixture
def bo(person):
    return person("strategist", name="Bo Påhitt")


def save(by, node, text, base, ticket):
    from vagvisare.web.revision.writing.wordings import save_wording

    return save_wording(by, node, text, base, ticket)


def test_a_save_makes_a_wording_and_an_event_that_refers_to_it(node, anna):
    from vagvisare.web.audit import trail
    from vagvisare.web.audit.models import Event

    saved = save(anna, node, "Nya ord.", 1, "t1")
    node.refresh_from_db()
    assert (saved.state, saved.version, saved.text, node.text, node.version) == ("saved", 2, "Nya ord.", "Nya ord.", 2)
    assert list(node.wordings.values_list("version", "text", "base", "merged")) == [
        (1, TEXT, 0, False),
        (2, "Nya ord.", 1, False),
    ]
    event = Event.objects.get(number=saved.event)
    assert (event.who, event.verb, event.kind, event.key) == (anna.key, "draft.write", "node", str(node.uid))
    assert json.loads(event.before)["nodes"] == {str(node.uid): {"version": 1}}
    assert json.loads(event.after)["nodes"] == {str(node.uid): {"version": 2}}
    assert "Nya ord" not in event.before + event.after
    assert anna.email not in repr(vars(event))
    assert trail.verify() is None


def test_the_same_ticket_again_changes_nothing(node, anna):
    from vagvisare.web.audit.models import Event

    first = save(anna, node, "Nya ord.", 1, "t1")
    events = Event.objects.count()
    again = save(anna, node, "Nya ord.", 1, "t1")
    assert (again.state, again.version, again.text, again.event) == ("saved", first.version, "Nya ord.", None)
    assert (node.wordings.count(), Event.objects.count()) == (2, events)


def test_a_ticket_sent_late_does_not_take_back_what_was_written_since(node, anna, bo):
    save(anna, node, "Nya ord.", 1, "t1")
    save(bo, node, "Nyare ord.", 2, "t2")
    late = save(anna, node, "Nya ord.", 1, "t1")
    assert (late.state, late.version, late.text) == ("merged", 3, "Nyare ord.")
    # Neither under a ticket of its own: those words were there, and somebody went on from them.
    later = save(anna, node, "Nya ord.", 1, "t3")
    assert (later.state, later.version, later.text) == ("merged", 3, "Nyare ord.")


def test_different_words_are_merged(node, anna, bo):
    save(anna, node, TEXT.replace("björk", "ek"), 1, "t1")
    saved = save(bo, node, TEXT.replace("sommaren", "hösten"), 1, "t2")
    assert (saved.state, saved.version) == ("merged", 3)
    assert saved.text == TEXT.replace("björk", "ek").replace("sommaren", "hösten")
    assert node.wordings.get(version=3).merged
    assert node.wordings.get(version=3).base == 1


def test_the_same_words_clash_and_both_are_kept(node, anna, bo):
    save(anna, node, TEXT.replace("björk", "ek"), 1, "t1")
    mine = TEXT.replace("björk", "tall")
    saved = save(bo, node, mine, 1, "t2")
    node.refresh_from_db()
    assert (saved.state, saved.version, saved.text) == ("clash", 2, TEXT.replace("björk", "ek"))
    assert (saved.clash.mine, saved.clash.base, saved.clash.theirs, saved.clash.by) == (mine, 1, 2, bo)
    assert node.text == TEXT.replace("björk", "ek")
    assert save(bo, node, mine, 1, "t2").clash == saved.clash
    assert node.clashes.count() == 1


def test_writing_on_in_a_clash_replaces_ones_own_side_and_loses_no_word(node, anna, bo):
    save(anna, node, TEXT.replace("björk", "ek"), 1, "t1")
    save(bo, node, TEXT.replace("björk", "tall"), 1, "t2")
    newer = save(bo, node, TEXT.replace("björk", "tall och gran"), 1, "t3")
    waiting = node.clashes.filter(settled_at=None)
    assert [each.mine for each in waiting] == [TEXT.replace("björk", "tall och gran")]
    assert node.clashes.filter(mine=TEXT.replace("björk", "tall")).exists()
    assert save(bo, node, TEXT.replace("björk", "tall"), 1, "t2").clash == newer.clash


@pytest.mark.parametrize("seen", [2, 3])
def test_a_clash_is_settled_with_what_a_person_chose(node, anna, bo, seen):
    from vagvisare.web.revision.writing.wordings import settle_clash

    theirs = TEXT.replace("björk", "ek")
    save(anna, node, theirs, 1, "t1")
    clash = save(bo, node, TEXT.replace("björk", "tall"), 1, "t2").clash
    save(anna, node, theirs.replace("sommaren", "hösten"), 2, "t3")
    chosen = (theirs if seen == 2 else theirs.replace("sommaren", "hösten")).replace("ek", "ek och tall")
    saved = settle_clash(bo, clash, chosen, seen)
    clash.refresh_from_db()
    assert saved.text == theirs.replace("sommaren", "hösten").replace("ek", "ek och tall")
    assert (clash.settled_as, clash.settled_by) == (saved.version, bo.key)
    # Settled twice with the same words (a lost answer) it stays as it is; with other words it is refused.
    assert settle_clash(bo, clash, saved.text, seen).version == saved.version


def test_a_clash_that_somebody_wrote_over_meanwhile_stays(node, anna, bo):
    from vagvisare.web.revision.writing.wordings import OvertakenInClashError, settle_clash

    save(anna, node, TEXT.replace("björk", "ek"), 1, "t1")
    clash = save(bo, node, TEXT.replace("björk", "tall"), 1, "t2").clash
    save(anna, node, TEXT.replace("björk", "alm"), 2, "t3")
    with pytest.raises(OvertakenInClashError, match="ingen text är borta"):
        settle_clash(bo, clash, TEXT.replace("björk", "tall"), 2)
    assert node.clashes.filter(settled_at=None).count() == 1
    settle_clash(bo, clash, TEXT.replace("björk", "tall"), 3)
    with pytest.raises(OvertakenInClashError):
        settle_clash(anna, clash, "Något helt annat.", 4)


def test_the_same_text_makes_no_wording(node, anna):
    saved = save(anna, node, TEXT, 1, "t1")
    assert (saved.state, saved.version, saved.event) == ("saved", 1, None)
    assert node.wordings.count() == 1


def test_line_feeds_of_forms_and_letters_in_two_pieces_are_kept_as_one(node, anna):
    assert save(anna, node, "Ett\r\ntva\u030a\x00", 1, "t1").text == "Ett\ntvå"


def test_a_line_that_was_broken_by_hand_is_a_line_and_what_nobody_sees_is_not_kept(node, anna):
    from vagvisare.web.revision.writing.wordings import change_details

    assert save(anna, node, "Alm\x0boch\u2028björk\x01\x7f 🌳", 1, "t1").text == "Alm\noch\nbjörk 🌳"
    change_details(anna, node, {"note": "Fråga\x0bAnna"})
    node.refresh_from_db()
    assert node.note == "Fråga\nAnna"


@pytest.mark.parametrize(("base", "ticket"), [(1, ""), (1, "x" * 65), (7, "t1")])
def test_a_save_without_ticket_or_ground_is_refused(node, anna, base, ticket):
    from vagvisare.web.revision.writing.wordings import TicketError

    with pytest.raises(TicketError):
        save(anna, node, "Nya ord.", base, ticket)
    assert node.wordings.count() == 1


def test_a_ticket_of_another_node_is_refused(node, anna, at):
    from vagvisare.web.revision.writing.wordings import TicketError

    save(anna, node, "Nya ord.", 1, "t1")
    with pytest.raises(TicketError):
        save(anna, at(node.draft, "rikta-1-2"), "Nya ord.", 1, "t1")


def test_a_text_too_long_is_refused(node, anna):
    from vagvisare.terms.errors import UserError

    with pytest.raises(UserError, match="längre än 100000 tecken"):
        save(anna, node, "x" * 100_001, 1, "t1")


def test_an_older_wording_can_stand_again(node, anna):
    from vagvisare.web.revision.writing.wordings import back_to

    save(anna, node, "Nya ord.", 1, "t1")
    saved = back_to(anna, node, 1)
    assert (saved.version, saved.text) == (3, TEXT)
    assert back_to(anna, node, 1).event is None
    assert [wording.text for wording in node.wordings.all()] == [TEXT, "Nya ord.", TEXT]


def test_details_are_changed_and_only_those_given(node, anna):
    from vagvisare.terms.errors import UserError
    from vagvisare.web.revision.writing.wordings import change_details

    event = change_details(anna, node, {"number": " 5.1.1 ", "note": "Att se över", "address": "fel", "version": "9"})
    node.refresh_from_db()
    assert (node.number, node.note, node.english, node.version) == ("5.1.1", "Att se över", "Plant birch number 1", 1)
    assert json.loads(event.before)["nodes"][str(node.uid)] == {"number": "", "note": ""}
    assert change_details(anna, node, {"number": "5.1.1"}) is None
    with pytest.raises(UserError, match="40 tecken"):
        change_details(anna, node, {"number": "9" * 41})


def test_writers_write_within_their_node_only(node, person, at):
    from vagvisare.web.access.verbs import RefusedError

    inside = person("writer", scope="omrade/omrade-1")
    outside = person("writer", scope="omrade/omrade-2")
    assert save(inside, node, "Nya ord.", 1, "t1").state == "saved"
    with pytest.raises(RefusedError):
        save(outside, node, "Fel ord.", 2, "t2")
    assert save(outside, at(node.draft, "rikta-2-1"), "Rätt ord.", 1, "t3").state == "saved"


def test_nothing_is_written_in_a_sealed_draft_or_a_removed_node(node, anna, at):
    from vagvisare.web.revision.writing import joining, shaping, talk, wordings
    from vagvisare.web.revision.writing.tree import RemovedNodeError, SealedDraftError

    other, draft = at(node.draft, "rikta-1-2"), node.draft
    said = talk.comment(anna, node, "Hej")
    given = talk.assign(anna, node, anna)
    save(anna, other, TEXT.replace("björk", "ek"), 1, "a")
    clash = save(anna, other, TEXT.replace("björk", "tall"), 1, "b").clash
    acts = [
        lambda: save(anna, node, "Nya ord.", 1, "t1"),
        lambda: wordings.back_to(anna, node, 1),
        lambda: wordings.change_details(anna, node, {"number": "1"}),
        lambda: joining.split(anna, node, ["a", "b"]),
        lambda: joining.merge_nodes(anna, node, other),
        lambda: shaping.add_node(anna, draft, node, "direction", "Ny"),
        lambda: shaping.move(anna, node, None),
        lambda: shaping.remove(anna, node),
        lambda: talk.comment(anna, node, "Hej"),
        lambda: talk.resolve(anna, said),
        lambda: talk.assign(anna, node, anna),
        lambda: talk.assign_done(anna, given),
        lambda: talk.unassign(anna, given),
    ]
    only_sealed = [
        lambda: wordings.settle_clash(anna, clash, "x", 2),
        lambda: shaping.step(anna, node, "up"),
        lambda: shaping.restore(anna, node),
    ]
    draft.sealed_as = "2030"
    draft.save()
    for act in acts + only_sealed:
        with pytest.raises(SealedDraftError, match="är förseglat"):
            act()
    draft.sealed_as = ""
    draft.save()
    shaping.remove(anna, node)
    for act in acts:
        with pytest.raises(RemovedNodeError, match="är borttagen"):
            act()


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("  ", 0), ("forsknings- och innovationsmiljö", 3), ("nord-sydlig 1,5 kilometer", 3), ("Ett\n\ntvå.", 2)],
)
def test_words_are_counted_as_a_swede_would(text, count):
    from vagvisare.proofreading import words

    assert words.count(text) == count
