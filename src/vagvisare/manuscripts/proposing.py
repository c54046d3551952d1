"""From pieces to a proposal: what each heading begins, and where each point and paragraph belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vagvisare.editions.document import Edition, LevelName
from vagvisare.manuscripts.asking import questions
from vagvisare.manuscripts.levels import CHANGES, TRENDS, Heading, Levels, is_about_trends, take_apart
from vagvisare.manuscripts.manuscript import Manuscript, Piece, PieceKind, Tracking
from vagvisare.manuscripts.matching import matched
from vagvisare.manuscripts.outline import Outline
from vagvisare.manuscripts.proposal import Becomes, Decision, Decisions, Proposal, Proposed
from vagvisare.manuscripts.tables import Tables

_ENDED = re.compile(r"[.!?:;”\"]\s*$")


def propose(
    manuscript: Manuscript,
    levels: Sequence[LevelName],
    known: Sequence[Edition] = (),
    decisions: Decisions | None = None,
) -> Proposal:
    """Return what becomes of each piece.

    Args:
        manuscript: the document as it was read.
        levels: what the strategy calls its levels; its documents use the same words as headings.
        known: earlier editions, the nearest first, whose nodes keep their addresses.
        decisions: what a person has chosen so far, by key; what follows from it is proposed anew.
    """
    shape = Levels(tuple(levels), tuple(known))
    reader = _Reader(manuscript, shape, decisions or {})
    items = reader.read()
    items = matched(items, known)
    return Proposal(tuple(items), tuple(questions(manuscript, items, reader.outline, known, shape)))


class _Reader:
    def __init__(self, manuscript: Manuscript, levels: Levels, decisions: Decisions) -> None:
        self._pieces = manuscript.pieces
        self._levels = levels
        self._decisions = decisions
        self._tables = Tables(manuscript.pieces, levels)
        self._numbered = any(
            piece.kind is PieceKind.HEADING and take_apart(piece.text).number for piece in manuscript.pieces
        )
        self.outline = Outline(levels)

    def read(self) -> list[Proposed]:
        for number, piece in enumerate(self._pieces):
            key = f"p{number}"
            decision = self._decisions.get(key, Decision())
            item = Proposed(key, number, Becomes.SKIP, piece.where, _chosen(piece, decision), remarks=piece.remarks)
            if decision.becomes is not None or decision.level is not None:
                self._as_decided(item, piece, decision)
            else:
                self._as_proposed(item, piece, number)
        return [self._finished(item) for item in self.outline.finished(self._decisions)]

    def _finished(self, item: Proposed) -> Proposed:
        """Lay over what was decided and does not steer what follows."""
        decision = self._decisions.get(item.key)
        if decision is None:
            return item
        told = {
            name: value
            for name in ("parent", "address", "working_name", "text")
            if (value := getattr(decision, name)) is not None
        }
        return replace(item, decided=True, **told)

    def _as_decided(self, item: Proposed, piece: Piece, decision: Decision) -> None:
        becomes = decision.becomes or Becomes.NODE
        level = decision.level or ""
        heading = take_apart(item.text)
        if becomes is Becomes.NODE and level == self._levels.area:
            self.outline.open_area(item, heading)
        elif becomes is Becomes.NODE and level == self._levels.chapter:
            self.outline.open_chapter(item, heading, piece.depth)
        elif becomes is Becomes.NODE:
            self.outline.add(item, level or self.outline.section_level)
        elif becomes is Becomes.JOIN:
            self.outline.join(item, " ")
        elif becomes is Becomes.SECTION and (section := self._levels.section(heading.title)):
            self.outline.begin_section(item, section)
        else:
            self.outline.put(replace(item, becomes=becomes))

    def _as_proposed(self, item: Proposed, piece: Piece, number: int) -> None:
        heading = take_apart(item.text)
        section = self._levels.section(heading.title) if piece.kind is not PieceKind.CELL else ""
        if piece.kind is PieceKind.NOTE:
            self.outline.put(item)
        elif piece.kind is PieceKind.CELL:
            self._tables.place(item, piece, self.outline)
        elif section and not heading.number and (piece.kind is PieceKind.HEADING or self._levels.is_detail(section)):
            self.outline.begin_section(item, section)
        elif piece.kind is PieceKind.HEADING:
            self._heading(item, heading, piece, number)
        else:
            self._point(item, piece)

    def _heading(self, item: Proposed, heading: Heading, piece: Piece, number: int) -> None:
        outline = self.outline
        if heading.parts >= 2 and self._levels.area != self._levels.chapter:
            outline.open_area(item, heading)
        elif heading.parts == 1:
            outline.open_chapter(item, heading, piece.depth)
        elif self._opens_area(number):
            outline.open_area(item, heading)
        elif outline.awaits_vision and self._numbered:
            outline.add(item, self._levels.vision)
        elif self._numbered:
            outline.leave(item, piece.depth)
        elif is_about_trends(heading.title):
            outline.begin_section(item, TRENDS)
        else:
            outline.open_chapter(item, heading, piece.depth)

    def _opens_area(self, number: int) -> bool:
        """Tell whether the next heading is one that only areas have."""
        following = next((p for p in self._pieces[number + 1 : number + 3] if p.kind is PieceKind.HEADING), None)
        return following is not None and self._levels.is_detail(self._levels.section(take_apart(following.text).title))

    def _point(self, item: Proposed, piece: Piece) -> None:
        outline = self.outline
        if outline.section == TRENDS and piece.kind is PieceKind.BULLET:
            outline.put(replace(item, becomes=Becomes.TREND))
        elif not outline.inside:
            outline.put(item)
        elif self._continues(item, piece):
            outline.join(item, " ")
        elif outline.section == CHANGES:
            outline.put(replace(item, becomes=Becomes.CHANGE, parent=outline.area))
        elif outline.at_vision and (piece.kind is PieceKind.PARAGRAPH or outline.items[-1] is outline.last):
            outline.join(item, "\n")
        else:
            outline.add(item, outline.section_level)

    def _continues(self, item: Proposed, piece: Piece) -> bool:
        """A point that begins in small letters, after one that begins in a capital and does not end."""
        before = self.outline.last
        if before is None or before.piece is None or piece.kind is not PieceKind.BULLET:
            return False
        earlier = self._pieces[before.piece]
        beside = before.piece == (item.piece or 0) - 1 and earlier.kind is PieceKind.BULLET
        alike = beside and earlier.depth == piece.depth and before.becomes in {Becomes.NODE, Becomes.CHANGE}
        return alike and before.text[:1].isupper() and item.text[:1].islower() and not _ENDED.search(before.text)


def _chosen(piece: Piece, decision: Decision) -> str:
    """Return a piece's text: with the tracked changes in it, unless somebody chose without, or all of it is deleted."""
    if decision.untracked and piece.tracked:
        return piece.untracked
    if not piece.text and all(change.kind is Tracking.DELETED for change in piece.tracked):
        return piece.untracked
    return piece.text
