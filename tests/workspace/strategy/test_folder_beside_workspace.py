"""What somebody edits by hand in the folder is taken in, kept or chosen: never written over unseen."""

import json

import pytest

from vagvisare.strategy_folder.three_way import ORDER, WHOLE, Side
from vagvisare.web.access.verbs import ChangedSinceError, OvertakenError, RefusedError
from vagvisare.web.audit.models import Event
from vagvisare.web.registers.actions import SealedRegisterError
from vagvisare.web.registers.models import Entry
from vagvisare.web.strategy import actions, settling
from vagvisare.web.strategy.models import Agreed, Head

pytestmark = pytest.mark.django_db
BJORK, ASP = ("evidence", "bjork"), ("evidence", "asp")
NEW = """
[[evidence]]
key = "ny"
title = "Nytt för hand"
kind = "event"
areas_affected = 1
source = "pahittat.txt:2"
"""


def by_hand(path):
    """Add an entry in the middle of the register."""
    file = path / "evidence.toml"
    first, rest = file.read_text("utf-8").split("\n[[evidence]]", 1)
    file.write_text(f"{first}{NEW}\n[[evidence]]{rest}", "utf-8")


def dated(beside):
    """Say in the head of the strategy when it was updated."""
    beside.edit("strategy.toml", 'current = "2020-pahittad"', 'current = "2020-pahittad"\nupdated = 2021-02-03')


def test_taken_in_nothing_differs(beside):
    assert beside.standing().differences == ()
    before = (beside.path / "evidence.toml").read_bytes()
    beside.write()
    assert (beside.path / "evidence.toml").read_bytes() == before
    assert beside.take_in() == []


def test_an_edit_by_hand_is_taken_in_with_an_event_of_its_own(beside):
    beside.edit("evidence.toml", "Första anmärkningen", "Andra anmärkningen")
    (number,) = beside.take_in()
    assert beside.content(*BJORK)["note"] == "Andra anmärkningen"
    event = Event.objects.get(number=number)
    assert (event.kind, event.key) == ("entry", "evidence:bjork")
    assert json.loads(event.before)["note"] == "Första anmärkningen"
    assert json.loads(event.after)["note"] == "Andra anmärkningen"
    assert beside.entry(*BJORK).version == 2
    assert beside.take_in() == []


def test_an_edit_that_is_not_taken_in_is_kept_when_the_folder_is_written(beside):
    beside.edit("evidence.toml", "Första anmärkningen", "Andra anmärkningen")
    beside.change(*BJORK, title="Björkens årtionde")
    beside.change(*ASP, title="Aspens årtionde")
    written = beside.write()
    bjork, asp, _ = written.strategy.register.evidence
    assert (bjork.title, bjork.note, asp.title) == ("Björkens årtionde", "Andra anmärkningen", "Aspens årtionde")
    assert beside.read().strategy == written.strategy
    assert beside.content(*BJORK)["note"] == "Första anmärkningen"  # nobody has taken it in yet
    again = (beside.path / "evidence.toml").read_bytes()
    beside.write()
    assert (beside.path / "evidence.toml").read_bytes() == again
    beside.take_in()
    assert beside.content(*BJORK)["note"] == "Andra anmärkningen"
    assert beside.standing().differences == ()


def test_what_is_added_or_removed_by_hand_is_kept_and_taken_in(beside):
    by_hand(beside.path)
    beside.edit("themes.toml", '[[theme]]\nkey = "gront"\nname = "Grönt"\nwords = ["grön", "löv"]\n', "\n")
    written = beside.write().strategy.register
    assert [item.key for item in written.evidence] == ["bjork", "ny", "asp", "lind"]
    assert written.themes == ()
    assert beside.keys("themes") == ["gront"]
    assert len(beside.take_in()) == 2
    assert beside.keys("evidence") == ["bjork", "ny", "asp", "lind"]
    assert beside.keys("themes") == []
    assert beside.standing().differences == ()


def test_removed_and_added_in_the_workspace_is_written(beside):
    from vagvisare.web.registers import actions as registers

    beside.remove(*ASP)
    content = {"name": "Blått", "words": ["vatten"]}
    registers.add(beside.strategist, register="themes", content=content)
    beside.write()
    register = beside.read().strategy.register
    assert [item.key for item in register.evidence] == ["bjork", "lind"]
    assert [item.key for item in register.themes] == ["gront", "blatt"]
    assert beside.standing().differences == ()


