"""A matrix back from a file; nothing is kept until a person has seen what it would change, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vagvisare.editions.document import Node
from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.access.verbs import OvertakenError
from vagvisare.web.frame.drawing import page
from vagvisare.web.registers import sheets
from vagvisare.web.registers.sheets import SheetError
from vagvisare.web.registers.tables import Filled, read_back
from vagvisare.web.revision.linking import answers, contribution_views, keeping, screening_views
from vagvisare.web.revision.linking.desk import Desk, lay_open, title_of
from vagvisare.web.revision.linking.export import SCREENING
from vagvisare.web.revision.linking.file_plan import Plan, Planned, plan, since
from vagvisare.web.revision.linking.file_reading import Board
from vagvisare.web.revision.linking.filling import Filling, fill_in
from vagvisare.web.revision.linking.grids import WORDS
from vagvisare.web.revision.writing.answering import draft_of
from vagvisare.web.revision.writing.tree import SealedDraftError

LONGEST_CARRIED = 1_500_000
"""Characters of answers that travel through the page that shows what a file would change."""
MOST_CHANGES = 500
"""Cells that one file may change at once, clashes among them: others wait while they are kept."""


@needs("draft.link")
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, key: str, matrix: str) -> HttpResponse:
    """Choose a file; then see what it would change."""
    desk = lay_open(key, "screenings")
    if desk.draft.sealed_as:
        raise SealedDraftError(desk.draft)
    told: dict[str, Any] = {"desk": desk, "draft": desk.draft, "matrix": matrix, "plan": None,
                            "home": _home(desk, matrix, request.GET.dict())}  # fmt: skip
    if request.method != "POST":
        return page(request, "linking/take_in.html", told)
    name, filled = _read(request)
    asked = _asked(desk, matrix, filled, request.GET.dict())
    board = _board(request, desk, matrix, asked)
    kept = keeping.SCREENINGS if matrix == SCREENING else keeping.CELLS
    number = asked.pop("number", "")
    made = plan(board, filled, since(kept, desk.draft, board.matrix, int(number)) if number else None)
    carried = _carried(board.matrix, made)
    told |= {"plan": made, "name": name, "carried": carried, "WORDS": WORDS, "title_of": title_of,
             "home": _home(desk, matrix, asked), "dated": bool(number),
             "by_row": _by_row(made.changes)}  # fmt: skip
    return page(request, "linking/take_in.html", told)


def _read(request: HttpRequest) -> tuple[str, Filled]:
    file = request.FILES.get("fil")
    if file is None:
        raise SheetError("Ingen fil är vald.", "No file is chosen.")
    if file.size > sheets.MOST_BYTES:
        raise SheetError("Filen är större än 2 MB.", "The file is larger than 2 MB.")
    name = "".join(sign for sign in file.name or "" if sign.isprintable())[:100]
    return name, read_back(name, file.read())


def _asked(desk: Desk, matrix: str, filled: Filled, asked: dict[str, str]) -> dict[str, str]:
    """Return what the sheet says it is of, otherwise what the address asks for.

    Raises:
        SheetError: when the sheet is of another draft, or belongs on another page.
    """
    if len(filled.state) < 5:
        return {name: asked[name] for name in ("slag", "rader", "kolumner") if name in asked}
    key, kind, rows, columns, number = filled.state[:5]
    if key != desk.draft.key:
        raise SheetError(
            f"Tabellen är tagen ur utkastet ”{key}”.",
            f"The table was exported from the draft “{key}”.",
            Text("Läs in den där, eller ta ut en ny härifrån.", "Take it in there, or export a new one from here."),
        )
    if (kind == SCREENING) is not (matrix == SCREENING):
        other = Text("Perspektiv", "Perspectives") if kind == SCREENING else Text("Bidrag", "Contributions")
        raise SheetError(
            f"Tabellen hör till sidan {other.sv}.",
            f"The table belongs to the page {other.en}.",
            Text(f"Läs in den från {other.sv}.", f"Take it in from {other.en}."),
        )
    dated = number if number.isascii() and number.isdigit() and len(number) < 15 else ""
    return {"slag": kind, "rader": rows, "kolumner": columns, "number": dated}


def _board(request: HttpRequest, desk: Desk, matrix: str, asked: dict[str, str]) -> Board:
    def may(address: str) -> bool:
        return desk.may_link(request, address)

    if matrix == SCREENING:
        laid, rows, _ = screening_views.read(desk)
        across = {node.address: node for node in laid.perspectives}
        below = {node.address: node for node in laid.rows}
        return Board(SCREENING, below, across, _names, rows, ("yes", "partly", "no"), may, leading=2)
    choice = contribution_views.Choice(asked, desk)
    links = contribution_views.laid_out(desk, choice)
    across, below = ({node.address: node for node in side} for side in (links.columns, links.rows))
    return Board(choice.kind, below, across, _names, contribution_views.cells_of(desk, choice.kind), ("yes", "no"), may)


def _names(node: Node) -> Iterable[str]:
    title = title_of(node)
    return (title.sv, title.en, f"{node.number} {node.text}", f"{node.number} {node.english}", node.text, node.english)


def _home(desk: Desk, matrix: str, asked: dict[str, str]) -> str:
    """Return the page the file came from."""
    if matrix == SCREENING:
        return reverse("screening", args=[desk.draft.key])
    kept = {name: asked[name] for name in ("slag", "rader", "kolumner") if asked.get(name)}
    home = reverse("contributions", args=[desk.draft.key])
    return f"{home}?{urlencode(kept)}" if kept else home


def _by_row(changes: Iterable[Planned]) -> list[tuple[Node, list[Planned]]]:
    found: dict[str, tuple[Node, list[Planned]]] = {}
    for each in changes:
        found.setdefault(each.row.address, (each.row, []))[1].append(each)
    return list(found.values())


def _carried(matrix: str, made: Plan) -> str:
    """Return what is kept when a person says so: every answer with the version it was weighed against.

    Raises:
        SheetError: when a file changes more than is taken in at once.
    """
    told = json.dumps(
        {"matrix": matrix, "changes": _plain(made.changes), "clashes": _plain(made.clashes)}, ensure_ascii=False
    )
    if len(made.changes) + len(made.clashes) > MOST_CHANGES or len(told) > LONGEST_CARRIED:
        raise SheetError(
            "Filen ändrar för mycket för att läsas in på en gång.",
            "The file changes too much to be taken in at once.",
            Text(
                f"Dela den i flera, med högst {MOST_CHANGES} ändrade rutor i varje.",
                f"Split it, with at most {MOST_CHANGES} changed cells in each.",
            ),
        )
    return told


def _plain(planned: Iterable[Planned]) -> list[list[Any]]:
    return [[*each.pair, each.wanted.answer, each.version, each.wanted.how] for each in planned]


@needs("draft.link")
@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what was shown, and of the clashes those chosen; every answer carries the version it was weighed against."""
    draft = draft_of(key)
    try:
        plain = json.loads(request.POST.get("plan", ""))
        chosen = {int(each) for each in request.POST.getlist("choose") if each.isascii() and each.isdigit()}
        said = plain["changes"] + [each for at, each in enumerate(plain["clashes"]) if at in chosen]
        given = [Filling(str(o), str(t), str(a), int(v), None if h is None else str(h)) for o, t, a, v, h in said]
        matrix = str(plain["matrix"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise OvertakenError from None
    if len(given) > MOST_CHANGES:
        raise OvertakenError
    name = request.POST.get("namn", "").replace("\x00", "")[:100]
    event = fill_in(request.user, draft, matrix=matrix, answers=given, name=name)
    count = len(given)
    news = Text(
        f"{count} {'ruta är inläst' if count == 1 else 'rutor är inlästa'} ur filen {name}.",
        f"{count} {'cell has' if count == 1 else 'cells have'} been taken in from the file {name}.",
    )
    return answers.done(request, event, news)
