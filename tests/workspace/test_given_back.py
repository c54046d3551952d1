"""A form given back: on its own page when there is one to see, with its words to copy when there is none."""

import pytest

from vagvisare.web.frame.form_on_page import filled

WORDS = "Påhittade ord <b>från</b> i tisdags"
ALERT = '<p id="fel">Fel.</p>'
PAGE = """<!doctype html><title>Sida</title><a href="?sok=b">Sök</a> <a href="#ner">Ned</a> <a href="/annat/">Annat</a>
<form><input name="sok" value="a&amp;b"></form>
<script>if (1 < 2) { "<form>" }</script>
<details><form method="post" action="/spara/"><input type="hidden" name="rad" value="1"><textarea name="text">
Förr &amp; då</textarea></form></details>
<details open><form method="post" action="/spara/" id="andra"><input type="hidden" name="rad" value="2">
<label>Ord <input name="text" value='Förr' required></label>
<select name="slag"><option value="">–</option>
<option value="x" selected>X</option><option value="y">Y</option></select>
<input type="checkbox" name="vald" value="1" checked><input type="checkbox" name="vald" value="2">
<input type="password" name="losen"><input type="file" name="fil"><button name="gor" value="1">
Spara</button></form></details>
<template><form method="post" action="/spara/"><input name="text"></form></template>
<input type="radio" name="svar" value="ja" form="andra">
<input type="radio" name="svar" value="nej" form="andra" checked>
<form method="post"><button>Ångra</button></form>
"""


def given(sent, to="/spara/", page=PAGE, **more):
    told = {name: [said] if isinstance(said, str) else said for name, said in sent.items()}
    return filled(page, "/sida/?sok=a", to, told, alert=ALERT, **more)


def test_what_was_sent_stands_in_the_form_it_was_sent_from_and_all_else_as_before():
    sent = {"rad": "2", "text": WORDS, "slag": "y", "vald": ["2"], "svar": "ja", "losen": "hemligt ord", "gor": "1"}
    page = given(sent, about=("text", "fel"))
    assert '<input type="hidden" name="rad" value="2">\n<label>Ord <input name="text" value="Påhittade' in page
    assert f'id="andra">{ALERT}' in page
    assert "Påhittade ord &lt;b&gt;från&lt;/b&gt; i tisdags" in page
    assert 'required="" aria-invalid="true" aria-describedby="fel"' in page
    assert '<option value="x">X</option><option value="y" selected="">' in page
    assert 'value="1"><input type="checkbox" name="vald" value="2" checked="">' in page
    assert 'value="ja" form="andra" checked="">\n<input type="radio" name="svar" value="nej" form="andra">' in page
    assert "hemligt ord" not in page
    assert "<details><form" in page
    assert '"<form>" }</script>' in page
    assert "\nFörr &amp; då</textarea>" in page


def test_the_other_form_of_the_same_address_is_unfolded_and_filled():
    page = given({"rad": "1", "text": "\nÅ\n</textarea><script>"})
    assert f'<details open=""><form method="post" action="/spara/">{ALERT}' in page
    assert '<textarea name="text">\n\nÅ\n&lt;/textarea&gt;&lt;script&gt;</textarea>' in page
    assert "value='Förr'" not in page or 'value="Förr"' not in page
    assert WORDS not in page


def test_the_answer_leads_back_to_the_page_and_not_to_itself():
    page = given({"rad": "1", "text": "x"}, carried='<input name="stod_pa">')
    assert '<a href="/sida/?sok=b">' in page
    assert '<a href="#ner">Ned</a> <a href="/annat/">' in page
    assert '<form action="/sida/?sok=a"><input name="sok" value="a&amp;b">' in page
    assert '<form method="post" action="/sida/?sok=a"><input name="stod_pa"><button>Ångra' in page
    assert page.count('name="stod_pa"') == 3


@pytest.mark.parametrize("to", ["/annat/", "/sida/"])
def test_a_form_that_is_not_there_or_has_nothing_to_write_in_is_not_filled(to):
    assert given({"text": "x"}, to) is None


FORM = "/arbete/utkast/"
SENT = {"title": WORDS, "key": "Inte en nyckel", "from": ""}


def sent(client, told=SENT, **headers):
    return client.post(FORM, told, headers=headers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["", "http://localhost/arbete/utkast/", "https://annan.exempel.se/arbete/spar/", "http://["]
)
def test_without_a_page_told_it_is_the_forms_own(signed_in, page):
    answer = sent(signed_in(), **({"referer": page} if page else {}))
    assert answer.status_code == 400
    assert "<h1>Utkast</h1>" in answer.content.decode()


@pytest.mark.django_db
def test_a_page_that_is_not_theirs_or_has_no_such_form_is_not_drawn(signed_in):
    from vagvisare.web.audit.models import Event

    client, events = signed_in(), Event.objects.count()
    for page in (
        "/arbete/spar/hela.jsonl",
        "/arbete/register/",
        "/arbete/finns/inte/",
        "/arbete/utkast/x%00/",
        "/utgavor/",
    ):
        answer = sent(client, SENT | {"stod_pa": page})
        shown = answer.content.decode()
        assert answer.status_code == 400
        assert "<h1>Utkast</h1>" not in shown or page == "/utgavor/"
        assert "i tisdags" in shown
    assert Event.objects.count() == events


@pytest.mark.django_db
def test_a_script_is_told_and_nothing_is_drawn(signed_in):
    answer = sent(signed_in(), accept="application/json")
    assert answer.status_code == 400
    assert "kan inte vara en utgåvas nyckel" in answer.json()["error"]


@pytest.mark.django_db
def test_whoever_may_not_gets_their_words_and_no_form(signed_in):
    answer = sent(signed_in("reader"), referer="http://localhost/arbete/utkast/")
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "Det du skrev" in shown
    assert "Påhittade ord &lt;b&gt;från&lt;/b&gt; i tisdags" in shown


@pytest.mark.django_db
def test_no_secret_is_given_back(client):
    told = {"nyckel": "ingen av våra", "name": WORDS, "password": "hemliga ord ett", "again": "hemliga ord två",
            "rader": '[{"a": "buren sida"}]'}  # fmt: skip
    shown = client.post("/arbete/konto/inbjudan/", told, headers={"host": "localhost"}).content.decode()
    assert "i tisdags" in shown
    assert "hemliga ord" not in shown
    assert "ingen av våra" not in shown
    assert "buren sida" not in shown
