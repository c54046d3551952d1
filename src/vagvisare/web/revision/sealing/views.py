"""The page where a draft is checked and sealed."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vagvisare.editions.status import STATUSES
from vagvisare.strategy_folder.plain import edition_digest
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import may
from vagvisare.web.access.verbs import RefusedError
from vagvisare.web.frame.drawing import page
from vagvisare.web.frame.given_back import filled_in
from vagvisare.web.frame.refusals import said
from vagvisare.web.revision.models import Draft
from vagvisare.web.revision.sealing import actions
from vagvisare.web.revision.sealing.checking import checked
from vagvisare.web.revision.sealing.decided import Decided
from vagvisare.web.revision.writing.answering import draft_of

OFFERED = tuple((each, STATUSES[each]) for each in ("remiss", "adopted", "proposal"))
"""How an edition may stand when it is sealed, in the order offered."""


class DayError(UserError):
    """A day that cannot be read, and the field it stands in."""

    def __init__(self, said: str, field: str) -> None:
        self.field = field
        super().__init__(
            Text(f"”{said}” är inget datum.", f"“{said}” is no date."),
            meaning=Text("Ingenting är förseglat.", "Nothing is sealed."),
            remedy=Text("Skriv år-månad-dag, till exempel 2022-04-28.", "Write year-month-day, such as 2022-04-28."),
        )


@needs("draft.read")
@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: HttpRequest, key: str) -> HttpResponse:
    """Show what must hold before a draft is sealed; seal it when asked to."""
    draft = draft_of(key)
    if request.method != "POST":
        return _shown(request, draft, _proposed(draft))
    if not may(request.user, "edition.seal"):
        raise RefusedError("edition.seal")
    decided = _decided(request)
    try:
        sealed = actions.seal(request.user, draft, decided)
    except (actions.StoppedError, actions.NamingError, actions.DecisionError, actions.FollowedError) as error:
        # Drawn with what was decided, for the checks to be about that.
        return filled_in(request, _shown(request, draft, decided), error, status=409) or said(request, error)
    _tell(request, sealed)
    return HttpResponseRedirect(reverse("edition", args=[sealed.row.key]))


@needs("edition.override")
@require_POST
def override(request: HttpRequest, key: str, gate: str) -> HttpResponse:
    """Let a check pass, by name and with a reason."""
    actions.override(request.user, draft_of(key), gate, request.POST.get("reason", ""))
    return HttpResponseRedirect(reverse("seal", args=[key]))


@needs("edition.override")
@require_POST
def withdraw(request: HttpRequest, key: str, gate: str) -> HttpResponse:
    """Let a check hold again."""
    actions.withdraw_override(request.user, draft_of(key), gate)
    return HttpResponseRedirect(reverse("seal", args=[key]))


def _shown(request: HttpRequest, draft: Draft, decided: Decided) -> HttpResponse:
    found = None if draft.sealed_as else checked(draft, decided)
    titles = {node.address: f"{node.number} {node.text}".strip() for node in found.edition.nodes} if found else {}
    uids = {address: str(uid) for address, uid in draft.nodes.values_list("address", "uid")}
    told = {
        "draft": draft,
        "found": found,
        "decided": decided,
        "statuses": OFFERED,
        "titles": titles,
        "uids": uids,
        "digest": edition_digest(found.edition) if found else "",
        "may_seal": may(request.user, "edition.seal"),
    }
    return page(request, "sealing/seal.html", told)


def _tell(request: HttpRequest, sealed: actions.Sealed) -> None:
    language = request.language
    said = Text(
        f"{sealed.row.title} är förseglad. Nästa utkast, {sealed.following.key}, är öppnat.",
        f"{sealed.row.title} is sealed. The next draft, {sealed.following.key}, is open.",
    )
    messages.success(request, said.to(language))
    if sealed.unwritten is not None:
        again = Text(
            "Förseglingen gäller, men strategimappen kunde inte skrivas: {why} Försök igen under Utgåvor.",
            "The seal stands, but the strategy folder could not be written: {why} Try again under Editions.",
        )
        messages.error(request, again.to(language).format(why=sealed.unwritten.message(language)))


def _proposed(draft: Draft) -> Decided:
    status = str(draft.head.get("status", "remiss"))
    return Decided(draft.key, draft.title, "remiss" if status == "draft" else status)


def _decided(request: HttpRequest) -> Decided:
    told = {
        name: " ".join(request.POST.get(name, "").split()) for name in ("key", "title", "status", "body", "reference")
    }
    days = {name: _day(request.POST.get(name, ""), name) for name in ("dated", "valid_from", "valid_to")}
    return Decided(**told, **days, follow_up=request.POST.get("follow_up") == "1")


def _day(said: str, field: str) -> date | None:
    if not said.strip():
        return None
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        raise DayError(said.strip(), field) from None
