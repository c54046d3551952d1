"""Trends as two years word them, side by side: what was kept, what was reworded, what is new, what was dropped."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vagvisare.editions.comparison import Piece, PieceKind
from vagvisare.editions.registers import TrendItem

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\S+\s*")


class TrendFate(StrEnum):
    """What became of a trend from one year to a later one."""

    KEPT = "kept"
    REWORDED = "reworded"
    BECAME = "became"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class TrendChange:
    """One trend in two years. ``pieces`` mark the words of a reworded one; BECAME shares no word with what it was."""

    fate: TrendFate
    before: TrendItem | None
    after: TrendItem | None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Drive:
    """A megatrend and the trends that name it as what drives them."""

    megatrend: TrendItem
    driven: tuple[TrendItem, ...]


def years(trends: Iterable[TrendItem]) -> tuple[int, ...]:
    """Return the years that trends are told for, earliest first."""
    return tuple(sorted({trend.year for trend in trends}))


def compare(trends: Sequence[TrendItem], earlier: int, later: int) -> tuple[TrendChange, ...]:
    """Return what became of every trend of ``earlier`` in ``later``: in the order of the later, then the dropped.

    Which trend goes on in which is stated (``continues``), never guessed from likeness of words.
    """
    was = {trend.key: trend for trend in trends if trend.year == earlier}
    now = [trend for trend in trends if trend.year == later]
    changes = [_change(was.get(trend.continues), trend) for trend in now]
    went_on = {trend.continues for trend in now}
    dropped = (TrendChange(TrendFate.DROPPED, trend, None) for key, trend in was.items() if key not in went_on)
    return (*changes, *dropped)


def drives(trends: Sequence[TrendItem]) -> tuple[Drive, ...]:
    """Return every megatrend with the trends it drives, as far as that is stated."""
    return tuple(
        Drive(trend, tuple(other for other in trends if trend.key in other.driven_by))
        for trend in trends
        if trend.megatrend
    )


def word_marks(before: str, after: str) -> tuple[Piece, ...]:
    """Mark which words of ``after`` were added and which of ``before`` went; a change of case or stop is a change."""
    was, now = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    # Compared without the blanks that follow them, so that a word that came to stand last is still the same word.
    matcher = difflib.SequenceMatcher(None, [w.strip() for w in was], [w.strip() for w in now], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Piece(PieceKind.SAME, "".join(now[c:d])))
            continue
        if b > a:
            pieces.append(Piece(PieceKind.REMOVED, "".join(was[a:b])))
        if d > c:
            pieces.append(Piece(PieceKind.ADDED, "".join(now[c:d])))
    return tuple(pieces)


def _change(before: TrendItem | None, after: TrendItem) -> TrendChange:
    if before is None:
        return TrendChange(TrendFate.NEW, None, after)
    if before.text == after.text:
        return TrendChange(TrendFate.KEPT, before, after)
    pieces = word_marks(before.text, after.text)
    fate = TrendFate.REWORDED if _words(before.text) & _words(after.text) else TrendFate.BECAME
    return TrendChange(fate, before, after, pieces)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
