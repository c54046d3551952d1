"""The map of how everything hangs together: picture and list of the same, why a thing is here, ways, and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from vagvisare.editions.document import Edition
from vagvisare.editions.graph import Graph, Thing, reasons, shortest, told, ways
from vagvisare.editions.registers import Strategy
from vagvisare.followups.hanging import hanging_together, kind_names, kind_plurals
from vagvisare.followups.missing_ties import gaps
from vagvisare.followups.overview import Overview, overview
from vagvisare.publications.graph_picture import picture, said
from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Language, Text, listing
from vagvisare.web.access.needs import needs
from vagvisare.web.access.rules import may
from vagvisare.web.access.verbs import RefusedError
from vagvisare.web.frame.drawing import page
from vagvisare.web.revision.models import Draft
from vagvisare.web.revision.snapshot import edition_of
from vagvisare.web.strategy import opened, snapshot

MOST_STEPS = 2
"""Steps around the centre that a picture can hold and still be read."""
MOST_WAYS = 30
"""Ways that a page tells; the rest are counted."""
REGISTERS = {"mandate": "mandate", "evidence": "evidence", "trend": "trends", "policy": "alignments"}
"""Kind of thing → the register it stands in."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a map is drawn of: the whole graph, and what its kinds are called."""

    strategy: Strategy
    edition: Edition
    graph: Graph
    kinds: dict[str, Text]
    plurals: dict[str, Text]
    draft: Draft | None

    def here(self, **asked: object) -> str:
        """Return the address of a map of the same ground."""
        told = {name: value for name, value in asked.items() if value}
        if self.draft is not None:
            told["utkast"] = self.draft.key
        return reverse("map") + (f"?{urlencode(told)}" if told else "")


@needs("editions.read")
@require_safe
def hanging(request: HttpRequest) -> HttpResponse:
    """Show the map: the whole strategy, or what is around one thing (``fran``), and the ways to another (``till``)."""
    ground = _ground(request)
    asked = request.GET.get("fran", "").strip()
    if not asked:
        return _whole(request, ground)
    found = _found(ground.graph, asked)
    if len(found) != 1:
        return page(request, "map/choose.html", {"ground": ground, "asked": asked, "found": found})
    return _around(request, ground, found[0])


def _ground(request: HttpRequest) -> Ground:
    strategy = snapshot.strategy()
    edition, draft = strategy.edition, None
    if key := request.GET.get("utkast", ""):
        if not may(request.user, "draft.read"):
            raise RefusedError("draft.read")
        draft = Draft.objects.filter(key=key).first()
        if draft is None:
            raise UnknownError(
                Text(f"Det finns inget utkast ”{key}”.", f"There is no draft “{key}”."),
                remedy=Text("Välj ett bland utkasten.", "Choose one among the drafts."),
            )
        edition = edition_of(draft)
    folder = opened.folder()
    indicators, follow_ups = ((), ()) if folder is None else (folder.indicators, folder.follow_ups)
    graph = hanging_together(strategy, indicators, follow_ups, edition)
    unnamed = {thing.kind: Text(thing.kind, thing.kind) for thing in graph.things}
    return Ground(
        strategy, edition, graph, unnamed | kind_names(strategy), unnamed | kind_plurals(strategy), draft
    )  # fmt: skip


def _found(graph: Graph, asked: str) -> list[Thing]:
    """Return the thing of a name or title, or those whose titles hold the words."""
    if asked in graph.named:
        return [graph.named[asked]]
    words = asked.casefold()
    same = [thing for thing in graph.things if words in (thing.title.sv.casefold(), thing.title.en.casefold())]
    return same or [
        thing for thing in graph.things if words in thing.title.sv.casefold() or words in thing.title.en.casefold()
    ]


