"""What people do with their own accounts stands in the trail: who, what and when, and no more than that."""

import json

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

PASSWORD = "ett långt lösenord"  # noqa: S105  of made-up people
HERE = {"host": "localhost"}


@pytest.fixture
def known(person):
    return person("strategist", name="Eva Påhittad", email="eva@exempel.se")


@pytest.fixture
def enter(client):
    """Write an address and a password where one signs in."""
    client.defaults["HTTP_HOST"] = "localhost"

    def made(who, password=PASSWORD):
        return client.post(reverse("account_login"), {"login": getattr(who, "email", who), "password": password})

    return made


@pytest.fixture
def inside(enter, client, known):
    """Somebody who has come in and just proved again who they are; what the trail told of that is passed over."""
    enter(known)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.person, client.passed = known, told_count()
    return client


def told_count():
    from vagvisare.web.audit.models import Event

    return Event.objects.count()


def told(since=0):
    """Return what the trail tells: who, need, before, after."""
    from vagvisare.web.audit import trail
    from vagvisare.web.audit.models import Event

    assert trail.verify() is None
    events = list(Event.objects.filter(number__gt=since).order_by("number"))
    assert all(event.kind == "person" for event in events)
    return [
        (event.who, event.verb, json.loads(event.before or "null"), json.loads(event.after or "null"))
        for event in events
    ]


def test_coming_in_is_told_with_what_one_proved_oneself_by(enter, known):
    assert enter(known).headers["Location"] == "/arbete/"
    assert told() == [(known.key, "self.sign_in", None, {"with": ["password"]})]


def test_a_code_and_a_recovery_code_are_told_apart(enter, known, client):
    from allauth.mfa.models import Authenticator

    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=known, type=kind, data={"secret": "x"})
    assert enter(known).headers["Location"] == reverse("mfa_authenticate")
    assert told() == []  # a password alone lets nobody in
    with pytest.MonkeyPatch.context() as patch:
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
        from allauth.mfa.totp.internal.auth import TOTP

        patch.setattr(TOTP, "validate_code", lambda *_: False)
        patch.setattr(RecoveryCodes, "validate_code", lambda _, code: code == "12345678")
        client.post(reverse("mfa_authenticate"), {"code": "12345678"})
    assert told() == [(known.key, "self.sign_in", None, {"with": ["password", "recovery_codes"]})]


def test_of_attempts_that_fail_the_first_is_told_and_the_one_that_shut_the_door(enter, known):
    for _ in range(9):
        enter(known, "fel lösenord")
    refused = [("unknown", "self.sign_in", None, {"refused": why}) for why in ("password", "too-many")]
    assert told() == refused
    assert "många misslyckade försök" in enter(known).content.decode()
    assert told() == refused


def test_the_door_is_told_to_be_shut_by_the_very_attempt_that_shut_it(enter, known):
    for _ in range(4):
        enter(known, "fel lösenord")
    assert len(told()) == 1
    enter(known, "fel lösenord")
    assert len(told()) == 2


def test_an_address_that_is_nobodys_leaves_nothing(enter, known):
    for _ in range(6):
        enter("ingen@exempel.se", "fel lösenord")
    assert told() == []


def test_a_wrong_code_is_told_and_too_many_of_them(enter, known, client):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=known, type="totp", data={"secret": "AAAA"})
    enter(known)
    for _ in range(7):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert [after for *_, after in told()] == [{"refused": "code"}, {"refused": "too-many"}]


def test_somebody_suspended_is_told_by_name_for_they_knew_the_password(enter, known):
    known.is_active = False
    known.save()
    for _ in range(2):
        assert enter(known).headers["Location"] == reverse("account_inactive")
    assert told() == [(known.key, "self.sign_in", None, {"refused": "suspended"})]


def test_a_wrong_password_of_somebody_inside_is_told_as_theirs(inside):
    inside.post(reverse("account_reauthenticate"), {"password": "fel lösenord"})
    assert told(inside.passed) == [(inside.person.key, "self.sign_in", None, {"refused": "password"})]


def test_a_new_password_is_told_and_not_which(inside):
    chosen = "tre helt andra ord"
    new = {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen}
    assert inside.post(reverse("account_change_password"), new).status_code == 302
    assert told(inside.passed) == [(inside.person.key, "self.change", None, {"password": "new"})]


def test_choosing_a_first_password_is_told(signed_in, known):
    known.set_unusable_password()
    known.save()
    chosen = {"password1": "tre helt andra ord", "password2": "tre helt andra ord"}
    assert signed_in(known).post(reverse("account_set_password"), chosen).status_code == 302
    assert told() == [(known.key, "self.change", None, {"password": "new"})]


def test_an_app_its_recovery_codes_new_ones_and_taking_it_away(inside, django_capture_on_commit_callbacks, monkeypatch):
    from allauth.mfa.totp.internal import auth

    monkeypatch.setattr(auth, "validate_totp_code", lambda *_: True)
    with django_capture_on_commit_callbacks(execute=True):
        inside.get(reverse("mfa_activate_totp"))
        assert inside.post(reverse("mfa_activate_totp"), {"code": "123456"}).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        assert inside.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        assert inside.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert [(before, after) for _, _, before, after in told(inside.passed)] == [
        (None, {"second factor": ["totp"]}),
        (None, {"second factor": ["recovery_codes"]}),
        (None, {"recovery_codes": "new"}),
        ({"second factor": ["totp"]}, None),
        ({"second factor": ["recovery_codes"]}, None),
    ]


