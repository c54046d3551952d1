"""Pages of reading in: the documents of a draft, the review of one, and what is decided there."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vagvisare.manuscripts.reading import kind_of, read_apart
from vagvisare.manuscripts.refusals import too_large
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import MATRIX, may
from vagvisare.web.access.verbs import RefusedError
from vagvisare.web.frame.drawing import page
from vagvisare.web.revision.models import Manuscript
from vagvisare.web.revision.reading_in import actions, keeping
from vagvisare.web.revision.reading_in.beside import KINDS, beside
from vagvisare.web.revision.reading_in.deciding import reading_of
from vagvisare.web.revision.reading_in.review import SHOWN, choices, review
from vagvisare.web.revision.writing.answering import draft_of
from vagvisare.web.revision.writing.tree import SealedDraftError

_LONGEST_NAME = 200


@needs("draft.read")
@require_http_methods(["GET", "HEAD", "POST"])
def manuscripts(request: HttpRequest, key: str) -> HttpResponse:
    """List the documents of a draft, or take one in."""
    draft = draft_of(key)
    if request.method == "POST":
        try:
            row = _taken_in(request, key)
        except UserError as error:
            error.field = "file"
            raise
        return HttpResponseRedirect(reverse("manuscript", args=[key, row.pk]))
    rows = list(Manuscript.objects.filter(draft=draft).defer("original", "found", "decisions"))
    told = {"draft": draft, "rows": rows, "megabytes": settings.LARGEST_UPLOAD // 1024 // 1024}
    return page(request, "reading_in/manuscripts.html", told)


def _taken_in(request: HttpRequest, key: str) -> Manuscript:
    draft = draft_of(key)
    if not may(request.user, actions.NEED):
        raise RefusedError(actions.NEED)
    if draft.sealed_as:
        raise SealedDraftError(draft)
    file = request.FILES.get("file")
    if file is None:
        raise UserError(
            Text("Ingen fil är vald.", "No file is chosen."),
            meaning=Text("Ingenting har lästs in.", "Nothing was read."),
            remedy=Text("Välj en fil och läs in den.", "Choose a file and read it in."),
        )
    if (file.size or 0) > settings.LARGEST_UPLOAD:
        megabytes = settings.LARGEST_UPLOAD // 1024 // 1024
        raise too_large(Text(f"Filen är större än {megabytes} MB.", f"The file is larger than {megabytes} MB."))
    name = own_name(file.name or "")
    kind_of(name)
    data = file.read()
    return actions.take_in(request.user, draft, read_apart(name, data), data)


def own_name(name: str) -> str:
    """Return a file's own name: no folders, no characters that only machines see."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    shown = "".join(c for c in last if c.isprintable()).strip(" .:")
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:10]}" if stem else shown[:_LONGEST_NAME]


@needs("draft.read")
@require_safe
def manuscript(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show the review of a document: every piece, and what becomes of it."""
    row = _row(key, number)
    reading = reading_of(row)
    show, asked = request.GET.get("visa", "alla"), request.GET.get("sida", "1")
    show = show if show in SHOWN else "alla"
    chosen = request.GET.get("rad", "")
    open_row = chosen if chosen in reading.proposal.by_key else ""
    drawn = review(reading, show, int(asked) if asked.isdecimal() and len(asked) < 6 else 1)
    if open_row and open_row in drawn.page_of and drawn.page_of[open_row] != drawn.page:
        drawn = review(reading, show, drawn.page_of[open_row])
    return page(
        request,
        "reading_in/review.html",
        {
            "draft": row.draft,
            "row": row,
            "read": reading.read,
            "review": drawn,
            "beside": beside(reading, request.user),
            "kinds": KINDS,
            "needs": MATRIX,
            "show": show,
            "open_row": open_row,
            "choices": choices(reading, open_row) if open_row else None,
            "may_change": not row.draft.sealed_as and may(request.user, actions.NEED),
        },
    )


@needs(actions.NEED)
@require_POST
def decide(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Keep a choice for one row, and show the row again."""
    told = request.POST
    piece = told.get("rad", "")
    actions.decide(request.user, _row(key, number), piece, told.dict())
    return _back(request, key, number, piece)


@needs(actions.NEED)
@require_POST
def tick_off(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Tick a question off, or bring it back."""
    told = request.POST
    actions.tick_off(request.user, _row(key, number), told.get("fraga", ""), told.get("klar") == "1")
    return _back(request, key, number, "fragor")


def _back(request: HttpRequest, key: str, number: int, at: str) -> HttpResponse:
    told = {name: request.POST[name] for name in ("visa", "sida") if request.POST.get(name)}
    query = f"?{urlencode(told)}" if told else ""
    return HttpResponseRedirect(f"{reverse('manuscript', args=[key, number])}{query}#{quote(at)}")


@needs(actions.NEED)
@require_POST
def keep(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Read the document into the draft, with what is ticked beside its nodes; what is ticked is kept in any case."""
    row = _row(key, number)
    _choose(request, row)
    keeping.keep(request.user, row)
    said = Text("Dokumentet är inläst i utkastet.", "The document has been read into the draft.")
    messages.success(request, said.to(request.language))
    return HttpResponseRedirect(reverse("manuscript", args=[key, number]))


@needs(actions.NEED)
@require_POST
def choose_beside(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Keep what is ticked beside the nodes, and show it again."""
    _choose(request, _row(key, number))
    return _back(request, key, number, "beside")


def _choose(request: HttpRequest, row: Manuscript) -> None:
    told = request.POST
    if listed := told.getlist("listad"):
        kinds = {name.removeprefix("slag-"): told[name] for name in told if name.startswith("slag-")}
        actions.choose(
            request.user, row, listed=listed, ticked=told.getlist("ta"), kinds=kinds, year=told.get("ar", "").strip()
        )


@needs(actions.NEED)
@require_POST
def undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take everything the document brought back out of the draft."""
    keeping.undo_keep(request.user, _row(key, number))
    said = Text("Inläsningen är ångrad. Dina val finns kvar.", "Reading in is undone. Your choices are kept.")
    messages.success(request, said.to(request.language))
    return HttpResponseRedirect(reverse("manuscript", args=[key, number]))


@needs(actions.NEED)
@require_POST
def discard(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take away a document that was not read into the draft."""
    actions.discard(request.user, _row(key, number))
    messages.success(request, Text("Dokumentet är borttaget.", "The document has been removed.").to(request.language))
    return HttpResponseRedirect(reverse("manuscripts", args=[key]))


@needs("draft.read")
@require_safe
def original(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Send the original as it came, to be saved and never to be opened within our pages."""
    del request
    row = Manuscript.objects.defer("found", "decisions").filter(pk=number, draft__key=key).first()
    if row is None:
        raise Http404(str(number))
    response = HttpResponse(bytes(row.original), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name)}"
    return response


def _row(key: str, number: int) -> Manuscript:
    row = Manuscript.objects.defer("original").select_related("draft").filter(pk=number, draft__key=key).first()
    if row is None:
        raise Http404(str(number))
    return row
