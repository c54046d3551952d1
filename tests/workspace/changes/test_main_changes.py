"""The main changes: computed, worded by a person, left out, undone; what is said of them is weighed."""

import json
import re

import pytest

pytestmark = pytest.mark.django_db
BASE = "/arbete/utkast/2030-prov/andringar/viktigaste/"
SAID = "/arbete/utkast/2030-prov/andringar/pastaenden/"


@pytest.fixture
def change(draft, write, directions):
    from vagvisare.web.revision.changes.comparing import of_draft

    write(directions[0], "Plantera påhittade björkar vid varje torg.")
    (found,) = of_draft(draft).key_changes
    return found


def word(by, draft, change, sv="Mina ord.", en="My words.", **more):
    from vagvisare.web.revision.changes import actions

    return actions.word_change(by, draft, key=change.key, sv=sv, en=en, **more)


def stated(draft):
    from vagvisare.web.revision.changes.comparing import of_draft
    from vagvisare.web.revision.changes.telling import stated_changes

    return stated_changes(draft, of_draft(draft))


def test_a_computed_change_is_told_in_its_own_sentence_until_somebody_words_it(draft, change, strategist):
    (told,) = stated(draft)
    assert told.text == change.wording.sv
    assert "björkar" in told.text
    event = word(strategist, draft, change)
    (told,) = stated(draft)
    assert (told.text, told.english, told.kind) == ("Mina ord.", "My words.", "reformulation")
    assert (event.verb, event.kind) == ("draft.describe", "change_note")
    assert json.loads(event.after)["sv"] == "Mina ord."


def test_the_computed_words_are_not_kept_as_ones_own(draft, change, strategist):
    assert word(strategist, draft, change, sv=change.wording.sv, en=change.wording.en) is None
    word(strategist, draft, change, en=change.wording.en)
    assert draft.change_notes.get().en == ""
    word(strategist, draft, change, sv="", en="")
    assert not draft.change_notes.exists()


def test_a_change_is_left_out_put_back_and_undone(draft, change, strategist):
    from vagvisare.web.revision.changes import actions

    event = word(strategist, draft, change, left_out=True)
    assert stated(draft) == ()
    actions.undo_wording(strategist, draft, event.number)
    assert len(stated(draft)) == 1
    word(strategist, draft, change, left_out=True)
    word(strategist, draft, change)
    assert stated(draft)[0].text == "Mina ord."


def test_its_reasons_come_along_into_what_the_edition_states(draft, change, strategist, directions):
    from vagvisare.web.revision.changes import actions

    actions.give_reason(strategist, draft, addresses=[directions[0]], text="Björkar ger skugga.",
                        because=["evidence:grona-given"])  # fmt: skip
    (told,) = stated(draft)
    assert (told.why, told.reasons, told.nodes) == ("Björkar ger skugga.", ("evidence:grona-given",), (directions[0],))


def test_who_may_word_and_what_cannot_be(draft, change, strategist, person):
    from vagvisare.terms.errors import UnknownError, UserError
    from vagvisare.web.access.verbs import OvertakenError, RefusedError
    from vagvisare.web.revision.changes import actions
    from vagvisare.web.revision.writing.tree import SealedDraftError

    for role in ("writer", "analyst", "process_leader", "reader"):
        with pytest.raises(RefusedError):
            word(person(role), draft, change)
    with pytest.raises(UnknownError):
        actions.word_change(strategist, draft, key="new_direction:hittepå", sv="x", en="y")
    with pytest.raises(UserError, match="längre än 4000"):
        word(strategist, draft, change, sv="å" * 4001)
    with pytest.raises(OvertakenError):
        word(strategist, draft, change, seen="fel")
    type(draft).objects.filter(pk=draft.pk).update(sealed_as="2030-prov")
    with pytest.raises(SealedDraftError):
        word(strategist, draft, change)


def form_of(client):
    shown = client.get(BASE).content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', shown)[1] for name in ("key", "seen", "page")}


def test_the_page_keeps_a_wording_and_goes_back_to_the_computed_one(draft, change, strategist, signed_in):
    client = signed_in(strategist)
    answer = client.post(f"{BASE}ord/", form_of(client) | {"sv": "Fler björkar.", "en": "More birches."})
    assert answer.headers["Location"].startswith(f"{BASE}?angra=")
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "Fler björkar." in shown
    assert "omformulerad av Åsa Påhittad" in shown
    assert "Ångra senaste ändringen" in shown
    client.post(f"{BASE}ord/", form_of(client) | {"sv": "Fler björkar.", "en": "", "computed": "1"})
    assert not draft.change_notes.exists()


def test_two_who_word_it_at_once_find_out_and_lose_no_words(draft, change, strategist, person, signed_in):
    client = signed_in(strategist)
    form = form_of(client)
    word(person("strategist"), draft, change, sv="Den andras ord.")
    answer = client.post(f"{BASE}ord/", form | {"sv": "Mina egna ord.", "en": "Mine."})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Den andras ord." in shown
    assert ">Mina egna ord.</textarea>" in shown
    assert draft.change_notes.get().sv == "Den andras ord."


def test_the_undo_of_the_page_knows_a_wording_from_a_reason(draft, change, strategist, signed_in):
    client = signed_in(strategist)
    answer = client.post(f"{BASE}ord/", form_of(client) | {"sv": "Fler björkar.", "en": ""})
    number = answer.headers["Location"].partition("angra=")[2].partition("#")[0]
    client.post("/arbete/utkast/2030-prov/andringar/angra/", {"numbers": number, "page": BASE})
    assert not draft.change_notes.exists()


def test_statements_are_weighed_against_the_draft(draft, strategist, signed_in, directions):
    from vagvisare.web.revision.models import DraftNode

    area = draft.nodes.get(address=directions[0].rpartition("/inriktning/")[0])
    for number in (1, 2):
        DraftNode.objects.create(draft=draft, address=f"{area.address}/inriktning/ny-{number}", level="direction",
                                 parent=area, position=90 + number, text=f"Påhittad inriktning {number}.")  # fmt: skip
    client = signed_in(strategist)
    told = {"omrade": area.address, "pastaende": "Två nya strategiska inriktningar\nTre nya strategiska inriktningar"}
    shown = client.post(SAID, told).content.decode()
    assert "Två nya strategiska inriktningar" in shown
    verdicts = re.findall(r'<td class="nowrap"><span aria-hidden="true">.</span> ([^<]+)</td>', shown)
    assert verdicts == ["stämmer", "stämmer inte"]
    assert "2 påståenden" in shown
    assert client.get(SAID, told).content.decode().count("stämmer") == shown.count("stämmer")
    long = client.post(SAID, {"pastaende": "Ett påhittat påstående utan ände. " * 2000})
    assert long.status_code == 200


def test_without_words_the_drafts_own_list_or_an_editions_is_weighed(draft, change, strategist, signed_in):
    client = signed_in(strategist)
    own = client.get(SAID).content.decode()
    assert "Det utgåvan kommer att säga" in own
    assert "1 påstående:" in own
    theirs = client.get(SAID + "?fran=2021-remiss").content.decode()
    assert "31 påståenden" in theirs
    assert client.get(SAID + "?fran=hittepå").status_code == 200
