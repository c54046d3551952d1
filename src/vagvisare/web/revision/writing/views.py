"""Pages of the draft: the list, the editor, one node, its history and its clashes, and what is done to it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vagvisare.proofreading import words
from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import may
from vagvisare.web.frame.drawing import page
from vagvisare.web.frame.refusals import asks_json
from vagvisare.web.revision.models import Clash, Draft, DraftNode
from vagvisare.web.revision.opening import open_draft, retitle
from vagvisare.web.revision.writing import presence, surface, wordings
from vagvisare.web.revision.writing.answering import UUID, answer, draft_of, node_of, nodes_read, number
from vagvisare.web.revision.writing.levels import levels
from vagvisare.web.revision.writing.outline import Outline, Row
from vagvisare.web.revision.writing.outline import outline as outline_of
from vagvisare.web.revision.writing.pane import PAGE, clash_sides
from vagvisare.web.revision.writing.pane import history as history_of
from vagvisare.web.revision.writing.pane import pane as pane_of
from vagvisare.web.revision.writing.talk import readers
from vagvisare.web.revision.writing.term_list import add_term
from vagvisare.web.revision.writing.tree import ANCESTORS, named, path_of
from vagvisare.web.strategy.models import SealedEdition


@needs("draft.read")
@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """List the drafts, or open one."""
    if request.method == "POST":
        told = request.POST
        made = open_draft(request.user, told.get("key", ""), told.get("title", ""), told.get("from", ""))
        return HttpResponseRedirect(reverse("draft", args=[made.key]))
    sealed = SealedEdition.objects.defer("text").order_by("-position")
    return page(request, "revision/drafts.html", {"drafts": list(Draft.objects.all()), "editions": list(sealed)})


@needs("draft.read")
@require_safe
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Show the editor: the outline, and the node that is chosen by its address (``?nod=``)."""
    found = draft_of(key)
    told = _told(request, found)
    address = request.GET.get("nod", "")
    chosen = nodes_read().filter(draft=found, address=address).first() if address else None
    if address and chosen is None:
        raise Http404(address)
    shown = None if chosen is None else pane_of(found, chosen, request.user, told["levels"])
    undo_number = request.GET.get("angra", "")
    return page(
        request,
        "revision/draft.html",
        told
        | {
            "pane": shown,
            "people": [] if shown is None else readers(),  # named beside a node only
            "undo": int(undo_number) if undo_number.isdecimal() else None,
        },
    )


@needs("draft.read")
@require_safe
def outline(request: HttpRequest, key: str) -> HttpResponse:
    """Show the outline by itself, to put in place of one that has grown old."""
    return page(request, "revision/outline.html", _told(request, draft_of(key)) | {"pane": None, "people": []})


@needs("draft.open")
@require_POST
def title(request: HttpRequest, key: str) -> HttpResponse:
    """Give a draft another title."""
    retitle(request.user, draft_of(key), request.POST.get("title", ""), request.POST.get("english", ""))
    return HttpResponseRedirect(reverse("drafts"))


def _told(request: HttpRequest, found: Draft) -> dict[str, Any]:
    drawn: Outline = outline_of(found, request.user)
    rows: tuple[Row, ...] = drawn.rows
    return {
        "draft": found,
        "outline": rows,
        "removed": drawn.removed,
        "levels": drawn.levels,
        "words": drawn.words,
        "outline_stamp": presence.stamp(),
        "may_add_roots": not found.sealed_as and may(request.user, "draft.structure", ""),
    }


@needs("draft.read")
@require_safe
def pane(request: HttpRequest, key: str, uid: uuid.UUID) -> HttpResponse:
    """Show one node as a piece of a page."""
    node = node_of(key, uid)
    shown = pane_of(node.draft, node, request.user, levels())
    return page(request, "revision/pane.html", {"draft": node.draft, "pane": shown, "people": readers(), "undo": None})


@needs("draft.write")
@require_POST
def save(request: HttpRequest, key: str, uid: uuid.UUID) -> HttpResponse:
    """Save a node's wording."""
    node = node_of(key, uid)
    told = request.POST
    surface.same_writer(request.user, told.get("person", ""))
    ticket = told.get("ticket") or (str(uuid.uuid4()) if not asks_json(request) else "")
    base = number(told.get("base", ""))
    saved = wordings.save_wording(request.user, node, told.get("text", ""), base, ticket)
    if saved.clash is not None and not asks_json(request):
        return HttpResponseRedirect(reverse("draft_clash", args=[key, saved.clash.pk]))
    said = Text("Sparat.", "Saved.") if saved.state == "saved" else Text(
        "Sparat, sammanfogat med det någon annan skrev.", "Saved, merged with what somebody else wrote.")  # fmt: skip
    merged = saved.state == "merged" and asks_json(request)
    by = surface.met(node, base, saved.version, request.user, request.language) if merged else ""
    return answer(request, node, said, _saved(saved) | {"by": by}, saved.event)


