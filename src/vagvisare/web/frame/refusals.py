"""Pages of the workspace that say no, and what to do instead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.terms.language import Language, Text
from vagvisare.web.access.rules import MATRIX
from vagvisare.web.access.verbs import OvertakenError, RefusedError
from vagvisare.web.frame.drawing import page


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