def test_a_clash_stops_the_writing_and_says_which(beside):
    beside.edit("evidence.toml", "Första anmärkningen", "Mappens anmärkning")
    beside.change(*BJORK, note="Arbetsytans anmärkning")
    before = {file: file.read_bytes() for file in beside.path.rglob("*") if file.is_file()}
    with pytest.raises(actions.ClashesError) as refused:
        beside.write()
    assert "Underlag ”Björkens år”" in refused.value.what.sv
    assert "Evidence “Björkens år”" in refused.value.what.en
    assert "Utgåvor" in refused.value.remedy.sv
    assert {file: file.read_bytes() for file in before} == before
    assert beside.take_in() == []
    assert beside.content(*BJORK)["note"] == "Arbetsytans anmärkning"
    assert len(beside.standing().clashes) == 1


@pytest.mark.parametrize(("side", "stands"), [(Side.FOLDER, "Mappens"), (Side.WORKSPACE, "Arbetsytans")])
def test_a_clash_is_settled_by_choosing_and_can_be_undone(beside, side, stands):
    beside.edit("evidence.toml", "Första anmärkningen", "Mappens")
    beside.edit("evidence.toml", "Om björkar", "Om björk")
    beside.change(*BJORK, note="Arbetsytans")
    event = beside.choose(BJORK, "note", side)
    assert beside.content(*BJORK)["note"] == stands
    assert beside.content(*BJORK)["summary"] == "Om björkar"
    settling.undo(beside.strategist, [event.number])
    assert beside.content(*BJORK)["note"] == "Arbetsytans"
    assert len(beside.standing().clashes) == 1
    beside.choose(BJORK, "note", side)
    assert beside.write().strategy.register.evidence[0].note == stands
    beside.take_in()
    assert beside.content(*BJORK)["summary"] == "Om björk"
    assert beside.standing().differences == ()


@pytest.mark.parametrize("side", [Side.FOLDER, Side.WORKSPACE])
def test_removed_in_one_and_changed_in_the_other_is_a_choice(beside, side):
    beside.edit("evidence.toml", "Aspens tid", "Aspens årtionde")
    beside.remove(*ASP)
    (clash,) = beside.standing().clashes
    assert clash.whole is Side.CLASH
    beside.choose(ASP, WHOLE, side)
    assert ("asp" in beside.keys("evidence")) is (side is Side.FOLDER)
    beside.write()
    assert ("asp" in {each.key for each in beside.read().strategy.register.evidence}) is (side is Side.FOLDER)
    assert beside.keys("evidence") == (["bjork", "asp", "lind"] if side is Side.FOLDER else ["bjork", "lind"])
    assert beside.standing().differences == ()


def test_a_choice_is_of_what_was_seen(beside):
    beside.edit("evidence.toml", "Första anmärkningen", "Mappens")
    beside.change(*BJORK, note="Arbetsytans")
    seen = beside.standing().digest
    beside.edit("evidence.toml", "Mappens", "Mappens, igen")
    told = {"place": BJORK, "field": "note", "side": Side.FOLDER}
    with pytest.raises(OvertakenError):
        settling.choose(beside.strategist, beside.read().strategy, digest=seen, **told)
    with pytest.raises(OvertakenError):
        actions.take_in(beside.strategist, beside.read(), seen)
    told["field"] = "title"
    with pytest.raises(OvertakenError):
        settling.choose(beside.strategist, beside.read().strategy, digest=beside.standing().digest, **told)
    assert beside.content(*BJORK)["note"] == "Arbetsytans"


def test_what_was_taken_in_is_undone_in_one_step_and_differs_again(beside):
    from vagvisare.web.strategy import snapshot

    by_hand(beside.path)
    beside.edit("evidence.toml", "Första anmärkningen", "Andra anmärkningen")
    beside.edit("themes.toml", '[[theme]]\nkey = "gront"\nname = "Grönt"\nwords = ["grön", "löv"]\n', "\n")
    dated(beside)
    before, differed = snapshot.strategy(), beside.standing().digest
    numbers = beside.take_in()
    assert len(numbers) == 4
    assert snapshot.strategy() == beside.read().strategy
    settling.undo(beside.strategist, numbers)
    assert snapshot.strategy() == before
    assert beside.standing().digest == differed
    with pytest.raises(ChangedSinceError):
        settling.undo(beside.strategist, numbers)


def test_undoing_waits_for_what_has_changed_since(beside):
    beside.edit("evidence.toml", "Första anmärkningen", "Andra anmärkningen")
    numbers = beside.take_in()
    beside.change(*BJORK, note="Tredje")
    with pytest.raises(ChangedSinceError):
        settling.undo(beside.strategist, numbers)
    assert beside.content(*BJORK)["note"] == "Tredje"


