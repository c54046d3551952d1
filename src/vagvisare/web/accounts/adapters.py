"""How the sign-in library behaves here: nobody signs up, its words are ours, and secrets are kept encrypted."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vagvisare.web.accounts import own_trail
from vagvisare.web.accounts.models import Person
from vagvisare.web.accounts.words import ACCOUNT_ERRORS, NEWS, SECOND_FACTOR_ERRORS, language, spoken


class Account(DefaultAccountAdapter):
    """Signing in with an address and a password."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultAccountAdapter.error_messages, **ACCOUNT_ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes their own account: people are invited."""
        del request
        return False

    def ajax_response(self, request: HttpRequest, response: HttpResponse, **more: Any) -> HttpResponse:
        """Answer a script with the page everybody gets: the forms are ours and cannot be told in the library's JSON."""
        del request, more
        return response

    def add_message(  # noqa: D102  described in the library
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        del message_context
        known = NEWS.get(message_template or "")
        words = known.to(language()) if known else message
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell the trail, where the address is somebody's."""
        person = Person.objects.filter(email__iexact=credentials.get("email", "")).first()
        if person is not None:
            counted = self._get_login_attempts_cache_key(request, **credentials)
            own_trail.refused(request, person, own_trail.WRONG_PASSWORD, counted=counted)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Tell the trail of somebody suspended who could prove who they are."""
        own_trail.refused(request, user, own_trail.SUSPENDED)
        return super().respond_user_inactive(request, user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to one's own page."""
        del request
        return reverse("profile")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Go to where one signs in."""
        del request
        return str(settings.LOGIN_URL)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: the workspace has no mail; links are handed over by people."""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to prove again who one is, in our words."""
        words = {
            "reauthenticate": spoken("Använd lösenordet", "Use the password"),
            "mfa_reauthenticate": spoken("Använd en kod från appen", "Use a code from the app"),
            "mfa_reauthenticate:webauthn": spoken("Använd en nyckel", "Use a key"),
        }
        found = super().get_reauthentication_methods(user)
        return [{**method, "description": str(words.get(method["id"], method["description"]))} for method in found]


class SecondFactor(DefaultMFAAdapter):
    """Apps, keys and recovery codes. Their secrets are encrypted with the key that lies beside the records."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultMFAAdapter.error_messages, **SECOND_FACTOR_ERRORS}

    def encrypt(self, text: str) -> str:
        """Return the secret as it is kept."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret again; where the key has been lost, a random one that no code will ever match."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as a drawing without styles of its own, dark on light in either scheme."""
        from qrcode.main import QRCode  # noqa: PLC0415  only this page draws one

        code = QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        side = len(rows)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" class="qr" aria-hidden="true">'
            f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
        )

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002  the library's name
        """Return a name for a new key, such as ”Nyckel 2”."""
        from allauth.mfa.models import Authenticator  # noqa: PLC0415  models are ready only later

        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return str(spoken(f"Nyckel {count + 1}", f"Key {count + 1}"))


class Sessions(DefaultUserSessionsAdapter):
    """Where people are signed in."""

    def end_sessions(self, sessions: Any) -> None:
        """End them, and tell the trail how many."""
        super().end_sessions(sessions)
        own_trail.ended(context.request.user, len(sessions))


def _cipher() -> Fernet:
    key = hashlib.sha256(b"vagvisare second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