def _whole(request: HttpRequest, ground: Ground) -> HttpResponse:
    language = _language(request)
    seen = overview(ground.graph)
    drawn = picture(
        seen.graph, "", language, lambda thing: ground.here(fran=thing.name, steg=1), ground.kinds,
        notes=_notes(seen, ground),
    )  # fmt: skip
    return page(
        request,
        "map/whole.html",
        _told(ground) | {
            "drawn": _safe(drawn), "said": said(seen.graph, ""), "graph": seen.graph, "notes": _notes(seen, ground),
            "gaps": gaps(ground.graph, ground.strategy, ground.edition), "alone": _by_kind(seen.alone),
            "by_kind": _by_kind(ground.graph.things),
        },
    )  # fmt: skip


def _around(request: HttpRequest, ground: Ground, centre: Thing) -> HttpResponse:
    language, graph = _language(request), ground.graph
    steps = MOST_STEPS if request.GET.get("steg") == "2" else 1
    near = graph.around(centre.name, steps)
    drawn = picture(
        near, centre.name, language, lambda thing: ground.here(fran=thing.name, steg=steps), ground.kinds
    )  # fmt: skip
    why = reasons(graph, centre.name)
    target = _found(graph, request.GET["till"].strip()) if request.GET.get("till", "").strip() else []
    found = ways(graph, centre.name, target[0].name) if len(target) == 1 else ()
    if len(target) == 1 and not found:
        far = shortest(graph, centre.name, target[0].name)
        found = (far,) if far else ()
    return page(
        request,
        "map/around.html",
        _told(ground) | {
            "centre": centre, "steps": steps, "drawn": _safe(drawn), "said": said(near, centre.name), "graph": near,
            "why": [told(graph, way, language) for way in why[:MOST_WAYS]], "more_why": max(0, len(why) - MOST_WAYS),
            "target": target, "asked_target": request.GET.get("till", ""),
            "ways": [told(graph, way, language) for way in found[:MOST_WAYS]],
            "more_ways": max(0, len(found) - MOST_WAYS), "own_page": _own_page(ground, centre),
            "lacking": [gap for gap in gaps(graph, ground.strategy, ground.edition)
                        if centre in gap.missing or centre in gap.unstated],
        },
    )  # fmt: skip


def _told(ground: Ground) -> dict[str, object]:
    return {
        "ground": ground,
        "address": lambda thing, steps=1: ground.here(fran=thing.name, steg=steps),
        "kind": lambda thing: ground.kinds.get(thing.kind, Text(thing.kind, thing.kind)),
        "plural": lambda key: ground.plurals.get(key, Text(key, key)),
    }


def _notes(seen: Overview, ground: Ground) -> dict[str, Text]:
    """Say what has been counted into each thing: "3 strategiska inriktningar, 4 önskvärda lägen"."""
    notes = {}
    for name, counts in seen.counted.items():
        words = [(count, (ground.kinds if count == 1 else ground.plurals)[kind]) for kind, count in counts.items()]
        notes[name] = Text(*(listing([f"{n} {word.to(each)}" for n, word in words], each) for each in Language))
    return notes


def _by_kind(things: tuple[Thing, ...]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = {}
    for thing in things:
        found.setdefault(thing.kind, []).append(thing)
    return found


def _own_page(ground: Ground, thing: Thing) -> str:
    """Return where a thing is kept: its entry in a register, or its place in the draft or on the public site."""
    try:
        if thing.kind in REGISTERS:
            return reverse("entry", args=[REGISTERS[thing.kind], thing.key])
        if ground.draft is not None and thing.key in ground.edition.by_address:
            return f"{reverse('draft', args=[ground.draft.key])}?{urlencode({'nod': thing.key})}"
    except NoReverseMatch:
        return ""
    if thing.kind == "indicator":
        return f"/indikator/{thing.key.replace('_', '-')}/"
    return f"/{thing.key}/" if thing.key in ground.edition.by_address and ground.draft is None else ""


def _language(request: HttpRequest) -> Language:
    return getattr(request, "language", Language.SV)


def _safe(drawn: str) -> Markup:
    return Markup(drawn)  # noqa: S704  drawn by ourselves, every text escaped on the way
