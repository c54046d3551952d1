"""The registers' pages: each is a question to the records or a verb, and then a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import get_template
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vagvisare.terms.language import Language, Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import may
from vagvisare.web.access.verbs import OvertakenError
from vagvisare.web.audit.models import Event
from vagvisare.web.frame.drawing import context, page
from vagvisare.web.frame.refusals import asks_json
from vagvisare.web.registers import actions, cells, forms, history, left, queries, special, uses
from vagvisare.web.registers.actions import Done
from vagvisare.web.registers.contents import ContentError
from vagvisare.web.registers.definition import Definition
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.lookups import Lookups, look_up
from vagvisare.web.registers.models import Entry

LAST_CHANGE = "registers_last"
SHOWN_EVENTS = 50
WHY = "varfor"
LONGEST_WHY = 1000


@needs("registers.read")
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """Show every register and how much there is in it."""
    counts = dict(Entry.objects.values_list("register").annotate(n=Count("id")).order_by())
    return page(request, "registers/registers.html", {"definitions": DEFINITIONS.values(), "counts": counts})


@needs("registers.read")
@require_safe
def register(request: HttpRequest, register: str) -> HttpResponse:
    """Show one register: what follows from it, and the table as asked for."""
    definition = actions.known(register)
    return _listing_page(request, definition, look_up(definition))


@needs("registers.{register}.change")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, register: str) -> HttpResponse:
    """Add an entry."""
    definition = actions.known(register)
    if definition.sealed:
        raise actions.SealedRegisterError(definition)
    if request.method != "POST":
        return _form_page(request, definition, None, {}, status=200)
    content, wrong = forms.sent(definition, request.POST)
    try:
        _refuse(definition, wrong)
        done = actions.add(request.user, register=register, content=content, reason=_why(request))
    except ContentError as error:
        return _form_page(request, definition, None, {}, sent=request.POST, wrong=error.wrong)
    remember(request, register, [done], Text("Tillagd:", "Added:"))
    return back(request, register)


@needs("registers.read")
@require_safe
def entry(request: HttpRequest, register: str, key: str) -> HttpResponse:
    """Show an entry: its fields, what has been done to it, and where it is used."""
    definition = actions.known(register)
    return _form_page(request, definition, _found(register, key), {}, status=200)


@needs("registers.{register}.change")
@require_POST
def change(request: HttpRequest, register: str, key: str) -> HttpResponse:
    """Keep the fields that were sent."""
    definition = actions.known(register)
    entry = _found(register, key)
    content, wrong = forms.sent(definition, request.POST)
    version = _version(request.POST)
    try:
        _refuse(definition, wrong)
        done = actions.change(
            request.user, register=register, key=key, fields=content, version=version, reason=_why(request)
        )
    except ContentError as error:
        return _form_page(request, definition, entry, {}, sent=request.POST, wrong=error.wrong)
    except OvertakenError as error:
        now = error.now.content if isinstance(error.now, Entry) else {}
        told = {"overtaken": error}
        return _form_page(request, definition, entry, told, sent=request.POST, now=now, status=409)
    remember(request, register, [done], Text("Ändrad:", "Changed:"))
    return back(request, register)


@needs("registers.{register}.change")
@require_POST
def cell(request: HttpRequest, register: str, key: str, field: str) -> HttpResponse:
    """Keep one cell, for the script that edits in the table; answers with the cell as it is now."""
    definition = actions.known(register)
    column = definition.by_name.get(field)
    if column is None:
        raise Http404(field)
    language: Language = request.language
    try:
        plain = cells.read(column, request.POST.get("value", ""))
    except cells.CellError as error:
        raise ContentError({field: error.said}, definition) from error
    done = actions.change(
        request.user, register=register, key=key, fields={field: plain}, version=_version(request.POST)
    )
    remember(request, register, [done], Text("Ändrad:", "Changed:"))
    lookups = look_up(definition)
    made = queries.cell(column, done.entry, lookups, language)
    body = get_template("registers/cell.html", using="jinja2").render(context(request, {"cell": made}), request)
    told = {
        "html": body.strip(),
        "text": made.text,
        "version": done.entry.version,
        "event": done.event.number if done.event else 0,
    }
    return JsonResponse(told)


@needs("registers.{register}.change")
@require_POST
def change_many(request: HttpRequest, register: str) -> HttpResponse:
    """Set one field of every ticked row; what somebody else has changed since it was shown is left, and told of."""
    definition = actions.known(register)
    versions, text = left.ticked(request.POST.getlist("vald")), request.POST.get("varde", "")
    column = definition.by_name.get(request.POST.get("falt", ""))
    if not versions or column is None:
        nothing = Text("Välj rader och vad som ska ändras.", "Tick rows and choose what to change.")
        raise ContentError({"": nothing}, definition)
    try:
        plain = cells.read(column, text)
        done = actions.change_many(request.user, register=register, versions=versions, name=column.name, plain=plain)
    except (cells.CellError, ContentError) as error:
        wrong = ContentError({column.name: error.said}, definition) if isinstance(error, cells.CellError) else error
        wrong.field = "varde" if column.name in wrong.wrong else ""
        raise wrong from error
    changed = {each.entry.key for each in done if each.entry}
    remember(request, register, done, Text("Ändrade:", "Changed:"))
    left.remember(request, register, column.name, text, [key for key in versions if key not in changed])
    return back(request, register)


@needs("registers.{register}.change")
@require_POST
def remove(request: HttpRequest, register: str, key: str) -> HttpResponse:
    """Take an entry away; the page that follows offers to undo it."""
    done = actions.remove(request.user, register=register, key=key, version=_version(request.POST))
    remember(request, register, [done], Text("Borttagen:", "Removed:"))
    return back(request, register)


@needs("registers.{register}.change")
@require_POST
def move(request: HttpRequest, register: str, key: str) -> HttpResponse:
    """Move an entry a step up or down, or to a place."""
    text = request.POST.get("plats", "")
    done = actions.move(request.user, register=register, key=key, to=_number(text, 0))
    remember(request, register, [done], Text("Flyttad:", "Moved:"))
    return back(request, register)


@needs("registers.{register}.change")
@require_POST
def undo(request: HttpRequest, register: str) -> HttpResponse:
    """Undo events by their numbers."""
    numbers = [number for text in request.POST.getlist("handelse") if (number := _number(text, 0))]
    events = actions.undo(request.user, register=register, numbers=numbers)
    request.session.pop(LAST_CHANGE, None)
    if asks_json(request):
        keys = {event.key.removeprefix(f"{register}:") for event in events}
        versions = dict(Entry.objects.filter(register=register, key__in=keys).values_list("key", "version"))
        return JsonResponse({"undone": numbers, "versions": versions})
    remember(request, register, [Done(None, event) for event in events], Text("Ångrat:", "Undone:"), again=True)
    return back(request, register)


def _listing_page(request: HttpRequest, definition: Definition, lookups: Lookups) -> HttpResponse:
    language: Language = request.language
    asked = queries.asked(definition, request.GET)
    may_change = may(request.user, definition.need) and not definition.sealed
    editing = next((e for e in lookups.entries if e.key == asked.row), None) if may_change else None
    columns = [column for column in definition.listed if column.kind in forms.INLINE]
    last = request.session.get(LAST_CHANGE)
    told = {
        "definition": definition,
        "listing": queries.listing(definition, asked, lookups, language),
        "above": special.above(definition.key, lookups, request.GET, language),
        "may_change": may_change,
        "editing": editing,
        "edit_fields": _by_name(forms.fields(definition, editing.content, lookups, language)) if editing else {},
        "blank": _by_name(forms.fields(definition, {}, lookups, language)) if may_change else {},
        "inline": {column.name for column in columns},
        "bulk": [column for column in definition.columns if column.kind in forms.INLINE],
        "last": last if last and last["register"] == definition.key else None,
        "left": left.told(request, definition, lookups, language),
    }
    return page(request, f"registers/{_template(definition)}.html", told)


def _by_name(fields: list[forms.Field]) -> dict[str, forms.Field]:
    return {field.column.name: field for field in fields}


def _template(definition: Definition) -> str:
    special_pages = {"timeline", "trends", "mandate", "alignments", "meetings", "evidence"}
    return definition.key if definition.key in special_pages else "register"


def _form_page(
    request: HttpRequest,
    definition: Definition,
    entry: Entry | None,
    told: Mapping[str, Any],
    *,
    sent: QueryDict | None = None,
    wrong: Mapping[str, Text] | None = None,
    now: Mapping[str, Any] | None = None,
    status: int = 400,
) -> HttpResponse:
    language: Language = request.language
    lookups = look_up(definition, *(uses.pointing_at(definition.key)))
    content = entry.content if entry else {}
    events = _events(definition, entry) if entry and may(request.user, "trail.read") else []
    order = [other.key for other in lookups.entries]
    place = order.index(entry.key) if entry else 0
    return page(
        request,
        "registers/entry.html",
        {
            "definition": definition,
            "entry": entry,
            "title": lookups.name(definition.key, entry.key, language) if entry else "",
            "fields": forms.fields(definition, content, lookups, language, sent=sent, wrong=wrong, now=now),
            "whole": (wrong or {}).get(""),
            "trail": history.told(definition, events, entry, place, lookups, language) if entry else [],
            "uses": uses.of(entry, lookups.others) if entry else [],
            "may_change": may(request.user, definition.need) and not definition.sealed,
            "lines": {c.name: lookups.lines(c, content.get(c.name), language) for c in definition.columns},
            "place": place,
            "count": len(order),
            "definitions": DEFINITIONS,
            "overtaken": None,
            **told,
        },
        status=status,
    )


def _events(definition: Definition, entry: Entry) -> list[Event]:
    about = Event.objects.filter(kind="entry", key=f"{definition.key}:{entry.key}")
    return list(about.order_by("-number")[:SHOWN_EVENTS])


def _found(register: str, key: str) -> Entry:
    found = Entry.objects.filter(register=register, key=key).first()
    if found is None:
        raise Http404(key)
    return found


def _refuse(definition: Definition, wrong: Mapping[str, Text]) -> None:
    if wrong:
        raise ContentError(wrong, definition)


def _why(request: HttpRequest) -> str:
    """Return why somebody makes a change, where they say so; it stands in the trail."""
    return " ".join(request.POST.get(WHY, "").split())[:LONGEST_WHY]


def _version(post: QueryDict) -> int:
    return _number(post.get("version", ""), -1)


def _number(text: str, otherwise: int) -> int:
    # ”²” is a digit that is no number, and a longer one has no room in the records.
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def remember(request: HttpRequest, register: str, done: Sequence[Done], what: Text, *, again: bool = False) -> None:
    """Keep the last change at hand, so that the next page can offer to undo it, or do ``again`` what was undone."""
    events = [each.event for each in done if each.event]
    if not events:
        return
    titles = [event.title for event in events]
    told = f"”{titles[0]}”" if len(titles) == 1 else str(len(titles))
    request.session[LAST_CHANGE] = {
        "register": register,
        "numbers": [event.number for event in events],
        "again": again,
        "sv": f"{what.sv} {told}" if len(titles) == 1 else f"{what.sv} {told} poster",
        "en": f"{what.en} {told}" if len(titles) == 1 else f"{what.en} {told} entries",
    }


def back(request: HttpRequest, register: str) -> HttpResponse:
    """Return to the list as it was asked for; the question travels with the form, never a whole address."""
    query = request.POST.get("fraga", "")
    return HttpResponseRedirect(reverse("register", args=[register]) + (query if query.startswith("?") else ""))
