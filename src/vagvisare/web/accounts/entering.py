"""What somebody does before they are anybody here: accept an invitation, or choose a new password by link.

These check no role, for there is none yet: whoever holds the link, or the region's own word for who they are, may.
"""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.accounts import links
from vagvisare.web.accounts.actions import named
from vagvisare.web.accounts.models import Grant, Invitation, Person
from vagvisare.web.audit import trail


@transaction.atomic
def accept(secret: str, name: str, password: str, language: str = "sv") -> Person:
    """Use a one-time link: make the person with their name and password, or give a person who is here a new password.

    Raises:
        SpentError: when the link has been used, withdrawn or expired.
        ValidationError: when the password is too weak.
        UserError: when there is no name.
    """
    invitation = links.found(secret)
    if invitation.person is not None:
        return _new_password(invitation, password)
    called = named(name)
    validate_password(password, Person(email=invitation.email, name=called))
    return _joined(invitation, called, password, language)


@transaction.atomic
def accept_from_outside(invitation: Invitation, name: str) -> Person:
    """Make an invited person whom the region's identity provider vouches for; they have no password here.

    Raises:
        SpentError: when the invitation has just been used.
    """
    try:
        called = named(name)
    except UserError:
        called = invitation.name
    return _joined(invitation, called, None, "sv")


def _joined(invitation: Invitation, name: str, password: str | None, language: str) -> Person:
    links.spend(invitation)
    if Person.objects.filter(email__iexact=invitation.email).exists():
        raise links.SpentError(Text("Du är redan med.", "You have already joined."))
    person = Person.objects.create_user(
        invitation.email,
        password,
        name=name,
        organisation=invitation.organisation,
        language="en" if language == "en" else "sv",
    )
    Grant.objects.bulk_create(Grant(person=person, role=role, scope=scope) for role, scope in invitation.roles)
    invitation.person = person
    invitation.save(update_fields=["person"])
    trail.record(
        person.key, "self.change", "person", str(person.pk), title=person.name, after={"roles": invitation.roles}
    )
    return person


def _new_password(invitation: Invitation, password: str) -> Person:
    person = invitation.person
    if person is None:  # the caller has looked
        raise ValidationError([])
    validate_password(password, person)
    links.spend(invitation)
    person.set_password(password)  # and with it every session of theirs ends
    person.save(update_fields=["password"])
    trail.record(person.key, "self.change", "person", str(person.pk), title=person.name, after={"password": "new"})
    return person
