"""The pages of what changed: what they show and of whom, what is asked in the address, and few questions always."""

import html
import re
from urllib.parse import parse_qsl

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db
BASE = "/arbete/utkast/2030-prov/andringar/"
PAGES = ("", "viktigaste/", "pastaenden/")


def text_of(answer):
    body = html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode().partition("<main")[2]))
    return re.sub(r"\s+", " ", body)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_opens_empty_and_filled_in_both_languages(draft, write, strategist, signed_in, page, language):
    client = signed_in(strategist)
    client.cookies["sprak"] = language
    assert client.get(BASE + page).status_code == 200
    write("vision", "Ett påhittat mål för länet.")
    filled = client.get(BASE + page)
    assert filled.status_code == 200
    assert f'lang="{language}"' in filled.content.decode()


def test_a_draft_that_nobody_has_written_in_has_no_changes(draft, strategist, signed_in):
    told = text_of(signed_in(strategist).get(BASE))
    assert "Ingenting har ändrats sedan utkastet öppnades." in told
    assert "Alla ändrade delar har skäl." in told


def test_every_changed_part_stands_with_what_became_of_it_and_its_words(draft, write, strategist, signed_in):
    write("vision", lambda text: text.replace("–Sveriges", "– hela Sveriges"))
    client = signed_in(strategist)
    shown = client.get(BASE)
    told = text_of(shown)
    assert "omformulerad" in told
    assert "Utan skäl: 1." in told
    assert "tillagt:" in told
    assert '<article class="change" id="vision">' in shown.content.decode()
    assert 'class="beside"' in shown.content.decode()
    beside = client.get(BASE + "?visa=i-texten").content.decode()
    assert 'class="beside"' not in beside
    assert "<ins>" in beside


def test_what_is_removed_moved_and_new_is_told(draft, strategist, signed_in, directions):
    from vagvisare.web.revision.writing import shaping

    gone = draft.nodes.get(address=directions[0])
    shaping.remove(strategist, gone)
    told = text_of(signed_in(strategist).get(BASE + "?blev=removed"))
    assert "borttagen" in told
    assert "1 del visas" in told
    assert gone.text[:40] in told


def test_the_list_is_narrowed_by_what_stands_in_the_address(draft, write, strategist, signed_in, directions):
    from vagvisare.web.revision.changes import actions

    one, other = directions[0], directions[-1]
    write(one, lambda text: text + " Ett påhittat tillägg.")
    write(other, lambda text: text + " Ett annat tillägg.")
    client = signed_in(strategist)
    area = one.rpartition("/inriktning/")[0]
    assert articles(client, f"?omrade={area}") == [one]
    assert articles(client, "?blev=new") == []
    assert articles(client, "?blev=reworded") == [one, other]
    actions.give_reason(strategist, draft, addresses=[one], text="Därför.")
    assert articles(client, "?utan=1") == [other]
    assert "Utan skäl: 1." in text_of(client.get(BASE))
    assert articles(client, "?blev=hittepå&sida=%C3%A9&visa=x&omrade=") == [one, other]


def articles(client, query=""):
    return re.findall(r'<article class="change" id="([^"]+)"', client.get(BASE + query).content.decode())


def test_a_long_list_goes_page_by_page_or_all_at_once(draft, strategist, signed_in):
    from vagvisare.web.revision.models import DraftNode

    for node in DraftNode.objects.filter(draft=draft):
        DraftNode.objects.filter(pk=node.pk).update(text=node.text + " Påhitt.")
    count = DraftNode.objects.filter(draft=draft).count()
    client = signed_in(strategist)
    assert len(articles(client)) == 60
    assert len(articles(client, "?sida=2")) == count - 60
    assert len(articles(client, "?sida=alla")) == count
    assert articles(client, "?sida=999") == articles(client, "?sida=2")


def test_what_a_partial_edition_lacks_is_not_called_new_and_wants_no_reason(taken_in, strategist, signed_in):
    from vagvisare.web.revision.models import DraftNode
    from vagvisare.web.revision.opening import open_draft

    draft = open_draft(strategist, "2030-prov", "Påhittad", "2018")
    DraftNode.objects.create(
        draft=draft, address="omrade/pahittat", level="area", text="Ett påhittat område", position=9
    )
    client = signed_in(strategist)
    assert articles(client) == []
    assert "Alla ändrade delar har skäl." in text_of(client.get(BASE))
    told = text_of(client.get(BASE + "?osakra=1"))
    assert "Ett påhittat område" in told
    assert "finns inte i den ofullständiga utgåvan" in told


