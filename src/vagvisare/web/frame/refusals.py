"""Pages of the workspace that say no, and what to do instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse

from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.terms.language import Language, Text
from vagvisare.web.access.rules import MATRIX
from vagvisare.web.access.verbs import OvertakenError, RefusedError
from vagvisare.web.frame.drawing import page

_SECRET = re.compile("csrf|password|again|losen|nyckel|code|kod|token", re.IGNORECASE)
_CARRIED = {"rader", "plan"}
"""Fields that a page writes in a form, and nobody else."""
UNKEEPABLE = (DataError, OverflowError, UnicodeEncodeError)
"""What the records say to a number or a text they have no room for, or to characters that no file can hold."""


class UnkeepableError(UserError):
    """Something was sent that the records cannot hold."""

    def __init__(self) -> None:
        super().__init__(
            Text("Något i det du skickade går inte att spara.", "Something in what you sent cannot be kept."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Korta texten, ta bort ovanliga tecken och försök igen.",
                        "Shorten the text, take out unusual characters and try again."),
        )  # fmt: skip


class NothingThereError(UnknownError):
    """There is nothing at an address, or nothing any longer: an old link was followed."""

    def __init__(self) -> None:
        super().__init__(
            Text("Det du söker finns inte här.", "What you look for is not here."),
            meaning=Text("Det kan ha tagits bort eller fått en annan adress.",
                         "It may have been removed or have another address."),
            remedy=Text("Leta i menyn ovan. Vad som har tagits bort, av vem och varför, står i spåret.",
                        "Look in the menu above. What has been removed, by whom and why stands in the trail."),
        )  # fmt: skip


def said(request: HttpRequest, error: UserError) -> HttpResponse:
    """Return an error of the user's as a page with the words they sent, or as JSON to a script that asked."""
    status = status_of(error)
    language: Language = getattr(request, "language", Language.SV)
    if asks_json(request):
        return JsonResponse({"error": error.message(language)}, status=status)
    return _refused(request, status, error.what, error.meaning, error.remedy, sent=_sent(request))


def status_of(error: UserError) -> int:
    """Return the number that says what kind of error of the user's it is."""
    known = {RefusedError: 403, OvertakenError: 409, UnknownError: 404}
    return next((code for kind, code in known.items() if isinstance(error, kind)), 400)


def forbidden(request: HttpRequest, need: str) -> HttpResponse:
    """Refuse somebody who is signed in but may not; an address of nothing, or of what states no need, is nobody's."""
    return said(request, RefusedError(need) if need in MATRIX else NothingThereError())


def asks_json(request: HttpRequest) -> bool:
    """Tell whether it is a script that asks."""
    return "application/json" in request.headers.get("Accept", "")


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer what somebody sends who is signed in no longer: what they wrote comes back to them, and nothing is lost.

    To sign in and be led to the address of a form would show a page that cannot be shown.
    """
    what = Text("Du är utloggad.", "You are signed out.")
    meaning = Text("Ingenting har sparats.", "Nothing was saved.")
    remedy = Text("Logga in och skicka igen.", "Sign in and send it again.")
    if asks_json(request):
        words = UserError(what, meaning=meaning, remedy=remedy).message(getattr(request, "language", Language.SV))
        return JsonResponse({"error": words}, status=401)
    stood = page_of(request)
    way = f"{settings.LOGIN_URL}?next={quote('/arbete/' if '/konto/' in stood else stood or '/arbete/')}"
    return _refused(request, 401, what, meaning, remedy, sent=_sent(request), way=way)


def form_only(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer somebody who asks to see an address that forms are sent to."""
    shown = _refused(
        request,
        response.status_code,
        Text("Det finns ingen sida på den adressen.", "There is no page at that address."),
        Text("Den tar bara emot formulär.", "It only receives forms."),
        Text("", ""),
    )
    shown.headers["Allow"] = response.headers["Allow"]
    return shown


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not carry the proof that it came from us: somebody signed in anew in another tab."""
    del reason
    what = Text("Formuläret har blivit för gammalt.", "The form has become too old.")
    meaning = Text("Ingenting har sparats.", "Nothing was saved.")
    if asks_json(request):
        remedy = Text("Kopiera det du skrev och ladda om sidan.", "Copy what you wrote and load the page again.")
        words = UserError(what, meaning=meaning, remedy=remedy).message(getattr(request, "language", Language.SV))
        return JsonResponse({"error": words}, status=403)
    remedy = Text("Gå tillbaka, ladda om sidan och skicka igen.", "Go back, load the page again and send once more.")
    return _refused(request, 403, what, meaning, remedy, sent=_sent(request))


def _refused(
    request: HttpRequest,
    status: int,
    what: Text,
    meaning: Text,
    remedy: Text,
    *,
    sent: Sequence[str] = (),
    way: str = "",
) -> HttpResponse:
    told = {"what": what, "meaning": meaning, "remedy": remedy, "sent": sent, "way": way}
    return page(request, "desk/refused.html", told, status=status)


def _sent(request: HttpRequest) -> list[str]:
    """Return the words somebody wrote in a form, to copy: what reads as a choice, a key or a secret is none."""
    written = ((name, texts) for name, texts in request.POST.lists() if name not in _CARRIED)
    words = (text for name, texts in written if not _SECRET.search(name) for text in texts)
    return list(dict.fromkeys(text.strip() for text in words if " " in text.strip()))


def page_of(request: HttpRequest, told: str = "") -> str:
    """Return the page of the workspace that a form stood on, as the form or else the browser tells; or nothing."""
    try:
        said = urlsplit(told or request.headers.get("Referer", ""))
    except ValueError:
        return ""
    ours = said.path.startswith("/arbete/") and said.netloc in ({""} if told else {request.get_host()})
    return urlunsplit(("", "", said.path, said.query, "")) if ours else ""
