"""The page where the folder and the workspace are compared, taken in and settled, as a person meets it."""

import html
import re

import pytest

pytestmark = pytest.mark.django_db
PLACE = "/arbete/utgavor/las-in/"
HOSTILE = '<script>alert(1)</script> =HYPERLINK("x")'
FORM = re.compile(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)


def shown(client, path=PLACE):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def forms(page, action):
    """Return the fields of the forms of a page that lead to an address."""
    hidden = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
    found = [body for where, body in FORM.findall(page) if where == action]
    return [
        {name: html.unescape(value) for name, value in hidden.findall(body) if name != "csrfmiddlewaretoken"}
        for body in found
    ]


def test_both_say_the_same(beside, signed_in):
    page = shown(signed_in(beside.strategist))
    assert "Mappen och arbetsytan säger samma sak." in page
    assert not forms(page, PLACE)


def test_an_empty_workspace_is_filled_from_the_folder(written, signed_in):
    from vagvisare.strategy_folder.reading import read
    from vagvisare.web.strategy import opened

    opened.put(written, read(written))
    try:
        client = signed_in("strategist")
        page = shown(client)
        assert "Arbetsytan är tom" in page
        assert client.post(PLACE, forms(page, PLACE)[0])["Location"] == "/arbete/utgavor/"
        assert "Mappen och arbetsytan säger samma sak." in shown(client)
    finally:
        opened._open.clear()


def test_without_a_folder_it_says_so(signed_in):
    answer = signed_in("strategist").get(PLACE)
    assert answer.status_code == 400
    assert "utan strategimapp" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", ("Ändrat på båda ställena", "Ändrat bara i mappen", "Ändrat bara i arbetsytan", "Anmärkning", "Förut")),
     ("en", ("Changed in both", "Changed in the folder only", "Changed in the workspace only", "Note", "Before"))],
)  # fmt: skip
def test_what_differs_is_told_in_words(beside, signed_in, language, words):
    beside.edit("evidence.toml", "Första anmärkningen", "Mappens anmärkning")
    beside.change("evidence", "bjork", note="Arbetsytans anmärkning", title="Björkens årtionde")
    beside.edit("evidence.toml", "Om björkar", "Om björk")
    beside.remove("evidence", "lind")
    client = signed_in(beside.strategist)
    beside.strategist.language = language
    beside.strategist.save()
    page = html.unescape(shown(client))
    for word in (*words, "Mappens anmärkning", "Arbetsytans anmärkning", "Om björk", "Björkens årtionde", "Lindens"):
        assert word in page
    assert ("Ändrat" in page) is (language == "sv")


def test_taken_in_chosen_written_and_undone_page_by_page(beside, signed_in):
    beside.edit("evidence.toml", "Första anmärkningen", "Mappens anmärkning")
    beside.edit("evidence.toml", "Aspens tid", "Aspens årtionde")
    beside.change("evidence", "bjork", note="Arbetsytans anmärkning")
    client = signed_in(beside.strategist)
    assert "Ändrat både i strategimappen och här" in client.post("/arbete/utgavor/skriv-ut/").content.decode()
    page = shown(client)
    client.post(PLACE, forms(page, PLACE)[0])
    assert beside.content("evidence", "asp")["title"] == "Aspens årtionde"
    page = shown(client)
    (undo,) = forms(page, f"{PLACE}angra/")
    assert client.post(f"{PLACE}angra/", {"handelse": "1"}).status_code == 409
    client.post(f"{PLACE}angra/", undo)
    assert beside.content("evidence", "asp")["title"] == "Aspens tid"
    page = shown(client)
    assert not forms(page, f"{PLACE}angra/")
    (choice,) = forms(page, f"{PLACE}valj/")
    assert client.post(f"{PLACE}valj/", choice | {"choose": "mappen"}).status_code == 302
    assert beside.content("evidence", "bjork")["note"] == "Mappens anmärkning"
    client.post(PLACE, forms(shown(client), PLACE)[0])
    assert client.post("/arbete/utgavor/skriv-ut/").status_code == 302
    assert "säger samma sak" in shown(client)


