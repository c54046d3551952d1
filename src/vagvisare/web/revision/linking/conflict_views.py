"""The register of goal conflicts: what stands against what, and how that is handled."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from vagvisare.editions.contributions import conflict_parts
from vagvisare.editions.document import Node
from vagvisare.terms.language import Language, Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import may
from vagvisare.web.frame.drawing import page
from vagvisare.web.registers.tables import EMPTY, Table, sent
from vagvisare.web.revision.linking import actions, answers
from vagvisare.web.revision.linking.contribution_views import version_in
from vagvisare.web.revision.linking.desk import FRAMEWORK, Desk, lay_open, title_of
from vagvisare.web.revision.linking.export import about, word
from vagvisare.web.revision.models import Cell
from vagvisare.web.revision.writing.answering import draft_of

STATED = Text("Målkonflikten är sparad.", "The goal conflict has been saved.")
REMOVED = Text("Målkonflikten är borttagen.", "The goal conflict has been removed.")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One goal conflict as the page shows it."""

    row: Cell
    origin: Node | None
    target: Node | None
    conflict: str
    handling: str
    new: bool
    open: bool


@needs("draft.read")
@require_http_methods(["GET", "HEAD"])
def conflicts(request: HttpRequest, key: str) -> HttpResponse:
    """List the goal conflicts, with a form for another and (when asked for) for one that is there."""
    desk = lay_open(key)
    every = _every(request, desk)
    told = [each for each in every if each.row.answer == "yes"]
    chosen = next((each for each in told if str(each.row.pk) == request.GET.get("andra", "")), None)
    return page(
        request,
        "linking/conflicts.html",
        {
            "desk": desk, "draft": desk.draft, "conflicts": told, "chosen": chosen, "title_of": title_of,
            "denied": len(every) - len(told), "undo": answers.undoable(request), "choices": _choices(desk),
            "unhandled": sum(not each.handling for each in told),
            "open": not desk.draft.sealed_as and may(request.user, "draft.link"),
        },
    )  # fmt: skip


def _every(request: HttpRequest, desk: Desk) -> list[Conflict]:
    return [_conflict(request, desk, row) for row in desk.draft.cells.filter(kind="conflicts_with").order_by("id")]


def _conflict(request: HttpRequest, desk: Desk, row: Cell) -> Conflict:
    known = desk.edition.by_address
    conflict, handling = conflict_parts(row.rationale)
    ends = {(link.origin, link.target) for link in desk.links_before if link.kind == row.kind and not link.denied}
    new = desk.before is not None and not ends & {(row.origin, row.target), (row.target, row.origin)}
    may_change = desk.may_link(request, row.origin) or desk.may_link(request, row.target)
    return Conflict(row, known.get(row.origin), known.get(row.target), conflict, handling, new, may_change)


def _choices(desk: Desk) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Return what a conflict can be between, level by level."""
    return [
        (name, [(node.address, title_of(node)) for node in desk.edition.at(key)])
        for key, name in desk.levels()
        if key not in FRAMEWORK
    ]


@needs("draft.link")
@require_http_methods(["POST"])
def state_conflict(request: HttpRequest, key: str) -> HttpResponse:
    """Add a goal conflict, or change one that is there."""
    event = actions.state_conflict(
        request.user,
        draft_of(key),
        origin=request.POST.get("origin", ""),
        target=request.POST.get("target", ""),
        conflict=request.POST.get("conflict", ""),
        handling=request.POST.get("handling", ""),
        version=version_in(request),
    )
    return answers.done(request, event, STATED)


@needs("draft.link")
@require_http_methods(["POST"])
def remove_conflict(request: HttpRequest, key: str) -> HttpResponse:
    """Take a goal conflict off the register; the page offers to undo it."""
    event = actions.remove_conflict(
        request.user,
        draft_of(key),
        origin=request.POST.get("origin", ""),
        target=request.POST.get("target", ""),
        version=version_in(request),
    )
    return answers.done(request, event, REMOVED)


HEAD = (
    Text("Det här", "This"),
    Text("Står mot", "Stands against"),
    Text("Konflikt", "Conflict"),
    Text("Vad står mot vad?", "What stands against what?"),
    Text("Hur hanteras det?", "How is it handled?"),
)


@needs("draft.read")
@require_safe
def export(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Send the goal conflicts as a table, those that are denied among them."""
    desk, language = lay_open(key), answers.language_of(request)
    return sent(_table(desk, _every(request, desk), language), form, language)


def _table(desk: Desk, every: list[Conflict], language: Language) -> Table:
    rows = [
        [
            each.row.origin if each.origin is None else title_of(each.origin).to(language),
            each.row.target if each.target is None else title_of(each.target).to(language),
            word(each.row.answer, language),
            each.conflict,
            each.handling,
        ]
        for each in every
    ]
    title = Text("Målkonflikter", "Goal conflicts")
    unlisted = Text("Ett par som inte står här är inte angivet.", "A pair that is not listed is not stated.")
    head = [words.to(language) for words in HEAD]
    said = about(desk, title, EMPTY, unlisted)
    return Table(f"{desk.draft.key}-malkonflikter", title, head, rows, said, 2, frozenset({3, 4}))
