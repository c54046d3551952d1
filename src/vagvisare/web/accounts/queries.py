"""What is asked about people, each in a fixed number of questions to the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Q, QuerySet

from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Text
from vagvisare.web.accounts import links, own_trail
from vagvisare.web.accounts.models import Invitation, Person
from vagvisare.web.audit.models import Event


@dataclass(frozen=True, slots=True)
class Sought:
    """What the list of people is narrowed by; empty is not narrowed."""

    words: str = ""
    role: str = ""
    state: str = ""
    """"suspended" or "active"."""

    def __bool__(self) -> bool:
        """Tell whether anything is asked for."""
        return bool(self.words or self.role or self.state)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One time somebody came in, or was turned away, and by what, in words."""

    at: datetime
    words: Text


def people(sought: Sought) -> QuerySet[Person]:
    """Return people in order of name, with their roles and whether they have a second factor."""
    found = Person.objects.prefetch_related("grants").annotate(
        second_factor=Exists(Authenticator.objects.filter(user_id=OuterRef("pk")))
    )
    if sought.words:
        found = found.filter(Q(name__icontains=sought.words) | Q(organisation__icontains=sought.words))
    if sought.role:
        found = found.filter(Exists(Person.objects.filter(pk=OuterRef("pk"), grants__role=sought.role)))
    if sought.state:
        found = found.filter(is_active=sought.state != "suspended")
    return found


def person(number: int) -> Person:
    """Return one person.

    Raises:
        UnknownError: when there is none.
    """
    found = people(Sought()).filter(pk=number).first()
    if found is None:
        raise UnknownError(Text("Den personen finns inte.", "There is no such person."))
    return found


def by_address(email: str) -> Person:
    """Return the person with an address, whatever its case.

    Raises:
        UnknownError: when there is none.
    """
    found = Person.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        raise UnknownError(
            Text(f"Ingen har adressen {email}.", f"Nobody has the address {email}."),
            remedy=Text("”vagvisare user list” visar alla.", "“vagvisare user list” shows everybody."),
        )
    return found


def open_invitations() -> QuerySet[Invitation]:
    """Return invitations that wait for an answer; links for a new password are not among them."""
    return links.open_links().filter(person=None)


def invitation(number: int) -> Invitation:
    """Return one invitation.

    Raises:
        UnknownError: when there is none.
    """
    found = Invitation.objects.filter(pk=number).first()
    if found is None:
        raise UnknownError(Text("Den inbjudan finns inte.", "There is no such invitation."))
    return found


def session_count(of: Person) -> int:
    """Return in how many places a person is signed in."""
    return UserSession.objects.filter(user_id=of.pk).count()


def sign_ins(of: Person, most: int = 8) -> tuple[SignIn, ...]:
    """Return the last times somebody came in as a person or was turned away, newest first."""
    told = Event.objects.filter(kind="person", key=str(of.pk), verb=own_trail.SIGN_IN).order_by("-number")[:most]
    return tuple(SignIn(event.at, own_trail.shown(json.loads(event.after))) for event in told)
