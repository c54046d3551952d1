"""Where a page of a PDF is set in two columns: which parts of it, and at which place they divide.

What stands across the place between the columns is of the whole page: a heading, a wide table, a drawn line. It ends
the columns above it, and they begin anew below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf

GAP = 8.0
"""Points without words that part two columns; words of the same line stand closer."""
_MIDDLE = (0.35, 0.65)
"""Where on the width of the text columns may divide."""
_FILLED = 0.7
"""The share of its column's width that a line of running text reaches; entries of a table are of any length."""
_NARROWEST = 0.25
"""The share of the text's width that a column has at the least."""
_LINES = 3
"""Lines side by side that it takes to be columns, where no page before has shown them."""
_NEAR = 4.0
_MARK = re.compile(r"[•·▪●◦‣\uf0b7]|\(cid:\d+\)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a line without a gap between them: where they stand on the page, and what they begin with."""

    left: float
    right: float
    top: float
    bottom: float
    begins: str

    @property
    def height(self) -> float:
        """The middle of the line, from above."""
        return (self.top + self.bottom) / 2

    def across(self, at: float) -> bool:
        """Tell whether it stands on both sides of a place, or too near it."""
        return self.left < at + GAP / 2 and self.right > at - GAP / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn horizontal line."""

    left: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a page before its text is read."""

    stretches: tuple[Stretch, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Gutter:
    """The place between two columns, and where each of them begins."""

    at: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a page from ``top`` to ``bottom``, in two columns or (``gutter`` is None) across."""

    top: float
    bottom: float
    gutter: Gutter | None = None


def gutter_of(shape: Shape) -> Gutter | None:
    """Return the place that parts most lines of running text, None for a page that is set across."""
    if len(shape.stretches) < 2 * _LINES:
        return None
    left, right = min(each.left for each in shape.stretches), max(each.right for each in shape.stretches)
    first, last = (round(left + share * (right - left)) for share in _MIDDLE)
    found: dict[int, list[list[Stretch]]] = {}
    for at in range(first, last + 1, 2):
        found[at] = [run for run in _runs(shape, at) if _columns(run, at, right - left)]
    lines = {at: sum(len(run) for run in runs) for at, runs in found.items()}
    most = max(lines.values(), default=0)
    if not most:
        return None
    best = [at for at, count in lines.items() if count == most]
    at = best[len(best) // 2]
    sides = _sides([each for run in found[at] for each in run], at)
    return Gutter(at, *(min(each.left for each in side) for side in sides))


def bands(shape: Shape, gutters: Sequence[Gutter]) -> tuple[Band, ...]:
    """Return a page's bands from above, by the first of ``gutters`` that is on it; none for one that is set across.

    Columns that are known may be as short as a line: a chapter's last page, or what is left under a heading.
    """
    for gutter in gutters:
        runs = [run for run in _runs(shape, gutter.at) if _fits(run, gutter)]
        if runs:
            return tuple(_laid(shape, runs, gutter))
    return ()


def _runs(shape: Shape, at: float) -> Iterator[list[Stretch]]:
    """Yield the stretches between what stands across a place, from above."""
    across = [each.top for each in shape.stretches if each.across(at)]
    across += [rule.top for rule in shape.rules if rule.left < at < rule.right]
    beside = sorted((each for each in shape.stretches if not each.across(at)), key=lambda each: each.top)
    for _, run in groupby(beside, key=lambda each: sum(top <= each.top for top in across)):
        yield list(run)


def _sides(run: Sequence[Stretch], at: float) -> tuple[list[Stretch], list[Stretch]]:
    return [each for each in run if each.right < at], [each for each in run if each.left > at]


def _columns(run: Sequence[Stretch], at: float, width: float) -> bool:
    """Tell whether a run is two columns of running text, or of points, and not a table's."""
    sides = _sides(run, at)
    if min(len(side) for side in sides) < _LINES:
        return False
    top, bottom = max(side[0].top for side in sides), min(side[-1].bottom for side in sides)
    together = [sum(each.bottom > top and each.top < bottom for each in side) for side in sides]
    return min(together) >= _LINES and all(_running(side, width) for side in sides)


def _running(side: Sequence[Stretch], width: float) -> bool:
    reach = max(each.right for each in side) - min(each.left for each in side)
    filled = sum(each.right - each.left >= _FILLED * reach for each in side)
    marked = sum(bool(_MARK.match(each.begins)) for each in side)
    return reach >= _NARROWEST * width and 2 * max(filled, marked) >= len(side)


def _fits(run: Sequence[Stretch], gutter: Gutter) -> bool:
    """Tell whether a run stands in columns that are known: both sides begin where they do."""
    starts = [min((each.left for each in side), default=inf) for side in _sides(run, gutter.at)]
    return abs(starts[0] - gutter.left) <= _NEAR and abs(starts[1] - gutter.right) <= _NEAR


def _laid(shape: Shape, runs: Sequence[Sequence[Stretch]], gutter: Gutter) -> Iterator[Band]:
    """Yield bands with nothing left out between them: those of the runs, and what stands across."""
    heights = [each.height for each in shape.stretches]
    edge = -inf
    for run in runs:
        first, last = min(each.height for each in run), max(each.height for each in run)
        start = (max((height for height in heights if height < first), default=-inf) + first) / 2
        end = (min((height for height in heights if height > last), default=inf) + last) / 2
        if start > edge:
            yield Band(edge, start)
        yield Band(start, end, gutter)
        edge = end
    if edge < inf:
        yield Band(edge, inf)
