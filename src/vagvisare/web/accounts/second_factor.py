"""Where the region asks for it, an administrator or a strategist goes no further without a second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from vagvisare.terms.language import Text
from vagvisare.web.access.rules import Role, roles_of
from vagvisare.web.accounts.models import Person
from vagvisare.web.frame.doorway import WORKSPACE

REQUIRED_OF = frozenset({Role.ADMINISTRATOR, Role.STRATEGIST})
"""Roles that can change who is let in, or what is published."""

_WAY_THERE = (
    "mfa_", "account_logout", "account_reauthenticate", "account_set_password", "account_login", "account_inactive",
    "language", "asset", "invitation",
)  # fmt: skip
_WAITING = Text(
    "Din roll kräver en andra faktor. Lägg till en app eller en nyckel för att fortsätta.",
    "Your role requires a second factor. Add an app or a key to go on.",
)


def lacking(person: Person) -> bool:
    """Tell whether a person must add a second factor before anything else."""
    if not getattr(settings, "SECOND_FACTOR_REQUIRED", False) or not roles_of(person) & REQUIRED_OF:
        return False
    return not is_mfa_enabled(person, ["totp", "webauthn"])


class SecondFactorFirst:
    """Stands inside the doorway: every page leads to setting up until it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as always; the asking is done when the view is known."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_told: object) -> HttpResponse | None:
        """Lead a person who lacks a second factor to where it is added."""
        if not (request.path_info + "/").startswith(WORKSPACE) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        if name.startswith(_WAY_THERE) or not lacking(request.user):
            return None
        messages.warning(request, _WAITING.to(request.language))  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("mfa_index"))
