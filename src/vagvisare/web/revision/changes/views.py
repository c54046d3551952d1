"""Pages of what changed, part by part: a draft beside the edition it opened from, and two sealed editions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import may
from vagvisare.web.frame.drawing import page
from vagvisare.web.revision.changes import queries, statements
from vagvisare.web.revision.changes.answers import numbers_in, runs_of
from vagvisare.web.revision.changes.because import causes
from vagvisare.web.revision.changes.comparing import of_draft, of_sealed
from vagvisare.web.revision.changes.telling import reasons_of
from vagvisare.web.revision.writing.answering import draft_of
from vagvisare.web.strategy import snapshot
from vagvisare.web.strategy.models import SealedEdition


@needs("draft.read")
@require_safe
def changes(request: HttpRequest, key: str) -> HttpResponse:
    """Show every changed part of a draft, its reason, and the connections that came and went."""
    draft = draft_of(key)
    beside, asked, known = of_draft(draft), queries.asked(request.GET), causes()
    every = queries.rows(beside, reasons_of(draft), known, None if draft.sealed_as else request.user)
    told = {
        "draft": draft,
        "beside": beside,
        "asked": asked,
        "shown": queries.page_of(every, asked, beside),
        "links": queries.links_changed(beside),
        "titles": queries.titles(beside),
        "living": set(beside.after.by_address),
        "undo": runs_of(numbers_in(request.GET.get("angra", ""))),
        "may_reason": not draft.sealed_as and may(request.user, "draft.reason"),
        "fate_names": {fate.value: name for fate, name in queries.FATES.items()},
    }
    return page(request, "changes/changes.html", told)


@needs("editions.read")
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose two sealed editions to hold against each other; both chosen, go there."""
    before, after = request.GET.get("fran", ""), request.GET.get("till", "")
    keys = list(SealedEdition.objects.values_list("key", "title"))
    if before and after and {before, after} <= {key for key, _ in keys}:
        return HttpResponseRedirect(reverse("compare", args=[before, after]))
    return page(request, "changes/choose.html", {"editions": keys, "before": before, "after": after})


@needs("editions.read")
@require_safe
def compare(request: HttpRequest, before: str, after: str) -> HttpResponse:
    """Show what differs between two sealed editions, what the later one says of it, and whether that holds."""
    if not {before, after} <= set(SealedEdition.objects.values_list("key", flat=True)):
        raise Http404(f"{before} {after}")
    beside = of_sealed(before, after)
    asked = queries.asked(request.GET)
    # Its own statements are about the edition it follows: beside another they would be weighed against the wrong thing.
    own = beside.after.changes if beside.after.follows == before else ()
    said = statements.held(own, beside)
    told = {
        "before": beside.before,
        "after": beside.after,
        "beside": beside,
        "asked": asked,
        "shown": queries.page_of(queries.rows(beside, None, causes()), asked, beside),
        "links": queries.links_changed(beside),
        "titles": queries.titles(beside),
        "said": said,
        "counted": statements.counted(said),
        "editions": [(each.key, each.title) for each in snapshot.editions()],
        "fate_names": {fate.value: name for fate, name in queries.FATES.items()},
    }
    return page(request, "changes/compare.html", told)
