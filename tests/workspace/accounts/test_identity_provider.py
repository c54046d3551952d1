"""The whole way to the region's identity provider and back, against a real one in a thread."""

import json
import re
import warnings
from contextlib import contextmanager
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:authlib")]

HERE = {"host": "localhost"}


@pytest.fixture(scope="module")
def provider():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the provider's own libraries warn each other
        from oidc_provider_mock import User, run_server_in_thread
    claims = {
        "alva": {"email": "Alva@exempel.se", "email_verified": True, "name": "Alva Påhittad"},
        "bo": {"email": "bo@exempel.se", "email_verified": False, "name": "Bo Påhittad"},
        "cia": {"email": "cia@exempel.se", "email_verified": "false", "name": "Cia Påhittad"},
        "dan": {"name": "Dan Påhittad"},
        "eva": {"email": "eva@exempel.se", "email_verified": True, "name": "eva@exempel.se"},
    }
    users = [User(sub=sub, claims=told) for sub, told in claims.items()]
    with run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def connected(provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "region",
                    "name": "Region Exempel",
                    "client_id": "vagvisare",
                    "secret": "påhittad",
                    "settings": {"server_url": provider},
                }
            ],
        }
    }
    return provider


@contextmanager
def quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def there_and_back(client, subject, action="allow", onto=""):
    """Go to the provider as a browser does, say who one is, and return our answer to what it says."""
    away = client.post(reverse("openid_connect_login"), {"next": onto} if onto else {}, headers=HERE)
    onward = unescape(re.search(r'class="button" href="([^"]+)"', away.content.decode())[1])
    assert away.headers["Refresh"] == f"0; url={onward}"
    told = {"sub": subject} if action == "allow" else {"action": "deny"}
    answer = requests.post(onward, data=told, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    assert back.netloc == "localhost"
    with quiet():
        return client.get(f"{back.path}?{back.query}", headers=HERE)


def told_of(known):
    """Return what the trail tells a person did, and what came of it."""
    from vagvisare.web.audit.models import Event

    events = Event.objects.filter(who=known.key, kind="person", key=str(known.pk)).order_by("number")
    assert events.count() == Event.objects.exclude(verb="people.manage").count()
    return [(event.verb, json.loads(event.after)) for event in events]


def test_the_way_is_offered_and_begins_with_a_form(connected, client):
    body = client.get(reverse("account_login"), headers=HERE).content.decode()
    assert "Logga in med Region Exempel" in body
    page = client.get(reverse("openid_connect_login"), headers=HERE)
    assert page.status_code == 200  # a link alone starts nothing
    assert 'class="workspace"' in page.content.decode()
    assert "Refresh" not in page.headers
    assert not client.session.get("socialaccount_states")
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(reverse("openid_connect_login"), headers=HERE).status_code == 403


def test_what_is_sent_along_protects_the_way_back(connected, client):
    away = client.post(reverse("openid_connect_login"), headers=HERE)
    asked = parse_qs(urlsplit(away.headers["Refresh"].removeprefix("0; url=")).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"][0]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_a_person_is_found_by_confirmed_address_once_and_by_subject_from_then_on(connected, person, client):
    from allauth.socialaccount.models import SocialAccount

    known = person("writer", email="alva@exempel.se")
    assert there_and_back(client, "alva").headers["Location"] == "/arbete/"
    assert client.get("/arbete/", headers=HERE).wsgi_request.user == known
    connected_once = {"identity provider": "connected"}
    came_in = {"with": ["Region Exempel"]}
    assert told_of(known) == [("self.change", connected_once), ("self.sign_in", came_in)]
    assert SocialAccount.objects.get().extra_data == {}
    client.post(reverse("account_logout"), headers=HERE)
    known.email = "nytt.namn@exempel.se"
    known.save()
    assert there_and_back(client, "alva").headers["Location"] == "/arbete/"
    assert client.get("/arbete/", headers=HERE).wsgi_request.user == known
    assert told_of(known)[2:] == [("self.sign_in", came_in)]
    assert SocialAccount.objects.get().extra_data == {}  # what else the provider told is not kept


def test_somebody_invited_becomes_a_person_with_the_roles_of_the_invitation(connected, person, client):
    from vagvisare.web.accounts import actions
    from vagvisare.web.accounts.links import SpentError, found
    from vagvisare.web.accounts.models import Person

    link = actions.invite(person("administrator"), "alva@exempel.se", "A.", [("writer", "omrade/klimat")])
    assert there_and_back(client, "alva").headers["Location"] == "/arbete/"
    made = Person.objects.get(email="alva@exempel.se")
    assert made.name == "Alva Påhittad"
    assert [str(grant) for grant in made.grants.all()] == ["writer (omrade/klimat)"]
    assert not made.has_usable_password()
    with pytest.raises(SpentError):
        found(link.secret)


def test_a_name_that_is_an_address_gives_way_to_the_name_of_the_invitation(connected, person, client):
    from vagvisare.web.accounts import actions
    from vagvisare.web.accounts.models import Person

    actions.invite(person("administrator"), "eva@exempel.se", "Eva Inbjuden", [("reader", "")])
    there_and_back(client, "eva")
    assert Person.objects.get(email="eva@exempel.se").name == "Eva Inbjuden"


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("alva", "inte inbjuden"),
        ("bo", "inte bekräftat"),
        ("cia", "inte bekräftat"),
        ("dan", "inte bekräftat"),
    ],
)
def test_unknown_people_and_unconfirmed_addresses_are_refused(connected, person, client, subject, words):
    from allauth.socialaccount.models import SocialAccount

    from vagvisare.web.accounts.models import Person

    for address in ("bo@exempel.se", "cia@exempel.se"):
        person("writer", email=address)  # they are here, but nobody has confirmed that it is them
    answer = there_and_back(client, subject)
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert client.get("/arbete/", headers=HERE).status_code == 302
    assert Person.objects.count() == 2
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("onto", "there"), [("/arbete/konto/jag/", "/arbete/konto/jag/"), ("https://elak.exempel/", "/arbete/")]
)
def test_one_comes_back_to_where_one_was_going_and_only_on_this_site(connected, person, client, onto, there):
    person("writer", email="alva@exempel.se")
    assert there_and_back(client, "alva", onto=onto).headers["Location"] == there


