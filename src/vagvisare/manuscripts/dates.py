"""Dates in a manuscript: which year it is from, and spans that cannot both be right as they share but one end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vagvisare.manuscripts.manuscript import Piece, PieceKind

_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()  # noqa: SIM905
_DAY = rf"(\d{{1,2}})(?:\s*/\s*(\d{{1,2}})|\s+({'|'.join(_MONTHS)}))"
_SPAN = re.compile(rf"\b{_DAY}\s*(?:–|-|—|till(?: och med)?|t\.?o\.?m\.?)\s*{_DAY}\b", re.IGNORECASE)
_OPENING = 6
"""Pieces at the beginning, where a document says when it is from."""
_DATED = re.compile(
    rf"\b(?:(20\d\d)-?(\d\d)-?(\d\d)|(\d\d)-?(\d\d)-?(\d\d)|\d{{1,2}}\s+(?:{'|'.join(_MONTHS)})\s+(20\d\d))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b20\d\d\b")
_WORD = re.compile(r"[^\W\d_]{6,}")
_STEM = 6

Day = tuple[int, int]


def year_of(pieces: Sequence[Piece]) -> int | None:
    """Return the year a document says that it is from where it begins: in a whole date, or else as a year alone."""
    opening = [piece.text for piece in pieces[:_OPENING]]
    for text in opening:
        for found in _DATED.finditer(text):
            whole, month, day, short, its_month, its_day, spelled = found.groups()
            if spelled or (1 <= int(month or its_month) <= 12 and 1 <= int(day or its_day) <= 31):
                return int(spelled or whole or f"20{short}")
    years = {int(year) for text in opening for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def disagreements(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of two pieces whose spans of days share an end, not a beginning (or the other way round).

    Only where both speak of the same thing: in the piece or in its heading stands a word with the same beginning.
    """
    spans = [(number, span, about) for number, about in _about(pieces) for span in _spans(pieces[number].text)]
    for at, (one, first, about) in enumerate(spans):
        for other, second, also_about in spans[at + 1 :]:
            half = (first[0] == second[0]) != (first[1] == second[1])
            if half and one != other and about & also_about:
                yield one, other


def _spans(text: str) -> Iterator[tuple[Day, Day]]:
    for found in _SPAN.finditer(text):
        days = (_day(*found.groups()[:3]), _day(*found.groups()[3:]))
        if all(1 <= month <= 12 and 1 <= day <= 31 for month, day in days):
            yield days


def _day(day: str, month: str | None, name: str | None) -> Day:
    return (int(month) if month else _MONTHS.index((name or "").casefold()) + 1, int(day))


def _about(pieces: Sequence[Piece]) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield each piece's number and the beginnings of its long words, with those of its heading."""
    heading: frozenset[str] = frozenset()
    for number, piece in enumerate(pieces):
        stems = frozenset(word.casefold()[:_STEM] for word in _WORD.findall(piece.text))
        if piece.kind is PieceKind.HEADING:
            heading = stems
        yield number, stems | heading