def test_an_edition_edited_by_hand_is_written_over_only_by_whoever_has_seen_it(beside, signed_in):
    beside.edit("editions/2020-pahittad.md", "Påhittad strategi", "Strategi med ny titel för hand")
    client = signed_in(beside.strategist)
    refused = client.post("/arbete/utgavor/skriv-ut/").content.decode()
    assert "en annan text än den förseglade: 2020-pahittad" in refused
    assert "ny titel för hand" in (beside.path / "editions" / "2020-pahittad.md").read_text("utf-8")
    page = shown(client)
    assert "annan text i mappen än den förseglade" in page
    (seen,) = forms(page, "/arbete/utgavor/skriv-ut/")
    assert client.post("/arbete/utgavor/skriv-ut/", seen).status_code == 302
    assert "ny titel för hand" not in (beside.path / "editions" / "2020-pahittad.md").read_text("utf-8")


def test_what_was_not_seen_is_not_taken_in(beside, signed_in):
    beside.edit("evidence.toml", "Aspens tid", "Aspens årtionde")
    client = signed_in(beside.strategist)
    (form,) = forms(shown(client), PLACE)
    beside.edit("evidence.toml", "Lindens löfte", "Lindens svek")
    answer = client.post(PLACE, form)
    assert answer.status_code == 409
    assert beside.content("evidence", "asp")["title"] == "Aspens tid"


@pytest.mark.parametrize("wrong", [{}, {"choose": "båda"}, {"choose": "mappen", "register": "\x00", "key": "²"}])
def test_a_choice_of_nothing_is_refused(beside, signed_in, wrong):
    assert signed_in(beside.strategist).post(f"{PLACE}valj/", wrong).status_code == 409


def test_hostile_words_in_the_folder_are_only_words(beside, signed_in):
    beside.edit("evidence.toml", "Första anmärkningen", HOSTILE.replace('"', '\\"'))
    beside.edit("evidence.toml", "Aspens tid", HOSTILE.replace('"', '\\"'))
    client = signed_in(beside.strategist)
    page = shown(client)
    assert "<script>alert" not in page
    assert HOSTILE in html.unescape(page)
    client.post(PLACE, forms(page, PLACE)[0])
    assert beside.content("evidence", "bjork")["note"] == HOSTILE
    taken_out = client.get("/arbete/register/evidence/fil/csv/")
    assert taken_out.status_code == 200
    content = b"".join(taken_out).decode("utf-8")
    assert "script" in content
    assert not re.search(r'(^|[,;"\n])=', content)


@pytest.mark.parametrize("role", ["writer", "analyst", "process_leader", "partner", "registrar", "reader"])
def test_it_is_for_those_who_keep_the_folder(beside, signed_in, role):
    client = signed_in(role)
    for answer in (client.get(PLACE), client.post(PLACE), client.post(f"{PLACE}valj/"), client.post(f"{PLACE}angra/")):
        assert answer.status_code == 403
    assert "las-in" not in client.get("/arbete/utgavor/").content.decode()


def test_the_page_asks_as_often_whatever_there_is(beside, signed_in, django_assert_max_num_queries):
    from vagvisare.web.registers.models import Entry

    client = signed_in(beside.strategist)
    shown(client)

    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = shown(client)
        return len(queries), page

    beside.change("evidence", "asp", title="Aspens årtionde")
    one, _ = asked()
    made = [Entry(register="themes", key=f"t-{n}", content={"key": f"t-{n}", "name": f"Tema {n}"}) for n in range(300)]
    Entry.objects.bulk_create(made)
    many, page = asked()
    assert one == many
    assert "101" in page


def test_links_perspectives_and_the_head_are_named_too(beside, signed_in):
    (beside.path / "links.toml").write_text(
        '[[link]]\nkind = "contributes_to"\norigin = "omrade/trad"\ntarget = "omrade/vatten"\nrationale = "för att"\n'
        'source = "pahittat.txt:3"\n', "utf-8"
    )  # fmt: skip
    (beside.path / "screenings.toml").write_text(
        '[[screening]]\nkey = "s-1"\nperspective = "omrade/vatten"\nnode = "omrade/trad"\nanswer = "partly"\n', "utf-8"
    )
    beside.edit("strategy.toml", 'current = "2020-pahittad"', 'current = "2020-pahittad"\nupdated = 2021-02-03')
    page = html.unescape(shown(signed_in(beside.strategist)))
    for words in ("Samband", "5.1 Träd – Vatten", "för att", "Perspektiv", "delvis", "Strategin", "Uppdaterad"):
        assert words in page
