"""What is done with people: invite, give and take roles, suspend, let choose a new password."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Language, Text
from vagvisare.web.access.rules import ROLE_NAMES, SCOPED, Role
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts import links, scopes
from vagvisare.web.accounts.models import Grant, Invitation, Person
from vagvisare.web.audit import trail

Roles = Sequence[tuple[str, str]]
"""Pairs of role and scope."""

NOTHING = Text("Ingenting har ändrats.", "Nothing was changed.")


@verb("people.manage")
def invite(by: Person, email: str, name: str, roles: Roles, organisation: str = "") -> links.Link:
    """Invite somebody: returns the link to hand over, which is shown this once.

    Raises:
        UserError: when the person is here already, no role is given, it is given for what there is not, or the name
            is an address.
    """
    return invited(by.key, email, name, roles, organisation)


@transaction.atomic
def invited(who: str, email: str, name: str, roles: Roles, organisation: str = "") -> links.Link:
    """Invite as ``invite`` does, for whoever stands at the machine itself; the caller has checked who that is."""
    address, called = email.strip().lower(), named(name)
    given = sorted({given_for(role, scope) for role, scope in roles})
    if not given:
        raise UserError(
            Text("Ingen roll är vald.", "No role is chosen."),
            meaning=Text("Inbjudan är inte gjord.", "The invitation was not made."),
            remedy=Text("Välj minst en roll.", "Choose at least one role."),
        )
    if Person.objects.filter(email__iexact=address).exists():
        raise UserError(
            Text("Det finns redan någon med den adressen.", "There is already somebody with that address."),
            meaning=Text("Inbjudan är inte gjord.", "The invitation was not made."),
            remedy=Text("Ge personen en roll, eller en engångslänk, på personens sida.",
                        "Give the person a role, or a one-time link, on the person's page."),
        )  # fmt: skip
    for earlier in links.open_links().filter(email=address, person=None):
        _withdraw(who, earlier, "ersatt av en ny inbjudan")
    link = links.draw(
        Invitation(email=address, name=called, organisation=organisation.strip(), roles=given, invited_by=who)
    )
    _told(who, "invitation", link.invitation.pk, called, after={"roles": given, "organisation": organisation.strip()})
    return link


@verb("people.manage")
def withdraw(by: Person, invitation: Invitation) -> None:
    """Take back a link that has not been used."""
    _withdraw(by.key, invitation)


def _withdraw(who: str, invitation: Invitation, reason: str = "") -> None:
    changed = Invitation.objects.filter(pk=invitation.pk, used=None, withdrawn=None).update(withdrawn=datetime.now(UTC))
    if changed:
        _told(who, "invitation", invitation.pk, invitation.name, before={"open": True}, after={"open": False},
              reason=reason)  # fmt: skip


@verb("people.manage")
def give_role(by: Person, person: Person, role: str, scope: str = "") -> None:
    """Give a person a role, for everything or for something."""
    kind, within = given_for(role, scope)
    before = _grants(person)
    _, made = Grant.objects.get_or_create(person=person, role=kind, scope=within)
    if made:
        _told(by.key, "person", person.pk, person.name, before={"roles": before}, after={"roles": _grants(person)})


@verb("people.manage")
def take_role(by: Person, person: Person, role: str, scope: str = "") -> None:
    """Take a role from a person.

    Raises:
        UserError: when it would leave nobody who can administer.
    """
    if role == Role.ADMINISTRATOR:
        _keep_an_administrator(person)
    before = _grants(person)
    if Grant.objects.filter(person=person, role=role, scope=scope).delete()[0]:
        _told(by.key, "person", person.pk, person.name, before={"roles": before}, after={"roles": _grants(person)})


@verb("people.manage")
def suspend(by: Person, person: Person, reason: str = "") -> None:
    """Shut a person out at once, from every session, until they are let in again.

    Raises:
        UserError: when it would leave nobody who can administer.
    """
    suspended(by.key, person, reason)


@transaction.atomic
def suspended(who: str, person: Person, reason: str = "") -> None:
    """Suspend as ``suspend`` does, for whoever stands at the machine itself."""
    _keep_an_administrator(person)
    _set_active(who, person, False, reason)
    for link in links.open_links().filter(person=person):
        _withdraw(who, link, "kontot stängdes av")


@verb("people.manage")
def reinstate(by: Person, person: Person) -> None:
    """Let a suspended person in again."""
    _set_active(by.key, person, True)


def _set_active(who: str, person: Person, active: bool, reason: str = "") -> None:
    if Person.objects.filter(pk=person.pk, is_active=not active).update(is_active=active):
        _told(who, "person", person.pk, person.name, before={"active": not active}, after={"active": active},
              reason=reason)  # fmt: skip
    person.is_active = active


@verb("people.manage")
def link_for_password(by: Person, person: Person) -> links.Link:
    """Make a one-time link with which a person chooses a new password; earlier ones stop working."""
    return linked_for_password(by.key, person)


@transaction.atomic
def linked_for_password(who: str, person: Person) -> links.Link:
    """Make a link as ``link_for_password`` does, for whoever stands at the machine itself."""
    if not person.is_active:
        raise UserError(
            Text(f"{person.name} är avstängd.", f"{person.name} is suspended."),
            meaning=Text("Ingen länk är gjord.", "No link was made."),
            remedy=Text("Släpp in personen igen först.", "Let the person in again first."),
        )
    for earlier in links.open_links().filter(person=person):
        _withdraw(who, earlier, "ersatt av en ny länk")
    link = links.draw(Invitation(email=person.email, name=person.name, person=person, invited_by=who))
    _told(who, "person", person.pk, person.name, after={"link": "new password"})
    return link


@verb("people.manage")
def remove_second_factor(by: Person, person: Person, reason: str = "") -> None:
    """Take away a person's app, keys and recovery codes, when they have lost them."""
    unlocked(by.key, person, reason)


