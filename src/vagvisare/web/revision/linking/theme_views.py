"""Themes across areas: where each occurs by its words and by tags, beside the edition before, down to the sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from vagvisare.editions.contributions import AREA
from vagvisare.editions.document import Node
from vagvisare.editions.registers import Theme
from vagvisare.editions.themes import Heat, Marked, Occurrence, heat, marked_sentences, occurrences
from vagvisare.terms.language import Language, Text
from vagvisare.web.access.needs import needs
from vagvisare.web.frame.drawing import page
from vagvisare.web.registers.tables import Cell, Table, sent
from vagvisare.web.revision.linking import actions, answers
from vagvisare.web.revision.linking.desk import Desk, lay_open, title_of
from vagvisare.web.revision.linking.export import about, capital
from vagvisare.web.revision.writing.answering import draft_of

TAGGED = Text("Noden är märkt.", "The node has been tagged.")
UNTAGGED = Text("Märkningen är borttagen.", "The tag has been removed.")
OUTSIDE = "utanfor"
"""Stands in the address for what lies in no area."""
ELSEWHERE = Text("utanför områdena", "outside the areas")


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One theme in one area: the numbers, how dark the cell is (0–4), and its full name."""

    heat: Heat
    area: str
    shade: int
    name: Text

    @property
    def difference(self) -> int | None:
        """How many nodes more than in the edition before; None where there is nothing to compare with."""
        return None if self.heat.before is None else self.heat.nodes - self.heat.before