def _saved(saved: wordings.Saved) -> dict[str, Any]:
    told = {"state": saved.state, "version": saved.version, "text": saved.text, "words": words.count(saved.text)}
    if saved.clash is None:
        return told | {"clash": None, "theirs": "", "mine": ""}
    return told | {"clash": saved.clash.pk, "theirs": saved.text, "mine": saved.clash.mine}


@needs("draft.write")
@require_POST
def details(request: HttpRequest, key: str, uid: uuid.UUID) -> HttpResponse:
    """Change what a node says beside its wording."""
    node = node_of(key, uid)
    event = wordings.change_details(request.user, node, request.POST.dict())
    return answer(request, node, Text("Sparat.", "Saved."), {}, None if event is None else event.number)


@needs("draft.write")
@require_POST
def back_to(request: HttpRequest, key: str, uid: uuid.UUID) -> HttpResponse:
    """Make an older wording the newest."""
    node = node_of(key, uid)
    version = number(request.POST.get("version", ""))
    if not node.wordings.filter(version=version).exists():
        raise Http404(str(version))
    saved = wordings.back_to(request.user, node, version)
    said = Text("Den äldre lydelsen gäller igen.", "The older wording stands again.")
    return answer(request, node, said, _saved(saved), saved.event)


@needs("draft.read")
@require_POST
def state(request: HttpRequest, key: str) -> HttpResponse:
    """Say where one is and learn who else is here, and whether anything has changed."""
    found, told = draft_of(key), request.POST
    uid = told.get("node", "")
    node = DraftNode.objects.filter(draft=found, uid=uid).first() if UUID.fullmatch(uid) else None
    people = presence.around(request.user, found, node, writing=told.get("writing") == "1")
    return JsonResponse(
        {
            "people": [{"name": each.name, "node": each.node, "writing": each.writing} for each in people],
            "outline_stamp": presence.stamp(),
            "sealed": bool(found.sealed_as),
        }
        | presence.newer(node, number(told.get("version", ""), 0))
    )


@needs("draft.read")
@require_POST
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """Show how a text will read."""
    del key
    return JsonResponse(surface.look(request.POST.get("text", ""), request.language))


@needs("registers.terms.change")
@require_POST
def term(request: HttpRequest, key: str) -> HttpResponse:
    """Add a word that was remarked upon to the strategy's list of terms."""
    del key
    done = add_term(request.user, request.POST.get("word", ""))
    word = done.entry.content["text"]
    said = Text(f"”{word}” finns nu i ordlistan.", f"“{word}” is now in the list of terms.")
    if done.event is None:
        said = Text(f"”{word}” finns redan i ordlistan.", f"“{word}” is already in the list of terms.")
    return JsonResponse({"said": said.to(request.language), "event": done.event and done.event.number})


@needs("draft.read")
@require_safe
def history(request: HttpRequest, key: str, uid: uuid.UUID) -> HttpResponse:
    """Show every wording of a node, and what else has been done to it."""
    node = node_of(key, uid)
    scope = path_of(node)
    can = not node.draft.sealed_as and node.removed_at is None and may(request.user, "draft.write", scope)
    start = number(request.GET.get("fran", ""), 0)
    steps, more = history_of(node, start)
    told = {"draft": node.draft, "node": node, "title": named(node), "steps": steps, "start": start, "more": more,
            "page": PAGE, "first": node.wordings.get(version=1)}  # fmt: skip
    return page(request, "revision/history.html", told | {"may_write": can})


@needs("draft.read")
@require_http_methods(["GET", "HEAD", "POST"])
def clash(request: HttpRequest, key: str, clash: int) -> HttpResponse:
    """Show two wordings side by side, or settle which one stands."""
    found = Clash.objects.select_related("by", f"node__{ANCESTORS}", "node__draft")
    one = found.filter(pk=clash, node__draft__key=key).first()
    if one is None:
        raise Http404(str(clash))
    if request.method == "POST":
        base = number(request.POST.get("base", ""), one.theirs)
        saved = wordings.settle_clash(request.user, one, request.POST.get("text", ""), base)
        said = Text("Krocken är löst.", "The clash is settled.")
        return answer(request, one.node, said, _saved(saved), saved.event)
    scope = path_of(one.node)
    can = one.settled_at is None and not one.node.draft.sealed_as and may(request.user, "draft.write", scope)
    told = {"draft": one.node.draft, "node": one.node, "clash": one, "sides": clash_sides(one), "may_write": can}
    return page(request, "revision/clash.html", told)