@pytest.mark.parametrize("numbers", [[], [999_999], [1]])
def test_only_what_came_from_the_folder_is_undone(beside, numbers):
    if numbers == [1]:
        beside.change(*BJORK, note="Eget")
        numbers = [Event.objects.order_by("-number").first().number]
    with pytest.raises(ChangedSinceError):
        settling.undo(beside.strategist, numbers)


def test_the_head_of_the_strategy_is_held_to_the_same(beside):
    dated(beside)
    beside.write()
    assert "updated = 2021-02-03" in (beside.path / "strategy.toml").read_text("utf-8")
    assert "updated" not in Head.objects.get().content
    beside.take_in()
    assert Head.objects.get().content["updated"] == "2021-02-03"


def test_what_does_not_go_together_is_neither_taken_in_nor_written(beside):
    """The folder takes an actor away whom the workspace has come to name."""
    from vagvisare.web.registers import actions as registers

    (beside.path / "actors.toml").unlink()
    told = {"dated": "2021-02-03", "body": "skogen", "source": "påhittat"}
    registers.add(beside.strategist, register="meetings", content=told)
    for act, meaning in ((beside.take_in, "Ingenting är inläst."), (beside.write, "Ingenting är skrivet.")):
        with pytest.raises(settling.NotTogetherError, match="skogen") as refused:
            act()
        assert refused.value.meaning.sv == meaning
    assert not (beside.path / "actors.toml").exists()
    assert beside.keys("actors") == ["skogen"]


def test_an_issued_erratum_is_not_changed_by_hand(beside):
    from vagvisare.web.strategy import errata

    beside.edit("errata.toml", "Trädet", "Busken")
    assert beside.take_in() == []
    with pytest.raises(actions.ClashesError, match="Rättelser"):
        errata.write_errata(beside.strategist, beside.read(), beside.path)
    with pytest.raises(SealedRegisterError):
        beside.choose(("errata", "e-1"), "now", Side.FOLDER)
    beside.choose(("errata", "e-1"), "now", Side.WORKSPACE)
    errata.write_errata(beside.strategist, beside.read(), beside.path)
    assert "Trädet" in (beside.path / "errata.toml").read_text("utf-8")
    assert beside.standing().differences == ()


def test_issuing_an_erratum_leaves_what_was_edited_by_hand(beside):
    from vagvisare.web.strategy import errata

    beside.edit("evidence.toml", "Första anmärkningen", "Andra anmärkningen")
    beside.change(*ASP, title="Aspens årtionde")
    text = (beside.path / "errata.toml").read_text("utf-8")
    (beside.path / "errata.toml").write_text(text + text.replace('"e-1"', '"e-2"'), "utf-8")
    told = {"address": "omrade/vatten", "was": "Vatten", "now": "Vattnet", "reason": "påhittat"}
    errata.issue_erratum(beside.strategist, "2020-pahittad", **told)
    errata.write_errata(beside.strategist, beside.read(), beside.path)
    register = beside.read().strategy.register
    assert {each.key for each in register.errata} == {"e-1", "e-2", "2020-pahittad-2"}
    assert (register.evidence[0].note, register.evidence[1].title) == ("Andra anmärkningen", "Aspens tid")
    found = {(each.place[1], side) for each in beside.standing().differences for side in each.sides}
    assert found == {("bjork", Side.FOLDER), ("asp", Side.WORKSPACE), ("e-2", Side.FOLDER)}


def swapped(path):
    """Put the last of the register first, by hand."""
    file = path / "evidence.toml"
    parts = file.read_text("utf-8").split("[[evidence]]")
    file.write_text("[[evidence]]".join([parts[0], parts[3] + "\n", parts[1], parts[2]]), "utf-8")


def test_an_order_changed_by_hand_is_kept_and_taken_in(beside):
    swapped(beside.path)
    beside.write()
    assert [item.key for item in beside.read().strategy.register.evidence] == ["lind", "bjork", "asp"]
    assert beside.keys("evidence") == ["bjork", "asp", "lind"]
    numbers = beside.take_in()
    assert beside.keys("evidence") == ["lind", "bjork", "asp"]
    assert beside.standing().differences == ()
    settling.undo(beside.strategist, numbers)
    assert beside.keys("evidence") == ["bjork", "asp", "lind"]
    assert [each.sides for each in beside.standing().differences] == [{Side.FOLDER}]


