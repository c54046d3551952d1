"""Giving a reason for one or several changed parts, and taking it back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.verbs import OvertakenError
from vagvisare.web.audit.models import Event
from vagvisare.web.frame.drawing import page
from vagvisare.web.frame.refusals import asks_json
from vagvisare.web.revision.changes import actions, answers, queries
from vagvisare.web.revision.changes.because import by_register, causes, named
from vagvisare.web.revision.changes.comparing import of_draft
from vagvisare.web.revision.changes.keeping import NOTES, REASONS, stamp
from vagvisare.web.revision.changes.telling import reasons_of
from vagvisare.web.revision.models import Draft
from vagvisare.web.revision.writing.answering import draft_of

GIVEN = Text("Skälet är sparat.", "The reason has been saved.")
UNDONE = Text("Ändringen är ångrad.", "The change has been undone.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form or a script sent."""

    addresses: tuple[str, ...]
    text: str
    because: tuple[str, ...]
    seen: dict[str, str] = field(default_factory=dict)


@needs("draft.reason")
@require_http_methods(["GET", "HEAD", "POST"])
def give_reason(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form for a reason (``nod`` once for each part), or keep what it says.

    Of several parts, those that somebody else gave a reason meanwhile are left, and asked about again.
    Where many parts are ticked, they are sent (with ``choose``) rather than put in an address.
    """
    draft = draft_of(key)
    if request.method != "POST" or request.POST.get("choose"):
        chosen = request.POST if request.method == "POST" else request.GET
        return _form(request, draft, tuple(dict.fromkeys(chosen.getlist("nod"))))
    sent = _sent(request)
    late = () if asks_json(request) else _overtaken(draft, sent)
    told = {"text": sent.text, "because": sent.because, "seen": sent.seen}
    on_time = [address for address in sent.addresses if address not in late]
    try:
        events = actions.give_reason(request.user, draft, addresses=on_time or sent.addresses, **told)
    except OvertakenError:
        if asks_json(request):
            raise
        return _form(request, draft, sent.addresses, sent, status=409)
    news = GIVEN if len(events) < 2 else _several(len(events))
    if late:
        messages.success(request, (news if events else answers.SAME).to(request.language))
        return _form(request, draft, late, sent, status=409, done=[event.number for event in events])
    more: dict[str, Any] = {}
    if asks_json(request):
        language = request.language
        more = {
            "addresses": list(sent.addresses),
            "text": sent.text.strip(),
            "because": [
                {"reference": cause.reference, "name": cause.name.to(language)}
                for cause in named(sent.because, causes())
            ],
        }
    return answers.done(request, draft, events, news, **more)


@needs("draft.reason")
@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Undo reasons and wordings by their numbers in the trail, all of them or none."""
    draft = draft_of(key)
    numbers = answers.numbers_in(request.POST.get("numbers", ""))
    wordings = set(Event.objects.filter(number__in=numbers, kind=NOTES.name).values_list("number", flat=True))
    with transaction.atomic():
        made = [
            (actions.undo_wording if number in wordings else actions.undo_reason)(request.user, draft, number)
            for number in numbers
        ]
    return answers.done(request, draft, [event for event in made if event is not None], UNDONE)


def _overtaken(draft: Draft, sent: Sent) -> tuple[str, ...]:
    """Return the addresses whose reason is no longer the one that was seen."""
    now = reasons_of(draft) if any(sent.seen.values()) else {}
    seen = {address: mark for address, mark in sent.seen.items() if mark}
    return tuple(address for address, mark in seen.items() if mark != stamp(REASONS, now.get(address)))


def _form(
    request: HttpRequest,
    draft: Draft,
    addresses: tuple[str, ...],
    sent: Sent | None = None,
    status: int = 200,
    done: Sequence[int] = (),
) -> HttpResponse:
    known, reasons = causes(), reasons_of(draft)
    beside = of_draft(draft)
    rows = {row.change.address: row for row in queries.rows(beside, reasons, known, request.user)}
    one = reasons.get(addresses[0]) if len(addresses) == 1 else None
    because = sent.because if sent else tuple(one.because) if one else ()
    lost = [each for each in named(because, known) if each.reference not in known]
    told = {
        "draft": draft,
        "addresses": addresses,
        "rows": [rows[address] for address in addresses if address in rows],
        "titles": queries.titles(beside),
        "text": sent.text if sent else one.text if one else "",
        "because": because,
        "lost": lost,
        "registers": by_register(known),
        "seen": {address: stamp(REASONS, reasons.get(address)) for address in addresses},
        "undo": answers.runs_of(done),
        "overtaken": status == 409,
        "now": one if status == 409 else None,
        "now_named": named(one.because, known) if one and status == 409 else (),
        "given": {address: reasons[address] for address in addresses if address in reasons},
        "page": request.POST.get("page") or request.GET.get("page", ""),
    }
    return page(request, "changes/reason.html", told, status=status)


def _several(count: int) -> Text:
    return Text(f"Skälet är sparat för {count} delar.", f"The reason has been saved for {count} parts.")


def _sent(request: HttpRequest) -> Sent:
    if request.content_type == "application/json":
        return _read(request.body)
    told = request.POST
    because = (*told.getlist("because"), *told.getlist("because[]"))
    addresses = tuple(told.getlist("address"))
    # A page carries a stamp for each of its parts, in their order.
    return Sent(addresses, told.get("text", ""), because, dict(zip(addresses, told.getlist("seen"), strict=False)))


def _read(body: bytes) -> Sent:
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise _unreadable()
    address, because = told.get("address", ()), told.get("because", [])
    addresses = [address] if isinstance(address, str) else address
    words = (told.get("text", ""), told.get("seen", ""))
    lists = (addresses, because)
    if not all(isinstance(each, str) for each in words) or not all(
        isinstance(each, list) and all(isinstance(item, str) for item in each) for each in lists
    ):
        raise _unreadable()
    return Sent(tuple(addresses), words[0], tuple(because), dict.fromkeys(addresses[:1], words[1]))


def _unreadable() -> UserError:
    return UserError(
        Text("Det som skickades går inte att läsa.", "What was sent cannot be read."),
        meaning=Text("Inget skäl är sparat.", "No reason was saved."),
        remedy=Text("Ladda om sidan och försök igen.", "Load the page again and try once more."),
    )
