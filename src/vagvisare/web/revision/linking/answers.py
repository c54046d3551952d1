"""Answers to a change of a link: JSON to the script that asked, otherwise the page again with the news on it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from vagvisare.terms.language import Language, Text
from vagvisare.web.audit.models import Event
from vagvisare.web.frame.refusals import asks_json

UNDONE = Text("Ändringen är ångrad.", "The change has been undone.")
SAME = Text("Inget att ändra: det stod redan så.", "Nothing to change: it stood so already.")


def language_of(request: HttpRequest) -> Language:
    """Return the reader's language."""
    return getattr(request, "language", Language.SV)


def done(request: HttpRequest, event: Event | None, news: Text, **told: object) -> HttpResponse:
    """Answer a change that was made (``event``), or that left everything as it was (None)."""
    words = (SAME if event is None else news).to(language_of(request))
    if asks_json(request):
        return JsonResponse({"event": event and event.number, "news": words} | told)
    messages.info(request, words)
    return HttpResponseRedirect(back_to(request, "" if event is None else str(event.number)))


def back_to(request: HttpRequest, undo: str = "") -> str:
    """Return the page of ours that the form was on, with what can be undone; nothing else is followed."""
    page, _, query = request.POST.get("page", "").partition("?")
    if not page.startswith(reverse("drafts")):
        page, query = reverse("drafts"), ""
    kept = [(name, value) for name, value in parse_qsl(query) if name != "angra"]
    if undo:
        kept.append(("angra", undo))
    return f"{page}?{urlencode(kept)}" if kept else page


def undoable(request: HttpRequest) -> int | None:
    """Return the event that the page offers to undo."""
    number = request.GET.get("angra", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 15 else None
