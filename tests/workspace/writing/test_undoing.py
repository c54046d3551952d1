import pytest

pytestmark = pytest.mark.django_db
TEXT = "Plantera björk nummer 1 vid torget, vattna alm och lind varje vecka under sommaren."


@pytest.fixture
def draft(opened):
    return opened(directions=7)


@pytest.fixture
def who(person):
    return person("strategist")


def picture(draft):
    """Return everything a reader of the draft meets, but versions and positions of what is removed."""
    from vagvisare.web.revision.models import Assignment, Cell, Comment, Reason
    from vagvisare.web.revision.snapshot import edition_of

    return (
        edition_of(draft),
        sorted(Comment.objects.values_list("text", "node__address")),
        sorted(Assignment.objects.values_list("person__name", "node__address")),
        sorted(Reason.objects.values_list("address", "text")),
        sorted(Cell.objects.values_list("origin", "target", "answer")),
    )


def acts(who, draft, at):
    from vagvisare.web.revision.writing import joining, shaping, wordings

    node, other, area = at(draft, "rikta-1-1"), at(draft, "rikta-1-2"), at(draft, "omrade-1")
    halves = [TEXT[: TEXT.index("vattna")], TEXT[TEXT.index("vattna") :]]
    return {
        "save": lambda: wordings.save_wording(who, node, "Nya ord.", 1, "t").event,
        "details": lambda: wordings.change_details(who, node, {"number": "9", "english": "Other"}).number,
        "add": lambda: shaping.add_node(who, draft, area, "direction", "Ny inriktning", after=node)[1].number,
        "move": lambda: shaping.move(who, node, at(draft, "omrade-2"), at(draft, "rikta-2-2")).number,
        "step": lambda: shaping.step(who, other, "up").number,
        "in": lambda: shaping.step(who, other, "in").number,
        "out": lambda: shaping.step(who, other, "out").number,
        "remove": lambda: shaping.remove(who, other).number,
        "split": lambda: joining.split(who, node, halves)[1].number,
        "merge": lambda: joining.merge_nodes(who, node, other)[1].number,
        "merge-other": lambda: joining.merge_nodes(who, node, other, keep=other)[1].number,
        "merge-areas": lambda: joining.merge_nodes(who, area, at(draft, "omrade-2"))[1].number,
    }


NAMES = ["save", "details", "add", "move", "step", "in", "out", "remove", "split"]
NAMES += ["merge", "merge-other", "merge-areas"]


@pytest.mark.parametrize("name", NAMES)
def test_undoing_puts_everything_back_and_undoing_that_does_it_again(draft, who, person, at, name):
    from vagvisare.web.audit import trail
    from vagvisare.web.revision.models import Cell, Reason
    from vagvisare.web.revision.writing import talk
    from vagvisare.web.revision.writing.undoing import undo

    for tail in ("rikta-1-1", "rikta-1-2", "omrade-1", "omrade-2"):
        node = at(draft, tail)
        talk.comment(who, node, f"Om {tail}")
        talk.assign(who, node, person("strategist"))
        Reason.objects.create(draft=draft, address=node.address, text=f"Skäl {tail}", by="x")
        Cell.objects.create(draft=draft, kind="contributes_to", origin=node.address, target="effektmal/fler-traed",
                            answer="no" if "1-1" in tail else "yes")  # fmt: skip
    before = picture(draft)
    number = acts(who, draft, at)[name]()
    after = picture(draft)
    assert after != before
    undone = undo(who, draft, number)
    assert picture(draft) == before
    again = undo(who, draft, undone.number)
    assert picture(draft) == after
    undo(who, draft, again.number)
    assert picture(draft) == before
    assert trail.verify() is None


def test_undoing_a_save_keeps_what_others_wrote_since(draft, who, at):
    from vagvisare.web.revision.writing.undoing import TooLateError, undo
    from vagvisare.web.revision.writing.wordings import save_wording

    node = at(draft, "rikta-1-1")
    first = save_wording(who, node, TEXT.replace("björk", "ek"), 1, "t1").event
    save_wording(who, node, TEXT.replace("björk", "ek").replace("sommaren", "hösten"), 2, "t2")
    undo(who, draft, first)
    node.refresh_from_db()
    assert node.text == TEXT.replace("sommaren", "hösten")
    second = save_wording(who, node, TEXT.replace("björk", "tall"), 4, "t3").event
    save_wording(who, node, TEXT.replace("björk", "gran"), 5, "t4")
    with pytest.raises(TooLateError, match="ändrats igen"):
        undo(who, draft, second)
    node.refresh_from_db()
    assert (node.text, node.version) == (TEXT.replace("björk", "gran"), 6)


@pytest.mark.parametrize("later", ["write", "child", "gone"])
def test_what_has_been_built_upon_is_not_undone(draft, who, at, later):
    from vagvisare.web.revision.writing import shaping
    from vagvisare.web.revision.writing.undoing import TooLateError, undo
    from vagvisare.web.revision.writing.wordings import save_wording

    node, event = shaping.add_node(who, draft, at(draft, "omrade-1"), "direction", "Ny inriktning")
    if later == "write":
        save_wording(who, node, "Ord som ingen ska tappa.", 1, "t1")
    elif later == "child":
        shaping.move(who, at(draft, "rikta-1-1"), node)
    else:
        shaping.remove(who, node)
    before = picture(draft)
    with pytest.raises(TooLateError):
        undo(who, draft, event.number)
    assert picture(draft) == before