@pytest.mark.parametrize("side", [Side.FOLDER, Side.WORKSPACE])
def test_two_orders_are_a_choice(beside, side):
    from vagvisare.web.registers import actions as registers

    swapped(beside.path)
    registers.move(beside.strategist, register="evidence", key="asp", to=0)
    with pytest.raises(actions.ClashesError, match="Underlag"):
        beside.write()
    beside.choose(("evidence", ""), ORDER, side)
    wanted = ["lind", "bjork", "asp"] if side is Side.FOLDER else ["asp", "bjork", "lind"]
    assert beside.keys("evidence") == wanted
    beside.write()
    assert [item.key for item in beside.read().strategy.register.evidence] == wanted
    assert beside.standing().differences == ()


def test_records_older_than_this_begin_from_what_the_folder_says(beside):
    Agreed.objects.all().delete()
    beside.change(*BJORK, note="Skriven före uppgraderingen")
    by_hand(beside.path)
    found = {(each.place[1], side) for each in beside.standing().differences for side in each.sides}
    assert found == {("bjork", Side.WORKSPACE), ("ny", Side.FOLDER)}
    assert len(beside.take_in()) == 1
    assert beside.content(*BJORK)["note"] == "Skriven före uppgraderingen"
    beside.edit("evidence.toml", "Första anmärkningen", "Efter uppgraderingen")
    assert [each.place for each in beside.standing().clashes] == [BJORK]


def test_two_who_write_at_once_do_not_take_what_stood_before_for_an_edit(beside):
    """Both have read the folder before either writes: what the first wrote over is no change of the folder's."""
    from vagvisare.web.strategy import opened, snapshot

    read_by_both = beside.read()
    beside.change(*BJORK, note="Ny i arbetsytan")
    for _ in range(2):
        actions.write_out(beside.strategist, read_by_both, beside.path)
    assert actions.take_in(beside.strategist, read_by_both, path=opened.opened().path) == []
    assert beside.content(*BJORK)["note"] == "Ny i arbetsytan"
    assert beside.read().strategy == snapshot.strategy()


def test_sealing_writes_what_it_can_and_is_not_stopped(beside):
    from vagvisare.web.revision.sealing.actions import publish

    beside.edit("evidence.toml", "Aspens tid", "Aspens årtionde")
    assert publish(beside.strategist) is None
    assert beside.read().strategy.register.evidence[1].title == "Aspens årtionde"
    beside.change(*ASP, title="Aspens sekel")
    error = publish(beside.strategist)
    assert isinstance(error, actions.ClashesError)
    assert beside.read().strategy.register.evidence[1].title == "Aspens årtionde"


def test_links_stated_twice_are_both_kept(beside):
    link = (
        '[[link]]\nkind = "contributes_to"\norigin = "omrade/trad"\ntarget = "omrade/vatten"\n'
        'rationale = "{}"\nsource = "pahittat.txt:3"\n\n'
    )
    (beside.path / "links.toml").write_text(link.format("första") + link.format("andra"), "utf-8")
    beside.write()
    beside.take_in()
    beside.write()
    assert [each.rationale for each in beside.read().strategy.register.links] == ["första", "andra"]


def test_a_thousand_entries_are_compared_and_taken_in(beside, django_assert_num_queries):
    one = (beside.path / "themes.toml").read_text("utf-8")
    many = "\n".join(one.replace('"gront"', f'"tema-{number}"') for number in range(1000))
    (beside.path / "themes.toml").write_text(one + "\n" + many, "utf-8")
    folder = beside.read()
    from vagvisare.web.strategy.standing import standing

    with django_assert_num_queries(3):
        assert len(standing(folder.strategy).differences) == 1000
    assert len(beside.take_in()) == 1000
    assert beside.standing().differences == ()
    rows = [Entry(register="themes", key=f"t-{n}", content={"key": f"t-{n}", "name": "x"}) for n in range(1000)]
    Entry.objects.bulk_create(rows)
    with django_assert_num_queries(3):
        assert len(standing(folder.strategy).differences) == 1000


@pytest.mark.parametrize("role", ["writer", "analyst", "registrar", "reader"])
def test_who_may_not_is_refused(beside, person, role):
    with pytest.raises(RefusedError):
        settling.undo(person(role), [1])
    with pytest.raises(RefusedError):
        settling.choose(person(role), beside.read().strategy, place=BJORK, field="note", side=Side.FOLDER, digest="")