def test_a_key_is_told_when_it_comes_and_when_it_goes(inside):
    from allauth.mfa import signals
    from allauth.mfa.models import Authenticator

    key = Authenticator.objects.create(user=inside.person, type="webauthn", data={"name": "N", "credential": {}})
    # A browser makes keys (test_people_browser); here it is enough that the library says that one was made.
    signals.authenticator_added.send(Authenticator, request=None, user=inside.person, authenticator=key)
    assert inside.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 302
    kinds = {"second factor": ["webauthn"]}
    assert [(before, after) for _, _, before, after in told(inside.passed)] == [(None, kinds), (kinds, None)]


def test_signing_out_everywhere_else_is_told_with_how_many(inside):
    from django.test import Client

    for _ in range(2):
        elsewhere = Client(headers=HERE)
        elsewhere.post(reverse("account_login"), {"login": inside.person.email, "password": PASSWORD})
        assert elsewhere.get("/arbete/").status_code == 200
    since = told_count()
    assert inside.post(reverse("usersessions_list")).status_code == 302
    assert elsewhere.get("/arbete/").status_code == 302
    assert told(since) == [(inside.person.key, "self.change", None, {"sessions ended": 2})]
    inside.post(reverse("usersessions_list"))
    assert told_count() == since + 1  # there was nothing left to end


def test_no_address_network_address_or_secret_stands_in_the_trail(enter, client, known):
    from vagvisare.web.audit import papers

    enter(known, "ett hemligt försök")
    enter(known)
    client.post(reverse("account_logout"))
    text = "".join(papers.lines())
    assert "self.sign_in" in text
    for secret in ("exempel.se", "127.0.0.1", "hemligt", PASSWORD, "Mozilla"):
        assert secret not in text


def test_a_trail_that_cannot_be_written_keeps_nobody_out(enter, client, known, monkeypatch, caplog):
    from django.db import OperationalError

    from vagvisare.web.audit import trail

    def full(*_told, **_more):
        raise OperationalError("database or disk is full: eva@exempel.se")

    monkeypatch.setattr(trail, "record", full)
    assert enter(known, "fel lösenord").status_code == 200
    assert enter(known).headers["Location"] == "/arbete/"
    assert client.get("/arbete/konto/jag/").status_code == 200
    said = [record for record in caplog.records if record.name == "vagvisare.web.accounts.own_trail"]
    assert [record.levelname for record in said] == ["ERROR", "ERROR"]
    assert all("self.sign_in" in record.getMessage() and "exempel" not in caplog.text for record in said)


# On pages


def test_ones_latest_sign_ins_stand_on_ones_own_page(enter, client, known, person):
    other = person("reader", name="Bo Påhittad")
    enter(other, "fel lösenord")
    enter(known, "fel lösenord")
    enter(known)
    page = client.get(reverse("profile")).content.decode()
    listed = page.split('id="senaste"')[1].split("</section>")[0]
    assert listed.count("<li>") == 2
    assert listed.index(">lösenord<") < listed.index("avvisat, lösenordet stämde inte")
    client.person = known
    known.language = "en"
    known.save()
    assert "refused, the password was not right" in client.get(reverse("profile")).content.decode()


def test_the_list_is_short_and_costs_as_much_whatever_has_been(signed_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from vagvisare.web.accounts import own_trail

    client = signed_in("reader")
    client.get(reverse("profile"))
    with CaptureQueriesContext(connection) as once:
        client.get(reverse("profile"))
    for _ in range(50):
        own_trail._tell(client.person, own_trail.SIGN_IN, after={"with": ["password"]})
    with django_assert_num_queries(len(once)):
        page = client.get(reverse("profile")).content.decode()
    assert page.split('id="senaste"')[1].count("<li>") == 8


def test_the_whole_trail_says_it_in_words(enter, known, signed_in):
    enter(known, "fel lösenord")
    page = signed_in("registrar").get("/arbete/spar/").content.decode()
    line = page.split('class="trail-line"')[1].split("</li>")[0]
    assert "okänd, inte inloggad" in line
    assert "Logga in" in line
    assert "person: Eva Påhittad" in line
    assert "Skäl: avvisat, lösenordet stämde inte" in line
    assert '<option value="unknown">okänd, inte inloggad</option>' in page


def test_when_a_colleague_came_in_is_for_them_and_for_whoever_may_read_all_of_it(enter, known, signed_in):
    from vagvisare.web.audit import trail

    enter(known)
    trail.record("system", "people.manage", "person", str(known.pk), title=known.name, after={"roles": []})
    address = f"/arbete/spar/person/{known.pk}/"
    seen = {who: "Logga in" in signed_in(who).get(address).content.decode().split("<h1>")[1]
            for who in ("registrar", "administrator", "reader", "writer")}  # fmt: skip
    assert seen == {"registrar": True, "administrator": True, "reader": False, "writer": False}
    mine = signed_in("reader")
    trail.record(mine.person.key, "self.sign_in", "person", str(mine.person.pk), after={"with": ["password"]})
    assert "Logga in" in mine.get(f"/arbete/spar/person/{mine.person.pk}/").content.decode().split("<h1>")[1]
