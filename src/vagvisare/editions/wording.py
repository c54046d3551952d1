"""What became of a wording, word for word, in phrases a reader takes in."""

from __future__ import annotations

from vagvisare.editions.alignment import Hunk, hunks, is_word, tokens
from vagvisare.editions.comparison import Piece, PieceKind

LITTLE_LEFT = 0.2
"""When fewer of the shorter text's words than this are left, a reader meets a new text, not a changed one."""

_SMALL = (
    "alla att av bland de dem den det dess där en ett efter eller från för genom har hos i inom ingen inte kan med "
    "mellan men mot när och om på samt sin sina ska som så till under utan vara via vid än är åt över "
    "a an and as at by for from in is it of on or that the to with"
)
_SMALL_WORDS = frozenset(_SMALL.split())


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Return what stayed, went and came from one wording to the next, as runs of whole words.

    The pieces joined without the added are ``before``, without the removed ``after``, to the letter. What went stands
    before what came in its place. A small word between two replacements belongs to them: a reader sees phrases.
    """
    old, new = tokens(before), tokens(after)
    found = hunks(old, new)
    if _little_is_left(old, new, found):
        found = [Hunk(0, len(old), 0, len(new))]
    joined = _join(old, found)
    pieces: list[Piece] = []
    at = 0
    for hunk in joined:
        _add(pieces, PieceKind.SAME, old[at : hunk.first])
        _add(pieces, PieceKind.REMOVED, old[hunk.first : hunk.last])
        _add(pieces, PieceKind.ADDED, new[hunk.first_after : hunk.last_after])
        at = hunk.last
    _add(pieces, PieceKind.SAME, old[at:])
    return tuple(pieces)


def is_small(word: str) -> bool:
    """Tell whether a word only holds others together ("och", "i", "för")."""
    return word.casefold() in _SMALL_WORDS


def _add(pieces: list[Piece], kind: PieceKind, run: list[str]) -> None:
    if run:
        pieces.append(Piece(kind, "".join(run)))


def _join(old: list[str], found: list[Hunk]) -> list[Hunk]:
    """Join changes that only a small word keeps apart, where both put something in another's place."""
    joined: list[Hunk] = []
    for hunk in found:
        last = joined[-1] if joined else None
        if last and _replaces(last) and _replaces(hunk) and _is_island(old[last.last : hunk.first]):
            joined[-1] = Hunk(last.first, hunk.last, last.first_after, hunk.last_after)
        else:
            joined.append(hunk)
    return joined


def _replaces(hunk: Hunk) -> bool:
    return hunk.first < hunk.last and hunk.first_after < hunk.last_after


def _is_island(between: list[str]) -> bool:
    """Tell whether what stayed between two changes is too small to stand alone: a space, a comma, a small word."""
    held = "".join(between)
    return "\n" not in held and (held.strip() in {"", ",", "–", "-"} or is_small(held.strip()))


def _little_is_left(old: list[str], new: list[str], found: list[Hunk]) -> bool:
    """Tell whether next to no words that carry meaning stayed, in texts of more than a few."""
    gone = set[int]().union(*(range(hunk.first, hunk.last) for hunk in found)) if found else set[int]()
    carrying = [at for at, token in enumerate(old) if is_word(token) and not is_small(token)]
    fewest = min(len(carrying), sum(is_word(token) and not is_small(token) for token in new))
    kept = sum(at not in gone for at in carrying)
    return fewest >= 3 and kept < LITTLE_LEFT * fewest
