"""Tables in a manuscript: goals in columns under the goals above them, and evidence with its counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from vagvisare.manuscripts.levels import Levels
from vagvisare.manuscripts.manuscript import Cell, Piece
from vagvisare.manuscripts.outline import Outline
from vagvisare.manuscripts.proposal import Becomes, Proposed

_COUNT = re.compile(r"\d{1,4}")
_EVIDENCE = re.compile(r"\bunderlag|evidence", re.IGNORECASE)
_MOSTLY = 0.8


class Tables:
    """What is known of each table before its cells are placed one by one."""

    def __init__(self, pieces: Sequence[Piece], levels: Levels) -> None:
        self._levels = levels
        self._rows: dict[int, dict[int, list[Piece]]] = defaultdict(lambda: defaultdict(list))
        for piece in pieces:
            if piece.cell is not None:
                self._rows[piece.cell.table][piece.cell.row].append(piece)
        self._counting = {table for table, rows in self._rows.items() if _counts(rows)}
        self._level: tuple[int, str] = (-1, "")
        self._columns: dict[tuple[int, int], str] = {}

    def place(self, item: Proposed, piece: Piece, outline: Outline) -> None:
        """Place one cell, or one point within it."""
        cell = piece.cell
        if cell is None or cell.table in self._counting:
            self._evidence(item, cell, outline)
            return
        if cell.table != self._level[0]:
            self._level = (cell.table, "")
        level = self._levels.section(item.text)
        if level and not self._levels.is_detail(level):
            self._level = (cell.table, level)
            outline.put(replace(item, becomes=Becomes.SECTION))
        elif self._level[1] and outline.inside:
            self._goal(item, cell, outline)
        else:
            outline.put(item)

    def _goal(self, item: Proposed, cell: Cell, outline: Outline) -> None:
        """A cell under a level's name is of that level, and lies under what stands above it in its column."""
        level = self._level[1]
        above = self._columns.get((cell.table, cell.column), "")
        under = next((made for made in outline.items if made.key == above), None)
        fits = under is not None and under.level == self._levels.parents.get(level)
        outline.add(item, level, above if fits else "")
        if not fits:
            self._columns[cell.table, cell.column] = item.key

    def _evidence(self, item: Proposed, cell: Cell | None, outline: Outline) -> None:
        row = self._rows[cell.table][cell.row] if cell else []
        if cell is None or cell.row == 0 or cell.column > 0 or not _COUNT.fullmatch(row[-1].text):
            outline.put(item)
            return
        outline.put(replace(item, becomes=Becomes.EVIDENCE, count=int(row[-1].text)))


def _counts(rows: dict[int, list[Piece]]) -> bool:
    """Tell whether a table lists evidence, with a count last in each row."""
    head, *body = rows.values()
    if not body or not _EVIDENCE.search(head[0].text):
        return False
    return sum(bool(_COUNT.fullmatch(row[-1].text)) for row in body) >= _MOSTLY * len(body)