@dataclass(frozen=True, slots=True)
class Found:
    """One node in which the chosen theme occurs."""

    node: Node
    sentences: tuple[tuple[Marked, ...], ...]
    occurrence: Occurrence
    by_hand: bool
    open: bool


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One theme in every area and outside them."""

    theme: Theme
    name: Text
    cells: tuple[HeatCell, ...]

    @property
    def sum(self) -> int:
        """In how many nodes it occurs."""
        return sum(cell.heat.nodes for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Traced:
    """The themes traced through a draft: where each occurs, what was tagged by hand, and both as a table."""

    areas: tuple[Text, ...]
    rows: tuple[HeatRow, ...]
    occurrences: tuple[Occurrence, ...]
    tags: frozenset[tuple[str, str]]


def _traced(desk: Desk) -> Traced:
    every = desk.strategy.register.themes
    tags = frozenset((tag.theme, tag.address) for tag in desk.draft.theme_tags.all())
    now = tuple(occurrences(desk.edition, every, AREA, set(tags)))
    then = None if desk.before is None else (desk.before, occurrences(desk.before, every, AREA))
    areas = [(node.address, title_of(node)) for node in desk.edition.at(AREA)] + [("", ELSEWHERE)]
    return Traced(
        tuple(title for _, title in areas), _table(every, areas, heat(desk.edition, now, AREA, then)), now, tags
    )


@needs("draft.read")
@require_safe
def themes(request: HttpRequest, key: str) -> HttpResponse:
    """Show every theme in every area, and (when asked for) the sentences behind one of the numbers."""
    desk = lay_open(key, "themes")
    every, traced = desk.strategy.register.themes, _traced(desk)
    now, tags = traced.occurrences, traced.tags
    narrow = next(
        (row for row in traced.rows if row.theme.key == request.GET.get("rad", request.GET.get("tema"))), None
    )
    chosen = next((theme for theme in every if theme.key == request.GET.get("tema", "")), None)
    area = request.GET.get("omrade", "")
    return page(
        request,
        "linking/themes.html",
        {
            "desk": desk, "draft": desk.draft, "areas": [capital(title) for title in traced.areas],
            "title_of": title_of, "table": traced.rows,
            "narrow": narrow or next(iter(traced.rows), None), "chosen": chosen, "area": area,
            "found": _found(request, desk, chosen, area, now, tags) if chosen else (), "OUTSIDE": OUTSIDE,
            "undo": answers.undoable(request), "untagged": _untagged(request, desk, chosen, area, now),
        },
    )  # fmt: skip


def _table(
    every: Sequence[Theme], areas: Sequence[tuple[str, Text]], counted: dict[tuple[str, str], Heat]
) -> tuple[HeatRow, ...]:
    most = max((each.nodes for each in counted.values()), default=0)
    rows = []
    for theme in every:
        name = Text(theme.name, theme.english or theme.name)
        cells = []
        for address, title in areas:
            found = counted.get((theme.key, address), Heat(0, 0, 0))
            shade = 0 if not found.nodes else max(1, round(4 * found.nodes / most))
            cells.append(HeatCell(found, address or OUTSIDE, shade, _name(name, title, found)))
        rows.append(HeatRow(theme, name, tuple(cells)))
    return tuple(rows)


def _name(theme: Text, area: Text, found: Heat) -> Text:
    sv = f"{theme.sv}, {area.sv}: {found.nodes} {'nod' if found.nodes == 1 else 'noder'}"
    en = f"{theme.en}, {area.en}: {found.nodes} {'node' if found.nodes == 1 else 'nodes'}"
    if found.before is not None and found.before != found.nodes:
        sv, en = f"{sv}, förut {found.before}", f"{en}, before {found.before}"
    return Text(sv, en)


def _found(
    request: HttpRequest,
    desk: Desk,
    theme: Theme,
    area: str,
    now: Sequence[Occurrence],
    tags: frozenset[tuple[str, str]],
) -> list[Found]:
    wanted = "" if area == OUTSIDE else area
    return [
        Found(
            desk.edition.by_address[each.address],
            marked_sentences(desk.edition.by_address[each.address].text, each.hits),
            each,
            (theme.key, each.address) in tags,
            desk.may_link(request, each.address),
        )
        for each in now
        if each.theme == theme.key and (not area or each.area == wanted)
    ]


def _untagged(
    request: HttpRequest, desk: Desk, theme: Theme | None, area: str, now: Sequence[Occurrence]
) -> list[tuple[str, Text]]:
    """Return the nodes the person may tag with the theme beyond those it occurs in, for the form below the list."""
    if theme is None:
        return []
    there = {each.address for each in now if each.theme == theme.key}
    under = "" if area in {"", OUTSIDE} else area
    return [
        (node.address, title_of(node))
        for node in desk.edition.nodes
        if node.address not in there
        and desk.may_link(request, node.address)
        and (not under or under in desk.path(node.address).split())
    ]


@needs("draft.link")
@require_POST
def tag(request: HttpRequest, key: str) -> HttpResponse:
    """Tag a node with a theme, or take the tag away."""
    said = {"theme": request.POST.get("theme", ""), "address": request.POST.get("address", "")}
    if request.POST.get("bort"):
        return answers.done(request, actions.untag(request.user, draft_of(key), **said), UNTAGGED)
    return answers.done(request, actions.tag(request.user, draft_of(key), **said), TAGGED)


@needs("draft.read")
@require_safe
def export(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Send the table of themes: the nodes of each area, beside those of the edition before where there is one."""
    desk, language = lay_open(key, "themes"), answers.language_of(request)
    return sent(_sheet(desk, _traced(desk), language), form, language)


def _sheet(desk: Desk, traced: Traced, language: Language) -> Table:
    head = [Text("Tema", "Theme").to(language)]
    for title in traced.areas:
        name = capital(title).to(language)
        head += [name, f"{name}: {Text('förut', 'before').to(language)}"] if desk.before else [name]
    rows = []
    for row in traced.rows:
        line: list[Cell] = [row.name.to(language)]
        for cell in row.cells:
            line += [cell.heat.nodes, cell.heat.before] if desk.before else [cell.heat.nodes]
        rows.append([*line, row.sum])
    compared = []
    if desk.before:
        sv, en = "Tom ruta: området kan inte jämföras.", "Empty cell: the area cannot be compared."
        compared = [Text(f"Förut är {desk.before.title}. {sv}", f"Before is {desk.before.title}. {en}")]
    said = about(desk, Text("Antal noder för varje tema", "Nodes for each theme"), *compared)
    head.append(Text("Summa", "Sum").to(language))
    return Table(f"{desk.draft.key}-teman", Text("Teman", "Themes"), head, rows, said)
