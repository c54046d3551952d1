"""What lies in the strategy folder while people work: what others have put there since, and what follows up."""

import hashlib
import shutil
from dataclasses import replace
from datetime import date

import pytest

from vagvisare import strategy_folder
from vagvisare.strategy_folder.plain import edition_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path, region, strategist):
    """A copy of the folder, taken in and served."""
    from vagvisare.web.strategy import actions, opened

    known, folder = region
    copy = shutil.copytree(known, tmp_path / "orebro")
    actions.take_in(strategist, folder)
    opened.put(copy, folder, lambda: opened.put(copy, strategy_folder.read(copy), opened._open[0].renew))
    yield copy
    opened._open.clear()


@pytest.fixture
def draft(place, strategist):
    from vagvisare.web.revision.opening import open_draft

    return open_draft(strategist, "2030-prov", "Påhittad utgåva", "2021-remiss")


def decided(**more):
    from vagvisare.web.revision.sealing.decided import Decided

    told = {
        "key": "2030-prov", "title": "Påhittad utgåva", "status": "adopted", "body": "Regionfullmäktige",
        "dated": date(2030, 4, 28), "reference": "§ 41",
    }  # fmt: skip
    return Decided(**told | more)


def let_pass(strategist, draft):
    from vagvisare.web.revision.sealing import actions
    from vagvisare.web.revision.sealing.checking import checked

    for gate in checked(draft, decided()).stopped:
        actions.override(strategist, draft, gate.key, "påhittat skäl")


def put_edition(place, key):
    """Lay an edition in the folder as a colleague would: a file, while the workspace is running."""
    known = strategy_folder.read(place).strategy.edition
    made = replace(known, key=key, title="Påhittad inlagd utgåva", follows=known.key, nodes=known.nodes[:1])
    made = replace(made, changes=(), links=(), lineage=())
    (place / "editions" / f"{key}.md").write_bytes(edition_bytes(made))


def test_sealing_leaves_what_others_have_put_in_the_folder_meanwhile(place, draft, strategist):
    from vagvisare.web.revision.sealing import actions

    newer = place / "followups" / "pahittad.toml"
    example = max((place / "followups").glob("*.toml"))
    known = strategy_folder.read(place).follow_ups[-1].key
    newer.write_text(example.read_text("utf-8").replace(f'"{known}"', '"pahittad"', 1), "utf-8")
    let_pass(strategist, draft)
    sealed = actions.seal(strategist, draft, decided())
    assert sealed.unwritten is None
    assert newer.exists()
    assert "pahittad" in {each.key for each in strategy_folder.read(place).follow_ups}


def test_an_edition_nobody_has_taken_in_is_never_written_away(place, draft, strategist):
    from vagvisare.web.revision.sealing import actions
    from vagvisare.web.strategy.models import SealedEdition

    put_edition(place, "2029-inlagd")
    before = (place / "editions" / "2029-inlagd.md").read_bytes()
    let_pass(strategist, draft)
    sealed = actions.seal(strategist, draft, decided())
    assert "2029-inlagd" in str(sealed.unwritten)
    assert SealedEdition.objects.filter(key="2030-prov").exists()
    assert (place / "editions" / "2029-inlagd.md").read_bytes() == before


def test_what_was_put_in_the_folder_after_the_start_is_taken_in_and_then_written(place, signed_in, strategist):
    from vagvisare.web.strategy import opened
    from vagvisare.web.strategy.models import SealedEdition

    put_edition(place, "2029-inlagd")
    client = signed_in(strategist)
    assert "inte är inlästa" in client.post("/arbete/utgavor/skriv-ut/").content.decode()
    client.post("/arbete/utgavor/las-in/")
    row = SealedEdition.objects.get(key="2029-inlagd")
    assert row.sha256 == hashlib.sha256((place / "editions" / "2029-inlagd.md").read_bytes()).hexdigest()
    assert "2029-inlagd" in {each.key for each in opened.folder().strategy.editions}
    assert client.post("/arbete/utgavor/skriv-ut/").status_code == 302
    assert (place / "editions" / "2029-inlagd.md").exists()


def test_an_edition_that_the_indicators_cannot_follow_is_not_made_the_one_followed_up(place, draft, strategist):
    from vagvisare.web.revision.models import DraftNode
    from vagvisare.web.revision.sealing import actions
    from vagvisare.web.strategy.models import SealedEdition

    folder = strategy_folder.read(place)
    watched = next(address for indicator in folder.indicators for address in indicator.watches)
    DraftNode.objects.filter(draft=draft, address=watched).update(removed_at="2030-01-01T00:00:00Z")
    draft.nodes.filter(parent__address=watched).update(removed_at="2030-01-01T00:00:00Z")
    let_pass(strategist, draft)
    draft.cells.filter(origin=watched).delete()
    draft.cells.filter(target=watched).delete()
    with pytest.raises(actions.FollowedError, match=watched):
        actions.seal(strategist, draft, decided(follow_up=True))
    assert not SealedEdition.objects.filter(key="2030-prov").exists()
    sealed = actions.seal(strategist, draft, decided())
    assert sealed.unwritten is None
    assert strategy_folder.read(place).strategy.current == "2021-remiss"


@pytest.mark.parametrize(
    "half",
    [{"reference": ""}, {"body": ""}, {"dated": None},
     {"valid_from": date(2031, 1, 1), "valid_to": date(2030, 12, 31)}],
)  # fmt: skip
def test_half_a_decision_is_not_sealed_and_lost(draft, strategist, half):
    from vagvisare.web.revision.sealing import actions
    from vagvisare.web.revision.sealing.checking import checked
    from vagvisare.web.strategy.models import SealedEdition

    for gate in checked(draft, decided(**half)).stopped:
        actions.override(strategist, draft, gate.key, "påhittat skäl")
    with pytest.raises(actions.DecisionError):
        actions.seal(strategist, draft, decided(**half))
    assert not SealedEdition.objects.filter(key="2030-prov").exists()


def test_the_page_keeps_what_was_typed_of_half_a_decision(draft, strategist, signed_in):
    let_pass(strategist, draft)
    form = {"key": "2030-prov", "title": "Påhittad utgåva", "status": "adopted", "reference": "§ 41"}
    answer = signed_in(strategist).post("/arbete/utkast/2030-prov/forsegla/", form)
    assert answer.status_code == 409
    assert 'value="§ 41"' in answer.content.decode()


@pytest.mark.parametrize("key", ["jamfor", "utgavor", "verkan", "las-in", "k" * 96])
def test_a_draft_is_not_opened_under_a_key_it_could_not_be_sealed_under(place, strategist, key):
    from vagvisare.web.revision.opening import OpeningError, open_draft

    with pytest.raises(OpeningError, match="kan inte vara"):
        open_draft(strategist, key, "Påhittad utgåva")


def test_links_between_long_addresses_find_room_and_are_known_again(place, person):
    from vagvisare.editions.document import Link, Source
    from vagvisare.web.registers.models import Entry
    from vagvisare.web.strategy import actions

    folder = strategy_folder.read(place)
    first, last = (f"omrade/{letter * 140}" for letter in "ab")
    link = Link("contributes_to", first, last, "", Source("x"))
    strategy = replace(folder.strategy, register=replace(folder.strategy.register, links=(link,)))
    who = person()
    for _ in range(2):
        actions.take_in(who, replace(folder, strategy=strategy))
    kept = [entry for entry in Entry.objects.filter(register="links") if entry.content["origin"] == first]
    assert [len(entry.key) <= 200 for entry in kept] == [True]
