"""Perspective screening: five perspectives against every direction, how far it has come, and its export."""

from __future__ import annotations

from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from vagvisare.editions.contributions import AREA, DIRECTION, PERSPECTIVE
from vagvisare.editions.document import Edition
from vagvisare.editions.graph import TIES
from vagvisare.editions.registers import Screening
from vagvisare.editions.screening import Screened, screened
from vagvisare.web.access.needs import needs
from vagvisare.web.audit import trail
from vagvisare.web.audit.trail import latest
from vagvisare.web.frame.drawing import page
from vagvisare.web.registers.tables import sent
from vagvisare.web.revision.linking import actions, answers, keeping
from vagvisare.web.revision.linking.contribution_views import answer_of_cell, version_in
from vagvisare.web.revision.linking.desk import Desk, lay_open, title_of
from vagvisare.web.revision.linking.export import capital
from vagvisare.web.revision.linking.export import screening as export_of
from vagvisare.web.revision.linking.grids import BETWEEN, WORDS, Grid, Said, grid, parted
from vagvisare.web.revision.models import Screening as Row
from vagvisare.web.revision.writing.answering import draft_of

VERB = TIES["takes_up"].forward

Rows = dict[tuple[str, str], Row]


def read(desk: Desk) -> tuple[Screened, Rows, Screened | None]:
    """Return the draft's screening, its rows by (direction, perspective), and the screening of the edition before."""
    rows = {(row.address, row.perspective): row for row in desk.draft.screenings.order_by("id")}
    values = [Screening(str(row.pk), row.perspective, row.address, row.answer, row.how) for row in rows.values()]
    now = _laid_out(desk.edition, values)
    if desk.before is None:
        return now, rows, None
    current, key = desk.strategy.current, desk.before.key
    earlier = [each for each in desk.strategy.register.screenings if (each.edition or current) == key]
    # Nothing was asked then: that is no answer to compare with.
    return now, rows, _laid_out(desk.before, earlier) if earlier else None


def _laid_out(edition: Edition, values: list[Screening]) -> Screened:
    return screened(edition, values, DIRECTION, PERSPECTIVE, AREA)


def _said(row: str, perspective: str, rows: Rows, before: Screened | None) -> Said:
    known = rows.get((row, perspective))
    earlier = None if before is None else before.taken(row, perspective).value
    return Said(known.answer if known else "unknown", known.version if known else 0, bool(known and known.how), earlier)


def _grid(request: HttpRequest, desk: Desk, laid: Screened, rows: Rows, before: Screened | None, area: str) -> Grid:
    return grid(
        desk.edition,
        [row for row in laid.rows if not area or laid.area_of[row.address] == area],
        laid.perspectives,
        lambda row, column: _said(row.address, column.address, rows, before),
        VERB,
        lambda address: desk.may_link(request, address),
    )


@needs("draft.read")
@require_safe
def screening(request: HttpRequest, key: str) -> HttpResponse:
    """Show the screening, its coverage for each perspective and area, and (when asked for) one answer with its how."""
    desk = lay_open(key, "screenings")
    laid, rows, before = read(desk)
    areas = desk.edition.at(AREA)
    area = request.GET.get("omrade", "")
    drawn = _grid(request, desk, laid, rows, before, area if area in {node.address for node in areas} else "")
    return page(
        request,
        "linking/screening.html",
        {
            "desk": desk, "draft": desk.draft, "laid": laid, "grid": drawn, "areas": areas, "area": area,
            "title_of": title_of, "WORDS": WORDS, "undo": answers.undoable(request), "verb": VERB,
            "chosen": _chosen(request, desk, laid, rows, before), "narrow": drawn.row(request.GET.get("rad", "")),
            "capital": capital, "missing": not laid.rows or not laid.perspectives,
        },
    )  # fmt: skip


def _chosen(
    request: HttpRequest, desk: Desk, laid: Screened, rows: Rows, before: Screened | None
) -> dict[str, object] | None:
    address, perspective = parted(request.GET.get("cell", ""))
    by_address = desk.edition.by_address
    if address not in {row.address for row in laid.rows} or perspective not in {p.address for p in laid.perspectives}:
        return None
    identity = {"perspective": perspective, "address": address}
    return {
        "value": f"{address}{BETWEEN}{perspective}", "row": rows.get((address, perspective)),
        "said": _said(address, perspective, rows, before), "origin": title_of(by_address[address]),
        "target": title_of(by_address[perspective]), "open": desk.may_link(request, address),
        "events": list(islice(trail.of("screening", keeping.key_of(keeping.SCREENINGS, desk.draft, identity)), 6)),
        "answers": ("yes", "partly", "no", "unknown"),
    }  # fmt: skip


@needs("draft.link")
@require_POST
def set_screening(request: HttpRequest, key: str) -> HttpResponse:
    """Say whether one direction takes up one perspective."""
    draft = draft_of(key)
    address, perspective = parted(request.POST.get("cell", ""))
    event = actions.screen(
        request.user,
        draft,
        perspective=perspective,
        address=address,
        answer=request.POST.get("answer", ""),
        version=version_in(request),
        how=request.POST.get("rationale"),
    )
    desk = lay_open(key, "screenings")
    _, rows, before = read(desk)
    nodes = [desk.edition.by_address[each] for each in (address, perspective)]
    return answer_of_cell(request, event, nodes, _said(address, perspective, rows, before), VERB)


@needs("draft.read")
@require_safe
def export(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Send the screening as a table that can be filled in: a row for each direction, answer and how for each."""
    number = latest()  # asked before what is sent is read: what is done between shows as later
    desk, language = lay_open(key, "screenings"), answers.language_of(request)
    laid, rows, _ = read(desk)
    return sent(export_of(desk, laid, rows, number, language), form, language)
