"""What forms and scripts send about comments and assignments."""

from __future__ import annotations

import uuid
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.accounts.models import Person
from vagvisare.web.revision.models import Assignment, Comment
from vagvisare.web.revision.writing import talk
from vagvisare.web.revision.writing.answering import answer, node_of, number


@needs("draft.comment")
@require_POST
def comment(request: HttpRequest, key: str, uid: uuid.UUID) -> HttpResponse:
    """Say something about a node (``text``), or answer a comment (``reply_to``)."""
    node, told = node_of(key, uid), request.POST
    first = _comment(key, number(told["reply_to"])) if told.get("reply_to") else None
    made = talk.comment(request.user, node, told.get("text", ""), first)
    said = Text("Kommentaren är sparad.", "The comment has been saved.")
    return answer(request, node, said, {"comment": made.pk}, None)


@needs("draft.comment")
@require_POST
def resolve(request: HttpRequest, key: str, comment: int) -> HttpResponse:
    """Mark a thread as dealt with, or open it again (``done=0``)."""
    done = request.POST.get("done", "1") != "0"
    first = talk.resolve(request.user, _comment(key, comment), done=done)
    said = Text("Markerad som klar.", "Marked as done.") if done else Text("Öppen igen.", "Open again.")
    return answer(request, first.node, said, {"comment": first.pk}, None)


@needs("draft.assign")
@require_POST
def assign(request: HttpRequest, key: str, uid: uuid.UUID) -> HttpResponse:
    """Ask a person (``person``, a number) to write a node by a day (``due``), or take that back (``remove``)."""
    node, told = node_of(key, uid), request.POST
    if told.get("remove"):
        talk.unassign(request.user, _assignment(key, number(told["remove"])))
        return answer(request, node, Text("Borttagen som ansvarig.", "No longer assigned."), {}, None)
    person = Person.objects.filter(pk=number(told.get("person", "")), is_active=True).first()
    if person is None:
        raise Http404("person")
    given = talk.assign(request.user, node, person, _day(told.get("due", "")), told.get("note", ""))
    return answer(request, node, Text("Ansvarig är utsedd.", "Assigned."), {"assignment": given.pk}, None)


@needs("draft.write")
@require_POST
def assign_done(request: HttpRequest, key: str, assignment: int) -> HttpResponse:
    """Say that what one was asked to write is written, or is not after all (``done=0``)."""
    done = request.POST.get("done", "1") != "0"
    given = talk.assign_done(request.user, _assignment(key, assignment), done=done)
    said = Text("Markerad som klar.", "Marked as done.") if done else Text("Inte klar än.", "Not done yet.")
    return answer(request, given.node, said, {"assignment": given.pk}, None)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise talk.SayError(
            Text(f"”{text}” är inget datum.", f"“{text}” is no date."),
            Text("Skriv till exempel 2026-09-30.", "Write for instance 2026-09-30."),
        ) from None


def _comment(key: str, pk: int) -> Comment:
    try:
        return talk.comment_of(key, pk)
    except Comment.DoesNotExist:
        raise Http404(str(pk)) from None


def _assignment(key: str, pk: int) -> Assignment:
    try:
        return talk.assignment_of(key, pk)
    except Assignment.DoesNotExist:
        raise Http404(str(pk)) from None
