"""What the sign-in library says to people, in our words and the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from vagvisare.terms.language import Language, Text


def language() -> Language:
    """Return the language this request is answered in."""
    return Language.EN if (get_language() or "").startswith("en") else Language.SV


def spoken(sv: str, en: str) -> Any:
    """Return a text that chooses its language when it is shown, as the library's own texts do."""
    text = Text(sv, en)
    return lazy(lambda: text.to(language()), str)()


_MISMATCH = spoken(
    "Adressen och lösenordet hör inte ihop. Kontrollera båda och försök igen.",
    "The address and the password do not go together. Check both and try again.",
)
_TOO_MANY = spoken(
    "För många misslyckade försök. Vänta fem minuter och försök igen, eller be en administratör om en engångslänk.",
    "Too many failed attempts. Wait five minutes and try again, or ask an administrator for a one-time link.",
)
_WRONG_CODE = spoken(
    "Koden stämmer inte. Skriv den som appen visar nu, eller använd en reservkod.",
    "The code is not right. Write the one your app shows now, or use a recovery code.",
)
_CLOSED = spoken("Kontot är avstängt. Fråga en administratör.", "The account is suspended. Ask an administrator.")

ACCOUNT_ERRORS = {
    "account_inactive": _CLOSED,
    "email_password_mismatch": _MISMATCH,
    "username_password_mismatch": _MISMATCH,
    "invalid_login": _MISMATCH,
    "too_many_login_attempts": _TOO_MANY,
    "rate_limited": _TOO_MANY,
    "incorrect_code": _WRONG_CODE,
    "incorrect_password": spoken("Lösenordet stämmer inte.", "The password is not right."),
    "enter_current_password": spoken("Det nuvarande lösenordet stämmer inte.", "The current password is not right."),
    "same_as_current": spoken("Välj ett annat än det du har.", "Choose another one than you have."),
}
"""By the library's name for the error."""

SECOND_FACTOR_ERRORS = {
    "incorrect_code": _WRONG_CODE,
    "cannot_delete_authenticator": spoken(
        "Din roll kräver en andra faktor. Lägg till en annan innan du tar bort den här.",
        "Your role requires a second factor. Add another before you remove this one.",
    ),
    "cannot_generate_recovery_codes": spoken(
        "Reservkoder hör till en andra faktor. Lägg först till en app eller en nyckel.",
        "Recovery codes belong to a second factor. Add an app or a key first.",
    ),
    "unverified_email": _CLOSED,
    "add_email_blocked": _CLOSED,
}

NEWS = {
    "account/messages/logged_out.txt": Text("Du är utloggad.", "You are signed out."),
    "account/messages/password_changed.txt": Text("Lösenordet är bytt.", "The password is changed."),
    "account/messages/password_set.txt": Text("Lösenordet är valt.", "The password is chosen."),
    "mfa/messages/recovery_codes_generated.txt": Text(
        "Reservkoder är gjorda. Tidigare reservkoder gäller inte längre.",
        "Recovery codes are made. Earlier recovery codes no longer hold.",
    ),
    "mfa/messages/totp_activated.txt": Text("Appen är kopplad till ditt konto.", "The app is tied to your account."),
    "mfa/messages/totp_deactivated.txt": Text("Appen är bortkopplad.", "The app is no longer tied to your account."),
    "mfa/messages/webauthn_added.txt": Text("Nyckeln är tillagd.", "The key is added."),
    "mfa/messages/webauthn_removed.txt": Text("Nyckeln är borttagen.", "The key is removed."),
    "usersessions/messages/sessions_logged_out.txt": Text(
        "De andra inloggningarna är avslutade.", "The other sessions are ended."
    ),
}
"""What is told when something was done, by the library's name for it; what is not here is not told."""
