"""Sealed editions in the workspace, their errata, and the folder."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.frame.drawing import page
from vagvisare.web.registers import snapshot as registers
from vagvisare.web.strategy import actions, errata, opened, snapshot
from vagvisare.web.strategy.models import Head, SealedEdition


@needs("editions.read")
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """List the sealed editions, the newest first, and offer to take the folder in or write it out."""
    head = Head.objects.first()
    rows = list(SealedEdition.objects.defer("text").order_by("-position"))
    current = "" if head is None else head.content.get("current", "")
    folder = opened.opened()
    return page(request, "strategy/editions.html", {"rows": rows, "current": current, "folder": folder})


@needs("editions.read")
@require_safe
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """Show one sealed edition with its nodes and errata; its digest is computed again on the way."""
    row = _row(key)
    issued = [each for each in registers.register("errata").errata if each.edition == key]
    told = {"row": row, "edition": snapshot.edition(key), "errata": issued, "unbroken": actions.unbroken(row)}
    return page(request, "strategy/edition.html", told)


@needs("editions.read")
@require_safe
def text(request: HttpRequest, key: str) -> HttpResponse:
    """Send an edition's file, byte for byte as it was sealed."""
    del request
    response = HttpResponse(_row(key).text.encode(), content_type="text/markdown; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}.md"'
    return response


@needs("registers.errata.change")
@require_POST
def erratum(request: HttpRequest, key: str) -> HttpResponse:
    """Issue an erratum to a sealed edition and show it on the public site; it stands also where that cannot be done."""
    _row(key)
    told = {name: request.POST.get(name, "").strip() for name in ("address", "was", "now", "reason")}
    errata.issue_erratum(request.user, key, **told)
    messages.success(request, _said(request, "Rättelsen är utfärdad.", "The erratum is issued."))
    served = opened.opened()
    try:
        if served is not None:
            errata.write_errata(request.user, served.folder, served.path)
            opened.renew()
    except UserError as error:  # the disk, or something in the folder that cannot be shown
        again = Text(
            "Den syns inte på den publika webbplatsen än: {why} Skriv till mappen under Utgåvor när det är åtgärdat.",
            "It is not on the public site yet: {why} Write to the folder under Editions when that is put right.",
        )
        messages.error(request, again.to(request.language).format(why=error.message(request.language)))
    return HttpResponseRedirect(reverse("edition", args=[key]))


@needs("registers.folder")
@require_POST
def write_out(request: HttpRequest) -> HttpResponse:
    """Write the records to the served folder and show the public site anew."""
    served = opened.served()
    actions.write_out(request.user, served.folder, served.path, request.POST.get("plan", ""))
    opened.renew()
    messages.success(request, _said(request, f"Skrivet till {served.path.name}.", f"Written to {served.path.name}."))
    return HttpResponseRedirect(reverse("editions"))


def _row(key: str) -> SealedEdition:
    row = SealedEdition.objects.filter(key=key).first()
    if row is None:
        raise UnknownError(
            Text(f"Det finns ingen förseglad utgåva {key}.", f"There is no sealed edition {key}."),
            remedy=Text("Välj en i listan över utgåvor.", "Choose one in the list of editions."),
        )
    return row


def _said(request: HttpRequest, sv: str, en: str) -> str:
    return Text(sv, en).to(request.language)  # type: ignore[attr-defined]
