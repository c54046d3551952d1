"""The pages about people, the door for the invited, locks against guessing, and the second factor some must have."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

PASSWORD = "ett långt lösenord"  # noqa: S105  of made-up people
GOOD = "fyra ord efter varandra"


def text(answer, status=200):
    body = answer.content.decode()
    assert answer.status_code == status, body[:300]
    return body


def secret_in(body):
    return re.search(r"\?nyckel=([\w-]+)", body)[1]


def invite(client, **more):
    told = {"name": "Ny Person", "email": "ny@exempel.se", "role": ["writer", "reader"]} | more
    return client.post(reverse("invite"), told)


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password}, headers={"host": "localhost"})


def test_an_administrator_invites_and_the_invited_comes_in(signed_in, client):
    from vagvisare.web.accounts.models import Person

    admin = signed_in("administrator")
    body = text(invite(admin, **{"scope-writer": "omrade/klimat, omrade/halsa"}))
    secret = secret_in(body)
    assert secret not in text(admin.get(reverse("people")))  # shown this once
    assert "ny@exempel.se" in text(admin.get(reverse("people")))
    client.defaults["HTTP_HOST"] = "localhost"
    door = client.get(reverse("invitation"), {"nyckel": secret})
    assert "omrade/halsa" in text(door)
    assert door.headers["Referrer-Policy"] == "same-origin"
    answer = client.post(reverse("invitation"), {"nyckel": secret, "name": "Ny", "password": GOOD, "again": GOOD})
    assert answer.headers["Location"] == "/arbete/"
    assert client.get("/arbete/").status_code == 200
    made = Person.objects.get(email="ny@exempel.se")
    assert sorted(map(str, made.grants.all())) == ["reader", "writer (omrade/halsa)", "writer (omrade/klimat)"]
    again = client.post(reverse("invitation"), {"nyckel": secret, "name": "Ny", "password": GOOD, "again": GOOD})
    assert "redan använd" in text(again, 400)
    assert "redan använd" in text(client.get(reverse("invitation"), {"nyckel": secret}), 400)
    # Whoever has just chosen a password need not write it again to add an app.
    assert text(client.get(reverse("mfa_activate_totp")))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": "ingen adress"}, "Skriv en e-postadress"),
        ({"name": ""}, "Skriv personens namn"),
        ({"name": "x@exempel.se"}, "inte en adress"),
        ({"role": []}, "Välj minst en roll"),
        ({"role": ["kung"]}, "Välj minst en roll"),
    ],
)
def test_a_faulty_invitation_says_what_is_wrong_and_keeps_what_was_written(signed_in, wrong, words):
    admin = signed_in("administrator")
    body = text(invite(admin, organisation="Påhittade kommunen", **wrong), 400)
    assert words in body
    assert "Påhittade kommunen" in body
    assert "Ingen inbjudan väntar" in text(admin.get(reverse("people")))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": "", "password": GOOD, "again": GOOD}, "Skriv ditt namn"),
        ({"name": "Ny", "password": GOOD, "again": "annat"}, "inte lika"),
        ({"name": "Ny", "password": "kort", "again": "kort"}, "12 tecken"),
        ({"name": "Ny", "password": "", "again": ""}, "fyllas i"),
    ],
)
def test_a_faulty_answer_spends_no_link(signed_in, client, told, words):
    secret = secret_in(text(invite(signed_in("administrator"))))
    client.defaults["HTTP_HOST"] = "localhost"
    assert words in text(client.post(reverse("invitation"), {"nyckel": secret} | told), 400)
    assert text(client.get(reverse("invitation"), {"nyckel": secret}))


def test_opening_a_link_changes_nothing(signed_in, client):
    secret = secret_in(text(invite(signed_in("administrator"))))
    for _ in range(3):  # a mail program may look first
        assert text(client.get(reverse("invitation"), {"nyckel": secret}, headers={"host": "localhost"}))
    assert "inte en av våra" in text(client.get(reverse("invitation"), headers={"host": "localhost"}), 400)


def test_whoever_opens_a_link_while_somebody_else_is_signed_in_becomes_themselves(signed_in):
    admin = signed_in("administrator")
    secret = secret_in(text(invite(admin)))
    admin.post(reverse("invitation"), {"nyckel": secret, "name": "Ny", "password": GOOD, "again": GOOD})
    assert admin.get(reverse("people")).status_code == 200
    assert admin.get(reverse("invite")).status_code == 403


def test_a_link_for_a_new_password_does_not_pass_by_the_second_factor(signed_in, person, client):
    from allauth.mfa.models import Authenticator

    known = person("writer")
    Authenticator.objects.create(user=known, type="totp", data={"secret": "x"})
    secret = secret_in(text(signed_in("administrator").post(reverse("person_link", args=[known.pk]))))
    client.defaults["HTTP_HOST"] = "localhost"
    answer = client.post(reverse("invitation"), {"nyckel": secret, "password": GOOD, "again": GOOD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/arbete/").status_code == 302


def test_whoever_was_signed_in_is_out_while_the_owner_of_a_link_is_asked_for_a_code(signed_in, person):
    from allauth.mfa.models import Authenticator

    known, admin = person("writer"), signed_in("administrator")
    Authenticator.objects.create(user=known, type="totp", data={"secret": "x"})
    secret = secret_in(text(admin.post(reverse("person_link", args=[known.pk]))))
    admin.post(reverse("invitation"), {"nyckel": secret, "password": GOOD, "again": GOOD})
    assert admin.get(reverse("people")).status_code == 302


def test_people_are_found_by_name_role_and_state(signed_in, person):
    from vagvisare.web.accounts import actions

    admin = signed_in("administrator")
    person("writer", name="Alva Påhittad")
    gone = person("reader", name="Bo Påhittad")
    actions.suspend(admin.person, gone)
    people = reverse("people")
    assert "Alva" in text(admin.get(people, {"sok": "alva"}))
    assert "Bo P" not in text(admin.get(people, {"sok": "alva"}))
    assert "Alva" not in text(admin.get(people, {"roll": "reader"}))
    assert "Alva" not in text(admin.get(people, {"tillstand": "suspended"}))
    assert "Ingen stämmer" in text(admin.get(people, {"sok": "finns inte"}))
    assert text(admin.get(people, {"roll": "kung"}))


def test_addresses_are_shown_to_administrators_only(signed_in, person):
    known = person("writer")
    invite(signed_in("administrator"))
    page = reverse("person", args=[known.pk])
    assert known.email in text(signed_in("administrator").get(page))
    analyst = signed_in("analyst")
    assert known.email not in text(analyst.get(page))
    assert "ny@exempel.se" not in text(analyst.get(reverse("people")))


def test_a_persons_page_does_what_it_offers(signed_in, person):
    admin, known = signed_in("administrator"), person("reader")
    page = reverse("person", args=[known.pk])
    admin.post(reverse("change_role", args=[known.pk]), {"do": "give", "role": "writer", "scope": "omrade/klimat"})
    assert "omrade/klimat" in text(admin.get(page))
    admin.post(reverse("change_role", args=[known.pk]), {"do": "take", "role": "writer", "scope": "omrade/klimat"})
    assert "omrade/klimat" not in text(admin.get(page))
    admin.post(reverse("change_state", args=[known.pk]), {"do": "suspend", "reason": "slutade"})
    assert "Släpp in igen" in text(admin.get(page))
    admin.post(reverse("change_state", args=[known.pk]), {"do": "reinstate"})
    assert "Stäng av" in text(admin.get(page))
    assert text(admin.get(reverse("person", args=[999])), 404)
    refused = admin.post(reverse("change_state", args=[admin.person.pk]), {"do": "suspend"})
    assert "enda administratören" in text(refused, 400)


def test_an_invitation_is_taken_back(signed_in):
    from vagvisare.web.accounts.models import Invitation

    admin = signed_in("administrator")
    invite(admin)
    made = Invitation.objects.get()
    assert admin.post(reverse("withdraw_invitation", args=[made.pk])).headers["Location"] == reverse("people")
    assert "ny@exempel.se" not in text(admin.get(reverse("people")))


def test_choices_of_scope_come_from_whoever_offers_them(signed_in, monkeypatch):
    from vagvisare.web.access.rules import Role
    from vagvisare.web.accounts import scopes

    monkeypatch.setattr(scopes, "_offered", {})
    admin = signed_in("administrator")
    assert "datalist" not in text(admin.get(reverse("invite")))
    scopes.offer(Role.WRITER, lambda: [scopes.Choice("omrade/klimat", "Klimat <påhittat>")])
    body = text(admin.get(reverse("invite")))
    assert '<option value="omrade/klimat">Klimat &lt;påhittat&gt;</option>' in body


def test_ones_own_name_and_language(signed_in):
    client = signed_in("writer")
    client.post(reverse("profile"), {"name": "Eget <namn>", "language": "en"})
    body = text(client.get(reverse("profile")))
    assert "Your details are saved." in body
    assert "Eget &lt;namn&gt;" in body
    assert '<html lang="en">' in body
    assert "My details" in body


def test_the_list_asks_as_many_questions_for_fifty_as_for_one(signed_in, person, django_assert_num_queries):
    from vagvisare.web.accounts import actions

    admin = signed_in("administrator")
    page = reverse("people")
    invite(admin)
    admin.get(page)
    with django_assert_num_queries(6):  # session, person, roles, people, their roles, invitations
        admin.get(page)
    for number in range(50):
        person("writer", scope="omrade/klimat")
        actions.invite(admin.person, f"inbjuden{number}@exempel.se", "Påhittad", [("reader", "")])
    with django_assert_num_queries(6):
        admin.get(page)


def test_sessions_are_listed_and_the_others_ended(person, client):
    from django.test import Client

    known = person("writer")
    other = Client(headers={"host": "localhost", "user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    sign_in(other, known.email)
    client.defaults["HTTP_HOST"] = "localhost"
    sign_in(client, known.email)
    body = text(client.get(reverse("usersessions_list")))
    assert re.search(r"Firefox\s+på Windows", body)
    assert body.count("den här</span>") == 1
    assert other.get("/arbete/").status_code == 200
    client.post(reverse("usersessions_list"))
    assert other.get("/arbete/").status_code == 302
    assert client.get("/arbete/").status_code == 200


def test_changing_the_password_ends_the_other_sessions(person, client):
    from django.test import Client

    known = person("writer")
    other = Client(headers={"host": "localhost"})
    sign_in(other, known.email)
    client.defaults["HTTP_HOST"] = "localhost"
    sign_in(client, known.email)
    told = {"oldpassword": PASSWORD, "password1": GOOD, "password2": GOOD}
    assert client.post(reverse("account_change_password"), told).headers["Location"] == reverse("profile")
    assert client.get("/arbete/").status_code == 200
    assert other.get("/arbete/").status_code == 302


def test_after_five_wrong_passwords_even_the_right_one_waits(person, client):
    known = person("writer")
    for _ in range(5):
        assert "hör inte ihop" in text(sign_in(client, known.email, "fel lösenord"))
    assert "Vänta fem minuter" in text(sign_in(client, known.email))
    assert client.get("/arbete/", headers={"host": "localhost"}).status_code == 302
    assert sign_in(client, person("reader").email).status_code == 302  # others come in


def test_too_many_attempts_from_one_place_are_refused_with_a_page(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip", "login_failed": "30/m/ip"}
    for _ in range(3):
        sign_in(client, "ingen@exempel.se")
    assert "för många försök" in text(sign_in(client, "ingen@exempel.se"), 429)


def test_nothing_tells_whether_an_address_is_known(person, client):
    known = person("writer")
    gone = person("writer")
    gone.is_active = False
    gone.save()

    def answer(email):
        body = text(sign_in(client, email, "fel lösenord"))
        return re.sub(r'value="[^"]*"', "", body)

    assert answer(known.email) == answer("okand@exempel.se") == answer(gone.email)


def test_somebody_suspended_is_told_so_only_with_the_right_password(person, client):
    gone = person("writer")
    gone.is_active = False
    gone.save()
    assert sign_in(client, gone.email).headers["Location"] == reverse("account_inactive")
    assert client.get("/arbete/", headers={"host": "localhost"}).status_code == 302


def test_signing_in_leads_only_to_this_site(person, client):
    known = person("writer")
    told = {"login": known.email, "password": PASSWORD, "next": "https://elak.exempel/"}
    answer = client.post(reverse("account_login"), told, headers={"host": "localhost"})
    assert answer.headers["Location"] == "/arbete/"


def test_forms_without_proof_of_origin_are_refused(person):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    assert sign_in(strict, person("writer").email).status_code == 403
    strict.force_login(person("administrator"))
    assert invite(strict).status_code == 403


def test_a_second_factor_is_required_of_those_who_can_change_most(signed_in, settings):
    from allauth.mfa.models import Authenticator

    settings.SECOND_FACTOR_REQUIRED = True
    for role in ("administrator", "strategist"):
        client = signed_in(role)
        for path in ("/arbete/", reverse("people"), reverse("profile")):
            assert client.get(path).headers["Location"] == reverse("mfa_index")
        assert "kräver en andra faktor" in text(client.get(reverse("mfa_index")))
        assert client.post(reverse("account_logout")).headers["Location"] == settings.LOGIN_URL
        client.force_login(client.person)
        Authenticator.objects.create(user=client.person, type="totp", data={"secret": "x"})
        assert client.get("/arbete/").status_code == 200
    assert signed_in("writer").get("/arbete/").status_code == 200


def test_a_second_factor_is_not_required_unless_asked_for(signed_in):
    assert signed_in("administrator").get("/arbete/").status_code == 200
