"""What a source changed, in drafts and sealed editions; and two sealed editions side by side."""

import html
import re
from datetime import date

import pytest

pytestmark = pytest.mark.django_db
GREEN = "/arbete/utkast/verkan/underlag/grona-given/"
PAIR = "/arbete/utkast/jamfor/2018/2021-remiss/"


def text_of(answer):
    body = html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode().partition("<main")[2]))
    return re.sub(r"\s+", " ", body)


def give(by, draft, address="vision", because=("evidence:grona-given",)):
    from vagvisare.web.revision.changes import actions

    actions.give_reason(by, draft, addresses=[address], text="För den gröna given.", because=list(because))


def seal(by, draft):
    from vagvisare.web.revision.sealing import actions
    from vagvisare.web.revision.sealing.checking import checked
    from vagvisare.web.revision.sealing.decided import Decided

    decided = Decided(draft.key, draft.title, "adopted", "Regionfullmäktige", date(2030, 4, 28), "§ 41")
    for gate in checked(draft, decided).stopped:
        actions.override(by, draft, gate.key, "påhittat skäl")
    return actions.seal(by, draft, decided)


def test_a_source_that_changed_nothing_says_so(draft, strategist, signed_in):
    assert "Ingen ändring anger det här som skäl än." in text_of(signed_in(strategist).get(GREEN))
    assert signed_in(strategist).get("/arbete/utkast/verkan/underlag/finns-inte/").status_code == 404
    assert signed_in(strategist).get("/arbete/utkast/verkan/actors/region-orebro-lan/").status_code == 404


def test_the_evidence_page_leads_here(draft, strategist, signed_in):
    assert GREEN in signed_in(strategist).get("/arbete/register/evidence/post/grona-given/").content.decode()


def test_a_source_is_followed_from_the_draft_into_the_sealed_edition(draft, write, strategist, signed_in):
    write("vision", "Ett påhittat mål för länet.")
    give(strategist, draft)
    client = signed_in(strategist)
    told = text_of(client.get(GREEN))
    assert "Påhittad utgåva utkast" in told
    assert "Ett påhittat mål för länet" in told
    seal(strategist, draft)
    told = text_of(client.get(GREEN))
    assert "Påhittad utgåva förseglad" in told
    assert "utkast " not in told.partition("Vad ändrade det här?")[2]
    assert "För den gröna given." in told


def test_partners_see_what_is_sealed_and_nothing_of_the_draft(draft, write, strategist, signed_in):
    write("vision", "Ett hemligt påhittat mål.")
    give(strategist, draft)
    told = text_of(signed_in("partner").get(GREEN))
    assert "hemligt" not in told
    assert "För den gröna given." not in told
    seal(strategist, draft)
    assert "För den gröna given." in text_of(signed_in("partner").get(GREEN))


def test_trends_and_steering_input_have_the_page_too(draft, write, strategist, signed_in):
    from vagvisare.web.registers.models import Entry

    write("vision", "Ett påhittat mål.")
    rows = [Entry.objects.filter(register=register).first() for register in ("trends", "mandate")]
    give(strategist, draft, because=[str(row) for row in rows])
    client = signed_in(strategist)
    for row in rows:
        assert "Ett påhittat mål" in text_of(client.get(f"/arbete/utkast/verkan/{row.register}/{row.key}/"))


def test_the_questions_do_not_grow_with_the_reasons(draft, strategist, signed_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from vagvisare.web.revision.models import Reason

    give(strategist, draft)
    client = signed_in(strategist)
    client.get(GREEN)
    with CaptureQueriesContext(connection) as asked:
        client.get(GREEN)
    assert len(asked) <= 10
    for node in draft.nodes.exclude(address="vision")[:50]:
        Reason.objects.create(draft=draft, address=node.address, text="x", because=["evidence:grona-given"], by="x")
    with django_assert_num_queries(len(asked)):
        client.get(GREEN)


def test_two_editions_stand_side_by_side_with_what_the_later_says_of_itself(taken_in, signed_in):
    answer = signed_in("partner").get(PAIR)
    told = text_of(answer)
    assert len(re.findall(r'<article class="change"', answer.content.decode())) == 2
    assert "bättre skolresultat" in told
    assert "31 påståenden:" in told
    counts = re.findall(r"[✓✗◇]</span> (\d+) (stämmer inte|stämmer|går inte)", answer.content.decode())
    assert counts == [("2", "stämmer"), ("0", "stämmer inte"), ("29", "går inte")]
    assert "ofullständig" in told
    assert "109 delar visas" in text_of(signed_in("reader").get(PAIR + "?osakra=1"))


def test_an_edition_beside_another_than_it_follows_is_not_weighed(taken_in, signed_in):
    assert "påståenden" not in text_of(signed_in("reader").get("/arbete/utkast/jamfor/2021-remiss/2018/"))
    same = text_of(signed_in("reader").get("/arbete/utkast/jamfor/2021-remiss/2021-remiss/"))
    assert "Ingenting i texten skiljer" in same
    assert "påståenden" not in same


def test_choosing_two_editions_leads_to_them_and_unknown_ones_are_not_there(taken_in, signed_in):
    client = signed_in("reader")
    assert client.get("/arbete/utkast/utgavor/jamfor/").status_code == 200
    answer = client.get("/arbete/utkast/utgavor/jamfor/?fran=2018&till=2021-remiss")
    assert answer.headers["Location"] == PAIR
    assert client.get("/arbete/utkast/utgavor/jamfor/?fran=//exempel.se&till=2018").status_code == 200
    assert client.get("/arbete/utkast/jamfor/2018/1999/").status_code == 404


def test_the_reasons_of_a_sealed_edition_stand_at_its_changes(draft, write, strategist, signed_in):
    write("vision", "Ett påhittat mål för länet.")
    give(strategist, draft)
    seal(strategist, draft)
    told = text_of(signed_in("partner").get("/arbete/utkast/jamfor/2021-remiss/2030-prov/"))
    assert "Skäl: För den gröna given." in told
    assert "Stöds av:" in told


def test_a_sealed_drafts_changes_are_read_and_nothing_more(draft, write, strategist, signed_in):
    write("vision", "Ett påhittat mål för länet.")
    give(strategist, draft)
    seal(strategist, draft)
    client = signed_in(strategist)
    for page in ("", "viktigaste/", "pastaenden/"):
        shown = client.get(f"/arbete/utkast/2030-prov/andringar/{page}")
        assert shown.status_code == 200
        assert "Ändra skälet" not in shown.content.decode()
        assert "Formulera<" not in shown.content.decode()
    answer = client.post("/arbete/utkast/2030-prov/andringar/skal/", {"address": "vision", "text": "Nytt."})
    assert "är förseglat" in text_of(answer)
    assert draft.reasons.get().text == "För den gröna given."


@pytest.mark.parametrize(("address", "room"), [(PAIR, "Utgåvor"), (GREEN, "Register")])
def test_the_menu_says_which_room_a_page_belongs_to_whatever_its_address(taken_in, signed_in, address, room):
    menu = signed_in("strategist").get(address).content.decode().split('class="wrap menu"')[1].split("</nav>")[0]
    assert re.findall(r'aria-current="\w+">([^<]+)<', menu) == [room]
