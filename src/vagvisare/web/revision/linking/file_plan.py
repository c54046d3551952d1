"""What a filled-in sheet would change, cell by cell, worked out before anything is kept.

Three things are held together for every cell: what the sheet said when it was sent out, what it says now, and what
stands in the draft. What was not touched in the sheet is left alone, also where somebody else has answered since; what
both have answered, and otherwise, is a clash that a person decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vagvisare.editions.contributions import MUTUAL
from vagvisare.editions.document import Node
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import name_of
from vagvisare.web.registers.tables import Filled
from vagvisare.web.revision.linking.file_reading import Board, Pair, Remark, Stand, said, twice
from vagvisare.web.revision.linking.keeping import Kept
from vagvisare.web.revision.models import Draft


@dataclass(frozen=True, slots=True)
class Planned:
    """One cell that the sheet answers otherwise than the draft does.

    ``by`` is who has answered since the sheet was sent out; ``drops`` that a reason goes with the answer it was for.
    """

    row: Node
    column: Node
    now: Stand
    wanted: Stand
    version: int
    by: str = ""
    drops: bool = False

    @property
    def pair(self) -> Pair:
        """The addresses of row and column."""
        return self.row.address, self.column.address


@dataclass(slots=True)
class Plan:
    """All that a sheet would do; what is a clash, not theirs or not understood is left as it stands."""

    changes: list[Planned] = field(default_factory=list)
    clashes: list[Planned] = field(default_factory=list)
    others: list[Planned] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def leave(self, cell: Any, board: Board) -> None:
        """Leave a cell as it stands, whatever was planned for it."""
        for planned in (self.changes, self.clashes, self.others):
            planned[:] = [each for each in planned if board.cell(each.pair) != cell]


@dataclass(frozen=True, slots=True)
class Since:
    """What has happened to a cell since a sheet was sent out: what it said then, and who changed it last."""

    before: Stand
    by: str


def since(kept: Kept, draft: Draft, matrix: str, number: int) -> dict[Pair, Since]:
    """Return the cells that have been changed after an event of the trail, by row and column."""
    events = Event.objects.filter(kind=kept.name, number__gt=number, key__startswith=f"{draft.key} ").order_by("number")
    found: dict[Pair, Since] = {}
    for event in events:
        before = json.loads(event.before) if event.before else None
        known = before or json.loads(event.after)
        if known["draft"] != draft.key or known.get("kind", matrix) != matrix:
            continue
        pair = (known["origin"], known["target"]) if "origin" in known else (known["address"], known["perspective"])
        stood = Stand() if before is None else Stand(before["answer"], before.get("how"))
        found[pair] = Since(found[pair].before if pair in found else stood, name_of(event.who))
        if matrix in MUTUAL:
            found[pair[1], pair[0]] = found[pair]
    return found


def plan(board: Board, filled: Filled, changed: Mapping[Pair, Since] | None) -> Plan:
    """Work out what a sheet would change.

    Args:
        board: the matrix as it stands.
        filled: the sheet.
        changed: what has been changed since the sheet was sent out; None when that is not known: then an empty cell
            says nothing, and an answer is never written over another.
    """
    made, seen = Plan(), dict[Any, Stand]()
    for row, column, where, wanted in said(board, filled, made.remarks):
        pair = (row.address, column.address)
        now, known, cell = board.stand(pair), (changed or {}).get(pair), board.cell(pair)
        before = Stand() if changed is None else known.before if known else now
        if changed is None and wanted.answer == "unknown":
            continue
        if wanted.seen_as(wanted) in (now.seen_as(wanted), before.seen_as(wanted)):
            continue
        if seen.setdefault(cell, wanted) != wanted:
            made.leave(cell, board)
            made.remarks.append(Remark(where, twice(seen[cell], wanted)))
        elif seen[cell] is wanted:
            told = _planned(board, row, column, wanted, known)
            theirs = now.seen_as(wanted) != before.seen_as(wanted)
            kind = made.others if not board.may(told.row.address) else made.clashes if theirs else made.changes
            kind.append(told)
    return made


def _planned(board: Board, row: Node, column: Node, wanted: Stand, changed: Since | None) -> Planned:
    if board.matrix in MUTUAL and not board.may(row.address) and board.may(column.address):
        row, column = column, row
    pair = (row.address, column.address)
    known = board.now.get(pair)
    drops = bool(known and getattr(known, "rationale", "")) and wanted.answer != known.answer
    by = changed.by if changed else name_of(known.by) if known else ""
    return Planned(row, column, board.stand(pair), wanted, known.version if known else 0, by, drops)
