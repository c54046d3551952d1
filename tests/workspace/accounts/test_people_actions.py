"""Invitations, roles and suspension: done once, refused with a sentence, told in the trail without addresses."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.web.access.verbs import RefusedError

pytestmark = pytest.mark.django_db

GOOD = "fyra ord efter varandra"


@pytest.fixture
def admin(person):
    return person("administrator")


def invited(admin, **more):
    from vagvisare.web.accounts import actions

    told = {"email": "Ny.Person@exempel.se", "name": "Ny  Person", "roles": [("writer", "omrade/klimat")]} | more
    return actions.invite(admin, told["email"], told["name"], told["roles"], told.get("organisation", ""))


def events():
    from vagvisare.web.audit.models import Event

    return list(Event.objects.order_by("number"))


def test_an_invitation_makes_the_person_with_name_password_and_roles(admin):
    from vagvisare.web.access.rules import Role, grants_of
    from vagvisare.web.accounts.entering import accept
    from vagvisare.web.audit import trail

    link = invited(admin, organisation="kumla")
    made = accept(link.secret, "Ny Person", GOOD, "en")
    assert made.email == "ny.person@exempel.se"
    assert made.check_password(GOOD)
    assert (made.name, made.organisation, made.language) == ("Ny Person", "kumla", "en")
    assert grants_of(made) == ((Role.WRITER, "omrade/klimat"),)
    assert [event.who for event in events()] == [admin.key, made.key]
    assert trail.verify() is None


def test_only_a_digest_of_the_secret_is_kept(admin):
    from django.forms.models import model_to_dict

    link = invited(admin)
    kept = json.dumps(model_to_dict(link.invitation), default=str)
    assert link.secret not in kept
    assert all(link.secret not in event.after + event.before for event in events())
    assert len(link.secret) >= 40


def test_no_address_stands_in_the_trail(admin):
    from vagvisare.web.accounts import actions
    from vagvisare.web.accounts.entering import accept

    made = accept(invited(admin).secret, "Ny Person", GOOD)
    actions.give_role(admin, made, "analyst")
    actions.change_own(made, "Annat Namn", "en")
    actions.link_for_password(admin, made)
    actions.suspend(admin, made, "slutade")
    told = [f"{e.who}{e.title}{e.before}{e.after}{e.reason}" for e in events()]
    assert len(told) == 7  # the link is withdrawn when its owner is suspended
    assert not any("@" in line for line in told)


def test_a_name_that_is_an_address_is_refused(admin):
    from vagvisare.web.accounts import actions
    from vagvisare.web.accounts.entering import accept

    with pytest.raises(UserError, match="adress"):
        invited(admin, name="ny@exempel.se")
    link = invited(admin)
    with pytest.raises(UserError):
        accept(link.secret, "ny@exempel.se", GOOD)
    with pytest.raises(UserError):
        actions.change_own(admin, " ", "sv")


def test_a_link_is_used_once(admin):
    from vagvisare.web.accounts.entering import accept
    from vagvisare.web.accounts.links import SpentError
    from vagvisare.web.accounts.models import Person

    link = invited(admin)
    accept(link.secret, "Ny Person", GOOD)
    with pytest.raises(SpentError, match=r"redan använd.*Be en administratör"):
        accept(link.secret, "Någon Annan", GOOD)
    assert Person.objects.count() == 2


def test_of_two_who_use_a_link_at_once_one_is_refused(admin):
    from vagvisare.web.accounts import links

    link = invited(admin)
    first, second = links.found(link.secret), links.found(link.secret)
    links.spend(first)
    with pytest.raises(links.SpentError):
        links.spend(second)


def test_links_that_were_withdrawn_expired_or_are_made_up_open_nothing(admin):
    from vagvisare.web.accounts import actions
    from vagvisare.web.accounts.entering import accept
    from vagvisare.web.accounts.links import SpentError
    from vagvisare.web.accounts.models import Invitation

    taken_back = invited(admin, email="a@exempel.se")
    actions.withdraw(admin, taken_back.invitation)
    old = invited(admin, email="b@exempel.se")
    assert timedelta(days=13) < old.invitation.expires - datetime.now(UTC) <= timedelta(days=14)
    Invitation.objects.filter(pk=old.invitation.pk).update(expires=datetime.now(UTC) - timedelta(seconds=1))
    for secret, words in ((taken_back.secret, "återtagen"), (old.secret, "gått ut"), ("påhittad", "inte en av våra")):
        with pytest.raises(SpentError, match=words):
            accept(secret, "Ny Person", GOOD)


def test_a_new_invitation_to_the_same_address_replaces_the_first(admin):
    from vagvisare.web.accounts import links

    first, second = invited(admin), invited(admin, email="NY.person@exempel.se")
    assert links.found(second.secret)
    with pytest.raises(links.SpentError, match="återtagen"):
        links.found(first.secret)


def test_a_weak_password_spends_nothing(admin):
    from vagvisare.web.accounts.entering import accept

    link = invited(admin)
    for weak in ("kort", "passwordpassword1"[:8], "ny.person@exempel.se"):
        with pytest.raises(ValidationError):
            accept(link.secret, "Ny Person", weak)
    assert accept(link.secret, "Ny Person", GOOD).pk


def test_somebody_who_is_here_already_is_not_invited_again(admin, person):
    known = person("reader")
    with pytest.raises(UserError, match="redan någon"):
        invited(admin, email=known.email.upper())


@pytest.mark.parametrize("roles", [[], [("chef", "")], [("analyst", "omrade/klimat")]])
def test_roles_that_are_none_are_refused(admin, roles):
    with pytest.raises(UserError):
        invited(admin, roles=roles)
    assert not events()


def test_roles_are_given_and_taken(admin, person):
    from vagvisare.web.access.rules import may
    from vagvisare.web.accounts import actions, queries

    known = person("reader")
    actions.give_role(admin, known, "writer", "omrade/klimat")
    actions.give_role(admin, known, "writer", "omrade/klimat")  # again changes nothing
    assert len(events()) == 1
    assert may(queries.person(known.pk), "draft.write", "omrade/klimat vision")
    assert not may(queries.person(known.pk), "draft.write", "omrade/halsa vision")
    actions.take_role(admin, known, "writer", "omrade/klimat")
    assert not may(queries.person(known.pk), "draft.write")
    assert json.loads(events()[-1].before)["roles"] != json.loads(events()[-1].after)["roles"]


def test_a_scoped_role_without_a_scope_holds_everywhere(person):
    from vagvisare.web.access.rules import may

    assert may(person("writer"), "draft.write", "omrade/klimat vision")


def test_the_last_administrator_stays(admin, person):
    from vagvisare.web.accounts import actions

    for act in (lambda: actions.suspend(admin, admin), lambda: actions.take_role(admin, admin, "administrator")):
        with pytest.raises(UserError, match="enda administratören"):
            act()
    second = person("administrator")
    actions.suspend(admin, second)
    with pytest.raises(UserError, match="enda administratören"):
        actions.suspend(admin, admin)  # one who is suspended does not count
    actions.reinstate(admin, second)
    actions.suspend(second, admin)
    assert not admin.is_active


def test_suspension_ends_sessions_and_links_at_once(admin, person, signed_in):
    from vagvisare.web.accounts import actions, links

    known = person("writer")
    client = signed_in(known)
    assert client.get("/arbete/").status_code == 200
    link = actions.link_for_password(admin, known)
    actions.suspend(admin, known, "byter arbete")
    assert client.get("/arbete/").status_code == 302
    with pytest.raises(links.SpentError):
        links.found(link.secret)
    with pytest.raises(UserError, match="avstängd"):
        actions.link_for_password(admin, known)
    actions.reinstate(admin, known)
    assert client.get("/arbete/").status_code == 200


def test_a_new_password_ends_the_persons_sessions(admin, person, signed_in):
    from vagvisare.web.accounts import actions
    from vagvisare.web.accounts.entering import accept

    known = person("writer")
    client = signed_in(known)
    first = actions.link_for_password(admin, known)
    link = actions.link_for_password(admin, known)
    with pytest.raises(UserError):
        accept(first.secret, "", GOOD)  # only the newest link holds
    changed = accept(link.secret, "", GOOD)
    assert changed.pk == known.pk
    assert changed.check_password(GOOD)
    assert changed.name == known.name
    assert client.get("/arbete/").status_code == 302


def test_a_lost_second_factor_is_taken_away(admin, person):
    from allauth.mfa.models import Authenticator

    from vagvisare.web.accounts import actions

    known = person("writer")
    Authenticator.objects.create(user=known, type="totp", data={"secret": "x"})
    actions.remove_second_factor(admin, known, "tappade telefonen")
    assert not Authenticator.objects.filter(user=known).exists()
    assert events()[-1].reason == "tappade telefonen"


def test_only_an_administrator_manages_people(person):
    from vagvisare.web.accounts import actions

    for role in ("strategist", "writer", "reader", "partner"):
        with pytest.raises(RefusedError):
            actions.suspend(person(role), person("reader"))
    assert not events()


def test_asking_for_nobody_is_a_sentence():
    from vagvisare.web.accounts import queries

    for ask in (lambda: queries.person(9), lambda: queries.invitation(9), lambda: queries.by_address("x@exempel.se")):
        with pytest.raises(UnknownError):
            ask()