@pytest.mark.parametrize("opened_from", ["2018", "2021-remiss"])
def test_the_page_and_the_seal_ask_for_the_same_reasons(taken_in, strategist, opened_from):
    from vagvisare.editions.gates import unreasoned
    from vagvisare.web.revision.changes import queries
    from vagvisare.web.revision.changes.comparing import of_draft
    from vagvisare.web.revision.changes.telling import given, reasons_of
    from vagvisare.web.revision.models import DraftNode
    from vagvisare.web.revision.opening import open_draft

    draft = open_draft(strategist, "2030-prov", "Påhittad", opened_from)
    for node in list(DraftNode.objects.filter(draft=draft))[::2]:
        DraftNode.objects.filter(pk=node.pk).update(text=node.text + " Påhitt.")
    DraftNode.objects.create(draft=draft, address="omrade/pahittat", level="area", text="Påhittat område", position=9)
    beside, reasons = of_draft(draft), reasons_of(draft)
    asked = {row.change.address for row in queries.rows(beside, reasons) if row.wants_reason}
    assert asked
    assert asked == {change.address for change in unreasoned(beside.comparison, given(reasons))}


def test_a_draft_that_began_empty_has_nothing_to_be_compared_with(taken_in, strategist, signed_in):
    from vagvisare.web.revision.opening import open_draft

    open_draft(strategist, "2030-prov", "Tom")
    client = signed_in(strategist)
    assert "inget att jämföra med" in text_of(client.get(BASE))
    assert client.get(BASE + "viktigaste/").status_code == 200
    assert "inget att pröva mot" in text_of(client.get(BASE + "pastaenden/"))


@pytest.mark.parametrize("page", PAGES)
def test_partners_do_not_see_the_draft_and_an_unknown_draft_is_not_there(draft, signed_in, page):
    assert signed_in("partner").get(BASE + page).status_code == 403
    assert signed_in("reader").get(BASE + page).status_code == 200
    assert signed_in("reader").get(f"/arbete/utkast/inget/andringar/{page}").status_code == 404


def test_readers_are_offered_nothing_they_may_not_do(draft, write, signed_in):
    write("vision", "Ett påhittat mål.")
    client = signed_in("reader")
    assert "Ange skäl" not in client.get(BASE).content.decode()
    assert "Formulera" not in text_of(client.get(BASE + "viktigaste/"))


def test_a_writer_may_give_reasons_for_their_own_parts_alone(draft, write, signed_in, directions):
    mine, other = directions[0], directions[-1]
    write(mine, "Påhittat ett.")
    write(other, "Påhittat två.")
    shown = signed_in("writer", mine.rpartition("/inriktning/")[0]).get(BASE).content.decode()
    assert f'name="nod" value="{mine}"' in shown
    assert f'name="nod" value="{other}"' not in shown


def test_what_people_write_is_text_and_never_markup(draft, write, strategist, signed_in):
    from vagvisare.web.revision.changes import actions

    write("vision", "<script>alert(1)</script> ett mål")
    actions.give_reason(strategist, draft, addresses=["vision"], text="<b onclick=x>skäl</b>")
    client = signed_in(strategist)
    for page in (*PAGES, "skal/?nod=vision", "pastaenden/?pastaende=<script>alert(2)</script>"):
        shown = client.get(BASE + page).content.decode()
        assert "<script>alert" not in shown, page
        assert "<b onclick" not in shown, page


@pytest.mark.parametrize("page", [*PAGES, "skal/?nod=vision", "?sida=alla", "pastaenden/?fran=2021-remiss"])
def test_the_questions_to_the_database_do_not_grow_with_the_changes(
    draft, write, strategist, signed_in, django_assert_num_queries, page
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from vagvisare.web.revision.models import DraftNode, Reason

    write("vision", "Ett påhittat mål.")
    client = signed_in(strategist)
    client.get(BASE + page)
    with CaptureQueriesContext(connection) as asked:
        client.get(BASE + page)
    assert len(asked) <= 18, len(asked)
    for node in DraftNode.objects.filter(draft=draft)[:50]:
        DraftNode.objects.filter(pk=node.pk).update(text=node.text + " Påhitt.")
        because = ["evidence:grona-given"]
        Reason.objects.create(draft=draft, address=node.address, text="Därför.", because=because, by="x")
    with django_assert_num_queries(len(asked)):
        assert client.get(BASE + page).status_code == 200


@given(st.dictionaries(st.sampled_from(["omrade", "blev", "utan", "osakra", "visa", "sida"]), st.text(max_size=12)))
@example({"sida": "alla", "visa": "i-texten", "utan": "1", "blev": "reworded", "omrade": "omrade/å&b=c"})
@example({"sida": "٣", "blev": "kept"})
def test_what_an_address_asks_is_asked_again_by_the_address_it_makes(given_parts):
    from vagvisare.web.revision.changes.queries import asked

    once = asked(given_parts)
    assert asked(dict(parse_qsl(once.query()))) == once
    assert asked(dict(parse_qsl(once.query(sida="alla")))).page == "alla"
