"""What did this source change? Drafts and sealed editions that name an entry of a register as a reason."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import may
from vagvisare.web.frame.drawing import page
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry
from vagvisare.web.registers.uses import label_of
from vagvisare.web.revision.changes import effects
from vagvisare.web.revision.changes.because import REGISTERS


@needs("editions.read")
@require_safe
def evidence_effect(request: HttpRequest, key: str) -> HttpResponse:
    """Show what an item of evidence changed."""
    return _shown(request, "evidence", key)


@needs("editions.read")
@require_safe
def effect(request: HttpRequest, register: str, key: str) -> HttpResponse:
    """Show what a trend or a piece of steering input changed."""
    return _shown(request, register, key)


def _shown(request: HttpRequest, register: str, key: str) -> HttpResponse:
    known = register in REGISTERS and "\x00" not in key
    entry = Entry.objects.filter(register=register, key=key).first() if known else None
    if entry is None:
        raise Http404(key)
    definition = DEFINITIONS[register]
    reads_drafts = may(request.user, "draft.read")
    told = {
        "definition": definition,
        "entry": entry,
        "name": label_of(definition, entry.content, entry.key),
        "editions": effects.in_editions(f"{register}:{key}"),
        "drafts": effects.in_drafts(f"{register}:{key}") if reads_drafts else (),
        "reads_drafts": reads_drafts,
    }
    return page(request, "changes/effect.html", told)
