"""The contribution matrix of a draft: the page, one cell, and its export."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from vagvisare.editions.check import LINK_KINDS
from vagvisare.editions.citation import cite
from vagvisare.editions.contributions import (
    AREA,
    EFFECT_GOAL,
    MUTUAL,
    Cell,
    Matrix,
    carried_words,
    matrix,
)
from vagvisare.editions.document import Node
from vagvisare.editions.graph import TIES
from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.audit import trail
from vagvisare.web.audit.trail import latest
from vagvisare.web.frame.drawing import page
from vagvisare.web.registers.tables import sent
from vagvisare.web.revision.linking import actions, answers, filling, keeping
from vagvisare.web.revision.linking.desk import Desk, lay_open, title_of
from vagvisare.web.revision.linking.export import capital
from vagvisare.web.revision.linking.export import contributions as export_of
from vagvisare.web.revision.linking.grids import MARKS, WORDS, Said, cell_name, grid, parted
from vagvisare.web.revision.models import Cell as CellRow
from vagvisare.web.revision.writing.answering import draft_of

KIND_NAMES = {
    "contributes_to": Text("bidrag", "contributions"),
    "conflicts_with": Text("målkonflikter", "goal conflicts"),
    "aligned_with": Text("går hand i hand", "go together"),
}
LEGENDS = {
    "contributes_to": (Text("bidrar", "contributes"), Text("bidrar inte", "does not")),
    "conflicts_with": (Text("står i konflikt", "conflicts"), Text("står inte i konflikt", "does not")),
    "aligned_with": (Text("går hand i hand", "go together"), Text("går inte hand i hand", "do not")),
}
"""What yes and no mean in a matrix of each kind."""
MOST_CELLS = 4000
"""Cells a page can show and still be read."""


class Choice:
    """What the address asks to see: which kind of link, between which levels."""

    def __init__(self, asked: Mapping[str, str], desk: Desk) -> None:
        levels = [key for key, _ in desk.levels()]
        self.kind = _known(asked.get("slag", ""), LINK_KINDS, "contributes_to")
        self.rows = _known(asked.get("rader", ""), levels, AREA if AREA in levels else (levels or [""])[0])
        self.columns = _known(
            asked.get("kolumner", ""), levels, EFFECT_GOAL if EFFECT_GOAL in levels else (levels or [""])[-1]
        )

    @property
    def verb(self) -> Text:
        """How row and column are joined."""
        return TIES[self.kind].forward


def _known(said: str, known: list[str] | tuple[str, ...], otherwise: str) -> str:
    return said if said in known else otherwise


def laid_out(desk: Desk, choice: Choice) -> Matrix:
    """Return the matrix that is asked for, beside the edition before."""
    return matrix(
        desk.edition, choice.kind, choice.rows, choice.columns, before=desk.before, links_before=desk.links_before
    )


def cells_of(desk: Desk, kind: str) -> dict[tuple[str, str], CellRow]:
    """Return the rows of a kind of link by (row, column); what says the same both ways is found from both ends."""
    rows = {(row.origin, row.target): row for row in desk.draft.cells.filter(kind=kind)}
    return {(row.target, row.origin): row for row in rows.values()} | rows if kind in MUTUAL else rows


@needs("draft.read")
@require_safe
def contributions(request: HttpRequest, key: str) -> HttpResponse:
    """Show the matrix, what it says of each goal, and (when asked for) one cell with its reason."""
    desk = lay_open(key)
    choice = Choice(request.GET, desk)
    laid = laid_out(desk, choice)
    rows = cells_of(desk, choice.kind)
    drawn = grid(
        desk.edition,
        laid.rows if laid.size <= MOST_CELLS else (),
        laid.columns,
        lambda row, column: _said(laid.cell(row.address, column.address), rows),
        choice.verb,
        lambda address: desk.may_link(request, address),
    )
    return page(
        request,
        "linking/contributions.html",
        {
            "desk": desk, "draft": desk.draft, "choice": choice, "laid": laid, "grid": drawn, "kinds": KIND_NAMES,
            "verb": choice.verb, "lead": lead(laid), "carried_words": carried_words, "title_of": title_of,
            "too_large": laid.size > MOST_CELLS, "undo": answers.undoable(request),
            "chosen": _chosen(request, desk, choice, laid, rows), "WORDS": WORDS,
            "narrow": drawn.row(request.GET.get("rad", "")), "named": desk.edition.by_address,
            "elsewhere": _elsewhere(desk, choice), "legend": LEGENDS[choice.kind], "capital": capital,
            "changed": _changed(laid),
        },
    )  # fmt: skip


def _changed(laid: Matrix) -> list[Cell]:
    """Return the cells that differ from the edition before; what says the same both ways is told once."""
    if laid.kind not in MUTUAL:
        return list(laid.changed)
    told: dict[frozenset[str], Cell] = {}
    for cell in laid.changed:
        told.setdefault(frozenset((cell.origin, cell.target)), cell)
    return list(told.values())


def _elsewhere(desk: Desk, choice: Choice) -> dict[str, int]:
    """Count the links from these rows to another level, by that level: they are known, but not in this matrix."""
    levels = {node.address: node.level for node in desk.edition.nodes}
    found = [
        levels.get(link.target, "")
        for link in desk.edition.links
        if link.kind == choice.kind and levels.get(link.origin) == choice.rows
    ]
    return {level: found.count(level) for level in dict.fromkeys(found) if level not in {"", choice.columns}}


def _said(cell: Cell | None, rows: dict[tuple[str, str], CellRow]) -> Said | None:
    if cell is None:
        return None
    row = rows.get((cell.origin, cell.target))
    before = None if cell.before is None else cell.before.value
    return Said(cell.answer.value, row.version if row else 0, bool(row and row.rationale), before)


def lead(laid: Matrix) -> Text:
    """Say how much of a matrix is known at all."""
    known, unknown = laid.size - laid.unknown, laid.unknown
    sv = f"{known} av {laid.size} celler är angivna."
    en = f"{known} of {laid.size} cells are stated."
    if unknown:
        sv += f" {unknown} är inte angivna: där har ingen sagt något, och det räknas inte som nej."
        en += f" {unknown} are not: nobody has said anything there, and that is not counted as no."
    return Text(sv, en)


def _chosen(
    request: HttpRequest, desk: Desk, choice: Choice, laid: Matrix, rows: dict[tuple[str, str], CellRow]
) -> dict[str, object] | None:
    ends = parted(request.GET.get("cell", ""))
    cell = laid.cells.get(ends)
    if cell is None:
        return None
    origin, target = (desk.edition.by_address[address] for address in ends)
    row = rows.get(ends)
    said = _said(cell, rows)
    identity = {"kind": choice.kind, "origin": row.origin, "target": row.target} if row else {
        "kind": choice.kind, "origin": cell.origin, "target": cell.target}  # fmt: skip
    return {
        "value": "|".join(ends), "cell": cell, "row": row, "said": said, "origin": title_of(origin),
        "target": title_of(target), "open": desk.may_link(request, cell.origin),
        "events": list(islice(trail.of("cell", keeping.key_of(keeping.CELLS, desk.draft, identity)), 6)),
        "answers": ("yes", "no", "unknown"),
        "cited": cite(row.source, desk.strategy.documents, answers.language_of(request)) if row else "",
    }  # fmt: skip


@needs("draft.link")
@require_POST
def set_cell(request: HttpRequest, key: str) -> HttpResponse:
    """Say yes, no or nothing of one cell."""
    draft = draft_of(key)
    origin, target = parted(request.POST.get("cell", ""))
    kind = request.POST.get("slag", "contributes_to")
    event = actions.set_cell(
        request.user,
        draft,
        kind=kind,
        origin=origin,
        target=target,
        answer=request.POST.get("answer", ""),
        version=version_in(request),
        rationale=request.POST.get("rationale"),
    )
    desk = lay_open(key)
    choice = Choice(request.GET, desk)
    choice.kind = kind
    nodes = [desk.edition.by_address[address] for address in (origin, target)]
    stated = matrix(desk.edition, kind, nodes[0].level, nodes[1].level, before=desk.before,
                    links_before=desk.links_before)  # fmt: skip
    row = draft.cells.filter(kind=kind, origin__in=(origin, target), target__in=(origin, target)).first()
    said = _said(stated.cell(origin, target), {} if row is None else {(origin, target): row})
    return answer_of_cell(request, event, nodes, said or Said("unknown"), choice.verb)


def answer_of_cell(request: HttpRequest, event: object, nodes: list[Node], said: Said, verb: Text) -> HttpResponse:
    """Answer a change of one cell with what stands there now."""
    name = cell_name(title_of(nodes[0]), title_of(nodes[1]), said, verb)
    return answers.done(
        request,
        event,
        Text(f"{name.sv}.", f"{name.en}."),
        answer=said.answer,
        mark=MARKS[said.answer].to(answers.language_of(request)),
        word=WORDS[said.answer].to(answers.language_of(request)),
        version=said.version,
        name=name.to(answers.language_of(request)),
        changed=said.before is not None and said.before != said.answer,
        reasoned=said.reasoned,
    )


def version_in(request: HttpRequest) -> int | None:
    """Return the version a form was filled in upon."""
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None


@needs("draft.link")
@require_POST
def undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Undo one change of the draft's links."""
    verb = filling.undo_file if filling.is_file(number) else actions.undo
    event = verb(request.user, draft_of(key), number=number)
    return answers.done(request, event, answers.UNDONE)


@needs("draft.read")
@require_safe
def export(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Send the matrix as a table that can be filled in: a row for each area, a column for each goal."""
    number = latest()  # asked before what is sent is read: what is done between shows as later
    desk, language = lay_open(key), answers.language_of(request)
    choice = Choice(request.GET, desk)
    levels = (choice.rows, choice.columns)
    table = export_of(desk, laid_out(desk, choice), KIND_NAMES[choice.kind], levels, number, language)
    return sent(table, form, language)
