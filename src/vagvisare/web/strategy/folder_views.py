"""The strategy folder beside the workspace: what differs, what to take in, what to choose, and undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vagvisare.editions.registers import Strategy
from vagvisare.strategy_folder.plain import edition_digest
from vagvisare.strategy_folder.three_way import Side
from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.verbs import ChangedSinceError, OvertakenError
from vagvisare.web.frame.drawing import page
from vagvisare.web.strategy import actions, differing, opened, settling
from vagvisare.web.strategy.models import SealedEdition
from vagvisare.web.strategy.standing import standing

LAST = "folder_last"
"""The events of what was done last with the folder, kept in the session so that all of it can be undone."""


@dataclass(frozen=True, slots=True)
class Editions:
    """Keys of editions that are only in the folder, only in the workspace, or have another text in the folder."""

    new: tuple[str, ...]
    unwritten: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the folder has the editions that are sealed, as they are sealed."""
        return not (self.new or self.unwritten or self.other)


@needs("registers.folder")
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Show how the served folder, as it lies on the disk by now, differs from the workspace; take it in when asked to.

    What is new in it is shown to the public, too.
    """
    served = opened.served()
    if request.method != "POST":
        return _shown(request, served.now().strategy, served.path.name)
    empty = not SealedEdition.objects.exists()
    numbers = actions.take_in(request.user, served.folder, request.POST.get("plan", ""), served.path)
    if served.now() != served.folder:
        opened.renew()
    messages.success(
        request, Text("Strategimappen är inläst.", "The strategy folder is taken in.").to(request.language)
    )
    if empty:
        return HttpResponseRedirect(reverse("editions"))
    _remember(request, numbers)
    return HttpResponseRedirect(reverse("take_in"))


@needs("registers.folder")
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Settle one clash, by the side the person chose."""
    side = {"mappen": Side.FOLDER, "arbetsytan": Side.WORKSPACE}.get(request.POST.get("choose", ""))
    if side is None:
        raise OvertakenError
    told = {name: request.POST.get(sent, "") for name, sent in (("field", "falt"), ("digest", "plan"))}
    place = (request.POST.get("register", ""), request.POST.get("key", ""))
    event = settling.choose(request.user, opened.served().now().strategy, place=place, side=side, **told)
    _remember(request, [event.number])
    return HttpResponseRedirect(reverse("take_in"))


@needs("registers.folder")
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Undo what was taken in or chosen last."""
    numbers = request.session.get(LAST, [])
    if not numbers or request.POST.get("handelse") != str(numbers[-1]):
        raise ChangedSinceError
    settling.undo(request.user, numbers)
    del request.session[LAST]
    messages.success(request, Text("Ångrat.", "Undone.").to(request.language))
    return HttpResponseRedirect(reverse("take_in"))


def _shown(request: HttpRequest, folder: Strategy, name: str) -> HttpResponse:
    found = standing(folder)
    words = differing.Words(found, request.language)
    parts = {side.value: differing.part(found, words, side) for side in Side}
    told = {
        "name": name, "empty": found.head is None, "parts": parts, "plan": found.digest, "most": differing.MOST_SHOWN,
        "editions": _editions(folder), "last": request.session.get(LAST, []), "entries": len(found.there) - 1,
    }  # fmt: skip
    return page(request, "strategy/folder.html", told)


def _editions(folder: Strategy) -> Editions:
    there = {edition.key: edition_digest(edition) for edition in folder.editions}
    here = dict(SealedEdition.objects.values_list("key", "sha256"))
    return Editions(
        tuple(key for key in there if key not in here),
        tuple(key for key in here if key not in there),
        tuple(key for key, digest in there.items() if here.get(key, digest) != digest),
    )


def _remember(request: HttpRequest, numbers: Sequence[int]) -> None:
    if numbers:
        request.session[LAST] = list(numbers)
