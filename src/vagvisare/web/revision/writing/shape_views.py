"""What forms and scripts send about the shape of the draft: from a new node to undoing what was done to one."""

from __future__ import annotations

import re
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.audit.models import Event
from vagvisare.web.revision.models import DraftNode
from vagvisare.web.revision.writing import joining, shaping, undoing
from vagvisare.web.revision.writing.answering import answer, draft_of, node_of, number


@needs("draft.structure")
@require_POST
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Add a node."""
    found, told = draft_of(key), request.POST
    parent = node_of(key, told["parent"]) if told.get("parent") else None
    after = node_of(key, told["after"]) if told.get("after") else None
    level, text = told.get("level", ""), told.get("text", "")
    node, event = shaping.add_node(request.user, found, parent, level, text, after=after)
    return answer(request, node, Text("Delen är tillagd.", "The part has been added."), {}, event.number)


@needs("draft.structure")
@require_POST
def shape(request: HttpRequest, key: str, uid: uuid.UUID, how: str) -> HttpResponse:
    """Move, split, merge, remove or bring back a node."""
    act = SHAPES.get(how)
    if act is None:
        raise Http404(how)
    return act(request, key, node_of(key, uid))


def _move(request: HttpRequest, key: str, node: DraftNode) -> HttpResponse:
    told = request.POST
    if told.get("step") in shaping.STEPS:
        event = shaping.step(request.user, node, told["step"])
    else:
        parent = node_of(key, told["parent"]) if told.get("parent") else None
        before = node_of(key, told["before"]) if told.get("before") else None
        event = shaping.move(request.user, node, parent, before)
    said = Text("Flyttad.", "Moved.") if event else Text("Den står redan där.", "It stands there already.")
    return answer(request, node, said, {}, None if event is None else event.number)


def _split(request: HttpRequest, key: str, node: DraftNode) -> HttpResponse:
    del key
    told = request.POST
    offsets = [int(each) for part in told.getlist("at") for each in re.findall(r"\d{1,7}", part)]
    parts = told.getlist("parts") or joining.parts_at(node.text, offsets)
    base = number(told["base"]) if told.get("base") else None
    nodes, event = joining.split(request.user, node, parts, base)
    more = {"nodes": [{"uid": str(each.uid), "address": each.address} for each in nodes]}
    return answer(request, nodes[0], Text("Delad.", "Split."), more, event.number)


def _merge(request: HttpRequest, key: str, node: DraftNode) -> HttpResponse:
    told = request.POST
    other = node_of(key, told.get("with", ""))
    keep = node_of(key, told["keep"]) if told.get("keep") else None
    kept, event = joining.merge_nodes(request.user, node, other, keep)
    said = Text("Sammanslagna; kommentarer och ansvar följde med.", "Merged; comments and assignments came along.")
    return answer(request, kept, said, {}, event.number)


def _remove(request: HttpRequest, key: str, node: DraftNode) -> HttpResponse:
    del key
    event = shaping.remove(request.user, node)
    return answer(request, node, Text("Borttagen.", "Removed."), {}, event.number)


def _restore(request: HttpRequest, key: str, node: DraftNode) -> HttpResponse:
    del key
    event = shaping.restore(request.user, node)
    return answer(request, node, Text("Tillbaka.", "Restored."), {}, None if event is None else event.number)


SHAPES = {"flytta": _move, "dela": _split, "sla-ihop": _merge, "ta-bort": _remove, "ater": _restore}


@needs("draft.read")
@require_POST
def undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Undo an event of the draft's nodes; undoing asks for the same right as doing did."""
    found = draft_of(key)
    try:
        event = undoing.undo(request.user, found, number)
    except Event.DoesNotExist:
        raise Http404(str(number)) from None
    node = node_of(key, event.key)
    return answer(request, node, Text("Ångrat.", "Undone."), {}, event.number)
