"""Pages of the workspace that say no, and what to do instead."""

from __future__ import annotations

from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse

from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.terms.language import Language, Text
from vagvisare.web.access.rules import MATRIX
from vagvisare.web.access.verbs import OvertakenError, RefusedError
from vagvisare.web.frame.drawing import page

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


def said(request: HttpRequest, error: UserError) -> HttpResponse:
    """Return an error of the user's as a page, or as JSON to a script that asked."""
    status = {RefusedError: 403, OvertakenError: 409, UnknownError: 404}.get(type(error), 400)
    language: Language = getattr(request, "language", Language.SV)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": error.message(language)}, status=status)
    return _refused(request, status, error.what, error.meaning, error.remedy)


def forbidden(request: HttpRequest, need: str) -> HttpResponse:
    """Refuse somebody who is signed in but may not."""
    if need in MATRIX:
        return said(request, RefusedError(need))
    return _refused(request, 403, Text("Sidan är stängd.", "The page is closed."), Text("", ""), Text("", ""))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not carry the proof that it came from us."""
    del reason
    return _refused(
        request,
        403,
        Text("Formuläret har blivit för gammalt.", "The form has become too old."),
        Text("Ingenting har sparats.", "Nothing was saved."),
        Text("Gå tillbaka, ladda om sidan och skicka igen.", "Go back, load the page again and send once more."),
    )


def _refused(request: HttpRequest, status: int, what: Text, meaning: Text, remedy: Text) -> HttpResponse:
    return page(request, "desk/refused.html", {"what": what, "meaning": meaning, "remedy": remedy}, status=status)
