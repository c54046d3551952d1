"""Whoever was signed out meanwhile: what they wrote is not lost, and the way back leads to a page that can be shown."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
FORM = "/arbete/register/evidence/ny/"
WORDS = "Påhittade ord <b>från</b> i tisdags"


def sent(client, address, told, **headers):
    host = {"host": "localhost"}
    return client.post(address, told, headers=host | headers)


def test_a_form_from_somebody_signed_out_is_given_back_with_its_words(client):
    told = {"title": WORDS, "csrfmiddlewaretoken": "hemlig-märkning", "password": "hemligt lösenord", "kind": "x"}
    answer = sent(client, FORM, told, referer="http://localhost/arbete/register/evidence/?sok=a")
    shown = answer.content.decode()
    assert answer.status_code == 401
    assert "Du är utloggad." in shown
    assert "Påhittade ord &lt;b&gt;från&lt;/b&gt; i tisdags" in shown
    assert "hemlig-märkning" not in shown
    assert "hemligt lösenord" not in shown
    assert "/arbete/konto/login/?next=/arbete/register/evidence/%3Fsok%3Da" in shown


@pytest.mark.parametrize("page", ["", "https://annan.exempel.se/arbete/", "http://localhost/utgavor/"])
def test_the_way_back_is_never_to_another_site(client, page):
    shown = sent(client, FORM, {"title": WORDS}, **({"referer": page} if page else {})).content.decode()
    assert "/arbete/konto/login/?next=/arbete/&#34;" in shown or '/arbete/konto/login/?next=/arbete/"' in shown


def test_a_script_is_told_in_its_own_language(client):
    answer = sent(client, FORM, {}, accept="application/json")
    assert answer.status_code == 401
    assert "utloggad" in answer.json()["error"]
    looked = client.get("/arbete/", headers={"host": "localhost", "accept": "application/json"})
    assert looked.status_code == 401


def test_a_form_that_has_become_too_old_gives_its_words_back(person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person())
    answer = sent(strict, FORM, {"title": WORDS})
    assert answer.status_code == 403
    assert "Formuläret har blivit för gammalt." in answer.content.decode()
    assert "i tisdags" in answer.content.decode()


def test_a_script_of_somebody_who_signed_in_anew_in_another_tab_is_told_why_nothing_was_saved(person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person())
    answer = sent(strict, FORM, {"title": WORDS}, accept="application/json")
    assert answer.status_code == 403
    assert answer.json()["error"].startswith("Formuläret har blivit för gammalt. Ingenting har sparats.")


def test_an_address_that_only_takes_forms_says_so(signed_in):
    answer = signed_in().get("/arbete/register/evidence/post/x/andra/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "Till arbetsytan" in answer.content.decode()


@pytest.mark.parametrize("old", ["/arbete/register/evidence/post/borttaget/", "/arbete/utkast/jamfor/2018/borttagen/"])
def test_whoever_follows_an_old_link_stays_in_the_workspace(signed_in, old):
    answer = signed_in("reader").get(old)
    assert answer.status_code == 404
    assert "Det du söker finns inte här." in answer.content.decode()
    assert "/arbete/register/" in answer.content.decode()