@transaction.atomic
def unlocked(who: str, person: Person, reason: str = "") -> None:
    """Take away the second factor as ``remove_second_factor`` does, for whoever stands at the machine itself."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415  models are ready only later

    kinds = sorted(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    if kinds:
        Authenticator.objects.filter(user_id=person.pk).delete()
        _told(who, "person", person.pk, person.name, before={"second factor": kinds}, after={"second factor": []},
              reason=reason)  # fmt: skip


@verb("self.change")
def change_own(by: Person, name: str, language: str) -> None:
    """Change what one is called and which language one reads."""
    before, called = {"name": by.name, "language": by.language}, named(name)
    spoken = Language.EN if language == Language.EN else Language.SV
    after = {"name": called, "language": spoken.value}
    if after == before:
        return
    who = by.key
    by.name, by.language = called, spoken.value
    by.save(update_fields=["name", "language"])
    _told(who, "person", by.pk, called, before=before, after=after, need="self.change")


def named(name: str) -> str:
    """Return a name as it is kept.

    Raises:
        UserError: for none, or for an address: names stand in the trail, addresses must not.
    """
    called = " ".join(name.split())
    if called and "@" not in called and len(called) <= 200:
        return called
    wrong = UserError(
        Text("Namnet saknas eller är en adress.", "The name is missing or is an address."),
        meaning=NOTHING,
        remedy=Text("Skriv personens namn som det ska visas.", "Write the person's name as it is to be shown."),
    )
    wrong.field = "name"
    raise wrong


def role_of(role: str, scope: str) -> tuple[str, str]:
    """Return a role and its scope as they are kept.

    Raises:
        UserError: for a role nobody has heard of, or a scope on a role that takes none.
    """
    try:
        kind = Role(role)
    except ValueError:
        known = ", ".join(Role)
        raise UserError(
            Text(f"Det finns ingen roll som heter ”{role}”.", f"There is no role called “{role}”."),
            meaning=NOTHING,
            remedy=Text(f"Välj bland: {known}.", f"Choose among: {known}."),
        ) from None
    within = scope.strip()
    if within and kind not in SCOPED:
        name = ROLE_NAMES[kind]
        raise UserError(
            Text(f"Rollen {name.sv} ges inte för något särskilt.", f"The role {name.en} is not given for anything."),
            meaning=NOTHING,
            remedy=Text("Lämna fältet tomt.", "Leave the field empty."),
        )
    return kind.value, within


def given_for(role: str, scope: str) -> tuple[str, str]:
    """Return a role and the key of what it is to be given for.

    Raises:
        UserError: for a role nobody has heard of, or something that it cannot be given for.
    """
    kind, within = role_of(role, scope)
    return kind, scopes.meant(Role(kind), within)


def _keep_an_administrator(person: Person) -> None:
    # The rows are held until we are done, so that two administrators cannot shut each other out at the same moment.
    others = [
        known.pk
        for known in Person.objects.select_for_update().filter(is_active=True, grants__role=Role.ADMINISTRATOR)
        if known.pk != person.pk
    ]
    if not others and person.is_active and person.grants.filter(role=Role.ADMINISTRATOR).exists():
        raise UserError(
            Text(f"{person.name} är den enda administratören.", f"{person.name} is the only administrator."),
            meaning=Text("Då skulle ingen kunna bjuda in eller släppa in någon.",
                         "Then nobody could invite or let in anybody."),
            remedy=Text("Ge rollen till någon annan först.", "Give the role to somebody else first."),
        )  # fmt: skip


def _grants(person: Person) -> list[list[str]]:
    return [list(pair) for pair in Grant.objects.filter(person=person).order_by("role", "scope").values_list("role", "scope")]  # fmt: skip  # noqa: E501


def _told(who: str, kind: str, key: int, title: str, *, before: Any = None, after: Any = None, reason: str = "",
          need: str = "people.manage") -> None:  # fmt: skip
    trail.record(who, need, kind, str(key), title=title, before=before, after=after, reason=reason)
