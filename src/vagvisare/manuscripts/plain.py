"""A manuscript ⇄ plain values, as they cross from one process to another and lie in the records."""

from __future__ import annotations

from typing import Any

from vagvisare.manuscripts.manuscript import (
    Cell,
    Manuscript,
    Notice,
    Piece,
    PieceKind,
    Remark,
    Tracked,
    Tracking,
    Unit,
    Where,
)
from vagvisare.terms.language import Text


def to_plain(manuscript: Manuscript) -> dict[str, Any]:
    """Return a manuscript as lists, texts and numbers; what is empty is left out."""
    return {
        "name": manuscript.name,
        "pieces": [_piece(piece) for piece in manuscript.pieces],
        "notices": [
            {"what": _text(notice.what)} | ({"where": _where(notice.where)} if notice.where else {})
            for notice in manuscript.notices
        ],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    made = {
        "kind": piece.kind.value,
        "depth": piece.depth,
        "text": piece.text,
        "where": _where(piece.where),
        "cell": [piece.cell.table, piece.cell.row, piece.cell.column] if piece.cell else None,
        "repaired": [_text(text) for text in piece.repaired],
        "tracked": [[change.kind.value, change.text] for change in piece.tracked],
        "untracked": piece.untracked,
        "remarks": [[remark.by, remark.day, remark.text] for remark in piece.remarks],
    }
    return {name: value for name, value in made.items() if value not in (None, [], "") or name == "text"}


def _where(where: Where) -> list[str | int]:
    return [where.unit.value, where.first, where.last]


def _text(text: Text) -> list[str]:
    return [text.sv, text.en]


def from_plain(plain: dict[str, Any]) -> Manuscript:
    """Return the manuscript that :func:`to_plain` wrote."""
    return Manuscript(
        plain["name"],
        tuple(_read_piece(piece) for piece in plain["pieces"]),
        tuple(
            Notice(Text(*notice["what"]), _read_where(notice["where"]) if "where" in notice else None)
            for notice in plain["notices"]
        ),
    )


def _read_piece(plain: dict[str, Any]) -> Piece:
    return Piece(
        PieceKind(plain["kind"]),
        plain["depth"],
        plain["text"],
        _read_where(plain["where"]),
        Cell(*plain["cell"]) if "cell" in plain else None,
        tuple(Text(*text) for text in plain.get("repaired", ())),
        tuple(Tracked(Tracking(kind), text) for kind, text in plain.get("tracked", ())),
        plain.get("untracked", ""),
        tuple(Remark(*remark) for remark in plain.get("remarks", ())),
    )


def _read_where(plain: list[Any]) -> Where:
    return Where(Unit(plain[0]), plain[1], plain[2])
