"""Answers to what was said of a change: JSON to the script that asked, else the page it came from, with undoing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from vagvisare.terms.language import Text
from vagvisare.web.audit.models import Event
from vagvisare.web.frame.refusals import asks_json
from vagvisare.web.revision.models import Draft

SAME = Text("Inget att ändra: det stod redan så.", "Nothing to change: it stood so already.")
MOST = 500
"""Events undone at a time."""
_RUN = re.compile(r"([0-9]{1,15})(?:-([0-9]{1,15}))?")


def done(request: HttpRequest, draft: Draft, events: Sequence[Event], news: Text, **told: object) -> HttpResponse:
    """Answer a change that left ``events``, or (without any) changed nothing."""
    said = (news if events else SAME).to(request.language)  # type: ignore[attr-defined]
    numbers = [event.number for event in events]
    if asks_json(request):
        return JsonResponse({"event": numbers[0] if numbers else None, "events": numbers, "news": said} | told)
    messages.success(request, said)
    return HttpResponseRedirect(back_to(request, draft, numbers))


def back_to(request: HttpRequest, draft: Draft, undo: Sequence[int] = ()) -> str:
    """Return the page of ours that the form was on, with what can be undone; nothing else is followed."""
    whole, _, mark = request.POST.get("page", "").partition("#")
    page, _, query = whole.partition("?")
    if not page.startswith(reverse("drafts")) or "\\" in page:
        page, query = reverse("changes", args=[draft.key]), ""
    kept = [(name, value) for name, value in parse_qsl(query) if name != "angra"]
    if undo:
        kept.append(("angra", runs_of(undo)))
    return f"{page}{'?' if kept else ''}{urlencode(kept)}{'#' if mark else ''}{mark}"


def runs_of(numbers: Sequence[int]) -> str:
    """Return events as an address can carry them, however many: numbers that follow each other as ``first-last``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ".".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def numbers_in(text: str) -> list[int]:
    """Read the events that a page offers to undo; nothing where it is no list of numbers, or one beyond reason."""
    found: list[int] = []
    for run in text.split("."):
        ends = _RUN.fullmatch(run)
        if ends is None:
            return []
        first, last = int(ends[1]), int(ends[2] or ends[1])
        if not first <= last < first + MOST - len(found):
            return []
        found += range(first, last + 1)
    return found
