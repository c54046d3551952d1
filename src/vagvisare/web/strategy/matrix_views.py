"""Evidence against areas: a matrix filled in cell by cell. It stands here because areas belong to the strategy."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vagvisare.editions.coverage import NO, UNKNOWN, YES, answer, coverage
from vagvisare.editions.registers import Document, Evidence
from vagvisare.strategy_folder.names import TABLE_NAMES
from vagvisare.strategy_folder.plain import value_of
from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Language, Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import may
from vagvisare.web.frame.drawing import page
from vagvisare.web.registers import actions, places, tables
from vagvisare.web.registers import snapshot as registers
from vagvisare.web.registers.models import Entry
from vagvisare.web.registers.places import Place
from vagvisare.web.registers.tables import EMPTY, Cell, Table, sent
from vagvisare.web.strategy import snapshot
from vagvisare.web.strategy.models import Head

_EVIDENCE = Text("Underlag", "Evidence")
_ENTERED = Text("Angivna områden", "Areas entered")
_STATED = Text("Områden enligt källan", "Areas according to the source")
_YES = Text("Underlag som berör området", "Evidence that affects the area")
_NO = Text("Underlag som inte gör det", "Evidence that does not")
_UNKNOWN = Text("Ej angivet", "Not stated")
_WORDS = {YES: Text("ja", "yes"), NO: Text("nej", "no"), UNKNOWN: Text("", "")}


@places.teach
def nodes() -> Iterator[Place]:
    """Tell the registers every node of the sealed editions, those of the latest first."""
    for number, edition in enumerate(reversed(snapshot.editions())):
        for node in edition.nodes:
            yield Place(node.address, node.level, node.text, node.number, node.english, current=number == 0)


@places.teach_documents
def documents() -> tuple[Document, ...]:
    """Tell the registers the documents that the strategy's sources point into."""
    head = Head.objects.first()
    told = [] if head is None else head.content.get(TABLE_NAMES["documents"], [])
    return tuple(value_of(Document, document, "document") for document in told)


@needs("registers.read")
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Show which evidence is known to affect which area, what is unknown, and how far the sources' counts are met."""
    entries = list(Entry.objects.filter(register="evidence"))
    areas = _areas()
    items = [registers.value(entry) for entry in entries]
    counted = coverage(items, [area.address for area in areas])
    rows = list(zip(entries, items, counted.rows, strict=True))
    told = {
        "areas": areas,
        "rows": rows,
        # On a phone one item at a time is shown as a list.
        "narrow": next((row for row in rows if row[0].key == request.GET.get("rad")), rows[0] if rows else None),
        "coverage": counted,
        "by_area": {area.address: area for area in areas},
        "answer": answer,
        "following": following,
        "may_change": may(request.user, "registers.evidence.change"),
    }
    return page(request, "registers/matrix.html", told)


@needs("registers.evidence.change")
@require_POST
def set_cell(request: HttpRequest) -> HttpResponse:
    """Keep one cell: ``ruta`` is key, area, answer and version with bars between, as the cell's button sends it."""
    parts = request.POST.get("ruta", "").split("|")
    if len(parts) != 4 or parts[2] not in (YES, NO, UNKNOWN) or not (parts[3].isdecimal() and len(parts[3]) < 10):
        raise UnknownError(Text("Rutan finns inte.", "There is no such cell."))
    key, area, said, version = parts
    done = actions.answer(request.user, register="evidence", key=key, area=area, said=said, version=int(version))
    if "application/json" not in request.headers.get("Accept", ""):
        asked = f"?{urlencode({'rad': key})}#ett" if request.POST.get("rad") else f"#rad-{key}"
        return HttpResponseRedirect(reverse("evidence_matrix") + asked)
    items = registers.register("evidence").evidence
    counted = coverage(items, [place.address for place in _areas()])
    row = next(row for row in counted.rows if row.evidence.key == key)
    column = next((each for each in counted.areas if each.area == area), None)
    told = {
        "answer": said,
        "version": done.entry.version,
        "row": {"entered": row.entered, "stated": row.stated, "complete": row.complete, "short": row.short},
        "area": {"yes": column.yes, "no": column.no, "unknown": column.unknown} if column else {},
        "entered": counted.entered,
        "unserved": len(counted.unserved),
    }
    return JsonResponse(told)


@needs("registers.read")
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Send the matrix as a table, with the sources' own counts and the totals."""
    language: Language = request.language
    areas, items = _areas(), registers.register("evidence").evidence
    counted = coverage(items, [area.address for area in areas])
    rows: list[list[Cell]] = []
    for row in counted.rows:
        title = row.evidence.english if language is Language.EN and row.evidence.english else row.evidence.title
        said = [_WORDS[answer(row.evidence, area.address)].to(language) for area in areas]
        rows.append([title, *said, row.entered, row.stated])
    totals: list[list[Cell]] = [
        [_YES.to(language), *(area.yes for area in counted.areas), counted.entered, counted.stated],
        [_NO.to(language), *(area.no for area in counted.areas), None, None],
        [_UNKNOWN.to(language), *(area.unknown for area in counted.areas), None, None],
    ]
    head = [_EVIDENCE.to(language), *(area.label(language) for area in areas), _ENTERED.to(language),
            _STATED.to(language)]  # fmt: skip
    title = Text("Underlag och områden", "Evidence and areas")
    home = Text("i registret Underlag", "in the register of evidence")
    table = Table("underlag-och-omraden", title, head, rows, tables.told(title, home, EMPTY), totals=totals)
    return sent(table, form, language)


def following(item: Evidence, area: str) -> str:
    """Return the answer that a press on a cell gives: yes while the source's count allows it, then no, then unknown."""
    now = answer(item, area)
    if now == UNKNOWN:
        return YES if len(item.areas) < item.areas_affected else NO
    return NO if now == YES else UNKNOWN


def _areas() -> list[Place]:
    edition = snapshot.in_force() or snapshot.latest()
    return [Place(node.address, node.level, node.text, node.number, node.english) for node in snapshot.areas(edition)]