def test_a_move_back_to_where_it_would_lie_under_itself_is_refused(draft, who, at):
    from vagvisare.web.revision.writing.shaping import move
    from vagvisare.web.revision.writing.undoing import TooLateError, undo

    area, node = at(draft, "omrade-1"), at(draft, "rikta-1-1")
    event = move(who, node, None)
    move(who, area, node)
    with pytest.raises(TooLateError):
        undo(who, draft, event.number)


@pytest.mark.parametrize("name", ["move", "step"])
def test_undoing_a_move_does_not_bring_back_what_somebody_has_removed_since(draft, who, person, at, name):
    from vagvisare.web.revision.writing import shaping
    from vagvisare.web.revision.writing.undoing import TooLateError, undo

    node = at(draft, "rikta-1-2")
    event = shaping.step(who, node, "up") if name == "step" else shaping.move(who, node, at(draft, "omrade-2"))
    shaping.remove(person("strategist"), node)
    with pytest.raises(TooLateError):
        undo(who, draft, event.number)
    node.refresh_from_db()
    assert node.removed_at is not None
    assert event.number not in offered(node)


def test_undoing_asks_for_the_right_that_doing_did(draft, who, person, at):
    from vagvisare.web.access.verbs import RefusedError
    from vagvisare.web.revision.writing import joining, shaping
    from vagvisare.web.revision.writing.undoing import undo
    from vagvisare.web.revision.writing.wordings import save_wording

    node = at(draft, "rikta-1-1")
    saved = save_wording(who, node, "Nya ord.", 1, "t1").event
    removed = shaping.remove(who, at(draft, "rikta-1-2")).number
    moved = shaping.move(who, at(draft, "rikta-2-1"), at(draft, "omrade-1")).number
    writer = person("writer", scope="omrade/omrade-1")
    outside = person("process_leader", scope="omrade/omrade-2")
    for someone, number in ((writer, removed), (outside, saved), (outside, removed), (outside, moved)):
        with pytest.raises(RefusedError):
            undo(someone, draft, number)
    undo(writer, draft, saved)
    joined = joining.merge_nodes(who, at(draft, "rikta-1-3"), at(draft, "rikta-2-3"))[1].number
    with pytest.raises(RefusedError):
        undo(person("process_leader", scope="omrade/omrade-1"), draft, joined)
    undo(who, draft, joined)


def test_events_of_other_things_and_other_drafts_are_not_undone_here(draft, who, at):
    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.opening import open_draft
    from vagvisare.web.revision.writing import talk
    from vagvisare.web.revision.writing.undoing import undo
    from vagvisare.web.revision.writing.wordings import save_wording

    other = open_draft(who, "2031", "Annat")
    saved = save_wording(who, at(draft, "rikta-1-1"), "Nya ord.", 1, "t1").event
    talk.comment(who, at(draft, "rikta-1-1"), "Hej")
    comment = Event.objects.get(kind="comment").number
    for where, number in ((other, saved), (draft, comment), (draft, 9999)):
        with pytest.raises(Event.DoesNotExist):
            undo(who, where, number)


def offered(node):
    from vagvisare.web.revision.models import DraftNode
    from vagvisare.web.revision.writing.pane import history

    return {step.event.number for step in history(DraftNode.objects.get(pk=node.pk))[0] if step.undoable}


@pytest.mark.parametrize("name", NAMES)
def test_what_was_just_done_is_offered_to_be_undone(draft, who, at, name):
    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.models import DraftNode

    number = acts(who, draft, at)[name]()
    assert number in offered(DraftNode.objects.get(uid=Event.objects.get(number=number).key))


def test_undoing_is_not_offered_where_something_newer_stands_in_the_way(draft, who, at):
    from vagvisare.web.revision.writing.undoing import TooLateError, undo
    from vagvisare.web.revision.writing.wordings import change_details, save_wording

    node = at(draft, "rikta-1-1")
    older = change_details(who, node, {"number": "1", "english": ""}).number
    newer = change_details(who, node, {"number": "2", "english": ""}).number
    first = save_wording(who, node, TEXT.replace("alm", "ek"), 1, "a").event
    second = save_wording(who, node, TEXT.replace("alm", "asp"), 2, "b").event
    assert offered(node) == {newer, second}
    for number in (older, first):
        with pytest.raises(TooLateError):
            undo(who, draft, number)


def test_undoing_is_offered_where_what_others_wrote_since_can_stay(draft, who, at):
    from vagvisare.web.revision.writing.wordings import save_wording

    node = at(draft, "rikta-1-1")
    first = save_wording(who, node, TEXT.replace("björk", "ek"), 1, "a").event
    second = save_wording(who, node, TEXT.replace("björk", "ek").replace("varje vecka", "varje dag"), 2, "b").event
    assert {first, second} <= offered(node)