def test_somebody_suspended_is_refused_also_when_connected(connected, person, client):
    known = person("writer", email="alva@exempel.se")
    there_and_back(client, "alva")
    client.post(reverse("account_logout"), headers=HERE)
    known.is_active = False
    known.save()
    answer = there_and_back(client, "alva")
    assert answer.status_code == 403
    assert "avstängt" in answer.content.decode()
    assert told_of(known)[-1] == ("self.sign_in", {"refused": "suspended"})


def test_somebody_suspended_before_they_were_connected_is_told_of_and_stays_unconnected(connected, person, client):
    from allauth.socialaccount.models import SocialAccount

    known = person("writer", email="alva@exempel.se")
    known.is_active = False
    known.save()
    assert there_and_back(client, "alva").status_code == 403
    assert told_of(known) == [("self.sign_in", {"refused": "suspended"})]
    assert not SocialAccount.objects.exists()


def test_a_withdrawn_invitation_lets_nobody_in(connected, person, client):
    from vagvisare.web.accounts import actions

    admin = person("administrator")
    link = actions.invite(admin, "alva@exempel.se", "Alva", [("reader", "")])
    actions.withdraw(admin, link.invitation)
    assert there_and_back(client, "alva").status_code == 403


def test_the_second_factor_here_is_asked_for_all_the_same(connected, person, client, monkeypatch):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    known = person("writer", email="alva@exempel.se")
    Authenticator.objects.create(user=known, type="totp", data={"secret": "x"})
    assert there_and_back(client, "alva").headers["Location"] == reverse("mfa_authenticate")
    monkeypatch.setattr(TOTP, "validate_code", lambda *_: True)
    assert client.post(reverse("mfa_authenticate"), {"code": "123456"}, headers=HERE).headers["Location"] == "/arbete/"
    assert told_of(known)[-1] == ("self.sign_in", {"with": ["Region Exempel", "totp"]})


def test_turning_around_at_the_provider_is_no_failure(connected, client):
    answer = there_and_back(client, "alva", action="deny")
    assert answer.status_code == 403
    assert "blev inte klar" in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=y", "?error=server_error&state=y"])
def test_a_way_back_that_nobody_began_is_refused(connected, person, client, query):
    person("writer", email="alva@exempel.se")
    answer = client.get(reverse("openid_connect_callback") + query, headers=HERE)
    assert answer.status_code == 403
    assert "blev inte klar" in answer.content.decode()


def test_a_way_back_is_good_once(connected, person, client):
    person("writer", email="alva@exempel.se")
    away = client.post(reverse("openid_connect_login"), headers=HERE)
    onward = away.headers["Refresh"].removeprefix("0; url=")
    back = urlsplit(requests.post(onward, data={"sub": "alva"}, allow_redirects=False, timeout=10).headers["Location"])
    with quiet():
        assert client.get(f"{back.path}?{back.query}", headers=HERE).status_code == 302
    client.post(reverse("account_logout"), headers=HERE)
    assert client.get(f"{back.path}?{back.query}", headers=HERE).status_code == 403


def test_a_provider_that_does_not_answer_is_a_sentence(settings, client, connected):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://localhost:9"
    answer = client.post(reverse("openid_connect_login"), headers=HERE)
    assert answer.status_code == 502
    assert "svarar inte" in answer.content.decode()
