"""One-time links: drawn here, shown once, kept only as a digest."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.accounts.models import Invitation

LASTS = timedelta(days=14)
FIELD = "nyckel"
"""What the link's secret is called in its address; after the question mark, so that it stands in no log."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link that has just been made: the only time its secret is known."""

    invitation: Invitation
    secret: str

    @property
    def path(self) -> str:
        """The address on this site."""
        return f"{reverse('invitation')}?{FIELD}={self.secret}"


class SpentError(UserError):
    """A one-time link that opens nothing (any more)."""

    def __init__(self, what: Text) -> None:
        super().__init__(
            what,
            meaning=Text("Den kan inte användas.", "It cannot be used."),
            remedy=Text("Be en administratör om en ny.", "Ask an administrator for a new one."),
        )


def draw(invitation: Invitation) -> Link:
    """Give an invitation a secret and a last day, and save it."""
    secret = secrets.token_urlsafe(32)
    invitation.digest = digest_of(secret)
    invitation.expires = datetime.now(UTC) + LASTS
    invitation.save()
    return Link(invitation, secret)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_links() -> QuerySet[Invitation]:
    """Return the links that can still be used."""
    return Invitation.objects.filter(_usable())


def _usable() -> Q:
    return Q(used=None, withdrawn=None, expires__gt=datetime.now(UTC))


def found(secret: str) -> Invitation:
    """Return the open invitation a secret belongs to.

    Raises:
        SpentError: when there is none, or it has been used, withdrawn, or lain too long.
    """
    invitation = Invitation.objects.select_related("person").filter(digest=digest_of(secret)).first()
    if invitation is None:
        raise SpentError(Text("Länken är inte en av våra.", "The link is not one of ours."))
    if invitation.used:
        raise SpentError(Text("Länken är redan använd.", "The link has already been used."))
    if invitation.withdrawn:
        raise SpentError(Text("Länken är återtagen.", "The link has been withdrawn."))
    if invitation.expires <= datetime.now(UTC):
        raise SpentError(Text("Länken har gått ut.", "The link has expired."))
    if invitation.person is not None and not invitation.person.is_active:
        raise SpentError(Text("Kontot är avstängt.", "The account is suspended."))
    return invitation


def spend(invitation: Invitation) -> None:
    """Mark a link as used, once: of two who use it at the same moment, one is refused.

    Raises:
        SpentError: when somebody else was first.
    """
    now = datetime.now(UTC)
    if not Invitation.objects.filter(_usable(), pk=invitation.pk).update(used=now):
        raise SpentError(Text("Länken är redan använd.", "The link has already been used."))
    invitation.used = now
