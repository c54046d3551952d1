"""Sealing: what stops it, what it makes, and that nothing of it can be changed."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest

from vagvisare import strategy_folder

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[3] / "strategies" / "orebro"
DIRECTION = "omrade/upplevelser-och-evenemang"


@pytest.fixture
def served(tmp_path, region, strategist):
    """A copy of the folder, taken in and served."""
    from vagvisare.web.strategy import actions, opened

    known, folder = region
    place = shutil.copytree(known, tmp_path / "orebro")
    actions.take_in(strategist, folder)
    renewed = []
    opened.put(place, folder, lambda: renewed.append(1))
    yield place, renewed
    opened._open.clear()


@pytest.fixture
def draft(served, strategist):
    from vagvisare.web.revision.opening import open_draft

    return open_draft(strategist, "2030-prov", "Påhittad utgåva", "2021-remiss")


@pytest.fixture
def reworded(draft, strategist):
    from vagvisare.web.revision.writing.wordings import save_wording

    node = draft.nodes.get(address="vision")
    save_wording(strategist, node, node.text.replace("–Sveriges", "– Sveriges"), node.version, "biljett-1")
    return draft


def decided(**more):
    from vagvisare.web.revision.sealing.decided import Decided

    told = {
        "key": "2030-prov", "title": "Påhittad utgåva", "status": "adopted", "body": "Regionfullmäktige",
        "dated": date(2030, 4, 28), "reference": "§ 41", "valid_from": date(2030, 5, 1),
    }  # fmt: skip
    return Decided(**told | more)


def ends(links):
    return {(link.kind, link.origin, link.target) for link in links}


def give_reason(draft, address="vision"):
    from vagvisare.web.revision.models import Reason

    Reason.objects.create(
        draft=draft, address=address, text="Mellanslaget saknades.", because=["evidence:grona-given"], by="x"
    )


def let_pass(strategist, draft):
    """Let every check pass that may be, so that a test can look at another."""
    from vagvisare.web.revision.sealing import actions
    from vagvisare.web.revision.sealing.checking import checked

    for gate in checked(draft, decided()).stopped:
        actions.override(strategist, draft, gate.key, "påhittat skäl")


def test_a_changed_node_without_a_reason_stops_the_sealing(reworded, strategist):
    from vagvisare.web.revision.sealing import actions
    from vagvisare.web.strategy.models import SealedEdition

    with pytest.raises(actions.StoppedError, match="saknar skäl"):
        actions.seal(strategist, reworded, decided())
    assert not SealedEdition.objects.filter(key="2030-prov").exists()


def test_what_is_sealed_is_the_file_in_the_folder(reworded, strategist, served):
    from vagvisare.web.revision.sealing import actions

    give_reason(reworded)
    let_pass(strategist, reworded)
    sealed = actions.seal(strategist, reworded, decided())
    place, renewed = served
    raw = (place / "editions" / "2030-prov.md").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == sealed.row.sha256
    read = strategy_folder.read(place)
    edition = next(each for each in read.strategy.editions if each.key == "2030-prov")
    assert edition == sealed.edition
    assert renewed == [1]
    assert edition.adopted.reference == "§ 41"
    told = [change for change in edition.changes if "vision" in change.nodes]
    assert [(change.reasons, change.why) for change in told] == [(("evidence:grona-given",), "Mellanslaget saknades.")]


def test_the_editions_before_keep_their_bytes_and_their_links(reworded, strategist, served):
    from vagvisare.web.revision.sealing import actions

    before = {file.name: file.read_bytes() for file in (FOLDER / "editions").iterdir()}
    links = strategy_folder.read(FOLDER).strategy
    give_reason(reworded)
    let_pass(strategist, reworded)
    actions.seal(strategist, reworded, decided(follow_up=True))
    place, _ = served
    assert all((place / "editions" / name).read_bytes() == raw for name, raw in before.items())
    read = strategy_folder.read(place).strategy
    assert read.current == "2030-prov"
    old = next(each for each in read.editions if each.key == "2021-remiss")
    assert ends(read.links_of(old)) == ends(links.links_of(links.edition))


def test_the_next_draft_opens_in_the_same_step(reworded, strategist):
    from vagvisare.web.revision.models import Draft
    from vagvisare.web.revision.sealing import actions

    give_reason(reworded)
    let_pass(strategist, reworded)
    sealed = actions.seal(strategist, reworded, decided())
    assert sealed.following.opened_from == "2030-prov"
    assert sealed.following.nodes.count() == len(sealed.edition.nodes)
    assert Draft.objects.get(key="2030-prov").sealed_as == "2030-prov"


def test_nothing_is_sealed_twice_and_nothing_sealed_is_written_in(reworded, strategist):
    from vagvisare.web.revision.sealing import actions
    from vagvisare.web.revision.writing.tree import SealedDraftError
    from vagvisare.web.revision.writing.wordings import save_wording

    give_reason(reworded)
    let_pass(strategist, reworded)
    actions.seal(strategist, reworded, decided())
    with pytest.raises(SealedDraftError):
        actions.seal(strategist, reworded, decided(key="2030-igen"))
    node = reworded.nodes.get(address="vision")
    with pytest.raises(SealedDraftError):
        save_wording(strategist, node, "Nytt.", node.version, "biljett-9")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"key": "2021-remiss"}, "redan tagen"), ({"key": "Å"}, "kan inte vara"), ({"key": "jamfor"}, "kan inte vara"),
     ({"title": " "}, "saknar titel")],
)  # fmt: skip
def test_names_are_checked(reworded, strategist, wrong, said):
    from vagvisare.web.revision.sealing import actions

    give_reason(reworded)
    with pytest.raises(actions.NamingError, match=said):
        actions.seal(strategist, reworded, decided(**wrong))


def test_a_check_is_let_pass_by_name_and_reason_and_it_stays_in_the_record(reworded, strategist):
    from vagvisare.web.revision.sealing import actions

    with pytest.raises(actions.OverrideError, match="Skälet saknas"):
        actions.override(strategist, reworded, "reasons", "  ")
    let_pass(strategist, reworded)
    sealed = actions.seal(strategist, reworded, decided())
    assert {"gate": "reasons", "by": "En Strateg", "reason": "påhittat skäl"} in sealed.row.overrides


def test_some_checks_nobody_lets_pass(reworded, strategist):
    from vagvisare.web.revision.models import DraftNode
    from vagvisare.web.revision.sealing import actions

    DraftNode.objects.filter(draft=reworded, address="vision").update(text="")
    with pytest.raises(actions.OverrideError, match="går inte att släppa igenom"):
        actions.override(strategist, reworded, "empty", "skäl")
    give_reason(reworded)
    with pytest.raises(actions.StoppedError, match="saknar text"):
        actions.seal(strategist, reworded, decided())


def test_a_folder_that_cannot_be_written_does_not_undo_the_seal(reworded, strategist, served, monkeypatch):
    from vagvisare.terms.errors import OutputError
    from vagvisare.web.revision.sealing import actions
    from vagvisare.web.strategy import actions as strategy
    from vagvisare.web.strategy.models import SealedEdition

    def refuse(*_):
        raise OutputError("Disken är full.")

    monkeypatch.setattr(strategy, "write", refuse)
    give_reason(reworded)
    let_pass(strategist, reworded)
    sealed = actions.seal(strategist, reworded, decided())
    assert "Disken är full." in str(sealed.unwritten)
    assert SealedEdition.objects.filter(key="2030-prov").exists()


def test_the_page_says_what_stops_and_seals_when_nothing_does(reworded, strategist, signed_in):
    client = signed_in(strategist)
    shown = client.get("/arbete/utkast/2030-prov/forsegla/").content.decode()
    assert "saknar skäl" in shown
    form = {"key": "2030-prov", "title": "Påhittad utgåva", "status": "adopted", "body": "Regionfullmäktige",
            "dated": "2030-04-28", "reference": "§ 41"}  # fmt: skip
    stopped = client.post("/arbete/utkast/2030-prov/forsegla/", form)
    assert stopped.status_code == 409
    assert "Ingenting är förseglat." in stopped.content.decode()
    assert 'value="§ 41"' in stopped.content.decode()
    give_reason(reworded)
    let_pass(strategist, reworded)
    done = client.post("/arbete/utkast/2030-prov/forsegla/", form)
    assert done.headers["Location"] == "/arbete/utgavor/2030-prov/"
    assert (
        "är förseglad. Nästa utkast, 2030-prov-2, är öppnat." in client.get(done.headers["Location"]).content.decode()
    )


def test_a_wrong_day_is_said_to_be(reworded, strategist, signed_in):
    answer = signed_in(strategist).post(
        "/arbete/utkast/2030-prov/forsegla/", {"key": "x", "title": "y", "dated": "i går"}
    )
    assert answer.status_code == 400
    assert "”i går” är inget datum." in answer.content.decode()


def test_whoever_may_not_seal_sees_what_remains(reworded, signed_in):
    client = signed_in("reader")
    assert "Strategen förseglar." in client.get("/arbete/utkast/2030-prov/forsegla/").content.decode()
    assert client.post("/arbete/utkast/2030-prov/forsegla/", {"key": "x"}).status_code == 403
    assert client.post("/arbete/utkast/2030-prov/forsegla/slapp/reasons/", {"reason": "x"}).status_code == 403


def test_the_trail_tells_and_holds(reworded, strategist):
    from vagvisare.web.audit import trail
    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.sealing import actions

    let_pass(strategist, reworded)
    sealed = actions.seal(strategist, reworded, decided(follow_up=True))
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"edition.seal", "edition.override", "draft.open"} <= verbs
    told = Event.objects.get(kind="edition", key="2030-prov")
    assert sealed.row.sha256 in told.after
    assert trail.verify() is None


def test_perspectives_and_tags_go_with_the_edition(reworded, strategist, served):
    from vagvisare.web.revision.models import Screening, ThemeTag
    from vagvisare.web.revision.sealing import actions

    direction = reworded.nodes.filter(level="direction").first().address
    perspective = reworded.nodes.filter(level="perspective").first().address
    Screening.objects.create(
        draft=reworded, perspective=perspective, address=direction, answer="partly", how="till dels"
    )
    ThemeTag.objects.create(draft=reworded, theme="klimat", address=direction)
    let_pass(strategist, reworded)
    actions.seal(strategist, reworded, decided())
    register = strategy_folder.read(served[0]).strategy.register
    assert [(s.perspective, s.node, s.answer, s.edition) for s in register.screenings] == [
        (perspective, direction, "partly", "2030-prov")
    ]
    theme = next(each for each in register.themes if each.key == "klimat")
    assert direction in theme.nodes
