"""What every view of the draft begins and ends with: finding what an address names, and answering form or script."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.terms.language import Text
from vagvisare.web.frame.refusals import asks_json
from vagvisare.web.revision.models import Draft, DraftNode
from vagvisare.web.revision.writing import presence
from vagvisare.web.revision.writing.tree import ANCESTORS

UUID = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)


def draft_of(key: str) -> Draft:
    """Return a draft.

    Raises:
        UnknownError: when there is none.
    """
    found = Draft.objects.filter(key=key).first()
    if found is None:
        raise UnknownError(
            Text(f"Det finns inget utkast {key}.", f"There is no draft {key}."),
            remedy=Text("Välj ett i listan över utkast.", "Choose one in the list of drafts."),
        )
    return found


def nodes_read() -> Any:
    """Return nodes with their draft and what lies above them."""
    return DraftNode.objects.select_related("draft", ANCESTORS)


def node_of(key: str, uid: object) -> DraftNode:
    """Return a node of a draft with the nodes above it, or answer that there is none."""
    found = nodes_read().filter(draft__key=key, uid=str(uid)).first() if UUID.fullmatch(str(uid)) else None
    if found is None:
        raise Http404(str(uid))
    return found


def number(text: str, otherwise: int | None = None) -> int:
    """Read a whole number a form sent.

    Raises:
        UserError: when it is none and there is nothing to take otherwise.
    """
    if text.isdecimal() and len(text) < 10:
        return int(text)
    if otherwise is None:
        raise UserError(
            Text("Formuläret är inte komplett.", "The form is not complete."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Ladda om sidan och försök igen.", "Load the page again and try once more."),
        )
    return otherwise


def answer(request: HttpRequest, node: DraftNode, said: Text, told: dict[str, Any], event: int | None) -> HttpResponse:
    """Answer a script with JSON, and a form with the node's page, where what was done can be undone."""
    if asks_json(request):
        known = {"said": said.to(request.language), "node": str(node.uid), "address": node.address, "event": event}
        return JsonResponse(known | {"outline_stamp": presence.stamp()} | told)
    messages.success(request, said.to(request.language))
    tail = f"&angra={event}" if event is not None else ""
    return HttpResponseRedirect(f"{reverse('draft', args=[node.draft.key])}?nod={node.address}{tail}")
