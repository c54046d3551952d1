"""The trail: the whole of it, that of one thing, and the file that anybody can verify."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import may
from vagvisare.web.accounts.own_trail import SIGN_IN
from vagvisare.web.audit import papers
from vagvisare.web.audit.models import Event
from vagvisare.web.desk import history
from vagvisare.web.frame.drawing import page


@needs("trail.export")
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Show the whole trail, newest first, narrowed by the question of the address."""
    asked = history.asked(request.GET)
    told = {"asked": asked, "shown": history.page(asked), "choices": history.choices(),
            "who_name": history.who_name, "verb_name": history.verb_name, "kind_name": history.kind_name}  # fmt: skip
    return page(request, "desk/trail.html", told)


@needs("trail.read")
@require_safe
def trail_of(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show what has been done to one thing; when a person came in is for them and for whoever may read all of it."""
    asked = history.asked(request.GET)
    only, events = history.Asked(before=asked.before), Event.objects.filter(kind=kind, key=key)
    if not may(request.user, "trail.export") and (kind, key) != ("person", str(request.user.pk)):
        events = events.exclude(verb=SIGN_IN)
    shown = history.page(only, events)
    name = next((each.event.title for each in shown.events if each.event.title), key)
    told = {"shown": shown, "name": name, "kind": history.kind_name(kind), "asked": only}
    return page(request, "desk/trail_of.html", told)


@needs("trail.export")
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Send the whole trail, one event a line; ``vagvisare trail verify --from`` proves it."""
    del request
    response = StreamingHttpResponse(papers.lines(), content_type="application/jsonl; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="spar.jsonl"'
    return response
