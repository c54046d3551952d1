"""What people do with their own accounts, told in the trail: coming in, being turned away, changing what proves them.

The sign-in library does all this, and tells of it by its signals and its adapters. It has been done when it is told:
where the trail cannot be written just then, the person goes on, and the server's log says that an event is missing.
A trail that fell behind must not be what keeps the one who can mend it outside.

No address, network address or secret is written. Of attempts that fail, the first in an hour is told and the one that
shut the door: whoever guesses a thousand times must not fill the trail as well.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa import signals as mfa
from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.http import HttpRequest

from vagvisare.terms.language import Text
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit import trail

SIGN_IN = "self.sign_in"
UNKNOWN = "unknown"
"""Who did it, in the trail, where nobody has proved who they are."""
WRONG_PASSWORD, WRONG_CODE, SUSPENDED, TOO_MANY = "password", "code", "suspended", "too-many"
REFUSED = {
    WRONG_PASSWORD: Text("avvisat, lösenordet stämde inte", "refused, the password was not right"),
    WRONG_CODE: Text("avvisat, koden stämde inte", "refused, the code was not right"),
    SUSPENDED: Text("avvisat, kontot är avstängt", "refused, the account is suspended"),
    TOO_MANY: Text("avvisat, för många försök, stängt en stund", "refused, too many attempts, closed for a while"),
}
"""Why somebody was turned away, by what the trail calls it."""
WAYS = {
    "password": Text("lösenord", "password"),
    "totp": Text("kod från appen", "code from the app"),
    "webauthn": Text("nyckel", "key"),
    "recovery_codes": Text("reservkod", "recovery code"),
}
"""What people prove themselves with, by the library's name; the identity provider stands under its own."""
SILENCE = 3600
"""Seconds until an attempt of the same kind that fails is told again."""

_log = logging.getLogger(__name__)


def listen() -> None:
    """Hear of everything the library tells of; called once, when models are ready."""
    account.user_logged_in.connect(_came_in)
    account.password_changed.connect(_new_password)
    account.password_set.connect(_new_password)
    mfa.authenticator_added.connect(_added)
    mfa.authenticator_removed.connect(_removed)
    mfa.authenticator_reset.connect(_reset)
    mfa.authentication_failed.connect(_wrong_code)


def refused(request: HttpRequest, person: Person, why: str, *, counted: str = "") -> None:
    """Tell that somebody was not let in as ``person``.

    Args:
        request: their request.
        person: as whom they came; told as who did it only where they have proved that.
        why: a key of ``REFUSED``.
        counted: under which key the library counts such attempts; empty where it does not.
    """
    proved = why == SUSPENDED or request.user == person
    who = person.key if proved else UNKNOWN
    _turned_away(who, person, why)
    if counted and _is_shut(request, counted):
        _turned_away(who, person, TOO_MANY)


def ended(person: Person, count: int) -> None:
    """Tell that a person ended their sessions elsewhere."""
    if count:
        _tell(person, "self.change", after={"sessions ended": count})


def _came_in(request: HttpRequest, user: Person, sociallogin: Any = None, **_told: Any) -> None:
    ways = [] if sociallogin is None else [sociallogin.account.get_provider(request).app.name]
    ways += [_way(each) for each in get_authentication_records(request, user) if each["method"] != "socialaccount"]
    _tell(user, SIGN_IN, after={"with": list(dict.fromkeys(ways))})


def _way(told: dict[str, Any]) -> str:
    return str(told["type"] if told["method"] == "mfa" else told["method"])


def _new_password(user: Person, **_told: Any) -> None:
    _tell(user, "self.change", after={"password": "new"})


def _added(user: Person, authenticator: Any, **_told: Any) -> None:
    _tell(user, "self.change", after={"second factor": [str(authenticator.type)]})


def _removed(user: Person, authenticator: Any, **_told: Any) -> None:
    _tell(user, "self.change", before={"second factor": [str(authenticator.type)]})


def _reset(user: Person, authenticator: Any, **_told: Any) -> None:
    _tell(user, "self.change", after={str(authenticator.type): "new"})


def _wrong_code(request: HttpRequest, user: Person, **_told: Any) -> None:
    refused(request or context.request, user, WRONG_CODE, counted=f"mfa-auth-user-{user.pk}")


def _is_shut(request: HttpRequest, counted: str) -> bool:
    """Tell whether the next attempt under a key is turned away untried; those of a network address are nobody's."""
    rates = [rate for rate in settings.ACCOUNT_RATE_LIMITS["login_failed"].split(",") if rate.endswith("/key")]
    free = ratelimit.consume(request, app="allauth.account", action="login_failed", key=counted, dry_run=True,
                             config={"login_failed": ",".join(rates)})  # fmt: skip
    return free is None


def _turned_away(who: str, person: Person, why: str) -> None:
    if cache.add(f"told-{why}-{person.pk}", True, SILENCE):
        _tell(person, SIGN_IN, who=who, after={"refused": why}, reason=REFUSED[why].sv)


def _tell(person: Person, verb: str, *, who: str = "", before: Any = None, after: Any = None, reason: str = "") -> None:
    try:
        trail.record(who or person.key, verb, "person", str(person.pk), title=person.name, before=before, after=after,
                     reason=reason)  # fmt: skip
    except Error as error:
        _log.error("The trail lacks %s of person %s: %s.", verb, person.pk, type(error).__name__)


def shown(after: dict[str, Any]) -> Text:
    """Return in words what an event of signing in tells."""
    if "refused" in after:
        return REFUSED.get(after["refused"], REFUSED[WRONG_PASSWORD])
    ways: Sequence[Text] = [WAYS.get(way, Text(way, way)) for way in after.get("with", ())]
    return Text(", ".join(way.sv for way in ways), ", ".join(way.en for way in ways))
