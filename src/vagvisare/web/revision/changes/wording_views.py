"""The main changes as they will be told, in the strategist's words, and whether what is said of them holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import may
from vagvisare.web.access.verbs import OvertakenError
from vagvisare.web.frame.drawing import page
from vagvisare.web.frame.refusals import asks_json
from vagvisare.web.revision.changes import actions, answers, queries, statements
from vagvisare.web.revision.changes.because import Cause, causes, named
from vagvisare.web.revision.changes.comparing import of_draft
from vagvisare.web.revision.changes.keeping import NOTES, stamp
from vagvisare.web.revision.changes.kinds import KINDS
from vagvisare.web.revision.changes.telling import Telling, stated_changes, tellings
from vagvisare.web.revision.models import Draft
from vagvisare.web.revision.reading_in.beside import stated_changes as stated_in_documents
from vagvisare.web.revision.writing.answering import draft_of
from vagvisare.web.strategy import snapshot

WORDED = Text("Formuleringen är sparad.", "The wording has been saved.")
LEFT_OUT = Text("Ändringen berättas inte i utgåvan.", "The change will not be told in the edition.")
LONGEST = 8000
"""Characters of statements that are weighed at a time."""


@dataclass(frozen=True, slots=True)
class Line:
    """One main change as the page shows it: its wording, its reasons, and the stamp a form carries."""

    telling: Telling
    kind: Text
    causes: tuple[Cause, ...]
    stamp: str


@needs("draft.read")
@require_safe
def main_changes(request: HttpRequest, key: str) -> HttpResponse:
    """List the changes worth telling, area by area, each with its sentence."""
    return _list(request, draft_of(key))


@needs("draft.describe")
@require_POST
def word_change(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a wording, go back to the computed one, or leave the change out."""
    draft, told = draft_of(key), request.POST
    out, computed = told.get("left_out") == "1", told.get("computed") == "1"
    try:
        event = actions.word_change(
            request.user,
            draft,
            key=told.get("key", ""),
            sv="" if computed else told.get("sv", ""),
            en="" if computed else told.get("en", ""),
            left_out=out,
            seen=told.get("seen", ""),
        )
    except OvertakenError:
        if asks_json(request):
            raise
        return _list(request, draft, {name: told.get(name, "") for name in ("key", "sv", "en")}, status=409)
    return answers.done(request, draft, [] if event is None else [event], LEFT_OUT if out else WORDED)


@needs("draft.read")
@require_http_methods(["GET", "HEAD", "POST"])
def statements_of(request: HttpRequest, key: str) -> HttpResponse:
    """Hold against the changes what the draft, a sealed edition, the documents read in, or somebody's typing tells.

    What is typed is sent rather than put in the address, which has no room for much; nothing of it is kept.
    """
    draft, given = draft_of(key), request.POST if request.method == "POST" else request.GET
    beside = of_draft(draft)
    text, area, origin = given.get("pastaende", "")[:LONGEST], given.get("omrade", ""), given.get("fran", "")
    areas = [(node.address, queries.title_of(node)) for node in beside.after.at("area")]
    area = area if area in dict(areas) else ""
    others = {each.key: each for each in snapshot.editions() if each.changes}
    in_documents = stated_in_documents(draft)
    documents = bool(in_documents) and given.get("dokument") == "1" and not text
    if text:
        stated = statements.typed(text, area)
    elif documents:
        stated = in_documents
    else:
        stated = others[origin].changes if origin in others else stated_changes(draft, beside)
    said = statements.held(stated, beside)
    titles = queries.titles(beside)
    told = {
        "draft": draft,
        "beside": beside,
        "said": said,
        "counted": statements.counted(said),
        "text": text,
        "area": area,
        "areas": areas,
        "origin": origin if origin in others and not text and not documents else "",
        "in_documents": len(in_documents),
        "documents": documents,
        "others": others,
        "titles": titles,
    }
    return page(request, "changes/statements.html", told)


def _list(request: HttpRequest, draft: Draft, mine: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    beside, known = of_draft(draft), causes()
    lines = [
        Line(
            each,
            KINDS[each.change.kind],
            named(dict.fromkeys(one for reason in each.reasons for one in reason.because), known),
            stamp(NOTES, each.note),
        )
        for each in tellings(draft, beside)
    ]
    told = {
        "draft": draft,
        "beside": beside,
        "lines": lines,
        "titles": queries.titles(beside),
        "left_out": sum(line.telling.left_out for line in lines),
        "mine": mine,
        "undo": answers.runs_of(answers.numbers_in(request.GET.get("angra", ""))),
        "may_describe": not draft.sealed_as and may(request.user, "draft.describe"),
    }
    return page(request, "changes/main_changes.html", told, status=status)
