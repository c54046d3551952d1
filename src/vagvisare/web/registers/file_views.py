"""A register out to a file and in from one; nothing is kept until a person has seen what it would change."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Language, Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.verbs import OvertakenError
from vagvisare.web.frame.drawing import page
from vagvisare.web.registers import actions, places, plans, queries, sheets
from vagvisare.web.registers.actions import Done
from vagvisare.web.registers.definition import Definition
from vagvisare.web.registers.lookups import look_up
from vagvisare.web.registers.models import Entry
from vagvisare.web.registers.sheets import TYPES, SheetError, SheetRow
from vagvisare.web.registers.views import back, remember

LONGEST_CARRIED = 1_500_000
"""Characters of a file's rows that travel through the page that shows what they would change."""


@needs("registers.read")
@require_safe
def export(request: HttpRequest, register: str, form: str) -> HttpResponse:
    """Send the rows as asked for in the address, filtered and sorted, as CSV or XLSX."""
    definition = actions.known(register)
    if form not in TYPES:
        raise UnknownError(Text("Välj CSV eller XLSX.", "Choose CSV or XLSX."))
    language: Language = request.language
    asked = queries.asked(definition, request.GET)
    entries = queries.listing(definition, asked, look_up(definition), language).entries
    rows = sheets.table(definition, entries, language)
    body = sheets.to_csv(rows) if form == "csv" else sheets.to_xlsx(definition, rows, language)
    response = HttpResponse(body, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{definition.key}.{form}"'
    return response


@needs("registers.import")
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, register: str) -> HttpResponse:
    """Choose a file; then see what it would change."""
    definition = actions.known(register)
    if request.method != "POST":
        return page(request, "registers/take_in.html", {"definition": definition, "plan": None})
    sent = request.FILES.get("fil")
    if sent is None:
        raise SheetError("Ingen fil är vald.", "No file is chosen.")
    if sent.size > sheets.MOST_BYTES:
        raise SheetError("Filen är större än 2 MB.", "The file is larger than 2 MB.")
    rows = sheets.rows_of(definition, sent.name, sent.read())
    carried = json.dumps([asdict(row) for row in rows], ensure_ascii=False)
    if len(carried) > LONGEST_CARRIED:
        raise SheetError("Filen är för stor för att läsas in på en gång.", "The file is too large to take in at once.")
    whole = request.POST.get("hela") == "ja"
    made = _plan(definition, rows, whole=whole)
    told = {"definition": definition, "plan": made, "carried": carried, "name": sent.name, "whole": whole}
    return page(request, "registers/take_in.html", told)


@needs("registers.import")
@require_POST
def keep(request: HttpRequest, register: str) -> HttpResponse:
    """Keep what was shown, and only that: the plan is made anew and must be the same."""
    definition = actions.known(register)
    rows = _carried(definition, request.POST.get("rader", ""))
    made = _plan(definition, rows, whole=request.POST.get("hela") == "ja")
    if made.digest() != request.POST.get("plan") or not made.keepable:
        raise OvertakenError
    name = request.POST.get("namn", "")[:100]
    events = actions.keep_rows(request.user, register=register, rows=made.to_keep(), reason=f"ur filen {name}")
    done = [Done(None, event) for event in events]
    remember(request, register, done, Text("Inläst ur fil:", "Taken in from a file:"))
    return back(request, register)


def _plan(definition: Definition, rows: list[SheetRow], *, whole: bool) -> plans.Plan:
    entries = Entry.objects.filter(register=definition.key)
    return plans.plan(definition, rows, entries, places.known(), whole=whole)


def _carried(definition: Definition, text: str) -> list[SheetRow]:
    """Read the rows that came back with the page; whoever has changed them gets no further than with a file."""
    try:
        found: list[dict[str, Any]] = json.loads(text)
        rows = [SheetRow(int(r["line"]), str(r["key"]), str(r["version"]), dict(r["texts"])) for r in found]
    except (ValueError, TypeError, KeyError):
        raise OvertakenError from None
    if any(name not in definition.by_name or not isinstance(said, str) for r in rows for name, said in r.texts.items()):
        raise OvertakenError
    return rows
