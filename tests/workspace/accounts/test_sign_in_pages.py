"""Every page of signing in that can be reached is ours: our frame, both languages, no library template."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

PASSWORD = "ett långt lösenord"  # noqa: S105  of made-up people


@pytest.fixture
def fresh(person, client):
    """Somebody who has just proved again who they are: the pages about a second factor are then open."""

    def made(role="strategist", **more):
        known = person(role, **more)
        client.defaults["HTTP_HOST"] = "localhost"
        client.post(reverse("account_login"), {"login": known.email, "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        client.person = known
        return client

    return made


def code_for(secret):
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_app(client):
    """Tie an app to the signed-in person and return its secret."""
    from django.core.cache import cache

    cache.clear()
    shown = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="totp-secret">([A-Z2-7]+)<', shown)[1]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    cache.clear()
    return secret


def with_key(person):
    from allauth.mfa.models import Authenticator

    # A made-up credential with the shape the library keeps: enough to list, rename and remove it.
    return Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Påhittad nyckel", "credential": {}}
    )


def ours(answer, status=200):
    text = answer.content.decode()
    assert answer.status_code == status, text[:400]
    assert 'class="workspace"' in text
    assert "accounts.css" in text or "site.css" in text
    assert len(re.findall(r"<h1\b", text)) == 1
    assert "style=" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    return text


OUTSIDE = [
    "account_login",
    "account_logout",
    "account_inactive",
    "openid_connect_login",
    "socialaccount_login_cancelled",
]
INSIDE = [
    "profile",
    "account_change_password",
    "usersessions_list",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "account_reauthenticate",
]
WITH_APP = [
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_pages_before_signing_in(client, name):
    if name == "account_logout":
        assert client.get(reverse(name), headers={"host": "localhost"}).status_code == 302
        return
    ours(client.get(reverse(name), headers={"host": "localhost"}))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", INSIDE)
def test_pages_of_ones_own(fresh, name, language):
    client = fresh(language=language)
    text = ours(client.get(reverse(name)))
    assert f'<html lang="{language}">' in text


@pytest.mark.parametrize("name", WITH_APP)
def test_pages_when_an_app_is_tied(fresh, name):
    client = fresh()
    with_app(client)
    ours(client.get(reverse(name)))


def test_signing_out_is_asked_for_on_a_page_of_its_own(signed_in):
    ours(signed_in("reader").get(reverse("account_logout")))


def test_pages_about_keys(fresh):
    client = fresh()
    key = with_key(client.person)
    assert "Påhittad nyckel" in ours(client.get(reverse("mfa_list_webauthn")))
    ours(client.get(reverse("mfa_edit_webauthn", args=[key.pk])))
    ours(client.get(reverse("mfa_remove_webauthn", args=[key.pk])))
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 302
    assert "ingen nyckel" in client.get(reverse("mfa_list_webauthn")).content.decode()


def test_a_person_without_password_may_choose_one(fresh):
    client = fresh()
    client.person.set_unusable_password()
    client.person.save()
    client.force_login(client.person)
    ours(client.get(reverse("account_set_password")))
    chosen = {"password1": "tre helt andra ord", "password2": "tre helt andra ord"}
    assert client.post(reverse("account_set_password"), chosen).headers["Location"] == reverse("profile")
    client.person.refresh_from_db()
    assert client.person.check_password("tre helt andra ord")


def test_the_code_is_asked_for_and_a_used_code_is_refused(fresh):
    client = fresh()
    secret = with_app(client)
    client.post(reverse("account_logout"))
    answer = client.post(reverse("account_login"), {"login": client.person.email, "password": PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    ours(client.get(reverse("mfa_authenticate")))
    assert client.get("/arbete/").status_code == 302  # a password alone is not enough
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Koden stämmer inte" in ours(wrong)
    right = client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert right.headers["Location"] == "/arbete/"
    assert client.get("/arbete/").status_code == 200


def test_a_recovery_code_lets_in_once_and_is_shown_once(fresh):
    client = fresh()
    with_app(client)
    codes = re.findall(r"<li><code>(\d+)</code>", ours(client.get(reverse("mfa_view_recovery_codes"))))
    assert len(codes) == 10
    assert codes[0] not in ours(client.get(reverse("mfa_view_recovery_codes")))
    for status in (302, 200):
        client.post(reverse("account_logout"))
        client.post(reverse("account_login"), {"login": client.person.email, "password": PASSWORD})
        assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == status


def test_the_secret_of_an_app_is_not_in_the_records(fresh):
    from allauth.mfa.models import Authenticator

    client = fresh()
    secret = with_app(client)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept


def test_a_lost_key_of_the_records_lets_nobody_in(fresh, settings):
    from allauth.mfa.models import Authenticator

    client = fresh()
    with_app(client)
    settings.SECRET_KEY = "en annan nyckel än den de skrevs med"  # noqa: S105  made up
    app = Authenticator.objects.get(type="totp").wrap()
    assert not any(app.validate_code(code_for(guess)) for guess in ("", "AAAAAAAA"))


@pytest.mark.parametrize(
    "path",
    [
        "signup/", "email/", "confirm-email/", "confirm-email/abc/", "password/reset/", "password/reset/done/",
        "password/reset/key/1-abc/", "login/code/", "login/code/confirm/", "3rdparty/", "3rdparty/signup/",
        "social/signup/", "2fa/", "signup/passkey/", "oidc/annan/login/", "social/connections/", "phone/verify/",
    ],
)  # fmt: skip
def test_addresses_of_the_library_that_we_do_not_use_are_not_there(signed_in, path):
    from django.urls import resolve

    # Whatever is not ours falls through to the public site, which knows no such page.
    assert resolve(f"/arbete/konto/{path}").func.__module__ == "vagvisare.web.public.views"


def test_the_provider_is_not_there_when_none_is_set(client):
    assert "oidc" not in client.get(reverse("account_login"), headers={"host": "localhost"}).content.decode()
    assert client.post(reverse("openid_connect_login"), headers={"host": "localhost"}).status_code == 404


@pytest.mark.parametrize(
    "asked", [{"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}], ids=["json", "script"]
)
def test_a_script_that_asks_for_json_gets_the_page(client, person, asked):
    known = person("reader")
    client.defaults["HTTP_HOST"] = "localhost"
    body = ours(client.get(reverse("account_login"), headers=asked))
    assert "Logga in" in body
    told = {"login": known.email, "password": "något helt annat"}
    assert "Logga in" in ours(client.post(reverse("account_login"), told, headers=asked))
    answer = client.post(reverse("account_login"), told | {"password": PASSWORD}, headers=asked)
    assert answer.status_code == 302


def test_the_script_that_signs_in_with_a_key_still_gets_what_it_asks_for(client):
    client.defaults["HTTP_HOST"] = "localhost"
    answer = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert "challenge" in answer.json()["request_options"]["publicKey"]
