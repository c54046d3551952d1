"""Reasons for changes: who may give which, for one part or many, what they rest on, the trail, and undoing."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db
BASE = "/arbete/utkast/2030-prov/andringar/"
GREEN = "evidence:grona-given"


def give(by, draft, addresses=("vision",), text="Därför.", because=(), **more):
    from vagvisare.web.revision.changes import actions

    return actions.give_reason(by, draft, addresses=list(addresses), text=text, because=list(because), **more)


def reason(draft, address="vision"):
    return draft.reasons.filter(address=address).first()


def test_a_reason_is_words_and_what_they_rest_on_and_the_trail_tells(draft, strategist):
    from vagvisare.web.audit import trail
    from vagvisare.web.audit.models import Event

    (event,) = give(strategist, draft, because=[GREEN, GREEN])
    assert (reason(draft).text, reason(draft).because, reason(draft).by) == ("Därför.", [GREEN], strategist.key)
    told = Event.objects.get(number=event.number)
    assert (told.verb, told.kind, told.key, told.who) == ("draft.reason", "reason", "2030-prov vision", strategist.key)
    assert json.loads(told.before)["text"] == ""
    assert json.loads(told.after)["because"] == [GREEN]
    assert trail.verify() is None


def test_the_same_again_is_no_event_and_an_empty_one_takes_it_away(draft, strategist):
    give(strategist, draft)
    assert give(strategist, draft, text=" Därför. ") == []
    assert len(give(strategist, draft, text="  ")) == 1
    assert reason(draft) is None
    assert give(strategist, draft, text="") == []


def test_several_parts_get_the_same_reason_in_one_step_or_none_of_them(draft, strategist, person, directions):
    from vagvisare.terms.errors import UnknownError
    from vagvisare.web.access.verbs import RefusedError

    assert len(give(strategist, draft, directions[:3])) == 3
    assert {reason(draft, each).text for each in directions[:3]} == {"Därför."}
    with pytest.raises(UnknownError, match="hittepå"):
        give(strategist, draft, [directions[4], "hittepå"])
    assert reason(draft, directions[4]) is None
    writer = person("writer", directions[0].rpartition("/inriktning/")[0])
    with pytest.raises(RefusedError):
        give(writer, draft, [directions[0], directions[-1]], text="Mitt.")
    assert reason(draft, directions[0]).text == "Därför."
    give(writer, draft, [directions[0]], text="Mitt.")
    assert reason(draft, directions[0]).text == "Mitt."


@pytest.mark.parametrize("role", ["reader", "registrar", "partner", "administrator"])
def test_some_roles_give_no_reasons(draft, person, role):
    from vagvisare.web.access.verbs import RefusedError

    with pytest.raises(RefusedError):
        give(person(role), draft)


@pytest.mark.parametrize("reference", ["evidence:finns-inte", "actors:orebro", "evidence:", "", "hej"])
def test_a_reason_rests_on_what_is_in_the_registers(draft, strategist, reference):
    from vagvisare.terms.errors import UnknownError

    with pytest.raises(UnknownError):
        give(strategist, draft, because=[reference])
    assert reason(draft) is None


def test_what_has_left_its_register_may_stay_in_a_reason_but_not_come_anew(draft, strategist, signed_in, directions):
    from vagvisare.terms.errors import UnknownError
    from vagvisare.web.registers.models import Entry

    give(strategist, draft, because=[GREEN])
    Entry.objects.filter(register="evidence", key="grona-given").delete()
    give(strategist, draft, text="Därför, fortfarande.", because=[GREEN])
    assert reason(draft).because == [GREEN]
    with pytest.raises(UnknownError):
        give(strategist, draft, [directions[0]], because=[GREEN])
    shown = signed_in(strategist).get(f"{BASE}skal/?nod=vision").content.decode()
    assert "Finns inte längre i registret" in shown


def test_nothing_chosen_too_much_said_and_a_sealed_draft_are_refused(draft, strategist):
    from vagvisare.terms.errors import UserError
    from vagvisare.web.revision.writing.tree import SealedDraftError

    with pytest.raises(UserError, match="Ingen del är vald"):
        give(strategist, draft, [])
    with pytest.raises(UserError, match="längre än 4000"):
        give(strategist, draft, text="å" * 4001)
    type(draft).objects.filter(pk=draft.pk).update(sealed_as="2030-prov")
    with pytest.raises(SealedDraftError):
        give(strategist, draft)


def test_a_removed_part_has_a_reason_too(draft, strategist, directions):
    from vagvisare.web.revision.writing import shaping

    shaping.remove(strategist, draft.nodes.get(address=directions[0]))
    assert len(give(strategist, draft, [directions[0]])) == 1


def test_undoing_gives_back_what_stood_and_can_itself_be_undone(draft, strategist):
    from vagvisare.web.revision.changes import actions

    give(strategist, draft, text="Först.")
    (second,) = give(strategist, draft, text="Sedan.", because=[GREEN])
    undone = actions.undo_reason(strategist, draft, second.number)
    assert (reason(draft).text, reason(draft).because) == ("Först.", [])
    assert undone.reason == f"ångrar händelse {second.number}"
    actions.undo_reason(strategist, draft, undone.number)
    assert (reason(draft).text, reason(draft).because) == ("Sedan.", [GREEN])


def test_nothing_is_undone_that_somebody_has_changed_since_or_that_is_of_another_draft(draft, strategist, person):
    from vagvisare.terms.errors import UnknownError
    from vagvisare.web.access.verbs import OvertakenError, RefusedError
    from vagvisare.web.revision.changes import actions
    from vagvisare.web.revision.opening import open_draft

    (first,) = give(strategist, draft, text="Först.")
    give(strategist, draft, text="Sedan.")
    with pytest.raises(OvertakenError):
        actions.undo_reason(strategist, draft, first.number)
    other = open_draft(strategist, "2031-prov", "En annan", "2021-remiss")
    with pytest.raises(UnknownError):
        actions.undo_reason(strategist, other, first.number)
    with pytest.raises(UnknownError):
        actions.undo_reason(strategist, draft, 999_999)
    with pytest.raises(RefusedError):
        actions.undo_reason(person("writer", "omrade/klimat"), draft, first.number)


def test_the_form_saves_and_goes_back_with_undoing_offered(draft, write, strategist, signed_in):
    write("vision", "Ett påhittat mål.")
    client = signed_in(strategist)
    form = client.get(f"{BASE}skal/?nod=vision&page={BASE}%3Futan%3D1%23vision").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', form)[1]
    assert 'value="evidence:grona-given"' in form
    sent = {"address": "vision", "text": "För enkelhets skull.", "because": [GREEN, "trends:finns"], "seen": seen}
    assert client.post(f"{BASE}skal/", sent).status_code == 404
    sent["because"] = [GREEN]
    answer = client.post(f"{BASE}skal/", sent | {"page": f"{BASE}?utan=1#vision"})
    assert re.fullmatch(rf"{re.escape(BASE)}\?utan=1&angra=\d+#vision", answer.headers["Location"])
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "Skälet är sparat." in shown
    assert "Ångra senaste ändringen" in shown
    numbers = re.search(r'name="numbers" value="([\d.]+)"', shown)[1]
    client.post(f"{BASE}angra/", {"numbers": numbers, "page": BASE})
    assert reason(draft) is None


def test_several_are_undone_together(draft, strategist, signed_in, directions):
    client = signed_in(strategist)
    answer = client.post(f"{BASE}skal/", {"address": directions[:3], "text": "Samma."})
    numbers = answer.headers["Location"].partition("angra=")[2]
    first, last = map(int, numbers.split("-"))
    assert last == first + 2
    client.post(f"{BASE}angra/", {"numbers": numbers})
    assert not draft.reasons.exists()


def test_a_page_elsewhere_is_not_gone_to(draft, strategist, signed_in):
    client = signed_in(strategist)
    for page in ("https://exempel.se/", "//exempel.se/arbete/utkast/", "/annat/"):
        answer = client.post(f"{BASE}skal/", {"address": "vision", "text": page, "page": page})
        assert answer.headers["Location"].startswith(BASE), page


def test_two_who_give_a_reason_at_once_find_out_and_lose_no_words(draft, strategist, person, signed_in):
    client = signed_in(strategist)
    form = client.get(f"{BASE}skal/?nod=vision").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', form)[1]
    give(person("strategist"), draft, text="Den andras skäl.")
    answer = client.post(f"{BASE}skal/", {"address": "vision", "text": "Mitt skäl.", "seen": seen, "because": [GREEN]})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Den andras skäl." in shown
    assert ">Mitt skäl.</textarea>" in shown
    assert re.search(r'value="evidence:grona-given" checked', shown)
    again = re.search(r'name="seen" value="(\w+)"', shown)[1]
    client.post(f"{BASE}skal/", {"address": "vision", "text": "Mitt skäl.", "seen": again})
    assert reason(draft).text == "Mitt skäl."


def test_of_several_given_the_same_reason_those_given_another_meanwhile_are_left(
    draft, strategist, person, signed_in, directions
):
    client, (one, two, three) = signed_in(strategist), directions[:3]
    form = client.post(f"{BASE}skal/", {"nod": [one, two, three], "choose": "1"}).content.decode()
    told = {name: re.findall(rf'name="{name}" value="([^"]*)"', form) for name in ("address", "seen")}
    assert len(set(told["address"])) == len(told["seen"]) == 3
    give(person("strategist"), draft, [two], text="Den andras skäl.")
    answer = client.post(f"{BASE}skal/", told | {"text": "Samma skäl."})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Skälet är sparat för 2 delar." in shown
    assert "Den andras skäl." in shown
    assert ">Samma skäl.</textarea>" in shown
    assert re.findall(r'name="address" value="([^"]*)"', shown) == [two]
    kept = dict(draft.reasons.values_list("address", "text"))
    assert kept == {one: "Samma skäl.", two: "Den andras skäl.", three: "Samma skäl."}
    # Undone is what was done, and no more; and the one left can be given the reason all the same.
    undo = re.search(r'name="numbers" value="([^"]*)"', shown)[1]
    again = re.search(r'name="seen" value="(\w+)"', shown)[1]
    client.post(f"{BASE}skal/", {"address": two, "seen": again, "text": "Samma skäl."})
    client.post(f"{BASE}angra/", {"numbers": undo})
    assert dict(draft.reasons.values_list("address", "text")) == {two: "Samma skäl."}


@pytest.mark.parametrize("sent", ["form", "brackets", "json"])
def test_a_script_is_answered_with_what_was_kept(draft, strategist, signed_in, sent):
    client = signed_in(strategist)
    told = {"address": "vision", "text": " Därför. ", "because": [GREEN]}
    if sent == "json":
        answer = client.post(
            f"{BASE}skal/", json.dumps(told), "application/json", headers={"accept": "application/json"}
        )
    else:
        if sent == "brackets":
            told["because[]"] = told.pop("because")
        answer = client.post(f"{BASE}skal/", told, headers={"accept": "application/json"})
    known = answer.json()
    assert known["news"] == "Skälet är sparat."
    assert known["text"] == "Därför."
    assert known["because"][0]["reference"] == GREEN
    assert known["because"][0]["name"]
    assert known["event"] in known["events"]
    assert reason(draft).because == [GREEN]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"address": 3}', '{"address": "vision", "text": 4}',
                                  '{"address": "vision", "because": "evidence:x"}'])  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(draft, strategist, signed_in, body):
    answer = signed_in(strategist).post(
        f"{BASE}skal/", body, "application/json", headers={"accept": "application/json"}
    )
    assert answer.status_code == 400
    assert "Inget skäl är sparat." in answer.json()["error"]
    assert not draft.reasons.exists()


def test_many_ticked_parts_are_brought_to_the_form_and_nothing_is_kept_yet(
    draft, write, strategist, signed_in, directions
):
    for address in directions[:3]:
        write(address, "Påhittat.")
    client = signed_in(strategist)
    form = client.post(f"{BASE}skal/", {"choose": "1", "nod": directions[:3], "page": BASE}).content.decode()
    assert [f'name="address" value="{each}"' in form for each in directions[:4]] == [True, True, True, False]
    assert "Samma skäl för" in form
    assert not draft.reasons.exists()


def test_the_form_for_nothing_and_for_an_unchanged_part(draft, strategist, signed_in):
    client = signed_in(strategist)
    assert "Ingen del är vald." in client.get(f"{BASE}skal/").content.decode()
    assert "inte ändrad just nu" in client.get(f"{BASE}skal/?nod=vision").content.decode()
    assert signed_in("reader").get(f"{BASE}skal/?nod=vision").status_code == 403


@pytest.mark.parametrize("odd", ["\x00", "vision\x00", "../vision", "vision'--", "é" * 5000])
def test_odd_addresses_and_references_are_nothing_here(draft, strategist, signed_in, odd):
    client = signed_in(strategist)
    assert client.post(f"{BASE}skal/", {"address": odd, "text": "x"}).status_code == 404
    assert client.post(f"{BASE}skal/", {"address": "vision", "text": "x", "because": odd}).status_code == 404
    assert client.post(f"{BASE}viktigaste/ord/", {"key": odd, "sv": "x", "en": ""}).status_code == 404
    assert client.post(f"{BASE}angra/", {"numbers": odd}).status_code == 302
    assert not draft.reasons.exists()


def test_what_is_read_without_a_number_is_not_undone(draft, strategist, signed_in):
    from vagvisare.web.audit.models import Event

    client = signed_in(strategist)
    client.post(f"{BASE}skal/", {"address": "vision", "text": "Därför."})
    before = Event.objects.count()
    for numbers in ("", "x", "1-", "9-1", "1-999999999", "١"):
        client.post(f"{BASE}angra/", {"numbers": numbers})
    assert Event.objects.count() == before
    assert client.post(f"{BASE}angra/", {"numbers": "1"}).status_code == 404


@given(st.sets(st.integers(1, 10**12), max_size=40), st.integers(1, 10**9), st.integers(0, 400))
def test_events_are_carried_in_an_address_however_many_they_are(scattered, first, count):
    from vagvisare.web.revision.changes.answers import numbers_in, runs_of

    numbers = sorted(scattered | set(range(first, first + count)))
    assert numbers_in(runs_of(numbers)) == numbers
    assert len(runs_of(range(first, first + count))) < 30
