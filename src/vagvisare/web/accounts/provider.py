"""The region's own identity provider: it says who somebody is, we say who is let in."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vagvisare.terms.language import Text
from vagvisare.web.accounts import links, own_trail
from vagvisare.web.accounts.entering import accept_from_outside
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit import trail
from vagvisare.web.frame.drawing import page

NAME = "region"
"""What the provider is called in addresses; there is one."""

UNVERIFIED = Text(
    "Identitetstjänsten har inte bekräftat din e-postadress.",
    "The identity service has not confirmed your e-mail address.",
)
UNKNOWN = Text("Du är inte inbjuden till arbetsytan.", "You have not been invited to the workspace.")
FAILED = Text("Inloggningen blev inte klar.", "The sign-in was not completed.")
SILENT = Text("Identitetstjänsten svarar inte.", "The identity service does not answer.")
SUSPENDED = Text("Ditt konto är avstängt.", "Your account is suspended.")


class Provider(DefaultSocialAccountAdapter):
    """Nobody is made from outside unless invited; found by a confirmed address once, and by subject from then on."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody makes their own account: people are invited."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the person the provider vouches for, or refuse with a page.

        Raises:
            ImmediateHttpResponse: the refusal.
        """
        if sociallogin.state.get("process") not in {None, "login"}:
            raise ImmediateHttpResponse(refusal(request, FAILED))
        if sociallogin.is_existing:
            sociallogin.account.extra_data = {}
            sociallogin.account.save(update_fields=["extra_data"])
            _refuse_suspended(request, sociallogin.user)
            return
        addresses = {address.email.strip().lower() for address in sociallogin.email_addresses if _confirmed(address)}
        if not addresses:
            raise ImmediateHttpResponse(refusal(request, UNVERIFIED))
        known = Person.objects.filter(email__in=addresses).order_by("pk").first()
        if known is not None:
            _refuse_suspended(request, known)
        with transaction.atomic():
            person = known or _invited(addresses, _name(sociallogin.account))
            if person is None:
                raise ImmediateHttpResponse(refusal(request, UNKNOWN))
            sociallogin.account.extra_data = {}  # who it is stands in our own records; more is not kept
            sociallogin.connect(request, person)
            trail.record(
                person.key, "self.change", "person", str(person.pk), title=person.name,
                after={"identity provider": "connected"},
            )  # fmt: skip

    def on_authentication_error(self, request: HttpRequest, *told: Any, **more: Any) -> None:
        """Say that it failed, whatever the reason; the reason stands with the provider.

        Raises:
            ImmediateHttpResponse: the refusal.
        """
        del told, more
        raise ImmediateHttpResponse(refusal(request, FAILED))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Go back to one's own page."""
        del request, socialaccount
        return reverse("profile")

    def send_notification_mail(self, *told: Any, **more: Any) -> None:
        """Send nothing: the workspace has no mail."""


ASK = Text(
    "Be en administratör att bjuda in dig med den adress som din organisation känner dig under.",
    "Ask an administrator to invite you with the address your organisation knows you by.",
)
AGAIN = Text(
    "Försök igen. Hjälper det inte, logga in med lösenord eller fråga en administratör.",
    "Try again. If that does not help, sign in with a password or ask an administrator.",
)


def refusal(request: HttpRequest, what: Text) -> HttpResponse:
    """Return the page for somebody who came from the provider, or did not reach it, and is not let in."""
    told = {"what": what, "meaning": Text("Du är inte inloggad.", "You are not signed in."),
            "remedy": AGAIN if what in {FAILED, SILENT} else ASK}  # fmt: skip
    return page(request, "accounts/refused.html", told, status=502 if what is SILENT else 403)


def _refuse_suspended(request: HttpRequest, person: Person) -> None:
    if not person.is_active:
        own_trail.refused(request, person, own_trail.SUSPENDED)
        raise ImmediateHttpResponse(refusal(request, SUSPENDED))


def _name(account: Any) -> str:
    told: dict[str, Any] = account.get_provider_account().get_user_data() or {}
    return str(told.get("name") or "")


def _confirmed(address: Any) -> bool:
    # Some providers write the claim as a text, and the text "false" would pass for true.
    return address.verified is True or str(address.verified).lower() == "true"


def _invited(addresses: set[str], name: str) -> Person | None:
    invitation = links.open_links().filter(email__in=addresses, person=None).first()
    return None if invitation is None else accept_from_outside(invitation, name)
